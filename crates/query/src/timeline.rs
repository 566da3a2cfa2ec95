//! Timelines: how many of the articles that match fall into each day, week, month, quarter or year; exact, over all of them.
//!
//! By when they appeared, an article falls into the period that has every day on which it may have appeared (as `published:` finds it); by the days
//! they speak of, into every period that one of its intervals overlaps (as `mentioned:` finds it). A cluster of copies counts once a period.

mod overlaps;
mod peaks;
mod title_words;

use std::collections::BTreeMap;

use dateline_article::{ArticleId, Date, days_since_epoch, from_days};
use rustc_hash::FxHashSet;
use tantivy::columnar::{Cardinality, Column};
use tantivy::{DocId, Searcher, SegmentReader};

use self::overlaps::Overlaps;
pub use self::peaks::{MOST_PEAKS, Peak};
use crate::day_counts::{DayCounts, Interval};
use crate::engine::{Error, Request};
use crate::local::LocalEngine;
use crate::note::Note;
use crate::period::Unit;

const SECONDS_PER_DAY: i64 = 86_400;

/// Which days of an article count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// When it appeared.
    #[default]
    Published,
    /// The days it speaks of.
    Mentioned,
}

/// Which part of the calendar is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// All of it.
    #[default]
    Whole,
    /// Where all but the first and the last hundredth of the mentioned days are; all of it for days of publication.
    Central,
    /// These days, both in; open where there is none.
    Days {
        /// The first.
        first: Option<Date>,
        /// The last.
        last: Option<Date>,
    },
}

/// What is to be counted.
#[derive(Clone, Debug)]
pub struct TimelineRequest {
    /// The articles, a row of counts for each request: query, filters and what becomes of copies count; never relaxed.
    pub of: Vec<Request>,
    /// Those that they are to be held against, period by period.
    pub base: Option<Request>,
    /// The days that count.
    pub days: Of,
    /// The part of the calendar that is looked at.
    pub window: Window,
    /// Length of a period; `None` for the shortest in which the whole takes at most `most_periods`.
    pub unit: Option<Unit>,
    /// Periods at most, where the unit is not given.
    pub most_periods: usize,
    /// Peaks of each row that are to be explained, at most [`MOST_PEAKS`].
    pub peaks: usize,
}

/// Periods at most, whatever is asked for: more would be of use to nobody.
const MOST_PERIODS: i64 = 100_000;

/// The counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Length of a period.
    pub unit: Unit,
    /// The days that were looked at, where some lay outside.
    pub window: Option<(Date, Date)>,
    /// A row for each request, in their order.
    pub rows: Vec<TimelineRow>,
    /// The row that they are held against.
    pub base: Option<TimelineRow>,
}

impl Timeline {
    /// The first and the last period that has an article in any row.
    pub fn span(&self) -> Option<(i32, i32)> {
        let first = self.rows.iter().filter_map(|row| row.counts.keys().next());
        let last = self.rows.iter().filter_map(|row| row.counts.keys().next_back());
        first.min().copied().zip(last.max().copied())
    }
}

/// The counts of one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineRow {
    /// Articles that match, copies as asked.
    pub articles: u64,
    /// Those that are in no period: without a day, with one that is not known so exactly, or outside the window.
    pub outside: u64,
    /// Articles by period (see [`Unit`]); those that are not there have none.
    pub counts: BTreeMap<i32, u64>,
    /// What is special in the periods that stand out, most articles first.
    pub peaks: Vec<Peak>,
    /// How the query was read and run.
    pub notes: Vec<Note>,
}

/// The days of the articles that match, before they are put into periods.
#[derive(Default)]
struct Days {
    /// Articles that stand by themselves and have one interval, by that.
    alike: DayCounts,
    /// Intervals of articles that stand by themselves and have several, one article after the other.
    several: Vec<Interval>,
    /// Where each of these articles ends among them.
    ends: Vec<usize>,
    /// The first and the last day of all.
    span: Option<Interval>,
    clustered: Vec<(ArticleId, Interval)>,
    clusters: FxHashSet<ArticleId>,
    single: u64,
    notes: Vec<Note>,
}

/// How intervals become periods.
struct Frame {
    unit: Unit,
    /// First and last day.
    window: Interval,
    of: Of,
    /// The period of each day of the window; none for a long one.
    table: Vec<i32>,
}

impl LocalEngine {
    /// Counts the articles that match by period.
    pub(crate) fn count_timeline(&self, request: &TimelineRequest) -> Result<Timeline, Error> {
        let searcher = self.searcher();
        let mut read = Vec::with_capacity(request.of.len());
        for of in &request.of {
            read.push(self.days(&searcher, of, request.days)?);
        }
        let span = hull(read.iter().filter_map(|days| days.span));
        let window = match request.window {
            Window::Central if request.days == Of::Mentioned => central(&read),
            Window::Whole | Window::Central => None,
            Window::Days { first, last } => Some((
                first.map_or(i32::MIN, days_since_epoch),
                last.map_or(i32::MAX, days_since_epoch),
            )),
        };
        let window = window.unwrap_or((i32::MIN, i32::MAX));
        let inside = span.map(|(first, last)| (first.max(window.0), last.min(window.1)));
        let inside = inside.filter(|(first, last)| first <= last);
        let unit = request.unit.unwrap_or_else(|| shortest(inside, request.most_periods));
        if let Some((first, last)) = inside
            && let Some(periods) = periods(unit, (first, last)).filter(|n| *n > MOST_PERIODS)
        {
            let day = |days| from_days(days).unwrap_or_default();
            return Err(Error::TooManyPeriods { periods, first: day(first), last: day(last) });
        }
        let frame = Frame::new(unit, inside.unwrap_or(window), request.days);
        let mut rows = Vec::with_capacity(read.len());
        for (days, of) in read.into_iter().zip(&request.of) {
            let mut row = days.row(&frame);
            if request.peaks > 0 {
                row.peaks = self.peaks(&searcher, of, &frame, &row.counts, request.peaks)?;
            }
            rows.push(row);
        }
        let base = request.base.as_ref();
        let base =
            base.map(|base| Ok::<_, Error>(self.days(&searcher, base, request.days)?.row(&frame)));
        let cut = inside.filter(|inside| Some(*inside) != span);
        let window = cut.and_then(|(first, last)| from_days(first).zip(from_days(last)));
        Ok(Timeline { unit, window, rows, base: base.transpose()? })
    }

    fn days(&self, searcher: &Searcher, request: &Request, of: Of) -> Result<Days, Error> {
        let mut days = Days::default();
        let Some(matching) = self.matching(searcher, request)? else { return Ok(days) };
        for segment in matching.segments() {
            let columns = DayColumns::open(self, segment.reader, of)?;
            segment.each(&mut |doc, cluster| days.take(columns.intervals(doc), cluster))?;
        }
        days.notes = matching.notes();
        Ok(days)
    }
}

/// The columns of the days that count.
struct DayColumns {
    first: Column<i64>,
    last: Column<i64>,
    /// Of what the first column counts in a day.
    per_day: i64,
}

impl DayColumns {
    fn open(engine: &LocalEngine, reader: &SegmentReader, of: Of) -> Result<Self, Error> {
        let fields = engine.fields();
        let (first, last, per_day) = match of {
            Of::Published => (fields.published, fields.published_last, SECONDS_PER_DAY),
            Of::Mentioned => (fields.mentioned_first, fields.mentioned_last, 1),
        };
        let column = |field| engine.columns().i64(reader, field);
        Ok(Self { first: column(first)?, last: column(last)?, per_day })
    }

    /// The intervals of an article.
    fn intervals(&self, doc: DocId) -> impl Iterator<Item = Interval> {
        // A day of publication is one; asking for a list costs as much again.
        let is_one = self.first.index.get_cardinality() != Cardinality::Multivalued;
        let one = is_one.then(|| self.first.first(doc).zip(self.last.first(doc))).flatten();
        // Both have as many values of an article, in one order.
        let rows = if is_one { 0..0 } else { self.first.index.value_row_ids(doc) };
        let list = rows.map(|row| (self.first.values.get_val(row), self.last.values.get_val(row)));
        one.into_iter().chain(list).filter_map(|(first, last)| {
            let first = i32::try_from(first.div_euclid(self.per_day)).ok()?;
            Some((first, i32::try_from(last).ok()?))
        })
    }
}

/// What has all the intervals in it.
fn hull(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    intervals.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// From where the first hundredth of the intervals has begun to where all but the last hundredth have ended.
fn central(read: &[Days]) -> Option<Interval> {
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for days in read {
        firsts.extend(days.ends_of(|(first, _)| first));
        lasts.extend(days.ends_of(|(_, last)| last));
    }
    let cut = firsts.len() / 100;
    if firsts.is_empty() {
        return None;
    }
    let first = *firsts.select_nth_unstable(cut).1;
    let from_end = lasts.len() - 1 - cut;
    Some((first, first.max(*lasts.select_nth_unstable(from_end).1)))
}

/// How many periods there are from the first to the last day.
fn periods(unit: Unit, (first, last): Interval) -> Option<i64> {
    Some(i64::from(unit.of(last)?) - i64::from(unit.of(first)?) + 1)
}

/// The shortest unit in which `span`, first and last day, takes at most so many periods.
fn shortest(span: Option<(i32, i32)>, most_periods: usize) -> Unit {
    let Some((first, last)) = span else { return Unit::Month };
    let fits = |unit: &Unit| {
        let periods = periods(*unit, (first, last));
        periods.is_some_and(|periods| usize::try_from(periods).is_ok_and(|n| n <= most_periods))
    };
    Unit::ALL.into_iter().find(fits).unwrap_or(Unit::Year)
}

impl Days {
    fn take(&mut self, intervals: impl Iterator<Item = Interval>, cluster: Option<ArticleId>) {
        if let Some(cluster) = cluster {
            self.clusters.insert(cluster);
            let before = self.clustered.len();
            self.clustered.extend(intervals.map(|days| (cluster, days)));
            let new = self.clustered.get(before..).unwrap_or_default();
            self.span = hull(self.span.into_iter().chain(new.iter().map(|(_, days)| *days)));
            return;
        }
        self.single += 1;
        let before = self.several.len();
        self.several.extend(intervals);
        let new = self.several.get(before..).unwrap_or_default();
        self.span = hull(self.span.into_iter().chain(new.iter().copied()));
        match new {
            [] => {}
            [one] => {
                self.alike.add(*one);
                self.several.pop();
            }
            _ => self.ends.push(self.several.len()),
        }
    }

    /// One end of all intervals, as often as there are articles that it is counted for.
    fn ends_of(&self, end: impl Fn(Interval) -> i32) -> impl Iterator<Item = i32> {
        let several =
            self.several.iter().copied().chain(self.clustered.iter().map(|(_, days)| *days));
        let alike = self.alike.iter().flat_map(|(days, articles)| {
            std::iter::repeat_n(days, usize::try_from(articles).unwrap_or(usize::MAX))
        });
        several.chain(alike).map(end)
    }

    /// Articles by period.
    fn row(mut self, frame: &Frame) -> TimelineRow {
        let articles = self.single + self.clusters.len() as u64;
        let mut overlaps = Overlaps::new(frame.span());
        let mut inside = 0;
        for (days, articles) in self.alike.iter() {
            if let Some(periods) = frame.periods(days) {
                overlaps.add(&mut vec![periods], articles);
                inside += articles;
            }
        }
        let mut intervals = Vec::new();
        let mut begin = 0;
        for end in self.ends {
            let article = self.several.get(begin..end).unwrap_or_default();
            intervals.extend(article.iter().filter_map(|days| frame.periods(*days)));
            inside += u64::from(overlaps.add(&mut intervals, 1));
            begin = end;
        }
        self.clustered.sort_unstable();
        for cluster in self.clustered.chunk_by(|(a, _), (b, _)| a == b) {
            intervals.extend(cluster.iter().filter_map(|(_, days)| frame.periods(*days)));
            inside += u64::from(overlaps.add(&mut intervals, 1));
        }
        TimelineRow {
            articles,
            outside: articles - inside,
            counts: overlaps.counts().collect(),
            peaks: Vec::new(),
            notes: self.notes,
        }
    }
}

impl Frame {
    /// Days in the longest window whose periods are looked up.
    const LONGEST: i64 = 400_000;

    fn new(unit: Unit, window: Interval, of: Of) -> Self {
        let (first, last) = window;
        let mut table = Vec::new();
        if unit != Unit::Day && i64::from(last) - i64::from(first) < Self::LONGEST {
            let mut day = first;
            while let Some(period) = unit.of(day).filter(|_| day <= last) {
                let next = period.checked_add(1).and_then(|next| unit.first_day(next));
                let next = next.unwrap_or(i32::MAX).min(last.saturating_add(1));
                table.extend(std::iter::repeat_n(period, usize::try_from(next - day).unwrap_or(0)));
                day = next;
            }
        }
        Self { unit, window, of, table }
    }

    /// The first and the last period of the window; one where it has no end.
    fn span(&self) -> (i32, i32) {
        self.unit.of(self.window.0).zip(self.unit.of(self.window.1)).unwrap_or_default()
    }

    /// The period that has a day.
    fn period(&self, day: i32) -> Option<i32> {
        let at = i64::from(day) - i64::from(self.window.0);
        let known = usize::try_from(at).ok().and_then(|at| self.table.get(at)).copied();
        match self.unit {
            Unit::Day => Some(day),
            unit => known.or_else(|| unit.of(day)),
        }
    }

    /// The first and the last period for which an interval counts.
    fn periods(&self, (first, last): Interval) -> Option<(i32, i32)> {
        let (from, to) = self.window;
        match self.of {
            Of::Published => {
                let period = self.period(first)?;
                let whole = from <= first && last <= to && self.period(last)? == period;
                whole.then_some((period, period))
            }
            Of::Mentioned => {
                let (first, last) = (first.max(from), last.min(to));
                if first > last {
                    return None;
                }
                self.period(first).zip(self.period(last))
            }
        }
    }
}
