//! French.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("le 14 mars 2024", "le 14 mars 2024=2024-03-14"),
    ("jeudi 14 mars 2024", "jeudi 14 mars 2024=2024-03-14"),
    ("le 1er mai 2023", "le 1er mai 2023=2023-05-01"),
    ("le 14/03/2024", "14/03/2024=2024-03-14"),
    ("le 3/4/2024", "3/4/2024=2024-04-03"),
    ("PARIS, 14 mars (AFP)", "14 mars=2024-03-14"),
    ("le 7 nov. 1917", "le 7 nov. 1917=1917-11-07"),
    ("le 31 juin 2021", ""),
    // Months and years.
    ("en mars 2024", "mars 2024=2024-03"),
    ("en octobre", "octobre=2023-10"),
    ("mi-juillet 2023", "mi-juillet 2023=2023-07"),
    ("octobre dernier", "octobre dernier=2023-10"),
    ("En 1984, puis en 1990", "1984=1984; 1990=1990"),
    ("les années 1990", "les années 1990=decade 1990-01-01"),
    ("les années soixante", "les années soixante=decade 1960-01-01"),
    ("au XIXe siècle", "XIXe siècle=century 1800-01-01"),
    ("au 19e siècle", "19e siècle=century 1800-01-01"),
    ("en 44 av. J.-C.", "44 av. J.-C.=-0043"),
    ("au troisième trimestre 2023", "troisième trimestre 2023=quarter 2023-07-01"),
    ("l'été 2010", "l'été 2010=season 2010-06-01"),
    ("début 2023", "début 2023=2023"),
    // From the reference.
    ("vendredi", "vendredi=2024-03-15"),
    ("mercredi dernier", "mercredi dernier=2024-03-13"),
    ("mardi prochain", "mardi prochain=2024-03-26"),
    ("hier soir", "hier soir=2024-03-19T18:00..2024-03-20T00:00"),
    ("aujourd'hui et après-demain", "aujourd'hui=2024-03-20; après-demain=2024-03-22"),
    ("aujourd’hui", "aujourd’hui=2024-03-20"),
    ("la semaine dernière", "la semaine dernière=week 2024-03-11"),
    ("le mois prochain", "le mois prochain=2024-04"),
    ("l'an dernier", "l'an dernier=2023"),
    ("cette année", "cette année=2024"),
    ("il y a deux semaines", "il y a deux semaines=week 2024-03-04"),
    ("il y a un an", "il y a un an=2023"),
    ("lundi à 18h30", "lundi à 18h30=2024-03-18T18:30"),
    // From the last date mentioned.
    ("Le 3 mai 1999 et le lendemain", "Le 3 mai 1999=1999-05-03; le lendemain=1999-05-04"),
    ("En 1724 il partit, deux ans plus tard il revint.", "1724=1724; deux ans plus tard=1726"),
    ("En juin 1920 il naquit; cette année-là il neigea.", "juin 1920=1920-06; cette année-là=1920"),
    // Stretches.
    (
        "du 3 au 5 mars 2021",
        "3=2021-03-03; 5 mars 2021=2021-03-05; 3 au 5 mars 2021=2021-03-03..2021-03-06",
    ),
    ("entre 2014 et 2022", "2014=2014; 2022=2022; entre 2014 et 2022=2014-01-01..2023-01-01"),
    ("depuis 2014", "2014=2014; depuis 2014=2014-01-01..2024-03-21"),
    // What is no date.
    ("chaque lundi, tous les mois, par semaine", ""),
    ("2000 personnes, page 1984, 1 200 euros, 2-1, pendant deux ans", ""),
    ("La sonde arrive sur Mars. Le second tour et le premier homme", ""),
    // Phases, named days, parts of the year.
    ("à la mi-juillet", "mi-juillet=2023-07"),
    ("fin mars", "fin mars=2024-03"),
    ("à Noël et à Pâques", "Noël=2023-12-25; Pâques=2024-03-31"),
    ("le lundi de Pâques", "lundi de Pâques=2024-04-01"),
    ("à la Toussaint", "Toussaint=2023-11-01"),
    ("la Seconde Guerre mondiale", "Seconde Guerre mondiale=1939-09-01..1945-09-03"),
    ("au premier semestre 2023", "premier semestre 2023=half 2023-01-01"),
    ("l'hiver 1941-42", "l'hiver 1941-42=season 1941-12-01"),
    ("l'été dernier", "l'été dernier=season 2023-06-01"),
    ("ce soir", "ce soir=2024-03-20T18:00..2024-03-21T00:00"),
    ("avant-hier", "avant-hier=2024-03-18"),
    ("ce week-end", "ce week-end=weekend 2024-03-16"),
    ("de 2014 à 2022", "2014=2014; 2022=2022; 2014 à 2022=2014-01-01..2023-01-01"),
    ("1939-1945", "1939=1939; 1945=1945; 1939-1945=1939-01-01..1946-01-01"),
    ("au 1er trimestre 2023", "1er trimestre 2023=quarter 2023-01-01"),
    ("la veille du 3 mai 1999", "3 mai 1999=1999-05-03"),
    ("vol 1984, toutes les semaines, chaque année", ""),
    ("les deux dernières années, ces trois derniers jours", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    // Days.
    ("le 14 mars", "le 14 mars=--03-14"),
    // Months and years.
    ("fin septembre", "fin septembre=--09"),
    // From the reference.
    ("hier, vendredi, il y a un an", ""),
];

#[test]
fn the_table_holds() {
    check_all(Language::FRENCH, DATED, UNDATED);
}
