//! Cuts a stream into the rows of a table, holding one row at a time. The cells of a row are split by the `csv` crate; here is only what keeps a stray
//! quote from swallowing the rest of the file.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use super::dialect::Dialect;
use crate::records::{self, Record};

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Its cells, as many as the table has columns or not.
    Cells(Vec<Vec<u8>>),
    /// It is longer than the limit and was passed over.
    OverLimit,
    /// A quoted cell begins in it that never ends; only its first line was passed over.
    Open,
}

/// Bytes that may be looked at a second time, behind quotes that turned out to be stray, in one file.
const SECOND_LOOKS_BYTES: usize = 64 << 20;

/// The rows of a stream.
pub(super) struct Rows<'a> {
    stream: &'a mut dyn BufRead,
    dialect: Dialect,
    limit_bytes: usize,
    /// Columns that a row over several lines must have; 0 where that is not known.
    columns: usize,
    /// Lines that were taken for the inside of a cell and are not.
    again: VecDeque<Vec<u8>>,
    second_looks_bytes: usize,
    begun: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        stream: &'a mut dyn BufRead,
        dialect: Dialect,
        limit_bytes: usize,
        columns: usize,
    ) -> Self {
        Self {
            stream,
            dialect,
            limit_bytes,
            columns,
            again: VecDeque::new(),
            second_looks_bytes: SECOND_LOOKS_BYTES,
            begun: false,
        }
    }

    /// The next row that is not blank; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let mut length = 0_usize;
        let mut quoted = Quoted::No;
        loop {
            let line = match self.line()? {
                Some(Record::Whole(line) | Record::Cut(line)) => line,
                // A line that long is no line of a cell either: the row ends with it.
                Some(Record::OverLimit) => return Ok(Some(Row::OverLimit)),
                None if lines.is_empty() => return Ok(None),
                None => return Ok(Some(self.look_again(lines, Row::Open))),
            };
            if lines.is_empty() && line.trim_ascii().is_empty() {
                continue;
            }
            length += line.len() + 1;
            quoted = self.dialect.after(&line, quoted);
            lines.push(line);
            if length > self.limit_bytes {
                return Ok(Some(self.look_again(lines, Row::OverLimit)));
            }
            if quoted == Quoted::No {
                break;
            }
        }
        let cells = self.dialect.cells(&lines.join(&b'\n'));
        if lines.len() > 1 && self.columns > 0 && cells.len() != self.columns {
            return Ok(Some(self.look_again(lines, Row::Cells(cells))));
        }
        Ok(Some(Row::Cells(cells)))
    }

    /// Gives up the first of the lines as `row` and lets the others be read anew, as long as that stays cheap.
    fn look_again(&mut self, lines: Vec<Vec<u8>>, row: Row) -> Row {
        let length: usize = lines.iter().map(|line| line.len() + 1).sum();
        if let Some(left) = self.second_looks_bytes.checked_sub(length) {
            self.second_looks_bytes = left;
            for line in lines.into_iter().skip(1).rev() {
                self.again.push_front(line);
            }
        }
        row
    }

    fn line(&mut self) -> io::Result<Option<Record>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(Record::Whole(line)));
        }
        let mut record = records::line(self.stream, self.limit_bytes)?;
        if let Some(Record::Whole(line)) = &mut record {
            if !self.begun && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        }
        self.begun = true;
        Ok(record)
    }
}

/// Whether a line ends inside a quoted cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    No,
    Yes,
}

/// A stream in which carriage returns, the only line ends in it, are line feeds.
pub(super) struct CarriageReturns<'a>(pub(super) &'a mut dyn BufRead);

impl Read for CarriageReturns<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        for byte in buffer.iter_mut().take(count).filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
        Ok(count)
    }
}
