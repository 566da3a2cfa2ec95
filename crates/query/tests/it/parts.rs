//! Words, phrases and wildcards in title, lead and text, and what else tells parts of an article apart.

use crate::corpus::{article, engine};
use crate::selects::{check, words};

#[test]
fn parts_of_the_article() {
    let engine = words();
    check(&engine, "title:ammunition", "b");
    check(&engine, "text:ammunition", "a");
    check(&engine, "lead:ammunition", "a");
    check(&engine, "hlead:(ammunition -ukraine)", "b");
    check(&engine, "title:(ammunition OR elections)", "b c");
    check(&engine, "title:ammun*", "b");
    check(&engine, "text:ammun*", "a");
    check(&engine, "text:\"ammunition for\"", "a");
    check(&engine, "title:\"runs short\"", "b");
    check(&engine, "text:short", "c g");
    check(&engine, "title:*", "a b c e f g");
    check(&engine, "NOT title:*", "d");
    check(&engine, "title:(NOT ammunition)", "a c d e f g");
    check(&engine, "language:de", "e");
    check(&engine, "language:(de OR uk)", "e f");
    check(&engine, "format:text -language:en", "e f");
    check(&engine, "path:a OR path:b", "a b");
    check(&engine, "words:>=13", "d");
    check(&engine, "words:5..9 -words:9", "f");
}

/// What stands in title and lead in which form and order, only the whole article's places tell; the same words stand elsewhere too.
#[test]
fn words_and_phrases_of_title_and_lead() {
    let filler = format!("So it {}.", "went on ".repeat(40));
    let text = |first: &str, second: &str| format!("{first} {filler}\n\n{second}");
    let record = |name, title: &str, first, second| article(name, title, &text(first, second));
    let engine = engine(&[
        record("a", "Elections in Holm", "Harbours were closed by the U.S. navy.", "An election."),
        record("b", "Holm in elections", "The harbour was shut.", "Closed by whom?"),
        record("c", "", "By whom were harbours closed?", "The US navy, they say."),
        record("d", "Navy of the U.S. sails", "They told us.", "Closed by the harbour's navy."),
    ]);
    let check = |query: &str, expected: &str| check(&engine, query, expected);
    check("title:election", "a b");
    check("title:=election", "");
    check("title:=elections", "a b");
    check("title:\"elections in holm\"", "a");
    check("title:\"election in holm\"", "a");
    check("title:=\"election in holm\"", "");
    check("title:\"closed by\"", "");
    check("title:U.S.", "d");
    check("title:\"of the U.S.\"", "d");
    check("title:elect*", "a b");
    check("title:\"elect* in\"", "a");
    check("lead:harbour", "a b c");
    check("lead:=harbours", "a c");
    check("lead:closed", "a c");
    check("lead:\"closed by\"", "a");
    check("lead:\"harbour were closed\"", "a");
    check("lead:=\"harbour were closed\"", "");
    check("lead:U.S.", "a");
    check("lead:us", "a d");
    check("lead:\"the U.S. navy\"", "a");
    check("lead:harb*", "a b c");
    check("lead:clo?ed", "a c");
    check("lead:harbor~", "a b c");
    check("lead:/clos.*/", "a c");
    check("hlead:=elections", "a b");
    check("hlead:U.S.", "a d");
    check("hlead:\"in elections\"", "b");
    check("hlead:elect*", "a b");
    check("hlead:navy", "a d");
    check("hlead:(\"closed by\" OR \"U.S. sails\")", "a d");
    check("lead:(NOT \"closed by\")", "b c d");
    check("\"closed by\" NOT lead:\"closed by\"", "b d");
    check("first2(lead:harbour)", "a b");
    check("lead:zzz*", "");
}
