//! Hits, counts, pages and marks agree, with copies folded and not, in every order and by any size of page.

use std::collections::{BTreeMap, BTreeSet};

use dateline_article::{ArticleId, Record};
use dateline_query::{CopyMode, Engine, Hit, Kind, LocalEngine, Node, Request, Require, Sort};
use dateline_schema::{Copies, Manifest, Settings, document, in_memory};
use proptest::prelude::*;

use crate::brute_force::{self, How, Records, holds, matches, words};
use crate::corpus::{With, request};

/// Articles on a few days, and of some a copy under another headline on another day.
fn corpus() -> impl Strategy<Value = (Records, Vec<(usize, usize)>)> {
    let text = brute_force::text;
    let one = (text(4), text(16), prop::collection::vec(0..8_u8, 0..16), 0..6_u32);
    let copy = (0..24_usize, text(3), 0..6_u32);
    (prop::collection::vec(one, 24), prop::collection::vec(copy, 0..16)).prop_map(
        |(articles, copies)| {
            let dated = |record: Record, day: u32| match day {
                0 => record,
                day => record.published(&format!("2024-03-{day:02}")),
            };
            let mut records: Vec<Record> = articles
                .iter()
                .enumerate()
                .map(|(n, (title, text, marks, day))| {
                    dated(brute_force::record(n, title, text, marks), *day)
                })
                .collect();
            let mut pairs = Vec::new();
            for (of, title, day) in copies {
                let (_, text, marks, _) = &articles[of];
                let n = records.len();
                records.push(dated(brute_force::record(n, &title, text, marks), day));
                pairs.push((of, n));
            }
            (Records(records), pairs)
        },
    )
}

/// For the number of each article that of the first of its cluster: the earliest, then the one of the least id.
fn clusters(records: &[Record], copies: &[(usize, usize)]) -> BTreeMap<usize, usize> {
    let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (of, copy) in copies {
        members.entry(*of).or_default().extend([*of, *copy]);
    }
    let mut found = BTreeMap::new();
    for cluster in members.into_values() {
        let first = *cluster.iter().min_by_key(|n| age(&records[**n])).unwrap();
        found.extend(cluster.into_iter().map(|n| (n, first)));
    }
    found
}

/// Earlier articles before later ones, those without a day last, equals by id.
fn age(record: &Record) -> (bool, String, ArticleId) {
    let published = record.article.published.map(|published| published.at.to_string());
    (published.is_none(), published.unwrap_or_default(), record.article.id)
}

/// An index in which `clusters` are known as copies.
fn engine(
    records: &[Record],
    clusters: &BTreeMap<usize, usize>,
    folder: &tempfile::TempDir,
) -> LocalEngine {
    let mut opened = in_memory(Manifest::new(Settings { extract: true })).unwrap();
    let mut writer = opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    for record in records {
        writer.add_document(document(&opened.fields, record, "test", 0).unwrap()).unwrap();
    }
    writer.commit().unwrap();
    let id = |n: &usize| records[*n].article.id;
    let pairs = clusters.iter().map(|(article, first)| (id(article), id(first)));
    Copies::new(pairs).write(folder.path(), 0).unwrap();
    folder.path().clone_into(&mut opened.directory);
    LocalEngine::new(opened).unwrap()
}

/// What folding must leave of `all`: of each cluster its first matching article, at its own place, with the number of the others.
fn folded(
    all: &[Hit],
    records: &[Record],
    clusters: &BTreeMap<usize, usize>,
) -> Vec<(ArticleId, u32)> {
    let number = |hit: &Hit| records.iter().position(|r| r.article.id == hit.id).unwrap();
    let mut matching: BTreeMap<usize, BTreeSet<(bool, String, ArticleId)>> = BTreeMap::new();
    for n in all.iter().map(number) {
        let cluster = clusters.get(&n).copied().unwrap_or(n);
        matching.entry(cluster).or_default().insert(age(&records[n]));
    }
    let kept = all.iter().filter_map(|hit| {
        let n = number(hit);
        let of_cluster = &matching[&clusters.get(&n).copied().unwrap_or(n)];
        let (.., first) = of_cluster.first().unwrap();
        let others = u32::try_from(of_cluster.len() - 1).unwrap();
        (*first == hit.id).then_some((hit.id, others))
    });
    kept.collect()
}

/// What of the query is marked in texts wherever it stands: no part of it is excluded or in a field.
fn positive(node: &Node) -> Vec<&Node> {
    match &node.kind {
        Kind::And(operands) | Kind::Or(operands) => operands.iter().flat_map(positive).collect(),
        Kind::Required(inner) | Kind::Weight(_, inner) => positive(inner),
        Kind::Not(_) | Kind::Field(..) | Kind::AtLeast(..) | Kind::First(..) => Vec::new(),
        _ => vec![node],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn hits_counts_pages_and_marks_agree(
        (records, copies) in corpus(),
        queries in prop::collection::vec(brute_force::query(), 10),
        sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]),
    ) {
        let records = records.0;
        let clusters = clusters(&records, &copies);
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(&records, &clusters, &folder);
        for query in queries {
            let request = Request { require: Require::Strict, sort, ..request(&query) };
            let tree = request.query.tree.clone().unwrap();
            let of = |copies| engine.search(&Request { copies, ..request.clone() }).unwrap().hits;
            let (all, shown) = (of(CopyMode::All), of(CopyMode::Folded));

            let selected = records.iter().filter(|record| holds(&words(record), &tree));
            let selected: BTreeSet<ArticleId> = selected.map(|record| record.article.id).collect();
            let ids: BTreeSet<ArticleId> = all.iter().map(|hit| hit.id).collect();
            prop_assert_eq!(&ids, &selected, "{}", query);
            prop_assert_eq!(all.len(), ids.len(), "{}: one twice", query);
            let kept: Vec<_> = shown.iter().map(|hit| (hit.id, hit.copies.unwrap())).collect();
            prop_assert_eq!(&kept, &folded(&all, &records, &clusters), "{}", query);
            // The order is total: by score or day, and equals stand by day and id.
            for pair in all.windows(2) {
                let key = |hit: &Hit| {
                    let day = hit.published.map(|published| published.to_string());
                    match sort {
                        Sort::Relevance => (-f64::from(hit.score), day.is_none(), day.as_deref().map(latest_first), hit.id),
                        Sort::Newest => (0.0, day.is_none(), day.as_deref().map(latest_first), hit.id),
                        Sort::Oldest => (0.0, day.is_none(), day.map(String::into_bytes), hit.id),
                    }
                };
                prop_assert!(key(&pair[0]) < key(&pair[1]), "{}: {:?} {:?}", query, key(&pair[0]), key(&pair[1]));
            }

            for (copies, whole) in [(CopyMode::All, &all), (CopyMode::Folded, &shown)] {
                let request = Request { copies, ..request.clone() };
                prop_assert_eq!(engine.count(&request).unwrap(), whole.len() as u64, "{}", query);
                for limit in [1, 3, 7, whole.len() + 1] {
                    let mut paged = Vec::new();
                    for offset in (0..=whole.len()).step_by(limit) {
                        paged.extend(engine.search(&Request { limit, offset, ..request.clone() }).unwrap().hits);
                    }
                    prop_assert_eq!(&paged, whole, "{} by {}", query, limit);
                }
            }

            for hit in &all {
                let record = records.iter().find(|record| record.article.id == hit.id).unwrap();
                let words = words(record);
                let in_text = |node: &&Node| {
                    let found = matches(&words, node, How::default());
                    found.iter().flatten().any(|n| !words[*n].in_title)
                };
                if positive(&tree).iter().any(in_text) {
                    prop_assert!(!hit.highlights.is_empty(), "{} in {:?}", query, hit.snippet);
                }
            }
            // However short the passage is, it shows something of what matched.
            for snippet_chars in [1, 12, 40] {
                let short = engine.search(&Request { snippet_chars, copies: CopyMode::All, ..request.clone() }).unwrap().hits;
                for (short, whole) in short.iter().zip(&all) {
                    prop_assert_eq!(short.highlights.is_empty(), whole.highlights.is_empty(), "{}: {:?}", query, short.snippet);
                }
            }
        }
    }
}

/// Bytes that order later days first.
fn latest_first(day: &str) -> Vec<u8> {
    day.bytes().map(|byte| !byte).collect()
}
