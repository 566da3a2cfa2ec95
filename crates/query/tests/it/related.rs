//! Articles related to one, over small corpora with events of their own.

use dateline_article::Record;
use dateline_query::{CopyMode, Engine, LocalEngine, Related, Relation, Relations, Side};

use crate::corpus::{With, article, engine, engine_in_segments};

/// Two accidents of ferries a year apart, an election, and what fills a newspaper.
pub(crate) fn news() -> Vec<Record> {
    let mut records = vec![
        article("sinks", "Ferry sinks off Odesa", "A ferry sank in the harbour of Odesa in a storm. Divers searched for the crew, captain Olena Koval said.")
            .published("2024-03-12").person("Olena Koval").place("Odesa"),
        article("divers", "Divers find ferry's crew", "Divers found the crew of the ferry alive in an air pocket. The captain, Koval, thanked them in Odesa.")
            .published("2024-03-13").person("Koval").place("Odesa"),
        article("inquiry", "Inquiry into ferry accident opens", "An inquiry into the ferry that sank in the storm of 12 March heard divers and the captain, Olena Koval.")
            .published("2024-09-02").person("Olena Koval").place("Ukraine").date("2024-03-12", "2024-03-13"),
        article("older", "Ferry runs aground near Bergen", "A ferry ran aground near Bergen in a storm. Its crew was taken off by helicopter.")
            .published("2023-03-12").place("Bergen"),
        article("election", "Voters in Portugal choose parliament", "Polling stations opened in Lisbon. Luis Ribeiro leads the count of votes.")
            .published("2024-03-12").person("Luis Ribeiro").place("Lisbon"),
        article("count", "Ribeiro ahead as votes are counted", "The count of votes in Portugal puts Luis Ribeiro ahead, the commission in Lisbon said.")
            .published("2024-03-13").person("Luis Ribeiro").place("Lisbon"),
    ];
    records.extend((0..40).map(|n| {
        let text = format!("The council of town number {n} spoke of roads, schools and the price of bread in its meeting.");
        article(&format!("filler{n:02}"), &format!("Council meets for the {n}th time"), &text)
            .published(&format!("2024-03-{:02}", n % 28 + 1))
    }));
    records
}

fn id(name: &str) -> dateline_article::ArticleId {
    dateline_article::ArticleId::new("test", name, "1")
}

fn names(engine: &LocalEngine, request: &Related) -> Vec<String> {
    let relations = engine.related(request).unwrap().unwrap();
    let name = |relation: &Relation| engine.article(relation.id).unwrap().unwrap().article.path;
    relations.articles.iter().map(name).collect()
}

#[test]
fn the_same_event_comes_first_and_other_news_not_at_all() {
    let engine = engine(&news());
    let check = |of: &str, expected: &str| {
        assert_eq!(names(&engine, &Related::new(id(of))).join(" "), expected, "{of}");
    };
    check("sinks", "divers inquiry");
    check("inquiry", "sinks divers");
    check("election", "count");
    check("count", "election");
}

#[test]
fn sides_and_days_bound_the_articles() {
    let engine = engine(&news());
    let related = |change: fn(&mut Related)| {
        let mut request = Related::new(id("divers"));
        change(&mut request);
        names(&engine, &request).join(" ")
    };
    assert_eq!(related(|_| {}), "sinks inquiry");
    assert_eq!(related(|request| request.side = Side::Earlier), "sinks");
    assert_eq!(related(|request| request.side = Side::Later), "inquiry");
    assert_eq!(related(|request| request.limit = 1), "sinks");
    assert_eq!(related(|request| request.limit = 0), "");
    assert_eq!(related(|request| request.from = "2024-04-01".parse().ok()), "inquiry");
    assert_eq!(related(|request| request.to = "2024-04-01".parse().ok()), "sinks");
}

#[test]
fn reasons_name_what_both_have() {
    let engine = engine(&news());
    let reasons = |of: &str| -> Vec<String> {
        let relations = engine.related(&Related::new(id(of))).unwrap().unwrap();
        relations.articles.iter().map(|relation| relation.reason.to_string()).collect()
    };
    assert_eq!(
        reasons("inquiry"),
        [
            "people Olena Koval · places Ukraine · days 2024-03-12 · words ferry, sank, captain, divers, storm · 174 days earlier",
            "people Olena Koval · places Ukraine · words divers, ferry, captain · 173 days earlier",
        ]
    );
}

#[test]
fn the_same_from_every_cut_and_order() {
    let mut records = news();
    let whole: Vec<Relations> = ["sinks", "divers", "inquiry", "filler03"]
        .map(|name| {
            engine_in_segments(&records, 100).related(&Related::new(id(name))).unwrap().unwrap()
        })
        .into();
    for per_segment in [1, 3, 7] {
        records.reverse();
        let engine = engine_in_segments(&records, per_segment);
        for (name, whole) in ["sinks", "divers", "inquiry", "filler03"].iter().zip(&whole) {
            let relations = engine.related(&Related::new(id(name))).unwrap().unwrap();
            assert_eq!(&relations, whole, "{name} {per_segment}");
        }
    }
}

#[test]
fn spellings_of_a_person_and_other_languages() {
    let mut records = news();
    records.push(
        article(
            "german",
            "Fähre gesunken",
            "Vor Odessa ist eine Fähre gesunken, sagte Olena Kowal.",
        )
        .language("de")
        .published("2024-03-12")
        .person("Olena Kowal")
        .place("Odesa"),
    );
    let found = names(&engine(&records), &Related::new(id("sinks")));
    assert!(found.contains(&"german".to_owned()), "{found:?}");
}

#[test]
fn no_such_article_and_none_related() {
    let engine = engine(&[article("alone", "Alone", "Nobody else is here.")]);
    assert_eq!(engine.related(&Related::new(id("missing"))).unwrap(), None);
    let request = Related { copies: CopyMode::All, ..Related::new(id("alone")) };
    assert_eq!(engine.related(&request).unwrap(), Some(Relations::default()));
}
