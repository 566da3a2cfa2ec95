//! A walk over the articles that hold any of several terms, with the positions of all of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The union of the postings of some terms.
pub(crate) struct Cursor {
    lists: Vec<SegmentPostings>,
    /// The list at each article to come, the nearest on top; lists at their end are gone.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    cost: u64,
}

impl Cursor {
    /// Opens the postings of `terms`; `None` where the segment has none of them.
    pub(crate) fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Option<Self>> {
        let mut lists = Vec::new();
        for term in terms {
            let postings = reader
                .inverted_index(term.field())?
                .read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            lists.extend(postings);
        }
        let ahead = lists
            .iter()
            .enumerate()
            .filter(|(_, list)| list.doc() != TERMINATED)
            .map(|(n, list)| Reverse((list.doc(), n)))
            .collect();
        let cost = lists.iter().map(|list| u64::from(list.size_hint())).sum();
        Ok((!lists.is_empty()).then_some(Self { lists, ahead, cost }))
    }

    /// About how many articles it goes over.
    pub(crate) fn cost(&self) -> u64 {
        self.cost
    }

    /// The first article from `target` on that holds one of the terms; never goes back.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        loop {
            let Some(mut top) = self.ahead.peek_mut() else { return TERMINATED };
            let Reverse((doc, n)) = *top;
            if doc >= target {
                return doc;
            }
            let next = self.lists.get_mut(n).map_or(TERMINATED, |list| list.seek(target));
            if next == TERMINATED {
                std::collections::binary_heap::PeekMut::pop(top);
            } else {
                *top = Reverse((next, n));
            }
        }
    }

    /// Where any of the terms stands in the present article, ascending, each place once.
    pub(crate) fn positions(&mut self, out: &mut Vec<u32>) {
        out.clear();
        let Some(Reverse((doc, first))) = self.ahead.peek().copied() else { return };
        if self.lists.len() == 1 {
            if let Some(list) = self.lists.get_mut(first) {
                list.positions(out);
            }
            return;
        }
        // What stands in the heap below an entry of a later article is later still.
        for list in self.ahead.iter().filter(|entry| entry.0.0 == doc) {
            if let Some(list) = self.lists.get_mut(list.0.1) {
                list.append_positions_with_offset(0, out);
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}
