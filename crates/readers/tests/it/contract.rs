//! What callers rely on: ids, parts, reasons, limits, and who wins when several sources speak of one thing.

use std::ops::ControlFlow;

use dateline_article::{ArticleId, Language};
use dateline_readers::{Limits, Options, Reason, SourceFile, read};

use super::{read_all, read_content};

/// `format part title` of articles, `reason part` of skips.
#[track_caller]
fn check(path: &str, content: &[u8], expected: &[&str]) {
    let limits = Limits { file_bytes: 4000, record_bytes: 1000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let found: Vec<String> = read_content(path, content, &options)
        .into_iter()
        .map(|item| match item {
            Ok(article) => {
                format!("{} {} {}", article.format, article.part, article.title.unwrap_or_default())
            }
            Err(skip) => format!("{} {}", skip.reason, skip.part.unwrap_or_else(|| "-".to_owned())),
        })
        .collect();
    assert_eq!(found, expected, "{path}");
}

#[test]
fn content_decides_then_the_name() {
    check(
        "a.txt",
        b"<!DOCTYPE html><title>Ferry stays in port</title><p>The ferry stayed.",
        &["html 1 Ferry stays in port"],
    );
    check("a.dat", b"{\"title\": \"Ferry\"}", &["json 1 Ferry"]);
    check("a.html", b"Ferry stays\n\nThe ferry stayed in port.", &["text 1 Ferry stays"]);
    check("a.md", b"# Ferry stays\n\nThe *ferry* stayed.", &["markdown 1 Ferry stays"]);
    check("a", b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"7\"><TEXT><TITLE>FERRY</TITLE></TEXT></REUTERS>", &["reuters 7 FERRY"]);
    check("a", b"\xff\xfeF\0e\0r\0r\0y\0\n\0\n\0S\0a\0i\0l\0s\0.\0", &["text 1 Ferry"]);
}

#[test]
fn what_cannot_be_read_has_its_reason() {
    check("a.txt", b"", &["empty -"]);
    check("a.txt", b" \n\t\n", &["empty 1"]);
    check("a.pdf", b"%PDF-1.7\n", &["malformed -"]);
    check("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", &["unknown-format -"]);
    check("a.txt", b"\x7fELF\x02\x01\x01", &["unknown-format -"]);
    check("a.css", b"p { color: red }", &["unknown-format -"]);
    check("a.xml", b"<?xml version=\"1.0\"?><catalogue/>", &["unknown-format -"]);
    check("a.txt", &vec![b'x'; 5000], &["over-limit -"]);
    check("a.json", b"{\"title\": \"A\", ", &["malformed 1"]);
    check(
        "a.jsonl",
        b"{\"title\":\"A\"}\nnot json\n{}\n{\"title\":\"B\"}",
        &["jsonl 1 A", "malformed 2", "empty 3", "jsonl 4 B"],
    );
    check(
        "a.sgm",
        b"<!DOCTYPE lewis><REUTERS NEWID=\"1\"><TEXT></TEXT></REUTERS><REUTERS NEWID=\"2\"><TEXT>",
        &["reuters 1 ", "malformed 2"],
    );
}

#[test]
fn one_long_line_costs_itself_only() {
    let mut lines = b"{\"title\":\"A\"}\n{\"title\":\"".to_vec();
    lines.resize(3_000_000, b'x');
    lines.extend(b"\"}\n{\"title\":\"B\"}\n");
    check("a.jsonl", &lines, &["jsonl 1 A", "over-limit 2", "jsonl 3 B"]);
}

#[test]
fn a_file_far_over_the_limit_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, "word ".repeat(20_000)).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_len(200 << 20).unwrap();
    let items = read_all(&path, "long.txt", &Options::default());
    assert!(
        matches!(items.as_slice(), [Err(skip)] if skip.reason == Reason::OverLimit),
        "{items:?}"
    );
}

#[test]
fn nulls_and_control_characters_go_out_of_texts() {
    let text =
        format!("Ferry stays\n\nThe ferry\0 stayed\u{5} in port{}.", " and waited".repeat(20));
    let items = read_content("a.txt", text.as_bytes(), &Options::default());
    let article = items.into_iter().next().unwrap().unwrap();
    assert!(article.paragraphs.iter().all(|paragraph| !paragraph.contains(char::is_control)));
    assert!(article.paragraphs[0].starts_with("The ferry stayed in port and"));
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in
        [folder.path().to_owned(), socket, folder.path().join("missing"), "/dev/zero".into()]
    {
        let items = read_all(&path, "x", &Options::default());
        assert!(
            matches!(items.as_slice(), [Err(skip)] if skip.reason == Reason::Unreadable),
            "{items:?}"
        );
    }
}

#[test]
fn ids_come_from_root_path_and_part() {
    let items = read_content(
        "2024/a.jsonl",
        b"{\"id\":\"x\",\"title\":\"A\"}\n{\"title\":\"B\"}\n{\"id\":\"x\",\"title\":\"C\"}",
        &Options::default(),
    );
    let ids: Vec<_> = items.into_iter().map(|item| item.unwrap().id).collect();
    let expected = ["x", "2", "x#3"].map(|part| ArticleId::new("root", "2024/a.jsonl", part));
    assert_eq!(ids, expected);
}

#[test]
fn options_fill_in_only_what_is_missing() {
    let options = Options {
        source: Some("Orlava Post".to_owned()),
        language: Language::from_tag("uk"),
        ..Options::default()
    };
    let content = b"{\"title\":\"A\",\"source\":\"Agency\",\"language\":\"en\"}\n{\"title\":\"B\"}";
    let found: Vec<_> = read_content("a.jsonl", content, &options)
        .into_iter()
        .map(|item| item.unwrap())
        .map(|article| format!("{} {}", article.source.unwrap(), article.language.unwrap()))
        .collect();
    assert_eq!(found, ["Agency en", "Orlava Post uk"]);
}

#[test]
fn published_rests_on_the_strongest_evidence() {
    let check = |path: &str, content: &str, expected: &str| {
        let article =
            read_content(path, content.as_bytes(), &Options::default()).remove(0).unwrap();
        let found = article.published.map_or_else(String::new, |published| {
            format!("{} by {}", published.at, published.by.as_str())
        });
        assert_eq!(found, expected, "{content}");
        article
    };
    let dated = check(
        "2024/03/15/a.txt",
        "Date: 2024-03-14\nTitle: A\n\nKYIV, March 12, 2024 (Agency) — It sank.",
        "2024-03-14 by metadata",
    );
    assert_eq!(dated.warnings.len(), 2, "{:?}", dated.warnings);
    let dateline = dated.dateline.clone().unwrap();
    assert_eq!(
        (dateline.place.as_deref(), dateline.agency.as_deref()),
        (Some("KYIV"), Some("Agency"))
    );
    assert_eq!(dated.text().get(dated.dateline_bytes()..), Some("It sank."));
    check("2024-03-15.txt", "KYIV, March 12, 2024 (Agency) — It sank.", "2024-03-12 by dateline");
    check("2024-03-15.txt", "KYIV, March 12 (Agency) — It sank.", "2024-03-15 by file name");
    check(
        "a.jsonl",
        "{\"title\":\"A\",\"url\":\"https://example.org/2024/03/14/a\"}",
        "2024-03-14 by url",
    );
    check("stoltenberg-2024.txt", "Allies met on March 14 and spoke of 2023.", "");
}

#[test]
fn the_receiver_can_stop_and_its_panic_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    std::fs::write(&file, "{\"title\":\"A\"}\n{\"title\":\"B\"}\n").unwrap();
    let source = SourceFile { root_label: "r", path: "a.jsonl", file: &file };
    let mut count = 0;
    read(&source, &Options::default(), &mut |_| {
        count += 1;
        ControlFlow::Break(())
    });
    assert_eq!(count, 1);
    let payload = std::panic::catch_unwind(|| {
        read(&source, &Options::default(), &mut |_| std::panic::panic_any("the receiver's own"));
    });
    assert_eq!(payload.unwrap_err().downcast_ref::<&str>(), Some(&"the receiver's own"));
}

/// The day a document was created, which its properties say, is weaker than anything that its text, address or name says.
#[test]
fn properties_of_a_document_are_the_weakest_evidence() {
    let check = |path: &str, first: &str, expected: &str| {
        let content = format!(
            "{{\\rtf1{{\\info{{\\creatim\\yr2024\\mo3\\dy20}}}}{first}\\par The ferry stayed in port.}}"
        );
        let article =
            read_content(path, content.as_bytes(), &Options::default()).remove(0).unwrap();
        let published = article.published.unwrap();
        let found = format!(
            "{} by {}: {}",
            published.at,
            published.by.as_str(),
            article.warnings.join("; ")
        );
        assert_eq!(found, expected, "{path} {first}");
    };
    check(
        "a.rtf",
        "Ferry stays",
        "2024-03-20T00:00:00 by properties: published is when the document was created, by its properties",
    );
    check(
        "2024-03-14.rtf",
        "Ferry stays",
        "2024-03-14 by file name: file name says 2024-03-14, properties says 2024-03-20T00:00:00; file name is used",
    );
    check("2024-03-20.rtf", "Ferry stays", "2024-03-20 by file name: ");
    check(
        "a.rtf",
        "ORLAVA, March 12, 2024 (Agency) \\u8212? It sank.",
        "2024-03-12 by dateline: dateline says 2024-03-12, properties says 2024-03-20T00:00:00; dateline is used",
    );
    check(
        "a.rtf",
        "Ferry stays\\par 14 March 2024",
        "2024-03-14 by metadata: metadata says 2024-03-14, properties says 2024-03-20T00:00:00; metadata is used",
    );
}

/// What could be two days is decided by the other rows of its file, or the language; where nothing decides, it is not used.
#[test]
fn dates_of_a_table_have_one_order() {
    let check_as = |name: &str, content: &str, expected: &[&str]| {
        let found: Vec<String> = read_content(name, content.as_bytes(), &Options::default())
            .into_iter()
            .map(|item| {
                item.unwrap()
                    .published
                    .map_or_else(String::new, |published| published.at.to_string())
            })
            .collect();
        assert_eq!(found, expected, "{content}");
    };
    let check = |content: &str, expected: &[&str]| check_as("a.csv", content, expected);
    check("title,date\nA,3/4/2024\nB,4/3/2024\n", &["", ""]);
    check("title,date\nA,3/4/2024\nB,14/3/2024\n", &["2024-04-03", "2024-03-14"]);
    check("title,date\nA,3/4/2024\nB,3/14/2024\n", &["2024-03-04", "2024-03-14"]);
    check("title,date\nA,3/4/2024\nB,3/14/2024\nC,14/3/2024\n", &["", "2024-03-14", "2024-03-14"]);
    check(
        "title,date,language\nA,3/4/2024,de\nB,3/4/2024,en\nC,3/4/2024,en-US\n",
        &["2024-04-03", "", "2024-03-04"],
    );
    // Of a page its region counts, but for the one that programs write where nobody says otherwise.
    for (tag, expected) in
        [("en-GB", "2024-04-03"), ("en-US", ""), ("en", ""), ("de", "2024-04-03")]
    {
        let page = format!(
            "<html lang={tag}><title>Ferry stays</title><meta name=date content=\"3/4/2024\"><p>It stayed.</html>"
        );
        check_as("a.html", &page, &[expected]);
    }
}

/// A file's modification time says nothing of when an article appeared.
#[test]
fn no_date_comes_from_the_time_of_the_file() {
    for (path, content) in [
        ("a.txt", "Ferry stays\n\nThe ferry stayed in port."),
        ("a.html", "<!doctype html><title>Ferry stays</title><p>The ferry stayed in port."),
        ("a.md", "# Ferry stays\n\nThe *ferry* stayed in port."),
        ("a.csv", "title,text\nFerry stays,The ferry stayed in port.\n"),
        ("a.json", "{\"title\": \"Ferry stays\", \"text\": \"The ferry stayed in port.\"}"),
        ("a.rtf", "{\\rtf1 Ferry stays\\par The ferry stayed in port.}"),
    ] {
        let article =
            read_content(path, content.as_bytes(), &Options::default()).remove(0).unwrap();
        assert_eq!(article.published, None, "{path}");
    }
}

#[test]
fn identifiers_and_numbers_do_not_meet() {
    let check = |ids: &[&str], expected: &[&str]| {
        let line = |id: &&str| {
            let id = if id.is_empty() { String::new() } else { format!("\"id\":\"{id}\",") };
            format!("{{{id}\"title\":\"A\"}}\n")
        };
        let content: String = ids.iter().map(line).collect();
        let items = read_content("a.jsonl", content.as_bytes(), &Options::default());
        let parts: Vec<String> = items.into_iter().map(|item| item.unwrap().part).collect();
        assert_eq!(parts, expected, "{ids:?}");
    };
    check(&["", "", ""], &["1", "2", "3"]);
    check(&["a", "a", "a"], &["a", "a#2", "a#3"]);
    check(&["1", "1", ""], &["1", "1#2", "3"]);
    check(&["3", "", "", "2"], &["3", "2", "3#3", "2#4"]);
    check(&["", "01", "1"], &["1", "01", "1#3"]);
    check(&["2", "2", "2#2"], &["2", "2#2", "2#2#3"]);
}
