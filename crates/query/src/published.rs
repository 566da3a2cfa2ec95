//! The query for articles that appeared on certain days: a stretch of each segment, since the engine numbers its articles by their moment, latest first.
//!
//! Where a stretch begins and ends is found by bisection. Only near its ends, where zones may differ, and in segments with articles that are known to a
//! month or a year only, the columns of days are read, of each article that comes into question.

use std::ops::Range;

use dateline_schema::{Fields, order};
use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::columns::OpenColumns;

const SECONDS_PER_DAY: i64 = 86_400;
const SECONDS_PER_MINUTE: i64 = 60;

/// Articles of which all that their date can mean lies in a range of days, both ends in, since 1970.
#[derive(Clone, Debug)]
pub(crate) struct PublishedQuery {
    pub(crate) columns: OpenColumns,
    pub(crate) fields: Fields,
    /// None for any.
    pub(crate) first_day: Option<i64>,
    /// None for any.
    pub(crate) last_day: Option<i64>,
}

impl Query for PublishedQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PublishedWeight(self.clone())))
    }
}

impl PublishedQuery {
    /// Where its articles are in a segment.
    fn stretch(&self, reader: &SegmentReader) -> tantivy::Result<Stretch> {
        let Self { columns, fields, first_day, last_day } = self;
        let order = columns.u64(reader, fields.order)?;
        let end = reader.max_doc();
        // How far the clocks of articles are from UTC, at least and at most.
        let offset = columns.i64(reader, fields.published_offset)?;
        let (behind, ahead) = if offset.values.num_vals() == 0 {
            (0, 0)
        } else {
            let seconds = |minutes: i64| minutes.saturating_mul(SECONDS_PER_MINUTE);
            (seconds(offset.min_value()).min(0), seconds(offset.max_value()).max(0))
        };
        // The articles whose moment is not before that of their own clocks less `offset`.
        let since = |seconds: i64, offset: i64| {
            first_below(&order, end, order::at(seconds.saturating_sub(offset)))
        };
        let dated = first_below(&order, end, order::UNDATED + 1);
        let (mut widest, mut surest) = (0..dated, 0..dated);
        if let Some(first) = first_day {
            let seconds = first.saturating_mul(SECONDS_PER_DAY);
            widest.end = since(seconds, ahead);
            surest.end = since(seconds, behind);
        }
        let mut checked = Checked { first: None, last: None };
        if let Some(last) = last_day {
            let seconds = last.saturating_add(1).saturating_mul(SECONDS_PER_DAY);
            widest.start = since(seconds, behind);
            surest.start = since(seconds, ahead);
            let vague = Term::from_field_u64(fields.vague, 1);
            if reader.inverted_index(fields.vague)?.doc_freq(&vague)? > 0 {
                surest = widest.start..widest.start;
            }
            checked.last = Some((columns.i64(reader, fields.published_last)?, *last));
        }
        if let Some(first) = first_day {
            let seconds = first.saturating_mul(SECONDS_PER_DAY);
            checked.first = Some((columns.i64(reader, fields.published)?, seconds));
        }
        Ok(Stretch { widest, surest, checked })
    }
}

/// The first of `end` articles whose number in the order is less.
fn first_below(order: &Column<u64>, end: DocId, least: u64) -> DocId {
    let (mut from, mut to) = (0, end);
    while from < to {
        let middle = from + (to - from) / 2;
        if order.first(middle).is_none_or(|number| number < least) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// A part of a segment.
#[derive(Debug)]
struct Stretch {
    /// Articles outside do not match.
    widest: Range<DocId>,
    /// Articles inside match.
    surest: Range<DocId>,
    /// What decides of the others.
    checked: Checked,
}

/// The columns of days, with what an article must have.
#[derive(Debug)]
struct Checked {
    /// First moments by the article's own clock, and the least.
    first: Option<(Column<i64>, i64)>,
    /// Last days, and the greatest.
    last: Option<(Column<i64>, i64)>,
}

impl Checked {
    fn holds(&self, doc: DocId) -> bool {
        let is = |limit: &Option<(Column<i64>, i64)>, holds: fn(i64, i64) -> bool| {
            limit.as_ref().is_none_or(|(column, limit)| {
                column.first(doc).is_some_and(|value| holds(value, *limit))
            })
        };
        is(&self.first, |value, least| value >= least)
            && is(&self.last, |value, most| value <= most)
    }
}

struct PublishedWeight(PublishedQuery);

impl Weight for PublishedWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let stretch = self.0.stretch(reader)?;
        if stretch.widest.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut docs = PublishedDocs { doc: stretch.widest.start, stretch };
        docs.settle();
        Ok(Box::new(ConstScorer::new(docs, 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let _ = scorer.doc() < doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("days", 0.0))
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        let stretch = self.0.stretch(reader)?;
        if stretch.surest == stretch.widest && !reader.has_deletes() {
            return Ok(u32::try_from(stretch.widest.len()).unwrap_or(u32::MAX));
        }
        let mut docs = self.scorer(reader, 1.0)?;
        Ok(match reader.alive_bitset() {
            Some(alive) => docs.count(alive),
            None => docs.count_including_deleted(),
        })
    }
}

struct PublishedDocs {
    stretch: Stretch,
    doc: DocId,
}

impl PublishedDocs {
    fn holds(&self, doc: DocId) -> bool {
        self.stretch.surest.contains(&doc)
            || (self.stretch.widest.contains(&doc) && self.stretch.checked.holds(doc))
    }

    /// Goes on to the next article that matches, where the present one does not.
    fn settle(&mut self) -> DocId {
        while self.doc < self.stretch.widest.end && !self.holds(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.stretch.widest.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for PublishedDocs {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc += 1;
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.doc.max(target);
        self.settle()
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        let Range { start, end } = self.stretch.widest;
        if target >= end {
            self.doc = TERMINATED;
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        if target < start || !self.holds(target) {
            return SeekDangerResult::SeekLowerBound(start.max(target + 1));
        }
        self.doc = target;
        SeekDangerResult::Found
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.stretch.widest.len()).unwrap_or(u32::MAX)
    }

    /// To ask it of an article costs nothing; it should never be the one whose articles the others are asked of.
    fn cost(&self) -> u64 {
        u64::from(self.stretch.widest.end) * 4
    }
}
