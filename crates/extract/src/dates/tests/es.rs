//! Spanish.

use dateline_article::Language;

use super::check_in;

/// With the reference of Wednesday, 20 March 2024.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::SPANISH, text, "2024-03-20", expected);
}

#[track_caller]
fn check_undated(text: &str, expected: &str) {
    check_in(Language::SPANISH, text, "", expected);
}

#[test]
fn days() {
    check("el 14 de marzo de 2024", "el 14 de marzo de 2024=2024-03-14..2024-03-15 day");
    check("jueves 14 de marzo del 2024", "jueves 14 de marzo del 2024=2024-03-14..2024-03-15 day");
    check("el 1º de mayo de 2023", "el 1º de mayo de 2023=2023-05-01..2023-05-02 day");
    check("14/03/2024", "14/03/2024=2024-03-14..2024-03-15 day");
    check("3/4/2024", "3/4/2024=2024-04-03..2024-04-04 day");
    check("MADRID, 14 mar. 2024", "14 mar. 2024=2024-03-14..2024-03-15 day");
    check("el 7 de noviembre", "el 7 de noviembre=2023-11-07..2023-11-08 day");
    check("el 31 de junio de 2021", "");
    check_undated("el 14 de marzo", "el 14 de marzo=--03-14..--03-15 recurring");
}

#[test]
fn months_and_years() {
    check("en marzo de 2024", "marzo de 2024=2024-03-01..2024-04-01 month");
    check("en octubre", "octubre=2023-10-01..2023-11-01 month");
    check("a mediados de julio de 2023", "mediados de julio de 2023=2023-07-01..2023-08-01 month");
    check_undated("a finales de septiembre", "finales de septiembre=--09..--10 recurring");
    check("en mayo del año pasado", "mayo del año pasado=2023-05-01..2023-06-01 month");
    check(
        "En 1984 y en 1990",
        "1984=1984-01-01..1985-01-01 year; 1990=1990-01-01..1991-01-01 year",
    );
    check("los años 90", "los años 90=1990-01-01..2000-01-01 decade");
    check("la década de 1990", "la década de 1990=1990-01-01..2000-01-01 decade");
    check("en el siglo XIX", "el siglo XIX=1800-01-01..1900-01-01 century");
    check("en el 44 a. C.", "44 a. C.=-0043-01-01..-0042-01-01 year");
    check("el tercer trimestre de 2023", "tercer trimestre de 2023=2023-07-01..2023-10-01 quarter");
    check("el verano de 2010", "verano de 2010=2010-06-01..2010-09-01 season");
}

#[test]
fn from_the_reference() {
    check("el viernes", "viernes=2024-03-15..2024-03-16 day");
    check("el pasado miércoles", "pasado miércoles=2024-03-13..2024-03-14 day");
    check("el próximo martes", "próximo martes=2024-03-26..2024-03-27 day");
    check("ayer por la tarde", "ayer por la tarde=2024-03-19T12:00..2024-03-19T18:00 part");
    check("hoy y mañana", "hoy=2024-03-20..2024-03-21 day; mañana=2024-03-21..2024-03-22 day");
    check("pasado mañana", "pasado mañana=2024-03-22..2024-03-23 day");
    check("anoche", "anoche=2024-03-19T20:00..2024-03-20T00:00 part");
    check("la semana pasada", "semana pasada=2024-03-11..2024-03-18 week");
    check("el próximo mes", "próximo mes=2024-04-01..2024-05-01 month");
    check(
        "el año pasado y este año",
        "año pasado=2023-01-01..2024-01-01 year; este año=2024-01-01..2025-01-01 year",
    );
    check("el año que viene", "año que viene=2025-01-01..2026-01-01 year");
    check("hace dos semanas", "hace dos semanas=2024-03-04..2024-03-11 week");
    check("el lunes a las 18:30", "lunes a las 18:30=2024-03-18T18:30..2024-03-18T18:31 minute");
    check_undated("ayer, el viernes, hace dos semanas", "");
}

#[test]
fn from_the_last_date_mentioned() {
    check(
        "El 3 de mayo de 1999 y al día siguiente",
        "El 3 de mayo de 1999=1999-05-03..1999-05-04 day; al día siguiente=1999-05-04..1999-05-05 day",
    );
    check(
        "En 1724 partió; dos años después volvió.",
        "1724=1724-01-01..1725-01-01 year; dos años después=1726-01-01..1727-01-01 year",
    );
    check(
        "En junio de 1920 nació; ese año nevó.",
        "junio de 1920=1920-06-01..1920-07-01 month; ese año=1920-01-01..1921-01-01 year",
    );
}

#[test]
fn stretches() {
    check(
        "del 3 al 5 de marzo de 2021",
        "3=2021-03-03..2021-03-04 day; 5 de marzo de 2021=2021-03-05..2021-03-06 day; 3 al 5 de marzo de 2021=2021-03-03..2021-03-06 range",
    );
    check(
        "entre 2014 y 2022",
        "2014=2014-01-01..2015-01-01 year; 2022=2022-01-01..2023-01-01 year; entre 2014 y 2022=2014-01-01..2023-01-01 range",
    );
    check(
        "desde 2014",
        "2014=2014-01-01..2015-01-01 year; desde 2014=2014-01-01..2024-03-21 range",
    );
}

#[test]
fn what_is_no_date() {
    check("cada lunes, todos los meses, por semana, por la mañana", "");
    check("2000 personas, página 1984, 1.200 euros, 2-1, durante dos años", "");
    check("Julio Iglesias canta en la Plaza y el primer hombre, el segundo puesto", "");
}
