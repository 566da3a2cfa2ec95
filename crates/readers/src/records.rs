//! Cuts streams into records without holding more than one: lines, and stretches between two markers.

use std::io::{self, BufRead};

/// One record of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// Its bytes.
    Whole(Vec<u8>),
    /// It is longer than the limit and was passed over.
    OverLimit,
    /// The stream ends inside it; its bytes so far.
    Cut(Vec<u8>),
}

/// The next line, without its end; `None` at the end of the stream.
pub(crate) fn line(stream: &mut dyn BufRead, limit_bytes: usize) -> io::Result<Option<Record>> {
    let mut line = Vec::new();
    let mut over = false;
    let mut any = false;
    loop {
        let block = match stream.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            block => block?,
        };
        if block.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', block);
        let piece = block.get(..end.unwrap_or(block.len())).unwrap_or_default();
        over |= line.len() + piece.len() > limit_bytes;
        if over {
            line = Vec::new();
        } else {
            line.extend_from_slice(piece);
        }
        let consumed = piece.len() + usize::from(end.is_some());
        stream.consume(consumed);
        if end.is_some() {
            break;
        }
    }
    Ok(any.then_some(if over { Record::OverLimit } else { Record::Whole(line) }))
}

/// Finds records that begin with `start` and end with `end`, both kept in the record.
///
/// A record in which another `start` comes before any `end` is closed there. Linear in the length of the stream.
pub(crate) struct Between<'a> {
    stream: &'a mut dyn BufRead,
    start: memchr::memmem::Finder<'static>,
    end: memchr::memmem::Finder<'static>,
    limit_bytes: usize,
    /// Bytes read and not yet thrown away.
    buffer: Vec<u8>,
    /// Where in `buffer` what is not yet given out begins.
    begin: usize,
    ended: bool,
}

/// Bytes given out at which `buffer` is shortened.
const SHORTEN_BYTES: usize = 256 << 10;

impl<'a> Between<'a> {
    pub(crate) fn new(
        stream: &'a mut dyn BufRead,
        start: &'static str,
        end: &'static str,
        limit_bytes: usize,
    ) -> Self {
        Self {
            stream,
            start: memchr::memmem::Finder::new(start),
            end: memchr::memmem::Finder::new(end),
            limit_bytes,
            buffer: Vec::new(),
            begin: 0,
            ended: false,
        }
    }

    /// The next record; `None` behind the last.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record>> {
        if !self.seek_start()? {
            return Ok(None);
        }
        let start_length = self.start.needle().len();
        let overlap = start_length.max(self.end.needle().len()) - 1;
        // Bytes behind `begin` that hold no marker.
        let mut searched = start_length;
        let mut over = false;
        loop {
            let unseen = self.pending().get(searched..).unwrap_or_default();
            let ending = self.end.find(unseen).map(|at| at + self.end.needle().len());
            let head = unseen.get(..ending.unwrap_or(unseen.len())).unwrap_or_default();
            if let Some(length) = self.start.find(head).or(ending) {
                let record = self.give_out(searched + length);
                over |= record.len() > self.limit_bytes;
                return Ok(Some(if over { Record::OverLimit } else { Record::Whole(record) }));
            }
            searched = searched.max(self.pending().len().saturating_sub(overlap));
            if over || self.pending().len() > self.limit_bytes {
                over = true;
                self.begin += searched;
                searched = 0;
            }
            if !self.fill()? {
                let record = self.give_out(self.pending().len());
                return Ok(Some(if over { Record::OverLimit } else { Record::Cut(record) }));
            }
        }
    }

    fn pending(&self) -> &[u8] {
        self.buffer.get(self.begin..).unwrap_or_default()
    }

    fn give_out(&mut self, length: usize) -> Vec<u8> {
        let record = self.pending().get(..length).unwrap_or_default().to_vec();
        self.begin += record.len();
        record
    }

    /// Passes over what stands before the next start; whether there is one.
    fn seek_start(&mut self) -> io::Result<bool> {
        loop {
            if let Some(at) = self.start.find(self.pending()) {
                self.begin += at;
                return Ok(true);
            }
            let kept = self.start.needle().len() - 1;
            self.begin += self.pending().len().saturating_sub(kept);
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.begin > SHORTEN_BYTES || self.begin == self.buffer.len() {
            self.buffer.drain(..self.begin);
            self.begin = 0;
        }
        while !self.ended {
            match self.stream.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(block) => {
                    self.buffer.extend_from_slice(block);
                    let length = block.len();
                    self.ended = length == 0;
                    self.stream.consume(length);
                    return Ok(!self.ended);
                }
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn shown(record: Record) -> String {
        match record {
            Record::Whole(bytes) => String::from_utf8(bytes).unwrap(),
            Record::Cut(bytes) => format!("cut:{}", String::from_utf8(bytes).unwrap()),
            Record::OverLimit => "over".to_owned(),
        }
    }

    #[test]
    fn lines_of_any_length() {
        let check = |text: &str, expected: &[&str]| {
            for capacity in [1, 3, 100] {
                let mut stream = BufReader::with_capacity(capacity, text.as_bytes());
                let mut lines = Vec::new();
                while let Some(record) = line(&mut stream, 5).unwrap() {
                    lines.push(shown(record));
                }
                assert_eq!(lines, expected, "{text:?} {capacity}");
            }
        };
        check("", &[]);
        check("\n", &[""]);
        check("one\n\ntwo", &["one", "", "two"]);
        check("one\nmuch too long\nthree\n", &["one", "over", "three"]);
        check("12345\n123456", &["12345", "over"]);
    }

    #[test]
    fn records_between_markers() {
        let check = |text: &str, expected: &[&str]| {
            for capacity in [1, 2, 7, 100] {
                let mut stream = BufReader::with_capacity(capacity, text.as_bytes());
                let mut records = Between::new(&mut stream, "<D", "</D>", 12);
                let mut found = Vec::new();
                while let Some(record) = records.next().unwrap() {
                    found.push(shown(record));
                }
                assert_eq!(found, expected, "{text:?} {capacity}");
            }
        };
        check("", &[]);
        check("no record </D>", &[]);
        check("x<D>1</D>y<D>2</D>z", &["<D>1</D>", "<D>2</D>"]);
        check("<D>1<D>2</D>", &["<D>1", "<D>2</D>"]);
        check("<D>1</D><D>2", &["<D>1</D>", "cut:<D>2"]);
        check("<D>123456789012345</D><D>2</D>", &["over", "<D>2</D>"]);
        check("<D>1234567890123456789", &["over"]);
        check("<D>1234567890123456789<D>2</D>", &["over", "<D>2</D>"]);
    }
}
