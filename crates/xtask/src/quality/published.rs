//! The day of publication against what collections tell of it: Reuters-21578 and the web pages of Mozilla's Readability.
//!
//! Days are compared as they are written, in the zone of the article: an article of 23:30 is of that day wherever it is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

use super::gold::{by_part, field, objects};
use super::table::{Table, ratio, share};
use super::{Bench, Section, formats};

/// The section.
pub(super) struct Published;

impl Section for Published {
    fn name(&self) -> &'static str {
        "published"
    }

    fn heading(&self) -> &'static str {
        "The day of publication"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let mut table = Table::new(&["set", "articles", "dated", "right", "share", "found alone"]);
        let reuters = bench.data.join("reuters21578");
        let files = files(&reuters.join("raw"))?;
        let gold = objects(&reuters.join("reuters.jsonl.zst"))?;
        let days = gold.iter().map(|one| (one["id"].to_string(), day(one, "date")));
        let score = Score::of(days, &extracted(bench, &files)?);
        table.row(score.row("reuters21578"));
        let pages = bench.data.join("article-extraction");
        let gold = objects(&pages.join("readability-metadata.jsonl"))?;
        let part = |one: &Value| format!("{}/source.html", field(one, "id"));
        let days = gold.iter().map(|one| (part(one), day(one, "publishedTime")));
        let found = by_member(bench.extract(&pages.join("readability-pages.tar.zst"))?);
        table.row(Score::of(days, &found).row("readability"));
        let formats::Published { wanted, found } = formats::published(bench)?;
        let days = wanted
            .into_iter()
            .map(|(name, at)| (name, at.as_str().unwrap_or_default().chars().take(10).collect()));
        table.row(Score::of(days, &found).row("formats"));
        Ok(format!(
            "Articles whose collection tells their day, those of them where it is found and right, and articles without a day for which one was found.\n\
             The pages of Readability name a day that is in the page as well, but it is not told for all that have one, so the last column counts\n\
             more than faults. `formats` are the records that say when an article appeared, or that nothing says it, see \"Files of every format\".\n\
             Data: `reuters21578/`, `article-extraction/`, `formats/`.\n\n{table}"
        ))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Score {
    articles: usize,
    dated: usize,
    right: usize,
    /// Days found where the collection tells none.
    alone: usize,
}

impl Score {
    /// Compares days, empty where none is told, with those found by part.
    fn of(days: impl Iterator<Item = (String, String)>, found: &BTreeMap<String, Value>) -> Self {
        let mut score = Self::default();
        for (part, wanted) in days {
            let got = found.get(&part).map(|article| day(article, "published"));
            let got = got.unwrap_or_default();
            score.articles += 1;
            score.dated += usize::from(!wanted.is_empty());
            score.right += usize::from(!wanted.is_empty() && wanted == got);
            score.alone += usize::from(wanted.is_empty() && !got.is_empty());
        }
        score
    }

    fn row(self, set: &str) -> Vec<String> {
        let Self { articles, dated, right, alone } = self;
        let figures = [articles, dated, right].map(|count| count.to_string());
        let mut row = vec![set.to_owned()];
        row.extend(figures);
        row.extend([share(ratio(right, dated)), alone.to_string()]);
        row
    }
}

/// The day at the head of a time, empty where there is none.
fn day(object: &Value, name: &str) -> String {
    field(object, name).chars().take(10).collect()
}

fn extracted(bench: &Bench<'_>, files: &[PathBuf]) -> anyhow::Result<BTreeMap<String, Value>> {
    let mut all = BTreeMap::new();
    for file in files {
        all.extend(by_part(bench.extract(file)?));
    }
    Ok(all)
}

/// What was extracted from an archive, by the member of it.
fn by_member(printed: Vec<Value>) -> BTreeMap<String, Value> {
    let member = |article: &Value| {
        let path = field(article, "path");
        path.split_once("!/").map_or(path, |(_, member)| member).to_owned()
    };
    printed.into_iter().map(|article| (member(&article), article)).collect()
}

/// The packed SGML files of a folder, in the order of their names.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let shown = folder.display();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {shown}"))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    paths.retain(|path| path.to_string_lossy().ends_with(".sgm.zst"));
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn days_are_compared_as_written() {
        let found = [
            json!({"part": "1", "published": "1987-02-26T23:30:00-05:00"}),
            json!({"part": "2", "published": "1987-02-27"}),
            json!({"part": "3", "published": null}),
            json!({"part": "4", "published": "1987-03-01"}),
        ];
        let days = [("1", "1987-02-26"), ("2", "1987-02-26"), ("3", "1987-02-26"), ("4", "")];
        let days = days.into_iter().map(|(part, day)| (part.to_owned(), day.to_owned()));
        let score = Score::of(days, &by_part(found.to_vec()));
        assert_eq!(score, Score { articles: 4, dated: 3, right: 1, alone: 1 });
        assert_eq!(score.row("x"), ["x", "4", "3", "1", ".333", "1"]);
    }

    #[test]
    fn members_of_an_archive_are_told_by_their_path() {
        let printed = ["pages.tar.zst!/7/source.html", "plain.html"];
        let printed = printed.map(|path| json!({"path": path, "part": "1"}));
        let members: Vec<String> = by_member(printed.to_vec()).into_keys().collect();
        assert_eq!(members, ["7/source.html", "plain.html"]);
    }
}
