//! Faults that users of other search programs reported, each by its own example: queries. Marks are in `reported_marks.rs`.

use dateline_article::Record;
use dateline_query::{Engine, Error, Filters, LocalEngine, Mode, Request, Require};

use crate::corpus::{TODAY, With, article, engine, found, request};

/// Names of the articles that `query` selects, by name; every way of asking must agree.
#[track_caller]
fn check(engine: &LocalEngine, query: &str, expected: &str) {
    let strict = Request { require: Require::Strict, ..request(query) };
    let mut names = found(engine, &strict);
    names.sort_unstable();
    assert_eq!(names.join(" "), expected, "{query}");
    assert_eq!(engine.count(&strict).unwrap(), names.len() as u64, "{query}");
    let ids = engine.search(&Request { mode: Mode::Ids, ..strict.clone() }).unwrap().hits;
    assert_eq!(ids.len(), names.len(), "{query}");
    let plain = Request { mode: Mode::Plain, ..strict };
    let found = engine.search(&plain).unwrap().hits.len() as u64;
    assert_eq!(found, engine.count(&plain).unwrap(), "{query}");
}

#[track_caller]
fn check_fault(query: &str, message: &str, hint: &str) {
    let parsed = dateline_query::parse(query, TODAY);
    let fault = parsed.faults.first().unwrap_or_else(|| panic!("{query} is read"));
    assert_eq!(fault.to_string(), message, "{query}");
    assert!(fault.hint().contains(hint), "{query}: {}", fault.hint());
}

/// B019
#[test]
fn a_colon_is_a_field_only_where_a_value_follows() {
    let engine = engine(&[
        article("a", "", "The crew mended nets for eleven weeks."),
        article("b", "", "Zelmar opened peace talks at 12:30, see https://news.example.org/d."),
    ]);
    check(&engine, "nets weeks:", "a");
    check(&engine, "Zelmar: peace talks", "b");
    check(&engine, "12:30", "b");
    check(&engine, "https://news.example.org/d", "b");
    check_fault("nets zelmar:talks", "unknown field `zelmar` at column 6", "title, lead, text");
    check_fault(
        "zelmar:talks",
        "unknown field `zelmar` at column 1",
        "in quotes searches it as text",
    );
}

/// B020. A parenthesis without its other half is an error here that names the column and how to search for the sign.
#[test]
fn parentheses_inside_words() {
    let engine = engine(&[article("a", "", "Appendix k+(k+17) was withdrawn (draft).")]);
    check(&engine, "k+(k+17)", "a");
    check(&engine, "k\\+\\(k\\+17\\)", "a");
    check(&engine, "\\(draft", "a");
    check(&engine, "draft\\)", "a");
    check_fault("(draft", "the parenthesis opened at column 1 is not closed", "`\\(`");
    check_fault("draft)", "the parenthesis closed at column 6 was not opened", "`\\)`");
}

/// B022
#[test]
fn a_phrase_with_signs_inside_a_word_is_never_loosened() {
    let engine = engine(&[
        article("a", "", "the price$tags autumn sale"),
        article("b", "", "price autumn sale"),
        article("c", "", "tags price autumn"),
    ]);
    check(&engine, "\"price$tags autumn\"", "a");
    check(&engine, "\"price$tags autumn\"~2", "a");
    check(&engine, "price$tags", "a");
}

/// B091
#[test]
fn nearness_in_any_order_is_the_same_from_both_sides() {
    let engine = engine(&[
        article("a", "", "harbour old bridge"),
        article("b", "", "bridge new harbour"),
        article("c", "", "bridge so very new harbour"),
    ]);
    for query in ["\"harbour bridge\"~2", "\"bridge harbour\"~2", "bridge w/2 harbour"] {
        check(&engine, query, "a b");
    }
    check(&engine, "harbour pre/2 bridge", "a");
}

/// B092
#[test]
fn an_interval_back_to_front_is_an_error() {
    let message = "the interval is back to front: it ends on 2019-12-31, before it begins on 2024-01-01 (column 6)";
    check_fault("date:2024..2019", message, "put the earlier day first");
    check_fault(
        "words:9..3",
        "the interval at column 7 is back to front",
        "the smaller number first",
    );
}

/// B103
#[test]
fn words_of_an_address_are_found_by_url_alone_and_tracking_never() {
    let at = |name: &str, url: &str| {
        let mut record = article(name, "", "The dam held.");
        record.article.url = Some(url.to_owned());
        record
    };
    let engine = engine(&[
        at("a", "https://news.example.org/d?utm_source=Newsletter&fbclid=IwAR2x"),
        at("b", "https://news.example.org/newsletter?id=77&UTM_Medium=mail#utm_term=dam"),
        at("c", "https://news.example.org/c;jsessionid=1?page=dam&amp;gclid=3"),
    ]);
    check(&engine, "newsletter", "");
    check(&engine, "url:newsletter", "b");
    check(&engine, "url:(fbclid OR utm OR gclid OR iwar2x OR mail)", "");
    check(&engine, "url:77", "b");
    check(&engine, "url:dam", "c");
    check(&engine, "url:1?page=dam&gclid=3", "");
    check(&engine, "url:https://news.example.org/c;jsessionid=1?page=dam", "c");
    check(&engine, "url:\"org/newsletter?id=77\"", "b");
    check(&engine, "url:\"news.example.org/d\"", "a");
}

/// U004 and U017
#[test]
fn a_hyphen_inside_a_word_is_no_not() {
    let engine = engine(&[
        article("a", "", "foo only").source("Anti-muslim Watch"),
        article("b", "", "foo-bar").person("Alexandria Ocasio-Cortez"),
        article("c", "", "bar-foo").source("Muslim Watch"),
    ]);
    check(&engine, "foo-bar", "b");
    check(&engine, "foo -bar", "a");
    check(&engine, "source:anti-muslim", "a");
    check(&engine, "person:ocasio-cortez", "b");
    let filtered = |filters: Filters| found(&engine, &Request { filters, ..request("*") });
    let list = |value: &str| vec![value.to_owned()];
    assert_eq!(
        filtered(Filters { sources: list("Anti-muslim Watch"), ..Filters::default() }),
        ["a"]
    );
    assert_eq!(filtered(Filters { people: list("Ocasio-Cortez"), ..Filters::default() }), ["b"]);
}

/// U005, U131
#[test]
fn not_in_every_place() {
    let engine = engine(&[article("alone", "", "john alone"), article("doe", "", "john doe")]);
    for query in ["john AND NOT doe", "john AND -doe", "john NOT doe", "john -doe", "-doe john"] {
        check(&engine, query, "alone");
    }
    check(&engine, "NOT doe", "alone");
    check(&engine, "NOT (john NOT doe)", "doe");
}

/// U007
#[test]
fn a_leading_star_is_read_alike_everywhere() {
    let engine =
        engine(&[article("a", "Watergate", "Nothing."), article("b", "News", "The floodgate.")]);
    check(&engine, "*gate", "a b");
    check(&engine, "(*gate)", "a b");
    check(&engine, "title:(*gate)", "a");
    check(&engine, "title:*gate", "a");
    check(&engine, "\"the *gate\"", "b");
}

/// U008
#[test]
fn wildcards_work_inside_quotes() {
    let engine = engine(&[
        article("a", "", "foreign ministers met"),
        article("b", "", "foreign ships, ministers"),
    ]);
    check(&engine, "\"foreign minist*\"", "a");
    check(&engine, "\"foreign mini?ters met\"", "a");
    check(&engine, "\"*eign minist*\"", "a");
}

/// U011
#[test]
fn names_with_operators_in_them_are_text_in_quotes() {
    let engine = engine(&[
        article("a", "", "The fund AND Capital closed."),
        article("b", "", "Baker / McKenzie advised."),
        article("c", "", "Capital closed, Baker advised McKenzie."),
    ]);
    check(&engine, "\"AND Capital\"", "a");
    check(&engine, "\"Baker / McKenzie\"", "b");
    for (text, expected) in [("AND Capital", "a"), ("Baker / McKenzie", "b c")] {
        let query = dateline_query::plain_words(text);
        let request = Request { require: Require::Strict, ..Request::new(query) };
        let mut names = found(&engine, &request);
        names.sort_unstable();
        assert_eq!(names.join(" "), expected, "{text}");
    }
}

/// U013
#[test]
fn a_query_without_hits_counts_none() {
    let engine = engine(&[article("a", "", "ferry"), article("b", "", "ferry and crew")]);
    let counts =
        ["ferry", "ferry zeppelin", "crew"].map(|query| engine.count(&request(query)).unwrap());
    assert_eq!(counts, [2, 0, 1]);
}

fn many(number: usize, text: impl Fn(usize) -> String) -> Vec<Record> {
    (0..number).map(|n| article(&format!("{n:04}"), "", &text(n))).collect()
}

/// U014
#[test]
fn deep_pages_are_served() {
    let engine = engine(&many(310, |_| "flood".to_owned()));
    let page = |offset| found(&engine, &Request { limit: 100, offset, ..request("flood") }).len();
    assert_eq!([page(0), page(200), page(300), page(20_000)], [100, 100, 10, 0]);
    let all = found(&engine, &Request { limit: usize::MAX, offset: 1, ..request("flood") });
    assert_eq!(all.len(), 309);
}

/// U016
#[test]
fn every_name_of_an_excluded_group_is_excluded() {
    let engine = engine(&[
        article("a", "", "A new trial for a clerk."),
        article("b", "", "Exonerated, and Knox left."),
        article("c", "", "Trump on the new trial."),
        article("d", "", "Weinstein wants a new trial."),
        article("e", "", "The jury exonerates her."),
    ]);
    check(&engine, "(\"new trial\" OR exoner*) -(trump OR knox OR weinstein)", "a e");
    check(&engine, "(\"new trial\" OR exoner*) NOT trump NOT knox NOT weinstein", "a e");
}

/// U064
#[test]
fn large_groups_near_each_other() {
    let engine = engine(&[
        article("a", "", "The terrorists were no immigrants."),
        article("b", "", "Radical ideas spread among refugees and asylum seekers."),
        article("c", "", "Extremism."),
    ]);
    let query =
        "(terror* OR radica* OR jihad* OR extremis*) w/15 (immigr* OR migr* OR asylum OR refugee*)";
    check(&engine, query, "a b");
    // A wildcard that stands for more than there is room for says so.
    let words = (0..5000).map(|n| format!("pos{n:04}")).collect::<Vec<_>>().join(" ");
    let engine = crate::corpus::engine(&[article("a", "", &format!("related {words}"))]);
    let error = engine.search(&request("related w/3 pos*")).unwrap_err();
    assert!(matches!(error, Error::Query { .. }));
    let message = "the wildcard at column 13 stands for more than 4096 words";
    assert_eq!(error.to_string(), message);
    let error = engine.search(&request("\"related pos*\"")).unwrap_err();
    assert_eq!(error.to_string(), "the wildcard at column 1 stands for more than 4096 words");
    check(&engine, "related pos*", "a");
    check(&engine, "pos4999", "a");
}

/// U098
#[test]
fn no_word_of_a_wildcard_is_lost() {
    let engine = engine(&many(300, |n| format!("related pos{n:03}")));
    for query in ["\"related pos*\"", "related pre/1 pos*", "pos*", "text:pos*"] {
        assert_eq!(engine.count(&request(query)).unwrap(), 300, "{query}");
        assert_eq!(found(&engine, &request(query)).len(), 300, "{query}");
    }
    check(
        &engine,
        "\"related pos29?\"",
        &(290..300).map(|n| format!("{n:04}")).collect::<Vec<_>>().join(" "),
    );
}

/// U107
#[test]
fn nearness_of_three_words_has_one_answer() {
    let engine = engine(&[
        article("a", "", "a c b"),
        article("b", "", "a b c"),
        article("c", "", "c b a"),
        article("d", "", "a x b c"),
    ]);
    check(&engine, "\"a b c\"~1", "b c");
    check(&engine, "\"a b c\"~2", "a b c d");
    check(&engine, "a pre/1 b pre/1 c", "b");
}

/// U109
#[test]
fn nothing_is_silently_read_as_other_words() {
    let engine = engine(&[
        article("a", "", "Jon bought water."),
        article("b", "", "President George Bush drank watermelon juice."),
        article("c", "", "They do not doe."),
        article("d", "", "John 1 said w 2."),
    ]);
    check(&engine, "john~1", "a d");
    check(&engine, "water*", "a b");
    check(&engine, "president w/2 bush", "b");
    check(&engine, "not doe", "c");
}

/// U094
#[test]
fn pages_of_equals_repeat_nothing_and_lose_nothing() {
    let records = many(100, |_| "The same words.".to_owned());
    let engine = crate::corpus::engine_in_segments(&records, 25);
    let whole = found(&engine, &request("words"));
    for _ in 0..3 {
        let ten = (0..10).flat_map(|page| {
            found(&engine, &Request { limit: 10, offset: page * 10, ..request("words") })
        });
        let paged: Vec<String> = ten.collect();
        assert_eq!(paged, whole);
    }
    let mut sorted = whole;
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), 100);
}

/// B071
#[test]
fn accents_are_folded_before_stems_are_taken() {
    let engine = engine(&[
        article("fr", "", "Le café rouvre, un résumé du procès.").language("fr"),
        article("en", "", "Nothing of the kind."),
    ]);
    for query in [
        "cafe",
        "café",
        "resume",
        "proces",
        "CAFÉ",
        "cafe\u{301}",
        "Résumés",
        "resumes",
        "cafés",
        "=resume",
        "\"resume du proces\"",
        "caf?",
        "res*",
        "reusme~",
    ] {
        check(&engine, query, "fr");
    }
}

/// B112
#[test]
fn what_has_no_language_is_not_stemmed_as_another() {
    let engine = engine(&[
        article("short", "", "boat, Nordsee").language(""),
        article("en", "", "The boats left."),
        article("nl", "", "Twee boten vertrokken.").language("nl"),
    ]);
    check(&engine, "language:en", "en");
    check(&engine, "language:und", "short");
    check(&engine, "boat", "en short");
    check(&engine, "boats", "en short");
    check(&engine, "Nordsee", "short");
}
