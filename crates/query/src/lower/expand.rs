//! Wildcards, fuzzy words and patterns: which words of the index they stand for.
//!
//! They look at unstemmed folded words. Up to [`MOST_SCORED`] words are looked for one by one and score like forms of one word; more than that
//! are gathered into one set of articles, complete but without scores, and so are all where no scores are asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};
use tantivy::schema::Field;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, SegmentReader};

use super::word_set::WordSetQuery;
use crate::fault::Problem;
use crate::spots::{Glob, distance, edits_for};

/// Words that score.
const MOST_SCORED: usize = 512;

/// Words that may stand at one place of a phrase.
const MOST_IN_PHRASE: usize = 4096;

/// Bytes that a compiled pattern may take.
const LARGEST_PATTERN: usize = 1 << 20;

/// What a word of the index is held against.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// A word with wildcards.
    Glob(Glob),
    /// Letters of a word, and the edits allowed.
    Fuzzy(Vec<char>, usize),
    /// A pattern for the whole word.
    Regex(Regex),
}

impl Test {
    /// # Errors
    ///
    /// Where the pattern cannot be compiled.
    pub(crate) fn regex(pattern: &str) -> Result<Self, Problem> {
        let whole = RegexBuilder::new(&format!("^(?:{pattern})$"))
            .case_insensitive(true)
            .size_limit(LARGEST_PATTERN)
            .build();
        whole.map(Self::Regex).map_err(|_| Problem::BadPattern(pattern.to_owned()))
    }

    /// What all its words begin with.
    pub(crate) fn beginning(&self) -> &str {
        match self {
            Self::Glob(glob) => glob.beginning(),
            Self::Fuzzy(..) | Self::Regex(_) => "",
        }
    }

    /// Whether `word` passes.
    pub(crate) fn passes(&self, word: &str) -> bool {
        self.edits(word).is_some()
    }

    /// By how many edits `word` passes.
    fn edits(&self, word: &str) -> Option<usize> {
        match self {
            Self::Glob(glob) => glob.matches(word).then_some(0),
            Self::Fuzzy(letters, edits) => distance(letters, word, *edits),
            Self::Regex(regex) => regex.is_match(word).then_some(0),
        }
    }
}

/// A word that a test stands for.
pub(super) struct Expansion {
    pub(super) word: String,
    pub(super) edits: usize,
}

/// The words that pass a test.
pub(super) enum Expanded {
    /// Few enough to be looked for one by one; the number is that of the articles with any of them, or a little more.
    Words(Vec<Expansion>, u64),
    /// Too many.
    Set(WordSetQuery),
}

/// The words of `field` that pass `test`.
pub(super) fn expand(searcher: &Searcher, field: Field, test: &Test) -> std::io::Result<Expanded> {
    match collect(searcher, field, test, MOST_SCORED)? {
        Some((words, articles)) => Ok(Expanded::Words(words, articles)),
        None => Ok(Expanded::Set(WordSetQuery::new(field, test))),
    }
}

/// The words of `field` that pass `test`, for one place of a phrase.
pub(super) fn expand_in_phrase(
    searcher: &Searcher,
    field: Field,
    test: &Test,
) -> Result<(Vec<Expansion>, u64), super::Stop> {
    let found = collect(searcher, field, test, MOST_IN_PHRASE)?;
    found.ok_or(super::Stop::Fault(Problem::TooManyWords(MOST_IN_PHRASE)))
}

/// The word of `field` that `word` was most likely meant to be: the one of the fewest edits, of those the one in the most articles.
pub(crate) fn nearest_word(
    searcher: &Searcher,
    field: Field,
    word: &str,
) -> std::io::Result<Option<String>> {
    let test = Test::Fuzzy(word.chars().collect(), usize::from(edits_for(word)));
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for reader in searcher.segment_readers() {
        each_word(reader, field, &test, |word, edits, stream| {
            let entry = found.entry(word.to_owned()).or_insert((edits, 0));
            entry.1 += u64::from(stream.value().doc_freq);
            true
        })?;
    }
    let best = found.into_iter().min_by_key(|(_, (edits, articles))| (*edits, Reverse(*articles)));
    Ok(best.map(|(word, _)| word))
}

fn collect(
    searcher: &Searcher,
    field: Field,
    test: &Test,
    most: usize,
) -> std::io::Result<Option<(Vec<Expansion>, u64)>> {
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let complete = each_word(reader, field, test, |word, edits, stream| {
            let entry = found.entry(word.to_owned()).or_insert((edits, 0));
            entry.1 += u64::from(stream.value().doc_freq);
            found.len() <= most
        })?;
        if !complete {
            return Ok(None);
        }
    }
    let articles = found.values().map(|(_, articles)| articles).sum();
    let words = found.into_iter().map(|(word, (edits, _))| Expansion { word, edits }).collect();
    Ok(Some((words, articles)))
}

/// Calls `take` with each word of the segment that passes; stops, and says so, when it returns false.
pub(super) fn each_word(
    reader: &SegmentReader,
    field: Field,
    test: &Test,
    mut take: impl FnMut(&str, usize, &TermStreamer<'_>) -> bool,
) -> std::io::Result<bool> {
    let index = reader.inverted_index(field).map_err(std::io::Error::other)?;
    let beginning = test.beginning();
    let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
    while stream.advance() {
        if !stream.key().starts_with(beginning.as_bytes()) {
            break;
        }
        let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
        // Marked forms (`US`, `#kyiv`) repeat words that are there without.
        let is_marked = || word.contains(|sign: char| sign.is_uppercase() || "#@+".contains(sign));
        if let Some(edits) = test.edits(word)
            && !is_marked()
            && !take(word, edits, &stream)
        {
            return Ok(false);
        }
    }
    Ok(true)
}
