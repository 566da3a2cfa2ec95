//! French.

use dateline_article::Language;

use super::check_in;

/// With the reference of Wednesday, 20 March 2024.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::FRENCH, text, "2024-03-20", expected);
}

#[track_caller]
fn check_undated(text: &str, expected: &str) {
    check_in(Language::FRENCH, text, "", expected);
}

#[test]
fn days() {
    check("le 14 mars 2024", "le 14 mars 2024=2024-03-14..2024-03-15 day");
    check("jeudi 14 mars 2024", "jeudi 14 mars 2024=2024-03-14..2024-03-15 day");
    check("le 1er mai 2023", "le 1er mai 2023=2023-05-01..2023-05-02 day");
    check("le 14/03/2024", "14/03/2024=2024-03-14..2024-03-15 day");
    check("le 3/4/2024", "3/4/2024=2024-04-03..2024-04-04 day");
    check("PARIS, 14 mars (AFP)", "14 mars=2024-03-14..2024-03-15 day");
    check("le 7 nov. 1917", "le 7 nov. 1917=1917-11-07..1917-11-08 day");
    check("le 31 juin 2021", "");
    check_undated("le 14 mars", "le 14 mars=--03-14..--03-15 recurring");
}

#[test]
fn months_and_years() {
    check("en mars 2024", "mars 2024=2024-03-01..2024-04-01 month");
    check("en octobre", "octobre=2023-10-01..2023-11-01 month");
    check("mi-juillet 2023", "mi-juillet 2023=2023-07-01..2023-08-01 month");
    check_undated("fin septembre", "fin septembre=--09..--10 recurring");
    check("octobre dernier", "octobre dernier=2023-10-01..2023-11-01 month");
    check(
        "En 1984, puis en 1990",
        "1984=1984-01-01..1985-01-01 year; 1990=1990-01-01..1991-01-01 year",
    );
    check("les années 1990", "les années 1990=1990-01-01..2000-01-01 decade");
    check("les années soixante", "les années soixante=1960-01-01..1970-01-01 decade");
    check("au XIXe siècle", "XIXe siècle=1800-01-01..1900-01-01 century");
    check("au 19e siècle", "19e siècle=1800-01-01..1900-01-01 century");
    check("en 44 av. J.-C.", "44 av. J.-C.=-0043-01-01..-0042-01-01 year");
    check("au troisième trimestre 2023", "troisième trimestre 2023=2023-07-01..2023-10-01 quarter");
    check("l'été 2010", "l'été 2010=2010-06-01..2010-09-01 season");
    check("début 2023", "début 2023=2023-01-01..2024-01-01 year");
}

#[test]
fn from_the_reference() {
    check("vendredi", "vendredi=2024-03-15..2024-03-16 day");
    check("mercredi dernier", "mercredi dernier=2024-03-13..2024-03-14 day");
    check("mardi prochain", "mardi prochain=2024-03-26..2024-03-27 day");
    check("hier soir", "hier soir=2024-03-19T18:00..2024-03-20T00:00 part");
    check(
        "aujourd'hui et après-demain",
        "aujourd'hui=2024-03-20..2024-03-21 day; après-demain=2024-03-22..2024-03-23 day",
    );
    check("aujourd’hui", "aujourd’hui=2024-03-20..2024-03-21 day");
    check("la semaine dernière", "la semaine dernière=2024-03-11..2024-03-18 week");
    check("le mois prochain", "le mois prochain=2024-04-01..2024-05-01 month");
    check("l'an dernier", "l'an dernier=2023-01-01..2024-01-01 year");
    check("cette année", "cette année=2024-01-01..2025-01-01 year");
    check("il y a deux semaines", "il y a deux semaines=2024-03-04..2024-03-11 week");
    check("il y a un an", "il y a un an=2023-01-01..2024-01-01 year");
    check("lundi à 18h30", "lundi à 18h30=2024-03-18T18:30..2024-03-18T18:31 minute");
    check_undated("hier, vendredi, il y a un an", "");
}

#[test]
fn from_the_last_date_mentioned() {
    check(
        "Le 3 mai 1999 et le lendemain",
        "Le 3 mai 1999=1999-05-03..1999-05-04 day; le lendemain=1999-05-04..1999-05-05 day",
    );
    check(
        "En 1724 il partit, deux ans plus tard il revint.",
        "1724=1724-01-01..1725-01-01 year; deux ans plus tard=1726-01-01..1727-01-01 year",
    );
    check(
        "En juin 1920 il naquit; cette année-là il neigea.",
        "juin 1920=1920-06-01..1920-07-01 month; cette année-là=1920-01-01..1921-01-01 year",
    );
}

#[test]
fn stretches() {
    check(
        "du 3 au 5 mars 2021",
        "3=2021-03-03..2021-03-04 day; 5 mars 2021=2021-03-05..2021-03-06 day; 3 au 5 mars 2021=2021-03-03..2021-03-06 range",
    );
    check(
        "entre 2014 et 2022",
        "2014=2014-01-01..2015-01-01 year; 2022=2022-01-01..2023-01-01 year; entre 2014 et 2022=2014-01-01..2023-01-01 range",
    );
    check(
        "depuis 2014",
        "2014=2014-01-01..2015-01-01 year; depuis 2014=2014-01-01..2024-03-21 range",
    );
}

#[test]
fn what_is_no_date() {
    check("chaque lundi, tous les mois, par semaine", "");
    check("2000 personnes, page 1984, 1 200 euros, 2-1, pendant deux ans", "");
    check("La sonde arrive sur Mars. Le second tour et le premier homme", "");
}
