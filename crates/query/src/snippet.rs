//! The best passage of an article for a query, with what matches in it.
//!
//! The stored text is read again through the analysis that the index was built with, so a mark is exactly where a word, phrase or wildcard of the
//! query stands; a phrase is one mark. The passage is whole sentences where they fit.

mod passage;

use std::collections::HashMap;

use dateline_article::{Article, Language, Span};
use dateline_schema::analyze::{Stems, Words};

use crate::lower::{Form, Test, stems};
use crate::spots::{self, Spot, Spots};
use crate::syntax::{Field, Kind, Node};

/// A passage on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) text: String,
    pub(crate) highlights: Vec<Span>,
}

/// Finds what a query asks for in the texts of articles.
pub(crate) struct Marker {
    /// Places of each leaf's words, from its first.
    leaves: Vec<Vec<u32>>,
    stems: HashMap<String, Vec<Slot>>,
    exact: HashMap<String, Vec<Slot>>,
    marked: HashMap<String, Vec<Slot>>,
    tests: Vec<(Test, Slot)>,
}

/// A word of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    leaf: usize,
    number: usize,
}

/// A match in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    start: usize,
    end: usize,
    leaf: usize,
}

/// A phrase of which some words were met.
struct Begun {
    slot: Slot,
    start: usize,
    first_position: u32,
}

impl Marker {
    /// What `tree` asks for in texts; parts under NOT and in other fields are left out.
    pub(crate) fn new(tree: &Node, languages: &[Option<Language>]) -> Self {
        let mut marker = Self {
            leaves: Vec::new(),
            stems: HashMap::new(),
            exact: HashMap::new(),
            marked: HashMap::new(),
            tests: Vec::new(),
        };
        marker.add(tree, languages, Form::Stemmed);
        marker
    }

    fn add(&mut self, node: &Node, languages: &[Option<Language>], form: Form) {
        match &node.kind {
            Kind::Word(pattern) | Kind::Phrase(pattern) => {
                self.leaf(&spots::spots(pattern), languages, form);
            }
            Kind::Fuzzy { word, edits } => {
                if let Some(folded) = spots::single_word(word) {
                    let edits = edits.unwrap_or_else(|| spots::edits_for(&folded));
                    self.test(Test::Fuzzy(folded.chars().collect(), usize::from(edits)));
                }
            }
            Kind::Regex(regex) => {
                if let Ok(test) = Test::regex(regex) {
                    self.test(test);
                }
            }
            Kind::And(operands) | Kind::Or(operands) => {
                for operand in operands {
                    self.add(operand, languages, form);
                }
            }
            Kind::Near(near) => {
                self.add(&near.left, languages, form);
                self.add(&near.right, languages, form);
            }
            Kind::Exact(inner) => self.add(inner, languages, Form::AsWritten),
            Kind::Required(inner)
            | Kind::Weight(_, inner)
            | Kind::Case(_, inner)
            | Kind::AtLeast(_, inner)
            | Kind::First(_, inner)
            | Kind::Field(Field::Lead | Field::Text | Field::TitleOrLead, inner) => {
                self.add(inner, languages, form);
            }
            Kind::Not(_)
            | Kind::Field(..)
            | Kind::Everything
            | Kind::Entity(_)
            | Kind::Time(..)
            | Kind::Number(..)
            | Kind::Circle(_) => {}
        }
    }

    fn test(&mut self, test: Test) {
        let slot = Slot { leaf: self.leaves.len(), number: 0 };
        self.leaves.push(vec![0]);
        self.tests.push((test, slot));
    }

    fn leaf(&mut self, spots: &Spots, languages: &[Option<Language>], form: Form) {
        if spots.is_empty() {
            return;
        }
        let leaf = self.leaves.len();
        self.leaves.push(spots.iter().map(|(place, _)| *place).collect());
        for (number, (_, spot)) in spots.iter().enumerate() {
            let slot = Slot { leaf, number };
            match spot {
                Spot::Word(word) if form == Form::AsWritten => {
                    self.exact.entry(word.clone()).or_default().push(slot);
                }
                Spot::Word(word) => {
                    for stem in stems(languages, word) {
                        self.stems.entry(stem.into_owned()).or_default().push(slot);
                    }
                }
                Spot::Marked(word) => self.marked.entry(word.clone()).or_default().push(slot),
                Spot::Glob(glob) => self.tests.push((Test::Glob(glob.clone()), slot)),
            }
        }
    }

    /// The best passage of `article`, of about `longest_chars` at most; its opening where nothing of the query is in the text.
    pub(crate) fn passage(&self, article: &Article, longest_chars: usize) -> Passage {
        let text = article.text();
        let body = text.get(article.dateline_bytes()..).unwrap_or(&text);
        let matches = self.matches(body, article.language);
        passage::best(body, &matches, longest_chars)
    }

    /// Where the leaves stand in `text`, by beginning.
    fn matches(&self, text: &str, language: Option<Language>) -> Vec<Match> {
        let stems = Stems::of(language);
        let mut found = Vec::new();
        if self.leaves.is_empty() {
            return found;
        }
        let mut begun: Vec<Begun> = Vec::new();
        let mut here: Vec<Slot> = Vec::new();
        let mut words = Words::new(text);
        while words.advance() {
            here.clear();
            self.slots(&words, stems, &mut here);
            if here.is_empty() {
                continue;
            }
            let (span, position) = (words.span(), words.position());
            let mut next = Vec::new();
            begun.retain(|begun| {
                position <= begun.first_position.saturating_add(self.length(begun.slot.leaf))
            });
            for slot in &here {
                let places = self.leaves.get(slot.leaf).map_or(&[][..], Vec::as_slice);
                let place = places.get(slot.number).copied().unwrap_or_default();
                let start = if slot.number == 0 {
                    Some((span.start, position))
                } else {
                    let before = begun.iter().find(|begun| {
                        begun.slot.leaf == slot.leaf
                            && begun.slot.number + 1 == slot.number
                            && begun.first_position.saturating_add(place) == position
                    });
                    before.map(|begun| (begun.start, begun.first_position))
                };
                let Some((start, first_position)) = start else { continue };
                if slot.number + 1 == places.len() {
                    found.push(Match { start, end: span.end, leaf: slot.leaf });
                } else {
                    next.push(Begun { slot: *slot, start, first_position });
                }
            }
            begun.append(&mut next);
        }
        found.sort_unstable();
        found
    }

    fn length(&self, leaf: usize) -> u32 {
        self.leaves.get(leaf).and_then(|places| places.last()).copied().unwrap_or_default()
    }

    /// The words of leaves that the present word of a text can be.
    fn slots(&self, words: &Words<'_>, stems: Stems, out: &mut Vec<Slot>) {
        let folded = words.folded();
        out.extend(self.exact.get(folded).into_iter().flatten());
        if let Some(marked) = words.marked().filter(|_| !self.marked.is_empty()) {
            out.extend(self.marked.get(marked).into_iter().flatten());
        }
        out.extend(
            self.tests.iter().filter(|(test, _)| test.passes(folded)).map(|(_, slot)| *slot),
        );
        if self.stems.is_empty() {
            return;
        }
        let stem = stems.stem(folded);
        out.extend(self.stems.get(&*stem).into_iter().flatten());
    }
}

#[cfg(test)]
mod tests;
