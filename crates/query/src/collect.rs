//! The best articles in a total order, the same however the index is cut into segments.
//!
//! The engine's own collector breaks ties by where an article lies; this one by day and id. Pruning stays in use: an article is passed over only
//! when it scores lower than the last that is kept, never when it scores the same. The newest articles come first in each segment, so that a search for these
//! ends as soon as it has enough.

use std::cmp::Ordering;

use dateline_schema::{Fields, order};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TERMINATED};

use crate::best::{Best, greatest};
use crate::columns::OpenColumns;
use crate::engine::{Recency, Sort};
use crate::rank::{self, SCORE_STEP};

/// An article that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) score: Score,
    published: Option<i64>,
    pub(crate) id: u64,
    pub(crate) address: DocAddress,
    sort: Sort,
}

impl Ord for Found {
    /// The better one is greater.
    fn cmp(&self, other: &Self) -> Ordering {
        let newest = self.published.cmp(&other.published);
        let by_sort = match self.sort {
            Sort::Relevance => self.score.total_cmp(&other.score).then(newest),
            Sort::Newest => newest,
            // Without a date comes last in either direction.
            Sort::Oldest => match (self.published, other.published) {
                (Some(_), Some(_)) => newest.reverse(),
                _ => newest,
            },
        };
        by_sort.then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Found {}

/// Keeps the best `limit` articles.
pub(crate) struct Top<'a> {
    pub(crate) limit: usize,
    pub(crate) sort: Sort,
    pub(crate) recency: Option<Recency>,
    pub(crate) fields: &'a Fields,
    pub(crate) columns: &'a OpenColumns,
}

/// The best articles of one segment so far.
pub(crate) struct Kept {
    best: Best<Found>,
    sort: Sort,
    /// With the column of the days that it looks at.
    recency: Option<(Recency, Column<i64>)>,
    segment: SegmentOrdinal,
    order: Column<u64>,
    id: Column<u64>,
}

impl Kept {
    /// Seconds since 1970 in UTC, as far as its zone is told: an order needs one clock for all.
    fn moment(&self, doc: DocId) -> Option<i64> {
        order::moment(self.order.first(doc).unwrap_or(order::UNDATED))
    }

    /// Offers an article; gives the score that the next must beat.
    fn offer(&mut self, doc: DocId, score: Score) -> Score {
        let score = match &self.recency {
            Some((recency, published)) => rank::decayed(
                score,
                age_days(published.first(doc), *recency),
                f32::from(recency.half_life_days.get()),
            ),
            None => score,
        };
        let score = (score / SCORE_STEP).round() * SCORE_STEP;
        let moment = self.moment(doc);
        let loses = |least: &Found| self.sort == Sort::Relevance && score < least.score;
        if !self.best.least().is_some_and(loses) {
            self.best.offer(Found {
                score,
                published: moment,
                id: self.id.first(doc).unwrap_or_default(),
                address: DocAddress::new(self.segment, doc),
                sort: self.sort,
            });
        }
        self.threshold(moment)
    }

    /// Whether neither the article nor any after it can enter, where the newest are kept: of the same moment one may.
    fn is_full_of_newer(&self, doc: DocId) -> bool {
        self.best.least().is_some_and(|least| self.moment(doc) < least.published)
    }

    /// Up to this no article can enter of those from one of that moment on. Equal scores may, and so may what rounding makes equal, as long as articles follow that are as late as the
    /// last that is kept: of equals the later one is better.
    fn threshold(&self, moment: Option<i64>) -> Score {
        let rounded = |least: &Found| {
            let steps = if moment < least.published { 0.25 } else { -0.75 };
            least.score + steps * SCORE_STEP
        };
        self.best.least().map_or(Score::MIN, rounded)
    }
}

/// Days from the day on which an article appeared, in seconds since 1970 by its own clock, to today; `None` where it is not known.
pub(crate) fn age_days(published_seconds: Option<i64>, recency: Recency) -> Option<f32> {
    const SECONDS_A_DAY: i64 = 86_400;
    let day = published_seconds?.div_euclid(SECONDS_A_DAY);
    let today = i64::from(dateline_article::days_since_epoch(recency.today));
    Some((today - day) as f32)
}

impl Collector for Top<'_> {
    type Fruit = Vec<Found>;
    type Child = Kept;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Kept> {
        let recency = self.recency.filter(|_| self.sort == Sort::Relevance);
        let recency = match recency {
            Some(recency) => Some((recency, self.columns.i64(reader, self.fields.published)?)),
            None => None,
        };
        Ok(Kept {
            best: Best::new(self.limit),
            sort: self.sort,
            recency,
            segment,
            order: self.columns.u64(reader, self.fields.order)?,
            id: self.columns.u64(reader, self.fields.id)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        Ok(greatest(segments, self.limit))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Found>> {
        let mut kept = self.for_segment(segment, reader)?;
        let alive = reader.alive_bitset();
        let lives = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
        match self.sort {
            Sort::Relevance => {
                weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
                    if lives(doc) {
                        kept.offer(doc, score)
                    } else {
                        kept.threshold(kept.moment(doc))
                    }
                })?;
            }
            Sort::Newest => {
                let mut scorer = weight.scorer(reader, 1.0)?;
                let mut doc = scorer.doc();
                while doc != TERMINATED && !kept.is_full_of_newer(doc) {
                    if lives(doc) {
                        kept.offer(doc, 0.0);
                    }
                    doc = scorer.advance();
                }
            }
            Sort::Oldest => {
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().filter(|doc| lives(**doc)) {
                        kept.offer(*doc, 0.0);
                    }
                })?;
            }
        }
        Ok(kept.harvest())
    }
}

impl SegmentCollector for Kept {
    type Fruit = Vec<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.offer(doc, score);
    }

    fn harvest(self) -> Vec<Found> {
        self.best.into_vec()
    }
}
