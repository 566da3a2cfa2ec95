//! What only adds to the score of articles that something else selects.
//!
//! The engine's own query for it reads what adds thousands of articles ahead, with positions where it is words near each other. Here it is asked of an article when
//! that is scored, which few are.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

use crate::lower::Boxed;

/// The articles of `query`, with what each of `adds` gives added to their scores.
#[derive(Debug)]
pub(crate) struct AddedQuery {
    pub(crate) query: Boxed,
    pub(crate) adds: Vec<Boxed>,
}

impl Clone for AddedQuery {
    fn clone(&self) -> Self {
        let adds = self.adds.iter().map(|add| add.box_clone()).collect();
        Self { query: self.query.box_clone(), adds }
    }
}

impl Query for AddedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.query.weight(scoring)?;
        if !scoring.is_scoring_enabled() {
            return Ok(weight);
        }
        let adds = self.adds.iter().map(|add| add.weight(scoring)).collect::<Result<_, _>>()?;
        Ok(Box::new(AddedWeight { weight, adds }))
    }
}

struct AddedWeight {
    weight: Box<dyn Weight>,
    adds: Vec<Box<dyn Weight>>,
}

impl Weight for AddedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        let doc = scorer.doc();
        if doc == TERMINATED {
            return Ok(scorer);
        }
        let mut adds = Vec::with_capacity(self.adds.len());
        for weight in &self.adds {
            adds.extend(Add::open(&**weight, reader, doc, boost)?);
        }
        Ok(Box::new(AddedScorer { scorer, adds }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.weight.count(reader)
    }
}

/// Something that is asked of single articles, in ascending order.
pub(crate) struct Add {
    scorer: Box<dyn Scorer>,
    /// No article before it has what adds, of those not asked for yet.
    next: DocId,
    /// Whether that one has, and the scorer stands there.
    is_there: bool,
}

impl Add {
    pub(crate) fn new(scorer: Box<dyn Scorer>) -> Self {
        Self { next: scorer.doc(), scorer, is_there: true }
    }

    /// What is asked of articles from `doc` on; none where no article has it.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn open(
        weight: &dyn Weight,
        reader: &SegmentReader,
        doc: DocId,
        boost: Score,
    ) -> tantivy::Result<Option<Self>> {
        let (result, scorer) = weight.scorer_danger(reader, doc, boost)?;
        if scorer.is::<EmptyScorer>() {
            return Ok(None);
        }
        let mut add = Self { scorer, next: 0, is_there: false };
        add.take(doc, result);
        Ok(Some(add))
    }

    /// What its scorer tells of how many articles it goes over.
    pub(crate) fn cost(&self) -> u64 {
        self.scorer.cost()
    }

    /// What its scorer tells of how many articles have it.
    pub(crate) fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn take(&mut self, doc: DocId, result: SeekDangerResult) {
        (self.next, self.is_there) = match result {
            SeekDangerResult::Found => (doc, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
    }

    /// Whether an article has it.
    pub(crate) fn has(&mut self, doc: DocId) -> bool {
        if self.next < doc || (self.next == doc && !self.is_there) {
            let result = self.scorer.seek_danger(doc);
            self.take(doc, result);
        }
        self.is_there && self.next == doc
    }

    /// The first article from `target` on that has it.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = target;
        while doc < TERMINATED && !self.has(doc) {
            doc = self.next.max(doc + 1);
        }
        doc
    }

    /// No article from `target` on and before the one returned has it.
    pub(crate) fn at_least(&mut self, target: DocId) -> DocId {
        if target == TERMINATED || self.has(target) { target } else { self.next.max(target + 1) }
    }

    /// What it adds to an article.
    pub(crate) fn score(&mut self, doc: DocId) -> Score {
        if self.has(doc) { self.scorer.score() } else { 0.0 }
    }
}

struct AddedScorer {
    scorer: Box<dyn Scorer>,
    adds: Vec<Add>,
}

impl DocSet for AddedScorer {
    fn advance(&mut self) -> DocId {
        self.scorer.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.scorer.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.scorer.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for AddedScorer {
    fn score(&mut self) -> Score {
        let doc = self.scorer.doc();
        let adds: Score = self.adds.iter_mut().map(|add| add.score(doc)).sum();
        self.scorer.score() + adds
    }
}
