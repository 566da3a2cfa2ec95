//! The measured figures as tables of the page and as values of the record.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::corpus::Corpus;
use super::latency::Latencies;
use super::{Arguments, Measured, limits};
use crate::quality::Table;

/// Classes of queries, in the order of the columns.
pub(super) const CLASSES: [&str; 9] =
    ["term_common", "term_rare", "and", "or", "phrase", "date", "field", "prefix", "fuzzy"];
const SHARES: [(f64, &str); 3] = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")];

/// The section of the page.
pub(super) fn section(measured: &Measured, corpus: &Corpus, arguments: &Arguments) -> String {
    let mut text = format!(
        "`cargo xtask bench --peers --corpus FILE --queries FILE --folder DIR`: {} articles, {:.0} MB of JSON lines; {} rounds of queries and starts and {} of indexing, each\n\
         system once a round in a short turn. Of each query the median over the rounds counts, percentiles are over the queries of a class. All ask for the ten best and run on one thread, dateline for\n\
         their ids, the others for the numbers that they give them;\n\
         Lucene after twenty passes that warm its compiler. Each system's index is as it leaves it. In its\n\
         plain mode dateline searches words as written, as tantivy and Lucene do here; in its other modes stems, whose lists are longer, as `tantivy, same fields` does.\n",
        corpus.count,
        corpus.bytes as f64 / 1e6,
        arguments.rounds,
        measured.indexing.values().map(Vec::len).max().unwrap_or_default()
    );
    if arguments.index_rounds == 0 {
        text += "What indexing cost was measured by an earlier call of the command, which made the same indexes.\n";
    }
    for missing in &measured.missing {
        // A `String` takes all.
        let _ = writeln!(text, "Not measured: {missing}.");
    }
    let mut limits = Table::new(&["what", "against", "must", "aim", "reached"]);
    for row in limits::rows(measured) {
        let figure = |value: f64| match row.unit {
            "×" if value < 0.2 => format!("1/{:.0}", 1.0 / value),
            "×" => format!("{value:.2} ×"),
            unit if value >= 100.0 => format!("{value:.0} {unit}"),
            unit => format!("{value:.1} {unit}"),
        };
        let reached = row.reached.map_or_else(
            || "–".to_owned(),
            |reached| {
                let mark = if reached > row.must { "**" } else { "" };
                format!("{mark}{}{mark}", figure(reached))
            },
        );
        limits.row(vec![
            row.what,
            row.against.to_owned(),
            figure(row.must),
            figure(row.aim),
            reached,
        ]);
    }
    let _ = write!(text, "\nWhat is to be reached; in bold what is not.\n\n{limits}");
    let _ = write!(text, "\n### Indexing\n\n{}", indexing(measured, corpus));
    for (share, name) in SHARES {
        let _ = write!(text, "\n### Queries, {name}, µs\n\n{}", queries(measured, share));
    }
    let _ = write!(text, "\n### From the start of a process to its hits\n\n{}", starts(measured));
    if let Some((ours, theirs)) = measured.unchanged {
        let _ = write!(
            text,
            "\nA run over {} files that did not change takes {ours:.2} s, `find -type f -printf` over them {theirs:.2} s.\n",
            corpus.count
        );
    }
    text
}

fn indexing(measured: &Measured, corpus: &Corpus) -> Table {
    let mut table = Table::new(&[
        "system",
        "processor s",
        "MB a processor s",
        "wall s",
        "most memory, MB",
        "index, MB",
        "by input",
    ]);
    for (name, size) in &measured.sizes {
        let figure = |figure: &dyn Fn(&crate::cost::Cost) -> f64, digits: usize| {
            let value = limits::of(measured, name, figure);
            value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
        };
        let megabytes = corpus.bytes as f64 / 1e6;
        table.row(vec![
            (*name).to_owned(),
            figure(&|cost| cost.processor_seconds, 1),
            figure(&|cost| megabytes / cost.processor_seconds, 1),
            figure(&|cost| cost.wall.as_secs_f64(), 1),
            figure(&|cost| cost.peak_bytes as f64 / 1e6, 0),
            format!("{:.0}", *size as f64 / 1e6),
            format!("{:.2}", *size as f64 / corpus.bytes as f64),
        ]);
    }
    table
}

fn queries(measured: &Measured, share: f64) -> Table {
    let mut table = Table::new(&[&["system"][..], &CLASSES].concat());
    for (name, latencies) in &measured.latencies {
        let cells = CLASSES.iter().map(|class| figure(latencies, class, share));
        table.row(std::iter::once((*name).to_owned()).chain(cells).collect());
    }
    table
}

fn figure(latencies: &Latencies, class: &str, share: f64) -> String {
    latencies.at(Some(class), share).map_or_else(|| "–".to_owned(), |time| format!("{time:.0}"))
}

fn starts(measured: &Measured) -> Table {
    let mut table = Table::new(&["system", "words", "warm, ms", "evicted, ms", "bytes read, MB"]);
    for row in &measured.starts {
        let optional = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
        };
        table.row(vec![
            row.name.to_owned(),
            row.words.to_owned(),
            format!("{:.1}", row.warm),
            optional(row.evicted),
            optional(row.bytes.map(|bytes| bytes / 1e6)),
        ]);
    }
    table
}

/// All figures, for the record.
pub(super) fn values(measured: &Measured, corpus: &Corpus) -> Value {
    let indexing: Map<String, Value> = measured
        .indexing
        .iter()
        .map(|(name, costs)| {
            let rounds = costs.iter().map(|cost| {
                json!({
                    "processor_seconds": cost.processor_seconds, "wall_seconds": cost.wall.as_secs_f64(), "peak_bytes": cost.peak_bytes,
                })
            });
            ((*name).to_owned(), rounds.collect())
        })
        .collect();
    let queries: Map<String, Value> = measured
        .latencies
        .iter()
        .map(|(name, latencies)| {
            let classes = CLASSES.iter().filter_map(|class| {
                let at = |share| latencies.at(Some(class), share);
                let (p50, p90, p99) = (at(0.5)?, at(0.9)?, at(0.99)?);
                Some(((*class).to_owned(), json!({"p50": p50, "p90": p90, "p99": p99})))
            });
            ((*name).to_owned(), Value::Object(classes.collect()))
        })
        .collect();
    let starts = measured.starts.iter().map(|row| {
        json!({
            "system": row.name, "words": row.words, "warm_ms": row.warm, "evicted_ms": row.evicted, "bytes_read": row.bytes,
        })
    });
    let limits = limits::rows(measured).into_iter().map(|row| {
        json!({
            "what": row.what, "against": row.against, "must": row.must, "aim": row.aim, "reached": row.reached, "unit": row.unit,
        })
    });
    json!({
        "articles": corpus.count, "bytes": corpus.bytes, "indexing": indexing, "index_bytes": measured.sizes, "queries_us": queries,
        "starts": starts.collect::<Vec<_>>(), "unchanged_seconds": measured.unchanged, "limits": limits.collect::<Vec<_>>(),
        "not_measured": measured.missing,
    })
}
