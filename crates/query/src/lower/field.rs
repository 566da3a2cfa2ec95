//! Fields: words in a part of the article, codes and identifiers, and whether there is a value at all.

use dateline_article::{ArticleId, Language};
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::{Boxed, Lowering, Scope, Stop, all_but, code, everything, selects};
use crate::fault::Problem;
use crate::syntax::{Field, Kind, Node, Numbers, Pattern};

impl Lowering<'_> {
    /// What is inside `field:(…)`.
    pub(super) fn field(
        &mut self,
        field: Field,
        inner: &Node,
        scope: Scope,
    ) -> tantivy::Result<Boxed> {
        if inner.kind == Kind::Everything {
            return Ok(self.has(field));
        }
        match field {
            Field::Place | Field::Language | Field::Format | Field::Id => {
                self.by_value(field, inner, scope)
            }
            _ => self.node(inner, Scope { field: Some(field), ..scope }),
        }
    }

    /// The value of a field whose values are not words: each leaf of a group is one.
    fn by_value(&mut self, field: Field, node: &Node, scope: Scope) -> tantivy::Result<Boxed> {
        let lowered = match &node.kind {
            Kind::Word(pattern) | Kind::Phrase(pattern) => self.value(field, pattern, scope),
            Kind::Exact(inner) | Kind::Required(inner) => {
                return self.by_value(field, inner, scope);
            }
            Kind::And(operands) => {
                let mut clauses = Vec::new();
                for operand in operands {
                    clauses.push((Occur::Must, self.by_value(field, operand, scope)?));
                }
                return Ok(Box::new(BooleanQuery::new(clauses)));
            }
            Kind::Or(operands) => {
                let mut alternatives = Vec::new();
                for operand in operands {
                    alternatives.push(self.by_value(field, operand, scope)?);
                }
                return Ok(super::any_of(alternatives));
            }
            Kind::Not(inner) => {
                let excluded = self.by_value(field, inner, scope)?;
                return Ok(all_but(excluded));
            }
            Kind::Everything => Ok(self.has(field)),
            _ => Err(Problem::NotYet("this under a field of codes or places").into()),
        };
        match lowered {
            Ok(query) => Ok(query),
            Err(Stop::Engine(error)) => Err(error),
            Err(Stop::Fault(problem)) => {
                self.fault(problem, node.span);
                Ok(everything())
            }
        }
    }

    fn value(&mut self, field: Field, pattern: &Pattern, scope: Scope) -> Result<Boxed, Stop> {
        self.spend_words(1)?;
        if field == Field::Place {
            return self.place(pattern, scope);
        }
        let Some(text) = pattern.as_text() else {
            return Err(Problem::NotYet("wildcards under a field of codes").into());
        };
        match field {
            Field::Language if text.eq_ignore_ascii_case("und") => {
                Ok(all_but(code(self.fields.has, field.name())))
            }
            Field::Language => match Language::from_tag(text) {
                Some(language) => Ok(code(self.fields.language, language.code())),
                None => Err(Problem::NotALanguage(text.to_owned()).into()),
            },
            Field::Format => Ok(code(self.fields.format, &text.to_lowercase())),
            _ => match text.to_lowercase().parse::<ArticleId>() {
                Ok(id) => {
                    let term = Term::from_field_u64(self.fields.id, id.as_u64());
                    Ok(selects(Box::new(TermQuery::new(term, IndexRecordOption::Basic))))
                }
                Err(_) => Err(Problem::NotAnId(text.to_owned()).into()),
            },
        }
    }

    /// Articles that have a value for the field.
    fn has(&self, field: Field) -> Boxed {
        match field {
            // The index always has these.
            Field::Format | Field::Id | Field::Words | Field::Path => everything(),
            Field::Lead => code(self.fields.has, Field::Text.name()),
            Field::TitleOrLead => super::any_of(vec![
                code(self.fields.has, Field::Title.name()),
                code(self.fields.has, Field::Text.name()),
            ]),
            Field::Copies => self.number(field, Numbers { least: Some(1), most: None }),
            _ => code(self.fields.has, field.name()),
        }
    }
}
