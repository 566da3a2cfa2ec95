//! The parts of the score of a hit, with what its age takes away.

use tantivy::Searcher;

use super::LocalEngine;
use crate::collect::{Found, age_days};
use crate::engine::{Error, Request};
use crate::explain::{Explainer, Part};
use crate::rank;

impl LocalEngine {
    pub(super) fn parts(
        &self,
        searcher: &Searcher,
        request: &Request,
        explainer: &Explainer,
        found: &Found,
    ) -> Result<Vec<Part>, Error> {
        let mut parts = explainer.parts(found.address)?;
        if let Some(recency) = request.recency {
            let reader = searcher.segment_reader(found.address.segment_ord);
            let seconds =
                self.columns.i64(reader, self.opened.fields.published)?.first(found.address.doc_id);
            let whole: f32 = parts.iter().map(|part| part.value).sum();
            let half_life_days = f32::from(recency.half_life_days.get());
            let left = rank::decayed(whole, age_days(seconds, recency), half_life_days);
            let lost = left - whole;
            if lost < 0.0 {
                parts.push(Part { part: "age".to_owned(), value: lost });
            }
        }
        Ok(parts)
    }
}
