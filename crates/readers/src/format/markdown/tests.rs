//! Markdown texts and what is read out of them.

use super::*;

/// title|published|byline|keywords|paragraphs
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut draft = Draft::default();
    read_into(&mut draft, text);
    let absent = || "-".to_owned();
    let found = [
        draft.title.unwrap_or_else(absent),
        draft.published.map_or_else(absent, |time| time.to_string()),
        draft.byline.join("+"),
        draft.keywords.join("+"),
        draft.paragraphs.join("/"),
    ];
    assert_eq!(found.join("|"), expected, "{text}");
}

#[test]
fn front_matter_and_headings() {
    check(
        "---\ntitle: Ferry\ndate: 2024-03-14T09:30:00Z\nauthor: Ilse Varga and Ivo Marek\ntags: [sea, storm]\n---\n\n# Ferry\n\nOne\ntwo.\n\n## Later\n\nThree.",
        "Ferry|2024-03-14T09:30:00Z|Ilse Varga+Ivo Marek|sea+storm|One two./Later/Three.",
    );
    check("# Ferry *stays* #\n\nOne.", "Ferry stays|-|||One.");
    check("Ferry\n=====\n\nOne.\n\nLater\n---\nTwo.", "Ferry|-|||One./Later/Two.");
    check(
        "---\nauthors:\n- Ilse Varga\n- Ivo Marek\n---\n# Other\nOne.",
        "Other|-|Ilse Varga+Ivo Marek||One.",
    );
    check("One.\n\n# Later", "-|-|||One./Later");
}

#[test]
fn blocks_of_every_kind() {
    check("- one\n- two\n  more\n1. three\n* [x] four", "-|-|||one/two more/three/four");
    check("> One\n> > two\n\n***\n\nThree", "-|-|||One two/Three");
    check("```rust\nlet *a* = 1;\n\nb\n```\nOne", "-|-|||let *a* = 1;\n\nb/One");
    check("| a | b |\n|---|:-:|\n| 1 | 2 |\n\nOne", "-|-|||a   b\n1   2/One");
    check(
        "One [a][1].\n\n[1]: https://example.org\n\n<!-- hidden\nmore -->\nTwo",
        "-|-|||One a./Two",
    );
    check("", "-|-|||");
}

#[test]
fn markdown_is_told_from_text() {
    let check = |name: &str, content: &str, expected: Confidence| {
        assert_eq!(
            Markdown.recognises(&Sample::new(content.as_bytes(), name, true)),
            expected,
            "{content}"
        );
    };
    check("a.md", "Text.", Confidence::Likely);
    check("a.txt", "---\ntitle: Ferry\n---\nText.", Confidence::Certain);
    check("a.txt", "# Ferry\n\nText **bold**.", Confidence::Likely);
    check("a.txt", "# Ferry\n\nText.", Confidence::No);
    check("a.txt", "---\nText\n---\n", Confidence::No);
    check("a.md", "<html></html>", Confidence::No);
    check("a.md", "PK\u{3}\u{4}", Confidence::No);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(---\\n|\\+\\+\\+\\n|# |- |> |```|\\n|\\n\\n|title: |\\||=|\\PC)*") {
        let mut draft = Draft::default();
        read_into(&mut draft, &text);
    }
}
