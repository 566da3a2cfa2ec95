//! Articles that may meet all that a query needs, found before any of them is looked at.
//!
//! To seek an article in a list takes as long as to read many of it. Where none of the lists is much longer than another, all are read into sets, and what
//! these share is what is walked over.

use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{Searcher, SegmentReader};

use super::conditions::is_conjunction;
use crate::added::AddedQuery;
use crate::beside::{Beside, Bits, MOST_READ};
use crate::rank::Statistics;

/// Articles of a list that are read in the time in which one is sought in it.
const AS_MANY_READ: u64 = 6;

/// Of some segments, the articles that may meet a query.
#[derive(Debug)]
pub(crate) struct Candidates(Vec<(SegmentId, Bits)>);

impl Candidates {
    /// Those of a query; `None` where not two of its clauses are made of lists that are worth reading.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of(
        query: &dyn Query,
        searcher: &Searcher,
        statistics: &Statistics,
    ) -> tantivy::Result<Option<Self>> {
        let mut clauses = Vec::new();
        gather(query, statistics, &mut clauses);
        let fewest = clauses.iter().map(Beside::size).min().unwrap_or_default();
        clauses.retain(|clause| clause.cost() / AS_MANY_READ <= fewest);
        let read: u64 = clauses.iter().map(Beside::cost).sum();
        if clauses.len() < 2 || read > MOST_READ || Bits::cost(searcher) > read {
            return Ok(None);
        }
        let shared = |segment: &SegmentReader| {
            let mut sets = clauses.iter().map(|clause| clause.bits(segment));
            let mut shared = sets.next().transpose()?.unwrap_or_default();
            for set in sets {
                shared.keep(&set?);
            }
            Ok((segment.segment_id(), shared))
        };
        Ok(Some(Self(
            searcher.segment_readers().iter().map(shared).collect::<tantivy::Result<_>>()?,
        )))
    }

    /// Those of a segment.
    pub(super) fn of_segment(&self, reader: &SegmentReader) -> Option<&Bits> {
        let own = reader.segment_id();
        self.0.iter().find(|(segment, _)| *segment == own).map(|(_, bits)| bits)
    }
}

/// What a query needs all of, as far as it is made of lists.
fn gather<'a>(query: &dyn Query, statistics: &'a Statistics, found: &mut Vec<Beside<'a>>) {
    if let Some(added) = query.downcast_ref::<AddedQuery>() {
        return gather(&*added.query, statistics, found);
    }
    match query.downcast_ref::<BooleanQuery>().filter(|all| is_conjunction(all)) {
        Some(all) => {
            for (_, clause) in all.clauses().iter().filter(|(occur, _)| *occur == Occur::Must) {
                gather(&**clause, statistics, found);
            }
        }
        None => found.extend(Beside::taken_apart(query, statistics)),
    }
}
