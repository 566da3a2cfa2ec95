//! The examples of `docs/query.md`: each can be read, and those of other systems mean what stands beside them.

use dateline_query::{Syntax, parse, parse_as};

use crate::corpus::TODAY;

const PAGE: &str = include_str!("../../../../docs/query.md");

/// The rows of all tables with this header, without header and line.
fn rows(header: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        let Some(row) = line.strip_prefix('|') else {
            inside = false;
            continue;
        };
        // A stroke inside a cell is written with a backslash.
        let row = row.trim_end().trim_end_matches('|').replace("\\|", "\u{1}");
        let cells = row.split('|').map(|cell| cell.trim().replace('\u{1}', "|"));
        let cells: Vec<String> = cells.collect();
        if inside && !row.starts_with("--") {
            found.push(cells);
        } else if !inside {
            inside = header == cells;
        }
    }
    assert!(!found.is_empty(), "no table has {header:?}");
    found
}

/// What stands between backticks.
fn examples(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn tree(query: &str, syntax: Syntax) -> String {
    let parsed = parse_as(query, TODAY, syntax);
    assert!(parsed.faults.is_empty(), "{query}: {:?}", parsed.faults);
    parsed.tree.unwrap().to_string()
}

#[test]
fn other_systems_examples_mean_what_stands_under_dateline() {
    let systems = [Syntax::Nexis, Syntax::Factiva, Syntax::Proquest, Syntax::Lucene];
    let rows = rows(&["you want", "dateline", "Nexis", "Factiva", "ProQuest", "Lucene"]);
    let mut compared = 0;
    for row in &rows {
        let [want, own, others @ ..] = &row[..] else { panic!("{row:?}") };
        let own: Vec<String> =
            examples(own).into_iter().map(|query| tree(query, Syntax::Dateline)).collect();
        for (cell, syntax) in others.iter().zip(systems) {
            for query in examples(cell) {
                let read = tree(query, syntax);
                assert!(own.contains(&read), "{want}: `{query}` is `{read}` in {syntax:?}");
                compared += 1;
            }
        }
    }
    assert!(rows.len() > 30 && compared > 90, "{compared} in {} rows", rows.len());
}

#[test]
fn what_is_read_as_the_same_is_the_same() {
    let mut compared = 0;
    for row in rows(&["you want", "write", "also"]) {
        let [want, write, also] = &row[..] else { panic!("{row:?}") };
        let own: Vec<String> =
            examples(write).into_iter().map(|query| tree(query, Syntax::Dateline)).collect();
        for query in examples(also) {
            assert!(own.contains(&tree(query, Syntax::Dateline)), "{want}: `{query}` in {own:?}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn every_example_can_be_read() {
    let queries = PAGE.split("## Examples").nth(1).and_then(|part| part.split("```").nth(1));
    for query in queries.unwrap().lines().filter(|line| !line.is_empty()) {
        assert_eq!(parse(query, TODAY).notes, [], "{query}");
        tree(query, Syntax::Dateline);
    }
}
