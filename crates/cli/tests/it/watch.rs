//! `index --watch` on real files, saved as programs save them.

#![cfg(unix)]

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::Desk;
use crate::writers::{signal, start, wait_until};

/// An index that is kept up to date with `news`, with the first run done.
fn watching(desk: &Desk, options: &[&str]) -> Child {
    let watch = start(desk, &[&["index", "news", "--watch"], options].concat());
    wait_until("the first run", || !articles(desk, "*").is_empty());
    watch
}

/// The paths of all articles that have `word`.
fn articles(desk: &Desk, word: &str) -> Vec<String> {
    let arguments = ["search", word, "--all-copies", "--format", "json", "-n", "1000"];
    let output = String::from_utf8(desk.run(&arguments).stdout).unwrap();
    let mut paths: Vec<String> = crate::json_lines(&output)
        .iter()
        .map(|hit| hit["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    paths
}

/// Ends the run, which must end well, and gives what it printed.
fn end(desk: &Desk, watch: Child) -> (String, String) {
    signal(&watch, "INT");
    let output = watch.wait_with_output().unwrap();
    let (out, notes) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{notes}");
    assert!(notes.contains("watching for changes (Ctrl-C ends)\n"), "{notes}");
    let verified = desk.transcript(&["verify"]);
    assert!(verified.starts_with("exit 0\n--- stdout\nwhole: "), "{verified}");
    (out, notes)
}

fn story(word: &str) -> String {
    format!("Story\n\nThe {word} was seen in Kyiv on Tuesday.\n")
}

#[test]
fn files_are_followed_however_they_are_saved() {
    let desk = Desk::new(&[("a.txt", &story("heron")), ("deep/b.txt", &story("stork"))]);
    let watch = watching(&desk, &[]);
    let path = |name: &str| desk.path("news").join(name);
    let found = |word: &str, expected: &[&str]| {
        wait_until(&format!("{word} in {expected:?}"), || articles(&desk, word) == expected);
    };
    found("heron", &["a.txt"]);
    desk.put("c.txt", story("crane").as_bytes());
    found("crane", &["c.txt"]);
    // Written beside and renamed over it, as most editors do.
    fs::write(path(".a.txt.swp1"), story("egret")).unwrap();
    fs::rename(path(".a.txt.swp1"), path("a.txt")).unwrap();
    found("egret", &["a.txt"]);
    found("heron", &[]);
    // Put aside, written anew, and the old one deleted, as others do.
    fs::rename(path("a.txt"), path("a.txt~")).unwrap();
    fs::write(path("a.txt"), story("ibis")).unwrap();
    fs::remove_file(path("a.txt~")).unwrap();
    found("ibis", &["a.txt"]);
    found("egret", &[]);
    // Cut to nothing and written again in place.
    fs::write(path("a.txt"), "").unwrap();
    fs::write(path("a.txt"), story("bittern")).unwrap();
    found("bittern", &["a.txt"]);
    fs::rename(path("deep"), path("deeper")).unwrap();
    found("stork", &["deeper/b.txt"]);
    fs::remove_file(path("c.txt")).unwrap();
    found("crane", &[]);
    // A burst.
    for number in 0..300 {
        desk.put(&format!("many/{number}.txt"), story("sparrow").as_bytes());
    }
    wait_until("the burst", || articles(&desk, "sparrow").len() == 300);
    fs::remove_dir_all(path("many")).unwrap();
    found("sparrow", &[]);
    // The whole folder is away for a while: its articles stay.
    fs::rename(desk.path("news"), desk.path("away")).unwrap();
    std::thread::sleep(Duration::from_secs(3));
    found("bittern", &["a.txt"]);
    fs::rename(desk.path("away"), desk.path("news")).unwrap();
    desk.put("d.txt", story("gull").as_bytes());
    found("gull", &["d.txt"]);

    let (out, notes) = end(&desk, watch);
    assert!(notes.contains(" is missing today; its articles are kept"), "{notes}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("2 articles in index · 2 new"), "{out}");
    assert!(lines.iter().any(|line| line.starts_with("3 articles in index · 1 new")), "{out}");
    assert!(!notes.contains("skipped"), "an empty file of a moment was seen: {notes}");
}

#[test]
fn what_never_rests_is_committed_all_the_same() {
    let desk = Desk::new(&[("a.txt", &story("heron"))]);
    let watch = watching(&desk, &["--commit-every", "2", "--format", "json"]);
    desk.put("b.txt", story("stork").as_bytes());
    let begun = Instant::now();
    let mut text = story("noise");
    let mut waited = None;
    while begun.elapsed() < Duration::from_mins(1) && waited.is_none() {
        // A file that grows without end, slower than it is looked at.
        text.push_str("More was said.\n");
        desk.put("growing.txt", text.as_bytes());
        std::thread::sleep(Duration::from_millis(100));
        if !articles(&desk, "stork").is_empty() {
            waited = Some(begun.elapsed());
        }
    }
    assert!(waited.is_some_and(|waited| waited > Duration::from_secs(1)), "{waited:?}");
    text.push_str("A pelican was the last.\n");
    desk.put("growing.txt", text.as_bytes());
    wait_until("the last line", || articles(&desk, "pelican") == ["growing.txt"]);
    let (out, _) = end(&desk, watch);
    let runs = crate::json_lines(&out);
    assert_eq!(runs[0]["added"], 1);
    assert_eq!(runs.last().unwrap()["articles"], 3);
}

#[test]
fn others_may_write_between_two_runs() {
    let desk = Desk::new(&[("a.txt", &story("heron"))]);
    let watch = watching(&desk, &[]);
    fs::create_dir(desk.path("wire")).unwrap();
    fs::write(desk.path("wire/w.txt"), story("stork")).unwrap();
    // The watching run may be at work just then.
    wait_until("the other run", || desk.run(&["index", "wire"]).status.code() == Some(0));
    desk.put("b.txt", story("gull").as_bytes());
    wait_until("the change", || articles(&desk, "gull") == ["b.txt"]);
    assert_eq!(articles(&desk, "stork"), ["w.txt"]);
    end(&desk, watch);
}

/// B070: what the run took that wrote the index is given back while nothing changes.
#[cfg(target_os = "linux")]
#[test]
fn memory_of_an_idle_watch() {
    let desk = Desk::new(&[]);
    for file in 0..8_u32 {
        let line = |n: u32| {
            let words: Vec<String> = (0..120)
                .map(|word| format!("w{}", (file * 7919 + n * 131 + word * 977) % 29_989))
                .collect();
            format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"{}\"}}", words.join(" "))
        };
        let lines: Vec<String> = (0..500).map(line).collect();
        desk.put(&format!("{file}.jsonl"), lines.join("\n").as_bytes());
    }
    let watch = start(&desk, &["index", "news", "--watch", "--no-extract"]);
    let status = || fs::read_to_string(format!("/proc/{}/status", watch.id())).unwrap();
    let kilobytes = |name: &str| {
        let status = status();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        line.strip_suffix(" kB").unwrap().trim().parse::<u64>().unwrap()
    };
    // Without the pages of files, which the system takes back by itself.
    let is_idle =
        || desk.path("index/checksums").exists() && kilobytes("RssAnon:") * 2 < kilobytes("VmHWM:");
    wait_until("less than half of the peak is kept", is_idle);
    println!("{} kB of {} at the peak", kilobytes("RssAnon:"), kilobytes("VmHWM:"));
    end(&desk, watch);
}
