//! The text of a post as WordPress keeps and exports it: HTML in which blank lines part paragraphs, with shortcodes that its plugins replace.
//!
//! Sources: WordPress's documentation of shortcodes and of `wpautop`.

use crate::markup;
use crate::xml::Element;

/// Paragraphs of a post's content.
pub(super) fn paragraphs(element: &Element) -> Vec<String> {
    if element.elements().next().is_some() {
        return super::paragraphs(element);
    }
    let text = without_shortcodes(&element.text());
    if !markup::is_html(&text) {
        return super::html_free(&text);
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let blocks = lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    let html: Vec<String> = blocks.map(|block| block.join("\n")).collect();
    markup::paragraphs(&html.join("\n<p>"))
}

/// Bytes of a shortcode at most.
const LONGEST: usize = 2 << 10;

/// The text without the marks of shortcodes; what stands between two marks stays. `[name]` is one where it has attributes or a partner, or is alone
/// on its line or joined by `_`; any other bracket is a writer's.
fn without_shortcodes(text: &str) -> String {
    let marks = marks(text);
    let closed: std::collections::HashSet<&str> =
        marks.iter().filter(|mark| mark.closes).map(|mark| mark.name).collect();
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks {
        if mark.closes || mark.sure || closed.contains(mark.name) {
            kept.push_str(text.get(from..mark.start).unwrap_or_default());
            from = mark.end;
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// `[name …]` or `[/name]`, which may be a shortcode's.
struct Mark<'a> {
    name: &'a str,
    start: usize,
    end: usize,
    closes: bool,
    /// One by its own look.
    sure: bool,
}

fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    for (start, _) in text.match_indices('[') {
        let rest = text.get(start..).unwrap_or_default();
        let window = rest.get(..rest.floor_char_boundary(LONGEST)).unwrap_or_default();
        let Some(close) = window.find(']') else { continue };
        let inner = window.get(1..close).unwrap_or_default();
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name = inner.split([' ', '\n', '/']).next().unwrap_or_default();
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
            });
        if !is_name {
            continue;
        }
        let end = start + close + 1;
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let alone = before.is_empty() || before.ends_with('\n');
        let alone = alone && (after.is_empty() || after.starts_with(['\n', '\r']));
        let has_attributes = inner.get(name.len()..).is_some_and(|rest| rest.contains('='));
        let sure = alone || has_attributes || name.contains('_');
        marks.push(Mark { name, start, end, closes, sure });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_go_and_brackets_stay() {
        let check = |text: &str, expected: &str| assert_eq!(without_shortcodes(text), expected);
        check(
            "[dropcap]T[/dropcap]rams ran [sic] again [...] here.",
            "Trams ran [sic] again [...] here.",
        );
        check("One.\n[gallery]\nTwo.[contact_form]", "One.\n\nTwo.");
        check("[caption id=\"a\" width='3']A tram[/caption]", "A tram");
        check("[Editor's note] [1] [open", "[Editor's note] [1] [open");
        check("", "");
    }
}
