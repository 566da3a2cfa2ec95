//! Phrases: words side by side in any of their forms; names in order.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{EmptyQuery, PhraseQuery};

use super::expand::{Expansion, Test, expand_in_phrase};
use super::words::{Role, Target, described, spots_in};
use super::{Boxed, Form, Lowering, Scope, Scores, Stop};
use crate::engine::{Explain, Mode};
use crate::fault::Problem;
use crate::positions::{PositionQuery, Sequence, Slot, Step};
use crate::spots::{Spot, Spots};
use crate::syntax::Pattern;

impl Lowering<'_> {
    pub(super) fn phrase(&mut self, pattern: &Pattern, scope: Scope) -> Result<Boxed, Stop> {
        let spots = spots_in(pattern, scope);
        match spots.len() {
            0 => Err(Problem::NoWord(format!("\"{}\"", pattern.plain())).into()),
            1 => self.words(pattern, scope),
            words => {
                self.spend_words(words)?;
                self.run_of_words(&spots, scope, &format!("\"{}\"", pattern.plain()))
            }
        }
    }

    /// Words side by side in every part that `scope` names, called `said`.
    pub(super) fn run_of_words(
        &mut self,
        spots: &Spots,
        scope: Scope,
        said: &str,
    ) -> Result<Boxed, Stop> {
        let adds = scope.field.is_none()
            && scope.scores == Scores::Count
            && self.mode != Mode::Plain
            && self.ledger.tell != Explain::Scores;
        if adds {
            let query = self.with_parts(spots, scope)?;
            self.ledger.note(&*query, || described(said, None));
            return Ok(query);
        }
        self.everywhere(scope, said, None, |lowering, target| {
            lowering.side_by_side(spots, target, scope)
        })
    }

    /// Words as `target` wants them to follow each other.
    pub(super) fn side_by_side(
        &mut self,
        spots: &Spots,
        target: Target,
        scope: Scope,
    ) -> Result<Boxed, Stop> {
        if target.role == Role::Adds {
            return self.added_in_part(spots, target, scope);
        }
        let places = self.slots(spots, target, scope.form)?;
        Ok(places.map_or_else(|| Box::new(EmptyQuery) as Boxed, |places| sequence(places, target)))
    }

    /// The terms of words; `None` where one of them is not in the index.
    pub(super) fn slots(
        &mut self,
        spots: &Spots,
        target: Target,
        form: Form,
    ) -> Result<Option<Vec<Slot>>, Stop> {
        let scope = Scope { form, ..Scope::everywhere(self.mode, Scores::Count) };
        let mut places = Vec::with_capacity(spots.len());
        for (offset, spot) in spots {
            let terms = if let Spot::Glob(glob) = spot {
                let test = Test::Glob(glob.clone());
                self.spend_scan(&test)?;
                self.expanded_at_one_place(&test, target)?
            } else {
                let forms = self.forms(spot, target, scope);
                self.shared(forms, target)?
            };
            if terms.is_empty() {
                return Ok(None);
            }
            places.push(Slot { offset: *offset, terms });
        }
        Ok(Some(places))
    }

    /// Any word that passes a test, from some position on.
    pub(super) fn tested_from(&mut self, test: &Test, target: Target) -> Result<Boxed, Stop> {
        let terms = self.expanded_at_one_place(test, target)?;
        Ok(positions(vec![Slot { offset: 0, terms }], target))
    }

    /// The words that pass a test, which share one frequency.
    pub(super) fn expanded_at_one_place(
        &mut self,
        test: &Test,
        target: Target,
    ) -> Result<Vec<Term>, Stop> {
        let (words, articles) = expand_in_phrase(self.searcher, target.exact, test)?;
        let term = |word: Expansion| Term::from_field_text(target.exact, &word.word);
        let terms: Vec<Term> = words.into_iter().map(term).collect();
        if let Some(first) = terms.first() {
            self.shared.insert(first.clone(), articles);
        }
        Ok(terms)
    }
}

/// The engine's own phrase query where each word has one form in one field, else ours.
fn sequence(slots: Vec<Slot>, target: Target) -> Boxed {
    if slots.iter().any(|slot| slot.terms.is_empty()) {
        return Box::new(EmptyQuery);
    }
    let field = slots.iter().find_map(|slot| slot.terms.first()).map(Term::field);
    let simple = slots.len() > 1
        && target.from == 0
        && target.step == Step::SideBySide
        && slots
            .iter()
            .all(|slot| slot.terms.len() == 1 && slot.terms.first().map(Term::field) == field);
    if simple {
        let terms = slots
            .into_iter()
            .flat_map(|slot| slot.terms.into_iter().map(move |term| (slot.offset as usize, term)));
        return Box::new(PhraseQuery::new_with_offset(terms.collect()));
    }
    positions(slots, target)
}

fn positions(slots: Vec<Slot>, target: Target) -> Boxed {
    if slots.iter().any(|slot| slot.terms.is_empty()) {
        return Box::new(EmptyQuery);
    }
    let field = target.stemmed.unwrap_or(target.exact);
    Box::new(PositionQuery(Arc::new(Sequence {
        slots,
        step: target.step,
        from: target.from,
        field,
        added: Vec::new(),
    })))
}
