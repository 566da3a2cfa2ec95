//! Ranges of days and the order by date against a plain look at every article: whatever the cut into segments, after merges and deletions.

use std::cmp::Reverse;

use dateline_article::{Date, Record, Timestamp};
use dateline_query::{Engine, LocalEngine, Request, Sort, parse};
use dateline_schema::{Manifest, Settings, document, in_memory};
use proptest::prelude::*;
use tantivy::Term;

use crate::corpus::{TODAY, With, article, found};

/// Dates as articles have them, about the first days of March 2024.
const DATES: [&str; 16] = [
    "2023",
    "2024",
    "2024-02",
    "2024-03",
    "2024-02-29",
    "2024-03-01",
    "2024-03-02",
    "2024-03-01T00:00:00",
    "2024-03-01T23:59:59",
    "2024-03-01T12:00:00Z",
    "2024-03-01T00:30:00+14:00",
    "2024-02-29T23:30:00-12:00",
    "2024-03-02T00:00:00+05:30",
    "2024-03-01T23:59:59-09:30",
    "1987-02-26",
    "-0044-03-15",
];

/// Days that a range may begin or end with.
const DAYS: [&str; 7] = [
    "1987-02-26",
    "2023-12-31",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2024-03-02",
    "2024-12-31",
];

fn index(records: &[Record], per_segment: usize, deleted: &[usize], merged: bool) -> LocalEngine {
    let opened = in_memory(Manifest::new(Settings { extract: true })).unwrap();
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    for chunk in records.chunks(per_segment) {
        for record in chunk {
            writer.add_document(document(&opened.fields, record, "test", 0).unwrap()).unwrap();
        }
        writer.commit().unwrap();
    }
    for number in deleted {
        let id = records[*number].article.id.as_u64();
        writer.delete_term(Term::from_field_u64(opened.fields.id, id));
    }
    writer.commit().unwrap();
    let segments = opened.index.searchable_segment_ids().unwrap();
    if merged && !segments.is_empty() {
        writer.merge(&segments).wait().unwrap();
    }
    LocalEngine::new(opened).unwrap()
}

fn moment(at: Timestamp) -> i64 {
    let offset = match at {
        Timestamp::Time { offset_minutes: Some(minutes), .. } => i64::from(minutes) * 60,
        _ => 0,
    };
    at.local_seconds() - offset
}

/// Names of the articles of those days, in order; in no order at all were it not for date and id.
fn expected(records: &[&Record], from: Option<Date>, to: Option<Date>, sort: Sort) -> Vec<String> {
    let published = |record: &Record| record.article.published.map(|published| published.at);
    let is_in = |record: &&&Record| match published(record) {
        Some(at) => {
            from.is_none_or(|from| at.first_day() >= from)
                && to.is_none_or(|to| at.last_day() <= to)
        }
        None => from.is_none() && to.is_none(),
    };
    let mut inside: Vec<&Record> = records.iter().filter(is_in).copied().collect();
    inside.sort_by_key(|record| record.article.id);
    match sort {
        Sort::Oldest => inside.sort_by_key(|record| {
            let moment = published(record).map(moment);
            (moment.is_none(), moment)
        }),
        _ => inside.sort_by_key(|record| Reverse(published(record).map(moment))),
    }
    inside.into_iter().map(|record| record.article.path.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn as_a_look_at_every_article_has_it(
        dates in prop::collection::vec(prop::option::weighted(0.9, 0..DATES.len()), 1..40),
        per_segment in 1_usize..14,
        deleted in prop::collection::vec(0_usize..40, 0..4),
        merged in any::<bool>(),
        from in prop::option::of(0..DAYS.len()),
        to in prop::option::of(0..DAYS.len()),
        limit in 1_usize..6,
    ) {
        let records: Vec<Record> = dates.iter().enumerate().map(|(n, date)| {
            let record = article(&format!("{n:02}"), "", ["harbour", "harvest and harbour", "rain"][n % 3]);
            match date {
                Some(date) => record.published(DATES[*date]),
                None => record,
            }
        }).collect();
        let mut deleted = deleted;
        deleted.retain(|number| *number < records.len());
        let engine = index(&records, per_segment, &deleted, merged);
        let alive = |word: &str| -> Vec<&Record> {
            let numbered = records.iter().enumerate();
            numbered
                .filter(|(n, record)| {
                    !deleted.contains(n) && record.article.paragraphs[0].contains(word)
                })
                .map(|(_, record)| record)
                .collect()
        };
        let day = |number: Option<usize>| number.map(|number| DAYS[number].parse::<Date>().unwrap());
        let (from, to) = (day(from), day(to));
        for (query, word) in [("harbour", "harbour"), ("harv*", "harv"), ("har*", "har"), ("*", "")] {
            for sort in [Sort::Newest, Sort::Oldest, Sort::Relevance] {
                let mut request = Request { sort, limit: 1000, ..Request::new(parse(query, TODAY)) };
                request.filters.from = from;
                request.filters.to = to;
                let whole = expected(&alive(word), from, to, sort);
                prop_assert_eq!(engine.count(&request).unwrap(), whole.len() as u64);
                let mut hits = found(&engine, &request);
                let first = found(&engine, &Request { limit, ..request.clone() });
                prop_assert_eq!(&first[..], &hits[..limit.min(hits.len())], "{} {:?}", query, sort);
                if sort == Sort::Relevance && query != "*" {
                    hits.sort_unstable();
                    let mut whole = whole;
                    whole.sort_unstable();
                    prop_assert_eq!(hits, whole);
                } else {
                    prop_assert_eq!(hits, whole, "{} {:?}", query, sort);
                }
            }
        }
    }
}
