//! JSON Lines: one article a line. A bad line is one article skipped; memory holds one line at a time.

use serde_json::Value;

use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::records::{self, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};

use super::json;

/// Reader of JSON Lines.
pub(crate) struct JsonLines;

impl Reader for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let head = sample.head();
        if !json::begins_object(head) {
            return Confidence::No;
        }
        let named = sample.has_extension(&["jsonl", "ndjson", "jsonlines", "jl"]);
        let mut lines = head.splitn(2, |&byte| byte == b'\n');
        let first = lines.next().unwrap_or_default().trim_ascii_end();
        let whole_first = serde_json::from_slice::<Value>(first).is_ok();
        let more = lines.next().is_some_and(|rest| json::begins_object(rest.trim_ascii_start()));
        match (whole_first, more, named) {
            (true, true, _) => Confidence::Certain,
            // The first line may be broken, or longer than the sample; a lone brace is a document over many lines.
            (_, _, true) if first != b"{" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = input.limits().record_bytes;
        while let Some(record) = records::line(input.stream(), limit)? {
            match record {
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the line", limit as u64))?;
                }
                Record::Whole(line) | Record::Cut(line) => {
                    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
                    if !line.is_empty() {
                        json::emit(line.to_vec(), found)?;
                    }
                }
            }
        }
        Ok(())
    }
}
