//! The articles that have most of what an article is recognised by, those near it in time favoured.

use std::cmp::Ordering;
use std::ops::Range;

use dateline_article::ArticleId;
use dateline_schema::Fields;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::stored::Stored;
use super::{Related, Side, compare};
use crate::best::{Best, greatest};
use crate::columns::OpenColumns;
use crate::local::LocalEngine;
use crate::rank;

const SECONDS_A_DAY: i64 = 86_400;

/// An article that may be related.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    score: Score,
    /// Seconds since 1970 by its own clock; `None` where its day is not known.
    published: Option<i64>,
    id: u64,
    pub(super) address: DocAddress,
    /// The days it may have appeared on, both in, since 1970.
    pub(super) days: Option<(i64, i64)>,
}

impl Candidate {
    pub(super) fn id(&self) -> ArticleId {
        ArticleId::from_u64(self.id)
    }

    /// Oldest first, those without a day last, then by id.
    pub(super) fn order(&self) -> (bool, Option<i64>, u64) {
        (self.published.is_none(), self.published, self.id)
    }
}

impl Ord for Candidate {
    /// The better one is greater.
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.order().cmp(&self.order()))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// Keeps the best `limit` candidates.
pub(super) struct Candidates<'a> {
    limit: usize,
    /// The article itself.
    of: DocAddress,
    /// The days it may have appeared on.
    days: Option<(i64, i64)>,
    /// Moments that candidates may have appeared at; `None` for any, unknown ones too.
    window: Option<Range<i64>>,
    fields: &'a Fields,
    columns: &'a OpenColumns,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(
        engine: &'a LocalEngine,
        article: &Stored,
        request: &Related,
        of: DocAddress,
        limit: usize,
    ) -> Self {
        let days = article.days();
        let moment = article.published.map(|published| published.at.local_seconds());
        let window = match (request.side, moment) {
            (Side::Both, _) => None,
            (Side::Earlier, Some(moment)) => Some(i64::MIN..moment),
            (Side::Later, Some(moment)) => Some(moment.saturating_add(1)..i64::MAX),
            // Of an article without a day nothing is earlier or later.
            (_, None) => Some(0..0),
        };
        Self { limit, of, days, window, fields: engine.fields(), columns: engine.columns() }
    }
}

/// The best candidates of one segment so far.
pub(super) struct Kept {
    best: Best<Candidate>,
    of: DocAddress,
    days: Option<(i64, i64)>,
    window: Option<Range<i64>>,
    segment: SegmentOrdinal,
    published: Column<i64>,
    published_last: Column<i64>,
    id: Column<u64>,
}

impl Kept {
    fn offer(&mut self, doc: DocId, score: Score) {
        let address = DocAddress::new(self.segment, doc);
        if address == self.of {
            return;
        }
        let published = self.published.first(doc);
        let fits = |window: &Range<i64>| published.is_some_and(|at| window.contains(&at));
        if !self.window.as_ref().is_none_or(fits) {
            return;
        }
        let first = published.map(|at| at.div_euclid(SECONDS_A_DAY));
        let days = first.map(|first| (first, self.published_last.first(doc).unwrap_or(first)));
        let near = compare::nearness(self.days, days);
        let score = rank::stepped(score * near);
        let id = self.id.first(doc).unwrap_or_default();
        self.best.offer(Candidate { score, published, id, address, days });
    }
}

impl Collector for Candidates<'_> {
    type Fruit = Vec<Candidate>;
    type Child = Kept;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Kept> {
        Ok(Kept {
            best: Best::new(self.limit),
            of: self.of,
            days: self.days,
            window: self.window.clone(),
            segment,
            published: self.columns.i64(reader, self.fields.published)?,
            published_last: self.columns.i64(reader, self.fields.published_last)?,
            id: self.columns.u64(reader, self.fields.id)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    /// The best of all segments, in the order in which they lie.
    fn merge_fruits(&self, segments: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        let mut all = greatest(segments, self.limit);
        all.sort_unstable_by_key(|candidate| candidate.address);
        Ok(all)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Candidate>> {
        let mut kept = self.for_segment(segment, reader)?;
        let alive = reader.alive_bitset();
        weight.for_each(reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                kept.offer(doc, score);
            }
        })?;
        Ok(kept.harvest())
    }
}

impl SegmentCollector for Kept {
    type Fruit = Vec<Candidate>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.offer(doc, score);
    }

    fn harvest(self) -> Vec<Candidate> {
        self.best.into_vec()
    }
}
