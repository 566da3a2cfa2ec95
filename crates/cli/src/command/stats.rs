//! `dateline stats`: what an index holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dateline_indexer::{Freshness, freshness, models_in};
use dateline_query::{Engine, LocalEngine, Stats};
use dateline_schema::FORMAT_VERSION;
use serde_json::{Map, Value, json};

use crate::command::index::{counted, grouped};
use crate::command::{Ending, Surroundings};
use crate::env::{moment, rfc3339};
use crate::output::{Format, Row, Rows};
use crate::terminal::clean;

/// Sources and languages named for people.
const NAMED: usize = 8;

/// Runs the command.
pub(crate) fn run(around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let stats = LocalEngine::open(&around.index)?.stats()?;
    let fresh = freshness(&around.index)?;
    match around.format {
        Format::Text => around.out.write_all(text(&stats, &fresh).as_bytes())?,
        format => {
            let row = row(&stats, &models_in(&around.index)?, &fresh);
            Rows::new(format, around.out).print(&row)?;
        }
    }
    Ok(if stats.articles == 0 { Ending::Nothing } else { Ending::Found })
}

fn row(stats: &Stats, models: &BTreeSet<String>, fresh: &Freshness) -> Row {
    let counts = |counts: &BTreeMap<String, u64>| {
        Value::Object(
            counts.iter().map(|(key, count)| (key.clone(), json!(count))).collect::<Map<_, _>>(),
        )
    };
    let mut published = Map::new();
    for (key, day) in [("first", stats.first), ("last", stats.last)] {
        if let Some(day) = day {
            published.insert(key.to_owned(), json!(day.to_string()));
        }
    }
    Row::default()
        .with("articles", stats.articles)
        .with("files", stats.files)
        .with("format_version", FORMAT_VERSION)
        .with("published", published)
        .with("languages", counts(&stats.languages))
        .with("sources", counts(&stats.sources))
        .with("bytes", stats.bytes)
        .with("snapshot", stats.snapshot)
        .with("people", stats.people)
        .with("organisations", stats.organisations)
        .with("places", stats.places)
        .with("models", models.iter().cloned().collect::<Vec<_>>())
        .with("updated", fresh.updated.map(rfc3339))
        .with("stale", fresh.stale)
}

fn text(stats: &Stats, fresh: &Freshness) -> String {
    let mut lines = vec![(
        "articles",
        counted(stats.articles, "article") + " from " + &counted(stats.files, "file"),
    )];
    if let (Some(first), Some(last)) = (stats.first, stats.last) {
        lines.push(("published", format!("{first} to {last}")));
    }
    lines.push(("languages", most(&stats.languages)));
    lines.push(("sources", most(&stats.sources)));
    let named = [
        (stats.people, "person", "people"),
        (stats.organisations, "organisation", "organisations"),
        (stats.places, "place", "places"),
    ];
    let named = named.iter().filter(|(count, ..)| *count > 0);
    let named = named.map(|(count, one, many)| {
        format!("{} {}", grouped(*count), if *count == 1 { one } else { many })
    });
    lines.push(("names", named.collect::<Vec<_>>().join(", ")));
    lines.push(("size", format!("{:.1} MB", stats.bytes as f64 / 1e6)));
    let mut updated = fresh.updated.map_or_else(|| "never to the end".to_owned(), moment);
    if fresh.stale > 0 {
        let files = counted(fresh.stale, "file");
        let _ = write!(updated, "; since then {files} new, changed or gone (`dateline index`)");
    }
    for missing in &fresh.missing_roots {
        let _ = write!(updated, "; {} is missing or empty today", clean(missing));
    }
    lines.push(("updated", updated));
    lines.push(("format", format!("{FORMAT_VERSION}, snapshot {}", stats.snapshot)));
    let lines = lines.iter().filter(|(_, value)| !value.is_empty());
    let mut out = String::new();
    for (label, value) in lines {
        let _ = writeln!(out, "{label:<10} {value}");
    }
    out
}

/// The most frequent keys with their counts, and how many more there are.
fn most(counts: &BTreeMap<String, u64>) -> String {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let named = sorted.iter().take(NAMED).map(|(key, count)| format!("{} {count}", clean(key)));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if sorted.len() > NAMED {
        let _ = write!(text, ", and {} more", sorted.len() - NAMED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first() {
        let counts = (0..10).map(|n| (format!("s{n}"), n)).collect();
        assert_eq!(most(&counts), "s9 9, s8 8, s7 7, s6 6, s5 5, s4 4, s3 3, s2 2, and 2 more");
    }

    #[test]
    fn an_empty_index_says_little() {
        let text = text(&Stats::default(), &Freshness::default());
        assert_eq!(
            text,
            "articles   0 articles from 0 files\nsize       0.0 MB\nupdated    never to the end\nformat     1, snapshot 0\n"
                .replace('1', &FORMAT_VERSION.to_string())
        );
    }
}
