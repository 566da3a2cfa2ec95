//! One writer at a time: a lock that goes with its process, and who holds it.
//!
//! The system lets a lock go when its process ends, however it ends, so one whose holder is dead is no lock. What stays of a run that was killed is the file that
//! told of it; the next run finds it there.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use dateline_schema::{WRITER, WRITER_LOCK, settled};
use serde::{Deserialize, Serialize};

use crate::Error;

/// Who writes to an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// Number of its process.
    pub process: u32,
    /// Name of its machine.
    pub host: String,
    /// When it began, as a person reads it.
    pub since: String,
}

impl std::fmt::Display for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "process {} on {}, since {}", self.process, self.host, self.since)
    }
}

/// The right to write to an index, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
    told: PathBuf,
    /// The run before, where it was killed.
    pub(crate) cut_off: Option<Writer>,
}

impl Lock {
    /// Takes the index in `directory`, which exists, for `writer`.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] where another run has it; [`Error::Io`] where the directory cannot be written to.
    pub(crate) fn take(directory: &Path, writer: Option<&Writer>) -> Result<Self, Error> {
        // Two files: where locks are mandatory, nobody else could read the one that is locked.
        let io = |source: io::Error| Error::Io { path: directory.to_owned(), source };
        let lock = directory.join(WRITER_LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(lock);
        let file = file.map_err(io)?;
        let told = directory.join(WRITER);
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Busy { directory: directory.to_owned(), writer: who(&told) });
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let cut_off = read(&told);
        // What it tells is for people: a run does not fail for want of it.
        let _ = fs::remove_file(&told);
        if let Some(text) = writer.and_then(|writer| serde_json::to_vec(writer).ok()) {
            let new = told.with_extension("new");
            let _ = fs::write(&new, text).and_then(|()| fs::rename(&new, &told));
        }
        Ok(Self { _file: file, told, cut_off })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.told);
    }
}

/// Who holds the lock; one who has just taken it needs a moment to tell.
fn who(told: &Path) -> Option<Writer> {
    settled(|| read(told).ok_or(()), |()| true).ok()
}

fn read(told: &Path) -> Option<Writer> {
    serde_json::from_slice(&fs::read(told).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer(process: u32) -> Writer {
        Writer { process, host: "desk".into(), since: "2026-11-26 11:40 UTC".into() }
    }

    #[test]
    fn a_second_writer_hears_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), Some(&writer(1))).unwrap();
        assert_eq!(first.cut_off, None);
        let error = Lock::take(folder.path(), Some(&writer(2))).unwrap_err().to_string();
        let expected = "another `dateline index` is writing to this index (process 1 on desk, since 2026-11-26 11:40 UTC)";
        assert!(error.ends_with(expected), "{error}");
        drop(first);
        assert_eq!(Lock::take(folder.path(), Some(&writer(2))).unwrap().cut_off, None);
        assert!(!folder.path().join(WRITER).exists());
    }

    #[test]
    fn what_a_dead_writer_left_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let dead = serde_json::to_vec(&writer(1)).unwrap();
        for (left, cut_off) in [(&dead[..], Some(writer(1))), (b"{\"proc", None), (b"", None)] {
            fs::write(folder.path().join(WRITER_LOCK), "").unwrap();
            fs::write(folder.path().join(WRITER), left).unwrap();
            assert_eq!(Lock::take(folder.path(), None).unwrap().cut_off, cut_off);
        }
    }
}
