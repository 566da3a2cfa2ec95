//! Cuts a text into words, figures and marks, each with its number in a language's list of words.
//!
//! No meaning is given to a word here. Words are runs of letters (and digits after a letter), without apostrophes and hyphens, which are marks.

use dateline_article::calendar;

use super::grammar::Grammar;
use super::number::{self, Number};
use super::source::Sense;

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space without an empty line.
    Space,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number(Number),
    Mark,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Number of the word in the grammar, 0 for a word that it does not know.
    pub(super) word: u16,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    /// Whether the first letter is a capital.
    pub(super) is_capital: bool,
}

impl Token {
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// The tokens of `text`, in order; nothing beyond 4 GiB.
pub(super) fn tokens(text: &str, grammar: &Grammar) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let (mut at, mut gap) = (0, Gap::Paragraph);
    let mut lower = String::new();
    let mut lines = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let mut is_capital = byte.is_ascii_uppercase();
        let kind = if byte.is_ascii_alphabetic() {
            at = word_end(text, at);
            Kind::Word
        } else if byte.is_ascii_digit() {
            let (number, end) = number::read(text, at, grammar);
            at = end;
            Kind::Number(number)
        } else if byte.is_ascii_whitespace() {
            lines += usize::from(byte == b'\n');
            gap = if lines > 1 { Gap::Paragraph } else { gap.max(Gap::Space) };
            at += 1;
            continue;
        } else if byte.is_ascii() {
            at += 1;
            Kind::Mark
        } else {
            let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if first.is_whitespace() {
                gap = gap.max(Gap::Space);
                at += first.len_utf8();
                continue;
            }
            is_capital = first.is_uppercase();
            at = if first.is_alphabetic() { word_end(text, at) } else { at + first.len_utf8() };
            if first.is_alphabetic() { Kind::Word } else { Kind::Mark }
        };
        let (Ok(begin), Ok(end)) = (u32::try_from(start), u32::try_from(at)) else { break };
        let mut word = match kind {
            Kind::Number(Number::Two(..)) | Kind::Word | Kind::Mark => {
                grammar.word(text.get(start..at).unwrap_or_default(), &mut lower)
            }
            Kind::Number(_) => 0,
        };
        if kind == Kind::Word && word == 0 && grammar.has_any_month {
            word = month_after_figure(text.get(start..at).unwrap_or_default(), &tokens, grammar);
        }
        if kind == Kind::Word
            && word == 0
            && let Some((glued, figure)) = glued(text, start, at, grammar, &mut lower)
            && let Ok(middle) = u32::try_from(figure)
        {
            // "FY2023"
            tokens.push(Token { start: begin, end: middle, word: glued, kind, gap, is_capital });
            (gap, lines, at) = (Gap::None, 0, figure);
            continue;
        }
        tokens.push(Token { start: begin, end, word, kind, gap, is_capital });
        (gap, lines) = (Gap::None, 0);
    }
    tokens
}

/// The word that runs into a figure, where it is one that does, and where the figure begins.
fn glued(
    text: &str,
    start: usize,
    end: usize,
    grammar: &Grammar,
    lower: &mut String,
) -> Option<(u16, usize)> {
    let whole = text.get(start..end)?;
    let letters = whole.find(|letter: char| letter.is_ascii_digit())?;
    let (name, figure) = whole.split_at_checked(letters)?;
    let is_figure = matches!(figure.len(), 2 | 4) && figure.bytes().all(|b| b.is_ascii_digit());
    let word = if is_figure && name.len() <= 4 { grammar.word(name, lower) } else { 0 };
    grammar.has(word, Sense::Glued).then_some((word, start + letters))
}

/// Number of the month that `name` is in any language, where a figure stands before it (and a "de" or a full stop between).
fn month_after_figure(name: &str, before: &[Token], grammar: &Grammar) -> u16 {
    let figure = before.iter().rev().take(2).any(|token| matches!(token.kind, Kind::Number(_)));
    // A short name is too often another word.
    let is_name = figure && (4..=24).contains(&name.chars().take(25).count());
    let month = Some(name).filter(|_| is_name).and_then(calendar::month);
    month.map_or(0, |month| grammar.word(&format!("month={month}"), &mut String::new()))
}

/// The byte after the run of letters and digits at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
            Some(byte) if !byte.is_ascii() => {
                match text.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(letter) if letter.is_alphanumeric() => at += letter.len_utf8(),
                    _ => return at,
                }
            }
            _ => return at,
        }
    }
}
