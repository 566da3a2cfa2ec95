//! Articles that may meet all that a query needs, found before any of them is looked at.
//!
//! To seek an article in a list takes as long as to read many of it. Where none of the lists is much longer than another, all are read into sets, and what
//! these share is what is walked over.

use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::{Searcher, SegmentReader};

use super::conditions::is_conjunction;
use crate::added::AddedQuery;
use crate::beside::{Beside, Bits, MOST_READ};
use crate::forms::FormsQuery;
use crate::rank::Statistics;

/// Articles of a list that are read in the time in which one is sought in it.
const AS_MANY_READ: u64 = 6;

/// Articles up to which lists are read beside a single word that is rarer than all else: to find the best of it few are looked at.
const ENOUGH: u64 = 8192;

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
        let (mut clauses, mut words) = (Vec::new(), Vec::new());
        gather(query, statistics, &mut clauses, &mut words);
        let fewest = clauses.iter().map(Beside::size).min().unwrap_or_default();
        clauses.retain(|clause| clause.cost() / AS_MANY_READ <= fewest);
        let read: u64 = clauses.iter().map(Beside::cost).sum();
        let is_rare_word = matches!(*words, [word] if word == fewest);
        let is_enough = if is_rare_word { ENOUGH } else { MOST_READ };
        if clauses.len() < 2 || read > is_enough || Bits::cost(searcher) > read {
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

/// What a query needs all of, as far as it is made of lists, and of those of its words how many articles each has.
fn gather<'a>(
    query: &dyn Query,
    statistics: &'a Statistics,
    found: &mut Vec<Beside<'a>>,
    words: &mut Vec<u64>,
) {
    if let Some(added) = query.downcast_ref::<AddedQuery>() {
        return gather(&*added.query, statistics, found, words);
    }
    if let Some(all) = query.downcast_ref::<BooleanQuery>().filter(|all| is_conjunction(all)) {
        for (_, clause) in all.clauses().iter().filter(|(occur, _)| *occur == Occur::Must) {
            gather(&**clause, statistics, found, words);
        }
        return;
    }
    let Some(lists) = Beside::taken_apart(query, statistics) else { return };
    if query.is::<FormsQuery>() || query.is::<TermQuery>() {
        words.push(lists.size());
    }
    found.push(lists);
}
