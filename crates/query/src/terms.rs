//! Terms that a query asks for, each looked up once in the dictionaries of the index.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_schema::Fields;
use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term};

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

/// Articles in a block of postings.
pub(crate) const BLOCK: usize = 128;

/// Words of which is kept how many articles have them.
const MOST_KEPT: usize = 1 << 16;

/// In how many articles words stand that have several lists, those asked for before; copies share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordCounts(Arc<Mutex<FxHashMap<Vec<Term>, u64>>>);

impl WordCounts {
    /// Articles that have any of the terms of a word, which are in so many each; deleted ones are counted. The first time it is asked for, the lists are gone through, of two the shorter
    /// one.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn articles(
        &self,
        searcher: &Searcher,
        mut terms: Vec<(Term, u64)>,
    ) -> tantivy::Result<u64> {
        terms.retain(|(_, articles)| *articles > 0);
        let sum = terms.iter().map(|(_, articles)| articles).sum();
        if terms.len() < 2 {
            return Ok(sum);
        }
        let terms: Vec<Term> = terms.into_iter().map(|(term, _)| term).collect();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&terms).copied();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let mut found = 0;
        for reader in searcher.segment_readers() {
            let mut lists = Vec::with_capacity(terms.len());
            for term in &terms {
                lists.extend(list(reader, term)?);
            }
            found += match <[SegmentPostings; 2]>::try_from(lists) {
                Ok([one, other]) => {
                    u64::from(one.doc_freq()) + u64::from(other.doc_freq()) - in_both(one, other)
                }
                Err(lists) => in_any(lists),
            };
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(terms, found);
        Ok(found)
    }

    /// Articles that have a stem of their own words in title or text.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of_stem(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        stem: &str,
    ) -> tantivy::Result<u64> {
        let mut terms = Vec::new();
        for term in terms_of_stem(fields, stem) {
            let articles = searcher.doc_freq(&term)?;
            terms.push((term, articles));
        }
        self.articles(searcher, terms)
    }
}

fn list(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    let index = reader.inverted_index(term.field())?;
    Ok(index.read_postings(term, IndexRecordOption::Basic)?)
}

/// How many articles two lists share.
fn in_both(one: SegmentPostings, other: SegmentPostings) -> u64 {
    let (mut short, mut long) =
        if one.doc_freq() <= other.doc_freq() { (one, other) } else { (other, one) };
    let (mut both, mut doc) = (0, short.doc());
    while doc != TERMINATED {
        let next = if long.doc() < doc { long.seek(doc) } else { long.doc() };
        both += u64::from(next == doc);
        doc = if next > doc { short.seek(next) } else { short.advance() };
    }
    both
}

/// How many articles are in any of some lists.
fn in_any(mut lists: Vec<SegmentPostings>) -> u64 {
    let mut any = 0;
    while let Some(doc) = lists.iter().map(SegmentPostings::doc).min() {
        lists.retain_mut(|list| list.doc() != doc || list.advance() != TERMINATED);
        any += u64::from(doc != TERMINATED);
    }
    any
}

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

/// Where the articles lie that have a term.
///
/// # Errors
///
/// Where the index cannot be read.
pub(crate) fn addresses(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let Some(mut list) = list(reader, term)? else { continue };
        while list.doc() != TERMINATED {
            if !reader.is_deleted(list.doc()) {
                found.push(DocAddress::new(segment, list.doc()));
            }
            list.advance();
        }
    }
    Ok(found)
}

/// The terms under which a stem of an article's own words may stand in title and text.
pub(crate) fn terms_of_stem(fields: &Fields, stem: &str) -> Vec<Term> {
    [fields.all, fields.all_exact].map(|field| Term::from_field_text(field, stem)).to_vec()
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    #[test]
    fn articles_with_a_word_are_counted_once() {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter<TantivyDocument> =
            index.writer_with_num_threads(1, 15_000_000).unwrap();
        for n in 0..2_000_u32 {
            let words = [("two", 2), ("three", 3), ("five", 5), ("many", 1_999)];
            let words = words.iter().filter(|(_, every)| n % every == 0).map(|(word, _)| *word);
            let mut article = TantivyDocument::new();
            article.add_text(text, words.collect::<Vec<_>>().join(" "));
            writer.add_document(article).unwrap();
            if n == 700 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let counts = WordCounts::default();
        let check = |words: &[&str], has: fn(u32) -> bool| {
            let terms = words.iter().map(|word| Term::from_field_text(text, word));
            let terms: Vec<_> =
                terms.map(|term| (term.clone(), searcher.doc_freq(&term).unwrap())).collect();
            let expected = (0..2_000).filter(|n| has(*n)).count() as u64;
            for _ in 0..2 {
                assert_eq!(
                    counts.articles(&searcher, terms.clone()).unwrap(),
                    expected,
                    "{words:?}"
                );
            }
        };
        check(&[], |_| false);
        check(&["none"], |_| false);
        check(&["two"], |n| n % 2 == 0);
        check(&["two", "three"], |n| n % 2 == 0 || n % 3 == 0);
        check(&["many", "three"], |n| n % 1_999 == 0 || n % 3 == 0);
        check(&["two", "three", "five"], |n| n % 2 == 0 || n % 3 == 0 || n % 5 == 0);
        check(&["none", "two", "five"], |n| n % 2 == 0 || n % 5 == 0);
    }
}
