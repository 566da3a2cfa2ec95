//! One JSON object a line; what is not known is left out.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;

use super::Row;
use crate::terminal::steers;

pub(super) fn line(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{")?;
    let known = row.0.iter().filter(|(_, value)| !value.is_null());
    for (number, (key, value)) in known.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        write!(out, "{}:{}", Value::from(*key), escaped(value))?;
    }
    out.write_all(b"}\n")
}

/// `value` with what steers a terminal escaped, also where JSON itself would allow it: `\u009b` for one that a terminal takes for the beginning of a
/// sequence.
pub(crate) fn escaped(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(steers) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if steers(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_reads_back() {
        let value = Value::from("a\u{1b}[2J\u{9b}b\u{7f}\u{202e}\nc");
        let text = escaped(&value);
        assert!(!text.contains(steers), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn keys_keep_their_order_and_the_unknown_is_absent() {
        let row = Row::default().with("rank", 1).with("url", Value::Null).with("title", "a \"b\"");
        let mut out = Vec::new();
        line(&row, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"rank\":1,\"title\":\"a \\\"b\\\"\"}\n");
    }
}
