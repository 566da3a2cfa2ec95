//! Records of what a careful reader finds in a file, and the comparison with what the program prints.

use std::collections::BTreeSet;

use anyhow::Context;
use serde_json::{Map, Value};

use super::super::gold::{field, lines};

/// One line a file: `articles`, reasons of skips, and of some articles (`number`, from 1, else in their order) any of the fields that `extract` prints
/// (`null` where there must be none), `dateline` as its place, `first` and `last` words of the text, and words that it `holds`.
const RECORDS: &str = include_str!("../../../expected/formats.jsonl");

/// What is expected of a file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// Below the folder of formats.
    pub(super) file: String,
    articles: usize,
    #[serde(default)]
    skips: BTreeSet<String>,
    /// Fields of some of its articles.
    #[serde(default)]
    pub(super) read: Vec<Map<String, Value>>,
}

/// All records.
pub(super) fn records() -> anyhow::Result<Vec<Expected>> {
    let read = |line| serde_json::from_str(line).with_context(|| format!("no record: {line}"));
    lines(RECORDS).map(read).collect()
}

impl Expected {
    /// What of the file is otherwise.
    pub(super) fn differences(&self, articles: &[Value], skips: &BTreeSet<String>) -> Vec<String> {
        let mut found = Vec::new();
        if articles.len() != self.articles {
            found.push(format!("articles: {} expected, {} found", self.articles, articles.len()));
        }
        if *skips != self.skips {
            found.push(format!("skips: {:?} expected, {skips:?} found", self.skips));
        }
        for (number, fields) in self.numbered() {
            match number.checked_sub(1).and_then(|at| articles.get(at)) {
                Some(article) => found.extend(
                    fields
                        .iter()
                        .filter(|(name, _)| *name != "number")
                        .filter_map(|(name, wanted)| difference(name, wanted, article))
                        .map(|difference| format!("article {number}: {difference}")),
                ),
                None => found.push(format!("article {number} is not there")),
            }
        }
        found
    }
}

impl Expected {
    /// The fields of some of its articles, with the number of each.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &Map<String, Value>)> {
        self.read.iter().enumerate().map(|(at, fields)| {
            let number = fields.get("number").and_then(Value::as_u64);
            (number.and_then(|number| usize::try_from(number).ok()).unwrap_or(at + 1), fields)
        })
    }
}

/// How a field differs; of the text only the words in question are shown.
fn difference(name: &str, wanted: &Value, article: &Value) -> Option<String> {
    let text = field(article, "text").split_whitespace().collect::<Vec<_>>().join(" ");
    let words = wanted.as_str().unwrap_or_default();
    let length = words.chars().count() + 20;
    let got = match name {
        "first" if text.starts_with(words) => return None,
        "first" => text.chars().take(length).collect::<String>().into(),
        "last" if text.ends_with(words) => return None,
        "last" => {
            let skipped = text.chars().count().saturating_sub(length);
            text.chars().skip(skipped).collect::<String>().into()
        }
        "holds" => {
            let missing = |word: &&Value| !text.contains(word.as_str().unwrap_or("\u{0}"));
            wanted.as_array()?.iter().find(missing)?;
            Value::from("not there")
        }
        "dateline" => article["dateline"]["place"].clone(),
        "withdrawn" | "embargoed_until" => article["status"][name].clone(),
        "byline" if article[name].is_null() => Value::Array(Vec::new()),
        _ => article[name].clone(),
    };
    (got != *wanted).then(|| format!("{name}: {wanted} expected, {got} found"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_are_whole() {
        let records = records().unwrap();
        let mut files: Vec<_> = records.iter().map(|record| &record.file).collect();
        let folders: BTreeSet<_> = files.iter().filter_map(|file| file.split('/').next()).collect();
        assert_eq!(folders.len(), 14, "{folders:?}");
        files.sort_unstable();
        files.dedup();
        assert_eq!(files.len(), records.len(), "a file has two records");
        assert!(records.iter().all(|record| record.articles > 0 || !record.skips.is_empty()));
    }

    #[test]
    fn fields_are_compared_one_by_one() {
        let article = json!({"title": "Trams", "text": "Trams run\n\nagain today.", "dateline": {"place": "SOLMARK"},
            "status": {"withdrawn": true}});
        let check = |name: &str, wanted: Value, right: bool| {
            let found = difference(name, &wanted, &article);
            assert_eq!(found.is_none(), right, "{name} {wanted}: {found:?}");
        };
        check("title", json!("Trams"), true);
        check("title", json!("Tram"), false);
        check("title", Value::Null, false);
        check("published", Value::Null, true);
        check("published", json!("2024"), false);
        check("byline", json!([]), true);
        check("byline", json!(["Ruth Alder"]), false);
        check("dateline", json!("SOLMARK"), true);
        check("dateline", Value::Null, false);
        check("withdrawn", json!(true), true);
        check("first", json!("Trams run again"), true);
        check("first", json!("run"), false);
        check("last", json!("again today."), true);
        check("last", json!("again"), false);
        check("holds", json!(["run", "today"]), true);
        check("holds", json!(["run", "buses"]), false);
    }

    #[test]
    fn files_are_compared_whole() {
        let line = json!({"file": "a", "articles": 2, "skips": ["empty"], "read": [{"title": "A"}, {"number": 3, "title": "C"}]});
        let expected: Expected = serde_json::from_value(line).unwrap();
        let found = expected.differences(&[json!({"title": "B"})], &BTreeSet::new());
        assert_eq!(found.len(), 4, "{found:?}");
        let articles = [json!({"title": "A"}), json!({}), json!({"title": "C"})];
        let found = expected.differences(&articles, &["empty".to_owned()].into());
        assert_eq!(found, ["articles: 2 expected, 3 found"]);
    }
}
