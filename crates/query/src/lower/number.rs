//! Numbers: the length of the text in words, and how many copies an article has.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{RangeQuery, TermSetQuery};

use super::{Boxed, Lowering, all_but, selects};
use crate::syntax::{Field, Numbers};

impl Lowering<'_> {
    pub(super) fn number(&self, field: Field, numbers: Numbers) -> Boxed {
        if field == Field::Copies {
            return self.copied(numbers);
        }
        let bound = |number: Option<u64>| {
            number.map_or(Bound::Unbounded, |number| {
                Bound::Included(Term::from_field_u64(self.fields.words, number))
            })
        };
        selects(Box::new(RangeQuery::new(bound(numbers.least), bound(numbers.most))))
    }

    /// Articles by the number of others in their cluster; most have none.
    fn copied(&self, numbers: Numbers) -> Boxed {
        let fits = |others: u64| {
            numbers.least.is_none_or(|least| least <= others)
                && numbers.most.is_none_or(|most| others <= most)
        };
        // Of all that have a copy, those that fit; or where none at all fits too, all but those that do not.
        let alone = fits(0);
        let listed = self.copies.get().others().filter(|(_, others)| fits(*others) != alone);
        let terms =
            listed.map(|(article, _)| Term::from_field_u64(self.fields.id, article.as_u64()));
        let listed = Box::new(TermSetQuery::new(terms));
        if alone { all_but(listed) } else { selects(listed) }
    }
}
