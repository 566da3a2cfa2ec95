//! Organisations of the list where they stand in a passage: [`tables::ORGANISATIONS`] by longest match.

use super::rules::classes::{Class, Classes};
use crate::passage::{Casing, Form, Passage};
use crate::tables;

/// A passage in which organisations of the list are sought.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) passage: &'a Passage<'a>,
    /// Whether the text is English, where acronyms seldom are words of the language.
    pub(crate) is_english: bool,
}

impl Known<'_> {
    /// The last token of the longest organisation of the list that begins at `at`, its legal form included.
    pub(crate) fn organisation(self, at: usize) -> Option<usize> {
        let token = self.passage.token(at)?;
        let key = self.passage.key(at);
        // "al-Qaeda", "easyJet" begin small.
        if key.is_empty() || token.form == Form::Lower && !matches!(key, "al" | "dpa" | "easyjet") {
            return None;
        }
        let may_begin = |key: &str| tables::begins_organisation(key);
        let has_ending = self.passage.form(at + 1) == Some(Form::Ending);
        // "McDonald's", "AT&T"
        let first = key.split(' ').next().unwrap_or_default();
        if !(may_begin(first) || has_ending && may_begin(&format!("{key}s"))) {
            return None;
        }
        let possessive = self.with_possessive(at).map(|end| (format!("{key}s"), end));
        let with_ending = possessive.iter().flat_map(|(key, end)| {
            tables::ORGANISATIONS.beginning_with(key).map(move |row| (row, *end))
        });
        let rows =
            tables::ORGANISATIONS.beginning_with(key).map(|row| (row, at)).chain(with_ending);
        let fits = rows.filter_map(|((name, values), first)| {
            // The first token may be of several words ("AT&T").
            let begin = key.len() + usize::from(first > at);
            let last = self.matches(name.get(begin..)?, first)?;
            let accepted = match (values.starts_with('c'), last == at) {
                (true, _) => self.stands_in_capitals(at),
                (false, true) => self.stands_alone(at),
                (false, false) => true,
            };
            accepted.then_some(last)
        });
        fits.max().map(|last| self.with_legal_form(last))
    }

    fn class(self, index: usize) -> Classes {
        if self.passage.is_capital(index) {
            Classes::of(self.passage.key(index))
        } else {
            Classes::default()
        }
    }

    fn next_capital(self, index: usize) -> Option<usize> {
        self.passage.next_word(index).filter(|&next| self.passage.is_capital(next))
    }

    /// Whether an acronym is written as one, and is no word in capitals.
    fn stands_in_capitals(self, at: usize) -> bool {
        let Some(token) = self.passage.token(at) else { return false };
        let is_word = self.class(at).any(&[Class::Ordinary, Class::Stop]);
        let fits = match token.casing {
            Casing::Upper => !is_word && self.passage.key(at).len() >= 3,
            // "UN" is an article in other languages.
            _ => !is_word || self.is_english,
        };
        fits && matches!(token.form, Form::Upper | Form::Initials)
    }

    /// Whether a known name of one word is that name here.
    fn stands_alone(self, at: usize) -> bool {
        let Some(token) = self.passage.token(at) else { return false };
        let classes = self.class(at);
        match token.casing {
            Casing::Mixed => {
                let is_opening_word = token.opens && classes.any(&[Class::Ordinary, Class::Stop]);
                !is_opening_word && !self.is_a_bearer(at)
            }
            Casing::Title => !classes.has(Class::Ordinary),
            Casing::Upper => false,
        }
    }

    /// Whether a single known name stands inside a longer name that is a person's or a place's.
    fn is_a_bearer(self, at: usize) -> bool {
        let Some(next) = self.next_capital(at) else { return false };
        let classes = self.class(next);
        let both = self.class(at).any(&[Class::Given, Class::MajorPlace]);
        both && classes.has(Class::Human)
            && !classes.any(&[Class::Ordinary, Class::HeadLast, Class::Suffix, Class::Title])
    }

    /// Last token of a name of which `rest` follows after token `first`.
    fn matches(self, rest: &str, first: usize) -> Option<usize> {
        let mut words = rest.split(' ').filter(|word| !word.is_empty());
        let mut last = first;
        while let Some(mut word) = words.next() {
            if let Some(next) = self.passage.next_word(last) {
                last = next;
            } else {
                // "Standard & Poor's", "RFE/RL"
                let sign = self.passage.form(last + 1)?;
                if sign == Form::Sign('&') && word == "and" {
                    word = words.next()?;
                } else if sign != Form::Sign('/') {
                    return None;
                }
                last += 2;
            }
            let key = self.passage.key(last);
            if key == word {
                continue;
            }
            last = self.with_possessive(last)?;
            if word.strip_suffix('s') != Some(key) {
                return None;
            }
        }
        Some(last)
    }

    /// The `'s` after a word.
    fn with_possessive(self, index: usize) -> Option<usize> {
        let ends = self.passage.form(index + 1) == Some(Form::Ending)
            && self.passage.surface(index + 1).ends_with('s');
        ends.then_some(index + 1)
    }

    /// "Ford" + "Co".
    fn with_legal_form(self, last: usize) -> usize {
        let mut last = last;
        for _ in 0..2 {
            match self.next_capital(last) {
                Some(next) if self.class(next).has(Class::Suffix) => last = next,
                _ => break,
            }
        }
        last
    }
}
