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
