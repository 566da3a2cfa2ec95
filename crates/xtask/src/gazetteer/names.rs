//! Decides which names lead to which place, where each may be used, and in which order candidates stand.
//!
//! GeoNames' alternates are gathered from many hands: beside real names they hold airport codes and machine
//! romanisations. The rules that weed them stand below; `docs/data.md` tells them to readers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use anyhow::Context;
use dateline_gazetteer::{Kind, NameKind, PlaceId, Usage, fold};

use super::lists::{Lists, OwnName};
use super::places::{Draft, Places};
use super::sources::Sources;

/// A place that a key leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) place: PlaceId,
    pub(super) how: NameKind,
    pub(super) usage: Usage,
    origin: Origin,
}

/// Where a name comes from; an earlier one settles what a later one would say of the same key and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// Our lists, GeoNames' own name of a continent or country, and English names of countries.
    Curated,
    /// GeoNames' own name of a city or region.
    Main,
    /// A country's or region's name in another language.
    Translation,
    /// GeoNames' alternates.
    Alternate,
}

/// Keys with their candidates, the likeliest first.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, Vec<Candidate>>);

impl Names {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// By ascending bytes of the key, as a map of keys is built.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[Candidate])> {
        self.0.iter().map(|(key, candidates)| (key.as_str(), candidates.as_slice()))
    }

    fn add(&mut self, name: &str, candidate: Candidate) {
        for key in keys(name) {
            let there = self.0.entry(key).or_default();
            if !there.iter().any(|other| other.place == candidate.place) {
                there.push(candidate);
            }
        }
    }
}

/// Gathers the names of all sources, in the order of [`Origin`], and ranks the candidates of each key.
pub(super) fn collect(sources: &Sources, lists: &Lists, places: &Places) -> anyhow::Result<Names> {
    let mut names = Names::default();
    own(&mut names, &lists.names, NameKind::Main, places)?;
    own(&mut names, &lists.demonyms, NameKind::Demonym, places)?;
    for draft in places.iter() {
        let origin = match draft.kind {
            Kind::Continent | Kind::Country | Kind::FormerCountry => Origin::Curated,
            _ => Origin::Main,
        };
        let usage = if is_small(draft, &draft.name) {
            Usage::Query
        } else {
            usage(&draft.name, origin, lists)
        };
        names.add(&draft.name, Candidate { place: draft.id, how: NameKind::Main, usage, origin });
    }
    for row in &lists.places {
        let place = places.by_code(&row.code).context("a place that was not drafted")?;
        for name in &row.other_names {
            let origin = Origin::Main;
            let usage = usage(name, origin, lists);
            names.add(name, Candidate { place, how: NameKind::Main, usage, origin });
        }
    }
    for draft in places.iter() {
        let (name, origin) = (&draft.source_name, Origin::Translation);
        let usage = usage(name, origin, lists);
        names.add(name, Candidate { place: draft.id, how: NameKind::Alternate, usage, origin });
    }
    for row in sources.country_names.iter().filter(|row| is_name(&row.name)) {
        let Some(place) = places.by_code(&row.country) else { continue };
        let origin = if row.english { Origin::Curated } else { Origin::Translation };
        let usage = usage(&row.name, origin, lists);
        names.add(&row.name, Candidate { place, how: NameKind::Alternate, usage, origin });
    }
    for (id, translations) in &sources.translations {
        let place = PlaceId::from_u32(*id);
        if places.get(place).is_some() {
            for name in translations.values().filter(|name| is_name(name)) {
                let origin = Origin::Translation;
                let usage = usage(name, origin, lists);
                names.add(name, Candidate { place, how: NameKind::Alternate, usage, origin });
            }
        }
    }
    alternates(&mut names, sources, lists, places);
    for candidates in names.0.values_mut() {
        rank(candidates, places);
    }
    Ok(names)
}

fn own(names: &mut Names, rows: &[OwnName], how: NameKind, places: &Places) -> anyhow::Result<()> {
    for row in rows {
        let place = places.by_code(&row.place);
        let place =
            place.with_context(|| format!("{}: no such place ({})", row.place, row.name))?;
        names.add(&row.name, Candidate { place, how, usage: row.usage, origin: Origin::Curated });
    }
    Ok(())
}

fn alternates(names: &mut Names, sources: &Sources, lists: &Lists, places: &Places) {
    // What all readers take for a country or its people is no other place's alternate (Mexico City's "Mexico").
    let is_taken = |other: &Candidate| {
        let kind = places.get(other.place).map(|draft| draft.kind);
        is_usual(*other) && matches!(kind, Some(Kind::Continent | Kind::Country))
    };
    let taken: HashSet<String> = names
        .0
        .iter()
        .filter(|(_, c)| c.iter().any(is_taken))
        .map(|(key, _)| key.clone())
        .collect();
    let of_regions = sources.regions.iter().map(|row| (places.by_code(&row.code), &row.alternates));
    let of_cities =
        sources.cities.iter().map(|row| (Some(PlaceId::from_u32(row.id)), &row.alternates));
    for (place, alternates) in of_regions.chain(of_cities) {
        let Some((place, draft)) = place.and_then(|id| Some((id, places.get(id)?))) else {
            continue;
        };
        if draft.kind == Kind::City && draft.population < FEWEST_FOR_ALTERNATES && !is_front(draft)
        {
            continue;
        }
        for name in alternates.iter().filter(|name| is_name(name) && !taken.contains(&fold(name))) {
            let origin = Origin::Alternate;
            let is_local = has_local_alternates(draft) && has_case(name) || is_small(draft, name);
            let usage = if is_local { Usage::Query } else { usage(name, origin, lists) };
            names.add(name, Candidate { place, how: NameKind::Alternate, usage, origin });
        }
    }
}

/// Whether the place is a smaller city of a country that speaks English: its alternates are quarters, former names
/// and jokes (Topeka was Google for a month), for in English it has but one name.
fn has_local_alternates(draft: &Draft) -> bool {
    let speaks_english = matches!(draft.country.as_str(), "AU" | "CA" | "GB" | "IE" | "NZ" | "US");
    draft.kind == Kind::City && speaks_english && draft.population < 500_000
}

/// People of a town from which on its names are sought in running text where no tagger points to them.
const FEWEST_IN_TEXT: u32 = 15_000;
/// The same for its names in other languages and scripts being kept at all.
const FEWEST_FOR_ALTERNATES: u32 = 5_000;

/// Whether the name is a small town's, or a county's that looks like a town's.
fn is_small(draft: &Draft, name: &str) -> bool {
    match draft.kind {
        Kind::City => draft.population < FEWEST_IN_TEXT,
        Kind::County => !fold(name).contains(' '),
        _ => false,
    }
}

/// Whether the town lies where even villages are in the news under several spellings.
fn is_front(draft: &Draft) -> bool {
    draft.country == "UA"
}

/// Where a name of this origin may be taken for its place.
///
/// Curated names everywhere, but in capitals only when they are an acronym. Of the others, words of `words.txt`
/// and names too short to tell from words only where a person asks for them.
fn usage(name: &str, origin: Origin, lists: &Lists) -> Usage {
    let key = fold(name);
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    let is_acronym = letters <= 5 && is_capitals(name) && has_case(name);
    if is_acronym && origin != Origin::Main {
        return Usage::Capitals;
    }
    let fewest = match (has_case(name), origin) {
        (_, Origin::Curated) => 0,
        (true, Origin::Main) => 3,
        (true, _) => 4,
        (false, _) => 2,
    };
    let is_trap = origin != Origin::Curated && lists.words.contains(&key);
    if letters < fewest || is_trap { Usage::Query } else { Usage::Text }
}

/// Whether a row of a source is a name at all, as against a code, a machine's romanisation or a remark.
fn is_name(name: &str) -> bool {
    let starts_well = name.chars().next().is_some_and(|c| !c.is_numeric() && c != '-');
    let remark = name.contains(['(', ')', ',', '/', '=', '[', ']', ';', '"']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // GeoNames' romanisations of other scripts are all in small letters ("kiyebha", "ji fu"); names are not.
    let is_romanised = has_case(name) && !name.chars().any(char::is_uppercase);
    // Airport and other codes ("KBP", "USNYC"); what is a name among them is in names.tsv.
    let is_code = name.is_ascii() && letters <= 5 && is_capitals(name);
    starts_well && !remark && letters >= 2 && name.len() <= 100 && !is_romanised && !is_code
}

fn has_case(name: &str) -> bool {
    name.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

fn is_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// The keys of a name: its own, and those with its first words spelled out or cut short (St Louis, Saint Louis).
fn keys(name: &str) -> Vec<String> {
    const SHORT: [(&str, &str); 4] =
        [("saint ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt ")];
    let key = fold(name);
    let mut all = Vec::new();
    for (long, short) in SHORT {
        let long_for = key.strip_prefix(short).map(|rest| format!("{long}{rest}"));
        let short_for = key.strip_prefix(long).map(|rest| format!("{short}{rest}"));
        all.extend(long_for.or(short_for));
    }
    if !key.is_empty() {
        all.push(key);
    }
    all
}

/// Puts the likeliest candidate first, without any context: countries and continents by their usual names, then
/// by people. A national capital and a name from our list count as twenty times the people, an alternate name as
/// a fiftieth, and a region stands behind its own city of the same name (New York, Kyiv, São Paulo).
fn rank(candidates: &mut [Candidate], places: &Places) {
    let lies_in = |draft: &Draft, region: PlaceId| {
        let parent = |id: Option<PlaceId>| id.and_then(|id| places.get(id)?.parent);
        draft.parent == Some(region) || parent(draft.parent) == Some(region)
    };
    let ranks: BTreeMap<PlaceId, (bool, u64)> = candidates
        .iter()
        .filter_map(|candidate| {
            let draft = places.get(candidate.place)?;
            let is_country =
                matches!(draft.kind, Kind::Continent | Kind::Country | Kind::FormerCountry);
            let own_city = candidates.iter().filter_map(|other| {
                let city = places.get(other.place).filter(|city| lies_in(city, candidate.place))?;
                // Oklahoma is the state, though Oklahoma City is called so too; Київ is the city.
                let is_own = matches!(draft.kind, Kind::Region | Kind::County)
                    && (other.origin <= Origin::Main || candidate.origin > Origin::Main);
                is_own.then(|| weight(*other, city))
            });
            let mut weight = weight(*candidate, draft);
            if let Some(of_city) = own_city.max() {
                weight = weight.min(of_city.saturating_sub(1));
            }
            Some((candidate.place, (is_country && is_usual(*candidate), weight)))
        })
        .collect();
    candidates.sort_by_key(|candidate| (Reverse(ranks.get(&candidate.place)), candidate.place));
}

fn is_usual(candidate: Candidate) -> bool {
    candidate.origin == Origin::Curated && candidate.usage != Usage::Query
}

fn weight(candidate: Candidate, draft: &Draft) -> u64 {
    // Seas and regions have no people in the table, but are as well known as large cities.
    const AREA_PEOPLE: u32 = 1_000_000;
    let people = match draft.kind {
        Kind::Area | Kind::Water => AREA_PEOPLE,
        _ => draft.population,
    };
    let people = u64::from(people) * 50;
    match candidate.origin {
        Origin::Alternate => people / 50,
        // Antwerp's province is called by its own name, and Antwerp is not.
        _ if draft.kind == Kind::County => people / 500,
        _ if draft.is_capital || is_usual(candidate) => people * 20,
        _ => people,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_romanisations_and_remarks_are_no_names() {
        for name in ["Kiev", "'s-Hertogenbosch", "al-Ḩasakah", "Київ", "北京", "Ufa", "ÎLE"]
        {
            assert!(is_name(name), "{name}");
        }
        for name in ["KBP", "USNYC", "kiyebha", "ji fu", "6eme", "Berg (Oberbayern)", "Ő", "", "-"]
        {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn first_words_have_a_short_and_a_long_key() {
        assert_eq!(keys("St. Louis"), ["saint louis", "st louis"]);
        assert_eq!(keys("Sainte-Anne"), ["ste anne", "sainte anne"]);
        assert_eq!(keys("Fort Worth"), ["ft worth", "fort worth"]);
        assert_eq!(keys("Stockholm"), ["stockholm"]);
        assert!(keys("…").is_empty());
    }

    #[test]
    fn short_and_common_names_are_only_asked_for() {
        let lists = Lists {
            names: Vec::new(),
            demonyms: Vec::new(),
            places: Vec::new(),
            points: Vec::new(),
            words: HashSet::from(["march".to_owned()]),
        };
        for (name, origin, expected) in [
            ("March", Origin::Main, Usage::Query),
            ("March", Origin::Curated, Usage::Text),
            ("Of", Origin::Main, Usage::Query),
            ("Ulm", Origin::Main, Usage::Text),
            ("Ulm", Origin::Alternate, Usage::Query),
            ("США", Origin::Translation, Usage::Capitals),
            ("Kiew", Origin::Alternate, Usage::Text),
            ("基輔", Origin::Alternate, Usage::Text),
        ] {
            assert_eq!(usage(name, origin, &lists), expected, "{name} {origin:?}");
        }
    }
}
