//! Dutch.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("op 14 maart 2024", "14 maart 2024=2024-03-14"),
    ("donderdag 14 maart 2024", "donderdag 14 maart 2024=2024-03-14"),
    ("op donderdag, 14 maart", "donderdag, 14 maart=2024-03-14"),
    ("de 3e mei 2023", "de 3e mei 2023=2023-05-03"),
    ("op 14-03-2024", "14-03-2024=2024-03-14"),
    ("op 3/4/2024", "3/4/2024=2024-04-03"),
    ("14.3.2024", "14.3.2024=2024-03-14"),
    ("AMSTERDAM, 14 mrt. 2024", "14 mrt. 2024=2024-03-14"),
    ("op 7 november", "7 november=2023-11-07"),
    ("op 31 juni 2021", ""),
    ("op 12 oktober vorig jaar", "12 oktober vorig jaar=2023-10-12"),
    ("vr 15 maart", "vr 15 maart=2024-03-15"),
    // Months and years.
    ("in maart 2024", "maart 2024=2024-03"),
    ("in maart van 2024", "maart van 2024=2024-03"),
    ("in oktober", "oktober=2023-10"),
    ("afgelopen oktober", "afgelopen oktober=2023-10"),
    ("in mei vorig jaar", "mei vorig jaar=2023-05"),
    ("half juli 2023", "half juli 2023=2023-07"),
    ("medio juli", "medio juli=2023-07"),
    ("eind september", "eind september=2023-09"),
    ("In 1984 en in 1990", "1984=1984; 1990=1990"),
    ("het jaar 1492", "het jaar 1492=1492"),
    ("begin 2023", "begin 2023=2023"),
    // Decades and centuries.
    ("in de jaren '90", "de jaren '90=decade 1990-01-01"),
    ("de jaren negentig", "de jaren negentig=decade 1990-01-01"),
    ("de jaren 1960", "de jaren 1960=decade 1960-01-01"),
    ("in de 19e eeuw", "de 19e eeuw=century 1800-01-01"),
    ("de negentiende eeuw", "de negentiende eeuw=century 1800-01-01"),
    ("in 44 v.Chr.", "44 v.Chr.=-0043"),
    ("tijdens de Tweede Wereldoorlog", "Tweede Wereldoorlog=1939-09-01..1945-09-03"),
    // Parts of the year.
    ("het derde kwartaal van 2023", "het derde kwartaal van 2023=quarter 2023-07-01"),
    ("het eerste halfjaar van 2023", "het eerste halfjaar van 2023=half 2023-01-01"),
    ("de zomer van 2010", "de zomer van 2010=season 2010-06-01"),
    ("in de winter van 1941-42", "de winter van 1941-42=season 1941-12-01"),
    ("afgelopen zomer", "afgelopen zomer=season 2023-06-01"),
    // Weekdays.
    ("op vrijdag", "vrijdag=2024-03-15"),
    ("afgelopen woensdag", "afgelopen woensdag=2024-03-13"),
    ("komende dinsdag", "komende dinsdag=2024-03-26"),
    ("vrijdag om 18.30 uur", "vrijdag om 18.30 uur=2024-03-15T18:30"),
    ("maandag om 18:30", "maandag om 18:30=2024-03-18T18:30"),
    // From the reference.
    ("gisteren, vandaag en morgen", "gisteren=2024-03-19; vandaag=2024-03-20; morgen=2024-03-21"),
    ("eergisteren en overmorgen", "eergisteren=2024-03-18; overmorgen=2024-03-22"),
    ("vanavond", "vanavond=2024-03-20T18:00..2024-03-21T00:00"),
    ("gisteravond", "gisteravond=2024-03-19T18:00..2024-03-20T00:00"),
    ("vorige week", "vorige week=week 2024-03-11"),
    ("volgende maand", "volgende maand=2024-04"),
    ("vorig jaar en dit jaar", "vorig jaar=2023; dit jaar=2024"),
    ("twee weken geleden", "twee weken geleden=week 2024-03-04"),
    ("een jaar geleden", "een jaar geleden=2023"),
    ("over drie dagen", "over drie dagen=2024-03-23"),
    ("dit weekend", "dit weekend=weekend 2024-03-16"),
    // From the last date mentioned.
    ("Op 3 mei 1999 en de dag erna", "3 mei 1999=1999-05-03; de dag erna=1999-05-04"),
    ("In 1724 ging hij; twee jaar later kwam hij.", "1724=1724; twee jaar later=1726"),
    ("In juni 1920 en datzelfde jaar", "juni 1920=1920-06; datzelfde jaar=1920"),
    // Stretches.
    (
        "van 3 tot 5 maart 2021",
        "3=2021-03-03; 5 maart 2021=2021-03-05; 3 tot 5 maart 2021=2021-03-03..2021-03-06",
    ),
    ("tussen 2014 en 2022", "2014=2014; 2022=2022; tussen 2014 en 2022=2014-01-01..2023-01-01"),
    ("sinds 2014", "2014=2014; sinds 2014=2014-01-01..2024-03-21"),
    ("1940-1945", "1940=1940; 1945=1945; 1940-1945=1940-01-01..1946-01-01"),
    // Days with names.
    ("met Kerstmis en met Pasen", "Kerstmis=2023-12-25; Pasen=2024-03-31"),
    ("op Goede Vrijdag", "Goede Vrijdag=2024-03-29"),
    ("op Koningsdag 2023", "Koningsdag 2023=2023-04-27"),
    // No dates.
    ("elke maandag, iedere maand, per week", ""),
    ("2000 mensen, pagina 1984, 1.200 euro, 2-1, twee jaar lang", ""),
    ("de afgelopen twee jaar", ""),
    ("vlucht 1984 kost 1999 euro", ""),
    ("de tweede plaats en de eerste man; goede morgen", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    ("op 14 maart", "14 maart=--03-14"),
    ("in september", "september=--09"),
    ("gisteren, vrijdag, twee weken geleden", ""),
    ("sinds 2014", "2014=2014"),
];

#[test]
fn the_table_holds() {
    check_all(Language::from_tag("nl").unwrap(), DATED, UNDATED);
}
