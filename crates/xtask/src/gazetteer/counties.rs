//! Second-level regions, where news speaks of them: their names in English, their middle, their towns.
//!
//! The sources at hand give them codes but no GeoNames ids, so they have ids made from their codes.

use std::collections::HashMap;

use anyhow::Context;
use dateline_gazetteer::{Kind, PlaceId};

use super::middle::Land;
use super::places::{Draft, Places};
use super::sources::{City, County, Sources};

/// Countries whose second level is counties, departments or provinces, and no mere offices.
const COUNTRIES: &[&str] = &["BE", "CA", "ES", "FR", "GB", "IE", "IN", "IT", "PH", "US"];

/// What administrations write before the name.
const OFFICIAL: &[&str] = &[
    "Departement de la ",
    "Département de la ",
    "Département de l\u{2019}",
    "Département de l'",
    "Département des ",
    "Département du ",
    "Département de ",
    "Provincia dell'",
    "Provincia di ",
    "Provincia del ",
    "Provincia de ",
    "Provincia d'",
    "Província de ",
    "Province of ",
    "Province de ",
    "Province du ",
    "Provincie ",
    "Royal Borough of ",
    "London Borough of ",
    "Metropolitan Borough of ",
];

/// Adds them; gives the county of each city.
pub(super) fn add(places: &mut Places, sources: &Sources) -> anyhow::Result<HashMap<u32, PlaceId>> {
    let cities: HashMap<String, &City> = sources
        .cities
        .iter()
        .map(|city| (key(&city.country, &city.name, city.latitude, city.longitude), city))
        .collect();
    let mut county_of = HashMap::new();
    for county in &sources.counties {
        let code = county.code.as_str();
        let (region, _) = code.rsplit_once('.').context("a county outside any region")?;
        let country = code.split('.').next().unwrap_or_default();
        let Some(name) = name(county, country).filter(|_| !county.towns.is_empty()) else {
            continue;
        };
        let mut land = Land::default();
        let mut population = 0_u32;
        let id = PlaceId::from_path(code);
        for town in &county.towns {
            let (latitude, longitude) = (town.lat.parse()?, town.lng.parse()?);
            land.add_point(latitude, longitude);
            if let Some(city) = cities.get(&key(country, &town.name, latitude, longitude)) {
                population = population.saturating_add(city.population);
                county_of.insert(city.id, id);
            }
        }
        let (latitude, longitude) = land.middle();
        let draft = Draft {
            id,
            kind: Kind::County,
            name,
            source_name: String::new(),
            country: country.to_owned(),
            parent: places.by_code(region).or_else(|| places.by_code(country)),
            latitude,
            longitude,
            population,
            is_capital: false,
        };
        places.add(code, draft)?;
    }
    Ok(county_of)
}

/// What a town of one source is found by in the other, which has no ids.
fn key(country: &str, name: &str, latitude: f64, longitude: f64) -> String {
    format!("{country} {name} {latitude:.4} {longitude:.4}")
}

/// The name as it is spoken; `None` for a kind of place that news does not speak of.
fn name(county: &County, state: &str) -> Option<String> {
    let full = county.name.trim();
    let is_spoken = COUNTRIES.contains(&state) && (state != "CA" || full.ends_with(" County"));
    let short = OFFICIAL.iter().find_map(|official| full.strip_prefix(official)).unwrap_or(full);
    is_spoken.then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_spoken() {
        for (full, country, expected) in [
            ("Russell County", "US", Some("Russell County")),
            ("Province of Zambales", "PH", Some("Zambales")),
            ("Provincia di Siracusa", "IT", Some("Siracusa")),
            ("Albert County", "CA", Some("Albert County")),
            ("Aberdeen No. 373", "CA", None),
            ("Karkamış İlçesi", "TR", None),
        ] {
            let county = County { code: String::new(), name: full.to_owned(), towns: Vec::new() };
            assert_eq!(name(&county, country).as_deref(), expected, "{full}");
        }
    }
}
