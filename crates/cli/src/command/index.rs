//! `dateline index`: brings an index up to date and says what it did.

mod follower;
mod values;

use std::fs::File;
use std::io::BufWriter;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use dateline_article::Language;
use dateline_indexer::{Access, Error, FieldMap, Mode, Options, Pace, Report, index, watch};
use dateline_schema::Manifest;
use serde_json::{Map, Value, json};

use crate::command::{Ending, Surroundings};
use crate::env::Environment;
use crate::interrupt::stop_on_interrupt;
use crate::output::{Format, Row, Rows};
use crate::processors::keep_to;
use crate::terminal::clean;

use follower::Follower;
use values::seconds;
pub(crate) use values::{bytes, language, limit, limited};

/// Arguments of `index`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "Examples:
  dateline index news/                    index a folder, or bring its index up to date
  dateline index                          bring all folders of the index up to date
  dateline index --label wire /mnt/ap     call the folder `wire` in ids and results
  dateline index --map title=head,published=date_utc exports/
                                          tables and JSON whose columns have other names
  dateline index --rebuild                build the index anew, from the folders it knows
  dateline index --watch news/            keep the index up to date until Ctrl-C")]
pub(crate) struct Arguments {
    /// Folders and files to index; none means those that the index knows.
    #[arg(value_name = "FOLDER")]
    roots: Vec<PathBuf>,
    /// Threads that read and extract [default: one for each processor]. On Linux the run uses no more processors than that for all it does.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Memory to use, such as 512MB or 2GB [default: 1GB].
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    memory: Option<usize>,
    /// Source of the articles that name none.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Language of the articles that name none, by its ISO 639 code.
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
    /// Columns and keys of tables and JSON, as FIELD=KEY, whose names do not say what they hold; '' forgets them.
    #[arg(long, value_name = "FIELD=KEY,…")]
    map: Option<FieldMap>,
    /// Name of the folder in ids and results [default: its own name].
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// Do not look for people, organisations, places and dates (until --extract).
    #[arg(long)]
    no_extract: bool,
    /// Look for them again in an index made with --no-extract.
    #[arg(long, conflicts_with = "no_extract")]
    extract: bool,
    /// Write every skipped file and its reason to FILE, as JSON lines.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Another limit on what one file may take, such as file_bytes=128MB (docs/formats.md lists them).
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    limits: Vec<(String, u64)>,
    /// Seconds between commits, after which a killed run goes on from there [default: 20].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    commit_every: Option<Duration>,
    /// Take out the articles of folders that are missing today.
    #[arg(long)]
    prune: bool,
    /// Compare files by content, even where size and time are the same.
    #[arg(long)]
    rehash: bool,
    /// Build the index anew from its folders; also what an index of another version needs.
    #[arg(long, conflicts_with = "dry_run")]
    rebuild: bool,
    /// Join the index into one piece and forget deleted articles for good.
    #[arg(long)]
    optimize: bool,
    /// Let nobody else look into the index: directories of mode 0700, files of mode 0600, in later runs too.
    #[arg(long)]
    private: bool,
    /// Read and count, but write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Go on after that: whenever files change, bring the index up to date, until Ctrl-C. Files must have come to rest, or have changed for as long as
    /// --commit-every says.
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
}

impl Arguments {
    fn resolve(&self, environment: &Environment) -> Options {
        let default = Options::default();
        Options {
            roots: self.roots.clone(),
            label: self.label.clone(),
            source: self.source.clone(),
            language: self.language,
            map: self.map.clone(),
            extract: if self.no_extract { Some(false) } else { self.extract.then_some(true) },
            threads: self.threads.unwrap_or(default.threads),
            memory_bytes: self.memory.unwrap_or(default.memory_bytes),
            mode: match (self.rebuild, self.dry_run) {
                (true, _) => Mode::Rebuild,
                (_, true) => Mode::DryRun,
                _ => Mode::Update,
            },
            commit_every: self.commit_every.unwrap_or(default.commit_every),
            prune: self.prune,
            rehash: self.rehash,
            optimize: self.optimize,
            access: if self.private { Access::Private } else { Access::Kept },
            limits: self.limits.clone(),
            begun: Some(environment.now),
            today: Some(environment.today),
            writer: Some(environment.writer()),
            stop: default.stop,
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let stop = stop_on_interrupt().context("cannot listen for Ctrl-C")?;
    if let Some(threads) = arguments.threads {
        keep_to(threads);
    }
    let options = Options { stop, ..arguments.resolve(around.environment) };
    let errors = match &arguments.errors {
        Some(path) => {
            let file = File::create(path)
                .with_context(|| format!("{}: cannot be written", path.display()))?;
            Some(BufWriter::new(file))
        }
        None => None,
    };
    let mut follower = Follower::new(around.environment.stderr_is_terminal, errors);
    if arguments.watch {
        return follow(&options, &mut follower, around);
    }
    let begun = Instant::now();
    let report = index(&around.index, &options, &mut follower)?;
    tell(&report, begun.elapsed(), &options, &mut follower, around)?;
    if report.stopped {
        return Ok(Ending::Stopped);
    }
    Ok(if report.articles == 0 { Ending::Nothing } else { Ending::Found })
}

/// Brings the index up to date after every change, and tells of each run that changed something.
fn follow(
    options: &Options,
    follower: &mut Follower,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<Ending> {
    let mut told: Option<Report> = None;
    let pace = Pace { patience: options.commit_every, ..Pace::default() };
    let index = around.index.clone();
    watch(&index, options, pace, follower, &mut |follower, report, seconds| {
        let is_news = told.as_ref().is_none_or(|told| {
            report.added + report.changed + report.removed > 0
                || report.missing_roots != told.missing_roots
                || report.skipped != told.skipped
        });
        if is_news {
            tell(&report, seconds, options, follower, around)?;
            around.out.flush()?;
        }
        if told.is_none() && !report.stopped {
            writeln!(around.notes, "watching for changes (Ctrl-C ends)")?;
        }
        told = Some(report);
        Ok::<(), anyhow::Error>(())
    })?;
    Ok(Ending::Found)
}

/// Says what a run did.
fn tell(
    report: &Report,
    seconds: Duration,
    options: &Options,
    follower: &mut Follower,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<()> {
    follower.finish().context("the file of --errors cannot be written")?;
    match around.format {
        Format::Text => {
            writeln!(around.out, "{}", summary(report, seconds, options.mode, &around.index))?;
        }
        format => Rows::new(format, around.out).print(&row(report, seconds))?,
    }
    follower.name_skips(&mut *around.notes)?;
    if let Some(writer) = &report.cut_off {
        writeln!(
            around.notes,
            "note: the run before this one was cut off ({writer}); what it had committed was kept"
        )?;
    }
    for missing in &report.missing_roots {
        let how = if Path::new(missing).exists() { "empty" } else { "missing" };
        writeln!(
            around.notes,
            "note: {missing} is {how} today; its articles are kept (--prune takes them out)"
        )?;
    }
    if report.stopped {
        let left = match report.left {
            0 => String::new(),
            left => format!("; {} left to read", counted(left, "file")),
        };
        let (done, then) = match options.mode {
            Mode::DryRun => ("nothing was written", "begins again"),
            Mode::Rebuild => ("the index is as it was", "begins again"),
            Mode::Update => ("what was done is committed", "goes on from here"),
        };
        writeln!(around.notes, "stopped: {done}{left} (the same command {then})")?;
    }
    Ok(())
}

/// Brings the index of one folder up to date before a search, quietly unless there is much to do. While another run does so its last commit is searched.
pub(crate) fn refresh(folder: &Path, around: &mut Surroundings<'_>) -> anyhow::Result<()> {
    let options = Options {
        roots: vec![folder.to_owned()],
        today: Some(around.environment.today),
        begun: Some(around.environment.now),
        writer: Some(around.environment.writer()),
        ..Options::default()
    };
    let begun = Instant::now();
    let mut follower = Follower::new(around.environment.stderr_is_terminal, None);
    let report = match index(&around.index, &options, &mut follower) {
        Err(busy @ Error::Busy { .. }) => {
            writeln!(around.notes, "note: {busy}; what it has committed is searched")?;
            return Ok(());
        }
        Err(closed) if may_not_write(&closed) && is_root(folder, &around.index) => {
            writeln!(around.notes, "note: {closed}; what the index holds is searched")?;
            return Ok(());
        }
        report => report?,
    };
    follower.finish()?;
    if report.added + report.changed + report.removed > 0 {
        writeln!(
            around.notes,
            "{}",
            summary(&report, begun.elapsed(), Mode::Update, &around.index)
        )?;
        follower.name_skips(&mut *around.notes)?;
    }
    Ok(())
}

/// Whether the index belongs to somebody else, or its disk can only be read.
fn may_not_write(error: &Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error, Error::Io { source, .. } if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
}

/// Whether an index knows the folder.
fn is_root(folder: &Path, index: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    Manifest::read(index)
        .is_ok_and(|manifest| manifest.roots.iter().any(|root| root.path == folder))
}

fn row(report: &Report, seconds: Duration) -> Row {
    let skipped: Map<String, Value> = report
        .skipped
        .iter()
        .map(|(reason, files)| (reason.as_str().to_owned(), json!(files)))
        .collect();
    Row::default()
        .with("articles", report.articles)
        .with("added", report.added)
        .with("changed", report.changed)
        .with("removed", report.removed)
        .with("unchanged", report.unchanged)
        .with("files", report.files)
        .with("skipped", skipped)
        .with("links", report.links)
        .with("bytes", report.bytes)
        .with("seconds", (seconds.as_secs_f64() * 1000.0).round() / 1000.0)
}

/// The closing line.
fn summary(report: &Report, seconds: Duration, mode: Mode, directory: &Path) -> String {
    let mut parts = vec![format!(
        "{} in {}",
        counted(report.articles, "article"),
        clean(&directory.to_string_lossy())
    )];
    for (count, word) in [
        (report.added, "new"),
        (report.changed, "changed"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
    ] {
        if count > 0 {
            parts.push(format!("{} {word}", grouped(count)));
        }
    }
    let skipped: Vec<String> = report
        .skipped
        .iter()
        .map(|(reason, files)| format!("{} {reason}", grouped(*files)))
        .collect();
    if !skipped.is_empty() {
        parts.push(format!("skipped files: {}", skipped.join(", ")));
    }
    if report.links > 0 {
        parts.push(format!("{} passed by", counted(report.links, "link")));
    }
    if report.bytes > 0 {
        let megabytes = report.bytes as f64 / 1e6;
        let rate = megabytes / seconds.as_secs_f64().max(1e-3);
        parts.push(format!("{megabytes:.1} MB in {:.1} s, {rate:.1} MB/s", seconds.as_secs_f64()));
    }
    let prefix = if mode == Mode::DryRun { "would be: " } else { "" };
    format!("{prefix}{}", parts.join(" · "))
}

/// A number with its noun, in the singular or the plural.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with commas between its thousands.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (number, digit) in digits.chars().enumerate() {
        if number > 0 && (digits.len() - number).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use dateline_indexer::Reason;

    use super::*;

    #[test]
    fn the_closing_line_says_only_what_happened() {
        let mut report =
            Report { articles: 1234, added: 1234, bytes: 2_000_000, ..Report::default() };
        report.skipped.insert(Reason::Empty, 2);
        let line = summary(&report, Duration::from_secs(2), Mode::Update, Path::new("index"));
        assert_eq!(
            line,
            "1,234 articles in index · 1,234 new · skipped files: 2 empty · 2.0 MB in 2.0 s, 1.0 MB/s"
        );
        let line = summary(&Report::default(), Duration::ZERO, Mode::DryRun, Path::new("x"));
        assert_eq!(line, "would be: 0 articles in x");
    }
}
