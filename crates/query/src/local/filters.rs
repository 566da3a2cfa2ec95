//! What an article must be beside matching the query, as queries of the engine.

use dateline_article::Span;
use tantivy::query::{BooleanQuery, Occur, Query};

use crate::condition::Condition;
use crate::engine::{Error, Filters};
use crate::fault::Fault;
use crate::lower::{Lowering, code};
use crate::syntax::{Field, Kind, Node, Pattern};
use crate::time::When;

/// The conditions that filters make.
pub(super) fn filters(
    lowering: &mut Lowering<'_>,
    filters: &Filters,
) -> Result<Vec<Box<dyn Query>>, Error> {
    let mut conditions = Vec::new();
    if filters.from.is_some() || filters.to.is_some() {
        conditions.push(lowering.published(&When::Days { first: filters.from, last: filters.to }));
    }
    if let Some(root) = &filters.root {
        conditions.push(code(lowering.fields.root, root));
    }
    for (name, field, values) in [
        ("person", Field::Person, &filters.people),
        ("place", Field::Place, &filters.places),
        ("organisation", Field::Organisation, &filters.organisations),
        ("source", Field::Source, &filters.sources),
        ("section", Field::Section, &filters.sections),
        ("language", Field::Language, &filters.languages),
    ] {
        let mut alternatives = Vec::new();
        for value in values {
            let node = |kind| Node::new(kind, Span { start: 0, end: 0 });
            let phrase = node(Kind::Phrase(Pattern::text(value)));
            alternatives.push((
                Occur::Should,
                lowering.condition(&node(Kind::Field(field, Box::new(phrase))))?,
            ));
            if let Some((problem, span)) = lowering.faults.pop() {
                let reason = Fault::new(problem, span, value).to_string();
                return Err(Error::Filter { filter: name, value: value.clone(), reason });
            }
        }
        if !alternatives.is_empty() {
            let any = Box::new(BooleanQuery::new(alternatives));
            conditions.push(Box::new(Condition(any)));
        }
    }
    Ok(conditions)
}
