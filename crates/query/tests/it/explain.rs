//! The parts of a score: what they are called, and that nothing is missing from their sum.

use dateline_article::Date;
use dateline_query::{Engine, Explain, Recency, Request};
use proptest::prelude::*;

use crate::corpus::{With, article, engine, engine_in_segments, request};

const WORDS: &[&str] =
    &["kyiv", "odesa", "Ann", "election", "elections", "elected", "the", "of", "kyivan", "moon"];

/// Each kind of operand that adds to a score or must not.
const OPERANDS: &[&str] = &[
    "A",
    "A",
    "A",
    "A",
    "A*",
    "*A",
    "A~",
    "/A?/",
    "\"A B\"",
    "\"A * B\"",
    "=A",
    "A-B",
    "A^3",
    "(A OR B)",
    "(A B)^0.5",
    "(A OR NOT B)",
    "-A",
    "NOT \"A B\"",
    "A w/3 B",
    "A pre/2 B",
    "A w/s B",
    "A NOT w/2 B",
    "atleast2(A)",
    "atleast2(A OR B)",
    "first5(A)",
    "caps(A)",
    "title:A",
    "text:A",
    "text:A*",
    "lead:A",
    "lead:\"A B\"",
    "hlead:=A",
    "title:\"A B\"",
    "title:(A OR \"A B\")",
    "person:A",
    "person:\"A lee\"",
    "place:odesa",
    "place:A",
    "source:A",
    "published:2023",
    "A w/5 @person",
    "@person",
    "*",
    "+A",
];

fn operand() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(WORDS.to_vec());
    (prop::sample::select(OPERANDS.to_vec()), word(), word())
        .prop_map(|(form, a, b)| form.replace('A', "\u{1}").replace('B', b).replace('\u{1}', a))
}

fn text() -> impl Strategy<Value = String> {
    let stop = prop::sample::select(vec![" ", " ", " ", ". ", "\n\n"]);
    prop::collection::vec((prop::sample::select(WORDS.to_vec()), stop), 1..40)
        .prop_map(|words| words.into_iter().flat_map(|(word, stop)| [word, stop]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn parts_sum_to_the_score(
        texts in prop::collection::vec((text(), text(), 0..4_u8), 1..12),
        queries in prop::collection::vec(prop::collection::vec(operand(), 1..5), 20),
        half_life in prop::option::of(1..900_u16),
    ) {
        let records = texts.iter().enumerate().map(|(n, (title, text, kind))| {
            let record = article(&n.to_string(), title, text).source("Kyiv Post");
            match kind {
                0 => record,
                1 => record.published("2023-03-14").person("Ann Lee"),
                2 => record.published("2024-03-01").language("de").place("Odesa"),
                _ => record.published("2024").language(""),
            }
        });
        let engine = engine_in_segments(&records.collect::<Vec<_>>(), 5);
        let today = Date::constant(2024, 3, 14);
        let recency = half_life.map(|days| Recency { today, half_life_days: days.try_into().unwrap() });
        for query in queries {
            let query = query.join(" ");
            let request = Request { explain: Explain::Scores, recency, ..request(&query) };
            let plain = Request { explain: Explain::Nothing, ..request.clone() };
            let plain = engine.search(&plain).unwrap().hits;
            for (hit, same) in engine.search(&request).unwrap().hits.into_iter().zip(plain) {
                let sum: f64 = hit.explain.iter().map(|part| f64::from(part.value)).sum();
                let score = f64::from(hit.score);
                // What a relaxed search adds for each word is so large that adding it loses digits of the rest.
                let off = 1e-3 + score * 1e-6;
                prop_assert!((sum - score).abs() <= off, "{query}: {score} {sum} {:?}", hit.explain);
                prop_assert!(same.explain.is_empty());
                prop_assert_eq!((same.id, same.score.to_bits()), (hit.id, hit.score.to_bits()));
            }
        }
    }
}

#[test]
fn parts_say_what_they_are_for() {
    let filler = "Nothing of note was said that day by anybody there. ".repeat(12);
    let engine = engine(&[
        article("a", "Ammunition for Ukraine", &format!("Ukraine got ammunition. {filler}"))
            .published("2024-03-13"),
        article("b", "News", &format!("{filler} Weather and sport.")),
    ]);
    let check = |request: Request, expected: &[&str]| {
        let request = Request { explain: Explain::Scores, ..request };
        let hits = engine.search(&request).unwrap().hits;
        let parts = hits[0].explain.iter();
        let names: Vec<String> = parts
            .map(|part| format!("{}{}", if part.value < 0.0 { "-" } else { "" }, part.part))
            .collect();
        assert_eq!(names, expected);
    };
    check(
        request("ammunition Ukraine"),
        &[
            "`ammunition` in title and text",
            "`ammunition` in title",
            "`ammunition` in lead",
            "`ammunition` as written",
            "`Ukraine` in title and text",
            "`Ukraine` in title",
            "`Ukraine` in lead",
            "`ukraine` as written",
            "`ammunition w/12 Ukraine` in title and text",
        ],
    );
    check(
        request("ammunition moon"),
        &[
            "`ammunition` in title and text",
            "`ammunition` in title",
            "`ammunition` in lead",
            "`ammunition` as written",
            "has `ammunition`",
        ],
    );
    check(request("title:ammun* -weather"), &["`ammun*` in title"]);
    check(
        request("person:nobody OR =ammunition^2"),
        &["`ammunition` in title and text", "`ammunition` in title", "`ammunition` in lead"],
    );
    let recency =
        Recency { today: Date::constant(2024, 3, 14), half_life_days: 30.try_into().unwrap() };
    check(
        Request { recency: Some(recency), ..request("title:ammunition") },
        &["`ammunition` in title", "-age"],
    );
    check(Request { sort: dateline_query::Sort::Newest, ..request("ammunition") }, &[]);
}
