//! Phrases: words side by side in any of their forms; names in order.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{EmptyQuery, PhraseQuery};

use super::expand::{Expansion, Test, expand_in_phrase};
use super::words::{Role, Target, spots_in};
use super::{Boxed, Lowering, Scope, Stop};
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
                let said = format!("\"{}\"", pattern.plain());
                self.everywhere(scope, &said, None, |lowering, target| {
                    lowering.side_by_side(&spots, target, scope)
                })
            }
        }
    }

    /// Words as `target` wants them to follow each other.
    pub(super) fn side_by_side(
        &mut self,
        spots: &Spots,
        target: Target,
        scope: Scope,
    ) -> Result<Boxed, Stop> {
        // A wildcard is looked up once, in title and text together.
        let is_glob = |(_, spot): &(u32, Spot)| matches!(spot, Spot::Glob(_));
        if target.role == Role::Adds && spots.iter().any(is_glob) {
            return Ok(Box::new(EmptyQuery));
        }
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
                return Ok(Box::new(EmptyQuery));
            }
            places.push(Slot { offset: *offset, terms });
        }
        Ok(sequence(places, target))
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
    })))
}
