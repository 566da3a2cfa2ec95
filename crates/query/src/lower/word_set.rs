//! Any of many words as a mere condition, read in stretches of a segment.
//!
//! The lists of all words are read a stretch at a time into one set, the first stretch short: a search for the newest articles ends within it, since the
//! engine numbers articles latest first. Each stretch is longer than the one before, so that to read all costs no more than one set of all.

use std::sync::Arc;

use tantivy::postings::SegmentPostings;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::expand::{Test, each_word};

/// Articles in the first stretch, and how much longer each is than the one before.
const SHORTEST: u32 = 1024;
const GROWTH: u32 = 4;

/// Articles with any word of a field that passes a test; scores nothing.
#[derive(Clone, Debug)]
pub(super) struct WordSetQuery {
    field: Field,
    test: Arc<Test>,
}

impl WordSetQuery {
    pub(super) fn new(field: Field, test: &Test) -> Self {
        Self { field, test: Arc::new(test.clone()) }
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
        let mut lists = Vec::new();
        let mut failed = None;
        each_word(reader, self.field, &self.test, |_, _, info| {
            match index.read_postings_from_terminfo(info, IndexRecordOption::Basic) {
                Ok(list) => lists.push(list),
                Err(error) => failed = Some(error),
            }
            failed.is_none()
        })?;
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(Box::new(ConstScorer::new(WordSetDocs::new(lists, reader.max_doc()), 0.0))),
        }
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("one of many words", 0.0))
    }
}

struct WordSetDocs {
    /// What is left of the words' lists.
    lists: Vec<SegmentPostings>,
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
    fn new(lists: Vec<SegmentPostings>, end: DocId) -> Self {
        let listed = lists.iter().map(|list| u64::from(list.size_hint())).sum();
        let (from, to, length) = (0, 0, SHORTEST);
        let mut docs = Self { lists, listed, end, from, to, bits: Vec::new(), length, doc: 0 };
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
            if target >= self.end || self.lists.is_empty() {
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
        self.lists.retain_mut(|list| {
            let mut doc = list.doc();
            if doc < from {
                doc = list.seek(from);
            }
            while doc < to {
                let n = doc - from;
                if let Some(word) = bits.get_mut((n / u64::BITS) as usize) {
                    *word |= 1 << (n % u64::BITS);
                }
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
