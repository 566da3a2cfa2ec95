//! The query for articles that appeared on certain days, read from two columns.
//!
//! Beside another query it looks at that one's articles alone; by itself it reads the columns in stretches. The engine's own query for ranges opens its
//! columns anew for every search, which takes longer than most searches.

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

use crate::columns::OpenColumns;

/// Articles of which all that their date can mean lies in a range.
#[derive(Clone, Debug)]
pub(crate) struct PublishedQuery {
    pub(crate) columns: OpenColumns,
    /// The column of first moments, and the least; none for any.
    pub(crate) first: Option<(Field, i64)>,
    /// The column of last days, and the greatest; none for any.
    pub(crate) last: Option<(Field, i64)>,
}

impl Query for PublishedQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PublishedWeight(self.clone())))
    }
}

struct PublishedWeight(PublishedQuery);

impl Weight for PublishedWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let PublishedQuery { columns, first, last } = &self.0;
        let mut limits = Vec::with_capacity(2);
        for (limit, is_least) in [(first, true), (last, false)] {
            let Some((field, value)) = limit else { continue };
            let column = columns.i64(reader, *field)?;
            let range = if is_least { *value..=i64::MAX } else { i64::MIN..=*value };
            limits.push(Limit { column, range });
        }
        let can_match = |limit: &Limit| {
            *limit.range.start() <= limit.column.max_value()
                && *limit.range.end() >= limit.column.min_value()
        };
        let mut limits = limits.into_iter();
        let Some(main) = limits.next().filter(can_match) else {
            return Ok(Box::new(EmptyScorer));
        };
        let other = limits.next();
        if other.as_ref().is_some_and(|other| !can_match(other)) {
            return Ok(Box::new(EmptyScorer));
        }
        let mut docs = PublishedDocs {
            main,
            other,
            end: reader.max_doc(),
            found: Vec::new(),
            at: 0,
            next: 0,
            stretch: SHORTEST,
        };
        docs.read();
        Ok(Box::new(ConstScorer::new(docs, 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let _ = scorer.doc() < doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("days", 0.0))
    }
}

/// Articles in the first stretch that is read, and in the longest.
const SHORTEST: u32 = 128;
const LONGEST: u32 = 8192;

/// A column and what its value must be in.
struct Limit {
    column: Column<i64>,
    range: std::ops::RangeInclusive<i64>,
}

impl Limit {
    fn holds(&self, doc: DocId) -> bool {
        self.column.first(doc).is_some_and(|value| self.range.contains(&value))
    }
}

struct PublishedDocs {
    main: Limit,
    other: Option<Limit>,
    /// Articles of the segment.
    end: DocId,
    /// Those found in the present stretch, of which the one at `at` is the present one.
    found: Vec<DocId>,
    at: usize,
    /// Where the next stretch begins.
    next: DocId,
    stretch: u32,
}

impl PublishedDocs {
    /// Reads on until something is found.
    fn read(&mut self) {
        self.found.clear();
        self.at = 0;
        while self.found.is_empty() && self.next < self.end {
            let end = self.next.saturating_add(self.stretch).min(self.end);
            let range = self.main.range.clone();
            self.main.column.get_docids_for_value_range(range, self.next..end, &mut self.found);
            if let Some(other) = &self.other {
                self.found.retain(|doc| other.holds(*doc));
            }
            self.next = end;
            self.stretch = (self.stretch * 2).min(LONGEST);
        }
    }

    fn holds(&self, doc: DocId) -> bool {
        self.main.holds(doc) && self.other.as_ref().is_none_or(|other| other.holds(doc))
    }
}

impl DocSet for PublishedDocs {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.found.len() {
            self.read();
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.found.last().is_some_and(|last| *last >= target) {
            let rest = self.found.get(self.at..).unwrap_or_default();
            self.at += rest.partition_point(|doc| *doc < target);
        } else {
            self.next = self.next.max(target);
            self.stretch = SHORTEST;
            self.read();
        }
        self.doc()
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= self.end {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        if !self.holds(target) {
            return SeekDangerResult::SeekLowerBound(target + 1);
        }
        self.found.clear();
        self.found.push(target);
        self.at = 0;
        self.next = target + 1;
        SeekDangerResult::Found
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.end
    }

    fn cost(&self) -> u64 {
        u64::from(self.end) * 4
    }
}
