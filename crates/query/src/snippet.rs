//! The best passage of an article for a query, with what matches in it.
//!
//! The stored text is read again through the analysis that the index was built with, so a mark is exactly where a word, phrase or wildcard of the
//! query stands; a phrase is one mark. The passage is whole sentences where they fit.

mod group;
mod passage;

use std::collections::HashMap;
use std::ops::Range;

use dateline_article::{Language, Record, Span};
use dateline_schema::analyze::{Stems, Words};
use dateline_schema::{TEXT_POSITION, structure};

use crate::lower::{Form, Test, stems};
use crate::nearness::join::{Borders, Pair, Part, Pieces};
use crate::spots::{self, Spot, Spots};
use crate::syntax::{Case, Field, Kind, Node};
use group::{Ground, Group};

/// A passage on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) text: String,
    pub(crate) highlights: Vec<Span>,
}

/// What a query asks for, where it stands in an article: bytes, ascending; what overlaps is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keywords {
    pub(crate) title: Vec<Range<usize>>,
    pub(crate) text: Vec<Range<usize>>,
}

/// What is marked in title and text.
#[derive(Default)]
struct Matches {
    title: Vec<Match>,
    text: Vec<Match>,
}

/// The part of an article of which the marks are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Text,
    All,
}

/// Finds what a query asks for in the texts of articles.
pub(crate) struct Marker {
    /// Places of each leaf's words, from its first.
    leaves: Vec<Vec<u32>>,
    stems: HashMap<String, Vec<Slot>>,
    exact: HashMap<String, Vec<Slot>>,
    marked: HashMap<String, Vec<Slot>>,
    tests: Vec<(Test, Slot)>,
    /// What is marked only where it stands as asked.
    groups: Vec<Group>,
    /// Leaves that are marked through a group alone.
    grouped: Vec<bool>,
}

/// How the words of a part of the query are looked for.
#[derive(Clone, Copy)]
struct Look<'a> {
    languages: &'a [Option<Language>],
    form: Form,
    case: Option<Case>,
    first: Option<u32>,
    part: Part,
}

impl Look<'_> {
    /// Whether a word is marked wherever it stands in the text.
    fn is_plain(&self) -> bool {
        self.case.is_none() && self.first.is_none() && self.part == Part::Whole
    }
}

/// A leaf where it stands in a text.
struct Stand {
    /// Bytes.
    start: usize,
    end: usize,
    leaf: usize,
    /// Positions of its first and last words.
    first: u32,
    last: u32,
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
            groups: Vec::new(),
            grouped: Vec::new(),
        };
        let (form, part) = (Form::Stemmed, Part::Whole);
        marker.add(tree, Look { languages, form, case: None, first: None, part });
        marker
    }

    fn add(&mut self, node: &Node, look: Look<'_>) {
        match &node.kind {
            Kind::And(operands) => operands.iter().for_each(|operand| self.add(operand, look)),
            Kind::Or(operands) => operands.iter().for_each(|operand| self.add(operand, look)),
            Kind::Exact(inner) => self.add(inner, Look { form: Form::AsWritten, ..look }),
            Kind::Case(case, inner) => self.add(inner, Look { case: Some(*case), ..look }),
            Kind::First(words, inner) => self.add(inner, Look { first: Some(*words), ..look }),
            Kind::Required(inner) | Kind::Weight(_, inner) | Kind::AtLeast(_, inner) => {
                self.add(inner, look);
            }
            Kind::Field(field, inner) if part_of(*field).is_some() => {
                let part = part_of(*field).unwrap_or(Part::Whole);
                self.add(inner, Look { part, ..look });
            }
            Kind::Word(_) | Kind::Phrase(_) | Kind::Fuzzy { .. } | Kind::Regex(_)
                if look.is_plain() =>
            {
                let _ = self.leaf(node, look);
            }
            _ => {
                let Some(mut group) = self.group(node, look) else { return };
                if let Some(words) = look.first {
                    group = Group::First(words, look.part, Box::new(group));
                }
                if look.part != Part::Whole {
                    group = Group::In(look.part, Box::new(group));
                }
                self.groups.push(group);
            }
        }
    }

    /// A part of the query that is marked only where it stands as asked; nothing where it is no matter of positions.
    fn group(&mut self, node: &Node, look: Look<'_>) -> Option<Group> {
        Some(match &node.kind {
            Kind::Word(_) | Kind::Phrase(_) | Kind::Fuzzy { .. } | Kind::Regex(_) => {
                let leaf = self.leaf(node, look)?;
                if let Some(grouped) = self.grouped.get_mut(leaf) {
                    *grouped = true;
                }
                let places = self.leaves.get(leaf).cloned().unwrap_or_default();
                Group::Leaf(leaf, places, look.case)
            }
            Kind::Or(operands) => {
                let groups = operands.iter().filter_map(|operand| self.group(operand, look));
                Group::Any(groups.collect())
            }
            Kind::Near(near) => {
                let nothing = || Group::Any(Vec::new());
                Group::Near(Box::new(Pair {
                    left: self.group(&near.left, look).unwrap_or_else(nothing),
                    right: self.group(&near.right, look).unwrap_or_else(nothing),
                    how: near.how,
                    may_share: true,
                    pieces: Pieces::Kept,
                }))
            }
            Kind::Exact(inner) => self.group(inner, Look { form: Form::AsWritten, ..look })?,
            Kind::Case(case, inner) => self.group(inner, Look { case: Some(*case), ..look })?,
            Kind::Weight(_, inner) | Kind::Required(inner) | Kind::AtLeast(_, inner) => {
                self.group(inner, look)?
            }
            Kind::First(words, inner) => {
                Group::First(*words, look.part, Box::new(self.group(inner, look)?))
            }
            _ => group::mentions(node)?,
        })
    }

    /// Looks for a word, phrase or pattern; gives its number.
    fn leaf(&mut self, node: &Node, look: Look<'_>) -> Option<usize> {
        match &node.kind {
            Kind::Word(pattern) | Kind::Phrase(pattern) => self.spots(&spots::spots(pattern), look),
            Kind::Fuzzy { word, edits } => {
                let folded = spots::single_word(word)?;
                let edits = edits.unwrap_or_else(|| spots::edits_for(&folded));
                Some(self.test(Test::Fuzzy(folded.chars().collect(), usize::from(edits))))
            }
            Kind::Regex(regex) => Some(self.test(Test::regex(regex).ok()?)),
            _ => None,
        }
    }

    fn test(&mut self, test: Test) -> usize {
        let leaf = self.next_leaf(vec![0]);
        self.tests.push((test, Slot { leaf, number: 0 }));
        leaf
    }

    fn next_leaf(&mut self, places: Vec<u32>) -> usize {
        self.leaves.push(places);
        self.grouped.push(false);
        self.leaves.len() - 1
    }

    fn spots(&mut self, spots: &Spots, look: Look<'_>) -> Option<usize> {
        if spots.is_empty() {
            return None;
        }
        let leaf = self.next_leaf(spots.iter().map(|(place, _)| *place).collect());
        for (number, (_, spot)) in spots.iter().enumerate() {
            let slot = Slot { leaf, number };
            match spot {
                Spot::Word(word) if look.form == Form::AsWritten => {
                    self.exact.entry(word.clone()).or_default().push(slot);
                }
                Spot::Word(word) => {
                    for stem in stems(look.languages, word) {
                        self.stems.entry(stem.text.into_owned()).or_default().push(slot);
                    }
                }
                Spot::Marked(word) => self.marked.entry(word.clone()).or_default().push(slot),
                Spot::Glob(glob) => self.tests.push((Test::Glob(glob.clone()), slot)),
            }
        }
        Some(leaf)
    }

    /// The best passage of an article, of about `longest_chars` at most; its opening where nothing of the query is in the text.
    pub(crate) fn passage(&self, record: &Record, longest_chars: usize) -> Passage {
        let article = &record.article;
        let text = article.text();
        let from = article.dateline_bytes();
        let mut matches = self.matches(record, &text, Asked::Text).text;
        matches.retain(|found| found.start >= from);
        for found in &mut matches {
            (found.start, found.end) = (found.start - from, found.end - from);
        }
        passage::best(text.get(from..).unwrap_or(&text), &matches, longest_chars)
    }

    /// Where what the query asks for stands in an article, whose text is `text`: in title and text, the dateline with it.
    pub(crate) fn keywords(&self, record: &Record, text: &str) -> Keywords {
        let found = self.matches(record, text, Asked::All);
        Keywords { title: merged(found.title.iter()), text: merged(found.text.iter()) }
    }

    /// What is marked, ascending.
    fn matches(&self, record: &Record, text: &str, asked: Asked) -> Matches {
        let article = &record.article;
        let plain = |stands: &[Stand]| -> Vec<Match> {
            let plain = stands.iter().filter(|stand| !self.is_grouped(stand.leaf));
            plain
                .map(|stand| Match { start: stand.start, end: stand.end, leaf: stand.leaf })
                .collect()
        };
        let mut stands = Vec::new();
        self.find(text, article.language, TEXT_POSITION, &mut stands);
        let mut found = Matches { title: Vec::new(), text: plain(&stands) };
        if asked == Asked::All || !self.groups.is_empty() {
            let title = article.title.as_deref().unwrap_or_default();
            let mut of_title = Vec::new();
            self.find(title, article.language, 0, &mut of_title);
            of_title.retain(|stand| stand.last < TEXT_POSITION - 1);
            if asked == Asked::All {
                found.title = plain(&of_title);
            }
            stands.extend(of_title);
            let pieces = self.pieces(record, text, &stands);
            let (of_title, of_text) =
                pieces.split_at(pieces.partition_point(|(first, ..)| *first < TEXT_POSITION));
            if asked == Asked::All {
                locate(title, 0, of_title, &mut found.title);
            }
            locate(text, TEXT_POSITION, of_text, &mut found.text);
        }
        found.title.sort_unstable();
        found.text.sort_unstable();
        found
    }

    fn is_grouped(&self, leaf: usize) -> bool {
        self.grouped.get(leaf).copied().unwrap_or(false)
    }

    /// What the groups mark: positions of the first and last word with the number under which it counts, ascending.
    fn pieces(&self, record: &Record, text: &str, stands: &[Stand]) -> Vec<(u32, u32, usize)> {
        if self.groups.is_empty() {
            return Vec::new();
        }
        let found = structure(record, text);
        let mut leaves = vec![Vec::new(); self.leaves.len()];
        for stand in stands {
            if let Some(leaf) = leaves.get_mut(stand.leaf) {
                leaf.push((stand.first, stand.last));
            }
        }
        for leaf in &mut leaves {
            leaf.sort_unstable();
        }
        let borders = Borders::of(found.borders.into_iter());
        let ground =
            Ground { record, borders, capitals: found.capitals, mentions: found.mentions, leaves };
        let mut pieces: Vec<(u32, u32, usize)> = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let leaf = self.leaves.len() + number;
            let matches = group.matches(&ground);
            pieces.extend(
                matches.iter().flat_map(|found| found.pieces().map(move |(a, b)| (a, b, leaf))),
            );
        }
        pieces.sort_unstable();
        pieces.dedup();
        pieces
    }

    /// Appends where the leaves stand in `text`, whose first word is at position `from`.
    fn find(&self, text: &str, language: Option<Language>, from: u32, out: &mut Vec<Stand>) {
        let stems = Stems::of(language);
        if self.leaves.is_empty() {
            return;
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
            let (span, position) = (words.span(), words.position().saturating_add(from));
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
                    out.push(Stand {
                        start,
                        end: span.end,
                        leaf: slot.leaf,
                        first: first_position,
                        last: position,
                    });
                } else {
                    next.push(Begun { slot: *slot, start, first_position });
                }
            }
            begun.append(&mut next);
        }
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
        if !self.stems.keys().any(|stem| stems.may_be(folded, stem)) {
            return;
        }
        let stem = stems.stem(folded);
        out.extend(self.stems.get(&*stem).into_iter().flatten());
    }
}

/// Appends where the pieces stand in `text`, whose first word is at position `from`: from positions to bytes, in one walk.
fn locate(text: &str, from: u32, pieces: &[(u32, u32, usize)], out: &mut Vec<Match>) {
    let mut words = Words::new(text);
    let mut open: Vec<(u32, usize, usize)> = Vec::new();
    let mut pieces = pieces.iter().copied().peekable();
    while (pieces.peek().is_some() || !open.is_empty()) && words.advance() {
        let position = words.position().saturating_add(from);
        while let Some((_, last, leaf)) = pieces.next_if(|(first, ..)| *first <= position) {
            open.push((last, words.span().start, leaf));
        }
        open.retain(|(last, start, leaf)| {
            let ends = *last <= position;
            if ends {
                out.push(Match { start: *start, end: words.span().end, leaf: *leaf });
            }
            !ends
        });
    }
}

/// Matches that overlap as one, ascending.
fn merged<'found>(matches: impl Iterator<Item = &'found Match>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for next in matches {
        match found.last_mut() {
            Some(last) if next.start < last.end => last.end = last.end.max(next.end),
            _ => found.push(next.start..next.end),
        }
    }
    found
}

/// The part of an article's words that a field means.
fn part_of(field: Field) -> Option<Part> {
    match field {
        Field::Title => Some(Part::Title),
        Field::Lead => Some(Part::Lead),
        Field::Text => Some(Part::Text),
        Field::TitleOrLead => Some(Part::TitleOrLead),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
