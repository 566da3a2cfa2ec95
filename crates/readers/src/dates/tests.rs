//! Dates as metadata writes them.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = match read(text) {
        Reading::Known(time) => time.to_string(),
        Reading::Ambiguous(_) => "ambiguous".to_owned(),
        Reading::None => "none".to_owned(),
    };
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn iso_8601_and_relatives() {
    check("2024", "2024");
    check("2024-03", "2024-03");
    check("2024-03-14", "2024-03-14");
    check("2024/3/14", "2024-03-14");
    check("2024.03.14", "2024-03-14");
    check("2024-03-14T09:30", "2024-03-14T09:30:00");
    check("2024-03-14T09:30:15.123Z", "2024-03-14T09:30:15Z");
    check("2024-03-14T09:30:15,5+02:00", "2024-03-14T09:30:15+02:00");
    check("2024-03-14T09:30:15-0530", "2024-03-14T09:30:15-05:30");
    check("2024-03-14T09:30:15+02", "2024-03-14T09:30:15+02:00");
    check("2024-03-14 09:30:15 +0200", "2024-03-14T09:30:15+02:00");
    check("2024-03-14 09:30:15 UTC", "2024-03-14T09:30:15Z");
    check("2024-03-14 09:30:15", "2024-03-14T09:30:15");
    check("20240314", "2024-03-14");
    check("20240314T093015Z", "2024-03-14T09:30:15Z");
    check("20240314T0930+0100", "2024-03-14T09:30:00+01:00");
    check("20240314093015", "2024-03-14T09:30:15");
    check("2024年3月14日", "2024-03-14");
    check("2024년 3월 14일", "2024-03-14");
    check("2024-03-14T00:30:00+05:00", "2024-03-14T00:30:00+05:00");
    check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
}

#[test]
fn mail_and_log_forms() {
    check("Thu, 14 Mar 2024 09:30:15 +0200", "2024-03-14T09:30:15+02:00");
    check("Thu, 14 Mar 2024 09:30:15 GMT", "2024-03-14T09:30:15Z");
    check("14 Mar 24 09:30 EST", "2024-03-14T09:30:00-05:00");
    check("Thu, 14 Mar 87 09:30 PDT", "1987-03-14T09:30:00-07:00");
    check("Thu Mar 14 09:30:15 2024", "2024-03-14T09:30:15");
    check("Thu Mar 14 09:30:15 +0000 2024", "2024-03-14T09:30:15Z");
    check("Thu Mar 14 09:30:15 UTC 2024", "2024-03-14T09:30:15Z");
    check("Thu Mar 14 2024 09:30:15 GMT+0200 (CEST)", "2024-03-14T09:30:15+02:00");
    check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
    check(" 2-MAR-1987 00:43:42.82", "1987-03-02T00:43:42");
    check("3-MAR-1987  09:15:05.40", "1987-03-03T09:15:05");
    check("27-MAR-1987 00:02:59.13\u{5}\u{5}\u{5}RM", "1987-03-27T00:02:59");
    check("27-MAR-1987 11:58:10.66   F A RM", "1987-03-27T11:58:10");
    check("1710408615", "2024-03-14T09:30:15Z");
    check("1710408615123", "2024-03-14T09:30:15Z");
}

#[test]
fn dates_in_words() {
    check("14 March 2024", "2024-03-14");
    check("March 14, 2024 5:30 pm", "2024-03-14T17:30:00");
    check("Mar. 14th, 2024 at 12:05 a.m. EST", "2024-03-14T00:05:00-05:00");
    check("Published: Thursday, March 14, 2024 | 5pm ET", "2024-03-14T17:00:00");
    check("14th of March 2024", "2024-03-14");
    check("14. März 2024, 17:30 Uhr", "2024-03-14T17:30:00");
    check("14. März 2024, 17.30 Uhr", "2024-03-14T17:30:00");
    check("le 1er mai 2024 à 17h30", "2024-05-01T17:30:00");
    check("Jueves, 14 de marzo de 2024", "2024-03-14");
    check("14 березня 2024 р., 09:30", "2024-03-14T09:30:00");
    check("14 марта 2024 г.", "2024-03-14");
    check("9 مارس 2024", "2024-03-09");
    check("March 2024", "2024-03");
    check("10:30 am, March 14, 2024", "2024-03-14T10:30:00");
    check("09:30 14.03.2024", "2024-03-14T09:30:00");
    check("March 14, 2024 - Updated March 15, 2024", "2024-03-14");
}

/// The same day as each of the twelve languages writes it in metadata.
#[test]
fn one_day_in_every_language() {
    for text in [
        "Thursday, 14 March 2024",
        "Donnerstag, den 14. März 2024",
        "jeudi 14 mars 2024",
        "jueves, 14 de marzo de 2024",
        "giovedì 14 marzo 2024",
        "quinta-feira, 14 de março de 2024",
        "donderdag 14 maart 2024",
        "czwartek, 14 marca 2024 r.",
        "четвер, 14 березня 2024 року",
        "четверг, 14 марта 2024 года",
        "14-го марта 2024 г.",
        "الخميس 14 مارس 2024",
        "١٤ آذار/مارس ٢٠٢٤",
        "۱۴ آذار ۲۰۲۴",
        "14 Mart 2024 Perşembe",
        "14 MART 2024",
        "\u{200f}14/3/2024",
    ] {
        check(text, "2024-03-14");
    }
    check("7 كانون الثاني 2024", "2024-01-07");
    check("7 تشرين الثاني/نوفمبر 2024", "2024-11-07");
    check("3 Kasım'da 2024", "2024-11-03");
    check("1er fe\u{301}vrier 2024", "2024-02-01");
    check("5 out 2024", "2024-10-05");
    check("14 marca 2024, godz. 9:30", "2024-03-14T09:30:00");
    check("14 Mart 2024 saat 09:30", "2024-03-14T09:30:00");
    check("14 березня 2024, о 09:30", "2024-03-14T09:30:00");
    check("14 مارس 2024 الساعة 5:30 مساء", "2024-03-14T17:30:00");
}

/// Lines that hold a date and say what it is, in each language.
#[test]
fn words_around_a_date_in_every_language() {
    for line in [
        "Published on Thursday, 14 March 2024 at 9:30 GMT",
        "Last updated: 14 March 2024",
        "Veröffentlicht am 14. März 2024",
        "Zuletzt aktualisiert: Donnerstag, 14.03.2024, 09:30 Uhr",
        "Publié le 14 mars 2024 à 9h30",
        "Mis à jour le jeudi 14 mars 2024",
        "Publicado el 14 de marzo de 2024 a las 9:30 h",
        "Última actualización: 14 de marzo de 2024",
        "Pubblicato il 14 marzo 2024 alle ore 9:30",
        "Ultimo aggiornamento: 14 marzo 2024",
        "Publicado em 14 de março de 2024 às 9h30",
        "Atualizado em 14 de março de 2024",
        "Gepubliceerd op 14 maart 2024 om 9:30 uur",
        "Laatst bijgewerkt: 14 maart 2024",
        "Opublikowano: 14 marca 2024 r., godz. 9:30",
        "Data aktualizacji: 14 marca 2024",
        "Опубліковано: 14 березня 2024 року о 9:30",
        "Оновлено 14 березня 2024",
        "Опубликовано 14 марта 2024 года в 9:30",
        "Дата публикации: 14 марта 2024 г.",
        "نشر في 14 مارس 2024",
        "آخر تحديث: 14 مارس 2024",
        "Yayınlanma tarihi: 14 Mart 2024",
        "Son güncelleme: 14 Mart 2024 09:30",
    ] {
        assert!(read_line(line).is_some(), "{line}");
    }
}

#[test]
fn a_weekday_decides_what_could_be_two_days() {
    check("Monday 3/4/2024", "2024-03-04");
    check("mercredi 3/4/2024", "2024-04-03");
    check("3/4/2024 09:30, środa", "2024-04-03T09:30:00");
    check("Sunday 3/4/2024", "ambiguous");
}

#[test]
fn the_order_of_numbers_is_told_by_what_is_possible() {
    let check = |text: &str, expected: Option<Order>| assert_eq!(order(text), expected, "{text}");
    check("14/3/2024", Some(Order::DayFirst));
    check("3/14/2024 9:30", Some(Order::MonthFirst));
    check("3-14-2024", Some(Order::MonthFirst));
    check("3/4/2024", None);
    check("14.3.2024", None);
    check("2024-03-14", None);
    check("14/3/24", None);
}

#[test]
fn what_could_be_two_days_is_not_guessed() {
    check("3/4/2024", "ambiguous");
    check("03-04-2024", "ambiguous");
    check("3/14/2024", "2024-03-14");
    check("14/3/2024 9:30", "2024-03-14T09:30:00");
    check("4/4/2024", "2024-04-04");
    check("03.04.2024", "2024-04-03");
    check("03.14.2024", "2024-03-14");
    check("14.03.24", "2024-03-14");
    check("14/03/24", "2024-03-14");
    check("14-03-24", "ambiguous");
    check("14-03-87", "1987-03-14");
    check("87-03-14", "1987-03-14");
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "yesterday",
        "March 14",
        "14 March",
        "30 February 2024",
        "2024-13-01",
        "31/31/2024",
        "99999999",
        "1.2.3",
        "version 2.0",
        "Vol. 14, 2024",
        "12345678901234567890",
        "14:30",
        "T",
        "2024-",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "20241399",
    ] {
        let found = read(text);
        assert!(matches!(found, Reading::None), "{text:?} {found:?}");
    }
}

#[test]
fn a_line_is_a_date_when_nothing_else_is_in_it() {
    let check =
        |text: &str, expected: bool| assert_eq!(read_line(text).is_some(), expected, "{text}");
    check("March 14, 2024", true);
    check("Published on Thursday, 14 March 2024 at 9:30 GMT", true);
    check("Stand: 14. März 2024, 17:30 Uhr", true);
    check("The ferry sank on March 14, 2024", false);
    check("March 14, 2024 was a Thursday of storms", false);
    check("3/4/2024", false);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "([0-9]{1,4}|[-/.,:T +]|Mar|March|am|GMT|\\PC)*") {
        let _ = read(&text);
        let _ = read_line(&text);
    }

    #[test]
    fn what_the_model_writes_reads_back(days in -140_000..=80_000_i32, offset in -840..=840_i16) {
        let date = dateline_article::from_days(days).unwrap();
        let time = Timestamp::Time { local: date.at(9, 30, 15, 0), offset_minutes: Some(offset) };
        proptest::prop_assert_eq!(read(&time.to_string()), Reading::Known(time));
        proptest::prop_assert_eq!(read(&Timestamp::Day(date).to_string()), Reading::Known(Timestamp::Day(date)));
    }
}
