//! What the index knows of the corpus: for every file its size, time, content hash and what came of it.
//!
//! Written beside the engine's files as `state-N`, JSON lines, and named by the engine's commit: the two change together or not at all.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use dateline_article::ArticleId;
use dateline_readers::{Neighbour, Reason};
use dateline_schema::{COPIES_PREFIX, Opened, delete_file, open, open_file, settled, write_whole};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::corpus::Found;

/// Begins the name of every state file.
pub(crate) const PREFIX: &str = "state-";

/// All that is known of the corpus at one commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Number in the name of the file; that of the floor before the first commit.
    pub(crate) number: u64,
    /// Files of this number and below belong to the index that is there while another is built beside it, and are left alone; 0 otherwise.
    pub(crate) floor: u64,
    /// Files of each root, by label, then by path.
    pub(crate) roots: HashMap<String, RootState>,
}

/// What is known of one root.
#[derive(Clone, Debug, Default)]
pub(crate) struct RootState {
    /// Fingerprint of the settings that its files were read under.
    pub(crate) settings: String,
    /// Its files by path.
    pub(crate) files: BTreeMap<String, FileState>,
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FileState {
    #[serde(rename = "s")]
    pub(crate) size: u64,
    #[serde(rename = "m")]
    pub(crate) modified: i64,
    /// First 16 bytes of BLAKE3 over the content, hexadecimal.
    #[serde(rename = "h")]
    pub(crate) hash: String,
    /// Number of articles in it.
    #[serde(rename = "a")]
    pub(crate) articles: u64,
    /// Why it was skipped, whole or in part.
    #[serde(rename = "w", skip_serializing_if = "Vec::is_empty")]
    pub(crate) skipped: Vec<String>,
    /// What its articles depend on beside it: path from its folder, and stamp.
    #[serde(rename = "b", skip_serializing_if = "Vec::is_empty")]
    pub(crate) beside: Vec<(String, String)>,
    /// Whether this run has met it.
    #[serde(skip)]
    pub(crate) is_met: bool,
}

/// A line of the file, as it is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'state> {
    Root {
        root: &'state str,
        settings: &'state str,
    },
    File {
        p: &'state str,
        #[serde(flatten)]
        state: &'state FileState,
    },
}

/// A line of the file, as it is read: of a root it has the first two, of a file the others. All in one, since telling one kind from the other before the
/// keys are read takes five times as long.
#[derive(Deserialize)]
struct Read {
    root: Option<String>,
    settings: Option<String>,
    p: Option<String>,
    s: Option<u64>,
    m: Option<i64>,
    h: Option<String>,
    a: Option<u64>,
    #[serde(default)]
    w: Vec<String>,
    #[serde(default)]
    b: Vec<(String, String)>,
}

impl Read {
    /// The file and its path, where all is there that a file has.
    fn into_file(self) -> Option<(String, FileState)> {
        let file = FileState {
            size: self.s?,
            modified: self.m?,
            hash: self.h?,
            articles: self.a?,
            skipped: self.w,
            beside: self.b,
            is_met: false,
        };
        Some((self.p?, file))
    }
}

impl FileState {
    /// Whether size and time are those of `found`.
    pub(crate) fn looks_like(&self, found: &Found) -> bool {
        self.size == found.size && self.modified == found.modified
    }

    /// Whether what its articles depend on beside it is as it was.
    pub(crate) fn neighbours_are_as_they_were(
        &self,
        found: &Found,
        folders: &mut HashMap<PathBuf, String>,
    ) -> bool {
        let folder = found.file.parent().unwrap_or(&found.file);
        self.beside.iter().all(|(path, stamp)| {
            Neighbour { path: path.clone(), stamp: stamp.clone() }.is_as_it_was(folder, folders)
        })
    }

    /// The reasons it was skipped for.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Reason> {
        self.skipped
            .iter()
            .filter_map(|word| Reason::ALL.into_iter().find(|reason| reason.as_str() == word))
    }
}

impl State {
    /// Reads the state that the engine's last commit names; the empty one where there was no commit.
    pub(crate) fn read(directory: &Path, payload: Option<&str>) -> Result<Self, Error> {
        let Some(name) = payload else { return Ok(Self::default()) };
        let path = directory.join(name);
        let damaged = |reason: String| Error::State { path: path.clone(), reason };
        let number = name.strip_prefix(PREFIX).and_then(|number| number.parse().ok());
        let number =
            number.ok_or_else(|| damaged("the last commit does not name it".to_owned()))?;
        let file = open_file(&path).map_err(|error| damaged(error.to_string()))?;
        let mut state = Self { number, ..Self::default() };
        let mut root: Option<(String, RootState)> = None;
        let mut files = Vec::new();
        let mut end = |root: Option<(String, RootState)>, files: &mut Vec<_>| {
            if let Some((label, mut read)) = root {
                // They are in order, so that the tree is built in one go.
                read.files = files.drain(..).collect();
                state.roots.insert(label, read);
            }
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(|error| damaged(error.to_string()))? > 0 {
            let mut read: Read =
                serde_json::from_slice(&line).map_err(|error| damaged(error.to_string()))?;
            if let Some((label, settings)) = read.root.take().zip(read.settings.take()) {
                end(
                    root.replace((label, RootState { settings, ..RootState::default() })),
                    &mut files,
                );
            } else if let Some(file) = read.into_file() {
                if root.is_none() {
                    return Err(damaged("a file before any root".to_owned()));
                }
                files.push(file);
            } else {
                return Err(damaged("a line that is of no root and no file".to_owned()));
            }
            line.clear();
        }
        end(root, &mut files);
        Ok(state)
    }

    /// The index in `directory` and the state of its last commit, of which a run that commits just then may take files away.
    pub(crate) fn open(directory: &Path) -> Result<(Opened, Self), Error> {
        let attempt = || {
            let opened = open(directory)?;
            let payload = opened.commit()?.payload;
            let state = Self::read(directory, payload.as_deref())?;
            Ok((opened, state))
        };
        settled(attempt, |error| matches!(error, Error::State { .. } | Error::Engine(_)))
    }

    /// The state before the first commit of an index that is built beside the one in `directory`: no number comes twice.
    pub(crate) fn beside(directory: &Path) -> Self {
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        let numbers = entries.filter_map(|entry| {
            let name = entry.file_name();
            [PREFIX, COPIES_PREFIX].iter().find_map(|prefix| number_of(name.to_str()?, prefix))
        });
        let floor = numbers.max().unwrap_or_default();
        Self { number: floor, floor, roots: HashMap::new() }
    }

    /// Whether nothing has been committed.
    pub(crate) fn is_first(&self) -> bool {
        self.number == self.floor
    }

    /// Articles of all files together.
    pub(crate) fn articles(&self) -> u64 {
        self.roots.values().flat_map(|root| root.files.values()).map(|file| file.articles).sum()
    }

    /// Where it lies.
    pub(crate) fn path(&self, directory: &Path) -> PathBuf {
        directory.join(format!("{PREFIX}{}", self.number))
    }

    /// Writes the state as the next number, synced, and returns the file's name for the commit to name.
    pub(crate) fn write_next(&mut self, directory: &Path) -> Result<String, Error> {
        self.number += 1;
        let name = format!("{PREFIX}{}", self.number);
        let path = directory.join(&name);
        let io = |source| Error::Io { path: path.clone(), source };
        let mut bytes = Vec::new();
        let mut labels: Vec<&String> = self.roots.keys().collect();
        labels.sort();
        for label in labels {
            let Some(root) = self.roots.get(label) else { continue };
            push_line(&mut bytes, &Line::Root { root: label, settings: &root.settings })
                .map_err(io)?;
            for (path, state) in &root.files {
                push_line(&mut bytes, &Line::File { p: path, state }).map_err(io)?;
            }
        }
        write_whole(&path, &bytes).map_err(io)?;
        Ok(name)
    }

    /// Deletes the files of the kind `prefix` that belong to other commits.
    pub(crate) fn delete_others(&self, directory: &Path, prefix: &str) {
        let keep = format!("{prefix}{}", self.number);
        delete(directory, prefix, |name, number| name != keep && number > self.floor);
    }

    /// Deletes the files of the kind `prefix` of commits after this one: they are of an index that never took this one's place, and would pass for those of the
    /// commits to come.
    pub(crate) fn delete_later(&self, directory: &Path, prefix: &str) {
        delete(directory, prefix, |_, number| number > self.number);
    }
}

/// Deletes the files of the kind `prefix` that are useless by their names and numbers.
fn delete(directory: &Path, prefix: &str, is_useless: impl Fn(&str, u64) -> bool) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with(prefix)) else { continue };
        // One that is not yet called by its name has the number of none.
        if is_useless(name, number_of(name, prefix).unwrap_or(u64::MAX)) {
            // What stays behind is deleted by the next run.
            let _ = delete_file(&entry.path());
        }
    }
}

fn number_of(name: &str, prefix: &str) -> Option<u64> {
    name.strip_prefix(prefix)?.parse().ok()
}

fn push_line(bytes: &mut Vec<u8>, line: &Line<'_>) -> std::io::Result<()> {
    serde_json::to_writer(&mut *bytes, line)?;
    bytes.push(b'\n');
    Ok(())
}

/// Number by which the index finds the articles of a file.
pub(crate) fn file_number(label: &str, path: &str) -> u64 {
    // No article has an empty part, so a file's number is no article's.
    ArticleId::new(label, path, "").as_u64()
}

/// First 16 bytes of BLAKE3 over the content of `file`, hexadecimal.
pub(crate) fn content_hash(file: &PathBuf) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(file)?)?;
    Ok(hasher.finalize().to_hex().chars().take(32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = State::default();
        let file = FileState {
            size: 3,
            modified: -7,
            hash: "ab".into(),
            articles: 2,
            skipped: vec!["malformed".into()],
            beside: vec![("alto/1.xml".into(), "3:7".into())],
            is_met: false,
        };
        let root = state.roots.entry("wire \"a\"".to_owned()).or_default();
        root.settings = "s".to_owned();
        root.files.insert("a/\u{1}b.txt".to_owned(), file.clone());
        let name = state.write_next(folder.path()).unwrap();
        assert_eq!(name, "state-1");
        let read = State::read(folder.path(), Some(&name)).unwrap();
        assert_eq!(read.number, 1);
        assert_eq!(read.roots["wire \"a\""].files["a/\u{1}b.txt"], file);
        assert_eq!(file.reasons().collect::<Vec<_>>(), [Reason::Malformed]);
    }

    #[test]
    fn only_the_last_state_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = State::default();
        state.write_next(folder.path()).unwrap();
        state.write_next(folder.path()).unwrap();
        fs::write(folder.path().join("dateline.json"), "{}").unwrap();
        state.delete_others(folder.path(), PREFIX);
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["dateline.json", "state-2"]);
    }

    #[test]
    fn what_is_built_beside_leaves_alone_what_serves() {
        let folder = tempfile::tempdir().unwrap();
        let left = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut left: Vec<_> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            left.sort();
            left
        };
        for name in ["state-4", "copies-3", "copies-6"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let mut state = State::beside(folder.path());
        assert!(state.is_first());
        state.write_next(folder.path()).unwrap();
        state.write_next(folder.path()).unwrap();
        assert!(!state.is_first());
        for prefix in [PREFIX, COPIES_PREFIX] {
            state.delete_others(folder.path(), prefix);
        }
        assert_eq!(left(), ["copies-3", "copies-6", "state-4", "state-8"]);
        State { number: 4, ..State::default() }.delete_later(folder.path(), COPIES_PREFIX);
        assert_eq!(left(), ["copies-3", "state-4", "state-8"]);
        state.floor = 0;
        for prefix in [PREFIX, COPIES_PREFIX] {
            state.delete_others(folder.path(), prefix);
        }
        assert_eq!(left(), ["state-8"]);
    }

    #[test]
    fn a_damaged_state_is_said_to_be_damaged() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("state-3"), "{\"p\":\"a\"").unwrap();
        for payload in ["state-3", "state-4", "stale"] {
            assert!(
                matches!(State::read(folder.path(), Some(payload)), Err(Error::State { .. })),
                "{payload}"
            );
        }
        assert_eq!(State::read(folder.path(), None).unwrap().number, 0);
    }
}
