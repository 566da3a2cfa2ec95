//! Keywords in context: they are what is marked, a line each, in the order asked for.

use dateline_article::Record;
use dateline_query::{Concordance, CopyMode, Engine, LineOrder, LocalEngine, Request, Sample};
use dateline_schema::Copies;

use crate::corpus::{With, article, engine, engine_in_segments, engine_with_copies, request};

fn wanted(query: &str) -> Concordance {
    Concordance {
        request: request(query),
        order: LineOrder::Date,
        limit: None,
        sample: None,
        columns: 12,
    }
}

/// The lines with `|` before and after the keyword.
fn lines(engine: &LocalEngine, wanted: &Concordance) -> Vec<String> {
    let found = engine.concordance(wanted).unwrap();
    found
        .lines
        .iter()
        .map(|line| format!("{}|{}|{}", line.left, line.keyword, line.right))
        .collect()
}

#[track_caller]
fn check(text: &str, query: &str, expected: &[&str]) {
    let record = article("a", "", text).person("Olena Koval");
    assert_eq!(lines(&engine(&[record]), &wanted(query)), expected, "{query}");
}

#[test]
fn every_kind_of_mark_is_a_keyword() {
    let text = "The ferry sails. A political will to sail, said Koval.";
    check(text, "sail", &["The ferry |sails|. A politica", "will to |sail|, said Koval"]);
    check(text, "=sail", &["will to |sail|, said Koval"]);
    check(text, "\"political will\"", &["sails. A |political will| to sail,"]);
    check(text, "poli*", &["sails. A |political| will to"]);
    check(text, "fery~", &["The |ferry| sails. A"]);
    check(text, "feri~", &[]);
    check(text, "/fe.*y/", &["The |ferry| sails. A"]);
    check(text, "ferry w/2 sails", &["The |ferry| sails. A", "The ferry |sails|. A politica"]);
    check(text, "ferry w/1 said", &[]);
    check(text, "*", &[]);
}

#[test]
fn titles_have_lines_too() {
    let records = [article("a", "The ferry waits", "A ferry.").published("2024-01-01")];
    assert_eq!(lines(&engine(&records), &wanted("ferry")), ["The |ferry| waits", "A |ferry|."]);
    assert_eq!(lines(&engine(&records), &wanted("title:ferry")), ["The |ferry| waits"]);
    assert_eq!(lines(&engine(&records), &wanted("text:ferry")), ["A |ferry|."]);
}

fn records() -> Vec<Record> {
    vec![
        article("a", "", "red fuel ends. blue fuel begins.").published("2024-03-14").source("Zeit"),
        article("b", "", "old fuel ends. aged fuel is.")
            .published("2024-03-12")
            .source("Ärzteblatt"),
        article("c", "", "new fuel aids."),
        article("d", "", "no oil."),
    ]
}

#[test]
fn orders() {
    for per_segment in [1, 2, 4] {
        let engine = engine_in_segments(&records(), per_segment);
        let check = |order: LineOrder, expected: &[&str]| {
            let wanted = Concordance { order, ..wanted("fuel") };
            let found = engine.concordance(&wanted).unwrap();
            assert_eq!(found.total, Some(5));
            let shown: Vec<String> =
                found.lines.iter().map(|line| format!("{}{}", line.left, line.right)).collect();
            assert_eq!(shown, expected, "{order:?}");
            // A limit shows the same lines from the first.
            for limit in 0..=6 {
                let fewer = Concordance { limit: Some(limit), ..wanted.clone() };
                let fewer = engine.concordance(&fewer).unwrap().lines;
                assert_eq!(fewer, found.lines[..limit.min(5)], "{order:?} {limit}");
            }
        };
        check(
            LineOrder::Left,
            &[
                "ends. aged  is.",
                "ends. blue  begins.",
                "new  aids.",
                "old  ends. aged",
                "red  ends. blue",
            ],
        );
        check(
            LineOrder::Right,
            &[
                "new  aids.",
                "ends. blue  begins.",
                "old  ends. aged",
                "red  ends. blue",
                "ends. aged  is.",
            ],
        );
        check(
            LineOrder::Date,
            &[
                "old  ends. aged",
                "ends. aged  is.",
                "red  ends. blue",
                "ends. blue  begins.",
                "new  aids.",
            ],
        );
        check(
            LineOrder::Source,
            &[
                "old  ends. aged",
                "ends. aged  is.",
                "red  ends. blue",
                "ends. blue  begins.",
                "new  aids.",
            ],
        );
    }
}

#[test]
fn relevance_is_the_order_of_hits() {
    let engine = engine(&records());
    let request = request("fuel");
    let hits: Vec<_> = engine.search(&request).unwrap().hits.iter().map(|hit| hit.id).collect();
    let wanted = Concordance { order: LineOrder::Relevance, ..wanted("fuel") };
    let mut ids: Vec<_> =
        engine.concordance(&wanted).unwrap().lines.iter().map(|line| line.id).collect();
    ids.dedup();
    assert_eq!(ids, hits);
}

#[test]
fn samples_are_the_same_for_a_seed_however_the_index_is_cut() {
    let of = |per_segment, seed, size| {
        let engine = engine_in_segments(&records(), per_segment);
        lines(&engine, &Concordance { sample: Some(Sample { size, seed }), ..wanted("fuel") })
    };
    let all = of(4, 1, 100);
    assert_eq!(all.len(), 5);
    for size in 0..5 {
        let some = of(4, 7, size);
        assert_eq!(some.len(), size);
        assert_eq!(some, of(1, 7, size));
        // In the order of the whole, and a larger choice holds a smaller one.
        let mut rest = all.iter();
        assert!(some.iter().all(|line| rest.any(|other| other == line)));
        assert!(some.iter().all(|line| of(2, 7, size + 1).contains(line)));
    }
    assert!((0..20).any(|seed| of(4, seed, 2) != of(4, 7, 2)), "another seed is another choice");
}

#[test]
fn copies_stand_as_one() {
    let story = "The ferry stays.";
    let records = [
        article("a", "", story).published("2024-03-14"),
        article("b", "Odesa", story).published("2024-03-15"),
        article("c", "", "A ferry sails."),
    ];
    let id = |n: usize| records[n].article.id;
    let copies = Copies::new([(id(0), id(0)), (id(1), id(0))]);
    let (engine, _folder) = engine_with_copies(&records, 1, &copies);
    let of = |query: &str, copies: CopyMode| {
        let request = Request { copies, ..request(query) };
        lines(&engine, &Concordance { request, ..wanted("x") })
    };
    for order in [LineOrder::Relevance, LineOrder::Date] {
        let request = request("ferry");
        let found = engine.concordance(&Concordance { request, order, ..wanted("x") }).unwrap();
        assert_eq!(found.lines.iter().filter(|line| line.id == id(0)).count(), 1);
        assert_eq!(found.lines.len(), 2, "{order:?}");
    }
    assert_eq!(of("ferry", CopyMode::All).len(), 3);
    // The copy that matches stands for the cluster.
    assert_eq!(of("ferry title:odesa", CopyMode::Folded), ["|Odesa|", "The |ferry| stays."]);
}

proptest::proptest! {
    /// The marks of a passage that holds the whole text are the keywords, in their order.
    #[test]
    fn marks_and_keywords_agree(words in proptest::collection::vec("[abc]{1,2}|ab\\.", 1..24), query in 0..8_usize) {
        let query = ["a", "ab OR c", "\"a b\"", "a w/3 b", "a* b", "b pre/2 c", "a NOT w/2 b", "first4(a)"][query];
        let record = article("a", "", &words.join(" "));
        let engine = engine(&[record]);
        let request = Request { snippet_chars: 10_000, ..request(query) };
        let hits = engine.search(&Request { require: dateline_query::Require::Strict, ..request.clone() }).unwrap().hits;
        let marks: Vec<String> = hits.iter().flat_map(|hit| {
            hit.highlights.iter().map(|span| span.of(&hit.snippet).to_owned())
        }).collect();
        let found = engine.concordance(&Concordance { request, ..wanted("x") }).unwrap();
        let keywords: Vec<String> = found.lines.iter().map(|line| line.keyword.clone()).collect();
        proptest::prop_assert_eq!(keywords, marks, "{}", query);
    }
}
