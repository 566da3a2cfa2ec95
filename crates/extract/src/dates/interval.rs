//! Stretches of the calendar and the arithmetic on them: the day, week, month … that holds a day, and the one so many later.
//!
//! No text and no guessing: every function takes known days. Weeks begin on Monday (ISO 8601); seasons are the meteorological ones
//! of the northern half with the month in which the next begins by the sun (spring = March to June); centuries and decades run from the year that names them (1900 to 1999).

use dateline_article::{Date, DateTime, Edge, Granularity, days_since_epoch, from_days};

/// What a length of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A stretch of the calendar, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) start: Edge,
    pub(super) end: Edge,
    pub(super) granularity: Granularity,
}

impl Interval {
    pub(super) fn day(day: Date) -> Option<Self> {
        Self::days(day, 1, Granularity::Day)
    }

    /// `count` days from `first`.
    pub(super) fn days(first: Date, count: i32, granularity: Granularity) -> Option<Self> {
        let end = Edge::Day(plus_days(first, count)?);
        Some(Self { start: Edge::Day(first), end, granularity })
    }

    /// `count` months from `month` of `year`.
    pub(super) fn months(
        year: i32,
        month: i32,
        count: i32,
        granularity: Granularity,
    ) -> Option<Self> {
        let start = Edge::Day(first_of_month(year, month)?);
        Some(Self { start, end: Edge::Day(first_of_month(year, month + count)?), granularity })
    }

    pub(super) fn month(year: i32, month: u8) -> Option<Self> {
        Self::months(year, i32::from(month), 1, Granularity::Month)
    }

    /// `count` years from `first`.
    pub(super) fn years(first: i32, count: i32, granularity: Granularity) -> Option<Self> {
        Self::months(first, 1, count * 12, granularity)
    }

    pub(super) fn year(year: i32) -> Option<Self> {
        Self::years(year, 1, Granularity::Year)
    }

    /// A month, or a day of it, in a year that cannot be known; `None` for a day that no year has.
    pub(super) fn recurring(month: u8, day: Option<u8>) -> Option<Self> {
        let start = Edge::Yearless { month, day };
        // 2000 is a leap year: 29 February is a day.
        let after =
            |date: Date| Some((u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?));
        let end = match day {
            Some(day) => {
                let (month, day) = after(plus_days(civil(2000, month, day)?, 1)?)?;
                Edge::Yearless { month, day: Some(day) }
            }
            None => Edge::Yearless { month: month % 12 + 1, day: None },
        };
        (1..=12).contains(&month).then_some(Self {
            start,
            end,
            granularity: Granularity::Recurring,
        })
    }

    /// The hours `from` to `until` of `day`; `until` may be 24.
    pub(super) fn hours(day: Date, from: i8, until: i8) -> Option<Self> {
        let end =
            if until > 23 { plus_days(day, 1)?.at(0, 0, 0, 0) } else { day.at(until, 0, 0, 0) };
        let start = Edge::Minute(day.at(from.clamp(0, 23), 0, 0, 0));
        Some(Self { start, end: Edge::Minute(end), granularity: Granularity::Part })
    }

    /// The minute `hour`:`minute` of `day`.
    pub(super) fn minute(day: Date, hour: u8, minute: u8) -> Option<Self> {
        let at = |date: Date, hour: u8, minute: u8| -> Option<DateTime> {
            let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
            ((0..24).contains(&hour) && (0..60).contains(&minute))
                .then(|| date.at(hour, minute, 0, 0))
        };
        let end = match (hour, minute) {
            (23, 59) => at(plus_days(day, 1)?, 0, 0),
            (_, 59) => at(day, hour + 1, 0),
            _ => at(day, hour, minute + 1),
        }?;
        let start = Edge::Minute(at(day, hour, minute)?);
        Some(Self { start, end: Edge::Minute(end), granularity: Granularity::Minute })
    }

    /// The day, week, month … that holds `day`.
    pub(super) fn around(day: Date, unit: Unit) -> Option<Self> {
        let year = i32::from(day.year());
        let monday = plus_days(day, -weekday(day))?;
        match unit {
            Unit::Day => Self::day(day),
            Unit::Week => Self::days(monday, 7, Granularity::Week),
            Unit::Weekend => Self::days(plus_days(monday, 5)?, 2, Granularity::Weekend),
            Unit::Month => Self::month(year, u8::try_from(day.month()).ok()?),
            Unit::Quarter => Self::months(
                year,
                (i32::from(day.month()) - 1) / 3 * 3 + 1,
                3,
                Granularity::Quarter,
            ),
            Unit::Year => Self::year(year),
            Unit::Decade => Self::years(year.div_euclid(10) * 10, 10, Granularity::Decade),
            Unit::Century => Self::years(year.div_euclid(100) * 100, 100, Granularity::Century),
        }
    }

    /// First day; `None` where no year is known.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.start.day()
    }

    /// The unit in which the interval would be counted.
    pub(super) fn unit(&self) -> Unit {
        match self.granularity {
            Granularity::Weekend => Unit::Weekend,
            Granularity::Week => Unit::Week,
            Granularity::Month | Granularity::Season => Unit::Month,
            Granularity::Quarter | Granularity::Half => Unit::Quarter,
            Granularity::Year => Unit::Year,
            Granularity::Decade => Unit::Decade,
            Granularity::Century => Unit::Century,
            _ => Unit::Day,
        }
    }
}

/// A date, where the calendar has it.
pub(super) fn civil(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The first of a month; months beyond 12 or below 1 belong to the years after and before.
pub(super) fn first_of_month(year: i32, month: i32) -> Option<Date> {
    let months = year.checked_mul(12)?.checked_add(month - 1)?;
    civil(months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).ok()?, 1)
}

pub(super) fn plus_days(date: Date, days: i32) -> Option<Date> {
    from_days(days_since_epoch(date).checked_add(days)?)
}

/// The day `count` units after `day` (before it, where negative); the last day of a shorter month.
pub(super) fn plus(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let months = match unit {
        Unit::Day => return plus_days(day, count),
        Unit::Week | Unit::Weekend => return plus_days(day, count.checked_mul(7)?),
        Unit::Month => count,
        Unit::Quarter => count.checked_mul(3)?,
        Unit::Year => count.checked_mul(12)?,
        Unit::Decade => count.checked_mul(120)?,
        Unit::Century => count.checked_mul(1200)?,
    };
    let first = first_of_month(i32::from(day.year()), i32::from(day.month()).checked_add(months)?)?;
    plus_days(first, i32::from(day.day().min(first.days_in_month())) - 1)
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn weekday(date: Date) -> i32 {
    i32::from(date.weekday().to_monday_zero_offset())
}

/// Easter Sunday of the western churches; `None` before 1583. Source: the anonymous algorithm of 1876, as in Meeus, "Astronomical Algorithms".
pub(super) fn easter(year: i32) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    civil(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)
}

/// Easter Sunday of the eastern churches, which keep the Julian calendar for it; `None` before 1583. Source: Meeus, "Astronomical Algorithms".
pub(super) fn orthodox_easter(year: i32) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let moon = (19 * (year % 19) + 15) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let days = moon + sunday + 114;
    let julian = civil(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)?;
    plus_days(julian, year / 100 - year / 400 - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_keeps_to_the_calendar() {
        let check = |day: &str, unit: Unit, count: i32, expected: &str| {
            let sum = plus(day.parse().unwrap(), unit, count).map(|date| date.to_string());
            assert_eq!(sum.as_deref(), Some(expected), "{day} {count}");
        };
        check("2024-03-31", Unit::Month, -1, "2024-02-29");
        check("2024-02-29", Unit::Year, -1, "2023-02-28");
        check("2024-01-15", Unit::Quarter, -1, "2023-10-15");
        check("2024-03-01", Unit::Day, -1, "2024-02-29");
        check("2024-03-20", Unit::Week, 2, "2024-04-03");
        assert_eq!(plus("9999-12-31".parse().unwrap(), Unit::Day, 1), None);
        assert_eq!(plus("2024-03-20".parse().unwrap(), Unit::Century, i32::MAX), None);
    }

    #[test]
    fn easter_sundays() {
        for day in
            ["1916-04-23", "1943-04-25", "1998-04-12", "2000-04-23", "2024-03-31", "2025-04-20"]
        {
            let date: Date = day.parse().unwrap();
            assert_eq!(easter(date.year().into()), Some(date));
        }
    }

    #[test]
    fn easter_sundays_of_the_eastern_churches() {
        for day in ["1945-05-06", "2000-04-30", "2023-04-16", "2024-05-05", "2025-04-20"] {
            let date: Date = day.parse().unwrap();
            assert_eq!(orthodox_easter(date.year().into()), Some(date));
        }
    }

    #[test]
    fn recurring_days_end_on_the_next() {
        let check = |month: u8, day: Option<u8>, end: Option<&str>| {
            let interval = Interval::recurring(month, day);
            assert_eq!(interval.map(|found| found.end.to_string()).as_deref(), end);
        };
        check(3, Some(14), Some("--03-15"));
        check(12, Some(31), Some("--01-01"));
        check(2, Some(29), Some("--03-01"));
        check(12, None, Some("--01"));
        check(4, Some(31), None);
    }
}
