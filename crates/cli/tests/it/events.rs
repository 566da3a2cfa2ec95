//! `dateline events`, word for word.

use crate::{Desk, json_lines};

fn indexed() -> Desk {
    let desk = Desk::small();
    let report = "Date: 2024-03-20\nSource: The Ledger\n\nKYIV — Envoys from Turkey and Ukraine ended their talks on fuel on Wednesday, and no word was said of the ferry. Olena \
                  Koval left the hotel by a side door. The envoys will hold talks again in a week, a porter said, and the hotel has kept the rooms for them until then.\n";
    desk.put("ledger.txt", format!("Title: Talks on fuel end in Kyiv\n{report}").as_bytes());
    desk.put("mirror.txt", format!("Title: Talks end\n{report}").as_bytes());
    desk.stdout(0, &["index", "news"]);
    desk
}

#[test]
fn in_every_form() {
    let desk = indexed();
    insta::assert_snapshot!("events_text", desk.transcript(&["events", "fuel OR elbe", "-n", "1"]));
    for form in ["json", "csv"] {
        let transcript = desk
            .transcript(&["events", "fuel", "--format", form, "--sort", "date", "--window", "3"]);
        insta::assert_snapshot!(format!("events_{form}"), transcript);
    }
    insta::assert_snapshot!("events_of_nothing", desk.transcript(&["events", "pangolin"]));
    insta::assert_snapshot!("events_unread", desk.transcript(&["events", "\"fuel"]));
}

#[test]
fn each_hit_is_in_one_event_and_copies_are_counted() {
    let desk = indexed();
    let ids = |values: Vec<serde_json::Value>| -> Vec<String> {
        let mut ids: Vec<String> = values
            .iter()
            .flat_map(|value| {
                value["ids"].as_array().cloned().unwrap_or_else(|| vec![value["id"].clone()])
            })
            .map(|id| id.as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    };
    for more in [&[][..], &["--all-copies"], &["--person", "koval"], &["--from", "2024-03-15"]] {
        let run = |command: &str| {
            let arguments =
                [&[command, "fuel OR bridge", "--format", "json", "-n", "99"], more].concat();
            json_lines(&desk.stdout(0, &arguments))
        };
        assert_eq!(ids(run("events")), ids(run("search")), "{more:?}");
    }
    let events = json_lines(&desk.stdout(0, &["events", "talks", "--format", "json"]));
    assert_eq!(events[0]["copies"], 1, "{events:?}");
}
