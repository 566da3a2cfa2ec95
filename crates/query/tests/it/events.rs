//! Events found among hits, measured on planted ones.

use std::collections::BTreeMap;

use dateline_article::{ArticleId, Record};
use dateline_query::{Engine, EventOrder, Events, EventsRequest, LocalEngine};

use crate::corpus::{With, article, engine, engine_in_segments, request};

/// Articles of six events, each called by its event and a number: what happened, who and where, told in different words. Two are alike in kind (storms in
/// two countries), two share a person, and one is a follow-up months later, an event of its own.
fn planted() -> Vec<Record> {
    let told = |event: &str, number: usize, day: &str, title: &str, text: &str| {
        article(&format!("{event}{number}"), title, text).published(day)
    };
    vec![
        told("ferry", 1, "2024-03-12", "Ferry sinks in harbour", "A ferry with forty people aboard sank in the harbour of Odesa in a storm. Captain Olena Koval called for help.")
            .person("Olena Koval").place("Odesa"),
        told("ferry", 2, "2024-03-13", "Divers reach sunken ferry", "Divers reached the ferry on the bottom of the harbour and found passengers alive, captain Koval among them.")
            .person("Koval").place("Odesa"),
        told("ferry", 3, "2024-03-15", "Why the Odesa ferry sank", "The ferry left the harbour with a door open, passengers of the sunken ship told investigators in Odesa.")
            .place("Odesa").place("Ukraine"),
        told("ferry", 4, "2024-03-20", "Captain of ferry questioned", "Investigators questioned Olena Koval, captain of the ferry that sank, for nine hours.")
            .person("Olena Koval").place("Odesa"),
        told("inquiry", 1, "2024-09-02", "Ferry inquiry opens in Kyiv", "A commission of inquiry into the sinking of the ferry heard captain Olena Koval and two divers in Kyiv.")
            .person("Olena Koval").place("Kyiv"),
        told("inquiry", 2, "2024-09-05", "Commission hears shipyard's engineer", "The commission of inquiry heard the engineer of the shipyard that had built the ferry's door, in Kyiv.")
            .place("Kyiv"),
        told("inquiry", 3, "2024-09-12", "Inquiry blames open door", "The ferry sank since nobody closed a door, the commission of inquiry found in its report. Koval was cleared.")
            .person("Koval").place("Kyiv"),
        told("vote", 1, "2024-03-10", "Portugal votes", "Polling stations opened across Portugal. Luis Ribeiro and his party lead in opinion polls for the parliament.")
            .person("Luis Ribeiro").place("Portugal"),
        told("vote", 2, "2024-03-11", "Ribeiro ahead as votes are counted", "With half of the votes counted Luis Ribeiro is ahead, the electoral commission in Lisbon said. Turnout for the parliament was high.")
            .person("Luis Ribeiro").place("Lisbon"),
        told("vote", 3, "2024-03-14", "Ribeiro to form government", "Ribeiro won the most seats of the parliament and will be asked to form a government after the votes from abroad are counted.")
            .person("Ribeiro").place("Portugal"),
        told("storm", 1, "2024-03-12", "Storm cuts power in Ireland", "A storm uprooted trees and cut power to thousands of homes in Galway; gusts reached 140 kilometres an hour.")
            .place("Galway"),
        told("storm", 2, "2024-03-13", "Galway clears up after storm", "Crews restored power to homes in Galway and cleared trees that the storm with its gusts had uprooted.")
            .place("Galway").place("Ireland"),
        told("gale", 1, "2024-03-12", "Gale stops trains in Denmark", "A storm stopped trains and closed the bridge over the Great Belt; gusts tore roofs from houses in Odense.")
            .place("Odense").place("Denmark"),
        told("gale", 2, "2024-03-13", "Great Belt bridge opens again", "The bridge over the Great Belt is open again and trains run to Odense after the storm tore roofs away.")
            .place("Odense"),
        told("gale", 3, "2024-03-14", "Danish insurers count roofs", "Insurers in Denmark received nine thousand reports of roofs and fences that the storm tore away, most from Odense.")
            .place("Denmark"),
        told("budget", 1, "2024-03-18", "Ribeiro promises budget without new taxes", "Luis Ribeiro promised a budget with lower taxes on wages. Economists doubted that his sums on pensions add up.")
            .person("Luis Ribeiro").place("Portugal"),
        told("budget", 2, "2024-03-20", "Economists doubt sums of tax plan", "The budget that Ribeiro has promised lacks two billion for pensions if taxes on wages fall, economists said.")
            .person("Ribeiro").place("Portugal"),
    ]
}

/// Fillers, so that words have a rarity.
fn with_fillers(mut records: Vec<Record>) -> Vec<Record> {
    const SUBJECTS: [&str; 12] = [
        "roads and kerbs",
        "the price of bread",
        "a school for bakers",
        "bees on roofs",
        "an old cinema",
        "tickets for trams",
        "swans in the park",
        "the museum of clocks",
        "a choir from the hills",
        "street lamps",
        "second-hand bicycles",
        "the chess league",
    ];
    for n in 0..96 {
        let subject = SUBJECTS[n % SUBJECTS.len()];
        let text = format!(
            "Readers wrote of {subject} and asked what was to become of it in the year {}.",
            1900 + n
        );
        records.push(
            article(&format!("filler{n}"), &format!("Letters: {subject}"), &text)
                .published(&format!("2024-{:02}-{:02}", n % 9 + 1, n % 28 + 1)),
        );
    }
    records
}

fn events(engine: &LocalEngine, query: &str, change: impl Fn(&mut EventsRequest)) -> Events {
    let mut events = EventsRequest { limit: 1000, ..EventsRequest::new(request(query)) };
    change(&mut events);
    engine.events(&events).unwrap()
}

const PLANTED: &str = "storm OR ferry OR ribeiro OR odense OR divers OR commission OR door";

/// Names of the articles of each event.
fn named(records: &[Record], events: &Events) -> Vec<Vec<String>> {
    let names: BTreeMap<ArticleId, &str> =
        records.iter().map(|record| (record.article.id, &*record.article.path)).collect();
    let name = |id: &ArticleId| names[id].to_owned();
    events.events.iter().map(|event| event.ids.iter().map(name).collect()).collect()
}

/// Of all pairs of articles: F1 of those put together against those that belong together.
fn pairwise_f1(found: &[Vec<String>]) -> f64 {
    let event =
        |name: &str| name.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned();
    let all: Vec<(usize, String)> = found
        .iter()
        .enumerate()
        .flat_map(|(number, names)| names.iter().map(move |name| (number, event(name))))
        .collect();
    let (mut right, mut together, mut belong) = (0.0, 0.0, 0.0);
    for (at, (cluster, event)) in all.iter().enumerate() {
        for (other, other_event) in &all[..at] {
            together += f64::from(u8::from(cluster == other));
            belong += f64::from(u8::from(event == other_event));
            right += f64::from(u8::from(cluster == other && event == other_event));
        }
    }
    2.0 * right / (together + belong)
}

#[test]
fn planted_events_are_found() {
    let records = with_fillers(planted());
    let found = named(&records, &events(&engine(&records), PLANTED, |_| {}));
    let f1 = pairwise_f1(&found);
    assert_eq!(found.iter().map(Vec::len).sum::<usize>(), planted().len(), "{found:?}");
    println!("pairwise F1 {f1:.3}");
    assert!(f1 >= 0.9, "pairwise F1 {f1:.3}: {found:?}");
}

#[test]
fn an_event_tells_who_where_and_when() {
    let records = with_fillers(planted());
    let found = events(&engine(&records), "ferry", |request| request.order = EventOrder::Date);
    let first = &found.events[0];
    assert_eq!(first.title.as_deref(), Some("Why the Odesa ferry sank"));
    assert_eq!(first.first, "2024-03-12".parse().ok());
    assert_eq!(first.last, "2024-03-20".parse().ok());
    assert_eq!(first.people, ["Olena Koval"]);
    assert_eq!(first.places, ["Odesa"]);
    assert_eq!(found.total, found.events.len());
}

#[test]
fn orders_limits_and_windows() {
    let records = with_fillers(planted());
    let engine = engine(&records);
    let sizes = |change: fn(&mut EventsRequest)| -> Vec<usize> {
        events(&engine, PLANTED, change).events.iter().map(|event| event.ids.len()).collect()
    };
    let by_size = sizes(|_| {});
    assert!(by_size.is_sorted_by(|a, b| a >= b) && by_size[0] == 4, "{by_size:?}");
    let first = events(&engine, PLANTED, |request| request.order = EventOrder::Date);
    assert!(first.events.is_sorted_by_key(|event| event.first.map(|at| at.local_seconds())));
    assert_eq!(sizes(|request| request.limit = 2).len(), 2);
    assert!(sizes(|request| request.least_articles = 3).iter().all(|size| *size >= 3));
    // With a year between articles the inquiry belongs to the accident; with a day hardly anything does.
    let ferry = |days: u16| {
        let found =
            events(&engine, "ferry", |request| request.window_days = days.try_into().unwrap());
        named(&records, &found).into_iter().map(|names| names.len()).max().unwrap()
    };
    assert!(
        ferry(365) > ferry(14) && ferry(14) > ferry(1),
        "{} {} {}",
        ferry(365),
        ferry(14),
        ferry(1)
    );
}

#[test]
fn the_same_from_every_cut_and_order() {
    let mut records = with_fillers(planted());
    let whole = events(&engine_in_segments(&records, 1000), "*", |_| {});
    for per_segment in [1, 7, 50] {
        records.reverse();
        let cut = events(&engine_in_segments(&records, per_segment), "*", |_| {});
        assert_eq!(cut, whole, "{per_segment}");
    }
}

#[test]
fn articles_without_a_day_come_last_and_together() {
    let mut records = planted();
    records.push(
        article("undated1", "Ferry sinks", "A ferry sank in the harbour of Odesa.").place("Odesa"),
    );
    records.push(
        article("undated2", "Ferry sinks again", "A ferry sank in the harbour of Odesa again.")
            .place("Odesa"),
    );
    let found = events(&engine(&records), "ferry", |request| request.order = EventOrder::Date);
    let last = named(&records, &found).pop().unwrap();
    assert_eq!(last.len(), 2);
    assert!(last.iter().all(|name| name.starts_with("undated")), "{last:?}");
    assert_eq!(found.events.last().unwrap().first, None);
}

#[test]
fn nothing_found_is_no_event() {
    assert_eq!(events(&engine(&planted()), "pangolin", |_| {}).events, []);
}
