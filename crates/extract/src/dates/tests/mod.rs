//! Tables of texts and the dates in them, a file a language, and what must hold of any text.

mod any_text;
mod de;
mod en;
mod es;
mod faults;
mod fr;
mod it;
mod manual;
mod neutral;
mod nl;
mod pl;
mod pt;
mod ru;
mod uk;

use dateline_article::{Edge, Granularity, Language};

use super::interval::{Interval, Unit};
use super::{Found, dates};

/// How many cases the table of a language must hold.
const ENOUGH: usize = 60;

/// Checks the tables of a language, those `dated` read on Wednesday, 20 March 2024; what is found is written `surface=value` with `; ` between.
///
/// The value is as short as its granularity allows: `2024-03-14`, `2024-03`, `2024`, `--03-14`, `2024-03-14T22:30`, `week 2024-03-11`, `decade 1990-01-01`; `start..end`
/// for stretches and parts of the day. All failures are told at once.
#[track_caller]
fn check_all(language: Language, dated: &[(&str, &str)], undated: &[(&str, &str)]) {
    assert!(dated.len() + undated.len() >= ENOUGH, "{} cases", dated.len() + undated.len());
    let failures = |cases: &[(&str, &str)], reference: &str| -> Vec<String> {
        let failure = |(text, expected): &(&str, &str)| {
            let found = dates(text, Some(language), reference.parse().ok());
            let rows = found.iter().map(|one| format!("{}={}", one.span.of(text), brief(one)));
            let rows = rows.collect::<Vec<_>>().join("; ");
            (rows != *expected).then(|| format!("{text}\n  found    {rows}\n  expected {expected}"))
        };
        cases.iter().filter_map(failure).collect()
    };
    let failures = [failures(dated, "2024-03-20"), failures(undated, "")].concat();
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}

/// The value as short as it can be: the end is told by the granularity, or else written.
fn brief(found: &Found) -> String {
    let interval = Interval { start: found.start, end: found.end, granularity: found.granularity };
    let start = found.start.to_string();
    let around = |unit: Unit| Interval::around(interval.first_day()?, unit);
    let without = |suffix: &str| start.strip_suffix(suffix).map(ToOwned::to_owned);
    let (usual, short) = match (found.granularity, found.start) {
        (Granularity::Day, _) => (around(Unit::Day), Some(start.clone())),
        (Granularity::Month, _) => (around(Unit::Month), without("-01")),
        (Granularity::Year, _) => (around(Unit::Year), without("-01-01")),
        (Granularity::Week, _) => (around(Unit::Week), None),
        (Granularity::Weekend, _) => (around(Unit::Weekend), None),
        (Granularity::Quarter, _) => (around(Unit::Quarter), None),
        (Granularity::Decade, _) => (around(Unit::Decade), None),
        (Granularity::Century, _) => (around(Unit::Century), None),
        (granularity @ (Granularity::Half | Granularity::Season), Edge::Day(day)) => {
            let months = if granularity == Granularity::Half { 6 } else { 4 };
            let (year, month) = (day.year().into(), day.month().into());
            (Interval::months(year, month, months, granularity), None)
        }
        (Granularity::Recurring, Edge::Yearless { month, day }) => {
            (Interval::recurring(month, day), Some(start.clone()))
        }
        (Granularity::Minute, Edge::Minute(minute)) => {
            let [hour, of_hour] = [minute.hour(), minute.minute()].map(i8::try_into);
            let usual = Interval::minute(minute.date(), hour.unwrap(), of_hour.unwrap());
            (usual, Some(start.clone()))
        }
        _ => (None, None),
    };
    if usual == Some(interval) {
        let named = || format!("{:?} {start}", found.granularity).to_lowercase();
        return short.unwrap_or_else(named);
    }
    format!("{start}..{}", found.end)
}

/// Checks what is found in `text`, written `surface=start..end granularity` with `; ` between.
#[track_caller]
fn check_in(language: Language, text: &str, reference: &str, expected: &str) {
    let found = dates(text, Some(language), reference.parse().ok());
    assert_eq!(written(text, &found), expected, "in: {text}");
}

fn written(text: &str, found: &[Found]) -> String {
    let rows = found.iter().map(|found| {
        let granularity = format!("{:?}", found.granularity).to_lowercase();
        format!("{}={}..{} {granularity}", found.span.of(text), found.start, found.end)
    });
    rows.collect::<Vec<_>>().join("; ")
}
