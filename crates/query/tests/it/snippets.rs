//! Snippets: the passage shown and what is marked in it.

use dateline_article::Record;
use dateline_query::{Engine, Hit, Request};

use crate::corpus::{With, article, engine, request};

fn hit(record: &Record, query: &str, snippet_chars: usize) -> Hit {
    let request = Request { snippet_chars, ..request(query) };
    engine(std::slice::from_ref(record)).search(&request).unwrap().hits.remove(0)
}

/// The snippet with `[` and `]` round what is marked.
fn marked(hit: &Hit) -> String {
    let mut text = hit.snippet.clone();
    for span in hit.highlights.iter().rev() {
        text.insert(span.end as usize, ']');
        text.insert(span.start as usize, '[');
    }
    text
}

#[track_caller]
fn check(text: &str, query: &str, expected: &str) {
    let record = article("a", "Title", text);
    assert_eq!(marked(&hit(&record, query, 60)), expected, "{query}");
}

#[test]
fn words_and_their_forms() {
    check("Voters elected a mayor.", "election OR voter", "[Voters] [elected] a mayor.");
    check("Putin's U.S. visit told us much.", "U.S.", "Putin's [U.S]. visit told us much.");
    check("Le café rouvre.", "cafe", "Le [café] rouvre.");
    check("İstanbul and straße.", "istanbul OR strasse", "[İstanbul] and [straße].");
    check("COVID-19 closed it.", "covid", "[COVID]-19 closed it.");
}

#[test]
fn a_phrase_is_one_mark() {
    check(
        "They shuffled past this narrow gate, and this gate was narrow.",
        "\"this narrow gate\"",
        "They shuffled past [this narrow gate], and this gate was…",
    );
    check("Political will, political.", "\"political will\"", "[Political will], political.");
    check("COVID-19 closed it.", "covid-19", "[COVID-19] closed it.");
}

#[test]
fn wildcards_fuzzy_words_and_patterns() {
    check("Ammunition, munition.", "ammun*", "[Ammunition], munition.");
    check("Avdiivka stood.", "avdeevka~", "[Avdiivka] stood.");
    check("Avdiivka stood.", "/av.*ka/", "[Avdiivka] stood.");
    check("Foreign ministers met.", "\"foreign minist*\"", "[Foreign ministers] met.");
}

#[test]
fn what_is_excluded_or_elsewhere_is_not_marked() {
    check("Kyiv and Odesa.", "kyiv -lviv", "[Kyiv] and Odesa.");
    check("Kyiv. Title.", "title:title", "Kyiv. Title.");
    check("Kyiv. Title.", "*", "Kyiv. Title.");
    check("Kyiv. Title.", "text:title", "Kyiv. [Title].");
    check("Kyiv =invading invade.", "=invade", "Kyiv =invading [invade].");
}

#[test]
fn the_best_sentences_are_shown() {
    let text = "Kyiv opened the day. Nothing happened for many hours after that.\n\nOdesa and Kyiv signed. \
                They left. Nothing more was said by anyone that day.";
    check(text, "kyiv odesa", "[Odesa] and [Kyiv] signed. They left.");
    check(text, "kyiv", "[Kyiv] opened the day.");
}

#[test]
fn the_opening_without_its_dateline_where_nothing_matches() {
    let record =
        article("a", "Kyiv", "LVIV, March 14 — One came.\nTwo went.\n\nThree.").dateline(19);
    let hit = hit(&record, "kyiv", 200);
    assert_eq!((&*hit.snippet, &*hit.highlights), ("One came. Two went. Three.", &[][..]));
    let hit = hit_of_empty_text();
    assert_eq!(hit.snippet, "");
}

fn hit_of_empty_text() -> Hit {
    hit(&article("a", "Kyiv", ""), "kyiv", 200)
}

#[test]
fn a_long_sentence_is_cut_round_its_match() {
    let text = format!(
        "{} the harbour toll fee {}.",
        "word ".repeat(100).trim(),
        "more ".repeat(100).trim()
    );
    let record = article("a", "", &text);
    let hit = hit(&record, "\"harbour toll fee\"", 60);
    assert!(hit.snippet.chars().count() <= 62, "{}", hit.snippet);
    assert!(marked(&hit).contains("[harbour toll fee]"), "{}", marked(&hit));
    assert!(hit.snippet.starts_with('…') && hit.snippet.ends_with('…'));
}

#[test]
fn every_length_is_safe_in_every_script() {
    let text = "他们说“圣城”在山上。".repeat(40);
    let record = article("a", "", &text).language("zh");
    for snippet_chars in 0..60 {
        let hit = hit(&record, "圣城", snippet_chars);
        assert!(!hit.highlights.is_empty(), "{snippet_chars}");
        assert!(
            hit.highlights.iter().all(|span| span.of(&hit.snippet) == "圣城"),
            "{snippet_chars}: {}",
            marked(&hit)
        );
    }
}

#[test]
fn control_characters_do_not_come_through() {
    check("Kyiv \u{1b}[2J\u{7}news.", "news", "Kyiv [2J [news].");
}

#[test]
fn a_hit_tells_what_is_known() {
    let record = article("a", "Title", "Kyiv.")
        .published("2024-03")
        .source("Post")
        .person("Jane Doe")
        .place("Kyiv")
        .place("Kyiv");
    let hit = hit(&record, "kyiv", 200);
    assert_eq!(hit.title.as_deref(), Some("Title"));
    assert_eq!(hit.published.unwrap().to_string(), "2024-03");
    assert_eq!(hit.source.as_deref(), Some("Post"));
    assert_eq!((hit.people, hit.places), (vec!["Jane Doe".to_owned()], vec!["Kyiv".to_owned()]));
    assert_eq!((hit.id, hit.rank, hit.copies), (record.article.id, 1, Some(0)));
}
