//! What each block of a list holds at best, told without unpacking the block.
//!
//! The engine keeps of every whole block the last article and the length and number of occurrences of the article that scores most (Ding and Suel, Faster
//! Top-k Document Retrieval Using Block-Max Indexes, SIGIR 2011), in front of the list. Its own readers look at the next one alone; all of them
//! together tell how much the best of the list score at least: as many articles as there are blocks reach what their blocks hold.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader};

use crate::best::Best;
use crate::terms::BLOCK;

/// The lists of fields, each opened once; copies share them.
#[derive(Clone, Default)]
pub(crate) struct OpenLists(Arc<RwLock<FxHashMap<(SegmentId, Field), Lists>>>);

impl std::fmt::Debug for OpenLists {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OpenLists").finish_non_exhaustive()
    }
}

/// The lists of a field in a segment.
#[derive(Clone)]
struct Lists {
    bytes: OwnedBytes,
    /// Bytes that tell of a block.
    width: usize,
}

impl OpenLists {
    /// What the blocks of a list hold at best; `None` where nothing is kept of them, as in a list of less than a block.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn impacts(
        &self,
        reader: &SegmentReader,
        field: Field,
        lies: &TermInfo,
    ) -> tantivy::Result<Option<Impacts>> {
        let blocks = lies.doc_freq as usize / BLOCK;
        if blocks == 0 {
            return Ok(None);
        }
        let Lists { bytes, width } = self.lists(reader, field)?;
        let range = lies.postings_range.start + TOKENS..lies.postings_range.end + TOKENS;
        let Some((length, rest)) = bytes.get(range.clone()).and_then(length) else {
            return Ok(None);
        };
        if width == 0 || length != blocks * width || rest.len() < length {
            return Ok(None);
        }
        let from = range.end - rest.len();
        Ok(Some(Impacts { bytes: bytes.slice(from..from + length), width }))
    }

    fn lists(&self, reader: &SegmentReader, field: Field) -> tantivy::Result<Lists> {
        let key = (reader.segment_id(), field);
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let file = CompositeFile::open(&reader.open_read(SegmentComponent::Postings)?)?;
        let bytes = match file.open_read(field) {
            Some(lists) => lists.read_bytes()?,
            None => OwnedBytes::empty(),
        };
        let kind = reader.schema().get_field_entry(field).field_type();
        let width = match kind.get_index_record_option() {
            Some(IndexRecordOption::WithFreqs) => 8,
            Some(IndexRecordOption::WithFreqsAndPositions) => 12,
            _ => 0,
        };
        let lists = Lists { bytes, width };
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, lists.clone());
        Ok(lists)
    }
}

/// Bytes of the number of words in front of a field's lists.
const TOKENS: usize = 8;

/// A length in front of bytes, seven bits a byte, the last one marked, and what follows.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0;
    for (n, byte) in bytes.iter().enumerate().take(9) {
        length |= usize::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 != 0 {
            return Some((length, bytes.get(n + 1..)?));
        }
    }
    None
}

/// What the whole blocks of a list hold at best.
pub(crate) struct Impacts {
    bytes: OwnedBytes,
    width: usize,
}

/// A whole block of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Block {
    /// Its last article.
    pub(crate) last: DocId,
    /// What the article of it scores at least that scores most by the segment's own average length …
    pub(crate) least: Score,
    /// … and at most.
    pub(crate) most: Score,
}

impl Impacts {
    /// The blocks in their order.
    pub(crate) fn blocks(&self, similarity: &Bm25Weight) -> impl Iterator<Item = Block> {
        self.bytes.chunks_exact(self.width).map(|block| {
            let last = block.first_chunk().map_or(0, |last| DocId::from_le_bytes(*last));
            let (norm, times) = block.last_chunk().map_or((0, 0), |[norm, times]| (*norm, *times));
            let score = |times| similarity.score(norm, times);
            let kept = score(u32::from(times));
            // More occurrences are kept as the greatest number.
            let most = if times == u8::MAX { score(u32::MAX) } else { kept };
            Block { last, least: kept, most }
        })
    }

    /// What the best `limit` articles of the list score at least, where none is deleted; `None` where there are fewer blocks.
    pub(crate) fn reached(&self, similarity: &Bm25Weight, limit: usize) -> Option<Score> {
        let mut best = Best::new(limit);
        for block in self.blocks(similarity) {
            best.offer_score(block.least);
        }
        best.reached()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::fieldnorm::FieldNormReader;
    use tantivy::schema::{Schema, TEXT, TextFieldIndexing, TextOptions};
    use tantivy::{TantivyDocument, Term};

    use super::*;
    use crate::test_index;

    /// The engine's format is its own: what is read here must be what its readers say.
    #[test]
    fn blocks_are_those_of_the_engine() {
        let mut schema = Schema::builder();
        let freqs = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let fields = [
            schema.add_text_field("positions", TEXT),
            schema.add_text_field("freqs", TextOptions::default().set_indexing_options(freqs)),
        ];
        let article = |n: u32| {
            let many = "many ".repeat((n * n % 7) as usize + usize::from(n == 1_500) * 300);
            let some = if n.is_multiple_of(23) { "some" } else { "" };
            let exact = if n < 1_280 { "exact" } else { "" };
            let one = if n % 1_000 == 7 { "one" } else { "" };
            let text = format!("{many}{some} {exact} {one} {}", "word ".repeat((n % 90) as usize));
            let mut article = TantivyDocument::new();
            for field in fields {
                article.add_text(field, &text);
            }
            article
        };
        let searcher = test_index::of_articles(schema, (0..3_000).map(article));
        let reader = searcher.segment_reader(0);
        let opened = OpenLists::default();
        let check = |field: Field, word: &str, expected: usize| {
            let term = Term::from_field_text(field, word);
            let inverted = reader.inverted_index(field).unwrap();
            let norms: FieldNormReader = reader.get_fieldnorms_reader(field).unwrap();
            let lies = inverted.get_term_info(&term).unwrap().unwrap();
            let similarity = Bm25Weight::for_one_term(u64::from(lies.doc_freq), 3_000, 50.0);
            let Some(impacts) = opened.impacts(reader, field, &lies).unwrap() else {
                assert_eq!(expected, 0, "{word}");
                return;
            };
            let mut blocks = inverted
                .read_block_postings_from_terminfo(&lies, IndexRecordOption::WithFreqs)
                .unwrap();
            let mut scores = Vec::new();
            let mut found = 0;
            for block in impacts.blocks(&similarity) {
                assert_eq!(blocks.docs().last(), Some(&block.last), "{word} {found}");
                let engine = blocks.block_max_score(&norms, &similarity);
                assert_eq!(block.most.to_bits(), engine.to_bits(), "{word} {found}");
                let score = |(doc, times): (&DocId, &u32)| {
                    similarity.score(norms.fieldnorm_id(*doc), *times)
                };
                scores.extend(blocks.docs().iter().zip(blocks.freqs()).map(score));
                blocks.advance();
                found += 1;
            }
            assert_eq!(found, expected, "{word}");
            scores.sort_unstable_by(|a, b| b.total_cmp(a));
            for limit in [1, 2, 5, 10, 20] {
                let reached = impacts.reached(&similarity, limit);
                assert_eq!(reached.is_some(), limit <= found, "{word} {limit}");
                assert!(reached.is_none_or(|least| least < scores[limit - 1]), "{word} {limit}");
            }
        };
        for field in fields {
            check(field, "many", 20);
            check(field, "some", 1);
            check(field, "exact", 10);
            check(field, "one", 0);
        }
    }

    #[test]
    fn lengths_in_front_of_bytes() {
        let check = |bytes: &[u8], expected: Option<usize>| {
            assert_eq!(length(bytes).map(|(length, _)| length), expected, "{bytes:?}");
        };
        check(&[0x80], Some(0));
        check(&[0xff, 9], Some(127));
        check(&[0x00, 0x81], Some(128));
        check(&[0x01, 0x02, 0x83], Some(1 + (2 << 7) + (3 << 14)));
        check(&[], None);
        check(&[0x01], None);
        check(&[0; 12], None);
    }
}
