//! The day that a holiday or another named day falls on, in its year or in the one that the reference suggests.
//!
//! Which name means which day stands in each language's file.

use dateline_article::{Date, Granularity, days_since_epoch};

use super::interval::{Interval, Unit, civil, easter, orthodox_easter, plus, plus_days};
use super::pattern::Parts;
use super::resolve::{Context, weekday_at, yearless};
use super::source::Holiday;

/// A named day in its year, or in the year that lies nearest in the past.
pub(super) fn holiday_in(holiday: Holiday, parts: &Parts, context: &Context) -> Option<Interval> {
    let in_year = |year: i32| -> Option<Date> {
        match holiday {
            Holiday::Fixed(month, day) => civil(year, month, day),
            Holiday::Easter(days) => plus_days(easter(year)?, days.into()),
            Holiday::OrthodoxEaster(days) => plus_days(orthodox_easter(year)?, days.into()),
            Holiday::Nth(month, named, which) => {
                let first = civil(year, month, 1)?;
                let day = weekday_at(first, named, 0)?;
                let last = (i32::from(first.days_in_month()) - i32::from(day.day())) / 7;
                plus_days(day, 7 * if which < 0 { last } else { i32::from(which) - 1 })
            }
            Holiday::From(month, day, named) => weekday_at(civil(year, month, day)?, named, 0),
            Holiday::Once(..) | Holiday::Between(..) => None,
        }
    };
    let known = |(year, month, day): (i16, u8, u8)| civil(year.into(), month, day);
    match (holiday, parts.year.or(context.year)) {
        (Holiday::Once(year, month, day), _) => Interval::day(known((year, month, day))?),
        (Holiday::Between(first, last), _) => {
            let (first, last) = (known(first)?, known(last)?);
            let days = days_since_epoch(last) - days_since_epoch(first) + 1;
            Interval::days(first, days, Granularity::Range)
        }
        (_, Some(year)) => Interval::day(in_year(year)?),
        (Holiday::Fixed(month, day), None) => yearless(month, Some(day), None, context),
        (_, None) => {
            let reference = context.reference.filter(|_| !context.is_general)?;
            let year = i32::from(reference.year())
                + parts.shift.map_or(0, |shift| i32::from(shift.max(0)));
            let latest = plus(
                reference,
                Unit::Month,
                if parts.shift.is_some_and(|shift| shift < 0) { 0 } else { 3 },
            )?;
            let day = in_year(year).filter(|day| *day <= latest || parts.shift == Some(1));
            Interval::day(day.or_else(|| in_year(year - 1))?)
        }
    }
}
