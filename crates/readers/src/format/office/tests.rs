//! Tests of what office documents have in common.

use super::*;

/// `title|byline|published|paragraphs` of a document whose headings begin with `#`.
#[track_caller]
fn check(title: &str, paragraphs: &[&str], expected: &str) {
    let paragraphs = paragraphs.iter().map(|text| match text.strip_prefix("# ") {
        Some(heading) => Paragraph { text: heading.to_owned(), heading: true },
        None => Paragraph { text: (*text).to_owned(), heading: false },
    });
    let properties = Properties { title: Some(title.to_owned()), created: None };
    let document = Document { paragraphs: paragraphs.collect(), properties, warnings: Vec::new() };
    let draft = article(document);
    let published = draft.published.map(|time| time.to_string()).unwrap_or_default();
    let shown = [
        draft.title.unwrap_or_default(),
        draft.byline.join("&"),
        published,
        draft.paragraphs.join("/"),
    ];
    assert_eq!(shown.join("|"), expected);
}

#[test]
fn the_first_lines_are_title_byline_and_date() {
    check(
        "",
        &["# Ferry stays", "By Ilse Varga", "14 March 2022", "It stayed."],
        "Ferry stays|Ilse Varga|2022-03-14|It stayed.",
    );
    check(
        "",
        &["14 March 2022", " ", "# Ferry stays", "It stayed.", "# And waits", "It waited."],
        "Ferry stays||2022-03-14|It stayed./And waits/It waited.",
    );
    check(
        "",
        &["For immediate release", "# Ferry stays", "It stayed."],
        "Ferry stays|||For immediate release/It stayed.",
    );
    check("", &["Ferry stays", "It stayed."], "Ferry stays|||It stayed.");
    check("", &["The ferry stayed.", "It waited."], "|||The ferry stayed./It waited.");
    check("Ferry stays", &["Ferry stays", "It stayed."], "Ferry stays|||It stayed.");
    check(
        "Ferry stays",
        &["The ferry stayed.", "It waited."],
        "Ferry stays|||The ferry stayed./It waited.",
    );
    check("Microsoft Word - ferry.doc", &["The ferry stayed."], "|||The ferry stayed.");
    check("", &["Ferry stays"], "|||Ferry stays");
}

#[test]
fn titles_that_programs_give() {
    for title in [
        "Microsoft Word - a.doc",
        "Document1",
        "Dokument 2",
        "untitled",
        "ferry_final.indd",
        "a.PDF",
    ] {
        assert!(is_made_up(title), "{title}");
    }
    for title in ["Documents show ferry was late", "Ferry stays", "Document leak: ferry", "1.0"] {
        assert!(!is_made_up(title), "{title}");
    }
}

#[test]
fn templates_have_no_date() {
    let check = |created: &str, expected: &str| {
        let mut draft = Draft::default();
        set_created(&mut draft, Some(created));
        assert_eq!(draft.created.map(|time| time.to_string()).unwrap_or_default(), expected);
        assert_eq!(draft.published, None);
    };
    check("2022-03-14T09:30:00Z", "2022-03-14T09:30:00Z");
    check("2013-12-23T23:15:00Z", "");
    check("soon", "");
}
