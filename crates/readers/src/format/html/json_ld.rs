//! The article in a page's JSON-LD (schema.org): in any of the page's scripts, in lists, in `@graph`, or as the main entity of something else.

use serde_json::{Map, Value};

/// An object of JSON-LD.
pub(super) type Object = Map<String, Value>;

/// Types that are articles: those that end so, and these.
const ARTICLES: &[&str] = &[
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
    "Review",
    "ReviewNewsArticle",
];

/// How deep objects are searched.
const DEEPEST: usize = 6;

/// All values of a page's scripts.
pub(super) struct Graph(Vec<Value>);

impl Graph {
    /// Parses the scripts; those that are no JSON are left out.
    pub(super) fn of(scripts: &[String]) -> Self {
        Self(scripts.iter().filter_map(|script| parse(script)).collect())
    }

    /// The first article, one with a date before one without.
    pub(super) fn article(&self) -> Option<&Object> {
        let mut articles = Vec::new();
        for value in &self.0 {
            collect(value, 0, &mut articles);
        }
        let dated = articles.iter().find(|article| article.contains_key("datePublished"));
        dated.or(articles.first()).copied()
    }

    /// The object that a value stands for: itself, or the one elsewhere with its `@id`.
    pub(super) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(id) =
            value.get("@id").filter(|_| value.as_object().is_some_and(|object| object.len() == 1))
        else {
            return value;
        };
        self.0.iter().find_map(|root| find(root, id, 0)).unwrap_or(value)
    }
}

/// Reads a script leniently: raw line ends inside strings, comments or CDATA round the whole, and a semicolon behind it are common.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end()
        .trim_end_matches("-->")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim_end()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let spaced: String = script
            .chars()
            .map(|character| if character.is_control() { ' ' } else { character })
            .collect();
        serde_json::from_str(&spaced).ok()
    })
}

fn collect<'a>(value: &'a Value, depth: usize, articles: &mut Vec<&'a Object>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, articles)),
        Value::Object(object) if is_article(object) => articles.push(object),
        Value::Object(object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "hasPart"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, articles);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Object) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            kind.ends_with("Article") || ARTICLES.contains(&kind)
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn find<'a>(value: &'a Value, id: &Value, depth: usize) -> Option<&'a Value> {
    match value {
        _ if depth > DEEPEST => None,
        Value::Array(values) => values.iter().find_map(|value| find(value, id, depth + 1)),
        Value::Object(object) if object.len() > 1 && object.get("@id") == Some(id) => Some(value),
        Value::Object(object) => object.values().find_map(|value| find(value, id, depth + 1)),
        _ => None,
    }
}
