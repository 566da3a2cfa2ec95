//! Nothing committed is lost, whenever the run is killed, and the next run ends where an uninterrupted one does.

use std::time::{Duration, Instant};

use crate::{Desk, json_lines};

/// Kills in every run of the tests; `DATELINE_KILLS` asks for others (see docs/reliability.md).
const KILLS: u64 = 10;

#[allow(clippy::disallowed_methods, reason = "a test is told by its caller how long to run")]
fn kills() -> u64 {
    std::env::var("DATELINE_KILLS").map_or(KILLS, |number| number.parse().unwrap())
}

fn corpus() -> Desk {
    let desk = Desk::new(&[]);
    for number in 0..60 {
        let text = format!(
            "Story {number}\n\nBRUSSELS, March {} (Agency) — Jens Stoltenberg met envoys from Ukraine and Japan in Brussels on Tuesday.\n\n{}\n",
            number % 28 + 1,
            "The talks went on through the night, officials in Kyiv and Tokyo said. ".repeat(20),
        );
        desk.put(&format!("{}/{number}.txt", number % 5), text.as_bytes());
    }
    let lines: Vec<String> = (0..300)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"Word {n} said in Kyiv.\"}}")
        })
        .collect();
    desk.put("lines.jsonl", lines.join("\n").as_bytes());
    desk
}

const INDEX: [&str; 4] = ["index", "news", "--commit-every", "0.1"];
const ALL: [&str; 7] = ["search", "*", "--all-copies", "--format", "json", "-n", "2000"];

/// Every article with all that a hit tells, in an order of its own.
fn articles(desk: &Desk) -> Vec<String> {
    found(desk, &ALL)
}

fn found(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let mut hits: Vec<String> = json_lines(&desk.stdout(0, arguments))
        .into_iter()
        .map(|mut hit| {
            let keys = hit.as_object_mut().unwrap();
            keys.remove("rank");
            keys.remove("score");
            hit.to_string()
        })
        .collect();
    hits.sort();
    hits
}

#[test]
fn a_kill_at_any_moment_loses_nothing_committed() {
    let desk = corpus();
    // The corpus and a change of it, each with what a run that nobody kills makes of it.
    let begun = Instant::now();
    desk.stdout(0, &INDEX);
    let mut whole = begun.elapsed();
    let mut expected = [articles(&desk), Vec::new()];
    assert_eq!(expected[0].len(), 360);
    change(&desk, 1);
    std::fs::remove_dir_all(desk.path("index")).unwrap();
    desk.stdout(0, &INDEX);
    expected[1] = articles(&desk);
    assert!(expected[0] != expected[1]);

    let (mut opened, mut killed) = (0, 0);
    let kills = kills();
    for kill in 0..kills {
        // Every other one strikes a first run, the next one an update.
        if kill % 2 == 0 {
            std::fs::remove_dir_all(desk.path("index")).unwrap();
        }
        let state = usize::from(kill / 2 % 2 == 0 && kill % 2 == 1);
        change(&desk, state);
        let mut child = desk
            .command(&INDEX)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Moments spread over the whole run, each off the even step by a part of its own.
        let part = (kill * 1000 + kill * 619 % 1000) as f64 / (kills * 1000) as f64;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part));
        child.kill().unwrap();
        if child.wait().unwrap().code().is_none() {
            killed += 1;
        } else {
            // The machine has become faster, or the first run was disturbed.
            whole = whole.mul_f64(0.7);
        }

        if desk.path("index/dateline.json").exists() {
            let output = desk.run(&ALL);
            let notes = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "kill {kill}: {notes}");
            let found = String::from_utf8(output.stdout).unwrap();
            opened += usize::from(found.lines().count() > 0);
            let verified = desk.transcript(&["verify"]);
            assert!(verified.starts_with("exit 0\n"), "kill {kill}: {verified}");
        }
        desk.stdout(0, &INDEX);
        let verified = desk.transcript(&["verify"]);
        assert!(verified.starts_with("exit 0\n--- stdout\nwhole: "), "kill {kill}: {verified}");
        let same = articles(&desk) == expected[state];
        assert!(same, "kill {kill}: another index than without the kill");
    }
    println!("{killed} of {kills} runs were killed, {opened} indexes then held articles");
    assert!(opened > 0 && killed * 2 > kills, "{opened} {killed}");
}

/// Gives 60 files another title, or the first one.
fn change(desk: &Desk, state: usize) {
    for number in 0..60 {
        let path = desk.path(&format!("news/{}/{number}.txt", number % 5));
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, rest) = text.split_once(' ').unwrap();
        std::fs::write(&path, format!("{} {rest}", ["Story", "Report"][state])).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_commits_what_is_done_and_says_so() {
    use crate::writers::{signal, start, wait_until};
    let desk = corpus();
    // One file of many articles, so that the run is stopped inside it.
    let long = |articles: usize| -> Vec<String> {
        (0..articles)
            .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Long {n}\",\"text\":\"Word {n} of Jens Stoltenberg said in Kyiv on March 3.\"}}"))
            .collect()
    };
    let mut lines = long(80_000);
    desk.put("zz.jsonl", lines.join("\n").as_bytes());
    let count = || {
        let output = desk.run(&["search", "*", "--count", "--all-copies"]);
        String::from_utf8(output.stdout).unwrap().trim().parse().unwrap_or(0)
    };
    for name in ["INT", "TERM"] {
        let notes = loop {
            let mut run = start(&desk, &INDEX);
            // The long file is the last one; the second run begins inside it.
            wait_until("all other files are committed", || count() >= 360);
            wait_until("the run has begun", || {
                desk.path("index/.writer.json").exists() || run.try_wait().unwrap().is_some()
            });
            if run.try_wait().unwrap().is_none() {
                signal(&run, name);
            }
            let output = run.wait_with_output().unwrap();
            let notes = String::from_utf8(output.stderr).unwrap();
            if output.status.code() == Some(0) && lines.len() < 1_000_000 {
                // A busy machine looked so late that the run had come to its end: a longer one is tried.
                lines = long(lines.len() * 2);
                desk.put("zz.jsonl", lines.join("\n").as_bytes());
                continue;
            }
            assert_eq!(output.status.code(), Some(130), "{notes}");
            break notes;
        };
        assert!(notes.contains("\nstopping: what is done is being committed"), "{notes}");
        assert!(notes.contains("\nstopped: what was done is committed"), "{notes}");
        assert!((360..lines.len() + 360).contains(&count()), "{}", count());
        let verified = desk.transcript(&["verify"]);
        assert!(verified.starts_with("exit 0\n--- stdout\nwhole: "), "{verified}");
    }
    desk.put("zz.jsonl", lines[..700].join("\n").as_bytes());
    desk.stdout(0, &INDEX);
    let whole = articles(&desk);
    desk.stdout(0, &["index", "news", "--index", "fresh"]);
    assert!(whole == found(&desk, &[&ALL[..], &["--index", "fresh"]].concat()));
}
