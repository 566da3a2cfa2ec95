//! `checksums`: what each file of an index held when the last run ended.
//!
//! Lines of text: whether a run has ended since (`closed`) or may be under way or was killed (`open`), then for each file its checksum (the first 16
//! bytes of BLAKE3, hexadecimal), its size and its path below the index, and in the end the checksum of all that. While it is open it lists only files that no run
//! changes once they are there; of the others nothing is known then. A file that is listed is read for its checksum once, when it is new.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dateline_schema::{COPIES_PREFIX, EngineFolder, MANIFEST, write_whole};

use crate::state::{PREFIX as STATE_PREFIX, content_hash};

/// Name of the file.
pub(crate) const CHECKSUMS: &str = "checksums";
/// Files of the engine that change in place.
const ENGINE_LISTS: [&str; 2] = ["meta.json", ".managed.json"];

/// What was known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) hash: String,
    pub(crate) size: u64,
}

/// Whether a run has ended since the checksums were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Every file is as the last run left it.
    Closed,
    /// A run is under way, or was killed.
    Open,
}

/// The checksums of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checksums {
    pub(crate) standing: Standing,
    /// By path below the index, with `/`.
    pub(crate) files: BTreeMap<String, Sum>,
}

impl Checksums {
    /// Reads the checksums of the index in `directory`; `None` where it has none.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, in words.
    pub(crate) fn read(directory: &Path) -> Result<Option<Self>, String> {
        let bytes = match fs::read(directory.join(CHECKSUMS)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let text = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
        Self::parse(text).map(Some).ok_or_else(|| "does not agree with itself".to_owned())
    }

    fn parse(text: &str) -> Option<Self> {
        let body = text.strip_suffix('\n')?;
        let (body, hash) = body.rsplit_once('\n')?;
        if hash != sum_of(body) {
            return None;
        }
        let mut lines = body.lines();
        let standing = match lines.next()? {
            "closed" => Standing::Closed,
            "open" => Standing::Open,
            _ => return None,
        };
        let mut files = BTreeMap::new();
        for line in lines {
            let (hash, rest) = line.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            files.insert(path.to_owned(), Sum { hash: hash.to_owned(), size: size.parse().ok()? });
        }
        Some(Self { standing, files })
    }

    fn print(&self) -> String {
        let mut body = match self.standing {
            Standing::Closed => "closed",
            Standing::Open => "open",
        }
        .to_owned();
        for (path, sum) in &self.files {
            let _ = write!(body, "\n{} {} {path}", sum.hash, sum.size);
        }
        let hash = sum_of(&body);
        format!("{body}\n{hash}\n")
    }

    /// Says that a run begins: from here on files that change in place are not as they are listed.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(crate) fn open(directory: &Path) -> io::Result<()> {
        // What cannot be read counts for nothing from now on.
        let known = Self::read(directory).ok().flatten();
        let Some(mut sums) = known.filter(|sums| sums.standing == Standing::Closed) else {
            return Ok(());
        };
        sums.standing = Standing::Open;
        sums.files.retain(|path, _| stays_as_it_is(path));
        write_whole(&directory.join(CHECKSUMS), sums.print().as_bytes())
    }

    /// Whether a run has begun and not ended, so that files may go that were there.
    pub(crate) fn are_open(directory: &Path) -> bool {
        !Self::read(directory)
            .is_ok_and(|sums| sums.is_some_and(|sums| sums.standing == Standing::Closed))
    }

    /// Takes the checksums of all files of an index that no run writes to any more, whose engine lies in the folder and whose last commit has the number given;
    /// leaves them where no run has changed anything.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(crate) fn close(directory: &Path, engine: EngineFolder, number: u64) -> io::Result<()> {
        let known = Self::read(directory).ok().flatten();
        if known.as_ref().is_some_and(|sums| sums.standing == Standing::Closed) {
            return Ok(());
        }
        let known = known.map(|sums| sums.files).unwrap_or_default();
        let mut files = BTreeMap::new();
        for (path, file) in files_of(directory, engine, number)? {
            let size = file.metadata()?.len();
            let known = known.get(&path).filter(|sum| sum.size == size && stays_as_it_is(&path));
            let sum = match known {
                Some(sum) => sum.clone(),
                None => Sum { hash: content_hash(&file)?, size },
            };
            files.insert(path, sum);
        }
        let sums = Self { standing: Standing::Closed, files };
        write_whole(&directory.join(CHECKSUMS), sums.print().as_bytes())
    }
}

/// The files of an index that belong to its last commit, by path.
fn files_of(
    directory: &Path,
    engine: EngineFolder,
    number: u64,
) -> io::Result<Vec<(String, PathBuf)>> {
    let engine = engine.name();
    let number = number.to_string();
    let mut found = Vec::new();
    for (folder, prefix) in
        [(directory.to_owned(), String::new()), (directory.join(engine), format!("{engine}/"))]
    {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_of_kind = |kind: &str| entry.path().extension().is_some_and(|end| end == kind);
            let ours = if prefix.is_empty() {
                name == MANIFEST
                    || name.strip_prefix(STATE_PREFIX) == Some(&*number)
                    || name.strip_prefix(COPIES_PREFIX) == Some(&*number)
            } else {
                !is_of_kind("lock")
            };
            if ours && !is_of_kind("new") && entry.file_type()?.is_file() {
                found.push((format!("{prefix}{name}"), entry.path()));
            }
        }
    }
    Ok(found)
}

/// Whether no run changes the file once it is there.
fn stays_as_it_is(path: &str) -> bool {
    // All else lies in the directory itself.
    path.split_once('/').is_some_and(|(_, name)| !ENGINE_LISTS.contains(&name))
}

/// The checksum of a text, as the file has it.
pub(crate) fn sum_of(text: &str) -> String {
    let digest = blake3::hash(text.as_bytes()).to_hex();
    digest.chars().take(32).collect()
}
