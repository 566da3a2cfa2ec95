//! The gazetteer as its users see it: names to places, places to what they lie in, points to places near them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod spellings;

use std::collections::HashSet;

use dateline_gazetteer::{
    Kind, NameKind, Place, PlaceId, Usage, Walk, ancestors, by_geonames, country, fold, named,
    near, place, places, prefix,
};
use proptest::prelude::*;

/// The likeliest place of this name.
fn first(name: &str) -> Place {
    let candidate = named(name).next().unwrap_or_else(|| panic!("nothing is named {name}"));
    place(candidate.place).unwrap()
}

#[track_caller]
fn check(geonames: u32, names: &[&str]) {
    for name in names {
        let found = first(name);
        assert_eq!(found.id.geonames(), Some(geonames), "{name} is {found:?}");
    }
}

fn usage(name: &str) -> Usage {
    named(name).next().unwrap().usage
}

#[test]
fn spellings_are_one_place() {
    check(703_448, &["Kyiv", "Kiev", "Київ", "Киев", "Kyjiv", "Kyjiw", "KYIV", "kiev"]);
    check(713_122, &["Avdiivka", "Avdiyivka", "Avdeevka", "Авдіївка"]);
    check(1_275_339, &["Bombay", "Mumbai"]);
    check(1_816_670, &["Peking", "Beijing", "北京"]);
    check(2_800_866, &["Brussels", "Bruxelles", "Brüssel"]);
    check(524_901, &["Moscow", "Moskau", "Moscou", "Москва"]);
    check(5_128_581, &["New York", "New York City", "NYC"]);
    check(498_817, &["Saint Petersburg", "St. Petersburg", "St Petersburg", "Leningrad"]);
    check(2_747_373, &["The Hague", "Den Haag", "La Haye"]);
    check(2_427_123, &["N'Djamena", "N’Djaména", "Ndjamena"]);
    check(3_451_190, &["Rio de Janeiro"]);
}

#[test]
fn countries_by_their_usual_names() {
    check(
        6_252_001,
        &["United States", "USA", "U.S.", "US", "U.S.A.", "America", "États-Unis", "США"],
    );
    check(690_791, &["Ukraine", "Україна", "Украина", "Ucrania"]);
    check(3_469_034, &["Brazil", "Brasil", "Brésil"]);
    check(6_251_999, &["Canada", "Kanada"]);
    check(1_861_060, &["Japan", "Japon", "日本"]);
    check(2_635_167, &["UK", "U.K.", "Britain", "Great Britain", "Großbritannien"]);
    check(2_750_405, &["Netherlands", "The Netherlands", "Holland"]);
    check(1_327_865, &["Burma", "Myanmar"]);
    check(2_287_781, &["Ivory Coast", "Côte d'Ivoire", "Cote d’Ivoire"]);
    check(3_277_605, &["Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia & Herzegovina"]);
    check(298_795, &["Turkey", "Türkiye"]);
    check(2_921_044, &["Germany", "West Germany", "Deutschland", "Allemagne"]);
    check(1_835_841, &["South Korea", "Korea"]);
    check(203_312, &["Zaire"]);
    check(614_540, &["Georgia"]);
    check(6_255_148, &["Europe"]);
}

#[test]
fn peoples_are_demonyms() {
    for (demonym, code) in [
        ("Russian", "RU"),
        ("Ukrainians", "UA"),
        ("American", "US"),
        ("British", "GB"),
        ("Japanese", "JP"),
        ("Brazilian", "BR"),
        ("Canadians", "CA"),
        ("Dutch", "NL"),
    ] {
        let candidate = named(demonym).next().unwrap();
        assert_eq!(candidate.how, NameKind::Demonym, "{demonym}");
        assert_eq!(place(candidate.place), country(code), "{demonym}");
    }
    assert!(country("UA").is_some() && country("ua") == country("UA"));
    assert_eq!(country("ZZ"), None);
    assert_eq!(country("Ukraine"), None);
}

#[test]
fn a_place_lies_in_its_region_country_and_continent() {
    let around = |name| -> Vec<&str> {
        ancestors(first(name).id).into_iter().map(|id| place(id).unwrap().name).collect()
    };
    assert_eq!(around("Kyiv"), ["Kyiv City", "Ukraine", "Europe"]);
    assert_eq!(around("Munich"), ["Bavaria", "Germany", "Europe"]);
    assert_eq!(around("Ukraine"), ["Europe"]);
    assert_eq!(around("Soviet Union"), ["Russia", "Europe"]);
    assert!(around("Europe").is_empty());
    assert!(ancestors(PlaceId::from_u32(1)).is_empty());

    let munich = first("Munich");
    assert_eq!(place(munich.region.unwrap()).unwrap().name, "Bavaria");
    assert_eq!((munich.country, munich.kind), (Some("DE"), Kind::City));
    assert_eq!(first("USSR").id.geonames(), None);
    assert_eq!(first("USSR").kind, Kind::FormerCountry);
    assert_eq!(by_geonames(703_448), Some(first("Kyiv")));
    assert_eq!(by_geonames(1), None);
}

#[test]
fn every_place_is_whole() {
    let all: Vec<Place> = places().collect();
    let ids: HashSet<PlaceId> = all.iter().map(|place| place.id).collect();
    assert_eq!(ids.len(), all.len());
    // One in seven, which is enough for a mistake of the builder and quick.
    for each in all.iter().step_by(7) {
        assert_eq!(place(each.id), Some(*each));
        assert!((-90.0..=90.0).contains(&each.latitude), "{each:?}");
        assert!((-180.0..=180.0).contains(&each.longitude), "{each:?}");
        assert!(!each.name.is_empty());
        let around = ancestors(each.id);
        assert!(around.iter().all(|id| ids.contains(id)), "{each:?}");
        let top = around.last().map_or(each.id, |id| *id);
        // An ocean lies in no continent, a region may lie in two.
        let is_free = around.is_empty() && matches!(each.kind, Kind::Area | Kind::Water);
        assert!(is_free || place(top).unwrap().kind == Kind::Continent, "{each:?}");
        if let Some(code) = each.country {
            assert!(country(code).is_some() || each.kind == Kind::FormerCountry, "{each:?}");
        }
    }
}

#[test]
fn every_place_is_found_by_its_name() {
    for each in places().step_by(7) {
        let own = named(each.name).any(|candidate| candidate.place == each.id);
        assert!(own, "{} does not lead to {}", each.name, each.id);
        let key = fold(each.name);
        let walk = key.split(' ').try_fold(Walk::default(), Walk::word).unwrap();
        assert!(walk.candidates().eq(named(each.name)), "{}", each.name);
    }
}

#[test]
fn words_of_a_text_are_no_places() {
    for (name, expected) in [
        ("US", Usage::Capitals),
        ("UK", Usage::Capitals),
        ("UAE", Usage::Capitals),
        ("United States", Usage::Text),
        ("Avdeevka", Usage::Text),
        ("Nice", Usage::Text),
        ("March", Usage::Query),
        ("Police", Usage::Query),
        ("Of", Usage::Query),
    ] {
        assert_eq!(usage(name), expected, "{name}");
    }
    for code in ["IEV", "JFK", "kheiyf", "ji fu", ""] {
        assert_eq!(named(code).count(), 0, "{code}");
    }
}

#[test]
fn likelier_places_stand_first() {
    for (name, country_code, kind) in [
        ("Paris", "FR", Kind::City),
        ("Washington", "US", Kind::City),
        ("London", "GB", Kind::City),
        ("Moscow", "RU", Kind::City),
        ("São Paulo", "BR", Kind::City),
        ("Mexico", "MX", Kind::Country),
        ("Luxembourg", "LU", Kind::Country),
        ("Georgia", "GE", Kind::Country),
        ("Texas", "US", Kind::Region),
        ("Ontario", "CA", Kind::Region),
        ("Granada", "ES", Kind::City),
        ("Birmingham", "GB", Kind::City),
        ("Victoria", "AU", Kind::Region),
    ] {
        let found = first(name);
        assert_eq!((found.country, found.kind), (Some(country_code), kind), "{name} is {found:?}");
    }
    assert!(named("Paris").any(|c| place(c.place).unwrap().country == Some("US")));
}

#[test]
fn a_walk_finds_the_longest_name() {
    let longest = |words: &[&str]| {
        let mut walk = Walk::default();
        let mut best = 0;
        for (at, word) in words.iter().enumerate() {
            let Some(next) = walk.word(word) else { break };
            walk = next;
            if walk.candidates().next().is_some() {
                best = at + 1;
            }
        }
        best
    };
    assert_eq!(longest(&["new", "york", "city", "hall"]), 3);
    assert_eq!(longest(&["new", "york", "times"]), 2);
    assert_eq!(longest(&["rio", "de", "janeiro"]), 3);
    assert_eq!(longest(&["bosnia", "and", "herzegovina"]), 3);
    assert_eq!(longest(&["bosnia", "and", "croatia"]), 1);
    assert_eq!(longest(&["xyzzy"]), 0);
    assert_eq!(Walk::default().candidates().count(), 0);
    let tokyo = Walk::default().letters("東").and_then(|walk| walk.letters("京")).unwrap();
    assert_eq!(place(tokyo.candidates().next().unwrap().place).unwrap().name, "Tokyo");
}

#[test]
fn beginnings() {
    let kyi = prefix("kyi", 10);
    assert!(kyi.contains(&PlaceId::from_u32(703_448)), "{kyi:?}");
    assert_eq!(prefix("new yor", 1), [PlaceId::from_u32(5_128_638)]);
    assert_eq!(prefix("san ", 5).len(), 5);
    assert!(prefix("", 5).is_empty() && prefix("?", 5).is_empty() && prefix("xyzzy", 5).is_empty());
    assert!(!prefix("ukrainian", 5).contains(&PlaceId::from_u32(690_791)));
}

#[test]
fn nearness() {
    let around = near(50.4, 30.5, 25.0);
    let names: Vec<&str> = around.iter().map(|id| place(*id).unwrap().name).collect();
    assert!(names.contains(&"Kyiv") && names.contains(&"Brovary"), "{names:?}");
    assert!(!names.contains(&"Lviv"), "{names:?}");
    let lviv = near(49.838_26, 24.023_24, 1.0);
    assert!(lviv.first().is_some_and(|id| place(*id).unwrap().name == "Lviv"), "{lviv:?}");
    // Across the 180th meridian: Suva is some 300 km from here.
    assert!(near(-18.0, -179.0, 400.0).iter().any(|id| place(*id).unwrap().name == "Suva"));
    assert!(near(0.0, 0.0, 50.0).is_empty());
    for (latitude, longitude, km) in
        [(f64::NAN, 0.0, 1.0), (0.0, f64::INFINITY, 1.0), (0.0, 0.0, -1.0), (0.0, 0.0, f64::NAN)]
    {
        assert!(near(latitude, longitude, km).is_empty());
    }
    let cities = places().filter(|place| place.kind == Kind::City).count();
    assert_eq!(near(12.0, 34.0, 30_000.0).len(), cities);
}

proptest! {
    #[test]
    fn nothing_panics(
        name in "\\PC{0,30}",
        id in any::<u32>(),
        point in any::<(f64, f64, f64)>(),
    ) {
        let all: Vec<_> = named(&name).collect();
        prop_assert!(all.iter().all(|candidate| place(candidate.place).is_some()));
        let _ = Walk::default().word(&name).map(|walk| walk.candidates().count());
        let _ = (prefix(&name, 3), country(&name), ancestors(PlaceId::from_u32(id)), PlaceId::from_code(&name));
        // The whole Earth takes its time: `nearness` asks for it once.
        let _ = near(point.0, point.1, point.2 % 500.0);
    }
}
