//! Tables of (bad query → messages with their columns), and how a fault is shown.

use dateline_article::Date;

use super::{DEEPEST, LONGEST_BYTES, parse, parse_as};
use crate::dialect::Syntax;

const TODAY: Date = Date::constant(2024, 3, 14);

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let faults: Vec<String> = parse(query, TODAY).faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, expected, "query: {query}");
}

#[test]
fn nothing_to_look_for() {
    check("", &["the query is empty"]);
    check(" \t", &["the query is empty"]);
    check("...", &["`...` at column 1 holds no word to look for"]);
    check("\"\"", &["the quote at column 1 is empty"]);
    check("a ()", &["the parentheses at column 3 hold nothing"]);
}

#[test]
fn quotes_and_brackets() {
    check("\"nato", &["the quote opened at column 1 is not closed"]);
    check("é “nato", &["the quote opened at column 3 is not closed"]);
    check("(draft", &["the parenthesis opened at column 1 is not closed"]);
    check("draft)", &["the parenthesis closed at column 6 was not opened"]);
    check("((a) b", &["the parenthesis opened at column 1 is not closed"]);
    check(
        "a) b)",
        &[
            "the parenthesis closed at column 2 was not opened",
            "the parenthesis closed at column 5 was not opened",
        ],
    );
    check("published:[2024 TO 2025", &["the interval opened at column 11 is not closed"]);
    check("title:\"x", &["the quote opened at column 7 is not closed"]);
}

#[test]
fn operators_without_operands() {
    check("kyiv OR", &["`OR` at column 6 has nothing after it"]);
    check("kyiv AND", &["`AND` at column 6 has nothing after it"]);
    check("kyiv NOT", &["`NOT` at column 6 has nothing after it"]);
    check("OR kyiv", &["`OR` at column 1 has nothing before it"]);
    check("AND kyiv", &["`AND` at column 1 has nothing before it"]);
    check("(OR kyiv)", &["`OR` at column 2 has nothing before it"]);
    check("(kyiv OR) b", &["`OR` at column 7 has nothing after it"]);
    check("a AND OR b", &["`OR` at column 7 follows another operator"]);
    check("a OR AND b", &["`AND` at column 6 follows another operator"]);
    check("a OR OR b", &["`OR` at column 6 follows another operator"]);
    check("a and and b", &["`and` at column 7 follows another operator"]);
    check("a and or b", &["`or` at column 7 follows another operator"]);
    check("a NOT NOT b", &["`NOT` at column 7 follows another operator"]);
    check("a -+b", &["`+` at column 4 follows another operator"]);
    check("a w/5", &["`w/5` at column 3 has nothing after it"]);
    check("w/5 a", &["`w/5` at column 1 has nothing before it"]);
    check("a AND w/5 b", &["`w/5` at column 7 follows another operator"]);
    check("a w/5 OR b", &["`OR` at column 7 follows another operator"]);
    check("a w/5 w/3 b", &["`w/3` at column 7 follows another operator"]);
}

#[test]
fn fields() {
    check("a titel:nato", &["unknown field `titel` at column 3"]);
    check("std::vec", &["unknown field `std` at column 1"]);
    check("title:-x", &["the field `title` at column 1 has no value"]);
    check("title:(a lead:b)", &["the field `lead` at column 10 stands inside another"]);
    check("title:>3", &["`title` at column 7 holds words and has no order"]);
    check("words:many", &["`many` at column 7 is not a number"]);
    check("words:400..200", &["the interval at column 7 is back to front"]);
    check("words:<0", &["`<0` at column 7 is not a number"]);
    check("place:(91,0,5km)", &["what stands at column 7 is no circle on earth"]);
    check("place:(1,2,3 kyiv)", &["what stands at column 7 is no circle on earth"]);
    let endless = format!("place:(1,2,{}km)", "9".repeat(400));
    check(&endless, &["what stands at column 7 is no circle on earth"]);
}

#[test]
fn days() {
    check("published:soon", &["`soon` is not a date (column 11)"]);
    check(
        "published:2024..2019",
        &[
            "the interval is back to front: it ends on 2019-12-31, before it begins on 2024-01-01 (column 11)",
        ],
    );
    check("date:3/4/2024", &["`3/4/2024` can be 2024-03-04 or 2024-04-03 (column 6)"]);
    check("date after 3/4/2024", &["`3/4/2024` can be 2024-03-04 or 2024-04-03 (column 6)"]);
    check("published:--03-14", &["`published` at column 11 needs a year"]);
    check("published:(2024 OR never)", &["`never` is not a date (column 20)"]);
}

#[test]
fn nearness_needs_positions() {
    check(
        "(a AND b) w/5 c",
        &["`w/5` at column 11 cannot take `AND` or words side by side (quote a phrase)"],
    );
    check("a w/5 (b OR NOT c)", &["`w/5` at column 3 cannot take `NOT`"]);
    check("NOT a w/5 b", &["`w/5` at column 7 cannot take `NOT`"]);
    check(
        "a w/5 title:b",
        &["`w/5` at column 3 cannot take a field (write the field before the whole)"],
    );
    check("a w/0 b", &["the distance at column 3 is out of bounds"]);
    check("\"* word\"~3", &["`~3` at column 9 cannot take `*`"]);
    check("\"a word *\"~3", &["`~3` at column 11 cannot take `*`"]);
}

#[test]
fn numbers_out_of_bounds() {
    check("word~3", &["the number of edits at column 5 is out of bounds"]);
    check("wor*d~", &["`~` at column 6 does not follow a plain word or phrase"]);
    check("\"one\"~5", &["`~` at column 6 does not follow a plain word or phrase"]);
    check("(a b)~5", &["`~` at column 6 does not follow a plain word or phrase"]);
    check("nato^0", &["the weight at column 5 is out of bounds"]);
    check("nato^99999", &["the weight at column 5 is out of bounds"]);
    check("atleast0(x)", &["the number of times at column 1 is out of bounds"]);
    check("first0(x)", &["the number of words at column 1 is out of bounds"]);
}

#[test]
fn all_faults_are_found() {
    check(
        "titel:a OR OR \"b",
        &[
            "unknown field `titel` at column 1",
            "`OR` at column 12 follows another operator",
            "the quote opened at column 15 is not closed",
        ],
    );
}

#[test]
fn too_deep_and_too_long() {
    let query = format!("{}a{}", "(".repeat(DEEPEST + 1), ")".repeat(DEEPEST + 1));
    check(&query, &[&format!("the query is nested too deeply at column {}", DEEPEST + 1)]);
    let query = format!("{}a{}", "(".repeat(DEEPEST), ")".repeat(DEEPEST));
    check(&query, &[]);
    // What is printed with more parentheses than were written is counted as it is printed.
    let printed_deeper = format!("{}a b OR c{}", "NOT (".repeat(DEEPEST), ")".repeat(DEEPEST));
    check(
        &printed_deeper,
        &[&format!("the query is nested too deeply at column {}", 5 * DEEPEST + 1)],
    );
    let query = format!("{}a OR c{}", "NOT (".repeat(DEEPEST), ")".repeat(DEEPEST));
    check(&query, &[]);
    let openings = [
        "(",
        "title:(",
        "title:",
        "exact(",
        "=",
        "atleast2 ",
        "NOT (",
        "published:(",
        "-(",
        "place:(",
    ];
    for (opening, syntax) in
        openings.iter().flat_map(|opening| Syntax::ALL.map(|syntax| (opening, syntax)))
    {
        let parsed = parse_as(&opening.repeat(50_000), TODAY, syntax);
        assert!(!parsed.faults.is_empty(), "{opening} {syntax:?}");
    }
    for deep in [60, 20] {
        let doubled = format!("{}a{}", "+(".repeat(deep), " b) c".repeat(deep));
        let parsed = parse_as(&doubled, TODAY, Syntax::Lucene);
        assert!(!parsed.faults.is_empty(), "{deep}");
    }
    let chain = vec!["a"; 5_000].join(" w/3 ");
    assert_eq!(parse(&chain, TODAY).faults.len(), 1);
    check(&"a ".repeat(LONGEST_BYTES), &["the query is too long to read"]);
}

/// 64 KB of each: quadratic time would take minutes.
#[test]
fn hostile_text_takes_linear_time() {
    for piece in [
        "*",
        "?",
        "\"",
        ")",
        "a~",
        "[",
        "published:[",
        "place:(1,",
        "/a",
        "a/F5",
        "date from 1 ",
        "-",
        ": ",
        "&",
        "x:",
        "\\",
        "a^1",
        "a ",
        "a (b ",
        "a | b and c -d ",
        "\"a b c\"~30 ",
        "atleast2 ",
        "a same b ",
        "a$9 ",
        "+a b ",
    ] {
        let query = piece.repeat(LONGEST_BYTES / 16 / piece.len());
        for syntax in Syntax::ALL {
            let started = std::time::Instant::now();
            let parsed = parse_as(&query, TODAY, syntax);
            let _ = parsed.faults.iter().map(|fault| fault.render(&query).len()).sum::<usize>();
            let _ = parsed.tree.map(|tree| tree.to_string().len());
            assert!(
                started.elapsed().as_secs() < 20,
                "{piece} {syntax:?}: {:?}",
                started.elapsed()
            );
        }
    }
}

#[track_caller]
fn check_shown(query: &str, expected: &str) {
    assert_eq!(parse(query, TODAY).faults[0].render(query), expected);
}

#[test]
fn a_fault_is_shown_with_a_caret_and_a_hint() {
    check_shown(
        "\"nato",
        "the quote opened at column 1 is not closed\n  \"nato\n  ^\n\
         hint: end it with `\"`, or search for the sign itself with `\\\"`",
    );
    check_shown(
        "kyiv 東京 titel:nato",
        "unknown field `titel` at column 9\n  kyiv 東京 titel:nato\n            ^^^^^\n\
         hint: the fields are title, lead, text, hlead, byline, source, section, keyword, language, url, path, format, id, \
         person, org, place, published, mentioned, words, copies; `\"titel:…\"` in quotes searches it as text",
    );
    check_shown(
        "date:3/4/2024",
        "`3/4/2024` can be 2024-03-04 or 2024-04-03 (column 6)\n  date:3/4/2024\n       ^^^^^^^^\n\
         hint: write the year first, as in `2024-03-04`",
    );
    let long = format!("{} AND", "word ".repeat(100));
    let shown = parse(&long, TODAY).faults[0].render(&long);
    assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
    assert!(shown.contains("\n  …"), "{shown}");
    let shown = parse("a\u{1b}[2J\nb )", TODAY).faults[0].render("a\u{1b}[2J\nb )");
    assert_eq!(shown.lines().nth(1), Some("  a [2J b )"));
}
