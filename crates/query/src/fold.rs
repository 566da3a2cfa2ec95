//! Copies folded into one: each cluster stands in the results as its first matching article, at that article's own place in the order.
//!
//! Exact for any page: more is fetched until the page is full, so the engine's pruning stays in use, and a cluster's first matching article is found by
//! asking the query of those of its members that are not found yet.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dateline_article::ArticleId;
use dateline_schema::{Copies, Fields};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Searcher, Term};

use crate::added::Add;
use crate::collect::Found;
use crate::columns::OpenColumns;
use crate::engine::Error;
use crate::terms::addresses;

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
        let mut clusters = HashMap::new();
        let slack = if self.copies.is_empty() { 0 } else { limit / 2 + 1 };
        let mut wanted = limit.saturating_add(slack);
        loop {
            let found = fetch(wanted)?;
            let exhausted = found.len() < wanted;
            self.look_up(&found, &mut clusters)?;
            let mut shown = Vec::with_capacity(found.len());
            for found in found {
                let id = ArticleId::from_u64(found.id);
                match self.copies.first_of(id).and_then(|cluster| clusters.get(&cluster)) {
                    None => shown.push(Shown { found, copies: Some(0) }),
                    Some(Matched { first: Some((_, first)), .. }) if *first != id => {}
                    Some(Matched { articles, .. }) => {
                        shown.push(Shown { found, copies: Some(articles.saturating_sub(1)) });
                    }
                }
            }
            if shown.len() >= limit || exhausted {
                shown.truncate(limit);
                return Ok(shown);
            }
            wanted = wanted.saturating_mul(2);
        }
    }

    /// Looks up what matches of the clusters of some articles that do: all members are asked for in one pass.
    fn look_up(
        &self,
        found: &[Found],
        clusters: &mut HashMap<ArticleId, Matched>,
    ) -> Result<(), Error> {
        let known: HashMap<ArticleId, DocAddress> =
            found.iter().map(|found| (ArticleId::from_u64(found.id), found.address)).collect();
        let mut members = Vec::new();
        for found in found {
            let Some(cluster) = self.copies.first_of(ArticleId::from_u64(found.id)) else {
                continue;
            };
            if clusters.contains_key(&cluster) {
                continue;
            }
            clusters.insert(cluster, Matched::default());
            for member in self.copies.members(cluster) {
                if let Some(address) = known.get(&member) {
                    members.push((*address, cluster, member));
                    continue;
                }
                let term = Term::from_field_u64(self.fields.id, member.as_u64());
                let lying = addresses(self.searcher, &term)?.into_iter();
                members.extend(lying.map(|address| (address, cluster, member)));
            }
        }
        members.sort_unstable();
        let unscored = EnableScoring::disabled_from_searcher(self.searcher);
        let mut weight = None;
        for members in members.chunk_by(|(one, ..), (next, ..)| one.segment_ord == next.segment_ord)
        {
            let Some((first, ..)) = members.first() else { continue };
            let reader = self.searcher.segment_reader(first.segment_ord);
            let published = self.columns.i64(reader, self.fields.published)?;
            let mut asked = None;
            for (address, cluster, id) in members {
                if !known.contains_key(id) {
                    let weight = match &mut weight {
                        Some(weight) => weight,
                        none => none.insert(self.query.weight(unscored)?),
                    };
                    let asked = match &mut asked {
                        Some(asked) => asked,
                        none => none.insert(Add::open(&**weight, reader, address.doc_id, 1.0)?),
                    };
                    if !asked.as_mut().is_some_and(|asked| asked.has(address.doc_id)) {
                        continue;
                    }
                }
                let published = published.first(address.doc_id).unwrap_or(i64::MAX);
                clusters.entry(*cluster).or_default().add(published, *id);
            }
        }
        Ok(())
    }
}

/// The articles of a cluster that match.
#[derive(Default)]
struct Matched {
    /// When the first one appeared, and that one.
    first: Option<(i64, ArticleId)>,
    articles: u32,
}

impl Matched {
    fn add(&mut self, published: i64, id: ArticleId) {
        self.articles = self.articles.saturating_add(1);
        self.first = Some(self.first.map_or((published, id), |first| first.min((published, id))));
    }
}
