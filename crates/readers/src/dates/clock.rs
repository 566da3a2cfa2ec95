//! The time of day and the zone beside a date.

use dateline_article::DateTime;

use super::tokens::{Token, Tokens};

/// A time of day as written, and its distance from UTC where that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) clock: jiff::civil::Time,
    /// Minutes east of UTC.
    pub(super) offset_minutes: Option<i16>,
}

/// Words between a date and the time after it.
const BETWEEN: &[&str] = &[
    "t",
    "at",
    "um",
    "à",
    "a",
    "las",
    "om",
    "o",
    "w",
    "в",
    "о",
    "об",
    "у",
    "alle",
    "ore",
    "às",
    "kl",
    "godz",
    "saat",
    "الساعة",
    "في",
];

/// Zones by name, in minutes east of UTC. Names that mean several zones (IST, BST in Asia, ET without summer or winter) are left out, but BST
/// is British: news writes no other.
const ZONES: &[(&str, i16)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("west", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("pkt", 300),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("brt", -180),
];

/// A time that stands at `index` or behind words and signs that go before a time; with the index after it.
pub(super) fn after(tokens: &Tokens<'_>, index: usize) -> Option<(Time, usize)> {
    let mut at = index;
    // "2024-03-14T09:30", "March 14, 2024 at 9.30", "14.03.2024 | 9:30", "14 mars 2024 à 17h30"
    while at < index + 5 {
        let skips = tokens.is_word(at, BETWEEN)
            || matches!(
                tokens.get(at),
                Some(Token::Sign(',' | '-' | '–' | '—' | '|' | '·' | '/' | ':' | '.' | '('))
            )
            || tokens.is_word(at, &["日", "일"]);
        if !skips {
            break;
        }
        at += 1;
    }
    let (time, next) = clock(tokens, at, Kind::After)?;
    Some(with_zone(tokens, time, next))
}

/// A time that ends right before `index`: "09:30 14.03.2024", "10:30 am EST, March 14, 2024"; with the index where it begins.
pub(super) fn before(tokens: &Tokens<'_>, index: usize) -> Option<(Time, usize)> {
    (index.saturating_sub(10)..index).find_map(|start| {
        let (time, next) = clock(tokens, start, Kind::Before)?;
        let (time, next) = with_zone(tokens, time, next);
        let adjacent = (next..index).all(|between| tokens.is_filler(between));
        adjacent.then_some((time, start))
    })
}

/// A time written in one number (`93000`), and the zone after it at `next`.
pub(super) fn packed(tokens: &Tokens<'_>, number: u64, next: usize) -> Option<(Time, usize)> {
    let time = time(number / 10_000, number / 100 % 100, number % 100)?;
    Some(with_zone(tokens, time, next))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Any form: a date stands before it.
    After,
    /// Only forms that cannot be anything else.
    Before,
}

fn clock(tokens: &Tokens<'_>, at: usize, kind: Kind) -> Option<(jiff::civil::Time, usize)> {
    let (hour, digits) = tokens.number(at)?;
    if kind == Kind::After && matches!(digits, 4 | 6) && tokens.is_word(at.checked_sub(1)?, &["t"])
    {
        let number = if digits == 4 { hour * 100 } else { hour };
        let next = fraction(tokens, at + 1);
        return Some((time(number / 10_000, number / 100 % 100, number % 100)?, next));
    }
    if digits > 2 {
        return None;
    }
    let by_letter = tokens.is_word(at + 1, &["h"]);
    let by_stop = kind == Kind::After && tokens.is_sign(at + 1, '.');
    let (mut minute, mut second, mut next) = (0, 0, at + 1);
    if tokens.is_sign(at + 1, ':') || by_letter || by_stop {
        match tokens.number(at + 2).filter(|&(_, digits)| digits == 2) {
            Some((value, _)) => {
                minute = value;
                next = at + 3;
            }
            None if by_letter => next = at + 2,
            None => return None,
        }
        if tokens.is_sign(next, ':') && !by_letter {
            let (value, _) = tokens.number(next + 1).filter(|&(_, digits)| digits == 2)?;
            second = value.min(59);
            next = fraction(tokens, next + 2);
        }
    }
    let (hour, next) = match half(tokens, next) {
        Some((_, _)) if !(1..=12).contains(&hour) => return None,
        Some((afternoon, next)) => (hour % 12 + if afternoon { 12 } else { 0 }, next),
        None if next == at + 1 => return None,
        None if by_stop && !tokens.is_word(next, &["uhr"]) && next < tokens.len() => return None,
        None => (hour, next),
    };
    let next = next + usize::from(tokens.is_word(next, &["uhr", "h"]));
    Some((time(hour, minute, second)?, next))
}

/// The index after a fraction of a second at `index`.
fn fraction(tokens: &Tokens<'_>, index: usize) -> usize {
    let separated = tokens.is_sign(index, '.') || tokens.is_sign(index, ',');
    index + if separated && tokens.number(index + 1).is_some() { 2 } else { 0 }
}

/// Whether "pm" (or else "am") stands at `index`, and the index after it.
fn half(tokens: &Tokens<'_>, index: usize) -> Option<(bool, usize)> {
    if tokens.is_word(index, &["am", "pm", "صباحا", "صباحًا", "مساء", "مساءً", "ص", "م"])
    {
        let afternoon = tokens.is_word(index, &["pm", "مساء", "مساءً", "م"]);
        return Some((afternoon, index + 1));
    }
    let dotted = tokens.is_word(index, &["a", "p"])
        && tokens.is_sign(index + 1, '.')
        && tokens.is_word(index + 2, &["m"]);
    let stop = usize::from(tokens.is_sign(index + 3, '.'));
    dotted.then(|| (tokens.is_word(index, &["p"]), index + 3 + stop))
}

fn time(hour: u64, minute: u64, second: u64) -> Option<jiff::civil::Time> {
    let [hour, minute, second] = [hour, minute, second].map(|part| i8::try_from(part).ok());
    DateTime::new(2000, 1, 1, hour?, minute?, second?, 0).ok().map(DateTime::time)
}

fn with_zone(tokens: &Tokens<'_>, clock: jiff::civil::Time, next: usize) -> (Time, usize) {
    let at = next + usize::from(tokens.is_sign(next, '('));
    let named = ZONES.iter().find(|(name, _)| tokens.is_word(at, &[name]));
    let (offset_minutes, next) = match named {
        // "GMT+0200" and "UTC+2"
        Some((_, 0)) => match offset(tokens, at + 1) {
            Some((minutes, next)) => (Some(minutes), next),
            None => (Some(0), at + 1),
        },
        Some((_, minutes)) => (Some(*minutes), at + 1),
        None => match offset(tokens, next) {
            Some((minutes, next)) => (Some(minutes), next),
            None => (None, next),
        },
    };
    let closing = usize::from(tokens.is_sign(next, ')'));
    (Time { clock, offset_minutes }, next + closing)
}

/// `+02:00`, `+0200`, `+2`, `−05:30`, and the zone's name in parentheses after it.
fn offset(tokens: &Tokens<'_>, index: usize) -> Option<(i16, usize)> {
    let sign = match tokens.get(index)? {
        Token::Sign('+') => 1,
        Token::Sign('-' | '\u{2212}') => -1,
        _ => return None,
    };
    let (value, digits) = tokens.number(index + 1)?;
    let (hours, minutes, next) = match digits {
        4 => (value / 100, value % 100, index + 2),
        1 | 2 if tokens.is_sign(index + 2, ':') => (value, tokens.number(index + 3)?.0, index + 4),
        1 | 2 => (value, 0, index + 2),
        _ => return None,
    };
    let total = i16::try_from(hours * 60 + minutes).ok().filter(|_| hours <= 14 && minutes < 60)?;
    let named = tokens.is_sign(next, '(') && tokens.is_sign(next + 2, ')');
    Some((sign * total, next + if named { 3 } else { 0 }))
}
