//! `dateline concordance`: keywords in context, a line a match.

use dateline_query::{Concordance, Engine, LineOrder, LocalEngine, Sample};

use crate::command::index::counted;
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, keyword};
use crate::terminal::line_columns;

/// Lines shown to people where no number is given.
const LINES: usize = 50;
/// Columns of context on each side in the forms made for programs.
const COLUMNS: usize = 60;

/// Arguments of `concordance`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A line is a match, not an article: what `search` marks, in titles and texts. `left` is what is read before the keyword, in every script.
The articles are those of `search`, without its way out where no article has every word.

Examples:
  dateline concordance ammunition
  dateline concordance '\"political will\"' --sort right -n 200
  dateline concordance 'brib* w/s @person' --from 2023 --sort date
  dateline concordance migrant* --sample 100 --seed 7 --format csv > lines.csv"
)]
pub(crate) struct Arguments {
    /// What to look for, as `search` takes it.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Lines to show [default: 50 as text, all in JSON and CSV; 0: all].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Order of the lines: by the rank of the article, the words before or after, the day, the source [default: relevance].
    #[arg(long, value_name = "ORDER", value_enum)]
    sort: Option<Order>,
    /// Take N of all lines by chance, the same ones for the same seed.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Another choice for --sample [default: 0].
    #[arg(long, value_name = "NUMBER", requires = "sample")]
    seed: Option<u64>,
    /// Columns of context on each side [default: what the terminal has, 60 in JSON and CSV].
    #[arg(long, value_name = "COLUMNS")]
    width: Option<usize>,
    #[command(flatten)]
    selection: Selection,
}

/// The order of lines.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Order {
    /// The best article first.
    Relevance,
    /// By the words before the keyword, the nearest first.
    Left,
    /// By the words after it.
    Right,
    /// The oldest first.
    Date,
    /// By the name of the source.
    Source,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let query = arguments.query.join(" ");
    let request = arguments.selection.request(&query, around.environment.today)?;
    let engine = LocalEngine::open(&around.index)?;
    let page = keyword::Page::new(line_columns(around.environment), arguments.width);
    let is_text = around.format == Format::Text;
    let wanted = Concordance {
        request,
        order: match arguments.sort {
            None | Some(Order::Relevance) => LineOrder::Relevance,
            Some(Order::Left) => LineOrder::Left,
            Some(Order::Right) => LineOrder::Right,
            Some(Order::Date) => LineOrder::Date,
            Some(Order::Source) => LineOrder::Source,
        },
        limit: super::shown(arguments.limit, is_text.then_some(LINES)),
        sample: arguments
            .sample
            .map(|size| Sample { size, seed: arguments.seed.unwrap_or_default() }),
        columns: if is_text { page.context } else { arguments.width.unwrap_or(COLUMNS) },
    };
    let found = engine.concordance(&wanted)?;
    for note in &found.notes {
        writeln!(around.notes, "note: {note}")?;
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    for line in &found.lines {
        match around.format {
            Format::Text => rows.text(&keyword::text(line, &page, around.look), false)?,
            _ => rows.print(&keyword::row(line))?,
        }
    }
    rows.finish(&keyword::keys())?;
    let shown = found.lines.len();
    if shown == 0 {
        let articles = engine.count(&wanted.request)?;
        if articles == 0 || arguments.sample == Some(0) {
            writeln!(around.notes, "nothing found")?;
        } else {
            let articles = counted(articles, "article");
            writeln!(around.notes, "{articles} found, but the query marks no word in a text")?;
        }
        return Ok(Ending::Nothing);
    }
    if is_text {
        match found.total {
            None => writeln!(
                around.notes,
                "\nthe first {}; -n shows more",
                counted(shown as u64, "line")
            )?,
            Some(total) if total > shown as u64 => {
                writeln!(around.notes, "\n{shown} of {}", counted(total, "line"))?;
            }
            Some(_) => {}
        }
    }
    Ok(Ending::Found)
}
