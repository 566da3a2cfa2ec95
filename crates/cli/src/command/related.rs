//! `dateline related`: what else tells of the same event.

use dateline_article::ArticleId;
use dateline_query::{CopyMode, Engine, LocalEngine, Related, Side};

use crate::command::selection::bounds;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, relation};

/// Arguments of `related`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dateline related 778fd5fd17213b3f
  dateline related 778fd5fd17213b3f --later -n 50 --format csv > follow-ups.csv
  dateline related 778fd5fd17213b3f --earlier --to 2023")]
pub(crate) struct Arguments {
    /// Id of the article, as `search` prints it.
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// Articles to show [default: 10].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Only what appeared before it.
    #[arg(long, conflicts_with = "later")]
    earlier: bool,
    /// Only what appeared after it.
    #[arg(long)]
    later: bool,
    /// Appeared on this day or later (2024, 2024-03, 2024-03-14, last-month …).
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Appeared on this day or earlier.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Show copies of the article and every copy of another, instead of their number.
    #[arg(long)]
    all_copies: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let today = around.environment.today;
    let (from, to) = bounds(arguments.from.as_deref(), arguments.to.as_deref(), today)?;
    let default = Related::new(arguments.id);
    let request = Related {
        limit: arguments.limit.unwrap_or(default.limit),
        side: match (arguments.earlier, arguments.later) {
            (true, _) => Side::Earlier,
            (_, true) => Side::Later,
            _ => Side::Both,
        },
        from,
        to,
        copies: if arguments.all_copies { CopyMode::All } else { CopyMode::Folded },
        ..default
    };
    let engine = LocalEngine::open(&around.index)?;
    let Some(relations) = engine.related(&request)? else {
        writeln!(around.notes, "no article {} in {}", arguments.id, around.index.display())?;
        return Ok(Ending::Nothing);
    };
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (number, found) in relations.articles.iter().enumerate() {
        match around.format {
            Format::Text => {
                rows.text(&relation::text(found, number + 1, around.look), number > 0)?;
            }
            _ => rows.print(&relation::row(found))?,
        }
    }
    rows.finish(&relation::keys())?;
    if relations.articles.is_empty() {
        writeln!(around.notes, "nothing related")?;
    }
    match relations.copies {
        0 => {}
        1 => writeln!(around.notes, "note: 1 copy of it is left out (--all-copies shows it)")?,
        n => {
            writeln!(
                around.notes,
                "note: {n} copies of it are left out (--all-copies shows them)"
            )?;
        }
    }
    Ok(if relations.articles.is_empty() { Ending::Nothing } else { Ending::Found })
}
