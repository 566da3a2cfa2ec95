//! Days as queries write them: `2024-03`, `2024-Q1`, `>=2024-01-15`, `last-7-days`, `from 1 Jan 2024 to 31 Mar 2024`.
//!
//! A pure function of the text and of the present day. Times of day and weekdays are not read. The forms are ISO 8601's, and those
//! that Nexis and Factiva write.

mod point;

use std::fmt;
use std::ops::Range;

use dateline_article::{Date, days_since_epoch};

use point::Point;

/// What a query says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// From the first to the last day, both in; absent = no bound.
    Days {
        /// First day.
        first: Option<Date>,
        /// Last day.
        last: Option<Date>,
    },
    /// A day or month of a year that the text leaves open.
    Yearless {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: Option<u8>,
    },
}

/// Why a text names no days.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoDays {
    /// Not in any form that is read.
    #[error("`{0}` is not a date")]
    Unknown(String),
    /// Month and day could change places.
    #[error("`{text}` can be {month_first} or {day_first}")]
    Ambiguous {
        /// As written.
        text: String,
        /// Read as month/day.
        month_first: Date,
        /// Read as day/month.
        day_first: Date,
    },
    /// The last day comes before the first.
    #[error("the interval is back to front: it ends on {last}, before it begins on {first}")]
    BackToFront {
        /// Where it begins.
        first: Date,
        /// Where it ends.
        last: Date,
    },
    /// An end of an interval has no year.
    #[error("an interval needs a year at both ends")]
    YearlessInterval,
}

/// Which days a bound of an interval keeps.
#[derive(Clone, Copy)]
enum Bound {
    In,
    Out,
}

/// Comparisons, longest sign first, with the words that other systems have for them.
const COMPARISONS: &[(&[&str], Comparison)] = &[
    (&[">=", "geq", "since"], Comparison::NotBefore),
    (&["<=", "leq", "until"], Comparison::NotAfter),
    (&[">", "gtr", "aft", "after"], Comparison::After),
    (&["<", "lss", "bef", "before"], Comparison::Before),
    (&["=", "is", "on", "eq"], Comparison::Equal),
];

#[derive(Clone, Copy)]
enum Comparison {
    NotBefore,
    NotAfter,
    After,
    Before,
    Equal,
}

/// Reads `text`; a relative day (`today`, `last-month`) counts from `today`.
///
/// # Errors
/// Where the text is no date, two dates, or an interval that ends before it begins.
pub fn days(text: &str, today: Date) -> Result<When, NoDays> {
    let text = text.trim();
    if let Some((comparison, rest)) = comparison(text) {
        return compare(comparison, point::read(rest, today)?);
    }
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    if text.starts_with(['[', '{']) && text.ends_with([']', '}']) {
        let bound = |exclusive| if exclusive { Bound::Out } else { Bound::In };
        let (from, to) = split_at_to(inner).ok_or_else(|| NoDays::Unknown(text.to_owned()))?;
        return interval(
            (from, bound(text.starts_with('{'))),
            (to, bound(text.ends_with('}'))),
            today,
        );
    }
    if let Some(rest) = word_before(text, "from") {
        let (from, to) = split_at_to(rest).ok_or_else(|| NoDays::Unknown(text.to_owned()))?;
        return interval((from, Bound::In), (to, Bound::In), today);
    }
    if let Some((from, to)) = text.split_once("..") {
        return interval((from, Bound::In), (to, Bound::In), today);
    }
    match point::read(text, today)? {
        Point::Days(first, last) => Ok(When::Days { first: Some(first), last: Some(last) }),
        Point::Yearless { month, day } => Ok(When::Yearless { month, day }),
    }
}

/// Whether `word` is a comparison in letters or signs, so that a date must follow.
pub(crate) fn is_comparison(word: &str) -> bool {
    COMPARISONS
        .iter()
        .any(|(spellings, _)| spellings.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// The comparison at the beginning of `text`, and what follows it.
fn comparison(text: &str) -> Option<(Comparison, &str)> {
    COMPARISONS.iter().find_map(|(spellings, comparison)| {
        let rest = spellings.iter().find_map(|known| {
            if known.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
                word_before(text, known)
            } else {
                text.strip_prefix(known)
            }
        })?;
        Some((*comparison, rest))
    })
}

/// What follows `word` and a blank (or a sign) at the beginning of `text`.
fn word_before<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = rest.starts_with(|sign: char| sign.is_whitespace() || "=(".contains(sign));
    (head.eq_ignore_ascii_case(word) && ends).then(|| rest.trim_start())
}

/// The two sides of the word `to`.
fn split_at_to(text: &str) -> Option<(&str, &str)> {
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|&at| text.get(at..at + 4).is_some_and(|four| four.eq_ignore_ascii_case(" to ")))?;
    Some((text.get(..at)?, text.get(at + 4..)?))
}

fn compare(comparison: Comparison, point: Point) -> Result<When, NoDays> {
    let Point::Days(first, last) = point else {
        return Err(NoDays::YearlessInterval);
    };
    let (first, last) = match comparison {
        Comparison::NotBefore => (Some(first), None),
        Comparison::NotAfter => (None, Some(last)),
        Comparison::After => (Some(last.tomorrow().unwrap_or(last)), None),
        Comparison::Before => (None, Some(first.yesterday().unwrap_or(first))),
        Comparison::Equal => (Some(first), Some(last)),
    };
    Ok(When::Days { first, last })
}

fn interval(from: (&str, Bound), to: (&str, Bound), today: Date) -> Result<When, NoDays> {
    let first = end(from.0, today)?.map(|(first, last)| match from.1 {
        Bound::In => first,
        Bound::Out => last.tomorrow().unwrap_or(last),
    });
    let last = end(to.0, today)?.map(|(first, last)| match to.1 {
        Bound::In => last,
        Bound::Out => first.yesterday().unwrap_or(first),
    });
    match (first, last) {
        (None, None) => Err(NoDays::Unknown("..".to_owned())),
        (Some(first), Some(last)) if last < first => Err(NoDays::BackToFront { first, last }),
        (first, last) => Ok(When::Days { first, last }),
    }
}

/// One end of an interval; `None` where it is left open.
fn end(text: &str, today: Date) -> Result<Option<(Date, Date)>, NoDays> {
    match text.trim() {
        "" | "*" => Ok(None),
        text => match point::read(text, today)? {
            Point::Days(first, last) => Ok(Some((first, last))),
            Point::Yearless { .. } => Err(NoDays::YearlessInterval),
        },
    }
}

impl When {
    /// The days as a half-open range of days since 1970-01-01; `None` for a day of no year.
    pub fn range(&self) -> Option<Range<i32>> {
        let Self::Days { first, last } = self else { return None };
        let start = first.map_or(i32::MIN, days_since_epoch);
        let end = last.map_or(i32::MAX, |last| days_since_epoch(last).saturating_add(1));
        Some(start..end)
    }
}

/// The shortest form that reads back: a year, quarter, month or day where the days are one, else both ends.
impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Yearless { month, day: None } => write!(formatter, "--{month:02}"),
            Self::Yearless { month, day: Some(day) } => write!(formatter, "--{month:02}-{day:02}"),
            Self::Days { first: None, last: None } => formatter.write_str("*"),
            Self::Days { first: Some(first), last: None } => write!(formatter, ">={first}"),
            Self::Days { first: None, last: Some(last) } => write!(formatter, "<={last}"),
            Self::Days { first: Some(first), last: Some(last) } => {
                let (year, from, to) = (first.year(), first.month(), last.month());
                let whole_months = first.day() == 1 && last == last.last_of_month();
                let one_year = whole_months && year == last.year();
                if first == last {
                    write!(formatter, "{first}")
                } else if one_year && from == to {
                    write!(formatter, "{year:04}-{from:02}")
                } else if one_year && (from, to) == (1, 12) {
                    write!(formatter, "{year:04}")
                } else if one_year && from % 3 == 1 && to == from + 2 {
                    write!(formatter, "{year:04}-Q{}", to / 3)
                } else {
                    write!(formatter, "{first}..{last}")
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
