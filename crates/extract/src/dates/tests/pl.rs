//! Polish.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("dnia 14 marca 2024 r. w Gdyni", "14 marca 2024 r.=2024-03-14"),
    ("14 marca 2024 roku", "14 marca 2024 roku=2024-03-14"),
    ("w czwartek, 14 marca 2024", "czwartek, 14 marca 2024=2024-03-14"),
    ("w czwartek 14 marca", "czwartek 14 marca=2024-03-14"),
    ("14.03.2024", "14.03.2024=2024-03-14"),
    ("3/4/2024", "3/4/2024=2024-04-03"),
    ("3-04-2024", "3-04-2024=2024-04-03"),
    ("WARSZAWA, 14 mar. 2024", "14 mar. 2024=2024-03-14"),
    ("7 listopada", "7 listopada=2023-11-07"),
    ("pierwszego maja 2023", "pierwszego maja 2023=2023-05-01"),
    ("3 maja uchwalono ustawę", "3 maja=2024-05-03"),
    ("31 czerwca 2021", ""),
    ("12 października ubiegłego roku", "12 października ubiegłego roku=2023-10-12"),
    // Months and years.
    ("w marcu 2024", "marcu 2024=2024-03"),
    ("w marcu 2024 roku", "marcu 2024 roku=2024-03"),
    ("w październiku", "październiku=2023-10"),
    ("w maju ubiegłego roku", "maju ubiegłego roku=2023-05"),
    ("w połowie lipca 2023", "połowie lipca 2023=2023-07"),
    ("pod koniec września", "koniec września=2023-09"),
    ("W 1984 i w 1990 roku", "1984=1984; 1990 roku=1990"),
    ("w roku 1410", "roku 1410=1410"),
    ("na początku 2023 roku", "początku 2023 roku=2023"),
    ("w 2021 r. rada", "2021 r.=2021"),
    // Decades and centuries.
    ("w latach 90. mieszkał", "latach 90.=decade 1990-01-01"),
    ("lata dziewięćdziesiąte", "lata dziewięćdziesiąte=decade 1990-01-01"),
    ("w latach sześćdziesiątych XX wieku", "latach sześćdziesiątych XX wieku=decade 1960-01-01"),
    ("w XIX wieku", "XIX wieku=century 1800-01-01"),
    ("w dziewiętnastym stuleciu", "dziewiętnastym stuleciu=century 1800-01-01"),
    ("w 44 p.n.e.", "44 p.n.e.=-0043"),
    ("podczas drugiej wojny światowej", "drugiej wojny światowej=1939-09-01..1945-09-03"),
    // Parts of the year.
    ("w trzecim kwartale 2023 roku", "trzecim kwartale 2023 roku=quarter 2023-07-01"),
    ("w III kwartale 2023", "III kwartale 2023=quarter 2023-07-01"),
    ("w pierwszym półroczu 2023", "pierwszym półroczu 2023=half 2023-01-01"),
    ("latem 2010 roku", "latem 2010 roku=season 2010-06-01"),
    ("zimą 1941/42", "zimą 1941/42=season 1941-12-01"),
    // Weekdays.
    ("w piątek", "piątek=2024-03-15"),
    ("w zeszłą środę", "zeszłą środę=2024-03-13"),
    ("w przyszły wtorek", "przyszły wtorek=2024-03-26"),
    ("w piątek wieczorem", "piątek wieczorem=2024-03-15T18:00..2024-03-16T00:00"),
    ("w poniedziałek o godz. 18.30", "poniedziałek=2024-03-18"),
    ("w poniedziałek o godz. 18:30", "poniedziałek o godz. 18:30=2024-03-18T18:30"),
    // From the reference.
    ("wczoraj, dziś i jutro", "wczoraj=2024-03-19; dziś=2024-03-20; jutro=2024-03-21"),
    ("przedwczoraj i pojutrze", "przedwczoraj=2024-03-18; pojutrze=2024-03-22"),
    ("wczoraj wieczorem", "wczoraj wieczorem=2024-03-19T18:00..2024-03-20T00:00"),
    ("w ubiegłym tygodniu", "ubiegłym tygodniu=week 2024-03-11"),
    ("w przyszłym miesiącu", "przyszłym miesiącu=2024-04"),
    ("w zeszłym roku i w tym roku", "zeszłym roku=2023; tym roku=2024"),
    ("dwa tygodnie temu", "dwa tygodnie temu=week 2024-03-04"),
    ("rok temu", "rok temu=2023"),
    ("za trzy dni", "za trzy dni=2024-03-23"),
    // From the last date mentioned.
    ("3 maja 1999, a następnego dnia", "3 maja 1999=1999-05-03; następnego dnia=1999-05-04"),
    ("W 1724 wyjechał, dwa lata później wrócił.", "1724=1724; dwa lata później=1726"),
    ("W czerwcu 1920 i w tym samym roku", "czerwcu 1920=1920-06; tym samym roku=1920"),
    // Stretches.
    (
        "od 3 do 5 marca 2021",
        "3=2021-03-03; 5 marca 2021=2021-03-05; 3 do 5 marca 2021=2021-03-03..2021-03-06",
    ),
    ("między 2014 a 2022", "2014=2014; 2022=2022; między 2014 a 2022=2014-01-01..2023-01-01"),
    ("od 2014 roku", "2014 roku=2014; od 2014 roku=2014-01-01..2024-03-21"),
    ("1939–1945", "1939=1939; 1945=1945; 1939–1945=1939-01-01..1946-01-01"),
    // Days with names.
    ("w Boże Narodzenie i w Wielkanoc", "Boże Narodzenie=2023-12-25; Wielkanoc=2024-03-31"),
    ("w Wielki Piątek", "Wielki Piątek=2024-03-29"),
    ("w Wigilię 2020 roku", "Wigilię 2020 roku=2020-12-24"),
    // No dates.
    ("w każdy poniedziałek, co miesiąc, co tydzień", ""),
    ("2000 osób, strona 1984, 1.200 euro, 2:1, przez dwa lata", ""),
    ("przez ostatnie dwa lata; drugie miejsce i pierwszy człowiek", ""),
    ("lot 1984 kosztuje 1999 zł", ""),
    ("dzień dobry, powiedziała Maja", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    ("14 marca", "14 marca=--03-14"),
    ("we wrześniu", "wrześniu=--09"),
    ("wczoraj, w piątek, dwa tygodnie temu", ""),
    ("od 2014 roku", "2014 roku=2014"),
];

#[test]
fn the_table_holds() {
    check_all(Language::from_tag("pl").unwrap(), DATED, UNDATED);
}
