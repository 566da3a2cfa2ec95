//! One JSON object a line; what is not known is left out.

use std::io::{self, Write};

use serde_json::Value;

use super::Row;

pub(super) fn line(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{")?;
    let known = row.0.iter().filter(|(_, value)| !value.is_null());
    for (number, (key, value)) in known.enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        write!(out, "{}:{value}", Value::from(*key))?;
    }
    out.write_all(b"}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_the_unknown_is_absent() {
        let row = Row::default().with("rank", 1).with("url", Value::Null).with("title", "a \"b\"");
        let mut out = Vec::new();
        line(&row, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"rank\":1,\"title\":\"a \\\"b\\\"\"}\n");
    }
}
