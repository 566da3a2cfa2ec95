//! What a run tells: while it goes, and at its end.

use std::collections::BTreeMap;

use dateline_readers::{Reason, Skip};

use crate::Writer;

/// What a run did, in articles where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Articles in the index now (of the roots of this run and all others).
    pub articles: u64,
    /// Articles that were not there before.
    pub added: u64,
    /// Articles of changed files that were there before.
    pub changed: u64,
    /// Articles that are gone.
    pub removed: u64,
    /// Articles of files left as they were.
    pub unchanged: u64,
    /// Files looked at.
    pub files: u64,
    /// Files skipped, whole or in part, by reason; those skipped by an earlier run and unchanged since count too.
    pub skipped: BTreeMap<Reason, u64>,
    /// Links in the folders, which are passed by.
    pub links: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Roots that are missing today, whose articles were kept.
    pub missing_roots: Vec<String>,
    /// Whether the run was asked to end before all was done.
    pub stopped: bool,
    /// Files that it then did not come to, or not to the end of, as far as they were counted.
    pub left: u64,
    /// The run before this one, where it was killed.
    pub cut_off: Option<Writer>,
}

/// Follows a run. Called from the thread that runs [`crate::index`].
pub trait Progress {
    /// Before reading: how many files will be read, and their bytes.
    fn planned(&mut self, files: u64, bytes: u64);
    /// After each file: its bytes and its articles.
    fn file_done(&mut self, bytes: u64, articles: u64);
    /// A file or article was skipped.
    fn skipped(&mut self, skip: &Skip);
}

/// Follows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn planned(&mut self, _: u64, _: u64) {}
    fn file_done(&mut self, _: u64, _: u64) {}
    fn skipped(&mut self, _: &Skip) {}
}
