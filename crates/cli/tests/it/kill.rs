//! Nothing committed is lost, whenever the run is killed, and the next run ends where an uninterrupted one does.

use std::time::{Duration, Instant};

use crate::{Desk, json_lines};

const KILLS: u64 = 20;

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
const ALL: [&str; 7] = ["search", "*", "--all-copies", "--format", "json", "-n", "1000"];

/// Every article with all that a hit tells, in an order of its own.
fn articles(desk: &Desk) -> Vec<String> {
    let mut hits: Vec<String> = json_lines(&desk.stdout(0, &ALL))
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
    let begun = Instant::now();
    desk.stdout(0, &INDEX);
    let whole = begun.elapsed();
    let expected = articles(&desk);
    assert_eq!(expected.len(), 360);

    let mut opened = 0;
    for kill in 0..KILLS {
        std::fs::remove_dir_all(desk.path("index")).unwrap();
        let mut child = desk
            .command(&INDEX)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Moments spread over the whole run, each off the even step by a part of its own.
        let part = (kill * 1000 + kill * 619 % 1000) as f64 / (KILLS * 1000) as f64;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part));
        child.kill().unwrap();
        child.wait().unwrap();

        if desk.path("index/dateline.json").exists() {
            let output = desk.run(&ALL);
            let notes = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "kill {kill}: {notes}");
            let found = String::from_utf8(output.stdout).unwrap();
            opened += usize::from(found.lines().count() > 0);
        }
        desk.stdout(0, &INDEX);
        assert!(articles(&desk) == expected, "kill {kill}: another index than without the kill");
    }
    assert!(opened > 0, "no kill came after a commit");
}
