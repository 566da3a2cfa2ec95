//! Tells from the tags alone whether building the tree of a page, and weighing its parts, stays cheap.
//!
//! HTML parsers are linear on what people write, but not on what they can be made to read: elements inside one another without end, hundreds of open
//! `<font>` tags that every paragraph opens anew, a tag of ten thousand attributes. One pass estimates the work; a page over a bound is stripped of its
//! tags instead.

use std::collections::HashMap;

use crate::limits::Limits;

/// Attributes of one tag at most: a parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 300;

/// Elements opened by tags, and opened anew by the parser.
const MOST_ELEMENTS: usize = 400_000;

/// Bytes of text and tags, each times the depth at which it stands: what weighing every part of a page costs.
const MOST_DEPTH_BYTES: usize = 600_000_000;

/// Elements that are never inside one another without a counted one between them, or have no end.
const UNCOUNTED: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "option", "optgroup", "thead", "tbody", "tfoot",
    "colgroup", "caption", "rp", "rt", "area", "base", "br", "col", "embed", "hr", "img", "input",
    "link", "meta", "param", "source", "track", "wbr", "html", "head", "body",
];

/// Elements that a parser opens anew inside the next block when a block closes around them.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Why no tree should be built of the page; `None` where it should.
pub(super) fn refusal(html: &str, limits: Limits) -> Option<&'static str> {
    if html.len() > limits.page_bytes {
        return Some("the page is larger than the limit");
    }
    let mut scan = Scan::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let tag = bytes.get(at + next + 1..).unwrap_or_default();
        let step = scan.tag(tag);
        scan.depth_bytes += (next + step.bytes) * (scan.open.len() + 1);
        if step.attributes > MOST_ATTRIBUTES {
            return Some("a tag has too many attributes");
        }
        if scan.open.len() > limits.tag_depth {
            return Some("the page's tags are nested too deeply");
        }
        if scan.elements > MOST_ELEMENTS || scan.depth_bytes > MOST_DEPTH_BYTES {
            return Some("the page has too many tags");
        }
        at += next + 1 + step.bytes;
    }
    None
}

#[derive(Default)]
struct Scan {
    /// Names of open elements that count, outermost first.
    open: Vec<Name>,
    /// How many of each name are open.
    counts: HashMap<Name, usize>,
    formatting: usize,
    elements: usize,
    depth_bytes: usize,
}

/// The first bytes of an element's name in lower case: names that share them count as one, which no estimate minds.
type Name = [u8; 12];

/// Whether an element of this name is one that a parser opens anew inside each paragraph. Asked of the cut name when it opens and when it closes, so
/// that a name with a NUL in it counts the same both times.
fn is_formatting(name: &Name) -> bool {
    let length = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
    is_one_of(name.get(..length).unwrap_or_default(), FORMATTING)
}

fn name_of(written: &[u8]) -> Name {
    let mut name = Name::default();
    for (to, from) in name.iter_mut().zip(written) {
        *to = from.to_ascii_lowercase();
    }
    name
}

/// What one tag was.
struct Step {
    /// Bytes behind `<` that are done.
    bytes: usize,
    attributes: usize,
}

impl Scan {
    fn tag(&mut self, tag: &[u8]) -> Step {
        if let Some(comment) = tag.strip_prefix(b"!--") {
            let end = memchr::memmem::find(comment, b"-->").map_or(comment.len(), |end| end + 3);
            return Step { bytes: end + 3, attributes: 0 };
        }
        let closing = tag.first() == Some(&b'/');
        let from = usize::from(closing);
        let length = tag
            .iter()
            .skip(from)
            .take_while(|byte| !matches!(byte, b'>' | b'/' | b'<') && !byte.is_ascii_whitespace())
            .take(64)
            .count();
        let name = tag.get(from..from + length).unwrap_or_default();
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            return Step { bytes: from, attributes: 0 };
        }
        let (attributes, end) = attributes(tag.get(from + length..).unwrap_or_default());
        let bytes = from + length + end;
        if closing {
            self.close(name_of(name));
            return Step { bytes, attributes };
        }
        self.elements += 1 + self.formatting;
        if is_one_of(name, UNCOUNTED) {
            return Step { bytes, attributes };
        }
        if let Some(end) = raw_end(name, tag.get(bytes..).unwrap_or_default()) {
            return Step { bytes: bytes + end, attributes };
        }
        let name = name_of(name);
        self.open.push(name);
        *self.counts.entry(name).or_default() += 1;
        self.formatting += usize::from(is_formatting(&name));
        Step { bytes, attributes }
    }

    /// Closes the innermost open element called `name` and all inside it; a stray end tag closes nothing.
    fn close(&mut self, name: Name) {
        if self.counts.get(&name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(inner) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(&inner) {
                *count = count.saturating_sub(1);
            }
            self.formatting = self.formatting.saturating_sub(usize::from(is_formatting(&inner)));
            if inner == name {
                break;
            }
        }
    }
}

fn is_one_of(name: &[u8], list: &[&str]) -> bool {
    list.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Number of attributes behind a tag's name, and the bytes up to and with its `>`.
fn attributes(rest: &[u8]) -> (usize, usize) {
    let (mut count, mut quote, mut before) = (0, None, b' ');
    for (at, &byte) in rest.iter().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => continue,
            None if byte == b'>' => return (count, at + 1),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None => {
                let separated =
                    before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                count += usize::from(separated && !byte.is_ascii_whitespace() && byte != b'/');
            }
        }
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = byte;
        }
    }
    (count, rest.len())
}

/// The bytes up to the end tag of an element whose content is no markup.
fn raw_end(name: &[u8], content: &[u8]) -> Option<usize> {
    if !is_one_of(
        name,
        &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"],
    ) {
        return None;
    }
    let mut at = 0;
    while let Some(next) = memchr::memmem::find(content.get(at..)?, b"</") {
        let end = at + next;
        let found = content
            .get(end + 2..end + 2 + name.len())
            .is_some_and(|written| written.eq_ignore_ascii_case(name));
        if found {
            return Some(end + 2 + name.len());
        }
        at = end + 2;
    }
    Some(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cut_at_a_nul_closes_no_more_than_it_opened() {
        check("<b\0x></b\0x><i\0></i>", false);
        check(&"<b\0x></b\0x>".repeat(1000), false);
    }

    #[track_caller]
    fn check(html: &str, refused: bool) {
        let found = refusal(html, Limits::default());
        assert_eq!(
            found.is_some(),
            refused,
            "{found:?}: {}",
            html.chars().take(60).collect::<String>()
        );
    }

    #[test]
    fn usual_pages_pass() {
        check("", false);
        check("<html><body><p>One<p>Two<br><img src=a></body></html>", false);
        check(&"<p>Open paragraph <li>item <td>cell".repeat(3000), false);
        check(&"<div class=\"a\"><a href='b'><b>x</b></a></div>".repeat(3000), false);
        check(&format!("{}{}", "<div>".repeat(300), "</div>".repeat(300)), false);
        check("<script>if (a<b) { '<div><div>' }</script><p>x", false);
        check(&format!("<script>{}</script>", "<div>".repeat(1000)), false);
        check(&format!("<!--{}-->", "<div>".repeat(1000)), false);
    }

    #[test]
    fn hostile_pages_are_refused() {
        check(&"<div>".repeat(600), true);
        check(&"<div></span>".repeat(600), true);
        check(&"<b><i>".repeat(50_000), true);
        check(&"<ul><li>".repeat(60_000), true);
        check(&"<a@example.org>".repeat(20_000), true);
        check(&format!("{}{}", "<font color=red>".repeat(400), "<p>x".repeat(100_000)), true);
        check(&format!("<div {}>", "a b=\"c\" ".repeat(400)), true);
        check(&format!("<div {}>", "b='c'".repeat(400)), true);
        check(&format!("{}{}", "<div>".repeat(500), "<p>some words".repeat(200_000)), true);
        check(&"x".repeat(9 << 20), true);
    }

    proptest::proptest! {
        #[test]
        fn any_page_is_scanned(html in "(<|</|>|div|b|p|script|!--|-->|=|\"|'| |/|\\PC)*") {
            let _ = refusal(&html, Limits::default());
        }
    }
}
