//! Results as rows of named values, and the three forms in which they are printed.

mod bar;
pub(crate) mod chart;
pub(crate) mod collocate;
pub(crate) mod copies;
mod csv;
pub(crate) mod event;
pub(crate) mod facets;
pub(crate) mod hit;
pub(crate) mod json;
pub(crate) mod keyword;
pub(crate) mod record;
pub(crate) mod relation;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod timeline;

use std::io::{self, Write};

use serde_json::Value;

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
    /// A header and a line each.
    Csv,
    /// The same, with cells that a spreadsheet would run as formulas (`--format csv --raw-csv`).
    #[value(skip)]
    RawCsv,
}

impl Format {
    fn cells(self) -> Option<csv::Cells> {
        match self {
            Self::Csv => Some(csv::Cells::Defused),
            Self::RawCsv => Some(csv::Cells::Raw),
            Self::Text | Self::Json => None,
        }
    }
}

/// One result: its keys in the order of the output, `Null` where a value is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row(pub(crate) Vec<(&'static str, Value)>);

impl Row {
    /// Adds a value.
    pub(crate) fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((key, value.into()));
        self
    }
}

/// Prints rows in one of the forms made for programs.
pub(crate) struct Rows<'out> {
    format: Format,
    out: &'out mut dyn Write,
    has_header: bool,
}

impl<'out> Rows<'out> {
    pub(crate) fn new(format: Format, out: &'out mut dyn Write) -> Self {
        Self { format, out, has_header: false }
    }

    /// Prints one row.
    pub(crate) fn print(&mut self, row: &Row) -> io::Result<()> {
        let Some(cells) = self.format.cells() else { return json::line(row, self.out) };
        if !std::mem::replace(&mut self.has_header, true) {
            csv::header(row, self.out)?;
        }
        csv::line(row, cells, self.out)
    }

    /// Prints text for people, after an empty line where something went before.
    pub(crate) fn text(&mut self, text: &str, after_another: bool) -> io::Result<()> {
        write!(self.out, "{}{text}", if after_another { "\n" } else { "" })
    }

    /// Prints the header alone, where there was no row: `keys` are those that a row would have had.
    pub(crate) fn finish(&mut self, keys: &Row) -> io::Result<()> {
        if self.format.cells().is_some() && !std::mem::replace(&mut self.has_header, true) {
            csv::header(keys, self.out)?;
        }
        Ok(())
    }
}
