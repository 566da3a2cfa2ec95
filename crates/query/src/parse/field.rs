//! Fields and their values: groups of words, days, numbers.

use dateline_article::Span;

use crate::dialect::Syntax;
use crate::fault::Problem;
use crate::lex::TokenKind;
use crate::syntax::{Field, Kind, Node, Numbers, ValueKind};
use crate::time::{self, NoDays, When};

use super::{Parser, cover};

impl Parser<'_> {
    /// The value of a field whose name and sign stand at `span`.
    pub(super) fn field(&mut self, field: Field, span: Span) -> Option<Node> {
        if self.field.is_some() {
            self.fault(Problem::FieldInField(field.name()), span);
        }
        let next = self.tokens.get(self.at).map(|token| &token.kind);
        if matches!(
            next,
            None | Some(
                TokenKind::Close | TokenKind::Operator(_) | TokenKind::Minus | TokenKind::Plus
            )
        ) {
            // One fault is enough.
            self.at += usize::from(matches!(next, Some(TokenKind::Operator(_))));
            self.fault(Problem::NoValue(field.name()), span);
            return None;
        }
        let outer = self.field.replace(field);
        let inner = self.inner(span);
        self.field = outer;
        let inner = inner?;
        let whole = cover(span, inner.span);
        if field.value() != ValueKind::Words || matches!(inner.kind, Kind::Circle(_)) {
            return Some(Node { span: whole, ..inner });
        }
        Some(Node::new(Kind::Field(field, Box::new(inner)), whole))
    }

    /// Days or numbers.
    pub(super) fn value(&mut self, text: &str, span: Span) -> Option<Node> {
        let field = self.field?;
        if text == "*" {
            let everything = Node::new(Kind::Everything, span);
            return Some(Node::new(Kind::Field(field, Box::new(everything)), span));
        }
        if text.is_empty() || time::is_comparison(text) {
            self.fault(Problem::NoValue(field.name()), span);
            return None;
        }
        let read = match field.value() {
            ValueKind::Number => numbers(text).map(|numbers| Kind::Number(field, numbers)),
            _ => match self.days(text) {
                Ok(When::Yearless { .. }) if field == Field::Published => {
                    Err(Problem::YearlessPublished)
                }
                Ok(when) => Ok(Kind::Time(field, when)),
                Err(no_days) => Err(Problem::Days(no_days)),
            },
        };
        match read {
            Ok(kind) => Some(Node::new(kind, span)),
            Err(problem) => {
                self.fault(problem, span);
                None
            }
        }
    }
}

impl Parser<'_> {
    /// Days; Nexis writes the month first.
    fn days(&self, text: &str) -> Result<When, NoDays> {
        const MOST_DAYS: usize = 2;
        let mut text = text.to_owned();
        for _ in 0..MOST_DAYS {
            match time::days(&text, self.today) {
                Err(NoDays::Ambiguous { text: day, month_first, .. })
                    if self.syntax == Syntax::Nexis =>
                {
                    text = text.replace(&day, &month_first.to_string());
                }
                read => return read,
            }
        }
        time::days(&text, self.today)
    }
}

/// `500`, `>500`, `200..400`, `[200 TO 400]`.
fn numbers(text: &str) -> Result<Numbers, Problem> {
    let not = || Problem::NotANumber(text.to_owned());
    let number = |digits: &str| {
        let digits = digits.trim();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u64>().ok()).flatten().ok_or_else(not)
    };
    let end = |digits: &str| match digits.trim() {
        "" | "*" => Ok(None),
        digits => number(digits).map(Some),
    };
    let lower = text.to_ascii_lowercase();
    let inner = lower.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let ends = inner.map_or_else(|| lower.split_once(".."), |inner| inner.split_once(" to "));
    let (least, most) = if let Some((least, most)) = ends {
        (end(least)?, end(most)?)
    } else if let Some(digits) = lower.strip_prefix(">=") {
        (Some(number(digits)?), None)
    } else if let Some(digits) = lower.strip_prefix("<=") {
        (None, Some(number(digits)?))
    } else if let Some(digits) = lower.strip_prefix('>') {
        (Some(number(digits)?.saturating_add(1)), None)
    } else if let Some(digits) = lower.strip_prefix('<') {
        (None, Some(number(digits)?.checked_sub(1).ok_or_else(not)?))
    } else {
        let one = number(lower.strip_prefix('=').unwrap_or(&lower))?;
        (Some(one), Some(one))
    };
    match (least, most) {
        (None, None) => Err(not()),
        (Some(least), Some(most)) if most < least => Err(Problem::NumbersBackToFront),
        (least, most) => Ok(Numbers { least, most }),
    }
}
