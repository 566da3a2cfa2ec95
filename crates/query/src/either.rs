//! Articles that any of a few queries selects, none of them read ahead.
//!
//! The engine's own union fills a buffer with thousands of articles of each at once, with positions where they are words in order. Beside a rare word, a few of
//! them are asked for.

use tantivy::query::{EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

use crate::added::Add;
use crate::lower::Boxed;

/// Articles of any of `queries`, with the scores of all added up; those that select nothing are left out.
pub(crate) fn either(mut queries: Vec<Boxed>) -> Boxed {
    queries.retain(|query| !query.is::<EmptyQuery>());
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(EitherQuery(queries)),
    }
}

#[derive(Debug)]
struct EitherQuery(Vec<Boxed>);

impl Clone for EitherQuery {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for EitherQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|query| query.weight(scoring));
        Ok(Box::new(EitherWeight(weights.collect::<Result<_, _>>()?)))
    }
}

struct EitherWeight(Vec<Box<dyn Weight>>);

impl EitherWeight {
    /// All at the articles from `target` on.
    fn open(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<EitherScorer> {
        let mut asked = Vec::with_capacity(self.0.len());
        for weight in &self.0 {
            asked.extend(Add::open(&**weight, reader, target, boost)?);
        }
        Ok(EitherScorer { asked, doc: None })
    }
}

impl Weight for EitherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.open(reader, 0, boost)?;
        if scorer.asked.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let mut scorer = self.open(reader, target, boost)?;
        if scorer.asked.is_empty() {
            return Ok((SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)));
        }
        let result = scorer.seek_danger(target);
        Ok((result, Box::new(scorer)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() == doc || (scorer.doc() < doc && scorer.seek(doc) == doc);
        Ok(Explanation::new("any of several", if found { scorer.score() } else { 0.0 }))
    }
}

struct EitherScorer {
    asked: Vec<Add>,
    /// The present article; nothing after an article was asked for that none has.
    doc: Option<DocId>,
}

impl EitherScorer {
    fn find(&mut self, target: DocId) -> DocId {
        let firsts = self.asked.iter_mut().map(|asked| asked.seek(target));
        let first = firsts.min().unwrap_or(TERMINATED);
        self.doc = Some(first);
        first
    }
}

impl DocSet for EitherScorer {
    fn advance(&mut self) -> DocId {
        match self.doc {
            Some(TERMINATED) => TERMINATED,
            Some(doc) => self.find(doc + 1),
            None => self.find(0),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self.doc {
            Some(doc) if doc >= target => doc,
            _ => self.find(target),
        }
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        let mut first = TERMINATED;
        for asked in &mut self.asked {
            first = first.min(asked.at_least(target));
            if first == target && target < TERMINATED {
                self.doc = Some(target);
                return SeekDangerResult::Found;
            }
        }
        self.doc = None;
        SeekDangerResult::SeekLowerBound(first)
    }

    fn doc(&self) -> DocId {
        self.doc.unwrap_or_default()
    }

    fn size_hint(&self) -> u32 {
        self.asked.iter().map(Add::size_hint).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.asked.iter().map(Add::cost).fold(0, u64::saturating_add)
    }
}

impl Scorer for EitherScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        self.asked.iter_mut().map(|asked| asked.score(doc)).sum()
    }
}
