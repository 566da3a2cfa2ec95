//! `dateline related`, word for word.

use crate::{Desk, json_lines};

/// The small corpus, a report of the same talks and a copy of it.
fn indexed() -> Desk {
    let desk = Desk::small();
    let report = "Date: 2024-03-20\nSource: The Ledger\n\nKYIV — Envoys from Turkey and Ukraine ended their talks on fuel for the ferry to Istanbul on Wednesday \
                  without a word to reporters who had waited in the rain since morning. Olena Koval left the harbour office of Odesa by a side door and did not come back. \
                  The envoys will meet again in a week, a porter said, and the hotel has kept the rooms for them until then.\n";
    desk.put("ledger.txt", format!("Title: Talks on fuel end in Kyiv\n{report}").as_bytes());
    desk.put("mirror.txt", format!("Title: Talks end\n{report}").as_bytes());
    desk.stdout(0, &["index", "news"]);
    desk
}

fn id(desk: &Desk, query: &str) -> String {
    let hits = json_lines(&desk.stdout(0, &["search", query, "--format", "json", "--all-copies"]));
    hits[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn in_every_form() {
    let desk = indexed();
    let ferry = id(&desk, "path:ferry");
    insta::assert_snapshot!("related_text", desk.transcript(&["related", &ferry]));
    for form in ["json", "csv"] {
        let transcript =
            desk.transcript(&["related", &ferry, "--format", form, "--later", "-n", "1"]);
        insta::assert_snapshot!(format!("related_{form}"), transcript);
    }
}

#[test]
fn copies_stand_apart() {
    let desk = indexed();
    let ledger = id(&desk, "path:ledger");
    let ids = |arguments: &[&str]| -> Vec<String> {
        let arguments = [&["related", &ledger, "--format", "json"], arguments].concat();
        let found = json_lines(&desk.stdout(0, &arguments));
        found.iter().map(|found| found["id"].as_str().unwrap().to_owned()).collect()
    };
    let mirror = id(&desk, "path:mirror");
    assert!(!ids(&[]).contains(&mirror));
    assert_eq!(ids(&["--all-copies"])[0], mirror);
    let notes = String::from_utf8(desk.run(&["related", &ledger]).stderr).unwrap();
    assert_eq!(notes, "note: 1 copy of it is left out (--all-copies shows it)\n");
}

#[test]
fn nothing_related() {
    let desk = indexed();
    let bridge = id(&desk, "bridge");
    insta::assert_snapshot!(desk.transcript(&["related", &bridge]));
    insta::assert_snapshot!(desk.transcript(&["related", "0000000000000000"]));
    insta::assert_snapshot!(desk.transcript(&["related", "ferry"]));
}
