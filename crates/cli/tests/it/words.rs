//! Concordances, collocates and copies, word for word.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{Desk, json_lines};

const STORY: &str = "ODESA, March 12 (The Wire) — The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left. \
    Captain Olena Koval said that she would wait for a tanker.\n\nLorries were waiting on the quay and in the streets of the old town. Nobody knew \
    how long it would take.\n\nThe mayor had asked the ministry for help on Monday, and was told that it would come by the end of the week or not at all.";

/// A story, two papers that ran it, and two other articles.
fn desk() -> Desk {
    let other = STORY
        .replace("Istanbul", "Varna")
        .replace(" Nobody knew how long it would take.", " The city said it had no fuel either.")
        .replace("on the quay and ", "");
    let desk = Desk::new(&[
        (
            "wire.txt",
            &format!("Title: Ferry stays in port\nDate: 2024-03-12\nSource: The Wire\n\n{STORY}\n"),
        ),
        (
            "post.txt",
            &format!(
                "Title: No fuel in Odesa\nDate: 2024-03-13\nSource: Morning Post\n\n{STORY}\n"
            ),
        ),
        (
            "echo.txt",
            &format!(
                "Title: Ferry stays in port\nDate: 2024-03-14\nSource: Вечірнє Ехо\n\n{other}\n"
            ),
        ),
        (
            "talks.txt",
            "Title: Talks on fuel begin in Kyiv\nDate: 2024-03-19\nSource: The Wire\n\nKYIV — Envoys of Turkey and Ukraine began talks on fuel and grain on Tuesday. \
            Fuel is dear, said Olena Koval.\n",
        ),
        (
            "ja.txt",
            "Title: 港の燃料\nDate: 2024-03-20\n\nオデーサの港には燃料がない。船は出なかった。\n",
        ),
        (
            "uk.txt",
            "Title: Немає пального\nDate: 2024-03-21\n\nВ Одесі немає пального, сказала капітанка Олена Коваль. Пального чекають усі.\n",
        ),
    ]);
    desk.stdout(0, &["index", "news"]);
    desk
}

#[test]
fn keywords_in_context() {
    let desk = desk();
    insta::assert_snapshot!(desk.transcript(&["concordance", "fuel", "--sort", "date"]));
    insta::assert_snapshot!(desk.transcript(&[
        "concordance",
        "fuel OR пального OR 燃料",
        "--sort",
        "right",
        "--width",
        "20"
    ]));
    let output = desk
        .command(&["concordance", "ferry OR koval", "-n", "2"])
        .env("COLUMNS", "120")
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
    insta::assert_snapshot!(desk.transcript(&["concordance", "pangolin"]));
    insta::assert_snapshot!(desk.transcript(&["concordance", "*"]));
}

#[test]
fn keywords_as_json_and_csv() {
    let desk = desk();
    let lines = json_lines(&desk.stdout(
        0,
        &["concordance", "harbour", "--all-copies", "--sort", "date", "--format", "json"],
    ));
    assert_eq!(lines.len(), 3);
    for key in ["id", "published", "source", "left", "match", "right"] {
        assert!(lines[0][key].is_string(), "{key} of {}", lines[0]);
    }
    assert_eq!(
        (&lines[0]["match"], &lines[0]["published"]),
        (&json!("harbour"), &json!("2024-03-12"))
    );
    assert!(lines[0]["left"].as_str().unwrap().ends_with("because the "));
    assert!(lines[0]["right"].as_str().unwrap().starts_with(" of Odesa"));
    let csv = desk.stdout(0, &["concordance", "tanker", "--format", "csv"]);
    let (header, rest) = csv.split_once('\n').unwrap();
    assert_eq!(header, "id,published,source,left,match,right");
    assert_eq!(rest.lines().count(), 1, "{csv}");
    assert_eq!(
        desk.stdout(1, &["concordance", "pangolin", "--format", "csv"]),
        format!("{header}\n")
    );
    // Filters and the folding of copies are those of `search`.
    let of = |arguments: &[&str]| {
        let arguments = [&["concordance", "fuel", "--format", "json"], arguments].concat();
        json_lines(&desk.stdout(0, &arguments)).len()
    };
    assert_eq!(of(&["--source", "the wire"]), 4);
    assert_eq!(of(&["--from", "2024-03-19"]), 3);
    assert_eq!(of(&["--sample", "2", "--seed", "5"]), 2);
    assert_eq!(of(&["-n", "1"]), 1);
}

#[test]
fn words_and_names_beside() {
    let desk = desk();
    insta::assert_snapshot!(desk.transcript(&["collocates", "fuel", "--min", "1", "-n", "12"]));
    insta::assert_snapshot!(desk.transcript(&["collocates", "fuel", "--min", "9"]));
    insta::assert_snapshot!(desk.transcript(&["collocates", "pangolin"]));
    let found =
        json_lines(&desk.stdout(
            0,
            &["collocates", "talks", "--min", "1", "--format", "json", "--sort", "count"],
        ));
    let keys: Vec<&str> = found[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["word", "kind", "count", "log_dice", "log_likelihood", "frequency"]);
    let fuel = found.iter().find(|one| one["word"] == "fuel").unwrap();
    assert_eq!(
        (&fuel["kind"], &fuel["count"], &fuel["frequency"]),
        (&json!("word"), &json!(2), &json!(4))
    );
    assert!(!found.iter().any(|one| one["word"] == "on"), "stop words are left out");
    let places = desk.stdout(
        0,
        &[
            "collocates",
            "talks",
            "--min",
            "1",
            "--kind",
            "place",
            "--window",
            "9",
            "--format",
            "csv",
        ],
    );
    assert!(places.starts_with("word,kind,count,log_dice,log_likelihood,frequency\n"), "{places}");
    assert!(places.contains("Kyiv,place,"), "{places}");
}

#[test]
fn who_ran_a_story_and_what_they_changed() {
    let desk = desk();
    insta::assert_snapshot!(desk.transcript(&["copies"]));
    let clusters = json_lines(&desk.stdout(0, &["copies", "--format", "json"]));
    let [cluster] = clusters.as_slice() else { panic!("{clusters:?}") };
    let ids: Vec<&str> =
        cluster["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!((ids.len(), &cluster["size"], &cluster["cluster"]), (3, &json!(3), &json!(ids[0])));
    assert_eq!(
        desk.stdout(1, &["copies", "--min", "4", "--format", "csv"]),
        "cluster,size,ids,title,first,last,sources\n"
    );
    assert_eq!(json_lines(&desk.stdout(0, &["copies", "varna", "--format", "json"])), clusters);
    insta::assert_snapshot!(desk.transcript(&["copies", "talks"]));

    insta::assert_snapshot!(desk.transcript(&["copies", ids[1], "--diff"]));
    let changes = json_lines(&desk.stdout(0, &["copies", ids[0], "--diff", "--format", "json"]));
    assert_eq!(changes.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>(), ids[1..]);
    assert_eq!((&changes[0]["same"], &changes[0]["changes"]), (&json!(5), &json!([])));
    let kinds: BTreeSet<&str> = changes[1]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["change"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, BTreeSet::from(["added", "changed", "cut"]));
    let sentence = &changes[1]["changes"][0];
    let surface = |text: &str, span: &str| {
        let at = |end: usize| usize::try_from(sentence[span][0][end].as_u64().unwrap()).unwrap();
        sentence[text].as_str().unwrap().get(at(0)..at(1)).unwrap().to_owned()
    };
    assert_eq!(
        (surface("from", "cut"), surface("to", "added")),
        ("Istanbul".into(), "Varna".into())
    );

    let alone = json_lines(&desk.stdout(0, &["search", "title:talks", "--format", "json"]));
    let alone = alone[0]["id"].as_str().unwrap();
    assert!(desk.transcript(&["copies", alone]).contains("no other article is a copy of"));
    assert!(desk.transcript(&["copies", "0000000000000000"]).starts_with("exit 1\n"));
    assert!(desk.transcript(&["copies", "ferry", "--diff"]).starts_with("exit 2\n"));
}

#[test]
fn copies_are_told_without_extraction_too() {
    let desk = desk();
    let with = desk.stdout(0, &["copies", "--format", "json"]);
    desk.stdout(0, &["index", "--no-extract", "--rebuild"]);
    assert_eq!(desk.stdout(0, &["copies", "--format", "json"]), with);
}

/// A text with a footer and the name of an agency changed, and eight words of many (`bugs.tsv` B076).
#[test]
fn reprints_are_one_hit() {
    let words: Vec<String> = (0..480)
        .map(|n| {
            format!(
                "{}{}",
                ["harbour", "ferry", "Minister", "fuel", "evening", "talks"][n % 6],
                n / 6 * 7 % 97
            )
        })
        .collect();
    let text =
        |words: &[String]| words.chunks(12).map(|chunk| chunk.join(" ") + ". ").collect::<String>();
    let mut edited = words.clone();
    edited.iter_mut().step_by(60).for_each(|word| *word = "other".into());
    let desk = Desk::new(&[
        (
            "a.txt",
            &format!("Title: One\nDate: 2024-03-12\n\nODESA (The Wire) — {}\n", text(&words)),
        ),
        ("b.txt", &format!("Title: Two\nDate: 2024-03-13\n\n{}\n", text(&edited))),
        (
            "c.txt",
            &format!(
                "Title: Three\nDate: 2024-03-14\n\nODESA (Echo) — {}\n\nReporting by Ann Lee; editing by Bo Ray\n",
                text(&words)
            ),
        ),
    ]);
    desk.stdout(0, &["index", "news"]);
    let hits = json_lines(&desk.stdout(0, &["search", "harbour7", "--format", "json"]));
    assert_eq!((hits.len(), &hits[0]["copies"]), (1, &json!(2)));
    assert_eq!(desk.stdout(0, &["search", "harbour7", "--count", "--all-copies"]), "3\n");
}

/// Pages at two addresses with one canonical address (`bugs.tsv` B101).
#[test]
fn one_story_at_two_addresses_is_one_hit() {
    let page = |address: &str| {
        let paragraphs =
            format!("<p>{}</p>", STORY.split("\n\n").collect::<Vec<_>>().join("</p><p>"));
        format!(
            "<html><head><title>Ferry stays in port</title><link rel=\"canonical\" href=\"{address}\"></head><body><article><h1>Ferry stays in port</h1>{paragraphs}</article></body></html>"
        )
    };
    let desk = Desk::new(&[
        ("r1.html", &page("https://news.example.org/a1")),
        ("r2.html", &page("https://news.example.org/a1?utm_source=x")),
    ]);
    desk.stdout(0, &["index", "news"]);
    let hits = json_lines(&desk.stdout(0, &["search", "ferry", "--format", "json"]));
    assert_eq!((hits.len(), &hits[0]["copies"]), (1, &json!(1)));
    let cluster = &json_lines(&desk.stdout(0, &["copies", "--format", "json"]))[0];
    assert_eq!(cluster["size"], 2);
    assert_eq!(
        json_lines(&desk.stdout(0, &["search", "ferry", "--all-copies", "--format", "json"])).len(),
        2
    );
}

/// Other names and numbers in one frame are no copies (`bugs.tsv` U092).
#[test]
fn a_form_filled_in_again_is_no_copy() {
    let towns = [
        "Kestrel", "Marlow", "Dunford", "Ashby", "Tarvo", "Brent", "Orley", "Selby", "Whitby",
        "Oxley",
    ];
    let files: Vec<(String, String)> = (0..20)
        .map(|n| {
            let (town, road, age) = (towns[n % 10], towns[(n * 3 + 1) % 10], 19 + n);
            let text = format!(
                "Police in {town} arrested a man of {age} on the night to day {n} after a car was taken from a house in {road} Road. Nobody was hurt, and the car \
                 was found an hour later beside the canal, a spokeswoman said in the morning. Officers ask anyone who saw the car to call them at the station in \
                 {town} under number {}.", 4000 + 37 * n
            );
            (format!("{n}.txt"), format!("Title: Arrest in {town}\n\n{text}\n"))
        })
        .collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let desk = Desk::new(&files);
    desk.stdout(0, &["index", "news"]);
    assert_eq!(desk.stdout(0, &["search", "police", "--count"]), "20\n");
    assert_eq!(desk.stdout(1, &["copies", "--format", "json"]), "");
}

/// The same folder again, by other ways to it (`bugs.tsv` B077).
#[test]
fn a_folder_indexed_again_adds_nothing() {
    let desk = desk();
    let whole = desk.path("news");
    for folder in ["news", "./news", whole.to_str().unwrap()] {
        let report = &json_lines(&desk.stdout(0, &["index", folder, "--format", "json"]))[0];
        assert_eq!((&report["articles"], &report["added"]), (&json!(6), &json!(0)), "{folder}");
    }
    std::os::unix::fs::symlink(&whole, desk.path("link")).unwrap();
    let report = &json_lines(&desk.stdout(0, &["index", "link", "--format", "json"]))[0];
    assert_eq!((&report["articles"], &report["added"]), (&json!(6), &json!(0)));
}

/// Quotes and line ends in a value stay in one row (`bugs.tsv` B065), a closed pipe ends quietly (B109), and nothing steers the terminal (B119).
#[test]
fn rows_stay_rows_and_nothing_steers() {
    let desk = Desk::new(&[(
        "a.jsonl",
        "{\"id\":\"1\",\"title\":\"Flood\\nwarning, \\\"red\\\"\",\"source\":\"The \\u001b[2JWire\",\"text\":\"Kestrel \\u001b]0;owned\\u0007 warning news.\"}\n",
    )]);
    desk.stdout(0, &["index", "news"]);
    let csv = desk.stdout(0, &["concordance", "warning", "--format", "csv"]);
    let mut reader = csv.lines().skip(1);
    assert!(
        reader.next().unwrap().contains("Flood ")
            && reader.next().is_some()
            && reader.next().is_none(),
        "{csv}"
    );
    for arguments in [
        &["concordance", "warning"][..],
        &["collocates", "warning", "--min", "1"],
        &["concordance", "warning", "--format", "csv"],
    ] {
        let printed = desk.stdout(0, arguments);
        assert!(!printed.contains(|sign: char| sign.is_control() && sign != '\n'), "{printed:?}");
    }
}
