//! Places: found where they stand as places, resolved to the right one.

use dateline_article::{Dateline, Language};
use dateline_extract::Extractor;

use super::{article, extract, in_language, places};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(places(&extract(text)), expected, "text: {text}");
}

#[test]
fn names_lead_to_canonical_places() {
    check("Fighting near Avdiyivka and Kiev went on.", "Avdiivka [UA]; Kyiv [UA]");
    check("She flew from Bombay to Peking.", "Mumbai [IN]; Beijing [CN]");
    check("Talks in New York and Los Angeles failed.", "New York City [US]; Los Angeles [US]");
    check("Envoys flew to the USA, later to Spain.", "United States [US]; Spain [ES]");
    check(
        "Aid came from the U.S and from India; the U.S. and US agreed.",
        "United States [US] 3; India [IN]",
    );
    check(
        "The trial moved from Sant Cugat del Vallès to Alcalá de Henares.",
        "Sant Cugat del Vallès [ES]; Alcalá de Henares [ES]",
    );
    check("Bob lives in London.\n", "London [GB]");
    check("Buenos Aires said.", "Buenos Aires [AR]");
}

// ICIJ/datashare#2049
#[test]
fn abbreviations_of_a_country_are_one_place() {
    check("The United States, the US and the U.S. agreed. They joined us.", "United States [US] 3");
}

// elyase/geotext#22
#[test]
fn an_accent_left_out_makes_no_difference() {
    check(
        "The trial moved to Sant Cugat del Vallès, then to Sant Cugat del Valles.",
        "Sant Cugat del Vallès [ES] 2",
    );
}

#[test]
fn an_entity_holds_its_region_and_country() {
    let record = extract("Shells fell on Kharkiv.");
    let place = &record.places[0];
    assert_eq!(place.name, "Kharkiv");
    assert_eq!(place.country.as_deref(), Some("UA"));
    assert!(place.ancestors.iter().any(|name| name == "Ukraine"), "{:?}", place.ancestors);
    assert_eq!(place.ancestors.len(), place.ancestor_numbers.len());
    assert!(place.gazetteer.is_some() && place.geonames.is_some());
    assert!(
        (place.latitude.unwrap() - 50.0).abs() < 0.5
            && (place.longitude.unwrap() - 36.25).abs() < 0.5
    );
}

#[test]
fn a_people_stands_for_its_country() {
    check("Russian shells hit the harbour.", "Russia* [RU]");
    check("Russian troops left Russia, and the Russians went home.", "Russia [RU] 3");
    check("The talks hurt Canadian dlrs and Japanese yen.", "Canada* [CA]; Japan* [JP]");
    check("A Saudi prince came.", "Saudi Arabia [SA]");
}

#[test]
fn a_possessive_and_a_hyphen_stay_outside() {
    let record = extract("It was Moscow's plan, and a Berlin-based firm drew it.");
    let text = record.article.text();
    let spans: Vec<_> =
        record.places.iter().map(|place| place.mentions.text[0].of(&text)).collect();
    assert_eq!(spans, ["Moscow", "Berlin"]);
}

#[test]
fn what_follows_a_comma_decides() {
    check("A fire in Paris, Texas, killed two.", "Paris [US]; Texas [US]");
    check("She was born in London, Ontario.", "London [CA]; Ontario [CA]");
    check("He moved to Cambridge, Mass., in May.", "Cambridge [US]; Massachusetts [US]");
    check("A plant in Birmingham, Ala. will close.", "Birmingham [US]; Alabama [US]");
    check("Police in Melbourne and Bristol were alerted.", "Melbourne [AU]; Bristol [GB]");
    check("Crowds gathered in Bristol, Tennessee.", "Bristol [US]; Tennessee [US]");
}

#[test]
fn the_article_decides_between_namesakes() {
    check(
        "The state of Georgia votes today. In Atlanta, Georgia, lines were long.",
        "Georgia [US] 2; Atlanta [US]",
    );
    check("A Vancouver firm drills for gold in Nevada.", "Vancouver [CA]; Nevada [US]");
    check("Georgia and Armenia opened their border.", "Georgia [GE]; Armenia [AM]");
}

#[test]
fn names_inside_names_are_no_places() {
    check("Jordan Smith and Paris Hilton met at the Bank of England.", "");
    check("The film with Denzel Washington opened. Washington plays a pilot.", "");
    check("Chelsea Clinton flew to Washington.", "Washington [US]");
    check("The Washington Post and the New York Times reported it.", "");
}

#[test]
fn ordinary_words_are_no_places() {
    check(
        "She studied at the University of Orsk and Reading List Press. Nice work, said Of Counsel.",
        "",
    );
    check(
        "March was cold. Most were split. Mobile phones rang. Orange juice ran out. Bath time came.",
        "",
    );
    check("Reading is fun. Of all. Same again. Police came. Hope remains. Price counts.", "");
    check("They live in Nice and work in Reading.", "Nice [FR]; Reading [GB]");
    check("The nice thing about reading is that a kid in a bath may do it.", "");
    check("Tampere (home office) and Riga (2) and () .", "Tampere [FI]; Riga [LV]");
}

#[test]
fn headlines_in_capitals() {
    let headline = |title: &str| {
        let mut article = article("Nothing else is said here.");
        article.title = Some(title.to_owned());
        places(&Extractor::new().extract(article))
    };
    assert_eq!(
        headline("JAPAN AND BRAZIL SIGN TRADE PACT IN TOKYO"),
        "Japan [JP]; Brazil [BR]; Tokyo [JP]"
    );
    assert_eq!(headline("U.S. TELLS US TO READ AND REST"), "United States [US]");
    assert_eq!(
        headline("Russia's Invasion Of Ukraine: What Comes Next"),
        "Russia [RU]; Ukraine [UA]"
    );
    assert_eq!(headline("MOST OF READING IS NICE"), "");
}

// The second is mediacloud/cliff-annotator#53.
#[test]
fn the_datelines_place_counts() {
    let with_dateline = |opening: &str, place: &str| {
        let mut article = article(&format!("{opening}Nothing more was said."));
        article.dateline = Some(Dateline {
            place: Some(place.to_owned()),
            date: None,
            agency: None,
            length_bytes: u32::try_from(opening.len()).unwrap(),
        });
        let record = Extractor::new().extract(article);
        let text = record.article.text();
        let spans: Vec<_> =
            record.places.iter().map(|place| place.mentions.text[0].of(&text).to_owned()).collect();
        format!("{} = {}", places(&record), spans.join("|"))
    };
    assert_eq!(with_dateline("KYIV, March 14 (Agency) — ", "KYIV"), "Kyiv [UA] = KYIV");
    assert_eq!(
        with_dateline("TROY, N.C. (AP) -- ", "TROY, N.C."),
        "Troy [US]; North Carolina [US] = TROY|N.C."
    );
    assert_eq!(
        with_dateline("SANTA CRUZ, Calif., Feb 26 - ", "SANTA CRUZ, Calif."),
        "Santa Cruz [US]; California [US] = SANTA CRUZ|Calif."
    );
}

#[test]
fn what_the_gazetteer_lacks_keeps_its_own_name() {
    check(
        "Climbers on Mount Orvelle and along the Tarvik River were found.",
        "Mount Orvelle; Tarvik River",
    );
}

#[test]
fn other_languages() {
    let german = |text| places(&in_language(text, Language::GERMAN));
    assert_eq!(
        german("In München und Kiew berieten die Minister über die Lage in der Ukraine."),
        "Munich [DE]; Kyiv [UA]; Ukraine [UA]"
    );
    assert_eq!(german("Der Wagen hielt an der Brücke, die Halle war leer, das Essen kalt."), "");
    let french = |text| places(&in_language(text, Language::FRENCH));
    assert_eq!(
        french("L’Ukraine et l’Allemagne ont signé à Genève."),
        "Ukraine [UA]; Germany [DE]; Geneva [CH]"
    );
    let ukrainian = |text| places(&in_language(text, Language::UKRAINIAN));
    assert_eq!(
        ukrainian("У Києві чекали на літак. Київ і Львів без світла."),
        "Kyiv [UA]; Lviv [UA]"
    );
}
