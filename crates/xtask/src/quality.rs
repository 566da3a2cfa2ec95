//! `cargo xtask quality`: how much of what people labelled is found, on collections that are not part of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::built::{self, Profile};

/// What `cargo xtask quality` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the Reuters-21578 files (`reut2-*.sgm`, unpacked).
    #[arg(long)]
    reuters: PathBuf,
    /// Their place labels: a header line, then `doc_id TAB label`.
    #[arg(long)]
    labels: PathBuf,
    /// Labels to measure, the name in the query after `=` where it is another.
    #[arg(default_values = ["japan", "brazil", "canada", "usa", "uk", "france", "west-germany=west germany", "ussr=soviet union"])]
    places: Vec<String>,
}

/// Prints for each label how many of its articles `place:` finds, and how many of those found have it.
///
/// The labels name what an article is about; an article may name many more places, so the second figure is a lower bound of precision.
///
/// # Errors
/// `dateline` cannot be run, or a file cannot be read.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let binary = built::dateline(Profile::Release)?;
    let index = tempfile::tempdir()?;
    let folder = arguments.reuters.to_str().context("the folder's name is not UTF-8")?;
    let report = built::run(&binary, index.path(), &["index", folder])?;
    out.write_all(&report.stdout)?;
    let gold = labels(&arguments.labels)?;
    writeln!(
        out,
        "{:<16} {:>8} {:>8} {:>8} {:>10}",
        "place", "labelled", "found", "recall", "precision"
    )?;
    for place in &arguments.places {
        let (label, name) = place.split_once('=').unwrap_or((place, place));
        let wanted = gold.get(label).cloned().unwrap_or_default();
        let found = found(&binary, index.path(), name)?;
        let both = wanted.intersection(&found).count() as f64;
        let share = |of: usize| both / of.max(1) as f64;
        let (recall, precision) = (share(wanted.len()), share(found.len()));
        writeln!(
            out,
            "{label:<16} {:>8} {:>8} {recall:>8.3} {precision:>10.3}",
            wanted.len(),
            found.len()
        )?;
    }
    Ok(())
}

/// The parts of the articles that `place:NAME` finds.
fn found(binary: &Path, index: &Path, name: &str) -> anyhow::Result<BTreeSet<String>> {
    let query = format!("place:\"{name}\"");
    let arguments = ["search", &query, "--all-copies", "--format", "json", "-n", "1000000"];
    let output = built::run(binary, index, &arguments)?;
    let text = String::from_utf8(output.stdout).context("hits are not UTF-8")?;
    let mut parts = BTreeSet::new();
    for line in text.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).context("a hit is not JSON")?;
        parts.extend(hit["part"].as_str().map(str::to_owned));
    }
    Ok(parts)
}

/// Articles by label.
fn labels(path: &Path) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut labels: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (article, label) in text.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        labels.entry(label.to_owned()).or_default().insert(article.to_owned());
    }
    Ok(labels)
}
