//! The words of a person's name, one after the other: initials, particles, hyphens, "Jr.".

use super::Reading;
use super::classes::Class;
use crate::passage::{Casing, Form, Gap};
use crate::tables;

/// What says that a name begins here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// A title or role before it.
    Title,
    /// Its first word.
    Word,
}

/// Words of a name between given and family name, written small.
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "von", "vom", "zu", "zum", "zur", "bin", "bint", "ibn", "al", "el",
    "ul", "ur", "la", "le", "du", "da", "das", "di", "do", "dos", "del", "della", "ten", "ter",
    "abu", "ben", "y", "af", "av", "ap",
];
/// What may stand after a name and is part of it.
const SUFFIXES: &[&str] =
    &["Jr", "Sr", "II", "III", "IV", "VI", "VII", "VIII", "XIV", "XVI", "XXIII"];
/// Most words that a person's name has.
const LONGEST: usize = 6;

impl Reading<'_> {
    /// Last token of the person's name whose first token is `first`.
    pub(super) fn parts(&self, first: usize, evidence: Evidence) -> Option<usize> {
        let mut at = first;
        if evidence == Evidence::Title && self.is_particle(first) {
            // "Mr van der Berg", "President al-Assad"
            at = self.past_particles(first)?;
        }
        if !self.may_begin_name(at, evidence) {
            return None;
        }
        let begin = at;
        let mut last = None;
        for count in 1..=LONGEST {
            if !matches!(self.passage.form(at), Some(Form::Initial | Form::Initials)) {
                last = Some(at);
            }
            let Some(next) = self.next_part(at) else { break };
            let fits = match count {
                1 => self.may_be_second(next, at),
                _ => {
                    self.may_be_further(next)
                        || count == 2 && self.is_third_of_family_first(next, begin)
                }
            };
            if !fits {
                break;
            }
            at = next;
        }
        let last = self.with_small_ending(begin, last?);
        Some(self.with_suffix(last))
    }

    /// The next word of a name, particles between passed over.
    pub(super) fn next_part(&self, at: usize) -> Option<usize> {
        let next = self.passage.next_word(at)?;
        if self.passage.is_capital(next) {
            return Some(next);
        }
        // "Max Franke zu Berlin"
        self.past_particles(next).filter(|&word| !self.class(word).has(Class::MajorPlace))
    }

    /// Whether a particle stands here, written small.
    pub(super) fn is_particle(&self, index: usize) -> bool {
        self.passage.form(index) == Some(Form::Lower)
            && PARTICLES.contains(&self.passage.key(index))
    }

    /// Whether the words up to `last` go on into the name of a firm, a street, a school.
    pub(super) fn goes_on_as_other(&self, last: usize) -> bool {
        self.next_capital(last).is_some_and(|next| {
            self.class(next).any(&[Class::HeadLast, Class::Suffix])
                || super::place::is_head(self.passage.key(next))
        })
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

    fn may_begin_name(&self, index: usize, evidence: Evidence) -> bool {
        let classes = self.class(index);
        let form_fits = match self.passage.form(index) {
            Some(Form::Initial | Form::Initials) => !classes.has(Class::MajorPlace),
            Some(Form::Upper) => evidence == Evidence::Title && self.is_name_in_capitals(index),
            form => form == Some(Form::Capital),
        };
        let function_word = classes.any(&[Class::Stop, Class::Calendar])
            && !classes.any(&[Class::Given, Class::FamilyFirst]);
        form_fits && !function_word && !self.is_head_only(index)
    }

    fn may_be_second(&self, index: usize, before: usize) -> bool {
        let classes = self.class(index);
        let known = classes.any(&[Class::Human, Class::Given]);
        let is_title_cased =
            self.passage.token(index).is_some_and(|token| token.casing == Casing::Title);
        let is_word =
            classes.has(Class::Ordinary) && (is_title_cased || classes.has(Class::Title) && !known);
        self.may_follow(index, before) && !is_word
    }

    /// A third word must look like a name by itself.
    fn may_be_further(&self, index: usize) -> bool {
        let classes = self.class(index);
        let is_place =
            classes.has(Class::MajorPlace) && !classes.any(&[Class::Human, Class::Given]);
        let is_title = classes.has(Class::Title) && !classes.any(&[Class::Human, Class::Given]);
        let is_word =
            classes.any(&[Class::Ordinary, Class::Demonym, Class::Conviction, Class::Calendar]);
        self.may_follow(index, index) && !is_place && !is_title && !is_word
    }

    /// "Kim Jong *Il*", "Lee Kuan *Yew*".
    fn is_third_of_family_first(&self, index: usize, first: usize) -> bool {
        const LONGEST_BYTES: usize = 5;
        let plain = !self.class(index).any(&[Class::Ordinary, Class::Calendar]);
        self.class(first).has(Class::FamilyFirst)
            && self.passage.form(index) == Some(Form::Capital)
            && plain
            && self.passage.key(index).len() <= LONGEST_BYTES
    }

    fn may_follow(&self, index: usize, before: usize) -> bool {
        let classes = self.class(index);
        let form_fits = match self.passage.form(index) {
            Some(Form::Initial | Form::Initials) => !classes.has(Class::MajorPlace),
            Some(Form::Upper) => self.is_name_in_capitals(index),
            form => form == Some(Form::Capital),
        };
        // "Theresa May": a month only where more of a sentence than a number follows.
        let is_month = classes.has(Class::Calendar)
            && !(self.class(before).has(Class::Given)
                && (classes.has(Class::Human) || self.passage.key(index) == "may")
                && self.passage.form(index + 1) != Some(Form::Number));
        let is_particle =
            PARTICLES.contains(&self.passage.key(index)) && self.next_capital(index).is_some();
        let is_function_word =
            classes.has(Class::Stop) && !classes.has(Class::FamilyFirst) && !is_particle;
        let is_geography = super::place::is_head_only(self.passage.key(index));
        form_fits && !is_month && !is_function_word && !is_geography && !self.is_head_only(index)
    }

    /// Whether the word makes organisations and no names.
    fn is_head_only(&self, index: usize) -> bool {
        let classes = self.class(index);
        classes.any(&[Class::HeadLast, Class::HeadFirst, Class::Suffix])
            && !classes.any(&[Class::Human, Class::Given])
    }

    /// "Emmanuel MACRON".
    fn is_name_in_capitals(&self, index: usize) -> bool {
        let key = self.passage.key(index);
        key.len() >= 3
            && !self.class(index).has(Class::Capitals)
            && !tables::ORGANISATIONS.contains(key)
    }

    /// "Moon Jae-*in*", "Ban Ki-*moon*".
    fn with_small_ending(&self, first: usize, last: usize) -> usize {
        let ending = self.passage.next_word(last).filter(|&ending| ending == last + 2);
        let is_small =
            |&ending: &usize| self.passage.form(ending) == Some(Form::Lower) && last > first;
        match ending.filter(is_small) {
            Some(ending) if self.class(first).has(Class::FamilyFirst) => ending,
            _ => last,
        }
    }

    fn with_suffix(&self, last: usize) -> usize {
        let comma = usize::from(self.passage.is_sign(last + 1, ','));
        let suffix = last + 1 + comma;
        let spaced = self.passage.token(suffix).is_some_and(|token| token.gap == Gap::Space);
        let surface = self.passage.surface(suffix).trim_end_matches('.');
        let fits = SUFFIXES.contains(&surface) && (comma == 0 || matches!(surface, "Jr" | "Sr"));
        if spaced && fits { suffix } else { last }
    }
}
