//! What is told with `-v`, and that nothing is left anywhere but in the index.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Desk;

#[test]
fn what_is_done_is_told_on_standard_error_when_asked() {
    let desk = Desk::small();
    let run = |arguments: &[&str]| {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(0));
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(run(&["index", "news"]).1, "");
    desk.put("new.txt", b"Harbour\n\nThe harbour is open.\n");
    let (out, told) = run(&["index", "news", "-v"]);
    assert!(out.starts_with("4 articles in index · 1 new · 3 unchanged"), "{out}");
    assert!(
        told.contains("INFO dateline_indexer") && told.contains("committed state=state-2"),
        "{told}"
    );
    assert!(!told.contains("DEBUG") && !told.contains("new.txt"), "{told}");
    desk.put("new.txt", b"Harbour\n\nThe harbour is shut again.\n");
    let (_, told) = run(&["index", "news", "-vv"]);
    let is_read = told.lines().any(|line| line.contains("DEBUG") && line.contains("path=new.txt"));
    assert!(is_read, "{told}");
    let (found, told) = run(&["search", "shut", "-vv", "--format", "json"]);
    assert!(found.starts_with("{\"rank\":1,") && found.lines().count() == 1, "{found} {told}");
}

/// Every file and folder below `folder` but the index, with size and time of change.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u64, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            if entry.file_name() == "index" {
                continue;
            }
            if metadata.is_dir() {
                folders.push(entry.path());
            }
            // The time of a folder shows what was made in it and deleted again.
            found.insert(entry.path(), (metadata.len(), metadata.modified().unwrap()));
        }
    }
    found
}

#[test]
fn nothing_is_written_outside_the_index() {
    let desk = Desk::small();
    // All that a program may take for a place to leave things.
    let places = [
        "HOME",
        "TMPDIR",
        "TMP",
        "TEMP",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
    ];
    for place in places {
        std::fs::create_dir(desk.path(place)).unwrap();
    }
    // Made before the first look at the desk's own folder, which would change by it.
    desk.stdout(0, &["index", "news"]);
    let before = snapshot(&desk.path(""));
    assert!(before.len() > places.len() + 3);
    let id = crate::json_lines(&desk.stdout(0, &["search", "ferry", "--format", "json"]));
    let id = id[0]["id"].as_str().unwrap().to_owned();
    let commands: [&[&str]; 13] = [
        &["index", "news", "--rebuild", "--optimize", "-vv"],
        &["index", "news", "--rehash", "--threads", "3"],
        &["index", "news", "--dry-run"],
        &["search", "--in", "news", "ferry"],
        &["show", &id],
        &["related", &id],
        &["extract", "news/bridge.txt"],
        &["facets", "*", "--by", "person"],
        &["timeline", "*", "--by", "month"],
        &["concordance", "fuel"],
        &["stats"],
        &["verify"],
        &["completions", "bash"],
    ];
    for arguments in commands {
        let mut command = desk.command(arguments);
        for place in places {
            command.env(place, desk.path(place));
        }
        let output = command.output().unwrap();
        let notes = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {notes}");
        assert_eq!(snapshot(&desk.path("")), before, "{arguments:?}");
    }
}
