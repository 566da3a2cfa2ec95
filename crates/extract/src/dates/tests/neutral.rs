//! Languages without a file of their own.

use dateline_article::Language;

use super::check_in;

#[track_caller]
fn check(tag: &str, text: &str, expected: &str) {
    check_in(Language::from_tag(tag).unwrap(), text, "2024-03-20", expected);
}

#[test]
fn days_in_figures() {
    check(
        "it",
        "Il 2024-03-14 e il 14/3/2024",
        "2024-03-14=2024-03-14..2024-03-15 day; 14/3/2024=2024-03-14..2024-03-15 day",
    );
    check("pl", "dnia 14.03.2024 r.", "14.03.2024=2024-03-14..2024-03-15 day");
    check("it", "il 3/4/2024", "");
    check("ru", "5:3, 1984 человек, 12,50", "");
}

#[test]
fn days_with_a_months_name() {
    check("it", "il 14 marzo 2024", "14 marzo 2024=2024-03-14..2024-03-15 day");
    check("pt", "em 14 de março de 2024", "14 de março de 2024=2024-03-14..2024-03-15 day");
    check("nl", "op 14 maart 2024", "14 maart 2024=2024-03-14..2024-03-15 day");
    check("pl", "14 marca 2024 roku", "14 marca 2024=2024-03-14..2024-03-15 day");
    check("ru", "14 марта 2024 года", "14 марта 2024=2024-03-14..2024-03-15 day");
    check("uk", "14 березня", "14 березня=2024-03-14..2024-03-15 day");
    check("it", "a maggio e a giugno", "");
}
