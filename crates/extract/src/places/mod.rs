//! Places: names of the gazetteer sought in a text, each resolved to one entry.
//!
//! [`scan`] finds the names, [`judge`] keeps those that stand as places, [`resolve`] chooses among the places of one name, and this file makes entities of
//! them. A name inside a person's or an organisation's name is none. Method: candidates by longest match; a prior by kind and population; votes
//! of the countries and regions that the article names; "City, Region" decides (cf. Leidner, *Toponym Resolution in Text*, 2007).

mod judge;
mod regions;
mod resolve;
mod scan;

use std::collections::HashMap;

use dateline_article::{Mentions, Place, PlaceKind, Span};
use dateline_gazetteer::PlaceId;

use crate::extractor::{PlaceResolver, Scene};
use crate::names::Part;

/// Resolves by the gazetteer in the binary.
pub(crate) struct GazetteerResolver;

impl PlaceResolver for GazetteerResolver {
    fn resolve(&self, scene: &Scene<'_>) -> Vec<Place> {
        let (hits, evidence) = scan::scan(scene);
        let resolved = resolve::resolve(&hits, &evidence);
        let mut places = Entities::default();
        for (hit, place) in hits.iter().zip(resolved) {
            match place {
                Some(place) => places.add(place, hit.part, hit.span, hit.is_demonym),
                None => places.add_unresolved(hit),
            }
        }
        places.into_places()
    }
}

/// A name in the text that stands for a place.
#[derive(Debug)]
pub(crate) struct Hit {
    /// Which part of the article it stands in.
    pub(crate) part: Part,
    /// Where.
    pub(crate) span: Span,
    /// The name folded.
    pub(crate) key: String,
    /// The name as written, white space made even.
    pub(crate) surface: String,
    /// What it may mean, the likeliest first; empty where the gazetteer has none.
    pub(crate) candidates: Vec<dateline_gazetteer::Candidate>,
    /// Whether it names the people or is their adjective.
    pub(crate) is_demonym: bool,
    /// What the text says the place lies in ("Paris, *Texas*"): the hit after this one.
    pub(crate) is_in_next: bool,
}

/// Places under construction, in order of their first mention.
#[derive(Default)]
struct Entities {
    places: Vec<Place>,
    of_id: HashMap<PlaceId, usize>,
    of_name: HashMap<String, usize>,
}

impl Entities {
    fn add(&mut self, id: PlaceId, part: Part, span: Span, is_demonym: bool) {
        let index = if let Some(&index) = self.of_id.get(&id) {
            index
        } else {
            let Some(place) = dateline_gazetteer::described(id) else { return };
            self.of_id.insert(id, self.places.len());
            self.places.push(place);
            self.places.len() - 1
        };
        let Some(place) = self.places.get_mut(index) else { return };
        if !is_demonym {
            place.kind = PlaceKind::Place;
        }
        push(&mut place.mentions, part, span);
    }

    fn add_unresolved(&mut self, hit: &Hit) {
        let index = *self.of_name.entry(hit.key.clone()).or_insert_with(|| {
            self.places.push(Place::unresolved(hit.surface.clone()));
            self.places.len() - 1
        });
        if let Some(place) = self.places.get_mut(index) {
            push(&mut place.mentions, hit.part, hit.span);
        }
    }

    fn into_places(self) -> Vec<Place> {
        let mut places = self.places;
        for place in &mut places {
            place.mentions.text.sort_unstable();
            place.mentions.title.sort_unstable();
        }
        places.sort_by_key(|place| std::cmp::Reverse(place.mentions.count()));
        places
    }
}

fn push(mentions: &mut Mentions, part: Part, span: Span) {
    match part {
        Part::Title => mentions.title.push(span),
        Part::Text => mentions.text.push(span),
    }
}
