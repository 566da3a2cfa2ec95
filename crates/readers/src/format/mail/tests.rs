//! Messages read through the registry, from their bytes to articles.

use std::ops::ControlFlow;

use dateline_article::Article;

use crate::{Options, Skip, SourceFile, read};

fn all(name: &str, content: &[u8]) -> Vec<Result<Article, Skip>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    let mut items = Vec::new();
    read(
        &SourceFile { root_label: "r", path: name, file: &file },
        &Options::default(),
        &mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        },
    );
    items
}

#[track_caller]
fn one(content: &str) -> Article {
    let mut items = all("a.eml", content.as_bytes());
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0).unwrap()
}

#[test]
fn headers_become_fields() {
    let article = one(
        "Received: from a by b; Thu, 14 Mar 2024 08:31:00 +0000\nMessage-ID: <77@example.org>\nFrom: \"Ilse Varga\" <ilse@example.org>\nTo: desk@example.org\n\
         Date: Thu, 14 Mar 2024 09:30:00 +0100 (CET)\nSubject: =?utf-8?Q?F=C3=A4hre?= bleibt\nList-Id: \"Orlava Letter\" <letter.example.org>\n\
         Archived-At: <https://example.org/letter/77>\nKeywords: ferry, storm\nContent-Language: de\n\nDie Fähre blieb.\n",
    );
    assert_eq!(article.part, "77@example.org");
    assert_eq!(article.title.as_deref(), Some("Fähre bleibt"));
    assert_eq!(article.byline, ["Ilse Varga"]);
    assert_eq!(article.source.as_deref(), Some("Orlava Letter"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/letter/77"));
    assert_eq!(article.keywords, ["ferry", "storm"]);
    assert_eq!(article.language.unwrap().to_string(), "de");
    assert_eq!(article.published.unwrap().at.to_string(), "2024-03-14T09:30:00+01:00");
    assert_eq!(article.paragraphs, ["Die Fähre blieb."]);
    assert!(article.warnings.is_empty(), "{:?}", article.warnings);
}

/// Cases of subjects that other readers got wrong, U083, B088 and B089 among them.
#[test]
fn encoding_of_subjects() {
    let check = |subject: &str, expected: &str| {
        let article =
            one(&format!("From: a@example.org\nMIME-Version: 1.0\nSubject: {subject}\n\nText.\n"));
        assert_eq!(article.title.as_deref(), Some(expected), "{subject}");
    };
    check("=?UTF-8?Q?Sch=C3=B6ne_Gr=C3=BC=C3=9Fe?=", "Schöne Grüße");
    check(
        "Conseil - =?utf-8?Q?Proc=C3=A8s?= de la\n =?utf-8?Q?d=C3=A9fense?= 2024",
        "Conseil - Procès de la défense 2024",
    );
    check("[ALERT]=?utf-8?B?S2VzdHJlbCBtZW1v?=", "[ALERT]Kestrel memo");
    check("Note =?utf-8?Q??= end", "Note end");
    check("=?koi8-r?B?8NLJ18XU?=", "Привет");
    check("=?utf-8?Q?a=C3?= =?utf-8?Q?=A9b?=", "aéb");
    check("plain\n folded", "plain folded");
    check("=?utf-8?Q?not closed", "=?utf-8?Q?not closed");
}

#[test]
fn encoding_that_is_not_said_is_detected() {
    let text = "Subject: Der Fährmann wünscht größere Schiffe\nFrom: Jörg Müller <j@example.org>\nMessage-ID: <1@x>\n\nDer Fährmann von Örlava möchte für die Überfahrt größere Schiffe.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let article = all("cur/1710408600.M1.host:2,S", &bytes).remove(0).unwrap();
    assert_eq!(article.title.as_deref(), Some("Der Fährmann wünscht größere Schiffe"));
    assert_eq!(article.byline, ["Jörg Müller"]);
    assert!(article.text().contains("möchte für die Überfahrt größere"), "{}", article.text());
}

/// B029: an unusual first header.
#[test]
fn format_is_known_by_any_header() {
    let article = one(
        "Status: RO\nFrom: desk@example.org\nTo: ed@example.org\nSubject: Dam report\nDate: Tue, 05 Mar 2024 10:00:00 +0100\nContent-Type: text/html\n\n<p>Body</p>",
    );
    assert_eq!(article.format, "eml");
    assert_eq!(article.title.as_deref(), Some("Dam report"));
    assert_eq!(article.published.unwrap().at.to_string(), "2024-03-05T10:00:00+01:00");
    assert_eq!(article.paragraphs, ["Body"]);
    for text in [
        "Title: Ferry\nDate: 2024-03-14\n\nIt stayed.",
        "From: here\nto there: all\nwent\n\nby sea",
        "Note:\n\nText",
    ] {
        for item in all("a.txt", text.as_bytes()) {
            assert_eq!(item.unwrap().format, "text", "{text}");
        }
    }
}

const MIXED: &str = "MIME-Version: 1.0\nMessage-ID: <1@x>\nSubject: Outer\nFrom: desk@example.org\nDate: Tue, 2 May 2023 08:00:00 +0000\nContent-Type: multipart/mixed; boundary=b\n\n";

/// B028: a message inside a message is an article of its own.
#[test]
fn format_of_attached_messages_and_files() {
    let items = all("a.eml", format!(
        "{MIXED}--b\nContent-Type: text/plain\n\nsee attached\n--b\nContent-Type: message/rfc822\n\nFrom: source@example.net\nDate: Sat, 1 Apr 2023 09:00:00 +0200\n\nthe quarry contract\n\
         --b\nContent-Type: text/plain; name=notes.txt\nContent-Disposition: attachment; filename=notes.txt\n\nQuarry notes\n\nThe quarry closed.\n\
         --b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"../../up.txt\"\nContent-Transfer-Encoding: base64\n\nRmVycnkgc3RheXMKClRoZSBmZXJyeSBzdGF5ZWQuCg==\n\
         --b\nContent-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--b--\n"
    ).as_bytes());
    let shown: Vec<_> = items
        .iter()
        .map(|item| {
            let article = item.as_ref().unwrap();
            let day = article.published.map_or_else(String::new, |day| day.at.to_string());
            format!(
                "{} {} [{}] {day} {}",
                article.path,
                article.format,
                article.byline.join(","),
                article.text()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "a.eml eml [desk@example.org] 2023-05-02T08:00:00Z see attached",
            "a.eml!/message.eml eml [source@example.net] 2023-04-01T09:00:00+02:00 the quarry contract",
            "a.eml!/notes.txt text []  The quarry closed.",
            "a.eml!/up.txt text []  The ferry stayed.",
        ]
    );
}

/// U082: boundaries of nested parts stay out of the text.
#[test]
fn html_of_nested_parts_has_no_boundaries() {
    let article = one(
        "MIME-Version: 1.0\nSubject: S\nFrom: a@x\nContent-Type: multipart/related; boundary=out\n\n--out\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\n\
         The ferry stayed.\n\n--in\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>The ferry=20stayed.</p><p>It w=C3=A4ited.</p>\n--in--\n--out\nContent-Type: image/gif\nContent-ID: <i>\n\
         Content-Transfer-Encoding: base64\n\nR0lGODlh\n--out--\n",
    );
    assert_eq!(article.paragraphs, ["The ferry stayed.", "It wäited."]);
}

/// U071: addresses that look like tags.
#[test]
fn html_of_addresses_is_no_tree() {
    let addresses = "<a@b>\n".repeat(20_000);
    let article = one(&format!(
        "MIME-Version: 1.0\nSubject: S\nFrom: a@x\nContent-Type: text/html\n\n<p>The list</p>{addresses}"
    ));
    assert_eq!(article.paragraphs[0], "The list");
}

#[test]
fn flowed_text_is_joined() {
    let article = one(
        "MIME-Version: 1.0\nSubject: S\nFrom: a@x\nContent-Type: text/plain; format=flowed\n\nThe ferry \nstayed in \nport.\n\nIt waited.\n",
    );
    assert_eq!(article.paragraphs, ["The ferry stayed in port.", "It waited."]);
}

#[test]
fn encrypted_messages_are_told() {
    for content in [
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA\n",
        "\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
    ] {
        let items =
            all("a.eml", format!("Message-ID: <1@x>\nSubject: S\nFrom: a@x\n{content}").as_bytes());
        assert!(
            matches!(items.as_slice(), [Err(skip)] if skip.reason == crate::Reason::Encrypted && skip.part.as_deref() == Some("1@x")),
            "{items:?}"
        );
    }
}

#[test]
fn cut_and_corrupted_messages_are_read_as_far_as_they_go() {
    let cut = one(&format!("{MIXED}--b\nContent-Type: text/plain\n\nsee att"));
    assert_eq!(cut.paragraphs, ["see att"]);
    let header = one("Message-ID: <1@x>\nSubject: Ferry stays\nFrom: a@x\nDa");
    assert_eq!((header.title.as_deref(), header.paragraphs.len()), (Some("Ferry stays"), 0));
    let broken = one(
        "Message-ID: <1@x>\nSubject: S\nFrom: a@x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nNo boundary is named.",
    );
    assert_eq!(broken.title.as_deref(), Some("S"));
}

#[test]
fn blank_lines_may_come_first() {
    let article = one(" \n\n  Received: from a by b\nSubject: Ferry\nFrom: a@x\n\nIt stayed.\n");
    assert_eq!((article.title.as_deref(), article.text().as_str()), (Some("Ferry"), "It stayed."));
}

#[test]
fn apple_s_messages_have_a_length_before_them() {
    let message = "Message-ID: <1@x>\nSubject: S\nFrom: a@x\n\nThe ferry stayed.\n";
    let file = format!("{}\n{message}<?xml version=\"1.0\"?><plist/>", message.len());
    let article = all("1.emlx", file.as_bytes()).remove(0).unwrap();
    assert_eq!((article.format.as_str(), article.text().as_str()), ("eml", "The ferry stayed."));
}

/// U085 and U086: sentences that begin with "From".
#[test]
fn format_of_mailboxes() {
    let items = all(
        "box",
        b"From a@x Thu Mar 14 09:30:00 2024\nMessage-ID: <1@x>\nSubject: One\nFrom: a@x\n\nFrom memory, the minister said.\n\nFrom now on it stays.\n\n\
          From a@x Thu Mar 14 09:31:00 2024\nMessage-ID: <a/../2@x>\nSubject: Two\nFrom: a@x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n>From here.\n--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nA file\n\nIn a mailbox.\n--b--\n",
    );
    let shown: Vec<_> = items
        .iter()
        .map(|item| {
            let article = item.as_ref().unwrap();
            format!("{} {} {}", article.path, article.part, article.text().replace('\n', "/"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "box 1@x From memory, the minister said.//From now on it stays.",
            "box a/../2@x From here.",
            "box!/mail/a/2@x/a.txt 1 In a mailbox.",
        ]
    );
}
