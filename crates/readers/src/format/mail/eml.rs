//! One message in a file: EML, a file of a Maildir, an article of a news spool, and Apple's emlx.

use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

use super::message;

/// Reader of single messages.
pub(crate) struct Eml;

impl Reader for Eml {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let (_, bytes) = without_length(sample.bytes());
        super::headers(sample, bytes.trim_ascii_start())
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let bytes = input.bytes()?;
        let (length, message) = without_length(&bytes);
        let message = length.and_then(|length| message.get(..length)).unwrap_or(message);
        let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message);
        // Blank lines that came in by a paste would end the headers before they begin.
        message::emit(message.trim_ascii_start(), "", found)
    }
}

/// In emlx the first line is the message's length, and a property list follows it.
fn without_length(bytes: &[u8]) -> (Option<usize>, &[u8]) {
    let end = memchr::memchr(b'\n', bytes.get(..20).unwrap_or(bytes));
    let Some((line, rest)) = end.and_then(|end| bytes.split_at_checked(end + 1)) else {
        return (None, bytes);
    };
    let length = std::str::from_utf8(line).ok().and_then(|line| line.trim().parse().ok());
    if length.is_some() { (length, rest) } else { (None, bytes) }
}
