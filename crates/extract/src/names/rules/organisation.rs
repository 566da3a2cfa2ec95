//! Organisations: known ones, names with a head word ("Labour Party", "Bank of England") or a legal form ("Acme Corp"), acronyms.

use super::Reading;
use super::classes::Class;
use crate::names::known::Known;
use crate::passage::{Casing, Form, Gap};

/// What joins a head word to the rest of the name, in several languages.
const OF: &[&str] =
    &["of", "for", "on", "de", "des", "du", "del", "der", "für", "fur", "di", "da", "do"];
/// The same after a topic: "Cooperation *in* Europe".
const OF_OR_IN: &[&str] =
    &["of", "for", "on", "in", "de", "des", "du", "del", "der", "di", "da", "do"];
/// Most words that an organisation's name has.
const LONGEST: usize = 9;

impl Reading<'_> {
    /// The longest organisation that begins at `at`: its last token.
    pub(super) fn organisation(&self, at: usize) -> Option<usize> {
        let known = Known { passage: self.passage, is_english: false };
        let known = known.organisation(at);
        let built = self.built_organisation(at);
        known.max(built)
    }

    /// A name made with a head word or a legal form.
    fn built_organisation(&self, at: usize) -> Option<usize> {
        let token = self.passage.token(at)?;
        if token.casing != Casing::Mixed || !self.may_begin(at) {
            return None;
        }
        let mut last = at;
        let mut found = None;
        for count in 1..=LONGEST {
            let classes = self.class(last);
            let begins_at_title = self.class(at).has(Class::Title)
                && !self.class(at).any(&[Class::HeadFirst, Class::Ordinary]);
            let by_form = classes.has(Class::Suffix) && self.is_capitalised_word(last);
            let by_head = classes.has(Class::HeadLast) && !begins_at_title;
            if count > 1 && (by_form || by_head) {
                found = Some(last);
            }
            if classes.has(Class::HeadFirst)
                && !begins_at_title
                && let Some(end) = self.complement(last)
            {
                return Some(end);
            }
            let Some(next) = self.continues(at, last) else { break };
            // "Biopool Ltd. Biopool AB": a legal form ends a name, unless another one follows.
            if found == Some(last) && by_form && !self.class(next).has(Class::Suffix) {
                break;
            }
            last = next;
        }
        // "Orvelle plc"
        let small_form =
            self.passage.next_word(last).filter(|&next| self.passage.key(next) == "plc");
        small_form.filter(|_| self.is_capitalised_word(last)).or(found)
    }

    fn may_begin(&self, at: usize) -> bool {
        let classes = self.class(at);
        self.passage.is_capital(at)
            && !classes.any(&[Class::Stop, Class::Calendar, Class::Suffix])
            && !(classes.has(Class::Title) && self.is_form_of_address(at))
    }

    /// The next word of an organisation's name that has not ended yet.
    fn continues(&self, first: usize, last: usize) -> Option<usize> {
        if let Some(next) = self.next_capital(last) {
            let classes = self.class(next);
            let stops = classes.any(&[Class::Stop, Class::Calendar]) || self.is_title(next);
            return (!stops).then_some(next);
        }
        // "Johnson & Johnson", "Securities and Exchange Commission"
        let sign = self.passage.token(last + 1)?;
        let next = last + 2;
        if sign.gap != Gap::Space
            || !self.passage.is_capital(next)
            || self.passage.token(next)?.gap != Gap::Space
        {
            return None;
        }
        match sign.form {
            Form::Sign('&') => Some(next),
            Form::Lower if self.passage.key(last + 1) == "and" => {
                let topic = |index: usize| {
                    self.class(index).has(Class::Ordinary)
                        && !self.class(index).any(&[
                            Class::HeadLast,
                            Class::MajorPlace,
                            Class::Given,
                        ])
                };
                (last == first && topic(last) && topic(next)).then_some(next)
            }
            _ => None,
        }
    }

    /// After a head word: "of England", "for Security and Cooperation in Europe", "of the Interior".
    fn complement(&self, head: usize) -> Option<usize> {
        let mut last = self.after_preposition(head, OF)?;
        if !self.may_complete(last) {
            return None;
        }
        for _ in 0..LONGEST {
            let is_topic = self.class(last).has(Class::Ordinary);
            let word = self
                .next_capital(last)
                .filter(|&next| self.may_complete(next) && self.person(next).is_none());
            let topic = || self.second_topic(last);
            let further = || {
                self.after_preposition(last, OF_OR_IN)
                    .filter(|&next| is_topic && self.may_complete(next))
            };
            let Some(next) = word.or_else(topic).or_else(further) else { break };
            last = next;
        }
        Some(last)
    }

    /// "Health *and Human* Services".
    fn second_topic(&self, last: usize) -> Option<usize> {
        let and = self.passage.next_word(last)?;
        let next = self.passage.next_word(and)?;
        let topic = |index: usize| {
            self.class(index).has(Class::Ordinary) && !self.class(index).has(Class::MajorPlace)
        };
        let fits = self.passage.key(and) == "and" && self.passage.form(and) == Some(Form::Lower);
        (fits && self.passage.is_capital(next) && topic(last) && topic(next)).then_some(next)
    }

    fn may_complete(&self, index: usize) -> bool {
        let classes = self.class(index);
        self.passage.is_capital(index)
            && !classes.any(&[Class::Stop, Class::Calendar])
            && !self.is_title(index)
    }

    /// Whether a title stands here, rather than a word of an organisation's name ("General Hospital").
    fn is_title(&self, index: usize) -> bool {
        let classes = self.class(index);
        let before_head = || {
            self.next_capital(index)
                .is_some_and(|next| self.class(next).any(&[Class::HeadLast, Class::Suffix]))
        };
        classes.has(Class::TitleBegins)
            && !classes.any(&[Class::HeadLast, Class::Given])
            && self.title(index).is_some()
            && !before_head()
    }

    /// The capitalised word after one of the prepositions, and an article after it.
    fn after_preposition(&self, index: usize, prepositions: &[&str]) -> Option<usize> {
        let is_small = |index: usize| self.passage.form(index) == Some(Form::Lower);
        let preposition = self.passage.next_word(index)?;
        if !is_small(preposition) || !prepositions.contains(&self.passage.key(preposition)) {
            return None;
        }
        let next = self.passage.next_word(preposition)?;
        let is_article =
            is_small(next) && matches!(self.passage.key(next), "the" | "la" | "las" | "los");
        if is_article { self.passage.next_word(next) } else { Some(next) }
    }

    /// A word in capitals that is nothing else.
    pub(super) fn acronym(&self, at: usize) -> Option<usize> {
        let token = self.passage.token(at)?;
        let key = self.passage.key(at);
        let classes = self.class(at);
        let fits = token.form == Form::Upper
            && token.casing == Casing::Mixed
            && (3..=6).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_lowercase())
            && !classes.any(&[
                Class::Capitals,
                Class::Stop,
                Class::Ordinary,
                Class::Calendar,
                Class::MajorPlace,
                Class::Suffix,
                Class::Human,
            ]);
        // "<IBM>" is a ticker.
        let is_ticker = at.checked_sub(1).is_some_and(|before| self.passage.is_sign(before, '<'));
        let alone = |index: Option<usize>| {
            index.is_none_or(|index| self.passage.form(index) != Some(Form::Upper))
        };
        (fits
            && !is_ticker
            && alone(self.passage.next_word(at))
            && alone(self.passage.word_before(at)))
        .then_some(at)
    }
}
