//! Values and how many articles have them, a cluster of copies once.

use std::collections::HashMap;
use std::sync::Arc;

use dateline_article::ArticleId;
use dateline_gazetteer::{Kind, PlaceId, ancestors, country, place};
use rustc_hash::FxHashMap;

use super::names::NameTable;
use super::{By, Level};
use crate::day_counts::{DayCounts, Interval};

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

/// A value's articles in each lane.
pub(crate) type InLanes = [u64; LANES];

/// What is counted by one thing, over all segments.
pub(crate) struct Tally {
    by: By,
    /// The names of the index that values are; their numbers come first, in the order of the names.
    table: Option<Arc<NameTable>>,
    /// Values that are none of these: their numbers follow. Of places other than by their names, what is written is told at the end.
    more: Vec<String>,
    more_ids: HashMap<String, ValueId>,
    lanes: [Counts; LANES],
    /// The value that a place of the gazetteer counts for.
    places: FxHashMap<u32, Option<ValueId>>,
    /// Days that articles may have appeared on, first and last, in each lane; they become values at the end.
    days: [DayCounts; LANES],
    clustered_days: [Vec<(ArticleId, Interval)>; LANES],
}

/// The counts of one lane.
#[derive(Default)]
struct Counts {
    /// Of articles that stand by themselves, by value.
    single: Vec<u32>,
    /// Values of articles of a cluster.
    clustered: Vec<(ArticleId, ValueId)>,
}

impl Tally {
    /// A tally without counts; `table` where its values are names of the index.
    pub(crate) fn new(by: By, table: Option<Arc<NameTable>>) -> Self {
        Self {
            by,
            table,
            more: Vec::new(),
            more_ids: HashMap::new(),
            lanes: Default::default(),
            places: FxHashMap::default(),
            days: Default::default(),
            clustered_days: Default::default(),
        }
    }

    pub(crate) fn by(&self) -> By {
        self.by
    }

    /// The names of the index that values are.
    pub(crate) fn table(&self) -> Option<&Arc<NameTable>> {
        self.table.as_ref()
    }

    /// How many values are names of the index.
    fn in_table(&self) -> usize {
        self.table.as_ref().map_or(0, |table| table.len())
    }

    /// The number of a value that is no name of the index.
    fn id(&mut self, value: &str) -> ValueId {
        if let Some(id) = self.more_ids.get(value) {
            return *id;
        }
        let id = ValueId::try_from(self.in_table() + self.more.len()).unwrap_or(ValueId::MAX);
        self.more.push(value.to_owned());
        self.more_ids.insert(value.to_owned(), id);
        id
    }

    /// The value that naming a place counts for at `level`: its name, or the number of what it lies in.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn place_value(
        &mut self,
        number: u32,
        level: Level,
    ) -> tantivy::Result<Option<ValueId>> {
        if let Some(known) = self.places.get(&number) {
            return Ok(*known);
        }
        let named = PlaceId::from_u32(number);
        let value = if level == Level::Named {
            place(named).map(|place| self.place_name(place.name)).transpose()?
        } else {
            let around = std::iter::once(named).chain(ancestors(named));
            let found = around.filter_map(place).find(|place| level.has(place.kind));
            found.map(|place| self.id(&place.id.to_u32().to_string()))
        };
        self.places.insert(number, value);
        Ok(value)
    }

    /// The value of a place's name, which is that of an unknown place called so too.
    fn place_name(&mut self, name: &str) -> tantivy::Result<ValueId> {
        let known = self.table.as_ref().map(|table| table.find(name)).transpose()?.flatten();
        Ok(known.unwrap_or_else(|| self.id(name)))
    }

    /// Counts an article that stands by itself, or one of a cluster.
    pub(crate) fn add(&mut self, value: ValueId, cluster: Option<ArticleId>, lane: Lane) {
        let Some(counts) = self.lanes.get_mut(lane.0) else { return };
        match (cluster, counts.single.get_mut(value as usize)) {
            (Some(cluster), _) => counts.clustered.push((cluster, value)),
            (None, Some(count)) => *count += 1,
            (None, None) => {
                let values = self.in_table() + self.more.len();
                if let Some(counts) = self.lanes.get_mut(lane.0) {
                    counts.count(value, 1, values);
                }
            }
        }
    }

    /// Counts an article that appeared on one of the days from the first to the last of `days`.
    pub(crate) fn add_days(&mut self, days: Interval, cluster: Option<ArticleId>, lane: Lane) {
        match cluster {
            Some(cluster) => {
                if let Some(list) = self.clustered_days.get_mut(lane.0) {
                    list.push((cluster, days));
                }
            }
            None => {
                if let Some(counts) = self.days.get_mut(lane.0) {
                    counts.add(days);
                }
            }
        }
    }

    /// The values that any article has, with their articles in each lane.
    pub(crate) fn counts(&mut self) -> Vec<(ValueId, InLanes)> {
        self.days_to_values();
        let values = self.in_table() + self.more.len();
        for counts in &mut self.lanes {
            let mut clustered = std::mem::take(&mut counts.clustered);
            clustered.sort_unstable();
            clustered.dedup();
            for (_, value) in clustered {
                counts.count(value, 1, values);
            }
        }
        let longest = self.lanes.iter().map(|counts| counts.single.len()).max().unwrap_or(0);
        let mut used = vec![false; longest];
        for counts in &self.lanes {
            for (used, count) in used.iter_mut().zip(&counts.single) {
                *used |= *count > 0;
            }
        }
        let of = |value: usize| {
            let in_lane = |lane: &Counts| lane.single.get(value).copied().map_or(0, u64::from);
            self.lanes.each_ref().map(in_lane)
        };
        let values = (0..).zip(used.into_iter().enumerate()).filter(|(_, (_, used))| *used);
        values.map(|(value, (at, _))| (value, of(at))).collect()
    }

    /// Whether a value is a name of the index; such values stand in the order of their names.
    pub(crate) fn is_in_table(&self, value: ValueId) -> bool {
        (value as usize) < self.in_table()
    }

    /// What the values are called, which ascend.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn names(&self, values: &[ValueId]) -> tantivy::Result<Vec<String>> {
        let in_table = self.in_table();
        let (table, more) = values.split_at(values.partition_point(|id| self.is_in_table(*id)));
        let mut names = match &self.table {
            Some(names) => names.names(table)?,
            None => Vec::new(),
        };
        let more_names = match self.by {
            By::Place(level) if level != Level::Named => &place_names(&self.more),
            _ => &self.more,
        };
        let name = |id: &ValueId| more_names.get((*id as usize).checked_sub(in_table)?).cloned();
        names.extend(more.iter().map(|id| name(id).unwrap_or_default()));
        Ok(names)
    }

    /// Counts what is known of days by the unit asked for: an article counts where all the days that it may have appeared on are in one period.
    fn days_to_values(&mut self) {
        let By::Published(unit) = self.by else { return };
        let period = |(first, last): Interval| {
            let period = unit.of(first)?;
            (first == last || unit.of(last)? == period).then_some(period)
        };
        let mut known: HashMap<i32, ValueId> = HashMap::new();
        let days = std::mem::take(&mut self.days).into_iter();
        let clustered = std::mem::take(&mut self.clustered_days).into_iter();
        for (lane, (days, clustered)) in days.zip(clustered).enumerate() {
            for (days, articles) in days.iter() {
                if let Some(period) = period(days) {
                    let id = *known.entry(period).or_insert_with(|| self.id(&unit.name(period)));
                    let values = self.more.len();
                    if let Some(counts) = self.lanes.get_mut(lane) {
                        counts.count(id, u32::try_from(articles).unwrap_or(u32::MAX), values);
                    }
                }
            }
            for (cluster, days) in clustered {
                if let Some(period) = period(days) {
                    let id = *known.entry(period).or_insert_with(|| self.id(&unit.name(period)));
                    self.add(id, Some(cluster), Lane(lane));
                }
            }
        }
    }
}

impl Counts {
    /// Counts articles; there are so many values.
    fn count(&mut self, value: ValueId, articles: u32, values: usize) {
        let at = value as usize;
        if self.single.len() <= at {
            self.single.resize(values.max(at + 1), 0);
        }
        if let Some(count) = self.single.get_mut(at) {
            *count = count.saturating_add(articles);
        }
    }
}

/// The names of the places with these numbers; those that share a name say where they lie.
fn place_names(numbers: &[String]) -> Vec<String> {
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
