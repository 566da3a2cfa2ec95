//! A date string as numbers, words and signs.

use dateline_article::calendar;

/// A piece of a date string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits, at most 14 of them.
    Number { value: u64, digits: usize },
    /// Letters and what stands above them.
    Word(&'a str),
    /// Anything else but white space.
    Sign(char),
}

/// The pieces in order.
pub(super) struct Tokens<'a>(Vec<Token<'a>>);

/// Words between the parts of a date.
const BETWEEN: &[&str] = &["of", "de", "del", "da", "the", "d"];

/// Words and letters after the number of a day.
const ORDINALS: &[&str] =
    &["st", "nd", "rd", "th", "er", "e", "º", "ª", "o", "го", "го", "日", "일"];

/// Words that stand around dates and say nothing against them being the article's.
const FILLERS: &[&str] = &[
    "published",
    "posted",
    "updated",
    "last",
    "modified",
    "first",
    "created",
    "date",
    "on",
    "at",
    "the",
    "of",
    "am",
    "den",
    "der",
    "um",
    "uhr",
    "stand",
    "veröffentlicht",
    "aktualisiert",
    "le",
    "publié",
    "mis",
    "à",
    "jour",
    "el",
    "publicado",
    "actualizado",
    "il",
    "pubblicato",
    "op",
    "om",
    "dnia",
    "o",
    "a",
    "las",
    "h",
    "г",
    "р",
    "et",
    "pt",
    "ct",
    "mt",
    "local",
    "time",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
];

impl<'a> Tokens<'a> {
    /// The pieces of the first `limit_bytes` of `text`.
    pub(super) fn of(text: &'a str, limit_bytes: usize) -> Self {
        let end = text.floor_char_boundary(limit_bytes);
        let mut rest = text.get(..end).unwrap_or_default();
        let mut tokens = Vec::new();
        while let Some(character) = rest.chars().next() {
            let length = if character.is_ascii_digit() {
                let digits = prefix(rest, |other| other.is_ascii_digit());
                let written = rest.get(..digits).unwrap_or_default();
                // A longer number is nothing that a date holds.
                match written.parse().ok().filter(|_| digits <= 14) {
                    Some(value) => tokens.push(Token::Number { value, digits }),
                    None => tokens.push(Token::Sign('#')),
                }
                digits
            } else if character.is_alphabetic() {
                let letters = word_length(rest);
                tokens.push(Token::Word(rest.get(..letters).unwrap_or_default()));
                letters
            } else {
                if !character.is_whitespace() && !character.is_control() {
                    tokens.push(Token::Sign(character));
                }
                character.len_utf8()
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        Self(tokens)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<Token<'a>> {
        self.0.get(index).copied()
    }

    /// Value and digits of the number at `index`.
    pub(super) fn number(&self, index: usize) -> Option<(u64, usize)> {
        match self.get(index)? {
            Token::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.get(index) == Some(Token::Sign(sign))
    }

    /// Whether the word at `index` is one of `words`, in any case.
    pub(super) fn is_word(&self, index: usize, words: &[&str]) -> bool {
        let Some(Token::Word(word)) = self.get(index) else { return false };
        words.iter().any(|known| word.to_lowercase() == *known)
    }

    /// The sign between two parts of a date at `index`, if there is one, and the index of what follows it.
    pub(super) fn separator(&self, index: usize) -> (Option<char>, usize) {
        match self.get(index) {
            Some(Token::Sign(sign @ ('.' | ',' | '-' | '/' | '\u{2010}' | '\u{2011}'))) => {
                let comma = usize::from(sign == '.' && self.is_sign(index + 1, ','));
                (Some(sign), index + 1 + comma)
            }
            Some(Token::Word(word @ ("年" | "月" | "년" | "월"))) => {
                (word.chars().next(), index + 1)
            }
            Some(Token::Word(_)) if self.is_word(index, BETWEEN) => (None, index + 1),
            _ => (None, index),
        }
    }

    /// The index after an ordinal ending at `index`.
    pub(super) fn after_ordinal(&self, index: usize) -> usize {
        index + usize::from(self.is_word(index, ORDINALS))
    }

    /// Whether what stands at `index` says nothing beyond the date.
    pub(super) fn is_filler(&self, index: usize) -> bool {
        match self.get(index) {
            Some(Token::Word(word)) => {
                self.is_word(index, FILLERS) || calendar::weekday(word).is_some()
            }
            Some(Token::Sign(sign)) => {
                matches!(sign, '.' | ',' | ':' | '-' | '–' | '—' | '|' | '(' | ')' | '·' | '/')
            }
            _ => false,
        }
    }
}

fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// Bytes of the word that `text` begins with; one character where it is Chinese, Japanese or Korean.
fn word_length(text: &str) -> usize {
    let is_east_asian =
        |character: char| matches!(character, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    match text.chars().next() {
        Some(first) if is_east_asian(first) => first.len_utf8(),
        _ => {
            prefix(text, |other| (other.is_alphabetic() || other == '\'') && !is_east_asian(other))
        }
    }
}
