//! Figures as they stand in a text: one number, or digits joined by points, colons, strokes and dashes, read as far as their form alone tells.
//!
//! Which of `3/4/2024` is the month is not decided here, nor whether `1984` is a year. Sources: ISO 8601 for `2024-03-14`, usage for the rest.

use super::grammar::Grammar;

/// What a run of digits can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// Digits alone.
    Plain { value: u32, digits: u8 },
    /// `3rd`, `21st`.
    Ordinal(u16),
    /// `1990s`, `90s`.
    Decade(u16),
    /// `2024-03-14`, `2024/3/14`: year, month, day.
    Date(u16, u8, u8),
    /// `20240314`.
    Compact(u16, u8, u8),
    /// `2024-03`.
    Month(u16, u8),
    /// `3/14/24`, `14.03.2024`: two numbers, the year, the digits of the year, and the sign between.
    Parts { first: u8, second: u8, year: u16, year_digits: u8, sign: u8 },
    /// `9/11`, `14.3`: two numbers and the sign between.
    Two(u8, u8, u8),
    /// `22:30`, `9am`: hour and minute.
    Clock(u8, u8),
    /// `1941-42`, `2009–2010`; the byte at which the second year begins.
    Years(u16, u16, u8),
    /// `3-5`; the byte at which the second number begins.
    Days(u8, u8, u8),
    /// Prices, scores, numbers of telephones and versions.
    Other,
}

/// Groups of digits with the sign before each.
struct Groups {
    values: [u32; 4],
    lengths: [u8; 4],
    starts: [u8; 4],
    signs: [u8; 4],
    count: usize,
}

const EN_DASH: &[u8] = "–".as_bytes();

/// Reads the figure that begins at the digit at `start`; returns it and the byte after it and the letters that stick to it.
pub(super) fn read(text: &str, start: usize, grammar: &Grammar) -> (Number, usize) {
    let (groups, mut end) = groups(text.as_bytes(), start);
    let tail = text.get(end..).unwrap_or_default();
    let letters = tail.chars().take(16).take_while(|letter| letter.is_alphanumeric());
    let letters = letters.map(char::len_utf8).sum();
    if letters == 0 {
        let genitive =
            ["'s", "’s"].iter().find(|suffix| groups.count == 1 && tail.starts_with(**suffix));
        return match (genitive, decade(&groups)) {
            (Some(suffix), Some(decade)) => (decade, end + suffix.len()),
            _ => (plain(&groups), end),
        };
    }
    let suffix = tail.get(..letters).unwrap_or_default();
    let is = |known: &str| suffix.eq_ignore_ascii_case(known);
    let number = if is("am") || is("pm") {
        clock(&groups, Some(is("pm")))
    } else if groups.count == 1 && grammar.decade_suffixes.iter().any(|known| is(known)) {
        decade(&groups).unwrap_or(Number::Other)
    } else if groups.count == 1 && grammar.ordinal_suffixes.iter().any(|known| is(known)) {
        u16::try_from(groups.values[0]).map_or(Number::Other, Number::Ordinal)
    } else if groups.count == 1 && suffix.starts_with('h') {
        hour_with_h(&groups, suffix.as_bytes())
    } else if groups.count == 3 && suffix.starts_with('T') {
        // A time follows the day: `2024-03-14T09:30:00Z`.
        let rest = tail.bytes().take(32);
        end +=
            rest.take_while(|byte| byte.is_ascii_alphanumeric() || b":+-".contains(byte)).count();
        return (plain(&groups), end);
    } else {
        Number::Other
    };
    (number, end + letters)
}

fn groups(bytes: &[u8], start: usize) -> (Groups, usize) {
    let mut found =
        Groups { values: [0; 4], lengths: [0; 4], starts: [0; 4], signs: [0; 4], count: 0 };
    let (mut at, mut sign) = (start, 0);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    loop {
        let (begin, mut value) = (at, 0_u32);
        while digit(at) {
            value = value
                .saturating_mul(10)
                .saturating_add(u32::from(bytes.get(at).map_or(0, |b| b - b'0')));
            at += 1;
        }
        if let Some(slot) = found.values.get_mut(found.count) {
            *slot = value;
            found.lengths[found.count] = u8::try_from(at - begin).unwrap_or(u8::MAX);
            found.starts[found.count] = u8::try_from(begin - start).unwrap_or(u8::MAX);
            found.signs[found.count] = sign;
        }
        found.count = (found.count + 1).min(5);
        let (next, width) = match bytes.get(at) {
            Some(b @ (b'.' | b',' | b':' | b'/' | b'-')) => (*b, 1),
            Some(0xE2) if bytes.get(at..at + 3) == Some(EN_DASH) => (b'-', 3),
            _ => return (found, at),
        };
        if !digit(at + width) || next == b',' && four_digits(bytes, at + 1) {
            return (found, at);
        }
        at += width;
        sign = if width == 3 { b'~' } else { next };
    }
}

/// After `18,` in `June 18,2016`: a year, and no thousands.
fn four_digits(bytes: &[u8], at: usize) -> bool {
    let group =
        bytes.get(at..).unwrap_or_default().iter().take(5).take_while(|b| b.is_ascii_digit());
    group.count() == 4
}

fn small(value: u32) -> Option<u8> {
    u8::try_from(value).ok()
}

/// What groups without letters after them are.
fn plain(groups: &Groups) -> Number {
    match groups.count {
        1 => single(groups),
        2 => two(groups).unwrap_or(Number::Other),
        3 => three(groups).unwrap_or(Number::Other),
        _ => Number::Other,
    }
}

fn single(groups: &Groups) -> Number {
    let (value, digits) = (groups.values[0], groups.lengths[0]);
    if digits == 8 {
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        return match (u16::try_from(year), small(month), small(day)) {
            (Ok(year @ 1500..=2100), Some(month), Some(day)) => Number::Compact(year, month, day),
            _ => Number::Other,
        };
    }
    if digits > 8 { Number::Other } else { Number::Plain { value, digits } }
}

fn two(groups: &Groups) -> Option<Number> {
    let ([a, b, ..], [length, second, ..]) = (groups.values, groups.lengths);
    let is_range = matches!(groups.signs[1], b'-' | b'~' | b'/');
    match groups.signs[1] {
        b':' => Some(clock(groups, None)),
        _ if is_range && length == 4 && (1000..2200).contains(&a) => {
            let last = match second {
                2 => a / 100 * 100 + b + if a % 100 == 99 && b == 0 { 100 } else { 0 },
                4 => b,
                _ => return None,
            };
            let (first, last) = (u16::try_from(a).ok()?, u16::try_from(last).ok()?);
            if last > first && last < 2200 {
                Some(Number::Years(first, last, groups.starts[1]))
            } else if groups.signs[1] == b'-' && second == 2 && (1..=12).contains(&b) {
                Some(Number::Month(first, small(b)?))
            } else {
                None
            }
        }
        b'-' | b'~' if length <= 2 && second <= 2 && 0 < a && a < b && b <= 31 => {
            Some(Number::Days(small(a)?, small(b)?, groups.starts[1]))
        }
        sign @ (b'/' | b'.') if length <= 2 && second <= 2 => {
            Some(Number::Two(small(a)?, small(b)?, sign))
        }
        _ => None,
    }
}

fn three(groups: &Groups) -> Option<Number> {
    let ([a, b, c, _], lengths) = (groups.values, groups.lengths);
    let sign = groups.signs[1];
    if sign == b':' {
        return Some(clock(groups, None));
    }
    if sign != groups.signs[2] || !matches!(sign, b'-' | b'/' | b'.') {
        return None;
    }
    let short = |length: u8| length == 1 || length == 2;
    if lengths[0] == 4 && short(lengths[1]) && short(lengths[2]) && (1000..2200).contains(&a) {
        return Some(Number::Date(u16::try_from(a).ok()?, small(b)?, small(c)?));
    }
    let year_fits = lengths[2] == 2 || lengths[2] == 4 && (1000..2200).contains(&c);
    let (first, second) = (small(a)?, small(b)?);
    let fits = short(lengths[0])
        && short(lengths[1])
        && year_fits
        && a.min(b) > 0
        && a.max(b) <= 31
        && a.min(b) <= 12;
    fits.then_some(Number::Parts {
        first,
        second,
        year: u16::try_from(c).ok()?,
        year_digits: lengths[2],
        sign,
    })
}

/// A time of day; `afternoon` is what `am` or `pm` says.
fn clock(groups: &Groups, afternoon: Option<bool>) -> Number {
    let minutes = if groups.count > 1 { groups.values[1] } else { 0 };
    let fits = groups.count <= 3 && (groups.count == 1 || groups.lengths[1] == 2);
    match (small(groups.values[0]), small(minutes)) {
        (Some(hour @ 0..=23), Some(minute @ 0..=59)) if fits => {
            Number::Clock(half_day(hour, afternoon), minute)
        }
        _ => Number::Other,
    }
}

/// The hour of 24 for an hour of 12.
pub(super) fn half_day(hour: u8, afternoon: Option<bool>) -> u8 {
    match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    }
}

/// `18h`, `18h30`.
fn hour_with_h(groups: &Groups, suffix: &[u8]) -> Number {
    let minute = match suffix {
        [b'h'] => Some(0),
        [b'h', tens @ b'0'..=b'5', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    };
    match (small(groups.values[0]), minute) {
        (Some(hour @ 0..=23), Some(minute)) if groups.lengths[0] <= 2 => {
            Number::Clock(hour, minute)
        }
        _ => Number::Other,
    }
}

fn decade(groups: &Groups) -> Option<Number> {
    let (value, digits) = (groups.values[0], groups.lengths[0]);
    let fits = value % 10 == 0 && (digits == 2 || digits == 4 && (1000..2200).contains(&value));
    fits.then(|| u16::try_from(value).ok().map(Number::Decade)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Number, rest: &str) {
        let (number, end) = read(text, 0, &Grammar::new(&crate::dates::en::SOURCE));
        assert_eq!((number, text.get(end..)), (expected, Some(rest)), "{text}");
    }

    #[test]
    fn figures_by_their_form() {
        check("14 March", Number::Plain { value: 14, digits: 2 }, " March");
        check("3rd", Number::Ordinal(3), "");
        check("1990s.", Number::Decade(1990), ".");
        check("1930’s", Number::Decade(1930), "");
        check("747s", Number::Other, "");
        check("2024-03-14.", Number::Date(2024, 3, 14), ".");
        check("2024-03-14T09:30:00+02:00 x", Number::Date(2024, 3, 14), " x");
        check("2024-03", Number::Month(2024, 3), "");
        check("20240314", Number::Compact(2024, 3, 14), "");
        check("1941-42", Number::Years(1941, 1942, 5), "");
        check("1947–2012", Number::Years(1947, 2012, 7), "");
        check("1999-00", Number::Years(1999, 2000, 5), "");
        check("3-5 March", Number::Days(3, 5, 2), " March");
        check("3-2", Number::Other, "");
        let parts = |year_digits, year, sign| Number::Parts {
            first: 3,
            second: 14,
            year,
            year_digits,
            sign,
        };
        check("3/14/24", parts(2, 24, b'/'), "");
        check("3.14.2024", parts(4, 2024, b'.'), "");
        check("18,2016", Number::Plain { value: 18, digits: 2 }, ",2016");
        check("9:40AM", Number::Clock(9, 40), "");
        check("12am", Number::Clock(0, 0), "");
        check("18h30,", Number::Clock(18, 30), ",");
    }

    #[test]
    fn figures_that_are_no_date() {
        for text in [
            "1,200",
            "12.5.3.4",
            "555-1998",
            "3.07.216",
            "19991231-7",
            "2021.5",
            "25:99",
            "5G",
            "1999999999",
        ] {
            check(text, Number::Other, "");
        }
    }
}
