//! Ranking on collections with judgments, beside what peers return for the same topics: `dateline eval` on each, and a paired randomisation test.
//!
//! Lucene's runs come with the collections; the engine beneath is run here without anything of ours (`crates/query/examples/plain_engine.rs`).

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

use super::gold::{bytes, lines};
use super::table::{Table, share};
use super::{Bench, Section};
use crate::built;
use crate::workspace::cargo;

/// The section.
pub(super) struct Retrieval;

/// What is measured, by the keys of `dateline eval`.
const MEASURES: [(&str, &str); 5] = [
    ("map", "MAP"),
    ("ndcg@10", "nDCG@10"),
    ("p@10", "P@10"),
    ("recall@100", "recall@100"),
    ("mrr", "MRR"),
];

/// A collection with topics and judgments.
struct Collection {
    name: &'static str,
    folder: &'static str,
    peer: Peer,
}

/// Who else ranked the topics.
enum Peer {
    /// A run below `reference-runs`.
    Lucene(&'static str),
    /// The engine beneath as it comes.
    Plain,
}

const COLLECTIONS: [Collection; 3] = [
    Collection {
        name: "TIME",
        folder: "time",
        peer: Peer::Lucene("time-lucene-en-k1.2-b0.75.run.gz"),
    },
    Collection {
        name: "Cranfield",
        folder: "cranfield",
        peer: Peer::Lucene("cranfield-lucene-en-k1.2-b0.75.run.gz"),
    },
    Collection { name: "Japanese Wikinews", folder: "ja-wikinews", peer: Peer::Plain },
];

impl Section for Retrieval {
    fn name(&self) -> &'static str {
        "retrieval"
    }

    fn heading(&self) -> &'static str {
        "Ranking"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let header = ["", "topics"].into_iter().chain(MEASURES.map(|(_, name)| name));
        let mut means = Table::new(&header.collect::<Vec<_>>());
        let mut tests = Table::new(&["", "measure", "difference", "better", "worse", "p"]);
        for collection in &COLLECTIONS {
            let [compared, expanded] = compare(bench, collection).context(collection.name)?;
            let peer = match collection.peer {
                Peer::Lucene(_) => "Lucene 9.9",
                Peer::Plain => "plain tantivy",
            };
            let topics = compared.topics.to_string();
            let row = |who: &str, run: &Compared, side: &str| {
                let mut cells = vec![format!("{}, {who}", collection.name), topics.clone()];
                cells.extend(MEASURES.iter().map(|(key, _)| share(run.of(key, side))));
                cells
            };
            means.row(row("dateline", &compared, "mean"));
            means.row(row("dateline `--expand`", &expanded, "mean"));
            means.row(row(peer, &compared, "against"));
            let against = format!("{}, {peer}", collection.name);
            let expansion = format!("{}, `--expand` against none", collection.name);
            for (what, run) in [(against, &compared), (expansion, &expanded)] {
                for (key, name) in MEASURES {
                    tests.row(vec![
                        what.clone(),
                        name.to_owned(),
                        format!("{:+.3}", run.of(key, "difference")),
                        run.of(key, "better").to_string(),
                        run.of(key, "worse").to_string(),
                        share(run.of(key, "p")),
                    ]);
                }
            }
        }
        Ok(format!(
            "News of 1963 (`time/`, corrected judgments), abstracts of aerodynamics (`cranfield/`, no news) and Japanese news with their titles as topics\n\
             (`ja-wikinews/`, one article right for each). Words are any-of; one set of weights. Lucene's runs (`reference-runs/`) have its\n\
             English analysis and BM25 with k1 = 1.2, b = 0.75; plain tantivy has its default analysis, which does not cut Japanese into words.\n\n{means}\n\
             `--expand` adds words of the ten best articles, as far as these agree. Against each peer, and with `--expand` against without: the mean difference, the topics that are better and worse, and the two-sided p of the paired randomisation test.\n\n{tests}"
        ))
    }
}

/// What `dateline eval --against` prints, a value a measure.
struct Compared {
    topics: u64,
    rows: Vec<Value>,
}

impl Compared {
    fn read(printed: &str) -> anyhow::Result<Self> {
        let read = |line| serde_json::from_str::<Value>(line).context("not JSON");
        let all: Vec<Value> = lines(printed).map(read).collect::<Result<_, _>>()?;
        let topics = all.iter().find_map(|row| row["queries"].as_u64()).context("no means")?;
        let rows: Vec<Value> = all.into_iter().filter(|row| row["measure"].is_string()).collect();
        for (key, _) in MEASURES {
            ensure!(rows.iter().any(|row| row["measure"] == key), "no measure {key}");
        }
        Ok(Self { topics, rows })
    }

    fn of(&self, measure: &str, figure: &str) -> f64 {
        let row = self.rows.iter().find(|row| row["measure"] == measure);
        row.and_then(|row| row[figure].as_f64()).unwrap_or(f64::NAN)
    }
}

/// The ranking against the peer's, and the one with `--expand` against the one without.
fn compare(bench: &Bench<'_>, collection: &Collection) -> anyhow::Result<[Compared; 2]> {
    let folder = bench.data.join(collection.folder);
    let scratch = tempfile::tempdir()?;
    let articles = scratch.path().join("docs.jsonl");
    std::fs::write(&articles, bytes(&folder.join("docs.jsonl.zst"))?)?;
    let topics = folder.join("queries.tsv");
    let run = scratch.path().join("peer.run");
    match collection.peer {
        Peer::Lucene(name) => {
            let packed = std::fs::File::open(bench.data.join("reference-runs").join(name))?;
            let mut text = Vec::new();
            MultiGzDecoder::new(packed).read_to_end(&mut text)?;
            std::fs::write(&run, text)?;
        }
        Peer::Plain => plain_engine(&[&articles, &topics, &run])?,
    }
    let index = scratch.path().join("index");
    built::run(bench.binary()?, &index, &["index", shown(&articles)?])?;
    let judgments = folder.join("qrels.trec");
    let ours = scratch.path().join("ours.run");
    let (topics, judgments) = (shown(&topics)?, shown(&judgments)?);
    let eval = |against: &Path, more: &[&str]| {
        let mut arguments = vec!["eval", "--topics", topics, "--qrels", judgments];
        arguments.extend(["--against", shown(against)?, "--format", "json"]);
        arguments.extend(more);
        let output = built::run(bench.binary()?, &index, &arguments)?;
        Compared::read(&String::from_utf8(output.stdout)?)
    };
    Ok([eval(&run, &["--run", shown(&ours)?])?, eval(&ours, &["--expand"])?])
}

/// Runs the engine beneath as it comes.
fn plain_engine(files: &[&PathBuf]) -> anyhow::Result<()> {
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "dateline-query",
        "--example",
        "plain_engine",
        "--",
    ]);
    ensure!(command.args(files).status()?.success(), "plain_engine fails");
    Ok(())
}

fn shown(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("a file's name is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_eval_prints_is_read_by_measure() {
        let rows = MEASURES
            .iter()
            .map(|(key, _)| format!("{{\"measure\":\"{key}\",\"mean\":0.7,\"p\":0.5}}\n"));
        let first = "{\"queries\":56,\"map\":0.7}\n".to_owned();
        let printed: String = std::iter::once(first).chain(rows).collect();
        let compared = Compared::read(&printed).unwrap();
        assert_eq!(compared.topics, 56);
        assert!((compared.of("mrr", "p") - 0.5).abs() < 1e-9);
        assert!(Compared::read("{\"queries\":56}\n").is_err());
    }
}
