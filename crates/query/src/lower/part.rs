//! Words in title or lead. The lists of these tell that they are there and how often; where, and of the lead in which form, the whole article's positions
//! tell, which are read of those articles alone that are in the lists.

use std::sync::Arc;

use dateline_schema::analyze::fold;
use tantivy::Term;
use tantivy::query::EmptyQuery;
use tantivy::schema::Field as EngineField;

use super::words::{Target, WeighedPart, target as target_of};
use super::{Boxed, Form, Lowering, Scope, Stop};
use crate::nearness::join::Part;
use crate::nearness::{NearQuery, Plan, Shape};
use crate::positions::{AddedPart, PositionQuery, Sequence, Step};
use crate::spots::{self, Spot, Spots};
use crate::syntax::{Field, Kind, Node};

/// Whether the lists of title and lead do not tell whether `node` is there.
pub(super) fn needs_positions(node: &Node, scope: Scope) -> bool {
    let is_title = match scope.field {
        Some(Field::Title) => true,
        Some(Field::Lead | Field::TitleOrLead) => false,
        _ => return false,
    };
    let (Kind::Word(pattern) | Kind::Phrase(pattern)) = &node.kind else { return !is_title };
    match spots::spots(pattern).as_slice() {
        [(_, Spot::Word(_))] => !is_title && scope.form == Form::AsWritten,
        [(_, Spot::Glob(_) | Spot::Marked(_))] => !is_title,
        [] => false,
        _ => true,
    }
}

impl Lowering<'_> {
    /// The field by whose length a score is normed.
    pub(super) fn norm(&self, part: Part, target: Target) -> EngineField {
        match part {
            Part::Title => self.fields.title,
            Part::Lead => self.fields.lead,
            _ => target.stemmed.unwrap_or(target.exact),
        }
    }

    /// The lists of the articles whose title or lead, as `scope` says, have the words of `node`, in any form.
    pub(super) fn lists_of_parts(
        &mut self,
        node: &Node,
        scope: Scope,
    ) -> Result<Vec<Vec<Term>>, Stop> {
        let (Kind::Word(pattern) | Kind::Phrase(pattern)) = &node.kind else {
            return Ok(Vec::new());
        };
        let targets = self.targets(scope);
        self.lists_of(&spots::spots(pattern), &targets, Scope { form: Form::Stemmed, ..scope })
    }

    /// The lists of the articles that have the words in any of some parts.
    fn lists_of(
        &mut self,
        spots: &Spots,
        targets: &[Target],
        scope: Scope,
    ) -> Result<Vec<Vec<Term>>, Stop> {
        let mut lists = Vec::with_capacity(spots.len());
        for (_, spot) in spots.iter().filter(|(_, spot)| !matches!(spot, Spot::Glob(_))) {
            let mut terms = Vec::new();
            for target in targets {
                let forms = match spot {
                    // The lead has its stem alone.
                    Spot::Marked(word) if target.exact == self.fields.lead => {
                        self.terms_of_stems(&fold(word), target.exact)
                    }
                    _ => self.forms(spot, *target, scope),
                };
                for term in forms {
                    if self.frequency(&term)? > 0 {
                        terms.push(term);
                    }
                }
            }
            lists.push(terms);
        }
        Ok(lists)
    }

    /// What words side by side add where they stand so in the part that `target` means.
    pub(super) fn added_in_part(
        &mut self,
        spots: &Spots,
        target: Target,
        scope: Scope,
    ) -> Result<Boxed, Stop> {
        // A wildcard is looked up once, in title and text together.
        if spots.iter().any(|(_, spot)| matches!(spot, Spot::Glob(_))) {
            return Ok(Box::new(EmptyQuery));
        }
        let part = self.part(target);
        let article = target_of(Some(self.fields.all), self.fields.all_exact);
        let within = self.lists_of(spots, &[target], scope)?;
        let places = self.slots(spots, article, scope.form)?;
        let (Some(places), false) = (places, within.iter().any(Vec::is_empty)) else {
            return Ok(Box::new(EmptyQuery));
        };
        let shape = Shape::In(part, Box::new(Shape::Words(places, None)));
        let (norm, columns) = (self.norm(part, target), Some(self.columns()));
        let plan = Plan { shape, least: 1, norm, columns, within, cut: self.cut.clone() };
        Ok(Box::new(NearQuery(Arc::new(plan))))
    }

    /// Words side by side in title and text, and what they add in title and in lead.
    pub(super) fn with_parts(&mut self, spots: &Spots, scope: Scope) -> Result<Boxed, Stop> {
        let article = target_of(Some(self.fields.all), self.fields.all_exact);
        let Some(places) = self.slots(spots, article, scope.form)? else {
            return Ok(Box::new(EmptyQuery));
        };
        // A wildcard adds nothing, as where parts are looked through one by one.
        let has_glob = spots.iter().any(|(_, spot)| matches!(spot, Spot::Glob(_)));
        let parts = self.parts().into_iter().filter(|_| !has_glob);
        let added = parts.map(|WeighedPart { target, weight, .. }| {
            let part = self.part(target);
            AddedPart { part, norm: self.norm(part, target), weight, columns: self.columns() }
        });
        let added = added.collect();
        let (step, field) = (Step::SideBySide, self.fields.all);
        Ok(Box::new(PositionQuery(Arc::new(Sequence {
            slots: places,
            step,
            from: 0,
            field,
            added,
        }))))
    }

    /// The part whose lists those of `target` are.
    fn part(&self, target: Target) -> Part {
        if target.exact == self.fields.lead { Part::Lead } else { Part::Title }
    }
}
