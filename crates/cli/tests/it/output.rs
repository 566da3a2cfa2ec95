//! What people see, word for word.

use crate::Desk;

fn indexed() -> Desk {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    desk
}

#[test]
fn indexing() {
    let desk = Desk::small();
    desk.put("empty.txt", b"");
    insta::assert_snapshot!(desk.transcript(&["index", "news"]));
    insta::assert_snapshot!(desk.transcript(&["index", "news"]));
}

#[test]
fn searching() {
    insta::assert_snapshot!(indexed().transcript(&["search", "fuel"]));
}

#[test]
fn searching_a_folder_at_once() {
    let desk = Desk::small();
    insta::assert_snapshot!(desk.transcript(&["search", "--in", "news", "bridge hamburg"]));
}

#[test]
fn a_relaxed_search_says_so() {
    insta::assert_snapshot!(indexed().transcript(&["search", "bridge fuel"]));
}

#[test]
fn nothing_found() {
    insta::assert_snapshot!(indexed().transcript(&["search", "pangolin"]));
}

#[test]
fn a_page_of_many() {
    insta::assert_snapshot!(
        indexed().transcript(&["search", "fuel", "-n", "1", "--offset", "1", "--sort", "oldest"])
    );
}

#[test]
fn showing_an_article() {
    let desk = indexed();
    let hits = crate::json_lines(&desk.stdout(0, &["search", "ferry", "--format", "json"]));
    insta::assert_snapshot!(desk.transcript(&["show", hits[0]["id"].as_str().unwrap()]));
    insta::assert_snapshot!(desk.transcript(&["show", "0000000000000000"]));
}

#[test]
fn extracting() {
    insta::assert_snapshot!(Desk::small().transcript(&[
        "extract",
        "news/bridge.txt",
        "news/wire/talks.txt"
    ]));
}

#[test]
fn queries_that_cannot_be_read() {
    let desk = indexed();
    for (name, query) in [
        ("an unclosed quote", "\"olena koval"),
        ("an unknown field", "headlin:fuel"),
        ("an operator with nothing after it", "fuel AND"),
        ("a day that can be two", "published:3/4/2024"),
        ("an interval back to front", "published:2024-05..2024-03"),
    ] {
        insta::assert_snapshot!(name.replace(' ', "_"), desk.transcript(&["search", query]));
    }
}

#[test]
fn help_for_searching() {
    let desk = Desk::new(&[]);
    let help = desk.stdout(0, &["search", "--help"]);
    for line in ["ammun*", "published:2024-03..2024-05", "--all-copies", "Examples:"] {
        assert!(help.contains(line), "{help}");
    }
    for command in
        ["index", "show", "related", "events", "extract", "bench", "stats", "completions", "man"]
    {
        assert!(desk.stdout(0, &[command, "--help"]).contains("Usage: dateline"), "{command}");
    }
    assert!(desk.stdout(0, &["completions", "bash"]).contains("dateline"));
    assert!(desk.stdout(0, &["man"]).starts_with(".ie"), "roff");
}
