//! What a run is asked to do.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use dateline_article::{Date, Language};
use dateline_readers::FieldMap;

use crate::{Stop, Writer};

/// Settings of one run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders and files to bring up to date; none means all that the index knows.
    pub roots: Vec<PathBuf>,
    /// Label of the one folder given, instead of its name.
    pub label: Option<String>,
    /// Source of articles that name none.
    pub source: Option<String>,
    /// Language of articles that name none.
    pub language: Option<Language>,
    /// Columns and keys of tables and JSON whose names do not say what they hold. `None` keeps what the folders have.
    pub map: Option<FieldMap>,
    /// Whether people, organisations, places and dates are found. `None` keeps what the index has, or finds them in a new one.
    pub extract: Option<bool>,
    /// Threads that read and extract.
    pub threads: NonZeroUsize,
    /// Memory that the run may take, in bytes.
    pub memory_bytes: usize,
    /// Time between commits.
    pub commit_every: Duration,
    /// What is done with the files found.
    pub mode: Mode,
    /// Whether the articles of roots that are missing today go.
    pub prune: bool,
    /// Whether files of the same size and time are compared by content too.
    pub rehash: bool,
    /// Whether the index ends as one segment, without traces of deleted articles.
    pub optimize: bool,
    /// Who may look into the index.
    pub access: Access,
    /// Bounds on what is read of a file, by the names that [`Limits`](crate::Limits) has. The index keeps them for the runs to come; others than it has make every file be read
    /// anew.
    pub limits: Vec<(String, u64)>,
    /// When the run begins: what was changed just before may change once more without showing it by its time, and is compared by content next time.
    pub begun: Option<SystemTime>,
    /// The present day: articles that call a later one theirs get a warning.
    pub today: Option<Date>,
    /// By which the run is asked to end early.
    pub stop: Stop,
    /// Who runs it: told to others who would write meanwhile.
    pub writer: Option<Writer>,
}

/// Who may look into an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever could before; in a new one, whoever the umask allows.
    Kept,
    /// Its owner alone, in later runs too.
    Private,
}

/// What is done with the files found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The index is brought up to date.
    Update,
    /// Everything is read anew into an index of the present format.
    Rebuild,
    /// Files are read and counted, nothing is written.
    DryRun,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            label: None,
            source: None,
            language: None,
            map: None,
            extract: None,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            memory_bytes: 1 << 30,
            commit_every: Duration::from_secs(20),
            mode: Mode::Update,
            prune: false,
            rehash: false,
            optimize: false,
            access: Access::Kept,
            limits: Vec::new(),
            begun: None,
            today: None,
            stop: Stop::default(),
            writer: None,
        }
    }
}
