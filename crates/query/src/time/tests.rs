//! Tables of (text → days) on Thursday, 14 March 2024.

use dateline_article::Date;

use super::days;

const TODAY: Date = Date::constant(2024, 3, 14);

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = match days(text, TODAY) {
        Ok(when) => when.to_string(),
        Err(fault) => fault.to_string(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn days_months_quarters_years() {
    check("2024-03-14", "2024-03-14");
    check("2024-3-14", "2024-03-14");
    check("2024-03", "2024-03");
    check("2024", "2024");
    check("2024-Q1", "2024-Q1");
    check("2024q4", "2024-Q4");
    check("20240301", "2024-03-01");
    check("2024/03/01", "2024-03-01");
    check("31.12.2023", "2023-12-31");
    check("--03-14", "--03-14");
    check("--02-29", "--02-29");
    check("--03", "--03");
}

#[test]
fn written_dates() {
    check("1 Jan 2024", "2024-01-01");
    check("January 1, 2024", "2024-01-01");
    check("March 3rd 2024", "2024-03-03");
    check("14. März 2024", "2024-03-14");
    check("Mar 2024", "2024-03");
}

#[test]
fn intervals() {
    check("2024-01-15..2024-03", "2024-01-15..2024-03-31");
    check("2024-01-01..2024-03-31", "2024-Q1");
    check("2024-02-10..", ">=2024-02-10");
    check("..2024-02", "<=2024-02-29");
    check("[2024-01-01 TO 2024-03-31]", "2024-Q1");
    check("{2024-01-01 to 2024-03-31}", "2024-01-02..2024-03-30");
    check("[2024-01 TO 2024-03}", "2024-01-01..2024-02-29");
    check("[2024 TO *]", ">=2024-01-01");
    check("from 1 Jan 2024 to 31 Mar 2024", "2024-Q1");
    check("2019..2024", "2019-01-01..2024-12-31");
}

#[test]
fn comparisons() {
    check(">=2024-03", ">=2024-03-01");
    check(">2024-03", ">=2024-04-01");
    check("<2020", "<=2019-12-31");
    check("<=2020", "<=2020-12-31");
    check("= 2020", "2020");
    check("after 2024-03-01", ">=2024-03-02");
    check("geq 3/31/2024", ">=2024-03-31");
    check("AFT 3/31/2024", ">=2024-04-01");
    check("geq (3/31/2024)", ">=2024-03-31");
    check("since 2023", ">=2023-01-01");
    check("bef 2023", "<=2022-12-31");
    check(">9999-12-31", ">=9999-12-31");
}

#[test]
fn relative_days_count_from_today() {
    check("today", "2024-03-14");
    check("Yesterday", "2024-03-13");
    check("last-7-days", "2024-03-08..2024-03-14");
    check("last 2 weeks", "2024-03-01..2024-03-14");
    check("last-1-month", "2024-02-15..2024-03-14");
    check("last-week", "2024-03-04..2024-03-10");
    check("this-week", "2024-03-11..2024-03-17");
    check("last-month", "2024-02");
    check("this-quarter", "2024-Q1");
    check("last-quarter", "2023-Q4");
    check("this-year", "2024");
    check("last-year", "2023");
    check(">=yesterday", ">=2024-03-13");
}

#[test]
fn what_is_refused() {
    check("3/4/2024", "`3/4/2024` can be 2024-03-04 or 2024-04-03");
    check("3/3/2024", "2024-03-03");
    check("13/32/2024", "`13/32/2024` is not a date");
    check(
        "2024..2019",
        "the interval is back to front: it ends on 2019-12-31, before it begins on 2024-01-01",
    );
    check(
        "{2024-03-14 TO 2024-03-14}",
        "the interval is back to front: it ends on 2024-03-13, before it begins on 2024-03-15",
    );
    check("--12-24..--12-31", "an interval needs a year at both ends");
    check(">=--03-14", "an interval needs a year at both ends");
    for text in [
        "",
        "..",
        "soon",
        "2024-13",
        "2024-02-30",
        "24",
        "last-0-days",
        "last-99999-years",
        "--13",
        "--02-30",
        "[2024]",
        "[",
        "2024-Q5",
        "٢٠٢٤",
        "1 2 2024",
        ">",
        "from 2024",
        "2024-03-14-15",
    ] {
        assert!(days(text, TODAY).is_err(), "{text}");
    }
}

#[test]
fn ranges_are_half_open_days_since_1970() {
    let check = |text: &str, expected: Option<std::ops::Range<i32>>| {
        assert_eq!(days(text, TODAY).unwrap().range(), expected, "{text}");
    };
    check("1970-01", Some(0..31));
    check("1969-12-31", Some(-1..0));
    check("<1970", Some(i32::MIN..0));
    check(">=1970-01-02", Some(1..i32::MAX));
    check("--03-14", None);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = days(&text, TODAY);
    }

    #[test]
    fn what_is_read_prints_back(text in "(>=|<|from |\\[)?(20[0-9][0-9]|--0[0-9]|[0-9]{1,2}/[0-9]{1,2}/2024)(-[01][0-9])?(-[0-3][0-9])?(\\.\\.|\\.\\.2024| to 2025| to 2030\\])?") {
        if let Ok(when) = days(&text, TODAY) {
            proptest::prop_assert_eq!(days(&when.to_string(), TODAY), Ok(when));
        }
    }
}
