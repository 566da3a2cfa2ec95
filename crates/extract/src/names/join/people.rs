//! People: one entity a person.

use std::collections::HashMap;

use dateline_article::Name;

use super::Entities;
use crate::names::spread::joined_key;
use crate::names::{NameKind, Piece};
use crate::tables;

/// Bearers of one surname that are compared with a new one; more in one article are a list, whose rows stay apart.
const MOST_BEARERS: usize = 64;

/// Small words before a family name that belong to it.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zur", "der", "den", "de", "del", "della", "di", "da", "dos", "du",
    "la", "le", "ten", "ter", "bin", "ben", "ibn",
];

/// Joins the mentions of people in all parts of an article.
pub(crate) fn people(pieces: &[Piece<'_>]) -> Vec<Name> {
    let mut entities = Entities::default();
    let mut directory = Directory::default();
    let mentions = || {
        pieces.iter().flat_map(|&Piece { part, passage, mentions }| {
            let people = mentions.iter().filter(|mention| mention.kind == NameKind::Person);
            people.map(move |mention| (part, passage, mention))
        })
    };
    // The full names first, so that a surname before its full name finds it; in the order of the article.
    let mut of_mention = Vec::new();
    for (_, passage, mention) in mentions() {
        let words = NameWords::of(&joined_key(passage, mention));
        let lone = words.is_surname_with_particles(mention.span.of(passage.text()));
        of_mention.push(if words.is_full() && !lone {
            Some(directory.full(words, &mut entities))
        } else {
            None
        });
    }
    for ((part, passage, mention), full) in mentions().zip(of_mention) {
        let entity =
            full.unwrap_or_else(|| directory.single(&joined_key(passage, mention), &mut entities));
        directory.note(entity);
        entities.add(entity, part, passage, mention);
    }
    entities.into_names()
}

/// A name cut into given and family name.
struct NameWords {
    given: Vec<String>,
    family: String,
    /// Whether the family name stands first.
    family_first: bool,
    /// "jr", "iii".
    suffix: Option<String>,
}

impl NameWords {
    fn of(key: &str) -> Self {
        let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        let is_suffix = |word: &String| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
        let suffix = if words.len() > 1 { words.pop_if(|word| is_suffix(word)) } else { None };
        let first_is_family = words.len() > 1
            && words.first().is_some_and(|word| {
                tables::FAMILY_FIRST.contains(word) && !tables::GIVEN.contains(word)
            });
        let family =
            if first_is_family { words.remove(0) } else { words.pop().unwrap_or_default() };
        Self { given: words, family, family_first: first_is_family, suffix }
    }

    fn is_full(&self) -> bool {
        !self.given.is_empty()
    }

    /// Whether nothing but particles stands before the family name: "von der Leyen", "al-Assad", but not "Al Gore".
    fn is_surname_with_particles(&self, written: &str) -> bool {
        let hyphen = written.get(2..3) == Some("-");
        let is_particle = |word: &String| {
            PARTICLES.contains(&word.as_str()) || hyphen && matches!(word.as_str(), "al" | "el")
        };
        self.suffix.is_none() && !self.family_first && self.given.iter().all(is_particle)
    }

    /// Whether both may name one person: equal family names, and given names that do not contradict each other.
    fn agrees(&self, other: &Self) -> bool {
        if self.family != other.family || self.family_first != other.family_first {
            return false;
        }
        if let (Some(mine), Some(theirs)) = (&self.suffix, &other.suffix)
            && mine != theirs
        {
            return false;
        }
        let (Some(mine), Some(theirs)) = (self.given.first(), other.given.first()) else {
            return true;
        };
        let is_initial = |word: &str| word.chars().count() == 1;
        // "George W. Bush" and "George H. W. Bush".
        if let (Some(mine), Some(theirs)) = (self.given.get(1), other.given.get(1))
            && is_initial(mine)
            && is_initial(theirs)
            && mine != theirs
        {
            return false;
        }
        if mine == theirs {
            return true;
        }
        (is_initial(mine) || is_initial(theirs)) && mine.chars().next() == theirs.chars().next()
    }
}

/// Which entities bear which names.
#[derive(Default)]
struct Directory {
    by_key: HashMap<String, usize>,
    by_family: HashMap<String, Vec<(usize, NameWords)>>,
    by_given: HashMap<String, Vec<usize>>,
    singles: HashMap<String, usize>,
    /// When each entity was last mentioned, counted in mentions.
    last_mention: HashMap<usize, usize>,
    mentions: usize,
}

impl Directory {
    fn full(&mut self, words: NameWords, entities: &mut Entities) -> usize {
        let key = format!(
            "{} {} {}",
            words.family,
            words.given.join(" "),
            words.suffix.as_deref().unwrap_or_default()
        );
        if let Some(&entity) = self.by_key.get(&key) {
            return entity;
        }
        let bearers = self.by_family.entry(words.family.clone()).or_default();
        let known = bearers
            .iter()
            .take(MOST_BEARERS)
            .find(|(_, other)| other.agrees(&words))
            .map(|(entity, _)| *entity);
        let entity = known.unwrap_or_else(|| entities.open());
        if bearers.len() < MOST_BEARERS {
            if let Some(given) = words.given.first().filter(|_| known.is_none()) {
                self.by_given.entry(given.clone()).or_default().push(entity);
            }
            bearers.push((entity, words));
        }
        self.by_key.insert(key, entity);
        entity
    }

    /// The entity of a single word: the bearer of that family name who was mentioned last, else the one bearer of that given name.
    fn single(&mut self, key: &str, entities: &mut Entities) -> usize {
        let words = NameWords::of(key);
        if let Some(bearers) = self.by_family.get(&words.family) {
            let mentioned =
                bearers.iter().filter(|(entity, _)| self.last_mention.contains_key(entity));
            let latest = mentioned.max_by_key(|(entity, _)| self.last_mention.get(entity));
            if let Some((entity, _)) = latest.or_else(|| bearers.first()) {
                return *entity;
            }
        }
        if let Some([entity]) = self.by_given.get(&words.family).map(Vec::as_slice) {
            return *entity;
        }
        *self.singles.entry(words.family).or_insert_with(|| entities.open())
    }

    fn note(&mut self, entity: usize) {
        self.mentions += 1;
        self.last_mention.insert(entity, self.mentions);
    }
}
