//! An article as two vectors: its telling words, and what it names.
//!
//! The parts of a place's vector are such that the product of two places is what the smallest place around both weighs (Resnik, Using information
//! content to evaluate semantic similarity, 1995).

use std::collections::{BTreeMap, HashMap};

use dateline_article::{Record, Timestamp};
use tantivy::Term;

use crate::engine::Error;
use crate::related::evidence::{Evidence, Named, Rarity};

/// How much a day that is spoken of counts beside a name.
const DAY_PART: f32 = 0.35;

/// Number of a word, a name, a place or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(u32);

/// The features seen so far, numbered as they come.
#[derive(Default)]
pub(super) struct Features(HashMap<Term, u32>);

impl Features {
    fn number(&mut self, term: &Term) -> Feature {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        Feature(*self.0.entry(term.clone()).or_insert(next))
    }
}

/// What is compared of an article, and what is told of it.
pub(super) struct Portrait {
    /// Of length 1, by feature; empty where no word tells anything.
    pub(super) words: Vec<(Feature, f32)>,
    /// Of length 1, by feature; empty where nothing is named.
    pub(super) names: Vec<(Feature, f32)>,
    /// First and last day on which it may have appeared, since 1970.
    pub(super) days: Option<(i64, i64)>,
    pub(super) title: Option<String>,
    pub(super) published: Option<Timestamp>,
    /// People by what they are compared by, most mentioned first.
    pub(super) people: Vec<(Feature, String)>,
    /// Places alike.
    pub(super) places: Vec<(Feature, String)>,
}

impl Portrait {
    pub(super) fn of(
        record: &Record,
        rarity: &mut Rarity<'_>,
        features: &mut Features,
    ) -> Result<Self, Error> {
        let evidence = Evidence::of(record, rarity)?;
        let mut names: BTreeMap<Feature, f32> = BTreeMap::new();
        for named in evidence.people.iter().chain(&evidence.organisations) {
            // Each reading of a name is a part of it.
            let part = named.weight / (named.terms.len().max(1) as f32).sqrt();
            for term in &named.terms {
                let weight = names.entry(features.number(term)).or_default();
                *weight = weight.max(part);
            }
        }
        for place in &evidence.places {
            let Some((_, rarity_of_place)) = place.levels.first() else { continue };
            for (level, (number, weight)) in place.levels.iter().enumerate() {
                let around = place.levels.get(level + 1).map_or(0.0, |(_, weight)| *weight);
                let own = (weight - around).max(0.0);
                let part = (own * rarity_of_place).sqrt() * place.salience;
                let weight = names.entry(features.number(&rarity.place_term(*number))).or_default();
                *weight = weight.max(part);
            }
        }
        for (day, weight) in evidence.days.iter().filter(|(day, _)| !evidence.is_own(*day)) {
            *names.entry(features.number(&rarity.day_term(*day))).or_default() += weight * DAY_PART;
        }
        let mut words: BTreeMap<Feature, f32> = BTreeMap::new();
        for (term, weight) in evidence.words.terms() {
            words.insert(features.number(term), weight);
        }
        let mut people = Vec::new();
        for person in &record.people {
            let is_it = |named: &&Named| named.name == person.name;
            if let Some(term) = evidence.people.iter().find(is_it).and_then(|n| n.terms.first()) {
                people.push((features.number(term), person.name.clone()));
            }
        }
        let known = record.places.iter().filter_map(|place| Some((place.gazetteer?, &place.name)));
        let places = known
            .map(|(number, name)| (features.number(&rarity.place_term(number)), name.clone()))
            .collect();
        Ok(Self {
            words: unit(words),
            names: unit(names),
            days: evidence.published,
            title: record.article.title.clone(),
            published: record.article.published.map(|published| published.at),
            people: distinct(people),
            places: distinct(places),
        })
    }
}

/// A vector of length 1.
fn unit(parts: BTreeMap<Feature, f32>) -> Vec<(Feature, f32)> {
    let length = parts.values().map(|weight| weight * weight).sum::<f32>().sqrt();
    if length <= 0.0 {
        return Vec::new();
    }
    parts.into_iter().map(|(feature, weight)| (feature, weight / length)).collect()
}

/// Each feature once, under the first name.
fn distinct(mut named: Vec<(Feature, String)>) -> Vec<(Feature, String)> {
    let mut seen = std::collections::HashSet::new();
    named.retain(|(feature, _)| seen.insert(*feature));
    named
}
