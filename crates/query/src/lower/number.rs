//! Numbers: the length of the text in words.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::RangeQuery;

use super::{Boxed, Lowering, Stop, selects};
use crate::fault::Problem;
use crate::syntax::{Field, Numbers};

impl Lowering<'_> {
    pub(super) fn number(&self, field: Field, numbers: Numbers) -> Result<Boxed, Stop> {
        if field == Field::Copies {
            return Err(Problem::NotYet("`copies`").into());
        }
        let bound = |number: Option<u64>| {
            number.map_or(Bound::Unbounded, |number| {
                Bound::Included(Term::from_field_u64(self.fields.words, number))
            })
        };
        Ok(selects(Box::new(RangeQuery::new(bound(numbers.least), bound(numbers.most)))))
    }
}
