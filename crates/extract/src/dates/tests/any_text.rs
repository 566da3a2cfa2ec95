//! What holds of any text: no panic, spans in order and on characters, time in proportion to the length.

use std::time::{Duration, Instant};

use dateline_article::{Granularity, Language};
use proptest::prelude::*;

use crate::dates::{all_grammars, dates, join};

/// Words and signs that the rules care about, and some that they do not.
const PIECES: [&str; 56] = [
    "March",
    "May",
    "Monday",
    "Sept.",
    "14",
    "3rd",
    "2024",
    "1990s",
    "31",
    "-",
    "–",
    ",",
    ".",
    "(",
    ")",
    "to",
    "between",
    "and",
    "the",
    "of",
    "since",
    "last",
    "next",
    "this",
    "two",
    "years",
    "ago",
    "later",
    "quarter",
    "third",
    "century",
    "BC",
    "winter",
    "1941-42",
    "3/14/24",
    "2024-03-14",
    "10:30",
    "p.m.",
    "noon",
    "today",
    "yesterday",
    "following",
    "day",
    "year",
    "end",
    "\n\n",
    "é",
    "’",
    "\u{a0}",
    "im",
    "März",
    "hace",
    "il y a",
    "août",
    "domingo",
    "20240314",
];

fn texts() -> impl Strategy<Value = String> {
    let built = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40);
    let spaced = (built, any::<bool>())
        .prop_map(|(pieces, blanks)| pieces.join(if blanks { " " } else { "" }));
    prop_oneof![spaced, "\\PC*"]
}

proptest! {
    #[test]
    fn spans_stand_on_characters_in_order(text in texts(), language in 0..11_usize, known in any::<bool>()) {
        let language = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "ru", "uk", "xx"].get(language).and_then(|tag| Language::from_tag(tag));
        let reference = known.then(|| "2024-03-20".parse().unwrap());
        let found = dates(&text, language, reference);
        let mut last_end = 0;
        for found in &found {
            prop_assert!(text.get(found.span.range()).is_some_and(|surface| !surface.is_empty()));
            prop_assert!(found.span.end >= last_end);
            let is_stretch = matches!(found.granularity, Granularity::Range | Granularity::Recurring);
            prop_assert!(is_stretch || found.span.start >= last_end);
            if let (Some(start), Some(end)) = (found.start.day(), found.end.day()) {
                prop_assert!(start <= end);
            }
            prop_assert_eq!(found.start.day().is_some(), found.end.day().is_some());
            last_end = found.span.end;
        }
        let joined = join(&text, &found, "", &[]);
        let mentions: usize = joined.iter().map(|date| date.mentions.count()).sum();
        prop_assert_eq!(mentions, found.len());
    }

    #[test]
    fn a_sentence_more_loses_no_date(first in "[A-Z][a-z]{2,8} met on 1[0-9] (March|June|July) 20[012][0-9]\\.") {
        // bugs.tsv B079: a relative date must not hide the absolute ones.
        let count = |text: &str| dates(text, None, "2024-03-20".parse().ok()).len();
        let both = format!("{first} One more came last Friday.");
        prop_assert_eq!(count(&both), count(&first) + 1);
    }
}

#[test]
fn every_rule_can_be_read() {
    for (name, grammar) in all_grammars() {
        assert_eq!(grammar.unknown_slots(), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn time_grows_with_the_length_only() {
    for piece in [
        "1 ",
        "on ",
        "the ",
        "1",
        "March ",
        "between ",
        "2024-",
        "two years ",
        "the end of ",
        "in May and ",
        "\u{e9}",
        "'",
        "12:",
    ] {
        let length = if matches!(piece, "1 " | "on ") { 250_000 } else { 50_000 };
        let text = piece.repeat(length / piece.len());
        let begun = Instant::now();
        let _ = dates(&text, None, "2024-03-20".parse().ok());
        // Unoptimised; quadratic time would be minutes.
        assert!(begun.elapsed() < Duration::from_mins(1), "{piece:?}: {:?}", begun.elapsed());
    }
}

#[test]
fn time_grows_with_the_length_only_in_every_language() {
    for (tag, _) in all_grammars() {
        let language = Language::from_tag(tag);
        for piece in ["1 ", "2014 - ", "3. ", "в ", "du ", "el 3 de ", "am ", "п ' ", "2-3 ", "XX "]
        {
            let text = piece.repeat(50_000 / piece.len());
            let begun = Instant::now();
            let _ = dates(&text, language, "2024-03-20".parse().ok());
            // Unoptimised; quadratic time would be minutes.
            assert!(begun.elapsed() < Duration::from_mins(1), "{tag} {piece:?}");
        }
    }
}
