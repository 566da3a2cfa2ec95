//! Which of the places of one name is meant.
//!
//! Every candidate has a prior (kind, population, main or other name); the countries and regions that the article names for certain vote for
//! the candidates that lie in them; what follows after a comma decides. One name means one place throughout the article, unless a comma says
//! otherwise.

use std::collections::HashMap;

use dateline_gazetteer::{Candidate, Kind, NameKind, PlaceId, ancestors, place};

use super::Hit;

/// What a rank further back in the gazetteer's order costs, in orders of magnitude of people.
const RANK_WEIGHT: f64 = 0.15;
/// What the country may add that an article names all the time.
const COUNTRY_WEIGHT: f64 = 1.0;
/// The same for a region.
const REGION_WEIGHT: f64 = 2.6;

/// The place of each hit, in the order of `hits`.
pub(super) fn resolve(hits: &[Hit]) -> Vec<Option<PlaceId>> {
    let votes = Votes::of(hits);
    let mut by_name: HashMap<(&str, bool), Option<PlaceId>> = HashMap::new();
    // Names that a comma decides go first: they settle both names for the rest of the article.
    let mut decided: Vec<Option<PlaceId>> = vec![None; hits.len()];
    for (index, pair) in hits.windows(2).enumerate() {
        let [inner, outer] = pair else { continue };
        if !inner.is_in_next {
            continue;
        }
        let lies_there =
            |candidate: &&Candidate| container(candidate.place, &outer.candidates).is_some();
        let Some(place) = best(inner.candidates.iter().filter(lies_there), &votes) else {
            continue;
        };
        for (index, hit, place) in
            [(index, inner, Some(place)), (index + 1, outer, container(place, &outer.candidates))]
        {
            by_name.entry((&hit.key, hit.is_demonym)).or_insert(place);
            if let Some(slot) = decided.get_mut(index).filter(|slot| slot.is_none()) {
                *slot = place;
            }
        }
    }
    let mut resolved = Vec::with_capacity(hits.len());
    for (hit, decided) in hits.iter().zip(decided) {
        resolved.push(decided.or_else(|| {
            *by_name
                .entry((&hit.key, hit.is_demonym))
                .or_insert_with(|| best(hit.candidates.iter(), &votes))
        }));
    }
    resolved
}

/// Which of the candidates the place lies in.
fn container(place: PlaceId, candidates: &[Candidate]) -> Option<PlaceId> {
    let above = ancestors(place);
    candidates.iter().map(|candidate| candidate.place).find(|outer| above.contains(outer))
}

fn best<'a>(candidates: impl Iterator<Item = &'a Candidate>, votes: &Votes) -> Option<PlaceId> {
    let mut best: Option<(f64, PlaceId)> = None;
    for (rank, candidate) in candidates.enumerate() {
        let score = prior(*candidate, rank) + votes.for_place(candidate.place);
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate.place));
        }
    }
    best.map(|(_, place)| place)
}

/// Orders of magnitude of people; countries and other wide areas stand above all cities. The gazetteer's own order, the likeliest first, has
/// its say through `rank`.
fn prior(candidate: Candidate, rank: usize) -> f64 {
    let Some(place) = place(candidate.place) else { return 0.0 };
    let people = f64::from(place.population.max(1)).log10();
    let kind = match place.kind {
        Kind::Country | Kind::Continent | Kind::FormerCountry => 10.0,
        Kind::Area | Kind::Water => 7.0,
        Kind::Region => people - 1.0,
        Kind::County => people - 1.5,
        _ => people,
    };
    let alternate = if candidate.how == NameKind::Alternate { 0.7 } else { 0.0 };
    kind - alternate - RANK_WEIGHT * f64::from(u32::try_from(rank).unwrap_or(u32::MAX))
}

/// How often the article names what a place may lie in.
struct Votes {
    of: HashMap<PlaceId, u32>,
}

impl Votes {
    /// Counts the certain hits: names with one candidate, countries, and demonyms.
    fn of(hits: &[Hit]) -> Self {
        let mut votes = Self { of: HashMap::new() };
        for hit in hits {
            let Some(first) = hit.candidates.first() else { continue };
            let Some(place) = place(first.place) else { continue };
            let certain = hit.candidates.len() == 1
                || matches!(place.kind, Kind::Country | Kind::FormerCountry);
            if certain {
                *votes.of.entry(first.place).or_insert(0) += 1;
                for above in ancestors(first.place) {
                    *votes.of.entry(above).or_insert(0) += 1;
                }
            }
        }
        votes
    }

    /// What the regions and countries that are named add to a place that lies in them.
    fn for_place(&self, id: PlaceId) -> f64 {
        let mut score = 0.0_f64;
        for above in ancestors(id) {
            let Some(place) = place(above) else { continue };
            let most = match place.kind {
                Kind::Region | Kind::County => REGION_WEIGHT,
                Kind::Country => COUNTRY_WEIGHT,
                _ => 0.0,
            };
            let count = f64::from(self.of.get(&above).copied().unwrap_or(0));
            score = score.max(most * count / (count + 1.0));
        }
        score
    }
}
