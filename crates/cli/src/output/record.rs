//! A whole article as one row: what `extract` and `show` print.

use dateline_article::{DateMention, Dateline, Mentions, Name, Place, Record, Status};
use serde_json::{Map, Value, json};

use super::Row;

/// The row of a record. Spans are byte offsets into `text` (`title_mentions`: into `title`), half-open.
pub(crate) fn row(record: &Record) -> Row {
    let article = &record.article;
    Row::default()
        .with("id", article.id.to_string())
        .with("path", article.path.clone())
        .with("part", article.part.clone())
        .with("format", article.format.clone())
        .with("title", article.title.clone())
        .with("subtitle", article.subtitle.clone())
        .with("byline", article.byline.clone())
        .with("published", article.published.map(|published| published.at.to_string()))
        .with("published_by", article.published.map(|published| published.by.as_str()))
        .with("language", article.language.map(|language| language.code().to_owned()))
        .with("source", article.source.clone())
        .with("section", article.section.clone())
        .with("keywords", article.keywords.clone())
        .with("url", article.url.clone())
        .with("dateline", article.dateline.as_ref().map(dateline))
        .with("status", article.status.as_ref().map(status))
        .with("accession", article.accession.clone())
        .with("text", article.text())
        .with("warnings", article.warnings.clone())
        .with("people", record.people.iter().map(name).collect::<Vec<_>>())
        .with("organisations", record.organisations.iter().map(name).collect::<Vec<_>>())
        .with("places", record.places.iter().map(place).collect::<Vec<_>>())
        .with("dates", record.dates.iter().map(date).collect::<Vec<_>>())
}

fn dateline(dateline: &Dateline) -> Value {
    known([
        ("place", json!(dateline.place)),
        ("date", json!(dateline.date)),
        ("agency", json!(dateline.agency)),
    ])
}

fn status(status: &Status) -> Value {
    known([
        ("withdrawn", if status.withdrawn { json!(true) } else { Value::Null }),
        ("embargoed_until", json!(status.embargoed_until)),
        ("version", json!(status.version)),
    ])
}

fn name(name: &Name) -> Value {
    known([("name", json!(name.name)), mentions(&name.mentions), title_mentions(&name.mentions)])
}

fn place(place: &Place) -> Value {
    known([
        ("name", json!(place.name)),
        ("geonames", json!(place.geonames)),
        ("country", json!(place.country)),
        ("ancestors", json!(place.ancestors)),
        ("lat", json!(place.latitude)),
        ("lon", json!(place.longitude)),
        ("kind", json!(place.kind)),
        mentions(&place.mentions),
        title_mentions(&place.mentions),
    ])
}

fn date(date: &DateMention) -> Value {
    known([
        ("text", json!(date.text)),
        ("start", json!(date.start)),
        ("end", json!(date.end)),
        ("granularity", json!(date.granularity)),
        mentions(&date.mentions),
        title_mentions(&date.mentions),
    ])
}

fn mentions(mentions: &Mentions) -> (&'static str, Value) {
    ("mentions", json!(mentions.text))
}

fn title_mentions(mentions: &Mentions) -> (&'static str, Value) {
    ("title_mentions", if mentions.title.is_empty() { Value::Null } else { json!(mentions.title) })
}

/// An object of the values that are known.
fn known<const N: usize>(values: [(&str, Value); N]) -> Value {
    let known = values.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(known.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use dateline_article::{Article, ArticleId};

    use super::*;

    #[test]
    fn lists_are_always_there_and_unknown_values_never() {
        let article = Article::new(ArticleId::from_u64(1), "a.txt", "1", "text");
        let mut out = Vec::new();
        crate::output::json::line(&row(&Record::bare(article)), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"id\":\"0000000000000001\",\"path\":\"a.txt\",\"part\":\"1\",\"format\":\"text\",\"byline\":[],\"keywords\":[],\
             \"text\":\"\",\"warnings\":[],\"people\":[],\"organisations\":[],\"places\":[],\"dates\":[]}\n"
        );
    }
}
