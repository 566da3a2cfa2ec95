//! Encoded words of headers (RFC 2047), read more leniently than the standard asks: they may touch other text, and letters may be parted between two of
//! them. White space goes between two encoded words and nowhere else.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;

use crate::encoding;

/// The text of a header's value.
pub(super) fn decode(value: &[u8]) -> String {
    let text = match std::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(encoding::decode(value.to_vec(), None).text),
    };
    let mut decoded = String::with_capacity(text.len());
    // Bytes of words that follow one another in one charset.
    let mut open: Option<(String, Vec<u8>)> = None;
    let mut rest: &str = &text;
    while let Some(at) = rest.find("=?") {
        let (before, tail) = rest.split_at(at);
        let Some(word) = Word::of(tail) else {
            close(&mut open, &mut decoded);
            decoded.push_str(before);
            decoded.push_str("=?");
            rest = tail.get(2..).unwrap_or_default();
            continue;
        };
        if open.is_none() || !before.trim().is_empty() {
            close(&mut open, &mut decoded);
            decoded.push_str(before);
        }
        match &mut open {
            Some((charset, bytes)) if *charset == word.charset => bytes.extend(word.bytes),
            _ => {
                close(&mut open, &mut decoded);
                open = Some((word.charset, word.bytes));
            }
        }
        rest = tail.get(word.length..).unwrap_or_default();
    }
    close(&mut open, &mut decoded);
    decoded.push_str(rest);
    decoded
}

fn close(open: &mut Option<(String, Vec<u8>)>, decoded: &mut String) {
    if let Some((charset, bytes)) = open.take() {
        decoded.push_str(&encoding::decode(bytes, Some(charset.as_bytes())).text);
    }
}

/// One encoded word.
struct Word {
    charset: String,
    bytes: Vec<u8>,
    /// Its length as written.
    length: usize,
}

impl Word {
    /// The word that `text` begins with.
    fn of(text: &str) -> Option<Self> {
        let inner = text.strip_prefix("=?")?;
        let (charset, inner) = inner.split_once('?')?;
        let (kind, inner) = inner.split_once('?')?;
        let (content, after) = inner.split_once("?=")?;
        if charset.len() > 40 || charset.contains(char::is_whitespace) || content.contains('\n') {
            return None;
        }
        let bytes = match kind {
            "Q" | "q" => quoted(content),
            "B" | "b" => base64_decode(content.as_bytes())?,
            _ => return None,
        };
        // A language may follow the charset (RFC 2231).
        let charset = charset.split('*').next().unwrap_or(charset).to_ascii_lowercase();
        Some(Self { charset, bytes, length: text.len() - after.len() })
    }
}

/// The bytes of a word in the manner of quoted-printable.
fn quoted(content: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| {
        char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'_' => bytes.push(b' '),
            b'=' => {
                if let (Some(high), Some(low)) = (digit(after.first()), digit(after.get(1))) {
                    bytes.push(high << 4 | low);
                    rest = after.get(2..).unwrap_or_default();
                } else {
                    bytes.push(b'=');
                }
            }
            other => bytes.push(*other),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_among_text() {
        let check =
            |value: &str, expected: &str| assert_eq!(decode(value.as_bytes()), expected, "{value}");
        check("=?utf-8?Q?F=C3=A4hre?= bleibt", "Fähre bleibt");
        check("[A]=?utf-8?B?S2VzdHJlbA==?=!", "[A]Kestrel!");
        check("a =?utf-8?Q??= b", "a  b");
        check("=?utf-8?Q?a=C3?=\n =?UTF-8?Q?=A9b?=", "aéb");
        check("=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé");
        check("=?iso-8859-1*fr?q?=E9_t=E9?=", "é té");
        check("=?koi8-r?B?8NLJ18XU?=", "Привет");
        check("=?utf-8?X?a?= =?utf-8?Q?b", "=?utf-8?X?a?= =?utf-8?Q?b");
        check("=?utf-8?Q?100=?=", "100=");
        check("=?", "=?");
        check("", "");
    }
}
