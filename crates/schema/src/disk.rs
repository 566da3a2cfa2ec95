//! Every change of an index's files that the engine does not make by itself, step by step: create, write, sync, rename, delete.
//!
//! The steps are where tests let things go wrong: with the feature `faults`, [`crate::faults`] decides before each whether it is done, fails, or is
//! the last one before the power is cut. Without it they cost nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::private;

#[cfg(feature = "faults")]
pub(crate) use crate::faults::at;
#[cfg(feature = "faults")]
use crate::faults::reach;

/// A thing that is done to a file or a folder, and that can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A file is opened for reading.
    Read,
    /// A file or a folder is made.
    Create,
    /// Bytes are handed to the system.
    Write,
    /// A file's bytes are brought to the disk.
    Sync,
    /// A file takes another's name.
    Rename,
    /// A folder's names are brought to the disk.
    SyncFolder,
    /// A file or folder is deleted.
    Delete,
}

/// Whether a step may be done.
#[allow(clippy::unnecessary_wraps, reason = "with `faults` it can fail")]
#[cfg(not(feature = "faults"))]
pub(crate) fn at(_: Step, _: &Path) -> io::Result<()> {
    Ok(())
}

/// How many of `bytes` may be written.
#[allow(clippy::unnecessary_wraps, reason = "with `faults` it can fail")]
#[cfg(not(feature = "faults"))]
fn reach(_: &Path, bytes: &[u8]) -> io::Result<usize> {
    Ok(bytes.len())
}

/// Writes `bytes` at `path` so that a reader, and a crash, see the old file or the new one: a temporary file beside it, synced, renamed, the
/// directory synced.
///
/// # Errors
///
/// Those of the file system.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    at(Step::Create, &temporary)?;
    let mut file = private::create_file(&temporary)?;
    let reach = reach(&temporary, bytes)?;
    file.write_all(bytes.get(..reach).unwrap_or(bytes))?;
    if reach < bytes.len() {
        return Err(io::ErrorKind::WriteZero.into());
    }
    at(Step::Sync, &temporary)?;
    file.sync_all()?;
    drop(file);
    at(Step::Rename, path)?;
    fs::rename(&temporary, path)?;
    let folder =
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    at(Step::SyncFolder, folder)?;
    fs::File::open(folder)?.sync_all()
}

/// The name under which a file is written before it gets its own.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// Makes a folder and those above it.
///
/// # Errors
///
/// Those of the file system.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    at(Step::Create, path)?;
    fs::create_dir_all(path)
}

/// Deletes a file.
///
/// # Errors
///
/// Those of the file system.
pub fn delete_file(path: &Path) -> io::Result<()> {
    at(Step::Delete, path)?;
    fs::remove_file(path)
}

/// Deletes a folder and all in it.
///
/// # Errors
///
/// Those of the file system.
pub(crate) fn delete_folder(path: &Path) -> io::Result<()> {
    at(Step::Delete, path)?;
    fs::remove_dir_all(path)
}

/// Opens a file for reading.
///
/// # Errors
///
/// Those of the file system.
pub fn open_file(path: &Path) -> io::Result<fs::File> {
    at(Step::Read, path)?;
    fs::File::open(path)
}
