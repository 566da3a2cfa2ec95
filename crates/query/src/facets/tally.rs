//! Values and how many articles have them, a cluster of copies once.

use std::collections::HashMap;
use std::sync::Arc;

use dateline_article::ArticleId;
use dateline_gazetteer::{Kind, PlaceId, ancestors, country, place};

use super::{By, Level};

/// Which articles an article is counted among: one of [`LANES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lane(pub(crate) usize);

/// Lanes there are.
pub(crate) const LANES: usize = 4;

impl Lane {
    /// Facets: those asked for.
    pub(crate) const THESE: Self = Self(0);
    /// Facets: the others, where they are among those asked for.
    pub(crate) const SHARED: Self = Self(1);
    /// Facets: the others that are not.
    pub(crate) const REST: Self = Self(2);
}

/// Number of a value in its tally.
pub(crate) type ValueId = u32;

/// What is counted by one thing, over all segments.
pub(crate) struct Tally {
    by: By,
    ids: HashMap<Arc<str>, ValueId>,
    names: Vec<Arc<str>>,
    lanes: [Counts; LANES],
    /// The value that a place of the gazetteer counts for.
    places: HashMap<u32, Option<ValueId>>,
    /// Days that articles may have appeared on, first and last, in each lane; they become values at the end.
    days: [HashMap<(i32, i32), u64>; LANES],
    clustered_days: [Vec<(ArticleId, (i32, i32))>; LANES],
}

/// The counts of one lane.
#[derive(Default)]
struct Counts {
    /// Of articles that stand by themselves, by value.
    single: Vec<u64>,
    /// Values of articles of a cluster.
    clustered: Vec<(ArticleId, ValueId)>,
}

impl Tally {
    pub(crate) fn new(by: By) -> Self {
        Self {
            by,
            ids: HashMap::new(),
            names: Vec::new(),
            lanes: Default::default(),
            places: HashMap::new(),
            days: Default::default(),
            clustered_days: Default::default(),
        }
    }

    pub(crate) fn by(&self) -> By {
        self.by
    }

    /// The number of a value.
    pub(crate) fn id(&mut self, value: &str) -> ValueId {
        if let Some(id) = self.ids.get(value) {
            return *id;
        }
        let id = ValueId::try_from(self.names.len()).unwrap_or(ValueId::MAX);
        let name: Arc<str> = value.into();
        self.names.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    /// The value that naming a place counts for at `level`: its name, or the number of what it lies in.
    pub(crate) fn place_value(&mut self, number: u32, level: Level) -> Option<ValueId> {
        if let Some(known) = self.places.get(&number) {
            return *known;
        }
        let named = PlaceId::from_u32(number);
        let value = if level == Level::Named {
            place(named).map(|place| self.id(place.name))
        } else {
            let around = std::iter::once(named).chain(ancestors(named));
            let found = around.filter_map(place).find(|place| level.has(place.kind));
            found.map(|place| self.id(&place.id.to_u32().to_string()))
        };
        self.places.insert(number, value);
        value
    }

    /// Counts `articles` that stand by themselves.
    pub(crate) fn add(&mut self, value: ValueId, articles: u64, lane: Lane) {
        let Some(Counts { single, .. }) = self.lanes.get_mut(lane.0) else { return };
        let at = value as usize;
        if single.len() <= at {
            single.resize(at + 1, 0);
        }
        if let Some(count) = single.get_mut(at) {
            *count += articles;
        }
    }

    /// Counts an article of a cluster.
    pub(crate) fn add_clustered(&mut self, value: ValueId, cluster: ArticleId, lane: Lane) {
        if let Some(counts) = self.lanes.get_mut(lane.0) {
            counts.clustered.push((cluster, value));
        }
    }

    /// Counts an article that appeared on one of the days from the first to the last of `days`.
    pub(crate) fn add_days(&mut self, days: (i32, i32), cluster: Option<ArticleId>, lane: Lane) {
        match cluster {
            Some(cluster) => {
                if let Some(list) = self.clustered_days.get_mut(lane.0) {
                    list.push((cluster, days));
                }
            }
            None => {
                if let Some(map) = self.days.get_mut(lane.0) {
                    *map.entry(days).or_default() += 1;
                }
            }
        }
    }

    /// All values with their counts in each lane.
    pub(crate) fn finish(mut self) -> Vec<(String, [u64; LANES])> {
        self.days_to_values();
        let mut counts = vec![[0_u64; LANES]; self.names.len()];
        for (lane, found) in std::mem::take(&mut self.lanes).into_iter().enumerate() {
            let mut add = |value: usize, articles| {
                if let Some(count) = counts.get_mut(value).and_then(|counts| counts.get_mut(lane)) {
                    *count += articles;
                }
            };
            for (value, articles) in found.single.into_iter().enumerate() {
                add(value, articles);
            }
            let mut clustered = found.clustered;
            clustered.sort_unstable();
            clustered.dedup();
            for (_, value) in clustered {
                add(value as usize, 1);
            }
        }
        let names = match self.by {
            By::Place(level) if level != Level::Named => place_names(&self.names),
            _ => self.names.iter().map(|name| String::from(&**name)).collect(),
        };
        names.into_iter().zip(counts).collect()
    }

    /// Counts what is known of days by the unit asked for: an article counts where all the days that it may have appeared on are in one period.
    fn days_to_values(&mut self) {
        let By::Published(unit) = self.by else { return };
        let period = |(first, last): (i32, i32)| {
            let period = unit.of(first)?;
            (unit.of(last)? == period).then_some(period)
        };
        let mut known: HashMap<i32, ValueId> = HashMap::new();
        let days = std::mem::take(&mut self.days).into_iter();
        let clustered = std::mem::take(&mut self.clustered_days).into_iter();
        for (lane, (days, clustered)) in days.zip(clustered).enumerate() {
            let lane = Lane(lane);
            for (days, articles) in days {
                if let Some(period) = period(days) {
                    let id = *known.entry(period).or_insert_with(|| self.id(&unit.name(period)));
                    self.add(id, articles, lane);
                }
            }
            for (cluster, days) in clustered {
                if let Some(period) = period(days) {
                    let id = *known.entry(period).or_insert_with(|| self.id(&unit.name(period)));
                    self.add_clustered(id, cluster, lane);
                }
            }
        }
    }
}

/// The names of the places with these numbers; those that share a name say where they lie.
fn place_names(numbers: &[Arc<str>]) -> Vec<String> {
    let places: Vec<_> = numbers
        .iter()
        .map(|number| number.parse().ok().map(PlaceId::from_u32).and_then(place))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for place in places.iter().flatten() {
        *times.entry(place.name).or_default() += 1;
    }
    let around = |place: &dateline_gazetteer::Place| {
        let region = place.region.filter(|_| place.kind != Kind::Region);
        let around = region.and_then(dateline_gazetteer::place);
        around.or_else(|| country(place.country?)).map(|around| around.name)
    };
    let name = |place: Option<dateline_gazetteer::Place>| {
        let Some(place) = place else { return String::new() };
        match around(&place).filter(|_| times.get(place.name).is_some_and(|times| *times > 1)) {
            Some(around) => format!("{}, {around}", place.name),
            None => place.name.to_owned(),
        }
    };
    places.into_iter().map(name).collect()
}
