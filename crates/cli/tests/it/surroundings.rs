//! An index and its folders in odd places and states: what users of other search programs lost articles by.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::Desk;

/// Runs `dateline` with what its surroundings say, and checks how it ends and what its first line begins with.
#[track_caller]
fn check(desk: &Desk, arguments: &str, expected: &str) {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let output = desk.run(&arguments);
    let out = String::from_utf8_lossy(&output.stdout);
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(out.starts_with(expected), "{arguments:?}: {out}{notes}");
    assert!(!notes.contains("panicked"), "{notes}");
}

#[test]
fn a_folder_is_one_however_it_is_named() {
    let desk = Desk::small();
    symlink("news", desk.path("link")).unwrap();
    fs::create_dir(desk.path("deep")).unwrap();
    check(&desk, "index news ./news link news/", "3 articles in index · 3 new");
    let whole = fs::canonicalize(desk.path("news")).unwrap();
    for named in [whole.to_str().unwrap(), "link", "./link/../link/", "deep/../news/wire/.."] {
        check(&desk, &format!("index {named}"), "3 articles in index · 3 unchanged");
    }
    check(&desk, "index", "3 articles in index · 3 unchanged");
}

#[test]
fn an_index_inside_its_corpus_is_no_part_of_it() {
    let desk = Desk::small();
    for _ in 0..2 {
        check(&desk, "index news --index news/.index", "3 articles in news/.index · 3 ");
    }
    check(&desk, "index news --index news/.index --rebuild", "3 articles in news/.index · 3 new");
    check(&desk, "stats --index news/.index", "articles   3 articles from 3 files");
    check(&desk, "verify --index news/.index", "whole: ");
}

#[test]
fn an_index_that_is_moved_or_copied_goes_on() {
    let desk = Desk::small();
    check(&desk, "index news", "3 articles");
    fs::rename(desk.path("index"), desk.path("moved")).unwrap();
    check(&desk, "index --index moved", "3 articles in moved · 3 unchanged");
    let copied =
        Command::new("cp").arg("-r").args([desk.path("moved"), desk.path("copy")]).status();
    assert!(copied.unwrap().success());
    fs::remove_file(desk.path("news/bridge.txt")).unwrap();
    check(&desk, "index --index copy", "2 articles in copy · 1 removed · 2 unchanged");
    check(&desk, "search bridge --count --index moved", "1\n");
    check(&desk, "verify --index copy", "whole: ");
    check(&desk, "verify --index moved", "whole: ");
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let desk = Desk::small();
    check(&desk, "index news", "3 articles");
    fs::remove_file(desk.path("news/bridge.txt")).unwrap();
    desk.put("bridge.txt/inner.txt", b"Inner\n\nA pangolin was seen.\n");
    check(&desk, "index news", "3 articles in index · 1 new · 1 removed · 2 unchanged");
    fs::remove_dir_all(desk.path("news/bridge.txt")).unwrap();
    desk.put("bridge.txt", b"Bridge again\n\nA lemur was seen.\n");
    check(&desk, "index news", "3 articles in index · 1 new · 1 removed · 2 unchanged");
    check(&desk, "search pangolin --count", "0\n");
    check(&desk, "verify", "whole: ");
}

#[test]
fn times_of_another_age_are_times() {
    let desk = Desk::small();
    let set = |path: &str, days: u64, back: bool| {
        let span = Duration::from_secs(days * 86_400);
        let epoch = SystemTime::UNIX_EPOCH;
        let time = if back { epoch - span } else { epoch + span };
        fs::File::options().write(true).open(desk.path(path)).unwrap().set_modified(time).unwrap();
    };
    set("news/bridge.txt", 0, false);
    set("news/wire/ferry.txt", 3650, true);
    set("news/wire/talks.txt", 66_000, false);
    check(&desk, "index news", "3 articles in index · 3 new");
    check(&desk, "index news", "3 articles in index · 3 unchanged");
    // Of the same size, and from a day that is still to come.
    let text = fs::read_to_string(desk.path("news/wire/talks.txt")).unwrap();
    fs::write(desk.path("news/wire/talks.txt"), text.replace("Talks", "Walks")).unwrap();
    set("news/wire/talks.txt", 66_000, false);
    check(&desk, "index news", "3 articles in index · 1 changed · 2 unchanged");
    check(&desk, "search walks --count", "1\n");
}

#[test]
fn files_of_others_in_the_index_stay_and_harm_nothing() {
    let desk = Desk::small();
    check(&desk, "index news", "3 articles");
    fs::write(desk.path("index/notes.txt"), "mine").unwrap();
    fs::create_dir(desk.path("index/more")).unwrap();
    for name in ["copies-99", "state-99", "tantivy/foreign.bin"] {
        fs::write(desk.path("index").join(name), "[]").unwrap();
    }
    desk.put("new.txt", b"New\n\nA new story.\n");
    for command in ["index", "index --optimize", "index --rebuild", "index"] {
        check(&desk, command, "4 articles in index");
        check(&desk, "verify", "whole: ");
        check(&desk, "search ferry --count", "1\n");
    }
    assert!(desk.path("index/notes.txt").exists() && desk.path("index/more").exists());
}

/// Every file of an index emptied in turn, which is what a full disk and a lost cache leave: it is told, and building anew heals it.
#[test]
fn an_emptied_file_is_told_and_healed() {
    let desk = Desk::small();
    check(&desk, "index news", "3 articles");
    let names: Vec<String> = ["", "tantivy"]
        .iter()
        .flat_map(|folder| {
            fs::read_dir(desk.path("index").join(folder)).unwrap().map(|entry| entry.unwrap())
        })
        .filter(|entry| {
            entry.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
        })
        .map(|entry| {
            entry.path().strip_prefix(desk.path("index")).unwrap().to_str().unwrap().to_owned()
        })
        .collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        fs::remove_dir_all(desk.path("index")).unwrap();
        check(&desk, "index news", "3 articles in index · 3 new");
        // The engine's files have other names now.
        let kind = name.rsplit('.').next().unwrap();
        let engine = desk.path("index/tantivy");
        let path = if name.starts_with("tantivy/") {
            let mut files = fs::read_dir(engine).unwrap().map(|entry| entry.unwrap().path());
            files.find(|path| path.to_str().unwrap().ends_with(kind)).unwrap()
        } else {
            desk.path("index").join(&name)
        };
        fs::write(&path, "").unwrap();
        let verified = desk.transcript(&["verify"]);
        assert!(verified.starts_with("exit 2\n"), "{name}: {verified}");
        let found = desk.transcript(&["search", "ferry"]);
        assert!(
            found.starts_with("exit 0\n")
                || found.contains("--rebuild")
                || found.contains("delete index"),
            "{name}: {found}"
        );
        if name != "dateline.json" {
            check(&desk, "index --rebuild", "3 articles in index · 3 new");
            check(&desk, "verify", "whole: ");
        }
    }
}

#[test]
fn few_files_may_be_open_at_once() {
    let desk = Desk::small();
    for number in 0..60 {
        desk.put(
            &format!("{number}/x.txt"),
            format!("Story {number}\n\nThe ferry {number} sailed.\n").as_bytes(),
        );
    }
    let limited = |arguments: &str| {
        let line = format!("ulimit -n 64; exec {} {arguments}", env!("CARGO_BIN_EXE_dateline"));
        let output =
            Command::new("sh").args(["-c", &line]).current_dir(desk.path("")).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    limited("index news --threads 8 --commit-every 0");
    limited("search ferry --count --all-copies");
    limited("verify");
    check(&desk, "search ferry --count --all-copies", "61\n");
}
