//! Cuts a stream into JSON values: the elements of an array, or documents one after another. Only brackets and strings are looked at; whether a
//! value is valid is for the parser to say.

use std::io::{self, BufRead};

use crate::records::Record;

/// The values of a stream.
pub(super) struct Values<'a> {
    stream: &'a mut dyn BufRead,
    element_bytes: usize,
    document_bytes: usize,
    /// Inside the array that the stream consists of.
    in_array: bool,
}

/// The value being cut.
#[derive(Default)]
struct Cut {
    bytes: Vec<u8>,
    over: bool,
    depth: usize,
    text: Text,
    begun: bool,
}

/// Where in a string the cut stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Text {
    #[default]
    Outside,
    Inside,
    /// Behind a backslash.
    Escaped,
}

/// What a byte means for the value being cut.
#[derive(PartialEq, Eq)]
enum Step {
    /// It lies between values.
    Between,
    /// It belongs to the value.
    Inside,
    /// It is the value's last byte.
    Last,
    /// The value ended before it.
    Ended,
    /// It opens the array that the stream consists of.
    Opens,
    /// It closes that array.
    Closes,
}

impl<'a> Values<'a> {
    /// Elements of arrays are bounded by `element_bytes`, documents outside arrays by `document_bytes`.
    pub(super) fn new(
        stream: &'a mut dyn BufRead,
        element_bytes: usize,
        document_bytes: usize,
    ) -> Self {
        Self { stream, element_bytes, document_bytes, in_array: false }
    }

    /// The next value and the limit that held for it; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<(Record, usize)>> {
        let mut cut = Cut::default();
        loop {
            let block = match self.stream.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                block => block?,
            };
            if block.is_empty() {
                let limit = self.limit();
                return Ok(cut.begun.then(|| (cut.finish(Record::Cut), limit)));
            }
            let length = block.len();
            let (mut consumed, mut ended) = (length, false);
            let mut from = if cut.begun { Some(0) } else { None };
            let mut to = length;
            for (at, &byte) in block.iter().enumerate() {
                match cut.step(byte, self.in_array) {
                    Step::Between => {}
                    Step::Inside => {
                        from.get_or_insert(at);
                    }
                    Step::Last => {
                        from.get_or_insert(at);
                        (consumed, ended, to) = (at + 1, true, at + 1);
                        break;
                    }
                    Step::Ended => {
                        (consumed, ended, to) = (at, true, at);
                        break;
                    }
                    Step::Opens => self.in_array = true,
                    Step::Closes => self.in_array = false,
                }
            }
            let limit = if self.in_array { self.element_bytes } else { self.document_bytes };
            if let Some(piece) = from.and_then(|from| block.get(from..to)) {
                cut.take(piece, limit);
            }
            self.stream.consume(consumed);
            if ended {
                return Ok(Some((cut.finish(Record::Whole), limit)));
            }
        }
    }

    fn limit(&self) -> usize {
        if self.in_array { self.element_bytes } else { self.document_bytes }
    }
}

impl Cut {
    fn step(&mut self, byte: u8, in_array: bool) -> Step {
        if self.text != Text::Outside {
            self.text = match (self.text, byte) {
                (Text::Inside, b'\\') => Text::Escaped,
                (Text::Inside, b'"') => Text::Outside,
                _ => Text::Inside,
            };
            let last = self.text == Text::Outside && self.depth == 0;
            return if last { Step::Last } else { Step::Inside };
        }
        let outermost = self.depth == 0;
        match byte {
            b'[' if outermost && !self.begun && !in_array => return Step::Opens,
            b'{' | b'[' | b']' | b'}' | b'"' if outermost && self.begun => return Step::Ended,
            b'{' | b'[' => self.depth += 1,
            b']' if outermost => return Step::Closes,
            b'}' | b']' if !outermost => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b'"' => self.text = Text::Inside,
            b' ' | b'\t' | b'\n' | b'\r' | b',' if outermost => {
                return if self.begun { Step::Ended } else { Step::Between };
            }
            _ => {}
        }
        self.begun = true;
        Step::Inside
    }

    fn take(&mut self, piece: &[u8], limit: usize) {
        self.over |= self.bytes.len() + piece.len() > limit;
        if self.over {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(piece);
        }
    }

    fn finish(self, kind: fn(Vec<u8>) -> Record) -> Record {
        if self.over { Record::OverLimit } else { kind(self.bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        for capacity in [1, 2, 5, 1000] {
            let mut stream = BufReader::with_capacity(capacity, text.as_bytes());
            let mut values = Values::new(&mut stream, 8, 12);
            let mut found = Vec::new();
            while let Some((record, _)) = values.next().unwrap() {
                found.push(match record {
                    Record::Whole(bytes) => String::from_utf8(bytes).unwrap(),
                    Record::Cut(bytes) => format!("cut:{}", String::from_utf8(bytes).unwrap()),
                    Record::OverLimit => "over".to_owned(),
                });
            }
            assert_eq!(found, expected, "{text:?} {capacity}");
        }
    }

    #[test]
    fn elements_of_an_array() {
        check("[]", &[]);
        check(r#" [ {"a":1} , {"b":2}]"#, &[r#"{"a":1}"#, r#"{"b":2}"#]);
        check(r#"[1,"x",[2],null]"#, &["1", "\"x\"", "[2]", "null"]);
        check(r#"[{"]":1},{"a":"\"}"}]"#, &[r#"{"]":1}"#, "over"]);
        check(r#"[{"a":1},{"b""#, &[r#"{"a":1}"#, "cut:{\"b\""]);
        check(r#"[{"a":"long long"},{"b":2}]"#, &["over", r#"{"b":2}"#]);
    }

    #[test]
    fn documents_one_after_another() {
        check("{}\n{\"a\":1}{}", &["{}", "{\"a\":1}", "{}"]);
        check("[{}][{}]", &["{}", "{}"]);
        check("{\"a\":12345678}{}", &["over", "{}"]);
        check("}{}", &["}", "{}"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn every_byte_is_passed_once(text in "[\\[\\]{}\", \\\\a1]*") {
            let mut stream = BufReader::with_capacity(3, text.as_bytes());
            let mut values = Values::new(&mut stream, 1000, 1000);
            let mut count = 0;
            while values.next().unwrap().is_some() {
                count += 1;
                proptest::prop_assert!(count <= text.len());
            }
        }
    }
}
