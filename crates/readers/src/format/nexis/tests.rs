//! Tests of Nexis exports.

use super::*;
use crate::format::testing::file;
use crate::limits::Limits;

/// `part|title|subtitle|source|published|byline|section|keywords|language|paragraphs` of each article.
#[track_caller]
fn check(content: &str, expected: &[&str]) {
    let shown: Vec<String> = file("a", content.as_bytes(), Limits::default())
        .into_iter()
        .map(|item| match item {
            Ok(article) => [
                article.part,
                article.title.unwrap_or_default(),
                article.subtitle.unwrap_or_default(),
                article.source.unwrap_or_default(),
                article.published.map(|published| published.at.to_string()).unwrap_or_default(),
                article.byline.join("&"),
                article.section.unwrap_or_default(),
                article.keywords.join("&"),
                article.language.map(|language| language.code().to_owned()).unwrap_or_default(),
                article.paragraphs.join("/"),
            ]
            .join("|"),
            Err(skip) => skip,
        })
        .collect();
    assert_eq!(shown, expected, "{content}");
}

/// A document of text with a blank line after each block.
fn document(number: usize, blocks: &[&str]) -> String {
    format!("                  {number} of 4 DOCUMENTS\n\n\n{}\n\n", blocks.join("\n\n"))
}

const HEAD: &[&str] = &["                 The Orlava Post", "             March 14, 2022 Monday"];

#[test]
fn documents_of_text() {
    let first = document(
        3,
        &[
            "     Copyright 2022 Orlava Press\n                 The Orlava Post",
            "             March 14, 2022 Monday\n               Late Edition",
            "Ferry stays\nin port",
            "BYLINE: By Ilse Varga and Ivo Marek",
            "SECTION: Section B; Pg. 4, Column 2; Metropolitan Desk",
            "LENGTH: 12 words",
            "HIGHLIGHT: The storm\ngoes on",
            "The ferry stayed in port on Monday\nbecause of the storm.",
            "Length: nobody knew it.",
            "LOAD-DATE: March 15, 2022",
            "LANGUAGE: ENGLISH; ENGLISHS",
            "SUBJECT: FERRIES (90%); STORMS (78%)",
            "CORRECTION:",
            "It was a Tuesday.",
            "GRAPHIC: The ferry.",
            "                Copyright 2022 Orlava Press\n            All Rights Reserved",
        ],
    );
    let first_shown = "3|Ferry stays in port|The storm goes on|The Orlava Post|2022-03-14|Ilse Varga&Ivo Marek|Metropolitan Desk|FERRIES&STORMS|en|The ferry stayed in port on Monday because of the storm./Length: nobody knew it./CORRECTION:/It was a Tuesday.";
    check(&format!("Terms: ferry\n\n{first}"), &[first_shown]);

    let labelled = document(
        1,
        &[
            "  The Orlava Post",
            "  March 14, 2022",
            "SECTION: NEWS",
            "LENGTH: 9 words",
            "HEADLINE: Ferry stays",
            "BODY:\nIt stayed.",
            "And stayed.",
        ],
    );
    check(&labelled, &["1|Ferry stays||The Orlava Post|2022-03-14||NEWS|||It stayed./And stayed."]);

    let bare = document(2, &[HEAD[0], HEAD[1], "Ferry stays", "It stayed."]);
    check(&bare, &["2|Ferry stays||The Orlava Post|2022-03-14|||||It stayed."]);
    let untitled = document(2, &[HEAD[0], HEAD[1], "LENGTH: 2 words", "It stayed."]);
    check(&untitled, &["2|||The Orlava Post|2022-03-14|||||It stayed."]);
}

#[test]
fn documents_in_other_languages() {
    check(
        "Dokument 1 von 2\n\n   Orlavaer Bote\n\n   Montag 14. März 2022\n\nDie Fähre bleibt\n\nAUTOR: Von Ilse Varga\n\nRUBRIK: LOKALES; S. 4\n\nLÄNGE: 3 Wörter\n\nSie blieb im Hafen.\n\nSPRACHE: GERMAN; DEUTSCH\n\n\
         Dokument 2 von 2\n\n   Orlavaer Bote\n\n   15. März 2022\n\nSie fährt\n\nLÄNGE: 2 Wörter\n\nWieder.\n",
        &[
            "1|Die Fähre bleibt||Orlavaer Bote|2022-03-14|Ilse Varga|LOKALES||de|Sie blieb im Hafen.",
            "2|Sie fährt||Orlavaer Bote|2022-03-15|||||Wieder.",
        ],
    );
}

const UNI: &str = "Ferry stays\nThe Orlava Post\nMarch 14, 2022 Monday 9:20 AM GMT\n\nCopyright 2022 Orlava Press\nSection: NEWS; Version:2\nLength: 12 words\n";

#[test]
fn format_b013_blank_lines_end_no_document() {
    let documents: Vec<String> = (1..=4)
        .map(|number| {
            let text = if number == 2 { "para one\n\n\npara two" } else { "One line." };
            document(number, &[HEAD[0], HEAD[1], "Ferry", "LENGTH: 4 words", text])
        })
        .collect();
    let shown = |number: usize, text: &str| {
        format!("{number}|Ferry||The Orlava Post|2022-03-14|||||{text}")
    };
    let expected = [
        shown(1, "One line."),
        shown(2, "para one/para two"),
        shown(3, "One line."),
        shown(4, "One line."),
    ];
    check(&documents.concat(), &expected.each_ref().map(String::as_str));

    let uni: Vec<String> = (1..=4)
        .map(|number| {
            let text = if number == 2 { "para one\n\n\npara two" } else { "One line." };
            format!("{UNI}Body\n\n\n{text}\n\nLoad-Date: March 15, 2022\n\n\nEnd of Document\n\n")
        })
        .collect();
    let items = file("a", uni.concat().as_bytes(), Limits::default());
    assert_eq!(items.len(), 4);
    assert_eq!(items[1].as_ref().unwrap().paragraphs, ["para one", "para two"]);
}

#[test]
fn format_b014_the_byline_ends_with_its_line() {
    let text = format!(
        "{UNI}Byline: Nora Exampleová\nHighlight: A report warns that land use is rising.\nBody\nText here.\nEnd of Document\n"
    );
    check(
        &text,
        &[
            "1|Ferry stays|A report warns that land use is rising.|The Orlava Post|2022-03-14T09:20:00Z|Nora Exampleová|NEWS|||Text here.",
        ],
    );
    let classic = document(
        1,
        &[
            HEAD[0],
            HEAD[1],
            "Ferry",
            "BYLINE: Nora Exampleová\nHIGHLIGHT: A report warns.\nLENGTH: 2 words",
            "Text here.",
        ],
    );
    check(
        &classic,
        &["1|Ferry|A report warns.|The Orlava Post|2022-03-14|Nora Exampleová||||Text here."],
    );
}

#[test]
fn dates_b011_a_notice_of_a_correction_is_no_source_and_no_title() {
    let uni = "Harbour plan approved\nThe Example Gazette\nCorrection Appended\nMarch 3, 2021 Wednesday\nSection: A; Pg. 4\nLength: 120 words\nBody\nThe council met.\nCorrection\nCorrection: March 5, 2021 — the vote was 7-2.\nEnd of Document\n";
    let expected = "1|Harbour plan approved||The Example Gazette|2021-03-03||A|||The council met./Correction/Correction: March 5, 2021 — the vote was 7-2.";
    check(uni, &[expected]);
    let below = uni.replace(
        "Correction Appended\nMarch 3, 2021 Wednesday",
        "March 3, 2021 Wednesday\nEditors' Note Appended",
    );
    check(&below, &[expected]);
    let classic = document(
        1,
        &[
            HEAD[0],
            "Correction Appended",
            HEAD[1],
            "Clarification Appended",
            "Ferry",
            "LENGTH: 2 words",
            "Text here.",
            "CORRECTION-DATE: March 16, 2022",
            "CORRECTION: It was March 17, 2022.",
        ],
    );
    check(
        &classic,
        &["1|Ferry||The Orlava Post|2022-03-14|||||Text here./CORRECTION: It was March 17, 2022."],
    );
}

#[test]
fn documents_of_nexis_uni() {
    let paragraphs = [
        "Date and Time: Friday, 5. July 2019",
        "1. Ferry stays",
        "Client/Matter: -None-",
        "Ferry stays",
        "The Orlava Post",
        "March 14, 2022 Monday",
        "Copyright 2022 Orlava Press All Rights Reserved",
        "Section: NEWS; Pg. 3",
        "Length: 2 words",
        "Byline: Ilse Varga",
        "Body",
        " ",
        "Subject: to weather, it sails.",
        "It stayed.",
        "Classification",
        "Language: ENGLISH",
        "Subject: FERRIES (90%)",
        "Load-Date: March 15, 2022",
        "End of Document",
        "Bare",
        "Body",
        "It is.",
        "End of Document",
        "",
    ];
    let paragraphs = paragraphs.map(str::to_owned);
    let drafts = of_paragraphs(&paragraphs).unwrap();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[0].title.as_deref(), Some("Ferry stays"));
    assert_eq!(drafts[0].source.as_deref(), Some("The Orlava Post"));
    assert_eq!(drafts[0].section.as_deref(), Some("NEWS"));
    assert_eq!(drafts[0].byline, ["Ilse Varga"]);
    assert_eq!(drafts[0].keywords, ["FERRIES"]);
    assert_eq!(drafts[0].paragraphs, ["Subject: to weather, it sails.", "It stayed."]);
    assert_eq!((drafts[1].title.as_deref(), drafts[1].published), (Some("Bare"), None));
    assert_eq!(of_paragraphs(&["Body".to_owned(), "A text.".to_owned()]), None);
}

#[test]
fn documents_of_pages() {
    let page = |inner: &str| {
        format!(
            "<HTML><BODY><!-- Hide\n<DOC NUMBER=1>\n<DOCFULL> -->\n{inner}<!-- Hide\n</DOCFULL>\n</DOC> -->\n"
        )
    };
    let division = |text: &str| format!("<BR><DIV CLASS=\"c0\"><P><SPAN>{text}</SPAN></P>\n</DIV>");
    let blocks = [
        "7 of 9 DOCUMENTS",
        "The Orlava Post",
        "March</SPAN><SPAN> 14, 2022, Monday<BR>Correction Appended",
        "Ferry;<BR>stays",
        "BYLINE: </SPAN><SPAN>By ILSE VARGA",
        "LENGTH: </SPAN><SPAN>2 words",
        "It stayed &amp; slept.</SPAN></P><P><SPAN>Then</SPAN> not.",
        "LANGUAGE: </SPAN><SPAN>ENGLISH",
        "Copyright 2022 Orlava Press",
    ];
    let whole = page(&blocks.map(division).concat());
    let shown =
        "7|Ferry; stays||The Orlava Post|2022-03-14|ILSE VARGA|||en|It stayed & slept./Then not.";
    check(&whole, &[shown]);
    let failed = page(
        &[
            division("8 of 9 DOCUMENTS"),
            division("We are sorry but there is an error in this document and so on."),
        ]
        .concat(),
    );
    check(
        &format!("{whole}{failed}{whole}"),
        &[shown, "malformed 8 Nexis could not show this document", &shown.replacen('7', "7#3", 1)],
    );
    let cut = whole.split_once("</DOCFULL>").unwrap().0;
    check(&format!("{whole}{cut}"), &[shown, "malformed 2 the file ends inside the document"]);
}

#[test]
fn documents_are_bounded_and_may_be_cut() {
    let long = document(2, &[HEAD[0], HEAD[1], "Long", "LENGTH: 9 words", &"word ".repeat(200)]);
    let short = |number| document(number, &[HEAD[0], HEAD[1], "Short", "LENGTH: 1 word", "It."]);
    let limits = Limits { record_bytes: 500, ..Limits::default() };
    let items = file("a", [short(1), long, short(3)].concat().as_bytes(), limits);
    assert_eq!(items[0].as_ref().unwrap().part, "1");
    assert_eq!(
        items[1].as_ref().unwrap_err(),
        "over-limit 2 the document is larger than 500 bytes"
    );
    assert_eq!(items[2].as_ref().unwrap().part, "3");
    check(
        "1 of 2 DOCUMENTS\n\n2 of 2 DOCUMENTS\n\n  Post\n\n March 14, 2022\n\nCut",
        &["empty 1 neither a text nor a title", "2|Cut||Post|2022-03-14|||||"],
    );
}

#[test]
fn recognised_by_the_line_that_numbers_a_document() {
    let check = |line: &str, expected: Option<&str>| {
        assert_eq!(number_of(line.as_bytes()), expected, "{line}");
    };
    check("3 of 10 DOCUMENTS", Some("3"));
    check("1 of 1 DOCUMENT", Some("1"));
    check("Dokument 3 von 10", Some("3"));
    check("Document 3 de 10", Some("3"));
    check("3 of the DOCUMENTS", None);
    check("He signed 3 of 10 DOCUMENTS", None);
    let sample = Sample::new(b"Body\n\nThe length was not known.\n", "a.txt", true);
    assert_eq!(Nexis.recognises(&sample), Confidence::No);
}

#[test]
fn sections_lose_their_pages() {
    let check = |section: &str, expected: &str| {
        let text = document(1, &[HEAD[0], HEAD[1], "A", &format!("SECTION: {section}"), "B"]);
        let items = file("a", text.as_bytes(), Limits::default());
        assert_eq!(items[0].as_ref().unwrap().section.clone().unwrap_or_default(), expected);
    };
    check("Section 5; Part 2; Page 16; Column 2; National Desk", "National Desk");
    check("INTERNATIONAL; Pg. 35", "INTERNATIONAL");
    check("Pg. B22", "");
    check("POLITICS; Version:28", "POLITICS");
    check("Parties and Politics", "Parties and Politics");
    check("Part of the World; Pg. 1", "Part of the World");
}
