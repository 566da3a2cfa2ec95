//! What stands after a field of days or numbers, and the circle after `place:`.

use crate::alias::{self, Operator};
use crate::fault::Problem;
use crate::syntax::{Circle, Field, ValueKind};
use crate::time::{self, NoDays};

use super::{Lexer, TokenKind};

/// Letters in the longest date in words: `from 22 September 2024 to 30 September 2024`, with room.
const LONGEST_DATE: usize = 60;
/// Words in it.
const MOST_WORDS: usize = 8;

impl Lexer<'_> {
    /// One value right after its field: an interval in brackets, in quotes, or up to the next blank.
    pub(super) fn value(&mut self) {
        let from = self.at;
        match self.sign(0) {
            Some('[' | '{') => {
                let close = self.find(|sign| "]}".contains(sign));
                let Some(close) = close else {
                    return self.unclosed(Problem::UnclosedInterval, from);
                };
                self.at = close + 1;
                self.push_value(from, from, self.at);
            }
            Some('"') => {
                self.at += 1;
                let close = self.find(|sign| sign == '"');
                let Some(close) = close else {
                    return self.unclosed(Problem::UnclosedQuote, from);
                };
                self.at = close + 1;
                self.push_value(from, from + 1, close);
            }
            _ => self.bare_value(),
        }
    }

    /// A value to the end of the query that is not closed. It is told of here, so the parser gets one that is sound.
    fn unclosed(&mut self, problem: Problem, from: usize) {
        self.fault(problem, from, from + 1);
        self.at = self.letters.len();
        self.push(TokenKind::Value("*".to_owned()), from);
    }

    /// A value up to the next blank or parenthesis; a comparison takes what follows it along. Among others in parentheses it may be an
    /// operator.
    pub(super) fn bare_value(&mut self) {
        let from = self.at;
        if matches!(self.sign(0), Some('[' | '{' | '"')) {
            return self.value();
        }
        self.skip_value_letters();
        let text = self.text(from, self.at);
        if let Some(operator @ (Operator::And | Operator::Or | Operator::Not)) =
            alias::operator(&text).or_else(|| matches!(&*text, "&" | "&&").then_some(Operator::And))
        {
            return self.push(TokenKind::Operator(operator), from);
        }
        if time::is_comparison(&text) {
            while self.sign(0) == Some(' ') {
                self.at += 1;
            }
            self.skip_value_letters();
        }
        if self.at == from {
            self.at += 1;
        }
        self.push_value(from, from, self.at);
    }

    fn skip_value_letters(&mut self) {
        while self.sign(0).is_some_and(|sign| !" ()\"|^".contains(sign)) {
            self.at += 1;
        }
    }

    /// The value's own letters may be fewer than the token's.
    fn push_value(&mut self, from: usize, inner_from: usize, inner_to: usize) {
        let text = self.text(inner_from, inner_to).trim().to_owned();
        self.push(TokenKind::Value(text), from);
    }

    /// Parentheses after a field: one value where they read as one, else values and operators.
    pub(super) fn value_group(&mut self, field: Field) {
        let inner_from = self.at + 1;
        self.open(Some(field));
        let Some(close) = self.find(|sign| "()|\"".contains(sign)) else { return };
        let inner = self.text(inner_from, close);
        let closes = self.is_sign(close, ')');
        let one_word = !inner.trim().is_empty() && !inner.trim().contains(' ');
        let reads_whole = || {
            field.value() == ValueKind::Days
                && !matches!(time::days(&inner, self.today), Err(NoDays::Unknown(_)))
        };
        if closes && (one_word || reads_whole()) {
            self.at = close;
            self.push_value(inner_from, inner_from, close);
        }
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.letters.get(at).is_some_and(|letter| letter.sign == sign)
    }

    /// The first letter from here on that `wanted` takes.
    fn find(&self, wanted: fn(char) -> bool) -> Option<usize> {
        let rest = self.letters.get(self.at..)?;
        rest.iter().position(|letter| wanted(letter.sign)).map(|found| self.at + found)
    }

    /// `(50.4,30.5,25km)`; left alone where it is a group of words.
    pub(super) fn circle(&mut self) {
        let from = self.at;
        self.at += 1;
        let close = self.find(|sign| "()".contains(sign));
        self.at = from;
        let Some(close) = close.filter(|close| self.is_sign(*close, ')')) else { return };
        let inner = self.text(from + 1, close);
        let Some((latitude, longitude, rest)) = point(&inner) else { return };
        let distance = match rest.as_slice() {
            [distance] => distance.strip_suffix("km").map(str::trim_end),
            _ => None,
        };
        // Without a distance it is refused like a point that is nowhere.
        let radius_km = distance.and_then(decimal).unwrap_or(-1.0);
        self.at = close + 1;
        let bounds = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        let sound = bounds && radius_km >= 0.0 && radius_km.is_finite();
        if !sound {
            self.fault(Problem::NoSuchPoint, from, self.at);
        }
        self.push(TokenKind::Circle(Circle { latitude, longitude, radius_km }), from);
    }

    /// `from 1 Jan 2024 to 31 Mar 2024`, `after 2024-03-01` after the word `date`: how many letters from here belong to it.
    pub(super) fn date_in_words(&self) -> Option<usize> {
        let rest = self.letters.get(self.at..)?;
        let line: Vec<char> = rest.iter().map(|letter| letter.sign).take(LONGEST_DATE).collect();
        let first: String = line.iter().skip(1).take_while(|sign| **sign != ' ').collect();
        if line.first() != Some(&' ')
            || !(first.eq_ignore_ascii_case("from") || time::is_comparison(&first))
        {
            return None;
        }
        let ends = |at: &usize| line.get(*at).is_none_or(|sign| super::ends_word(*sign));
        let ends: Vec<usize> = (1..=line.len()).filter(ends).take(MOST_WORDS).collect();
        let longest = |skipped: usize, ends: &[usize]| {
            ends.iter().rev().copied().find(|&end| {
                let text: String = line.iter().take(end).skip(skipped).collect();
                let reads = time::days(&text, self.today);
                !text.ends_with(' ')
                    && matches!(
                        reads,
                        Ok(_) | Err(NoDays::Ambiguous { .. } | NoDays::BackToFront { .. })
                    )
            })
        };
        // `from` a date and no `to`: half an interval, which the parser refuses.
        let half = || {
            let half = ends.get(1..ends.len().min(MOST_WORDS / 2)).unwrap_or_default();
            first.eq_ignore_ascii_case("from").then(|| longest(" from ".len(), half)).flatten()
        };
        longest(0, &ends).or_else(half)
    }
}

/// Whether a group of words after `place:` would be read as a circle, its inside being `inner`.
pub(crate) fn reads_as_circle(inner: &str) -> bool {
    let first = inner.split(['(', ')']).next().unwrap_or_default();
    point(first).is_some()
}

/// Latitude, longitude and what else stands between commas.
fn point(inner: &str) -> Option<(f64, f64, Vec<&str>)> {
    let mut parts = inner.split(',').map(str::trim);
    let (latitude, longitude) = (decimal(parts.next()?)?, decimal(parts.next()?)?);
    Some((latitude, longitude, parts.collect()))
}

/// A number with or without a fraction and a sign.
fn decimal(text: &str) -> Option<f64> {
    let plain =
        !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit() || "+-.".contains(sign));
    plain.then(|| text.parse().ok()).flatten()
}
