//! An article as two vectors: its telling words, and what it names.
//!
//! The parts of a place's vector are such that the product of two places is what the smallest place around both weighs (Resnik, Using information
//! content to evaluate semantic similarity, 1995).

use std::collections::BTreeMap;
use std::hash::Hash;

use dateline_article::Timestamp;
use rustc_hash::FxHashMap;
use tantivy::Term;

use crate::engine::Error;
use crate::related::evidence::{Evidence, Named, Rarity};
use crate::related::stored::Stored;

/// How much a day that is spoken of counts beside a name.
const DAY_PART: f32 = 0.35;

/// Number of a word, a name, a place or a day, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(u32);

/// Things of one kind, numbered as they come.
pub(super) struct Numbers<T>(FxHashMap<T, Feature>);

impl<T: Hash + Eq + Clone> Numbers<T> {
    pub(super) fn new() -> Self {
        Self(FxHashMap::default())
    }

    fn of(&mut self, thing: &T) -> Feature {
        if let Some(known) = self.0.get(thing) {
            return *known;
        }
        let next = Feature(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.insert(thing.clone(), next);
        next
    }
}

/// A portrait in the making, of an article that is read in the order of the index. Sums of weights depend on the order of features: that of time, which is
/// the same however the index is cut, is put in place later.
pub(super) struct Sketch {
    words: Vec<(Feature, f32)>,
    names: Vec<(Feature, f32)>,
    /// The features in the order in which the article has them.
    met: Vec<Feature>,
    days: Option<(i64, i64)>,
    title: Option<String>,
    published: Option<Timestamp>,
    people: Vec<(Feature, String)>,
    places: Vec<(Feature, String)>,
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

impl Sketch {
    /// Draws an article; `terms` numbers the features of all of them.
    pub(super) fn of(
        article: Stored,
        rarity: &mut Rarity<'_>,
        terms: &mut Numbers<Term>,
    ) -> Result<Self, Error> {
        let evidence = Evidence::of(&article, rarity)?;
        let mut met = Vec::new();
        let mut number = |term: &Term| {
            let feature = terms.of(term);
            met.push(feature);
            feature
        };
        let mut names: BTreeMap<Feature, f32> = BTreeMap::new();
        for named in evidence.people.iter().chain(&evidence.organisations) {
            // Each reading of a name is a part of it.
            let part = named.weight / (named.terms.len().max(1) as f32).sqrt();
            for term in &named.terms {
                let weight = names.entry(number(term)).or_default();
                *weight = weight.max(part);
            }
        }
        for place in &evidence.places {
            let Some((_, rarity_of_place)) = place.levels.first() else { continue };
            for (level, (place_number, weight)) in place.levels.iter().enumerate() {
                let around = place.levels.get(level + 1).map_or(0.0, |(_, weight)| *weight);
                let own = (weight - around).max(0.0);
                let part = (own * rarity_of_place).sqrt() * place.salience;
                let weight = names.entry(number(&rarity.place_term(*place_number))).or_default();
                *weight = weight.max(part);
            }
        }
        for (day, weight) in evidence.days.iter().filter(|(day, _)| !evidence.is_own(*day)) {
            *names.entry(number(&rarity.day_term(*day))).or_default() += weight * DAY_PART;
        }
        // Those of one stem stand together: the first tells it.
        let words = evidence.words.terms();
        let words = words.filter_map(|(terms, weight)| Some((number(terms.first()?), weight)));
        let words = words.collect();
        let mut people = Vec::new();
        for person in article.people {
            let is_it = |named: &&Named| named.name == person.name;
            if let Some(term) = evidence.people.iter().find(is_it).and_then(|n| n.terms.first()) {
                people.push((number(term), person.name));
            }
        }
        let known = article.places.into_iter();
        let known = known.filter_map(|place| Some((place.id?, place.name().to_owned())));
        let places = known.map(|(place, name)| (number(&rarity.place_term(place)), name)).collect();
        Ok(Self {
            words,
            names: names.into_iter().collect(),
            met,
            days: evidence.published,
            title: article.title,
            published: article.published.map(|published| published.at),
            people: distinct(people),
            places: distinct(places),
        })
    }

    /// The portrait, its features numbered anew; to be called in the order of time.
    pub(super) fn finish(self, numbers: &mut Numbers<Feature>) -> Portrait {
        for feature in &self.met {
            numbers.of(feature);
        }
        let mut vector = |mut parts: Vec<(Feature, f32)>| {
            for (feature, _) in &mut parts {
                *feature = numbers.of(feature);
            }
            parts.sort_unstable_by_key(|(feature, _)| *feature);
            unit(parts)
        };
        let (words, names) = (vector(self.words), vector(self.names));
        let mut told = |mut named: Vec<(Feature, String)>| {
            for (feature, _) in &mut named {
                *feature = numbers.of(feature);
            }
            named
        };
        Portrait {
            words,
            names,
            days: self.days,
            title: self.title,
            published: self.published,
            people: told(self.people),
            places: told(self.places),
        }
    }
}

/// A vector of length 1.
fn unit(mut parts: Vec<(Feature, f32)>) -> Vec<(Feature, f32)> {
    let length = parts.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    if length <= 0.0 {
        return Vec::new();
    }
    for (_, weight) in &mut parts {
        *weight /= length;
    }
    parts
}

/// Each feature once, under the first name.
fn distinct(mut named: Vec<(Feature, String)>) -> Vec<(Feature, String)> {
    let mut seen = std::collections::HashSet::new();
    named.retain(|(feature, _)| seen.insert(*feature));
    named
}
