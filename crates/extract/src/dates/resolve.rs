//! Turns what a rule took into a stretch of the calendar, against the reference day and the date mentioned before.
//!
//! How a missing year is chosen stands here and in `docs/dates.md`. Nothing is guessed: without a reference a day of March is
//! a day of every March, and "yesterday" is none.

use dateline_article::{Date, Granularity};

use super::holiday::holiday_in;
use super::interval::{Interval, Unit, civil, first_of_month, plus, plus_days, weekday};
use super::pattern::{Numeric, Parts};
use super::source::{Holiday, Meaning, Order, Part};

/// What is known when an expression is reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The day on which the text was published.
    pub(super) reference: Option<Date>,
    /// The last stretch mentioned.
    pub(super) anchor: Option<Interval>,
    /// The last quarter mentioned nearby, which "a year earlier" in a report of earnings means.
    pub(super) quarter: Option<Interval>,
    /// The month or day mentioned before in the same sentence, where it is yet to come.
    pub(super) coming: Option<Date>,
    /// The year that another part of the same expression gives.
    pub(super) year: Option<i32>,
    /// Which of two numbers is the month; `None` where the text does not tell.
    pub(super) order: Option<Order>,
    /// The year that the text tells of, where it tells of no present time.
    pub(super) told_of: Option<i32>,
    /// Whether the sentence tells what is so every year.
    pub(super) is_general: bool,
}

/// Whether the parts leave the year to be chosen.
pub(super) fn lacks_year(parts: &Parts) -> bool {
    parts.month.is_some() && parts.year.is_none() && parts.numeric.is_none()
}

/// The stretch that a match means; `None` where the calendar or the context has none.
pub(super) fn resolve(meaning: Meaning, parts: &Parts, context: &Context) -> Option<Interval> {
    match meaning {
        Meaning::Nothing => None,
        Meaning::Bare if parts.unit == Some(Unit::Quarter) && context.quarter.is_some() => {
            context.quarter
        }
        Meaning::Bare if parts.unit.is_some() => nearby(parts, 0, context.reference?),
        Meaning::Around(unit) => Interval::around(calendar(parts, context)?.first_day()?, unit),
        Meaning::Calendar | Meaning::Bare | Meaning::DayRange => calendar(parts, context),
        Meaning::Nearby => nearby(parts, i32::from(parts.shift?), context.reference?),
        Meaning::Shifted(shift) => nearby(parts, i32::from(shift), context.reference?),
        Meaning::UnitAt(steps, unit) => nearby(
            &Parts { unit: Some(unit), ..Parts::default() },
            i32::from(steps),
            context.reference?,
        ),
        Meaning::Named(holiday) => holiday_in(holiday, parts, context),
        Meaning::YearEarlier => {
            ago(&Parts { unit: Some(Unit::Year), count: Some(1), ..Parts::default() }, -1, context)
        }
        Meaning::PartOf(days, part) => {
            of_day(plus_days(context.reference?, i32::from(days))?, part)
        }
        Meaning::Ago => ago(parts, -1, context),
        Meaning::Ahead => ago(parts, 1, context),
        Meaning::Earlier => from_anchor(parts, -1, context),
        Meaning::Later => from_anchor(parts, 1, context),
        Meaning::Anchored(steps) => anchored(parts, i32::from(steps), context),
        Meaning::OfMonth(steps) => {
            let month = plus(context.reference?, Unit::Month, steps.into())?;
            let number = u8::try_from(month.month()).ok();
            calendar(&Parts { year: Some(month.year().into()), month: number, ..*parts }, context)
        }
        Meaning::OfShiftedYear => {
            let year = i32::from(context.reference?.year()) + i32::from(parts.shift?);
            calendar(&Parts { year: Some(year), ..*parts }, context)
        }
        Meaning::OfShiftedWeek => {
            let week = plus(context.reference?, Unit::Week, i32::from(parts.shift?))?;
            let steps = i32::from(parts.weekday?) - 1 - weekday(week);
            Interval::day(plus_days(week, steps)?)
        }
        Meaning::NthWeekday(which) => {
            let which = if which < 0 { which } else { i8::try_from(parts.ordinal?).ok()? };
            let nth = Holiday::Nth(parts.month?, parts.weekday?, which);
            let found = holiday_in(nth, parts, context)?;
            // There may be no fifth.
            (found.first_day()?.month().unsigned_abs() == parts.month?).then_some(found)
        }
        Meaning::OfAnchorYear => {
            let year = i32::from(context.anchor?.first_day()?.year());
            calendar(&Parts { year: Some(year), ..*parts }, context)
        }
        Meaning::BeforeChrist => match (parts.year, parts.ordinal) {
            (Some(year), _) => Interval::year(1 - year),
            // The first century before Christ is 100 to 1, which is the year 0 of ISO 8601.
            (_, Some(century)) => {
                Interval::years(1 - 100 * i32::from(century), 100, Granularity::Century)
            }
            _ => None,
        },
        Meaning::Decade => decade_of(u16::try_from(parts.year?).ok()?),
        Meaning::Century => {
            let century = parts.ordinal.or(parts.count);
            let century = i32::from(century.filter(|century| (1..=30).contains(century))?);
            Interval::years(century * 100 - 100, 100, Granularity::Century)
        }
        Meaning::Quarter => part_of_year(parts, 4, context),
        Meaning::Half => part_of_year(parts, 2, context),
    }
}

/// Narrows a day to a part of it or a time; any other stretch stays.
pub(super) fn at_time(interval: Interval, parts: &Parts) -> Interval {
    let Some(day) = interval.first_day().filter(|_| interval.granularity == Granularity::Day)
    else {
        return interval;
    };
    let narrowed = match (parts.clock, parts.part) {
        (Some((hour, minute)), _) => Interval::minute(day, hour, minute),
        (None, Some(part)) => of_day(day, part),
        (None, None) => None,
    };
    narrowed.unwrap_or(interval)
}

fn of_day(day: Date, part: Part) -> Option<Interval> {
    let (from, until) = match part {
        Part::Morning => (6, 12),
        Part::Afternoon => (12, 18),
        Part::Evening => (18, 24),
        Part::Night => (20, 24),
    };
    Interval::hours(day, from, until)
}

/// Year, month, day, weekday, season, decade and named days as they stand.
fn calendar(parts: &Parts, context: &Context) -> Option<Interval> {
    if let Some(holiday) = parts.holiday {
        return holiday_in(holiday, parts, context);
    }
    if let Some(decade) = parts.decade {
        return decade_of(decade);
    }
    if let Some(season) = parts.season {
        return season_of(season, parts.year?, parts.last_year);
    }
    if let Some(numeric) = parts.numeric {
        let (day, month) = in_order(numeric, context.order)?;
        return Interval::day(civil(parts.year?, month, day)?);
    }
    if let Some(days) = parts.offset {
        let reference = context.reference.filter(|_| !context.is_general)?;
        return Interval::day(plus_days(reference, days.into())?);
    }
    match (parts.year, parts.month, parts.day) {
        (Some(year), Some(month), Some(day)) => Interval::day(civil(year, month, day)?),
        (Some(year), Some(month), None) => Interval::month(year, month),
        (Some(year), None, _) => Interval::year(year),
        (None, Some(month), day) => yearless(month, day, parts.weekday, context),
        (None, None, _) => {
            let back =
                (weekday(context.reference?) - (i32::from(parts.weekday?) - 1)).rem_euclid(7);
            Interval::day(plus_days(context.reference?, -back)?)
        }
    }
}

/// Day and month of two numbers.
fn in_order(numeric: Numeric, order: Option<Order>) -> Option<(u8, u8)> {
    let Numeric { first, second, sign } = numeric;
    match order {
        // With points the day stands first everywhere.
        _ if sign == b'.' || first == second || first > 12 => Some((first, second)),
        _ if second > 12 => Some((second, first)),
        Some(Order::DayFirst) => Some((first, second)),
        Some(Order::MonthFirst) => Some((second, first)),
        _ => None,
    }
}

/// A month or a day of a month whose year the text leaves out.
pub(super) fn yearless(
    month: u8,
    day: Option<u8>,
    named: Option<u8>,
    context: &Context,
) -> Option<Interval> {
    let in_year = |year: i32| match day {
        Some(day) => Interval::day(civil(year, month, day)?),
        None => Interval::month(year, month),
    };
    Interval::recurring(month, day)?;
    if let Some(year) = context.year {
        return in_year(year);
    }
    let Some(reference) = context.reference.filter(|_| !context.is_general) else {
        return Interval::recurring(month, day);
    };
    if let Some(told) = context.told_of {
        return in_year(told);
    }
    let year = i32::from(reference.year());
    if let (Some(day), Some(named)) = (day, named) {
        let fits = |year: &i32| {
            civil(*year, month, day).is_some_and(|date| weekday(date) + 1 == i32::from(named))
        };
        if let Some(year) = [year, year - 1, year + 1].into_iter().find(fits) {
            return in_year(year);
        }
    }
    let ahead = i32::from(month) - i32::from(reference.month());
    // "in November, in January": a list of what is to come goes on.
    if let Some(coming) = context.coming.filter(|_| day.is_none()) {
        let after = i32::from(month) < i32::from(coming.month());
        let listed = first_of_month(i32::from(coming.year()) + i32::from(after), month.into())?;
        let latest = plus(reference, Unit::Year, 1)?;
        if listed <= latest {
            return in_year(listed.year().into());
        }
    }
    let year = match ahead {
        4.. => year - 1,
        ..=-10 => year + 1,
        _ => year,
    };
    // 29 February of a year that has none.
    in_year(year).or_else(|| in_year(year - 1)).or_else(|| Interval::recurring(month, day))
}

/// A unit, month, weekday, season or part of the day at `shift` from the reference.
fn nearby(parts: &Parts, shift: i32, reference: Date) -> Option<Interval> {
    let year = i32::from(reference.year());
    if let Some(weekday) = parts.weekday {
        return Interval::day(weekday_at(reference, weekday, shift)?);
    }
    if let Some(month) = parts.month {
        let ahead = i32::from(month) - i32::from(reference.month());
        let year = match shift.signum() {
            -1 if ahead >= 0 => year - 1,
            1 if ahead <= 0 => year + 1,
            _ => year,
        };
        return match parts.day {
            Some(day) => Interval::day(civil(year, month, day)?),
            None => Interval::month(year, month),
        };
    }
    if let Some(season) = parts.season {
        let seasons = (year - 2..=year + 1).filter_map(|year| season_of(season, year, None));
        let ends_after = |found: &Interval| found.end.day().is_some_and(|end| end > reference);
        // "Last spring", said in June: by the month it has ended.
        let has_ended = |found: &Interval| {
            let ended = found.end.day().and_then(|end| plus(end, Unit::Month, -1));
            ended.is_some_and(|end| end <= reference)
        };
        let mut seasons = seasons.skip_while(|found| shift >= 0 && !ends_after(found));
        return match shift.signum() {
            -1 => seasons.take_while(has_ended).last(),
            0 => seasons.next(),
            _ => seasons.find(|found| found.first_day().is_some_and(|first| first > reference)),
        };
    }
    match (parts.part, parts.unit) {
        (Some(part), _) => of_day(plus_days(reference, shift)?, part),
        (None, Some(Unit::Weekend)) => {
            // Until Wednesday "this weekend" is the one that has been.
            let back =
                if shift == 0 && weekday(reference) < 3 || shift < 0 && weekday(reference) < 5 {
                    -1
                } else {
                    0
                };
            let back = if shift < 0 && weekday(reference) >= 5 { -1 } else { back + shift.max(0) };
            Interval::around(plus(reference, Unit::Week, back)?, Unit::Weekend)
        }
        (None, Some(unit)) => Interval::around(plus(reference, unit, shift)?, unit),
        _ => None,
    }
}

/// The weekday before the reference, from it on, or after it.
pub(super) fn weekday_at(reference: Date, named: u8, shift: i32) -> Option<Date> {
    let ahead = (i32::from(named) - 1 - weekday(reference)).rem_euclid(7);
    plus_days(
        reference,
        match shift.signum() {
            -1 => ahead - 7,
            0 => ahead,
            _ if ahead == 0 => 7,
            _ => ahead,
        },
    )
}

/// `<count> <unit>` before or after the reference.
fn ago(parts: &Parts, direction: i32, context: &Context) -> Option<Interval> {
    let (unit, count) = match (parts.unit?, i32::from(parts.count?) * direction) {
        // Ten years ago, not some time in the decade before.
        (Unit::Decade, count) => (Unit::Year, count * 10),
        known => known,
    };
    if let Some(quarter) = context.quarter.filter(|_| unit == Unit::Year && count == -1) {
        return Interval::around(plus(quarter.first_day()?, unit, count)?, Unit::Quarter);
    }
    Interval::around(plus(context.reference?, unit, count)?, unit)
}

/// `<count> <unit>` before or after the last date mentioned.
fn from_anchor(parts: &Parts, direction: i32, context: &Context) -> Option<Interval> {
    let (unit, count) = (parts.unit?, i32::from(parts.count?) * direction);
    let Some((anchor, day)) = context.anchor.and_then(|anchor| Some((anchor, anchor.first_day()?)))
    else {
        return if direction < 0 { ago(parts, direction, context) } else { None };
    };
    if direction < 0 && context.quarter.is_some() && unit == Unit::Year {
        return ago(parts, direction, context);
    }
    let is_finer = rank(unit) < rank(anchor.unit());
    let kept = if is_finer && unit == Unit::Year { return None } else { unit };
    if is_finer { None } else { Interval::around(plus(day, unit, count)?, kept) }
}

/// A unit, weekday or part of the day `steps` from the last date mentioned.
fn anchored(parts: &Parts, steps: i32, context: &Context) -> Option<Interval> {
    let anchor = context.anchor?;
    let day = anchor.first_day()?;
    if let Some(named) = parts.weekday {
        return Interval::day(weekday_at(day, named, steps)?);
    }
    if let Some(month) = parts.month {
        return nearby(&Parts { month: Some(month), ..Parts::default() }, steps, day);
    }
    let is_day = rank(anchor.unit()) == 0;
    // "le lendemain" names no unit: a day.
    match (parts.part, parts.unit.unwrap_or(Unit::Day)) {
        (Some(part), _) => of_day(plus_days(day, steps).filter(|_| is_day)?, part),
        (None, unit) if rank(unit) >= rank(anchor.unit()) => {
            Interval::around(plus(day, unit, steps)?, unit)
        }
        _ => None,
    }
}

fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Day => 0,
        Unit::Weekend | Unit::Week => 1,
        Unit::Month => 2,
        Unit::Quarter => 3,
        Unit::Year => 4,
        Unit::Decade => 5,
        Unit::Century => 6,
    }
}

/// The quarter or half; without a year the last one that has begun.
fn part_of_year(parts: &Parts, parts_in_year: i32, context: &Context) -> Option<Interval> {
    let number = i32::from(parts.ordinal.or(parts.count)?);
    if !(1..=parts_in_year).contains(&number) {
        return None;
    }
    let length = 12 / parts_in_year;
    let granularity = if parts_in_year == 4 { Granularity::Quarter } else { Granularity::Half };
    let in_year =
        |year: i32| Interval::months(year, (number - 1) * length + 1, length, granularity);
    if let Some(year) = parts.year.or(context.year) {
        return in_year(year);
    }
    let reference = context.reference?;
    let year = i32::from(reference.year());
    let shift = parts.shift.map_or(0, i32::from);
    if shift != 0 || parts.shift.is_some() {
        return in_year(year + shift);
    }
    in_year(year)
        .filter(|found| found.first_day().is_some_and(|first| first <= reference))
        .or_else(|| in_year(year - 1))
}

fn season_of(season: u8, year: i32, last_year: Option<i32>) -> Option<Interval> {
    // A winter of two years begins in the first; one of one year begins in its December.
    let year = if season == 4 { year } else { last_year.unwrap_or(year) };
    Interval::months(year, i32::from(season) * 3, 4, Granularity::Season)
}

/// `1990s` and `90s`; the century itself for `1800s`.
fn decade_of(decade: u16) -> Option<Interval> {
    let first = i32::from(decade);
    match first {
        1000.. if first % 100 == 0 && first < 2000 => {
            Interval::years(first, 100, Granularity::Century)
        }
        1000.. => Interval::years(first, 10, Granularity::Decade),
        20..=90 => Interval::years(1900 + first, 10, Granularity::Decade),
        _ => None,
    }
}
