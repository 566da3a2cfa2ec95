//! Nearness, capitals, `atleast`, `first` and entities: what asks where words stand.

use std::collections::HashSet;
use std::sync::Arc;

use dateline_gazetteer::{PlaceId, near};
use dateline_schema::MentionKind;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur};
use tantivy::schema::Field as EngineField;

use super::expand::Test;
use super::place::{is_number, place_numbers};
use super::words::{NAME_STEP, Target, described, target};
use super::{Boxed, Form, Lowering, Scope, Scores, Stop, code, everything, selects};
use crate::fault::Problem;
use crate::nearness::join::{Pair, Part, Pieces};
use crate::nearness::{Columns, Mentions, NearQuery, Plan, Shape, Which};
use crate::positions::{Slot, Step};
use crate::spots::{self, Spots};
use crate::syntax::{Case, Entity, Field, Kind, Node, Pattern, Sense};

/// Where and how the words of a shape are looked for.
#[derive(Clone, Copy)]
struct Look {
    target: Target,
    part: Part,
    form: Form,
    case: Option<Case>,
}

impl Lowering<'_> {
    /// `node` by its positions, as often as `least` says.
    pub(super) fn positional(
        &mut self,
        node: &Node,
        scope: Scope,
        least: u32,
    ) -> Result<Boxed, Stop> {
        let Some((target, part)) = self.ground(scope) else { return Ok(Box::new(EmptyQuery)) };
        let look = Look { target, part, form: scope.form, case: scope.case };
        let mut shape = self.shape(node, look)?;
        if least > 1 {
            shape.keep_pieces();
        }
        if part != Part::Whole {
            shape = Shape::In(part, Box::new(shape));
        }
        let is_article = target.exact == self.fields.all_exact;
        if scope.case.is_some() && !is_article {
            return Err(Problem::NotYet("capitals outside title and text").into());
        }
        let within = match part {
            Part::Title | Part::Lead | Part::TitleOrLead => self.lists_of_parts(node, scope)?,
            Part::Whole | Part::Text => Vec::new(),
        };
        let columns = is_article.then(|| self.columns());
        let norm = self.norm(part, target);
        let plan = Plan { shape, least, norm, columns, within, cut: self.cut.clone() };
        let query: Boxed = Box::new(NearQuery(Arc::new(plan)));
        if scope.scores == Scores::DoNotCount {
            return Ok(selects(query));
        }
        self.ledger.note(&*query, || described(&node.to_string(), scope.field));
        Ok(query)
    }

    /// The columns that tell what stands where in an article.
    pub(super) fn columns(&self) -> Columns {
        Columns {
            open: self.columns.clone(),
            borders: self.fields.borders,
            lead: [self.fields.lead_begins, self.fields.lead_ends],
            capitals: self.fields.capitals,
            mentions: self.fields.mentions,
            entities: self.fields.mention_entities,
            named_places: self.fields.named_places,
        }
    }

    /// The field whose positions tell, and the part of it.
    fn ground(&self, scope: Scope) -> Option<(Target, Part)> {
        let fields = self.fields;
        let article = target(Some(fields.all), fields.all_exact);
        Some(match scope.field {
            None => (article, Part::Whole),
            Some(Field::Title) => (article, Part::Title),
            Some(Field::Text) => (article, Part::Text),
            Some(Field::Lead) => (article, Part::Lead),
            Some(Field::TitleOrLead) => (article, Part::TitleOrLead),
            Some(_) => (self.targets(scope).pop()?, Part::Whole),
        })
    }

    /// What is inside at least so often: each operand of AND, the sum over those of OR.
    pub(super) fn at_least(
        &mut self,
        times: u32,
        inner: &Node,
        scope: Scope,
    ) -> tantivy::Result<Boxed> {
        self.each(inner, scope, &mut |lowering, node, scope| {
            if let Some(holds) = uncounted(node) {
                return Err(
                    Problem::NotNearable { operator: format!("atleast{times}"), holds }.into()
                );
            }
            lowering.positional(node, scope, times)
        })
    }

    /// What is inside among the first words.
    pub(super) fn first(
        &mut self,
        words: u32,
        inner: &Node,
        scope: Scope,
    ) -> tantivy::Result<Boxed> {
        self.each(inner, scope, &mut |lowering, node, scope| {
            if let Some(holds) = uncounted(node) {
                return Err(
                    Problem::NotNearable { operator: format!("first{words}"), holds }.into()
                );
            }
            let first = Node::new(Kind::First(words, Box::new(node.clone())), node.span);
            lowering.positional(&first, scope, 1)
        })
    }

    /// Puts a function on each operand of AND, and on what stands in a field or in other functions.
    fn each(
        &mut self,
        node: &Node,
        scope: Scope,
        put: &mut dyn FnMut(&mut Self, &Node, Scope) -> Result<Boxed, Stop>,
    ) -> tantivy::Result<Boxed> {
        match &node.kind {
            Kind::And(operands) => {
                let mut clauses = Vec::with_capacity(operands.len());
                for operand in operands {
                    clauses.push((Occur::Must, self.each(operand, scope, put)?));
                }
                return Ok(Box::new(BooleanQuery::new(clauses)));
            }
            Kind::Required(inner) | Kind::Weight(_, inner) => return self.each(inner, scope, put),
            Kind::Exact(inner) => {
                return self.each(inner, Scope { form: Form::AsWritten, ..scope }, put);
            }
            Kind::Case(case, inner) => {
                return self.each(inner, Scope { case: Some(*case), ..scope }, put);
            }
            Kind::Field(field, inner) if scope.field.is_none() && holds_words(*field) => {
                return self.each(inner, Scope { field: Some(*field), ..scope }, put);
            }
            _ => {}
        }
        match put(self, node, scope) {
            Ok(query) => Ok(query),
            Err(Stop::Engine(error)) => Err(error),
            Err(Stop::Fault(problem)) => {
                self.fault(problem, node.span);
                Ok(everything())
            }
        }
    }

    /// The shape of `node`; nothing where it is faulty, with the fault at its own place.
    fn shape(&mut self, node: &Node, look: Look) -> Result<Shape, Stop> {
        match self.shape_of(node, look) {
            Err(Stop::Fault(problem)) => {
                self.fault(problem, node.span);
                Ok(Shape::nothing())
            }
            lowered => lowered,
        }
    }

    fn shape_of(&mut self, node: &Node, look: Look) -> Result<Shape, Stop> {
        match &node.kind {
            Kind::Word(pattern) | Kind::Phrase(pattern) => self.word_shape(pattern, look),
            Kind::Fuzzy { word, edits } => {
                let Some(folded) = spots::single_word(word) else {
                    return Err(Problem::NotFuzzy.into());
                };
                let edits = edits.unwrap_or_else(|| spots::edits_for(&folded));
                let test = Test::Fuzzy(folded.chars().collect(), usize::from(edits));
                self.tested_shape(&test, look)
            }
            Kind::Regex(regex) => self.tested_shape(&Test::regex(regex)?, look),
            Kind::Or(operands) => {
                let mut shapes = Vec::with_capacity(operands.len());
                for operand in operands {
                    shapes.push(self.shape(operand, look)?);
                }
                Ok(Shape::Any(shapes))
            }
            Kind::Near(near) => {
                let mut left = self.shape(&near.left, look)?;
                let mut right = self.shape(&near.right, look)?;
                let may_share = left.may_share(&right);
                if may_share {
                    left.keep_pieces();
                    right.keep_pieces();
                }
                let (how, pieces) = (near.how, Pieces::Dropped);
                Ok(Shape::Near(Box::new(Pair { left, right, how, may_share, pieces })))
            }
            Kind::First(words, inner) => {
                Ok(Shape::First(*words, look.part, Box::new(self.shape(inner, look)?)))
            }
            Kind::Exact(inner) => self.shape(inner, Look { form: Form::AsWritten, ..look }),
            Kind::Case(case, inner) => self.shape(inner, Look { case: Some(*case), ..look }),
            Kind::Weight(_, inner) | Kind::Required(inner) => self.shape(inner, look),
            Kind::Entity(_)
            | Kind::Circle(_)
            | Kind::Field(Field::Person | Field::Organisation | Field::Place, _)
                if look.target.exact == self.fields.all_exact =>
            {
                self.mention_shape(node)
            }
            _ => Err(Problem::NotYet("this where words are counted or near each other").into()),
        }
    }

    fn word_shape(&mut self, pattern: &Pattern, look: Look) -> Result<Shape, Stop> {
        let spots = spots::spots(pattern);
        if spots.is_empty() {
            return Err(Problem::NoWord(pattern.plain()).into());
        }
        self.spend_words(spots.len())?;
        let places = self.slots(&spots, look.target, look.form)?;
        Ok(places.map_or_else(Shape::nothing, |places| Shape::Words(places, look.case)))
    }

    fn tested_shape(&mut self, test: &Test, look: Look) -> Result<Shape, Stop> {
        self.spend_words(1)?;
        self.spend_scan(test)?;
        let terms = self.expanded_at_one_place(test, look.target)?;
        if terms.is_empty() {
            return Ok(Shape::nothing());
        }
        Ok(Shape::Words(vec![Slot { offset: 0, terms }], look.case))
    }

    /// Where an entity is mentioned.
    fn mention_shape(&mut self, node: &Node) -> Result<Shape, Stop> {
        let (kind, inner) = match &node.kind {
            Kind::Entity(entity) => return Ok(self.any_mention(*entity)),
            Kind::Circle(circle) => {
                let places = near(circle.latitude, circle.longitude, circle.radius_km);
                return Ok(self.places_shape(places));
            }
            Kind::Field(Field::Person, inner) => (MentionKind::Person, inner),
            Kind::Field(Field::Organisation, inner) => (MentionKind::Organisation, inner),
            Kind::Field(Field::Place, inner) => (MentionKind::Place, inner),
            _ => return Err(Problem::NotYet("this as a name").into()),
        };
        self.named_shape(kind, inner, Form::Stemmed)
    }

    fn named_shape(&mut self, kind: MentionKind, node: &Node, form: Form) -> Result<Shape, Stop> {
        match &node.kind {
            Kind::Word(pattern) | Kind::Phrase(pattern) if kind == MentionKind::Place => {
                let places = self.places_shape(place_numbers(pattern)?);
                if is_number(pattern) {
                    return Ok(places);
                }
                let unknown = self.name_shape(MentionKind::UnknownPlace, pattern, form)?;
                Ok(Shape::Any(vec![places, unknown]))
            }
            Kind::Word(pattern) | Kind::Phrase(pattern) => self.name_shape(kind, pattern, form),
            Kind::Exact(inner) => self.named_shape(kind, inner, Form::AsWritten),
            Kind::Required(inner) | Kind::Weight(_, inner) => self.named_shape(kind, inner, form),
            Kind::Or(operands) => {
                let mut shapes = Vec::with_capacity(operands.len());
                for operand in operands {
                    shapes.push(self.named_shape(kind, operand, form)?);
                }
                Ok(Shape::Any(shapes))
            }
            Kind::Everything => Ok(self.any_mention(match kind {
                MentionKind::Organisation => Entity::Organisation,
                MentionKind::Place | MentionKind::UnknownPlace => Entity::Place,
                _ => Entity::Person,
            })),
            _ => Err(Problem::NotYet("anything but names, phrases and `OR` as a name").into()),
        }
    }

    fn name_shape(
        &mut self,
        kind: MentionKind,
        pattern: &Pattern,
        form: Form,
    ) -> Result<Shape, Stop> {
        let spots = spots::spots(pattern);
        if spots.is_empty() {
            return Err(Problem::NoWord(pattern.plain()).into());
        }
        self.spots_shape(kind, &spots, form)
    }

    /// The same where the words are known.
    pub(super) fn spots_shape(
        &mut self,
        kind: MentionKind,
        spots: &Spots,
        form: Form,
    ) -> Result<Shape, Stop> {
        let sound = (kind == MentionKind::Person).then_some(self.fields.person_sound);
        let target = target(sound, self.names(kind));
        self.spend_words(spots.len())?;
        let Some(places) = self.slots(spots, target, form)? else { return Ok(Shape::nothing()) };
        let which = Which::Named(places, Step::Within(NAME_STEP));
        Ok(Shape::Mentions(Mentions { kind, which }))
    }

    fn names(&self, kind: MentionKind) -> EngineField {
        match kind {
            MentionKind::Organisation => self.fields.org,
            MentionKind::Place | MentionKind::UnknownPlace => self.fields.place_name,
            MentionKind::Person | MentionKind::Date => self.fields.person,
        }
    }

    pub(super) fn places_shape(&self, places: impl IntoIterator<Item = PlaceId>) -> Shape {
        let numbers: HashSet<u32> = places.into_iter().map(PlaceId::to_u32).collect();
        let term = |number: &u32| Term::from_field_u64(self.fields.place, u64::from(*number));
        let terms = numbers.iter().map(term).collect();
        let which = Which::Places(Arc::new(numbers), terms);
        Shape::Mentions(Mentions { kind: MentionKind::Place, which })
    }

    fn any_mention(&self, entity: Entity) -> Shape {
        let has = Which::Any(Term::from_field_text(self.fields.has, has_name(entity)));
        let of = |kind| Shape::Mentions(Mentions { kind, which: has.clone() });
        match entity {
            Entity::Person => of(MentionKind::Person),
            Entity::Organisation => of(MentionKind::Organisation),
            Entity::Date => of(MentionKind::Date),
            Entity::Place => {
                Shape::Any(vec![of(MentionKind::Place), of(MentionKind::UnknownPlace)])
            }
        }
    }

    /// `@person` alone: articles that name anyone.
    pub(super) fn any_entity(&self, entity: Entity) -> Boxed {
        code(self.fields.has, has_name(entity))
    }
}

/// What the index calls articles that have such an entity.
fn has_name(entity: Entity) -> &'static str {
    match entity {
        Entity::Person => Field::Person.name(),
        Entity::Place => Field::Place.name(),
        Entity::Organisation => Field::Organisation.name(),
        Entity::Date => Field::Mentioned.name(),
    }
}

/// Fields in which words can be counted.
fn holds_words(field: Field) -> bool {
    !matches!(
        field,
        Field::Person
            | Field::Organisation
            | Field::Place
            | Field::Language
            | Field::Format
            | Field::Id
    )
}

/// What `atleast` and `first` cannot take.
fn uncounted(node: &Node) -> Option<&'static str> {
    match &node.kind {
        Kind::Not(_) => Some("`NOT`"),
        Kind::Everything => Some("`*`"),
        Kind::AtLeast(..) => Some("`atleast`"),
        Kind::Time(..) | Kind::Number(..) => Some("days or numbers (`@date` is any date)"),
        Kind::Field(field, _)
            if !matches!(field, Field::Person | Field::Organisation | Field::Place) =>
        {
            Some("a field inside an `OR` (write the field before the whole)")
        }
        Kind::And(_) => Some("`AND` inside an `OR`"),
        Kind::Or(operands) => operands.iter().find_map(uncounted),
        Kind::Near(near) if near.how.sense == Sense::NotNear => None,
        _ => None,
    }
}
