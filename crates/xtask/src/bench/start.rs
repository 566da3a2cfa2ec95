//! What a program costs that is started for one search, and a run over files that did not change.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};

use super::corpus::Corpus;
use super::engine::Engine;
use super::latency::median;
use crate::built;

/// Words that are looked for: frequent ones, and a pair.
const WORDS: [&str; 3] = ["government", "minister", "security council"];

/// A search by one program, from the start of its process to its end, in milliseconds.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) words: &'static str,
    /// With its files in the page cache.
    pub(super) warm: f64,
    /// With them thrown out of it; none of a program that has no index.
    pub(super) evicted: Option<f64>,
    /// Bytes that this read from the disk (`ru_inblock`), where GNU time tells.
    pub(super) bytes: Option<f64>,
}

/// Times each engine, and ripgrep over the same text in one file, in turn.
///
/// # Errors
/// A program cannot be run or fails.
pub(super) fn measure(
    engines: &[Engine],
    corpus: &Corpus,
    rounds: usize,
) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let once = |engine: &&Engine| engine.searches() && !engine.name.contains("--mode");
    let engines: Vec<&Engine> = engines.iter().filter(once).collect();
    let has_rg = Command::new("rg").arg("--version").output().is_ok();
    for words in WORDS {
        let mut warm: Vec<Vec<f64>> = vec![Vec::new(); engines.len() + 1];
        let mut evicted = vec![(Vec::new(), Vec::new()); engines.len()];
        // The first round fills the page cache and does not count.
        for round in 0..=rounds * 3 {
            for (number, times) in warm.iter_mut().enumerate() {
                let time = match engines.get(number) {
                    Some(engine) => timed(&mut search(engine, words)?)?,
                    None if has_rg => timed(&mut scan(words, &corpus.text))?,
                    None => continue,
                };
                if round > 0 {
                    times.push(time);
                }
            }
        }
        for _ in 0..rounds {
            for (engine, (times, bytes)) in engines.iter().zip(&mut evicted) {
                let index = engine.searched.as_deref().context("an engine that does not search")?;
                evict(index)?;
                times.push(timed(&mut search(engine, words)?)?);
                evict(index)?;
                bytes.extend(read(&search(engine, words)?));
            }
        }
        let names = engines.iter().map(|engine| engine.name).chain(["ripgrep"]);
        for (number, (name, warm)) in names.zip(&warm).enumerate() {
            if warm.is_empty() {
                continue;
            }
            let cold = evicted.get(number);
            let bytes = cold.map(|(_, bytes)| median(bytes)).filter(|bytes| !bytes.is_nan());
            rows.push(Row {
                name,
                words,
                warm: median(warm),
                evicted: cold.map(|(times, _)| median(times)),
                bytes,
            });
        }
    }
    Ok(rows)
}

/// What searches once for `words`.
///
/// # Errors
/// The engine does not search.
pub(super) fn search(engine: &Engine, words: &str) -> anyhow::Result<Command> {
    engine.search_command(words).context("an engine that does not search")
}

/// What ripgrep does instead: it counts the lines, unranked.
fn scan(words: &str, text: &Path) -> Command {
    let mut command = Command::new("rg");
    command.args(["-c", "-w", "-i"]).arg(words.replace(' ', r"\W+")).arg(text);
    command
}

/// Milliseconds from start to end.
///
/// # Errors
/// It cannot be run, or fails.
pub(super) fn timed(command: &mut Command) -> anyhow::Result<f64> {
    let name = command.get_program().display().to_string();
    let begun = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let time = begun.elapsed().as_secs_f64() * 1e3;
    let status = status.with_context(|| format!("cannot run {name}"))?;
    ensure!(status.code().is_some_and(|code| code < 2), "{name}: {status}");
    Ok(time)
}

/// Bytes that the command reads from the disk, where GNU time is there to tell.
fn read(command: &Command) -> Option<f64> {
    /// Of `ru_inblock`, whatever the disk's are.
    const BLOCK_BYTES: f64 = 512.0;
    let mut measured = Command::new("/usr/bin/time");
    measured.args(["-f", "%I"]).arg(command.get_program()).args(command.get_args());
    let output = measured.output().ok()?;
    let told = String::from_utf8(output.stderr).ok()?;
    told.lines().last()?.trim().parse::<f64>().ok().map(|blocks| blocks * BLOCK_BYTES)
}

/// Throws the files of a folder out of the page cache, by `dd`.
fn evict(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            evict(&path)?;
            continue;
        }
        let mut command = Command::new("dd");
        command.arg(format!("if={}", path.display())).args(["iflag=nocache", "count=0"]);
        let status = command.stderr(Stdio::null()).status().context("cannot run dd")?;
        ensure!(status.success(), "dd cannot evict {}", path.display());
    }
    Ok(())
}

/// Seconds of a run of `dateline index` that finds nothing changed, and of `find` that lists the same files, medians.
///
/// # Errors
/// A program cannot be run or fails.
pub(super) fn unchanged(
    dateline: &Path,
    corpus: &Corpus,
    folder: &Path,
    rounds: usize,
) -> anyhow::Result<(f64, f64)> {
    let index = folder.join("index-files");
    let files = corpus.files.to_str().context("the folder's name is not UTF-8")?;
    // Extraction does not matter to what is looked at. Made anew: one of a run before may be of another format.
    built::run(dateline, &index, &["index", files, "--no-extract", "--rebuild"])?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let mut again = Command::new(dateline);
        again.arg("index").arg(&corpus.files).arg("--index").arg(&index);
        let mut find = Command::new("find");
        find.arg(&corpus.files).args(["-type", "f", "-printf", r"%p %s %T@\n"]);
        let (one, other) = (timed(&mut again)?, timed(&mut find)?);
        if round > 0 {
            ours.push(one / 1e3);
            theirs.push(other / 1e3);
        }
    }
    Ok((median(&ours), median(&theirs)))
}
