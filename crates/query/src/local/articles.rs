//! The articles that match, one of each cluster of copies, in the order in which they lie in the index: what concordances and collocates read.

use std::collections::HashMap;

use dateline_article::ArticleId;
use tantivy::{DocAddress, Searcher};

use super::LocalEngine;
use crate::engine::{Error, Request};
use crate::note::Note;

/// A matching article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Seconds since 1970 by which it is ordered; the greatest number where it has no date.
    pub(super) published: i64,
    pub(super) id: ArticleId,
    pub(super) address: DocAddress,
}

impl LocalEngine {
    /// Every matching article, of copies the first that matches, in the order of the index; never relaxed.
    pub(super) fn places(
        &self,
        searcher: &Searcher,
        request: &Request,
    ) -> Result<(Vec<Place>, Vec<Note>), Error> {
        let Some(matching) = self.matching(searcher, request)? else {
            return Ok((Vec::new(), request.query.notes.clone()));
        };
        let mut places = Vec::new();
        let mut firsts: HashMap<ArticleId, Place> = HashMap::new();
        for segment in matching.segments() {
            let ids = self.columns.u64(segment.reader, self.opened.fields.id)?;
            let published = self.columns.i64(segment.reader, self.opened.fields.published)?;
            segment.each(&mut |doc, cluster| {
                let place = Place {
                    published: published.first(doc).unwrap_or(i64::MAX),
                    id: ArticleId::from_u64(ids.first(doc).unwrap_or_default()),
                    address: DocAddress::new(segment.ordinal, doc),
                };
                match cluster {
                    None => places.push(place),
                    Some(cluster) => {
                        let first = firsts.entry(cluster).or_insert(place);
                        *first = place.min(*first);
                    }
                }
            })?;
        }
        places.extend(firsts.into_values());
        places.sort_unstable_by_key(|place| place.address);
        Ok((places, matching.notes()))
    }
}
