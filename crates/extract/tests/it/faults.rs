//! Faults that others' programs were reported for, each text whole: its people, places and organisations.

use super::{extract, names, places};

/// `people | places | organisations`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let record = extract(text);
    let found = [names(&record.people), places(&record), names(&record.organisations)];
    assert_eq!(found.join(" | "), expected, "text: {text}");
}

// ICIJ/datashare#2049
#[test]
fn pronouns_inverted_names_and_spellings() {
    check(
        "He arrived. Doe, Marta signed; Marta Doe left. The United States, the US and the U.S. agreed. They joined us.",
        "Marta Doe 2 | United States [US] 3 | ",
    );
}

// openeventdata/mordecai#82 (B046)
#[test]
fn words_in_brackets_after_a_town() {
    check("Tampere (home office) and Riga (2) and () .", " | Tampere [FI]; Riga [LV] | ");
}

// openeventdata/mordecai#77
#[test]
fn a_country_is_no_town_that_contains_its_name() {
    check("Envoys flew to the USA, later to Spain.", " | United States [US]; Spain [ES] | ");
}

// openeventdata/mordecai#91
#[test]
fn an_abbreviation_without_its_last_stop() {
    check("Aid came from the U.S and from India.", " | United States [US]; India [IN] | ");
}

// explosion/spaCy#2157
#[test]
fn parties_and_titles_before_names() {
    check(
        "On Monday, Green MP Orla Vint spoke. The coroner, Mr Justice Pell, agreed. Acting chief Dr Edo Lanz left.",
        "Orla Vint; Pell; Edo Lanz |  | ",
    );
}

// explosion/spaCy#3347
#[test]
fn contractions_with_curly_apostrophes() {
    check("It doesn’t matter. They Can’t Stay. Weren’t they there?", " |  | ");
}

// elyase/geotext#16
#[test]
fn famous_cities_before_their_namesakes() {
    check("Police in Melbourne and Bristol were alerted.", " | Melbourne [AU]; Bristol [GB] | ");
}

// explosion/spaCy#12488
#[test]
fn greetings() {
    check("Beste Grüße Nadja Holm", "Nadja Holm |  | ");
    check("Guten Tag Frau Weller.", "Weller |  | ");
    check("Guten Tag Frau Weller", "Weller |  | ");
}

// explosion/spacy#2287
#[test]
fn a_line_end_is_no_place() {
    check("Bob lives in London.\n", "Bob | London [GB] | ");
}

// explosion/spacy#2364
#[test]
fn a_city_is_no_person_and_units_are_nothing() {
    check("Buenos Aires said. PK, AE, DOSE.", " | Buenos Aires [AR] | ");
}

// lucaterre/spacyfishing#23
#[test]
fn a_person_behind_in() {
    check("the pastoral in J.R.R. Tolkien", "J.R.R. Tolkien |  | ");
}

// codelucas/newspaper#132
#[test]
fn initials_and_hyphens() {
    check("By Tyler G. Jones", "Tyler G. Jones |  | ");
    check("By Jessica Silver-Greenberg", "Jessica Silver-Greenberg |  | ");
}
