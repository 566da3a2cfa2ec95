//! Italian.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("il 14 marzo 2024", "14 marzo 2024=2024-03-14"),
    ("giovedì 14 marzo 2024", "giovedì 14 marzo 2024=2024-03-14"),
    ("giovedì, 14 marzo", "giovedì, 14 marzo=2024-03-14"),
    ("il 1º maggio 2023", "1º maggio 2023=2023-05-01"),
    ("il primo maggio 2023", "primo maggio 2023=2023-05-01"),
    ("il 14/03/2024", "14/03/2024=2024-03-14"),
    ("il 3/4/2024", "3/4/2024=2024-04-03"),
    ("14.3.2024", "14.3.2024=2024-03-14"),
    ("ROMA, 14 mar. 2024", "14 mar. 2024=2024-03-14"),
    ("l'8 settembre 1943", "8 settembre 1943=1943-09-08"),
    ("il 7 novembre", "7 novembre=2023-11-07"),
    ("il 31 giugno 2021", ""),
    ("il 12 ottobre dell'anno scorso", "12 ottobre dell'anno scorso=2023-10-12"),
    // Months and years.
    ("nel marzo 2024", "marzo 2024=2024-03"),
    ("nel marzo del 2024", "marzo del 2024=2024-03"),
    ("a ottobre", "ottobre=2023-10"),
    ("lo scorso ottobre", "scorso ottobre=2023-10"),
    ("nel maggio dell'anno scorso", "maggio dell'anno scorso=2023-05"),
    ("a metà luglio 2023", "metà luglio 2023=2023-07"),
    ("alla fine di settembre", "fine di settembre=2023-09"),
    ("Nel 1984 e nel 1990", "1984=1984; 1990=1990"),
    ("l'anno 1492", "l'anno 1492=1492"),
    ("inizio 2023", "inizio 2023=2023"),
    // Decades and centuries.
    ("gli anni '90", "gli anni '90=decade 1990-01-01"),
    ("negli anni Novanta", "anni Novanta=decade 1990-01-01"),
    ("gli anni 1960", "gli anni 1960=decade 1960-01-01"),
    ("nel XIX secolo", "XIX secolo=century 1800-01-01"),
    ("il diciannovesimo secolo", "diciannovesimo secolo=century 1800-01-01"),
    ("la pittura dell'Ottocento", "dell'Ottocento=century 1800-01-01"),
    ("nel 44 a.C.", "44 a.C.=-0043"),
    ("la seconda guerra mondiale", "seconda guerra mondiale=1939-09-01..1945-09-03"),
    // Parts of the year.
    ("nel terzo trimestre del 2023", "terzo trimestre del 2023=quarter 2023-07-01"),
    ("nel primo semestre del 2023", "primo semestre del 2023=half 2023-01-01"),
    ("l'estate del 2010", "l'estate del 2010=season 2010-06-01"),
    ("nell'inverno 1941-42", "inverno 1941-42=season 1941-12-01"),
    ("la scorsa estate", "scorsa estate=season 2023-06-01"),
    // Weekdays.
    ("venerdì", "venerdì=2024-03-15"),
    ("mercoledì scorso", "mercoledì scorso=2024-03-13"),
    ("martedì prossimo", "martedì prossimo=2024-03-26"),
    ("venerdì sera", "venerdì sera=2024-03-15T18:00..2024-03-16T00:00"),
    ("lunedì alle 18:30", "lunedì alle 18:30=2024-03-18T18:30"),
    // From the reference.
    ("ieri, oggi e domani", "ieri=2024-03-19; oggi=2024-03-20; domani=2024-03-21"),
    ("l'altro ieri", "l'altro ieri=2024-03-18"),
    ("stasera", "stasera=2024-03-20T18:00..2024-03-21T00:00"),
    ("ieri sera", "ieri sera=2024-03-19T18:00..2024-03-20T00:00"),
    ("la settimana scorsa", "settimana scorsa=week 2024-03-11"),
    ("il mese prossimo", "mese prossimo=2024-04"),
    ("l'anno scorso e quest'anno", "anno scorso=2023; quest'anno=2024"),
    ("due settimane fa", "due settimane fa=week 2024-03-04"),
    ("un anno fa", "un anno fa=2023"),
    ("fra tre giorni", "fra tre giorni=2024-03-23"),
    // From the last date mentioned.
    ("Il 3 maggio 1999 e il giorno dopo", "3 maggio 1999=1999-05-03; il giorno dopo=1999-05-04"),
    ("Nel 1724 partì; due anni dopo tornò.", "1724=1724; due anni dopo=1726"),
    (
        "Nel giugno 1920 nacque; quello stesso anno nevicò.",
        "giugno 1920=1920-06; quello stesso anno=1920",
    ),
    // Stretches.
    (
        "dal 3 al 5 marzo 2021",
        "3=2021-03-03; 5 marzo 2021=2021-03-05; 3 al 5 marzo 2021=2021-03-03..2021-03-06",
    ),
    ("tra il 2014 e il 2022", "2014=2014; 2022=2022"),
    ("tra 2014 e 2022", "2014=2014; 2022=2022; tra 2014 e 2022=2014-01-01..2023-01-01"),
    ("dal 2014", "2014=2014; dal 2014=2014-01-01..2024-03-21"),
    ("1941-1945", "1941=1941; 1945=1945; 1941-1945=1941-01-01..1946-01-01"),
    // Days with names.
    ("a Natale e a Pasqua", "Natale=2023-12-25; Pasqua=2024-03-31"),
    ("il venerdì santo", "venerdì santo=2024-03-29"),
    ("a Ferragosto", "Ferragosto=2023-08-15"),
    // No dates.
    ("ogni lunedì, tutti i mesi, alla settimana", ""),
    ("2000 persone, pagina 1984, 1.200 euro, 2-1, per due anni", ""),
    ("negli ultimi due anni", ""),
    ("il volo 1984 costa 1999 euro", ""),
    ("il secondo posto, il primo uomo", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    ("il 14 marzo", "14 marzo=--03-14"),
    ("a settembre", "settembre=--09"),
    ("ieri, venerdì, due settimane fa", ""),
    ("dal 2014", "2014=2014"),
];

#[test]
fn the_table_holds() {
    check_all(Language::from_tag("it").unwrap(), DATED, UNDATED);
}
