//! An addend's articles in one segment, with the most that it adds in the present stretch.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::bounds::BoundTerm;
use super::sum::put;
use crate::rank;
use crate::terms::BLOCK;

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
    /// What it was last found to add: at its place, and in all.
    given: (Score, Score),
    /// Whether it is read for single articles of the present stretch alone.
    pub(super) is_long: bool,
    /// Whether an article of the present stretch may have it.
    pub(super) is_present: bool,
}

enum Articles {
    /// The terms of a word, of which that counts which adds most.
    Word(Vec<Postings>),
    Scored(Box<dyn Scorer>),
}

#[derive(Clone)]
struct Postings {
    blocks: BlockSegmentPostings,
    norms: FieldNormReader,
    similarity: Bm25Weight,
    /// What a block's maximum is to be multiplied with at most: it was found with the segment's own average length, not the index's.
    doubt: Score,
    /// Where it adds once more by itself, and how much beside what it adds to the word.
    again: Option<(usize, Score)>,
    /// Which of the block's articles is the present one, and that article.
    at: usize,
    doc: DocId,
}

impl Postings {
    /// None where the segment has none.
    fn open(reader: &SegmentReader, bound: &BoundTerm) -> tantivy::Result<Option<Self>> {
        let BoundTerm { term, lists, similarity, average, again, .. } = bound;
        let own = reader.segment_id();
        let Some((_, lies)) = lists.iter().find(|(segment, _)| *segment == own) else {
            return Ok(None);
        };
        let index = reader.inverted_index(term.field())?;
        let blocks = index.read_block_postings_from_terminfo(lies, IndexRecordOption::WithFreqs)?;
        let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
        Ok(Some(Self {
            doc: blocks.docs().first().copied().unwrap_or(TERMINATED),
            blocks,
            norms: reader.get_fieldnorms_reader(term.field())?,
            similarity: similarity.clone(),
            doubt: (own / average).max(average / own),
            again: *again,
            at: 0,
        }))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            // The next one is the usual one.
            self.at += 1;
            if self.at >= BLOCK || self.blocks.doc(self.at) < target {
                self.at = self.blocks.seek(target);
            }
            self.doc = self.blocks.doc(self.at);
        }
        self.doc
    }

    fn is_whole_block(&self) -> bool {
        self.blocks.docs().len() == BLOCK
    }

    /// The last article of the present block.
    fn last(&self) -> DocId {
        if self.is_whole_block() {
            self.blocks.docs().last().copied().unwrap_or(TERMINATED - 1)
        } else {
            TERMINATED - 1
        }
    }

    /// The most that it adds in the present block up to `last`; `most` is the most anywhere.
    fn most_up_to(&mut self, last: DocId, most: Score) -> Score {
        if self.doc > last {
            return 0.0;
        }
        (self.blocks.block_max_score(&self.norms, &self.similarity) * self.doubt).min(most)
    }

    /// What it adds to the article at which it stands.
    fn score(&self) -> Score {
        self.similarity.score(self.norms.fieldnorm_id(self.doc), self.blocks.freq(self.at))
    }

    /// What it adds once more where it adds `score`.
    fn more(&self, score: Score) -> Score {
        self.again.map_or(0.0, |(_, beside)| score * beside)
    }
}

/// What the terms of a word add together: at the word's place that which adds most, and all that is added once more.
fn together(scores: impl Iterator<Item = (Score, Score)>) -> (Score, Score) {
    let (mut most, mut more) = (0.0, 0.0);
    for (score, again) in scores {
        most = Score::max(most, score);
        more += again;
    }
    (most, most + more)
}

impl List {
    /// The list of a word; none where the segment has none of its terms.
    pub(super) fn of_word(
        reader: &SegmentReader,
        terms: &[BoundTerm],
    ) -> tantivy::Result<Option<Self>> {
        let mut word = Vec::with_capacity(terms.len());
        for term in terms {
            word.extend(Postings::open(reader, term)?);
        }
        let Some(first) = terms.first().filter(|_| !word.is_empty()) else { return Ok(None) };
        let doc = word.iter().map(|term| term.doc).min().unwrap_or(TERMINATED);
        let size = word.iter().map(|term| u64::from(term.blocks.doc_freq())).sum();
        let most = rank::most(&first.similarity);
        let (_, most) = together(word.iter().map(|term| (most, term.more(most))));
        Ok(Some(Self::new(Articles::Word(word), first.place, doc, size, most)))
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
            given: (0.0, 0.0),
            is_long: false,
            is_present: false,
        }
    }

    /// The same word once more, at the same article; of anything else an empty list.
    pub(super) fn of_same_word(&self) -> Self {
        let Self { place, doc, size, most, .. } = *self;
        match &self.articles {
            Articles::Word(terms) => {
                Self::new(Articles::Word(terms.clone()), place, doc, size, most)
            }
            Articles::Scored(_) => Self::new(Articles::Word(Vec::new()), place, TERMINATED, 0, 0.0),
        }
    }

    /// Goes to the first article from `target` on; never back.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = match &mut self.articles {
                Articles::Word(terms) => {
                    terms.iter_mut().map(|term| term.seek(target)).min().unwrap_or(TERMINATED)
                }
                Articles::Scored(scorer) => scorer.seek(target),
            };
        }
        self.doc
    }

    /// The last article of the present block, of several the one that ends first.
    pub(super) fn last(&self) -> DocId {
        match &self.articles {
            Articles::Word(terms) => {
                terms.iter().map(Postings::last).min().unwrap_or(TERMINATED - 1)
            }
            Articles::Scored(_) => TERMINATED - 1,
        }
    }

    /// The most that it adds in the present block up to `last`.
    pub(super) fn most_up_to(&mut self, last: DocId) -> Score {
        let most = self.most;
        let Articles::Word(terms) = &mut self.articles else { return most };
        // What is left of a list is scored sooner than it is bound; of several, it would hide what bounds the others.
        if let [term] = &**terms
            && !term.is_whole_block()
        {
            return most;
        }
        let (_, bound) = together(terms.iter_mut().map(|term| {
            let score = term.most_up_to(last, most);
            (score, term.more(score))
        }));
        bound.min(most)
    }

    /// Whether [`Self::score`] costs no more than a glance.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.articles, Articles::Word(_))
    }

    /// What a word adds to an article of the present stretch; of anything else the most that it may add, if the article has it.
    pub(super) fn at(&mut self, doc: DocId) -> Score {
        if self.seek(doc) != doc {
            return 0.0;
        }
        if self.is_word() { self.score() } else { self.bound }
    }

    /// Puts among `parts` what it adds to an article, if it is a word whose [`Self::at`] was asked for.
    pub(super) fn give(&self, doc: DocId, parts: &mut [Score]) {
        let Articles::Word(terms) = &self.articles else { return };
        if self.doc != doc {
            return;
        }
        put(parts, self.place, self.given.0);
        for term in terms.iter().filter(|term| term.doc == doc) {
            if let Some((place, beside)) = term.again {
                put(parts, place, term.score() * beside);
            }
        }
    }

    /// What it adds to the article at which it stands.
    pub(super) fn score(&mut self) -> Score {
        match &mut self.articles {
            Articles::Word(terms) => {
                if let [term] = &**terms {
                    let score = term.score();
                    self.given = (score, score + term.more(score));
                    return self.given.1;
                }
                let here = terms.iter().filter(|term| term.doc == self.doc);
                self.given = together(here.map(|term| {
                    let score = term.score();
                    (score, term.more(score))
                }));
                self.given.1
            }
            Articles::Scored(scorer) => scorer.score(),
        }
    }
}
