//! German.

use dateline_article::Language;

use super::check_in;

/// With the reference of Wednesday, 20 March 2024.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::GERMAN, text, "2024-03-20", expected);
}

#[track_caller]
fn check_undated(text: &str, expected: &str) {
    check_in(Language::GERMAN, text, "", expected);
}

#[test]
fn days() {
    check("am 14. März 2024", "14. März 2024=2024-03-14..2024-03-15 day");
    check(
        "am Donnerstag, dem 14. März 2024,",
        "Donnerstag, dem 14. März 2024=2024-03-14..2024-03-15 day",
    );
    check("am 14.03.2024", "14.03.2024=2024-03-14..2024-03-15 day");
    check("am 3.4.2024", "3.4.2024=2024-04-03..2024-04-04 day");
    check("am 14.3. tagt der Rat", "14.3.=2024-03-14..2024-03-15 day");
    check("Version 14.3. erschien", "");
    check("BERLIN, 14. März (dpa)", "14. März=2024-03-14..2024-03-15 day");
    check("am 3. Okt. 1990", "3. Okt. 1990=1990-10-03..1990-10-04 day");
    check("am 7. November", "7. November=2023-11-07..2023-11-08 day");
    check("am 31. Juni 2021", "");
    check_undated("am 14. März", "14. März=--03-14..--03-15 recurring");
}

#[test]
fn months_and_years() {
    check("im März 2024", "März 2024=2024-03-01..2024-04-01 month");
    check("im Oktober begann", "Oktober=2023-10-01..2023-11-01 month");
    check("Mitte Juli 2023", "Mitte Juli 2023=2023-07-01..2023-08-01 month");
    check_undated("Ende September", "Ende September=--09..--10 recurring");
    check(
        "im Jahr 1984 und 1990",
        "Jahr 1984=1984-01-01..1985-01-01 year; 1990=1990-01-01..1991-01-01 year",
    );
    check("die 1990er Jahre", "1990er Jahre=1990-01-01..2000-01-01 decade");
    check("in den 60er-Jahren", "60er-Jahren=1960-01-01..1970-01-01 decade");
    check("im 19. Jahrhundert", "19. Jahrhundert=1800-01-01..1900-01-01 century");
    check("44 v. Chr.", "44 v. Chr.=-0043-01-01..-0042-01-01 year");
    check("im dritten Quartal 2023", "dritten Quartal 2023=2023-07-01..2023-10-01 quarter");
    check("im ersten Halbjahr 2023", "ersten Halbjahr 2023=2023-01-01..2023-07-01 half");
    check("im Winter 1941/42", "Winter 1941/42=1941-12-01..1942-03-01 season");
    check("im Mai vergangenen Jahres", "Mai vergangenen Jahres=2023-05-01..2023-06-01 month");
}

#[test]
fn from_the_reference() {
    check("am Freitag", "Freitag=2024-03-15..2024-03-16 day");
    check("am vergangenen Mittwoch", "vergangenen Mittwoch=2024-03-13..2024-03-14 day");
    check("am kommenden Dienstag", "kommenden Dienstag=2024-03-26..2024-03-27 day");
    check("gestern Abend", "gestern Abend=2024-03-19T18:00..2024-03-20T00:00 part");
    check(
        "vorgestern, heute und übermorgen",
        "vorgestern=2024-03-18..2024-03-19 day; heute=2024-03-20..2024-03-21 day; übermorgen=2024-03-22..2024-03-23 day",
    );
    check("in der vergangenen Woche", "vergangenen Woche=2024-03-11..2024-03-18 week");
    check("im nächsten Monat", "nächsten Monat=2024-04-01..2024-05-01 month");
    check("in diesem Jahr", "diesem Jahr=2024-01-01..2025-01-01 year");
    check("vor zwei Wochen", "vor zwei Wochen=2024-03-04..2024-03-11 week");
    check("vor einem Jahr", "vor einem Jahr=2023-01-01..2024-01-01 year");
    check(
        "am Montag um 10.30 Uhr",
        "Montag um 10.30 Uhr=2024-03-18T10:30..2024-03-18T10:31 minute",
    );
    check("bis Ende des Jahres", "Ende des Jahres=2024-01-01..2025-01-01 year");
    check_undated("gestern, am Freitag, vor zwei Wochen", "");
}

#[test]
fn from_the_last_date_mentioned() {
    check(
        "Am 3. Mai 1999 kam er, drei Tage später sie.",
        "3. Mai 1999=1999-05-03..1999-05-04 day; drei Tage später=1999-05-06..1999-05-07 day",
    );
    check(
        "1724 ging er, zwei Jahre später kam er.",
        "1724=1724-01-01..1725-01-01 year; zwei Jahre später=1726-01-01..1727-01-01 year",
    );
    check(
        "Am 3. Mai 1999 und am folgenden Tag",
        "3. Mai 1999=1999-05-03..1999-05-04 day; folgenden Tag=1999-05-04..1999-05-05 day",
    );
}

#[test]
fn stretches() {
    check(
        "vom 3. bis 5. März 2021",
        "3=2021-03-03..2021-03-04 day; 5. März 2021=2021-03-05..2021-03-06 day; 3. bis 5. März 2021=2021-03-03..2021-03-06 range",
    );
    check(
        "zwischen 2014 und 2022",
        "2014=2014-01-01..2015-01-01 year; 2022=2022-01-01..2023-01-01 year; zwischen 2014 und 2022=2014-01-01..2023-01-01 range",
    );
    check("seit 2014", "2014=2014-01-01..2015-01-01 year; seit 2014=2014-01-01..2024-03-21 range");
}

#[test]
fn what_is_no_date() {
    check("am frühen Morgen; jeden Montag; pro Woche; guten Morgen", "");
    check("2000 Menschen, Seite 1984, 1.200 Euro, 2:1, zwei Jahre lang", "");
    check("Der 3. Platz und das 2. Kind mit August Bebel", "");
}
