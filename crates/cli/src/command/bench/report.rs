//! What a bench measured, as a table, as JSON and as CSV.

use std::fmt::Write as _;

use hdrhistogram::Histogram;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::Queries;
use super::compare::{Change, Earlier, LIKELY};
use super::load::{Measured, Pace, Plan};
use crate::command::Surroundings;
use crate::output::{Format, Row, Rows};
use crate::terminal::clean;

/// Percentiles that are told, by name and as a part of one.
const PERCENTILES: [(&str, f64); 4] = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

/// Columns of how they have changed.
const CHANGE_COLUMNS: [(&str, &str); 4] = [
    ("p50_ratio", "p50_p"),
    ("p90_ratio", "p90_p"),
    ("p99_ratio", "p99_p"),
    ("p99.9_ratio", "p99.9_p"),
];

/// All that is told of a run.
pub(super) struct Report {
    classes: Vec<Class>,
    each: Vec<Each>,
    queries_per_second: f64,
    mode: &'static str,
    concurrency: usize,
    rate: Option<f64>,
    is_compared: bool,
}

/// A class of queries.
pub(super) struct Class {
    name: String,
    queries: u64,
    /// Articles that its queries find, in sum.
    hits: u64,
    /// Nanoseconds.
    times: Histogram<u64>,
    /// Of each percentile its figure in every round, in microseconds, and how it has changed.
    rounds: Vec<(Vec<f64>, Option<Change>)>,
}

/// A single query.
struct Each {
    query: String,
    class: String,
    hits: u64,
    times: Histogram<u64>,
}

impl Report {
    pub(super) fn new(
        queries: &Queries,
        hits: &[u64],
        measured: &Measured,
        mode: &'static str,
        plan: &Plan,
        earlier: Option<&Earlier>,
    ) -> anyhow::Result<Self> {
        let mut classes = Vec::new();
        for (number, name) in queries.classes.iter().enumerate() {
            let mut times = Histogram::new(3)?;
            let rounds: Vec<_> =
                measured.rounds.iter().filter_map(|round| round.get(number)).collect();
            for round in &rounds {
                times.add(*round)?;
            }
            let figures = PERCENTILES.map(|(percentile, part)| {
                let ran = rounds.iter().filter(|round| !round.is_empty());
                let now: Vec<f64> = ran.map(|round| at(round, part)).collect();
                let change = earlier.and_then(|earlier| earlier.change(name, percentile, &now));
                (now, change)
            });
            let own = || queries.all.iter().zip(hits).filter(|(query, _)| query.class == number);
            classes.push(Class {
                name: name.clone(),
                queries: own().count() as u64,
                hits: own().map(|(_, hits)| hits).sum(),
                times,
                rounds: figures.into(),
            });
        }
        classes.sort_by(|a, b| a.name.cmp(&b.name));
        let each = queries.all.iter().zip(hits).zip(&measured.each);
        let each = each.map(|((query, hits), times)| Each {
            query: query.request.query.text.clone(),
            class: queries.classes.get(query.class).cloned().unwrap_or_default(),
            hits: *hits,
            times: times.clone(),
        });
        let runs: u64 = classes.iter().map(|class| class.times.len()).sum();
        Ok(Self {
            each: each.collect(),
            classes,
            queries_per_second: tenths(runs as f64 / measured.seconds),
            mode,
            concurrency: plan.concurrency.get(),
            rate: match plan.pace {
                Pace::Closed => None,
                Pace::Open(rate) => Some(rate),
            },
            is_compared: earlier.is_some(),
        })
    }

    /// Whether queries came faster than they were done.
    pub(super) fn is_behind(&self) -> bool {
        self.rate.is_some_and(|rate| self.queries_per_second < rate * 0.95)
    }

    pub(super) fn print(&self, around: &mut Surroundings<'_>) -> anyhow::Result<()> {
        match around.format {
            Format::Json => Rows::new(Format::Json, around.out).print(&self.row())?,
            Format::Csv | Format::RawCsv => {
                let mut rows = Rows::new(around.format, around.out);
                if self.each.is_empty() {
                    self.classes.iter().try_for_each(|class| rows.print(&class.flat_row()))?;
                } else {
                    self.each.iter().try_for_each(|each| rows.print(&each.row()))?;
                }
            }
            Format::Text => around.out.write_all(self.table().as_bytes())?,
        }
        Ok(())
    }

    fn row(&self) -> Row {
        let classes = self.classes.iter().map(|class| {
            let mut row = class.nested_row();
            let rounds = PERCENTILES.iter().zip(&class.rounds);
            let rounds =
                rounds.map(|((name, _), (figures, _))| ((*name).to_owned(), json!(figures)));
            row = row.with("rounds", rounds.collect::<Map<_, _>>());
            (class.name.clone(), object(row.0.into_iter().skip(1)))
        });
        let mut row = Row::default()
            .with("classes", classes.collect::<Map<_, _>>())
            .with("queries_per_second", self.queries_per_second)
            .with("mode", self.mode)
            .with("concurrency", self.concurrency)
            .with("rate", self.rate);
        if !self.each.is_empty() {
            row = row.with(
                "each",
                self.each.iter().map(|each| object(each.row().0.into_iter())).collect::<Vec<_>>(),
            );
        }
        row
    }

    fn table(&self) -> String {
        let names = self.classes.iter().map(|class| class.name.width());
        let width = names.max().unwrap_or_default().max("class".len());
        let mut out = format!(
            "{:<width$} {:>8} {:>10} {:>9} {:>9} {:>9} {:>9} {:>9}  µs\n",
            "class", "queries", "hits", "p50", "p90", "p99", "p99.9", "max"
        );
        for class in &self.classes {
            let _ = write!(
                out,
                "{} {:>8} {:>10}",
                pad(&clean(&class.name), width),
                class.queries,
                class.hits
            );
            for (_, part) in PERCENTILES {
                let _ = write!(out, " {:>9.1}", at(&class.times, part));
            }
            let _ = writeln!(out, " {:>9.1}", micros(class.times.max()));
        }
        if self.is_compared {
            out += &self.changes(width);
        }
        if !self.each.is_empty() {
            let _ = writeln!(out, "\n{:>10} {:>9} {:>9}  query", "hits", "p50", "max");
            for each in &self.each {
                let (p50, max) = (at(&each.times, 0.5), micros(each.times.max()));
                let _ = writeln!(
                    out,
                    "{:>10} {p50:>9.1} {max:>9.1}  {}",
                    each.hits,
                    clean(&each.query)
                );
            }
        }
        let came = self.rate.map(|rate| format!(" of {rate} that came")).unwrap_or_default();
        let _ = writeln!(
            out,
            "\n{} queries/s{came}, {} at a time, mode {}",
            self.queries_per_second, self.concurrency, self.mode
        );
        out
    }

    fn changes(&self, width: usize) -> String {
        let mut out = format!(
            "\n{:<width$} {:>9} {:>9} {:>9} {:>9}  of the earlier run; * rounds support a difference\n",
            "class", "p50", "p90", "p99", "p99.9"
        );
        for class in &self.classes {
            out += &pad(&clean(&class.name), width);
            for (_, change) in &class.rounds {
                let shown = match change {
                    Some(change) if change.p < LIKELY => format!("{:.2}*", change.ratio),
                    Some(change) => format!("{:.2} ", change.ratio),
                    None => "- ".to_owned(),
                };
                let _ = write!(out, " {shown:>9}");
            }
            out.push('\n');
        }
        out
    }
}

impl Class {
    fn row(&self) -> Row {
        let mut row =
            Row::default().with("class", self.name.as_str()).with("queries", self.queries);
        for (name, part) in PERCENTILES {
            row = row.with(name, at(&self.times, part));
        }
        row.with("max", micros(self.times.max()))
            .with("runs", self.times.len())
            .with("hits", self.hits)
    }

    /// The row of a table, in which a change takes columns.
    fn flat_row(&self) -> Row {
        let mut row = self.row();
        for ((_, change), (ratio, p)) in self.rounds.iter().zip(CHANGE_COLUMNS) {
            if let Some(change) = change {
                row = row.with(ratio, thousandths(change.ratio)).with(p, thousandths(change.p));
            }
        }
        row
    }

    fn nested_row(&self) -> Row {
        let mut row = self.row();
        if self.rounds.iter().any(|(_, change)| change.is_some()) {
            let changes = PERCENTILES.iter().zip(&self.rounds).filter_map(|((name, _), (_, change))| {
                let change = change.as_ref()?;
                let told = json!({"ratio": thousandths(change.ratio), "p": thousandths(change.p), "supported": change.p < LIKELY});
                Some(((*name).to_owned(), told))
            });
            row = row.with("against", changes.collect::<Map<_, _>>());
        }
        row
    }
}

impl Each {
    fn row(&self) -> Row {
        Row::default()
            .with("query", self.query.as_str())
            .with("class", self.class.as_str())
            .with("hits", self.hits)
            .with("runs", self.times.len())
            .with("p50", at(&self.times, 0.5))
            .with("max", micros(self.times.max()))
    }
}

fn object(row: impl Iterator<Item = (&'static str, Value)>) -> Value {
    let known = row.filter(|(_, value)| !value.is_null());
    Value::Object(known.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A percentile in microseconds.
fn at(times: &Histogram<u64>, part: f64) -> f64 {
    micros(times.value_at_quantile(part))
}

fn micros(nanoseconds: u64) -> f64 {
    tenths(nanoseconds as f64 / 1000.0)
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

fn pad(name: &str, width: usize) -> String {
    let name = clean(name);
    let blanks = width.saturating_sub(name.width());
    format!("{name}{}", " ".repeat(blanks))
}
