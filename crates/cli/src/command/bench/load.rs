//! Runs queries under load and keeps their times.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dateline_query::{Engine, LocalEngine, Request};
use hdrhistogram::Histogram;

/// Digits that are kept of a class's times, and of a single query's.
const CLASS_DIGITS: u8 = 3;
const QUERY_DIGITS: u8 = 2;

/// Before a query is due its thread stops sleeping this long, since a sleep ends late.
const WAKE: Duration = Duration::from_micros(100);

/// A query ready to run.
pub(super) struct Query {
    /// Number of its class.
    pub(super) class: usize,
    pub(super) request: Request,
}

/// When queries come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pace {
    /// The next when one is done (closed loop).
    Closed,
    /// So many a second, done or not with the last (open loop). A time counts from when the query was due, so waiting is part of it.
    Open(f64),
}

/// How much is run.
pub(super) struct Plan {
    /// Queries at the same time.
    pub(super) concurrency: NonZeroUsize,
    pub(super) rounds: usize,
    /// Of all rounds together.
    pub(super) duration: Duration,
    pub(super) pace: Pace,
    /// Whether each query's times are kept.
    pub(super) each: bool,
}

/// What was measured, in nanoseconds.
pub(super) struct Measured {
    /// Of each round the times by class.
    pub(super) rounds: Vec<Vec<Histogram<u64>>>,
    /// The times of each query; empty where they are not kept.
    pub(super) each: Vec<Histogram<u64>>,
    /// Seconds from the first query's start to the last one's end, of all rounds.
    pub(super) seconds: f64,
}

/// The times that one thread, or all, have measured in a round.
struct Times {
    classes: Vec<Histogram<u64>>,
    each: Vec<Histogram<u64>>,
}

impl Times {
    fn new(classes: usize, queries: usize) -> anyhow::Result<Self> {
        let empty = |number: usize, digits: u8| {
            (0..number).map(|_| Histogram::new(digits)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { classes: empty(classes, CLASS_DIGITS)?, each: empty(queries, QUERY_DIGITS)? })
    }

    fn record(&mut self, number: usize, class: usize, time: Duration) -> anyhow::Result<()> {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX).max(1);
        if let Some(times) = self.classes.get_mut(class) {
            times.record(nanoseconds)?;
        }
        if let Some(times) = self.each.get_mut(number) {
            times.record(nanoseconds)?;
        }
        Ok(())
    }

    fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        let classes = self.classes.iter_mut().zip(&other.classes);
        for (mine, others) in classes.chain(self.each.iter_mut().zip(&other.each)) {
            mine.add(others)?;
        }
        Ok(())
    }
}

/// Runs `queries`, whose classes are numbered below `classes`, as planned.
pub(super) fn measure(
    engine: &LocalEngine,
    queries: &[Query],
    classes: usize,
    plan: &Plan,
) -> anyhow::Result<Measured> {
    let kept = if plan.each { queries.len() } else { 0 };
    let mut measured = Measured { rounds: Vec::new(), each: Vec::new(), seconds: 0.0 };
    let mut all = Times::new(classes, kept)?;
    let length = plan.duration.div_f64(plan.rounds as f64);
    for _ in 0..plan.rounds {
        let begun = Instant::now();
        let round = Round {
            engine,
            queries,
            pace: plan.pace,
            length,
            begun,
            next: AtomicUsize::new(0),
            end: AtomicUsize::new(usize::MAX),
        };
        let mut times = Times::new(classes, kept)?;
        std::thread::scope(|scope| -> anyhow::Result<()> {
            let work = || round.work(Times::new(classes, kept)?);
            let threads: Vec<_> = (0..plan.concurrency.get()).map(|_| scope.spawn(work)).collect();
            for thread in threads {
                times.add(&thread.join().map_err(|_| anyhow::anyhow!("a query failed"))??)?;
            }
            Ok(())
        })?;
        measured.seconds += begun.elapsed().as_secs_f64();
        all.add(&times)?;
        measured.rounds.push(times.classes);
    }
    measured.each = all.each;
    Ok(measured)
}

/// One round, shared by its threads.
struct Round<'run> {
    engine: &'run LocalEngine,
    queries: &'run [Query],
    pace: Pace,
    length: Duration,
    begun: Instant,
    /// Number of the next query, counted over all passes.
    next: AtomicUsize,
    /// Number of the first query that is not run any more.
    end: AtomicUsize,
}

impl Round<'_> {
    fn work(&self, mut times: Times) -> anyhow::Result<Times> {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let at = number % self.queries.len();
            let from = match self.pace {
                Pace::Closed => {
                    // A pass that was begun is finished, so that every query counts the same.
                    if at == 0 && number > 0 && self.begun.elapsed() >= self.length {
                        self.end.fetch_min(number, Ordering::Relaxed);
                    }
                    Instant::now()
                }
                Pace::Open(rate) => {
                    let due = Duration::try_from_secs_f64(number as f64 / rate)?;
                    // Who cannot keep up would never end: what is still due after twice the time is not run.
                    if due >= self.length || self.begun.elapsed() >= self.length * 2 {
                        return Ok(times);
                    }
                    self.wait_until(due);
                    self.begun + due
                }
            };
            let Some(query) =
                self.queries.get(at).filter(|_| number < self.end.load(Ordering::Relaxed))
            else {
                return Ok(times);
            };
            self.engine.search(&query.request)?;
            times.record(at, query.class, from.elapsed())?;
        }
    }

    fn wait_until(&self, due: Duration) {
        loop {
            let left = due.saturating_sub(self.begun.elapsed());
            if left.is_zero() {
                return;
            }
            match left.checked_sub(WAKE) {
                Some(long) => std::thread::sleep(long),
                None => std::thread::yield_now(),
            }
        }
    }
}
