//! `cargo xtask fuzz`: libFuzzer over every format or another parser, one after the other, from the seeds on, and a table of what was run.
//!
//! The target is the crate `crates/fuzz`, which says what a finding is. It is built with the coverage that libFuzzer needs, by the stable compiler; a C++
//! compiler has to be there. Corpora, findings and logs stay in `fuzz/` below the target folder, so that a later run goes on from them.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::workspace::{Metadata, cargo, root};

/// What `cargo xtask fuzz` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run these formats only, by their names in `docs/formats.md`.
    #[arg(long)]
    format: Vec<String>,
    /// Run another parser instead: of queries, of dates, or of what an index says of itself.
    #[arg(long, value_enum, conflicts_with_all = ["format", "samples"])]
    parser: Option<Parser>,
    /// Seconds for each format.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Folder of more files to begin from, beside `seeds/`.
    #[arg(long)]
    samples: Vec<PathBuf>,
}

/// A parser that reads no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Parser {
    /// Queries, in all five languages.
    Query,
    /// Dates in texts, timestamps, and the days of queries.
    Dates,
    /// Manifest, lists and checksums of an index.
    Index,
}

impl Parser {
    /// What the target, its feature, its corpus and its row are called.
    fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Dates => "dates",
            Self::Index => "index",
        }
    }

    /// What its corpus begins from.
    fn seed(self, target: &Path, corpora: &Path) -> anyhow::Result<(String, String)> {
        let folder = corpora.join(self.name());
        fs::create_dir_all(&folder)?;
        match self {
            Self::Query => queries(&folder)?,
            Self::Dates => {
                for (number, text) in texts()?.into_iter().enumerate() {
                    fs::write(folder.join(format!("seed-{number:03}")), text)?;
                }
            }
            Self::Index => {
                let output = Command::new(target).env("DATELINE_FUZZ_SORT", &folder).output();
                let output = output.context("cannot run the fuzz target")?;
                ensure!(output.status.success(), "the index has no seeds: {}", output.status);
            }
        }
        Ok((self.name().to_owned(), self.name().to_owned()))
    }
}

/// Coverage that libFuzzer counts by, as its own driver asks for it, without a sanitizer: there is no unsafe code to look at.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The target of the formats.
const READERS: &str = "readers";

/// Largest input, in bytes.
const MOST_BYTES: usize = 64 << 10;

/// After so many ends of the process a format is left: its findings have to be mended first.
const MOST_ENDS: usize = 5;

/// One format's row.
struct Row {
    format: String,
    seconds: f64,
    executions: u64,
    inputs: usize,
    findings: usize,
}

/// Runs the formats in the order of the registry; the exit code is 1 where something was found.
///
/// # Errors
/// The target cannot be built or run, or a format is not known.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let folder = Metadata::read()?.target()?.join("fuzz");
    let corpora = folder.join("corpus");
    let (target, formats) = if let Some(parser) = arguments.parser {
        let target = build(&folder, parser.name())?;
        let seeds = parser.seed(&target, &corpora)?;
        (target, vec![seeds])
    } else {
        let target = build(&folder, READERS)?;
        let formats = sort(&target, &corpora, &arguments.samples)?;
        (target, formats)
    };
    for wanted in &arguments.format {
        ensure!(formats.iter().any(|(format, _)| format == wanted), "no format is called {wanted}");
    }
    writeln!(
        out,
        "| format | seconds | executions | inputs kept | findings |\n|---|--:|--:|--:|--:|"
    )?;
    let mut found = 0;
    for (format, name) in &formats {
        if !arguments.format.is_empty() && !arguments.format.contains(format) {
            continue;
        }
        let run = Run { target: &target, folder: &folder, format, name };
        let row = run.for_time(Duration::from_secs(arguments.seconds))?;
        found += row.findings;
        writeln!(
            out,
            "| `{}` | {:.0} | {} | {} | {} |",
            row.format, row.seconds, row.executions, row.inputs, row.findings
        )?;
        out.flush()?;
    }
    if found > 0 {
        writeln!(out, "\n{found} findings in {}", folder.join("findings").display())?;
    }
    Ok(if found > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Builds a target by its name.
fn build(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let compiler = Command::new("rustc").arg("-vV").current_dir(root()).output();
    let version = String::from_utf8(compiler.context("cannot run rustc")?.stdout)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc names no host")?;
    // A target that is named keeps the flags from build scripts, which have no libFuzzer.
    let mut arguments = vec!["build", "--quiet", "--release", "--locked", "--target", host];
    arguments.extend(["--bin", name]);
    if name != READERS {
        arguments.extend(["--features", name]);
    }
    let status = cargo(&arguments)
        .current_dir(root().join("crates/fuzz"))
        .env("CARGO_TARGET_DIR", folder)
        .env("RUSTFLAGS", COVERAGE)
        .status()
        .context("cannot run cargo build")?;
    ensure!(status.success(), "the fuzz target does not build: is a C++ compiler there?");
    Ok(folder.join(host).join("release").join(name))
}

/// Sorts the seeds and samples into corpora; the formats, each with a name for its files.
fn sort(
    target: &Path,
    corpora: &Path,
    samples: &[PathBuf],
) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    collect(&root().join("seeds"), &mut files)?;
    for folder in samples {
        collect(folder, &mut files)?;
    }
    files.sort();
    let list = corpora.with_extension("list");
    fs::create_dir_all(corpora)?;
    let lines = files.iter().filter_map(|path| path.to_str()).collect::<Vec<_>>().join("\n");
    fs::write(&list, lines)?;
    let output = Command::new(target)
        .env("DATELINE_FUZZ_SORT", corpora)
        .stdin(File::open(&list)?)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run the fuzz target")?;
    ensure!(output.status.success(), "the seeds cannot be sorted: {}", output.status);
    let lines = String::from_utf8(output.stdout)?;
    Ok(lines.lines().filter_map(row).collect())
}

/// The queries of the seeds as a corpus.
fn queries(folder: &Path) -> anyhow::Result<()> {
    let path = root().join("seeds/queries.jsonl");
    let lines =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for (number, line) in lines.lines().enumerate() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let text = line.get("query").and_then(serde_json::Value::as_str).context("no query")?;
        fs::write(folder.join(format!("seed-{number:03}")), text)?;
    }
    Ok(())
}

/// The plain texts among the seeds.
fn texts() -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    collect(&root().join("seeds"), &mut files)?;
    files.sort();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    // Those in other encodings are seeds of the readers.
    Ok(files.into_iter().filter_map(|path| fs::read_to_string(path).ok()).collect())
}

fn row(line: &str) -> Option<(String, String)> {
    line.split_once('\t').map(|(format, name)| (format.to_owned(), name.to_owned()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = std::path::absolute(entry?.path())?;
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The runs of one format.
struct Run<'a> {
    target: &'a Path,
    folder: &'a Path,
    format: &'a str,
    name: &'a str,
}

impl Run<'_> {
    /// Runs until the time is over; again where an input ends the process.
    fn for_time(&self, time: Duration) -> anyhow::Result<Row> {
        let corpus = self.folder.join("corpus").join(self.format);
        let findings = self.folder.join("findings").join(self.format);
        fs::create_dir_all(&findings)?;
        take_up(&findings, &corpus)?;
        let scratch = tempfile::tempdir()?;
        let begun = Instant::now();
        let (mut executions, mut ends) = (0, 0);
        while let Some(left) = time.checked_sub(begun.elapsed()).filter(|left| left.as_secs() > 0) {
            let log = self.folder.join(format!("{}-{ends}.log", self.format));
            let file = scratch.path().join("input");
            let mut command = self.command(&corpus, &findings, &file, left);
            let status = command.stderr(File::create(&log)?).status();
            let status = status.context("cannot run the fuzz target")?;
            executions += executed(&String::from_utf8_lossy(&fs::read(&log)?));
            if status.success() {
                break;
            }
            // Where the process ended too hard to say why, the input is still the one it read.
            fs::copy(&file, findings.join(format!("ended-{ends}")))
                .with_context(|| format!("the fuzz target did not begin: see {}", log.display()))?;
            ends += 1;
            if ends == MOST_ENDS {
                break;
            }
        }
        Ok(Row {
            format: self.format.to_owned(),
            seconds: begun.elapsed().as_secs_f64(),
            executions,
            inputs: fs::read_dir(&corpus)?.count(),
            findings: count(&findings)?,
        })
    }

    fn command(&self, corpus: &Path, findings: &Path, file: &Path, time: Duration) -> Command {
        // The stack of the threads that read when a corpus is indexed; `exec` keeps it.
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -s 2048; exec \"$@\"", "sh"]).arg(self.target);
        command
            .arg(format!("-max_total_time={}", time.as_secs()))
            .arg(format!("-max_len={MOST_BYTES}"))
            .args(["-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1"])
            .arg(format!("-artifact_prefix={}/process-", findings.display()));
        if let Some(words) = dictionary(self.format) {
            let path = root().join("crates/fuzz/dictionaries").join(format!("{words}.dict"));
            command.arg(format!("-dict={}", path.display()));
        }
        command
            .arg(corpus)
            .env("DATELINE_FUZZ_FILE", file)
            .env("DATELINE_FUZZ_NAME", self.name)
            .env("DATELINE_FUZZ_FINDINGS", findings)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }
}

/// The words that a format's inputs are made of.
fn dictionary(format: &str) -> Option<&'static str> {
    Some(match format {
        "html" | "europresse" => "html",
        "nitf" | "newsml-g2" | "newsml-1" | "rss" | "atom" | "mets" | "alto" => "xml",
        "eml" | "mbox" => "mail",
        "warc" => "warc",
        "nexis" | "factiva" => "databases",
        "query" => "query",
        "dates" => "dates",
        "pdf" => "pdf",
        "rtf" => "rtf",
        "trec" | "reuters" => "sgml",
        "json" | "jsonl" | "index" => "json",
        "csv" => "csv",
        "markdown" | "text" | "iptc-7901" | "anpa-1312" => "text",
        _ => return None,
    })
}

/// Executions that a log of libFuzzer tells of: its last count where it did not come to its end.
fn executed(log: &str) -> u64 {
    let whole = log
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok());
    let counted = |line: &str| line.strip_prefix('#')?.split(['\t', ':']).next()?.parse().ok();
    whole.or_else(|| log.lines().rev().find_map(counted)).unwrap_or(0)
}

/// Moves what earlier runs found into the corpus: what is not mended is found again at once.
fn take_up(findings: &Path, corpus: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(findings)? {
        let path = entry?.path();
        match path.file_name().filter(|_| path.extension().is_none()) {
            Some(name) => fs::rename(&path, corpus.join(name))?,
            None => fs::remove_file(&path)?,
        }
    }
    Ok(())
}

/// Inputs in a folder of findings; the texts beside them are none.
fn count(findings: &Path) -> anyhow::Result<usize> {
    let mut number = 0;
    for entry in fs::read_dir(findings)? {
        number += usize::from(entry?.path().extension().is_none());
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_read_from_the_log() {
        let check = |log: &str, expected: u64| assert_eq!(executed(log), expected, "{log}");
        check("#2\tINITED cov: 1\n#512\tpulse  cov: 9\nstat::number_of_executed_units: 700\n", 700);
        check("#2\tINITED cov: 1\n#512\tpulse  cov: 9\n==7== ERROR: libFuzzer: timeout\n", 512);
        check("", 0);
    }

    #[test]
    fn every_dictionary_is_there() {
        for format in [
            "html", "nitf", "eml", "warc", "nexis", "pdf", "rtf", "trec", "json", "csv", "text",
            "query", "dates",
        ] {
            let words = dictionary(format).unwrap();
            let path = root().join("crates/fuzz/dictionaries").join(format!("{words}.dict"));
            assert!(path.is_file(), "{}", path.display());
        }
        assert_eq!(dictionary("zip"), None);
    }

    #[test]
    fn findings_are_inputs_without_their_texts() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["panic-1", "panic-1.txt", "slow-0"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(count(folder.path()).unwrap(), 2);
        let corpus = tempfile::tempdir().unwrap();
        take_up(folder.path(), corpus.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(corpus.path().join("panic-1").exists() && corpus.path().join("slow-0").exists());
        assert!(!corpus.path().join("panic-1.txt").exists());
    }
}
