//! Wildcards, fuzzy words and patterns: which words of the index they stand for.
//!
//! They look at unstemmed folded words. Up to [`MOST_SCORED`] words are looked for one by one and score like forms of one word; more than that
//! are gathered into one set of articles, complete but without scores, and so are all where no scores are asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use dateline_schema::analyze::is_marked;
use regex::{Regex, RegexBuilder};
use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;
use tantivy::{Searcher, SegmentReader, Term};

use crate::fault::Problem;
use crate::spots::{Glob, LONGEST_LETTERS, distance, edits_for};

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

    /// The automaton that every word passes which passes this, where there is one: it leads through a list of words past all that are far off.
    fn automaton(&self, field: Field) -> Option<DfaWrapper> {
        let Self::Fuzzy(letters, edits) = self else { return None };
        // No word is near to a longer one, and an automaton takes room for each letter.
        if letters.len() > LONGEST_LETTERS {
            return None;
        }
        let term = Term::from_field_text(field, &String::from_iter(letters));
        // The engine has tables for two edits at most, and makes them once in a process, when they are first asked for.
        FuzzyTermQuery::new(term, u8::try_from(*edits).ok()?, true).automaton().ok()
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

/// The words of `field` that pass `test`, and the number of the articles with any of them, or a little more; `None` where they are too many to be looked for one by one.
pub(super) fn expand(
    searcher: &Searcher,
    field: Field,
    test: &Test,
) -> std::io::Result<Option<(Vec<Expansion>, u64)>> {
    collect(searcher, field, test, MOST_SCORED)
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
        each_word(reader, field, &test, |word, edits, info| {
            let entry = found.entry(word.to_owned()).or_insert((edits, 0));
            entry.1 += u64::from(info.doc_freq);
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
        let complete = each_word(reader, field, test, |word, edits, info| {
            let entry = found.entry(word.to_owned()).or_insert((edits, 0));
            entry.1 += u64::from(info.doc_freq);
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
    take: impl FnMut(&str, usize, &TermInfo) -> bool,
) -> std::io::Result<bool> {
    let index = reader.inverted_index(field).map_err(std::io::Error::other)?;
    each_word_by(test.automaton(field).as_ref(), index.terms(), test, take)
}

/// Calls `take` with where the list of each word of the segment lies that passes, until it returns false. Where no word of the field is marked and only a beginning
/// is asked for, no word is read: they are numbered in order.
pub(super) fn each_list(
    reader: &SegmentReader,
    field: Field,
    test: &Test,
    has_marked: bool,
    mut take: impl FnMut(&TermInfo) -> bool,
) -> std::io::Result<()> {
    let beginning = match test {
        Test::Glob(glob) if glob.is_beginning() && !has_marked => glob.beginning().as_bytes(),
        _ => {
            each_word(reader, field, test, |_, _, lies| take(lies))?;
            return Ok(());
        }
    };
    let index = reader.inverted_index(field).map_err(std::io::Error::other)?;
    let words = index.terms();
    let end = match beginning.split_last() {
        // No byte of a word is the greatest there is.
        Some((last, before)) => number_from(words, &[before, &[last + 1]].concat())?,
        None => words.num_terms() as u64,
    };
    let mut stream = words.range().ge(beginning).without_keys().into_stream()?;
    while stream.advance() && stream.term_ord() < end && take(stream.value()) {}
    Ok(())
}

/// The number of the first word that is not before `bound`; of none, how many there are.
fn number_from(words: &TermDictionary, bound: &[u8]) -> std::io::Result<u64> {
    let mut stream = words.range().ge(bound).without_keys().into_stream()?;
    Ok(if stream.advance() { stream.term_ord() } else { words.num_terms() as u64 })
}

/// The words that an automaton lets through, or all from their beginning on, are held against the test.
fn each_word_by(
    automaton: Option<&DfaWrapper>,
    words: &TermDictionary,
    test: &Test,
    mut take: impl FnMut(&str, usize, &TermInfo) -> bool,
) -> std::io::Result<bool> {
    let mut goes_on = |key: &[u8], info: &TermInfo| {
        let Ok(word) = std::str::from_utf8(key) else { return true };
        // Marked forms (`US`, `#kyiv`) repeat words that are there without.
        match test.edits(word) {
            Some(edits) if !is_marked(word) => take(word, edits, info),
            _ => true,
        }
    };
    if let Some(automaton) = automaton {
        let mut stream = words.search(automaton).into_stream()?;
        while stream.advance() {
            if !goes_on(stream.key(), stream.value()) {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let beginning = test.beginning().as_bytes();
    let mut stream = words.range().ge(beginning).into_stream()?;
    while stream.advance() && stream.key().starts_with(beginning) {
        if !goes_on(stream.key(), stream.value()) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use tantivy::schema::STRING;

    use super::*;
    use crate::test_index;

    /// An index of one segment whose words these are.
    fn segment(words: &BTreeSet<String>) -> (Searcher, Field) {
        test_index::of_texts(STRING, words.iter().cloned())
    }

    fn found(
        automaton: Option<&DfaWrapper>,
        searcher: &Searcher,
        field: Field,
        test: &Test,
    ) -> Vec<(String, usize, u32)> {
        let mut found = Vec::new();
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(field).unwrap();
            let take = |word: &str, edits, info: &TermInfo| {
                found.push((word.to_owned(), edits, info.doc_freq));
                true
            };
            assert!(each_word_by(automaton, index.terms(), test, take).unwrap());
        }
        found
    }

    /// What the automaton leads to is what all words held against the test give, and as many as `distance` alone finds.
    fn check(words: &BTreeSet<String>, near: &[&str]) {
        let (searcher, field) = segment(words);
        for near in near {
            for edits in 0..=2 {
                let letters: Vec<char> = near.chars().collect();
                let test = Test::Fuzzy(letters.clone(), edits);
                let automaton = test.automaton(field);
                assert!(automaton.is_some(), "{near}");
                let by_automaton = found(automaton.as_ref(), &searcher, field, &test);
                assert_eq!(by_automaton, found(None, &searcher, field, &test), "{near} {edits}");
                let plain = words.iter().filter(|word| distance(&letters, word, edits).is_some());
                let is_word = |word: &&String| !is_marked(word);
                assert_eq!(by_automaton.len(), plain.filter(is_word).count(), "{near} {edits}");
            }
        }
    }

    #[test]
    fn an_automaton_leads_to_every_word_in_reach() {
        let words = [
            "",
            "a",
            "b",
            "ab",
            "ba",
            "abc",
            "acb",
            "bac",
            "cab",
            "abcd",
            "badc",
            "bcda",
            "aab",
            "kyiv",
            "kiyv",
            "kyyiv",
            "kyiw",
            "#kyiv",
            "Kyiv",
            "київ",
            "киїів",
            "кїив",
            "straße",
            "strasse",
            "東京",
            "京東",
            "東京都",
            "𝒳y",
            "y𝒳",
            "é",
            "e",
            "€60bn",
            "c++",
            "covid",
            "covid-19",
        ];
        let long = "x".repeat(LONGEST_LETTERS);
        let mut words: BTreeSet<String> = words.into_iter().map(str::to_owned).collect();
        words.extend([
            long.clone(),
            format!("{long}x"),
            format!("{}yx", "x".repeat(LONGEST_LETTERS - 2)),
        ]);
        let near: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| !word.is_empty() && word.len() <= LONGEST_LETTERS)
            .collect();
        check(&words, &near);
    }

    #[test]
    fn a_word_without_an_automaton_is_looked_for_all_the_same() {
        let field = Field::from_field_id(0);
        assert!(Test::Fuzzy(vec!['a'; LONGEST_LETTERS + 1], 1).automaton(field).is_none());
        assert!(Test::Fuzzy(vec!['a'], 3).automaton(field).is_none());
        assert!(Test::regex("a.*").unwrap().automaton(field).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn an_automaton_finds_what_looking_at_every_word_finds(
            words in prop::collection::btree_set("[abcé東𝒳]{1,7}|[a-e]{1,5}|\\PC{1,5}", 1..200),
            near in prop::collection::vec("[abcé東𝒳]{1,7}|[a-e]{1,6}|\\PC{1,4}", 1..12),
        ) {
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            check(&words, &near);
        }
    }
}
