//! Cleaning of characters that no reader of news needs: controls go, line ends become one kind. Everything else stays as printed.

use std::borrow::Cow;

/// `text` without control characters but tab and line feed; carriage returns and the line ends of Unicode become line feeds.
///
/// Form feeds and vertical tabs, which separate pages, become line feeds as well. Controls that may be the rest of a mangled character are kept for its
/// repair and go with [`without_controls`]. Soft hyphens, no-break blanks and zero-width characters stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !has_odd(text) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    // Controls behind a letter of Latin-1 may be the rest of a character that was read in the wrong encoding.
    let mut mangled = false;
    while let Some(character) = characters.next() {
        let is_second = mangled && matches!(character, '\u{80}'..='\u{9f}');
        mangled = is_second || matches!(character, '\u{c2}'..='\u{f4}' | '€');
        match character {
            _ if is_second => clean.push(character),
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                clean.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{2029}' => clean.push_str("\n\n"),
            _ if is_odd(character) => {}
            _ => clean.push(character),
        }
    }
    Cow::Owned(clean)
}

/// `text` without the control characters that [`clean`] leaves for the repair of encodings.
pub(crate) fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| matches!(character, '\u{80}'..='\u{9f}');
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    // U+0085 ends a line.
    let kept = text.chars().filter_map(|character| match character {
        '\u{85}' => Some('\n'),
        _ if is_control(character) => None,
        _ => Some(character),
    });
    Cow::Owned(kept.collect())
}

/// Whether some character of `text` is odd, told by the first bytes that such characters have.
fn has_odd(text: &str) -> bool {
    text.bytes().enumerate().any(|(at, byte)| match byte {
        b'\t' | b'\n' => false,
        0..0x20 | 0x7f => true,
        0xc2 | 0xe2 | 0xef => {
            text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_odd)
        }
        _ => false,
    })
}

fn is_odd(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}' => true,
        _ => character.is_control(),
    }
}

/// `text` cleaned, on one line, without white space at its ends; `None` where nothing is left.
pub(crate) fn one_line(text: &str) -> Option<String> {
    let text = clean(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split(|character: char| character.is_ascii_whitespace()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    match line.trim() {
        "" => None,
        trimmed if trimmed.len() < line.len() => Some(trimmed.to_owned()),
        _ => Some(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_line_ends_are_one() {
        let check = |text: &str, expected: &str| assert_eq!(clean(text), expected, "{text:?}");
        check("a\r\nb\rc\nd\u{85}e\u{2028}f", "a\nb\nc\nd\ne\nf");
        check("a\0b\u{5}c\u{7f}d\u{9d}e\u{feff}f", "abcdef");
        check("a\u{2029}b\u{c}c", "a\n\nb\nc");
        check("so\u{ad}ft\u{a0}blank\tand\u{200b}tab", "so\u{ad}ft\u{a0}blank\tand\u{200b}tab");
    }

    #[test]
    fn odd_characters_are_told_by_their_first_bytes() {
        for character in ('\0'..=char::MAX).take(0x2_0000) {
            assert_eq!(has_odd(&format!("a{character}b")), is_odd(character), "{character:?}");
        }
    }

    #[test]
    fn one_line_folds_blanks() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(one_line(text).as_deref(), expected, "{text:?}");
        };
        check("  Ferry \r\n\t stays\u{a0}in ", Some("Ferry stays\u{a0}in"));
        check(" \u{a0}\n", None);
        check("", None);
    }
}
