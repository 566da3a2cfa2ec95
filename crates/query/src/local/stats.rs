//! What an index holds, counted exactly, from its terms and columns.

use std::collections::BTreeSet;

use dateline_article::{Date, Language, from_days};
use tantivy::schema::Field;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::LocalEngine;
use crate::engine::{CopyMode, Error, Request, Stats};
use crate::facets::{By, FacetRequest, Level};
use crate::parse::parse;

impl LocalEngine {
    /// The languages of the articles; before them `None`, where there are any in no known language, or none at all.
    pub(super) fn languages_of_articles(&self) -> Result<Vec<Option<Language>>, Error> {
        let mut languages = BTreeSet::new();
        let (mut articles, mut known) = (0, 0);
        for reader in self.reader.searcher().segment_readers() {
            articles += u64::from(reader.max_doc());
            let index = reader.inverted_index(self.opened.fields.language)?;
            let mut stream = index.terms().stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                if let Some(language) =
                    std::str::from_utf8(stream.key()).ok().and_then(Language::from_tag)
                {
                    languages.insert(language);
                    known += u64::from(stream.value().doc_freq);
                }
            }
        }
        let unknown = (known < articles || articles == 0).then_some(None);
        Ok(unknown.into_iter().chain(languages.into_iter().map(Some)).collect())
    }

    pub(super) fn measure(&self) -> Result<Stats, Error> {
        let searcher = self.reader.searcher();
        let fields = &self.opened.fields;
        let mut stats = Stats { articles: searcher.num_docs(), ..Stats::default() };
        let mut files = std::collections::HashSet::new();
        for reader in searcher.segment_readers() {
            each_term(reader, fields.file, |file, _| {
                files.insert(file.to_vec());
            })?;
            let published = self.columns.i64(reader, fields.published)?;
            for doc in reader.doc_ids_alive() {
                let day = published.first(doc).and_then(day_of);
                stats.first = [stats.first, day].into_iter().flatten().min();
                stats.last = [stats.last, day].into_iter().flatten().max();
            }
        }
        let request = FacetRequest {
            of: Request { copies: CopyMode::All, ..Request::new(parse("*", Date::default())) },
            by: vec![
                By::Language,
                By::Source,
                By::Person,
                By::Organisation,
                By::Place(Level::default()),
            ],
            against: None,
            min: 1,
            limit: None,
        };
        for facet in self.count_facets(&request)?.facets {
            let distinct = facet.values.len() as u64;
            let counts = facet.values.into_iter().map(|value| (value.value, value.count));
            match facet.by {
                By::Language => stats.languages.extend(counts),
                By::Person => stats.people = distinct,
                By::Organisation => stats.organisations = distinct,
                By::Place(_) => stats.places = distinct,
                _ => stats.sources.extend(counts),
            }
        }
        let known: u64 = stats.languages.values().sum();
        if known < stats.articles {
            stats.languages.insert("und".to_owned(), stats.articles - known);
        }
        stats.files = files.len() as u64;
        let space = searcher.space_usage().map_err(tantivy::TantivyError::from)?;
        stats.bytes = space.total().get_bytes();
        stats.snapshot = self.snapshot;
        Ok(stats)
    }
}

/// The day of a moment in seconds since 1970.
fn day_of(seconds: i64) -> Option<Date> {
    i32::try_from(seconds.div_euclid(86_400)).ok().and_then(from_days)
}

/// Calls `take` with each term of the segment that living articles have, and their number.
fn each_term(
    reader: &SegmentReader,
    field: Field,
    mut take: impl FnMut(&[u8], u64),
) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    while stream.advance() {
        let option = tantivy::schema::IndexRecordOption::Basic;
        let mut postings = index.read_postings_from_terminfo(stream.value(), option)?;
        let mut articles = 0;
        while postings.doc() != TERMINATED {
            articles +=
                u64::from(reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())));
            postings.advance();
        }
        if articles > 0 {
            take(stream.key(), articles);
        }
    }
    Ok(())
}
