//! A timeline as a chart in SVG: bars for one query, lines for several, told apart by colour, dashes and marks, so that it can be read in print and
//! by people who see colours differently.
//!
//! The colours are those of Okabe and Ito (Color Universal Design, 2008), without the yellow, which is too faint on white.

use anyhow::anyhow;
use dateline_query::{Of, Timeline, TimelineRow, Unit};
use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::timeline::{all_periods, height, unit_word};
use crate::terminal::clean;

/// Queries that can be told apart.
pub(crate) const MOST_ROWS: usize = 6;
const COLORS: [RGBColor; MOST_ROWS] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(0, 0, 0),
];
/// Dash and gap of each line in pixels; the first is as good as unbroken.
const DASHES: [(i32, i32); MOST_ROWS] = [(10_000, 1), (9, 4), (3, 3), (14, 4), (6, 6), (2, 5)];
/// Periods up to which lines have marks.
const MARKED: usize = 60;
const SIZE: (u32, u32) = (960, 480);
const GRID: RGBColor = RGBColor(216, 216, 216);
const INK: RGBColor = RGBColor(51, 51, 51);
/// Labels below the axis, about.
const LABELS: usize = 10;
/// Letters of a query in the legend.
const LEGEND_CHARS: usize = 48;

/// What is drawn.
pub(crate) struct Chart<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) queries: &'a [String],
    pub(crate) of: Of,
}

/// The part of a page that has a chart in it.
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// A chart of heights over periods.
type Plane<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, RangedCoordf64>>;

/// The axis of periods: a period takes 1, and half a period of room is left at both ends.
struct Axis {
    first: i32,
    last: i32,
    /// Periods that are named, with their names.
    labels: Vec<(i32, String)>,
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    #[expect(clippy::cast_possible_truncation, reason = "a pixel of the chart")]
    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let std::ops::Range { start, end } = self.range();
        let along = (value - start) / (end - start);
        (f64::from(limit.0) + along * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.labels.iter().map(|(period, _)| f64::from(*period)).collect()
    }

    fn range(&self) -> std::ops::Range<f64> {
        f64::from(self.first) - 0.6..f64::from(self.last) + 0.6
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let label = self.labels.iter().find(|(period, _)| (f64::from(*period) - value).abs() < 0.5);
        label.map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl Chart<'_> {
    /// The chart.
    ///
    /// # Errors
    ///
    /// Where the drawing library fails.
    pub(crate) fn svg(&self) -> anyhow::Result<String> {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            self.draw(&area).map_err(|error| anyhow!("{error}"))?;
            area.present().map_err(|error| anyhow!("{error}"))?;
        }
        Ok(svg)
    }

    fn draw(&self, area: &Area<'_>) -> Result<(), Box<dyn std::error::Error>> {
        area.fill(&WHITE)?;
        let (first, last) = self.timeline.span().unwrap_or_default();
        let top = all_periods(self.timeline)
            .flat_map(|period| self.timeline.rows.iter().map(move |row| (row, period)))
            .map(|(row, period)| height(row, period, self.timeline))
            .fold(0.0, f64::max);
        // Room for the names of peaks, or for the legend, so that it covers no line.
        let room = match self.timeline.rows.len() {
            1 => 0.08,
            rows => 0.1 + 0.05 * rows as f64,
        };
        let top = if top > 0.0 { top / (1.0 - room) } else { 1.0 };
        let across = Axis { first, last, labels: labels(self.timeline.unit, first, last) };
        let area = area.margin(10, 0, 0, 0);
        let area = area.titled(&self.title(), ("sans-serif", 20).into_font().color(&INK))?;
        let mut plane = ChartBuilder::on(&area)
            .margin(14)
            .set_label_area_size(LabelAreaPosition::Left, 64)
            .set_label_area_size(LabelAreaPosition::Bottom, 30)
            .build_cartesian_2d(across, 0.0..top)?;
        let relative = self.timeline.base.is_some();
        plane
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GRID)
            .axis_style(INK)
            .label_style(("sans-serif", 14).into_font().color(&INK))
            .axis_desc_style(("sans-serif", 14).into_font().color(&INK))
            .y_labels(6)
            .y_label_formatter(&|at| {
                if relative { format!("{} %", trimmed(at * 100.0)) } else { trimmed(*at) }
            })
            .y_desc(if relative { "share of all articles" } else { "articles" })
            .draw()?;
        match self.timeline.rows.as_slice() {
            [row] => self.bars(&mut plane, row)?,
            rows => {
                for (number, row) in rows.iter().enumerate() {
                    self.line(&mut plane, number, row)?;
                }
                plane
                    .configure_series_labels()
                    .position(SeriesLabelPosition::UpperLeft)
                    .legend_area_size(38)
                    .background_style(WHITE.mix(0.85))
                    .border_style(GRID)
                    .label_font(("sans-serif", 14).into_font().color(&INK))
                    .draw()?;
            }
        }
        self.peaks(&mut plane)?;
        Ok(())
    }

    fn title(&self) -> String {
        let what = match self.of {
            Of::Published => "Articles by",
            Of::Mentioned => "Articles that mention a",
        };
        let title = format!("{what} {}", unit_word(self.timeline.unit));
        match self.queries {
            [query] if query != "*" => format!("{title}: {}", short(query)),
            _ => title,
        }
    }

    fn bars(
        &self,
        plane: &mut Plane<'_, '_>,
        row: &TimelineRow,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let color = COLORS.first().copied().unwrap_or(BLACK);
        plane.draw_series(all_periods(self.timeline).filter_map(|period| {
            let tall = height(row, period, self.timeline);
            let middle = f64::from(period);
            (tall > 0.0).then(|| {
                Rectangle::new([(middle - 0.4, 0.0), (middle + 0.4, tall)], color.filled())
            })
        }))?;
        Ok(())
    }

    fn line<'a, 'b: 'a>(
        &self,
        plane: &mut Plane<'a, 'b>,
        number: usize,
        row: &TimelineRow,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let color = COLORS.get(number).copied().unwrap_or(BLACK);
        let (dash, gap) = DASHES.get(number).copied().unwrap_or((1, 1));
        let style = color.stroke_width(2);
        let points: Vec<(f64, f64)> = all_periods(self.timeline)
            .map(|period| (f64::from(period), height(row, period, self.timeline)))
            .collect();
        let name = short(self.queries.get(number).map(String::as_str).unwrap_or_default());
        let legend = move |at: (i32, i32)| {
            let line = vec![(0, 0), (28, 0)];
            EmptyElement::at(at)
                + DashedPathElement::new(line, dash, gap, style)
                + Polygon::new(mark(number, 14), color.filled())
        };
        let line = DashedLineSeries::new(points.clone(), dash, gap, style);
        plane.draw_series(line)?.label(name).legend(legend);
        if points.len() <= MARKED {
            plane.draw_series(
                points
                    .into_iter()
                    .map(|at| EmptyElement::at(at) + Polygon::new(mark(number, 0), color.filled())),
            )?;
        }
        Ok(())
    }

    /// Names the peaks above them.
    fn peaks(&self, plane: &mut Plane<'_, '_>) -> Result<(), Box<dyn std::error::Error>> {
        let [row] = self.timeline.rows.as_slice() else { return Ok(()) };
        let Some((first, last)) = self.timeline.span() else { return Ok(()) };
        let third = (f64::from(last) - f64::from(first)) / 3.0;
        for peak in row.peaks.iter().filter(|peak| !peak.names.is_empty()) {
            let along = f64::from(peak.period);
            // Text near an end runs inwards.
            let across = if along - f64::from(first) < third / 2.0 {
                HPos::Left
            } else if f64::from(last) - along < third / 2.0 {
                HPos::Right
            } else {
                HPos::Center
            };
            let style =
                ("sans-serif", 13).into_font().color(&INK).pos(Pos::new(across, VPos::Bottom));
            let names: Vec<&str> = peak.names.iter().take(2).map(String::as_str).collect();
            let at = (along, height(row, peak.period, self.timeline));
            plane.draw_series(std::iter::once(
                EmptyElement::at(at) + Text::new(short(&names.join(", ")), (0, -4), style),
            ))?;
        }
        Ok(())
    }
}

/// The corners of the mark of a row's points, in pixels around a middle so far to the right: another form for each.
fn mark(row: usize, right: i32) -> Vec<(i32, i32)> {
    let corners: &[(i32, i32)] = match row {
        0 => &[(-4, -2), (-2, -4), (2, -4), (4, -2), (4, 2), (2, 4), (-2, 4), (-4, 2)],
        1 => &[(-4, -4), (4, -4), (4, 4), (-4, 4)],
        2 => &[(0, -5), (5, 4), (-5, 4)],
        3 => &[(0, -6), (6, 0), (0, 6), (-6, 0)],
        4 => &[(0, 5), (5, -4), (-5, -4)],
        _ => &[
            (-5, -2),
            (-2, -2),
            (-2, -5),
            (2, -5),
            (2, -2),
            (5, -2),
            (5, 2),
            (2, 2),
            (2, 5),
            (-2, 5),
            (-2, 2),
            (-5, 2),
        ],
    };
    corners.iter().map(|(x, y)| (x + right, *y)).collect()
}

/// The periods that are named below the axis, each with its name: those in which a longer unit, or a round number of years, begins.
fn labels(unit: Unit, first: i32, last: i32) -> Vec<(i32, String)> {
    let all = last.saturating_sub(first).saturating_add(1);
    let step = |years: i32| {
        let days = (unit.first_day(first)?, unit.first_day(last)?);
        let (from, to) = (Unit::Year.of(days.0)?, Unit::Year.of(days.1)?);
        let named = (from..=to).filter(|year| year.rem_euclid(years) == 0);
        let at = named.filter_map(|year| {
            Some((unit.of(Unit::Year.first_day(year)?)?, Unit::Year.name(year)))
        });
        Some(at.filter(|(period, _)| (first..=last).contains(period)).collect::<Vec<_>>())
    };
    if usize::try_from(all).is_ok_and(|all| all <= LABELS) {
        return (first..=last).map(|period| (period, unit.name(period))).collect();
    }
    let longer = Unit::ALL
        .into_iter()
        .skip_while(|longer| *longer <= unit)
        .filter(|longer| *longer != Unit::Year);
    for longer in longer {
        let (Some(from), Some(to)) = (
            unit.first_day(first).and_then(|day| longer.of(day)),
            unit.first_day(last).and_then(|day| longer.of(day)),
        ) else {
            continue;
        };
        if usize::try_from(to - from).is_ok_and(|n| n <= LABELS) {
            // A week is named by its first day.
            let name = |at, period| match longer {
                Unit::Week => unit.name(period),
                _ => longer.name(at),
            };
            let at = (from..=to).filter_map(|at| {
                let period = unit.of(longer.first_day(at)?)?;
                Some((period, name(at, period)))
            });
            return at.filter(|(period, _)| (first..=last).contains(period)).collect();
        }
    }
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];
    steps.into_iter().filter_map(step).find(|labels| labels.len() <= LABELS + 2).unwrap_or_default()
}

/// A query as far as there is room for it.
fn short(query: &str) -> String {
    let query = clean(query);
    match query.char_indices().nth(LEGEND_CHARS) {
        Some((end, _)) => format!("{}…", query.get(..end).unwrap_or_default()),
        None => query.into_owned(),
    }
}

/// A number of an axis without zeros that say nothing.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use dateline_query::Peak;

    use super::*;

    fn timeline(unit: Unit, rows: &[&[(i32, u64)]]) -> Timeline {
        let row = |counts: &&[(i32, u64)]| TimelineRow {
            counts: counts.iter().copied().collect(),
            ..TimelineRow::default()
        };
        Timeline { unit, window: None, rows: rows.iter().map(row).collect(), base: None }
    }

    fn svg(timeline: &Timeline, queries: &[&str]) -> String {
        let queries: Vec<String> = queries.iter().map(|query| (*query).to_owned()).collect();
        Chart { timeline, queries: &queries, of: Of::Published }.svg().unwrap()
    }

    #[test]
    fn a_bar_for_each_period_that_has_articles() {
        let mut timeline = timeline(Unit::Year, &[&[(2019, 3), (2021, 5)]]);
        timeline.rows[0].peaks =
            vec![Peak { period: 2021, articles: 5, names: vec!["Ann Lee".into()] }];
        let svg = svg(&timeline, &["ferry"]);
        assert_eq!(svg.matches("fill=\"#0072B2\"").count(), 2, "{svg}");
        for text in ["Articles by year: ferry", "2019", "2020", "2021", "articles", "Ann Lee"] {
            assert!(svg.contains(text), "{text} is not in {svg}");
        }
    }

    #[test]
    fn lines_differ_in_colour_and_in_their_marks() {
        let counts: &[(i32, u64)] = &[(0, 1), (1, 2), (2, 1)];
        let queries = ["a", "b", "c", "d", "e", "f"];
        let svg = svg(&timeline(Unit::Day, &[counts; MOST_ROWS]), &queries);
        let colors: std::collections::BTreeSet<&str> = svg
            .lines()
            .filter_map(|line| line.strip_prefix("<polyline")?.split_once("stroke=\"")?.1.get(..7))
            .collect();
        assert!(colors.len() >= MOST_ROWS, "{colors:?}");
        let marks: std::collections::BTreeSet<_> = (0..MOST_ROWS).map(|row| mark(row, 0)).collect();
        assert_eq!(marks.len(), MOST_ROWS);
    }

    #[test]
    fn nothing_that_is_typed_becomes_markup() {
        let svg = svg(&timeline(Unit::Day, &[&[(0, 1)]]), &["<script>\u{1b}]\u{0}\"&'"]);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        assert!(!svg.chars().any(|letter| letter.is_control() && letter != '\n'), "{svg}");
    }

    #[test]
    fn labels_stand_where_longer_periods_begin() {
        let check = |unit: Unit, first: &str, last: &str, expected: &str| {
            let period = |day: &str| {
                unit.of(dateline_article::days_since_epoch(day.parse().unwrap())).unwrap()
            };
            let found: Vec<_> = labels(unit, period(first), period(last))
                .into_iter()
                .map(|(_, name)| name)
                .collect();
            assert_eq!(found.join(" "), expected);
        };
        check(Unit::Day, "2024-03-01", "2024-03-03", "2024-03-01 2024-03-02 2024-03-03");
        check(
            Unit::Day,
            "2024-03-06",
            "2024-04-16",
            "2024-03-11 2024-03-18 2024-03-25 2024-04-01 2024-04-08 2024-04-15",
        );
        check(Unit::Day, "2023-11-20", "2024-03-31", "2023-12 2024-01 2024-02 2024-03");
        check(
            Unit::Week,
            "2023-01-01",
            "2024-12-31",
            "2023-Q1 2023-Q2 2023-Q3 2023-Q4 2024-Q1 2024-Q2 2024-Q3 2024-Q4",
        );
        check(
            Unit::Month,
            "2015-06-01",
            "2025-12-31",
            "2016 2017 2018 2019 2020 2021 2022 2023 2024 2025",
        );
        check(
            Unit::Year,
            "1851-01-01",
            "2024-12-31",
            "1860 1880 1900 1920 1940 1960 1980 2000 2020",
        );
        check(
            Unit::Day,
            "1851-01-02",
            "2024-12-31",
            "1860 1880 1900 1920 1940 1960 1980 2000 2020",
        );
        check(Unit::Year, "2024-01-01", "2024-01-01", "2024");
    }
}
