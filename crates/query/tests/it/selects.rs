//! Tables of (query → articles).

use dateline_article::Record;
use dateline_query::{CopyMode, Engine, Error, Filters, LocalEngine, Mode, Request, Require};

use dateline_schema::{Copies, Manifest};

use crate::corpus::{With, article, engine, found, request};

/// Names of the articles that `query` selects, by name; the count must agree, and so must that of the plain mode with what it finds.
#[track_caller]
pub(crate) fn check(engine: &LocalEngine, query: &str, expected: &str) {
    let strict = Request { require: Require::Strict, ..request(query) };
    let mut names = found(engine, &strict);
    names.sort_unstable();
    assert_eq!(names.join(" "), expected, "{query}");
    assert_eq!(engine.count(&strict).unwrap(), names.len() as u64, "{query}");
    let plain = Request { mode: Mode::Plain, ..strict };
    let hits = engine.search(&plain).unwrap().hits;
    assert_eq!(hits.len() as u64, engine.count(&plain).unwrap(), "{query}");
}

pub(crate) fn words() -> LocalEngine {
    engine(&[
        article(
            "a",
            "Allies meet",
            "Ministers spoke about ammunition for Ukraine. They met in Brussels.",
        ),
        article(
            "b",
            "Ammunition runs short",
            "The factory at Orlava makes shells. COVID-19 closed it.",
        ),
        article(
            "c",
            "Elections in May",
            "Voters elected a mayor. Political will was short in Kyiv.",
        ),
        article("d", "", "The U.S. envoy told us nothing. AT&T and C++ were named by @nato, too."),
        article("e", "Wahl in Berlin", "Die Wahlen waren knapp. Ein Café am Platz blieb offen.")
            .language("de"),
        article("f", "Повінь", "Вода у Києві стояла високо.").language("uk"),
        article(
            "g",
            "Anti-muslim march",
            "A march of the invaders was invading the short hill of will.",
        ),
    ])
}

#[test]
fn plain_mode_looks_for_words_as_written() {
    let engine = words();
    let check = |query: &str, expected: usize| {
        let strict = Request { require: Require::Strict, ..request(query) };
        let plain = Request { mode: Mode::Plain, ..strict };
        assert_eq!(engine.search(&plain).unwrap().hits.len(), expected, "{query}");
    };
    check("ministers", 1);
    check("minister", 0);
    check("Ministers OR factory", 2);
    check("\"elected a mayor\"", 1);
    check("\"elect a mayor\"", 0);
    check("minist*", 1);
}

#[test]
fn words_in_title_or_text() {
    let engine = words();
    check(&engine, "ammunition", "a b");
    check(&engine, "Ammunition ukraine", "a");
    check(&engine, "ministers", "a");
    check(&engine, "minister", "a");
    check(&engine, "election", "c");
    check(&engine, "wahl", "e");
    check(&engine, "cafe", "e");
    check(&engine, "CAFÉ", "e");
    check(&engine, "києві", "f");
    check(&engine, "nowhere", "");
    check(&engine, "the", "b d g");
}

#[test]
fn operators() {
    let engine = words();
    check(&engine, "ammunition OR kyiv", "a b c");
    check(&engine, "ammunition NOT ukraine", "b");
    check(&engine, "ammunition AND NOT ukraine", "b");
    check(&engine, "ammunition -ukraine", "b");
    check(&engine, "NOT ammunition", "c d e f g");
    check(&engine, "NOT ammunition NOT kyiv", "d e f g");
    check(&engine, "ammunition OR NOT short", "a b d e f");
    check(&engine, "short -(kyiv OR ammunition)", "g");
    check(&engine, "(ammunition ukraine) OR (will kyiv)", "a c");
    check(&engine, "NOT (ammunition OR short)", "d e f");
    check(&engine, "NOT NOT_THERE", "a b c d e f g");
    check(&engine, "*", "a b c d e f g");
    check(&engine, "* -short", "a d e f");
    check(&engine, "short (NOT kyiv)", "b g");
}

#[test]
fn phrases() {
    let engine = words();
    check(&engine, "\"political will\"", "c");
    check(&engine, "\"will political\"", "");
    check(&engine, "\"of will\"", "g");
    check(&engine, "\"elect a mayor\"", "c");
    check(&engine, "=\"elect a mayor\"", "");
    check(&engine, "=\"elected a mayor\"", "c");
    // From the title into the text there is no phrase.
    check(&engine, "\"meet ministers\"", "");
    check(&engine, "\"ammunition for * they\"", "a");
    check(&engine, "\"ammunition for they\"", "");
    check(&engine, "\"polit* will\"", "c");
    check(&engine, "\"will *\"", "c g");
}

#[test]
fn words_as_written() {
    let engine = words();
    check(&engine, "invade", "g");
    check(&engine, "=invade", "");
    check(&engine, "=invading", "g");
    check(&engine, "exact(INVADING OR elected)", "c g");
}

#[test]
fn signs_in_words() {
    let engine = words();
    check(&engine, "COVID-19", "b");
    check(&engine, "covid", "b");
    check(&engine, "anti-muslim", "g");
    check(&engine, "muslim", "g");
    check(&engine, "anti -muslim", "");
    check(&engine, "U.S.", "d");
    check(&engine, "us", "d");
    check(&engine, "\"U.S. envoy\"", "d");
    check(&engine, "\"us nothing\"", "d");
    check(&engine, "\"U.S. nothing\"", "");
    check(&engine, "AT&T", "d");
    check(&engine, "C++", "d");
    check(&engine, "c#", "");
    check(&engine, "@nato", "d");
    check(&engine, "nato", "d");
    check(&engine, "#nato", "");
}

#[test]
fn wildcards_fuzzy_words_and_patterns() {
    let engine = words();
    check(&engine, "ammun*", "a b");
    check(&engine, "am?unition", "a b");
    check(&engine, "*unition", "a b");
    check(&engine, "inva*", "g");
    check(&engine, "Caf*", "e");
    check(&engine, "zzz*", "");
    check(&engine, "anti-mus*", "g");
    check(&engine, "amunition~", "a b");
    check(&engine, "kiyv~", "c");
    check(&engine, "kiev~1", "");
    // `die` is two edits away as well.
    check(&engine, "kiev~2", "c e");
    check(&engine, "/am+unition/", "a b");
    check(&engine, "/munition/", "");
    check(&engine, "?*", "a b c d e f g");
}

/// `commission` is the stem of `commissioner` in English, and no form of it.
#[test]
fn a_word_is_no_stem_where_every_language_is_known() {
    let records = [
        article("a", "", "The commission met."),
        article("b", "", "A commissioner resigned."),
        article("c", "", "La commission de Paris.").language("fr"),
    ];
    check(&engine(&records), "commission", "a c");
    check(&engine(&records), "commissioner", "b");
    let unknown = article("d", "", "commission x").language("und");
    check(&engine(&[records.as_slice(), &[unknown]].concat()), "commission x", "d");
}

fn entities() -> LocalEngine {
    engine(&[
        article("a", "", "x").person("Vladimir Putin").person("Jens Stoltenberg").place("Kyiv"),
        article("b", "", "x").person("Vladimir V. Putin").place("Ukraine").place("Orlava Mill"),
        article("c", "", "x")
            .person("Putin Vladimirov")
            .person("Jane Doe")
            .place("Paris")
            .source("The Daily Post"),
        article("d", "", "x").person("Jens Doe").person("Ann Stoltenberg").language(""),
    ])
}

#[test]
fn people_and_sources() {
    let engine = entities();
    check(&engine, "person:putin", "a b c");
    check(&engine, "person:\"vladimir putin\"", "a b");
    check(&engine, "person:\"putin vladimir\"", "");
    check(&engine, "person:vladimir*", "a b c");
    // No phrase from one name into the next.
    check(&engine, "person:\"jens stoltenberg\"", "a");
    check(&engine, "person:(putin -doe)", "a b");
    check(&engine, "person:*", "a b c d");
    check(&engine, "source:\"daily post\"", "c");
    check(&engine, "rst=post", "c");
    check(&engine, "source:*", "c");
    check(&engine, "org:*", "");
    check(&engine, "language:und", "d");
}

#[test]
fn places() {
    let engine = entities();
    check(&engine, "place:ukraine", "a b");
    check(&engine, "place:kyiv", "a");
    check(&engine, "place:Kiev", "a");
    check(&engine, "place:europe", "a b c");
    check(&engine, "place:\"orlava mill\"", "b");
    check(&engine, "place:orlava", "b");
    check(&engine, "place:geonames/703448", "a");
    check(&engine, "place:(kyiv OR paris)", "a c");
    check(&engine, "place:(NOT ukraine)", "c d");
    check(&engine, "place:kyi*", "a");
    check(&engine, "place:(50.4,30.5,25km)", "a");
    check(&engine, "place:nowhereland", "");
    check(&engine, "place:*", "a b c");
}

#[test]
fn days() {
    let engine = engine(&[
        article("a", "", "x").published("2024-03-14").date("2024-03-01", "2024-04-01"),
        article("b", "", "x").published("2024-03").date("--03-14", "--03-15"),
        article("c", "", "x")
            .published("2024-03-31T23:30:00-05:00")
            .date("2022-02-24", "2022-02-25"),
        article("d", "", "x").published("2023").date("1990-01-01", "2000-01-01"),
        article("e", "", "x"),
    ]);
    check(&engine, "published:2024-03-14", "a");
    check(&engine, "published:2024-03", "a b c");
    check(&engine, "published:2024-04", "");
    check(&engine, "published:2024", "a b c");
    check(&engine, "published:2023", "d");
    check(&engine, "published:<2024", "d");
    check(&engine, "published:>2024-03-14", "c");
    check(&engine, "published:2023..2024-03-30", "a d");
    check(&engine, "published:today", "a");
    check(&engine, "published:*", "a b c d");
    check(&engine, "NOT published:2024", "d e");
    check(&engine, "mentioned:2024-03-14", "a");
    check(&engine, "mentioned:--03-14", "b");
    check(&engine, "mentioned:--03", "b");
    check(&engine, "mentioned:2022", "c");
    check(&engine, "mentioned:1995-05-05", "d");
    check(&engine, "mentioned:<2000", "d");
    check(&engine, "mentioned:>=2022", "a c");
    check(&engine, "mentioned:*", "a b c d");
}

/// One rule for filters and groups, whatever the zone: the local day as written.
#[test]
fn dates_u088_the_local_day_counts() {
    let engine = engine(&[
        article("a", "", "x").published("2018-04-17T01:00:00+03:00"),
        article("b", "", "x").published("2018-04-16T23:00:00-07:00"),
        article("c", "", "x").published("2018-06-05T14:26:00+09:00"),
    ]);
    check(&engine, "published:2018-04-17", "a");
    check(&engine, "published:2018-04-16", "b");
    check(&engine, "published:2018-06-05", "c");
}

#[test]
fn dates_u127_u128_every_precision_is_counted_once_a_period() {
    let engine = engine(&[
        article("a", "", "x").published("2022"),
        article("b", "", "x").published("2023-01"),
        article("c", "", "x").published("2023-01-01"),
        article("d", "", "x").published("2023-01-01T00:00:00"),
        article("e", "", "x").published("2023-01-01T00:00:00Z"),
        article("f", "", "x"),
    ]);
    check(&engine, "published:*", "a b c d e");
    check(&engine, "published:2022", "a");
    check(&engine, "published:2023", "b c d e");
    check(&engine, "published:2023-01", "b c d e");
    check(&engine, "published:2023-01-01", "c d e");
    check(&engine, "published:2022-12 OR published:2023-02", "");
}

#[test]
fn people_in_any_spelling() {
    let engine = engine(&[
        article("a", "", "x").person("Wolodymyr Selenskyj"),
        article("b", "", "x").person("Muammar al-Gaddafi"),
        article("c", "", "x").person("Viktor Yanukovych").person("Jan Zieliński"),
        article("d", "", "x").person("Володимир Зеленський"),
    ]);
    for query in ["zelensky", "Zelenskyy", "Zelenskiy", "\"volodymyr zelensky\"", "Зеленский"]
    {
        check(&engine, &format!("person:{query}"), "a d");
    }
    check(&engine, "person:qaddafi", "b");
    check(&engine, "person:\"muammar kadhafi\"", "b");
    check(&engine, "person:Janukowitsch", "c");
    check(&engine, "person:\"Wiktor Janukowytsch\"", "c");
    check(&engine, "person:zielinski", "c");
    // As written, where that is asked for, and with wildcards.
    check(&engine, "person:=selenskyj", "a");
    check(&engine, "person:=zelensky", "");
    check(&engine, "person:selen*", "a");
}

#[test]
fn filters() {
    let engine = engine(&[
        article("a", "", "x")
            .published("2024-03-14")
            .person("Jane Doe")
            .place("Kyiv")
            .source("Post"),
        article("b", "", "x").published("2024-03-15").person("Vladimir Putin").place("Paris"),
        article("c", "", "y").published("2024-03-16").language("de"),
    ]);
    let check = |filters: Filters, expected: &str| {
        let mut names = found(&engine, &Request { filters: filters.clone(), ..request("*") });
        names.sort_unstable();
        assert_eq!(names.join(" "), expected, "{filters:?}");
    };
    let list = |value: &str| vec![value.to_owned()];
    let day = |text: &str| Some(text.parse::<jiff::civil::Date>().unwrap());
    check(Filters::default(), "a b c");
    check(Filters { from: day("2024-03-15"), ..Filters::default() }, "b c");
    check(Filters { to: day("2024-03-15"), ..Filters::default() }, "a b");
    check(Filters { from: day("2024-03-15"), to: day("2024-03-15"), ..Filters::default() }, "b");
    check(Filters { people: list("putin"), ..Filters::default() }, "b");
    check(Filters { people: vec!["putin".into(), "doe".into()], ..Filters::default() }, "a b");
    check(Filters { people: list("putin"), places: list("Kyiv"), ..Filters::default() }, "");
    check(Filters { places: list("Ukraine"), ..Filters::default() }, "a");
    check(Filters { sources: list("post"), ..Filters::default() }, "a");
    check(Filters { languages: list("de"), ..Filters::default() }, "c");
    check(Filters { root: Some("test".into()), ..Filters::default() }, "a b c");
    check(Filters { root: Some("other".into()), ..Filters::default() }, "");
    let filters = Filters { languages: list("klingon"), ..Filters::default() };
    let error = engine.search(&Request { filters, ..request("*") }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot filter by language `klingon`: `klingon` at column 1 is not a language code"
    );
}

#[test]
fn what_cannot_run_is_refused_by_name() {
    let engine = words();
    let check = |query: &str, expected: &str| {
        let error = engine.search(&request(query)).unwrap_err();
        assert_eq!(error.to_string(), expected, "{query}");
    };
    check("byline:caps(turkey)", "not supported yet: capitals outside title and text (column 13)");
    check(
        "atleast2(a OR words:>5)",
        "`atleast2` at column 10 cannot take days or numbers (`@date` is any date)",
    );
    check("first5(NOT a)", "`first5` at column 8 cannot take `NOT`");
    check(
        "atleast2(language:en)",
        "`atleast2` at column 10 cannot take a field inside an `OR` (write the field before the whole)",
    );
    check("a w/5 /b(/", "`/b(/` at column 7 is not a pattern");
    check("a \"…\"", "`\"…\"` at column 3 holds no word to look for");
    check("/a(/", "`/a(/` at column 1 is not a pattern");
    check("id:12", "`12` at column 4 is not an article id");
    check("place:geonames/1", "there is no place `geonames/1` (column 7)");
    let many = vec!["w"; 5000].join(" OR ");
    check(&many, "the query asks for more than 4096 words (column 20481)");
    let many = format!("\"{}\"", vec!["w"; 5000].join(" "));
    check(&many, "the query asks for more than 4096 words (column 1)");
    let many = vec!["*a"; 300].join(" OR ");
    check(
        &many,
        "the query asks for more than 64 fuzzy words, patterns and wildcards without a beginning (column 385)",
    );
    let long = "?".repeat(300);
    let message = engine.search(&request(&long)).unwrap_err().to_string();
    assert!(message.chars().count() < 160 && message.contains('…'), "{message}");
    let faulty = Request::new(dateline_query::parse("\"nato", crate::corpus::TODAY));
    let error = engine.count(&faulty).unwrap_err();
    assert!(matches!(&error, Error::Query { faults, .. } if faults.len() == 1), "{error}");
}

/// Articles for what asks where words stand.
#[test]
fn number_of_copies() {
    // Four articles, of which three are one story, in an index on disk: clusters stand in a file beside it.
    let folder = tempfile::tempdir().unwrap();
    let settings = dateline_schema::Settings { extract: true };
    let opened =
        dateline_schema::open_or_create(folder.path(), || Manifest::new(settings)).unwrap();
    let records = ["a", "b", "c", "d"].map(|name| article(name, "", "The ferry stays in port."));
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    for record in &records {
        let document = dateline_schema::document(&opened.fields, record, "test", 1).unwrap();
        writer.add_document(document).unwrap();
    }
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload("state-1");
    commit.commit().unwrap();
    let id = |n: usize| records[n].article.id;
    let copies = Copies::new([(id(0), id(0)), (id(1), id(0)), (id(2), id(0))]);
    copies.write(folder.path(), 1).unwrap();
    let engine = LocalEngine::open(folder.path()).unwrap();
    let check = |query: &str, expected: &str| {
        let request = Request { copies: CopyMode::All, ..request(query) };
        let mut names = found(&engine, &request);
        names.sort_unstable();
        assert_eq!(names.join(" "), expected, "{query}");
        assert_eq!(engine.count(&request).unwrap(), names.len() as u64, "{query}");
    };
    check("copies:2", "a b c");
    check("copies:>2", "");
    check("copies:>=1", "a b c");
    check("copies:0", "d");
    check("copies:<2", "d");
    check("copies:0..2 ferry", "a b c d");
    check("copies:*", "a b c");
    check("NOT copies:*", "d");
}

#[test]
fn an_article_by_its_id() {
    let record: Record = article("a", "Title", "Text.");
    let engine = engine(std::slice::from_ref(&record));
    assert_eq!(engine.article(record.article.id).unwrap(), Some(record.clone()));
    assert_eq!(engine.article(dateline_article::ArticleId::from_u64(1)).unwrap(), None);
    check(&engine, &format!("id:{}", record.article.id), "a");
}

#[test]
fn an_index_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(LocalEngine::open(folder.path()), Err(Error::Open(_))));
    let settings = dateline_schema::Settings { extract: true };
    let manifest = || dateline_schema::Manifest::new(settings);
    let opened = dateline_schema::open_or_create(folder.path(), manifest).unwrap();
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    let record = article("a", "Title", "Kyiv.");
    let document = dateline_schema::document(&opened.fields, &record, "test", 1).unwrap();
    writer.add_document(document).unwrap();
    writer.commit().unwrap();
    check(&LocalEngine::open(folder.path()).unwrap(), "kyiv", "a");
}

#[test]
fn an_empty_index_has_no_hits() {
    let engine = engine(&[]);
    check(&engine, "kyiv", "");
    check(&engine, "*", "");
    check(&engine, "\"a b\" OR c* -d", "");
    check(&engine, "published:2024", "");
    let stats = engine.stats().unwrap();
    assert_eq!((stats.articles, stats.first, stats.languages.len()), (0, None, 0));
}

#[test]
fn stats_count_what_is_there() {
    let engine = engine(&[
        article("a", "", "x").published("2024-03-14").source("Post"),
        article("b", "", "x").published("2023-12").source("Post"),
        article("c", "", "x").language("de"),
        article("d", "", "x").language(""),
        article("e", "", "x").source("Times"),
    ]);
    let stats = engine.stats().unwrap();
    assert_eq!((stats.articles, stats.files), (5, 2));
    assert_eq!(stats.first.unwrap().to_string(), "2023-12-01");
    assert_eq!(stats.last.unwrap().to_string(), "2024-03-14");
    let list = |map: &std::collections::BTreeMap<String, u64>| {
        map.iter().map(|(key, count)| format!("{key}={count}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(list(&stats.languages), "de=1 en=3 und=1");
    assert_eq!(list(&stats.sources), "Post=2 Times=1");
    assert!(stats.bytes > 0);
}
