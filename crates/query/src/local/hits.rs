//! Articles that were found as hits: what a page tells of each.

use dateline_article::ArticleId;
use tantivy::Searcher;

use super::LocalEngine;
use crate::collect::Found;
use crate::engine::{Error, Hit};
use crate::snippet::Marker;

impl LocalEngine {
    /// The hit at place `rank`; with a marker and the characters of its longest passage all that is known of it, else id and score alone.
    pub(super) fn hit(
        &self,
        searcher: &Searcher,
        found: &Found,
        rank: usize,
        page: Option<(&Marker, usize)>,
    ) -> Result<Hit, Error> {
        let id = ArticleId::from_u64(found.id);
        let Some((marker, chars)) = page else { return Ok(bare(found, rank)) };
        let record = self.record(searcher, found.address, id)?;
        let passage = marker.passage(&record, chars);
        let article = record.article;
        Ok(Hit {
            title: article.title,
            published: article.published.map(|published| published.at),
            source: article.source,
            byline: article.byline,
            language: article.language,
            path: article.path,
            part: article.part,
            url: article.url,
            snippet: passage.text,
            highlights: passage.highlights,
            people: record.people.into_iter().map(|name| name.name).collect(),
            places: distinct(record.places.into_iter().map(|place| place.name)),
            organisations: record.organisations.into_iter().map(|name| name.name).collect(),
            ..bare(found, rank)
        })
    }
}

/// A hit of which nothing but its place is told.
fn bare(found: &Found, rank: usize) -> Hit {
    Hit {
        rank,
        score: found.score,
        id: ArticleId::from_u64(found.id),
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
        copies: None,
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
