//! Faults that users of other search programs reported (`bugs.tsv`), at the command line: closed pipes, names that are no text, orders that change,
//! indexes that are cut.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use crate::{Desk, json_lines};

/// Articles enough that what is printed fills every buffer of a pipe.
fn many() -> Desk {
    let lines: Vec<String> = (0..800)
        .map(|n| {
            let text = format!("The ferry {n} to Istanbul did not sail from Odesa, said Olena Koval. {}", "The harbour had no fuel left. ".repeat(3));
            serde_json::json!({"id": n.to_string(), "title": format!("Ferry {n}"), "text": text, "published": format!("{}-03-12", 1700 + n % 300)}).to_string()
        })
        .collect();
    let desk = Desk::new(&[("a.jsonl", &lines.join("\n"))]);
    desk.stdout(0, &["index", "news"]);
    desk
}

/// B109: whoever reads a line and goes away is no fault, whatever command prints.
#[test]
fn crash_of_a_closed_pipe() {
    let desk = many();
    let hits = json_lines(&desk.stdout(0, &["search", "ferry", "--format", "json", "-n", "1"]));
    let id = hits[0]["id"].as_str().unwrap();
    for command in [
        &["search", "ferry", "-n", "10000", "--all-copies"][..],
        &["search", "ferry", "-n", "10000", "--all-copies", "--format", "json"],
        &["search", "ferry", "-n", "10000", "--format", "csv"],
        &["search", "ferry", "--count"],
        &["show", id],
        &["show", id, "--format", "json"],
        &["extract", "news/a.jsonl"],
        &["extract", "news/a.jsonl", "--format", "json"],
        &["facets", "--by", "person,place,year"],
        &["timeline", "--by", "year"],
        &["timeline", "--by", "month", "--format", "csv"],
        &["concordance", "ferry", "-n", "0"],
        &["collocates", "ferry", "-n", "0"],
        &["copies", "-n", "0"],
        &["related", id],
        &["events", "ferry"],
        &["stats"],
        &["verify"],
        &["index"],
        &["index", "--dry-run", "--format", "json"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let mut child =
            desk.command(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let notes = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{command:?}: {:?} {notes}",
            output.status
        );
        assert!(
            !notes.contains("panic") && !notes.contains("pipe") && !notes.contains("fault"),
            "{command:?}: {notes}"
        );
    }
}

/// B110: a name that is no UTF-8 is indexed beside its neighbours, stays apart from others like it, is brought up to date and goes.
#[test]
fn crash_of_names_that_are_no_text() {
    let desk = Desk::new(&[
        ("good1.txt", "Good one\n\nThe ferry sails."),
        ("good2.txt", "Good two\n\nThe ferry sails."),
    ]);
    let odd = [&b"caf\xe9.txt"[..], b"caf\xe8.txt", "caf�E9.txt".as_bytes()]
        .map(|name| desk.path("news").join(OsStr::from_bytes(name)));
    let write = |number: usize, word: &str| {
        fs::write(&odd[number], format!("Odd {number}\n\nThe ferry {word}.")).unwrap();
    };
    (0..2).for_each(|number| write(number, "stays"));
    let report =
        |code| json_lines(&desk.stdout(code, &["index", "news", "--format", "json"])).remove(0);
    assert_eq!(report(0)["articles"], 4);
    let paths = |query: &str| -> Vec<String> {
        let output = desk.run(&["search", query, "--all-copies", "--format", "json"]);
        let mut paths: Vec<String> = json_lines(&String::from_utf8(output.stdout).unwrap())
            .iter()
            .map(|hit| hit["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    assert_eq!(paths("stays"), ["caf�E8.txt", "caf�E9.txt"]);
    write(0, "burns");
    assert_eq!(report(0)["changed"], 1);
    assert_eq!(paths("burns"), ["caf�E9.txt"]);
    fs::remove_file(&odd[1]).unwrap();
    assert_eq!(report(0)["removed"], 1);
    assert!(paths("stays").is_empty());
    // A file whose name is how the other's is written.
    write(2, "drifts");
    let found = report(0);
    assert_eq!((&found["articles"], &found["added"]), (&4.into(), &1.into()), "{found}");
    assert_eq!((paths("burns").len(), paths("drifts").len()), (1, 1));
    let again = report(0);
    assert_eq!(again["unchanged"], 4, "{again}");
}

/// U095: what is found, and in which order, is the same after any number of threads.
#[test]
fn incremental_order_of_equal_scores() {
    let desk = Desk::new(&[]);
    for number in 0..40 {
        desk.put(&format!("{}/{number}.txt", number % 7), b"Ferry\n\nThe ferry to Odesa sails.");
    }
    let found = |threads: &str| {
        let _ = fs::remove_dir_all(desk.path("index"));
        desk.stdout(0, &["index", "news", "--threads", threads]);
        desk.stdout(0, &["search", "ferry", "--all-copies", "-n", "100", "--format", "json"])
    };
    let one = found("1");
    assert_eq!(one.lines().count(), 40);
    for threads in ["1", "4", "8"] {
        assert!(found(threads) == one, "{threads} threads");
    }
}

/// B100: lists that are cut, empty or of another time are said to be so, with the command that helps, and it helps.
#[test]
fn incremental_of_an_index_that_is_cut() {
    for file in ["tantivy/meta.json", "dateline.json", "state-1"] {
        for keep in [0, 1, 2] {
            let desk = Desk::small();
            desk.stdout(0, &["index", "news"]);
            let path = desk.path("index").join(file);
            let whole = fs::read_to_string(&path).unwrap();
            let damaged = match keep {
                0 => String::new(),
                1 => whole.get(..whole.len() / 2).unwrap().to_owned(),
                // A field of it has another name.
                _ => whole.replacen("\"s", "\"z", 1).replacen("format_version", "version", 1),
            };
            fs::write(&path, damaged).unwrap();
            let is_of_search = file != "state-1";
            for command in [&["search", "fuel"][..], &["index"], &["index", "news"], &["verify"]] {
                if command[0] == "search" && !is_of_search {
                    continue;
                }
                let transcript = desk.transcript(command);
                assert!(
                    transcript.starts_with("exit 2\n"),
                    "{file} {keep} {command:?}: {transcript}"
                );
                assert!(
                    !transcript.contains("panic") && !transcript.contains("fault of dateline"),
                    "{transcript}"
                );
                assert!(
                    transcript.contains("--rebuild") || transcript.contains("delete index"),
                    "{file} {keep} {command:?}: {transcript}"
                );
            }
            if file == "dateline.json" {
                // It alone knows the folders: they are named again.
                fs::remove_dir_all(desk.path("index")).unwrap();
                desk.stdout(0, &["index", "news"]);
            } else {
                desk.stdout(0, &["index", "--rebuild"]);
            }
            desk.stdout(0, &["search", "fuel"]);
            desk.stdout(0, &["verify"]);
        }
    }
}

/// U080: no command that looks fresh hides that the index is not.
#[test]
fn incremental_of_an_index_that_is_stale() {
    let desk = Desk::small();
    let stats = || json_lines(&desk.stdout(0, &["stats", "--format", "json"])).remove(0);
    desk.stdout(0, &["index", "news"]);
    let fresh = stats();
    let updated = fresh["updated"].as_str().unwrap();
    assert!(updated.starts_with("20") && updated.ends_with('Z'), "{updated}");
    assert_eq!(fresh["stale"], 0, "{fresh}");
    fs::remove_file(desk.path("news/bridge.txt")).unwrap();
    desk.put("wire/new.txt", b"New\n\nA new article.\n");
    desk.put("wire/talks.txt", b"Talks\n\nThe talks are over.\n");
    for partial in [&["index", "news", "--dry-run"][..], &["search", "fuel"], &["verify"]] {
        desk.stdout(0, partial);
        assert_eq!((&stats()["stale"], &stats()["updated"]), (&3.into(), &fresh["updated"]));
    }
    let text = desk.stdout(0, &["stats"]);
    assert!(
        text.contains("; since then 3 files new, changed or gone (`dateline index`)"),
        "{text}"
    );
    // One folder of two: the time is that of the one which was looked at longer ago.
    fs::create_dir(desk.path("more")).unwrap();
    fs::write(desk.path("more/a.txt"), "More\n\nMore of it.\n").unwrap();
    desk.stdout(0, &["index", "more"]);
    assert_eq!((&stats()["stale"], &stats()["updated"]), (&3.into(), &fresh["updated"]));
    desk.stdout(0, &["index"]);
    assert_eq!(stats()["stale"], 0);
}
