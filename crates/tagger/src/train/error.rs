//! What can go wrong in training.

use std::path::PathBuf;

/// Why a lexicon or a model could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder cannot be read, or `zstd` cannot be run on it.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line of a corpus or list is not of its form.
    #[error("{}:{line}: a line must be {form}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What a line must be.
        form: &'static str,
    },
    /// A corpus is missing.
    #[error("cannot find {} or the same with .zst", path.display())]
    NoCorpus {
        /// The plain file.
        path: PathBuf,
    },
    /// The given lexicon is none, or of another version.
    #[error("the lexicon is not one of this version: build it from lists")]
    Lexicon,
}
