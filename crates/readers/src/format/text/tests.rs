//! Plain texts and what is read out of them.

use super::*;

/// title|published|byline|source|paragraphs
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut draft = Draft::default();
    read_into(&mut draft, text);
    let absent = || "-".to_owned();
    let found = [
        draft.title.unwrap_or_else(absent),
        draft.published.map_or_else(absent, |time| time.to_string()),
        draft.byline.join("+"),
        draft.source.unwrap_or_else(absent),
        draft.paragraphs.join("/"),
    ];
    assert_eq!(found.join("|"), expected, "{text}");
}

#[test]
fn a_first_line_alone_is_the_title() {
    check("Ferry stays in port\n\nOne.\n\nTwo.", "Ferry stays in port|-||-|One./Two.");
    check("\n\nWill the ferry sail?\n\nOne.", "Will the ferry sail?|-||-|One.");
    check("One sentence.\n\nTwo.", "-|-||-|One sentence./Two.");
    check("ORLAVA, March 14 — It sank.\n\nTwo.", "-|-||-|ORLAVA, March 14 — It sank./Two.");
    check("Only a line", "-|-||-|Only a line");
    check("", "-|-||-|");
    check("As follows:\n\nOne.", "-|-||-|As follows:/One.");
}

#[test]
fn a_short_line_over_long_ones_is_the_title() {
    let long = "The ferry stayed in port on Thursday because of the storm, and nobody in the town of Orlava knew when it would leave again.";
    check(
        &format!("Ferry stays in port\n{long}\n{long}"),
        &format!("Ferry stays in port|-||-|{long}/{long}"),
    );
    check(
        &format!("{long}\nLive: the storm\n{long}"),
        &format!("-|-||-|{long}/Live: the storm/{long}"),
    );
}

#[test]
fn byline_and_date_line_under_the_title() {
    check(
        "Ferry stays in port\n\nBy Ilse Varga and Ivo Marek\n\nMarch 14, 2024\n\nOne.",
        "Ferry stays in port|2024-03-14|Ilse Varga+Ivo Marek|-|One.",
    );
    check(
        "Ferry stays in port\n\nPublished 14 March 2024\nBy Ilse Varga\n\nOne.",
        "Ferry stays in port|2024-03-14|Ilse Varga|-|One.",
    );
    check(
        "Ferry stays in port\n\nBy Thursday all was over.\n\nOne.",
        "Ferry stays in port|-||-|By Thursday all was over./One.",
    );
}

#[test]
fn headers_before_the_text() {
    check(
        "Title: Ferry: it sank\nDate: 2024-03-14\nSource: Orlava Post\nBy: Ilse Varga\nWeather: wet\n\nOne.\n\nTwo.",
        "Ferry: it sank|2024-03-14|Ilse Varga|Orlava Post|One./Two.",
    );
    check(
        "Headline: Ferry\nPublished: 14 March 2024\nOne line of text.",
        "Ferry|2024-03-14||-|One line of text.",
    );
    check(
        "Ferry sinks\n\nDate: 2024-03-14\nSource: Post\n\nOne.",
        "Ferry sinks|2024-03-14||Post|One.",
    );
    check(
        "Title: Ferry\n  stays in port\nText: One.\n\nTwo: three.",
        "Ferry stays in port|-||-|One./Two: three.",
    );
    check("Title: Ferry\n\nOne.", "Ferry|-||-|One.");
    check("Paper: minister lied\n\nOne.", "Paper: minister lied|-||-|One.");
    check("Note: one.\nOther: two.", "-|-||-|Note: one./Other: two.");
}

#[test]
fn texts_are_told_from_code_and_mail() {
    let check = |name: &str, content: &str, expected: Confidence| {
        assert_eq!(
            Text.recognises(&Sample::new(content.as_bytes(), name, true)),
            expected,
            "{name}"
        );
    };
    check("a.txt", "Text.", Confidence::Likely);
    check("a", "Text.", Confidence::Possible);
    check("a.2024", "Text.", Confidence::Possible);
    check("a.css", "p { color: red }", Confidence::No);
    check("a.txt", "<DOC><DOCNO>1</DOCNO>", Confidence::No);
    check("a.txt", "%PDF-1.4", Confidence::No);
    check("a", "From: a@example.org\nMessage-Id: <1@example.org>\n\nText.", Confidence::No);
    check("a", "Text.\n\nReceived: later", Confidence::Possible);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(Title: |Date: |By |\\n|\\n\\n| {1,4}|[A-Za-z]{1,9}[ .:]|\\PC)*") {
        let mut draft = Draft::default();
        read_into(&mut draft, &text);
    }
}
