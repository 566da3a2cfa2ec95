//! CSV (RFC 4180): the JSON keys as header, lists joined by `; `.

use std::io::{self, Write};

use serde_json::Value;

use super::Row;

pub(super) fn header(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    write(row.0.iter().map(|(key, _)| (*key).to_owned()), out)
}

pub(super) fn line(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    write(row.0.iter().map(|(_, value)| cell(value)), out)
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

    #[test]
    fn commas_and_line_ends_are_quoted() {
        let mut out = Vec::new();
        line(&Row::default().with("a", "x, \"y\"\nz").with("b", Value::Null), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\"x, \"\"y\"\"\nz\",\n");
    }
}
