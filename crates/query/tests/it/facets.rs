//! Facets against a naive count over the same records, in every cut into segments.

use std::collections::{BTreeMap, BTreeSet};

use dateline_article::{ArticleId, Mentions, Name, Record, Timestamp};
use dateline_query::{
    By, CopyMode, Engine, FacetRequest, Facets, Level, LocalEngine, Request, Require, Unit,
};
use dateline_schema::Copies;
use proptest::prelude::*;

use crate::corpus::{With, article, engine_with_copies, found, request};

/// All that can be counted by.
const EVERY: [By; 16] = [
    By::Person,
    By::Place(Level::Named),
    By::Place(Level::City),
    By::Place(Level::Region),
    By::Place(Level::Country),
    By::Organisation,
    By::Source,
    By::Section,
    By::Keyword,
    By::Language,
    By::Format,
    By::Published(Unit::Day),
    By::Published(Unit::Week),
    By::Published(Unit::Month),
    By::Published(Unit::Quarter),
    By::Published(Unit::Year),
];

fn names(names: &[&str]) -> Vec<Name> {
    let name = |name: &&str| Name { name: (*name).to_owned(), mentions: Mentions::default() };
    names.iter().map(name).collect()
}

/// The values that an article has, written down from its record.
fn values(record: &Record, by: By) -> BTreeSet<String> {
    let names = |names: &[Name]| names.iter().map(|name| name.name.clone()).collect();
    let article = &record.article;
    match by {
        By::Person => names(&record.people),
        By::Organisation => names(&record.organisations),
        By::Place(level) => {
            record.places.iter().filter_map(|place| at_level(&place.name, level)).collect()
        }
        By::Source => article.source.iter().cloned().collect(),
        By::Section => article.section.iter().cloned().collect(),
        By::Keyword => article.keywords.iter().cloned().collect(),
        By::Language => {
            article.language.iter().map(|language| language.code().to_owned()).collect()
        }
        By::Format => BTreeSet::from([article.format.clone()]),
        By::Published(unit) => {
            article.published.iter().filter_map(|published| period(&published.at, unit)).collect()
        }
    }
}

/// What a place of the tests counts for, as a map has it.
fn at_level(name: &str, level: Level) -> Option<String> {
    let (city, region, country) = match name {
        "Lviv" => (Some("Lviv"), Some("Lviv"), Some("Ukraine")),
        "Hamburg" => (Some("Hamburg"), Some("Hamburg"), Some("Germany")),
        "Bavaria" => (None, Some("Bavaria"), Some("Germany")),
        "Ukraine" => (None, None, Some("Ukraine")),
        "Europe" | "Grauwiek" | "Altdorp" | "Zwartsluis" | "Ärnsbek" => (None, None, None),
        other => panic!("no place of the tests: {other}"),
    };
    match level {
        Level::Named => Some(name),
        Level::City => city,
        Level::Region => region,
        Level::Country => country,
    }
    .map(str::to_owned)
}

/// The period that a date lies in whole, by its text.
fn period(at: &Timestamp, unit: Unit) -> Option<String> {
    let text = at.to_string();
    let month = text.get(5..7).map(|month| month.parse::<u32>().unwrap());
    match unit {
        Unit::Year => text.get(..4).map(str::to_owned),
        Unit::Quarter => {
            text.get(..4).zip(month).map(|(year, month)| format!("{year}-Q{}", month.div_ceil(3)))
        }
        Unit::Month => text.get(..7).map(str::to_owned),
        Unit::Week => at.day().map(|day| {
            let week = day.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }),
        Unit::Day => text.get(..10).map(str::to_owned),
    }
}

/// People, places, words, source, day, language and number of an article.
type Drawn = (
    Vec<&'static str>,
    Vec<&'static str>,
    Vec<&'static str>,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

/// Articles whose words, names and days are few, so that they share them; the second number of each is its cluster.
fn corpus() -> impl Strategy<Value = Vec<(Record, usize)>> {
    let people = prop::sample::subsequence(vec!["Ann Lee", "Olena Koval", "Jan de Boer"], 0..3);
    let places = prop::sample::subsequence(
        vec!["Lviv", "Hamburg", "Bavaria", "Ukraine", "Europe", "Grauwiek"],
        0..4,
    );
    let word = prop::sample::subsequence(vec!["ferry", "fuel", "strike", "harbour"], 0..4);
    let source = prop::sample::select(vec!["The Wire", "Northern Ledger", "the wire", ""]);
    let at = prop::sample::select(vec![
        "2024-03-14",
        "2024-03-15T23:30:00+02:00",
        "2024-03-17",
        "2024-03",
        "2024",
        "2023-12-31",
        "1851-01-01",
        "",
    ]);
    let language = prop::sample::select(vec!["en", "de", ""]);
    let one = (people, places, word, source, at, language, 0..12_usize);
    prop::collection::vec(one, 0..40).prop_map(|articles| {
        let record =
            |(n, (people, places, words, source, at, language, cluster)): (usize, Drawn)| {
                let mut record =
                    article(&format!("{n:02}"), "Title", &words.join(" ")).language(language);
                record.organisations =
                    names(if n % 3 == 0 { &["NATO", "Ferry Line"] } else { &[] });
                record.people = names(&people);
                for place in &places {
                    record = record.place(place);
                }
                // A keyword given twice counts once.
                record.article.keywords =
                    words.iter().chain(&words).map(|word| word.to_uppercase()).collect();
                if n % 4 == 0 {
                    record.article.section = Some("Ports".to_owned());
                }
                if !source.is_empty() {
                    record = record.source(source);
                }
                if !at.is_empty() {
                    record = record.published(at);
                }
                (record, cluster)
            };
        articles.into_iter().enumerate().map(record).collect()
    })
}

/// The clusters of copies: articles of the numbers 0 to 2 are copies of the others with their number.
fn copies(corpus: &[(Record, usize)]) -> Copies {
    let mut first: BTreeMap<usize, ArticleId> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (record, cluster) in corpus.iter().filter(|(_, cluster)| *cluster < 3) {
        let id = record.article.id;
        pairs.push((id, *first.entry(*cluster).or_insert(id)));
    }
    Copies::new(pairs)
}

/// Values with the articles, clusters as one, that have them.
fn naive(
    corpus: &[(Record, usize)],
    matching: &BTreeSet<String>,
    by: By,
    copies: CopyMode,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut counts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (record, cluster) in corpus {
        if matching.contains(&record.article.path) {
            let unit = unit(record, *cluster, copies);
            for value in values(record, by) {
                counts.entry(value).or_default().insert(unit.clone());
            }
        }
    }
    counts
}

fn unit(record: &Record, cluster: usize, copies: CopyMode) -> String {
    if copies == CopyMode::Folded && cluster < 3 {
        format!("cluster {cluster}")
    } else {
        record.article.path.clone()
    }
}

fn all(query: &str) -> Request {
    Request { copies: CopyMode::All, require: Require::Strict, ..request(query) }
}

fn facets(engine: &LocalEngine, of: Request, against: Option<Request>) -> Facets {
    let request = FacetRequest { of, by: EVERY.to_vec(), against, min: 0, limit: None };
    engine.facets(&request).unwrap()
}

const QUERIES: [&str; 5] = ["*", "ferry", "fuel OR strike", "ferry NOT harbour", "source:wire"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn counts_are_those_of_a_naive_count(
        corpus in corpus(), query in prop::sample::select(QUERIES.to_vec()), other in prop::sample::select(QUERIES.to_vec()),
        per_segment in 1..12_usize, folded in any::<bool>(),
    ) {
        let records: Vec<Record> = corpus.iter().map(|(record, _)| record.clone()).collect();
        let (engine, _folder) = engine_with_copies(&records, per_segment, &copies(&corpus));
        let mode = if folded { CopyMode::Folded } else { CopyMode::All };
        let of = |query| Request { copies: mode, ..request(query) };
        let matching = |query| found(&engine, &all(query)).into_iter().collect::<BTreeSet<_>>();
        let (these, those) = (matching(query), matching(other));
        let units = |matching: &BTreeSet<String>| {
            let inside = corpus.iter().filter(|(record, _)| matching.contains(&record.article.path));
            inside.map(|(record, cluster)| unit(record, *cluster, mode)).collect::<BTreeSet<_>>()
        };

        let result = facets(&engine, of(query), Some(of(other)));
        prop_assert_eq!(result.articles, units(&these).len() as u64);
        prop_assert_eq!(result.articles, engine.count(&of(query)).unwrap());
        prop_assert_eq!(result.others, Some(units(&those).len() as u64));
        for facet in &result.facets {
            let here = naive(&corpus, &these, facet.by, mode);
            let there = naive(&corpus, &those, facet.by, mode);
            let found: BTreeMap<_, _> = facet.values.iter().map(|value| (value.value.clone(), value.count)).collect();
            let expected: BTreeMap<_, _> = here.iter().map(|(value, units)| (value.clone(), units.len() as u64)).collect();
            prop_assert_eq!(found, expected, "{:?}", facet.by);
            for value in &facet.values {
                let against = value.against.unwrap();
                prop_assert_eq!(against.other, there.get(&value.value).map_or(0, BTreeSet::len) as u64);
            }
            prop_assert!(facet.values.is_sorted_by(|a, b| a.against.unwrap().keyness >= b.against.unwrap().keyness));
        }
        // What matches both queries is no evidence against itself.
        let same = facets(&engine, of(query), Some(of(query)));
        prop_assert!(same.facets.iter().flat_map(|facet| &facet.values).all(|value| value.against.unwrap().keyness == 0.0));
    }
}

/// Names of people and of places that stand at the border of a limit; a place with `?` is unknown, whether the gazetteer has its name or not.
const BORDER_PEOPLE: [&str; 6] = ["Ann Lee", "Bo", "Cy", "Olena Koval", "Zoë", "ann lee"];
const BORDER_PLACES: [&str; 9] = [
    "Altdorp?",
    "Grauwiek?",
    "Hamburg",
    "Hamburg?",
    "Lviv",
    "Lviv?",
    "Ukraine",
    "Zwartsluis?",
    "Ärnsbek?",
];

/// Articles with few names, so that many are as frequent; the second number of each is its cluster.
fn border_corpus() -> impl Strategy<Value = Vec<(Record, usize)>> {
    let people = prop::sample::subsequence(BORDER_PEOPLE.to_vec(), 0..4);
    let places = prop::sample::subsequence(BORDER_PLACES.to_vec(), 0..5);
    let words = prop::sample::subsequence(vec!["ferry", "fuel", "strike"], 0..3);
    prop::collection::vec((people, places, words, 0..12_usize), 1..24).prop_map(|articles| {
        let numbered = articles.into_iter().enumerate();
        numbered
            .map(|(n, (people, places, words, cluster))| {
                let mut record = article(&format!("{n:02}"), "Title", &words.join(" "));
                record.people = names(&people);
                for place in places {
                    record = record.place(place.trim_end_matches('?'));
                    if let (true, Some(place)) = (place.ends_with('?'), record.places.last_mut()) {
                        place.gazetteer = None;
                        place.ancestor_numbers.clear();
                    }
                }
                (record, cluster)
            })
            .collect()
    })
}

/// Values in the order that a facet has without others: most articles first, then by name.
fn by_count(counts: &BTreeMap<String, BTreeSet<String>>, limit: usize) -> Vec<(String, u64)> {
    let mut counts: Vec<_> =
        counts.iter().map(|(value, units)| (value.clone(), units.len() as u64)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(limit);
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_limit_leaves_the_first_of_every_cut(
        corpus in border_corpus(), query in prop::sample::select(vec!["*", "ferry"]), per_segment in 1..8_usize,
        limit in 0..9_usize, folded in any::<bool>(),
    ) {
        const LEVELS: [By; 4] =
            [By::Person, By::Place(Level::Named), By::Place(Level::City), By::Place(Level::Country)];
        let records: Vec<Record> = corpus.iter().map(|(record, _)| record.clone()).collect();
        let (whole, _folder) = engine_with_copies(&records, records.len(), &copies(&corpus));
        let (cut, _other) = engine_with_copies(&records, per_segment, &copies(&corpus));
        let copies = if folded { CopyMode::Folded } else { CopyMode::All };
        let matching = found(&whole, &all(query)).into_iter().collect::<BTreeSet<_>>();
        for against in [None, Some("fuel"), Some("*")] {
            let facets = |engine: &LocalEngine, limit| {
                let of = |query| Request { copies, ..request(query) };
                let request =
                    FacetRequest { of: of(query), by: LEVELS.to_vec(), against: against.map(of), min: 0, limit };
                engine.facets(&request).unwrap()
            };
            let limited = facets(&whole, Some(limit));
            prop_assert_eq!(&limited, &facets(&cut, Some(limit)), "against {:?}", against);
            let mut unlimited = facets(&cut, None);
            for facet in &mut unlimited.facets {
                facet.values.truncate(limit);
            }
            prop_assert_eq!(&limited, &unlimited, "against {:?}", against);
            if against.is_none() {
                for facet in &limited.facets[..2] {
                    let counts = naive(&corpus, &matching, facet.by, copies);
                    let values: Vec<_> =
                        facet.values.iter().map(|value| (value.value.clone(), value.count)).collect();
                    prop_assert_eq!(values, by_count(&counts, limit), "{:?}", facet.by);
                }
            }
        }
    }
}

/// The values of one facet in a line.
fn line(facets: &Facets) -> String {
    let values = facets.facets.iter().flat_map(|facet| &facet.values);
    values.map(|value| format!("{}={}", value.value, value.count)).collect::<Vec<_>>().join(" ")
}

#[test]
fn order_least_and_limit() {
    let records: Vec<Record> = [("a", "B C"), ("b", "B"), ("c", "C A"), ("d", "D B")]
        .into_iter()
        .map(|(name, people)| people.split(' ').fold(article(name, "", "x"), With::person))
        .collect();
    let (engine, _folder) = engine_with_copies(&records, 2, &Copies::default());
    let check = |min, limit, expected: &str, distinct| {
        let request =
            FacetRequest { of: request("x"), by: vec![By::Person], against: None, min, limit };
        let found = engine.facets(&request).unwrap();
        assert_eq!(line(&found), expected, "min {min}, limit {limit:?}");
        assert_eq!(found.facets[0].distinct, distinct);
    };
    check(0, None, "B=3 C=2 A=1 D=1", 4);
    check(2, None, "B=3 C=2", 2);
    check(0, Some(3), "B=3 C=2 A=1", 4);
    check(2, Some(0), "", 2);
}

#[test]
fn places_that_share_a_name_say_where_they_lie() {
    let at = |name: &str, place: u32| {
        let mut record = article(name, "", "x").place("Springfield");
        record.places[0].gazetteer = Some(place);
        record
    };
    let springfields: Vec<u32> = dateline_gazetteer::named("Springfield")
        .filter_map(|candidate| dateline_gazetteer::place(candidate.place))
        .filter(|place| place.name == "Springfield")
        .map(|place| place.id.to_u32())
        .take(2)
        .collect();
    let records = [at("a", springfields[0]), at("b", springfields[1]), at("c", springfields[1])];
    let (engine, _folder) = engine_with_copies(&records, 2, &Copies::default());
    let by = |level| {
        let by = vec![By::Place(level)];
        let request = FacetRequest { of: request("x"), by, against: None, min: 0, limit: None };
        line(&engine.facets(&request).unwrap())
    };
    assert_eq!(by(Level::Named), "Springfield=3");
    let cities = by(Level::City);
    assert!(
        cities.starts_with("Springfield, ") && cities.matches("Springfield, ").count() == 2,
        "{cities}"
    );
    assert_eq!(by(Level::Country), "United States=3");
}

#[test]
fn nothing_matches() {
    let (engine, _folder) = engine_with_copies(&[article("a", "", "x")], 2, &Copies::default());
    let found = facets(&engine, request("absent"), Some(request("*")));
    assert_eq!((found.articles, found.others), (0, Some(1)));
    assert!(found.facets.iter().all(|facet| facet.values.is_empty()));
}
