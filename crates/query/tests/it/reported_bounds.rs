//! Faults that users of other search programs reported: queries that take time and memory without end (`bugs.tsv`, kinds memory and crash).

use std::time::{Duration, Instant};

use dateline_query::{Engine, LocalEngine, Request, parse};

use crate::corpus::{TODAY, article, engine_in_segments};

/// Longest that a query may take, with an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

/// Articles with many different words.
fn engine() -> LocalEngine {
    let words = |number: usize| {
        let word = |n: usize| {
            format!("{}{}er {}ing", ["a", "b", "c"][n % 3], number * 31 + n, number * 17 + n)
        };
        (0..20).map(word).collect::<Vec<_>>().join(" ")
    };
    let records: Vec<_> = (0..2000)
        .map(|number| {
            article(
                &number.to_string(),
                "The sailing",
                &format!("the later ferry was sailing {}", words(number)),
            )
        })
        .collect();
    engine_in_segments(&records, 1000)
}

/// The query ends in time: with hits, or with a message that says what to do.
#[track_caller]
fn check(engine: &LocalEngine, query: &str) -> Result<u64, String> {
    let shown: String = query.chars().take(40).collect();
    let begun = Instant::now();
    let parsed = parse(query, TODAY);
    let outcome = match parsed.faults.first() {
        Some(fault) => Err(format!("{fault} hint: {}", fault.hint())),
        None => match engine.count(&Request::new(parsed)) {
            Ok(count) => Ok(count),
            Err(dateline_query::Error::Query { faults, .. }) => {
                let fault = faults.first().unwrap();
                Err(format!("{fault} hint: {}", fault.hint()))
            }
            Err(error) => panic!("{shown}: {error}"),
        },
    };
    if outcome.is_ok() {
        // The page with its passages too.
        assert!(engine.search(&Request::new(parse(query, TODAY))).is_ok(), "{shown}");
    }
    let took = begun.elapsed();
    assert!(took < LONGEST, "{shown}… took {took:?}");
    if let Err(message) = &outcome {
        assert!(message.len() < 1000 && message.contains("hint: "), "{shown}: {message}");
    }
    outcome
}

/// B115: wildcards and patterns whose automata would grow with the square of their length.
#[test]
fn memory_of_wildcards_and_patterns() {
    let engine = engine();
    for query in [
        "*".repeat(10_000),
        "*a".repeat(15),
        "*a".repeat(2_000),
        "?".repeat(10_000),
        "a?".repeat(5_000),
        format!("{}x", "a*".repeat(15)),
        "/.*.*.*.*x/".to_owned(),
        "/(a+)+$/".to_owned(),
        "/(a|aa)+x/".to_owned(),
        "/(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[a-z]{500}/".to_owned(),
        format!("/{}/", "(a?){50}".repeat(20)),
        format!("/{}a{}/", "(".repeat(500), ")".repeat(500)),
        format!("\"{}\"", "*a ".repeat(500)),
        "(".repeat(100_000),
        format!("{}ferry{}", "(".repeat(50_000), ")".repeat(50_000)),
        "NOT ".repeat(50_000),
        "\"".repeat(99_999),
        "ferry w/5 ".repeat(5_000),
        "ferry OR ".repeat(20_000),
        "ferry~2 ".repeat(2_000),
        "a".repeat(1_000_000),
    ] {
        // Whatever comes of it, it comes soon.
        let _ = check(&engine, &query);
    }
    // A row of stars is one star.
    assert_eq!(check(&engine, &format!("ferr{}", "*".repeat(10_000))), check(&engine, "ferr*"));
    assert_eq!(check(&engine, "ferr*"), Ok(2000));
}

/// U097: common parts of words in a phrase stand for thousands of words.
#[test]
fn memory_of_common_parts_in_a_phrase() {
    let engine = engine();
    assert_eq!(check(&engine, "\"later ferr*\""), Ok(2000));
    for query in ["\"*er *ing\"", "\"a* b*\"", "*er w/3 *ing", "\"* *\"", "\"a* * b*\""] {
        if let Err(message) = check(&engine, query) {
            assert!(message.contains("column"), "{query}: {message}");
        }
    }
}

/// A page pasted into the search: thousands of words, even the same one, cost no more than their number.
#[test]
fn memory_of_thousands_of_words() {
    let engine = engine();
    let rarely = |n: usize| format!("w{n}x ");
    for (words, found) in [
        ("the ".repeat(4000), Ok(2000)),
        ("THE ".repeat(4000), Ok(2000)),
        ("ferry ".repeat(4000), Ok(2000)),
        ("THE ".repeat(60_000), Ok(2000)),
        ("zebra ".repeat(60_000), Ok(0)),
        ((0..4000).map(rarely).collect(), Ok(0)),
    ] {
        assert_eq!(check(&engine, &words), found);
    }
    let refused = check(&engine, &(0..60_000).map(rarely).collect::<String>()).unwrap_err();
    assert!(refused.starts_with("the query asks for more than 4096 words"), "{refused}");
}
