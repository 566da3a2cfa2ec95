//! Dates of the collections: American order in those of American papers, `yymmdd` in the Financial Times, else in words; at last the document's number,
//! which begins with the day in most of them.

use dateline_article::{Date, Timestamp};

use super::elements::Elements;
use super::line;
use crate::dates;

/// When a document appeared.
pub(super) fn of(elements: &Elements<'_>, number: &str) -> Option<Timestamp> {
    let fields = ["FILEID", "DATE", "DATE_TIME", "DD", "DATE1"];
    let mut lines = fields.iter().filter_map(|name| elements.first(&[name])).map(line);
    lines.find_map(|line| read(&line)).or_else(|| of_number(number))
}

fn read(text: &str) -> Option<Timestamp> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == text.len() && matches!(digits, 6 | 8) {
        return packed(text).map(Timestamp::Day);
    }
    if let Some((day, after)) = american(text) {
        return Some(with_time(day, after));
    }
    match dates::read(text) {
        dates::Reading::Known(time) => Some(time),
        _ => None,
    }
}

/// `yymmdd` or `yyyymmdd`.
fn packed(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(text.len().checked_sub(4)?)?;
    let (month, day) = rest.split_at_checked(2)?;
    date(year, month, day)
}

/// `02-12-88`, `03/24/87` or `06/01/1998`: month, day, year; and what follows.
fn american(text: &str) -> Option<(Date, &str)> {
    for (at, _) in text.char_indices().filter(|(_, character)| character.is_ascii_digit()) {
        if text.get(..at).is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit()))
        {
            continue;
        }
        let rest = text.get(at..)?;
        let sign = rest.chars().find(|character| !character.is_ascii_digit())?;
        if !matches!(sign, '-' | '/') {
            continue;
        }
        let mut pieces = rest.splitn(3, sign);
        let (Some(month), Some(day), Some(last)) = (pieces.next(), pieces.next(), pieces.next())
        else {
            continue;
        };
        let digits = last.bytes().take_while(u8::is_ascii_digit).count();
        let (year, after) = last.split_at_checked(digits)?;
        let plain = month.len() <= 2 && day.len() <= 2 && matches!(digits, 2 | 4);
        if let Some(day) = date(year, month, day).filter(|_| plain) {
            return Some((day, after));
        }
    }
    None
}

/// The day with a time behind it: `2344EST`, or what [`dates`] reads.
fn with_time(day: Date, after: &str) -> Timestamp {
    let after = after.trim();
    let clock: String = after.chars().take_while(char::is_ascii_digit).collect();
    let zone = after.get(clock.len()..).unwrap_or_default();
    let written = if clock.len() == 4 && clock.is_ascii() {
        let (hour, minute) = clock.split_at_checked(2).unwrap_or_default();
        format!("{day} {hour}:{minute} {zone}")
    } else {
        format!("{day} {after}")
    };
    match dates::read(&written) {
        dates::Reading::Known(time) if time.first_day() == day => time,
        _ => Timestamp::Day(day),
    }
}

/// The day in a document's number: `AP880212-0001`, `WSJ870324-0001`, `LA010189-0001` (month first), `APW19980601.0003`, `XIN_ENG_20030201.0001`.
fn of_number(number: &str) -> Option<Timestamp> {
    let start = number.find(|first: char| first.is_ascii_digit())?;
    let digits: String = number.get(start..)?.chars().take_while(char::is_ascii_digit).collect();
    let day = match (number.get(..start)?, digits.len()) {
        ("LA", 6) => {
            let (day, year) = digits.split_at_checked(4)?;
            packed(&format!("{year}{day}"))
        }
        ("AP" | "WSJ" | "", 6) | (_, 8) => packed(&digits),
        _ => None,
    };
    day.map(Timestamp::Day)
}

/// A day; of two digits the year is one of the last century's second half, or of this one's first.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = year.len() == 2;
    let year: i16 = year.parse().ok()?;
    let year = match (short, year) {
        (true, 50..) => 1900 + year,
        (true, _) => 2000 + year,
        (false, 1600..=2100) => year,
        (false, _) => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_collection() {
        let check = |text: &str, expected: &str| {
            let found = read(text).map_or_else(|| "none".to_owned(), |time| time.to_string());
            assert_eq!(found, expected, "{text}");
        };
        check("AP-NR-02-12-88 2344EST", "1988-02-12T23:44:00-05:00");
        check("AP-NR-12-31-99", "1999-12-31");
        check("03/24/87", "1987-03-24");
        check("910514", "1991-05-14");
        check("19980601", "1998-06-01");
        check("06/01/1998 20:27:00", "1998-06-01T20:27:00");
        check("January 1, 1989, Sunday, Home Edition", "1989-01-01");
        check("7 March 1994", "1994-03-07");
        check("131399", "none");
        check("99/99/99", "none");
        check("", "none");
    }

    #[test]
    fn numbers_of_documents() {
        let check = |number: &str, expected: &str| {
            let found =
                of_number(number).map_or_else(|| "none".to_owned(), |time| time.to_string());
            assert_eq!(found, expected, "{number}");
        };
        check("AP880212-0001", "1988-02-12");
        check("WSJ870324-0001", "1987-03-24");
        check("LA010289-0001", "1989-01-02");
        check("APW19980601.0003", "1998-06-01");
        check("XIN_ENG_20030201.0001", "2003-02-01");
        check("FT911-1", "none");
        check("FBIS3-21777", "none");
        check("", "none");
    }
}
