//! Terms that a query asks for, each looked up once in the dictionaries of the index.

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::{Searcher, Term};

/// What the dictionaries know of a term.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Articles that have it, deleted ones counted.
    pub(crate) articles: u64,
    /// Where its lists lie, in the segments that have it.
    pub(crate) lists: Vec<(SegmentId, TermInfo)>,
}

/// Terms that were looked up.
pub(crate) type Terms = FxHashMap<Term, Known>;

/// Looks a term up.
///
/// # Errors
///
/// Where the index cannot be read.
pub(crate) fn look_up(searcher: &Searcher, term: &Term) -> tantivy::Result<Known> {
    let mut known = Known::default();
    for reader in searcher.segment_readers() {
        if let Some(info) = reader.inverted_index(term.field())?.get_term_info(term)? {
            known.articles += u64::from(info.doc_freq);
            known.lists.push((reader.segment_id(), info));
        }
    }
    Ok(known)
}
