//! What one mention says of others in the same article: a surname alone, a firm without its legal form, a name in a headline set in capitals.
//!
//! Works on any tagger's mentions. Linear in the passages: names are sought by their joined keys, never by comparing mentions with each other.

use std::collections::{HashMap, HashSet};

use dateline_gazetteer::Usage;

use super::join::acronym_in_brackets;
use super::{Mention, NameKind};
use crate::passage::{Casing, Form, Passage};
use crate::tables;

/// Longest name in words that is sought again.
const LONGEST: usize = 6;

/// Adds the mentions that the known ones make likely, to the mentions of each passage, which stay in the order of the text.
pub(crate) fn spread(passages: &[Passage<'_>], mentions: &mut [Vec<Mention>]) {
    let known = Known::of(passages, mentions);
    for (passage, mentions) in passages.iter().zip(mentions) {
        known.retag(passage, mentions);
        known.turn(passage, mentions);
        let found = known.search(passage, mentions);
        if !found.is_empty() {
            mentions.extend(found);
            mentions.sort_by_key(|mention| mention.first);
        }
    }
}

/// The words of a name, folded, with single spaces; "Doe, Marta" the other way round.
pub(crate) fn joined_key(passage: &Passage<'_>, mention: &Mention) -> String {
    let mut joined = String::new();
    let (first, last) = (mention.first, mention.last);
    let is_turned =
        mention.kind == NameKind::Person && last == first + 2 && passage.is_sign(first + 1, ',');
    let parts =
        if is_turned { [last..last + 1, first..last] } else { [first..last, last..last + 1] };
    for index in parts.into_iter().flatten() {
        let key = passage.key(index);
        if !key.is_empty() {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(key);
        }
    }
    joined
}

/// An organisation's key without its legal forms: "acme steel" of "acme steel corp".
pub(crate) fn without_legal_form(key: &str) -> &str {
    let mut short = key;
    while let Some((rest, last)) = short.rsplit_once(' ') {
        if !tables::is_legal_form(last) {
            break;
        }
        short = rest;
    }
    // "Goldman Sachs Group Inc"
    if short.len() < key.len()
        && let Some((rest, "group" | "holding" | "holdings")) = short.rsplit_once(' ')
    {
        short = rest;
    }
    short
}

#[derive(Default)]
struct Known {
    /// Whole names, and short forms that mean the same.
    names: HashMap<String, NameKind>,
    /// Family names of people with more names than one.
    surnames: HashSet<String>,
    /// What their families are called: "Obamas".
    families: HashSet<String>,
    /// First words of names, so that most words are passed over quickly.
    first_words: HashSet<String>,
}

impl Known {
    fn of(passages: &[Passage<'_>], mentions: &[Vec<Mention>]) -> Self {
        let mut known = Self::default();
        // Organisations first: what begins a firm's name is the firm before it is a person by its looks alone.
        for kind in [NameKind::Organisation, NameKind::Person] {
            for (passage, mentions) in passages.iter().zip(mentions.iter()) {
                mentions
                    .iter()
                    .filter(|mention| mention.kind == kind)
                    .for_each(|mention| known.learn(passage, mention));
            }
        }
        let family = |surname: &String| {
            let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| surname.ends_with(end));
            format!("{surname}{}", if hisses { "es" } else { "s" })
        };
        known.families = known.surnames.iter().map(family).collect();
        known.families.retain(|family| !known.surnames.contains(family));
        let first = |name: &String| name.split(' ').next().map(str::to_owned);
        let names = known.names.keys().chain(&known.surnames).chain(&known.families);
        known.first_words = names.filter_map(first).collect();
        known
    }

    fn learn(&mut self, passage: &Passage<'_>, mention: &Mention) {
        let key = joined_key(passage, mention);
        match mention.kind {
            NameKind::Person => {
                let is_first =
                    key.split(' ').next().is_some_and(|word| tables::FAMILY_FIRST.contains(word));
                let words = key
                    .split(' ')
                    .filter(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv"));
                let single = mention.first == mention.last;
                if single && !is_titled(passage, mention) {
                    self.names.entry(key).or_insert(NameKind::Person);
                    return;
                }
                if let Some(surname) = words.clone().next_back().filter(|word| word.len() > 1) {
                    self.surnames.insert(surname.to_owned());
                }
                if let Some(first) = words.clone().next().filter(|_| is_first && words.count() > 1)
                {
                    self.surnames.insert(first.to_owned());
                }
                self.names.entry(key).or_insert(NameKind::Person);
            }
            NameKind::Organisation => {
                let short = without_legal_form(&key);
                let has_legal_form = short.len() < key.len();
                if has_legal_form {
                    self.names.entry(short.to_owned()).or_insert(NameKind::Organisation);
                    let first = short.split(' ').next().unwrap_or_default();
                    if first.len() >= 3 && is_distinctive(first) {
                        self.names.entry(first.to_owned()).or_insert(NameKind::Organisation);
                    }
                }
                if let Some(acronym) = acronym_in_brackets(passage, mention) {
                    self.names.entry(acronym).or_insert(NameKind::Organisation);
                }
                self.names.entry(key).or_insert(NameKind::Organisation);
            }
            NameKind::Place => {}
        }
    }

    /// A single name without a title that begins a firm's name is the firm, unless a person bears it here; "the Obamas" are people, and "in Washington"
    /// is no man of that name.
    fn retag(&self, passage: &Passage<'_>, mentions: &mut [Mention]) {
        for mention in mentions.iter_mut().filter(|mention| mention.first == mention.last) {
            let key = passage.key(mention.first);
            if self.is_family(passage, mention.first) {
                mention.kind = NameKind::Person;
                continue;
            }
            let is_person = mention.kind == NameKind::Person && self.surnames.contains(key);
            if is_person && goes_to_place(passage, mention.first) {
                mention.kind = NameKind::Place;
            }
            let is_firm = mention.kind == NameKind::Person
                && !self.surnames.contains(key)
                && self.names.get(key) == Some(&NameKind::Organisation);
            if is_firm {
                mention.kind = NameKind::Organisation;
            }
        }
    }

    /// "Doe, Marta" is Marta Doe where she is known.
    fn turn(&self, passage: &Passage<'_>, mentions: &mut Vec<Mention>) {
        let mut taken_until = 0;
        let mut turned = false;
        for mention in mentions.iter_mut() {
            let (given, end) = (mention.first, mention.last + 1);
            let family = given
                .checked_sub(2)
                .filter(|_| given == mention.last && mention.kind == NameKind::Person);
            let fits = |family: &usize| {
                passage.is_sign(family + 1, ',')
                    && passage.is_capital(*family)
                    && self.names.contains_key(&format!(
                        "{} {}",
                        passage.key(given),
                        passage.key(*family)
                    ))
            };
            if let Some(family) = family.filter(fits)
                && let Some(span) = passage.span(family, given)
            {
                *mention = Mention { first: family, span, ..*mention };
                turned |= family < taken_until;
            }
            taken_until = end;
        }
        if turned {
            // A surname that was a mention of its own is part of the turned name now.
            let starts: Vec<usize> = mentions.iter().skip(1).map(|mention| mention.first).collect();
            let mut next = starts.into_iter();
            mentions.retain(|mention| next.next().is_none_or(|start| mention.last < start));
        }
    }

    fn search(&self, passage: &Passage<'_>, mentions: &[Mention]) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut taken = mentions.iter().peekable();
        let mut at = 0;
        while at < passage.tokens().len() {
            while taken.next_if(|mention| mention.last < at).is_some() {}
            if let Some(mention) = taken.peek().filter(|mention| mention.first <= at) {
                at = mention.last + 1;
                continue;
            }
            let limit = taken.peek().map_or(usize::MAX, |mention| mention.first);
            match self.name_at(passage, at, limit) {
                Some(mention) => {
                    at = mention.last + 1;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest known name at `at` that ends before token `limit`.
    fn name_at(&self, passage: &Passage<'_>, at: usize, limit: usize) -> Option<Mention> {
        if !passage.is_capital(at) || !self.first_words.contains(passage.key(at)) {
            return None;
        }
        let mut joined = passage.key(at).to_owned();
        let mut last = at;
        let mut best = self.single(passage, at).map(|kind| (kind, at));
        for _ in 1..LONGEST {
            let Some(next) = passage.next_word(last).filter(|&next| next < limit) else { break };
            last = next;
            joined.push(' ');
            joined.push_str(passage.key(last));
            if let Some(&kind) = self.names.get(&joined).filter(|_| passage.is_capital(last)) {
                best = Some((kind, last));
            }
        }
        let (kind, last) = best?;
        Some(Mention { kind, first: at, last, span: passage.span(at, last)? })
    }

    /// Whether "the" and the plural of a surname of the article stand here.
    fn is_family(&self, passage: &Passage<'_>, at: usize) -> bool {
        let before = passage.word_before(at).map_or("", |before| passage.key(before));
        let follows = passage.next_word(at).is_some_and(|next| passage.is_capital(next));
        before == "the" && !follows && self.families.contains(passage.key(at))
    }

    /// What one word names by itself here.
    fn single(&self, passage: &Passage<'_>, at: usize) -> Option<NameKind> {
        let token = passage.token(at)?;
        let key = passage.key(at);
        if self.families.contains(key) {
            return self.is_family(passage, at).then_some(NameKind::Person);
        }
        let is_surname = self.surnames.contains(key);
        let kind = if is_surname { NameKind::Person } else { *self.names.get(key)? };
        let is_ordinary = tables::ORDINARY.contains(key)
            || tables::STOP.contains(key)
            || tables::CALENDAR.contains(key);
        let is_small_word = match token.casing {
            Casing::Mixed => token.opens && !speaks(passage, at),
            Casing::Title | Casing::Upper => true,
        };
        let in_longer_name = passage.next_word(at).is_some_and(|next| {
            token.casing == Casing::Mixed
                && passage.is_capital(next)
                && !tables::STOP.contains(passage.key(next))
                && !tables::CALENDAR.contains(passage.key(next))
        });
        let doubtful =
            is_ordinary && is_small_word || in_longer_name || token.form == Form::Initial;
        let is_place = kind == NameKind::Person && stands_as_place(passage, at);
        (!doubtful && !is_place).then_some(kind)
    }
}

/// Whether a title stands before the mention.
fn is_titled(passage: &Passage<'_>, mention: &Mention) -> bool {
    passage
        .word_before(mention.first)
        .is_some_and(|before| tables::TITLES.contains(passage.key(before)))
}

/// Whether a word can stand for the firm whose name it begins.
fn is_distinctive(word: &str) -> bool {
    let is_word = tables::ORDINARY.contains(word)
        || tables::STOP.contains(word)
        || tables::CALENDAR.contains(word);
    let is_head = tables::HEADS.contains(word) || tables::TITLES.contains(word);
    !is_word
        && !is_head
        && !tables::GIVEN.contains(word)
        && dateline_gazetteer::named(word).all(|candidate| candidate.usage == Usage::Query)
}

/// Whether a verb of speech or a possessive follows.
pub(super) fn speaks(passage: &Passage<'_>, at: usize) -> bool {
    passage.form(at + 1) == Some(Form::Ending)
        || matches!(
            passage.key(at + 1),
            "said"
                | "says"
                | "told"
                | "added"
                | "also"
                | "who"
                | "was"
                | "is"
                | "has"
                | "had"
                | "will"
                | "did"
        )
}

/// Whether a surname that is a place too is used as the place: "in Washington".
fn stands_as_place(passage: &Passage<'_>, at: usize) -> bool {
    let before = passage.word_before(at).map_or("", |before| passage.key(before));
    matches!(
        before,
        "in" | "at" | "from" | "near" | "to" | "outside" | "into" | "around" | "across"
    ) && dateline_gazetteer::named(passage.key(at)).next().is_some()
}

/// Whether a surname that is a country's, a capital's or a large city's name as well is where somebody is or goes: "in Washington", "flew to Washington".
fn goes_to_place(passage: &Passage<'_>, at: usize) -> bool {
    let word = |at: Option<usize>| at.map_or("", |at| passage.key(at));
    let before = passage.word_before(at);
    let moves = matches!(
        word(before.and_then(|before| passage.word_before(before))),
        "flew"
            | "flies"
            | "fly"
            | "went"
            | "go"
            | "goes"
            | "moved"
            | "returned"
            | "returns"
            | "travelled"
            | "traveled"
            | "came"
            | "drove"
            | "trip"
            | "visit"
            | "back"
            | "way"
    );
    let stands = match word(before) {
        "in" => true,
        "to" | "from" => moves,
        _ => false,
    };
    stands
        && passage.form(at + 1) != Some(Form::Ending)
        && dateline_gazetteer::named(passage.key(at))
            .next()
            .is_some_and(|candidate| candidate.usage == Usage::Text)
}
