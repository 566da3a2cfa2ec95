//! Opening an index: for reading without leaving a trace, and for writing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use tantivy::directory::Directory;
use tantivy::error::DataCorruption;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, TantivyError};

use crate::analyze::tokenizer::{EXACT, SOUNDS, STEMMED, TermTokenizer};
use crate::disk::{create_folder, delete_folder};
use crate::fields::settings;
use crate::files::Files;
use crate::private::{keep_private, make_private};
use crate::{EngineFolder, Error, Failure, Fields, MANIFEST, Manifest};

/// The engine's list of its files.
const ENGINE_META: &str = "meta.json";
/// The file that whoever writes to an index holds locked.
pub const WRITER_LOCK: &str = ".writer.lock";
/// The file that tells who that is.
pub const WRITER: &str = ".writer.json";
/// Files beside the manifest that do not make a directory somebody else's.
const OWN_FILES: &[&str] = &["README.md", ".gitignore"];
/// Begins the names of the files of whoever writes.
const WRITER_PREFIX: &str = ".writer.";
/// How often an index is tried that cannot be opened while its files are exchanged, and how long is waited between.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(15);

/// An open index: the engine's part and the fields in it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The engine's index.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// What `dateline.json` says.
    pub manifest: Manifest,
    /// Directory of the index.
    pub directory: PathBuf,
    /// Why its files could not be written, where that has happened.
    pub failure: Failure,
}

/// The commit that an index is of, as the engine's list of its files has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Commit {
    /// Its number, which grows from commit to commit.
    pub opstamp: u64,
    /// What the run that made it has told of it.
    #[serde(default)]
    pub payload: Option<String>,
}

impl Opened {
    /// The last commit. Of the engine's list this alone is made out, not the fields and segments beside it.
    ///
    /// # Errors
    ///
    /// Where the list cannot be read, or is none.
    pub fn commit(&self) -> tantivy::Result<Commit> {
        let bytes = self.index.directory().atomic_read(Path::new(ENGINE_META))?;
        serde_json::from_slice(&bytes).map_err(|error| {
            DataCorruption::new(PathBuf::from(ENGINE_META), error.to_string()).into()
        })
    }

    /// Folder of the engine's files.
    pub fn files(&self) -> PathBuf {
        self.directory.join(self.manifest.engine.name())
    }

    /// Whether what is open is still the index of its directory. Its files are deleted some time after it is not: whoever has opened what is needed of them before this says so has all of it.
    ///
    /// # Errors
    ///
    /// [`Error::Replaced`] where it is not, and those of [`Manifest::read`].
    pub fn check_current(&self) -> Result<(), Error> {
        match Manifest::read(&self.directory) {
            // One in memory.
            Err(Error::NoIndex { .. }) => Ok(()),
            Ok(manifest) if manifest.engine == self.manifest.engine => Ok(()),
            Ok(_) => Err(Error::Replaced { directory: self.directory.clone() }),
            Err(error) => Err(error),
        }
    }
}

/// Opens the index in `directory` for reading. Works in a directory that one may not write to.
///
/// An index whose first run has only come to its manifest, or was killed there, is empty.
///
/// # Errors
///
/// Those of [`Manifest::read`], and [`Error::Engine`] where the engine's files are missing or damaged.
pub fn open(directory: &Path) -> Result<Opened, Error> {
    settled(|| open_once(directory), |error| matches!(error, Error::Engine { .. }))
}

/// Tries what may fail because a run exchanges the files of the index just then, as one does that makes it anew, until it is done or has failed for good.
///
/// # Errors
///
/// The last one, or the first that `may_pass` does not count as such.
pub fn settled<Found, Failed>(
    mut attempt: impl FnMut() -> Result<Found, Failed>,
    may_pass: impl Fn(&Failed) -> bool,
) -> Result<Found, Failed> {
    let mut result = attempt();
    for _ in 1..TRIES {
        if result.as_ref().err().is_none_or(|error| !may_pass(error)) {
            break;
        }
        std::thread::sleep(PAUSE);
        result = attempt();
    }
    result
}

fn open_once(directory: &Path) -> Result<Opened, Error> {
    let manifest = Manifest::read(directory)?;
    let path = directory.join(manifest.engine.name());
    if was_never_made(directory, &path) {
        return Ok(Opened { directory: directory.to_owned(), ..in_memory(manifest)? });
    }
    let engine = |source| Error::Engine { path: path.clone(), source };
    let files = Files::to_read(&path).map_err(|error| engine(error.into()))?;
    let index = load(files).map_err(engine)?;
    Ok(finish(index, manifest, directory, Failure::default()))
}

/// Makes the directory of an index where it is missing. One that holds anything but an index is refused, untouched.
///
/// # Errors
///
/// [`Error::Occupied`], and [`Error::Io`] where the directory cannot be made or read.
pub fn make_directory(directory: &Path) -> Result<(), Error> {
    if directory.join(MANIFEST).is_file() {
        return Ok(());
    }
    refuse_strangers(directory)?;
    create_folder(directory).map_err(|source| Error::Io { path: directory.to_owned(), source })
}

/// Opens the index in `directory` for writing, and makes one where the directory is missing or empty.
///
/// `manifest` is written where there is none. A directory that holds anything but an index is refused, untouched.
///
/// # Errors
///
/// Those of [`open`], [`Error::Occupied`], and [`Error::Io`] where the directory cannot be made.
pub fn open_or_create(
    directory: &Path,
    manifest: impl FnOnce() -> Manifest,
) -> Result<Opened, Error> {
    let manifest = match Manifest::read(directory) {
        Err(Error::NoIndex { .. }) => {
            make_directory(directory)?;
            let manifest = manifest();
            if manifest.private {
                make_private(directory)
                    .map_err(|source| Error::Io { path: directory.to_owned(), source })?;
            }
            // The manifest first: it says whose directory this is, whenever the rest is cut off.
            manifest.write(directory)?;
            manifest
        }
        found => found?,
    };
    // What a run left that was killed while it built the index anew.
    delete_engine(directory, manifest.engine.other())?;
    // A run that was killed at its beginning leaves a manifest alone.
    if !directory.join(manifest.engine.name()).join(ENGINE_META).is_file() {
        create_engine(&directory.join(manifest.engine.name()))?;
    }
    open_to_write(directory, manifest)
}

/// Makes an empty index beside the one in `directory`, in the folder that `manifest` names, and opens it for writing. It takes the place of the other when the
/// manifest is written.
///
/// # Errors
///
/// [`Error::Io`] and [`Error::Engine`], where it cannot be made.
pub fn create_beside(directory: &Path, manifest: Manifest) -> Result<Opened, Error> {
    delete_engine(directory, manifest.engine)?;
    create_engine(&directory.join(manifest.engine.name()))?;
    open_to_write(directory, manifest)
}

fn open_to_write(directory: &Path, manifest: Manifest) -> Result<Opened, Error> {
    let path = directory.join(manifest.engine.name());
    let failure = Failure::default();
    let files = Files::to_write(&path, &failure)
        .map_err(|error| Error::Engine { path: path.clone(), source: error.into() })?;
    let index = load(files).map_err(|source| Error::Engine { path: path.clone(), source })?;
    Ok(finish(index, manifest, directory, failure))
}

/// Deletes the engine's files in one of the two folders.
///
/// # Errors
///
/// [`Error::Io`] where they cannot be deleted.
pub fn delete_engine(directory: &Path, engine: EngineFolder) -> Result<(), Error> {
    let path = directory.join(engine.name());
    match delete_folder(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::Io { path, source }),
        _ => Ok(()),
    }
}

/// Makes an index in memory, for tests and benches.
///
/// # Errors
///
/// Does not fail in practice; the engine's interface allows it.
pub fn in_memory(manifest: Manifest) -> Result<Opened, Error> {
    let (schema, _) = Fields::declare();
    let index = Index::create(tantivy::directory::RamDirectory::create(), schema, settings())
        .map_err(|source| Error::Engine { path: PathBuf::from("memory"), source })?;
    Ok(finish(index, manifest, Path::new("memory"), Failure::default()))
}

fn create_engine(path: &Path) -> Result<(), Error> {
    create_folder(path)
        .and_then(|()| keep_private(path))
        .map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let engine = |source| Error::Engine { path: path.to_owned(), source };
    let failure = Failure::default();
    let files = Files::to_write(path, &failure).map_err(|error| engine(error.into()))?;
    if Index::exists(&files).map_err(|error| engine(error.into()))? {
        return Ok(());
    }
    let (schema, _) = Fields::declare();
    let created = Index::create(files, schema, settings());
    created.map_err(|source| match failure.get() {
        Some((path, source)) => Error::Io { path, source },
        None => engine(source),
    })?;
    Ok(())
}

/// Opens the engine's index. One that is not laid out as this format lays it out is damaged: the engine takes settings that it does not find for others.
fn load(files: Files) -> tantivy::Result<Index> {
    let index = Index::open(files)?;
    if *index.settings() == settings() {
        return Ok(index);
    }
    let problem = "its list of files does not say how the articles are laid out".to_owned();
    Err(TantivyError::InvalidArgument(problem))
}

fn finish(index: Index, manifest: Manifest, directory: &Path, failure: Failure) -> Opened {
    let (_, fields) = Fields::declare();
    for name in [STEMMED, EXACT, SOUNDS] {
        index.tokenizers().register(name, TextAnalyzer::from(TermTokenizer));
    }
    Opened { index, fields, manifest, directory: directory.to_owned(), failure }
}

/// Refuses a directory in which somebody else's files lie. What a first run left before it wrote its manifest is ours.
fn refuse_strangers(directory: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(Error::Io { path: directory.to_owned(), source }),
    };
    for entry in entries {
        let entry = entry.map_err(|source| Error::Io { path: directory.to_owned(), source })?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = OWN_FILES.contains(&&*name)
            || name.starts_with(WRITER_PREFIX)
            || name == format!("{MANIFEST}.new")
            || (is_engine(&name) && holds_engine(&entry.path()));
        if !ours {
            return Err(Error::Occupied { directory: directory.to_owned(), stranger: name });
        }
    }
    Ok(())
}

/// Whether beside the manifest there is nothing that a run writes after the engine was made, and of the engine, at `path`, at most beginnings.
fn was_never_made(directory: &Path, path: &Path) -> bool {
    let names = |path: &Path| -> Vec<String> {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    names(path).iter().all(|name| is_beginning(name))
        && names(directory).iter().all(|name| {
            is_engine(name)
                || name == MANIFEST
                || OWN_FILES.contains(&&**name)
                || is_beginning(name)
        })
}

fn is_engine(name: &str) -> bool {
    EngineFolder::ALL.iter().any(|folder| folder.name() == name)
}

/// Whether a file is hidden, as the engine's locks are, or not yet called by its name (see [`write_whole`]).
fn is_beginning(name: &str) -> bool {
    name.starts_with('.') || Path::new(name).extension().is_some_and(|extension| extension == "new")
}

/// Whether a folder holds the engine's files, or nothing.
fn holds_engine(path: &Path) -> bool {
    path.join(ENGINE_META).is_file()
        || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests;
