//! JSON Feed, versions 1 and 1.1: an object with a `version` of that name, and its `items`. Source: the specification at jsonfeed.org.

use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::fields::Field;
use crate::{byline, characters, markup, paragraphs};

/// The items of an object that is a feed.
pub(super) fn items(object: &Map<String, Value>) -> Option<&Vec<Value>> {
    let version = object.get("version")?.as_str()?;
    let items = object.get("items")?.as_array()?;
    (version.contains("jsonfeed.org/version") && !items.is_empty()).then_some(items)
}

/// The article that an item describes; what is no object has neither title nor text.
pub(super) fn draft(feed: &Map<String, Value>, item: &Value) -> Draft {
    let mut draft = Draft { format: Some("json-feed"), ..Draft::default() };
    let line = |key: &str| item.get(key).and_then(Value::as_str);
    draft.part = match item.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    for (field, value) in [
        (Field::Title, line("title")),
        (Field::Url, line("url")),
        (Field::Url, line("external_url")),
        (Field::Url, line("id")),
        (Field::Published, line("date_published")),
        (Field::Published, line("date_modified")),
        (Field::Language, line("language")),
        (Field::Language, feed.get("language").and_then(Value::as_str)),
        (Field::Source, feed.get("title").and_then(Value::as_str)),
    ] {
        if let Some(value) = value {
            draft.set(field, value);
        }
    }
    draft.byline = authors(item.as_object());
    if draft.byline.is_empty() {
        draft.byline = authors(Some(feed));
    }
    let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten();
    draft.keywords = tags.filter_map(Value::as_str).map(str::to_owned).collect();
    draft.paragraphs = if let Some(html) = line("content_html") {
        markup::paragraphs(html)
    } else {
        let text = line("content_text").or(line("summary")).unwrap_or_default();
        paragraphs::split(&characters::clean(text))
    };
    draft
}

/// `authors` of version 1.1, or `author` of version 1.
fn authors(object: Option<&Map<String, Value>>) -> Vec<String> {
    let Some(object) = object else { return Vec::new() };
    let several = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names =
        several.chain(object.get("author")).filter_map(|author| author.get("name")?.as_str());
    names.filter_map(byline::author).collect()
}
