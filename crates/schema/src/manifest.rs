//! `dateline.json`: what an index directory says of itself, and the only way to know one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::write_whole;
use crate::{Error, FORMAT_HASH, FORMAT_VERSION};

/// Name of the file.
pub const MANIFEST: &str = "dateline.json";

/// What `dateline.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the index format.
    pub format_version: u32,
    /// Hash over fields and analysis: a build whose hash differs writes other terms.
    pub format_hash: String,
    /// The corpus roots, in the order they were added.
    pub roots: Vec<Root>,
    /// How articles are made of files.
    pub settings: Settings,
    /// Bounds on what is read of a file, by name, where they are not the readers' own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, u64>,
    /// Whether the index is its owner's alone (see [`crate::make_private`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// Where the engine's files lie.
    #[serde(default, skip_serializing_if = "EngineFolder::is_first")]
    pub engine: EngineFolder,
}

/// The two folders of which one holds the engine's files: an index that is built anew is made in the other, and the manifest that names it takes the place of the
/// old one when it is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EngineFolder {
    /// That of a new index.
    #[default]
    #[serde(rename = "tantivy")]
    First,
    /// That of an index that was built anew, until it is once more.
    #[serde(rename = "tantivy-2")]
    Second,
}

impl EngineFolder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// Its name, below the directory of the index.
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "tantivy",
            Self::Second => "tantivy-2",
        }
    }

    /// The one that does not hold them.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    fn is_first(&self) -> bool {
        *self == Self::First
    }
}

/// A folder or file that is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its label: part of every article's id. No two roots share one.
    pub label: String,
    /// Absolute path.
    pub path: PathBuf,
    /// Source of the articles below it that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Language of the articles below it that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Columns and keys of its tables and JSON, as `FIELD=KEY,FIELD=KEY`, whose names do not say what they hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
}

/// How articles are made of files; a change makes every file be read anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether people, places, organisations and dates are found.
    pub extract: bool,
}

impl Manifest {
    /// The manifest of an index that holds nothing.
    pub fn new(settings: Settings) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            format_hash: FORMAT_HASH.to_owned(),
            roots: Vec::new(),
            settings,
            limits: BTreeMap::new(),
            private: false,
            engine: EngineFolder::First,
        }
    }

    /// Reads the manifest in `directory` and checks its version.
    ///
    /// # Errors
    ///
    /// [`Error::NoIndex`] where there is none, [`Error::Manifest`] where it cannot be understood, [`Error::OtherVersion`] for another format.
    pub fn read(directory: &Path) -> Result<Self, Error> {
        let path = directory.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error)
                if error.kind() == std::io::ErrorKind::NotFound
                    || error.kind() == std::io::ErrorKind::NotADirectory =>
            {
                return Err(Error::NoIndex { directory: directory.to_owned() });
            }
            Err(source) => return Err(Error::Io { path, source }),
        };
        let found: Found = serde_json::from_slice(&bytes)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        if found.format_version != FORMAT_VERSION || found.format_hash != FORMAT_HASH {
            return Err(Error::OtherVersion {
                directory: directory.to_owned(),
                found: found.format_version,
            });
        }
        serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
    }

    /// Writes the manifest into `directory`, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] where the file cannot be written, synced or renamed.
    pub fn write(&self, directory: &Path) -> Result<(), Error> {
        let path = directory.join(MANIFEST);
        let mut text = serde_json::to_vec_pretty(self).map_err(Error::Encode)?;
        text.push(b'\n');
        write_whole(&path, &text).map_err(|source| Error::Io { path, source })
    }
}

/// The part of a manifest that every version has.
#[derive(Deserialize)]
struct Found {
    format_version: u32,
    #[serde(default)]
    format_hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let mut manifest = Manifest::new(Settings { extract: true });
        manifest.roots.push(Root {
            label: "wire".into(),
            path: "/corpus/wire".into(),
            source: None,
            language: None,
            map: None,
        });
        manifest
    }

    #[test]
    fn what_is_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        manifest().write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), manifest());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn another_version_names_itself_whatever_else_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(MANIFEST), r#"{"format_version": 99, "unheard_of": []}"#)
            .unwrap();
        let error = Manifest::read(folder.path()).unwrap_err();
        assert!(matches!(error, Error::OtherVersion { found: 99, .. }), "{error}");
    }

    #[test]
    fn the_engine_lies_in_one_of_two_folders_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = manifest();
        written.engine = written.engine.other();
        written.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), written);
        let text = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
        let elsewhere = text.replace("tantivy-2", "../elsewhere");
        assert_ne!(text, elsewhere);
        fs::write(folder.path().join(MANIFEST), elsewhere).unwrap();
        assert!(matches!(Manifest::read(folder.path()), Err(Error::Manifest { .. })));
        for engine in EngineFolder::ALL {
            assert_eq!(serde_json::to_value(engine).unwrap(), engine.name());
            assert_eq!(engine.other().other(), engine);
        }
    }

    #[test]
    fn no_index_and_a_broken_one_differ() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Manifest::read(folder.path()), Err(Error::NoIndex { .. })));
        fs::write(folder.path().join(MANIFEST), "{").unwrap();
        assert!(matches!(Manifest::read(folder.path()), Err(Error::Manifest { .. })));
    }
}
