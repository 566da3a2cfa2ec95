//! A query as a mere condition: it adds nothing to the score.

use tantivy::query::{ConstScoreQuery, EnableScoring, Query, Weight};

use crate::lower::Boxed;

/// The articles of a query, each with a score of 0.
#[derive(Debug)]
pub(crate) struct Condition(pub(crate) Boxed);

impl Clone for Condition {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Condition {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if scoring.is_scoring_enabled() {
            return ConstScoreQuery::new(self.0.box_clone(), 0.0).weight(scoring);
        }
        self.0.weight(scoring)
    }
}
