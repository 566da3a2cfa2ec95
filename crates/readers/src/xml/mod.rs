//! XML beneath the formats that are written in it: what a file's root element is, its text decoded, and its records as small trees.
//!
//! Parsing is quick-xml's, made lenient: unescaped ampersands stay, unmatched tags close what they can. Of entities the predefined, the numeric and
//! those of HTML are replaced; any other stays as written, so nothing that a document type declares is ever expanded or fetched.

mod element;
mod records;

use std::io::{BufRead, BufReader, Cursor, Read};

pub(crate) use element::{Element, of_text};
pub(crate) use records::{Nested, Piece, Records};

use crate::detect::Sample;
use crate::encoding::{self, DecodingReader};
use crate::input::Input;
use crate::skip::Fault;

/// Bytes of a stream beyond the limit of a file by which its encoding is told.
const ENCODING_BYTES: usize = 1 << 20;

/// The first tag of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Root<'a> {
    /// Its name without a prefix.
    pub(crate) name: &'a str,
    /// What stands behind the name, up to the tag's end.
    attributes: &'a [u8],
}

impl<'a> Root<'a> {
    /// The root element of what looks like XML.
    pub(crate) fn of(sample: &Sample<'a>) -> Option<Self> {
        let tag = after_prolog(sample.head()).strip_prefix(b"<")?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_:.-".contains(byte);
        let length = tag.iter().position(|byte| !is_name(byte))?;
        let (name, attributes) = tag.split_at_checked(length)?;
        let name = std::str::from_utf8(name).ok()?;
        let name = name.rsplit(':').next().unwrap_or(name);
        let end = memchr::memchr(b'>', attributes).unwrap_or(attributes.len());
        (!name.is_empty()).then_some(Self { name, attributes: attributes.get(..end)? })
    }

    /// Whether the tag's attributes hold `text`.
    pub(crate) fn mentions(&self, text: &str) -> bool {
        memchr::memmem::find(self.attributes, text.as_bytes()).is_some()
    }
}

/// What follows white space, declarations, instructions, comments and the document type.
fn after_prolog(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    loop {
        let after = if rest.starts_with(b"<?") {
            memchr::memmem::find(rest, b"?>").map(|at| at + 2)
        } else if rest.starts_with(b"<!--") {
            memchr::memmem::find(rest, b"-->").map(|at| at + 3)
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!DOCTYPE")) {
            doctype_end(rest)
        } else {
            return rest;
        };
        let Some(after) = after else { return b"" };
        rest = rest.get(after..).unwrap_or_default().trim_ascii_start();
    }
}

/// Where a document type ends: at its `>`, or behind its declarations in brackets.
fn doctype_end(bytes: &[u8]) -> Option<usize> {
    let close = memchr::memchr(b'>', bytes)?;
    if memchr::memchr(b'[', bytes.get(..close)?).is_none() {
        return Some(close + 1);
    }
    let end = memchr::memchr(b']', bytes)?;
    Some(end + memchr::memchr(b'>', bytes.get(end..)?)? + 1)
}

/// The encoding in an XML declaration.
pub(crate) fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = memchr::memchr(b'>', declaration.get(..400).unwrap_or(declaration))?;
    let declaration = declaration.get(..end)?;
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let value = declaration.get(at + 8..)?.trim_ascii_start().strip_prefix(b"=")?;
    let value = value.trim_ascii_start();
    let quote = *value.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    value.get(1..)?.split(|&byte| byte == quote).next().filter(|label| !label.is_empty())
}

/// A decoded document.
pub(crate) struct Document<'a> {
    /// In UTF-8.
    pub(crate) stream: Box<dyn BufRead + 'a>,
    /// What people should know of its decoding.
    pub(crate) warning: Option<String>,
}

impl<'a> Document<'a> {
    /// Decodes a file. One of up to [`Limits::file_bytes`](crate::Limits::file_bytes) is decoded by all its bytes; a longer one is a stream
    /// whose encoding is told by its beginning.
    pub(crate) fn open(input: &'a mut Input<'_>) -> Result<Self, Fault> {
        let limit = input.limits().file_bytes;
        let mut bytes = Vec::new();
        let stream = input.stream();
        (&mut *stream).take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        let label = declared(&bytes).map(<[u8]>::to_vec);
        if bytes.len() as u64 <= limit {
            let decoded = encoding::decode(bytes, label.as_deref());
            let stream = Box::new(Cursor::new(decoded.text.into_bytes()));
            return Ok(Self { stream, warning: decoded.warning });
        }
        let start = bytes.get(..ENCODING_BYTES).unwrap_or(&bytes);
        let encoding = encoding::choose(start, label.as_deref());
        let whole = Cursor::new(bytes).chain(stream);
        let stream = Box::new(BufReader::new(DecodingReader::new(whole, encoding)));
        Ok(Self { stream, warning: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_stands_behind_the_prolog() {
        let check = |text: &str, expected: Option<&str>| {
            let sample = Sample::new(text.as_bytes(), "a.xml", true);
            assert_eq!(Root::of(&sample).map(|root| root.name), expected, "{text}");
        };
        check("<?xml version='1.0'?>\n<!-- <a> --><nitf>", Some("nitf"));
        check("\u{feff} <!DOCTYPE nitf SYSTEM \"a.dtd\"><nitf version='3'>", Some("nitf"));
        check("<!DOCTYPE rss [<!ENTITY a \"<b>\"> <!ENTITY c ']'>]><rss>", None);
        check("<!DOCTYPE rss [<!ENTITY a \"b\">]>\n<rss>", Some("rss"));
        check("<ns0:newsMessage xmlns:ns0='x'>", Some("newsMessage"));
        check("<rss", None);
        check("< rss>", None);
        check("text <rss>", None);
        check("<!-- never", None);
    }

    #[test]
    fn declarations_name_an_encoding() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(declared(text.as_bytes()), expected.map(str::as_bytes), "{text}");
        };
        check("<?xml version='1.0' encoding='koi8-r'?>", Some("koi8-r"));
        check("<?xml version='1.0' encoding = \"gb2312\" ?>", Some("gb2312"));
        check("<?xml version='1.0'?><a encoding='b'>", None);
        check("<a/>", None);
        check("<?xml encoding='", None);
    }
}
