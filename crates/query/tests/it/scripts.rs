//! Spellings of one word in many languages and scripts: each finds the article, and the mark is on the letters as written.

use dateline_query::{Engine, Filters, Request, Require};

use crate::corpus::{With, article, engine, found, request};

/// Each of `queries` finds the article and marks `expected` in it, wherever these stand.
#[track_caller]
fn check(language: &str, text: &str, queries: &[&str], expected: &[&str]) {
    let engine = engine(&[
        article("a", "", text).language(language),
        article("b", "", "Nothing of the kind.").language("en"),
    ]);
    for query in queries {
        let request = Request { require: Require::Strict, snippet_chars: 500, ..request(query) };
        let hits = engine.search(&request).unwrap().hits;
        assert_eq!(hits.len(), 1, "{query} in {text}");
        let marks: Vec<&str> =
            hits[0].highlights.iter().map(|span| span.of(&hits[0].snippet)).collect();
        assert_eq!(marks, expected, "{query} in {text}");
    }
}

#[test]
fn letters_that_readers_take_for_one() {
    check(
        "tr",
        "Vali İstanbul dedi.",
        &["istanbul", "İSTANBUL", "ıstanbul", "Istanbul"],
        &["İstanbul"],
    );
    check("tr", "Kırmızı araba geldi.", &["kirmizi", "KIRMIZI", "kırmızı"], &["Kırmızı"]);
    check(
        "de",
        "Auf der Straße war Ruhe.",
        &["strasse", "STRASSE", "Straße", "STRAẞE"],
        &["Straße"],
    );
    check("de", "Die Strasse war leer.", &["straße", "Strasse"], &["Strasse"]);
    check("fr", "Une œuvre rare.", &["oeuvre", "œuvre", "ŒUVRE", "OEUVRE"], &["œuvre"]);
    check("fr", "Une oeuvre rare.", &["œuvre"], &["oeuvre"]);
    check("ru", "Зелёная ёлка стоит.", &["ёлка", "елка", "ЁЛКА"], &["ёлка"]);
    check("ru", "Новая елка стоит.", &["ёлка"], &["елка"]);
    check("pl", "Miasto Łódź czeka.", &["lodz", "ŁÓDŹ", "łódź"], &["Łódź"]);
    check("da", "Byen Århus og Ærø.", &["aero", "ÆRØ"], &["Ærø"]);
}

#[test]
fn arabic_letters_in_their_forms() {
    for (written, queries) in [
        ("أحمد", &["احمد", "أحمد", "إحمد", "أَحْمَد", "أحـمد"][..]),
        ("إعلان", &["اعلان", "أعلان"][..]),
        ("آسيا", &["اسيا"][..]),
        ("مدرسة", &["مدرسه", "مدرسة"][..]),
        ("مستشفى", &["مستشفي"][..]),
        ("مُحَمَّد", &["محمد"][..]),
        ("ﻣﺤﻤﺪ", &["محمد"][..]),
    ] {
        for language in ["ar", ""] {
            check(language, &format!("قال {written} هنا"), queries, &[written]);
        }
    }
}

#[test]
fn widths_accents_and_ligatures() {
    check("en", "The ＮＡＴＯ chief.", &["nato", "NATO", "Ｎａｔｏ"], &["ＮＡＴＯ"]);
    check("en", "The NATO chief.", &["ｎａｔｏ"], &["NATO"]);
    check("fr", "Un cafe\u{301} noir.", &["cafe", "café", "cafe\u{301}"], &["cafe\u{301}"]);
    check("fr", "Un café noir.", &["cafe\u{301}", "CAFE\u{301}"], &["café"]);
    check("uk", "У Киї\u{301}ві дощ.", &["києві OR київі", "КИЇВІ"], &["Киї\u{301}ві"]);
    check("uk", "Місто Киі\u{308}в чекає.", &["київ", "Київ"], &["Киі\u{308}в"]);
    check("vi", "Hà Nội hôm nay.", &["\"ha noi\"", "\"HÀ NỘI\""], &["Hà Nội"]);
    check("en", "The ﬁnance o\u{fb03}ce.", &["finance"], &["ﬁnance"]);
    check(
        "en",
        "Soft am\u{ad}mu\u{ad}nition.",
        &["ammunition", "ammun*"],
        &["am\u{ad}mu\u{ad}nition"],
    );
}

/// A run of characters without blanks is found by any part of it, as one mark.
#[test]
fn scripts_without_blanks() {
    let text = "台風１０号が九州に上陸した。";
    check("ja", text, &["九州", "\"九州\"", "text:九州"], &["九州"]);
    check("ja", text, &["九州に上陸"], &["九州に上陸"]);
    check("ja", text, &["台風10号", "台風１０号"], &["台風１０号"]);
    check("ja", text, &["上陸 九州"], &["九州", "上陸"]);
    check("zh", "他们说“圣城”在山上。", &["圣城", "\"圣城\""], &["圣城"]);
    check("ko", "서울시 의회가 열렸다.", &["서울*", "서울시"], &["서울시"]);
    check("th", "ข่าว\u{200b}ไทย วันนี้", &["ไทย"], &["ไทย"]);
}

#[test]
fn one_language_asked_for_is_the_one_analysed_for() {
    let engine = engine(&[
        article("de", "", "Die Wahlen waren knapp.").language("de"),
        article("en", "", "They wahl and wahlen.").language("en"),
        article("none", "", "Wahlen").language(""),
    ]);
    let names = |query: &str, languages: &[&str]| {
        let languages = languages.iter().map(|code| (*code).to_owned()).collect();
        let filters = Filters { languages, ..Filters::default() };
        let request = Request { filters, require: Require::Strict, ..request(query) };
        let mut names = found(&engine, &request);
        assert_eq!(engine.count(&request).unwrap(), names.len() as u64, "{query}");
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(names("wahlen", &[]), "de en none");
    assert_eq!(names("wahlen", &["de"]), "de");
    assert_eq!(names("wahlen", &["en"]), "en");
    assert_eq!(names("wahlen", &["und"]), "none");
    assert_eq!(names("wahl", &["und"]), "");
    assert_eq!(names("wahl", &["de", "en"]), "de en");
}
