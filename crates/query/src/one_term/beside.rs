//! A condition that is met by the articles of a few lists: they are read before the word's, into a set.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::BLOCK;
use crate::added::Add;
use crate::condition::Condition;
use crate::either::EitherQuery;
use crate::forms::FormsQuery;
use crate::positions::PositionQuery;
use crate::rank::Statistics;

/// Articles in the lists of a condition up to which they are read.
const MOST_READ: u64 = 1 << 17;

/// How many times more articles than the rarest a word of a sequence has where it is not read, but looked for in what the others let pass.
const MUCH_MORE: u64 = 4;

/// To look for an article in a block takes as long as to look for so many articles in a set.
const AS_MANY_TESTS: u64 = 8;

/// Where a term's lists lie.
type Lists<'a> = (Field, &'a [(SegmentId, TermInfo)]);

/// Any of some alternatives.
pub(super) struct Beside<'a>(Vec<Alternative<'a>>);

/// What an article has if it has a term of each slot, and they stand as they must.
struct Alternative<'a> {
    slots: Vec<Vec<Lists<'a>>>,
    /// Whether they stand so; nothing where that is enough.
    stands: Option<Box<dyn Weight>>,
}

impl<'a> Beside<'a> {
    /// A condition taken apart; `None` where it is not made of terms that were looked up, or has so many articles that they are better sought than read,
    /// beside a word in `articles`.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn of(
        condition: &Condition,
        articles: u64,
        searcher: &Searcher,
        statistics: &'a Statistics,
    ) -> tantivy::Result<Option<Self>> {
        let mut found = Vec::new();
        if !gather(&*condition.0, searcher, statistics, &mut found)? {
            return Ok(None);
        }
        let slots = found.iter().flat_map(|one: &Alternative<'_>| &one.slots);
        let all: u64 = slots.map(|slot| size(slot)).sum();
        // To read a block takes as long as to seek a few of its articles, to clear the set as long as to put some in.
        let cleared = searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc()));
        let is_worth_it = all <= MOST_READ
            && all / BLOCK as u64 <= articles
            && cleared.sum::<u64>() / u64::from(u64::BITS) <= all + articles;
        Ok(is_worth_it.then_some(Self(found)))
    }

    /// The alternatives in a segment.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open(&self, reader: &SegmentReader) -> tantivy::Result<Vec<Opened<'_>>> {
        let mut found: Vec<Opened<'_>> = Vec::with_capacity(self.0.len());
        for Alternative { slots, stands } in &self.0 {
            let stands = stands.as_deref();
            let bits = match found.first_mut() {
                Some(first) if stands.is_none() && first.stands.is_none() => {
                    std::mem::take(&mut first.bits)
                }
                _ => Vec::new(),
            };
            let mut all = Bits(bits);
            let rarest = slots.iter().map(|slot| size(slot)).min().unwrap_or_default();
            let mut read =
                slots.iter().filter(|slot| size(slot) <= rarest.saturating_mul(MUCH_MORE));
            if let Some(slot) = read.next() {
                all.add(reader, slot)?;
            }
            for slot in read {
                let mut other = Bits(Vec::new());
                other.add(reader, slot)?;
                all.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
            }
            match found.first_mut() {
                Some(first) if stands.is_none() && first.stands.is_none() => {
                    first.bits = all.0;
                    first.size += rarest;
                }
                _ => found.push(Opened { bits: all.0, size: rarest, stands, asked: None }),
            }
        }
        Ok(found)
    }
}

/// About how many articles have a term of a slot.
fn size(slot: &[Lists<'_>]) -> u64 {
    slot.iter().flat_map(|(_, lists)| lists.iter()).map(|(_, lies)| u64::from(lies.doc_freq)).sum()
}

/// Takes a query apart; false where it is anything else than terms, in any order or in sequence.
fn gather<'a>(
    query: &dyn Query,
    searcher: &Searcher,
    statistics: &'a Statistics,
    found: &mut Vec<Alternative<'a>>,
) -> tantivy::Result<bool> {
    let lists = |term: &Term| Some((term.field(), statistics.known_lists(term)?));
    let known = |terms: &[Term]| -> Option<Vec<Lists<'a>>> { terms.iter().map(lists).collect() };
    if let Some(inner) = query.downcast_ref::<Condition>() {
        return gather(&*inner.0, searcher, statistics, found);
    }
    if let Some(either) = query.downcast_ref::<EitherQuery>() {
        for one in &either.0 {
            if !gather(&**one, searcher, statistics, found)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let (slots, stands): (Option<Vec<_>>, _) = if let Some(one) = query.downcast_ref::<TermQuery>()
    {
        (known(std::slice::from_ref(one.term())).map(|one| vec![one]), None)
    } else if let Some(forms) = query.downcast_ref::<FormsQuery>() {
        (forms.words.iter().flatten().map(lists).collect::<Option<_>>().map(|any| vec![any]), None)
    } else if let Some(sequence) = query.downcast_ref::<PositionQuery>() {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        (sequence.0.slots.iter().map(|slot| known(&slot.terms)).collect(), Some(weight))
    } else {
        return Ok(false);
    };
    let is_known = slots.is_some();
    found.extend(slots.map(|slots| Alternative { slots, stands }));
    Ok(is_known)
}

/// A set of the articles of a segment.
struct Bits(Vec<u64>);

impl Bits {
    /// Adds the articles of some lists.
    fn add(&mut self, reader: &SegmentReader, slot: &[Lists<'_>]) -> tantivy::Result<()> {
        self.0.resize(reader.max_doc().div_ceil(u64::BITS) as usize, 0);
        let own = reader.segment_id();
        for (field, lists) in slot {
            let Some((_, lies)) = lists.iter().find(|(segment, _)| *segment == own) else {
                continue;
            };
            let index = reader.inverted_index(*field)?;
            let mut blocks =
                index.read_block_postings_from_terminfo(lies, IndexRecordOption::Basic)?;
            loop {
                for doc in blocks.docs() {
                    if let Some(bits) = self.0.get_mut((doc / u64::BITS) as usize) {
                        *bits |= 1 << (doc % u64::BITS);
                    }
                }
                if blocks.docs().len() < BLOCK {
                    break;
                }
                blocks.advance();
            }
        }
        Ok(())
    }
}

/// An alternative in a segment.
pub(super) struct Opened<'a> {
    /// A bit for each article, set where it may have it.
    bits: Vec<u64>,
    /// As many articles or fewer may have it, in the whole index.
    size: u64,
    stands: Option<&'a dyn Weight>,
    /// What tells whether the terms of an article stand as they must, once that was asked.
    asked: Option<Add>,
}

impl Opened<'_> {
    /// The first article from `target` on that may have it.
    pub(super) fn first(&self, target: DocId) -> Option<DocId> {
        let mut at = target / u64::BITS;
        let mut rest = self.bits.get(at as usize)? >> (target % u64::BITS) << (target % u64::BITS);
        while rest == 0 {
            at += 1;
            rest = *self.bits.get(at as usize)?;
        }
        Some(at * u64::BITS + rest.trailing_zeros())
    }

    /// Those of `docs`, at most a block, that may have it, each as a bit.
    pub(super) fn marks(&self, docs: &[DocId]) -> u128 {
        let (Some(first), Some(last)) = (docs.first(), docs.last()) else { return 0 };
        let stretch = u64::from(last - first);
        let all = u64::from(u64::BITS) * self.bits.len() as u64;
        let likely = stretch * self.size / all.max(1);
        if stretch / u64::from(u64::BITS) + likely * AS_MANY_TESTS < docs.len() as u64 {
            self.sought(docs, *first, *last)
        } else {
            self.tested(docs)
        }
    }

    /// Those of `docs` that may have it, each of the set looked for among them.
    fn sought(&self, docs: &[DocId], first: DocId, last: DocId) -> u128 {
        let (mut marks, mut at, mut from) = (0, 0, first);
        while let Some(doc) = self.first(from).filter(|doc| *doc <= last) {
            let rest = docs.get(at..).unwrap_or_default();
            at += rest.partition_point(|other| *other < doc);
            marks |= u128::from(docs.get(at) == Some(&doc)) << at;
            from = doc + 1;
        }
        marks
    }

    /// Those of `docs` that may have it, each of them looked for in the set.
    fn tested(&self, docs: &[DocId]) -> u128 {
        let mut marks = 0;
        for half in docs.rchunks(u64::BITS as usize) {
            let mut bits = 0_u64;
            for doc in half.iter().rev() {
                let word = self.bits.get((doc / u64::BITS) as usize).copied().unwrap_or_default();
                bits = bits << 1 | (word >> (doc % u64::BITS) & 1);
            }
            marks = marks << half.len() | u128::from(bits);
        }
        marks
    }

    /// Whether the terms of an article that has all of them stand as they must. Articles must ascend.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn stands(&mut self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<bool> {
        let Some(weight) = self.stands else { return Ok(true) };
        if self.asked.is_none() {
            self.asked = Add::open(weight, reader, doc, 1.0)?;
        }
        Ok(self.asked.as_mut().is_some_and(|asked| asked.has(doc)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_in_both(
            docs in proptest::collection::btree_set(0..600_u32, 0..=BLOCK),
            others in proptest::collection::btree_set(0..600_u32, 0..600),
        ) {
            let mut bits = vec![0; 10];
            for other in &others {
                bits[*other as usize / 64] |= 1 << (other % 64);
            }
            let opened = Opened { bits, size: others.len() as u64, stands: None, asked: None };
            let docs: Vec<DocId> = docs.into_iter().collect();
            let sought = match docs.as_slice() {
                [first, .., last] => opened.sought(&docs, *first, *last),
                _ => opened.tested(&docs),
            };
            for found in [opened.marks(&docs), opened.tested(&docs), sought] {
                for (n, doc) in docs.iter().enumerate() {
                    proptest::prop_assert_eq!(found >> n & 1 == 1, others.contains(doc), "{}", doc);
                }
            }
            for target in [0, 1, 63, 64, 300, 599, 600, 9_000] {
                let first = others.range(target..).next().copied();
                proptest::prop_assert_eq!(opened.first(target), first, "{}", target);
            }
        }
    }
}
