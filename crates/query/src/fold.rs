//! Copies folded into one: each cluster stands in the results as its first matching article, at that article's own place in the order.
//!
//! Exact for any page: more is fetched until the page is full, so the engine's pruning stays in use, and a cluster's first matching article is found by
//! asking the query of its members.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dateline_article::ArticleId;
use dateline_schema::{Copies, Fields};
use tantivy::postings::SegmentPostings;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SeekDangerResult, TERMINATED, Term};

use crate::collect::Found;
use crate::columns::OpenColumns;
use crate::engine::Error;

/// The clusters of copies of an index, read when first asked for.
#[derive(Clone)]
pub(crate) struct ClusterFile {
    directory: PathBuf,
    /// Of the commit that is searched.
    payload: Option<String>,
    copies: Arc<OnceLock<Copies>>,
}

impl ClusterFile {
    pub(crate) fn new(directory: &Path, payload: Option<String>) -> Self {
        Self { directory: directory.to_owned(), payload, copies: Arc::default() }
    }

    pub(crate) fn get(&self) -> &Copies {
        self.copies.get_or_init(|| Copies::read(&self.directory, self.payload.as_deref()))
    }
}

/// An article of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) found: Found,
    /// Other matching articles of its cluster; `None` where copies are not folded.
    pub(crate) copies: Option<u32>,
}

/// A query whose copies are folded.
pub(crate) struct Folding<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
    pub(crate) columns: &'a OpenColumns,
    pub(crate) copies: &'a Copies,
    pub(crate) query: &'a dyn Query,
}

impl Folding<'_> {
    /// The best `limit` articles; `fetch` gives the best n of all.
    pub(crate) fn top(
        &self,
        limit: usize,
        mut fetch: impl FnMut(usize) -> Result<Vec<Found>, Error>,
    ) -> Result<Vec<Shown>, Error> {
        let mut weight = None;
        let mut clusters: HashMap<ArticleId, (ArticleId, u32)> = HashMap::new();
        let unscored = EnableScoring::disabled_from_searcher(self.searcher);
        let slack = if self.copies.is_empty() { 0 } else { limit / 2 + 1 };
        let mut wanted = limit.saturating_add(slack);
        loop {
            let found = fetch(wanted)?;
            let exhausted = found.len() < wanted;
            let mut shown = Vec::new();
            for found in found {
                let id = ArticleId::from_u64(found.id);
                let Some(cluster) = self.copies.first_of(id) else {
                    shown.push(Shown { found, copies: Some(0) });
                    continue;
                };
                let (first, others) = if let Some(known) = clusters.get(&cluster) {
                    *known
                } else {
                    let weight = match &mut weight {
                        Some(weight) => weight,
                        none => none.insert(self.query.weight(unscored)?),
                    };
                    let known = self.first_match(weight.as_ref(), cluster)?.unwrap_or((id, 0));
                    clusters.insert(cluster, known);
                    known
                };
                if first == id {
                    shown.push(Shown { found, copies: Some(others) });
                }
            }
            if shown.len() >= limit || exhausted {
                shown.truncate(limit);
                return Ok(shown);
            }
            wanted = wanted.saturating_mul(2);
        }
    }

    /// The first matching article of a cluster, by day and id, and how many others match.
    fn first_match(
        &self,
        weight: &dyn Weight,
        cluster: ArticleId,
    ) -> Result<Option<(ArticleId, u32)>, Error> {
        let mut matching = Vec::new();
        for member in self.copies.members(cluster) {
            let term = Term::from_field_u64(self.fields.id, member.as_u64());
            for reader in self.searcher.segment_readers() {
                let index = reader.inverted_index(self.fields.id)?;
                let list = index.read_postings(&term, IndexRecordOption::Basic);
                let list = list.map_err(tantivy::TantivyError::from)?;
                let alive = reader.alive_bitset();
                for doc in list.into_iter().flat_map(articles) {
                    if alive.is_none_or(|alive| alive.is_alive(doc))
                        && weight.scorer_danger(reader, doc, 1.0)?.0 == SeekDangerResult::Found
                    {
                        let published = self.columns.i64(reader, self.fields.published)?;
                        matching.push((published.first(doc).unwrap_or(i64::MAX), member));
                    }
                }
            }
        }
        let others = u32::try_from(matching.len().saturating_sub(1)).unwrap_or(u32::MAX);
        Ok(matching.into_iter().min().map(|(_, first)| (first, others)))
    }
}

/// The articles of a list.
fn articles(mut list: SegmentPostings) -> impl Iterator<Item = DocId> {
    let mut next = list.doc();
    std::iter::from_fn(move || {
        let doc = next;
        (doc != TERMINATED).then(|| {
            next = list.advance();
            doc
        })
    })
}
