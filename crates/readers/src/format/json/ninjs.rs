//! ninjs, the IPTC's JSON for news, versions 1.0 to 3.0.
//!
//! Version 1 has `headline` and `body_*`, version 2 and 3 lists of `headlines`, `bodies` and so on with roles. Pictures, video and planning items
//! have a title at most. Source: the IPTC's ninjs schemas.

use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::fields::Field;
use crate::{byline, characters, dates, markup, paragraphs};

/// Keys that only ninjs has in such company.
const MARKS: &[&str] = &[
    "pubstatus",
    "versioncreated",
    "versionCreated",
    "body_text",
    "body_xhtml",
    "bodies",
    "headlines",
    "representationtype",
    "infosources",
    "pubStatus",
    "contentcreated",
    "contentCreated",
    "descriptions",
    "eventDetails",
];

/// Whether an object is a ninjs item: a `uri` (or `guid`, as Superdesk writes) and at least one of the format's own keys.
pub(super) fn is_ninjs(object: &Map<String, Value>) -> bool {
    ["uri", "guid"].iter().any(|key| object.get(*key).is_some_and(Value::is_string))
        && MARKS.iter().any(|mark| object.contains_key(*mark))
}

/// The article that an item describes.
pub(super) fn draft(item: &Map<String, Value>) -> Draft {
    let mut draft = Draft { format: Some("ninjs"), ..Draft::default() };
    let one = |keys: &[&str]| keys.iter().find_map(|key| item.get(*key)?.as_str());
    set_title(&mut draft, item);
    for (field, keys) in [
        (Field::Id, &["uri", "guid"][..]),
        (Field::Url, &["uri"]),
        (Field::Title, &["headline", "title"]),
        (Field::Language, &["language"]),
        (
            Field::Published,
            &[
                "versioncreated",
                "versionCreated",
                "firstcreated",
                "firstCreated",
                "contentcreated",
                "contentCreated",
            ],
        ),
        (Field::Status, &["pubstatus", "pubStatus"]),
    ] {
        if let Some(value) = one(keys) {
            draft.set(field, value);
        }
    }
    if let Some(line) = one(&["by", "byline"]) {
        draft.byline = byline::authors(line);
    }
    let city = || item.get("datelinelocation")?.get("city")?.as_str();
    if let Some(place) = one(&["located"]).or_else(city) {
        draft.set(Field::Dateline, place);
    }
    draft.source =
        one(&["infosource", "source", "provider"]).map(str::to_owned).or_else(|| source(item));
    draft.keywords = ["subject", "subjects", "keyword", "keywords"]
        .iter()
        .flat_map(|key| names(item.get(*key)))
        .collect();
    draft.section = ["genre", "genres"].iter().flat_map(|key| names(item.get(*key))).next();
    set_status(&mut draft, item);
    draft.paragraphs = body(item);
    draft.drop_repeated_title();
    draft
}

/// Version 2 and 3: headlines with roles; the one for a summary or a second one is no title.
fn set_title(draft: &mut Draft, item: &Map<String, Value>) {
    let Some(Value::Array(headlines)) = item.get("headlines") else { return };
    for headline in headlines {
        let role = headline.get("role").and_then(Value::as_str).unwrap_or("main");
        let value = headline.get("value").and_then(Value::as_str).unwrap_or_default();
        let field = if role.contains("sub") { Field::Subtitle } else { Field::Title };
        draft.set(field, &markup::line(value));
    }
}

fn source(item: &Map<String, Value>) -> Option<String> {
    ["infosources", "infosource"].iter().flat_map(|key| names(item.get(*key))).next()
}

/// Names in a list of `{"name": …}`.
fn names(list: Option<&Value>) -> Vec<String> {
    let name = |value: &Value| value.get("name").unwrap_or(value).as_str().map(str::to_owned);
    match list {
        Some(Value::Array(values)) => values.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn set_status(draft: &mut Draft, item: &Map<String, Value>) {
    let version = match item.get("version") {
        Some(Value::String(version)) => characters::one_line(version),
        Some(Value::Number(version)) => Some(version.to_string()),
        _ => None,
    };
    let embargoed = item.get("embargoed").and_then(Value::as_str).map(dates::read);
    if let Some(dates::Reading::Known(until)) = embargoed {
        draft.status.get_or_insert_default().embargoed_until = Some(until);
    }
    if version.is_some() {
        draft.status.get_or_insert_default().version = version;
    }
}

/// The body in the best form there is: HTML keeps paragraphs apart, plain text comes next; a description stands in for pictures.
fn body(item: &Map<String, Value>) -> Vec<String> {
    let text = |value: &Value| match value.as_str() {
        Some(text) if markup::is_html(text) => markup::paragraphs(text),
        Some(text) => paragraphs::split(&characters::clean(text)),
        None => Vec::new(),
    };
    if let Some(Value::Array(bodies)) = item.get("bodies") {
        let kind = |body: &&Value| {
            ["contenttype", "contentType"]
                .iter()
                .find_map(|key| body.get(*key)?.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let html = bodies.iter().find(|body| kind(body).contains("html"));
        let best = html
            .or_else(|| bodies.iter().find(|body| kind(body).contains("plain")))
            .or(bodies.first());
        return best.and_then(|body| body.get("value")).map(text).unwrap_or_default();
    }
    let bodies = item.iter().filter(|(key, _)| key.starts_with("body"));
    let mut bodies: Vec<_> = bodies.collect();
    bodies.sort_by_key(|(key, _)| !key.contains("html"));
    let found =
        bodies.into_iter().map(|(_, value)| text(value)).find(|paragraphs| !paragraphs.is_empty());
    found.unwrap_or_else(|| {
        // `description_creditline` and the like say something else.
        let names = ["descriptions", "description_xhtml", "description_html", "description_text"];
        let names = names.into_iter().chain(["description_caption", "description_summary"]);
        let described = names.filter_map(|name| item.get_key_value(name));
        match described.into_iter().find(|(_, value)| !value.is_null()) {
            Some((_, Value::Array(list))) => list
                .iter()
                .filter(|entry| {
                    let role = entry.get("role").and_then(Value::as_str).unwrap_or_default();
                    !role.contains("credit")
                })
                .filter_map(|entry| entry.get("value"))
                .map(text)
                .next()
                .unwrap_or_default(),
            Some((_, value)) => text(value),
            None => Vec::new(),
        }
    })
}
