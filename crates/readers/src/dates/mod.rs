//! Reads publication dates out of metadata: ISO 8601 and its relatives, RFC 2822, and dates in words of the twelve languages of
//! [`calendar`](dateline_article::calendar).
//!
//! Not for running text: the string is expected to be about a date. A zone offset is kept, not applied. What could be two days
//! (`3/4/2024`) is never guessed here: a weekday beside it decides, else all of them are handed on.

use std::borrow::Cow;

use dateline_article::{Date, Timestamp};

mod clock;
mod tokens;

use tokens::{Token, Tokens};

/// Characters of a string that are looked at: metadata dates are short, and the rest of a longer one is not.
const LONGEST_BYTES: usize = 200;

/// What a string says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is this.
    Known(Timestamp),
    /// It could be any of these, and nothing in it decides.
    Ambiguous(Either),
    /// No date with a year is in it.
    None,
}

/// What comes first in a date of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// The days that a date of three numbers could be, two of them at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Either {
    /// Each by what comes first in it.
    day: Option<Timestamp>,
    month: Option<Timestamp>,
    /// With the year first, where that has two digits as well: `14-03-24`.
    year: Option<Timestamp>,
}

impl Either {
    /// The day in this order of the numbers.
    pub(crate) fn in_order(&self, order: Order) -> Option<Timestamp> {
        match order {
            Order::DayFirst => self.day,
            Order::MonthFirst => self.month,
        }
    }

    /// The one of them that `fits`; `None` where none does or several do.
    pub(crate) fn only(&self, fits: impl Fn(Timestamp) -> bool) -> Option<Timestamp> {
        let all = [self.day, self.month, self.year];
        let mut fitting = all.into_iter().flatten().filter(|time| fits(*time));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    fn map(self, change: impl Fn(Timestamp) -> Timestamp) -> Self {
        let Self { day, month, year } = self;
        Self { day: day.map(&change), month: month.map(&change), year: year.map(&change) }
    }
}

/// The order of the three numbers that `text` is, where only one is possible: evidence for others of the same file. With full stops the day comes
/// first everywhere, which says nothing of other signs.
pub(crate) fn order(text: &str) -> Option<Order> {
    let text = western(text);
    let tokens = Tokens::of(&text, LONGEST_BYTES);
    let (first, _) = tokens.number(0).filter(|&(_, digits)| digits <= 2)?;
    let (separator, at) = tokens.separator(1);
    let (second, _) = tokens.number(at).filter(|&(_, digits)| digits <= 2)?;
    let (_, at) = tokens.separator(at + 1);
    tokens.number(at).filter(|&(_, digits)| digits == 4 && matches!(separator, Some('/' | '-')))?;
    match (first, second) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The text with the digits of Arabic and Persian as others write them, and without marks of direction.
fn western(text: &str) -> Cow<'_, str> {
    let is_mark = |sign: char| matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{ad}' | '\u{feff}');
    let digit = |sign: char| match sign {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(sign) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(sign) - 0x6f0, 10),
        _ => None,
    };
    if text.chars().any(|sign| is_mark(sign) || digit(sign).is_some()) {
        let kept = text.chars().filter(|sign| !is_mark(*sign));
        Cow::Owned(kept.map(|sign| digit(sign).unwrap_or(sign)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Reads the first date of `text`, with the time of day beside it.
pub(crate) fn read(text: &str) -> Reading {
    parse(text).map_or(Reading::None, |(reading, _)| reading)
}

/// Reads `text` if it holds a date and little else: words that go with dates ("Published", "Updated", weekdays) may stand in it.
pub(crate) fn read_line(text: &str) -> Option<Timestamp> {
    if text.len() > LONGEST_BYTES {
        return None;
    }
    match parse(text)? {
        (Reading::Known(time), Rest::Nothing) => Some(time),
        _ => None,
    }
}

/// Seconds or milliseconds since 1970 in UTC, as exports write times. Only the years 1973 to 2100 are believed.
pub(crate) fn from_epoch(number: i64) -> Option<Timestamp> {
    let seconds = match number {
        100_000_000..4_102_444_800 => number,
        100_000_000_000..4_102_444_800_000 => number / 1000,
        _ => return None,
    };
    let day = dateline_article::from_days(i32::try_from(seconds.div_euclid(86_400)).ok()?)?;
    let of_day = seconds.rem_euclid(86_400);
    let [hour, minute, second] = [of_day / 3600, of_day / 60 % 60, of_day % 60].map(i8::try_from);
    let local = day.at(hour.ok()?, minute.ok()?, second.ok()?, 0);
    Some(Timestamp::Time { local, offset_minutes: Some(0) })
}

/// What stands beside the date in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Nothing,
    Words,
}

fn parse(text: &str) -> Option<(Reading, Rest)> {
    let text = western(text);
    let tokens = Tokens::of(&text, LONGEST_BYTES);
    if let Some(time) = lone_number(&tokens) {
        return Some((Reading::Known(time), Rest::Nothing));
    }
    (0..tokens.len()).find_map(|start| {
        let found = date_at(&tokens, start)?;
        Some(finish(&tokens, start, &found))
    })
}

/// A year, or a moment counted since 1970, alone in its string.
fn lone_number(tokens: &Tokens<'_>) -> Option<Timestamp> {
    let Token::Number { value, digits } = tokens.get(0)? else { return None };
    if tokens.len() != 1 {
        return None;
    }
    match digits {
        4 => year(value, digits).map(Timestamp::Year),
        9 | 10 | 12 | 13 => from_epoch(i64::try_from(value).ok()?),
        _ => None,
    }
}

/// A date found in the tokens.
struct Found {
    day: Day,
    /// Index of the token after it.
    next: usize,
    /// A time of day that stood inside it (`Thu Mar 14 09:30:00 UTC 2024`), or was written into one number with it.
    time: Option<clock::Time>,
}

#[derive(Clone, Copy)]
enum Day {
    Ambiguous(Either),
    Known(Date),
    Month(Timestamp),
}

fn finish(tokens: &Tokens<'_>, start: usize, found: &Found) -> (Reading, Rest) {
    let mut next = found.next;
    let mut before = start;
    let mut time = found.time;
    if time.is_none() {
        if let Some((clock, end)) = clock::after(tokens, next) {
            time = Some(clock);
            next = end;
        } else if let Some((clock, begin)) = clock::before(tokens, start) {
            time = Some(clock);
            before = begin;
        }
    }
    let plain = (0..before).chain(next..tokens.len()).all(|index| tokens.is_filler(index));
    let rest = if plain { Rest::Nothing } else { Rest::Words };
    let reading = match (found.day, time) {
        (Day::Ambiguous(either), time) => {
            let either = either.map(|day| at(day.first_day(), time));
            let by_weekday = tokens.weekday().and_then(|named| {
                either.only(|day| day.first_day().weekday().to_monday_one_offset() == named)
            });
            by_weekday.map_or(Reading::Ambiguous(either), Reading::Known)
        }
        (Day::Month(month), _) => Reading::Known(month),
        (Day::Known(day), time) => Reading::Known(at(day, time)),
    };
    (reading, rest)
}

fn at(day: Date, time: Option<clock::Time>) -> Timestamp {
    time.map_or(Timestamp::Day(day), |time| Timestamp::Time {
        local: day.to_datetime(time.clock),
        offset_minutes: time.offset_minutes,
    })
}

fn date_at(tokens: &Tokens<'_>, start: usize) -> Option<Found> {
    match tokens.get(start)? {
        Token::Number { value, digits: 8 | 12 | 14 } => run_together(tokens, start, value),
        Token::Number { digits: 4, .. } => year_first(tokens, start),
        Token::Number { digits: 1 | 2, .. } => {
            day_and_named_month(tokens, start).or_else(|| three_numbers(tokens, start))
        }
        Token::Word(word) => {
            tokens::month(word).and_then(|month| named_month_first(tokens, start, month))
        }
        _ => None,
    }
}

/// `20240314`, `20240314T093000Z`, `202403140930`, `20240314093000`.
fn run_together(tokens: &Tokens<'_>, start: usize, value: u64) -> Option<Found> {
    let Token::Number { digits, .. } = tokens.get(start)? else { return None };
    let (day, clock) = match digits {
        14 => (value / 1_000_000, Some(value % 1_000_000)),
        12 => (value / 10_000, Some(value % 10_000 * 100)),
        _ => (value, None),
    };
    let day = date(year(day / 10_000, 4)?, day / 100 % 100, day % 100)?;
    let mut found = Found { day: Day::Known(day), next: start + 1, time: None };
    if let Some(clock) = clock {
        let (time, next) = clock::packed(tokens, clock, start + 1)?;
        found.time = Some(time);
        found.next = next;
    }
    Some(found)
}

/// `2024-03-14`, `2024/3/14`, `2024.03.14`, `2024年3月14日`, `2024-03`, `2024 March 14`.
fn year_first(tokens: &Tokens<'_>, start: usize) -> Option<Found> {
    let (value, digits) = tokens.number(start)?;
    let year = year(value, digits)?;
    let (separator, at) = tokens.separator(start + 1);
    if let Some(Token::Word(word)) = tokens.get(at) {
        let month = tokens::month(word)?;
        let (_, at) = tokens.separator(at + 1);
        let (day, digits) = tokens.number(at)?;
        let next = tokens.after_ordinal(at + 1);
        let day = date(year, u64::from(month), day).filter(|_| digits <= 2)?;
        return Some(Found { day: Day::Known(day), next, time: None });
    }
    let (month, _) = tokens.number(at).filter(|&(_, digits)| digits <= 2)?;
    separator?;
    let (second, day_at) = tokens.separator(at + 1);
    let day = tokens.number(day_at).filter(|&(_, digits)| digits <= 2 && second.is_some());
    if let Some((day, _)) = day {
        let day = date(year, month, day)?;
        let next = day_at + 1 + usize::from(tokens.is_word(day_at + 1, &["日", "일"]));
        return Some(Found { day: Day::Known(day), next, time: None });
    }
    let is_month = matches!(separator, Some('-' | '/' | '年' | '년'));
    let month = Timestamp::month(year, u8::try_from(month).ok()?).filter(|_| is_month)?;
    Some(Found { day: Day::Month(month), next: day_at, time: None })
}

/// `14 March 2024`, `14th of March, 2024`, `14. März 2024`, `le 1er mai 2024`, `14 de marzo de 2024`, `26-FEB-1987`.
fn day_and_named_month(tokens: &Tokens<'_>, start: usize) -> Option<Found> {
    let (day, _) = tokens.number(start)?;
    let at = tokens.after_ordinal(start + 1);
    let (_, at) = tokens.separator(at);
    let Token::Word(word) = tokens.get(at)? else { return None };
    let month = tokens::month(word)?;
    let (sign, mut at) = tokens.separator(at + 1);
    // "14 آذار/مارس 2024": the month under both its names.
    if sign == Some('/')
        && let Some(Token::Word(other)) = tokens.get(at)
        && tokens::month(other) == Some(month)
    {
        at = tokens.separator(at + 1).1;
    }
    let (value, digits) = tokens.number(at)?;
    let day = date(year(value, digits)?, u64::from(month), day)?;
    let next = at + 1 + usize::from(tokens.is_word(at + 1, YEAR));
    Some(Found { day: Day::Known(day), next, time: None })
}

/// Words behind the number of a year.
const YEAR: &[&str] =
    &["г", "р", "r", "year", "года", "году", "год", "року", "рік", "roku", "yılı", "سنة", "م"];

/// `March 14, 2024`, `Mar. 14th 2024`, `March 2024`, `Mar 14 09:30:00 UTC 2024`.
fn named_month_first(tokens: &Tokens<'_>, start: usize, month: u8) -> Option<Found> {
    let (_, at) = tokens.separator(start + 1);
    let (value, digits) = tokens.number(at)?;
    if digits == 4 {
        let month = Timestamp::month(year(value, digits)?, month)?;
        // "May 2024" is a month, but "12 May 2024" with an impossible day is nothing.
        let preceded = start.checked_sub(1).is_some_and(|before| tokens.number(before).is_some());
        return (!preceded).then_some(Found { day: Day::Month(month), next: at + 1, time: None });
    }
    if digits > 2 {
        return None;
    }
    let after = tokens.after_ordinal(at + 1);
    let (time, year_at) = match clock::after(tokens, after) {
        Some((time, next)) => (Some(time), tokens.separator(next).1),
        None => (None, tokens.separator(after).1),
    };
    let (written, digits) = tokens.number(year_at).filter(|&(_, digits)| digits == 4)?;
    let day = date(year(written, digits)?, u64::from(month), value)?;
    Some(Found { day: Day::Known(day), next: year_at + 1, time })
}

/// `14.03.2024`, `3/14/2024`, `14/3/24`: with full stops the day comes first; else whichever order is possible, if only one is. With hyphens a year of
/// two digits may stand first.
fn three_numbers(tokens: &Tokens<'_>, start: usize) -> Option<Found> {
    let (first, _) = tokens.number(start)?;
    let (separator, at) = tokens.separator(start + 1);
    let (second, _) = tokens.number(at).filter(|&(_, digits)| digits <= 2)?;
    let (other, year_at) = tokens.separator(at + 1);
    let separator =
        separator.filter(|sign| other == Some(*sign) && matches!(sign, '.' | '/' | '-'))?;
    let (value, digits) = tokens.number(year_at)?;
    let year_first = (separator == '-' && digits == 2)
        .then(|| date(year(first, tokens.number(start)?.1)?, second, value))
        .flatten();
    let year = year(value, digits);
    let day_first = year.and_then(|year| date(year, second, first));
    let month_first = year.and_then(|year| date(year, first, second));
    let day = match (day_first, month_first) {
        (Some(day), _) if separator == '.' => Day::Known(day),
        (day, other) => {
            let either = Either {
                day: day.map(Timestamp::Day),
                month: other.map(Timestamp::Day),
                year: year_first.map(Timestamp::Day),
            };
            let first = day.or(other).or(year_first)?;
            let all_alike = [day, other, year_first].iter().flatten().all(|day| *day == first);
            if all_alike { Day::Known(first) } else { Day::Ambiguous(either) }
        }
    };
    Some(Found { day, next: year_at + 1, time: None })
}

/// A year of four digits, or of two: 00 to 49 are of this century, 50 to 99 of the last (RFC 2822).
fn year(value: u64, digits: usize) -> Option<i16> {
    let year = i16::try_from(value).ok()?;
    match digits {
        4 if (1400..=2200).contains(&year) => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn date(year: i16, month: u64, day: u64) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests;
