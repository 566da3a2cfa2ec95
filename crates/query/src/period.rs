//! Periods of the calendar in an unbroken row: days, ISO weeks, months, quarters, years.
//!
//! A period is the number of its unit since the epoch (months and quarters: since year 0), so neighbours differ by one. Weeks are those of ISO 8601:
//! from Monday, in the year that has their Thursday.

use dateline_article::{Date, days_since_epoch, from_days};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

/// Days from the Monday before the epoch's first day to that day.
const MONDAY_OFFSET: i32 = 3;

impl Unit {
    /// All, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The period that has the day `days` after 1970-01-01; `None` beyond the calendar's ends.
    pub fn of(self, days: i32) -> Option<i32> {
        let date = from_days(days)?;
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        Some(match self {
            Self::Day => days,
            Self::Week => days.checked_add(MONDAY_OFFSET)?.div_euclid(7),
            Self::Month => year * 12 + month,
            Self::Quarter => year * 4 + month / 3,
            Self::Year => year,
        })
    }

    /// The first day of a period, in days since 1970-01-01; `None` beyond the calendar's ends.
    pub fn first_day(self, period: i32) -> Option<i32> {
        let date = |year: i32, month: i32| {
            let month = i8::try_from(month + 1).ok()?;
            Date::new(i16::try_from(year).ok()?, month, 1).ok().map(days_since_epoch)
        };
        match self {
            Self::Day => from_days(period).map(days_since_epoch),
            Self::Week => period.checked_mul(7)?.checked_sub(MONDAY_OFFSET),
            Self::Month => date(period.div_euclid(12), period.rem_euclid(12)),
            Self::Quarter => date(period.div_euclid(4), period.rem_euclid(4) * 3),
            Self::Year => date(period, 0),
        }
    }

    /// How a period is written: `2024-03-14`, `2024-W11`, `2024-03`, `2024-Q1`, `2024`.
    pub fn name(self, period: i32) -> String {
        match self {
            Self::Day => from_days(period).map(|date| date.to_string()).unwrap_or_default(),
            Self::Week => {
                // The year of a week is that of its Thursday.
                let thursday = self.first_day(period).and_then(|monday| from_days(monday + 3));
                thursday.map_or_else(String::new, |thursday| {
                    let week = (thursday.day_of_year() - 1) / 7 + 1;
                    format!("{:04}-W{week:02}", thursday.year())
                })
            }
            Self::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            Self::Quarter => format!("{:04}-Q{}", period.div_euclid(4), period.rem_euclid(4) + 1),
            Self::Year => format!("{period:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(date: &str) -> i32 {
        days_since_epoch(date.parse().unwrap())
    }

    #[test]
    fn names() {
        let check = |unit: Unit, day: &str, expected: &str| {
            assert_eq!(unit.name(unit.of(days(day)).unwrap()), expected, "{unit:?} of {day}");
        };
        check(Unit::Day, "2024-03-14", "2024-03-14");
        check(Unit::Week, "2024-03-14", "2024-W11");
        check(Unit::Week, "2024-03-17", "2024-W11");
        check(Unit::Week, "2024-03-18", "2024-W12");
        check(Unit::Week, "2024-12-30", "2025-W01");
        check(Unit::Week, "2021-01-03", "2020-W53");
        check(Unit::Week, "1969-12-29", "1970-W01");
        check(Unit::Month, "2024-03-14", "2024-03");
        check(Unit::Month, "1851-12-31", "1851-12");
        check(Unit::Quarter, "2024-03-31", "2024-Q1");
        check(Unit::Quarter, "2024-04-01", "2024-Q2");
        check(Unit::Year, "0044-03-15", "0044");
    }

    proptest::proptest! {
        #[test]
        fn a_period_begins_where_the_one_before_ends(day in -4_000_000..2_900_000_i32) {
            for unit in Unit::ALL {
                let period = unit.of(day).unwrap();
                let (first, next) = (unit.first_day(period).unwrap(), unit.first_day(period + 1).unwrap());
                proptest::prop_assert!(first <= day && day < next);
                proptest::prop_assert_eq!(unit.of(first), Some(period));
                proptest::prop_assert_eq!(unit.of(next - 1), Some(period));
            }
        }
    }
}
