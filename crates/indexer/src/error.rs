//! What can stop a run.

use std::path::PathBuf;

use crate::Writer;

/// A run of the indexer that could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index directory cannot be used.
    #[error(transparent)]
    Index(#[from] dateline_schema::Error),
    /// A folder or file to be indexed is not there.
    #[error("{}: no such file or folder", path.display())]
    NoSuchRoot {
        /// As given.
        path: PathBuf,
    },
    /// A folder that the index is to be built anew from is empty, and was not when it was last looked at.
    #[error("{}: empty today, though the index has articles of it", path.display())]
    EmptyRoot {
        /// The folder.
        path: PathBuf,
    },
    /// A folder to be indexed cannot be opened.
    #[error("{}: cannot be read: {source}", path.display())]
    UnreadableRoot {
        /// As given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The index knows no folder, and none was given.
    #[error("no folder was given, and the index holds none")]
    NoRoots,
    /// Another root has the label.
    #[error("{} and {} would share the label `{label}`", path.display(), other.display())]
    LabelTaken {
        /// The label.
        label: String,
        /// The folder given.
        path: PathBuf,
        /// The folder that has it.
        other: PathBuf,
    },
    /// A label was given with no folder or with several.
    #[error("a label names one folder, but {given} were given")]
    LabelForSeveral {
        /// Number of folders given.
        given: usize,
    },
    /// The root is indexed under another label.
    #[error("{} is already indexed under the label `{label}`", path.display())]
    OtherLabel {
        /// The folder given.
        path: PathBuf,
        /// The label it has.
        label: String,
    },
    /// One root lies inside another: its articles would be indexed twice.
    #[error("{} lies inside {}: its articles would be indexed twice", inner.display(), outer.display())]
    NestedRoots {
        /// The inner folder.
        inner: PathBuf,
        /// The outer folder.
        outer: PathBuf,
    },
    /// The index has a map of fields that this program does not understand.
    #[error("the map of the folder `{label}` cannot be used: {source}")]
    Map {
        /// Label of the folder.
        label: String,
        /// What is wrong with it.
        source: dateline_readers::MapError,
    },
    /// Another process writes to the index.
    #[error("{}: another `dateline index` is writing to this index{}", directory.display(), named(writer.as_ref()))]
    Busy {
        /// The index directory.
        directory: PathBuf,
        /// Who it is, where that is known.
        writer: Option<Writer>,
    },
    /// The state that belongs to the last commit is missing or damaged.
    #[error("{}: the list of indexed files is missing or damaged: {reason}", path.display())]
    State {
        /// The state file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine failed.
    #[error("the index cannot be written: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A file of the index cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

fn named(writer: Option<&Writer>) -> String {
    writer.map_or_else(String::new, |writer| format!(" ({writer})"))
}
