//! What a reader may look at to recognise its format: the first bytes, and the name.

/// How sure a reader is that a file is of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// The name says so and the content does not contradict it, or the content has its usual look.
    Likely,
    /// The content has what only this format has.
    Certain,
}

/// The beginning of a file and its name.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    bytes: &'a [u8],
    name: &'a str,
    whole: bool,
}

/// First bytes of formats that are not text, or are text only to a program.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"%!PS",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"SQLite format 3",
    b"WARC/",
    b"OggS",
    b"ID3",
    b"RIFF",
    b"wOFF",
    b"wOF2",
];

impl<'a> Sample<'a> {
    /// A sample of the file called `name`: its first `bytes`, in UTF-8 where the file is in UTF-16. `whole` where the file has no more.
    pub fn new(bytes: &'a [u8], name: &'a str, whole: bool) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { bytes, name, whole }
    }

    /// The bytes, without a byte order mark.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes from the first that is no white space.
    pub fn head(&self) -> &'a [u8] {
        self.bytes.trim_ascii_start()
    }

    /// Whether the sample is the whole file.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether the file's name ends in one of the extensions, in any case.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = self.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
    }

    /// Whether the bytes are those of a program, picture or container, not of a text in any encoding.
    pub fn is_binary(&self) -> bool {
        if SIGNATURES.iter().any(|signature| self.bytes.starts_with(signature)) {
            return true;
        }
        // Wire formats of teleprinter days begin with control characters.
        let start = self.bytes.get(..64).unwrap_or(self.bytes);
        if start.iter().any(|byte| matches!(byte, 1 | 2 | 22)) {
            return true;
        }
        let controls = self.bytes.iter().filter(|&&byte| is_control(byte)).count();
        controls * 50 > self.bytes.len()
    }

    /// Whether the text begins with a tag, a comment or a declaration of SGML, XML or HTML.
    pub fn is_markup(&self) -> bool {
        let head = self.head();
        let opens = head.first() == Some(&b'<')
            && head
                .get(1)
                .is_some_and(|&next| next.is_ascii_alphabetic() || next == b'!' || next == b'?');
        opens && memchr::memchr(b'>', head).is_some()
    }

    /// Whether `needle` (lower case) stands among the first `within` bytes, in any case.
    pub fn contains(&self, needle: &[u8], within: usize) -> bool {
        let bytes = self.bytes.get(..within).unwrap_or(self.bytes);
        bytes.windows(needle.len().max(1)).any(|window| window.eq_ignore_ascii_case(needle))
    }
}

/// Whether a byte has no place in text of any usual encoding. Escape stays: ISO-2022-JP is written with it.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_is_told_from_text() {
        let check = |bytes: &[u8], expected: bool| {
            assert_eq!(Sample::new(bytes, "x", true).is_binary(), expected, "{bytes:?}");
        };
        check(b"The ferry did not sail.\r\n\tAgain.", false);
        check("Паром не вийшов.".as_bytes(), false);
        check(b"caf\xe9", false);
        check(b"\x1b$B%U%'%j!<\x1b(B", false);
        check(b"%PDF-1.4 text", true);
        check(b"PK\x03\x04", true);
        check(b"a\0b\0c\0", true);
        check(b"\x16\x16\x01a0001\x1f and a long text that has no other control character in it, of which there is more and more and more\n", true);
        let mut stray = vec![b'a'; 500];
        stray.push(0);
        check(&stray, false);
    }

    #[test]
    fn markup_begins_with_a_tag() {
        let check = |text: &str, expected: bool| {
            assert_eq!(Sample::new(text.as_bytes(), "x", true).is_markup(), expected, "{text}");
        };
        check(" \n<!DOCTYPE html>", true);
        check("\u{feff}<?xml version='1.0'?>", true);
        check("<p>Text", true);
        check("<3 this ferry", false);
        check("<- back", false);
        check("<unclosed", false);
        check("Text <b>bold</b>", false);
    }

    #[test]
    fn extensions_are_compared_in_any_case() {
        let sample = Sample::new(b"", "A.B.TXT", true);
        assert!(sample.has_extension(&["md", "txt"]));
        assert!(!sample.has_extension(&["b"]));
        assert!(!Sample::new(b"", "txt", true).has_extension(&["txt"]));
    }
}
