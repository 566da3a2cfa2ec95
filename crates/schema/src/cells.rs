//! Calendar cells: how overlap of time intervals becomes a matter of terms.
//!
//! An interval is cut into the fewest whole centuries, decades, years, months and days. The index holds for each such cell its own term and,
//! for every larger cell around it, a "something within" term. An interval asked for is cut the same way; it overlaps what an article speaks of
//! exactly when for one of its cells the index holds the cell itself, a larger cell around it, or something within it. No scan, no false
//! positive or negative, any year from −9999 to 9999. A day or month of no known year has cells of its own.

use dateline_article::{Date, Edge};

/// A whole stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Century(i16),
    Decade(i16),
    Year(i16),
    Month(i16, i8),
    Day(i16, i8, i8),
    YearlessMonth(u8),
    YearlessDay(u8, u8),
}

/// Stands before the term of a cell itself.
const WHOLE: char = '=';
/// Stands before the term that says something lies within a cell.
const WITHIN: char = '<';

/// The terms under which an article that speaks of the days from `start` to before `end` is indexed.
pub fn index_terms(start: &Edge, end: &Edge) -> Vec<String> {
    let mut terms = Vec::new();
    for cell in cells(start, end) {
        terms.push(cell.term(WHOLE));
        terms.extend(cell.around().map(|larger| larger.term(WITHIN)));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The term that an article has which speaks of exactly this day, not of a longer stretch around it.
pub fn day_term(day: Date) -> String {
    Cell::Day(day.year(), day.month(), day.day()).term(WHOLE)
}

/// The terms of which an article must have at least one to speak of any day from `start` to before `end`.
pub fn query_terms(start: &Edge, end: &Edge) -> Vec<String> {
    let mut terms = Vec::new();
    for cell in cells(start, end) {
        terms.push(cell.term(WHOLE));
        terms.push(cell.term(WITHIN));
        terms.extend(cell.around().map(|larger| larger.term(WHOLE)));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The fewest cells that make up the days from `start` to before `end`; a minute counts as its day. None where one has a year and the
/// other not.
fn cells(start: &Edge, end: &Edge) -> Vec<Cell> {
    match (start, end) {
        (Edge::Yearless { month, day }, Edge::Yearless { .. }) => {
            vec![day.map_or(Cell::YearlessMonth(*month), |day| Cell::YearlessDay(*month, day))]
        }
        _ => days(start, end).map_or_else(Vec::new, |(first, last)| calendar_cells(first, last)),
    }
}

/// The first and the last day that belong to the interval from `start` to before `end`; `None` where one has no year.
pub fn days(start: &Edge, end: &Edge) -> Option<(Date, Date)> {
    start.day().zip(last_day(start, end))
}

/// The last day that belongs to the interval.
fn last_day(start: &Edge, end: &Edge) -> Option<Date> {
    match end {
        Edge::Day(day) => day.yesterday().ok().map(|last| last.max(start.day().unwrap_or(last))),
        Edge::Minute(minute) if minute.hour() == 0 && minute.minute() == 0 => {
            let before = minute.date().yesterday().ok()?;
            Some(before.max(start.day()?))
        }
        Edge::Minute(minute) => Some(minute.date()),
        Edge::Yearless { .. } => None,
    }
}

/// Cuts the days from `first` to `last`, both in, greedily into the largest cells.
fn calendar_cells(first: Date, last: Date) -> Vec<Cell> {
    let mut found = Vec::new();
    let mut at = first;
    while at <= last {
        let Some((cell, end)) = largest_from(at, last) else { break };
        found.push(cell);
        match end.tomorrow() {
            Ok(next) => at = next,
            Err(_) => break,
        }
    }
    found
}

/// The largest cell that begins on `at` and does not end after `last`, and its last day.
fn largest_from(at: Date, last: Date) -> Option<(Cell, Date)> {
    let year = at.year();
    let begins_year = at.day() == 1 && at.month() == 1;
    let spans = |years: i16| {
        let end = Date::new(year.checked_add(years - 1)?, 12, 31).ok()?;
        (begins_year && year.rem_euclid(years) == 0 && end <= last).then_some(end)
    };
    if let Some(end) = spans(100) {
        return Some((Cell::Century(year.div_euclid(100)), end));
    }
    if let Some(end) = spans(10) {
        return Some((Cell::Decade(year.div_euclid(10)), end));
    }
    if let Some(end) = spans(1) {
        return Some((Cell::Year(year), end));
    }
    let end_of_month = at.last_of_month();
    if at.day() == 1 && end_of_month <= last {
        return Some((Cell::Month(year, at.month()), end_of_month));
    }
    (at <= last).then_some((Cell::Day(year, at.month(), at.day()), at))
}

impl Cell {
    /// The cells around this one, smallest first.
    fn around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |cell| cell.parent())
    }

    fn parent(self) -> Option<Self> {
        match self {
            Self::Century(_) | Self::YearlessMonth(_) => None,
            Self::Decade(decade) => Some(Self::Century(decade.div_euclid(10))),
            Self::Year(year) => Some(Self::Decade(year.div_euclid(10))),
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(year, month, _) => Some(Self::Month(year, month)),
            Self::YearlessDay(month, _) => Some(Self::YearlessMonth(month)),
        }
    }

    fn term(self, kind: char) -> String {
        match self {
            Self::Century(number) => format!("{kind}c{number}"),
            Self::Decade(number) => format!("{kind}d{number}"),
            Self::Year(year) => format!("{kind}{year}"),
            Self::Month(year, month) => format!("{kind}{year}-{month:02}"),
            Self::Day(year, month, day) => format!("{kind}{year}-{month:02}-{day:02}"),
            Self::YearlessMonth(month) => format!("{kind}--{month:02}"),
            Self::YearlessDay(month, day) => format!("{kind}--{month:02}-{day:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_article::{days_since_epoch, from_days};

    use super::*;

    fn edge(text: &str) -> Edge {
        text.parse().unwrap()
    }

    fn meet(a: (&Edge, &Edge), b: (&Edge, &Edge)) -> bool {
        let indexed = index_terms(a.0, a.1);
        query_terms(b.0, b.1).iter().any(|term| indexed.contains(term))
    }

    #[test]
    fn a_single_day_has_the_term_that_it_is_indexed_by() {
        let day = Date::constant(2024, 3, 14);
        let terms = index_terms(&Edge::Day(day), &Edge::Day(Date::constant(2024, 3, 15)));
        assert!(terms.contains(&day_term(day)), "{terms:?}");
    }

    #[test]
    fn an_interval_is_few_cells() {
        let check = |start: &str, end: &str, expected: &str| {
            let found: Vec<_> =
                cells(&edge(start), &edge(end)).iter().map(|cell| cell.term(WHOLE)).collect();
            assert_eq!(found.join(" "), expected, "{start} to {end}");
        };
        check("2024-03-14", "2024-03-15", "=2024-03-14");
        check("2024-03-01", "2024-04-01", "=2024-03");
        check("1990-01-01", "2000-01-01", "=d199");
        check("1900-01-01", "2000-01-01", "=c19");
        check("2013-12-31", "2015-02-02", "=2013-12-31 =2014 =2015-01 =2015-02-01");
        check("2024-03-14T09:30", "2024-03-14T10:30", "=2024-03-14");
        check("2024-03-14T20:00", "2024-03-15T00:00", "=2024-03-14");
        check("--03-14", "--03-15", "=--03-14");
        check("--03", "--04", "=--03");
        check("-0001-01-01", "0000-01-01", "=-1");
    }

    #[test]
    fn yearless_days_meet_yearless_days_only() {
        let day = (edge("--03-14"), edge("--03-15"));
        let month = (edge("--03"), edge("--04"));
        let dated = (edge("2024-03-14"), edge("2024-03-15"));
        assert!(meet((&day.0, &day.1), (&day.0, &day.1)));
        assert!(meet((&day.0, &day.1), (&month.0, &month.1)));
        assert!(meet((&month.0, &month.1), (&day.0, &day.1)));
        assert!(!meet((&day.0, &day.1), (&dated.0, &dated.1)));
        assert!(!meet((&dated.0, &dated.1), (&day.0, &day.1)));
    }

    proptest::proptest! {
        #[test]
        fn terms_meet_exactly_when_intervals_overlap(
            base in -4_300_000..2_900_000_i32, a in 0..4_000_i32, a_days in 1..40_000_i32, b in 0..4_000_i32, b_days in 1..4_000_i32,
        ) {
            let day = |offset: i32| Edge::Day(from_days(base.saturating_add(offset).min(2_932_896)).unwrap());
            let (a, b) = ((day(a), day(a + a_days)), (day(b), day(b + b_days)));
            let days = |edge: &Edge| days_since_epoch(edge.day().unwrap());
            proptest::prop_assume!(days(&a.0) < days(&a.1) && days(&b.0) < days(&b.1));
            let overlap = days(&a.0) < days(&b.1) && days(&b.0) < days(&a.1);
            proptest::prop_assert_eq!(meet((&a.0, &a.1), (&b.0, &b.1)), overlap);
        }
    }
}
