//! The extractor as its callers see it: tables of sentences of our own, and what holds for any text.

mod faults;
mod language;
mod organisations;
mod people;
mod places;
mod properties;

use dateline_article::{Article, ArticleId, Language, Name, PlaceKind, Record};
use dateline_extract::Extractor;

/// The record of an article with this text, a blank line between paragraphs.
fn extract(text: &str) -> Record {
    Extractor::new().extract(article(text))
}

fn article(text: &str) -> Article {
    let mut article = Article::new(ArticleId::new("test", "a.txt", "1"), "a.txt", "1", "text");
    article.paragraphs = text.split("\n\n").map(str::to_owned).collect();
    article
}

fn in_language(text: &str, language: Language) -> Record {
    let mut article = article(text);
    article.language = Some(language);
    Extractor::new().extract(article)
}

/// `Jens Stoltenberg 3; Vladimir Putin`: the number of mentions where there are several.
fn names(names: &[Name]) -> String {
    let one = |name: &Name| counted(&name.name, name.mentions.count());
    names.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// `Paris [US] 2; Russia* [RU]`: the country, a star for a demonym.
fn places(record: &Record) -> String {
    let one = |place: &dateline_article::Place| {
        let star = if place.kind == PlaceKind::Demonym { "*" } else { "" };
        let country = place.country.as_deref().map(|code| format!(" [{code}]")).unwrap_or_default();
        counted(&format!("{}{star}{country}", place.name), place.mentions.count())
    };
    record.places.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn counted(name: &str, mentions: usize) -> String {
    if mentions == 1 { name.to_owned() } else { format!("{name} {mentions}") }
}
