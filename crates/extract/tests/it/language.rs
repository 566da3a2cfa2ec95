//! The language of texts, and none where a text says too little.

use dateline_article::Language;
use dateline_extract::language;

use super::{article, extract};

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = language(text);
    assert_eq!(found.as_ref().map_or("", Language::code), expected, "text: {text}");
}

#[test]
fn languages_by_their_texts() {
    check(
        "The ministers met in the capital on Monday to speak about the harvest and its prices.",
        "en",
    );
    check(
        "Die Minister trafen sich am Montag in der Hauptstadt und sprachen über die Ernte und ihre Preise.",
        "de",
    );
    check(
        "Les ministres se sont réunis lundi dans la capitale pour parler de la récolte et de ses prix.",
        "fr",
    );
    check(
        "Los ministros se reunieron el lunes en la capital para hablar de la cosecha y de sus precios.",
        "es",
    );
    check(
        "Міністри зустрілися в понеділок у столиці, щоб поговорити про врожай і його ціну.",
        "uk",
    );
    check(
        "Министры встретились в понедельник в столице, чтобы поговорить об урожае и ценах на него.",
        "ru",
    );
    check("Міністри їдуть додому, є новини й надія.", "uk");
    check("Это было бы лучшим решением, мы ждём вестей.", "ru");
    check("閣僚は月曜日に首都で会合を開き、収穫と価格について話し合った。", "ja");
}

#[test]
fn a_text_that_says_too_little_has_no_language() {
    check("", "");
    check("Brussels", "");
    check("12 34 56 %%% ---", "");
    check("NATO EU UN IMF OPEC", "");
    check(
        "Shr loss six cts vs not available. Net loss 562,231 vs profit 10,253. Revs 8,871,874 vs 9,549,308. Year. Shr loss 60 cts vs loss nine cts",
        "",
    );
    check("Shr 34 cts vs 1.19 dlrs Net 807,000 vs 2,858,000", "");
}

#[test]
fn what_the_reader_knows_stays() {
    let mut known = article(
        "The ministers met in the capital on Monday to speak about the harvest and its prices.",
    );
    known.language = Language::from_tag("nl");
    let record = dateline_extract::Extractor::new().extract(known);
    assert_eq!(record.article.language.as_ref().map(Language::code), Some("nl"));
    assert_eq!(extract("Too short.").article.language, None);
}
