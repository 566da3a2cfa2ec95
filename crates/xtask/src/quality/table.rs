//! A table in Markdown, its columns made even so that it reads well in a terminal too.

use std::fmt::{self, Display};

/// Rows of cells under a header; the first column is text, the others are figures.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

/// `.734`, as shares are written: three digits, no zero before the point.
pub(super) fn share(of: f64) -> String {
    let text = format!("{of:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// A part of a whole, 0 of nothing.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of labels are far below 2^52")]
    let (part, whole) = (part as f64, whole.max(1) as f64);
    part / whole
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(3)
        };
        let columns = self.rows.first().map_or(0, Vec::len);
        for (number, row) in self.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let width = width(column);
                if column == 0 {
                    write!(f, "| {cell:<width$} |")?;
                } else {
                    write!(f, " {cell:>width$} |")?;
                }
            }
            writeln!(f)?;
            if number == 0 {
                for column in 0..columns {
                    let line = "-".repeat(width(column) - usize::from(column > 0));
                    write!(
                        f,
                        "{}",
                        if column == 0 { format!("| {line} |") } else { format!(" {line}: |") }
                    )?;
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_even() {
        let mut table = Table::new(&["set", "F1"]);
        table.row(vec!["Köln".to_owned(), share(0.5)]);
        table.row(vec!["a".to_owned(), share(1.0)]);
        assert_eq!(
            table.to_string(),
            "| set  |    F1 |\n| ---- | ----: |\n| Köln |  .500 |\n| a    | 1.000 |\n"
        );
    }

    #[test]
    fn shares() {
        assert_eq!(share(0.0), ".000");
        assert_eq!(share(ratio(2, 3)), ".667");
        assert_eq!(share(ratio(0, 0)), ".000");
    }
}
