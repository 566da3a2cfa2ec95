//! What each slot of a rule takes from the tokens: a month's name, a day's figure, `two`, `22:30`, `nineteen ninety-six`.
//!
//! Only the form is judged: a `<day>` of 31 and a `<month>` of April go through.

use super::grammar::Slot;
use super::number::{Number, half_day};
use super::pattern::{Numeric, Parts, View};
use super::source::{Order, Sense};
use super::token::{Gap, Token};

/// The value of a sense, where it is of that kind.
macro_rules! pick {
    ($kind:ident) => {
        |sense| if let Sense::$kind(value) = sense { Some(value) } else { None }
    };
}

impl View<'_> {
    /// Fills a slot from token `at`; the token after what it took.
    pub(super) fn fill(&self, slot: Slot, at: usize, parts: &mut Parts) -> Option<usize> {
        let token = self.token(at)?;
        let mut next = at + 1;
        match slot {
            Slot::Month | Slot::FullMonth => {
                let month = self.sense(token, |sense| match sense {
                    Sense::Month(month) => Some(month),
                    Sense::ShortMonth(month) if slot == Slot::Month => Some(month),
                    _ => None,
                });
                parts.month = Some(month.filter(|_| self.is_named(token))?);
                next = self.after_full_stop(token, at);
            }
            Slot::Weekday | Slot::FullWeekday => {
                let weekday = self.sense(token, |sense| match sense {
                    Sense::Weekday(day) => Some(day),
                    Sense::ShortWeekday(day) if slot == Slot::Weekday => Some(day),
                    _ => None,
                });
                parts.weekday = Some(weekday.filter(|_| self.is_named(token))?);
                next = self.after_full_stop(token, at);
            }
            Slot::SpelledYear => (parts.year, next) = self.spelled_year(at)?,
            Slot::Count => (parts.count, next) = self.count(at)?,
            Slot::Ordinal => {
                parts.ordinal = Some(match token.number() {
                    Some(Number::Ordinal(rank)) => rank,
                    Some(_) => return None,
                    None => self.sense(token, pick!(Ordinal))?,
                });
            }
            Slot::Unit => parts.unit = Some(self.sense(token, pick!(Unit))?),
            Slot::Units => {
                let one = self.sense(token, pick!(Unit));
                parts.unit = Some(one.or_else(|| self.sense(token, pick!(Units)))?);
            }
            Slot::Season => parts.season = Some(self.sense(token, pick!(Season))?),
            Slot::Part => parts.part = Some(self.sense(token, pick!(Part))?),
            Slot::Shift => parts.shift = Some(self.sense(token, pick!(Shift))?),
            Slot::Offset => parts.offset = Some(self.sense(token, pick!(Offset))?),
            Slot::Quarter => parts.ordinal = Some(self.sense(token, pick!(Quarter))?.into()),
            Slot::Half => parts.ordinal = Some(self.sense(token, pick!(Half))?.into()),
            Slot::Holiday => parts.holiday = Some(self.sense(token, pick!(Holiday))?),
            Slot::Decade => {
                parts.decade = Some(match token.number() {
                    Some(Number::Decade(decade)) => decade,
                    Some(_) => return None,
                    None => self.sense(token, pick!(Decade))?,
                });
            }
            Slot::Clock => {
                let (clock, after) = self.clock(token, at)?;
                (parts.clock, next) = (Some(clock), after);
            }
            Slot::Day => self.day(token, parts)?,
            Slot::Year
            | Slot::AnyYear
            | Slot::EarlyYear
            | Slot::ShortYear
            | Slot::Years
            | Slot::Days
            | Slot::Date
            | Slot::DayMonth => {
                self.figure(slot, token, parts)?;
            }
        }
        Some(next)
    }

    /// The first or the second day of a rule.
    fn day(&self, token: &Token, parts: &mut Parts) -> Option<()> {
        let day = match token.number() {
            Some(Number::Plain { value, digits: 1 | 2 }) => u8::try_from(value).ok()?,
            Some(Number::Ordinal(rank)) => u8::try_from(rank).ok()?,
            Some(_) => return None,
            None => u8::try_from(self.sense(token, pick!(Ordinal))?).ok()?,
        };
        if !(1..=31).contains(&day) {
            return None;
        }
        if parts.day.is_none() {
            (parts.day, parts.split) = (Some(day), Some((token.end, token.end)));
        } else {
            parts.last_day = Some(day);
            parts.split = parts.split.map(|(end, _)| (end, token.start));
        }
        Some(())
    }

    /// Slots that only figures fill.
    fn figure(&self, slot: Slot, token: &Token, parts: &mut Parts) -> Option<()> {
        match (slot, token.number()?) {
            (Slot::Year, Number::Plain { value: value @ 1000..2200, digits: 4 })
            | (Slot::EarlyYear, Number::Plain { value: value @ 100..1000, digits: 3 })
            | (Slot::AnyYear, Number::Plain { value: value @ 1..10_000, .. }) => {
                parts.year = i32::try_from(value).ok();
            }
            (Slot::ShortYear, Number::Plain { value, digits: 2 }) => {
                parts.year = i32::try_from(value).ok().map(full_year);
            }
            (Slot::Years, Number::Years(first, last, second)) => {
                (parts.year, parts.last_year) = (Some(first.into()), Some(last.into()));
                parts.split = self.split_figure(token, second);
            }
            (Slot::Days, Number::Days(first, last, second)) => {
                (parts.day, parts.last_day) = (Some(first), Some(last));
                parts.split = self.split_figure(token, second);
            }
            (Slot::Date, Number::Date(year, month, day) | Number::Compact(year, month, day)) => {
                (parts.year, parts.month, parts.day) = (Some(year.into()), Some(month), Some(day));
            }
            (Slot::DayMonth, Number::Two(day, month, b'.')) => {
                (parts.day, parts.month) = (Some(day), Some(month));
            }
            (Slot::Date, Number::Month(year, month)) => {
                (parts.year, parts.month) = (Some(year.into()), Some(month));
            }
            (Slot::Date, Number::Parts { first, second, year, year_digits, sign }) => {
                // "a 10-12-14 record", "version 1.12.14"
                let is_short = year_digits == 2;
                if is_short
                    && sign != b'/'
                    && !(sign == b'.' && self.grammar.order == Order::DayFirst)
                {
                    return None;
                }
                let year = i32::from(year);
                parts.year = Some(if is_short { full_year(year) } else { year });
                parts.numeric = Some(Numeric { first, second, sign });
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether the word is written as the language writes names of months and weekdays.
    fn is_named(&self, token: &Token) -> bool {
        token.is_capital || !self.grammar.has_capitals
    }

    fn sense<T>(&self, token: &Token, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.grammar.senses(token.word).iter().find_map(|sense| pick(*sense))
    }

    /// The token after an abbreviation and its full stop; a full name has none.
    fn after_full_stop(&self, token: &Token, at: usize) -> usize {
        let is_short = self
            .grammar
            .senses(token.word)
            .iter()
            .any(|sense| matches!(sense, Sense::ShortMonth(_) | Sense::ShortWeekday(_)));
        let stop =
            self.token(at + 1).filter(|next| next.gap == Gap::None && next.text(self.text) == ".");
        at + 1 + usize::from(is_short && stop.is_some())
    }

    /// `14`, `two`, `twenty-four`.
    fn count(&self, at: usize) -> Option<(Option<u16>, usize)> {
        let token = self.token(at)?;
        match token.number() {
            Some(Number::Plain { value: value @ 1..1000, .. }) => {
                return Some((u16::try_from(value).ok(), at + 1));
            }
            Some(_) => return None,
            None => {}
        }
        let word = |at: usize| {
            let token = self.token(at)?;
            self.sense(token, pick!(Count))
        };
        let first = word(at)?;
        let dash = usize::from(self.is_dash(at + 1));
        match word(at + 1 + dash) {
            Some(ones @ 1..=9) if (20..=90).contains(&first) && first % 10 == 0 => {
                Some((Some(first + ones), at + 2 + dash))
            }
            _ => Some((Some(first), at + 1)),
        }
    }

    /// `nineteen ninety-six`.
    fn spelled_year(&self, at: usize) -> Option<(Option<i32>, usize)> {
        let (hundreds, after) = self.count(at)?;
        let hundreds = hundreds.filter(|hundreds| (11..=20).contains(hundreds))?;
        let (rest, next) = self
            .count(after)
            .filter(|_| self.token(after).is_some_and(|t| t.number().is_none()))?;
        let rest = rest.filter(|rest| (10..100).contains(rest))?;
        Some((Some(i32::from(hundreds) * 100 + i32::from(rest)), next))
    }

    fn is_dash(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.gap == Gap::None && token.text(self.text) == "-")
    }

    /// `22:30`, `9:40 a.m.`, `6 pm`, `noon`.
    fn clock(&self, token: &Token, at: usize) -> Option<((u8, u8), usize)> {
        let Some(number) = token.number() else {
            return Some(((self.sense(token, pick!(Hour))?, 0), at + 1));
        };
        let half = self.half_of_day(at + 1);
        let after = self.token(at + 1);
        let names_hour = after.is_some_and(|token| self.grammar.has(token.word, Sense::Clock));
        match (number, half) {
            (Number::Clock(hour, minute), None) => {
                Some(((hour, minute), at + 1 + usize::from(names_hour)))
            }
            (
                Number::Clock(hour @ ..=12, minute)
                | Number::Two(hour @ 1..=12, minute @ ..60, b'.'),
                Some((is_pm, next)),
            ) => Some(((half_day(hour, Some(is_pm)), minute), next)),
            (Number::Plain { value: value @ 0..24, .. }, None) if names_hour => {
                Some(((u8::try_from(value).ok()?, 0), at + 2))
            }
            (Number::Two(hour @ ..24, minute @ ..60, b'.'), None) if names_hour => {
                Some(((hour, minute), at + 2))
            }
            (Number::Plain { value: value @ 1..=12, .. }, Some((is_pm, next))) => {
                Some(((half_day(u8::try_from(value).ok()?, Some(is_pm)), 0), next))
            }
            _ => None,
        }
    }

    /// `am`, `p.m.`: whether it is the second half, and the token after it.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let is = |at: usize, known: &str| {
            self.token(at).is_some_and(|token| token.text(self.text).eq_ignore_ascii_case(known))
        };
        let letter = self.token(at)?.text(self.text);
        if is(at, "am") || is(at, "pm") {
            return Some((is(at, "pm"), at + 1));
        }
        let spelled = (letter.eq_ignore_ascii_case("a") || letter.eq_ignore_ascii_case("p"))
            && is(at + 1, ".")
            && is(at + 2, "m");
        spelled.then(|| (letter.eq_ignore_ascii_case("p"), at + 3 + usize::from(is(at + 3, "."))))
    }

    /// Ends the first number of a figure and begins the second, which stands `second` bytes into it.
    fn split_figure(&self, token: &Token, second: u8) -> Option<(u32, u32)> {
        let begin = token.start + u32::from(second);
        let first = self.text.get(token.start as usize..begin as usize)?;
        let length = first.trim_end_matches(|sign: char| !sign.is_ascii_digit()).len();
        Some((token.start + u32::try_from(length).ok()?, begin))
    }
}

/// The year that two digits mean: from 1950 to 2049.
fn full_year(of_century: i32) -> i32 {
    if of_century < 50 { 2000 + of_century } else { 1900 + of_century }
}
