//! One day, month, quarter, year or stretch of days up to now, without comparisons or intervals.

use dateline_article::{Date, calendar};
use jiff::{Span, ToSpan};

use super::NoDays;

/// The days that one expression names.
#[derive(Clone, Copy)]
pub(super) enum Point {
    /// First and last day.
    Days(Date, Date),
    /// A day or month of no known year.
    Yearless { month: u8, day: Option<u8> },
}

/// Reads one expression.
pub(super) fn read(text: &str, today: Date) -> Result<Point, NoDays> {
    let text = text.trim().trim_matches(['(', ')', '"']).trim();
    if let Some(yearless) = text.strip_prefix("--") {
        return yearless_day(yearless).ok_or_else(|| NoDays::Unknown(text.to_owned()));
    }
    if let Some(reading) = slashes(text) {
        return reading;
    }
    let days = numeric(text).or_else(|| written(text)).or_else(|| relative(text, today));
    days.map(|(first, last)| Point::Days(first, last))
        .ok_or_else(|| NoDays::Unknown(text.to_owned()))
}

/// `03-14` or `03`.
fn yearless_day(text: &str) -> Option<Point> {
    let (month, day) = match text.split_once('-') {
        Some((month, day)) => (digits(month, 1..=2)?, Some(digits(day, 1..=2)?)),
        None => (digits(text, 1..=2)?, None),
    };
    // 2000 is a leap year: 29 February stands for itself.
    date(2000, month, day.unwrap_or(1))?;
    Some(Point::Yearless {
        month: u8::try_from(month).ok()?,
        day: day.and_then(|day| u8::try_from(day).ok()),
    })
}

/// `2024`, `2024-03`, `2024-03-14`, `2024-Q1`, `20240314`, `2024/03/14`, `14.03.2024`.
fn numeric(text: &str) -> Option<(Date, Date)> {
    if let Some(all) = digits(text, 8..=8) {
        return one(date(all / 10_000, all / 100 % 100, all % 100));
    }
    let separator = ['-', '/', '.'].into_iter().find(|sign| text.contains(*sign)).unwrap_or('-');
    let mut parts = text.split(separator);
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (first, second, third) {
        (year, None, None) => match year.split_once(['q', 'Q']) {
            Some((year, number)) => quarter(digits(year, 4..=4)?, number),
            None => months(digits(year, 4..=4)?, 1, 12),
        },
        (year, Some(month), None) if separator != '.' => {
            let year = digits(year, 4..=4)?;
            if let Some(number) = month.strip_prefix(['q', 'Q']) {
                return quarter(year, number);
            }
            let month = digits(month, 1..=2)?;
            months(year, month, month)
        }
        (day, Some(month), Some(year)) if separator == '.' => {
            one(date(digits(year, 4..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?))
        }
        (year, Some(month), Some(day)) => {
            one(date(digits(year, 4..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?))
        }
        _ => None,
    }
}

/// `3/31/2024`: month and day by which of the two fits; both fitting and differing is a fault.
fn slashes(text: &str) -> Option<Result<Point, NoDays>> {
    let mut parts = text.split('/');
    let (a, b) = (digits(parts.next()?, 1..=2)?, digits(parts.next()?, 1..=2)?);
    let year = digits(parts.next()?, 4..=4)?;
    if parts.next().is_some() {
        return None;
    }
    let unknown = || Err(NoDays::Unknown(text.to_owned()));
    Some(match (date(year, a, b), date(year, b, a)) {
        (Some(month_first), Some(day_first)) if month_first != day_first => {
            Err(NoDays::Ambiguous { text: text.to_owned(), month_first, day_first })
        }
        (Some(day), _) | (None, Some(day)) => Ok(Point::Days(day, day)),
        (None, None) => unknown(),
    })
}

/// `1 Jan 2024`, `January 1, 2024`, `Jan 2024`.
fn written(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
    let month = |name: &str| calendar::month(name).map(u32::from);
    match parts {
        [Some(a), Some(b), Some(year), None] => {
            let year = digits(year, 4..=4)?;
            let (month, day) = match (month(a), month(b)) {
                (Some(month), None) => (month, ordinal(b)?),
                (None, Some(month)) => (month, ordinal(a)?),
                _ => return None,
            };
            one(date(year, month, day))
        }
        [Some(name), Some(year), None, None] => {
            let month = month(name)?;
            months(digits(year, 4..=4)?, month, month)
        }
        _ => None,
    }
}

/// `today`, `last-7-days`, `this-year` …; blanks do for hyphens.
fn relative(text: &str, today: Date) -> Option<(Date, Date)> {
    let lower = text.to_ascii_lowercase();
    let mut parts = lower.split([' ', '-']);
    let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
    match parts {
        [Some("today"), None, ..] => one(Some(today)),
        [Some("yesterday"), None, ..] => one(today.yesterday().ok()),
        [Some("tomorrow"), None, ..] => one(today.tomorrow().ok()),
        [Some(which), Some(unit), None, _] => {
            let offset = match which {
                "this" => 0,
                "last" => -1,
                "next" => 1,
                _ => return None,
            };
            around(unit, offset, today)
        }
        [Some("last" | "past"), Some(number), Some(unit), None] => {
            let back = span(unit, i64::from(digits(number, 1..=5)?).checked_neg()?)?;
            let before = today.checked_add(back).ok()?;
            (before < today).then_some((before.tomorrow().ok()?, today))
        }
        _ => None,
    }
}

/// The whole week, month or year `offset` away from the present one.
fn around(unit: &str, offset: i64, today: Date) -> Option<(Date, Date)> {
    let day = today.checked_add(span(unit, offset)?).ok()?;
    match unit {
        "week" => {
            let from_monday = i64::from(day.weekday().to_monday_zero_offset());
            let monday = day.checked_sub(from_monday.days()).ok()?;
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        "month" => Some((day.first_of_month(), day.last_of_month())),
        "quarter" => {
            let first = (u32::try_from(day.month()).ok()? - 1) / 3 * 3 + 1;
            months(u32::try_from(day.year()).ok()?, first, first + 2)
        }
        "year" => Some((day.first_of_year(), day.last_of_year())),
        _ => None,
    }
}

fn span(unit: &str, count: i64) -> Option<Span> {
    let span = Span::new();
    match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => span.try_days(count),
        "week" => span.try_weeks(count),
        "month" => span.try_months(count),
        "quarter" => span.try_months(count * 3),
        "year" => span.try_years(count),
        _ => return None,
    }
    .ok()
}

fn one(day: Option<Date>) -> Option<(Date, Date)> {
    day.map(|day| (day, day))
}

fn months(year: u32, first: u32, last: u32) -> Option<(Date, Date)> {
    Some((date(year, first, 1)?, date(year, last, 1)?.last_of_month()))
}

fn quarter(year: u32, number: &str) -> Option<(Date, Date)> {
    let number = digits(number, 1..=1).filter(|number| (1..=4).contains(number))?;
    months(year, number * 3 - 2, number * 3)
}

/// `1`, `1st`, `22nd`.
fn ordinal(text: &str) -> Option<u32> {
    let plain = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic() || sign == '.');
    let known = ["", "st", "nd", "rd", "th", "."].contains(&text.get(plain.len()..)?);
    known.then(|| digits(plain, 1..=2)).flatten()
}

/// A number written with so many ASCII digits and nothing else.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
