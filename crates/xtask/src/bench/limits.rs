//! What is to be reached, from the measured figures: a row a limit, whether or not it is met.

use super::Measured;
use super::latency::median;

/// A figure beside what it has to be and what it should be.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) against: &'static str,
    pub(super) must: f64,
    pub(super) aim: f64,
    /// None where something that it needs was not measured.
    pub(super) reached: Option<f64>,
    pub(super) unit: &'static str,
}

const CLASSES: [&str; 6] = ["term_common", "term_rare", "and", "or", "phrase", "field"];
const TANTIVY: &str = "tantivy";
const LUCENE: &str = "Lucene";

/// All rows that one run over one corpus can tell.
pub(super) fn rows(measured: &Measured) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |what: &str, against, must, aim, reached, unit| {
        rows.push(Row { what: what.to_owned(), against, must, aim, reached, unit });
    };
    let processor = |name: &str| of(measured, name, &|cost| cost.processor_seconds);
    let wall = |name: &str| of(measured, name, &|cost| cost.wall.as_secs_f64());
    row(
        "indexing, everything on, processor time",
        "Lucene, title and text",
        5.0,
        2.5,
        ratio(processor("dateline"), processor("Lucene, title and text")),
        "×",
    );
    row(
        "indexing, nothing extracted, processor time",
        "tantivy, same fields",
        1.1,
        0.9,
        ratio(processor("dateline, nothing extracted"), processor("tantivy, same fields")),
        "×",
    );
    row(
        "indexing on all processors, wall",
        "one thread",
        0.6,
        0.53,
        ratio(wall("dateline"), wall("dateline, one thread")),
        "×",
    );
    let peak = of(measured, "dateline", &|cost| cost.peak_bytes as f64 / 1e6);
    row("most memory while indexing", "–", 600.0, 350.0, peak, "MB");
    for (mode, must, aim) in
        [("dateline --mode plain", 1.15, 0.9), ("dateline --mode ids", 3.0, 1.5)]
    {
        for class in CLASSES {
            for (share, name) in [(0.5, "p50"), (0.99, "p99")] {
                let reached =
                    ratio(at(measured, mode, class, share), at(measured, TANTIVY, class, share));
                row(&format!("{class}, {name}, {mode}"), TANTIVY, must, aim, reached, "×");
            }
        }
    }
    for (class, must, aim) in [("date", 0.5, 0.2), ("prefix", 1.0, 0.3)] {
        let mode = "dateline --mode plain";
        let reached = ratio(at(measured, mode, class, 0.5), at(measured, LUCENE, class, 0.5));
        row(&format!("{class}, p50, {mode}"), LUCENE, must, aim, reached, "×");
    }
    let page = measured.latencies.get("dateline, whole page");
    let page = page.and_then(|times| times.at(None, 0.5)).map(|micros| micros / 1e3);
    row("whole page of hits, p50", "–", 3.0, 1.0, page, "ms");
    for words in words(measured) {
        let warm = |name: &str| start(measured, name, words).map(|row| row.warm);
        row(
            &format!("start to hits, in the page cache: {words}"),
            "rg -c -w -i",
            1.0 / 12.0,
            1.0 / 40.0,
            ratio(warm("dateline, whole page"), warm("ripgrep")),
            "×",
        );
        let ours = start(measured, "dateline, whole page", words);
        let evicted = ours.and_then(|row| row.evicted);
        row(&format!("start to hits, evicted: {words}"), "–", 30.0, 12.0, evicted, "ms");
        let read = ours.and_then(|row| row.bytes).map(|bytes| bytes / 1e6);
        row(&format!("bytes read, evicted: {words}"), "–", 10.0, 1.0, read, "MB");
    }
    let unchanged = measured.unchanged.map(|(ours, theirs)| ours / theirs);
    row("unchanged files, a run over them", "find -printf", 3.0, 1.5, unchanged, "×");
    rows
}

/// The words that starts were timed with, each once.
pub(super) fn words(measured: &Measured) -> Vec<&'static str> {
    let mut words: Vec<&str> = measured.starts.iter().map(|row| row.words).collect();
    words.dedup();
    words
}

fn start<'a>(measured: &'a Measured, name: &str, words: &str) -> Option<&'a super::start::Row> {
    measured.starts.iter().find(|row| row.name == name && row.words == words)
}

/// The median over the rounds of what indexing cost.
pub(super) fn of(
    measured: &Measured,
    name: &str,
    figure: &dyn Fn(&crate::cost::Cost) -> f64,
) -> Option<f64> {
    let costs = measured.indexing.get(name)?;
    Some(median(&costs.iter().map(figure).collect::<Vec<_>>()))
}

fn at(measured: &Measured, name: &str, class: &str, share: f64) -> Option<f64> {
    measured.latencies.get(name)?.at(Some(class), share)
}

fn ratio(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    Some(one? / other?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_is_not_reached_nor_missed() {
        let rows = rows(&Measured { unchanged: Some((3.0, 2.0)), ..Measured::default() });
        let reached: Vec<_> = rows.iter().filter_map(|row| row.reached).collect();
        assert_eq!(reached, [1.5]);
        assert!(rows.iter().all(|row| row.aim < row.must));
    }
}
