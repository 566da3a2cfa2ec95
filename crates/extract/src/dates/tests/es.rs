//! Spanish.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("el 14 de marzo de 2024", "el 14 de marzo de 2024=2024-03-14"),
    ("jueves 14 de marzo del 2024", "jueves 14 de marzo del 2024=2024-03-14"),
    ("el 1º de mayo de 2023", "el 1º de mayo de 2023=2023-05-01"),
    ("14/03/2024", "14/03/2024=2024-03-14"),
    ("3/4/2024", "3/4/2024=2024-04-03"),
    ("MADRID, 14 mar. 2024", "14 mar. 2024=2024-03-14"),
    ("el 7 de noviembre", "el 7 de noviembre=2023-11-07"),
    ("el 31 de junio de 2021", ""),
    // Months and years.
    ("en marzo de 2024", "marzo de 2024=2024-03"),
    ("en octubre", "octubre=2023-10"),
    ("a mediados de julio de 2023", "mediados de julio de 2023=2023-07"),
    ("en mayo del año pasado", "mayo del año pasado=2023-05"),
    ("En 1984 y en 1990", "1984=1984; 1990=1990"),
    ("los años 90", "los años 90=decade 1990-01-01"),
    ("la década de 1990", "la década de 1990=decade 1990-01-01"),
    ("en el siglo XIX", "el siglo XIX=century 1800-01-01"),
    ("en el 44 a. C.", "44 a. C.=-0043"),
    ("el tercer trimestre de 2023", "tercer trimestre de 2023=quarter 2023-07-01"),
    ("el verano de 2010", "verano de 2010=season 2010-06-01"),
    // From the reference.
    ("el viernes", "viernes=2024-03-15"),
    ("el pasado miércoles", "pasado miércoles=2024-03-13"),
    ("el próximo martes", "próximo martes=2024-03-26"),
    ("ayer por la tarde", "ayer por la tarde=2024-03-19T12:00..2024-03-19T18:00"),
    ("hoy y mañana", "hoy=2024-03-20; mañana=2024-03-21"),
    ("pasado mañana", "pasado mañana=2024-03-22"),
    ("anoche", "anoche=2024-03-19T20:00..2024-03-20T00:00"),
    ("la semana pasada", "semana pasada=week 2024-03-11"),
    ("el próximo mes", "próximo mes=2024-04"),
    ("el año pasado y este año", "año pasado=2023; este año=2024"),
    ("el año que viene", "año que viene=2025"),
    ("hace dos semanas", "hace dos semanas=week 2024-03-04"),
    ("el lunes a las 18:30", "lunes a las 18:30=2024-03-18T18:30"),
    // From the last date mentioned.
    (
        "El 3 de mayo de 1999 y al día siguiente",
        "El 3 de mayo de 1999=1999-05-03; al día siguiente=1999-05-04",
    ),
    ("En 1724 partió; dos años después volvió.", "1724=1724; dos años después=1726"),
    ("En junio de 1920 nació; ese año nevó.", "junio de 1920=1920-06; ese año=1920"),
    // Stretches.
    (
        "del 3 al 5 de marzo de 2021",
        "3=2021-03-03; 5 de marzo de 2021=2021-03-05; 3 al 5 de marzo de 2021=2021-03-03..2021-03-06",
    ),
    ("entre 2014 y 2022", "2014=2014; 2022=2022; entre 2014 y 2022=2014-01-01..2023-01-01"),
    ("desde 2014", "2014=2014; desde 2014=2014-01-01..2024-03-21"),
    // What is no date.
    ("cada lunes, todos los meses, por semana, por la mañana", ""),
    ("2000 personas, página 1984, 1.200 euros, 2-1, durante dos años", ""),
    ("Julio Iglesias canta en la Plaza y el primer hombre, el segundo puesto", ""),
    // Phases, named days, parts of the year.
    ("a mediados de julio", "mediados de julio=2023-07"),
    ("a principios de 2023", "principios de 2023=2023"),
    ("en Navidad y en Nochebuena", "Navidad=2023-12-25; Nochebuena=2023-12-24"),
    ("el Viernes Santo", "Viernes Santo=2024-03-29"),
    ("la Segunda Guerra Mundial", "Segunda Guerra Mundial=1939-09-01..1945-09-03"),
    ("en el primer semestre de 2023", "primer semestre de 2023=half 2023-01-01"),
    ("el invierno de 1941-42", "invierno de 1941-42=season 1941-12-01"),
    ("los años sesenta", "los años sesenta=decade 1960-01-01"),
    ("anteayer y pasado mañana", "anteayer=2024-03-18; pasado mañana=2024-03-22"),
    ("ayer por la tarde", "ayer por la tarde=2024-03-19T12:00..2024-03-19T18:00"),
    ("el lunes pasado", "lunes pasado=2024-03-18"),
    ("el próximo martes", "próximo martes=2024-03-26"),
    ("el mes pasado", "mes pasado=2024-02"),
    ("hace un año", "hace un año=2023"),
    ("de 2014 a 2022", "2014=2014; 2022=2022; 2014 a 2022=2014-01-01..2023-01-01"),
    ("1936-1939", "1936=1936; 1939=1939; 1936-1939=1936-01-01..1940-01-01"),
    (
        "del 3 al 10 de mayo",
        "3=2024-05-03; 10 de mayo=2024-05-10; 3 al 10 de mayo=2024-05-03..2024-05-11",
    ),
    ("vuelo 1984, cada año, todas las semanas", ""),
    ("los últimos dos años, durante tres días", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    // Days.
    ("el 14 de marzo", "el 14 de marzo=--03-14"),
    // Months and years.
    ("a finales de septiembre", "finales de septiembre=--09"),
    // From the reference.
    ("ayer, el viernes, hace dos semanas", ""),
];

#[test]
fn the_table_holds() {
    check_all(Language::SPANISH, DATED, UNDATED);
}
