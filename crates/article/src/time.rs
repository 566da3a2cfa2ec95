//! Points and intervals of time, as precise as a text gives them.
//!
//! Days are proleptic Gregorian (ISO 8601), years −9999 to 9999. Nothing here knows the present day or a time zone's rules: a time keeps the
//! offset that it was written with, and its day is the local one.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The text is not a time in any of the forms the model writes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time: expected 2024, 2024-03, 2024-03-14 or 2024-03-14T09:30:00+02:00")]
pub struct ParseTimeError(String);

/// Days from 1970-01-01 to `date`, negative before.
pub fn days_since_epoch(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    date.since(epoch).map_or(0, |span| span.get_days())
}

/// The date `days` after 1970-01-01; `None` outside the years −9999 to 9999.
pub fn from_days(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
}

/// When an article appeared, as precise as known.
///
/// Written as `2024`, `2024-03`, `2024-03-14`, `2024-03-14T09:30:00+02:00` (RFC 3339), or `2024-03-14T09:30:00` where the offset from UTC is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timestamp {
    /// A year.
    Year(i16),
    /// A month; its first day.
    Month(Date),
    /// A day.
    Day(Date),
    /// A time of day, local.
    Time {
        /// Local date and time.
        local: DateTime,
        /// Minutes east of UTC, where known.
        offset_minutes: Option<i16>,
    },
}

impl Timestamp {
    /// A month; `None` where the calendar has no such month.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        date(i64::from(year), month, 1).map(Self::Month)
    }

    /// The first day it can mean. A time means the day of its own clock, not that in UTC.
    pub fn first_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 1, 1).unwrap_or(Date::ZERO),
            Self::Month(day) | Self::Day(day) => day,
            Self::Time { local, .. } => local.date(),
        }
    }

    /// The last day it can mean.
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::ZERO),
            Self::Month(day) => day.last_of_month(),
            Self::Day(day) => day,
            Self::Time { local, .. } => local.date(),
        }
    }

    /// The one day it means; `None` for a year or a month.
    pub fn day(&self) -> Option<Date> {
        match *self {
            Self::Year(_) | Self::Month(_) => None,
            Self::Day(day) => Some(day),
            Self::Time { local, .. } => Some(local.date()),
        }
    }

    /// Seconds from 1970-01-01T00:00:00 to its beginning by the local clock: what results are ordered by.
    pub fn local_seconds(&self) -> i64 {
        let of_day = match self {
            Self::Time { local, .. } => {
                i64::from(local.hour()) * 3600
                    + i64::from(local.minute()) * 60
                    + i64::from(local.second())
            }
            _ => 0,
        };
        i64::from(days_since_epoch(self.first_day())) * 86_400 + of_day
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write_year(formatter, *year),
            Self::Month(day) => {
                write_year(formatter, day.year())?;
                write!(formatter, "-{:02}", day.month())
            }
            Self::Day(day) => write_date(formatter, *day),
            Self::Time { local, offset_minutes } => {
                write_date(formatter, local.date())?;
                write!(
                    formatter,
                    "T{:02}:{:02}:{:02}",
                    local.hour(),
                    local.minute(),
                    local.second()
                )?;
                match offset_minutes {
                    None => Ok(()),
                    Some(0) => formatter.write_str("Z"),
                    Some(offset) => {
                        let sign = if *offset < 0 { '-' } else { '+' };
                        let minutes = offset.unsigned_abs();
                        write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        parse_timestamp(text).ok_or_else(|| ParseTimeError(text.to_owned()))
    }
}

fn parse_timestamp(text: &str) -> Option<Timestamp> {
    if let Some((day, clock)) = text.split_once('T') {
        let date = parse_date(day)?;
        let (clock, offset_minutes) = split_offset(clock)?;
        let mut parts = clock.split(':');
        let hour = number(parts.next()?, 2)?;
        let minute = number(parts.next()?, 2)?;
        let second = parts.next().map_or(Some(0), |second| number(second.split('.').next()?, 2))?;
        let time = Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            0,
        )
        .ok()?;
        return parts
            .next()
            .is_none()
            .then_some(Timestamp::Time { local: date.to_datetime(time), offset_minutes });
    }
    if let Some(day) = parse_date(text) {
        return Some(Timestamp::Day(day));
    }
    let (year, month) = split_year(text)?;
    match month.strip_prefix('-') {
        Some(month) => Timestamp::month(year, u8::try_from(number(month, 2)?).ok()?),
        None if month.is_empty() => Some(Timestamp::Year(year)),
        None => None,
    }
}

/// Clock time and the minutes east of UTC after it.
fn split_offset(clock: &str) -> Option<(&str, Option<i16>)> {
    if let Some(clock) = clock.strip_suffix('Z') {
        return Some((clock, Some(0)));
    }
    let Some(at) = clock.rfind(['+', '-']) else { return Some((clock, None)) };
    let (clock, offset) = clock.split_at_checked(at)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let total = i16::try_from(hours * 60 + minutes).ok()?;
    Some((clock, Some(if offset.starts_with('-') { -total } else { total })))
}

/// A day or minute at which an interval of the calendar begins or ends, or a day or month of no known year.
///
/// Written as `2024-03-14`, `2024-03-14T09:30`, `--03-14` or `--03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// A day.
    Day(Date),
    /// A minute of a day, local.
    Minute(DateTime),
    /// A day or a whole month of a year that cannot be known.
    Yearless {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: Option<u8>,
    },
}

impl Edge {
    /// The day, where a year is known.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Minute(minute) => Some(minute.date()),
            Self::Yearless { .. } => None,
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write_date(formatter, *day),
            Self::Minute(minute) => {
                write_date(formatter, minute.date())?;
                write!(formatter, "T{:02}:{:02}", minute.hour(), minute.minute())
            }
            Self::Yearless { month, day: None } => write!(formatter, "--{month:02}"),
            Self::Yearless { month, day: Some(day) } => write!(formatter, "--{month:02}-{day:02}"),
        }
    }
}

impl FromStr for Edge {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        parse_edge(text).ok_or_else(|| ParseTimeError(text.to_owned()))
    }
}

fn parse_edge(text: &str) -> Option<Edge> {
    if let Some(yearless) = text.strip_prefix("--") {
        let (month, day) = yearless.split_once('-').map_or((yearless, None), |(m, d)| (m, Some(d)));
        let month = u8::try_from(number(month, 2)?).ok()?;
        let day = day.map_or(Some(None), |day| {
            number(day, 2).and_then(|day| u8::try_from(day).ok()).map(Some)
        })?;
        // 2000 is a leap year: 29 February stands for itself.
        date(2000, month, day.unwrap_or(1))?;
        return Some(Edge::Yearless { month, day });
    }
    match parse_timestamp(text)? {
        Timestamp::Day(day) => Some(Edge::Day(day)),
        Timestamp::Time { local, offset_minutes: None } => Some(Edge::Minute(local)),
        _ => None,
    }
}

/// How exactly a text names a stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Granularity {
    /// A time of day.
    Minute,
    /// A part of a day, such as its morning.
    Part,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A month, or its beginning, middle or end.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// A season of the year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one date to another.
    Range,
    /// A day or month of a year that cannot be known.
    Recurring,
}

fn write_year(formatter: &mut fmt::Formatter<'_>, year: i16) -> fmt::Result {
    let sign = if year < 0 { "-" } else { "" };
    write!(formatter, "{sign}{:04}", year.unsigned_abs())
}

fn write_date(formatter: &mut fmt::Formatter<'_>, date: Date) -> fmt::Result {
    write_year(formatter, date.year())?;
    write!(formatter, "-{:02}-{:02}", date.month(), date.day())
}

/// Year at the beginning of `text`, and what follows it.
fn split_year(text: &str) -> Option<(i16, &str)> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (year, rest) = digits.split_at_checked(4)?;
    Some((sign * i16::try_from(number(year, 4)?).ok()?, rest))
}

fn parse_date(text: &str) -> Option<Date> {
    let (year, rest) = split_year(text)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    date(
        i64::from(year),
        u8::try_from(number(month, 2)?).ok()?,
        u8::try_from(number(day, 2)?).ok()?,
    )
}

fn date(year: i64, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A number written with exactly `digits` digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

macro_rules! as_text_in_json {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

as_text_in_json!(Timestamp, Edge);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_read_back_as_written() {
        for text in [
            "2024",
            "2024-03",
            "2024-03-14",
            "2024-03-14T09:30:00Z",
            "2024-03-14T09:30:00+02:00",
            "1987-02-26T15:01:01",
            "2024-03-14T00:30:00-05:30",
            "0033-04-03",
            "-0044-03-15",
        ] {
            assert_eq!(text.parse::<Timestamp>().map(|time| time.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "24",
            "2024-3",
            "2024-13",
            "2024-02-30",
            "2024-03-14T25:00:00Z",
            "2024-03-14T09:30:00+2",
            "March",
            "2024-03-14T09",
            "2024-03-14T09:30:00+99:00",
            "20240314",
            "２０２４",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
            assert!(text.parse::<Edge>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_local_day_stays_the_day() {
        let time: Timestamp = "2024-03-14T00:30:00+05:00".parse().unwrap();
        assert_eq!(time.day(), Some(Date::constant(2024, 3, 14)));
        assert_eq!(time.local_seconds(), 1_710_376_200);
    }

    #[test]
    fn edges_read_back_as_written() {
        for text in ["2024-03-14", "2024-03-14T09:30", "--03-14", "--03", "--02-29"] {
            assert_eq!(text.parse::<Edge>().map(|edge| edge.to_string()), Ok(text.to_owned()));
        }
        for text in ["--13", "--02-30", "--", "---1", "2024"] {
            assert!(text.parse::<Edge>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        let check = |text: &str, days: i32| {
            let date = parse_date(text).unwrap();
            assert_eq!(days_since_epoch(date), days, "{text}");
            assert_eq!(from_days(days), Some(date), "{text}");
        };
        check("1970-01-01", 0);
        check("1969-12-31", -1);
        check("2024-03-14", 19_796);
        check("1600-01-01", -135_140);
        check("-9999-01-01", -4_371_587);
        check("9999-12-31", 2_932_896);
        assert_eq!(from_days(i32::MAX), None);
        assert_eq!(from_days(i32::MIN), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = text.parse::<Timestamp>();
            let _ = text.parse::<Edge>();
        }

        #[test]
        fn any_day_reads_back(days in -4_371_587..=2_932_896_i32) {
            let date = from_days(days).unwrap();
            proptest::prop_assert_eq!(days_since_epoch(date), days);
            let time = Timestamp::Day(date);
            proptest::prop_assert_eq!(time.to_string().parse::<Timestamp>().unwrap(), time);
        }
    }
}
