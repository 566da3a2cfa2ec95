//! `cargo xtask scale`: what indexing and searching cost as a corpus grows.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::engine::Engine;
use super::latency::{Latencies, median};
use super::tables::CLASSES;
use super::{Given, empty, record, start, write_page};
use crate::built::{self, Profile};
use crate::cost::{self, Cost};
use crate::quality::Table;

/// The section of the page.
pub(super) const HEADING: &str = "How it grows";

/// The word whose search is timed from the start of the process, and how often.
const WORD: &str = "government";
const STARTS: usize = 9;

/// What `cargo xtask scale` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    given: Given,
    /// How many of the articles are indexed, a row each.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    articles: Vec<u64>,
    /// Leave the page and the record as they are.
    #[arg(long)]
    print: bool,
}

/// What a corpus of one size costs.
struct Row {
    articles: u64,
    bytes: u64,
    cost: Cost,
    index: u64,
    start: f64,
    ids: Latencies,
    page: Latencies,
}

/// Measures, prints, and writes page and record.
///
/// # Errors
/// The corpus is too small or cannot be read, the disk is full, or dateline does not build or fails.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let dateline = built::dateline(Profile::Release)?;
    let mut rows = Vec::new();
    for articles in &arguments.articles {
        let row = measure(arguments, &dateline, *articles)?;
        writeln!(
            out,
            "{articles} articles: {:.1} s, {} MB at most, index of {} MB",
            row.cost.wall.as_secs_f64(),
            row.cost.peak_bytes / 1_000_000,
            row.index / 1_000_000
        )?;
        out.flush()?;
        rows.push(row);
    }
    let section = section(&rows);
    writeln!(out, "\n{section}")?;
    if !arguments.print {
        record::write("scale", &values(&rows))?;
        write_page(HEADING, &section)?;
    }
    Ok(())
}

fn measure(arguments: &Arguments, dateline: &Path, articles: u64) -> anyhow::Result<Row> {
    let folder = &arguments.given.folder;
    let corpus = folder.join("articles");
    empty(&corpus)?;
    fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    let bytes = first(&arguments.given.corpus, &corpus.join("articles.jsonl"), articles)?;
    let engines = Engine::all(dateline, folder);
    let engine = |name: &str| {
        engines.iter().find(|engine| engine.name == name).context("an engine that is not known")
    };
    let whole = engine("dateline")?;
    let index = whole.index.as_deref().context("an engine without an index")?;
    empty(index)?;
    let cost = cost::of(&mut whole.index_command(&corpus, index))?;
    empty(&corpus)?;
    let latencies = |name| -> anyhow::Result<Latencies> {
        let mut latencies = Latencies::default();
        latencies.add(engine(name)?.bench(&arguments.given.queries)?);
        Ok(latencies)
    };
    let (ids, page) = (latencies("dateline --mode ids")?, latencies("dateline, whole page")?);
    let searched = engine("dateline, whole page")?;
    let mut times = Vec::new();
    for _ in 0..=STARTS {
        times.push(start::timed(&mut start::search(searched, WORD)?)?);
    }
    // The first fills the page cache.
    let start = median(times.get(1..).unwrap_or_default());
    let size = cost::size(index)?;
    empty(index)?;
    Ok(Row { articles, bytes, cost, index: size, start, ids, page })
}

/// Copies so many lines of a file; their bytes.
fn first(from: &Path, to: &Path, lines: u64) -> anyhow::Result<u64> {
    let wrong = |path: &Path| format!("{}", path.display());
    let mut source = BufReader::new(File::open(from).with_context(|| wrong(from))?);
    let mut out = BufWriter::new(File::create(to).with_context(|| wrong(to))?);
    let (mut line, mut bytes) = (Vec::new(), 0);
    for number in 0..lines {
        line.clear();
        let length = source.read_until(b'\n', &mut line).with_context(|| wrong(from))?;
        ensure!(length > 0, "{} has only {number} articles", from.display());
        out.write_all(&line).with_context(|| wrong(to))?;
        bytes += length as u64;
    }
    out.flush().with_context(|| wrong(to))?;
    Ok(bytes)
}

fn section(rows: &[Row]) -> String {
    let mut text = "`cargo xtask scale --corpus FILE --queries FILE --folder DIR`: the first articles of one generated file, everything extracted, all processors, the \
                    default `--memory`.\nThe same queries of all; p50 of a class, one at a time. A start is a search for \
                    one frequent word with its page of ten hits, the index in the page cache.\n\n"
        .to_owned();
    let mut costs = Table::new(&[
        "articles",
        "input, MB",
        "seconds",
        "processor s",
        "most memory, MB",
        "index, MB",
        "by input",
        "start, ms",
    ]);
    for row in rows {
        costs.row(vec![
            row.articles.to_string(),
            format!("{:.0}", row.bytes as f64 / 1e6),
            format!("{:.0}", row.cost.wall.as_secs_f64()),
            format!("{:.0}", row.cost.processor_seconds),
            format!("{}", row.cost.peak_bytes / 1_000_000),
            format!("{}", row.index / 1_000_000),
            format!("{:.2}", row.index as f64 / row.bytes as f64),
            format!("{:.1}", row.start),
        ]);
    }
    let _ = write!(text, "{costs}");
    let of = |latencies: &Latencies, class: &str| {
        latencies.at(Some(class), 0.5).map_or_else(|| "–".to_owned(), |time| format!("{time:.0}"))
    };
    for (name, page) in [("Ten ids", false), ("A page of ten hits", true)] {
        let _ = write!(text, "\n### {name} as the corpus grows, p50, µs\n\n");
        let mut table = Table::new(&[&["articles"], CLASSES.as_slice()].concat());
        for row in rows {
            let latencies = if page { &row.page } else { &row.ids };
            let times = CLASSES.iter().map(|class| of(latencies, class));
            table.row([row.articles.to_string()].into_iter().chain(times).collect());
        }
        let _ = write!(text, "{table}");
    }
    text
}

fn values(rows: &[Row]) -> Value {
    let of = |row: &Row| {
        let times = |latencies: &Latencies| -> Value {
            CLASSES
                .iter()
                .map(|class| {
                    let at = |share| latencies.at(Some(class), share);
                    ((*class).to_owned(), json!({ "p50": at(0.5), "p99": at(0.99) }))
                })
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        json!({
            "articles": row.articles, "bytes": row.bytes, "index_bytes": row.index, "cost": row.cost, "start_ms": row.start,
            "ids_us": times(&row.ids), "page_us": times(&row.page),
        })
    };
    rows.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_of_a_corpus_are_copied_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}").unwrap();
        let check = |lines, expected: &str| {
            assert_eq!(first(&from, &to, lines).unwrap(), expected.len() as u64);
            assert_eq!(fs::read_to_string(&to).unwrap(), expected);
        };
        check(2, "{\"id\": 1}\n{\"id\": 2}\n");
        check(3, "{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}");
        assert!(first(&from, &to, 4).unwrap_err().to_string().contains("has only 3 articles"));
    }
}
