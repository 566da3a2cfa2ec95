//! Lays the rules of a grammar over tokens: the longest rule that fits at a place, and what its slots took.
//!
//! No calendar here: a `<day>` of 31 and a `<month>` of April go through. A rule is a dozen elements at most and steps back over its optional
//! ones only, so that matching at one place takes bounded time.

use super::grammar::{Accept, Element, Grammar, Rules};
use super::interval::Unit;
use super::source::{Holiday, Part};
use super::token::{Gap, Token};

/// What the slots of a rule took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: Option<i32>,
    pub(super) last_year: Option<i32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) last_day: Option<u8>,
    pub(super) weekday: Option<u8>,
    pub(super) count: Option<u16>,
    pub(super) ordinal: Option<u16>,
    pub(super) unit: Option<Unit>,
    pub(super) season: Option<u8>,
    pub(super) part: Option<Part>,
    pub(super) shift: Option<i8>,
    pub(super) offset: Option<i8>,
    pub(super) decade: Option<u16>,
    pub(super) holiday: Option<Holiday>,
    pub(super) clock: Option<(u8, u8)>,
    pub(super) numeric: Option<Numeric>,
    /// Byte after the first of two, and first byte of the second.
    pub(super) split: Option<(u32, u32)>,
}

/// A date in figures whose order is not yet known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeric {
    pub(super) first: u8,
    pub(super) second: u8,
    pub(super) sign: u8,
}

/// The tokens of a text under a grammar.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) grammar: &'a Grammar,
}

/// A rule that fits.
pub(super) struct Match<M> {
    /// The token after it.
    pub(super) next: usize,
    pub(super) meaning: M,
    pub(super) parts: Parts,
}

impl View<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The longest rule that fits from token `at`, the first of equals.
    pub(super) fn longest<M: Copy>(&self, rules: &Rules<M>, at: usize) -> Option<Match<M>> {
        let first = self.token(at)?;
        // Most words are in no rule: what needs a second token is not tried before one.
        let second = self.token(at + 1);
        let goes_on = second.is_some_and(|token| token.word != 0 || token.number().is_some());
        let mut best: Option<Match<M>> = None;
        for start in rules.beginning_with(first.word, first.number().is_some()) {
            if start.needs_more && !goes_on {
                continue;
            }
            let (elements, meaning) = rules.list.get(usize::from(start.rule))?;
            let mut parts = Parts::default();
            let Some(mut next) = self.lay(elements, at, at, &mut parts) else { continue };
            // A comma before something optional that did not come.
            while self.is_comma(next.checked_sub(1)?) {
                next -= 1;
            }
            if next > best.as_ref().map_or(at, |best| best.next) {
                best = Some(Match { next, meaning: *meaning, parts });
            }
        }
        best
    }

    fn is_comma(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.word == self.grammar.comma)
    }

    /// The token after the elements, laid from token `at` on in a rule that began at `from`.
    fn lay(
        &self,
        elements: &[Element],
        from: usize,
        mut at: usize,
        parts: &mut Parts,
    ) -> Option<usize> {
        for (index, element) in elements.iter().enumerate() {
            let is_joined =
                at == from || self.token(at).is_some_and(|token| token.gap != Gap::Paragraph);
            if !element.is_optional {
                at = self.take(&element.accept, at, parts).filter(|_| is_joined)?;
                continue;
            }
            let before = *parts;
            if let Some(next) = self.take(&element.accept, at, parts).filter(|_| is_joined) {
                let rest = elements.get(index + 1..).unwrap_or_default();
                if let Some(end) = self.lay(rest, from, next, parts) {
                    return Some(end);
                }
            }
            *parts = before;
        }
        Some(at)
    }

    /// The token after one element.
    fn take(&self, accept: &Accept, at: usize, parts: &mut Parts) -> Option<usize> {
        match accept {
            Accept::Words(words) => self
                .token(at)
                .filter(|token| token.word != 0 && words.contains(&token.word))
                .map(|_| at + 1),
            Accept::Slot(slot) => self.fill(*slot, at, parts),
        }
    }
}
