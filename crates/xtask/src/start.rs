//! `cargo xtask start FOLDER`: a search from process start to hits beside a scan by ripgrep, in turn, over the same files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::built::{self, Profile};

/// What `cargo xtask start` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of unpacked text files, which is indexed into a temporary folder.
    folder: PathBuf,
    /// Words to search for.
    #[arg(default_values = ["trade", "japan", "coffee", "zinc"])]
    words: Vec<String>,
    /// Runs of each.
    #[arg(long, default_value_t = 30)]
    runs: usize,
}

/// Prints the medians of both and their ratio, a line a word.
///
/// # Errors
/// `dateline` or `rg` cannot be run, or the folder cannot be indexed.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(arguments.runs > 0, "--runs must be 1 or more");
    let binary = built::dateline(Profile::Release)?;
    let index = tempfile::tempdir()?;
    let folder = arguments.folder.to_str().context("the folder's name is not UTF-8")?;
    built::run(&binary, index.path(), &["index", folder])?;
    writeln!(out, "{:<16} {:>12} {:>12} {:>8}", "word", "dateline ms", "rg ms", "ratio")?;
    for word in &arguments.words {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        // One run of each before counting: both find their files in the page cache.
        for run in 0..=arguments.runs {
            let one = timed(&mut search(&binary, index.path(), word))?;
            let other =
                timed(Command::new("rg").args(["-c", "-w", "-i", word]).arg(&arguments.folder))?;
            if run > 0 {
                ours.push(one);
                theirs.push(other);
            }
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        writeln!(
            out,
            "{word:<16} {:>12.1} {:>12.1} {ratio:>8.2}",
            milliseconds(ours),
            milliseconds(theirs)
        )?;
    }
    Ok(())
}

fn search(binary: &Path, index: &Path, word: &str) -> Command {
    let mut command = Command::new(binary);
    command.args(["search", word, "--index"]).arg(index);
    command
}

/// Time from the start of a process to its end.
fn timed(command: &mut Command) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status =
        status.with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let time = begun.elapsed();
    ensure!(
        status.code().is_some_and(|code| code < 2),
        "{} failed",
        command.get_program().display()
    );
    Ok(time)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
