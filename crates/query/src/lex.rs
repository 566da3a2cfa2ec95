//! The text of a query as tokens with their places.
//!
//! Typographic quotes, full-width forms and odd blanks are read as their plain signs, soft hyphens are skipped. What a token means
//! beside others (an operator without operands) is the parser's business. Linear in the text; never fails, faults are collected.

mod value;
mod word;

pub(crate) use value::reads_as_circle;

use dateline_article::{Date, Span};

use crate::alias::{self, Function, Operator};
use crate::dialect::Syntax;
use crate::fault::Problem;
use crate::syntax::{Circle, Entity, Field, Pattern, ValueKind};

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    Word(Pattern),
    /// Signs without letters or digits, between blanks.
    Punctuation,
    Phrase(Pattern),
    Regex(String),
    Open,
    Close,
    /// An operator in signs or capitals.
    Operator(Operator),
    /// An operator's word in small letters: an operator between operands only.
    SmallOperator(Operator),
    /// `-` or `!` before an operand.
    Minus,
    /// `+` before an operand.
    Plus,
    /// `=` before a word, phrase or group.
    Equals,
    /// `title:`, `hd=`, or `headline` before its parenthesis.
    Field(Field),
    /// What stands after a field of days or numbers.
    Value(String),
    Circle(Circle),
    Function(Function),
    /// `/F50/` after a word.
    FirstAfter(u32),
    Entity(Entity),
    /// `~`, with its number.
    Tilde(Option<u32>),
    /// `^3`
    Caret(f32),
}

/// A query in tokens.
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    pub(crate) faults: Vec<(Problem, Span)>,
    pub(crate) notes: Vec<(Hint, Span)>,
}

/// What may have been meant otherwise.
pub(crate) enum Hint {
    FieldName,
    QuestionMark,
    NearWord,
}

/// Splits `source` into tokens; days are told from words by reading them against `today`.
pub(crate) fn lex(source: &str, today: Date, syntax: Syntax) -> Lexed {
    let mut lexer = Lexer {
        source,
        letters: letters(source),
        at: 0,
        values: Vec::new(),
        today,
        star: if syntax == Syntax::Nexis { Star::One } else { Star::Many },
        lexed: Lexed { tokens: Vec::new(), faults: Vec::new(), notes: Vec::new() },
    };
    lexer.run();
    lexer.lexed
}

/// Whether `text` alone is read as the word `pattern`, whatever stands beside it.
pub(crate) fn is_word(text: &str, pattern: &Pattern) -> bool {
    let beside = ["but", "date", "pd", "published", "mentioned"];
    let takes_more = alias::function(text).is_some()
        || beside.iter().any(|word| word.eq_ignore_ascii_case(text))
        || text.starts_with(['<', '>'])
        || text.ends_with(['=', '<', '>', ':'])
        || text.contains('\\');
    if takes_more {
        return false;
    }
    let lexed = lex(text, Date::ZERO, Syntax::Dateline);
    match lexed.tokens.as_slice() {
        [Token { kind: TokenKind::Word(read), .. }] => read == pattern && lexed.faults.is_empty(),
        _ => false,
    }
}

/// `text` with its signs as they are read.
pub(crate) fn plain(text: &str) -> String {
    letters(text).iter().map(|letter| letter.sign).collect()
}

/// A sign of the query as it is read, and where it stands.
#[derive(Clone, Copy)]
struct Letter {
    sign: char,
    byte: usize,
}

fn letters(source: &str) -> Vec<Letter> {
    let plain = |sign: char| match sign {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some('"'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        sign if sign.is_whitespace() || sign == '\0' => Some(' '),
        sign => Some(sign),
    };
    source
        .char_indices()
        .filter_map(|(byte, sign)| plain(sign).map(|sign| Letter { sign, byte }))
        .collect()
}

/// What `*` stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Star {
    One,
    Many,
}

struct Lexer<'a> {
    source: &'a str,
    letters: Vec<Letter>,
    at: usize,
    /// For each open parenthesis, the field of days or numbers that it belongs to.
    values: Vec<Option<Field>>,
    today: Date,
    star: Star,
    lexed: Lexed,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(sign) = self.sign(0) {
            match sign {
                ' ' => self.at += 1,
                '(' => self.open(None),
                ')' => {
                    self.values.pop();
                    self.single(TokenKind::Close, 1);
                }
                '"' => self.phrase(),
                '|' => self.single(TokenKind::Operator(Operator::Or), self.run_of('|')),
                '~' | '^' if self.follows_operand() && self.suffix() => {}
                _ if self.values.last().is_some_and(Option::is_some) => self.bare_value(),
                '&' => self.single(TokenKind::Operator(Operator::And), self.run_of('&')),
                '-' | '!' if self.is_prefix() => self.single(TokenKind::Minus, 1),
                '+' if self.is_prefix() => self.single(TokenKind::Plus, 1),
                '=' if self.is_prefix() => self.single(TokenKind::Equals, 1),
                '/' if self.pattern() => {}
                _ => self.word(),
            }
        }
    }

    /// The sign `ahead` of the present one.
    fn sign(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).map(|letter| letter.sign)
    }

    fn before(&self) -> Option<char> {
        self.letters.get(self.at.checked_sub(1)?).map(|letter| letter.sign)
    }

    /// The bytes from letter `from` to letter `to`.
    fn span(&self, from: usize, to: usize) -> Span {
        let byte = |at: usize| self.letters.get(at).map_or(self.source.len(), |letter| letter.byte);
        let start = byte(from);
        let end = match to.checked_sub(1).and_then(|last| self.letters.get(last)) {
            Some(last) if to > from => {
                let rest = self.source.get(last.byte..).unwrap_or_default();
                last.byte + rest.chars().next().map_or(0, char::len_utf8)
            }
            _ => start,
        };
        Span::new(start..end).unwrap_or(Span { start: 0, end: 0 })
    }

    fn push(&mut self, kind: TokenKind, from: usize) {
        let span = self.span(from, self.at);
        self.lexed.tokens.push(Token { kind, span });
    }

    fn single(&mut self, kind: TokenKind, length: usize) {
        let from = self.at;
        self.at += length;
        self.push(kind, from);
    }

    fn fault(&mut self, problem: Problem, from: usize, to: usize) {
        let span = self.span(from, to);
        self.lexed.faults.push((problem, span));
    }

    fn run_of(&self, sign: char) -> usize {
        if self.sign(1) == Some(sign) { 2 } else { 1 }
    }

    /// An opening parenthesis, perhaps of a field of days or numbers.
    fn open(&mut self, field: Option<Field>) {
        let inherited = field.or_else(|| self.values.last().copied().flatten());
        self.values.push(inherited);
        self.single(TokenKind::Open, 1);
    }

    /// Whether a `-`, `+`, `!` or `=` here stands before an operand and after none.
    fn is_prefix(&self) -> bool {
        let free = self.before().is_none_or(|before| " (|&+-!=:".contains(before));
        free && self.sign(1).is_some_and(|next| !" )|&".contains(next))
    }

    /// Whether a suffix here belongs to a word, phrase, group or the like that ends here.
    fn follows_operand(&self) -> bool {
        let here = self.span(self.at, self.at).start;
        let last = self.lexed.tokens.last().filter(|token| token.span.end == here);
        matches!(
            last.map(|token| &token.kind),
            Some(
                TokenKind::Word(_)
                    | TokenKind::Phrase(_)
                    | TokenKind::Regex(_)
                    | TokenKind::Close
                    | TokenKind::Value(_)
                    | TokenKind::Entity(_)
                    | TokenKind::Circle(_)
                    | TokenKind::Tilde(_)
                    | TokenKind::Caret(_)
            )
        )
    }

    /// `~`, `~2`, `^3` or `^0.5` that ends where a word would.
    fn suffix(&mut self) -> bool {
        let from = self.at;
        let Some(length) = self.suffix_length(from) else { return false };
        let number: String = self.text(from + 1, from + length);
        let kind = match self.sign(0) {
            Some('~') if number.is_empty() => TokenKind::Tilde(None),
            Some('~') => TokenKind::Tilde(Some(number.parse().unwrap_or(u32::MAX))),
            _ => TokenKind::Caret(number.parse().unwrap_or(f32::INFINITY)),
        };
        self.single(kind, length);
        true
    }

    /// Length of the suffix at letter `from`, its sign counted; `None` where the sign is text.
    fn suffix_length(&self, from: usize) -> Option<usize> {
        let rest = self.letters.get(from..)?;
        let fuzzy = rest.first()?.sign == '~';
        let digits = rest
            .iter()
            .skip(1)
            .take_while(|letter| letter.sign.is_ascii_digit() || (!fuzzy && letter.sign == '.'));
        let length = 1 + digits.count();
        let ends =
            rest.get(length).is_none_or(|next| ends_word(next.sign) || "~^".contains(next.sign));
        let number: String = rest.iter().take(length).skip(1).map(|letter| letter.sign).collect();
        let sound = if fuzzy { true } else { number.parse::<f32>().is_ok() };
        (ends && sound).then_some(length)
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.letters.get(from..to).unwrap_or_default().iter().map(|letter| letter.sign).collect()
    }

    /// What stands in quotes. Blanks side by side count as one; the wildcards work.
    fn phrase(&mut self) {
        let from = self.at;
        self.at += 1;
        let mut pattern = Pattern::default();
        let mut blank = false;
        let closed = loop {
            let Some(sign) = self.sign(0) else { break false };
            self.at += 1;
            let escaped = sign == '\\' && self.sign(0).is_some();
            let sign = if escaped { self.sign(0).unwrap_or(sign) } else { sign };
            self.at += usize::from(escaped);
            if sign == '"' && !escaped {
                break true;
            }
            if sign == ' ' {
                blank = !pattern.is_empty();
                continue;
            }
            if std::mem::take(&mut blank) {
                pattern.push(' ');
            }
            match sign {
                '*' if !escaped && self.star == Star::One => pattern.push_one(),
                '*' if !escaped => pattern.push_many(),
                '?' if !escaped => pattern.push_one(),
                sign => pattern.push(sign),
            }
        };
        if !closed {
            self.fault(Problem::UnclosedQuote, from, from + 1);
        } else if pattern.is_empty() {
            self.fault(Problem::EmptyQuote, from, self.at);
        }
        self.push(TokenKind::Phrase(pattern), from);
    }

    /// `/regex/`, or Factiva's `/F50/` before a word. A slash that opens neither is text.
    fn pattern(&mut self) -> bool {
        let from = self.at;
        let mut at = from + 1;
        let mut escaped = false;
        loop {
            match self.letters.get(at).map(|letter| letter.sign) {
                None | Some(' ') => return false,
                Some('/') if !escaped => break,
                Some(sign) => escaped = sign == '\\' && !escaped,
            }
            at += 1;
        }
        let inner = self.text(from + 1, at);
        let next = self.letters.get(at + 1).map(|letter| letter.sign);
        let ends = next.is_none_or(|next| ends_word(next) || next == '^');
        let before_operand = next.is_some_and(|next| !" )|^".contains(next));
        if before_operand && let Some(words) = word::factiva_first(&inner) {
            self.single(TokenKind::Function(Function::First(words)), at + 1 - from);
            return true;
        }
        if inner.is_empty() || !ends {
            return false;
        }
        self.single(TokenKind::Regex(inner), at + 1 - from);
        true
    }

    /// After a field's name and sign: what it takes, where that is not words.
    fn after_field(&mut self, field: Field) {
        match (field.value(), self.sign(0)) {
            (ValueKind::Words, Some('(')) if field == Field::Place => self.circle(),
            (ValueKind::Words, _) => {}
            (_, Some('(')) => self.value_group(field),
            _ => self.value(),
        }
    }
}

/// Signs that no word goes past.
fn ends_word(sign: char) -> bool {
    matches!(sign, ' ' | '(' | ')' | '"' | '|')
}
