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
        "tr",
        "2024-03-14 ve 14/3/2024",
        "2024-03-14=2024-03-14..2024-03-15 day; 14/3/2024=2024-03-14..2024-03-15 day",
    );
    check("sv", "den 14.03.2024 kl.", "14.03.2024=2024-03-14..2024-03-15 day");
    check("tr", "3/4/2024", "");
    check("el", "5:3, 1984 άτομα, 12,50", "");
}

#[test]
fn days_with_a_months_name() {
    check("tr", "14 Mart 2024", "14 Mart 2024=2024-03-14..2024-03-15 day");
    check("tr", "14 Ağustos", "14 Ağustos=2023-08-14..2023-08-15 day");
    check("ar", "14 مارس 2024", "14 مارس 2024=2024-03-14..2024-03-15 day");
    check("sv", "den 14 april 2024", "14 april 2024=2024-04-14..2024-04-15 day");
    check("gl", "14 de setembro de 2023", "14 de setembro de 2023=2023-09-14..2023-09-15 day");
    check("tr", "Mart ve Ağustos", "");
}
