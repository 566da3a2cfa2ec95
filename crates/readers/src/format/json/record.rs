//! One article out of a JSON object under the usual keys, whatever the shapes of their values.

use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::field_map::FieldMap;
use crate::fields::{self, Field};
use crate::{byline, characters, dates, markup, paragraphs};

/// Keys that can stand for a text where there is no better one, the better ones first.
pub(in crate::format) const SUMMARIES: &[&str] = &[
    "summary",
    "description",
    "abstract",
    "excerpt",
    "snippet",
    "lead",
    "lead_paragraph",
    "teaser",
    "desc",
];

/// Objects inside the article's object that hold more of its fields.
const INNER: &[&str] =
    &["_source", "fields", "article", "attributes", "metadata", "meta", "properties"];

/// How deep shapes are followed.
const DEEPEST: usize = 6;

/// An object's values by field, the best name first.
type ByField<'a> = Vec<(Field, usize, &'a str, &'a Value)>;

/// The article that an object describes; what `map` says of its keys goes before what these are called.
pub(in crate::format) fn draft(object: &Map<String, Value>, map: &FieldMap) -> Draft {
    let mut draft = Draft::default();
    for (field, _, key, value) in by_field(object, map) {
        set(&mut draft, field, key, value);
    }
    // A record that has nothing but a summary is found by it.
    if draft.paragraphs.is_empty()
        && let Some(summary) = summary(object)
    {
        draft.set(Field::Text, &summary);
        draft.warnings.push("only a summary of the text is given".to_owned());
    }
    draft
}

/// Whether an object has an article's text of its own.
pub(super) fn has_text(object: &Map<String, Value>, map: &FieldMap) -> bool {
    by_field(object, map).iter().any(|(field, _, _, value)| {
        matches!(field, Field::Text | Field::Html) && !matches!(value, Value::Null)
    })
}

/// The outer object's values before those of the inner ones; in each, better names first. A field that the map finds in the object is given by
/// nothing else, and what the map takes gives nothing else.
fn by_field<'a>(object: &'a Map<String, Value>, map: &'a FieldMap) -> ByField<'a> {
    let inner = INNER.iter().filter_map(|key| object.get(*key)?.as_object());
    let mut values: ByField<'_> = map.values(object).collect();
    let mapped = values.clone();
    let is_mapped = |field: Field, value: &Value| {
        let text = |field: Field| matches!(field, Field::Text | Field::Html);
        mapped.iter().any(|(known, _, _, taken)| {
            *known == field || text(*known) && text(field) || std::ptr::eq(*taken, value)
        })
    };
    for (level, object) in std::iter::once(object).chain(inner).enumerate() {
        for (key, value) in object {
            if let Some((field, rank)) = fields::field(key)
                && !(INNER.contains(&key.as_str()) && value.is_object())
                && !is_mapped(field, value)
            {
                values.push((field, level * 1000 + rank, key, value));
            }
        }
    }
    values.sort_by_key(|&(field, rank, _, _)| (field, rank));
    values
}

fn set(draft: &mut Draft, field: Field, key: &str, value: &Value) {
    match field {
        Field::Text | Field::Html if draft.paragraphs.is_empty() => {
            draft.paragraphs = text(value, field == Field::Html, 0);
            if draft.published.is_none() {
                draft.published = date_among(value);
            }
        }
        Field::Byline if draft.byline.is_empty() => draft.byline = authors(value),
        Field::Keywords if draft.keywords.is_empty() => draft.keywords = keywords(value),
        Field::Published => set_published(draft, value),
        Field::Text | Field::Html | Field::Byline | Field::Keywords => {}
        Field::Title | Field::Subtitle => {
            if let Some(line) = scalar(value, 0) {
                draft.set(field, &markup_free(&line));
            }
        }
        // A link to the page that is none, but the source's name.
        Field::Source if key.contains("omain") => {
            draft.set(field, &scalar(value, 0).unwrap_or_default());
        }
        _ => {
            if let Some(line) = scalar(value, 0) {
                draft.set(field, &line);
            }
        }
    }
}

fn markup_free(line: &str) -> String {
    if markup::is_html(line) || line.contains('&') { markup::line(line) } else { line.to_owned() }
}

/// Keys under which an object holds the one text it stands for.
const CORES: &[&str] = &[
    "main", "name", "title", "headline", "original", "value", "text", "content", "rendered",
    "default", "label", "term", "url", "@id", "$oid", "$date", "#text", "en",
];

/// The one line that a value stands for.
fn scalar(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) if depth < DEEPEST => {
            values.iter().find_map(|value| scalar(value, depth + 1))
        }
        Value::Object(object) if depth < DEEPEST => {
            CORES.iter().find_map(|key| scalar(object.get(*key)?, depth + 1))
        }
        _ => None,
    }
}

fn set_published(draft: &mut Draft, value: &Value) {
    if draft.published.is_some() {
        return;
    }
    match value {
        Value::Number(number) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "an epoch in seconds with a fraction; the cast saturates"
            )]
            let whole = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64));
            draft.published = whole.and_then(from_number);
        }
        Value::Object(_) | Value::Array(_) => {
            if let Some(text) = scalar(value, 0) {
                draft.set_published(&text);
            }
        }
        Value::String(text) => draft.set_published(text),
        Value::Null | Value::Bool(_) => {}
    }
}

/// `20240314` and `2024` as numbers, or an epoch.
fn from_number(number: i64) -> Option<dateline_article::Timestamp> {
    match dates::read(&number.to_string()) {
        dates::Reading::Known(time) => Some(time),
        _ => dates::from_epoch(number),
    }
}

/// Parts of an article that are no text, by their `type`.
const OTHER_PARTS: &[&str] = &[
    "date",
    "author_info",
    "kicker",
    "title",
    "byline",
    "author",
    "headline",
    "tweet",
    "video",
    "interstitial_link",
    "inline_story",
    "deck",
];

/// The paragraphs in a value: a text in plain or HTML, a list of paragraphs or of parts, or an object around them.
fn text(value: &Value, is_html: bool, depth: usize) -> Vec<String> {
    match value {
        Value::String(text) if is_html || markup::is_html(text) => {
            markup::paragraphs(&characters::clean(text))
        }
        Value::String(text) => paragraphs::split(&characters::clean(text)),
        Value::Array(values) if depth < DEEPEST => {
            values.iter().flat_map(|value| text(value, is_html, depth + 1)).collect()
        }
        Value::Object(object) if depth < DEEPEST => {
            let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
            if OTHER_PARTS.contains(&kind) {
                return Vec::new();
            }
            let keys = [
                "fullcaption",
                "content",
                "text",
                "body",
                "value",
                "html",
                "rendered",
                "paragraphs",
                "caption",
                "articleBody",
            ];
            let inner = keys.iter().find_map(|key| object.get(*key));
            inner.map_or_else(Vec::new, |inner| text(inner, is_html, depth + 1))
        }
        _ => Vec::new(),
    }
}

/// The date that a list of parts holds as a part of its own.
fn date_among(value: &Value) -> Option<dateline_article::Timestamp> {
    let part = value
        .as_array()?
        .iter()
        .find(|part| part.get("type").and_then(Value::as_str) == Some("date"))?;
    match part.get("content")? {
        Value::Number(number) => dates::from_epoch(number.as_i64()?),
        Value::String(text) => match dates::read(text) {
            dates::Reading::Known(time) => Some(time),
            _ => None,
        },
        _ => None,
    }
}

/// Authors as one byline, as a list of names, or as objects that name people.
fn authors(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => byline::authors(text),
        Value::Array(values) => match values.as_slice() {
            [Value::String(one)] => byline::authors(one),
            _ => values.iter().filter_map(person).collect(),
        },
        Value::Object(object) => {
            match (person(value), object.get("person"), object.get("original")) {
                (_, _, Some(Value::String(original))) => byline::authors(original),
                (Some(name), ..) => vec![name],
                (None, Some(people), _) => authors(people),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn person(value: &Value) -> Option<String> {
    let object = match value {
        Value::String(name) => return byline::author(name),
        Value::Object(object) => object,
        _ => return None,
    };
    if let Some(name) = ["name", "full_name", "fullName", "displayName", "webTitle"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())
    {
        return byline::author(name);
    }
    let given = ["firstname", "first_name", "firstName", "givenName"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    let family = ["lastname", "last_name", "lastName", "familyName"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    match (given, family) {
        (None, None) => None,
        (given, family) => {
            byline::author(&[given, family].map(Option::unwrap_or_default).join(" "))
        }
    }
}

fn keywords(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => fields::keywords(text).map(str::to_owned).collect(),
        Value::Array(values) => values.iter().filter_map(|value| scalar(value, 0)).collect(),
        _ => Vec::new(),
    }
}

/// What an object gives instead of a text.
fn summary(object: &Map<String, Value>) -> Option<String> {
    let text = SUMMARIES.iter().find_map(|key| scalar(object.get(*key)?, 0))?;
    Some(if markup::is_html(&text) { markup::paragraphs(&text).join("\n\n") } else { text })
}
