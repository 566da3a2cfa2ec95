//! `Key: value` lines at the beginning of a text.

use crate::draft::Draft;
use crate::fields::{self, Field};

/// One header line.
struct Line<'a> {
    field: Option<(Field, usize)>,
    value: &'a str,
}

/// Takes a block of headers off the beginning of a text, with the headline in a line before it; what remains is the text.
///
/// A block is at least two known keys one under another, or one of the plainest keys with a blank line below.
pub(super) fn take<'a>(draft: &mut Draft, text: &'a str) -> &'a str {
    let start = text.trim_start_matches(['\n', ' ', '\t']);
    if let Some(rest) = block(draft, start) {
        return rest;
    }
    let (first, after) = start.split_once('\n').unwrap_or((start, ""));
    if super::is_title(first.trim())
        && header_line(first).is_none()
        && let Some(rest) = block(draft, after.trim_start_matches(['\n', ' ', '\t']))
    {
        draft.set(Field::Title, first);
        return rest;
    }
    text
}

fn block<'a>(draft: &mut Draft, text: &'a str) -> Option<&'a str> {
    let mut lines: Vec<(Line<'a>, String)> = Vec::new();
    let mut rest = text;
    let mut body: Option<&str> = None;
    while !rest.is_empty() {
        let (written, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if written.trim().is_empty() {
            break;
        }
        let folded = written.starts_with([' ', '\t']);
        match (header_line(written), lines.last_mut()) {
            (_, Some((_, value))) if folded => {
                value.push(' ');
                value.push_str(written.trim());
            }
            (Some(line), _) => {
                if matches!(line.field, Some((Field::Text, _))) {
                    // The text begins here and runs to the end.
                    body = rest.split_once(':').map(|(_, text)| text);
                    break;
                }
                let value = line.value.to_owned();
                lines.push((line, value));
            }
            (None, _) => break,
        }
        rest = after;
    }
    let known = lines.iter().filter(|(line, _)| line.field.is_some()).count();
    let first_is_known = lines.first().is_some_and(|(line, _)| line.field.is_some());
    let plain = lines.first().and_then(|(line, _)| line.field).is_some_and(|(field, rank)| {
        rank == 0
            && matches!(
                field,
                Field::Title | Field::Published | Field::Byline | Field::Url | Field::Source
            )
            || field == Field::Published
    });
    let separated =
        rest.trim_start_matches([' ', '\t']).starts_with('\n') || rest.is_empty() || body.is_some();
    if !first_is_known || known * 2 < lines.len() || !(known >= 2 || plain && separated) {
        return None;
    }
    let mut ranked: Vec<_> =
        lines.into_iter().filter_map(|(line, value)| Some((line.field?, value))).collect();
    ranked.sort_by_key(|(field, _)| *field);
    for ((field, _), value) in ranked {
        draft.set(field, &value);
    }
    Some(body.unwrap_or(rest))
}

/// Reads a line as a header: a name of at most three words, a colon, then a blank or nothing.
fn header_line(line: &str) -> Option<Line<'_>> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let right = !name.is_empty()
        && name.chars().count() <= 30
        && name.split_whitespace().count() <= 3
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
        && (value.is_empty() || value.starts_with([' ', '\t']));
    right.then(|| Line { field: fields::field(name), value: value.trim() })
}
