//! Organisations: one entity for a full name, its acronym and its short forms.

use std::collections::{BTreeMap, HashMap};

use dateline_article::Name;

use super::Entities;
use crate::names::spread::{joined_key, without_legal_form};
use crate::names::{Mention, NameKind, Piece};
use crate::passage::{Form, Passage};
use crate::tables;

/// Joins the mentions of organisations in all parts of an article.
pub(crate) fn organisations(pieces: &[Piece<'_>]) -> Vec<Name> {
    let aliases = Aliases::of(pieces);
    let mut entities = Entities::default();
    let mut of_key: HashMap<String, usize> = HashMap::new();
    for &Piece { part, passage, mentions } in pieces {
        for mention in mentions.iter().filter(|mention| mention.kind == NameKind::Organisation) {
            let key = aliases.canonical(&joined_key(passage, mention));
            let entity = *of_key.entry(key).or_insert_with(|| entities.open());
            entities.add(entity, part, passage, mention);
        }
    }
    entities.into_names()
}

/// Which names stand for which others in this article.
struct Aliases {
    /// Acronym or short form → canonical key.
    of: HashMap<String, String>,
}

impl Aliases {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut aliases = Self { of: HashMap::new() };
        // In the order of keys, so that the choice among several does not hang on chance.
        let mut keys = BTreeMap::new();
        for &Piece { passage, mentions, .. } in pieces {
            for mention in mentions.iter().filter(|mention| mention.kind == NameKind::Organisation)
            {
                let key = joined_key(passage, mention);
                if let Some(acronym) = acronym_in_brackets(passage, mention) {
                    aliases.of.entry(acronym).or_insert_with(|| canonical(&key));
                }
                *keys.entry(key).or_insert(0_usize) += 1;
            }
        }
        for key in keys.keys() {
            let base = canonical(key);
            if let Some(acronym) = acronym_of(&base).filter(|acronym| keys.contains_key(acronym)) {
                aliases.of.entry(acronym).or_insert_with(|| base.clone());
            }
            let short = without_legal_form(key);
            let first = short.split(' ').next().unwrap_or_default();
            if short.len() < key.len() && first.len() < short.len() && keys.contains_key(first) {
                aliases.of.entry(first.to_owned()).or_insert(base);
            }
        }
        aliases
    }

    fn canonical(&self, key: &str) -> String {
        let base = canonical(key);
        self.of.get(&base).or_else(|| self.of.get(key)).cloned().unwrap_or(base)
    }
}

/// The name that stands for a known organisation's names; else the name without its legal form.
fn canonical(key: &str) -> String {
    let known = |key: &str| {
        tables::ORGANISATIONS
            .values(key)
            .and_then(|values| values.split_once('\t'))
            .map(|(_, id)| id.to_owned())
    };
    let short = without_legal_form(key);
    known(key).or_else(|| known(short)).unwrap_or_else(|| short.to_owned())
}

/// The acronym in "North Atlantic Treaty Organization (NATO)".
pub(crate) fn acronym_in_brackets(passage: &Passage<'_>, mention: &Mention) -> Option<String> {
    let (open, acronym, close) = (mention.last + 1, mention.last + 2, mention.last + 3);
    let fits = passage.is_sign(open, '(')
        && passage.is_sign(close, ')')
        && matches!(passage.form(acronym), Some(Form::Upper | Form::Initials))
        && mention.last > mention.first;
    fits.then(|| passage.key(acronym).to_owned())
}

/// First letters of the words that count: "rec" for "royal electric company".
fn acronym_of(key: &str) -> Option<String> {
    let words = key.split(' ').filter(|word| {
        !matches!(*word, "of" | "the" | "and" | "for" | "on" | "in" | "de" | "des" | "du")
    });
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    (letters.chars().count() >= 3).then_some(letters)
}
