//! `dateline show`: one article whole.

use dateline_article::ArticleId;
use dateline_query::{Engine, LocalEngine};

use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, record, text};

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dateline show 778fd5fd17213b3f
  dateline show 778fd5fd17213b3f --format json | jq .places")]
pub(crate) struct Arguments {
    /// Id of the article, as `search` prints it.
    #[arg(value_name = "ID")]
    id: ArticleId,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let engine = LocalEngine::open(&around.index)?;
    let Some(record) = engine.article(arguments.id)? else {
        writeln!(around.notes, "no article {} in {}", arguments.id, around.index.display())?;
        return Ok(Ending::Nothing);
    };
    match around.format {
        Format::Text => around.out.write_all(text::article(&record, around.look).as_bytes())?,
        format => Rows::new(format, around.out).print(&record::row(&record))?,
    }
    Ok(Ending::Found)
}
