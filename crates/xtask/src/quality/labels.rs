//! Articles found by `place:` against what librarians said they are about: Reuters-21578 and its place labels.
//!
//! The labels name what an article is about; an article may name many more places, so the second figure is a lower bound of
//! precision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;

use super::gold::{field, lines, text};
use super::table::{Table, ratio, share};
use super::{Bench, Section};
use crate::built;

/// The section.
pub(super) struct Labels;

/// Labels that are measured, with the name that the query has.
const PLACES: [(&str, &str); 8] = [
    ("japan", "japan"),
    ("brazil", "brazil"),
    ("canada", "canada"),
    ("usa", "usa"),
    ("uk", "uk"),
    ("france", "france"),
    ("west-germany", "west germany"),
    ("ussr", "soviet union"),
];

impl Section for Labels {
    fn name(&self) -> &'static str {
        "labels"
    }

    fn heading(&self) -> &'static str {
        "Articles about a country"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let collection = bench.data.join("reuters21578");
        let folder = collection.join("raw");
        let folder = folder.to_str().context("the folder's name is not UTF-8")?;
        let index = tempfile::tempdir()?;
        built::run(bench.binary()?, index.path(), &["index", folder])?;
        let gold = labels(&text(&collection.join("gold-places.tsv"))?);
        let mut table = Table::new(&["label", "labelled", "found", "recall", "precision"]);
        for (label, name) in PLACES {
            let wanted = gold.get(label).cloned().unwrap_or_default();
            let found = found(bench.binary()?, index.path(), name)?;
            let both = wanted.intersection(&found).count();
            table.row(vec![
                label.to_owned(),
                wanted.len().to_string(),
                found.len().to_string(),
                share(ratio(both, wanted.len())),
                share(ratio(both, found.len())),
            ]);
        }
        Ok(format!(
            "Newswire of 1987 with labels of what each article is about: the share of the labelled articles that `place:` finds, and the share of\n\
             those found that have the label. An article names more places than it is about, so the second is a lower bound. Data: `reuters21578/`.\n\n{table}"
        ))
    }
}

/// The numbers of the articles that `place:NAME` finds.
fn found(binary: &Path, index: &Path, name: &str) -> anyhow::Result<BTreeSet<String>> {
    let query = format!("place:\"{name}\" format:reuters");
    let arguments = ["search", &query, "--all-copies", "--format", "json", "-n", "1000000"];
    let output = built::run(binary, index, &arguments)?;
    let text = String::from_utf8(output.stdout).context("hits are not UTF-8")?;
    let mut parts = BTreeSet::new();
    for line in text.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).context("a hit is not JSON")?;
        parts.insert(field(&hit, "part").to_owned());
    }
    Ok(parts)
}

/// Articles by label, from a table with a header line.
fn labels(table: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut labels: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (article, label) in lines(table).skip(1).filter_map(|line| line.split_once('\t')) {
        labels.entry(label.to_owned()).or_default().insert(article.to_owned());
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_grouped_by_label() {
        let labels = labels("doc_id\tlabel\n1\tusa\n1\tuk\n7\tusa\n");
        assert_eq!(labels["usa"], ["1", "7"].map(str::to_owned).into());
        assert_eq!(labels["uk"].len(), 1);
    }
}
