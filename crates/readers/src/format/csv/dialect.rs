//! How a table is written: its delimiter, quote and escape, told from the rows at its beginning.

use std::io::Cursor;

use super::columns;
use super::rows::{Quoted, Row, Rows};
use crate::detect::Sample;

/// Rows of cells.
pub(super) type Table = Vec<Vec<Vec<u8>>>;

/// How cells are parted and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    delimiter: u8,
    quote: u8,
    /// A backslash before a quote keeps the cell open; else a doubled quote does.
    backslash: bool,
}

/// Every dialect that is tried, the more usual ones first.
const DIALECTS: &[Dialect] = &{
    let mut dialects = [Dialect { delimiter: b',', quote: b'"', backslash: false }; 12];
    let delimiters = [b',', b';', b'\t', b'|'];
    let mut index = 0;
    while index < 12 {
        dialects[index].delimiter = delimiters[index % 4];
        dialects[index].backslash = index / 4 == 1;
        if index / 4 == 2 {
            dialects[index].quote = b'\'';
        }
        index += 1;
    }
    dialects
};

/// Rows that a dialect is judged by.
const ROWS: usize = 40;

impl Dialect {
    /// The dialect that makes the most regular table of a sample, and the whole rows of the sample in it.
    pub(super) fn of(sample: &Sample<'_>) -> (Self, Table) {
        let mut best: Option<(Score, Self, Table)> = None;
        for dialect in DIALECTS {
            let openings = dialect.openings(sample.bytes());
            // Rarer ways of writing want to be seen.
            if dialect.quote == b'\'' && openings == 0
                || dialect.backslash && memchr::memmem::find(sample.bytes(), b"\\\"").is_none()
            {
                continue;
            }
            let rows = dialect.first_rows(sample);
            let score = Score::of(*dialect, &rows, openings);
            if best.as_ref().is_none_or(|(known, ..)| score > *known) {
                let rows = rows.into_iter().filter_map(cells).collect();
                best = Some((score, *dialect, rows));
            }
        }
        match best {
            Some((_, dialect, rows)) => (dialect, rows),
            None => (Self { delimiter: b',', quote: b'"', backslash: false }, Vec::new()),
        }
    }

    /// How often a quote begins a cell, as far as that can be told without reading rows.
    fn openings(self, bytes: &[u8]) -> usize {
        let begins = |before: u8| matches!(before, b'\n' | b'\r') || before == self.delimiter;
        let inner = bytes.windows(2).filter(
            |pair| matches!(pair, [before, quote] if begins(*before) && *quote == self.quote),
        );
        inner.count() + usize::from(bytes.first() == Some(&self.quote))
    }

    fn first_rows(self, sample: &Sample<'_>) -> Vec<Row> {
        let mut bytes = sample.bytes().to_vec();
        if !bytes.contains(&b'\n') {
            bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        let limit = bytes.len() + 1;
        let mut stream = Cursor::new(bytes);
        let mut rows = Rows::new(&mut stream, self, limit, 0);
        let mut first = Vec::new();
        // A quote that never ends is enough to judge by: what follows it would be looked at in vain.
        while let Ok(Some(row)) = rows.next() {
            let open = row == Row::Open;
            first.push(row);
            if open || first.len() > ROWS {
                break;
            }
        }
        // The sample ends somewhere in a row.
        if !sample.is_whole() && first.len() > 1 {
            first.pop();
        }
        first
    }

    /// Whether a line that begins inside or outside a quoted cell ends inside one.
    pub(super) fn after(self, line: &[u8], quoted: Quoted) -> Quoted {
        let mut inside = quoted == Quoted::Yes;
        let mut at_start = !inside;
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if inside {
                if self.backslash && byte == b'\\' {
                    bytes.next();
                } else if byte == self.quote && bytes.next_if_eq(&self.quote).is_none() {
                    inside = false;
                }
            } else {
                inside = at_start && byte == self.quote;
                at_start = byte == self.delimiter;
            }
        }
        if inside { Quoted::Yes } else { Quoted::No }
    }

    /// The cells of one row.
    pub(super) fn cells(self, row: &[u8]) -> Vec<Vec<u8>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .quote(self.quote)
            .escape(self.backslash.then_some(b'\\'))
            .buffer_capacity(row.len().clamp(64, 8 << 10))
            .from_reader(row);
        let mut record = csv::ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Ok(true) => record.iter().map(<[u8]>::to_vec).collect(),
            _ => Vec::new(),
        }
    }
}

fn cells(row: Row) -> Option<Vec<Vec<u8>>> {
    match row {
        Row::Cells(cells) => Some(cells),
        Row::OverLimit | Row::Open => None,
    }
}

/// How well a dialect fits: known column names first, then regularity, then cells that are quoted, then columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    names: usize,
    /// Rows of the usual width, in thousandths of all.
    regular: usize,
    /// Cells that begin with the quote.
    openings: usize,
    columns: usize,
}

impl Score {
    fn of(dialect: Dialect, rows: &[Row], openings: usize) -> Self {
        let whole: Vec<&Vec<Vec<u8>>> = rows
            .iter()
            .filter_map(|row| if let Row::Cells(cells) = row { Some(cells) } else { None })
            .collect();
        let names = whole.first().map_or(0, |cells| columns::known(cells));
        let columns = usual_width(&whole);
        if columns < 2 {
            return Self { names, regular: 0, openings: 0, columns };
        }
        let other = if dialect.quote == b'"' { b'\'' } else { b'"' };
        let wrongly_quoted = |cell: &Vec<u8>| {
            cell.len() > 1 && cell.first() == Some(&other) && cell.last() == Some(&other)
                || dialect.backslash && cell.contains(&b'"') && !cell.contains(&b'\\')
                || !dialect.backslash && memchr::memmem::find(cell, b"\\\"").is_some()
        };
        let right = whole
            .iter()
            .filter(|cells| cells.len() == columns && !cells.iter().any(wrongly_quoted))
            .count();
        Self { names, regular: right * 1000 / rows.len().max(1), openings, columns }
    }
}

/// The number of cells that most rows have.
fn usual_width(rows: &[&Vec<Vec<u8>>]) -> usize {
    let count = |width: usize| rows.iter().filter(|cells| cells.len() == width).count();
    rows.iter().map(|cells| cells.len()).max_by_key(|width| (count(*width), *width)).unwrap_or(0)
}

/// Whether a file whose name does not say so begins with the names of columns: two known ones at least, a text or title among them, and no more
/// unknown ones; and the next row is as wide.
pub(super) fn has_header(sample: &Sample<'_>) -> bool {
    let end = sample.bytes().iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let Some(line) = end.and_then(|end| sample.bytes().get(..end)) else { return false };
    if line.len() > 1000 || !DIALECTS.iter().take(4).any(|dialect| names_columns(*dialect, line)) {
        return false;
    }
    let (_, rows) = Dialect::of(sample);
    let [first, rest @ ..] = rows.as_slice() else { return false };
    columns::known(first) >= 2 && rest.first().is_none_or(|second| second.len() == first.len())
}

fn names_columns(dialect: Dialect, line: &[u8]) -> bool {
    // Making a reader of a dialect costs more than the rest: every small text is asked.
    if !line.contains(&dialect.delimiter) {
        return false;
    }
    let cells = dialect.cells(line);
    let known = columns::known(&cells);
    known >= 2 && known * 2 >= cells.len()
}
