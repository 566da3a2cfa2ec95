//! Values of dates as stretches of days, so that two ways of writing one can be compared.
//!
//! Reads the values of TIMEX3 (`1998-02`, `1998-W06`, `199`, `1998-Q2`, `A/B`) and the edges that `dateline` prints. Its own few lines of
//! arithmetic, not the product's: a measure must not share the faults of what it measures. Days from civil dates after Hinnant.

/// A stretch of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// The first day and the day after the last, counted from 1970-01-01.
    Days(i64, i64),
    /// A month, or a day of it, of no known year.
    Yearless(String),
}

impl Stretch {
    /// Reads a TIMEX3 value; `None` when it names no stretch of the calendar.
    pub(super) fn of_timex(value: &str) -> Option<Self> {
        let value = value.trim().split('T').next().unwrap_or_default();
        if let Some(rest) = value.strip_prefix("--").or_else(|| value.strip_prefix("XXXX-")) {
            let is_shape = matches!(shape(rest).as_str(), "99" | "99-99");
            return is_shape.then(|| Self::Yearless(rest.to_owned()));
        }
        if let Some((first, last)) = value.split_once('/') {
            return match (Self::of_timex(first)?, Self::of_timex(last)?) {
                (Self::Days(start, _), Self::Days(_, end)) => Some(Self::Days(start, end)),
                _ => None,
            };
        }
        let number = |range: std::ops::Range<usize>| value.get(range)?.parse::<i64>().ok();
        let months = |first: i64, count: i64| {
            let year = number(0..4)?;
            Some(Self::Days(month_start(year, first), month_start(year, first + count)))
        };
        match shape(value).as_str() {
            "9999-99-99" => {
                let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
                let length = month_start(year, month + 1) - month_start(year, month);
                let first = month_start(year, month) + day - 1;
                let is_day = (1..=12).contains(&month) && (1..=length).contains(&day);
                is_day.then_some(Self::Days(first, first + 1))
            }
            "9999-99" | "9999-99-XX" => months(number(5..7)?, 1),
            "9999" | "9999-XX" | "9999-XX-XX" => months(1, 12),
            "999" | "999X" => Some(Self::years(number(0..3)? * 10, 10)),
            "99" | "99XX" => Some(Self::years(number(0..2)? * 100, 100)),
            "9999-W99" => Self::week(number(0..4)?, number(6..8)?, 0, 7),
            "9999-W99-WE" => Self::week(number(0..4)?, number(6..8)?, 5, 2),
            "9999-Q9" => months(number(6..7)? * 3 - 2, 3),
            "9999-H9" => months(number(6..7)? * 6 - 5, 6),
            _ => None,
        }
    }

    /// Reads the edges of a date that `dateline` found; times count with their day.
    pub(super) fn of_edges(start: &str, end: &str) -> Option<Self> {
        if let Some(rest) = start.strip_prefix("--") {
            return Some(Self::Yearless(rest.to_owned()));
        }
        let (first, last) = (day(start)?, day(end)?);
        let ends_within = end.contains('T') && !end.contains("T00:00");
        Some(Self::Days(first, last + i64::from(ends_within || first == last)))
    }

    fn years(first: i64, count: i64) -> Self {
        Self::Days(month_start(first, 1), month_start(first + count, 1))
    }

    /// Days of an ISO week from its Monday on.
    fn week(year: i64, week: i64, from: i64, count: i64) -> Option<Self> {
        // The fourth of January is in the first week; 1970-01-01 was a Thursday.
        let fourth = month_start(year, 1) + 3;
        let monday = fourth - (fourth + 3).rem_euclid(7) + (week - 1) * 7;
        (1..=53).contains(&week).then_some(Self::Days(monday + from, monday + from + count))
    }
}

/// The value with `9` for each digit.
fn shape(value: &str) -> String {
    value.chars().map(|sign| if sign.is_ascii_digit() { '9' } else { sign }).collect()
}

/// The day of an edge such as `2024-03-14`, `-0043-01-01` or `2024-03-14T22:30`.
fn day(edge: &str) -> Option<i64> {
    let date = edge.split('T').next()?;
    let (sign, date) = date.strip_prefix('-').map_or((1, date), |date| (-1, date));
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(month_start(sign * year, month) + day - 1)
}

/// The first of a month in days since 1970-01-01; months beyond 12 belong to the years after.
fn month_start(year: i64, month: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12));
    // Years that begin in March, so that the day of a leap year is the last.
    let year = if month < 2 { year - 1 } else { year };
    let days_of_year = (153 * ((month + 10) % 12) + 2) / 5;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + days_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_agree() {
        let check = |value: &str, start: &str, end: &str| {
            let found = Stretch::of_edges(start, end);
            assert_eq!(Stretch::of_timex(value), found, "{value}");
            assert!(found.is_some(), "{value}");
        };
        check("2024-02-29", "2024-02-29", "2024-03-01");
        check("2024-12", "2024-12-01", "2025-01-01");
        check("1998-XX-XX", "1998-01-01", "1999-01-01");
        check("199", "1990-01-01", "2000-01-01");
        check("18XX", "1800-01-01", "1900-01-01");
        check("2024-Q4", "2024-10-01", "2025-01-01");
        check("2024-H2", "2024-07-01", "2025-01-01");
        check("2024-W12", "2024-03-18", "2024-03-25");
        check("2021-W01", "2021-01-04", "2021-01-11");
        check("1998-W53", "1998-12-28", "1999-01-04");
        check("2024-W12-WE", "2024-03-23", "2024-03-25");
        check("2010-06/2010-09", "2010-06-01", "2010-10-01");
        check("--03-14", "--03-14", "--03-15");
        check("XXXX-07", "--07", "--08");
        check("2024-03-14T22:30", "2024-03-14T22:30", "2024-03-14T22:31");
        check("2024-03-14TNI", "2024-03-14T20:00", "2024-03-15T00:00");
    }

    #[test]
    fn what_names_no_stretch() {
        for value in
            ["P3D", "PRESENT_REF", "2024-02-30", "2024-13-01", "2010/..", "XXXX-W12", "2024-SU", ""]
        {
            assert_eq!(Stretch::of_timex(value), None, "{value}");
        }
        assert_eq!(Stretch::of_edges("", ""), None);
    }

    #[test]
    fn days_are_counted_from_1970() {
        let check = |edge: &str, days: i64| assert_eq!(day(edge), Some(days), "{edge}");
        check("1970-01-01", 0);
        check("1969-12-31", -1);
        check("2000-03-01", 11_017);
        check("-0043-01-01", -735_233);
    }
}
