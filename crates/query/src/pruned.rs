//! Passing over articles that cannot be among the best, without scoring them.
//!
//! Block-max MaxScore (Turtle and Flood, Query Evaluation: Strategies and Optimizations, IP&M 1995; Ding and Suel, Faster Top-k Document Retrieval
//! Using Block-Max Indexes, SIGIR 2011) for whole queries of ours, whose scores are sums of words in several fields, nearness and more: the
//! engine's own serves unions and intersections of single terms alone. Each addend has a bound: a term the maximum of its present block,
//! anything else its maximum anywhere. Between the borders of blocks only those articles are looked at that have one of the rarest addends
//! without which the bounds of the others do not reach the last of the best so far; of these, what is left may need positions and is read last.

mod bounds;
mod candidates;
mod conditions;
mod list;
mod sum;
mod walk;

use std::sync::Arc;

use tantivy::query::{
    BooleanQuery, EnableScoring, Explanation, Occur, PhraseQuery, Query, Scorer, TermQuery, Weight,
};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED};

pub(crate) use self::bounds::Bounds;
pub(crate) use self::candidates::Candidates;
use self::conditions::Conditions;
use self::sum::Sum;
use self::walk::{Walk, Wanted};

/// Whether the engine passes over articles by itself: it does for a term, and for several of which one is enough or all are needed. A phrase alone has nothing by which articles could be passed over.
pub(crate) fn by_engine(query: &dyn Query) -> bool {
    let Some(several) = query.downcast_ref::<BooleanQuery>() else {
        return query.is::<TermQuery>() || query.is::<PhraseQuery>();
    };
    let alike = |occur| {
        several.clauses().iter().all(|(each, clause)| *each == occur && clause.is::<TermQuery>())
    };
    alike(Occur::Should) || alike(Occur::Must)
}

/// The articles of a query; their score is the sum of the addends of `bounds`, in that order.
#[derive(Clone, Debug)]
pub(crate) struct PrunedQuery {
    pub(crate) query: Arc<dyn Query>,
    pub(crate) bounds: Arc<Bounds>,
    /// Where these were found.
    pub(crate) candidates: Option<Arc<Candidates>>,
    /// How many of the best are wanted, where their scores decide alone.
    pub(crate) limit: Option<usize>,
}

impl PrunedQuery {
    /// The weight, for articles of `searcher` and with the scores of `scoring`.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn scored(
        &self,
        searcher: &Searcher,
        scoring: EnableScoring<'_>,
    ) -> tantivy::Result<PrunedWeight> {
        let unscored = EnableScoring::disabled_from_searcher(searcher);
        let others = self.bounds.others.iter().map(|other| other.query.weight(scoring));
        Ok(PrunedWeight {
            selects: (self.query.clone(), searcher.clone()),
            conditions: Conditions::of(&*self.query, &self.bounds, unscored)?,
            bounds: self.bounds.clone(),
            candidates: self.candidates.clone(),
            limit: self.limit,
            others: others.collect::<Result<_, _>>()?,
        })
    }
}

impl Query for PrunedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                Ok(Box::new(self.scored(searcher, scoring)?))
            }
            EnableScoring::Disabled { .. } => self.query.weight(scoring),
        }
    }
}

impl PrunedWeight {
    /// Calls `callback` as [`Weight::for_each_pruning`] does; of how many articles everything was added up.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn each_of_the_best(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<usize> {
        let candidates = self.candidates.as_ref().and_then(|all| all.of_segment(reader));
        let walk = Walk::open(reader, &self.bounds, &self.others, &self.conditions, candidates)?;
        let Some(mut walk) = walk else { return Ok(0) };
        let wanted = self.limit.map(|limit| Wanted { limit, alive: reader.alive_bitset() });
        let mut floor = threshold;
        if let Some(wanted) = wanted
            && let Some(reached) = walk.reached(wanted, reader, &self.conditions)?
        {
            floor = floor.max(reached);
        }
        walk.run(floor, wanted, callback);
        Ok(walk.summed)
    }

    fn selects(&self) -> tantivy::Result<Box<dyn Weight>> {
        let (query, searcher) = &self.selects;
        query.weight(EnableScoring::disabled_from_searcher(searcher))
    }
}

/// The weight of a [`PrunedQuery`] where scores count.
pub(crate) struct PrunedWeight {
    /// The query and where it is run; made ready only where every article is asked for.
    selects: (Arc<dyn Query>, Searcher),
    conditions: Conditions,
    bounds: Arc<Bounds>,
    candidates: Option<Arc<Candidates>>,
    limit: Option<usize>,
    /// Those of the addends that are not terms.
    others: Vec<Box<dyn Weight>>,
}

impl Weight for PrunedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let selects = self.selects()?.scorer(reader, 1.0)?;
        let mut sum = Sum::open(reader, &self.bounds, &self.others)?;
        if selects.doc() < TERMINATED {
            sum.open_late(reader, &self.bounds, &self.others, &[], 0, selects.doc())?;
        }
        Ok(Box::new(SummedScorer { selects, sum, boost }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() == doc || (scorer.doc() < doc && scorer.seek(doc) == doc);
        Ok(Explanation::new("sum of addends", if found { scorer.score() } else { 0.0 }))
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.selects()?.count(reader)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.each_of_the_best(threshold, reader, callback)?;
        Ok(())
    }
}

/// Every article that is selected, scored when that is asked.
struct SummedScorer {
    selects: Box<dyn Scorer>,
    sum: Sum,
    boost: Score,
}

impl DocSet for SummedScorer {
    fn advance(&mut self) -> DocId {
        self.selects.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.selects.seek(target)
    }

    fn doc(&self) -> DocId {
        self.selects.doc()
    }

    fn size_hint(&self) -> u32 {
        self.selects.size_hint()
    }

    fn cost(&self) -> u64 {
        self.selects.cost()
    }
}

impl Scorer for SummedScorer {
    fn score(&mut self) -> Score {
        self.sum.of(self.selects.doc()) * self.boost
    }
}
