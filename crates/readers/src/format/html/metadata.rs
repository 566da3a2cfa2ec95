//! An article's fields out of the marks of its page. JSON-LD is believed first, then OpenGraph and other `<meta>`, then microdata, then the visible page.

use serde_json::Value;

use super::json_ld::{Graph, Object};
use super::page::Page;
use super::{published, title};
use crate::dates::Order;
use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::{byline, characters, markup};

/// Names of `<meta>` that hold authors.
const AUTHORS: &[&str] = &[
    "dc:creator",
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "rnews:author",
    "article.author",
    "og:author",
    "twitter:creator:name",
    "cxenseparse:author",
];

/// The fields of the page's article.
pub(super) fn draft(page: &Page) -> Draft {
    let graph = Graph::of(&page.scripts);
    let none = Object::new();
    let article = graph.article().unwrap_or(&none);
    let text = |key: &str| article.get(key).and_then(|value| line(graph.resolve(value)));
    let mut draft = Draft::default();
    set_source(&mut draft, page, text("publisher"));
    let linked = linked_title(page, text("name"), text("headline"));
    set_title(&mut draft, page, linked, text("publisher"));
    set_byline(&mut draft, page, &graph, article);
    published::set(&mut draft, page, [text("datePublished"), text("dateCreated")]);
    for section in [
        text("articleSection"),
        first(
            page,
            &[
                "article:section",
                "section",
                "parsely-section",
                "og:article:section",
                "dc.subject.section",
            ],
        ),
    ] {
        draft.set(Field::Section, &section.unwrap_or_default());
    }
    draft.keywords = keywords(page, article.get("keywords"));
    let tags = [
        page.language.clone(),
        text("inLanguage"),
        first(page, &["og:locale", "content-language", "dc.language", "language"]),
    ];
    let mut tags = tags.into_iter().flatten();
    let tag = tags.find(|tag| fields::language(tag).is_some());
    draft.language = tag.as_deref().and_then(fields::language);
    // `en-US` is what programs for sites write when nobody says otherwise, so it speaks for no order.
    draft.order =
        tag.as_deref().and_then(fields::date_order).filter(|order| *order == Order::DayFirst);
    for address in [
        page.address.clone(),
        first(page, &["og:url", "twitter:url", "al:web:url"]),
        text("mainEntityOfPage"),
        text("url"),
    ] {
        draft.set(Field::Url, &address.unwrap_or_default());
    }
    if draft.source.is_none() {
        draft.source = draft.url.as_deref().and_then(host);
    }
    draft
}

fn first(page: &Page, names: &[&str]) -> Option<String> {
    page.first(names).map(str::to_owned)
}

fn set_source(draft: &mut Draft, page: &Page, publisher: Option<String>) {
    let named = first(
        page,
        &[
            "og:site_name",
            "application-name",
            "cre",
            "source_organization",
            "dc.publisher",
            "copyright-holder",
        ],
    );
    for name in [named, publisher] {
        draft.set(Field::Source, &plain(name));
    }
}

/// The site's name as the host, for pages that do not name their site.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some(host.to_lowercase()).filter(|host| host.contains('.'))
}

/// The headline of the linked data. Where it also has a name, the one that the page's title agrees with: encyclopedias put a description into the
/// headline.
fn linked_title(page: &Page, name: Option<String>, headline: Option<String>) -> Option<String> {
    let (Some(name), Some(headline)) = (&name, &headline) else { return headline.or(name) };
    let title = page.title.as_deref().map(title::key).unwrap_or_default();
    let has = |text: &str| title.contains(&title::key(text));
    Some(if has(name) && !has(headline) { name.clone() } else { headline.clone() })
}

fn set_title(draft: &mut Draft, page: &Page, linked: Option<String>, publisher: Option<String>) {
    let mut titles: Vec<String> = linked.map(|title| plain(Some(title))).into_iter().collect();
    titles.extend(
        [
            "dc:title",
            "dcterm:title",
            "og:title",
            "dc.title",
            "parsely-title",
            "twitter:title",
            "title",
        ]
        .iter()
        .filter_map(|name| first(page, &[name]))
        .map(|title| plain(Some(title))),
    );
    titles.extend(page.properties.get("headline").into_iter().flatten().cloned());
    titles.extend(page.title.clone());
    titles.retain(|title| !title.trim().is_empty());
    let mut sites: Vec<String> = [draft.source.clone(), publisher].into_iter().flatten().collect();
    if let Some(host) = page.address.as_deref().and_then(host) {
        sites.extend(host.split('.').next().map(str::to_owned));
        sites.push(host);
    }
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let sites: Vec<&str> = sites.iter().map(String::as_str).collect();
    draft.title = title::choose(&titles, &page.headings, &sites);
}

fn set_byline(draft: &mut Draft, page: &Page, graph: &Graph, article: &Object) {
    let linked = article.get("author").or_else(|| article.get("creator"));
    draft.byline = linked.map(|value| people(graph, value)).unwrap_or_default();
    let named = AUTHORS.iter().filter(|name| page.first(&[name]).is_some());
    let meta = named.map(|name| page.all(name).flat_map(byline::authors).collect::<Vec<_>>());
    let property = page
        .properties
        .get("author")
        .into_iter()
        .map(|names| names.iter().flat_map(|name| byline::authors(name)).collect());
    let visible =
        std::iter::once(page.authors.iter().flat_map(|name| byline::authors(name)).collect());
    let shown = page.bylines.iter().take(1).map(|line| byline::authors(line));
    let source = draft.source.as_deref().map(title::key);
    for mut names in meta.chain(property).chain(visible).chain(shown) {
        if !draft.byline.is_empty() {
            break;
        }
        // Many sites enter themselves as the author.
        names.retain(|name: &String| Some(title::key(name)) != source);
        draft.byline = names;
    }
    let mut seen = std::collections::HashSet::new();
    draft.byline.retain(|name| seen.insert(title::key(name)));
}

/// Names of one or several persons or organisations.
fn people(graph: &Graph, value: &Value) -> Vec<String> {
    match graph.resolve(value) {
        Value::Array(values) => {
            values.iter().take(64).flat_map(|value| people(graph, value)).collect()
        }
        Value::String(name) => byline::authors(name),
        Value::Object(object) => match object.get("name") {
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).flat_map(byline::authors).collect()
            }
            Some(Value::String(name)) => byline::authors(&markup::line(name)),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn keywords(page: &Page, linked: Option<&Value>) -> Vec<String> {
    let of_value = match linked {
        Some(Value::String(text)) => fields::keywords(text).map(str::to_owned).collect(),
        Some(Value::Array(values)) => values.iter().filter_map(line).collect(),
        _ => Vec::new(),
    };
    let tags = ["article:tag", "og:article:tag"]
        .iter()
        .flat_map(|name| page.all(name))
        .map(str::to_owned)
        .collect();
    let named =
        page.first(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"]).into_iter();
    let named = named.flat_map(fields::keywords).map(str::to_owned).collect();
    [of_value, tags, named]
        .into_iter()
        .find(|list: &Vec<String>| !list.is_empty())
        .unwrap_or_default()
}

/// The one line that a value of JSON-LD stands for.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => characters::one_line(text),
        Value::Array(values) => values.iter().find_map(line),
        Value::Object(object) => {
            ["name", "@value", "url", "@id"].iter().find_map(|key| line(object.get(*key)?))
        }
        _ => None,
    }
}

/// A text in which references and tags stand that nobody meant.
fn plain(text: Option<String>) -> String {
    text.map(|text| markup::line(&text)).unwrap_or_default()
}
