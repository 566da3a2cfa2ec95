//! Cuts an archive into records: a block of headers and as many bytes as it says. A record of ARC, one line of five words, is given the headers that a
//! record of WARC would have.

use std::io::{self, BufRead, Read};

use crate::characters;
use crate::encoding;
use crate::records;
use crate::skip::{Fault, Reason};

/// Bytes of one header, and headers of one record, at most.
const LONGEST_HEADER_BYTES: usize = 64 << 10;
const MOST_HEADERS: usize = 200;

/// Failures of the stream one after another that are taken for damage of single records.
const MOST_FAILURES: usize = 100;

/// The headers of a record.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Names in lower case.
    headers: Vec<(String, String)>,
    length: u64,
}

/// The content of a record.
pub(super) enum Content {
    Whole(Vec<u8>),
    /// It is too long, or the stream breaks off in it.
    Fault(Fault),
}

impl Record {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address captured. Some programs write it in angle brackets.
    pub(super) fn url(&self) -> Option<&str> {
        self.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']))
    }

    /// Reads the line that begins a record of ARC: address, host, date, type, length, and in later versions more between.
    fn of_arc(line: &str) -> Option<Self> {
        let mut words = line.rsplitn(2, ' ');
        let length = words.next()?.parse().ok()?;
        let rest = words.next()?;
        let date_at = rest.match_indices(' ').find_map(|(at, _)| {
            let word = rest.get(at + 1..)?.split(' ').next()?;
            let is_date =
                (14..=18).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
            is_date.then_some((at, word))
        });
        let (at, date) = date_at?;
        let (url, _host) = rest.get(..at)?.rsplit_once(' ')?;
        let content_type = rest.get(at + 1 + date.len()..)?.split_whitespace().next()?;
        let kind = if url.starts_with("http") { "response" } else { "warcinfo" };
        let (day, clock) = (date.get(..8)?, date.get(8..14)?);
        let headers = [
            ("warc-type", kind),
            ("warc-target-uri", url),
            ("content-type", content_type),
            ("warc-date", &format!("{day}T{clock}Z")),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Some(Self { headers, length })
    }
}

/// The records of a stream.
pub(super) struct Records<'s> {
    stream: &'s mut dyn BufRead,
    /// Bytes read so far.
    offset: u64,
    /// Between records: what is no record is told once.
    lost: bool,
    failures: usize,
}

impl<'s> Records<'s> {
    pub(super) fn new(stream: &'s mut dyn BufRead) -> Self {
        Self { stream, offset: 0, lost: false, failures: 0 }
    }

    /// The next record; a `malformed` fault for each stretch that is none; any other where nothing more can be read.
    pub(super) fn next(&mut self) -> Option<Result<Record, Fault>> {
        loop {
            let offset = self.offset;
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(error) => {
                    let told = self.lost;
                    let fault = self.failure(error);
                    if told && fault.reason == Reason::Malformed {
                        continue;
                    }
                    return Some(Err(fault));
                }
            };
            if line.is_empty() {
                continue;
            }
            if line.starts_with("WARC/") {
                self.lost = false;
                return Some(self.headers(offset));
            }
            if let Some(record) = Record::of_arc(&line) {
                self.lost = false;
                return Some(Ok(record));
            }
            if !self.lost {
                self.lost = true;
                let detail = format!("no record begins at byte {offset}");
                return Some(Err(Fault::malformed(detail)));
            }
        }
    }

    /// What to say of a failure: that of a damaged member of gzip passes, one that comes again and again stays.
    fn failure(&mut self, error: io::Error) -> Fault {
        self.failures += 1;
        self.lost = true;
        let fault = Fault::from(error);
        let passes = self.failures <= MOST_FAILURES;
        if passes {
            Fault::malformed(fault.detail)
        } else {
            Fault { reason: Reason::Unreadable, ..fault }
        }
    }

    fn headers(&mut self, offset: u64) -> Result<Record, Fault> {
        let mut record = Record::default();
        loop {
            let line = self.line().map_err(|error| self.failure(error))?;
            let line = line.ok_or_else(|| Fault::malformed("the archive ends inside a header"))?;
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = record.headers.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':')
                && record.headers.len() < MOST_HEADERS
            {
                let value = characters::one_line(value).unwrap_or_default();
                record.headers.push((name.trim().to_ascii_lowercase(), value));
            }
        }
        let length = record.get("content-length").and_then(|length| length.parse().ok());
        record.length = length.ok_or_else(|| {
            self.lost = true;
            Fault::malformed(format!("the record at byte {offset} does not say how long it is"))
        })?;
        Ok(record)
    }

    /// The content of the record whose headers came last.
    pub(super) fn content(&mut self, record: &Record, limit_bytes: usize) -> Content {
        if record.length > limit_bytes as u64 {
            let passed = self.pass_over(record);
            let fault = Fault::over_limit("the record", limit_bytes as u64);
            return Content::Fault(passed.err().unwrap_or(fault));
        }
        let mut bytes = Vec::new();
        let read = (&mut *self.stream).take(record.length).read_to_end(&mut bytes);
        match self.whole(record, read.map(|count| count as u64), bytes.len() as u64) {
            Ok(()) => Content::Whole(bytes),
            Err(fault) => Content::Fault(fault),
        }
    }

    /// Passes over the content of the record whose headers came last.
    pub(super) fn pass_over(&mut self, record: &Record) -> Result<(), Fault> {
        let mut content = (&mut *self.stream).take(record.length);
        let passed = io::copy(&mut content, &mut io::sink());
        let count = record.length - content.limit();
        self.whole(record, passed, count)
    }

    fn whole(&mut self, record: &Record, read: io::Result<u64>, count: u64) -> Result<(), Fault> {
        self.offset += count;
        match read {
            Err(error) => Err(self.failure(error)),
            Ok(_) if count < record.length => {
                Err(Fault::malformed("the archive ends inside the record"))
            }
            Ok(_) => {
                self.failures = 0;
                Ok(())
            }
        }
    }

    /// The next line without its end; one that is too long is no header, and comes as a full stop.
    fn line(&mut self) -> io::Result<Option<String>> {
        let line = records::line(self.stream, LONGEST_HEADER_BYTES)?;
        Ok(line.map(|line| match line {
            records::Record::Whole(bytes) | records::Record::Cut(bytes) => {
                self.offset += bytes.len() as u64 + 1;
                encoding::decode(bytes, None).text.trim_end_matches('\r').to_owned()
            }
            records::Record::OverLimit => ".".to_owned(),
        }))
    }
}
