//! `dateline copies`: which articles ran one story, and what each changed in it.

use anyhow::bail;
use dateline_article::{ArticleId, Record};
use dateline_query::{Cluster, Clusters, Engine, LocalEngine, compare};

use crate::command::index::counted;
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, copies};

/// Clusters shown to people where no number is given.
const CLUSTERS: usize = 20;

/// Arguments of `copies`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without an id, the clusters of articles with nearly the same text: all of them, or those of which an article matches. The largest come first;
in a cluster, the earliest published. With an id (16 hex digits, as `search` prints it), the cluster of that article, and with --diff what
each copy added, cut, changed or moved against the first: sentences by their words, whatever their case and punctuation.

Keys of --diff as JSON, a line a copy: cluster, id, title, published, source, path, part, sentences (of the first article), same (of them
unchanged), changes: change (changed, added, cut, moved), sentence (its number in the first; of an added one, that of the sentence before it),
from, to, and for changed ones the bytes that differ: cut in from, added in to.

Examples:
  dateline copies --min 5
  dateline copies 'person:stoltenberg' --from 2024-03
  dateline copies 778fd5fd17213b3f --diff"
)]
pub(crate) struct Arguments {
    /// Id of an article, or a query.
    #[arg(value_name = "ID|QUERY")]
    query: Vec<String>,
    /// Fewest articles in a cluster [default: 2].
    #[arg(long, value_name = "N")]
    min: Option<usize>,
    /// Clusters to show [default: 20 as text, all in JSON and CSV; 0: all].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Show what each copy of the article with ID added, cut, changed or moved.
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    selection: Selection,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let id = match arguments.query.as_slice() {
        [one] => one.parse::<ArticleId>().ok(),
        _ => None,
    };
    match id {
        Some(id) => of_article(id, arguments, around),
        None if arguments.diff => bail!("--diff compares the copies of one article: give its id"),
        None => of_index(arguments, around),
    }
}

fn of_index(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let query = arguments.query.join(" ");
    let query = if query.is_empty() { "*" } else { &query };
    let request = arguments.selection.request(query, around.environment.today)?;
    let engine = LocalEngine::open(&around.index)?;
    let is_text = around.format == Format::Text;
    let found = engine.clusters(&Clusters {
        within: Some(request),
        min: arguments.min.unwrap_or(2),
        limit: super::shown(arguments.limit, is_text.then_some(CLUSTERS)),
    })?;
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (number, cluster) in found.clusters.iter().enumerate() {
        match around.format {
            Format::Text => rows.text(&copies::text(cluster, around.look), number > 0)?,
            _ => rows.print(&copies::row(cluster))?,
        }
    }
    rows.finish(&copies::keys())?;
    let shown = found.clusters.len();
    if found.total == 0 {
        writeln!(around.notes, "no copies found")?;
    } else if is_text && shown < found.total {
        writeln!(around.notes, "\n{shown} of {}", counted(found.total as u64, "cluster"))?;
    }
    Ok(if shown == 0 { Ending::Nothing } else { Ending::Found })
}

fn of_article(
    id: ArticleId,
    arguments: &Arguments,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<Ending> {
    let engine = LocalEngine::open(&around.index)?;
    let Some(cluster) = engine.cluster(id)? else {
        let why = match engine.article(id)? {
            Some(_) => format!("no other article is a copy of {id}"),
            None => format!("no article {id} in {}", around.index.display()),
        };
        writeln!(around.notes, "{why}")?;
        return Ok(Ending::Nothing);
    };
    if arguments.diff {
        return differences(&engine, &cluster, around);
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    match around.format {
        Format::Text => rows.text(&copies::text(&cluster, around.look), false)?,
        _ => rows.print(&copies::row(&cluster))?,
    }
    Ok(Ending::Found)
}

/// Each copy against the first article of its cluster.
fn differences(
    engine: &LocalEngine,
    cluster: &Cluster,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<Ending> {
    let text = |id| {
        let record: Option<Record> = engine.article(id)?;
        anyhow::Ok(record.map(|record| record.article.text()).unwrap_or_default())
    };
    let Some((first, others)) = cluster.articles.split_first() else { return Ok(Ending::Nothing) };
    let first_text = text(first.id)?;
    let mut rows = Rows::new(around.format, &mut *around.out);
    if around.format == Format::Text {
        rows.text(&copies::first(cluster, around.look), false)?;
    }
    for other in others {
        let comparison = compare(&first_text, &text(other.id)?);
        match around.format {
            Format::Text => {
                rows.text(&copies::difference(first, other, &comparison, around.look), true)?;
            }
            _ => rows.print(&copies::difference_row(first, other, &comparison))?,
        }
    }
    Ok(Ending::Found)
}
