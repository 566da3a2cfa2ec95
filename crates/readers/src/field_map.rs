//! What a person says of the columns and keys of tables and JSON, where their names do not say it: `title=headline,published=date_utc`.
//!
//! Holds the map and its text form. What a name means without a map stands in [`fields`](crate::fields).

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

use crate::fields::{self, Field, plain};

/// Fields that can be mapped, by the names that an article's JSON has, and the other names that are taken for these.
const FIELDS: &[(&str, Field)] = &[
    ("part", Field::Id),
    ("title", Field::Title),
    ("subtitle", Field::Subtitle),
    ("text", Field::Text),
    ("published", Field::Published),
    ("byline", Field::Byline),
    ("source", Field::Source),
    ("section", Field::Section),
    ("language", Field::Language),
    ("url", Field::Url),
    ("keywords", Field::Keywords),
    ("accession", Field::Accession),
    ("dateline", Field::Dateline),
    ("status", Field::Status),
    ("id", Field::Id),
    ("body", Field::Text),
    ("date", Field::Published),
    ("author", Field::Byline),
];

/// Names in [`FIELDS`] that people are told; the rest are other names of these.
const TOLD: usize = 14;

/// Which column or key holds a field. The columns of a table without names go by their numbers, from 1.
///
/// Written `FIELD=KEY,FIELD=KEY`; the empty text is a map that says nothing. Where a field has several keys, the first that a record has a value under
/// gives it. A key with full stops leads into objects (`published=meta.date`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// The field by its first name.
    name: &'static str,
    field: Field,
    key: String,
}

/// The text is no map of fields.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// An entry has no `=`, or nothing on one side of it.
    #[error("`{entry}` is not FIELD=KEY, such as title=headline")]
    Entry {
        /// As given.
        entry: String,
    },
    /// No article has such a field.
    #[error("no field is called `{name}`: the fields are {}", known())]
    Field {
        /// As given.
        name: String,
    },
}

fn known() -> String {
    FIELDS.iter().take(TOLD).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl FromStr for FieldMap {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        let entries = text.split(',').map(str::trim).filter(|_| !text.trim().is_empty());
        entries.map(Entry::of).collect::<Result<_, _>>().map(Self)
    }
}

impl Entry {
    fn of(text: &str) -> Result<Self, MapError> {
        let parts = text.split_once('=').map(|(name, key)| (name.trim(), key.trim()));
        let Some((name, key)) = parts.filter(|(name, key)| !name.is_empty() && !key.is_empty())
        else {
            return Err(MapError::Entry { entry: text.to_owned() });
        };
        let found = FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        let (_, field) = found.ok_or_else(|| MapError::Field { name: name.to_owned() })?;
        let first = FIELDS.iter().find(|(_, known)| known == field);
        Ok(Self { name: first.map_or("", |(name, _)| name), field: *field, key: key.to_owned() })
    }
}

impl fmt::Display for FieldMap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, Entry { name, key, .. }) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(formatter, "{comma}{name}={key}")?;
        }
        Ok(())
    }
}

impl FieldMap {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values of an object that the map speaks of: field, place in the map, key, value.
    pub(crate) fn values<'a>(
        &'a self,
        object: &'a Map<String, Value>,
    ) -> impl Iterator<Item = (Field, usize, &'a str, &'a Value)> {
        self.0.iter().enumerate().filter_map(move |(place, entry)| {
            Some((entry.field, place, entry.key.as_str(), lookup(object, &entry.key)?))
        })
    }

    /// The columns of a table that the map speaks of, `names` being the cells of its first row: the name under which the field is known, a lesser one
    /// for each further column of the same field, and the column's index.
    pub(crate) fn columns(&self, names: &[String]) -> Vec<(&'static str, usize)> {
        let mut columns: Vec<(Field, &str, usize)> = Vec::new();
        for entry in &self.0 {
            let exact = names.iter().position(|name| *name == entry.key);
            let column = exact.or_else(|| names.iter().position(|name| alike(name, &entry.key)));
            let before = columns.iter().filter(|(field, ..)| *field == entry.field).count();
            if let Some(column) = column.or_else(|| place(&entry.key, names.len()))
                && let Some(name) = fields::names(entry.field).get(before)
            {
                columns.push((entry.field, name, column));
            }
        }
        columns.into_iter().map(|(_, name, column)| (name, column)).collect()
    }

    /// Whether a cell is the name of a column in the map.
    pub(crate) fn names(&self, cell: &str) -> bool {
        self.0
            .iter()
            .any(|entry| place(&entry.key, usize::MAX).is_none() && alike(cell, &entry.key))
    }
}

/// The index of the column whose number, from 1, is the key.
fn place(key: &str, columns: usize) -> Option<usize> {
    let number: usize = key.parse().ok()?;
    number.checked_sub(1).filter(|index| *index < columns)
}

/// Whether two names are the same but for case, blanks and signs.
fn alike(name: &str, key: &str) -> bool {
    let key = plain(key);
    !key.is_empty() && plain(name) == key
}

/// The value under a key, else under one that is the same but for case, blanks and signs, else along the key's full stops.
fn lookup<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    let like_it = || object.iter().find(|(known, _)| alike(known, key)).map(|(_, value)| value);
    object.get(key).or_else(like_it).or_else(|| {
        let (first, rest) = key.split_once('.')?;
        lookup(object.get(first)?.as_object()?, rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_read_and_written() {
        let check = |text: &str, expected: &str| {
            let found = text.parse::<FieldMap>();
            let found = found.map_or_else(|error| error.to_string(), |map| map.to_string());
            assert_eq!(found, expected, "{text}");
        };
        check("title=headline,published=date_utc", "title=headline,published=date_utc");
        check(" Title = Head line , id=nr,body=7", "title=Head line,part=nr,text=7");
        check("title=a,title=b", "title=a,title=b");
        check("", "");
        check("title", "`title` is not FIELD=KEY, such as title=headline");
        check("title=", "`title=` is not FIELD=KEY, such as title=headline");
        check("title=a,", "`` is not FIELD=KEY, such as title=headline");
        check(
            "headline=title",
            "no field is called `headline`: the fields are part, title, subtitle, text, published, byline, source, section, language, url, \
             keywords, accession, dateline, status",
        );
    }

    #[test]
    fn keys_lead_to_values() {
        let object = serde_json::json!({"Head Line": 1, "meta": {"when": {"utc": 2}}, "a.b": 3, "a": {"b": 4}});
        let check = |key: &str, expected: Option<i64>| {
            let found = lookup(object.as_object().unwrap(), key);
            assert_eq!(found.and_then(Value::as_i64), expected, "{key}");
        };
        check("Head Line", Some(1));
        check("head_line", Some(1));
        check("meta.when.utc", Some(2));
        check("a.b", Some(3));
        check("meta.when.x", None);
        check("when", None);
    }
}
