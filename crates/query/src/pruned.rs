//! Passing over articles that cannot be among the best, without scoring them.
//!
//! Block-max pruning (Ding and Suel, Faster Top-k Document Retrieval Using Block-Max Indexes, SIGIR 2011) for whole queries of ours, whose scores
//! are sums of words in several fields, nearness and more: the engine's own serves unions and intersections of single terms alone. Each addend
//! has a bound: a term the maximum of its present block, anything else its maximum anywhere. An article whose bounds sum to less than the last
//! of the best so far is passed over with all that the same blocks bound; where that does not help, by its own terms, before positions are read.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{
    Bm25Weight, BooleanQuery, EmptyQuery, EnableScoring, Explanation, Occur, PhraseQuery, Query,
    Scorer, TermQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::forms::FormsQuery;
use crate::lower::Boxed;
use crate::nearness::NearQuery;
use crate::nearness::about::AboutQuery;
use crate::positions::PositionQuery;
use crate::rank::{self, Statistics};

/// Terms up to which a query is pruned: finding the bounds of more costs as much as scoring.
const MOST_TERMS: usize = 32;

/// Room for the rounding of sums, as a share of the bound.
const SLACK: Score = 1e-4;

/// Whether the engine passes over articles by itself: it does for a term, and for several of which one is enough or all are needed.
pub(crate) fn by_engine(query: &dyn Query) -> bool {
    let Some(several) = query.downcast_ref::<BooleanQuery>() else {
        return query.is::<TermQuery>();
    };
    let alike = |occur| {
        several.clauses().iter().all(|(each, clause)| *each == occur && clause.is::<TermQuery>())
    };
    alike(Occur::Should) || alike(Occur::Must)
}

/// The most that the addends of a query can add.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bounds {
    terms: Vec<BoundTerm>,
    /// What everything but terms adds at most.
    rest: Score,
}

#[derive(Clone)]
struct BoundTerm {
    term: Term,
    similarity: Bm25Weight,
    /// Words in the field, on average over the index.
    average: Score,
}

impl std::fmt::Debug for BoundTerm {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.term.fmt(formatter)
    }
}

impl Bounds {
    /// The bounds of all that adds to a score, by query and factor; nothing where one is not known, or where there are too many.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of<'a>(
        addends: impl Iterator<Item = (&'a dyn Query, Score)>,
        statistics: &Statistics,
    ) -> tantivy::Result<Option<Self>> {
        let mut bounds = Self::default();
        for (query, factor) in addends {
            if !bounds.add(query, factor, statistics)? || bounds.terms.len() > MOST_TERMS {
                return Ok(None);
            }
        }
        Ok(Some(bounds))
    }

    /// Takes in an addend; false where nothing is known of how much it may add.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn add(
        &mut self,
        query: &dyn Query,
        factor: Score,
        statistics: &Statistics,
    ) -> tantivy::Result<bool> {
        if factor < 0.0 || query.is::<EmptyQuery>() {
            return Ok(factor >= 0.0);
        }
        if let Some(one) = query.downcast_ref::<TermQuery>() {
            let term = one.term().clone();
            let similarity = Bm25Weight::for_terms(statistics, std::slice::from_ref(&term))?;
            let average = statistics.average(term.field())?;
            self.terms.push(BoundTerm { term, similarity: similarity.boost_by(factor), average });
            return Ok(true);
        }
        if let Some(forms) = query.downcast_ref::<FormsQuery>() {
            for form in forms.apart() {
                self.add(&form, factor, statistics)?;
            }
            return Ok(true);
        }
        if let Some(any) = query.downcast_ref::<BooleanQuery>() {
            for (occur, clause) in any.clauses() {
                let is_term = clause.is::<TermQuery>() && *occur == Occur::Should;
                if !is_term || !self.add(&**clause, factor, statistics)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let most = if let Some(near) = query.downcast_ref::<NearQuery>() {
            near.most(statistics)?
        } else if let Some(sequence) = query.downcast_ref::<PositionQuery>() {
            sequence.most(statistics)?
        } else if let Some(about) = query.downcast_ref::<AboutQuery>() {
            about.most()
        } else if let Some(phrase) = query.downcast_ref::<PhraseQuery>() {
            rank::most(&Bm25Weight::for_terms(statistics, &phrase.phrase_terms())?)
        } else {
            return Ok(false);
        };
        self.rest += most * factor;
        Ok(true)
    }
}

/// A query that adds up to no more than its bounds.
#[derive(Debug)]
pub(crate) struct PrunedQuery {
    pub(crate) query: Boxed,
    pub(crate) bounds: Arc<Bounds>,
}

impl Clone for PrunedQuery {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), bounds: self.bounds.clone() }
    }
}

impl Query for PrunedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let is_scored = scoring.is_scoring_enabled();
        let weight = self.query.weight(scoring)?;
        if !is_scored {
            return Ok(weight);
        }
        Ok(Box::new(PrunedWeight { weight, bounds: self.bounds.clone() }))
    }
}

struct PrunedWeight {
    weight: Box<dyn Weight>,
    bounds: Arc<Bounds>,
}

impl Weight for PrunedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut scorer = self.weight.scorer(reader, 1.0)?;
        let mut ceiling = Ceiling::open(reader, &self.bounds)?;
        let mut threshold = threshold;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            let (most, last) = ceiling.at(doc);
            if most <= threshold {
                doc = scorer.seek(last + 1);
                continue;
            }
            if !ceiling.may_exceed(doc, threshold) {
                doc = scorer.advance();
                continue;
            }
            let score = scorer.score();
            if score > threshold {
                threshold = callback(doc, score);
            }
            doc = scorer.advance();
        }
        Ok(())
    }
}

/// The bound of the present stretch of a segment.
struct Ceiling {
    terms: Vec<BlockTerm>,
    rest: Score,
    /// The most that articles up to `last` can score.
    bound: Score,
    last: Option<DocId>,
}

struct BlockTerm {
    postings: BlockSegmentPostings,
    norms: FieldNormReader,
    similarity: Bm25Weight,
    /// What a block's maximum is to be multiplied with at most: it was found with the segment's own average length, not the index's.
    doubt: Score,
    /// The most that it adds in the present stretch.
    bound: Score,
}

impl Ceiling {
    fn open(reader: &SegmentReader, bounds: &Bounds) -> tantivy::Result<Self> {
        let mut terms = Vec::with_capacity(bounds.terms.len());
        for BoundTerm { term, similarity, average } in &bounds.terms {
            let index = reader.inverted_index(term.field())?;
            let Some(postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)?
            else {
                continue;
            };
            let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
            terms.push(BlockTerm {
                postings,
                norms: reader.get_fieldnorms_reader(term.field())?,
                similarity: similarity.clone(),
                doubt: (own / average).max(average / own),
                bound: 0.0,
            });
        }
        Ok(Self { terms, rest: bounds.rest, bound: 0.0, last: None })
    }

    /// The most that the article can score, and the last article of which that holds. Articles must ascend.
    fn at(&mut self, doc: DocId) -> (Score, DocId) {
        if let Some(last) = self.last.filter(|last| doc <= *last) {
            return (self.bound, last);
        }
        let mut bound = self.rest;
        let mut last = TERMINATED - 1;
        for term in &mut self.terms {
            let BlockTerm { postings, norms, similarity, doubt, .. } = term;
            let n = postings.seek(doc);
            let next = postings.doc(n);
            if next > doc {
                term.bound = 0.0;
                last = last.min(next - 1);
                continue;
            }
            let most = postings.block_max_score(norms, similarity) * *doubt;
            term.bound = most.min(rank::most(similarity));
            bound += term.bound;
            last = last.min(postings.docs().last().copied().unwrap_or(doc));
        }
        self.bound = bound + bound * SLACK;
        self.last = Some(last);
        (self.bound, last)
    }

    /// Whether this very article, of the present stretch, can score more than `threshold`: term by term what it adds takes the place of what it may add, until that
    /// is not enough. What is left may need positions.
    fn may_exceed(&mut self, doc: DocId, threshold: Score) -> bool {
        if self.terms.len() == 1 && self.rest <= 0.0 {
            // To score it is no more work.
            return true;
        }
        let mut sum = self.bound;
        for BlockTerm { postings, norms, similarity, bound, .. } in &mut self.terms {
            if *bound <= 0.0 {
                continue;
            }
            let n = postings.seek(doc);
            sum -= *bound;
            if postings.doc(n) == doc {
                sum += similarity.score(norms.fieldnorm_id(doc), postings.freq(n));
            }
            if sum + self.bound * SLACK <= threshold {
                return false;
            }
        }
        true
    }
}
