//! Notes of the query come back with the hits.

use dateline_query::Engine;

use crate::corpus::{article, engine, request};

#[test]
fn how_a_query_was_read() {
    let engine = engine(&[article("a", "", "kyiv odesa")]);
    let check = |query: &str, expected: &[&str]| {
        let notes = engine.search(&request(query)).unwrap().notes;
        assert_eq!(notes.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{query}");
    };
    check("kyiv", &[]);
    check("kyiv odesa OR lviv", &["read as: (kyiv odesa) OR lviv"]);
    check("kyiv — odesa", &["`—` at column 6 is punctuation and is not searched"]);
}

#[test]
fn a_word_found_nowhere_gets_a_suggestion() {
    let engine = engine(&[
        article("a", "", "Ammunition for the front. The ferry."),
        article("b", "", "Ammunition again. The fury of it."),
        article("c", "", "Ferry, ferry."),
    ]);
    let check = |query: &str, expected: &str| {
        let notes = engine.search(&request(query)).unwrap().notes;
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes.join("; "), expected, "{query}");
    };
    check("ammuniton", "no article has `ammuniton`; did you mean `ammunition`?");
    check("front OR ferrry", "no article has `ferrry`; did you mean `ferry`?");
    // Of two words as near, the one in more articles.
    check("ferxy OR again", "no article has `ferxy`; did you mean `ferry`?");
    check("zebra", "");
    check("ammunition", "");
    check("ammunitions", "");
}

#[test]
fn the_nearest_word_is_suggested_and_of_those_the_most_frequent() {
    let texts = [
        "kozak ministry",
        "kozak ministry",
        "kozak ministry",
        "kovak minister",
        "ministry",
        "petrol petrel petrel petrel",
        "petrol",
    ];
    let articles = texts.iter().enumerate().map(|(n, text)| article(&n.to_string(), "", text));
    let engine = engine(&articles.collect::<Vec<_>>());
    let check = |query: &str, expected: &str| {
        let notes = engine.search(&request(query)).unwrap().notes;
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes, [format!("no article has `{query}`; did you mean `{expected}`?")]);
    };
    // One edit from both: the one in more articles, though it is later in the alphabet.
    check("koxak", "kozak");
    // In more articles, not more often in one.
    check("petrxl", "petrol");
    // One edit from a word of one article, two from a word of four.
    check("ministar", "minister");
    check("ministxy", "ministry");
    // Neighbouring letters exchanged are one edit.
    check("minsitry", "ministry");
}
