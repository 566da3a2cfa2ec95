//! An addend's articles in one segment, with the most that it adds in the present stretch.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::bounds::BoundTerm;
use super::sum::put;
use crate::rank;

/// Articles in a block of postings.
const BLOCK: usize = 128;

/// The articles of one addend, sought in ascending order.
pub(super) struct List {
    articles: Articles,
    /// Where it stands in the sum.
    pub(super) place: usize,
    /// The first article from that sought on.
    pub(super) doc: DocId,
    /// Articles that have it, about.
    pub(super) size: u64,
    /// The most that it adds anywhere in the segment.
    pub(super) most: Score,
    /// The most that it adds in the present stretch.
    pub(super) bound: Score,
    /// What it was last found to add.
    given: Score,
    /// Whether it is read for single articles of the present stretch alone.
    pub(super) is_long: bool,
    /// Whether an article of the present stretch may have it.
    pub(super) is_present: bool,
    /// Whether all articles that have it are looked at in the present stretch.
    pub(super) is_looked_through: bool,
}

enum Articles {
    Term(Box<Postings>),
    Scored(Box<dyn Scorer>),
}

struct Postings {
    blocks: BlockSegmentPostings,
    norms: FieldNormReader,
    similarity: Bm25Weight,
    /// What a block's maximum is to be multiplied with at most: it was found with the segment's own average length, not the index's.
    doubt: Score,
    /// Which of the block's articles is the present one.
    at: usize,
}

impl Postings {
    fn seek(&mut self, target: DocId) -> DocId {
        // The next one is the usual one.
        self.at += 1;
        if self.at >= BLOCK || self.blocks.doc(self.at) < target {
            self.at = self.blocks.seek(target);
        }
        self.blocks.doc(self.at)
    }

    fn is_whole_block(&self) -> bool {
        self.blocks.docs().len() == BLOCK
    }
}

impl List {
    /// The list of a term; none where the segment has none.
    pub(super) fn of_term(
        reader: &SegmentReader,
        bound: &BoundTerm,
    ) -> tantivy::Result<Option<Self>> {
        let BoundTerm { term, lists, similarity, average, place } = bound;
        let own = reader.segment_id();
        let Some((_, lies)) = lists.iter().find(|(segment, _)| *segment == own) else {
            return Ok(None);
        };
        let index = reader.inverted_index(term.field())?;
        let blocks = index.read_block_postings_from_terminfo(lies, IndexRecordOption::WithFreqs)?;
        let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
        let size = u64::from(blocks.doc_freq());
        let doc = blocks.docs().first().copied().unwrap_or(TERMINATED);
        let postings = Postings {
            blocks,
            norms: reader.get_fieldnorms_reader(term.field())?,
            similarity: similarity.clone(),
            doubt: (own / average).max(average / own),
            at: 0,
        };
        let articles = Articles::Term(Box::new(postings));
        Ok(Some(Self::new(articles, *place, doc, size, rank::most(similarity))))
    }

    /// The list of anything else that adds no more than `most`.
    pub(super) fn of_scorer(scorer: Box<dyn Scorer>, place: usize, most: Score) -> Self {
        let (doc, size) = (scorer.doc(), scorer.cost());
        Self::new(Articles::Scored(scorer), place, doc, size, most)
    }

    fn new(articles: Articles, place: usize, doc: DocId, size: u64, most: Score) -> Self {
        Self {
            articles,
            place,
            doc,
            size,
            most,
            bound: most,
            given: 0.0,
            is_long: false,
            is_present: false,
            is_looked_through: false,
        }
    }

    /// Goes to the first article from `target` on; never back.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = match &mut self.articles {
                Articles::Term(postings) => postings.seek(target),
                Articles::Scored(scorer) => scorer.seek(target),
            };
        }
        self.doc
    }

    /// The last article of the present block.
    pub(super) fn last(&self) -> DocId {
        match &self.articles {
            Articles::Term(postings) if postings.is_whole_block() => {
                postings.blocks.docs().last().copied().unwrap_or(TERMINATED - 1)
            }
            _ => TERMINATED - 1,
        }
    }

    /// The most that it adds in the present block.
    pub(super) fn most_in_block(&mut self) -> Score {
        match &mut self.articles {
            // What is left of a list is scored sooner than it is bound.
            Articles::Term(postings) if postings.is_whole_block() => {
                let Postings { blocks, norms, similarity, doubt, .. } = &mut **postings;
                (blocks.block_max_score(norms, similarity) * *doubt).min(self.most)
            }
            _ => self.most,
        }
    }

    /// Whether [`Self::score`] costs no more than a glance.
    pub(super) fn is_term(&self) -> bool {
        matches!(self.articles, Articles::Term(_))
    }

    /// How much more a term adds to an article of the present stretch than it may add, of anything else nothing where the article has it.
    pub(super) fn gain(&mut self, doc: DocId) -> Score {
        if self.seek(doc) != doc {
            return -self.bound;
        }
        if !self.is_term() {
            return 0.0;
        }
        self.given = self.score();
        self.given - self.bound
    }

    /// Puts among `parts` what it adds to an article, if it is a term whose [`Self::gain`] was asked for.
    pub(super) fn give(&self, doc: DocId, parts: &mut [Score]) {
        if self.doc == doc && self.is_term() {
            put(parts, self.place, self.given);
        }
    }

    /// What it adds to the article at which it stands.
    pub(super) fn score(&mut self) -> Score {
        match &mut self.articles {
            Articles::Term(postings) => {
                let Postings { blocks, norms, similarity, at, .. } = &**postings;
                similarity.score(norms.fieldnorm_id(self.doc), blocks.freq(*at))
            }
            Articles::Scored(scorer) => scorer.score(),
        }
    }
}
