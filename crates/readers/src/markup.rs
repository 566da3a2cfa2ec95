//! Text out of HTML without building its tree: for fragments inside other formats, and for pages that no tree should be built of.
//!
//! One pass over the bytes, whatever they are. Tags that begin a block end the paragraph; scripts, styles and comments are passed over. Nothing is
//! judged: menus and advertisements stay in, which is why whole pages are read by the article extractor where that is safe.

use crate::{characters, entities};

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "article",
    "section",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "figure",
    "figcaption",
    "address",
    "form",
    "fieldset",
    "option",
    "body",
    "head",
    "title",
    "hl1",
    "hl2",
    "block",
    "media",
    "tbody",
    "thead",
    "details",
    "summary",
    "html",
];

/// Elements whose content is no text.
const UNREAD: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "textarea",
    "select", "title", "head",
];

/// Whether an element of this name (in lower case) begins and ends a paragraph.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether a text that could be plain has tags of HTML in it.
pub(crate) fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = rest.get(at..).unwrap_or_default();
        if let Some(tag) = Tag::at(rest) {
            let inline = ["a", "b", "i", "em", "strong", "span", "img", "u", "sup", "sub"];
            if BLOCKS.contains(&&*tag.name) || inline.contains(&&*tag.name) {
                return true;
            }
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

/// A stretch of text between two tags of blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Entities decoded, white space folded as a browser folds it; never empty.
    pub(crate) text: String,
    /// The innermost element of those that make blocks, in lower case; empty behind the end of one.
    pub(crate) element: String,
    /// Whether it is inside an item of a list.
    pub(crate) in_item: bool,
    /// Bytes of the text as written, white space left out.
    pub(crate) bytes: usize,
    /// Those of them that are in links.
    pub(crate) linked_bytes: usize,
}

/// The paragraphs of a fragment or page: entities decoded, white space folded as a browser folds it.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    blocks(html).into_iter().map(|block| block.text).collect()
}

/// The same with what is known of each paragraph.
pub(crate) fn blocks(html: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut current = Block::default();
    let mut in_link = false;
    let mut rest = html;
    while !rest.is_empty() {
        let next = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (text, markup) = rest.split_at_checked(next).unwrap_or((rest, ""));
        current.push(text, in_link);
        rest = markup;
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let (text, after) = after.split_once("]]>").unwrap_or((after, ""));
            current.push(text, in_link);
            rest = after;
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else if let Some(tag) = Tag::at(rest) {
            rest = rest.get(tag.length..).unwrap_or_default();
            if BLOCKS.contains(&&*tag.name) {
                current.end(&mut blocks);
                if tag.closing {
                    current.element.clear();
                } else if tag.name != "br" {
                    current.element.clone_from(&tag.name);
                }
            }
            match &*tag.name {
                "a" => in_link = !tag.closing,
                "li" => current.in_item = !tag.closing,
                "ul" | "ol" => current.in_item = false,
                _ => {}
            }
            if !tag.closing && !tag.empty && UNREAD.contains(&&*tag.name) {
                rest = after_end(rest, &tag.name);
            }
        } else {
            current.push("<", in_link);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    current.end(&mut blocks);
    blocks
}

impl Block {
    fn push(&mut self, text: &str, in_link: bool) {
        let bytes = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
        self.bytes += bytes;
        self.linked_bytes += if in_link { bytes } else { 0 };
        self.text.push_str(text);
    }

    /// Hands the block on, unless it is blank, and begins another in the same element.
    fn end(&mut self, blocks: &mut Vec<Self>) {
        if let Some(text) = characters::one_line(&entities::decode(&self.text)) {
            blocks.push(Self {
                text,
                element: self.element.clone(),
                in_item: self.in_item,
                bytes: self.bytes,
                linked_bytes: self.linked_bytes,
            });
        }
        self.text.clear();
        (self.bytes, self.linked_bytes) = (0, 0);
    }
}

/// The text of a fragment that is one line, such as a headline.
pub(crate) fn line(html: &str) -> String {
    if html.contains(['<', '&']) { paragraphs(html).join(" ") } else { html.to_owned() }
}

/// A start or end tag.
struct Tag {
    /// In lower case.
    name: String,
    closing: bool,
    /// Written `<name/>`.
    empty: bool,
    /// Bytes from `<` to `>`.
    length: usize,
}

/// Bytes of a tag, attributes included, that are looked through for its end.
const LONGEST_TAG_BYTES: usize = 64 << 10;

impl Tag {
    /// The tag that `text` begins with. An attribute's value may hold `>` where it is quoted.
    fn at(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let closing = bytes.get(1) == Some(&b'/');
        let start = if closing { 2 } else { 1 };
        let name: String = bytes
            .get(start..)?
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'.'))
            .take(24)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let after = start + name.len();
        if !matches!(bytes.get(after)?, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') {
            return None;
        }
        let mut quote = None;
        let mut before = b' ';
        for (offset, &byte) in bytes.get(after..)?.iter().take(LONGEST_TAG_BYTES).enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                (None, b'>') => {
                    let length = after + offset + 1;
                    return Some(Self { name, closing, empty: before == b'/', length });
                }
                // Another tag begins before this one ends: it is none. (This also keeps the whole linear.)
                (None, b'<') => return None,
                (Some(_) | None, _) => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
        // A quote that is not closed: the tag ends at the first `>` all the same.
        quote?;
        let end = memchr::memchr(b'>', bytes.get(..LONGEST_TAG_BYTES).unwrap_or(bytes))?;
        Some(Self { name, closing, empty: false, length: end + 1 })
    }
}

/// What follows the end tag of an unread element; nothing where it never ends.
fn after_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"</") {
        rest = rest.get(at..).unwrap_or_default();
        let found = rest.get(2..2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        if found {
            return rest.split_once('>').map_or("", |(_, after)| after);
        }
        rest = rest.get(2..).unwrap_or_default();
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        let check =
            |html: &str, expected: &[&str]| assert_eq!(paragraphs(html), expected, "{html}");
        check("<p>One <b>bold</b>\n word.</p><p>Two.", &["One bold word.", "Two."]);
        check("One<br>two<br/>three", &["One", "two", "three"]);
        check("<ul><li><span>Ask</span></li><li>Leave</li></ul>", &["Ask", "Leave"]);
        check("a<script>if (a < b) {'</p>'}</script>b<style>p{}</style>c", &["abc"]);
        check("a<!-- <p>no</p> -->b<![CDATA[c]]><?xml?>", &["abc"]);
        check("<a title=\"x > y\" href='z'>link</a> &amp; caf&eacute;", &["link & café"]);
        check("1 < 2 and <3 and <", &["1 < 2 and <3 and <"]);
        check("<head><title>T</title></head><body>B", &["B"]);
        check("<a href=\"open>text</a>", &["text"]);
        check("<script>never ends", &[]);
        check("<SCRIPT>x</sCrIpT >y", &["y"]);
        check("", &[]);
    }

    #[test]
    fn html_is_told_from_text() {
        for html in ["<p>a", "a <b>b</b>", "x<br/>"] {
            assert!(is_html(html), "{html}");
        }
        for text in ["a < b", "<ilse@example.org>", "a <- b > c", "<IBM>", "<3"] {
            assert!(!is_html(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_stripped(text in "(<|>|/|p|br|script|!--|-->|=|\"|'|&|;| |\\PC)*") {
            let _ = paragraphs(&text);
            let _ = is_html(&text);
        }
    }
}
