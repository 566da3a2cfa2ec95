//! The subcommands, one a file.

pub(crate) mod bench;
pub(crate) mod collocates;
pub(crate) mod completions;
pub(crate) mod concordance;
pub(crate) mod copies;
pub(crate) mod eval;
pub(crate) mod events;
pub(crate) mod extract;
pub(crate) mod facets;
pub(crate) mod index;
pub(crate) mod related;
pub(crate) mod search;
pub(crate) mod selection;
pub(crate) mod show;
pub(crate) mod stats;
pub(crate) mod timeline;
pub(crate) mod verify;

use std::io::Write;
use std::path::PathBuf;

use crate::env::Environment;
use crate::output::Format;
use crate::terminal::Look;

/// How a command ended: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Found, done, whole: 0.
    Found,
    /// Nothing found: 1.
    Nothing,
    /// The index is damaged: 2.
    Damaged,
    /// Ctrl-C was pressed: 130, as shells have it.
    Stopped,
}

/// What every command is given.
pub(crate) struct Surroundings<'run> {
    pub(crate) environment: &'run Environment,
    /// Directory of the index.
    pub(crate) index: PathBuf,
    pub(crate) format: Format,
    pub(crate) look: Look,
    /// Data goes here.
    pub(crate) out: &'run mut dyn Write,
    /// Progress and notes go here.
    pub(crate) notes: &'run mut dyn Write,
}

/// How many are shown: as many as `-n` says, 0 meaning all; else the default.
pub(crate) fn shown(asked: Option<usize>, default: Option<usize>) -> Option<usize> {
    asked.or(default).filter(|limit| *limit > 0)
}
