//! `dateline search`: ranked hits, or their number.

use std::fs;
use std::path::PathBuf;
use std::thread::ScopedJoinHandle;

use anyhow::Context;
use dateline_article::Date;
use dateline_query::{
    Engine, Expand, Explain, LocalEngine, Note, Recency, Request, Require, Response, Sort,
};
use dateline_schema::Manifest;

use crate::command::index::refresh;
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Row, Rows, hit};

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Queries (in single quotes, so that the shell leaves them alone); docs/query.md has the rest:
  ammunition ukraine            all of these words, best first
  kyiv OR odesa                 any of them
  nato NOT membership           without
  \"political will\"              a phrase; =\"political will\" not in other forms
  ammun*                        the beginning of a word
  title:(nato AND ukrain*)      in a field: title, lead, text, byline, source …
  person:putin place:ukraine    who and where; a country finds its towns
  published:2024-03..2024-05    when it appeared: 2024, >=2024-03, last-month
  mentioned:2024-03-14          the days that the text speaks of
  brib* w/s @person             in one sentence; w/8 within 8 words

Examples:
  dateline search --in news/ 'stoltenberg ammunition'
  dateline search 'person:\"olaf scholz\" place:kyiv' --from 2024-01 --sort newest
  dateline search 'strike OR walkout' --source 'Northern Ledger' --format csv -n 500 > hits.csv"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Arguments {
    /// What to look for.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Bring an index of FOLDER up to date first, and search only FOLDER.
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Hits to show [default: 10].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Hits to pass over.
    #[arg(long, value_name = "N")]
    offset: Option<usize>,
    /// Order of the hits [default: relevance].
    #[arg(long, value_name = "ORDER", value_enum)]
    sort: Option<Order>,
    /// Favour recent articles: half of a score is left after so many days (30d).
    #[arg(long, value_name = "DAYS", value_parser = half_life)]
    recency: Option<std::num::NonZeroU16>,
    #[command(flatten)]
    selection: Selection,
    /// Find nothing rather than articles that have only some of the words.
    #[arg(long)]
    strict: bool,
    /// Let words of the best articles help to order the others, as far as these articles agree; a note names the words.
    #[arg(long, conflicts_with = "count")]
    expand: bool,
    /// Print the exact number of articles instead of hits.
    #[arg(long)]
    count: bool,
    /// Print how the query was read, in dateline's own form, and what each score is made of.
    #[arg(long)]
    explain: bool,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Order {
    /// Best first.
    Relevance,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

impl Arguments {
    fn request(&self, today: Date, root: Option<String>) -> anyhow::Result<Request> {
        let mut request = self.selection.request(&self.query.join(" "), today)?;
        request.filters.root = root;
        request.limit = self.limit.unwrap_or(request.limit);
        request.offset = self.offset.unwrap_or(request.offset);
        request.sort = match self.sort {
            None | Some(Order::Relevance) => Sort::Relevance,
            Some(Order::Newest) => Sort::Newest,
            Some(Order::Oldest) => Sort::Oldest,
        };
        request.recency = self.recency.map(|half_life_days| Recency { today, half_life_days });
        if self.expand {
            request.expand = Expand::FromBest;
        }
        if self.explain {
            request.explain = Explain::Scores;
        }
        if self.strict {
            request.require = Require::Strict;
        }
        Ok(request)
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let today = around.environment.today;
    // A query that cannot be read is told of before a folder is indexed for it.
    arguments.request(today, None)?;
    let root = match &arguments.folder {
        Some(folder) => {
            refresh(folder, around)?;
            Some(label_of(folder, around)?)
        }
        None => None,
    };
    let engine = LocalEngine::open(&around.index)?;
    let request = arguments.request(today, root)?;
    if arguments.explain {
        let tree = request.query.tree.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(around.notes, "query: {tree}")?;
    }
    if arguments.count {
        return count(&engine, &request, around);
    }
    std::thread::scope(|scope| {
        // All are counted while the best are found: neither waits for the other.
        let counted = || engine.count(&request);
        let total = (around.format == Format::Text)
            .then(|| std::thread::Builder::new().spawn_scoped(scope, counted).ok())
            .flatten();
        let response = engine.search(&request)?;
        print(&response, &request, around)?;
        if around.format == Format::Text && !response.notes.contains(&Note::Relaxed) {
            let total = || match total.map(ScopedJoinHandle::join) {
                Some(Ok(total)) => total,
                Some(Err(panic)) => std::panic::resume_unwind(panic),
                None => counted(),
            };
            tell_total(total, &request, response.hits.len(), around)?;
        }
        Ok(if response.hits.is_empty() { Ending::Nothing } else { Ending::Found })
    })
}

/// Prints the hits, and before them what there is to note.
fn print(
    response: &Response,
    request: &Request,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<()> {
    for note in &response.notes {
        writeln!(around.notes, "note: {note}")?;
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (number, found) in response.hits.iter().enumerate() {
        match around.format {
            Format::Text => rows.text(&hit::text(found, around.look), number > 0)?,
            _ => rows.print(&hit::row(found, request.explain))?,
        }
    }
    rows.finish(&hit::keys(request.explain))?;
    Ok(())
}

/// Says how many there are, where there are more than are shown, or none.
fn tell_total(
    total: impl FnOnce() -> Result<u64, dateline_query::Error>,
    request: &Request,
    shown: usize,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<()> {
    if shown == 0 {
        writeln!(around.notes, "nothing found")?;
    } else if shown == request.limit || request.offset > 0 {
        let total = total()?;
        let (first, last) = (request.offset + 1, request.offset + shown);
        writeln!(around.notes, "\n{first}–{last} of {}", super::index::counted(total, "article"))?;
    }
    Ok(())
}

fn count(
    engine: &LocalEngine,
    request: &Request,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<Ending> {
    let count = engine.count(request)?;
    match around.format {
        Format::Text => writeln!(around.out, "{count}")?,
        format => Rows::new(format, around.out).print(&Row::default().with("count", count))?,
    }
    Ok(if count == 0 { Ending::Nothing } else { Ending::Found })
}

/// `30d` or `30`.
fn half_life(text: &str) -> Result<std::num::NonZeroU16, String> {
    let days = text.strip_suffix('d').unwrap_or(text);
    days.parse().map_err(|_| "give a number of days from 1 to 65535, such as 30d".to_owned())
}

/// Label under which the index knows `folder`.
fn label_of(folder: &std::path::Path, around: &Surroundings<'_>) -> anyhow::Result<String> {
    let path = fs::canonicalize(folder).with_context(|| folder.display().to_string())?;
    let manifest = Manifest::read(&around.index)?;
    let root = manifest.roots.into_iter().find(|root| root.path == path);
    root.map(|root| root.label).with_context(|| format!("{}: not in the index", folder.display()))
}
