//! Days as datelines write them.

use dateline_article::{Edge, calendar};

/// "March 14", "14 mars", "14. März", "Sept. 3": with a year perhaps.
pub(super) fn date_piece(piece: &str) -> Option<(u8, Option<u8>, Option<i16>)> {
    let words = date_words(piece)?;
    match *words.as_slice() {
        [one] => numeric(one),
        [one, two] => month_and_day(piece).map(|(month, day)| (month, day, None)).or_else(|| {
            let (month, year) = (calendar::month(one)?, as_year(two)?);
            Some((month, None, Some(year)))
        }),
        [one, two, three] => {
            let year = as_year(three)?;
            let pair = [one, two];
            let (month, day) = pair_of(pair)?;
            Some((month, Some(day), Some(year)))
        }
        _ => None,
    }
}

/// "14.03.2024" and "14.03."; the day comes first.
fn numeric(word: &str) -> Option<(u8, Option<u8>, Option<i16>)> {
    let mut parts = word.split('.');
    let day = day_number(parts.next()?)?;
    let month = day_number(parts.next()?).filter(|month| *month <= 12)?;
    let year = match parts.next() {
        None => return None,
        Some("") => None,
        Some(year) => Some(as_year(year)?),
    };
    parts.next().is_none().then_some((month, Some(day), year))
}

pub(super) fn month_and_day(piece: &str) -> Option<(u8, Option<u8>)> {
    match *date_words(piece)?.as_slice() {
        [one, two] => pair_of([one, two]).map(|(month, day)| (month, Some(day))),
        _ => None,
    }
}

fn pair_of([one, two]: [&str; 2]) -> Option<(u8, u8)> {
    match (calendar::month(one), calendar::month(two)) {
        (Some(month), None) => Some((month, day_number(two)?)),
        (None, Some(month)) => Some((month, day_number(one)?)),
        _ => None,
    }
}

/// The words of a date, without weekdays and little words; `None` where there are too many.
fn date_words(piece: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    for word in piece.split_whitespace() {
        if calendar::weekday(word.trim_end_matches(['.', ','])).is_some()
            || ["de", "of", "den", "le"].contains(&word)
        {
            continue;
        }
        words.push(word);
        if words.len() > 3 {
            return None;
        }
    }
    Some(words)
}

pub(super) fn day_number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|character: char| !character.is_ascii_digit());
    let suffix = word.get(digits.len()..)?;
    let ordinal = ["", ".", "st", "nd", "rd", "th", "er", "º", "ª"].contains(&suffix);
    let day: u8 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    (ordinal && (1..=31).contains(&day)).then_some(day)
}

pub(super) fn as_year(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches('.');
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && (1600..=2200).contains(year))
}

/// "Thursday", or the day's number alone as in "MADRID, 14 (EUROPA PRESS)": no date, but part of a dateline.
pub(super) fn is_weekday_or_day(piece: &str) -> bool {
    calendar::weekday(piece).is_some() || day_number(piece).is_some()
}

pub(super) fn edge(month: u8, day: Option<u8>, year: Option<i16>) -> Option<Edge> {
    let written = match (year, day) {
        (Some(year), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (_, Some(day)) => format!("--{month:02}-{day:02}"),
        (_, None) => format!("--{month:02}"),
    };
    written.parse().ok()
}
