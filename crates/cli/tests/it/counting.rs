//! `facets` and `timeline` end to end: what people see, and that programs get what searches count.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Desk, json_lines};

fn indexed() -> Desk {
    let desk = Desk::small();
    desk.put(
        "wire/again.txt",
        b"Title: Ferry stays in port, again\nDate: 2024-05-02\nSource: The Wire\n\n\
         ODESA -- The ferry to Istanbul did not sail. Captain Olena Koval said on 2 May 2024 that she waits for fuel since March 2024.\n",
    );
    desk.stdout(0, &["index", "news"]);
    desk
}

#[test]
fn counting_by_person_and_place() {
    insta::assert_snapshot!(
        indexed().transcript(&["facets", "fuel", "--by", "person", "--by", "place", "-n", "3"])
    );
}

#[test]
fn counting_some_against_all() {
    insta::assert_snapshot!(indexed().transcript(&[
        "facets",
        "fuel",
        "--by",
        "person,source",
        "--against",
        "*"
    ]));
}

#[test]
fn a_timeline() {
    insta::assert_snapshot!(indexed().transcript(&["timeline", "fuel OR bridge"]));
}

#[test]
fn timelines_side_by_side() {
    insta::assert_snapshot!(indexed().transcript(&[
        "timeline",
        "--query",
        "ferry",
        "--query",
        "talks",
        "--by",
        "week",
        "--relative"
    ]));
}

#[test]
fn what_programs_get() {
    let desk = indexed();
    let csv = desk
        .stdout(0, &["facets", "fuel", "--by", "place", "--level", "country", "--format", "csv"]);
    assert_eq!(csv, "by,value,count\nplace,Turkey,3\nplace,Ukraine,3\n");
    let csv = desk.stdout(0, &["timeline", "ferry", "--by", "month", "--format", "csv"]);
    assert_eq!(csv, "query,period,count\nferry,2024-03,1\nferry,2024-04,0\nferry,2024-05,1\n");
    let json = desk.stdout(
        0,
        &[
            "timeline",
            "ferry",
            "--by",
            "month",
            "--of",
            "mentioned",
            "--relative",
            "--format",
            "json",
        ],
    );
    assert_eq!(
        json.lines().next(),
        Some("{\"query\":\"ferry\",\"period\":\"2024-03\",\"count\":2,\"share\":0.666667}")
    );
    let nothing = desk
        .stdout(1, &["facets", "pangolin", "--by", "person", "--against", "*", "--format", "csv"]);
    assert_eq!(nothing, "by,value,count,other,keyness\n");
    assert_eq!(
        desk.stdout(1, &["timeline", "pangolin", "--format", "csv"]),
        "query,period,count\n"
    );
    assert_eq!(desk.stdout(1, &["timeline", "pangolin"]), "");
}

/// Every count is the number that a search for it gives.
#[test]
fn counts_are_those_of_searches() {
    let desk = indexed();
    let number = |query: &str| {
        let output = desk.run(&["search", query, "--count"]);
        String::from_utf8(output.stdout).unwrap().trim().parse::<u64>().unwrap()
    };
    let rows = json_lines(&desk.stdout(
        0,
        &[
            "facets",
            "fuel",
            "--by",
            "person,org,source,language,format,year,month,day",
            "--format",
            "json",
        ],
    ));
    let fields =
        BTreeMap::from([("year", "published"), ("month", "published"), ("day", "published")]);
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        let by = row["by"].as_str().unwrap();
        let value = row["value"].as_str().unwrap();
        let field = fields.get(by).copied().unwrap_or(by);
        let value = if field == "published" { value.to_owned() } else { format!("\"{value}\"") };
        let query = format!("fuel {field}:{value}");
        assert_eq!(row["count"].as_u64(), Some(number(&query)), "{query}");
    }
}

#[test]
fn a_chart_is_written() {
    let desk = indexed();
    let chart = desk.path("ferry.svg");
    desk.stdout(0, &["timeline", "ferry", "--query", "talks", "--svg", chart.to_str().unwrap()]);
    let svg = std::fs::read_to_string(chart).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert!(svg.contains("ferry") && svg.contains("talks"), "{svg}");
}

#[test]
fn what_cannot_be_counted() {
    let desk = indexed();
    let mut all = String::new();
    for arguments in [
        &["facets", "fuel"][..],
        &["facets", "fuel", "--by", "person", "--level", "country"],
        &["facets", "fuel AND", "--by", "person"],
        &["facets", "--by", "source", "--against", "fuel"],
        &["timeline", "fuel", "--window=--03-14"],
        &["timeline", "fuel", "--window", "2024-05..2024-03"],
        &["timeline", "--query", "(fuel"],
    ] {
        let _ = writeln!(all, "$ {}\n{}", arguments.join(" "), desk.transcript(arguments));
    }
    insta::assert_snapshot!(all);
}
