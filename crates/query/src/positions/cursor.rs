//! A walk over the articles that hold any of several terms, with the positions of all of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// Lists up to which all are looked at for the next article.
const FEW: usize = 4;

/// The union of the postings of some terms.
pub(crate) struct Cursor {
    lists: Vec<SegmentPostings>,
    ahead: Ahead,
    cost: u64,
    /// Whether the first of two lists, where it has an article, has all places of the second: a stem, and the same as a word ([`dateline_schema::Fields::all`]).
    is_nested: bool,
}

/// Where the lists stand.
enum Ahead {
    /// The article of each, and the first of them.
    Few([DocId; FEW], DocId),
    /// The list at each article to come, the nearest on top; lists at their end are gone.
    Many(BinaryHeap<Reverse<(DocId, usize)>>),
}

impl Cursor {
    /// Opens the postings of `terms`; `None` where the segment has none of them.
    pub(crate) fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Option<Self>> {
        Self::read(reader, terms, IndexRecordOption::WithFreqsAndPositions)
    }

    /// The same for lists of articles alone.
    pub(crate) fn of_articles(
        reader: &SegmentReader,
        terms: &[Term],
    ) -> tantivy::Result<Option<Self>> {
        Self::read(reader, terms, IndexRecordOption::Basic)
    }

    fn read(
        reader: &SegmentReader,
        terms: &[Term],
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut lists = Vec::with_capacity(terms.len());
        for term in terms {
            lists.extend(reader.inverted_index(term.field())?.read_postings(term, option)?);
        }
        let ahead = if lists.len() <= FEW {
            let mut docs = [TERMINATED; FEW];
            docs.iter_mut().zip(&lists).for_each(|(doc, list)| *doc = list.doc());
            Ahead::Few(docs, first(&docs))
        } else {
            let docs = lists.iter().map(SegmentPostings::doc).enumerate();
            let docs = docs.filter(|(_, doc)| *doc != TERMINATED);
            Ahead::Many(docs.map(|(n, doc)| Reverse((doc, n))).collect())
        };
        let is_nested = matches!(terms, [stem, word] if lists.len() == 2
            && stem.field() < word.field()
            && stem.serialized_value_bytes() == word.serialized_value_bytes());
        let cost = lists.iter().map(|list| u64::from(list.size_hint())).sum();
        Ok((!lists.is_empty()).then_some(Self { lists, ahead, cost, is_nested }))
    }

    /// About how many articles it goes over.
    pub(crate) fn cost(&self) -> u64 {
        self.cost
    }

    /// The first article from `target` on that holds one of the terms; never goes back.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.ahead {
            Ahead::Few(docs, nearest) => {
                if *nearest < target {
                    for (doc, list) in docs.iter_mut().zip(&mut self.lists) {
                        if *doc < target {
                            *doc = list.seek(target);
                        }
                    }
                    *nearest = first(docs);
                }
                *nearest
            }
            Ahead::Many(ahead) => loop {
                let Some(mut top) = ahead.peek_mut() else { return TERMINATED };
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
            },
        }
    }

    /// Where any of the terms stands in the present article, ascending, each place once.
    pub(crate) fn positions(&mut self, out: &mut Vec<u32>) {
        out.clear();
        let mut read = 0;
        let mut append = |list: &mut SegmentPostings| {
            list.append_positions_with_offset(0, out);
            read += 1;
        };
        match &self.ahead {
            Ahead::Few(_, TERMINATED) => {}
            Ahead::Few(docs, nearest) => {
                let here = docs.iter().zip(&mut self.lists).filter(|(doc, _)| *doc == nearest);
                let enough = if self.is_nested { 1 } else { FEW };
                here.take(enough).for_each(|(_, list)| append(list));
            }
            Ahead::Many(ahead) => {
                let nearest = ahead.peek().map(|Reverse((doc, _))| *doc);
                // What stands in the heap below an entry of a later article is later still.
                for Reverse((_, n)) in ahead.iter().filter(|entry| Some(entry.0.0) == nearest) {
                    if let Some(list) = self.lists.get_mut(*n) {
                        append(list);
                    }
                }
            }
        }
        if read > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }
}

fn first(docs: &[DocId; FEW]) -> DocId {
    docs.iter().copied().min().unwrap_or(TERMINATED)
}
