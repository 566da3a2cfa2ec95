//! `dateline bench`: the latency of real queries on an open index.

mod compare;
mod load;
mod report;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use dateline_article::Date;
use dateline_query::{CopyMode, Engine, LocalEngine, Mode, Request, Syntax, parse_as};
use serde::Deserialize;

use crate::command::selection::System;
use crate::command::{Ending, Surroundings};
use compare::Earlier;
use load::{Pace, Plan, Query};
use report::Report;

/// Warm-up ends when a pass is not faster than the one before by this part, or after this many pairs of passes.
const SETTLED: f64 = 0.05;
const MOST_WARM_UP_PASSES: usize = 10;

/// Arguments of `bench`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "QUERIES holds one query a line: plain, or as JSON {\"query\": …, \"class\": …}. Lines that begin with # are passed over.

Times are in microseconds, from histograms of three digits; percentiles are of all runs of a class together, never averages of percentiles. After a
warm-up until passes stop getting faster, queries run in rounds. By default each thread runs one query after another, in whole passes, so that
every query counts the same; with --rate queries come at fixed moments, however busy the machine is, and a time counts from the moment at which
the query was due.

--against FILE takes what `--format json` printed before and tells each percentile's ratio, now to then, of the medians of the rounds, and whether
the rounds support a difference: an exact permutation test, p below .05. Compare on one machine, best in turn: times of two machines say little.

Examples:
  dateline bench queries.jsonl                     whole hit pages, as a person sees them
  dateline bench queries.jsonl --mode plain        ids only, one field, as a plain engine does it
  dateline bench queries.jsonl --concurrency 2 --duration 10 --format json > old.json
  dateline bench queries.jsonl --concurrency 2 --duration 10 --against old.json
  dateline bench queries.jsonl --rate 200 --concurrency 2    queries that come whether or not the last is done"
)]
pub(crate) struct Arguments {
    /// File of queries.
    #[arg(value_name = "QUERIES")]
    queries: PathBuf,
    /// What a query includes [default: page].
    #[arg(long, value_name = "MODE", value_enum)]
    mode: Option<Work>,
    /// Read the queries as another system does [default: dateline's own way].
    #[arg(long, value_name = "SYSTEM", value_enum)]
    syntax: Option<System>,
    /// Queries that run at the same time [default: 1].
    #[arg(long, value_name = "N")]
    concurrency: Option<NonZeroUsize>,
    /// Seconds that are measured, in all rounds together [default: 5].
    #[arg(long, value_name = "SECONDS", value_parser = positive)]
    duration: Option<f64>,
    /// Rounds [default: 5].
    #[arg(long, value_name = "N")]
    rounds: Option<NonZeroUsize>,
    /// Queries a second that come, done or not with the last [default: the next when one is done].
    #[arg(long, value_name = "QUERIES", value_parser = positive)]
    rate: Option<f64>,
    /// Tell each query's hits and times as well.
    #[arg(long)]
    each: bool,
    /// Compare with an earlier run: what `--format json` printed.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "must be a number above 0".to_owned())
}

/// What a query includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Work {
    /// The whole page of hits, with snippets.
    Page,
    /// Ids alone, ranked as on the page, copies folded.
    Ids,
    /// Ids by BM25 over one field of words as written.
    Plain,
}

impl Work {
    fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Ids => "ids",
            Self::Plain => "plain",
        }
    }

    fn ask(self, request: &mut Request) {
        request.mode = match self {
            Self::Page => Mode::Page,
            Self::Ids => Mode::Ids,
            Self::Plain => Mode::Plain,
        };
        if self == Self::Plain {
            request.copies = CopyMode::All;
        }
    }
}

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Line {
    query: String,
    #[serde(default)]
    class: Option<String>,
}

/// The queries of a file, and the names of their classes, in order.
#[derive(Default)]
struct Queries {
    all: Vec<Query>,
    classes: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let mode = arguments.mode.unwrap_or(Work::Page);
    let syntax = arguments.syntax.map(System::syntax).unwrap_or_default();
    let text = std::fs::read_to_string(&arguments.queries)
        .with_context(|| format!("{}: cannot be read", arguments.queries.display()))?;
    let queries = prepare(&text, mode, around.environment.today, syntax)
        .with_context(|| arguments.queries.display().to_string())?;
    let earlier = match &arguments.against {
        Some(file) => Some(Earlier::read(file, mode.as_str())?),
        None => None,
    };
    let engine = LocalEngine::open(&around.index)?;
    let hits = queries.all.iter().map(|query| engine.count(&query.request));
    let hits = hits.collect::<Result<Vec<u64>, _>>()?;
    warm_up(&engine, &queries.all)?;
    let plan = Plan {
        concurrency: arguments.concurrency.unwrap_or(NonZeroUsize::MIN),
        rounds: arguments.rounds.map_or(5, NonZeroUsize::get),
        duration: Duration::try_from_secs_f64(arguments.duration.unwrap_or(5.0))?,
        pace: arguments.rate.map_or(Pace::Closed, Pace::Open),
        each: arguments.each,
    };
    let measured = load::measure(&engine, &queries.all, queries.classes.len(), &plan)?;
    let report = Report::new(&queries, &hits, &measured, mode.as_str(), &plan, earlier.as_ref())?;
    if report.is_behind() {
        writeln!(
            around.notes,
            "note: fewer queries were done than came; their times are those of a machine that cannot keep up"
        )?;
    }
    report.print(around)?;
    Ok(Ending::Found)
}

fn prepare(text: &str, mode: Work, today: Date, syntax: Syntax) -> anyhow::Result<Queries> {
    let mut queries = Queries::default();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = if line.starts_with('{') {
            serde_json::from_str(line).with_context(|| format!("line {number}"))?
        } else {
            Line { query: line.to_owned(), class: None }
        };
        let mut request = Request::new(parse_as(&line.query, today, syntax));
        if let Some(fault) = request.query.faults.first() {
            anyhow::bail!("line {number}: {fault}");
        }
        mode.ask(&mut request);
        let name = line.class.unwrap_or_else(|| "all".to_owned());
        let known = queries.classes.iter().position(|class| *class == name);
        let class = known.unwrap_or_else(|| {
            queries.classes.push(name);
            queries.classes.len() - 1
        });
        queries.all.push(Query { class, request });
    }
    ensure!(!queries.all.is_empty(), "holds no query");
    Ok(queries)
}

fn warm_up(engine: &LocalEngine, queries: &[Query]) -> anyhow::Result<()> {
    for number in 0..MOST_WARM_UP_PASSES {
        let (first, second) = (pass(engine, queries)?, pass(engine, queries)?);
        if number > 0 && second.as_secs_f64() > first.as_secs_f64() * (1.0 - SETTLED) {
            break;
        }
    }
    Ok(())
}

/// Runs every query once.
fn pass(engine: &LocalEngine, queries: &[Query]) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    for query in queries {
        engine.search(&query.request)?;
    }
    Ok(begun.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_plain_and_json() {
        let today = Date::constant(2024, 3, 14);
        let queries = prepare(
            "# notes\n\nnato\n{\"query\": \"\\\"political will\\\"\", \"class\": \"phrase\"}\n",
            Work::Plain,
            today,
            Syntax::Lucene,
        )
        .unwrap();
        let modes: Vec<_> =
            queries.all.iter().map(|query| (query.class, query.request.mode)).collect();
        assert_eq!(modes, [(0, Mode::Plain), (1, Mode::Plain)]);
        assert_eq!(queries.classes, ["all", "phrase"]);
        let fault = |text: &str| {
            format!("{:#}", prepare(text, Work::Page, today, Syntax::Dateline).err().unwrap())
        };
        assert_eq!(fault("nato\n\"open\nx"), "line 2: the quote opened at column 1 is not closed");
        assert!(fault("{\"q\": 1}").starts_with("line 1: "));
        assert_eq!(fault("\n# nothing\n"), "holds no query");
    }
}
