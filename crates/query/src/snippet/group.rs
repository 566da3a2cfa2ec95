//! Marks that depend on where words stand: nearness, capitals, `first`, mentions. Told from the article's structure by the same comparison of
//! positions that selects it.

use std::collections::HashSet;

use dateline_article::Record;
use dateline_gazetteer::{PlaceId, ancestors, near};
use dateline_schema::analyze::{Words, sound_alike};
use dateline_schema::{Capital, MentionAt, MentionKind, cells};

use crate::lower::{NAME_STEP, is_number, mentioned_terms, place_numbers};
use crate::nearness::has_case;
use crate::nearness::join::{Borders, Match, Pair, Part};
use crate::positions::follow;
use crate::spots::{self, Spot, Spots};
use crate::syntax::{Case, Entity, Field, Kind, Node};

/// What is marked where it stands as the query asks.
pub(super) enum Group {
    /// A leaf by its number, with the places of its words.
    Leaf(usize, Vec<u32>, Option<Case>),
    Any(Vec<Group>),
    Near(Box<Pair<Group>>),
    In(Part, Box<Group>),
    First(u32, Part, Box<Group>),
    Mentions(MentionKind, Who),
}

/// Which entities.
pub(super) enum Who {
    Any,
    Named(Spots),
    Places(HashSet<u32>),
    /// Days, by the calendar's cells that they are looked for under.
    Days(HashSet<String>),
}

/// Where things stand in one article.
pub(super) struct Ground<'a> {
    pub(super) record: &'a Record,
    pub(super) borders: Borders,
    pub(super) capitals: Vec<Capital>,
    pub(super) mentions: Vec<MentionAt>,
    /// For each leaf the positions of its first and last words, ascending.
    pub(super) leaves: Vec<Vec<(u32, u32)>>,
}

impl Group {
    /// Where it stands, ascending.
    pub(super) fn matches(&self, ground: &Ground<'_>) -> Vec<Match> {
        match self {
            Self::Leaf(leaf, places, case) => {
                let stands = ground.leaves.get(*leaf).map_or(&[][..], Vec::as_slice);
                let fits = |start: u32| {
                    case.is_none_or(|case| {
                        places.iter().all(|place| has_case(&ground.capitals, start + place, case))
                    })
                };
                let found = stands.iter().filter(|(start, _)| fits(*start));
                found.map(|(start, end)| Match::one(*start, *end)).collect()
            }
            Self::Any(groups) => {
                let mut found: Vec<Match> =
                    groups.iter().flat_map(|group| group.matches(ground)).collect();
                found.sort_unstable();
                found.dedup();
                found
            }
            Self::Near(pair) => {
                let (left, right) = (pair.left.matches(ground), pair.right.matches(ground));
                let mut found = Vec::new();
                pair.join(&left, &right, &ground.borders, &mut found);
                found
            }
            Self::In(part, inner) => {
                let mut found = inner.matches(ground);
                found.retain(|found| ground.borders.lies_in(*part, found));
                found
            }
            Self::First(words, part, inner) => {
                let mut found = inner.matches(ground);
                found.retain(|found| ground.borders.is_first(*part, *words, found));
                found
            }
            Self::Mentions(kind, who) => {
                let wanted = who.wanted(*kind, ground.record);
                let mentions = ground.mentions.iter().filter(|mention| {
                    mention.kind == *kind
                        && wanted.get(mention.entity as usize).copied().unwrap_or(false)
                });
                let mut found: Vec<Match> =
                    mentions.map(|mention| Match::one(mention.start, mention.end)).collect();
                found.sort_unstable();
                found.dedup();
                found
            }
        }
    }
}

impl Who {
    /// For each entity of a kind, whether it is meant.
    fn wanted(&self, kind: MentionKind, record: &Record) -> Vec<bool> {
        let named = |name: &str| match self {
            Self::Any => true,
            Self::Named(spots) => is_named(spots, name, kind),
            Self::Places(_) | Self::Days(_) => false,
        };
        let places = || record.places.iter();
        match kind {
            MentionKind::Person => record.people.iter().map(|name| named(&name.name)).collect(),
            MentionKind::Organisation => {
                record.organisations.iter().map(|name| named(&name.name)).collect()
            }
            MentionKind::UnknownPlace => places()
                .filter(|place| place.gazetteer.is_none())
                .map(|place| named(&place.name))
                .collect(),
            MentionKind::Place => places()
                .filter_map(|place| place.gazetteer)
                .map(|number| match self {
                    Self::Any => true,
                    Self::Named(_) | Self::Days(_) => false,
                    Self::Places(wanted) => {
                        let around = ancestors(PlaceId::from_u32(number));
                        wanted.contains(&number)
                            || around.iter().any(|place| wanted.contains(&place.to_u32()))
                    }
                })
                .collect(),
            MentionKind::Date => {
                let dates = record.dates.iter().map(|date| match self {
                    Self::Days(cells) => cells::index_terms(&date.start, &date.end)
                        .iter()
                        .any(|term| cells.contains(term)),
                    _ => true,
                });
                dates.collect()
            }
        }
    }
}

/// Whether a name has the words in order, each close enough after the one before.
fn is_named(spots: &Spots, name: &str, kind: MentionKind) -> bool {
    let mut reached = Vec::new();
    for (n, (_, spot)) in spots.iter().enumerate() {
        let mut words = Words::new(name);
        let mut here = Vec::new();
        while words.advance() {
            let fits = match spot {
                // In any spelling, as `person:` finds it.
                Spot::Word(word) if kind == MentionKind::Person => {
                    sound_alike(words.folded(), word)
                }
                Spot::Word(word) => words.folded() == word,
                Spot::Marked(word) => words.marked() == Some(word),
                Spot::Glob(glob) => glob.matches(words.folded()),
            };
            if fits {
                here.push(words.position());
            }
        }
        if n == 0 {
            reached = here;
        } else {
            follow(&mut reached, &here, (1, NAME_STEP), &mut Vec::new());
        }
    }
    !reached.is_empty()
}

/// The mentions that `node` asks for; nothing where it is no entity.
pub(super) fn mentions(node: &Node) -> Option<Group> {
    let any = |entity| match entity {
        Entity::Person => Group::Mentions(MentionKind::Person, Who::Any),
        Entity::Organisation => Group::Mentions(MentionKind::Organisation, Who::Any),
        Entity::Date => Group::Mentions(MentionKind::Date, Who::Any),
        Entity::Place => Group::Any(vec![
            Group::Mentions(MentionKind::Place, Who::Any),
            Group::Mentions(MentionKind::UnknownPlace, Who::Any),
        ]),
    };
    match &node.kind {
        Kind::Entity(entity) => Some(any(*entity)),
        Kind::Circle(circle) => {
            let places = near(circle.latitude, circle.longitude, circle.radius_km);
            let numbers = places.into_iter().map(PlaceId::to_u32).collect();
            Some(Group::Mentions(MentionKind::Place, Who::Places(numbers)))
        }
        Kind::Time(Field::Mentioned, when) => {
            let cells = mentioned_terms(when).into_iter().collect();
            Some(Group::Mentions(MentionKind::Date, Who::Days(cells)))
        }
        Kind::Field(Field::Person, inner) => named(MentionKind::Person, inner),
        Kind::Field(Field::Organisation, inner) => named(MentionKind::Organisation, inner),
        Kind::Field(Field::Place, inner) => named(MentionKind::Place, inner),
        _ => None,
    }
}

fn named(kind: MentionKind, node: &Node) -> Option<Group> {
    match &node.kind {
        Kind::Word(pattern) | Kind::Phrase(pattern) => {
            let name = |kind| Group::Mentions(kind, Who::Named(spots::spots(pattern)));
            if kind != MentionKind::Place {
                return Some(name(kind));
            }
            let numbers = place_numbers(pattern).ok()?.into_iter().map(PlaceId::to_u32).collect();
            let places = Group::Mentions(kind, Who::Places(numbers));
            if is_number(pattern) {
                return Some(places);
            }
            Some(Group::Any(vec![places, name(MentionKind::UnknownPlace)]))
        }
        Kind::Exact(inner) | Kind::Required(inner) | Kind::Weight(_, inner) => named(kind, inner),
        Kind::And(operands) | Kind::Or(operands) => {
            Some(Group::Any(operands.iter().filter_map(|operand| named(kind, operand)).collect()))
        }
        _ => None,
    }
}
