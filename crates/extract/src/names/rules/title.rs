//! Titles and roles before a name: "Foreign Minister Sergei Lavrov", "Mr Price", "spokesman Dmitry Peskov".

use dateline_article::Language;

use super::Reading;
use super::classes::Class;
use super::parts::Evidence;
use crate::passage::{Casing, Form};
use crate::tables;

/// Particles that mean nothing but a name, in languages where others mean "of": "ministre de la Défense".
const NAMING_PARTICLES: &[&str] = &["al", "bin", "ibn", "von", "van", "ben"];
/// Forms of address and titles that a surname follows even where it is a place's name too.
const ADDRESS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "lord",
    "lady",
    "president",
    "minister",
    "secretary",
    "chairman",
    "senator",
    "sen",
    "rep",
    "gov",
    "gen",
    "m",
    "mme",
    "herr",
    "frau",
];

impl Reading<'_> {
    /// A title at `at` with a person's name after it: first and last token of the name.
    pub(super) fn titled_person(&self, at: usize) -> Option<(usize, usize)> {
        /// "Lt. Gen. Sir", "Foreign Minister Dr."
        const MOST_TITLES: usize = 4;
        let mut end = self.title(at)?;
        for _ in 1..MOST_TITLES {
            let Some(after) = self.passage.next_word(end) else { break };
            let Some(longer) = self.title(after) else { break };
            // A given name may read like a title (Dean, Major, Judge).
            if self.class(after).has(Class::Given) && self.next_capital(longer).is_none() {
                break;
            }
            end = longer;
        }
        // "Saint-Malo" is no saint.
        let first = self.passage.next_word(end).filter(|&first| first == end + 1)?;
        let last = self.parts(first, Evidence::Title)?;
        let by_particle = self.is_particle(first);
        if by_particle && !NAMING_PARTICLES.contains(&self.passage.key(first)) {
            return None;
        }
        let is_single = last == first || by_particle && self.passage.next_word(first) == Some(last);
        if is_single && !self.is_surname_after(end, last) {
            return None;
        }
        (!self.goes_on_as_other(last)).then_some((first, last))
    }

    /// Last token of the longest title that begins at `at`.
    pub(super) fn title(&self, at: usize) -> Option<usize> {
        let key = self.passage.key(at);
        if key.is_empty() {
            return None;
        }
        // Of a title in small letters only the last word matters: "prime *minister* Boris Johnson".
        if self.passage.form(at) == Some(Form::Lower) {
            let next = self.passage.next_word(at)?;
            let before_name = self.passage.is_capital(next) || self.is_particle(next);
            return (before_name && tables::TITLES.contains(key)).then_some(at);
        }
        // French "M. Macron".
        let is_french = self.language.as_ref().map(Language::code) == Some("fr");
        if is_french && self.passage.surface(at) == "M." {
            return Some(at);
        }
        let ends = tables::TITLES.beginning_with(key).filter_map(|(title, _)| {
            title.split(' ').skip(1).try_fold(at, |last, word| {
                let next = self.passage.next_word(last)?;
                (self.passage.key(next) == word).then_some(next)
            })
        });
        ends.max()
    }

    /// Whether the one word at `index` is a surname after the title that ends at `title`.
    fn is_surname_after(&self, title: usize, index: usize) -> bool {
        let Some(token) = self.passage.token(index) else { return false };
        let classes = self.class(index);
        let known = classes.any(&[Class::Human, Class::Given]);
        let other =
            classes.any(&[Class::HeadLast, Class::HeadFirst, Class::Suffix, Class::Conviction]);
        let is_word = classes.has(Class::Ordinary) && (!known || token.casing == Casing::Title);
        if token.form != Form::Capital || other && !known || is_word {
            return false;
        }
        if classes.has(Class::MajorPlace) && !self.is_form_of_address(title) {
            return false;
        }
        // "minister Lavrov", but "president Ukraine needs".
        let is_small = !self.passage.is_capital(title);
        let is_place = classes.any(&[Class::MajorPlace, Class::Demonym]);
        !(is_small && (is_place || !known))
    }

    /// Whether the word is a title that stands before a person only.
    pub(super) fn is_form_of_address(&self, index: usize) -> bool {
        ADDRESS.contains(&self.passage.key(index))
    }
}
