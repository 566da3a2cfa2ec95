//! CSV (RFC 4180): the JSON keys as header, lists joined by `; `. What steers a terminal becomes `�`, but for tabs and line ends; JSON keeps it, escaped.

use std::io::{self, Write};

use serde_json::Value;

use super::Row;
use crate::terminal::steers;

/// Signs by which spreadsheets tell a formula, also in the wide form that Japanese and Chinese ones take.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What becomes of cells that a spreadsheet would run as formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// They get an apostrophe in front.
    Defused,
    /// They stay.
    Raw,
}

pub(super) fn header(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    write(row.0.iter().map(|(key, _)| (*key).to_owned()), out)
}

pub(super) fn line(row: &Row, cells: Cells, out: &mut dyn Write) -> io::Result<()> {
    write(row.0.iter().map(|(_, value)| shown(value, cells)), out)
}

/// A value as it stands in the file. Numbers are no text and stay as they are.
fn shown(value: &Value, cells: Cells) -> String {
    let text = cell(value);
    let is_run = !value.is_number() && text.starts_with(FORMULA);
    let text = if is_run && cells == Cells::Defused { format!("'{text}") } else { text };
    let steers = |letter: char| steers(letter) && !matches!(letter, '\n' | '\r' | '\t');
    if text.contains(steers) { text.replace(steers, "\u{fffd}") } else { text }
}

fn write(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::from)?;
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&bytes)
}

/// A value as one cell: a span as `12-20`, an entity by its name, a date by its text.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => match values.as_slice() {
            [Value::Number(start), Value::Number(end)] => format!("{start}-{end}"),
            _ => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        },
        Value::Object(keys) => {
            let name = keys.get("name").or_else(|| keys.get("text"));
            name.map_or_else(|| keys.values().map(cell).collect::<Vec<_>>().join(", "), cell)
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_become_cells() {
        let check = |value: &Value, expected: &str| assert_eq!(cell(value), expected, "{value}");
        check(&json!(["Ann", "Ben"]), "Ann; Ben");
        check(&json!([[1, 5], [7, 9]]), "1-5; 7-9");
        check(&json!([{"name": "Kyiv", "lat": 50.4}]), "Kyiv");
        check(&json!({"place": "KYIV", "date": "--03-14"}), "KYIV, --03-14");
        check(&json!(null), "");
        check(&json!(2.5), "2.5");
    }

    /// B064.
    #[test]
    fn formulas_are_defused_and_numbers_stay_numbers() {
        for (value, defused) in [
            (json!("=SUM(1,1)&\"Tarvo\""), "'=SUM(1,1)&\"Tarvo\""),
            (json!("@mention row"), "'@mention row"),
            (json!("-5 degrees in Tarvo"), "'-5 degrees in Tarvo"),
            (json!("+1"), "'+1"),
            (json!("\t=1"), "'\t=1"),
            (json!("\r=1"), "'\r=1"),
            (json!("＝1"), "'＝1"),
            (json!(["=1", "b"]), "'=1; b"),
            (json!([{"text": "--03-14", "start": "--03-14"}]), "'--03-14"),
            (json!({"=a": 1}), "1"),
            (json!(-5), "-5"),
            (json!(-0.25), "-0.25"),
            (json!([[1, 5]]), "1-5"),
            (json!("a = b"), "a = b"),
            (json!("'=1"), "'=1"),
        ] {
            assert_eq!(shown(&value, Cells::Defused), defused, "{value}");
            assert_eq!(shown(&value, Cells::Raw), cell(&value), "{value}");
        }
        assert_eq!(shown(&json!("a\u{1b}[2J\u{9b}\tb"), Cells::Raw), "a\u{fffd}[2J\u{fffd}\tb");
    }

    #[test]
    fn commas_and_line_ends_are_quoted() {
        let mut out = Vec::new();
        let row = Row::default().with("a", "x, \"y\"\nz").with("b", Value::Null);
        line(&row, Cells::Defused, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\"x, \"\"y\"\"\nz\",\n");
    }
}
