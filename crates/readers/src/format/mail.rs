//! Mail: single messages (EML, Maildir, Usenet articles) and mailboxes. One article a message; attachments are files of their own.

use crate::detect::{Confidence, Sample};

pub(crate) mod eml;
mod encoded_word;
mod flowed;
pub(crate) mod mbox;
mod message;
mod newsletter;

/// Headers that hardly anything but mail has, in lower case.
const OWN: &[&str] = &[
    "message-id",
    "received",
    "mime-version",
    "return-path",
    "delivered-to",
    "x-mailer",
    "user-agent",
    "content-transfer-encoding",
    "dkim-signature",
    "list-id",
    "list-unsubscribe",
    "in-reply-to",
    "references",
    "reply-to",
    "envelope-to",
    "newsgroups",
    "x-original-to",
    "authentication-results",
];

/// Headers that other texts may have too.
const SHARED: &[&str] = &["from", "to", "cc", "date", "subject", "sender", "content-type"];

/// How surely the bytes begin with the headers of a message.
fn headers(sample: &Sample<'_>, bytes: &[u8]) -> Confidence {
    let (mut own, mut shared) = (0, Vec::new());
    let mut lines = bytes.split(|&byte| byte == b'\n').peekable();
    let mut any = false;
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // The file, or what is seen of it, may end inside a header.
        let is_cut = lines.peek().is_none();
        if line.is_empty() || is_cut {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") || line.starts_with(b">From ") {
            continue;
        }
        let Some(name) = header_name(line) else { return Confidence::No };
        any = true;
        if OWN.contains(&&*name) {
            own += 1;
        } else if let Some(known) = SHARED.iter().find(|known| **known == name) {
            shared.push(*known);
        }
    }
    let has = |name: &str| shared.contains(&name);
    let named = sample.has_extension(&["eml", "emlx", "mht", "nws"]);
    if !any {
        Confidence::No
    } else if (own > 0 && !shared.is_empty()) || (named && own + shared.len() > 0) || own > 2 {
        Confidence::Certain
    } else if has("from") && has("subject") && (has("date") || has("to")) {
        Confidence::Likely
    } else {
        Confidence::No
    }
}

/// The name of a header, in lower case.
fn header_name(line: &[u8]) -> Option<String> {
    let colon = memchr::memchr(b':', line).filter(|&colon| (1..=60).contains(&colon))?;
    let name = line.get(..colon)?.trim_ascii_end();
    let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte));
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
