//! The forms made for programs: keys, order and types are a promise.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{Desk, json_lines};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The bytes of `text` under a span `[start, end]`.
fn surface<'text>(text: &'text str, span: &Value) -> &'text str {
    let at = |end: usize| usize::try_from(span[end].as_u64().unwrap()).unwrap();
    text.get(at(0)..at(1)).unwrap()
}

#[test]
fn hits_as_json() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let hits = json_lines(&desk.stdout(0, &["search", "ferry fuel", "--format", "json"]));
    let [hit] = hits.as_slice() else { panic!("{hits:?}") };
    for (key, expected) in [
        ("rank", json!(1)),
        ("title", json!("Ferry stays in port")),
        ("published", json!("2024-03-12")),
        ("source", json!("The Wire")),
        ("byline", json!(["Ann Lee"])),
        ("language", json!("en")),
        ("path", json!("wire/ferry.txt")),
        ("part", json!("1")),
        ("copies", json!(0)),
    ] {
        assert_eq!(hit[key], expected, "{key}");
    }
    assert!(hit.get("url").is_none(), "what is not known is absent");
    let names = |key: &str| {
        hit[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert!(names("people").contains("Olena Koval"), "{hit}");
    for place in ["Istanbul", "Odesa", "Kyiv"] {
        assert!(names("places").contains(place), "{hit}");
    }
    let snippet = hit["snippet"].as_str().unwrap();
    assert!(!snippet.contains("ODESA, March 12"), "the dateline is left out: {snippet}");
    let marked: Vec<&str> =
        hit["highlights"].as_array().unwrap().iter().map(|span| surface(snippet, span)).collect();
    assert_eq!(marked, ["ferry", "fuel"]);
}

#[test]
fn articles_as_json_are_the_same_from_extract_and_show() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news/wire"]);
    let extracted = desk.stdout(0, &["extract", "news/wire/ferry.txt", "--format", "json"]);
    let article = json_lines(&extracted).remove(0);
    let id = article["id"].as_str().unwrap();
    assert_eq!(desk.stdout(0, &["show", id, "--format", "json"]), extracted);

    assert_eq!(article["format"], "text");
    assert_eq!(article["published_by"], "metadata");
    assert_eq!(
        article["dateline"],
        json!({"place": "ODESA", "date": "--03-12", "agency": "The Wire"})
    );
    let text = article["text"].as_str().unwrap();
    assert!(text.starts_with("ODESA, March 12 (The Wire) — The ferry"), "{text}");
    let people = article["people"].as_array().unwrap();
    let koval = people.iter().find(|person| person["name"] == "Olena Koval").unwrap();
    assert_eq!(surface(text, &koval["mentions"][0]), "Olena Koval");
    let places = article["places"].as_array().unwrap();
    let kyiv = places.iter().find(|place| place["name"] == "Kyiv").unwrap();
    assert_eq!(
        (&kyiv["geonames"], &kyiv["country"], &kyiv["kind"]),
        (&json!(703_448), &json!("UA"), &json!("place"))
    );
    assert!(kyiv["ancestors"].as_array().unwrap().contains(&json!("Ukraine")));
    assert!((kyiv["lat"].as_f64().unwrap() - 50.45).abs() < 0.1);
    let dates = article["dates"].as_array().unwrap();
    let day = dates.iter().find(|date| date["start"] == "2024-03-12").unwrap();
    assert_eq!(
        (&day["text"], &day["end"], &day["granularity"]),
        (&json!("March 12"), &json!("2024-03-13"), &json!("day"))
    );
    assert_eq!(
        day["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| surface(text, span))
            .collect::<Vec<_>>(),
        ["March 12", "Tuesday"]
    );
}

#[test]
fn reports_as_json() {
    let desk = Desk::small();
    desk.put("empty.txt", b"");
    let report = json_lines(&desk.stdout(0, &["index", "news", "--format", "json"])).remove(0);
    let expected = [
        "added",
        "articles",
        "bytes",
        "changed",
        "files",
        "links",
        "removed",
        "seconds",
        "skipped",
        "unchanged",
    ];
    assert_eq!(keys(&report).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(expected));
    assert_eq!(
        (&report["articles"], &report["files"], &report["skipped"]),
        (&json!(3), &json!(4), &json!({"empty": 1}))
    );

    let stats = json_lines(&desk.stdout(0, &["stats", "--format", "json"])).remove(0);
    assert_eq!((&stats["articles"], &stats["files"]), (&json!(3), &json!(3)));
    assert_eq!(stats["published"], json!({"first": "2024-03-12", "last": "2024-03-19"}));
    assert_eq!(stats["languages"], json!({"en": 3}));
    assert_eq!((&stats["people"], &stats["organisations"]), (&json!(1), &json!(0)), "{stats}");
    // As many as facets tell of.
    let places = desk.stdout(0, &["facets", "--by", "place", "--all-copies", "--format", "json"]);
    assert_eq!(stats["places"], json_lines(&places).len(), "{stats}");
    assert_eq!(stats["sources"], json!({"The Wire": 2}));

    assert_eq!(
        desk.stdout(0, &["search", "fuel", "--count", "--format", "json"]),
        "{\"count\":2}\n"
    );
    assert_eq!(
        desk.stdout(1, &["search", "pangolin", "--count", "--format", "json"]),
        "{\"count\":0}\n"
    );
}

#[test]
fn hits_as_csv() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let csv = desk.stdout(0, &["search", "talks fuel", "--strict", "--format", "csv"]);
    let mut lines = csv.lines();
    let header = "rank,score,id,title,published,source,byline,language,path,part,url,snippet,highlights,people,places,organisations,copies";
    assert_eq!(lines.next(), Some(header));
    assert!(
        lines
            .next()
            .unwrap()
            .contains(",Talks on fuel begin in Kyiv,2024-03-19,The Wire,,en,wire/talks.txt,1,,"),
        "{csv}"
    );
    assert_eq!(desk.stdout(1, &["search", "pangolin", "--format", "csv"]), format!("{header}\n"));
}

#[test]
fn benches_as_json() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    std::fs::write(
        desk.path("queries"),
        "fuel\n{\"query\":\"\\\"the harbour\\\"\",\"class\":\"phrase\"}\n",
    )
    .unwrap();
    let bench = |more: &[&str]| {
        let mut arguments = vec!["bench", "queries", "--duration", "0.2", "--format", "json"];
        arguments.extend(more);
        let output = desk.stdout(0, &arguments);
        std::fs::write(desk.path("bench.json"), &output).unwrap();
        json_lines(&output).remove(0)
    };
    for mode in ["page", "ids", "plain"] {
        let bench = bench(&["--mode", mode, "--concurrency", "2", "--each"]);
        assert_eq!(bench["mode"], mode);
        assert!(bench["queries_per_second"].as_f64().unwrap() > 0.0);
        for class in ["all", "phrase"] {
            let class = &bench["classes"][class];
            assert_eq!(class["queries"], 1, "{bench}");
            assert!(class["hits"].as_u64().unwrap() > 0, "{bench}");
            assert_eq!(class["rounds"]["p99.9"].as_array().unwrap().len(), 5, "{bench}");
            let times: Vec<f64> = ["p50", "p90", "p99", "p99.9", "max"]
                .iter()
                .map(|key| class[key].as_f64().unwrap())
                .collect();
            assert!(times[0] > 0.0 && times.is_sorted(), "{bench}");
        }
        assert_eq!(bench["each"][0]["query"], "fuel", "{bench}");
    }
    let open = bench(&["--rate", "100", "--rounds", "2"]);
    let runs: u64 = ["all", "phrase"]
        .iter()
        .map(|class| open["classes"][class]["runs"].as_u64().unwrap())
        .sum();
    // Ten come in each round; a machine that is held up for a tenth of a second leaves some out.
    assert!((1..=20).contains(&runs), "{open}");
    assert_eq!(open["rate"], 100.0, "{open}");
    let again = bench(&["--against", "bench.json"]);
    let change = &again["classes"]["all"]["against"]["p50"];
    assert!(change["ratio"].as_f64().unwrap() > 0.0, "{again}");
    assert!(change["supported"].is_boolean(), "{again}");
    let faults = desk.run(&["bench", "queries", "--mode", "plain", "--against", "bench.json"]);
    let message = String::from_utf8(faults.stderr).unwrap();
    assert_eq!(faults.status.code(), Some(2), "{message}");
    assert!(message.contains("was measured with `--mode page`"), "{message}");
    let table = desk.stdout(0, &["bench", "queries", "--duration", "0.1", "--format", "csv"]);
    assert!(table.starts_with("class,queries,p50,p90,p99,p99.9,max,runs,hits\n"), "{table}");
}

#[test]
fn copies_are_folded_unless_asked_for() {
    let story = "The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left, its captain said in the evening \
                 while lorries were waiting on the quay and in the streets of the old town, as they had done since the weekend.";
    let desk = Desk::new(&[
        ("a.txt", &format!("Title: Ferry waits\nDate: 2024-03-12\n\n{story}\n")),
        (
            "b.txt",
            &format!(
                "Title: No fuel in Odesa\nDate: 2024-03-13\n\n{story} It was the third such day.\n"
            ),
        ),
        (
            "c.txt",
            "Title: Ferry sails\nDate: 2024-03-14\n\nThe ferry to Istanbul sailed at noon.\n",
        ),
    ]);
    desk.stdout(0, &["index", "news"]);
    let hits = json_lines(&desk.stdout(0, &["search", "ferry", "--format", "json"]));
    let shown: BTreeSet<_> = hits
        .iter()
        .map(|hit| (hit["path"].as_str().unwrap(), hit["copies"].as_u64().unwrap()))
        .collect();
    assert_eq!(shown, BTreeSet::from([("a.txt", 1), ("c.txt", 0)]));
    assert_eq!(desk.stdout(0, &["search", "ferry", "--count"]), "2\n");
    assert_eq!(desk.stdout(0, &["search", "ferry", "--count", "--all-copies"]), "3\n");
    let hits = json_lines(&desk.stdout(0, &["search", "title:odesa", "--format", "json"]));
    assert_eq!(
        (hits.len(), &hits[0]["path"]),
        (1, &json!("b.txt")),
        "the first that matches is shown"
    );
}

#[test]
fn columns_have_the_names_they_are_given() {
    let desk = Desk::new(&[(
        "table.csv",
        "kop;date;date_utc;inhoud\nFerry stays in port;15.03.2024;2024-03-14T22:30Z;The ferry did not sail from Odesa.\n",
    )]);
    let map = "title=kop,published=date_utc,text=inhoud";
    let article = |command: &[&str]| json_lines(&desk.stdout(0, command)).remove(0);
    let extracted = article(&["extract", "--map", map, "news/table.csv", "--format", "json"]);
    assert_eq!(
        (&extracted["title"], &extracted["published"], &extracted["text"]),
        (
            &json!("Ferry stays in port"),
            &json!("2024-03-14T22:30:00Z"),
            &json!("The ferry did not sail from Odesa.")
        )
    );
    desk.stdout(0, &["index", "--map", map, "news"]);
    let hit = article(&["search", "title:ferry", "--format", "json"]);
    assert_eq!(hit["id"], extracted["id"]);
    let transcript = desk.transcript(&["index", "--map", "headline=kop", "news"]);
    assert!(transcript.starts_with("exit 2\n"), "{transcript}");
    assert!(
        transcript.contains("no field is called `headline`: the fields are part, title,"),
        "{transcript}"
    );
}
