//! The most that each addend of a score can add.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25Weight, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::{Score, Term};

use crate::forms::{self, FormsQuery};
use crate::lower::Boxed;
use crate::nearness::NearQuery;
use crate::nearness::about::AboutQuery;
use crate::positions::PositionQuery;
use crate::rank::{self, Statistics};

/// Terms up to which a query is pruned: finding the bounds of more costs as much as scoring.
const MOST_TERMS: usize = 32;

/// The addends of a query, each with the most that it can add.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bounds {
    pub(super) terms: Vec<BoundTerm>,
    pub(super) others: Vec<Other>,
    /// How many there are of either kind.
    pub(super) places: usize,
}

/// A term that adds its BM25.
#[derive(Clone)]
pub(super) struct BoundTerm {
    pub(super) term: Term,
    /// Where its lists lie, by segment.
    pub(super) lists: Vec<(SegmentId, TermInfo)>,
    pub(super) similarity: Bm25Weight,
    /// Words in the field, on average over the index.
    pub(super) average: Score,
    /// Where it stands in the sum; terms of one word share a place.
    pub(super) place: usize,
    /// Where it adds once more by itself, and how much beside what it adds there.
    pub(super) again: Option<(usize, Score)>,
}

/// Anything else that adds to a score.
#[derive(Debug)]
pub(super) struct Other {
    pub(super) query: Boxed,
    pub(super) factor: Score,
    /// The most that it adds.
    pub(super) most: Score,
    /// Where it stands in the sum.
    pub(super) place: usize,
    /// Whether it is cheap to tell which articles have it.
    pub(super) is_list: bool,
}

impl Clone for Other {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), ..*self }
    }
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

    fn place(&mut self) -> usize {
        self.places += 1;
        self.places - 1
    }

    /// The terms that share a place of the sum.
    pub(super) fn terms_at(&self, place: usize) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |bound| bound.place == place).map(|bound| &bound.term)
    }

    /// A word; of its terms counts that which adds most.
    fn add_word(
        &mut self,
        terms: &[Term],
        factor: Score,
        statistics: &Statistics,
    ) -> tantivy::Result<()> {
        let place = self.place();
        let similarity = forms::similarity(terms, statistics)?.boost_by(factor);
        if let [term] = terms {
            let mut known = self.terms.iter_mut().filter(|bound| bound.again.is_none());
            if let Some(known) = known.find(|bound| bound.term == *term) {
                // Both grow alike with the word's number and the article's length.
                let beside = similarity.score(0, 1) / known.similarity.score(0, 1);
                known.again = Some((place, beside));
                return Ok(());
            }
        }
        for term in terms {
            let (term, lists) = (term.clone(), statistics.lists(term)?);
            let average = statistics.average(term.field())?;
            let similarity = similarity.clone();
            self.terms.push(BoundTerm { term, lists, similarity, average, place, again: None });
        }
        Ok(())
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
            self.add_word(std::slice::from_ref(one.term()), factor, statistics)?;
            return Ok(true);
        }
        if let Some(forms) = query.downcast_ref::<FormsQuery>() {
            for terms in &forms.words {
                self.add_word(terms, factor, statistics)?;
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
        let mut is_list = false;
        let most = if let Some(near) = query.downcast_ref::<NearQuery>() {
            near.most(statistics)?
        } else if let Some(sequence) = query.downcast_ref::<PositionQuery>() {
            sequence.most(statistics)?
        } else if let Some(about) = query.downcast_ref::<AboutQuery>() {
            is_list = true;
            about.most()
        } else if let Some(phrase) = query.downcast_ref::<PhraseQuery>() {
            rank::most(&Bm25Weight::for_terms(statistics, &phrase.phrase_terms())?)
        } else {
            return Ok(false);
        };
        let (most, place) = (most * factor, self.place());
        self.others.push(Other { query: query.box_clone(), factor, most, place, is_list });
        Ok(true)
    }
}
