//! `dateline events`: the hits of a query by the events that they tell of.

use std::num::NonZeroU16;

use dateline_query::{Engine, EventOrder, EventsRequest, LocalEngine};

use crate::command::index::counted;
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, event};

/// Arguments of `events`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Articles that match are taken in order of time. Each joins the event that it is most like, by rare words and by the people,
organisations, places and days that it names, or begins one of its own. Copies of a story count as one article. A search is never relaxed
for it.

Examples:
  dateline events 'place:odesa ferry'
  dateline events 'strike OR walkout' --from 2024 --min 3 --sort date
  dateline events 'person:\"olena koval\"' --window 60 --format csv > events.csv"
)]
pub(crate) struct Arguments {
    /// What to look for.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Events to show [default: 10].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Days after an event's last article up to which another may belong to it [default: 14].
    #[arg(long, value_name = "DAYS")]
    window: Option<NonZeroU16>,
    /// Leave out events of fewer articles [default: 1].
    #[arg(long, value_name = "N")]
    min: Option<usize>,
    /// Order of the events [default: size].
    #[arg(long, value_name = "ORDER", value_enum)]
    sort: Option<Order>,
    #[command(flatten)]
    selection: Selection,
}

/// The order of events.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Order {
    /// Those of most articles first.
    Size,
    /// By their first article, oldest first.
    Date,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let today = around.environment.today;
    let search = arguments.selection.request(&arguments.query.join(" "), today)?;
    let default = EventsRequest::new(search);
    let request = EventsRequest {
        limit: arguments.limit.unwrap_or(default.limit),
        window_days: arguments.window.unwrap_or(default.window_days),
        least_articles: arguments.min.unwrap_or(default.least_articles),
        order: match arguments.sort {
            None | Some(Order::Size) => EventOrder::Size,
            Some(Order::Date) => EventOrder::Date,
        },
        ..default
    };
    let found = LocalEngine::open(&around.index)?.events(&request)?;
    for note in &found.notes {
        writeln!(around.notes, "note: {note}")?;
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (number, told) in found.events.iter().enumerate() {
        match around.format {
            Format::Text => rows.text(&event::text(told, number + 1, around.look), number > 0)?,
            _ => rows.print(&event::row(told, number + 1))?,
        }
    }
    rows.finish(&event::keys())?;
    let shown = found.events.len();
    if shown == 0 {
        writeln!(around.notes, "nothing found")?;
    } else if around.format == Format::Text && shown < found.total {
        writeln!(around.notes, "\n1–{shown} of {}", counted(found.total as u64, "event"))?;
    }
    Ok(if shown == 0 { Ending::Nothing } else { Ending::Found })
}
