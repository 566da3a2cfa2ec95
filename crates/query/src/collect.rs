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
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED};

use crate::best::{Best, greatest};
use crate::columns::OpenColumns;
use crate::engine::{Recency, Sort};
use crate::one_term::OneTerm;
use crate::rank::{self, SCORE_STEP};

/// An article that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) score: Score,
    /// The number of its moment, as [`order`] has it.
    moment: u64,
    pub(crate) id: u64,
    pub(crate) address: DocAddress,
    sort: Sort,
}

impl Ord for Found {
    /// The better one is greater.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_sort = match self.sort {
            Sort::Relevance => {
                self.score.total_cmp(&other.score).then(self.moment.cmp(&other.moment))
            }
            by_day => by_moment(by_day, self.moment, other.moment),
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

impl Top<'_> {
    /// How many of the best are wanted; none where scores do not decide alone, as where what is favoured for its day scores less than its words.
    pub(crate) fn by_score(&self) -> Option<usize> {
        (self.sort == Sort::Relevance && self.recency.is_none()).then_some(self.limit)
    }

    /// The best articles of a single term.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of_term(
        &self,
        searcher: &Searcher,
        term: &OneTerm<'_>,
    ) -> tantivy::Result<Vec<Found>> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let mut kept = self.for_segment(segment, reader)?;
            let lives = |doc| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            term.for_each_pruning(Score::MIN, self.by_score(), reader, |doc, score| {
                if lives(doc) { kept.offer(doc, score) } else { kept.threshold }
            })?;
            segments.push(kept.harvest());
        }
        self.merge_fruits(segments)
    }
}

/// Which of two moments is the better one; without a date comes last in either direction.
fn by_moment(sort: Sort, left: u64, right: u64) -> Ordering {
    let newest = left.cmp(&right);
    let are_dated = left != order::UNDATED && right != order::UNDATED;
    if sort == Sort::Oldest && are_dated { newest.reverse() } else { newest }
}

/// The best articles of one segment so far.
pub(crate) struct Kept {
    best: Best<Candidate>,
    ties: Ties,
    /// With the column of the days that it looks at.
    recency: Option<(Recency, Column<i64>)>,
    segment: SegmentOrdinal,
    /// Up to this score no article to come can enter.
    threshold: Score,
    /// The last article that is known to be later than all to come.
    later: Option<DocId>,
    /// The last article that entered when others were kept already, and its moment.
    entered: Option<(DocId, u64)>,
}

/// An article that may be kept.
struct Candidate {
    score: Score,
    doc: DocId,
    /// The number of its moment.
    moment: u64,
}

/// What decides between articles: columns that are read no sooner than they are needed.
struct Ties {
    sort: Sort,
    order: Column<u64>,
    id: Column<u64>,
}

impl Ties {
    fn moment(&self, doc: DocId) -> u64 {
        self.order.first(doc).unwrap_or(order::UNDATED)
    }

    fn id(&self, doc: DocId) -> u64 {
        self.id.first(doc).unwrap_or_default()
    }

    /// Whether an article is worse than another.
    #[inline]
    fn is_worse(&self, left: &Candidate, right: &Candidate) -> bool {
        left.score < right.score
            || (left.score <= right.score && self.is_worse_of_equals(left, right))
    }

    #[cold]
    fn is_worse_of_equals(&self, left: &Candidate, right: &Candidate) -> bool {
        let by_moment = match self.sort {
            Sort::Relevance => left.moment.cmp(&right.moment),
            by_day => by_moment(by_day, left.moment, right.moment),
        };
        by_moment.then_with(|| self.id(right.doc).cmp(&self.id(left.doc))).is_lt()
    }
}

impl Kept {
    /// Offers an article; gives the score that the next must beat. Articles must ascend.
    fn offer(&mut self, doc: DocId, score: Score) -> Score {
        let score = match &self.recency {
            Some((recency, published)) => rank::decayed(
                score,
                age_days(published.first(doc), *recency),
                f32::from(recency.half_life_days.get()),
            ),
            None => score,
        };
        let score = rank::stepped(score);
        let least = self.best.least();
        if least.is_some_and(|least| score < least.score) {
            return self.threshold;
        }
        let moment = self.ties.moment(doc);
        if let Some(least) = least.filter(|least| score <= least.score && moment < least.moment) {
            // Of equals the later one is better, and none to come is later than this one.
            self.later = self.later.max(Some(least.doc));
            self.threshold = least.score + ABOVE_EQUALS;
            return self.threshold;
        }
        let Self { best, ties, .. } = self;
        let entered = best
            .offer_by(Candidate { score, doc, moment }, |left, right| ties.is_worse(left, right));
        if let (true, Some(least)) = (entered, best.least()) {
            // Articles lie by moment: what entered before this one's is later than all to come.
            if let Some((before, _)) = self.entered.filter(|(_, later)| moment < *later) {
                self.later = self.later.max(Some(before));
            }
            self.entered = Some((doc, moment));
            let beats_equals = Some(least.doc) <= self.later;
            self.threshold = least.score + if beats_equals { ABOVE_EQUALS } else { BELOW_EQUALS };
        }
        self.threshold
    }

    /// Offers an article where scores do not count.
    fn offer_by_day(&mut self, doc: DocId, moment: u64) {
        let Self { best, ties, .. } = self;
        let candidate = Candidate { score: 0.0, doc, moment };
        best.offer_by(candidate, |left, right| ties.is_worse(left, right));
    }
}

/// From a score to above or below all that rounding makes equal to it.
const ABOVE_EQUALS: Score = 0.25 * SCORE_STEP;
const BELOW_EQUALS: Score = -0.75 * SCORE_STEP;

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
        let columns = self.columns;
        let ties = Ties {
            sort: self.sort,
            order: columns.u64(reader, self.fields.order)?,
            id: columns.u64(reader, self.fields.id)?,
        };
        let (best, threshold, later, entered) = (Best::new(self.limit), Score::MIN, None, None);
        Ok(Kept { best, ties, recency, segment, threshold, later, entered })
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
                    if lives(doc) { kept.offer(doc, score) } else { kept.threshold }
                })?;
            }
            Sort::Newest => {
                let mut scorer = weight.scorer(reader, 1.0)?;
                let mut doc = scorer.doc();
                while doc != TERMINATED {
                    let moment = kept.ties.moment(doc);
                    // Of the same moment one may enter, of those before it none.
                    if kept.best.least().is_some_and(|least| moment < least.moment) {
                        break;
                    }
                    if lives(doc) {
                        kept.offer_by_day(doc, moment);
                    }
                    doc = scorer.advance();
                }
            }
            Sort::Oldest => {
                weight.for_each_no_score(reader, &mut |docs| {
                    for doc in docs.iter().filter(|doc| lives(**doc)) {
                        kept.offer_by_day(*doc, kept.ties.moment(*doc));
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
        let Self { best, ties, segment, .. } = self;
        let found = best.into_vec().into_iter().map(|Candidate { score, doc, moment }| Found {
            score,
            moment,
            id: ties.id(doc),
            address: DocAddress::new(segment, doc),
            sort: ties.sort,
        });
        found.collect()
    }
}
