//! Tables of articles: CSV and TSV, one article a row.
//!
//! Delimiter, quote, escape and header are told from the beginning of the file. Columns are known by the names that JSON keys have; a table without
//! a header gives only what its columns show beyond doubt. Tables that hold no articles, such as GDELT's events, are refused as a whole.

use crate::detect::{Confidence, Sample};
use crate::encoding;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

mod columns;
mod dialect;
mod gdelt;
mod rows;

use columns::Columns;
use dialect::Dialect;
use rows::{CarriageReturns, Row, Rows};

/// Reader of CSV and TSV.
pub(crate) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if sample.is_binary() || sample.is_markup() {
            return Confidence::No;
        }
        if sample.has_extension(&["csv", "tsv", "tab"]) || dialect::has_header(sample) {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = input.limits().record_bytes;
        let sample = input.sample();
        let label = encoding::legacy(sample.bytes());
        let old_lines = sample.bytes().contains(&b'\r') && !sample.bytes().contains(&b'\n');
        let (dialect, first) = Dialect::of(&sample);
        let columns = Columns::of(&first, label, found.map())?;
        // The rows at the beginning tell how all write their dates.
        columns.orders(&first).for_each(|order| found.note_order(order));
        let mut converted;
        let stream: &mut dyn std::io::BufRead = if old_lines {
            converted = std::io::BufReader::new(CarriageReturns(input.stream()));
            &mut converted
        } else {
            input.stream()
        };
        let mut rows = Rows::new(stream, dialect, limit, columns.count());
        if columns.has_header() {
            rows.next()?;
        }
        while let Some(row) = rows.next()? {
            match row {
                Row::Cells(cells) => match columns.draft(&cells, label) {
                    Ok(Some(draft)) => found.article(draft)?,
                    Ok(None) => {}
                    Err(fault) => found.skip(None, fault)?,
                },
                Row::OverLimit => found.skip(None, Fault::over_limit("the row", limit as u64))?,
                Row::Open => {
                    found.skip(None, Fault::new(Reason::Malformed, "a quoted cell never ends"))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
