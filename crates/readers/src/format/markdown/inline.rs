//! Marks inside a paragraph of Markdown: links, emphasis, code, escapes and tags go; what they enclose stays.

use crate::{entities, markup};

/// Bytes in which a link's target must end.
const LONGEST_TARGET_BYTES: usize = 2000;

/// The text of a paragraph without its marks.
pub(super) fn plain(text: &str) -> String {
    let text = without_links(text);
    let text = without_emphasis(&text);
    let text = if markup::is_html(&text) {
        markup::paragraphs(&text).join(" ")
    } else {
        entities::decode(&text).into_owned()
    };
    text.trim().to_owned()
}

/// Replaces `[text](target)`, `![alt](target)`, `[text][label]` and `<https://…>` by their texts; `[^1]` by nothing.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Where in `plain` a bracket was opened, and whether an exclamation mark stood before it.
    let mut open: Vec<usize> = Vec::new();
    // Bytes of `plain` that turned out to be marks.
    let mut marks: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        rest = match character {
            '\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                plain.push('\\');
                let length = after.chars().next().map_or(0, char::len_utf8);
                plain.push_str(after.get(..length).unwrap_or_default());
                after.get(length..).unwrap_or_default()
            }
            '[' if after.starts_with('^') => {
                let window = after.get(..after.floor_char_boundary(40)).unwrap_or_default();
                let note = window.find(']').and_then(|end| after.get(end + 1..));
                if note.is_none() {
                    plain.push('[');
                }
                note.map_or(after, |behind| behind.strip_prefix(':').unwrap_or(behind))
            }
            '[' => {
                open.push(plain.len());
                plain.push('[');
                after
            }
            ']' => {
                let link = open.pop().and_then(|bracket| Some((bracket, target(after)?)));
                if let Some((bracket, behind)) = link {
                    marks.push(bracket);
                    if plain.get(..bracket).is_some_and(|before| before.ends_with('!')) {
                        marks.push(bracket - 1);
                    }
                    behind
                } else {
                    plain.push(']');
                    after
                }
            }
            '<' if is_address(after) => {
                let window = after
                    .get(..after.floor_char_boundary(LONGEST_TARGET_BYTES))
                    .unwrap_or_default();
                if let Some((address, _)) = window.split_once('>') {
                    plain.push_str(address);
                    after.get(address.len() + 1..).unwrap_or_default()
                } else {
                    plain.push('<');
                    after
                }
            }
            _ => {
                plain.push(character);
                after
            }
        };
    }
    marks.sort_unstable();
    without(&plain, &marks)
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| text.starts_with(scheme))
}

/// What follows a target behind `]`: `(…)` with balanced parentheses, or `[label]`.
fn target(after: &str) -> Option<&str> {
    let window = after.get(..after.floor_char_boundary(LONGEST_TARGET_BYTES))?;
    if let Some(label) = window.strip_prefix('[') {
        let end = label.find(']')?;
        return after.get(end + 2..);
    }
    if !window.starts_with('(') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in window.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return after.get(at + 1..);
                }
            }
            // The next link begins: this one never ends. (This also keeps the whole linear.)
            b']' if window.get(at + 1..).is_some_and(|rest| rest.starts_with('(')) => return None,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// `text` without the bytes at `marks`, ascending places of ASCII characters.
fn without(text: &str, marks: &[usize]) -> String {
    let mut marks = marks.iter().copied().peekable();
    let mut kept = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if marks.peek() == Some(&at) {
            while marks.next_if_eq(&at).is_some() {}
        } else {
            kept.push(character);
        }
    }
    kept
}

/// Takes out `*`, `_`, `~~` and backticks that mark something, and the backslash before an escaped sign.
fn without_emphasis(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        match character {
            '\\' if next.is_ascii_punctuation() => {
                characters.next();
                plain.push(next);
                before = next;
                continue;
            }
            // "2 * 3" and "snake_case" stay.
            '*' if before.is_whitespace() && next.is_whitespace() => plain.push('*'),
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => plain.push('_'),
            '_' if before.is_whitespace() && next.is_whitespace() => plain.push('_'),
            '~' if next == '~' => {
                characters.next();
            }
            '*' | '_' | '`' => {}
            _ => plain.push(character),
        }
        before = character;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_text_stays() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text}");
        check(
            "One **bold**, _slanted_, ***both***, ~~gone~~ and `code`.",
            "One bold, slanted, both, gone and code.",
        );
        check(
            "A [link](https://example.org/a_(b) \"title\") and ![boat](b.png).",
            "A link and boat.",
        );
        check("A [link][1], [other][], [plain] and note[^1].", "A link, other, [plain] and note.");
        check("[![boat](b.png)](c)", "boat");
        check("<https://example.org/a> &amp; <b>bold</b>", "https://example.org/a & bold");
        check("2 * 3, snake_case, \\*not\\* and 5 < 6", "2 * 3, snake_case, *not* and 5 < 6");
        check("[open (", "[open (");
        check("a](b) c", "a](b) c");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(\\[|\\]|\\(|\\)|!|\\*|_|`|~|<https://|>|\\\\|\\^| |\\PC)*") {
            let _ = plain(&text);
        }
    }
}
