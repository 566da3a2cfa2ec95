//! What people and disks do wrong: each has its message, and nothing is harmed.

use std::fs;

use crate::Desk;

#[track_caller]
fn check(desk: &Desk, arguments: &[&str], code: i32, stderr: &[&str]) {
    let transcript = desk.transcript(arguments);
    assert!(transcript.starts_with(&format!("exit {code}\n")), "{transcript}");
    for expected in stderr {
        assert!(transcript.contains(expected), "no `{expected}` in\n{transcript}");
    }
}

#[test]
fn an_empty_folder_has_no_article() {
    let desk = Desk::new(&[]);
    check(&desk, &["index", "news"], 1, &["0 articles in index"]);
    check(&desk, &["search", "nato"], 1, &[]);
}

#[test]
fn a_folder_that_is_not_there() {
    let desk = Desk::new(&[]);
    check(&desk, &["index", "nwes"], 2, &["nwes: no such file or folder"]);
    check(&desk, &["search", "--in", "nwes", "nato"], 2, &["nwes: no such file or folder"]);
    assert!(!desk.path("index").exists());
}

#[test]
fn no_index_yet() {
    let desk = Desk::new(&[]);
    check(
        &desk,
        &["search", "nato"],
        2,
        &["index: no index here", "hint: build one with `dateline index FOLDER`"],
    );
    check(&desk, &["show", "0123456789abcdef"], 2, &["no index here"]);
    check(&desk, &["stats"], 2, &["no index here"]);
    check(&desk, &["index"], 2, &["hint: name one"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::small();
    let mode =
        |mode| fs::set_permissions(desk.path("news"), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o000);
    // Whoever may read everything, such as root, does not see the lock.
    if fs::read_dir(desk.path("news")).is_err() {
        check(
            &desk,
            &["index", "news"],
            2,
            &["news: cannot be read", "hint: check its permissions"],
        );
    }
    mode(0o755);
}

#[test]
fn files_that_are_no_articles_are_counted_and_the_rest_is_found() {
    let desk = Desk::small();
    desk.put("empty.txt", b"");
    desk.put("nul.txt", b"Storm\0 nears\n\nA storm\0 is near the harbour of Odesa.\n");
    desk.put(
        "latin.txt",
        b"Caf\xe9 reopens\n\nThe caf\xe9 in Orl\xe9ans is open again, its owner said on Tuesday.\n",
    );
    desk.put("noise.bin", &[0, 1, 2, 3, 0, 0, 255, 254, 0, 0, 7, 0, 0, 0, 0, 9]);
    desk.put("broken.jsonl", b"{\"title\":\"Fine\",\"text\":\"All is well in Kyiv.\"}\n{\"title\": oops\n{\"title\":\"Fine too\",\"text\":\"Still well.\"}\n");
    desk.put("page.html", b"<html><head><title>Storm</title></head><body><p>The storm reached <b>Odesa</b> at noon, said the harbour master.");
    let stdout = desk.stdout(0, &["index", "news", "--format", "json", "--errors", "errors.jsonl"]);
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["articles"], 8, "{report}");
    assert_eq!(report["skipped"]["empty"], 1, "{report}");
    assert_eq!(report["skipped"]["unknown-format"], 1, "{report}");
    assert_eq!(report["skipped"]["malformed"], 1, "{report}");
    let errors = fs::read_to_string(desk.path("errors.jsonl")).unwrap();
    assert_eq!(errors.lines().count(), 3, "{errors}");
    check(&desk, &["search", "café"], 0, &["latin.txt"]);
    check(&desk, &["search", "storm noon"], 0, &["page.html"]);
}

#[test]
fn a_line_of_two_hundred_megabytes() {
    let desk = Desk::small();
    let mut file = fs::File::create(desk.path("news/long.txt")).unwrap();
    for _ in 0..200 {
        std::io::Write::write_all(&mut file, "word ".repeat(200_000).as_bytes()).unwrap();
    }
    drop(file);
    let stdout = desk.stdout(0, &["index", "news", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&report["articles"], &report["skipped"]["over-limit"]),
        (&3.into(), &1.into()),
        "{report}"
    );
}

#[test]
fn a_limit_of_ones_own() {
    let desk = Desk::small();
    desk.put("long.txt", "word ".repeat(2_000).as_bytes());
    let limit = ["--limit", "file_bytes=9KB"];
    let over = "long.txt · over-limit";
    check(&desk, &["index", "news", limit[0], limit[1]], 0, &["3 articles in index", over]);
    // What was said is kept; whoever allows more reads what was left out.
    check(&desk, &["index", "news", "--rebuild"], 0, &["3 articles in index", over]);
    let more = ["index", "news", "--limit", "file_bytes=64MiB"];
    check(&desk, &more, 0, &["4 articles in index · 1 new · 3 changed"]);
    check(&desk, &["extract", "news/long.txt"], 0, &[]);
    check(&desk, &["extract", "news/long.txt", limit[0], limit[1]], 1, &[over]);
    check(&desk, &["index", "news", "--limit", "file_byte=9KB"], 2, &["file_byte", "file_bytes"]);
    check(&desk, &["index", "news", "--limit", "file_bytes=many"], 2, &["many"]);
}

/// U113.
#[cfg(unix)]
#[test]
fn links_that_go_round_and_links_that_go_out() {
    let desk = Desk::small();
    fs::write(desk.path("secret.txt"), "Secret\n\nNobody may read this pangolin.\n").unwrap();
    std::os::unix::fs::symlink(desk.path("news"), desk.path("news/wire/loop")).unwrap();
    std::os::unix::fs::symlink(desk.path("secret.txt"), desk.path("news/out.txt")).unwrap();
    check(&desk, &["index", "news"], 0, &["3 articles in index · 3 new"]);
    check(&desk, &["search", "pangolin"], 1, &[]);
}

#[test]
fn a_quote_that_is_not_closed() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    check(&desk, &["search", "fuel \"olena koval"], 2, &["column 6", "\n       ^\n", "hint: "]);
}

#[test]
fn an_index_of_another_version() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let path = desk.path("index/dateline.json");
    let manifest = fs::read_to_string(&path).unwrap().replacen(
        "\"format_version\": ",
        "\"format_version\": 99",
        1,
    );
    fs::write(&path, manifest).unwrap();
    let hint = "hint: build it anew from its folders with `dateline index --rebuild --index index`";
    for arguments in [&["search", "fuel"][..], &["index"], &["index", "news"], &["stats"]] {
        check(&desk, arguments, 2, &["index format 99", hint]);
    }
    check(&desk, &["index", "--rebuild"], 0, &["3 articles in index · 3 new"]);
    check(&desk, &["search", "fuel"], 0, &[]);
}

#[test]
fn an_index_option_that_names_something_else() {
    let desk = Desk::small();
    fs::create_dir(desk.path("thesis")).unwrap();
    fs::write(desk.path("thesis/chapter.txt"), "mine").unwrap();
    let before = fs::read_dir(desk.path("thesis")).unwrap().count();
    check(
        &desk,
        &["index", "news", "--index", "thesis"],
        2,
        &["it holds `chapter.txt`", "hint: name an empty or new directory"],
    );
    check(
        &desk,
        &["search", "--in", "news", "fuel", "--index", "thesis"],
        2,
        &["it holds `chapter.txt`"],
    );
    check(&desk, &["search", "fuel", "--index", "thesis"], 2, &["no index here"]);
    assert_eq!(fs::read_dir(desk.path("thesis")).unwrap().count(), before);
    assert_eq!(fs::read_to_string(desk.path("thesis/chapter.txt")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn an_index_that_one_may_not_write_to_can_be_searched() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let mut folders = vec![desk.path("index"), desk.path("index/tantivy")];
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for folder in &folders {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                mode(&path, 0o444);
            }
        }
        mode(folder, 0o555);
    }
    check(&desk, &["search", "fuel"], 0, &["talks.txt"]);
    // Root may write everywhere: then there is nothing to be refused.
    if fs::write(desk.path("index/probe"), "x").is_err() {
        check(&desk, &["index", "news"], 2, &["dateline: "]);
        check(
            &desk,
            &["search", "fuel", "--in", "news"],
            0,
            &["note: ", "is searched", "talks.txt"],
        );
    }
    folders.reverse();
    for folder in &folders {
        mode(folder, 0o755);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let mut child = desk
        .command(&["search", "*", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
