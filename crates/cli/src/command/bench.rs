//! `dateline bench`: the latency of real queries on an open index.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use dateline_article::Date;
use dateline_query::{Engine, LocalEngine, Mode, Request, Syntax, parse_as};
use hdrhistogram::Histogram;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::command::search::System;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Row, Rows};
use crate::terminal::clean;

/// Warm-up ends when a pass is not faster than the one before by this part, or after this many passes.
const SETTLED: f64 = 0.05;
const MOST_WARM_UP_PASSES: usize = 10;
/// Passes over the queries that are measured go on for this long at least.
const LEAST_SECONDS: f64 = 2.0;

/// Arguments of `bench`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "QUERIES holds one query a line: plain, or as JSON {\"query\": …, \"class\": …}. Lines that begin with # are passed over.

Times are in microseconds. Each query runs alone on its thread and counts once a pass; passes are repeated for two seconds or more after a
warm-up. Compare machines by ratios within one run, not by single figures.

Examples:
  dateline bench queries.jsonl                     whole hit pages, as a person sees them
  dateline bench queries.jsonl --mode plain        ids only, one field, as a plain engine does it
  dateline bench queries.jsonl --concurrency 2 --format json > today.json"
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
}

/// What a query includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Work {
    /// The whole page of hits, with snippets.
    Page,
    /// Ids by BM25 over one field.
    Plain,
}

impl Work {
    fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Plain => "plain",
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

/// A query ready to run.
struct Prepared {
    class: String,
    request: Request,
}

/// What was measured.
struct Measured {
    classes: BTreeMap<String, Class>,
    queries_per_second: f64,
}

struct Class {
    queries: u64,
    /// Microseconds.
    times: Histogram<u64>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let mode = arguments.mode.unwrap_or(Work::Page);
    let syntax = arguments.syntax.map(System::syntax).unwrap_or_default();
    let text = std::fs::read_to_string(&arguments.queries)
        .with_context(|| format!("{}: cannot be read", arguments.queries.display()))?;
    let queries = prepare(&text, mode, around.environment.today, syntax)
        .with_context(|| arguments.queries.display().to_string())?;
    let engine = LocalEngine::open(&around.index)?;
    for number in 0..MOST_WARM_UP_PASSES {
        let (first, second) = (pass(&engine, &queries)?, pass(&engine, &queries)?);
        if number > 0 && second.as_secs_f64() > first.as_secs_f64() * (1.0 - SETTLED) {
            break;
        }
    }
    let measured = measure(&engine, &queries, arguments.concurrency.unwrap_or(NonZeroUsize::MIN))?;
    match around.format {
        Format::Json => Rows::new(Format::Json, around.out).print(&row(&measured, mode))?,
        Format::Csv => {
            let mut rows = Rows::new(Format::Csv, around.out);
            measured
                .classes
                .iter()
                .try_for_each(|(name, class)| rows.print(&class_row(name, class)))?;
        }
        Format::Text => around.out.write_all(table(&measured, mode).as_bytes())?,
    }
    Ok(Ending::Found)
}

fn prepare(text: &str, mode: Work, today: Date, syntax: Syntax) -> anyhow::Result<Vec<Prepared>> {
    let mut queries = Vec::new();
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
        request.mode = if mode == Work::Page { Mode::Page } else { Mode::Plain };
        if mode == Work::Plain {
            request.copies = dateline_query::CopyMode::All;
        }
        queries.push(Prepared { class: line.class.unwrap_or_else(|| "all".to_owned()), request });
    }
    ensure!(!queries.is_empty(), "holds no query");
    Ok(queries)
}

/// Runs every query once.
fn pass(engine: &LocalEngine, queries: &[Prepared]) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    for query in queries {
        engine.search(&query.request)?;
    }
    Ok(begun.elapsed())
}

/// Whole passes over the queries until enough time has gone by, on as many threads as asked for.
fn measure(
    engine: &LocalEngine,
    queries: &[Prepared],
    concurrency: NonZeroUsize,
) -> anyhow::Result<Measured> {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    let work = || -> anyhow::Result<BTreeMap<String, Class>> {
        let mut classes = BTreeMap::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let at = number % queries.len();
            // A pass that was begun is finished, so that every query counts the same.
            if at == 0 && number > 0 && begun.elapsed().as_secs_f64() >= LEAST_SECONDS {
                next.store(usize::MAX / 2, Ordering::Relaxed);
            }
            let Some(query) =
                queries.get(at).filter(|_| next.load(Ordering::Relaxed) < usize::MAX / 2)
            else {
                return Ok(classes);
            };
            let started = Instant::now();
            engine.search(&query.request)?;
            let microseconds = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
            if !classes.contains_key(&query.class) {
                classes
                    .insert(query.class.clone(), Class { queries: 0, times: Histogram::new(3)? });
            }
            if let Some(class) = classes.get_mut(&query.class) {
                class.times.record(microseconds.max(1))?;
            }
        }
    };
    let mut classes: BTreeMap<String, Class> = BTreeMap::new();
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let threads: Vec<_> = (0..concurrency.get()).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let found = thread.join().map_err(|_| anyhow::anyhow!("a query failed"))??;
            for (name, class) in found {
                match classes.get_mut(&name) {
                    Some(known) => known.times.add(&class.times)?,
                    None => {
                        classes.insert(name, class);
                    }
                }
            }
        }
        Ok(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    for query in queries {
        if let Some(class) = classes.get_mut(&query.class) {
            class.queries += 1;
        }
    }
    let runs: u64 = classes.values().map(|class| class.times.len()).sum();
    Ok(Measured { classes, queries_per_second: (runs as f64 / seconds * 10.0).round() / 10.0 })
}

fn row(measured: &Measured, mode: Work) -> Row {
    let classes = measured.classes.iter().map(|(name, class)| {
        let values = class_row(name, class).0.into_iter().skip(1);
        (name.clone(), Value::Object(values.map(|(key, value)| (key.to_owned(), value)).collect()))
    });
    Row::default()
        .with("classes", classes.collect::<Map<_, _>>())
        .with("queries_per_second", measured.queries_per_second)
        .with("mode", mode.as_str())
}

fn class_row(name: &str, class: &Class) -> Row {
    let at = |part| json!(class.times.value_at_quantile(part));
    Row::default()
        .with("class", name)
        .with("queries", class.queries)
        .with("p50", at(0.5))
        .with("p90", at(0.9))
        .with("p99", at(0.99))
        .with("max", json!(class.times.max()))
}

fn table(measured: &Measured, mode: Work) -> String {
    let mut out = format!(
        "{:<20} {:>8} {:>8} {:>8} {:>8} {:>8}  µs\n",
        "class", "queries", "p50", "p90", "p99", "max"
    );
    for (name, class) in &measured.classes {
        let at = |part| class.times.value_at_quantile(part);
        let _ = writeln!(
            out,
            "{:<20} {:>8} {:>8} {:>8} {:>8} {:>8}",
            clean(name),
            class.queries,
            at(0.5),
            at(0.9),
            at(0.99),
            class.times.max()
        );
    }
    out + &format!("{} queries/s, mode {}\n", measured.queries_per_second, mode.as_str())
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
        let classes: Vec<_> =
            queries.iter().map(|query| (query.class.as_str(), query.request.mode)).collect();
        assert_eq!(classes, [("all", Mode::Plain), ("phrase", Mode::Plain)]);
        let fault = |text: &str| {
            format!("{:#}", prepare(text, Work::Page, today, Syntax::Dateline).err().unwrap())
        };
        assert_eq!(fault("nato\n\"open\nx"), "line 2: the quote opened at column 1 is not closed");
        assert!(fault("{\"q\": 1}").starts_with("line 1: "));
        assert_eq!(fault("\n# nothing\n"), "holds no query");
    }
}
