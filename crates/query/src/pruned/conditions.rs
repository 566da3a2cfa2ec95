//! What selects articles, taken apart as far as it is words that add to the score: their lists are read once for both.

use std::sync::Arc;
use tantivy::Term;

use tantivy::query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery, Weight};

use super::Bounds;
use super::bounds::Other;
use crate::added::AddedQuery;
use crate::forms::FormsQuery;
use crate::nearness::NearQuery;
use crate::positions::PositionQuery;

/// All of it must be met.
#[derive(Default)]
pub(super) struct Conditions {
    /// Of each, an article has one of the addends in these places of the sum.
    pub(super) words: Vec<Vec<usize>>,
    /// Numbers of those other addends without which no article is selected.
    pub(super) adding: Vec<usize>,
    /// Anything else.
    pub(super) others: Vec<Box<dyn Weight>>,
    /// What an article must not have.
    pub(super) excluded: Vec<Box<dyn Weight>>,
}

impl Conditions {
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn of(
        query: &dyn Query,
        bounds: &Bounds,
        unscored: EnableScoring<'_>,
    ) -> tantivy::Result<Self> {
        let mut conditions = Self::default();
        conditions.gather(query, bounds, unscored)?;
        Ok(conditions)
    }

    fn gather(
        &mut self,
        query: &dyn Query,
        bounds: &Bounds,
        unscored: EnableScoring<'_>,
    ) -> tantivy::Result<()> {
        if let Some(added) = query.downcast_ref::<AddedQuery>() {
            return self.gather(&*added.query, bounds, unscored);
        }
        if let Some(places) = any_of(query).and_then(|words| places(&words, bounds)) {
            self.words.push(places);
            return Ok(());
        }
        let is_it = |other: &Other| !other.is_list && is_same(&*other.query, query);
        if let Some(number) = bounds.others.iter().position(is_it) {
            self.adding.push(number);
            return Ok(());
        }
        match query.downcast_ref::<BooleanQuery>() {
            Some(all) if is_conjunction(all) => {
                for (occur, clause) in all.clauses() {
                    match occur {
                        Occur::MustNot => self.excluded.push(clause.weight(unscored)?),
                        _ => self.gather(&**clause, bounds, unscored)?,
                    }
                }
            }
            _ => self.others.push(query.weight(unscored)?),
        }
        Ok(())
    }
}

/// Whether both are the very same words side by side or near each other.
fn is_same(left: &dyn Query, right: &dyn Query) -> bool {
    if let (Some(left), Some(right)) =
        (left.downcast_ref::<PositionQuery>(), right.downcast_ref::<PositionQuery>())
    {
        return Arc::ptr_eq(&left.0, &right.0);
    }
    if let (Some(left), Some(right)) =
        (left.downcast_ref::<PhraseQuery>(), right.downcast_ref::<PhraseQuery>())
    {
        // Which word stands how far from the first, nothing but its printed form tells.
        return left.phrase_terms() == right.phrase_terms()
            && format!("{left:?}") == format!("{right:?}");
    }
    match (left.downcast_ref::<NearQuery>(), right.downcast_ref::<NearQuery>()) {
        (Some(left), Some(right)) => Arc::ptr_eq(&left.0, &right.0),
        _ => false,
    }
}

/// Whether all clauses are needed or excluded, some of them needed.
pub(super) fn is_conjunction(query: &BooleanQuery) -> bool {
    let clauses = query.clauses();
    clauses.iter().all(|(occur, _)| *occur != Occur::Should)
        && clauses.iter().any(|(occur, _)| *occur == Occur::Must)
}

/// The words of which `query` needs one, each any of some terms; none where it needs anything else.
fn any_of(query: &dyn Query) -> Option<Vec<&[Term]>> {
    if let Some(forms) = query.downcast_ref::<FormsQuery>() {
        return Some(forms.words.iter().map(Vec::as_slice).collect());
    }
    if let Some(one) = query.downcast_ref::<TermQuery>() {
        return Some(vec![std::slice::from_ref(one.term())]);
    }
    let any = query.downcast_ref::<BooleanQuery>()?;
    if any.clauses().is_empty() || any.get_minimum_number_should_match() > 1 {
        return None;
    }
    let mut words = Vec::with_capacity(any.clauses().len());
    for (occur, clause) in any.clauses() {
        let term = clause.downcast_ref::<TermQuery>().filter(|_| *occur == Occur::Should)?;
        words.push(std::slice::from_ref(term.term()));
    }
    Some(words)
}

/// The places of the sum that are those of the very same terms.
fn places(words: &[&[Term]], bounds: &Bounds) -> Option<Vec<usize>> {
    let place = |terms: &&[Term]| {
        let has = |place| bounds.terms_at(place).eq(terms.iter());
        let first = terms.first()?;
        let those = bounds.terms.iter().filter(|bound| bound.term == *first);
        those.map(|bound| bound.place).find(|place| has(*place))
    };
    words.iter().map(place).collect()
}
