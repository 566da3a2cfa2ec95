//! Messages of teleprinter wires: IPTC 7901 and ANPA 1312. Control characters frame a header, a text and a date line; a file holds one or many.
//!
//! Bytes of a frame: start of heading (1), start of text (2), end of text (3), end of transmission (4). Sources: IPTC 7901 (1995), ANPA 1312 (1989), and
//! what agencies send.

use crate::detect::Sample;
use crate::draft::Draft;
use crate::found::Found;
use crate::input::Input;
use crate::records::{Between, Record};
use crate::skip::{Fault, Halt};
use crate::{characters, encoding};

mod anpa;
mod iptc;

pub(crate) use anpa::Anpa1312;
pub(crate) use iptc::Iptc7901;

/// Bytes in which the start of the text must come.
const HEADING_BYTES: usize = 500;

/// A message, its frame taken off.
struct Message<'a> {
    heading: &'a str,
    text: &'a str,
    /// What stands behind the text: when it was sent.
    end: &'a str,
}

/// The bytes of the first heading, where a file begins with a frame: idle characters may come before.
fn heading<'a>(sample: &Sample<'a>) -> Option<&'a [u8]> {
    let bytes = sample.bytes();
    let idle = |byte: &u8| matches!(byte, 0 | 0x16 | 0x7f | b'\r' | b'\n' | b' ');
    let start = bytes.iter().position(|byte| !idle(byte))?;
    let framed = bytes.get(start..)?.strip_prefix(b"\x01")?;
    let within = framed.get(..HEADING_BYTES).unwrap_or(framed);
    let length = memchr::memchr(2, within)?;
    framed.get(..length)
}

/// Reads a file's messages one by one.
fn read(
    input: &mut Input<'_>,
    found: &mut Found<'_>,
    draft: impl Fn(&Message<'_>) -> Draft,
) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let mut records = Between::new(input.stream(), "\x01", "\x04", limit);
    while let Some(record) = records.next()? {
        let (bytes, whole) = match record {
            Record::Whole(bytes) => (bytes, true),
            Record::Cut(bytes) => (bytes, false),
            Record::OverLimit => {
                found.skip(None, Fault::over_limit("the message", limit as u64))?;
                continue;
            }
        };
        let decoded = encoding::decode(bytes, None);
        let framed = decoded.text.trim_matches(['\x01', '\x04']);
        let Some((heading, rest)) = framed.split_once('\x02') else {
            found.skip(None, Fault::malformed("the message has no start of text"))?;
            continue;
        };
        let Some((text, end)) = rest.split_once('\x03') else {
            let why = if whole {
                "the message has no end of text"
            } else {
                "the file ends inside the message"
            };
            found.skip(None, Fault::malformed(why))?;
            continue;
        };
        let (heading, text, end) =
            (characters::clean(heading), characters::clean(text), characters::clean(end));
        let mut draft = draft(&Message { heading: &heading, text: &text, end: &end });
        draft.warnings.extend(decoded.warning);
        found.article(draft)?;
    }
    Ok(())
}

/// A year of two digits: 50 to 99 are of the last century (RFC 2822).
fn whole_year(digits: &str) -> Option<String> {
    let year: u16 = digits.parse().ok().filter(|_| digits.len() == 2)?;
    Some((if year < 50 { 2000 + year } else { 1900 + year }).to_string())
}

#[cfg(test)]
mod tests;
