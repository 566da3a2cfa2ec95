//! Words: letters with their wildcards and escapes, and the words that are fields, operators or functions.

use crate::alias::{self, Operator};
use crate::fault::Problem;
use crate::syntax::{Field, Pattern, Piece, ValueKind};

use super::{Hint, Lexer, Star, TokenKind, ends_word};

/// A word while it is read.
#[derive(Default)]
struct Reading {
    pattern: Pattern,
    /// A sign of it was escaped: it is no operator, field or function.
    literal: bool,
    /// Its last sign was escaped: it is not trimmed.
    last_escaped: bool,
}

impl Lexer<'_> {
    /// A word up to its end, or the field, operator or function that it is.
    pub(super) fn word(&mut self) {
        let from = self.at;
        let mut word = Reading::default();
        while let Some(sign) = self.sign(0) {
            if ends_word(sign) {
                break;
            }
            match sign {
                '\\' if self.sign(1).is_some() => {
                    word.pattern.push(self.sign(1).unwrap_or(sign));
                    (word.literal, word.last_escaped) = (true, true);
                    self.at += 2;
                    continue;
                }
                '*' if self.star == Star::One => word.pattern.push_one(),
                '*' => word.pattern.push_many(),
                '?' => word.pattern.push_one(),
                '!' if !word.pattern.is_punctuation() && self.ends_after(1) => {
                    word.pattern.push_many();
                }
                '~' | '^' if !word.pattern.is_empty() && self.suffix_length(self.at).is_some() => {
                    break;
                }
                '&' if !self.inside_word() => break,
                ':' | '=' | '<' | '>' if self.field(from, &word, sign) => return,
                '/' if !word.literal && self.first_after(from, &word) => return,
                sign => word.pattern.push(sign),
            }
            word.last_escaped = false;
            self.at += 1;
        }
        self.finish(from, word);
    }

    /// Whether a word ends `ahead` letters from here.
    fn ends_after(&self, ahead: usize) -> bool {
        self.sign(ahead).is_none_or(|next| ends_word(next) || "~^".contains(next))
    }

    /// Whether the sign here has a letter or digit on both sides, and is not doubled.
    fn inside_word(&self) -> bool {
        let joins = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        joins(self.before()) && joins(self.sign(1))
    }

    /// `name:value`, `name=value` or `words>500`: a field's name and sign. A colon that is none stays in the word.
    fn field(&mut self, from: usize, word: &Reading, sign: char) -> bool {
        let name = if word.literal { None } else { word.pattern.as_text() };
        let Some(name) = name.filter(|name| !name.is_empty()) else { return false };
        let next = self.sign(1).filter(|next| !" )".contains(*next));
        let (field, Some(next)) = (alias::field(name), next) else {
            if alias::field(name).is_some() && ":=".contains(sign) {
                let span = self.span(from, self.at + 1);
                self.lexed.notes.push((Hint::FieldName, span));
            }
            return false;
        };
        match field {
            Some(field) => {
                let compares = "<>".contains(sign);
                if compares && field.value() == ValueKind::Words {
                    return false;
                }
                self.at += usize::from(!compares);
                self.push(TokenKind::Field(field), from);
                self.after_field(field);
                if let (ValueKind::Words, Some('<' | '>')) = (field.value(), self.sign(0)) {
                    self.fault(Problem::CannotCompare(field.name()), self.at, self.at + 1);
                    self.at += 1;
                }
                true
            }
            None if sign == ':' && looks_like_a_name(name) && next != '/' => {
                let problem = Problem::UnknownField(name.to_owned());
                self.fault(problem, from, self.at);
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    /// `ammunition/F50/`
    fn first_after(&mut self, from: usize, word: &Reading) -> bool {
        let rest = self.letters.get(self.at + 1..).unwrap_or_default();
        let length = rest.iter().take_while(|letter| letter.sign.is_ascii_alphanumeric()).count();
        let inner = self.text(self.at + 1, self.at + 1 + length);
        let closes = self.sign(length + 1) == Some('/') && self.ends_after(length + 2);
        // A lone `?` is a sign, and no word that anything could follow.
        let stands = !matches!(word.pattern.pieces(), [] | [Piece::One]);
        let (Some(words), true) = (factiva_first(&inner), closes && stands) else {
            return false;
        };
        self.push(TokenKind::Word(word.pattern.clone()), from);
        self.single(TokenKind::FirstAfter(words), length + 2);
        true
    }

    /// A word that has ended: what it is.
    fn finish(&mut self, from: usize, mut word: Reading) {
        if self.at == from {
            // A sign that begins no word, such as a lone `&` inside one.
            self.at += 1;
            return self.push(TokenKind::Punctuation, from);
        }
        if !word.last_escaped {
            word.pattern.trim_end();
        }
        if word.pattern.is_empty() || word.pattern.is_punctuation() && !word.literal {
            return self.push(TokenKind::Punctuation, from);
        }
        let name = if word.literal { None } else { word.pattern.as_text() };
        if let Some(kind) = name.and_then(|name| self.named(name)) {
            self.push(kind, from);
            if let Some(TokenKind::Field(field)) = self.lexed.tokens.last().map(|token| &token.kind)
            {
                let field = *field;
                self.after_name(field);
            }
            return;
        }
        self.note_doubtful(from, &word);
        let kind = match word.pattern.pieces() {
            [Piece::One] => TokenKind::Punctuation,
            _ => TokenKind::Word(word.pattern),
        };
        self.push(kind, from);
    }

    /// The field, operator, function or entity that a whole word is here.
    fn named(&self, name: &str) -> Option<TokenKind> {
        let opens = self.sign(0) == Some('(');
        if let Some(operator) = alias::operator(name) {
            let capitals = !name.chars().any(char::is_lowercase);
            return Some(match operator {
                Operator::Near(_) => TokenKind::Operator(operator),
                _ if capitals => TokenKind::Operator(operator),
                _ => TokenKind::SmallOperator(operator),
            });
        }
        if let Some(function) = alias::function(name) {
            let at_least = matches!(function, alias::Function::AtLeast(_));
            if opens || at_least && self.sign(0).is_none_or(|next| " )".contains(next)) {
                return Some(TokenKind::Function(function));
            }
        }
        if let Some(entity) = alias::entity(name) {
            return Some(TokenKind::Entity(entity));
        }
        let field = alias::field(name)?;
        let days = field.value() == ValueKind::Days && self.date_in_words().is_some();
        (opens || days).then_some(TokenKind::Field(field))
    }

    /// After a field's name without a sign: its parenthesis, or a date in words.
    fn after_name(&mut self, field: Field) {
        if self.sign(0) == Some('(') {
            self.after_field(field);
        } else if let Some(length) = self.date_in_words() {
            let from = self.at + 1;
            self.at += length;
            let text = self.text(from, self.at);
            self.push(TokenKind::Value(text), from);
        }
    }

    fn note_doubtful(&mut self, from: usize, word: &Reading) {
        let pieces = word.pattern.pieces();
        let hint = if word.pattern.as_text().is_some_and(alias::lacks_number) {
            Hint::NearWord
        } else if pieces.len() > 1 && pieces.last() == Some(&Piece::One) {
            Hint::QuestionMark
        } else {
            return;
        };
        let span = self.span(from, self.at);
        self.lexed.notes.push((hint, span));
    }
}

/// A letter, then letters, digits, `_` or `-`: `12:30` and `3:1` are none.
fn looks_like_a_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.chars().all(|sign| sign.is_alphanumeric() || "_-".contains(sign))
}

/// `F50`
pub(super) fn factiva_first(text: &str) -> Option<u32> {
    alias::number(text.strip_prefix(['F', 'f'])?)
}
