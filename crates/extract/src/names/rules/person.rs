//! People: by a title or role before the name, by a given name, by two words of the list of names.

use super::Reading;
use super::classes::Class;
use crate::passage::{Casing, Form, Gap};
use crate::tables;

/// Words of a name between given and family name, written small.
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "von", "vom", "zu", "zum", "zur", "bin", "bint", "ibn", "al", "el",
    "ul", "ur", "la", "le", "du", "da", "das", "di", "do", "dos", "del", "della", "ten", "ter",
    "abu", "ben", "y", "af", "av", "ap",
];
/// Most words that a person's name has.
const LONGEST: usize = 6;

/// How sure it is that a name stands here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// A title or role stands before.
    Titled,
    /// A given name or initial begins it.
    Given,
}

impl Reading<'_> {
    /// A title at `at` with a person's name after it: first and last token of the name.
    pub(super) fn titled_person(&self, at: usize) -> Option<(usize, usize)> {
        let mut end = self.title(at)?;
        let mut last_title_is_small = !self.passage.is_capital(end);
        // "Lt. Gen. Sir", "Foreign Minister Dr."
        for _ in 0..3 {
            let Some(after) = self.passage.next_word(end) else { break };
            let Some(longer) = self.title(after) else { break };
            // A given name may read like a title (Dean, Major, Judge).
            if self.class(after).has(Class::Given) && self.next_capital(longer).is_none() {
                break;
            }
            end = longer;
            last_title_is_small = !self.passage.is_capital(end);
        }
        let first = self.passage.next_word(end)?;
        let last = self.parts(first, Evidence::Titled)?;
        if last == first && !self.single_after_title(first, last_title_is_small) {
            return None;
        }
        (!self.is_begun_organisation(last)).then_some((first, last))
    }

    /// Last token of the longest title that begins at `at`.
    fn title(&self, at: usize) -> Option<usize> {
        let key = self.passage.key(at);
        if key.is_empty() {
            return None;
        }
        // French "M. Macron".
        if key == "m"
            && self.language.is_some_and(|l| l.code() == "fr")
            && self.passage.surface(at) == "M."
        {
            return Some(at);
        }
        tables::TITLES
            .beginning_with(key)
            .filter_map(|(title, _)| {
                let mut words = title.split(' ');
                words.next();
                let mut last = at;
                for word in words {
                    last = self.passage.next_word(last)?;
                    if self.passage.key(last) != word {
                        return None;
                    }
                }
                Some(last)
            })
            .max()
    }

    /// Whether one word after a title may be a surname.
    fn single_after_title(&self, index: usize, title_is_small: bool) -> bool {
        let classes = self.class(index);
        let form = self.passage.form(index);
        let known = classes.any(&[Class::Human, Class::Given]);
        let Some(casing) = self.passage.token(index).map(|token| token.casing) else {
            return false;
        };
        if form != Some(Form::Capital)
            || classes.any(&[Class::HeadLast, Class::HeadFirst, Class::Suffix]) && !known
        {
            return false;
        }
        if classes.has(Class::Ordinary) && (!known || casing == Casing::Title) {
            return false;
        }
        if title_is_small
            && (classes.any(&[Class::MajorPlace, Class::Demonym]) || !self.is_english() && !known)
        {
            return false;
        }
        true
    }

    /// A person's name at `at` by its own words: its last token.
    pub(super) fn person(&self, at: usize) -> Option<usize> {
        let token = self.passage.token(at)?;
        let classes = self.class(at);
        if token.opens && classes.any(&[Class::Stop, Class::Calendar])
            || classes.has(Class::Capitals) && token.form == Form::Upper
        {
            return None;
        }
        let initial =
            matches!(token.form, Form::Initial | Form::Initials) && self.is_initial_of_name(at);
        let given = classes.has(Class::Given) && token.form != Form::Initials;
        let family_first =
            classes.has(Class::FamilyFirst) && !classes.any(&[Class::Stop, Class::Ordinary]);
        let second = self.next_part(at)?;
        let second_classes = self.class(second);
        if !(given || initial || family_first || self.are_two_names(at, second)) {
            return None;
        }
        let last = self.parts(at, Evidence::Given)?;
        if last == at || self.is_begun_organisation(last) {
            return None;
        }
        let second_is_name = second_classes.any(&[Class::Human, Class::Given, Class::FamilyFirst]);
        let doubtful = classes.any(&[
            Class::Ordinary,
            Class::MajorPlace,
            Class::MinorPlace,
            Class::Stop,
            Class::Calendar,
        ]);
        let second_doubtful =
            second_classes.any(&[Class::Ordinary, Class::MajorPlace, Class::Demonym]);
        let titled = token.casing == Casing::Title;
        if second_doubtful && (doubtful || titled || family_first && !given || !second_is_name) {
            return None;
        }
        if doubtful && token.opens && !second_is_name {
            return None;
        }
        Some(last)
    }

    /// Both words stand in the large list of names and are nothing else.
    fn are_two_names(&self, first: usize, second: usize) -> bool {
        let plain = |index: usize| {
            let classes = self.class(index);
            classes.has(Class::Human)
                && self.passage.form(index) == Some(Form::Capital)
                && self.passage.key(index).len() >= 3
                && !classes.any(&[
                    Class::Ordinary,
                    Class::Stop,
                    Class::Calendar,
                    Class::MajorPlace,
                    Class::Demonym,
                    Class::Title,
                ])
                && !classes.any(&[Class::HeadLast, Class::HeadFirst, Class::Suffix])
        };
        let language_fits =
            self.language.is_none_or(|language| language != dateline_article::Language::GERMAN);
        language_fits && plain(first) && plain(second) && !self.class(first).has(Class::MinorPlace)
    }

    /// An initial that a surname follows, not an abbreviated country.
    fn is_initial_of_name(&self, at: usize) -> bool {
        let Some(mut next) = self.passage.next_word(at) else { return false };
        if self.class(at).any(&[Class::MajorPlace, Class::Capitals])
            || !self.passage.surface(at).ends_with('.')
        {
            return false;
        }
        while self.passage.form(next) == Some(Form::Initial) {
            let Some(after) = self.passage.next_word(next) else { return false };
            next = after;
        }
        let classes = self.class(next);
        self.passage.form(next) == Some(Form::Capital)
            && (classes.any(&[Class::Human, Class::Given])
                || !classes.any(&[Class::Ordinary, Class::MajorPlace, Class::Demonym, Class::Stop]))
    }

    /// Last token of the name whose first token is `first`.
    fn parts(&self, first: usize, evidence: Evidence) -> Option<usize> {
        let mut last = None;
        let mut at = first;
        let mut count = 0;
        if !self.is_part(first, None, evidence) {
            // "Mr van der Berg", "President al-Assad"
            if evidence != Evidence::Titled || !self.is_particle(first) {
                return None;
            }
            at = self.past_particles(first)?;
            if !self.is_part(at, None, evidence) {
                return None;
            }
        }
        while count < LONGEST {
            if !matches!(self.passage.form(at), Some(Form::Initial | Form::Initials)) {
                last = Some(at);
            }
            count += 1;
            let Some(next) = self.next_part(at) else { break };
            if !self.is_part(next, Some((at, count)), evidence) {
                break;
            }
            at = next;
        }
        last.map(|last| self.with_suffix(last))
    }

    /// The next word of a name, particles between passed over.
    fn next_part(&self, at: usize) -> Option<usize> {
        let next = self.passage.next_word(at)?;
        let next = if self.passage.is_capital(next) { next } else { self.past_particles(next)? };
        self.passage.is_capital(next).then_some(next)
    }

    fn is_particle(&self, index: usize) -> bool {
        self.passage.form(index) == Some(Form::Lower)
            && PARTICLES.contains(&self.passage.key(index))
    }

    /// The capitalised word after one to three particles that begin at `at`.
    fn past_particles(&self, at: usize) -> Option<usize> {
        let mut word = at;
        for _ in 0..3 {
            if !self.is_particle(word) {
                return None;
            }
            word = self.passage.next_word(word)?;
            if self.passage.is_capital(word) {
                return Some(word);
            }
        }
        None
    }

    fn is_part(&self, index: usize, before: Option<(usize, usize)>, evidence: Evidence) -> bool {
        let Some(token) = self.passage.token(index) else { return false };
        let classes = self.class(index);
        let fits = match token.form {
            Form::Initial | Form::Initials => !classes.has(Class::MajorPlace),
            Form::Upper => {
                self.passage.key(index).len() >= 3
                    && !classes.has(Class::Capitals)
                    && (before.is_some() || evidence == Evidence::Titled)
                    && tables::ORGANISATIONS.values(self.passage.key(index)).is_none()
            }
            Form::Capital => true,
            _ => false,
        };
        if !fits {
            return false;
        }
        // "Theresa May", "Will Smith"
        let may = before.is_some_and(|(before, _)| self.class(before).has(Class::Given))
            && self
                .passage
                .next_word(index)
                .is_none_or(|n| self.passage.form(n) == Some(Form::Lower));
        if classes.has(Class::Calendar)
            && !(may && classes.has(Class::Human) || may && self.passage.key(index) == "may")
        {
            return false;
        }
        if classes.has(Class::Stop)
            && (token.form == Form::Capital)
            && !(before.is_none() && classes.has(Class::Given))
            && !classes.has(Class::FamilyFirst)
        {
            return false;
        }
        let known = classes.any(&[Class::Human, Class::Given]);
        if classes.any(&[Class::HeadLast, Class::HeadFirst, Class::Suffix]) && !known {
            return false;
        }
        let Some((_, count)) = before else { return true };
        // A third word must look like a name by itself.
        if count >= 2 {
            let doubtful = classes.any(&[Class::Ordinary, Class::Demonym])
                || classes.has(Class::MajorPlace) && !known;
            return !doubtful && !(classes.has(Class::Title) && !classes.has(Class::Given));
        }
        if token.casing == Casing::Title && classes.has(Class::Ordinary) {
            return false;
        }
        !(classes.has(Class::Title) && classes.has(Class::Ordinary) && !known)
    }

    /// Takes in "Jr.", "Sr.", "II", "III", "IV".
    fn with_suffix(&self, last: usize) -> usize {
        let comma = usize::from(self.passage.is_sign(last + 1, ','));
        let suffix = last + 1 + comma;
        let spaced = self.passage.token(suffix).is_some_and(|token| token.gap == Gap::Space);
        let surface = self.passage.surface(suffix).trim_end_matches('.');
        let fits = if comma == 1 {
            matches!(surface, "Jr" | "Sr")
        } else {
            matches!(
                surface,
                "Jr" | "Sr" | "II" | "III" | "IV" | "VI" | "VII" | "VIII" | "XIV" | "XVI" | "XXIII"
            )
        };
        if spaced && fits { suffix } else { last }
    }

    /// Whether the words up to `last` go on into the name of a firm, a street, a school.
    fn is_begun_organisation(&self, last: usize) -> bool {
        let Some(next) = self.next_capital(last) else { return false };
        let classes = self.class(next);
        classes.any(&[Class::HeadLast, Class::Suffix])
            || super::place::is_head(self.passage.key(next))
    }
}
