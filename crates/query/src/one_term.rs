//! A single word, of which is known where its articles are listed.
//!
//! The engine would look it up once more, and it walks through its articles one by one. A list that is not long is read here as fast as it is unpacked.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader};

use crate::rank::Statistics;

/// Articles in a block of postings.
const BLOCK: usize = 128;

/// Articles up to which a list is read whole: of longer ones the engine passes over blocks without unpacking them, which it alone can.
const MOST_READ: u32 = 8_192;

/// The articles of a term, scored.
pub(crate) struct OneTerm<'a> {
    field: Field,
    lists: &'a [(SegmentId, TermInfo)],
    similarity: Bm25Weight,
    /// Words of the field in an article, on average.
    average: Score,
}

impl<'a> OneTerm<'a> {
    /// The term that a query is; `None` where it is anything else, or has long lists, or was not looked up.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of(
        query: &dyn Query,
        statistics: &'a Statistics,
    ) -> tantivy::Result<Option<Self>> {
        let Some(query) = query.downcast_ref::<TermQuery>() else { return Ok(None) };
        let Some(lists) = statistics.known_lists(query.term()) else { return Ok(None) };
        if lists.iter().any(|(_, lies)| lies.doc_freq > MOST_READ) {
            return Ok(None);
        }
        let field = query.term().field();
        let average = statistics.average(field)?;
        let similarity = Bm25Weight::for_one_term_without_explain(
            statistics.doc_freq(query.term())?,
            statistics.total_num_docs()?,
            average,
        );
        Ok(Some(Self { field, lists, similarity, average }))
    }

    /// Calls `callback` with each article of a segment that scores more than the threshold, which is what the last call returned.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        mut callback: impl FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let own = reader.segment_id();
        let Some((_, lies)) = self.lists.iter().find(|(segment, _)| *segment == own) else {
            return Ok(());
        };
        let index = reader.inverted_index(self.field)?;
        let norms = reader.get_fieldnorms_reader(self.field)?;
        let mut blocks =
            index.read_block_postings_from_terminfo(lies, IndexRecordOption::WithFreqs)?;
        // A block's maximum was found with the segment's own average length.
        let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
        let doubt = (own / self.average).max(self.average / own);
        loop {
            let is_whole = blocks.docs().len() == BLOCK;
            let is_passed = is_whole
                && blocks.block_max_score(&norms, &self.similarity) * doubt <= threshold;
            if !is_passed {
                for (doc, times) in blocks.docs().iter().zip(blocks.freqs()) {
                    let score = self.similarity.score(norms.fieldnorm_id(*doc), *times);
                    if score > threshold {
                        threshold = callback(*doc, score);
                    }
                }
            }
            if !is_whole {
                return Ok(());
            }
            blocks.advance();
        }
    }
}
