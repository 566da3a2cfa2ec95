//! Mailboxes of every kind, cut by hand.

use super::*;
use std::io::BufReader;

const FROM: &str = "From ilse@example.org Thu Mar 14 09:30:00 2024\n";

/// The messages of a mailbox, their line ends as `/`.
fn messages(text: &str, limit: usize) -> Vec<String> {
    let mut stream = BufReader::with_capacity(7, text.as_bytes());
    let mut messages = Messages::new(&mut stream, limit);
    let mut found = Vec::new();
    while let Some(record) = messages.next().unwrap() {
        found.push(match record {
            Record::Whole(bytes) | Record::Cut(bytes) => {
                String::from_utf8(unquoted(bytes)).unwrap().replace('\n', "/")
            }
            Record::OverLimit => "over".to_owned(),
        });
    }
    found
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(messages(&text.replace("FROM\n", FROM), 10_000), expected, "{text}");
}

#[test]
fn messages_are_cut() {
    check("FROM\nA: 1\n\nOne.\n\nFROM\nA: 2\n\nTwo.\n", &["A: 1//One.//", "A: 2//Two./"]);
    check("\n\nFROM\nA: 1\n\nOne.", &["A: 1//One./"]);
    // Some programs leave out the blank line between messages.
    check("FROM\nA: 1\n\nOne.\nFROM\nA: 2\n\nTwo.\n", &["A: 1//One./", "A: 2//Two./"]);
    check(
        "FROM\nA: 1\n\nOne.\n\nFROM\nno header\n",
        &[&format!("A: 1//One.//{}no header/", FROM.replace('\n', "/"))],
    );
    check("", &[]);
}

#[test]
fn sentences_begin_no_message() {
    check(
        "FROM\nA: 1\n\nFrom memory, the minister said\nB: 2\n",
        &["A: 1//From memory, the minister said/B: 2/"],
    );
    check(
        "FROM\nA: 1\n\nx\n\nFrom now on at 10:30 in March 2024: all\nB: 2\n\nFROM\nA: 2\n\nTwo.\n",
        &["A: 1//x//From now on at 10:30 in March 2024: all/B: 2//", "A: 2//Two./"],
    );
}

#[test]
fn one_sign_of_quoting_goes() {
    check(
        "FROM\nA: 1\n\n>From here\n>>From there\n> From afar\n>Fromage\n",
        &["A: 1//From here/>From there/> From afar/>Fromage/"],
    );
}

#[test]
fn a_length_is_believed_where_it_is_right() {
    let body = format!("One.\n\n{FROM}B: not a header\n");
    let length = body.len();
    check(
        &format!("FROM\nContent-Length: {length}\n\n{body}\nFROM\nA: 2\n\nTwo.\n"),
        &[&format!("Content-Length: {length}//{}/", body.replace('\n', "/")), "A: 2//Two./"],
    );
    for wrong in ["3", "99999", "x", "-1"] {
        check(
            &format!(
                "FROM\nContent-Length: {wrong}\n\nOne.\n\nFROM\nA: 2\n\nTwo.\n\nFROM\nA: 3\n\nThree.\n"
            ),
            &[&format!("Content-Length: {wrong}//One.//"), "A: 2//Two.//", "A: 3//Three./"],
        );
    }
}

#[test]
fn a_message_over_the_limit_costs_itself_only() {
    let long = "x".repeat(100) + "\n";
    let text = format!("{FROM}A: 1\n\n{}\n{FROM}A: 2\n\nTwo.\n", long.repeat(9));
    assert_eq!(messages(&text, 500), ["over", "A: 2//Two./"]);
    let text = format!("{FROM}A: 1\n\n{}\n{FROM}A: 2\n\nTwo.\n", "x".repeat(900));
    assert_eq!(messages(&text, 500), ["over", "A: 2//Two./"]);
    // A wrong length gathers messages until the limit parts them.
    let piece = format!("{FROM}A: 1\n\n{long}\n");
    let text = format!("{FROM}Content-Length: 9999\n\nOne.\n\n{}", piece.repeat(9));
    assert_eq!(messages(&text, 500).len(), 10);
}

#[test]
fn beginnings_in_every_hand() {
    for line in [
        "From - Thu Mar 14 09:30:00 2024",
        "From ???@??? Thu Mar 14 09:30:00 2024",
        "From MAILER-DAEMON Thu Mar 14 09:30:00 2024\r",
        "From ilse at example.org  Thu Mar 14 09:30:00 2024",
        "From 1793@xxx Thu Mar 14 09:30:00 +0000 2024",
        "From ilse@example.org Thu, 14 Mar 2024 09:30:00 +0100",
        "From Ilse Varga <ilse@example.org> Thu Mar 14 09:30 CET 2024",
    ] {
        assert!(begins_message(line.as_bytes()), "{line}");
    }
    for line in [
        "From memory",
        "From: a",
        "From Thu on",
        "From Thursday March 14 09:30 2024",
        "from x Thu Mar 14 09:30:00 2024",
    ] {
        assert!(!begins_message(line.as_bytes()), "{line}");
    }
}
