//! Mailboxes: messages one after another, each behind a line `From SENDER DATE`. All four ways of quoting that are in use (mboxo, mboxrd, mboxcl,
//! mboxcl2) are read; one message at a time is in memory.
//!
//! "From" begins a message only where a sender and a date follow it and a header stands in the next line: "From memory, the minister said" does
//! not. A `Content-Length` is believed where it leads to the end of the message, and only then hides lines that look like a beginning.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use dateline_article::calendar;

use super::{header_name, message};
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::records::{self, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};

/// Reader of mailboxes.
pub(crate) struct Mbox;

impl Reader for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let mut lines = sample.head().split(|&byte| byte == b'\n');
        let begins = lines.next().is_some_and(begins_message);
        if begins && lines.next().is_some_and(is_header) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = usize::try_from(input.limits().file_bytes).unwrap_or(usize::MAX);
        let mut messages = Messages::new(input.stream(), limit);
        while let Some(record) = messages.next()? {
            match record {
                Record::Whole(bytes) | Record::Cut(bytes) => {
                    message::emit(&unquoted(bytes), "mail/", found)?;
                }
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the message", limit as u64))?;
                }
            }
        }
        Ok(())
    }
}

/// Cuts a mailbox into messages, each without the line that begins it.
struct Messages<'s> {
    stream: &'s mut dyn BufRead,
    limit_bytes: usize,
    /// A line read ahead.
    held: Option<Record>,
    /// Messages that a wrong length had joined.
    ready: VecDeque<Vec<u8>>,
    begun: bool,
}

/// A message being collected.
#[derive(Default)]
struct Current {
    bytes: Vec<u8>,
    /// Where the body begins, once it does.
    body: Option<usize>,
    content_length: Option<usize>,
    /// Where lines stand that would begin a message if the length were wrong.
    doubtful: Vec<usize>,
    over: bool,
}

impl<'s> Messages<'s> {
    fn new(stream: &'s mut dyn BufRead, limit_bytes: usize) -> Self {
        Self { stream, limit_bytes, held: None, ready: VecDeque::new(), begun: false }
    }

    fn next(&mut self) -> io::Result<Option<Record>> {
        if let Some(bytes) = self.ready.pop_front() {
            return Ok(Some(Record::Whole(bytes)));
        }
        let mut current = Current::default();
        let mut any = std::mem::take(&mut self.begun);
        while let Some(line) = self.line()? {
            let Record::Whole(line) = line else {
                current.over = true;
                any = true;
                continue;
            };
            if begins_message(&line) && self.header_follows()? {
                if !any || (current.bytes.is_empty() && !current.over) {
                    any = true;
                    continue;
                }
                if !current.is_inside_length() {
                    self.begun = true;
                    break;
                }
                current.doubtful.push(current.bytes.len());
            } else if !any && line.trim_ascii().is_empty() {
                continue;
            }
            any = true;
            self.append(&mut current, &line);
        }
        Ok(any.then(|| self.finish(current)))
    }

    fn append(&mut self, current: &mut Current, line: &[u8]) {
        if current.bytes.len() + line.len() >= self.limit_bytes {
            if current.doubtful.is_empty() {
                current.over = true;
                current.bytes = Vec::new();
            } else {
                // The length leads nowhere: what it had joined is parted, and the last piece goes on.
                let mut pieces = current.parted();
                current.bytes = pieces.pop_back().unwrap_or_default();
                current.content_length = None;
                self.ready.append(&mut pieces);
            }
        }
        if current.over {
            return;
        }
        let content = line.strip_suffix(b"\r").unwrap_or(line);
        if current.body.is_none() {
            if let Some((name, value)) = content.split_at_checked(15)
                && name.eq_ignore_ascii_case(b"content-length:")
            {
                let length =
                    std::str::from_utf8(value).ok().and_then(|text| text.trim().parse().ok());
                current.content_length = length;
            }
            if content.is_empty() {
                current.body = Some(current.bytes.len() + line.len() + 1);
            }
        }
        current.bytes.extend_from_slice(line);
        current.bytes.push(b'\n');
    }

    fn finish(&mut self, mut current: Current) -> Record {
        if !current.doubtful.is_empty() && !current.length_is_right() {
            let mut pieces = current.parted();
            self.ready.append(&mut pieces);
            current.bytes = Vec::new();
        }
        if let Some(first) = self.ready.pop_front() {
            if !current.bytes.is_empty() {
                self.ready.push_back(current.bytes);
            }
            return Record::Whole(first);
        }
        if current.over { Record::OverLimit } else { Record::Whole(current.bytes) }
    }

    fn line(&mut self) -> io::Result<Option<Record>> {
        if let Some(line) = self.held.take() {
            return Ok(Some(line));
        }
        records::line(self.stream, self.limit_bytes)
    }

    fn header_follows(&mut self) -> io::Result<bool> {
        if self.held.is_none() {
            self.held = records::line(self.stream, self.limit_bytes)?;
        }
        Ok(matches!(&self.held, Some(Record::Whole(line)) if is_header(line)))
    }
}

impl Current {
    /// Bytes of the body so far.
    fn body_bytes(&self) -> usize {
        self.body.map_or(0, |body| self.bytes.len().saturating_sub(body))
    }

    fn is_inside_length(&self) -> bool {
        self.content_length.is_some_and(|length| self.body.is_some() && self.body_bytes() < length)
    }

    /// Whether the body ended where its length says, give or take the blank line between messages.
    fn length_is_right(&self) -> bool {
        let beyond = self.content_length.and_then(|length| self.body_bytes().checked_sub(length));
        beyond.is_some_and(|beyond| beyond <= 4)
    }

    /// The messages that the doubtful lines begin.
    fn parted(&mut self) -> VecDeque<Vec<u8>> {
        let mut pieces = VecDeque::new();
        let mut rest = std::mem::take(&mut self.bytes);
        for at in std::mem::take(&mut self.doubtful).into_iter().rev() {
            let piece = rest.split_off(at.min(rest.len()));
            let line = memchr::memchr(b'\n', &piece).map_or(piece.len(), |end| end + 1);
            pieces.push_front(piece.get(line..).unwrap_or_default().to_vec());
        }
        pieces.push_front(rest);
        pieces
    }
}

/// Whether a line is `From`, a sender, and a date such as `Thu Mar 14 09:30:00 2024`, with zones and comments anywhere between.
fn begins_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let text = String::from_utf8_lossy(rest.get(..300).unwrap_or(rest));
    let words: Vec<&str> =
        text.split([' ', '\t', '\r', ',']).filter(|word| !word.is_empty()).collect();
    let is_day =
        |word: &str| word.len() == 3 && DAYS.iter().any(|day| word.eq_ignore_ascii_case(day));
    words.iter().position(|word| is_day(word)).is_some_and(|at| {
        let date = words.get(at + 1..).unwrap_or_default();
        let has = |test: &dyn Fn(&str) -> bool| date.iter().any(|word| test(word));
        has(&|word| calendar::month(&word.to_lowercase()).is_some())
            && has(&|word| {
                word.contains(':') && word.starts_with(|sign: char| sign.is_ascii_digit())
            })
            && has(&|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Whether a line can be the first header of a message.
fn is_header(line: &[u8]) -> bool {
    header_name(line).is_some() || line.starts_with(b">From ")
}

/// The message with one `>` less before each `>From `, `>>From ` and so on.
fn unquoted(bytes: Vec<u8>) -> Vec<u8> {
    if memchr::memmem::find(&bytes, b">From ").is_none() {
        return bytes;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let after = line.iter().position(|&byte| byte != b'>').unwrap_or(line.len());
        let quoted = after > 0 && line.get(after..).is_some_and(|rest| rest.starts_with(b"From "));
        plain.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    plain
}

#[cfg(test)]
mod tests;
