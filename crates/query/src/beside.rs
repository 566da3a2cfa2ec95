//! A condition that is met by the articles of a few lists: they are read before anything else, into a set.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term};

use crate::added::{Add, AddedQuery};
use crate::condition::Condition;
use crate::either::EitherQuery;
use crate::forms::FormsQuery;
use crate::positions::PositionQuery;
use crate::rank::Statistics;
use crate::terms::BLOCK;

/// Articles in the lists of a condition up to which they are read.
pub(crate) const MOST_READ: u64 = 1 << 17;

/// How many times more articles than the rarest a word of a sequence has where it is not read, but looked for in what the others let pass.
const MUCH_MORE: u64 = 4;

/// To look for an article in a block takes as long as to look for so many articles in a set.
const AS_MANY_TESTS: u64 = 8;

/// Where a term's lists lie.
type Lists<'a> = (Field, &'a [(SegmentId, TermInfo)]);

/// Any of some alternatives.
pub(crate) struct Beside<'a>(Vec<Alternative<'a>>);

/// What an article has if it has a term of each slot, and they stand as they must.
struct Alternative<'a> {
    slots: Vec<Vec<Lists<'a>>>,
    /// What tells whether they stand so; nothing where to have them is enough.
    stands: Option<PositionQuery>,
}

impl Alternative<'_> {
    /// About how many articles have it: those of the rarest slot.
    fn size(&self) -> u64 {
        self.slots.iter().map(|slot| size(slot)).min().unwrap_or_default()
    }

    /// Adds to `any` the articles of a segment that may have it.
    fn add_to(&self, any: &mut Bits, reader: &SegmentReader) -> tantivy::Result<()> {
        let rarest = self.size();
        let is_read = |slot: &&Vec<Lists<'_>>| size(slot) <= rarest.saturating_mul(MUCH_MORE);
        let mut read = self.slots.iter().filter(is_read);
        let (Some(first), second) = (read.next(), read.next()) else { return Ok(()) };
        let Some(second) = second else { return any.add(reader, first) };
        let mut all = Bits::default();
        all.add(reader, first)?;
        for slot in std::iter::once(second).chain(read) {
            let mut other = Bits::default();
            other.add(reader, slot)?;
            all.keep(&other);
        }
        any.join(all);
        Ok(())
    }
}

impl<'a> Beside<'a> {
    /// A condition taken apart; `None` where it is not made of terms that were looked up, or has so many articles that they are better sought than read,
    /// beside a word in `articles`.
    pub(crate) fn of(
        condition: &Condition,
        articles: u64,
        searcher: &Searcher,
        statistics: &'a Statistics,
    ) -> Option<Self> {
        let found = Self::taken_apart(&*condition.0, statistics)?;
        let all = found.cost();
        // To read a block takes as long as to seek a few of its articles.
        let is_worth_it = all <= MOST_READ
            && all / BLOCK as u64 <= articles
            && Bits::cost(searcher) <= all + articles;
        is_worth_it.then_some(found)
    }

    /// A query taken apart; `None` where it is not made of terms that were looked up.
    pub(crate) fn taken_apart(query: &dyn Query, statistics: &'a Statistics) -> Option<Self> {
        let mut found = Vec::new();
        gather(query, statistics, &mut found).then_some(Self(found))
    }

    /// Articles in its lists.
    pub(crate) fn cost(&self) -> u64 {
        self.0.iter().flat_map(|one| &one.slots).map(|slot| size(slot)).sum()
    }

    /// About how many articles meet it.
    pub(crate) fn size(&self) -> u64 {
        self.0.iter().map(Alternative::size).sum()
    }

    /// The articles of a segment that may meet it.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn bits(&self, reader: &SegmentReader) -> tantivy::Result<Bits> {
        let mut any = Bits::default();
        for alternative in &self.0 {
            alternative.add_to(&mut any, reader)?;
        }
        Ok(any)
    }

    /// The alternatives in a segment.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn open(&self, reader: &SegmentReader) -> tantivy::Result<Vec<Opened>> {
        let unscored = EnableScoring::Disabled { schema: reader.schema(), searcher_opt: None };
        let mut found: Vec<Opened> = Vec::with_capacity(self.0.len());
        let mut plain = Opened::default();
        for alternative in &self.0 {
            let Some(stands) = &alternative.stands else {
                alternative.add_to(&mut plain.bits, reader)?;
                plain.size += alternative.size();
                continue;
            };
            let mut bits = Bits::default();
            alternative.add_to(&mut bits, reader)?;
            let stands = Some(stands.weight(unscored)?);
            found.push(Opened { bits, size: alternative.size(), stands, asked: None });
        }
        if plain.size > 0 {
            found.insert(0, plain);
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
    statistics: &'a Statistics,
    found: &mut Vec<Alternative<'a>>,
) -> bool {
    let lists = |term: &Term| Some((term.field(), statistics.known_lists(term)?));
    let known = |terms: &[Term]| -> Option<Vec<Lists<'a>>> { terms.iter().map(lists).collect() };
    if let Some(inner) = query.downcast_ref::<Condition>() {
        return gather(&*inner.0, statistics, found);
    }
    if let Some(added) = query.downcast_ref::<AddedQuery>() {
        return gather(&*added.query, statistics, found);
    }
    if let Some(either) = query.downcast_ref::<EitherQuery>() {
        return either.0.iter().all(|one| gather(&**one, statistics, found));
    }
    let (slots, stands): (Option<Vec<_>>, _) = if let Some(one) = query.downcast_ref::<TermQuery>()
    {
        (known(std::slice::from_ref(one.term())).map(|one| vec![one]), None)
    } else if let Some(forms) = query.downcast_ref::<FormsQuery>() {
        (forms.words.iter().flatten().map(lists).collect::<Option<_>>().map(|any| vec![any]), None)
    } else if let Some(sequence) = query.downcast_ref::<PositionQuery>() {
        let slots = sequence.0.slots.iter().map(|slot| known(&slot.terms)).collect();
        (slots, Some(sequence.clone()))
    } else {
        return false;
    };
    let is_known = slots.is_some();
    found.extend(slots.map(|slots| Alternative { slots, stands }));
    is_known
}

/// A set of the articles of a segment, a bit each.
#[derive(Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// How many articles are put in while a set of all segments is cleared.
    pub(crate) fn cost(searcher: &Searcher) -> u64 {
        let articles = searcher.segment_readers().iter().map(|reader| u64::from(reader.max_doc()));
        articles.sum::<u64>() / u64::from(u64::BITS)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    /// Whether an article is among them.
    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0
            .get((doc / u64::BITS) as usize)
            .is_some_and(|bits| bits >> (doc % u64::BITS) & 1 == 1)
    }

    /// The first one from `target` on.
    pub(crate) fn first(&self, target: DocId) -> Option<DocId> {
        let mut at = target / u64::BITS;
        let mut rest = self.0.get(at as usize)? >> (target % u64::BITS) << (target % u64::BITS);
        while rest == 0 {
            at += 1;
            rest = *self.0.get(at as usize)?;
        }
        Some(at * u64::BITS + rest.trailing_zeros())
    }

    /// Leaves those that `other` has as well.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
    }

    /// Takes in those of `other`.
    fn join(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
        } else {
            self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
        }
    }

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
#[derive(Default)]
pub(crate) struct Opened {
    /// The articles that may have it.
    bits: Bits,
    /// As many articles or fewer may have it, in the whole index.
    size: u64,
    stands: Option<Box<dyn Weight>>,
    /// What tells whether the terms of an article stand as they must, once that was asked.
    asked: Option<Add>,
}

impl Opened {
    /// The first article from `target` on that may have it.
    pub(crate) fn first(&self, target: DocId) -> Option<DocId> {
        self.bits.first(target)
    }

    /// Those of `docs`, at most a block, that may have it, each as a bit.
    pub(crate) fn marks(&self, docs: &[DocId]) -> u128 {
        let (Some(first), Some(last)) = (docs.first(), docs.last()) else { return 0 };
        let stretch = u64::from(last - first);
        let all = u64::from(u64::BITS) * self.bits.0.len() as u64;
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
                let word = self.bits.0.get((doc / u64::BITS) as usize).copied().unwrap_or_default();
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
    pub(crate) fn stands(&mut self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<bool> {
        let Some(weight) = &self.stands else { return Ok(true) };
        if self.asked.is_none() {
            self.asked = Add::open(&**weight, reader, doc, 1.0)?;
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
            let bits = Bits(bits);
            for doc in 0..700 {
                proptest::prop_assert_eq!(bits.has(doc), others.contains(&doc), "{}", doc);
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
