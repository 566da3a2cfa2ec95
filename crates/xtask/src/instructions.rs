//! `cargo xtask instructions`: how many instructions five fixed pieces of work take, beside those that are kept in `benches/record`. More than a twentieth
//! above is a failure: either the change is not worth it, or `--update` keeps the new counts and the commit says why.
//!
//! Counted is the program as the tests build it, so that nothing is built for it alone, by Valgrind, which shows every machine the same processor. Where
//! Valgrind is missing, or the compiler is another, there is nothing to compare with; that is told and is no failure.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use crate::built::{self, Profile};
use crate::counter::Counter;
use crate::memory::write_corpus;
use crate::quality::Table;
use crate::workspace::root;

const RECORD: &str = "benches/record/instructions.json";
/// Bytes of articles that are indexed: about fifty.
const CORPUS_BYTES: u64 = 60_000;
/// Bytes of articles that are searched: about five hundred.
const SEARCHED_BYTES: u64 = 600_000;
/// How much more than kept is a failure, in parts of one.
const MOST_MORE: f64 = 0.05;

/// What `cargo xtask instructions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Keep what is counted now
    #[arg(long)]
    update: bool,
}

/// Counts as they are kept.
#[derive(Debug, Deserialize, Serialize)]
struct Record {
    /// What `rustc --version` told.
    compiler: String,
    instructions: BTreeMap<String, u64>,
}

/// Counts, prints the table, and fails where a piece of work takes more than a twentieth more than is kept.
///
/// # Errors
/// The program does not build or fails, or the record cannot be read or written.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let counter = Counter::Valgrind;
    if !counter.works() {
        ensure!(!arguments.update, "valgrind is not there: install it to count");
        writeln!(out, "note: valgrind is not there; instructions are not counted")?;
        return Ok(ExitCode::SUCCESS);
    }
    let now = Record { compiler: compiler()?, instructions: counted(counter)? };
    let path = root().join(RECORD);
    if arguments.update {
        std::fs::write(&path, serde_json::to_string_pretty(&now)? + "\n")
            .with_context(|| format!("cannot write {RECORD}"))?;
        writeln!(out, "kept in {RECORD}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let kept = std::fs::read_to_string(&path).with_context(|| format!("cannot read {RECORD}"))?;
    let kept: Record = serde_json::from_str(&kept).context(RECORD)?;
    let (table, above) = compared(&kept.instructions, &now.instructions);
    write!(out, "{table}")?;
    if kept.compiler != now.compiler {
        writeln!(out, "note: kept were counts of {}; nothing is compared", kept.compiler)?;
        return Ok(ExitCode::SUCCESS);
    }
    if above.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "more than {:.0} % above what is kept: {}\nhint: `cargo xtask instructions --update` keeps the new counts; the commit says why",
        MOST_MORE * 100.0,
        above.join(", ")
    )?;
    Ok(ExitCode::FAILURE)
}

/// The counts side by side, and the names of those that are too high. Work that one side does not have counts as too high: the record is stale.
fn compared(kept: &BTreeMap<String, u64>, now: &BTreeMap<String, u64>) -> (Table, Vec<String>) {
    let mut table = Table::new(&["work", "kept, millions", "now, millions", "ratio"]);
    let mut above = Vec::new();
    let names: std::collections::BTreeSet<&String> = kept.keys().chain(now.keys()).collect();
    for name in names {
        let (before, after) = (kept.get(name).copied(), now.get(name).copied());
        let ratio = before.zip(after).map(|(before, after)| after as f64 / before as f64);
        if ratio.is_none_or(|ratio| ratio > 1.0 + MOST_MORE) {
            above.push(name.clone());
        }
        let millions = |count: Option<u64>| {
            count.map_or_else(|| "–".to_owned(), |count| format!("{:.1}", count as f64 / 1e6))
        };
        let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.3}"));
        table.row(vec![name.clone(), millions(before), millions(after), ratio]);
    }
    (table, above)
}

fn counted(counter: Counter) -> anyhow::Result<BTreeMap<String, u64>> {
    let binary = built::dateline(Profile::Debug)?;
    let scratch = tempfile::tempdir()?;
    let folder = |name: &str, bytes: u64| {
        let folder = scratch.path().join(name);
        std::fs::create_dir(&folder)?;
        write_corpus(&folder, bytes)?;
        anyhow::Ok(folder)
    };
    let (few, many) = (folder("few", CORPUS_BYTES)?, folder("many", SEARCHED_BYTES)?);
    let searched = scratch.path().join("searched");
    let name = many.to_str().context("the folder's name is not UTF-8")?;
    built::run(&binary, &searched, &["index", name, "--threads", "1"])?;
    let mut counts = BTreeMap::new();
    let mut count = |work: &str, index: &Path, runs: &[&[&str]]| {
        for words in runs {
            let mut command = counter.command();
            plain(&mut command).arg(&binary).args(*words).arg("--index").arg(index);
            let instructions = counter.count(&mut command).with_context(|| work.to_owned())?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count that was printed as a whole number"
            )]
            let instructions = instructions as u64;
            *counts.entry(work.to_owned()).or_default() += instructions;
        }
        anyhow::Ok(())
    };
    let few = few.to_str().context("the folder's name is not UTF-8")?;
    let fresh = |name: &str| -> PathBuf { scratch.path().join(name) };
    count("index", &fresh("one"), &[&["index", few, "--threads", "1"]])?;
    count(
        "index, nothing extracted",
        &fresh("two"),
        &[&["index", few, "--threads", "1", "--no-extract"]],
    )?;
    count("start and one hit", &searched, &[&["search", "brussels", "-n", "1"]])?;
    count(
        "pages of a word, OR and a phrase",
        &searched,
        &[
            &["search", "spoke", "-n", "100"],
            &["search", "brussels OR kyiv OR riga", "-n", "100"],
            &["search", "\"spoke in Hamburg\"", "-n", "100"],
        ],
    )?;
    count("facets", &searched, &[&["facets", "march", "--by", "person"]])?;
    Ok(counts)
}

/// Without what the user's environment would change; programs are still found.
fn plain(command: &mut Command) -> &mut Command {
    command.env_remove("DATELINE_INDEX").env("NO_COLOR", "1")
}

fn compiler() -> anyhow::Result<String> {
    let output = Command::new("rustc").arg("--version").current_dir(root()).output();
    let output = output.context("cannot run rustc")?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kept: &[(&str, u64)], now: &[(&str, u64)], expected: &[&str]) {
        let map = |pairs: &[(&str, u64)]| {
            pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        let (_, above) = compared(&map(kept), &map(now));
        assert_eq!(above, expected, "kept: {kept:?}, now: {now:?}");
    }

    #[test]
    fn only_more_than_a_twentieth_above_fails() {
        check(&[("a", 1000), ("b", 1000)], &[("a", 1050), ("b", 1051)], &["b"]);
        check(&[("a", 1000)], &[("a", 10)], &[]);
    }

    #[test]
    fn a_stale_record_fails() {
        check(&[("a", 1)], &[], &["a"]);
        check(&[], &[("new", 1)], &["new"]);
    }
}
