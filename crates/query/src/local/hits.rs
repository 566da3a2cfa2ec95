//! Articles that were found as hits: what a page tells of each.

use dateline_article::ArticleId;
use tantivy::Searcher;

use super::LocalEngine;
use crate::collect::Found;
use crate::engine::{Error, Hit};
use crate::fold::Shown;
use crate::snippet::Marker;

impl LocalEngine {
    /// Tells of a hit all that is known of it, with the passage that the marker finds best, of so many characters at most.
    pub(super) fn fill(
        &self,
        searcher: &Searcher,
        hit: &mut Hit,
        found: &Found,
        (marker, chars): (&Marker, usize),
    ) -> Result<(), Error> {
        let record = self.record(searcher, found.address, hit.id)?;
        let passage = marker.passage(&record, chars);
        let article = record.article;
        hit.title = article.title;
        hit.published = article.published.map(|published| published.at);
        hit.source = article.source;
        hit.byline = article.byline;
        hit.language = article.language;
        hit.path = article.path;
        hit.part = article.part;
        hit.url = article.url;
        hit.snippet = passage.text;
        hit.highlights = passage.highlights;
        hit.people = record.people.into_iter().map(|name| name.name).collect();
        hit.places = distinct(record.places.into_iter().map(|place| place.name));
        hit.organisations = record.organisations.into_iter().map(|name| name.name).collect();
        Ok(())
    }
}

/// The hit at place `rank`, of which nothing else is told.
pub(super) fn bare(shown: &Shown, rank: usize) -> Hit {
    Hit {
        rank,
        score: shown.found.score,
        id: ArticleId::from_u64(shown.found.id),
        title: None,
        published: None,
        source: None,
        byline: Vec::new(),
        language: None,
        path: String::new(),
        part: String::new(),
        url: None,
        snippet: String::new(),
        highlights: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        organisations: Vec::new(),
        copies: shown.copies,
        explain: Vec::new(),
    }
}

/// Each name once.
fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
