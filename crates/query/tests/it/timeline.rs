//! Timelines against a naive count, and against the searches that they stand for.

use std::collections::{BTreeMap, BTreeSet};

use dateline_article::{ArticleId, Date, Record, days_since_epoch};
use dateline_query::{
    CopyMode, Engine, Error, LocalEngine, Of, Request, Timeline, TimelineRequest, Unit, Window,
};
use dateline_schema::Copies;
use proptest::prelude::*;

use crate::corpus::{With, article, engine_with_copies, request};

fn asked(of: Vec<Request>, days: Of, unit: Option<Unit>) -> TimelineRequest {
    TimelineRequest {
        of,
        base: None,
        days,
        window: Window::Whole,
        unit,
        most_periods: 60,
        peaks: 0,
    }
}

/// Day of publication, mentioned intervals, word and number of an article.
type Drawn = (&'static str, Vec<(&'static str, &'static str)>, &'static str, usize);

/// Articles with a day or two, in clusters as their number says: below 3 it is one.
fn corpus() -> impl Strategy<Value = Vec<(Record, usize)>> {
    let at = prop::sample::select(vec![
        "2024-03-14",
        "2024-03-15T23:30:00+02:00",
        "2024-03-31",
        "2024-04",
        "2024",
        "2023-12-31",
        "",
    ]);
    let interval = prop::sample::select(vec![
        ("2024-03-14", "2024-03-15"),
        ("2024-03-01", "2024-04-01"),
        ("2024-01-01", "2025-01-01"),
        ("2024-03-30", "2024-04-02"),
        ("2024-02-05T09:00", "2024-02-05T10:00"),
        ("--03-14", "--03-15"),
        ("2023-11-30", "2023-12-01"),
    ]);
    let word = prop::sample::select(vec!["ferry", "fuel"]);
    let one = (at, prop::collection::vec(interval, 0..4), word, 0..9_usize);
    prop::collection::vec(one, 0..30).prop_map(|articles| {
        let record = |(n, (at, dates, word, cluster)): (usize, Drawn)| {
            let mut record = article(&format!("{n:02}"), "", word);
            if !at.is_empty() {
                record = record.published(at);
            }
            for (start, end) in dates {
                record = record.date(start, end);
            }
            (record, cluster)
        };
        articles.into_iter().enumerate().map(record).collect()
    })
}

fn copies(corpus: &[(Record, usize)]) -> Copies {
    let mut first: BTreeMap<usize, ArticleId> = BTreeMap::new();
    let pairs = corpus.iter().filter(|(_, cluster)| *cluster < 3).map(|(record, cluster)| {
        (record.article.id, *first.entry(*cluster).or_insert(record.article.id))
    });
    Copies::new(pairs.collect::<Vec<_>>())
}

/// The periods of an article, day by day.
fn periods(record: &Record, of: Of, unit: Unit) -> BTreeSet<i32> {
    let period = |date: Date| unit.of(days_since_epoch(date)).unwrap();
    match of {
        Of::Published => {
            let at = record.article.published.map(|published| published.at);
            let both = at.map(|at| (period(at.first_day()), period(at.last_day())));
            both.filter(|(first, last)| first == last).map(|(first, _)| first).into_iter().collect()
        }
        Of::Mentioned => {
            let mut periods = BTreeSet::new();
            for date in &record.dates {
                let (Some(start), Some(end)) = (date.start.day(), date.end.day()) else { continue };
                let mut day = start;
                while day == start || day < end {
                    periods.insert(period(day));
                    day = day.tomorrow().unwrap();
                }
            }
            periods
        }
    }
}

fn counted(engine: &LocalEngine, request: &TimelineRequest) -> Timeline {
    engine.timeline(request).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn counts_are_those_of_a_naive_count_and_of_searches(
        corpus in corpus(), per_segment in 1..12_usize, folded in any::<bool>(), mentioned in any::<bool>(),
        unit in prop::sample::select(Unit::ALL.to_vec()),
    ) {
        let records: Vec<Record> = corpus.iter().map(|(record, _)| record.clone()).collect();
        let (engine, _folder) = engine_with_copies(&records, per_segment, &copies(&corpus));
        let of = if mentioned { Of::Mentioned } else { Of::Published };
        let mode = if folded { CopyMode::Folded } else { CopyMode::All };
        let with = |query: &str| Request { copies: mode, ..request(query) };
        let found = counted(&engine, &TimelineRequest { base: Some(with("*")), ..asked(vec![with("ferry"), with("*")], of, Some(unit)) });

        for (query, row) in ["ferry", ""].into_iter().zip(&found.rows) {
            let mut expected: BTreeMap<i32, BTreeSet<String>> = BTreeMap::new();
            let mut units = BTreeSet::new();
            for (record, cluster) in corpus.iter().filter(|(record, _)| record.article.paragraphs[0].contains(query)) {
                let name = if folded && *cluster < 3 { format!("cluster {cluster}") } else { record.article.path.clone() };
                units.insert(name.clone());
                for period in periods(record, of, unit) {
                    expected.entry(period).or_default().insert(name.clone());
                }
            }
            let inside: BTreeSet<_> = expected.values().flatten().collect();
            prop_assert_eq!(row.articles, units.len() as u64);
            prop_assert_eq!(row.outside, (units.len() - inside.len()) as u64);
            let expected: BTreeMap<_, _> = expected.into_iter().map(|(period, units)| (period, units.len() as u64)).collect();
            prop_assert_eq!(&row.counts, &expected);
        }
        prop_assert_eq!(&found.base.as_ref().unwrap().counts, &found.rows[1].counts);
        // A month, quarter or year is found by its name as well.
        if matches!(unit, Unit::Month | Unit::Quarter | Unit::Year | Unit::Day) {
            let field = if mentioned { "mentioned" } else { "published" };
            for (period, count) in &found.rows[0].counts {
                let search = with(&format!("ferry {field}:{}", unit.name(*period)));
                prop_assert_eq!(engine.count(&search).unwrap(), *count);
            }
        }
    }
}

fn index() -> (LocalEngine, tempfile::TempDir) {
    let mut records: Vec<Record> = (0..200)
        .map(|n| article(&format!("{n:03}"), "", "x").date("2024-03-14", "2024-03-15"))
        .collect();
    records.push(article("old", "", "x").date("0044-03-15", "0044-03-16"));
    records.push(
        article("both", "", "x").date("1789-07-14", "1789-07-15").date("2024-03-10", "2024-03-11"),
    );
    engine_with_copies(&records, 50, &Copies::default())
}

#[test]
fn a_window_leaves_out_what_lies_outside() {
    let (engine, _folder) = index();
    let check = |window, expected: &str| {
        let request =
            TimelineRequest { window, ..asked(vec![request("x")], Of::Mentioned, Some(Unit::Day)) };
        let found = counted(&engine, &request);
        let counts: Vec<_> = found.rows[0]
            .counts
            .iter()
            .map(|(day, n)| format!("{}={n}", Unit::Day.name(*day)))
            .collect();
        let window =
            found.window.map(|(first, last)| format!(" in {first}..{last}")).unwrap_or_default();
        assert_eq!(
            format!("{} outside={}{window}", counts.join(" "), found.rows[0].outside),
            expected
        );
    };
    let day = |text: &str| Some(text.parse().unwrap());
    check(Window::Central, "2024-03-10=1 2024-03-14=200 outside=1 in 2024-03-10..2024-03-14");
    check(
        Window::Days { first: day("1780-01-01"), last: day("2024-03-10") },
        "1789-07-14=1 2024-03-10=1 outside=201 in 1780-01-01..2024-03-10",
    );
    check(Window::Days { first: day("2025-01-01"), last: None }, " outside=202");
}

#[test]
fn too_many_periods_are_refused_and_the_unit_is_chosen_to_fit() {
    let (engine, _folder) = index();
    let whole = asked(vec![request("x")], Of::Mentioned, Some(Unit::Day));
    let error = engine.timeline(&whole).unwrap_err();
    assert!(matches!(error, Error::TooManyPeriods { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "723180 periods from 0044-03-15 to 2024-03-14 are too many: ask for longer ones, or for fewer days"
    );
    let check = |window, most_periods, expected| {
        let request = TimelineRequest { window, most_periods, unit: None, ..whole.clone() };
        assert_eq!(counted(&engine, &request).unit, expected);
    };
    check(Window::Whole, 60, Unit::Year);
    check(Window::Central, 60, Unit::Day);
    check(Window::Central, 2, Unit::Week);
    check(Window::Central, 1, Unit::Month);
}

#[test]
fn peaks_are_named_by_what_is_special_in_them() {
    let mut records = Vec::new();
    for month in 1..=12 {
        for n in 0..(if month == 9 { 30 } else { 3 }) {
            let title = if month == 9 { "Odesa ferry strike begins" } else { "Ferry sails" };
            let record = article(&format!("{month:02}-{n:02}"), title, "ferry")
                .published(&format!("2024-{month:02}-{:02}", n % 28 + 1))
                .person("Ann Lee");
            let special = month == 9 && n % 4 != 0;
            records.push(if special {
                record.place("Odesa").person("Olena Koval")
            } else {
                record
            });
        }
    }
    let (engine, _folder) = engine_with_copies(&records, 7, &Copies::default());
    let request = TimelineRequest {
        peaks: 3,
        ..asked(vec![request("ferry")], Of::Published, Some(Unit::Month))
    };
    let found = counted(&engine, &request);
    let peaks: Vec<_> = found.rows[0]
        .peaks
        .iter()
        .map(|peak| {
            format!("{} {} {}", Unit::Month.name(peak.period), peak.articles, peak.names.join(", "))
        })
        .collect();
    assert_eq!(peaks, ["2024-09 30 begins, strike, Odesa"]);
}

#[test]
fn nothing_matches() {
    let (engine, _folder) = index();
    let found = counted(&engine, &asked(vec![request("absent")], Of::Published, None));
    assert_eq!((found.span(), found.rows[0].articles), (None, 0));
}
