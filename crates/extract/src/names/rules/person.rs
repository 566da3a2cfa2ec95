//! People by the words of their names: a given name, an initial, two words of the list of names.

use dateline_article::Language;

use super::Reading;
use super::classes::Class;
use super::parts::Evidence;
use crate::passage::{Casing, Form};

/// What a word must not be, to be a name by its looks alone.
const OTHER: &[Class] = &[
    Class::Ordinary,
    Class::Stop,
    Class::Calendar,
    Class::MajorPlace,
    Class::Demonym,
    Class::Conviction,
    Class::Title,
    Class::HeadLast,
    Class::HeadFirst,
    Class::Suffix,
];

impl Reading<'_> {
    /// A person's name of two words or more at `at`: its last token.
    pub(super) fn person(&self, at: usize) -> Option<usize> {
        let token = self.passage.token(at)?;
        let second = self.next_part(at)?;
        let (one, two) = (self.class(at), self.class(second));
        let function_word = token.opens && one.any(&[Class::Stop, Class::Calendar]);
        if function_word
            || token.form == Form::Upper && one.has(Class::Capitals)
            || !self.begins_name(at, second)
        {
            return None;
        }
        let last = self.parts(at, Evidence::Word)?;
        if last == at || self.goes_on_as_other(last) {
            return None;
        }
        let given = one.has(Class::Given) || self.is_plain_name(at);
        let second_is_name = two.any(&[Class::Human, Class::Given, Class::FamilyFirst]);
        let first_doubtful = one.any(&[
            Class::Ordinary,
            Class::MajorPlace,
            Class::MinorPlace,
            Class::Stop,
            Class::Calendar,
        ]);
        let second_doubtful =
            two.any(&[Class::Ordinary, Class::MajorPlace, Class::Demonym, Class::Conviction]);
        if second_doubtful {
            // "Victoria Station", "Jordan River", "Kim Visits".
            let joined = self.passage.form(last) == Some(Form::Lower);
            let sure = (given && second_is_name && !first_doubtful || joined)
                && token.casing == Casing::Mixed;
            return sure.then_some(last);
        }
        // "Will Putin" opens a question.
        (!(first_doubtful && token.opens) || second_is_name).then_some(last)
    }

    fn begins_name(&self, at: usize, second: usize) -> bool {
        let classes = self.class(at);
        let form = self.passage.form(at);
        match form {
            Some(Form::Initial | Form::Initials) if self.is_initial_of_name(at) => return true,
            Some(Form::Initials) => return false,
            _ => {}
        }
        classes.has(Class::Given)
            || classes.has(Class::FamilyFirst) && self.is_family_first(at, second)
            || self.are_two_names(at, second)
    }

    /// A family name that is a word too (Moon, Long) needs a given name of two joined parts after it.
    fn is_family_first(&self, at: usize, second: usize) -> bool {
        let is_word = self.class(at).any(&[Class::Stop, Class::Ordinary]);
        !is_word
            || self.passage.next_word(second) == Some(second + 2)
                && !self.class(second).has(Class::Ordinary)
    }

    /// Both words stand in the large list of names; the first is nothing else, the second may be a place ("Denzel Washington").
    fn are_two_names(&self, first: usize, second: usize) -> bool {
        // Every German noun has a capital letter, and many are names too.
        self.language != Some(Language::GERMAN)
            && self.is_plain_name(first)
            && !self.class(first).has(Class::MinorPlace)
            && (self.is_plain_name(second)
                || self.class(second).has(Class::MajorPlace)
                    && self.class(second).has(Class::Human))
    }

    fn is_plain_name(&self, index: usize) -> bool {
        let classes = self.class(index);
        let long = self.passage.key(index).len() >= 3;
        classes.has(Class::Human)
            && self.passage.form(index) == Some(Form::Capital)
            && long
            && !classes.any(OTHER)
    }

    /// An initial that a surname follows, not an abbreviated country.
    fn is_initial_of_name(&self, at: usize) -> bool {
        const MOST_INITIALS: usize = 3;
        let abbreviates = self.class(at).any(&[Class::MajorPlace, Class::Capitals]);
        if abbreviates || !self.passage.surface(at).ends_with('.') {
            return false;
        }
        let mut next = self.passage.next_word(at);
        for _ in 0..MOST_INITIALS {
            let initial = next.filter(|&next| self.passage.form(next) == Some(Form::Initial));
            let Some(initial) = initial else { break };
            next = self.passage.next_word(initial);
        }
        next.is_some_and(|surname| {
            let classes = self.class(surname);
            let known = classes.any(&[Class::Human, Class::Given]);
            self.passage.form(surname) == Some(Form::Capital) && (known || !classes.any(OTHER))
        })
    }
}
