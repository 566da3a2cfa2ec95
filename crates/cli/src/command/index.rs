//! `dateline index`: brings an index up to date and says what it did.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use dateline_article::{Date, Language};
use dateline_indexer::{FieldMap, Limits, Mode, Options, Progress, Reason, Report, Skip, index};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value, json};

use crate::command::{Ending, Surroundings};
use crate::output::{Format, Row, Rows};

/// Skipped files named one by one at the end of a run; the others are counted.
const NAMED_SKIPS: usize = 10;

/// Arguments of `index`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "Examples:
  dateline index news/                    index a folder, or bring its index up to date
  dateline index                          bring all folders of the index up to date
  dateline index --label wire /mnt/ap     call the folder `wire` in ids and results
  dateline index --map title=head,published=date_utc exports/
                                          tables and JSON whose columns have other names
  dateline index --rebuild                build the index anew, from the folders it knows")]
pub(crate) struct Arguments {
    /// Folders and files to index; none means those that the index knows.
    #[arg(value_name = "FOLDER")]
    roots: Vec<PathBuf>,
    /// Threads that read and extract [default: one for each processor].
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
    /// Read and count, but write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Arguments {
    fn resolve(&self, today: Date) -> Options {
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
            limits: limited(&self.limits),
            today: Some(today),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let options = arguments.resolve(around.environment.today);
    let errors = match &arguments.errors {
        Some(path) => {
            let file = File::create(path)
                .with_context(|| format!("{}: cannot be written", path.display()))?;
            Some(BufWriter::new(file))
        }
        None => None,
    };
    let begun = Instant::now();
    let mut follower = Follower::new(around.environment.stderr_is_terminal, errors);
    let report = index(&around.index, &options, &mut follower)?;
    let seconds = begun.elapsed();
    follower.finish().context("the file of --errors cannot be written")?;
    match around.format {
        Format::Text => {
            writeln!(around.out, "{}", summary(&report, seconds, options.mode, &around.index))?;
        }
        format => Rows::new(format, around.out).print(&row(&report, seconds))?,
    }
    follower.name_skips(&mut *around.notes)?;
    for missing in &report.missing_roots {
        writeln!(
            around.notes,
            "note: {missing} is missing today; its articles are kept (--prune takes them out)"
        )?;
    }
    Ok(if report.articles == 0 { Ending::Nothing } else { Ending::Found })
}

/// Brings the index of one folder up to date before a search, quietly unless there is much to do.
pub(crate) fn refresh(folder: &Path, around: &mut Surroundings<'_>) -> anyhow::Result<Report> {
    let options = Options { roots: vec![folder.to_owned()], ..Options::default() };
    let begun = Instant::now();
    let mut follower = Follower::new(around.environment.stderr_is_terminal, None);
    let report = index(&around.index, &options, &mut follower)?;
    follower.finish()?;
    if report.added + report.changed + report.removed > 0 {
        writeln!(
            around.notes,
            "{}",
            summary(&report, begun.elapsed(), Mode::Update, &around.index)
        )?;
        follower.name_skips(&mut *around.notes)?;
    }
    Ok(report)
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
        .with("bytes", report.bytes)
        .with("seconds", (seconds.as_secs_f64() * 1000.0).round() / 1000.0)
}

/// The closing line.
fn summary(report: &Report, seconds: Duration, mode: Mode, directory: &Path) -> String {
    let mut parts =
        vec![format!("{} in {}", counted(report.articles, "article"), directory.display())];
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

/// Shows the run as it goes, and keeps what is to be said of skipped files.
struct Follower {
    bar: Option<ProgressBar>,
    articles: u64,
    errors: Option<BufWriter<File>>,
    failed: Option<std::io::Error>,
    named: Vec<(String, Reason, String)>,
    unnamed: u64,
}

impl Follower {
    fn new(terminal: bool, errors: Option<BufWriter<File>>) -> Self {
        let bar = terminal.then(|| {
            let style = "{bar:24} {percent:>3} % · {bytes}/{total_bytes} · {binary_bytes_per_sec} · {eta} left · {msg}";
            let style = ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::no_length().with_style(style)
        });
        Self { bar, articles: 0, errors, failed: None, named: Vec::new(), unnamed: 0 }
    }

    fn finish(&mut self) -> std::io::Result<()> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(errors) = &mut self.errors {
            errors.flush()?;
        }
        self.failed.take().map_or(Ok(()), Err)
    }

    fn name_skips(&self, notes: &mut dyn Write) -> std::io::Result<()> {
        for (path, reason, detail) in &self.named {
            writeln!(
                notes,
                "skipped: {} · {reason}: {}",
                crate::terminal::clean(path),
                crate::terminal::clean(detail)
            )?;
        }
        if self.unnamed > 0 {
            writeln!(
                notes,
                "skipped: {} more (--errors FILE names them all)",
                grouped(self.unnamed)
            )?;
        }
        Ok(())
    }
}

impl Progress for Follower {
    fn planned(&mut self, files: u64, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(bytes);
            bar.set_message(counted(files, "file"));
        }
    }

    fn file_done(&mut self, bytes: u64, articles: u64) {
        self.articles += articles;
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            bar.set_message(counted(self.articles, "article"));
        }
    }

    fn skipped(&mut self, skip: &Skip) {
        let path = skip
            .part
            .as_ref()
            .map_or_else(|| skip.path.clone(), |part| format!("{}#{part}", skip.path));
        if let Some(errors) = &mut self.errors {
            let mut line =
                json!({"path": skip.path, "reason": skip.reason.as_str(), "detail": skip.detail});
            if let (Some(part), Some(object)) = (&skip.part, line.as_object_mut()) {
                object.insert("part".to_owned(), json!(part));
            }
            if let Err(error) = writeln!(errors, "{line}") {
                self.failed.get_or_insert(error);
            }
        }
        if self.named.last().is_some_and(|(last, ..)| last.split('#').next() == Some(&*skip.path)) {
            // One line a file: a file of a thousand bad lines would hide all others.
            return;
        }
        if self.named.len() < NAMED_SKIPS {
            self.named.push((path, skip.reason, skip.detail.clone()));
        } else {
            self.unnamed += 1;
        }
    }
}

/// Reads a size such as `512MB`, `2GB`, `1.5GiB` or a number of bytes.
pub(crate) fn bytes(text: &str) -> Result<usize, String> {
    const UNITS: [(&str, f64); 9] = [
        ("gib", 1_073_741_824.0),
        ("mib", 1_048_576.0),
        ("kib", 1024.0),
        ("gb", 1e9),
        ("mb", 1e6),
        ("kb", 1e3),
        ("g", 1e9),
        ("m", 1e6),
        ("b", 1.0),
    ];
    let lower = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, factor)| Some((lower.strip_suffix(unit)?, *factor)));
    let (number, factor) = unit.unwrap_or((&lower, 1.0));
    let value = number.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
    let bytes = value.map(|value| value * factor).filter(|bytes| *bytes <= 1e15);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and below 1e15"
    )]
    bytes
        .map(|bytes| bytes as usize)
        .ok_or_else(|| "expected a size such as 512MB or 2GB".to_owned())
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds =
        text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "expected a number of seconds such as 20 or 0.5".to_owned())
}

/// Reads `NAME=VALUE`, the value a number or a size.
pub(crate) fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if !Limits::NAMES.contains(&name) {
        return Err(format!("no limit is called `{name}`; there are {}", Limits::NAMES.join(", ")));
    }
    let value = bytes(value)?;
    Ok((name.to_owned(), u64::try_from(value).unwrap_or(u64::MAX)))
}

/// The default limits with these changed.
pub(crate) fn limited(changes: &[(String, u64)]) -> Limits {
    let mut limits = Limits::default();
    for (name, value) in changes {
        // Names were looked at when they were read.
        let _ = limits.set(name, *value);
    }
    limits
}

/// Reads a language code.
pub(crate) fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text)
        .ok_or_else(|| "expected an ISO 639 code such as `en` or `uk`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_by_name() {
        let set = |text: &str| limit(text).map(|change| limited(&[change]));
        let default = Limits::default();
        assert_eq!(set("tag_depth=9"), Ok(Limits { tag_depth: 9, ..default }));
        assert_eq!(set("file_bytes=1MiB"), Ok(Limits { file_bytes: 1 << 20, ..default }));
        assert_eq!(set("depth").unwrap_err(), "expected NAME=VALUE");
        assert!(set("depth=9").unwrap_err().starts_with("no limit is called `depth`; there are"));
        assert!(set("tag_depth=deep").is_err());
    }

    #[test]
    fn sizes() {
        let check =
            |text: &str, expected: Option<usize>| assert_eq!(bytes(text).ok(), expected, "{text}");
        check("512MB", Some(512_000_000));
        check("2 gb", Some(2_000_000_000));
        check("1.5GiB", Some(1_610_612_736));
        check("4096", Some(4096));
        check("-1MB", None);
        check("much", None);
        check("", None);
        check("9999999999GB", None);
    }

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
