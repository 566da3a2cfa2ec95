//! Where sentences end: what snippets and sentence nearness go by.

use std::ops::Range;

/// Abbreviations that a full stop follows inside a sentence, lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "sen",
    "rep", "gov", "pres", "rev", "hon", "st", "mt", "jr", "sr", "vs", "inc", "corp", "ltd", "co",
    "bros", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "ca", "bzw", "hr", "fr", "dipl", "mme", "mlle", "mm", "vol", "est", "av", "calif", "fla",
    "mass", "mich", "minn", "pa", "tex", "va", "wash", "wis", "conn", "ill", "ind", "tenn", "ga",
    "ky", "la", "md", "mo", "ariz", "colo",
];

/// Abbreviations inside a sentence where a number follows ("No. 10").
const BEFORE_NUMBERS: &[&str] =
    &["no", "nos", "nr", "p", "pp", "s", "vol", "art", "fig", "ch", "sec"];

/// The sentences of `text` in order, as byte ranges without the blanks around them. A blank line always ends one.
///
/// A full stop ends no sentence after an abbreviation or a single capital (`J. Doe`, `U.S.`) unless nothing follows, nor before a lower-case word or
/// inside a number. A mark that stands apart, as in text that a program has cut into words, ends one before any word. Linear in the length of the text.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let skipped = rest.len() - rest.trim_start().len();
            let start = at + skipped;
            if start >= text.len() {
                return None;
            }
            let end = end_of_sentence(text, start);
            at = end;
            let trimmed = text.get(start..end)?.trim_end().len();
            if trimmed > 0 {
                return Some(start..start + trimmed);
            }
        }
    })
}

/// First byte after the sentence that begins at `start`.
fn end_of_sentence(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut from = 0;
    // perf: benches/extract.rs; nearly all letters are none of the marks below, which their first byte tells.
    while let Some(found) = rest.bytes().skip(from).position(may_end) {
        let offset = from + found;
        let Some(letter) = rest.get(offset..).and_then(|rest| rest.chars().next()) else { break };
        let after = offset + letter.len_utf8();
        from = after;
        match letter {
            '\n' if blank_line(rest.get(after..).unwrap_or_default()) => return start + after,
            '。' | '！' | '？' => return start + after,
            '.' | '!' | '?' | '…' => {
                let end = after + closing(rest.get(after..).unwrap_or_default());
                let following = rest.get(end..).unwrap_or_default();
                let before = rest.get(..offset).unwrap_or_default();
                if following.is_empty()
                    || (following.starts_with(char::is_whitespace)
                        && ends(letter, before, following))
                {
                    return start + end;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Whether a byte may begin a letter that ends a sentence: a line end or a mark, or the first of `…`, `。`, `！` and `？`.
fn may_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xe2 | 0xe3 | 0xef)
}

/// Bytes of the quotes and brackets that close after a full stop.
fn closing(after: &str) -> usize {
    after.len()
        - after.trim_start_matches(['"', '”', '’', '\'', '»', '“', ')', ']', '.', '!', '?']).len()
}

fn blank_line(after: &str) -> bool {
    after
        .chars()
        .find(|letter| !matches!(letter, ' ' | '\t' | '\r' | '\u{a0}'))
        .is_some_and(|letter| letter == '\n')
}

/// Whether the mark after `before` ends the sentence, given what follows.
fn ends(mark: char, before: &str, following: &str) -> bool {
    let next = following.trim_start().chars().next();
    let joined = before.trim_end();
    // Full stops with blanks between them are one ellipsis.
    let in_ellipsis = next == Some('.') || (joined.len() < before.len() && joined.ends_with('.'));
    let stands_apart = joined.len() < before.len() && !in_ellipsis;
    if in_ellipsis && next.is_some_and(|next| next == '.' || next.is_lowercase()) {
        return false;
    }
    if next.is_some_and(char::is_lowercase) && !stands_apart {
        return false;
    }
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '.';
    let word = joined.rsplit(|letter| !in_word(letter)).next().unwrap_or_default();
    if mark != '.' {
        return true;
    }
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = word.len() <= 12
        && word.contains('.')
        && word.split('.').all(|piece| piece.chars().count() == 1);
    let lower = word.to_lowercase();
    let numbered =
        next.is_some_and(|next| next.is_ascii_digit()) && BEFORE_NUMBERS.contains(&&*lower);
    !initial && !dotted && !numbered && !ABBREVIATIONS.contains(&&*lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = sentences(text).map(|range| text.get(range).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn full_stops_that_end_and_those_that_do_not() {
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check(
            "Mr. Smith of the U.S. Navy paid 3.5 million. He left.",
            &["Mr. Smith of the U.S. Navy paid 3.5 million.", "He left."],
        );
        check("J. Doe said “No.” He left.", &["J. Doe said “No.”", "He left."]);
        check("It rose approx. two per cent", &["It rose approx. two per cent"]);
        check(
            "A headline\n\nA paragraph\nthat wraps.",
            &["A headline", "A paragraph\nthat wraps."],
        );
        check("東京。大阪。", &["東京。", "大阪。"]);
        check("  \n\n ", &[]);
        check("No. 10 stayed shut. He read No. 7.", &["No. 10 stayed shut.", "He read No. 7."]);
        check("See example.com. Then go.", &["See example.com.", "Then go."]);
        check(
            "the flow was laminar . a wake formed .",
            &["the flow was laminar .", "a wake formed ."],
        );
        check("THE U.S . FIRST SAID SO . IT DID .", &["THE U.S . FIRST SAID SO .", "IT DID ."]);
        check("He went . . . and left. Gone.", &["He went . . . and left.", "Gone."]);
    }

    proptest::proptest! {
        #[test]
        fn sentences_hold_everything_but_blanks(text in "\\PC{0,60}[.!?\n \"]{0,9}\\PC{0,20}") {
            let mut rebuilt = String::new();
            let mut before = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(before <= range.start);
                before = range.end;
                rebuilt.extend(text.get(range).unwrap().chars().filter(|letter| !letter.is_whitespace()));
            }
            let all: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            proptest::prop_assert_eq!(rebuilt, all);
        }
    }
}
