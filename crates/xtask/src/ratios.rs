//! `cargo xtask ratios`: what operators, filters and orders cost beside the plain query that they are put on, and facets and timelines beside the count
//! of the same articles, as `docs/performance.md` has it.
//!
//! The pairs of queries and their times come from the example `ratios` of the query crate. Instructions are counted by `perf`, or by `valgrind` where the
//! machine has no counter, and left out where there is neither.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::built::{self, Profile};
use crate::counter::Counter;
use crate::quality::Table;
use crate::workspace::{Metadata, cargo};

/// What `cargo xtask ratios` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder or file of articles, which is indexed into a temporary folder.
    #[arg(long, required_unless_present = "index")]
    corpus: Option<PathBuf>,
    /// An index that is there already.
    #[arg(long, conflicts_with = "corpus")]
    index: Option<PathBuf>,
    /// Leave the instructions uncounted.
    #[arg(long)]
    no_instructions: bool,
}

/// The most that the second queries of a kind may cost, by what the kind's name begins with.
const LIMITS: [(&str, f64); 9] = [
    ("two words w/8", 3.0),
    ("three words w/8", 3.0),
    ("two words pre/8", 3.0),
    ("a word of", 1.5),
    ("a word and", 1.5),
    ("two words of", 1.5),
    ("copies folded", 1.3),
    ("facets", 5.0),
    ("timeline", 3.0),
];

/// Prints the table.
///
/// # Errors
/// Something does not build or run, or the corpus cannot be indexed.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let work = tempfile::tempdir()?;
    let index = match (&arguments.index, &arguments.corpus) {
        (Some(index), _) => index.clone(),
        (None, corpus) => {
            let corpus = corpus.as_deref().and_then(Path::to_str);
            let corpus = corpus.context("the corpus's name is not UTF-8")?;
            let binary = built::dateline(Profile::Release)?;
            built::run(&binary, work.path(), &["index", corpus])?;
            work.path().to_owned()
        }
    };
    let program = build()?;
    let counter =
        if arguments.no_instructions { None } else { Counter::ALL.into_iter().find(|c| c.works()) };
    let mut table = Table::new(&[
        "what, beside what",
        "pairs",
        "µs",
        "beside µs",
        "ratio",
        "of sums",
        "page",
        "instructions",
        "limit",
    ]);
    for row in measured(&program, &index)? {
        let kind = row["kind"].as_str().context("a row without a kind")?;
        let figure = |key: &str| row[key].as_f64().with_context(|| format!("{kind}: no {key}"));
        let limit = LIMITS.iter().find(|(beginning, _)| kind.starts_with(beginning));
        let instructions = counter.map(|counter| ratio(counter, &program, &index, kind));
        table.row(vec![
            kind.to_owned(),
            row["pairs"].to_string(),
            format!("{:.0}", figure("second")?),
            format!("{:.0}", figure("first")?),
            format!("{:.2}", figure("ratio")?),
            format!("{:.2}", figure("whole")?),
            row["page_ratio"].as_f64().map_or_else(|| "–".to_owned(), |of| format!("{of:.2}")),
            instructions.transpose()?.map_or_else(|| "–".to_owned(), |of| format!("{of:.2}")),
            limit.map_or_else(|| "–".to_owned(), |(_, most)| format!("{most:.1}")),
        ]);
    }
    write!(out, "{table}")?;
    if let Some(counter) = counter {
        writeln!(out, "\nInstructions counted by {}.", counter.program())?;
    }
    Ok(())
}

/// Builds the example that runs the pairs.
fn build() -> anyhow::Result<PathBuf> {
    let arguments =
        ["build", "--quiet", "--release", "-p", "dateline-query", "--example", "ratios"];
    let built = cargo(&arguments).status().context("cannot run cargo build")?;
    ensure!(built.success(), "the example `ratios` does not build");
    Ok(Metadata::read()?.target()?.join("release/examples/ratios"))
}

fn measured(program: &Path, index: &Path) -> anyhow::Result<Vec<Value>> {
    let output = Command::new(program).arg(index).stderr(Stdio::inherit()).output();
    let output = output.context("cannot run the example `ratios`")?;
    ensure!(output.status.success(), "the example `ratios` failed");
    let text = String::from_utf8(output.stdout)?;
    let rows = text.lines().map(|line| serde_json::from_str(line).context("not JSON"));
    rows.collect()
}

/// Instructions of the second queries of a kind by those of the first, what the start costs left out.
fn ratio(counter: Counter, program: &Path, index: &Path, kind: &str) -> anyhow::Result<f64> {
    let of = |side: &str| {
        let passes = |passes: &str| {
            let mut command = counter.command();
            command.arg(program).arg(index).args([kind, side, passes]);
            counter.count(&mut command)
        };
        // One pass more than another is one pass.
        anyhow::Ok(passes("2")? - passes("1")?)
    };
    Ok(of("second")? / of("first")?)
}
