//! German.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("am 14. März 2024", "14. März 2024=2024-03-14"),
    ("am Donnerstag, dem 14. März 2024,", "Donnerstag, dem 14. März 2024=2024-03-14"),
    ("am 14.03.2024", "14.03.2024=2024-03-14"),
    ("am 3.4.2024", "3.4.2024=2024-04-03"),
    ("am 14.3. tagt der Rat", "14.3.=2024-03-14"),
    ("Version 14.3. erschien", ""),
    ("BERLIN, 14. März (dpa)", "14. März=2024-03-14"),
    ("am 3. Okt. 1990", "3. Okt. 1990=1990-10-03"),
    ("am 7. November", "7. November=2023-11-07"),
    ("am 31. Juni 2021", ""),
    // Months and years.
    ("im März 2024", "März 2024=2024-03"),
    ("im Oktober begann", "Oktober=2023-10"),
    ("Mitte Juli 2023", "Mitte Juli 2023=2023-07"),
    ("im Jahr 1984 und 1990", "Jahr 1984=1984; 1990=1990"),
    ("die 1990er Jahre", "1990er Jahre=decade 1990-01-01"),
    ("in den 60er-Jahren", "60er-Jahren=decade 1960-01-01"),
    ("im 19. Jahrhundert", "19. Jahrhundert=century 1800-01-01"),
    ("44 v. Chr.", "44 v. Chr.=-0043"),
    ("im dritten Quartal 2023", "dritten Quartal 2023=quarter 2023-07-01"),
    ("im ersten Halbjahr 2023", "ersten Halbjahr 2023=half 2023-01-01"),
    ("im Winter 1941/42", "Winter 1941/42=season 1941-12-01"),
    ("im Mai vergangenen Jahres", "Mai vergangenen Jahres=2023-05"),
    // From the reference.
    ("am Freitag", "Freitag=2024-03-15"),
    ("am vergangenen Mittwoch", "vergangenen Mittwoch=2024-03-13"),
    ("am kommenden Dienstag", "kommenden Dienstag=2024-03-26"),
    ("gestern Abend", "gestern Abend=2024-03-19T18:00..2024-03-20T00:00"),
    (
        "vorgestern, heute und übermorgen",
        "vorgestern=2024-03-18; heute=2024-03-20; übermorgen=2024-03-22",
    ),
    ("in der vergangenen Woche", "vergangenen Woche=week 2024-03-11"),
    ("im nächsten Monat", "nächsten Monat=2024-04"),
    ("in diesem Jahr", "diesem Jahr=2024"),
    ("vor zwei Wochen", "vor zwei Wochen=week 2024-03-04"),
    ("vor einem Jahr", "vor einem Jahr=2023"),
    ("am Montag um 10.30 Uhr", "Montag um 10.30 Uhr=2024-03-18T10:30"),
    ("bis Ende des Jahres", "Ende des Jahres=2024"),
    // From the last date mentioned.
    (
        "Am 3. Mai 1999 kam er, drei Tage später sie.",
        "3. Mai 1999=1999-05-03; drei Tage später=1999-05-06",
    ),
    ("1724 ging er, zwei Jahre später kam er.", "1724=1724; zwei Jahre später=1726"),
    ("Am 3. Mai 1999 und am folgenden Tag", "3. Mai 1999=1999-05-03; folgenden Tag=1999-05-04"),
    // Stretches.
    (
        "vom 3. bis 5. März 2021",
        "3=2021-03-03; 5. März 2021=2021-03-05; 3. bis 5. März 2021=2021-03-03..2021-03-06",
    ),
    (
        "zwischen 2014 und 2022",
        "2014=2014; 2022=2022; zwischen 2014 und 2022=2014-01-01..2023-01-01",
    ),
    ("seit 2014", "2014=2014; seit 2014=2014-01-01..2024-03-21"),
    // What is no date.
    ("am frühen Morgen; jeden Montag; pro Woche; guten Morgen", ""),
    ("2000 Menschen, Seite 1984, 1.200 Euro, 2:1, zwei Jahre lang", ""),
    ("Der 3. Platz und das 2. Kind mit August Bebel", ""),
    // Phases, named days, parts of the year.
    ("Anfang März", "Anfang März=2024-03"),
    ("Ende 2023", "Ende 2023=2023"),
    ("am Karfreitag und zu Pfingsten 2023", "Karfreitag=2024-03-29; Pfingsten 2023=2023-05-28"),
    ("an Heiligabend", "Heiligabend=2023-12-24"),
    ("am Tag der Deutschen Einheit", "Tag der Deutschen Einheit=2023-10-03"),
    ("im Zweiten Weltkrieg", "Zweiten Weltkrieg=1939-09-01..1945-09-03"),
    ("im Geschäftsjahr 2023", "Geschäftsjahr 2023=2023"),
    ("im Q3 2023", "Q3 2023=quarter 2023-07-01"),
    ("im Sommer 2010", "Sommer 2010=season 2010-06-01"),
    ("im vorigen Sommer", "vorigen Sommer=season 2023-06-01"),
    ("in den neunziger Jahren", "neunziger Jahren=decade 1990-01-01"),
    ("am 1. Mai 2023 und am 2. Mai", "1. Mai 2023=2023-05-01; 2. Mai=2024-05-02"),
    ("am Wochenende", "am Wochenende=weekend 2024-03-16"),
    ("im Vorjahr und im Vormonat", "Vorjahr=2023; Vormonat=2024-02"),
    ("von 2014 bis 2022", "2014=2014; 2022=2022; 2014 bis 2022=2014-01-01..2023-01-01"),
    ("1939–1945", "1939=1939; 1945=1945; 1939–1945=1939-01-01..1946-01-01"),
    ("am Freitag, 15.3.2024, um 20 Uhr", "Freitag, 15.3.2024, um 20 Uhr=2024-03-15T20:00"),
    ("Flug 1984, seit zwei Jahren, alle drei Wochen, jedes Jahr", ""),
    ("die letzten zwei Jahre und die nächsten drei Tage", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    // Days.
    ("am 14. März", "14. März=--03-14"),
    // Months and years.
    ("Ende September", "Ende September=--09"),
    // From the reference.
    ("gestern, am Freitag, vor zwei Wochen", ""),
];

#[test]
fn the_table_holds() {
    check_all(Language::GERMAN, DATED, UNDATED);
}
