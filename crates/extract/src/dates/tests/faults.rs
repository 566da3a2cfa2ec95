//! Faults that other programs had (numbers as in the project's list of them), each by its kind.

use dateline_article::Language;

use super::check_in;

#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::ENGLISH, text, "2024-03-20", expected);
}

#[test]
fn a_text_without_a_date_has_none_b005() {
    check("That was the year of the flood; the papers are in the annex.", "");
}

#[test]
fn coordinates_money_and_groups_of_figures_are_no_dates_b007() {
    check(
        "The wreck lies at 41° 12'S; the state paid 664200 marks, 81 30 and 12,00 4 per head, and 250M more.",
        "",
    );
}

#[test]
fn a_stray_number_before_a_date_is_no_part_of_it_b008() {
    check(
        "The list of 17 25 October 2016 convoys was kept. At 25 October 2016 E'000 was the unit.",
        "25 October 2016=2016-10-25..2016-10-26 day; 25 October 2016=2016-10-25..2016-10-26 day",
    );
}

#[test]
fn an_abbreviated_month_with_a_full_stop_splits_nothing_b010() {
    check(
        "The treaty was signed on 27 Aug. 1994 in Ostrava.",
        "27 Aug. 1994=1994-08-27..1994-08-28 day",
    );
    check("Sept. 3, 2001", "Sept. 3, 2001=2001-09-03..2001-09-04 day");
    check("3. Sept. 2001", "3. Sept. 2001=2001-09-03..2001-09-04 day");
}

#[test]
fn a_missing_space_after_the_comma_keeps_the_year_b053() {
    check(
        "Posted June 18,2016 at 9:40AM",
        "June 18,2016 at 9:40AM=2016-06-18T09:40..2016-06-18T09:41 minute",
    );
}

#[test]
fn a_month_and_year_are_a_month_on_any_day_b055() {
    for reference in ["2024-01-31", "2024-02-01", ""] {
        check_in(
            Language::ENGLISH,
            "The plan dates from Feb 2011.",
            reference,
            "Feb 2011=2011-02-01..2011-03-01 month",
        );
    }
}

#[test]
fn the_year_beside_the_month_is_the_dates_b056() {
    check(
        "2008 Ostra Harbour Pension Fund, signed OCTOBER 9, 2010.",
        "2008=2008-01-01..2009-01-01 year; OCTOBER 9, 2010=2010-10-09..2010-10-10 day",
    );
}

#[test]
fn a_relative_date_hides_no_other_b079() {
    check(
        "Sessions of 17/8/2009 and 10/12/2014 stand. One more came last Friday. Then 5-5-1996 and the 4th of July 2041.",
        "17/8/2009=2009-08-17..2009-08-18 day; 10/12/2014=2014-12-10..2014-12-11 day; last Friday=2024-03-15..2024-03-16 day; \
         5-5-1996=1996-05-05..1996-05-06 day; the 4th of July 2041=2041-07-04..2041-07-05 day",
    );
    // Nothing tells the month from the day.
    check("Sessions of 7/8/2009 and 10/12/2014 stand.", "");
}

#[test]
fn may_is_a_month_where_it_stands_as_one_b080() {
    check(
        "Which bills passed during May? It may act. May the talks succeed. The vote on 3 May failed.",
        "May=2024-05-01..2024-06-01 month; 3 May=2024-05-03..2024-05-04 day",
    );
}

#[test]
fn ordinals_in_prose_are_no_dates_b082() {
    check("It was the first bridge built, the second largest port, on the third attempt.", "");
}

#[test]
fn dates_side_by_side_stay_apart_b083() {
    check(
        "3.07.216 Oct. 2, 2019 Nov. 15, 2018 none; 6/12/2019 12/22/2018",
        "Oct. 2, 2019=2019-10-02..2019-10-03 day; Nov. 15, 2018=2018-11-15..2018-11-16 day; 6/12/2019=2019-06-12..2019-06-13 day; \
         12/22/2018=2018-12-22..2018-12-23 day",
    );
}

#[test]
fn a_day_that_the_month_lacks_is_no_date_b085() {
    check("The deadline is 31 June 2021; also 30 February and 2021-13-45.", "");
}

#[test]
fn runs_of_digits_are_no_dates_b086() {
    check("Case no. 3172014, phone 20211399, invoice 19991231-7.", "");
    check("The file of 20240314 is lost.", "20240314=2024-03-14..2024-03-15 day");
}

#[test]
fn a_month_and_year_are_no_day_u031() {
    check("in July 2018", "July 2018=2018-07-01..2018-08-01 month");
}

#[test]
fn weekdays_are_whole_words_u032() {
    check("information fripple", "");
    check("Page 1 of 1", "");
}

#[test]
fn a_serial_number_is_no_date_u059() {
    check(
        "Rebuilding better after Covid-19, part 1\nFebruary 10, 2021 Wednesday",
        "February 10, 2021 Wednesday=2021-02-10..2021-02-11 day",
    );
}

#[test]
fn relative_dates_count_from_the_publication_u130() {
    check_in(
        Language::ENGLISH,
        "They meet next Tuesday.",
        "1994-06-01",
        "next Tuesday=1994-06-07..1994-06-08 day",
    );
    check_in(Language::ENGLISH, "They meet next Tuesday.", "", "");
}

/// The same kinds in other words and languages.
#[test]
fn kinds_in_other_languages() {
    let check = |tag: &str, text: &str, expected: &str| {
        check_in(Language::from_tag(tag).unwrap(), text, "2024-03-20", expected);
    };
    // B005, B082: no date in a phrase with the words of one.
    check("de", "Das war das Jahr der Flut; der dritte Platz, das zweite Mal.", "");
    check("fr", "C'était l'année du déluge, le second tour, la première fois.", "");
    check("it", "Era l'anno del diluvio, il secondo porto, la terza volta.", "");
    check("ru", "Это был год потопа, второй порт, третья попытка.", "");
    // B007: money, groups of figures.
    check("de", "Es kostete 1.999 Euro, 12,50 Mark, Tel. 030 1984 2001.", "");
    check("pl", "Kosztował 1999 zł, 12,50 euro, tel. 22 198 20 01.", "");
    // B008, B083: a figure or a date beside the date.
    check(
        "de",
        "Die Liste der 17 25. Oktober 2016 Züge",
        "25. Oktober 2016=2016-10-25..2016-10-26 day",
    );
    check(
        "fr",
        "2 oct. 2019 15 nov. 2018",
        "2 oct. 2019=2019-10-02..2019-10-03 day; 15 nov. 2018=2018-11-15..2018-11-16 day",
    );
    // B010: an abbreviation with its full stop.
    check("nl", "op 27 aug. 1994 in Delft", "27 aug. 1994=1994-08-27..1994-08-28 day");
    check("ru", "27 авг. 1994 в Орле", "27 авг. 1994=1994-08-27..1994-08-28 day");
    // B055, U031: a month and a year.
    for (tag, text) in
        [("de", "Juli 2018"), ("fr", "juillet 2018"), ("it", "luglio 2018"), ("pl", "lipcu 2018")]
    {
        check(tag, &format!("… {text}."), &format!("{text}=2018-07-01..2018-08-01 month"));
    }
    // B056: two years in a line.
    check(
        "es",
        "2008 Fondo del Puerto, firmado el 9 de octubre de 2010.",
        "2008=2008-01-01..2009-01-01 year; el 9 de octubre de 2010=2010-10-09..2010-10-10 day",
    );
    // B080: May and its like.
    check("de", "Im Mai tagt der Rat.", "Mai=2024-05-01..2024-06-01 month");
    check("nl", "In mei komt Ellen Mei.", "mei=2024-05-01..2024-06-01 month");
    // B085: days that the month lacks.
    for (tag, text) in [
        ("de", "am 31. April 2021"),
        ("fr", "le 30 février 2021"),
        ("it", "il 31 aprile 2021"),
        ("nl", "op 31 juni 2021"),
        ("pt", "em 30 de fevereiro de 2021"),
        ("pl", "31 kwietnia 2021"),
        ("ru", "31 апреля 2021"),
        ("uk", "31 квітня 2021"),
    ] {
        check(tag, text, "");
    }
    // B086: runs of digits.
    check("de", "Akte 3172014, Telefon 20211399, Rechnung 19991231-7.", "");
    // U032: parts of words, and words that abbreviate a weekday.
    check("de", "So ging das Modell; mi amor, do re mi", "");
    check("nl", "zo ging het; ma en pa", "");
    // U130: from the day of publication.
    check("fr", "mardi prochain", "mardi prochain=2024-03-26..2024-03-27 day");
}
