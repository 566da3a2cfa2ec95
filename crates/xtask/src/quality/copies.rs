//! Copies that a generator planted in a corpus of its own: how many are found, what is joined wrongly, and what the search for them adds to indexing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use dateline_article::ArticleId;
use serde_json::Value;

use super::gold::{lines, text};
use super::speed::{example, number};
use super::table::{Table, ratio, share};
use super::{Bench, Section};
use crate::built;
use crate::cost::processor_seconds;

/// The section.
pub(super) struct Copies;

/// Below the folder of collections: JSON lines with `id`, and beside them what was planted, `copy<TAB>original` a line.
const FOLDER: &str = "copies";
const CORPUS: &str = "news.jsonl";
const PLANTED: &str = "news.jsonl.dups.tsv";

/// What must be found, joined rightly, and added to the time of indexing at most.
const LEAST_FOUND: f64 = 0.95;
const LEAST_RIGHT: f64 = 0.98;
const MOST_TIME: f64 = 0.15;

impl Section for Copies {
    fn name(&self) -> &'static str {
        "copies"
    }

    fn heading(&self) -> &'static str {
        "Copies of a story"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let folder = bench.data.join(FOLDER);
        let corpus = folder.join(CORPUS);
        let index = tempfile::tempdir()?;
        let only = tempfile::tempdir()?;
        // A folder of its own, since what was planted is no article.
        let root = only.path().join(FOLDER);
        fs::create_dir(&root)?;
        let target = fs::canonicalize(&corpus).with_context(|| corpus.display().to_string())?;
        link(&target, &root.join(CORPUS))?;
        let root = root.to_str().context("the folder's name is not UTF-8")?.to_owned();
        let run = |arguments: &[&str]| {
            let before = processor_seconds().context("the system tells no processor time")?;
            built::run(bench.binary()?, index.path(), arguments)?;
            anyhow::Ok(processor_seconds().context("no processor time")? - before)
        };
        bench.binary()?;
        let whole = run(&["index", &root, "--threads", "2"])?;
        // Once more with nothing to do, and once with the clusters alone to make.
        let idle = run(&["index", "--threads", "2"])?;
        remove_clusters(index.path())?;
        let clusters = (run(&["index", "--threads", "2"])? - idle).max(0.0);
        let signatures = signature_seconds(&corpus)?;
        let found = found(bench, index.path())?;
        let planted = planted(&folder.join(PLANTED))?;
        let articles = lines(&text(&corpus)?).count();
        Ok(report(articles, &planted, &found, &Times { whole, clusters, signatures }))
    }
}

/// Seconds of processor time.
struct Times {
    /// Indexing, everything in.
    whole: f64,
    /// Reading signatures and clustering.
    clusters: f64,
    /// Making signatures.
    signatures: f64,
}

#[cfg(unix)]
fn link(target: &Path, link: &Path) -> anyhow::Result<()> {
    // A hard link or a copy: links to elsewhere are not followed when a folder is indexed.
    if fs::hard_link(target, link).is_err() {
        fs::copy(target, link)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn link(target: &Path, link: &Path) -> anyhow::Result<()> {
    fs::copy(target, link)?;
    Ok(())
}

/// Takes the file of clusters away; the next run makes it again.
fn remove_clusters(index: &Path) -> anyhow::Result<()> {
    let mut removed = 0;
    for entry in fs::read_dir(index)? {
        let path: PathBuf = entry?.path();
        if path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("copies-"))
        {
            fs::remove_file(path)?;
            removed += 1;
        }
    }
    ensure!(removed > 0, "the index has no file of clusters");
    Ok(())
}

/// What the signatures of all texts take, reading of the file left out.
fn signature_seconds(corpus: &Path) -> anyhow::Result<f64> {
    let work = tempfile::tempdir()?;
    let file = work.path().join("texts.jsonl");
    let mut bodies = String::new();
    for line in lines(&text(corpus)?) {
        let article: Value = serde_json::from_str(line)?;
        writeln!(bodies, "{}", article["body"])?;
    }
    fs::write(&file, bodies)?;
    let measured = example("signatures", &file)?;
    ensure!(number(&measured, "signed")? > 0.0, "no text is long enough for a signature");
    number(&measured, "seconds")
}

/// The clusters that `dateline copies` prints, by ids of the articles in the corpus.
fn found(bench: &Bench<'_>, index: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let output = built::run(bench.binary()?, index, &["copies", "--format", "json"])?;
    let printed = String::from_utf8(output.stdout).context("output is not UTF-8")?;
    let mut clusters = Vec::new();
    for line in lines(&printed) {
        let cluster: Value = serde_json::from_str(line)?;
        let ids = cluster["ids"].as_array().context("a cluster without ids")?;
        clusters.push(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect());
    }
    Ok(clusters)
}

/// Copies with what they were made of, by the ids that the index gives.
fn planted(file: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let id = |part: &str| ArticleId::new(FOLDER, CORPUS, part).to_string();
    let text = text(file)?;
    let pairs = lines(&text).map(|line| {
        let (copy, original) = line.split_once('\t').context("a line without a tab")?;
        anyhow::Ok((id(copy), id(original)))
    });
    pairs.collect()
}

fn report(
    articles: usize,
    planted: &[(String, String)],
    found: &[Vec<String>],
    times: &Times,
) -> String {
    let cluster_of: HashMap<&str, usize> = found
        .iter()
        .enumerate()
        .flat_map(|(number, ids)| ids.iter().map(move |id| (id.as_str(), number)))
        .collect();
    let together = planted.iter().filter(|(copy, original)| {
        let cluster = cluster_of.get(copy.as_str());
        cluster.is_some() && cluster == cluster_of.get(original.as_str())
    });
    let together = together.count();
    let story_of = stories(planted);
    let (mut pairs, mut right) = (0, 0);
    for ids in found {
        let mut stories: BTreeMap<&str, usize> = BTreeMap::new();
        for id in ids {
            *stories.entry(story_of.get(id.as_str()).copied().unwrap_or(id)).or_default() += 1;
        }
        let of = |count: usize| count * count.saturating_sub(1) / 2;
        pairs += of(ids.len());
        right += stories.values().map(|count| of(*count)).sum::<usize>();
    }
    let (recall, precision) = (ratio(together, planted.len()), ratio(right, pairs));
    let time = (times.clusters + times.signatures) / times.whole.max(f64::MIN_POSITIVE);
    let mut table = Table::new(&["", "", "must be"]);
    let mut row =
        |name: &str, value: String, must: String| table.row(vec![name.into(), value, must]);
    row("planted copies", planted.len().to_string(), String::new());
    row("found with their original", share(recall), format!("≥ {}", share(LEAST_FOUND)));
    row("pairs in one cluster", pairs.to_string(), String::new());
    row("of one story", share(precision), format!("≥ {}", share(LEAST_RIGHT)));
    row("indexing, s of processor time", format!("{:.1}", times.whole), String::new());
    row("signatures, s", format!("{:.2}", times.signatures), String::new());
    row("clusters, s", format!("{:.2}", times.clusters), String::new());
    row("share of indexing", share(time), format!("≤ {}", share(MOST_TIME)));
    format!(
        "{articles} generated articles, in which copies were planted with another source, often another headline and byline, words replaced, paragraphs cut from\n\
         the middle and the end. Signatures are timed over all texts in one thread, clusters by an indexing run that has nothing else to do; what storing the\n\
         signatures adds is in neither. Data: `{FOLDER}/`.\n\n{table}"
    )
}

/// The story that each planted article tells: the first of all that it was made of.
fn stories(planted: &[(String, String)]) -> HashMap<&str, &str> {
    let made_of: HashMap<&str, &str> =
        planted.iter().map(|(copy, original)| (copy.as_str(), original.as_str())).collect();
    let ids: BTreeSet<&str> =
        planted.iter().flat_map(|(copy, original)| [copy.as_str(), original.as_str()]).collect();
    let first = |id| {
        let mut at: &str = id;
        // As many steps as there are articles: a circle ends.
        for _ in 0..planted.len() {
            match made_of.get(at) {
                Some(original) => at = *original,
                None => break,
            }
        }
        at
    };
    ids.into_iter().map(|id| (id, first(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_and_what_is_joined_wrongly() {
        let pair = |copy: &str, original: &str| (copy.to_owned(), original.to_owned());
        let planted = [pair("b", "a"), pair("c", "b"), pair("e", "d"), pair("g", "f")];
        let cluster = |ids: &str| ids.split(' ').map(str::to_owned).collect::<Vec<_>>();
        // c is a copy of a copy; x is none; f and g are missed.
        let found = [cluster("a b c"), cluster("d e x")];
        let times = Times { whole: 10.0, clusters: 0.5, signatures: 0.25 };
        let text = report(9, &planted, &found, &times);
        for line in [".750", "pairs in one cluster          |    6 |", ".667", ".075"] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }

    #[test]
    fn a_circle_of_copies_ends() {
        let planted = [("a".to_owned(), "b".to_owned()), ("b".to_owned(), "a".to_owned())];
        assert_eq!(stories(&planted).len(), 2);
    }
}
