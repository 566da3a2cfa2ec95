//! Any of many words as a mere condition, read in stretches of a segment.
//!
//! The lists of all words are read a stretch at a time into one set, the first stretch short: a search for the newest articles ends within it, since the
//! engine numbers articles latest first. Each stretch is longer than the one before, so that to read all costs no more than one set of all.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::expand::{Test, each_list};
use crate::terms::BLOCK;

/// Articles in the first stretch, and how much longer each is than the one before.
const SHORTEST: u32 = 1024;
const GROWTH: u32 = 4;

/// Articles with any word of a field that passes a test; scores nothing.
#[derive(Clone, Debug)]
pub(super) struct WordSetQuery {
    field: Field,
    test: Arc<Test>,
    /// Whether the field has marked words beside others.
    has_marked: bool,
}

impl WordSetQuery {
    pub(super) fn new(field: Field, test: &Test, has_marked: bool) -> Self {
        Self { field, test: Arc::new(test.clone()), has_marked }
    }
}

impl Query for WordSetQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WordSetQuery {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let mut words = Words::default();
        let mut failed = None;
        each_list(reader, self.field, &self.test, self.has_marked, |lies| {
            failed = words.add(&index, lies).err();
            failed.is_none()
        })?;
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(Box::new(ConstScorer::new(WordSetDocs::new(words, reader.max_doc()), 0.0))),
        }
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("one of many words", 0.0))
    }
}

/// What is left of the words' lists.
#[derive(Default)]
struct Words {
    /// Lists of more than a block.
    long: Vec<SegmentPostings>,
    /// The articles of the others, which most words are in, list after list.
    short: Vec<DocId>,
    /// Where these are unpacked.
    block: Option<BlockSegmentPostings>,
}

impl Words {
    /// Takes in the list of a word.
    fn add(&mut self, index: &InvertedIndexReader, lies: &TermInfo) -> std::io::Result<()> {
        const OPTION: IndexRecordOption = IndexRecordOption::Basic;
        if lies.doc_freq as usize > BLOCK {
            self.long.push(index.read_postings_from_terminfo(lies, OPTION)?);
            return Ok(());
        }
        let block = match &mut self.block {
            Some(block) => {
                index.reset_block_postings_from_terminfo(lies, block)?;
                block
            }
            none => none.insert(index.read_block_postings_from_terminfo(lies, OPTION)?),
        };
        self.short.extend_from_slice(block.docs());
        Ok(())
    }

    /// Articles in all lists, those of several counted for each.
    fn listed(&self) -> u64 {
        let long = self.long.iter().map(|list| u64::from(list.doc_freq())).sum::<u64>();
        long + self.short.len() as u64
    }
}

struct WordSetDocs {
    words: Words,
    /// Articles in all lists.
    listed: u64,
    /// Articles of the segment.
    end: DocId,
    /// The present stretch: where it begins and ends, and a bit for each of its articles, set where it has one of the words.
    from: DocId,
    to: DocId,
    bits: Vec<u64>,
    /// Articles in the next stretch.
    length: u32,
    doc: DocId,
}

impl WordSetDocs {
    fn new(words: Words, end: DocId) -> Self {
        let listed = words.listed();
        let (from, to, length) = (0, 0, SHORTEST);
        let mut docs = Self { words, listed, end, from, to, bits: Vec::new(), length, doc: 0 };
        docs.doc = docs.first_from(0);
        docs
    }

    /// The first article with one of the words, not before `target`.
    fn first_from(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            if let Some(doc) = self.in_stretch(target) {
                return doc;
            }
            target = target.max(self.to);
            let Words { long, short, .. } = &self.words;
            if target >= self.end || (long.is_empty() && short.is_empty()) {
                return TERMINATED;
            }
            self.read(target);
        }
    }

    fn in_stretch(&self, target: DocId) -> Option<DocId> {
        if target >= self.to {
            return None;
        }
        let first = target - self.from;
        let mut word = first / u64::BITS;
        let mut rest = self.bits.get(word as usize)? >> (first % u64::BITS) << (first % u64::BITS);
        while rest == 0 {
            word += 1;
            rest = *self.bits.get(word as usize)?;
        }
        Some(self.from + word * u64::BITS + rest.trailing_zeros())
    }

    /// Reads the stretch that begins at `from`.
    fn read(&mut self, from: DocId) {
        let to = from.saturating_add(self.length).min(self.end);
        self.length = self.length.saturating_mul(GROWTH);
        (self.from, self.to) = (from, to);
        let bits = &mut self.bits;
        bits.clear();
        bits.resize((to - from).div_ceil(u64::BITS) as usize, 0);
        let mut set = |doc: DocId| {
            let n = doc - from;
            if let Some(word) = bits.get_mut((n / u64::BITS) as usize) {
                *word |= 1 << (n % u64::BITS);
            }
        };
        self.words.short.retain(|doc| {
            if (from..to).contains(doc) {
                set(*doc);
            }
            *doc >= to
        });
        self.words.long.retain_mut(|list| {
            let mut doc = list.doc();
            if doc < from {
                doc = list.seek(from);
            }
            while doc < to {
                set(doc);
                doc = list.advance();
            }
            doc != TERMINATED
        });
    }
}

impl DocSet for WordSetDocs {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.first_from(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.first_from(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.listed).unwrap_or(u32::MAX).min(self.end)
    }

    fn cost(&self) -> u64 {
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::TEXT;

    use super::*;
    use crate::spots::Glob;
    use crate::test_index;

    #[test]
    fn every_article_with_any_of_the_words_once() {
        const ARTICLES: u32 = 9_000;
        // Each in every so many articles: lists of less than a block, of one, of one more and of many.
        const WORDS: [(&str, u32); 8] = [
            ("par", 4_500),
            ("pare", 70),
            ("paris", 71),
            ("park", 3),
            ("part", 9_000),
            ("paz", 2),
            ("pa", 8_999),
            ("q", 1),
        ];
        let texts = (0..ARTICLES).map(|n| {
            let words = WORDS.iter().filter(|(_, every)| n % every == every / 2);
            words.map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
        });
        let (searcher, text) = test_index::of_texts(TEXT, texts);
        let reader = searcher.segment_reader(0);
        let check = |pattern: &str, expected: &[&str]| {
            let passing = Test::Glob(Glob::new(pattern, '?', '*'));
            let is_expected = |n: &u32| {
                let mut words = WORDS.iter().filter(|(_, every)| n % every == every / 2);
                words.any(|(word, _)| expected.contains(word))
            };
            let expected: Vec<u32> = (0..ARTICLES).filter(is_expected).collect();
            for has_marked in [false, true] {
                let query = WordSetQuery::new(text, &passing, has_marked);
                for target in [0, 1, 1_023, 1_024, 1_025, 8_000] {
                    let mut docs = query.scorer(reader, 1.0).unwrap();
                    let mut doc = if docs.doc() < target { docs.seek(target) } else { docs.doc() };
                    let mut found = Vec::new();
                    while doc != TERMINATED {
                        found.push(doc);
                        doc = docs.advance();
                    }
                    let after = expected.partition_point(|doc| *doc < target);
                    assert_eq!(found, expected[after..], "{pattern} from {target}");
                }
            }
        };
        check("pa*", &["par", "pare", "paris", "park", "part", "paz", "pa"]);
        check("par*", &["par", "pare", "paris", "park", "part"]);
        check("pare*", &["pare"]);
        check("part*", &["part"]);
        check("z*", &[]);
        check("a*", &[]);
        check("q*", &["q"]);
        check("p*", &["par", "pare", "paris", "park", "part", "paz", "pa"]);
        check("par?", &["pare", "park", "part"]);
        check("p*k", &["park"]);
        check("*r*", &["par", "pare", "paris", "park", "part"]);
    }
}
