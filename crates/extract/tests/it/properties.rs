//! What holds for any text: spans fit it, nothing panics, the same text gives the same record, and time grows with length only.

use std::time::Instant;

use dateline_article::{Mentions, Record, Span};
use dateline_extract::Extractor;
use proptest::prelude::*;

use super::{article, extract};

fn assert_spans(spans: &[Span], text: &str) {
    for span in spans {
        assert!(
            text.get(span.range()).is_some_and(|piece| !piece.trim().is_empty()),
            "{span:?} in {text:?}"
        );
    }
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{pair:?} in {text:?}");
    }
}

fn assert_whole(record: &Record) {
    let text = record.article.text();
    let title = record.article.title.clone().unwrap_or_default();
    let check = |mentions: &Mentions| {
        assert_spans(&mentions.text, &text);
        assert_spans(&mentions.title, &title);
        assert!(mentions.count() > 0);
    };
    record.people.iter().chain(&record.organisations).for_each(|name| check(&name.mentions));
    record.places.iter().for_each(|place| check(&place.mentions));
    let counts: Vec<_> = record.places.iter().map(|place| place.mentions.count()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b));
    let mut all: Vec<Span> = record
        .people
        .iter()
        .chain(&record.organisations)
        .flat_map(|name| name.mentions.text.clone())
        .collect();
    all.extend(record.places.iter().flat_map(|place| place.mentions.text.clone()));
    all.sort_unstable();
    assert_spans(&all, &text);
}

/// Pieces of which names, abbreviations and traps are made.
const PIECES: &str = "President |Mr |Jens |Stoltenberg|Putin|’s|'s|-|al-|van |de |O'|U.S.|J. |R.|NATO|EU|Bank |of |England|Paris|, |Texas|Ky.|Київ|Російський|Straße |\
     É|ß|ı|İ|ﬁ|日本|\u{301}|\u{200b}|\n\n|\n| |\"|“|(|)|<|>|&|/|.|!|1987|Inc|Corp |and |The |in |Washington|ABC |\u{0}";

fn text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(PIECES.split('|').collect::<Vec<_>>());
    prop_oneof![
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()),
        "\\PC{0,80}",
        "[A-Za-z.,' -]{0,120}",
    ]
}

proptest! {
    #[test]
    fn spans_fit_any_text(text in text(), title in text(), dateline in 0_u32..40) {
        let mut article = article(&text);
        article.title = Some(title);
        article.dateline = Some(dateline_article::Dateline {
            place: Some("Paris".to_owned()),
            date: None,
            agency: Some("AP".to_owned()),
            length_bytes: dateline,
        });
        let extractor = Extractor::new();
        let record = extractor.extract(article.clone());
        assert_whole(&record);
        prop_assert_eq!(record, extractor.extract(article));
    }
}

#[test]
fn one_extractor_serves_many_threads() {
    let extractor = Extractor::new();
    let text = "President Emmanuel Macron met Olaf Scholz in Paris. NATO and Acme Steel Corp were there. Macron left for Lyon.";
    let alone = extractor.extract(article(text));
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| extractor.extract(article(text)))).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

#[test]
fn time_grows_with_length_only() {
    let hostile = |name: &str, unit: &str| {
        let time = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let start = Instant::now();
            std::hint::black_box(extract(&text));
            start.elapsed()
        };
        let (short, long) = (time(4_000), time(32_000));
        // Eight times as long may take sixteen times as long, a square would take sixty-four; the constant forgives a busy machine.
        let allowed = short * 24 + std::time::Duration::from_millis(400);
        assert!(long < allowed, "{name}: {short:?} for 4 kB, {long:?} for 32 kB");
    };
    hostile("letters", "A ");
    hostile("one token", "A");
    hostile("one small token", "a");
    hostile("initials", "A.");
    hostile("rows of initials", "J. R. ");
    hostile("inverted names", "Doe, Marta ");
    hostile("names", "John Smith ");
    hostile("given names", "John ");
    hostile("titles", "President ");
    hostile("heads", "Bank of ");
    hostile("particles", "van ");
    hostile("places", "Paris, ");
    hostile("long places", "New York ");
    hostile("apostrophes", "'");
    hostile("joined", "a'b");
    hostile("hyphens", "A-");
    hostile("quotes", "\" A");
    hostile("dots", "....");
    hostile("lines", "\n\n");
    hostile("acronyms", "NATO (NATO) ");
    hostile("firms", "Acme Corp ");
}

#[test]
fn many_different_names_take_no_longer() {
    let text = |count: usize| {
        (0..count).fold(String::new(), |text, number| {
            let letter =
                |shift: usize| char::from(b'a' + u8::try_from((number >> shift) % 26).unwrap());
            text + &format!(
                "Mr John B{}{}{}k met Acme{}{} Corp. ",
                letter(0),
                letter(4),
                letter(8),
                letter(2),
                letter(6)
            )
        })
    };
    let start = Instant::now();
    extract(&text(250));
    let short = start.elapsed();
    let start = Instant::now();
    extract(&text(2_000));
    let long = start.elapsed();
    assert!(long < short * 24 + std::time::Duration::from_millis(400), "{short:?}, {long:?}");
}
