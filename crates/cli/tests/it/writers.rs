//! One writer, many readers: who may write is told, and searches see the last commit whatever is written meanwhile.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Desk, json_lines};

/// Waits until `is_so`, for a minute at most.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..6000 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("waited in vain: {what}");
}

pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

pub(crate) fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A corpus of 8 files of 40 articles, every one with the word given.
fn fill(desk: &Desk, word: &str) {
    for file in 0..8 {
        let lines: Vec<String> = (0..40)
            .map(|n| {
                format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"The {word} envoys {file} {n} spoke to Jens Stoltenberg in Kyiv.\"}}")
            })
            .collect();
        desk.put(&format!("{file}.jsonl"), lines.join("\n").as_bytes());
    }
}

#[test]
fn a_second_writer_hears_who_the_first_is_and_a_dead_one_holds_nothing() {
    let desk = Desk::new(&[]);
    fill(&desk, "first");
    let mut first = start(&desk, &["index", "news"]);
    wait_until("the first has begun", || desk.path("index/dateline.json").exists());
    signal(&first, "STOP");
    let text = desk.transcript(&["index", "news"]);
    let expected = format!(
        "exit 2\n--- stdout\n--- stderr\ndateline: index: another `dateline index` is writing to this index (process {} on ",
        first.id()
    );
    assert!(text.starts_with(&expected), "{text}");
    assert!(
        text.contains(" UTC)\nhint: wait until it has ended; searching works meanwhile\n"),
        "{text}"
    );
    let search = desk.transcript(&["search", "*"]);
    assert!(search.starts_with("exit 0\n") || search.starts_with("exit 1\n"), "{search}");
    first.kill().unwrap();
    first.wait().unwrap();
    let again = desk.run(&["index", "news"]);
    let notes = String::from_utf8(again.stderr).unwrap();
    assert_eq!(again.status.code(), Some(0), "{notes}");
    let cut_off = format!("note: the run before this one was cut off (process {} on ", first.id());
    assert!(notes.contains(&cut_off), "{notes}");
    assert_eq!(desk.stdout(0, &["search", "first", "--count", "--all-copies"]), "320\n");
    assert!(!desk.path("index/.writer.json").exists());
}

#[test]
fn searches_see_the_last_commit_whatever_is_written_meanwhile() {
    let desk = Desk::new(&[]);
    fill(&desk, "old");
    desk.stdout(0, &["index", "news"]);
    let count = |query: &str| {
        let found = desk.run(&["search", query, "--count", "--all-copies"]);
        let notes = String::from_utf8_lossy(&found.stderr).into_owned();
        assert!(matches!(found.status.code(), Some(0 | 1)), "{query}: {notes}");
        assert_eq!(notes, "", "{query}");
        String::from_utf8(found.stdout).unwrap().trim().parse::<u64>().unwrap()
    };
    // A commit after every file, the files that are joined deleted at the end, and all of it several times.
    let (mut searches, mut between) = (0, 0);
    for (round, word) in ["new", "newer", "newest"].iter().enumerate() {
        fill(&desk, word);
        let mut arguments = vec!["index", "news", "--commit-every", "0"];
        if round == 2 {
            arguments.push("--optimize");
        }
        let mut writer = start(&desk, &arguments);
        while writer.try_wait().unwrap().is_none() {
            assert_eq!(count("envoys"), 320);
            let done = count(word);
            assert_eq!(done % 40, 0, "a file is in the index whole or not at all");
            between += u64::from(done > 0 && done < 320);
            let stats = json_lines(&desk.stdout(0, &["stats", "--format", "json"]));
            assert_eq!(stats[0]["articles"], 320);
            desk.stdout(0, &["verify"]);
            desk.stdout(0, &["search", "envoys", "--in", "news"]);
            desk.stdout(0, &["facets", "envoys", "--by", "person"]);
            searches += 1;
        }
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!((count(word), count("envoys")), (320, 320));
    }
    println!("{searches} rounds of searches, {between} between commits");
    assert!(searches > 3 && between > 0, "{searches} {between}");
}

#[test]
fn searches_find_an_index_while_it_is_built_anew() {
    let desk = Desk::new(&[]);
    fill(&desk, "old");
    desk.stdout(0, &["index", "news"]);
    for folder in ["tantivy-2", "tantivy"] {
        let mut writer = start(&desk, &["index", "--rebuild", "--commit-every", "0"]);
        while writer.try_wait().unwrap().is_none() {
            assert_eq!(desk.stdout(0, &["search", "envoys", "--count", "--all-copies"]), "320\n");
            desk.stdout(0, &["verify"]);
        }
        assert!(writer.wait().unwrap().success());
        assert!(desk.path("index").join(folder).join("meta.json").is_file());
        assert_eq!(engines(&desk), [folder]);
    }
}

/// Folders of the engine's files that an index has.
fn engines(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path("index")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("tantivy")).collect()
}

/// B100: what is built anew takes the place of what was there when it is whole, and not before.
#[test]
fn a_rebuild_that_is_killed_or_stopped_leaves_the_old_index() {
    let desk = Desk::new(&[]);
    fill(&desk, "old");
    desk.stdout(0, &["index", "news"]);
    let before =
        desk.stdout(0, &["search", "old", "--format", "json", "--all-copies", "-n", "400"]);
    fill(&desk, "new");
    // At its very beginning, and when it has written something.
    for (how, begun) in [("INT", ""), ("KILL", "store")] {
        let writer = start(&desk, &["index", "--rebuild", "--commit-every", "0"]);
        wait_until("the new index is begun", || {
            let entries = std::fs::read_dir(desk.path("index/tantivy-2"));
            entries.is_ok_and(|entries| {
                begun.is_empty()
                    || entries
                        .flatten()
                        .any(|entry| entry.path().extension().is_some_and(|end| end == begun))
            })
        });
        signal(&writer, how);
        let output = writer.wait_with_output().unwrap();
        assert!(!output.status.success(), "the run was over before it was stopped");
        if how == "INT" {
            let notes = String::from_utf8_lossy(&output.stderr);
            assert!(notes.contains("stopped: the index is as it was"), "{notes}");
            assert_eq!(engines(&desk), ["tantivy"]);
        }
        let search = ["search", "old", "--format", "json", "--all-copies", "-n", "400"];
        assert!(desk.stdout(0, &search) == before, "{how}");
        desk.stdout(0, &["verify"]);
    }
    desk.stdout(0, &["index"]);
    assert_eq!(engines(&desk), ["tantivy"]);
    assert_eq!(desk.stdout(0, &["search", "new", "--count", "--all-copies"]), "320\n");
    desk.stdout(0, &["verify"]);
}
