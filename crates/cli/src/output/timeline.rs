//! Timelines as rows, and as bars side by side for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use dateline_query::{Timeline, TimelineRow, Unit};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::Row;
use super::bar::{bar, padded};
use crate::command::index::{counted, grouped};
use crate::terminal::{FAINT, HEADLINE, Look, clean, wrap};

/// Colours of the columns.
const COLUMN_STYLES: [Style; 6] = [
    AnsiColor::Cyan.on_default(),
    AnsiColor::Yellow.on_default(),
    AnsiColor::Magenta.on_default(),
    AnsiColor::Green.on_default(),
    AnsiColor::Blue.on_default(),
    AnsiColor::Red.on_default(),
];
/// Narrowest column of a query.
const NARROWEST: usize = 16;
/// Periods up to which each has its line.
const ALL_LINES: usize = 100;
/// Periods without an article from which on they share a line, where there are more.
const GAP: usize = 5;

/// The word for a unit.
pub(crate) fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
    }
}

/// Every period from the first to the last that has an article.
pub(crate) fn all_periods(timeline: &Timeline) -> std::ops::RangeInclusive<i32> {
    timeline.span().map_or(
        #[expect(clippy::reversed_empty_ranges, reason = "there is none")]
        {
            1..=0
        },
        |(first, last)| first..=last,
    )
}

/// How many periods there are from the first to the last.
pub(crate) fn periods(timeline: &Timeline) -> usize {
    all_periods(timeline).count()
}

/// The row of a period; `share` is that of all articles of the period, where there are any.
pub(crate) fn row(query: &str, period: i32, row: &TimelineRow, timeline: &Timeline) -> Row {
    let printed = Row::default()
        .with("query", query)
        .with("period", timeline.unit.name(period))
        .with("count", count(row, period));
    match &timeline.base {
        Some(_) => printed.with("share", share(row, period, timeline).map(rounded)),
        None => printed,
    }
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys(relative: bool) -> Row {
    let mut keys = vec!["query", "period", "count"];
    if relative {
        keys.push("share");
    }
    Row(keys.into_iter().map(|key| (key, Value::Null)).collect())
}

/// Six digits after the point.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Articles of a period.
pub(crate) fn count(row: &TimelineRow, period: i32) -> u64 {
    row.counts.get(&period).copied().unwrap_or_default()
}

/// Their share of all articles of the period.
pub(crate) fn share(row: &TimelineRow, period: i32, timeline: &Timeline) -> Option<f64> {
    let all = count(timeline.base.as_ref()?, period);
    (all > 0).then(|| count(row, period) as f64 / all as f64)
}

/// What is drawn of a period: the share where that is asked for, else the number.
pub(crate) fn height(row: &TimelineRow, period: i32, timeline: &Timeline) -> f64 {
    if timeline.base.is_some() {
        share(row, period, timeline).unwrap_or_default()
    } else {
        count(row, period) as f64
    }
}

/// What a line shows.
enum Line {
    Period(i32),
    /// Periods without an article: the first and how many.
    Gap(i32, usize),
}

/// Lines of the text: one a period, or one for many without an article.
fn all_lines(timeline: &Timeline) -> Vec<Line> {
    let every = periods(timeline) <= ALL_LINES;
    let mut lines = Vec::new();
    let mut empty = Vec::new();
    let close = |empty: &mut Vec<i32>, lines: &mut Vec<Line>| {
        match empty.first().filter(|_| empty.len() >= GAP && !every) {
            Some(first) => lines.push(Line::Gap(*first, empty.len())),
            None => lines.extend(empty.iter().copied().map(Line::Period)),
        }
        empty.clear();
    };
    for period in all_periods(timeline) {
        if timeline.rows.iter().all(|row| count(row, period) == 0) {
            empty.push(period);
            continue;
        }
        close(&mut empty, &mut lines);
        lines.push(Line::Period(period));
    }
    lines
}

/// How many lines the text has for the periods.
pub(crate) fn lines(timeline: &Timeline) -> usize {
    all_lines(timeline).len()
}

/// Bars, a line a period, the queries side by side as far as there is room; then what stands out.
pub(crate) fn text(timeline: &Timeline, queries: &[String], look: Look) -> String {
    let mut out = String::new();
    let Some((first, _)) = timeline.span() else { return out };
    let label = timeline.unit.name(first).width().max(7);
    let room = look.width.saturating_sub(label);
    let beside = (room / NARROWEST).clamp(1, queries.len().max(1));
    let columns = room / beside - 2;
    let heights = timeline
        .rows
        .iter()
        .flat_map(|row| row.counts.keys().map(|period| height(row, *period, timeline)));
    let most = heights.fold(0.0, f64::max);
    let numbered: Vec<_> = queries.iter().zip(&timeline.rows).zip(0..).collect();
    for (number, block) in numbered.chunks(beside).enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let mut heading = " ".repeat(label);
        for ((query, row), column) in block {
            let articles = if beside > 1 {
                format!("{} ({})", clean(query), grouped(row.articles))
            } else {
                format!("{}: {}", clean(query), counted(row.articles, "article"))
            };
            let _ = write!(
                heading,
                "  {}",
                look.paint(HEADLINE, &look.paint(style(*column), &padded(&articles, columns)))
            );
        }
        let _ = writeln!(out, "{}", heading.trim_end());
        for line in all_lines(timeline) {
            match line {
                Line::Period(period) => {
                    let mut text = padded(&timeline.unit.name(period), label);
                    for ((_, row), column) in block {
                        let _ = write!(
                            text,
                            "  {}",
                            cell(row, period, timeline, most, columns, style(*column), look)
                        );
                    }
                    let _ = writeln!(out, "{}", text.trim_end());
                }
                Line::Gap(first, periods) => {
                    let without = format!(
                        "{} without an article, from {}",
                        counted(periods as u64, unit_word(timeline.unit)),
                        timeline.unit.name(first)
                    );
                    let _ = writeln!(out, "{}", look.paint(FAINT, &format!("⋮  {without}")));
                }
            }
        }
    }
    stands_out(timeline, queries, label, look, &mut out);
    out
}

fn style(column: usize) -> Style {
    COLUMN_STYLES.get(column % COLUMN_STYLES.len()).copied().unwrap_or_default()
}

/// Number or share, and its bar, in exactly so many columns.
fn cell(
    row: &TimelineRow,
    period: i32,
    timeline: &Timeline,
    most: f64,
    columns: usize,
    style: Style,
    look: Look,
) -> String {
    let number = if timeline.base.is_some() {
        share(row, period, timeline)
            .map_or_else(|| "–".to_owned(), |share| format!("{:.2} %", share * 100.0))
    } else {
        grouped(count(row, period))
    };
    let digits = digits(timeline);
    let room = columns.saturating_sub(digits + 1);
    let bar = bar(height(row, period, timeline), most, room);
    let blanks = " ".repeat(room.saturating_sub(bar.width()));
    format!("{number:>digits$} {}{blanks}", look.paint(style, &bar))
}

/// Columns of the numbers.
fn digits(timeline: &Timeline) -> usize {
    if timeline.base.is_some() {
        return "100.00 %".len();
    }
    let most = timeline.rows.iter().flat_map(|row| row.counts.values()).max();
    grouped(most.copied().unwrap_or_default()).len()
}

/// The periods that stand out, with what is special in them.
fn stands_out(timeline: &Timeline, queries: &[String], label: usize, look: Look, out: &mut String) {
    for (query, row) in queries.iter().zip(&timeline.rows) {
        let mut peaks: Vec<_> = row.peaks.iter().filter(|peak| !peak.names.is_empty()).collect();
        peaks.sort_by_key(|peak| peak.period);
        for (number, peak) in peaks.into_iter().enumerate() {
            if number == 0 {
                let of = if queries.len() > 1 {
                    format!(" for {}", clean(query))
                } else {
                    String::new()
                };
                let _ = writeln!(out, "\n{}", look.paint(HEADLINE, &format!("Stands out{of}")));
            }
            let names = clean(&peak.names.join(", ")).into_owned();
            let names = wrap(&names, &[], &" ".repeat(label + 2), look);
            let name = padded(&timeline.unit.name(peak.period), label);
            let _ = writeln!(out, "{name}  {}", names.trim_start());
        }
    }
}

#[cfg(test)]
mod tests {
    use dateline_query::Peak;

    use super::*;

    const LOOK: Look = Look { width: 44, color: false, links: false };

    fn timeline(rows: &[&[(i32, u64)]], unit: Unit) -> Timeline {
        let row = |counts: &&[(i32, u64)]| TimelineRow {
            articles: counts.iter().map(|(_, count)| count).sum(),
            counts: counts.iter().copied().collect(),
            ..TimelineRow::default()
        };
        Timeline { unit, window: None, rows: rows.iter().map(row).collect(), base: None }
    }

    fn queries(queries: &[&str]) -> Vec<String> {
        queries.iter().map(|query| (*query).to_owned()).collect()
    }

    #[test]
    fn a_bar_a_period_and_what_stands_out() {
        let mut timeline = timeline(&[&[(2020, 1_200), (2022, 300), (2023, 1)]], Unit::Year);
        timeline.rows[0].peaks = vec![Peak {
            period: 2020,
            articles: 1_200,
            names: vec!["Олена Коваль".into(), "Odesa".into()],
        }];
        assert_eq!(
            text(&timeline, &queries(&["ferry"]), LOOK),
            "         ferry: 1,501 articles\n\
             2020     1,200 █████████████████████████████\n\
             2021         0\n\
             2022       300 ███████▎\n\
             2023         1 ▏\n\
             \n\
             Stands out\n\
             2020     Олена Коваль, Odesa\n"
        );
    }

    #[test]
    fn queries_stand_side_by_side_and_share_a_scale() {
        let mut timeline = timeline(&[&[(2020, 4)], &[(2020, 1), (2021, 2)]], Unit::Year);
        assert_eq!(
            text(&timeline, &queries(&["ferry", "東京\u{1b}[2J and a long query"]), LOOK),
            "         ferry (4)         東京�[2J and a …\n\
             2020     4 ██████████████  1 ███▌\n\
             2021     0                 2 ███████\n"
        );
        timeline.base =
            Some(TimelineRow { counts: [(2020, 8), (2021, 0)].into(), ..TimelineRow::default() });
        assert_eq!(
            text(&timeline, &queries(&["a", "b"]), LOOK),
            "         a (4)             b (3)\n\
             2020      50.00 % ███████   12.50 % █▊\n\
             2021            –                 –\n"
        );
    }

    #[test]
    fn lines_are_no_wider_than_the_terminal() {
        let counts: Vec<_> =
            (0..30_i32).map(|day| (day, 123_456 * u64::from(day.unsigned_abs()))).collect();
        for width in [40, 57, 80, 100] {
            for rows in 1..=6 {
                let timeline = timeline(&vec![counts.as_slice(); rows], Unit::Day);
                let text = text(
                    &timeline,
                    &vec!["a rather long query, 東京 NEAR/8 ferry OR fuel".to_owned(); rows],
                    Look { width, ..LOOK },
                );
                assert!(
                    text.lines().all(|line| line.width() <= width),
                    "{width}, {rows} rows:\n{text}"
                );
            }
        }
    }

    #[test]
    fn long_gaps_take_one_line_where_there_are_many_periods() {
        let timeline = timeline(&[&[(0, 3), (2, 1), (200, 2)]], Unit::Day);
        assert_eq!(lines(&timeline), 5);
        let text = text(&timeline, &queries(&["ferry"]), LOOK);
        assert_eq!(text.lines().nth(4), Some("⋮  197 days without an article, from 1970-01-04"));
        let years = self::timeline(&[&[(1990, 1), (2020, 1)]], Unit::Year);
        assert_eq!(lines(&years), 31);
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        let mut timeline = timeline(&[&[(2020, 4)]], Unit::Year);
        assert_eq!(names(keys(false)), names(row("q", 2020, &timeline.rows[0], &timeline)));
        timeline.base = Some(TimelineRow { counts: [(2020, 9)].into(), ..TimelineRow::default() });
        let printed = row("q", 2020, &timeline.rows[0], &timeline);
        assert_eq!(printed.0.last(), Some(&("share", 0.444_444.into())));
        assert_eq!(names(keys(true)), names(printed));
    }
}
