//! The tagger by rules: sequences of capitalised words, judged by titles, roles, legal forms, head words and lists of names.
//!
//! From left to right, the first recogniser that fits takes its tokens: a known organisation, an organisation by its head word, a person by
//! title or given name, an acronym. What no rule knows stays untagged. English has a trained tagger ([`super::trained`]);
//! these rules read the languages without one.

pub(super) mod classes;
mod organisation;
mod parts;
mod person;
mod place;
mod title;

use std::collections::HashMap;

use dateline_article::Language;

use super::{Mention, NameKind};
use crate::extractor::NameTagger;
use crate::passage::{Casing, Form, Passage};
use classes::Classes;

/// Tags by rules; holds nothing.
pub(crate) struct RuleTagger;

impl NameTagger for RuleTagger {
    fn tag(
        &self,
        passages: &[Passage<'_>; 2],
        body_bytes: usize,
        language: Option<Language>,
    ) -> [Vec<Mention>; 2] {
        let mut mentions = passages.each_ref().map(|passage| tag(passage, language));
        let [_, of_text] = &mut mentions;
        of_text.retain(|mention| mention.span.start as usize >= body_bytes);
        mentions
    }
}

fn tag(passage: &Passage<'_>, language: Option<Language>) -> Vec<Mention> {
    let reading = Reading::new(passage, language);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < passage.tokens().len() {
        let found = reading.name_at(at);
        at = match found {
            Some((kind, first, last)) => {
                let span = passage.span(first, last);
                mentions.extend(kind.zip(span).map(|(kind, span)| Mention {
                    kind,
                    first,
                    last,
                    span,
                }));
                last + 1
            }
            None => at + 1,
        };
    }
    mentions
}

/// A passage with what the lists say of each word.
struct Reading<'a> {
    passage: &'a Passage<'a>,
    language: Option<Language>,
    classes: Vec<Classes>,
}

/// A kind (`None`: no name, but to be passed over), the first and the last token.
type Found = (Option<NameKind>, usize, usize);

impl<'a> Reading<'a> {
    fn new(passage: &'a Passage<'a>, language: Option<Language>) -> Self {
        // perf: names come again and again in an article, and a word costs nine look-ups.
        let mut known: HashMap<&str, Classes> = HashMap::new();
        let class = |index| {
            if !passage.is_capital(index) {
                return Classes::default();
            }
            let key = passage.key(index);
            *known.entry(key).or_insert_with(|| Classes::of(key))
        };
        let classes = (0..passage.tokens().len()).map(class).collect();
        Self { passage, language, classes }
    }

    fn class(&self, index: usize) -> Classes {
        self.classes.get(index).copied().unwrap_or_default()
    }

    fn name_at(&self, at: usize) -> Option<Found> {
        let token = self.passage.token(at)?;
        if !token.form.is_word() {
            return None;
        }
        if let Some(last) = self.organisation(at) {
            // "Soviet Union" ends like an organisation.
            let is_country = token.form.is_capital() && self.gazetteer_area(at) == Some(last);
            return Some(((!is_country).then_some(NameKind::Organisation), at, last));
        }
        if token.casing == Casing::Upper {
            return None;
        }
        // "Prince Edward Island" begins like a person.
        if let Some(last) = self.gazetteer_area(at) {
            return Some((None, at, last));
        }
        if let Some((first, last)) = self.titled_person(at) {
            return Some((Some(NameKind::Person), first, last));
        }
        if !token.form.is_capital() {
            return None;
        }
        if let Some(last) = self.place(at) {
            return Some((Some(NameKind::Place), at, last));
        }
        if let Some(last) = self.gazetteer_phrase(at) {
            return Some((None, at, last));
        }
        if let Some(last) = self.person(at) {
            return Some((Some(NameKind::Person), at, last));
        }
        let acronym = self.acronym(at)?;
        Some((Some(NameKind::Organisation), at, acronym))
    }

    /// The next word of the same name, where it is written with a capital letter.
    fn next_capital(&self, index: usize) -> Option<usize> {
        self.passage.next_word(index).filter(|&next| self.passage.is_capital(next))
    }

    fn is_capitalised_word(&self, index: usize) -> bool {
        matches!(self.passage.form(index), Some(Form::Capital | Form::Upper))
    }
}
