//! What can go wrong with an index directory.

use std::path::PathBuf;

/// An index cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The directory holds no index.
    #[error("{}: no index here", directory.display())]
    NoIndex {
        /// The directory looked at.
        directory: PathBuf,
    },
    /// The directory holds files that are no index, and must not be mixed with one.
    #[error("{}: not an index, and not empty: it holds `{stranger}`", directory.display())]
    Occupied {
        /// The directory looked at.
        directory: PathBuf,
        /// A file found there.
        stranger: String,
    },
    /// The index was built by a version with another format.
    #[error("{}: index format {found} cannot be used by this version, which has format {}", directory.display(), crate::FORMAT_VERSION)]
    OtherVersion {
        /// The directory of the index.
        directory: PathBuf,
        /// Format version found.
        found: u32,
    },
    /// `dateline.json` is damaged.
    #[error("{}: cannot be understood: {source}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// A file of the index cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The engine's part of the index cannot be opened or read.
    #[error("{}: {source}", path.display())]
    Engine {
        /// Directory of the engine's files.
        path: PathBuf,
        /// What the engine says.
        source: tantivy::TantivyError,
    },
    /// The index was built anew while it was opened.
    #[error("{}: was built anew while it was opened; try again", directory.display())]
    Replaced {
        /// Directory of the index.
        directory: PathBuf,
    },
    /// A value cannot be written as JSON.
    #[error("cannot encode as JSON: {0}")]
    Encode(serde_json::Error),
}
