//! Which of the places of one name is meant.
//!
//! Every candidate has a prior (kind, population, main or other name). All names of the article, those inside organisations' names
//! too, then speak for the regions and countries that their candidates lie in, each name by its likelier candidates the more, and for
//! what is near; two rounds of it. What follows after a comma decides. One name means one place throughout the article, unless a comma
//! says otherwise (cf. Leidner 2007, Lieberman and Samet 2012).

use std::collections::HashMap;

use dateline_gazetteer::{Candidate, Kind, NameKind, Place, PlaceId, ancestors};

use super::Hit;

/// What a rank further back in the gazetteer's order costs, in orders of magnitude of people.
const RANK_WEIGHT: f64 = 0.15;
/// What an article's other names can add to a place in the country that they speak for.
const COUNTRY_WEIGHT: f64 = 1.2;
/// The same for a region.
const REGION_WEIGHT: f64 = 2.4;
/// The same for places within [`NEAR_KM`].
const NEAR_WEIGHT: f64 = 1.2;
const NEAR_KM: f64 = 120.0;
/// How much likelier a candidate of ten times the people is thought when names speak for regions.
const SHARPNESS: f64 = 1.6;
const ROUNDS: usize = 2;
/// Names that are looked at for what is near; more in an article are a table.
const MOST_NEAR: usize = 48;

/// The place of each of the first `hits`, in their order; `evidence` only speaks for regions and countries.
pub(super) fn resolve(hits: &[Hit], evidence: &[Hit]) -> Vec<Option<PlaceId>> {
    let mut names = Names::default();
    let of_hit: Vec<usize> = hits.iter().map(|hit| names.add(hit)).collect();
    for hit in evidence {
        names.add(hit);
    }
    let decided = names.decide(hits, &of_hit);
    for _ in 0..ROUNDS {
        names.weigh();
    }
    let best = |name: usize| names.list.get(name).and_then(Name::best);
    decided.into_iter().zip(of_hit).map(|(decided, name)| decided.or_else(|| best(name))).collect()
}

/// A name of the article and what it may mean.
struct Name {
    count: u32,
    options: Vec<Choice>,
}

/// A place that a name may mean.
struct Choice {
    place: PlaceId,
    prior: f64,
    score: f64,
    /// How likely it is thought to be meant, all options of the name together 1.
    share: f64,
    region: Option<PlaceId>,
    country: Option<PlaceId>,
    /// Radians, for what is a point.
    point: Option<(f64, f64)>,
}

impl Name {
    fn best(&self) -> Option<PlaceId> {
        self.top().map(|choice| choice.place)
    }

    /// The first of the highest score.
    fn top(&self) -> Option<&Choice> {
        self.options
            .iter()
            .reduce(|best, other| if other.score > best.score { other } else { best })
    }

    fn set_shares(&mut self) {
        let top = self.top().map_or(0.0, |choice| choice.score);
        let weight = |score: f64| ((score - top) * SHARPNESS).exp();
        let sum: f64 = self.options.iter().map(|choice| weight(choice.score)).sum();
        for choice in &mut self.options {
            choice.share = weight(choice.score) / sum;
        }
    }

    /// The name means this, and nothing else.
    fn settle(&mut self, place: PlaceId) {
        self.options.retain(|choice| choice.place == place);
        self.set_shares();
    }

    /// How much the name speaks: once for one mention, little more for many.
    fn voice(&self) -> f64 {
        1.0 + f64::from(self.count).ln()
    }
}

#[derive(Default)]
struct Names<'a> {
    list: Vec<Name>,
    by_key: HashMap<(&'a str, bool), usize>,
}

impl<'a> Names<'a> {
    fn add(&mut self, hit: &'a Hit) -> usize {
        let index = *self.by_key.entry((&hit.key, hit.is_demonym)).or_insert_with(|| {
            let choices = hit.candidates.iter().enumerate();
            let options =
                choices.filter_map(|(rank, candidate)| choice(*candidate, rank)).collect();
            let mut name = Name { count: 0, options };
            name.set_shares();
            self.list.push(name);
            self.list.len() - 1
        });
        if let Some(name) = self.list.get_mut(index) {
            name.count += 1;
        }
        index
    }

    /// "Paris, Texas": settles both names for the article, unless another comma did before, and gives the places of such hits.
    fn decide(&mut self, hits: &[Hit], of_hit: &[usize]) -> Vec<Option<PlaceId>> {
        let mut decided = vec![None; hits.len()];
        let mut settled = vec![false; self.list.len()];
        for (at, pair) in hits.windows(2).enumerate() {
            let [inner, outer] = pair else { continue };
            if !inner.is_in_next {
                continue;
            }
            let town = inner
                .candidates
                .iter()
                .enumerate()
                .filter(|(_, candidate)| container(candidate.place, &outer.candidates).is_some())
                .filter_map(|(rank, candidate)| choice(*candidate, rank))
                .reduce(|best, other| if other.score > best.score { other } else { best });
            let Some(town) = town.map(|choice| choice.place) else { continue };
            let Some(around) = container(town, &outer.candidates) else { continue };
            for (at, place) in [(at, town), (at + 1, around)] {
                if let Some(slot) = decided.get_mut(at).filter(|slot| slot.is_none()) {
                    *slot = Some(place);
                }
                let name = of_hit.get(at).copied().unwrap_or(usize::MAX);
                if let Some(settled) = settled.get_mut(name).filter(|settled| !**settled)
                    && let Some(name) = self.list.get_mut(name)
                {
                    name.settle(place);
                    *settled = true;
                }
            }
        }
        decided
    }

    /// One round: what the names say of regions and countries, and what is near, changes what each name means.
    fn weigh(&mut self) {
        let mut said: HashMap<PlaceId, f64> = HashMap::new();
        for name in &self.list {
            for (place, voice) in name.said() {
                *said.entry(place).or_insert(0.0) += voice;
            }
        }
        let points: Vec<(usize, (f64, f64))> = self
            .list
            .iter()
            .enumerate()
            .filter_map(|(index, name)| Some((index, name.top()?.point?)))
            .take(MOST_NEAR)
            .collect();
        for (index, name) in self.list.iter_mut().enumerate() {
            if name.options.len() < 2 {
                continue;
            }
            // What the name itself says is no evidence for it.
            let mut own: HashMap<PlaceId, f64> = HashMap::new();
            name.said().for_each(|(place, voice)| *own.entry(place).or_insert(0.0) += voice);
            let by_others = |place: Option<PlaceId>| {
                let Some(place) = place else { return 0.0 };
                let all = said.get(&place).copied().unwrap_or(0.0);
                let others = (all - own.get(&place).copied().unwrap_or(0.0)).max(0.0);
                others / (others + 1.0)
            };
            for choice in &mut name.options {
                let near = choice.point.map_or(0.0, |point| {
                    let others = points.iter().filter(|(other, _)| *other != index);
                    let count = others.filter(|(_, other)| is_near(point, *other)).count();
                    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
                    count / (count + 1.0)
                });
                choice.score = choice.prior
                    + REGION_WEIGHT * by_others(choice.region)
                    + COUNTRY_WEIGHT * by_others(choice.country)
                    + NEAR_WEIGHT * near;
            }
            name.set_shares();
        }
    }
}

impl Name {
    /// The regions and countries that it speaks for, and how much.
    fn said(&self) -> impl Iterator<Item = (PlaceId, f64)> {
        let voice = self.voice();
        self.options.iter().flat_map(move |choice| {
            let areas = [choice.region, choice.country].into_iter().flatten();
            areas.map(move |area| (area, voice * choice.share))
        })
    }
}

fn choice(candidate: Candidate, rank: usize) -> Option<Choice> {
    let entry = candidate.entry()?;
    let own = |kinds: &[Kind]| kinds.contains(&entry.kind).then_some(entry.id);
    let region = own(&[Kind::Region]).or(entry.region);
    let country = own(&[Kind::Country]).or_else(|| candidate.country());
    let is_point = matches!(entry.kind, Kind::City | Kind::County);
    let point = (entry.latitude.to_radians(), entry.longitude.to_radians());
    let prior = prior(&entry, candidate.how, rank);
    Some(Choice {
        place: entry.id,
        prior,
        score: prior,
        share: 0.0,
        region,
        country,
        point: is_point.then_some(point),
    })
}

/// Which of the candidates the place lies in.
fn container(place: PlaceId, candidates: &[Candidate]) -> Option<PlaceId> {
    let above = ancestors(place);
    candidates.iter().map(|candidate| candidate.place).find(|outer| above.contains(outer))
}

/// Orders of magnitude of people; countries and other wide areas stand above all cities. The gazetteer's own order, the likeliest first, has
/// its say through `rank`.
fn prior(place: &Place, how: NameKind, rank: usize) -> f64 {
    let people = f64::from(place.population.max(1)).log10();
    let kind = match place.kind {
        Kind::Country | Kind::Continent | Kind::FormerCountry => 8.5,
        Kind::Area | Kind::Water => 6.5,
        Kind::Region => people - 0.5,
        Kind::County => people - 1.5,
        _ => people,
    };
    let alternate = if how == NameKind::Alternate { 0.7 } else { 0.0 };
    kind - alternate - RANK_WEIGHT * f64::from(u32::try_from(rank.min(8)).unwrap_or(8))
}

/// Whether two points are within [`NEAR_KM`]: on a plane, which is as good at such distances.
fn is_near(a: (f64, f64), b: (f64, f64)) -> bool {
    const EARTH_KM: f64 = 6371.0;
    let north = a.0 - b.0;
    if north.abs() * EARTH_KM > NEAR_KM {
        return false;
    }
    let east = (a.1 - b.1) * f64::midpoint(a.0, b.0).cos();
    north.hypot(east) * EARTH_KM <= NEAR_KM
}
