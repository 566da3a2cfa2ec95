//! Nothing that a corpus holds steers a terminal: escape sequences, C1 controls, turns of direction and line ends in every field and name, over
//! every command and form of output. And what spreadsheets would run is defused.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::json;

use crate::{Desk, json_lines};

/// What is put into every field: clear the screen, set the title, a link, the C1 forms of CSI and OSC, bell, delete, and turns of direction.
const STEERING: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]8;;file:///tmp/q\u{1b}\\\u{9b}31m\u{9d}0;x\u{9c}\u{7f}\u{202e}\u{2066}\u{8}\u{0}\u{1}";

/// `word` with all that in it.
fn steering(word: &str) -> String {
    let middle = word.len() / 2;
    format!("{}{STEERING}{}", word.get(..middle).unwrap(), word.get(middle..).unwrap())
}

/// A corpus in a folder `ne…ws` whose every field and name steers.
fn desk() -> Desk {
    let desk = Desk::new(&[]);
    let text = |day: u32, end: &str| {
        format!(
            "BRUSSELS, March {day} ({}) — Kestrel {} news. Jens {STEERING} Stoltenberg met Olena{STEERING}Koval in Kyiv on March {day}. {} {end}",
            steering("Agency"),
            STEERING,
            "The harbour of Odesa had no fuel left on Tuesday and the ferry to Istanbul stayed in port, its captain said in the evening."
                .repeat(3),
        )
    };
    let article = |id: &str, day: u32, end: &str| {
        json!({
            "id": format!("{id}{STEERING}"), "title": steering("Kestrel warning"), "subtitle": steering("Subtitle"),
            "source": steering("Wire"), "byline": [steering("Ann Lee")], "section": steering("World"), "keywords": [steering("fuel")],
            "url": format!("https://example.org/{STEERING}"), "language": "en", "published": format!("2024-03-{day}"), "text": text(day, end),
        })
    };
    let lines = [
        article("1", 12, "One end."),
        article("2", 13, "Another, longer end of it."),
        article("3", 14, "One end."),
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let page = "<html><head><title>Kestrel &#27;[2J&#x9b;31m&#x202e;</title><meta name=author content='A &#27;]0;x&#7; B'></head>\
                <body><p>Kestrel &#27;[31m warning &#x9b;2J in Kyiv, said &#x202e;Olena Koval.</p></body></html>";
    let folder = desk.path(FOLDER);
    std::fs::create_dir(&folder).unwrap();
    for (name, content) in [
        ("a", lines.join("\n")),
        ("b", page.to_owned()),
        ("broken", format!("{{\"title\": {STEERING}")),
        ("empty", String::new()),
    ] {
        let end = match name {
            "b" => "html",
            "empty" => "txt",
            _ => "jsonl",
        };
        let name =
            format!("{name}\nnote: fake\r{STEERING}.{end}").replace('\0', "").replace('/', "_");
        std::fs::write(folder.join(name), content).unwrap();
    }
    let odd = OsStr::from_bytes(b"odd\x1b[2J\xff\x9b\n.txt");
    std::fs::write(folder.join(odd), "Kestrel odd\n\nA warning in Kyiv.\n").unwrap();
    desk
}

/// The folder's name.
const FOLDER: &str = "ne\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\nws";

fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Runs the command and looks at every character that comes out.
#[track_caller]
fn check(desk: &Desk, arguments: &[&str], also: &[char]) {
    let output = desk.run(arguments);
    let is_odd =
        |allowed: &'static [char]| move |letter: char| steers(letter) && !allowed.contains(&letter);
    let (stdout, stderr) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let seen: String = stdout.chars().filter(|letter| !also.contains(letter)).collect();
    assert!(!seen.contains(is_odd(&['\n'])), "{arguments:?}: {seen:?}");
    assert!(!stderr.contains(is_odd(&['\n'])), "{arguments:?}: {stderr:?}");
    // A line end in a name makes no line of its own.
    assert!(!stderr.lines().any(|line| line.starts_with("note: fake")), "{arguments:?}: {stderr}");
    assert!(!stdout.is_empty() || !stderr.is_empty(), "{arguments:?} says nothing");
}

#[test]
fn nothing_in_a_corpus_steers_the_terminal() {
    let desk = desk();
    check(&desk, &["index", FOLDER, "--dry-run"], &[]);
    check(&desk, &["index", FOLDER], &[]);
    check(&desk, &["index", FOLDER, "--format", "json"], &[]);
    let hits =
        json_lines(&desk.stdout(0, &["search", "kestrel", "--all-copies", "--format", "json"]));
    assert_eq!(hits.len(), 5, "{hits:?}");
    let id_of = |start: &str| {
        let hit = hits.iter().find(|hit| hit["path"].as_str().unwrap().starts_with(start));
        hit.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let ids = [id_of("a"), id_of("b"), id_of("odd")];
    // Readers take control characters out of what they read, but a path is what it is, and turns of direction are text.
    assert!(hits.iter().all(|hit| hit["path"].as_str().unwrap().contains('\u{1b}')), "{hits:?}");
    assert!(hits.iter().any(|hit| hit["title"].as_str().unwrap().contains('\u{202e}')), "{hits:?}");
    let files: Vec<String> = std::fs::read_dir(desk.path(FOLDER))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .map(|name| format!("{FOLDER}/{name}"))
        .collect();
    assert_eq!(files.len(), 4);
    let query = format!("kestrel {STEERING} warning").replace('\0', "");
    let unclosed = format!("\"kestrel {STEERING}").replace('\0', "");
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["search", "kestrel"],
        vec!["search", "kestrel", "--explain", "--all-copies"],
        vec!["search", &query, "--explain"],
        vec!["search", &unclosed],
        vec!["search", "--in", FOLDER, "kestrel", "--index", FOLDER],
        vec!["search", "kestrel", "--index", FOLDER],
        vec![
            "facets",
            "kestrel",
            "--by",
            "person,place,org,source,section,keyword,language,format",
        ],
        vec!["facets", &query, "--by", "source", "--against", "*"],
        vec!["timeline", "kestrel", "--by", "day"],
        vec!["timeline", &query, "--query", "kestrel", "--relative"],
        vec!["concordance", "kestrel"],
        vec!["concordance", "warning", "--all-copies"],
        vec!["collocates", "kestrel", "--min", "1"],
        vec!["copies"],
        vec!["events", "kestrel"],
        vec!["stats"],
        vec!["verify"],
        vec!["verify", "--index", FOLDER],
        vec!["index", "no\u{1b}[2J\u{9b}such"],
        vec!["index", FOLDER, "--label", "other\u{1b}[2J"],
    ];
    for id in &ids {
        commands.extend([
            vec!["show", id],
            vec!["related", id],
            vec!["copies", id],
            vec!["copies", id, "--diff"],
        ]);
    }
    commands.extend(files.iter().map(|file| vec!["extract", file]));
    for command in &commands {
        check(&desk, command, &[]);
        let mut painted = command.clone();
        painted.extend(["--color", "always"]);
        check_painted(&desk, &painted);
        for (form, also) in [("json", &[][..]), ("csv", &['\n', '\r', '\t'])] {
            let mut command = command.clone();
            command.extend(["--format", form]);
            check(&desk, &command, also);
            if form == "csv" && matches!(command[0], "search" | "extract") {
                command.push("--raw-csv");
                check(&desk, &command, also);
            }
        }
    }
}

/// With colours, only colours are there.
#[track_caller]
fn check_painted(desk: &Desk, arguments: &[&str]) {
    let stdout = String::from_utf8(desk.run(arguments).stdout).unwrap();
    let mut plain = String::new();
    let mut rest = stdout.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let (code, after) =
            after.split_once('m').unwrap_or_else(|| panic!("{arguments:?}: {stdout:?}"));
        assert!(
            code.chars().all(|sign| sign.is_ascii_digit() || sign == ';'),
            "{arguments:?}: {code:?}"
        );
        plain.push_str(before);
        rest = after;
    }
    plain.push_str(rest);
    assert!(!plain.contains(|letter| steers(letter) && letter != '\n'), "{arguments:?}: {plain:?}");
}

/// B064: titles that a spreadsheet would run, in every command that prints them.
#[test]
fn cells_that_start_a_formula_are_defused() {
    let body = "The harbour of Odesa had no fuel left on Tuesday and the ferry to Istanbul stayed in port, its captain said in the evening. "
        .repeat(3);
    let titles = ["=SUM(1,1)&\"Tarvo\"", "@mention row", "-5 degrees in Tarvo", "+1 in Tarvo"];
    let lines: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(number, title)| {
            json!({"id": number.to_string(), "title": title, "source": format!("=cmd{number}"), "text": format!("{body}Day {number}."),
                "section": "@sum", "published": "2024-03-12", "keywords": ["=1+1"]})
            .to_string()
        })
        .collect();
    let desk = Desk::new(&[("a.jsonl", &lines.join("\n"))]);
    desk.stdout(0, &["index", "news"]);
    let hits =
        json_lines(&desk.stdout(0, &["search", "ferry", "--all-copies", "--format", "json"]));
    let id = hits[0]["id"].as_str().unwrap().to_owned();
    for (title, hit) in
        titles.iter().map(|title| (title, hits.iter().find(|hit| hit["title"] == **title)))
    {
        assert!(hit.is_some(), "JSON has {title} as it is: {hits:?}");
    }
    for command in [
        &["search", "ferry", "--all-copies"][..],
        &["show", &id],
        &["extract", "news/a.jsonl"],
        &["facets", "ferry", "--by", "source,section,keyword", "--all-copies"],
        &["timeline", "--query", "=ferry", "--by", "day"],
        &["concordance", "ferry", "--all-copies"],
        &["collocates", "ferry", "--min", "1"],
        &["copies"],
        &["copies", &id],
        &["copies", &id, "--diff"],
        &["related", &id, "--all-copies"],
        &["events", "ferry"],
        &["stats"],
    ] {
        let cells = |raw: bool| -> Vec<String> {
            let mut command = command.to_vec();
            command.extend(["--format", "csv"]);
            command.extend(raw.then_some("--raw-csv"));
            let output = desk.run(&command);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{command:?}: {output:?}");
            let text = String::from_utf8(output.stdout).unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            records
                .iter()
                .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
                .collect()
        };
        let (defused, raw) = (cells(false), cells(true));
        assert_eq!(defused.len(), raw.len(), "{command:?}");
        for (defused, raw) in defused.iter().zip(&raw) {
            let is_number = raw.parse::<f64>().is_ok();
            let is_formula = raw.starts_with(['=', '+', '-', '@']) && !is_number;
            assert_eq!(
                *defused,
                if is_formula { format!("'{raw}") } else { raw.clone() },
                "{command:?}"
            );
        }
    }
    let transcript = desk.transcript(&["search", "ferry", "--raw-csv"]);
    assert!(
        transcript.starts_with("exit 2") && transcript.contains("--format csv"),
        "{transcript}"
    );
}

/// U055, U056, B052: what goes out as markup (the chart) holds no markup of a query or of the corpus.
#[test]
fn a_chart_escapes_what_it_names() {
    let desk = Desk::new(&[(
        "a.jsonl",
        "{\"id\":\"1\",\"title\":\"Minutes <img src=q onerror='alert(7)'> <mark>Kestrel</mark>\",\"published\":\"2024-03-12\",\"text\":\"NATO &lt;img src=x onerror=alert(1)&gt; summit.\"}",
    )]);
    desk.stdout(0, &["index", "news"]);
    let query = "kestrel OR \"<img src=x onerror='alert(1)'></text><script>&\"";
    desk.stdout(0, &["timeline", query, "--by", "day", "--svg", "chart.svg"]);
    let svg = std::fs::read_to_string(desk.path("chart.svg")).unwrap();
    assert!(svg.contains("&lt;img"), "{svg}");
    for live in ["<img", "<script", "<mark", "</text><"] {
        let closes = live == "</text><" && !svg.contains("</text><script");
        assert!(closes || !svg.contains(live), "{live}: {svg}");
    }
    // Marks in text are the text's own, never taken for a hit's.
    assert_eq!(desk.stdout(1, &["search", "moscow"]), "");
    let hits = json_lines(&desk.stdout(0, &["search", "summit", "--format", "json"]));
    let (snippet, spans) =
        (hits[0]["snippet"].as_str().unwrap(), hits[0]["highlights"].as_array().unwrap());
    assert!(snippet.contains("<img src=x onerror=alert(1)>"), "{snippet}");
    let at = |n: usize| usize::try_from(spans[0][n].as_u64().unwrap()).unwrap();
    assert_eq!((spans.len(), snippet.get(at(0)..at(1))), (1, Some("summit")));
}
