//! Days: when an article appeared, and which days it speaks of.
//!
//! `published` matches where all that the date can mean lies inside the days asked for: an article known to be of March 2024 is found by
//! `2024-03`, not by `2024-03-14`. `mentioned` matches by overlap, through the calendar's cells.

use dateline_article::{Date, Edge};
use dateline_schema::cells;
use tantivy::Term;
use tantivy::query::TermSetQuery;

use super::{Boxed, Lowering, everything, selects};
use crate::published::PublishedQuery;
use crate::syntax::Field;
use crate::time::When;

impl Lowering<'_> {
    pub(super) fn time(&self, field: Field, when: &When) -> Boxed {
        match field {
            Field::Mentioned => self.mentioned(when),
            _ => self.published(when),
        }
    }

    /// Articles that appeared on one of the days.
    pub(crate) fn published(&self, when: &When) -> Boxed {
        let Some(days) = when.range() else { return Box::new(tantivy::query::EmptyQuery) };
        let first_day = (days.start > i32::MIN).then(|| i64::from(days.start));
        let last_day = (days.end < i32::MAX).then(|| i64::from(days.end) - 1);
        if first_day.is_none() && last_day.is_none() {
            return everything();
        }
        let (columns, fields) = (self.columns.clone(), *self.fields);
        Box::new(PublishedQuery { columns, fields, first_day, last_day })
    }

    fn mentioned(&self, when: &When) -> Boxed {
        let terms = mentioned_terms(when);
        let terms = terms.iter().map(|term| Term::from_field_text(self.fields.mentioned, term));
        selects(Box::new(TermSetQuery::new(terms)))
    }
}

/// The calendar's cells of which an article must have one to speak of any of the days.
pub(crate) fn mentioned_terms(when: &When) -> Vec<String> {
    let (start, end) = match *when {
        When::Yearless { month, day } => {
            let edge = Edge::Yearless { month, day };
            (edge, edge)
        }
        When::Days { first, last } => {
            let first = first.unwrap_or(Date::MIN);
            let end = last.map_or(Date::MAX, |last| last.tomorrow().unwrap_or(Date::MAX));
            (Edge::Day(first), Edge::Day(end))
        }
    };
    cells::query_terms(&start, &end)
}
