//! The clusters of copies of the index that is open.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use dateline_article::{Article, ArticleId};
use tantivy::{DocAddress, Searcher};

use super::LocalEngine;
use crate::duplicates::{Cluster, Clustered, Clusters, Copy};
use crate::engine::{CopyMode, Error, Request};

/// An article of a cluster: what it is ordered by, and where it lies.
type Member = (i64, ArticleId, DocAddress);

impl LocalEngine {
    pub(super) fn find_clusters(&self, wanted: &Clusters) -> Result<Clustered, Error> {
        let searcher = self.reader.searcher();
        let mut clusters = self.members(&searcher, |_| true)?;
        if let Some(request) = &wanted.within {
            let matching = self.matching_clusters(&searcher, request)?;
            clusters.retain(|cluster, _| matching.contains(cluster));
        }
        let least = wanted.min.max(2);
        let mut clusters: Vec<Vec<Member>> =
            clusters.into_values().filter(|members| members.len() >= least).collect();
        let first = |members: &[Member]| members.first().map(|(at, id, _)| (*at, *id));
        clusters.sort_by_key(|members| (Reverse(members.len()), first(members)));
        let total = clusters.len();
        clusters.truncate(wanted.limit.unwrap_or(total));
        let told = clusters.iter().map(|members| self.tell(&searcher, members));
        Ok(Clustered { clusters: told.collect::<Result<_, _>>()?, total })
    }

    pub(super) fn find_cluster(&self, id: ArticleId) -> Result<Option<Cluster>, Error> {
        let Some(wanted) = self.copies.get().first_of(id) else { return Ok(None) };
        let searcher = self.reader.searcher();
        let clusters = self.members(&searcher, |cluster| cluster == wanted)?;
        let is_there = |members: &[Member]| members.iter().any(|(_, member, _)| *member == id);
        let members = clusters.into_values().find(|members| members.len() > 1 && is_there(members));
        members.map(|members| self.tell(&searcher, &members)).transpose()
    }

    /// The articles of the clusters that `wanted` takes, as far as the index has them, in the order of each cluster.
    pub(super) fn members(
        &self,
        searcher: &Searcher,
        wanted: impl Fn(ArticleId) -> bool,
    ) -> Result<BTreeMap<ArticleId, Vec<Member>>, Error> {
        let copies = self.copies.get();
        let mut clusters: BTreeMap<ArticleId, Vec<Member>> = BTreeMap::new();
        if copies.is_empty() {
            return Ok(clusters);
        }
        for (reader, ordinal) in searcher.segment_readers().iter().zip(0..) {
            let ids = self.columns.u64(reader, self.opened.fields.id)?;
            let published = self.columns.i64(reader, self.opened.fields.published)?;
            for doc in reader.doc_ids_alive() {
                let Some(id) = ids.first(doc).map(ArticleId::from_u64) else { continue };
                if let Some(cluster) = copies.first_of(id).filter(|cluster| wanted(*cluster)) {
                    let at = published.first(doc).unwrap_or(i64::MAX);
                    let member = (at, id, DocAddress::new(ordinal, doc));
                    clusters.entry(cluster).or_default().push(member);
                }
            }
        }
        for members in clusters.values_mut() {
            members.sort_unstable();
        }
        Ok(clusters)
    }

    /// The clusters of which an article matches.
    fn matching_clusters(
        &self,
        searcher: &Searcher,
        request: &Request,
    ) -> Result<HashSet<ArticleId>, Error> {
        let request = Request { copies: CopyMode::Folded, ..request.clone() };
        let mut found = HashSet::new();
        if let Some(matching) = self.matching(searcher, &request)? {
            for segment in matching.segments() {
                segment.each(&mut |_, cluster| found.extend(cluster))?;
            }
        }
        Ok(found)
    }

    fn tell(&self, searcher: &Searcher, members: &[Member]) -> Result<Cluster, Error> {
        let told = members.iter().map(|(_, id, address)| {
            // The article alone: what was extracted from it is passed over.
            self.stored::<Article>(searcher, *address, *id).map(Copy::from)
        });
        Ok(Cluster { articles: told.collect::<Result<_, _>>()? })
    }
}
