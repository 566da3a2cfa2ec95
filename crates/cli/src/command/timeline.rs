//! `dateline timeline`: how many of the articles that match fall into each day, week, month, quarter or year.

use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use dateline_query::{
    Engine, LocalEngine, MOST_PEAKS, Of, Timeline, TimelineRequest, Unit, When, Window, days,
};

use crate::command::index::{counted, grouped};
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::chart::{self, Chart};
use crate::output::{Format, Rows, timeline};

/// Periods at most where their length is not given.
const MOST_PERIODS: usize = 60;
/// Lines at most that are printed for people.
const MOST_LINES: usize = 400;
/// Periods at most where a timeline with more lines is made again with longer ones.
const MOST_PERIODS_INSTEAD: usize = 120;

/// Arguments of `timeline`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "By when they appeared, an article counts in the period that it is known to be of: one of which only the year is known is in no month.
By the days they mention, it counts in every period that one of them falls into. All copies of a story count as one article
(--all-copies: each by itself). Counts are exact; a search is never relaxed for them.

The periods that stand out are named by the people, places, organisations and keywords that their articles have so much more often than
the others that chance would have it less than once in a thousand.

Examples:
  dateline timeline 'place:ukraine ammunition' --by month
  dateline timeline --query scholz --query stoltenberg --from 2022 --relative
  dateline timeline strike --of mentioned --window 2020..2025
  dateline timeline nato --by week --format csv > weeks.csv
  dateline timeline nato --query russia --by quarter --svg nato.svg"
)]
pub(crate) struct Arguments {
    /// The articles to count; all where there is no query.
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// One more query, in a column of its own; repeated: one more each.
    #[arg(long, value_name = "QUERY")]
    query: Vec<String>,
    /// Length of the periods [default: the shortest that makes 60 of them at most].
    #[arg(long, value_name = "UNIT", value_enum)]
    by: Option<Length>,
    /// The days that count: when articles appeared, or those they mention [default: published].
    #[arg(long, value_name = "DAYS", value_enum)]
    of: Option<DaysOf>,
    /// Days to look at: 2024, 2020..2024, last-year, all [default: all; as text, mentioned days but for the first and last hundredth].
    #[arg(long, value_name = "DATES")]
    window: Option<String>,
    /// Show each period's share of all articles there, instead of numbers (the filters hold for all articles too).
    #[arg(long)]
    relative: bool,
    /// Draw a chart into FILE.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

/// Length of a period.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Length {
    /// A day (2024-03-14).
    Day,
    /// A week from Monday, as ISO 8601 counts them (2024-W11).
    Week,
    /// A month (2024-03).
    Month,
    /// A quarter of a year (2024-Q1).
    Quarter,
    /// A year (2024).
    Year,
}

impl Length {
    fn unit(self) -> Unit {
        match self {
            Self::Day => Unit::Day,
            Self::Week => Unit::Week,
            Self::Month => Unit::Month,
            Self::Quarter => Unit::Quarter,
            Self::Year => Unit::Year,
        }
    }
}

/// The days that count.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum DaysOf {
    /// When articles appeared.
    Published,
    /// Those that they mention.
    Mentioned,
}

impl Arguments {
    /// The queries, in the order of their columns.
    fn queries(&self) -> anyhow::Result<Vec<String>> {
        let typed = Some(self.words.join(" ")).filter(|query| !query.is_empty());
        let mut queries: Vec<String> =
            typed.into_iter().chain(self.query.iter().cloned()).collect();
        if queries.is_empty() {
            queries.push("*".to_owned());
        }
        ensure!(
            queries.len() <= chart::MOST_ROWS,
            "{} queries: at most {} can be told apart",
            queries.len(),
            chart::MOST_ROWS
        );
        Ok(queries)
    }

    fn window(&self, around: &Surroundings<'_>) -> anyhow::Result<Window> {
        match self.window.as_deref() {
            None if around.format == Format::Text => Ok(Window::Central),
            None | Some("all") => Ok(Window::Whole),
            Some(text) => match days(text, around.environment.today).context("--window")? {
                When::Days { first, last } => Ok(Window::Days { first, last }),
                When::Yearless { .. } => bail!("--window: a day without a year is no window"),
            },
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let today = around.environment.today;
    let queries = arguments.queries()?;
    let selection = &arguments.selection;
    let of = queries.iter().map(|query| selection.request(query, today));
    let shown = around.format == Format::Text || arguments.svg.is_some();
    let mut request = TimelineRequest {
        of: of.collect::<anyhow::Result<_>>()?,
        base: arguments.relative.then(|| selection.request("*", today)).transpose()?,
        days: match arguments.of {
            Some(DaysOf::Mentioned) => Of::Mentioned,
            None | Some(DaysOf::Published) => Of::Published,
        },
        window: arguments.window(around)?,
        unit: arguments.by.map(Length::unit),
        most_periods: MOST_PERIODS,
        peaks: if shown { MOST_PEAKS } else { 0 },
    };
    let engine = LocalEngine::open(&around.index)?;
    let mut found = engine.timeline(&request)?;
    if around.format == Format::Text && timeline::lines(&found) > MOST_LINES {
        let periods = timeline::periods(&found) as u64;
        let before = counted(periods, timeline::unit_word(found.unit));
        request.unit = None;
        request.most_periods = MOST_PERIODS_INSTEAD;
        found = engine.timeline(&request)?;
        let word = timeline::unit_word(found.unit);
        writeln!(
            around.notes,
            "note: {before} are too many to look at: shown by {word} (--format csv has them all)"
        )?;
    }
    tell_notes(&found, &queries, request.days, around)?;
    print(&found, &queries, around)?;
    if let Some(path) = &arguments.svg {
        let chart = Chart { timeline: &found, queries: &queries, of: request.days };
        let svg = chart.svg().with_context(|| format!("cannot draw {}", path.display()))?;
        std::fs::write(path, svg).with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(around.notes, "wrote {}", path.display())?;
    }
    if found.span().is_some() {
        return Ok(Ending::Found);
    }
    if found.rows.iter().all(|row| row.articles == 0) {
        writeln!(around.notes, "nothing found")?;
    }
    Ok(Ending::Nothing)
}

fn print(
    found: &Timeline,
    queries: &[String],
    around: &mut Surroundings<'_>,
) -> anyhow::Result<()> {
    if around.format == Format::Text {
        around.out.write_all(timeline::text(found, queries, around.look).as_bytes())?;
        return Ok(());
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (query, row) in queries.iter().zip(&found.rows) {
        for period in timeline::all_periods(found) {
            rows.print(&timeline::row(query, period, row, found))?;
        }
    }
    rows.finish(&timeline::keys(found.base.is_some()))?;
    Ok(())
}

/// Says how queries were read, what was left out, and why.
fn tell_notes(
    found: &Timeline,
    queries: &[String],
    of: Of,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<()> {
    for note in found.rows.iter().flat_map(|row| &row.notes) {
        writeln!(around.notes, "note: {note}")?;
    }
    if let Some((first, last)) = found.window {
        writeln!(
            around.notes,
            "note: days before {first} and after {last} are left out (--window all shows all)"
        )?;
    }
    let word = timeline::unit_word(found.unit);
    let why = match (of, found.window) {
        (Of::Published, None) => format!("when they appeared is not known, or not to the {word}"),
        (Of::Published, Some(_)) => {
            format!("when they appeared is not known to the {word}, or outside the window")
        }
        (Of::Mentioned, None) => "they mention no day".to_owned(),
        (Of::Mentioned, Some(_)) => "they mention no day of the window".to_owned(),
    };
    for (query, row) in queries.iter().zip(&found.rows).filter(|(_, row)| row.outside > 0) {
        let query = crate::terminal::clean(query);
        let (outside, all) = (grouped(row.outside), counted(row.articles, "article"));
        writeln!(around.notes, "note: `{query}`: {outside} of {all} left out: {why}")?;
    }
    Ok(())
}
