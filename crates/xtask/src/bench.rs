//! `cargo xtask bench --peers`: dateline beside other systems, over the same articles and the same queries, each in turn, as `docs/performance.md` has it.
//!
//! Nothing of another system is kept here but how it is asked; the programs that ask stand in `benches/peers`. What is not on the machine is told and left
//! out. Figures go to the page and, all of them, to `benches/record`.

mod corpus;
mod engine;
mod latency;
mod limits;
mod record;
pub(crate) mod scale;
mod start;
mod tables;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::built::{self, Profile};
use crate::cost::{self, Cost};
use crate::quality::page;
use crate::workspace::root;

use corpus::Corpus;
use engine::Engine;
use latency::Latencies;

const PAGE: &str = "docs/performance.md";
/// The section of the page.
const HEADING: &str = "Beside other systems";

/// What is measured on.
#[derive(Debug, clap::Args)]
struct Given {
    /// File of articles as JSON lines: id, title, date, byline, section, source, people, places, body.
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// File of queries as JSON lines: class, query, and terms, from and to, field and value, prefix or fuzzy.
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Folder for articles and indexes; `bench` uses again what is there already, `scale` deletes its own.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

/// What `cargo xtask bench` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Compare with other systems.
    #[arg(long, required = true)]
    peers: bool,
    #[command(flatten)]
    given: Given,
    /// Rounds of queries and starts, each system once a round.
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Rounds of indexing; with 0 only what has no index yet is indexed, and costs are those of the run before.
    #[arg(long, default_value_t = 5)]
    index_rounds: usize,
    /// Systems to run beside dateline [default: all that are there]
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Leave the page and the record as they are.
    #[arg(long)]
    print: bool,
}

/// Everything that was measured.
#[derive(Default)]
struct Measured {
    /// Of each way of indexing, every round.
    indexing: BTreeMap<&'static str, Vec<Cost>>,
    /// Bytes of the index.
    sizes: BTreeMap<&'static str, u64>,
    latencies: BTreeMap<&'static str, Latencies>,
    starts: Vec<start::Row>,
    /// Seconds of an unchanged run over many files, and of `find` over them.
    unchanged: Option<(f64, f64)>,
    /// Systems that are not there, and why.
    missing: Vec<String>,
}

/// Measures, prints, and writes page and record.
///
/// # Errors
/// The corpus cannot be read or written, dateline does not build, or a system that is there fails.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(arguments.peers, "`cargo xtask bench` takes --peers");
    ensure!(arguments.rounds > 0, "--rounds must be 1 or more");
    let folder = &arguments.given.folder;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let dateline = built::dateline(Profile::Release)?;
    let corpus = Corpus::prepare(&arguments.given.corpus, folder)?;
    let mut measured = Measured::default();
    let mut engines = Vec::new();
    for engine in Engine::all(&dateline, folder) {
        let wanted = arguments.only.is_empty()
            || engine.family == "dateline"
            || arguments.only.iter().any(|name| name == engine.family);
        if !wanted {
            continue;
        }
        match engine.ready() {
            Ok(()) => engines.push(engine),
            Err(error) => {
                writeln!(out, "{} is left out: {error:#}", engine.name)?;
                measured.missing.push(format!("{}: {error:#}", engine.name));
            }
        }
    }
    index(arguments, &engines, &corpus, &mut measured, out)?;
    let searching: Vec<&Engine> = engines.iter().filter(|engine| engine.searches()).collect();
    for round in 0..arguments.rounds {
        // Each begins in its turn: what runs after a system that works all processors is slower for a while.
        let first = round % searching.len().max(1);
        for engine in searching.iter().cycle().skip(first).take(searching.len()) {
            let rows = engine.bench(&arguments.given.queries)?;
            measured.latencies.entry(engine.name).or_default().add(rows);
        }
        writeln!(out, "queries, round {} of {}", round + 1, arguments.rounds)?;
        out.flush()?;
    }
    measured.starts = start::measure(&engines, &corpus, arguments.rounds)?;
    measured.unchanged = Some(start::unchanged(&dateline, &corpus, folder, arguments.rounds)?);
    let section = tables::section(&measured, &corpus, arguments);
    writeln!(out, "\n{section}")?;
    if arguments.print {
        return Ok(());
    }
    // Before the page changes: the record tells whether anything had changed since its commit.
    let path = record::write("peers", &tables::values(&measured, &corpus))?;
    write_page(HEADING, &section)?;
    writeln!(out, "All figures: {}", path.display())?;
    Ok(())
}

/// The sections of the page that commands write, in their order; the others follow.
const SECTIONS: [&str; 2] = [HEADING, scale::HEADING];

/// Puts the section into the page.
fn write_page(heading: &str, section: &str) -> anyhow::Result<()> {
    let path = root().join(PAGE);
    let before = std::fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    let after = page::with_section(&before, &SECTIONS, heading, section);
    std::fs::write(&path, after).with_context(|| format!("cannot write {PAGE}"))
}

/// Indexes with every engine in turn, as often as is asked. Costs are kept beside the indexes, for runs that use these again.
fn index(
    arguments: &Arguments,
    engines: &[Engine],
    corpus: &Corpus,
    measured: &mut Measured,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let file = arguments.given.folder.join("costs.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|_| "{}".to_owned());
    let mut kept: BTreeMap<String, Vec<Cost>> =
        serde_json::from_str(&text).with_context(|| format!("{}", file.display()))?;
    for round in 0..arguments.index_rounds.max(1) {
        for engine in engines {
            let Some(index) = &engine.index else { continue };
            if arguments.index_rounds == 0 && index.exists() {
                continue;
            }
            empty(index)?;
            let cost = cost::of(&mut engine.index_command(&corpus.articles, index))
                .with_context(|| format!("{} cannot index", engine.name))?;
            writeln!(
                out,
                "{}, round {}: {:.1} s of {:.1} s processor time, {} MB",
                engine.name,
                round + 1,
                cost.wall.as_secs_f64(),
                cost.processor_seconds,
                cost.peak_bytes / 1_000_000
            )?;
            out.flush()?;
            let costs = kept.entry(engine.name.to_owned()).or_default();
            costs.truncate(round);
            costs.push(cost);
            std::fs::write(&file, serde_json::to_string_pretty(&kept)?)?;
        }
    }
    for engine in engines {
        let Some(index) = &engine.index else { continue };
        measured.sizes.insert(engine.name, cost::size(index)?);
        if let Some(costs) = kept.get(engine.name) {
            measured.indexing.insert(engine.name, costs.clone());
        }
    }
    Ok(())
}

fn empty(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot empty {}", folder.display()))
        }
        _ => Ok(()),
    }
}
