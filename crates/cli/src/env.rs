//! The one place that reads the environment, the clock and the terminal.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use dateline_article::{Date, from_days};
use dateline_indexer::Writer;

/// What the surroundings say, read once at the beginning.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    /// `DATELINE_INDEX`: the index where `--index` names none.
    pub(crate) index: Option<PathBuf>,
    /// `NO_COLOR` is set and not empty, or the terminal is called dumb.
    pub(crate) no_color: bool,
    /// `COLUMNS`: width of the terminal where it does not tell by itself.
    pub(crate) columns: Option<usize>,
    /// Standard output is a terminal.
    pub(crate) stdout_is_terminal: bool,
    /// Standard error is a terminal.
    pub(crate) stderr_is_terminal: bool,
    /// The present day by the machine's clock, in UTC.
    pub(crate) today: Date,
    /// The present moment.
    pub(crate) now: SystemTime,
}

impl Environment {
    /// Reads the surroundings.
    #[expect(clippy::disallowed_methods, reason = "this is the place for it")]
    pub(crate) fn read() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let now = SystemTime::now();
        Self {
            index: variable("DATELINE_INDEX").map(PathBuf::from),
            no_color: variable("NO_COLOR").is_some()
                || variable("TERM").is_some_and(|term| term == "dumb"),
            columns: variable("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok()),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            today: day(now),
            now,
        }
    }

    /// This process as others are told of it.
    pub(crate) fn writer(&self) -> Writer {
        Writer {
            process: std::process::id(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            since: moment(self.now),
        }
    }
}

/// A moment as people read it: `2026-11-26 11:40:12 UTC`.
pub(crate) fn moment(time: SystemTime) -> String {
    let second = seconds(time) % 86_400;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{} {hour:02}:{minute:02}:{second:02} UTC", day(time))
}

/// A moment by RFC 3339: `2026-11-26T11:40:12Z`.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    moment(time).replacen(' ', "T", 1).replace(" UTC", "Z")
}

/// Its day in UTC.
fn day(time: SystemTime) -> Date {
    i32::try_from(seconds(time) / 86_400).ok().and_then(from_days).unwrap_or_default()
}

/// Seconds since 1970.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
