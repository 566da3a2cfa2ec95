//! Collocates beside a naive count over the sentences of tiny articles.

use std::collections::{BTreeMap, BTreeSet};

use dateline_article::{Mentions, Name, Record, Span};
use dateline_query::{
    Collocate, CollocateKind, CollocateOrder, Collocation, CopyMode, Engine, Request, StopWords,
};
use dateline_schema::Copies;

use crate::corpus::{With, article, engine_in_segments, engine_with_copies, request};

fn wanted(query: &str) -> Collocation {
    Collocation {
        request: request(query),
        left: 2,
        right: 2,
        min: 1,
        kinds: Vec::new(),
        stop_words: StopWords::Listed,
        order: CollocateOrder::LogDice,
        limit: None,
    }
}

/// By word: times beside a match and in all.
fn counts(found: &[Collocate]) -> BTreeMap<String, (u64, u64)> {
    found.iter().map(|one| (one.word.clone(), (one.count, one.frequency))).collect()
}

#[test]
fn windows_end_with_the_sentence_and_overlap_once() {
    let records = [article(
        "a",
        "Fuel talks",
        "Old fuel ends here now. Talks begin. Fuel fuel oil gas coal.",
    )];
    let engine = engine_in_segments(&records, 1);
    let check = |wanted: &Collocation, expected: &[(&str, (u64, u64))]| {
        let found = engine.collocates(wanted).unwrap();
        assert_eq!(found.matches, 4);
        let expected = expected.iter().map(|(word, counts)| ((*word).to_owned(), *counts));
        assert_eq!(counts(&found.collocates), expected.collect::<BTreeMap<_, _>>());
    };
    let all = wanted("=fuel");
    let [old, ends, here, gas] =
        [("old", (1, 1)), ("ends", (1, 1)), ("here", (1, 1)), ("gas", (1, 1))];
    check(&all, &[("talks", (1, 2)), old, ends, here, ("oil", (1, 1)), gas]);
    check(&Collocation { right: 0, ..all.clone() }, &[old]);
    check(
        &Collocation { left: 0, right: 1, ..all.clone() },
        &[("talks", (1, 2)), ends, ("oil", (1, 1))],
    );
    check(&Collocation { min: 2, ..all.clone() }, &[]);
    check(
        &Collocation { stop_words: StopWords::LeftOut, right: 2, ..all },
        &[("talks", (1, 2)), old, ends, ("oil", (1, 1)), gas],
    );
}

#[test]
fn words_are_shown_as_most_often_written() {
    let text = "Fuel in Élysée. Fuel in Élysée. Fuel in elysee.";
    let engine = engine_in_segments(&[article("a", "", text)], 1);
    let found = engine.collocates(&wanted("fuel")).unwrap().collocates;
    assert_eq!(counts(&found)["élysée"], (3, 3));
}

#[test]
fn names_are_counted_by_their_mentions() {
    let text = "Olena Koval sold fuel to Kyiv. Koval left Kyiv.";
    let mut record = article("a", "", text).place("Kyiv");
    let spans = |names: &[(u32, u32)]| Mentions {
        text: names.iter().map(|span| Span::from(*span)).collect(),
        title: Vec::new(),
    };
    record.people = vec![
        Name { name: "Zoe Abel".into(), mentions: spans(&[]) },
        Name { name: "Olena Koval".into(), mentions: spans(&[(0, 11), (31, 36)]) },
    ];
    record.places[0].mentions = spans(&[(25, 29), (42, 46)]);
    let engine = engine_in_segments(&[record, article("b", "", "Nothing.")], 1);
    let of = |kinds: &[CollocateKind], query: &str| {
        let wanted = Collocation { kinds: kinds.to_vec(), ..wanted(query) };
        counts(&engine.collocates(&wanted).unwrap().collocates)
    };
    let one = |name: &str, counts| BTreeMap::from([(name.to_owned(), counts)]);
    assert_eq!(of(&[CollocateKind::Person], "fuel"), one("Olena Koval", (1, 2)));
    assert_eq!(of(&[CollocateKind::Place], "fuel"), one("Kyiv", (1, 2)));
    assert_eq!(of(&[CollocateKind::Organisation], "fuel"), BTreeMap::new());
    // A match that is the name itself is not beside itself.
    assert_eq!(of(&[CollocateKind::Place], "place:kyiv"), BTreeMap::new());
}

#[test]
fn copies_count_once_in_the_corpus_too() {
    let records = [
        article("a", "", "old fuel.").published("2024-01-01"),
        article("b", "x", "old fuel.").published("2024-01-02"),
        article("c", "", "old oil."),
        article("d", "", "old oil."),
    ];
    let id = |n: usize| records[n].article.id;
    let pairs = [(id(0), id(0)), (id(1), id(0)), (id(2), id(2)), (id(3), id(2))];
    let (engine, _folder) = engine_with_copies(&records, 1, &Copies::new(pairs));
    let of = |copies| {
        let wanted = Collocation { request: Request { copies, ..request("fuel") }, ..wanted("x") };
        counts(&engine.collocates(&wanted).unwrap().collocates)["old"]
    };
    assert_eq!(of(CopyMode::Folded), (1, 2));
    assert_eq!(of(CopyMode::All), (2, 4));
}

/// What a word counts beside `x` by going through every pair of places.
fn naive(
    texts: &[Vec<Vec<String>>],
    left: usize,
    right: usize,
) -> Vec<(String, u64, u64, f64, f64)> {
    let mut beside: BTreeMap<&str, u64> = BTreeMap::new();
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut matches, mut near, mut total) = (0_u64, 0_u64, 0_u64);
    for sentence in texts.iter().flatten() {
        for (at, word) in sentence.iter().enumerate() {
            total += 1;
            *all.entry(word).or_default() += 1;
            if word == "x" {
                matches += 1;
                continue;
            }
            let is_near = sentence.iter().enumerate().any(|(other, node)| {
                node == "x"
                    && ((at < other && other - at <= left) || (at > other && at - other <= right))
            });
            if is_near {
                near += 1;
                *beside.entry(word).or_default() += 1;
            }
        }
    }
    let likelihood = |a: f64, b: f64, c: f64, d: f64| {
        let n = a + b + c + d;
        let part = |o: f64, row: f64, column: f64| {
            if o == 0.0 { 0.0 } else { o * (o / (row * column / n)).ln() }
        };
        let sum = part(a, a + b, a + c)
            + part(b, a + b, b + d)
            + part(c, c + d, a + c)
            + part(d, c + d, b + d);
        let strength = if a + c == 0.0 || b + d == 0.0 { 0.0 } else { (2.0 * sum).max(0.0) };
        if a / (a + c) < b / (b + d) { -strength } else { strength }
    };
    let score = |(word, count): (&&str, &u64)| {
        let frequency = all[*word];
        let dice = 14.0 + (2.0 * *count as f64 / (matches + frequency) as f64).log2();
        let (a, b) = (*count as f64, (frequency - count) as f64);
        let ll = likelihood(a, b, near as f64 - a, (total - near) as f64 - b);
        ((*word).to_owned(), *count, frequency, dice, ll)
    };
    beside.iter().map(score).collect()
}

proptest::proptest! {
    #[test]
    fn the_same_as_counted_by_hand(
        texts in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec("[xabcde]", 1..9), 1..4), 1..6),
        left in 0..4_usize,
        right in 0..4_usize,
        per_segment in 1..4_usize,
    ) {
        let records: Vec<Record> = texts.iter().enumerate().map(|(n, sentences)| {
            // A sentence ends with its line, however short its last word.
            let paragraphs: Vec<String> = sentences.iter().map(|sentence| sentence.join(" ")).collect();
            article(&n.to_string(), "", &paragraphs.join("\n\n"))
        }).collect();
        let engine = engine_in_segments(&records, per_segment);
        let wanted = Collocation { left, right, order: CollocateOrder::Count, ..wanted("=x") };
        let found = engine.collocates(&wanted).unwrap();
        let expected = naive(&texts, left, right);
        let names: BTreeSet<&str> = found.collocates.iter().map(|one| one.word.as_str()).collect();
        proptest::prop_assert_eq!(names.len(), expected.len());
        proptest::prop_assert!(found.collocates.is_sorted_by_key(|one| std::cmp::Reverse(one.count)));
        for (word, count, frequency, dice, likelihood) in expected {
            let one = found.collocates.iter().find(|one| one.word == word).unwrap();
            proptest::prop_assert_eq!((one.count, one.frequency), (count, frequency));
            proptest::prop_assert!((one.log_dice - dice).abs() < 1e-9, "{word}: {} for {dice}", one.log_dice);
            proptest::prop_assert!((one.log_likelihood - likelihood).abs() < 1e-6, "{word}: {} for {likelihood}", one.log_likelihood);
        }
    }
}
