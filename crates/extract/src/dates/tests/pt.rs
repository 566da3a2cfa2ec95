//! Portuguese.

use dateline_article::Language;

use super::check_all;

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("em 14 de março de 2024", "14 de março de 2024=2024-03-14"),
    ("quinta-feira, 14 de março de 2024", "quinta-feira, 14 de março de 2024=2024-03-14"),
    ("na quinta-feira, 14 de março", "quinta-feira, 14 de março=2024-03-14"),
    ("sábado, dia 16 de março", "sábado, dia 16 de março=2024-03-16"),
    ("em 1º de maio de 2023", "1º de maio de 2023=2023-05-01"),
    ("em 14/03/2024", "14/03/2024=2024-03-14"),
    ("em 3/4/2024", "3/4/2024=2024-04-03"),
    ("14.3.2024", "14.3.2024=2024-03-14"),
    ("LISBOA, 14 mar. 2024", "14 mar. 2024=2024-03-14"),
    ("em 7 de novembro", "7 de novembro=2023-11-07"),
    ("em 31 de junho de 2021", ""),
    ("em 12 de outubro do ano passado", "12 de outubro do ano passado=2023-10-12"),
    // Months and years.
    ("em março de 2024", "março de 2024=2024-03"),
    ("em outubro", "outubro=2023-10"),
    ("em outubro passado", "outubro passado=2023-10"),
    ("em maio do ano passado", "maio do ano passado=2023-05"),
    ("em meados de julho de 2023", "meados de julho de 2023=2023-07"),
    ("no fim de setembro", "fim de setembro=2023-09"),
    ("Em 1984 e em 1990", "1984=1984; 1990=1990"),
    ("no ano de 1500", "ano de 1500=1500"),
    ("no início de 2023", "início de 2023=2023"),
    // Decades and centuries.
    ("nos anos 90", "nos anos 90=decade 1990-01-01"),
    ("os anos noventa", "os anos noventa=decade 1990-01-01"),
    ("na década de 1960", "década de 1960=decade 1960-01-01"),
    ("na década de 60", "década de 60=decade 1960-01-01"),
    ("no século XIX", "século XIX=century 1800-01-01"),
    ("em 44 a.C.", "44 a.C.=-0043"),
    ("a Segunda Guerra Mundial", "Segunda Guerra Mundial=1939-09-01..1945-09-03"),
    // Parts of the year.
    ("no terceiro trimestre de 2023", "terceiro trimestre de 2023=quarter 2023-07-01"),
    ("no primeiro semestre de 2023", "primeiro semestre de 2023=half 2023-01-01"),
    ("no verão de 2010", "verão de 2010=season 2010-06-01"),
    ("no inverno de 1941-42", "inverno de 1941-42=season 1941-12-01"),
    (
        "o ano letivo de 2023/24",
        "ano letivo de 2023=2023; 24=2024; ano letivo de 2023/24=2023-01-01..2025-01-01",
    ),
    // Weekdays.
    ("na sexta-feira", "sexta-feira=2024-03-15"),
    ("no sábado", "sábado=2024-03-16"),
    ("na quarta-feira passada", "quarta-feira passada=2024-03-13"),
    ("na próxima terça-feira", "próxima terça-feira=2024-03-26"),
    ("na segunda-feira às 18h30", "segunda-feira às 18h30=2024-03-18T18:30"),
    ("na sexta-feira à noite", "sexta-feira à noite=2024-03-15T20:00..2024-03-16T00:00"),
    // From the reference.
    ("ontem, hoje e amanhã", "ontem=2024-03-19; hoje=2024-03-20; amanhã=2024-03-21"),
    ("anteontem e depois de amanhã", "anteontem=2024-03-18; depois de amanhã=2024-03-22"),
    ("ontem à tarde", "ontem à tarde=2024-03-19T12:00..2024-03-19T18:00"),
    ("na semana passada", "semana passada=week 2024-03-11"),
    ("no próximo mês", "próximo mês=2024-04"),
    ("no ano passado e neste ano", "ano passado=2023; neste ano=2024"),
    ("no ano que vem", "ano que vem=2025"),
    ("há duas semanas", "há duas semanas=week 2024-03-04"),
    ("um ano atrás", "um ano atrás=2023"),
    ("no fim de semana", "fim de semana=weekend 2024-03-16"),
    // From the last date mentioned.
    (
        "Em 3 de maio de 1999 e no dia seguinte",
        "3 de maio de 1999=1999-05-03; no dia seguinte=1999-05-04",
    ),
    ("Em 1724 partiu; dois anos depois voltou.", "1724=1724; dois anos depois=1726"),
    ("Em junho de 1920 nasceu; nesse ano nevou.", "junho de 1920=1920-06; nesse ano=1920"),
    // Stretches.
    (
        "de 3 a 5 de março de 2021",
        "3=2021-03-03; 5 de março de 2021=2021-03-05; 3 a 5 de março de 2021=2021-03-03..2021-03-06",
    ),
    ("entre 2014 e 2022", "2014=2014; 2022=2022; entre 2014 e 2022=2014-01-01..2023-01-01"),
    ("desde 2014", "2014=2014; desde 2014=2014-01-01..2024-03-21"),
    ("1939-1945", "1939=1939; 1945=1945; 1939-1945=1939-01-01..1946-01-01"),
    // Days with names.
    ("no Natal e na Páscoa", "Natal=2023-12-25; Páscoa=2024-03-31"),
    ("na Sexta-Feira Santa", "Sexta-Feira Santa=2024-03-29"),
    ("na Quarta-feira de Cinzas", "Quarta-feira de Cinzas=2024-02-14"),
    // No dates.
    ("cada domingo, todas as segundas, todos os meses, por semana", ""),
    ("2000 pessoas, página 1984, 1.200 euros, 2-1, durante dois anos", ""),
    ("nos últimos dois anos; a segunda vez; a quinta posição", ""),
    ("o voo 1984 custa 1999 reais", ""),
    ("hoje em dia", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    ("em 14 de março", "14 de março=--03-14"),
    ("em setembro", "setembro=--09"),
    ("ontem, sexta-feira, há duas semanas", ""),
    ("desde 2014", "2014=2014"),
];

#[test]
fn the_table_holds() {
    check_all(Language::from_tag("pt").unwrap(), DATED, UNDATED);
}
