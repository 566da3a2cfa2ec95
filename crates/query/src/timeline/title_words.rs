//! The words of titles that may be special in a peak: found in a sample of its titles, then counted exactly, in the peak and beside it, by the index's
//! own lists of the articles that have them.

use std::collections::{BTreeMap, HashSet};

use dateline_article::ArticleId;
use dateline_schema::analyze::Words;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED, Term};

use crate::engine::Error;
use crate::facets::tally::LANES;
use crate::local::LocalEngine;

/// Titles read of each peak.
const SAMPLE: usize = 100;
/// Words counted of each peak.
const CANDIDATES: usize = 40;
/// Titles of a peak that must have a word.
const FEWEST_TITLES: usize = 2;
/// Letters of the shortest word that says something by itself.
const SHORTEST_LETTERS: usize = 3;

/// A matching article: whether it stands in each peak, and its cluster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) doc: DocId,
    pub(super) cluster: Option<ArticleId>,
    /// For lanes 1 and on, whether it is counted there.
    pub(super) in_peak: [bool; LANES],
}

/// Words of the peaks' titles with the matching articles, clusters as one, that have them in the title: all of them, and those of each peak.
/// `placed` holds the matching articles of each segment.
pub(super) fn title_words(
    engine: &LocalEngine,
    searcher: &Searcher,
    placed: &[Vec<Placed>],
) -> Result<Vec<(String, [u64; LANES])>, Error> {
    let mut words = BTreeMap::new();
    for lane in 1..LANES {
        words.extend(candidates(engine, searcher, placed, lane)?);
    }
    let field = engine.fields().title_exact;
    let mut found = Vec::with_capacity(words.len());
    for (folded, shown) in words {
        let term = Term::from_field_text(field, &folded);
        let mut counts = [0_u64; LANES];
        let mut clusters: HashSet<(usize, ArticleId)> = HashSet::new();
        for (reader, placed) in searcher.segment_readers().iter().zip(placed) {
            let index = reader.inverted_index(field)?;
            let postings = index
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            let Some(mut postings) = postings else { continue };
            for article in placed {
                if postings.doc() < article.doc {
                    postings.seek(article.doc);
                }
                if postings.doc() == TERMINATED {
                    break;
                }
                if postings.doc() != article.doc {
                    continue;
                }
                for (lane, count) in counts.iter_mut().enumerate() {
                    let counted = lane == 0 || article.in_peak.get(lane) == Some(&true);
                    let is_new = |cluster| clusters.insert((lane, cluster));
                    *count += u64::from(counted && article.cluster.is_none_or(is_new));
                }
            }
        }
        found.push((shown, counts));
    }
    Ok(found)
}

/// The words that most titles of a peak have, folded, each as it is written first.
fn candidates(
    engine: &LocalEngine,
    searcher: &Searcher,
    placed: &[Vec<Placed>],
    lane: usize,
) -> Result<Vec<(String, String)>, Error> {
    let mut sample = Vec::new();
    for ((reader, placed), segment) in searcher.segment_readers().iter().zip(placed).zip(0..) {
        let ids = engine.columns().u64(reader, engine.fields().id)?;
        let inside = placed.iter().filter(|article| article.in_peak.get(lane) == Some(&true));
        sample.extend(inside.map(|article| {
            (ids.first(article.doc).unwrap_or_default(), DocAddress::new(segment, article.doc))
        }));
    }
    // By id, so that the sample is the same however the index is cut.
    sample.sort_unstable();
    let mut titles: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (id, address) in sample.into_iter().take(SAMPLE) {
        let record = engine.record(searcher, address, ArticleId::from_u64(id))?;
        let title = record.article.title.unwrap_or_default();
        let mut words = Words::new(&title);
        let mut seen = HashSet::new();
        while words.advance() {
            let folded = words.folded();
            let says = folded.chars().filter(|letter| letter.is_alphabetic()).count();
            if says >= SHORTEST_LETTERS && seen.insert(folded.to_owned()) {
                let written = title.get(words.span()).unwrap_or(folded);
                let of =
                    titles.entry(folded.to_owned()).or_insert_with(|| (0, written.to_lowercase()));
                of.0 += 1;
            }
        }
    }
    let mut words: Vec<_> = titles.into_iter().filter(|(_, (n, _))| *n >= FEWEST_TITLES).collect();
    words.sort_by_key(|(_, (titles, _))| std::cmp::Reverse(*titles));
    words.truncate(CANDIDATES);
    Ok(words.into_iter().map(|(folded, (_, written))| (folded, written)).collect())
}
