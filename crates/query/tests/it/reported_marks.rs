//! Faults that users of other search programs reported, each by its own example: snippets and what is marked in them.

use dateline_article::Record;
use dateline_query::{Engine, Hit, Request};

use crate::corpus::{With, article, engine, request};

fn hit(record: &Record, query: &str, snippet_chars: usize) -> Hit {
    let request = Request { snippet_chars, ..request(query) };
    engine(std::slice::from_ref(record)).search(&request).unwrap().hits.remove(0)
}

/// What is marked, in its order.
fn marks(hit: &Hit) -> Vec<&str> {
    hit.highlights.iter().map(|span| span.of(&hit.snippet)).collect()
}

#[track_caller]
fn check(record: &Record, query: &str, expected: &[&str]) {
    let hit = hit(record, query, 2_000);
    assert_eq!(marks(&hit), expected, "{query} in {:?}", hit.snippet);
}

/// B004
#[test]
fn every_length_of_a_text_without_blanks() {
    let text = "圣城是什么？他们说“圣城”在山上。".repeat(24);
    let record = article("a", "", &text).language("zh");
    let engine = engine(std::slice::from_ref(&record));
    for snippet_chars in 1..=200 {
        let request = Request { snippet_chars, ..request("圣城") };
        let hit = engine.search(&request).unwrap().hits.remove(0);
        let bare = hit.snippet.trim_matches('…');
        assert!(text.contains(bare), "{snippet_chars}: {bare}");
        assert!(!marks(&hit).is_empty(), "{snippet_chars}");
        assert!(
            marks(&hit).iter().all(|mark| *mark == "圣城"),
            "{snippet_chars}: {:?}",
            marks(&hit)
        );
        assert!(bare.chars().count() <= snippet_chars.max(4), "{snippet_chars}: {bare}");
    }
}

/// B047
#[test]
fn a_phrase_is_one_mark_at_its_only_place() {
    let text = "They had shuffled past this narrow gate, and this gate was narrow.";
    check(&article("a", "", text), "\"this narrow gate\"", &["this narrow gate"]);
}

/// B049
#[test]
fn a_length_holds_for_loose_phrases_too() {
    let filler = "word ".repeat(1_500);
    let record = article("a", "", &format!("{filler}a new harbour toll fee {filler}"));
    for query in
        ["\"a harbour toll\"~20", "a w/20 harbour w/20 toll", "harbour toll", "\"harbour toll\""]
    {
        let hit = hit(&record, query, 120);
        assert!(hit.snippet.trim_matches('…').chars().count() <= 120, "{query}: {}", hit.snippet);
        assert!(hit.snippet.contains("harbour toll"), "{query}: {}", hit.snippet);
        assert!(!hit.highlights.is_empty(), "{query}");
    }
}

/// B050
#[test]
fn marks_are_not_shifted_by_what_stands_before() {
    let before = "l’été\u{a0}passé, où\u{202f}l’œuvre de\u{301}ja\u{300} vue «\u{a0}à\u{a0}demi\u{a0}» naît ".repeat(60);
    let record = article("a", "", &format!("{before}amarrer le navire {before}")).language("fr");
    for snippet_chars in [20, 60, 100, 400] {
        let hit = hit(&record, "amarrer", snippet_chars);
        assert_eq!(marks(&hit), ["amarrer"], "{snippet_chars}: {}", hit.snippet);
    }
}

/// U002
#[test]
fn letters_whose_folded_form_has_another_length() {
    let text =
        "Ёлка и ёлки. İstanbul, İSTANBUL. GROẞE Straße, große STRASSE. Ǆ ﬁnance ŒUVRE İİİ K Å.";
    let record = article("a", "", text).language("ru");
    check(&record, "елка", &["Ёлка", "ёлки"]);
    check(&record, "istanbul", &["İstanbul", "İSTANBUL"]);
    check(&record, "strasse", &["Straße", "STRASSE"]);
    check(&record, "grosse", &["GROẞE", "große"]);
    check(&record, "finance", &["ﬁnance"]);
    check(&record, "oeuvre", &["ŒUVRE"]);
    check(&record, "iii", &["İİİ"]);
    check(&record, "k OR a", &["K", "Å"]);
}

/// U052, U053
#[test]
fn nearness_marks_only_what_is_near() {
    let record = article("a", "", "short leg twice syndrome. short syndrome");
    let hit = hit(&record, "short pre/1 syndrome", 2_000);
    assert_eq!(marks(&hit), ["short", "syndrome"]);
    assert_eq!(hit.highlights[0].start, 26);
    let record = article("a", "", "Obama States President");
    check(&record, "president w/5 (\"united states\" OR obama)", &["Obama", "President"]);
}

/// B074
#[test]
fn scripts_with_signs_for_vowels_are_marked_by_whole_words() {
    for (language, text, word) in [
        ("hi", "बाढ़ की चेतावनी जारी", "बाढ़"),
        ("ar", "إعلان حالة الطوارئ", "الطوارئ"),
        ("uk", "Повінь у Карпатах", "повінь"),
    ] {
        for language in [language, ""] {
            let hit = hit(&article("a", "", text).language(language), word, 200);
            assert_eq!(marks(&hit).len(), 1, "{word}");
            assert_eq!(marks(&hit)[0].to_lowercase(), word, "{word}");
        }
    }
}
