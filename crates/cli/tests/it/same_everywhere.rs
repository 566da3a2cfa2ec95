//! The seeds give the same articles, entities, copies and hits whatever the threads, the memory, the commits, the order in which files came to the disk and
//! folders are named in, and the history.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Desk, json_lines, repository};

/// Every which query of the seeds is compared; all of them are run by `seeds`.
const EVERY: usize = 8;
/// Articles that have everything but their file in common: only a fixed order of what is equal tells which comes first.
const TIES: usize = 40;
/// Every which article is printed whole.
const SHOWN: usize = 4;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Makes the files one by one in the order given: a folder lists them in an order that depends on it.
fn copy(files: &[&PathBuf], from: &Path, to: &Path) {
    for file in files {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(file, target).unwrap();
    }
}

fn put_ties(folder: &Path, numbers: impl Iterator<Item = usize>) {
    fs::create_dir_all(folder).unwrap();
    for number in numbers {
        let text = "Title: Quarry floods\nDate: 2023-05-05\n\nThe quarry of Lindow flooded on Friday, Ada Byrne said, and \
                    the road to Hamburg was closed until the evening of the same day.\n";
        fs::write(folder.join(format!("{number:02}.txt")), text).unwrap();
    }
}

/// All that is compared of an index: what each command prints.
fn prints(desk: &Desk, index: &str, queries: &[String]) -> Vec<(String, String)> {
    let ask = |arguments: &[&str]| {
        let output = desk.run(&[arguments, &["--index", index, "--format", "json"]].concat());
        let notes = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {notes}");
        (arguments.join(" "), String::from_utf8(output.stdout).unwrap())
    };
    let mut all = vec![
        ask(&["search", "*", "--all-copies", "-n", "2000"]),
        ask(&["copies"]),
        ask(&["search", "*", "--sort", "newest", "-n", "2000"]),
        ask(&["search", "the", "--sort", "oldest", "-n", "2000", "--all-copies"]),
        ask(&["timeline", "*", "--by", "month", "--of", "mentioned"]),
        ask(&["events", "*"]),
        ask(&["collocates", "the"]),
        ask(&["concordance", "said", "-n", "500"]),
    ];
    for by in ["person", "place", "org", "source", "language", "month"] {
        all.push(ask(&["facets", "*", "--by", by, "-n", "5000"]));
    }
    all.extend(queries.iter().map(|query| ask(&["search", query, "-n", "100"])));
    let ids: Vec<String> = json_lines(&all[0].1)
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .step_by(SHOWN)
        .collect();
    all.extend(ids.iter().map(|id| ask(&["show", id])));
    all.extend(ids.iter().step_by(SHOWN).map(|id| ask(&["related", id])));
    all
}

#[test]
fn threads_order_and_history_change_nothing() {
    let desk = Desk::new(&[]);
    let seeds = repository().join("seeds");
    let all = files(&seeds);
    let there: Vec<&PathBuf> = all.iter().collect();
    let back: Vec<&PathBuf> = all.iter().rev().collect();
    copy(&there, &seeds, &desk.path("one/seeds"));
    put_ties(&desk.path("one/ties"), 0..TIES);
    copy(&back, &seeds, &desk.path("other/seeds"));
    // 7 and 40 have no factor in common.
    put_ties(&desk.path("other/ties"), (0..TIES).map(|number| number * 7 % TIES));
    let queries = fs::read_to_string(seeds.join("queries.jsonl")).unwrap();
    let queries: Vec<String> = json_lines(&queries)
        .iter()
        .step_by(EVERY)
        .map(|query| query["query"].as_str().unwrap().to_owned())
        .chain(["quarry".to_owned()])
        .collect();
    desk.stdout(0, &["index", "one/seeds", "one/ties", "--index", "a", "--threads", "1"]);
    let expected = prints(&desk, "a", &queries);
    let lines = |number: usize| expected[number].1.lines().count();
    assert!(lines(0) > 200 && lines(1) > 5, "{} {}", lines(0), lines(1));
    let silent: Vec<&String> =
        expected.iter().filter(|(_, found)| found.is_empty()).map(|(asked, _)| asked).collect();
    assert!(silent.len() * 10 < expected.len(), "nothing is found by {silent:?}");

    desk.stdout(0, &["index", "other/ties", "other/seeds", "--index", "b", "--threads", "2"]);
    let many = ["--threads", "8", "--memory", "60MB", "--commit-every", "0"];
    desk.stdout(0, &[&["index", "other/seeds", "other/ties", "--index", "c"][..], &many].concat());
    // A history: a third is there, then another third, all of them changed, and in the end all as they are.
    let part = |number: usize| -> Vec<&PathBuf> {
        there.iter().copied().skip(number).step_by(3).collect()
    };
    let later = desk.path("later/seeds");
    let run = |more: &[&str]| {
        desk.stdout(0, &[&["index", "later/seeds", "--index", "d"], more].concat());
    };
    copy(&part(1), &seeds, &later);
    run(&["--no-extract"]);
    copy(&part(0), &seeds, &later);
    run(&["--extract", "--threads", "3"]);
    for file in part(0) {
        let file = later.join(file.strip_prefix(&seeds).unwrap());
        fs::write(file, "Story\n\nAnother text was here for a while.\n").unwrap();
    }
    run(&["--commit-every", "0"]);
    fs::remove_dir_all(&later).unwrap();
    copy(&back, &seeds, &later);
    run(&["--rehash"]);
    put_ties(&desk.path("later/ties"), (0..TIES).rev());
    desk.stdout(0, &["index", "later/ties", "--index", "d", "--threads", "8"]);
    run(&["--optimize"]);
    for index in ["b", "c", "d"] {
        for ((asked, expected), (_, found)) in expected.iter().zip(prints(&desk, index, &queries)) {
            assert!(found == *expected, "{index}: {asked}:\n{expected}\n---\n{found}");
        }
    }
}
