//! Titles and roles before a name: "Foreign Minister Sergei Lavrov", "Mr Price", "spokesman Dmitry Peskov".

use dateline_article::Language;

use super::Reading;
use super::classes::Class;
use super::parts::Evidence;
use crate::passage::{Casing, Form};
use crate::tables;

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
        let first = self.passage.next_word(end)?;
        let last = self.parts(first, Evidence::Title)?;
        if last == first && !self.is_surname_after(end, first) {
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
        // "minister Lavrov", but "president Ukraine needs".
        let is_small = !self.passage.is_capital(title);
        let is_place = classes.any(&[Class::MajorPlace, Class::Demonym]);
        !(is_small && (is_place || !self.is_english() && !known))
    }
}
