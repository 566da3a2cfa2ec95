//! JSON: one article, an array of articles, a wrapper round such an array, or several documents one after another.
//!
//! Arrays are read element by element. Keys are those of [`fields`](crate::fields); ninjs has its own reading.

use serde_json::{Map, Value};

use crate::detect::{Confidence, Sample};
use crate::encoding;
use crate::field_map::FieldMap;
use crate::found::Found;
use crate::input::Input;
use crate::records::Record;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

mod feed;
mod ninjs;
pub(in crate::format) mod record;
mod values;

/// Reader of JSON documents.
pub(crate) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let head = sample.head();
        let array = head.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
        let articles = array.is_some_and(|first| begins_object(first) || first.starts_with(b"]"));
        if begins_object(head) || articles {
            Confidence::Certain
        } else if sample.has_extension(&["json"])
            && (head.starts_with(b"{") || head.starts_with(b"["))
        {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document_bytes = usize::try_from(limits.file_bytes).unwrap_or(usize::MAX);
        let mut values = values::Values::new(input.stream(), limits.record_bytes, document_bytes);
        while let Some((record, limit)) = values.next()? {
            match record {
                Record::Whole(bytes) => emit(bytes, found)?,
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the value", limit as u64))?;
                }
                Record::Cut(_) => {
                    found.skip(None, Fault::malformed("the file ends inside a value"))?;
                }
            }
        }
        Ok(())
    }
}

/// Whether bytes begin as an object does.
pub(super) fn begins_object(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"{")
        .map(<[u8]>::trim_ascii_start)
        .is_some_and(|inner| inner.starts_with(b"\"") || inner.starts_with(b"}"))
}

/// Reads one JSON value and hands on the article or articles in it.
pub(super) fn emit(bytes: Vec<u8>, found: &mut Found<'_>) -> Result<(), Halt> {
    let decoded = encoding::decode(bytes, None);
    let object = match serde_json::from_str(&decoded.text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            return found.skip(None, Fault::malformed("not an object with an article's fields"));
        }
        Err(error) => {
            return found.skip(None, Fault::malformed(format!("not valid JSON: {error}")));
        }
    };
    if is_schema(&object) {
        let fault = Fault::new(Reason::UnknownFormat, "a JSON Schema describes data and has none");
        return found.skip(None, fault);
    }
    let mut warning = decoded.warning;
    if let Some(items) = feed::items(&object) {
        for item in items {
            found.article(with_warning(feed::draft(&object, item), warning.take()))?;
        }
        return Ok(());
    }
    let Some(articles) = wrapped(&object, found.map(), 0) else {
        return found.article(with_warning(read_object(&object, found.map()), warning));
    };
    for value in articles {
        match value {
            Value::Object(object) => {
                found.article(with_warning(read_object(object, found.map()), warning.take()))?;
            }
            _ => found.skip(None, Fault::malformed("not an object with an article's fields"))?,
        }
    }
    Ok(())
}

fn with_warning(mut draft: crate::draft::Draft, warning: Option<String>) -> crate::draft::Draft {
    draft.warnings.extend(warning);
    draft
}

fn read_object(object: &Map<String, Value>, map: &FieldMap) -> crate::draft::Draft {
    item(object, map, 0).map_or_else(|| record::draft(object, map), ninjs::draft)
}

fn is_schema(object: &Map<String, Value>) -> bool {
    let dialect = object.get("$schema").and_then(Value::as_str);
    dialect.is_some_and(|dialect| dialect.contains("json-schema.org"))
}

/// The ninjs item that an object is, or that it wraps as agencies' interfaces do: `{"data": {"item": {…}}}`.
fn item<'a>(
    object: &'a Map<String, Value>,
    map: &FieldMap,
    depth: usize,
) -> Option<&'a Map<String, Value>> {
    if ninjs::is_ninjs(object) {
        return Some(object);
    }
    if depth > 2 || record::has_text(object, map) {
        return None;
    }
    ["item", "data"].iter().find_map(|key| item(object.get(*key)?.as_object()?, map, depth + 1))
}

/// Keys under which exports and interfaces wrap their lists of articles.
const WRAPPERS: &[&str] = &[
    "articles",
    "items",
    "docs",
    "documents",
    "results",
    "hits",
    "stories",
    "news",
    "posts",
    "entries",
    "records",
    "data",
    "response",
    "value",
    "item",
    "associations",
];

/// The list of articles that an object wraps, if it is no article itself.
fn wrapped<'a>(
    object: &'a Map<String, Value>,
    map: &FieldMap,
    depth: usize,
) -> Option<&'a Vec<Value>> {
    if depth > 2 || record::has_text(object, map) || ninjs::is_ninjs(object) {
        return None;
    }
    WRAPPERS.iter().find_map(|key| match object.get(*key)? {
        Value::Array(list) if matches!(list.first(), Some(Value::Object(_))) => Some(list),
        Value::Object(inner) => wrapped(inner, map, depth + 1),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
