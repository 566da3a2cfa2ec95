//! A place and what it lies in. Names that lead to places are in `names`.

use crate::PlaceId;
use crate::layout::{Kind, NO_PARENT, Record};
use crate::table::{lower_bound, number, table};

/// A place of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// The name it is shown under, in English where there is an English one.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2 code of the country it is or lies in; a former country has its successor's.
    pub country: Option<&'static str>,
    /// The first-level region it lies in.
    pub region: Option<PlaceId>,
    /// Degrees north, WGS 84. Cities: their own; countries and regions: the middle of their people.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// People, 0 = not known. A region has the sum of its cities in the table.
    pub population: u32,
}

/// The place with this id.
pub fn place(id: PlaceId) -> Option<Place> {
    at(table().index(id)?)
}

/// The place with this GeoNames id.
pub fn by_geonames(id: u32) -> Option<Place> {
    place(PlaceId::from_u32(id)).filter(|place| place.id.geonames().is_some())
}

/// The country of today with this ISO 3166-1 alpha-2 code, in capitals or not.
pub fn country(code: &str) -> Option<Place> {
    let code: [u8; 2] = code.to_ascii_uppercase().into_bytes().try_into().ok()?;
    let table = table();
    let record = |position| table.record(number(table.countries, position)?);
    let length = u32::try_from(table.countries.len() / 4).ok()?;
    let position = lower_bound(length, |position| {
        record(position).is_some_and(|record| record.country < code)
    });
    at(number(table.countries, position)?)
        .filter(|place| place.country.map(str::as_bytes) == Some(&code))
}

/// What the place lies in, the nearest first: region, country, continent. Empty for an id that is no place.
pub fn ancestors(id: PlaceId) -> Vec<PlaceId> {
    let table = table();
    let Some(index) = table.index(id) else { return Vec::new() };
    chain(index).filter_map(|(index, _)| table.id(index)).collect()
}

/// Every place of the table, by ascending id.
pub fn places() -> impl Iterator<Item = Place> {
    (0..table().len()).filter_map(at)
}

/// The place at `index` of the table.
pub(crate) fn at(index: u32) -> Option<Place> {
    let table = table();
    let record = table.record(index)?;
    let region = chain(index).find(|(_, record)| record.kind == Kind::Region);
    Some(Place {
        id: table.id(index)?,
        name: table.name(&record)?,
        kind: record.kind,
        country: table.country_code(index),
        region: region.and_then(|(index, _)| table.id(index)),
        latitude: f64::from(record.latitude_e5) / 1e5,
        longitude: f64::from(record.longitude_e5) / 1e5,
        population: record.population,
    })
}

/// The records above `index`, the nearest first; bounded, so that no table could make it run on.
pub(crate) fn chain(index: u32) -> impl Iterator<Item = (u32, Record)> {
    const DEEPEST: usize = 8;
    let parent = |index: u32| {
        let up = table().record(index)?.parent;
        if up == NO_PARENT { None } else { Some((up, table().record(up)?)) }
    };
    std::iter::successors(parent(index), move |&(index, _)| parent(index)).take(DEEPEST)
}
