//! What a score is made of: each addend beside what it stands for.
//!
//! While a tree is lowered, every query that adds to the score is noted with its weight. For an article they are run again one by one, so the
//! parts are what was added, not a story told of it; their sum is the score.

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, Score, Searcher};

use crate::engine::Explain;
use crate::lower::Boxed;
use crate::rank::Statistics;

/// A part of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is given for.
    pub part: String,
    /// What it adds; negative where it takes away.
    pub value: f32,
}

/// A query that adds to the score.
#[derive(Debug)]
pub(crate) struct Addend {
    part: String,
    query: Boxed,
    factor: Score,
}

/// The addends of a query so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    addends: Vec<Addend>,
    /// Whether what addends stand for is kept.
    pub(crate) tell: Explain,
}

impl Ledger {
    /// Notes that `query` adds to the score.
    pub(crate) fn note(&mut self, query: &dyn Query, part: impl FnOnce() -> String) {
        let part = if self.tell == Explain::Scores { part() } else { String::new() };
        self.addends.push(Addend { part, query: query.box_clone(), factor: 1.0 });
    }

    /// Where the next addend will stand.
    pub(crate) fn mark(&self) -> usize {
        self.addends.len()
    }

    /// Whether nothing adds to the score.
    pub(crate) fn is_empty(&self) -> bool {
        self.addends.is_empty()
    }

    /// Weighs what was noted since `mark`.
    pub(crate) fn weigh(&mut self, mark: usize, factor: Score) {
        for addend in self.addends.iter_mut().skip(mark) {
            addend.factor *= factor;
        }
    }

    /// The queries that were noted, with their weights.
    pub(crate) fn addends(&self) -> impl Iterator<Item = (&dyn Query, Score)> {
        self.addends.iter().map(|addend| (&*addend.query, addend.factor))
    }

    /// What was noted, ready to be run.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn weighed(
        &self,
        searcher: &Searcher,
        statistics: &Statistics,
    ) -> tantivy::Result<Explainer> {
        let mut addends = Vec::new();
        for addend in &self.addends {
            let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
            let weight = addend.query.weight(scoring)?;
            addends.push((addend.part.clone(), weight, addend.factor));
        }
        Ok(Explainer { searcher: searcher.clone(), addends })
    }
}

/// Tells the parts of scores.
pub(crate) struct Explainer {
    searcher: Searcher,
    addends: Vec<(String, Box<dyn Weight>, Score)>,
}

impl Explainer {
    /// The parts of the score of the article at `address`, those that add nothing left out.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn parts(&self, address: DocAddress) -> tantivy::Result<Vec<Part>> {
        let reader = self.searcher.segment_reader(address.segment_ord);
        let mut parts = Vec::new();
        for (part, weight, factor) in &self.addends {
            let mut scorer = weight.scorer(reader, *factor)?;
            let at = if scorer.doc() < address.doc_id {
                scorer.seek(address.doc_id)
            } else {
                scorer.doc()
            };
            let value = if at == address.doc_id { scorer.score() } else { 0.0 };
            if value != 0.0 {
                parts.push(Part { part: part.clone(), value });
            }
        }
        Ok(parts)
    }
}
