//! Messages as agencies frame them, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

const HEADING: &str = "\x01bsw062 4 i 211 ccccb   sw 061\r\n\nSolmark-trams/Transport/\r\n\x02";
const END: &str = "\r\n\x03131137 GMT Nov 13 \r\n\x7f\n\x7f\x04";

#[track_caller]
fn iptc(text: &str, end: &str, expected: &str, paragraphs: &[&str]) {
    let article = testing::one(&Iptc7901, &format!("{HEADING}{text}{end}"));
    assert_eq!(shown(&article), format!("part bsw062 · source sw · {expected}"), "{text}");
    assert_eq!(article.paragraphs, paragraphs, "{text}");
}

#[test]
fn messages_of_iptc_7901() {
    let keywords = "keywords Solmark-trams|Transport";
    iptc(
        "1ST LEAD\nTrams run through the town again =\r\n\n   Solmark (dpa) - Trams ran through the town of Solmark on Wednesday,\r\n\
         the company said in the evening after a week without any.\r\n\n   All lines were open.\r\n\n# Notebook\r\n\n## Contacts\r\n- Desk\r\n",
        END,
        &format!(
            "title Trams run through the town again · {keywords} · published 2013-11-13T11:37:00Z · place Solmark · agency dpa"
        ),
        &[
            "Solmark (dpa) - Trams ran through the town of Solmark on Wednesday, the company said in the evening after a week without any.",
            "All lines were open.",
        ],
    );
    iptc(
        "(Correction)\nTrams run through\nthe town again\nBy Ruth Alder, sw =\n\nTrams ran.\n",
        "\x03211259 Nov 98\x04",
        &format!(
            "title Trams run through the town again · byline Ruth Alder · {keywords} · published 1998-11-21T12:59:00"
        ),
        &["Trams ran."],
    );
    iptc(
        "Trams run =\n\nTrams ran.\n\n# Notebooks went too\n\n# dpa NOTEBOOK\n\n## Contacts\n- Desk\n",
        "\x03211259 Nov 98\x04",
        &format!("title Trams run · {keywords} · published 1998-11-21T12:59:00"),
        &["Trams ran.", "# Notebooks went too"],
    );
    iptc(
        "TRAMS RUN =\n\nTrams ran.\n",
        "\x03\x04",
        &format!("title TRAMS RUN · {keywords}"),
        &["Trams ran."],
    );
    iptc(
        "\nTrams ran.\nX = 1 and more\n",
        "\x03no date\x04",
        keywords,
        &["Trams ran. X = 1 and more"],
    );
}

fn anpa(text: &str) -> String {
    format!(
        "\x16\x16\x01W2870\x1fasian\r\nf l\x13\x11 BC-SOL--TramsRun     11-13 1049\r\n\x02{text}\r\n\t   \x03SW-WF-11-13-13 1509GMT<\r\n\r\n\x0c\r\n\x04"
    )
}

#[test]
fn messages_of_anpa_1312() {
    let check = |text: &str, expected: &str, paragraphs: &[&str]| {
        let article = testing::one(&Anpa1312, &anpa(text));
        assert_eq!(shown(&article), format!("part W2870 · source SW · {expected}"), "{text}");
        assert_eq!(article.paragraphs, paragraphs, "{text}");
    };
    check(
        "^BC-SOL--Solmark-Trams Run,466<\r\n^Trams run again< \r\n^AP Photo XNP101, XNP102<\r\n^Eds: With AP Photos.<\r\n^By RUTH ALDER and JON AAS=\r\n\
         ^Solmark Wire=\r\n\t   SOLMARK, Norland (SW) _ Trams ran ``again.'' \r\n \r\n\t   All lines\r\nwere open.\r\n \r\n\t   ___\r\n",
        "title Trams run again · byline RUTH ALDER|JON AAS · keywords Solmark-Trams Run · published 2013-11-13T15:09:00Z · place SOLMARK, Norland · agency SW",
        &["SOLMARK, Norland (SW) _ Trams ran ``again.''", "All lines were open.", "___"],
    );
    check(
        "^*9006< ^SW-Top-Headlines,0176<\r\n^Top news at noon<\r\n^Trams run again\r\n^Rink opens\r\n\r\n",
        "title Top news at noon · keywords SW-Top-Headlines · published 2013-11-13T15:09:00Z",
        &["Trams run again", "Rink opens"],
    );
    // A table under a centred heading; no headline at all.
    check(
        "^BC-BBO--Tram Times<\r\n^Tram Times=\r\n^All Times Local=\r\n^By The Solmark Wire=\r\n\x08;Out;Back<\r\n\x08One;6;7\x10<\r\n",
        "title Tram Times · byline The Solmark Wire · keywords Tram Times · published 2013-11-13T15:09:00Z",
        &[";Out;Back", "One;6;7"],
    );
    check(
        "^BC-SOL--NewsAlert,17<\r\n\t   SOLMARK (SW) _ Trams run.\r\n",
        "keywords NewsAlert · published 2013-11-13T15:09:00Z · place SOLMARK · agency SW",
        &["SOLMARK (SW) _ Trams run."],
    );
}

#[test]
fn many_messages_and_broken_ones() {
    let whole = format!("{HEADING}T =\n\nOne.\n{END}");
    let file = format!(
        "{whole}\r\n{whole}\x01bsw063 4 i 1 sw 2\n\x02 no end\x04\x01bsw064\x04{HEADING}cut"
    );
    let items = testing::read(&Iptc7901, file.as_bytes());
    let shown: Vec<String> = items
        .into_iter()
        .map(|item| item.map_or_else(|skip| skip.detail, |article| article.part))
        .collect();
    assert_eq!(
        shown,
        [
            "bsw062",
            "bsw062#2",
            "the message has no end of text",
            "the message has no start of text",
            "the file ends inside the message"
        ]
    );
    assert_eq!(testing::skips(&Anpa1312, "\x01W2870\n\x02\x03\x04"), ["empty 1"]);
}

#[test]
fn frames_are_told_apart() {
    use crate::detect::Confidence::{Certain, No};
    use crate::detect::{Confidence, Sample};
    use crate::registry::Reader;
    let check = |text: &str, expected: [Confidence; 2]| {
        let sample = Sample::new(text.as_bytes(), "a", true);
        let found = [Iptc7901.recognises(&sample), Anpa1312.recognises(&sample)];
        assert_eq!(found, expected, "{text:?}");
    };
    check(HEADING, [Certain, No]);
    check(&anpa("x"), [No, Certain]);
    check("\x01bsw062 4 i 211\n no text", [No, No]);
    check("eca062 4 i 211", [No, No]);
    check("\x01\x02\x03", [No, No]);
}
