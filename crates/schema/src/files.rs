//! The files of the engine, as it reads and writes them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Advice, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::Failure;
use crate::columns::Columns;
use crate::disk::{Step, at, write_whole};
use crate::open::settled;
use crate::private::keep_private;
use crate::reads::Buffered;

/// The engine's directory, with four things done otherwise.
///
/// For reading, nothing is written, and a lock that cannot be taken, for want of permission or because a writer keeps it, is done without: the engine takes it
/// while it loads the list of its files, so that a writer does not delete them meanwhile. Should one do so, opening is tried again. What lies around a page that is
/// read is read ahead only where it will be asked for as well ([`READ_AHEAD`], [`Columns`]). For writing, files are read through
/// buffers ([`Buffered`]), and the lists of files get the modes that the user's umask gives, as all other files have: the engine makes them private, so that
/// nobody else could search.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    inner: MmapDirectory,
    /// The same, with what lies around a page read ahead; to read alone.
    ahead: Option<MmapDirectory>,
    path: PathBuf,
    access: Access,
    failure: Failure,
}

/// The file of the lengths of all articles, which is read from end to end. Of the others a search touches single pages, and read-ahead would fetch megabytes
/// around them.
const READ_AHEAD: &str = "fieldnorm";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

impl Files {
    /// The engine's files in the folder `path`, for searching.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be opened.
    pub(crate) fn to_read(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            inner: MmapDirectory::open_with_madvice(path, Advice::Random)?,
            ahead: Some(MmapDirectory::open(path)?),
            path: path.to_owned(),
            access: Access::Read,
            failure: Failure::default(),
        })
    }

    /// The engine's files in the folder `path`, for writing; what cannot be written is noted in `failure`.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be opened.
    pub(crate) fn to_write(path: &Path, failure: &Failure) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            inner: MmapDirectory::open(path)?,
            ahead: None,
            path: path.to_owned(),
            access: Access::Write,
            failure: failure.clone(),
        })
    }

    fn check_writable(&self) -> io::Result<()> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the index is open for reading only",
            )),
        }
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let whole = self.path.join(path);
        let wrap = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        at(Step::Read, &whole).map_err(wrap)?;
        match self.access {
            Access::Read => {
                let is_whole = path.extension().is_some_and(|kind| kind == READ_AHEAD);
                let ahead = self.ahead.as_ref().filter(|_| is_whole);
                let file = ahead.unwrap_or(&self.inner).get_file_handle(path)?;
                Ok(Columns::announce(file, &whole))
            }
            Access::Write => match Buffered::open(&whole).map_err(wrap)? {
                Some(file) => Ok(Arc::new(file)),
                None => self.inner.get_file_handle(path),
            },
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let wrap =
            |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        self.check_writable().map_err(wrap)?;
        at(Step::Delete, &self.path.join(path)).map_err(wrap)?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let wrap = |error| OpenWriteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        };
        self.check_writable().map_err(wrap)?;
        let whole = self.path.join(path);
        at(Step::Create, &whole).map_err(wrap)?;
        let file = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.failure.note(&whole, io_error);
            }
        })?;
        keep_private(&whole).map_err(wrap)?;
        #[cfg(feature = "faults")]
        let file = crate::faults::file(file, whole.clone());
        Ok(self.failure.watch(file, whole))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        at(Step::Read, &self.path.join(path))
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.check_writable()?;
        let path = self.path.join(path);
        write_whole(&path, data).inspect_err(|error| self.failure.note(&path, error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        at(Step::SyncFolder, &self.path)?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if self.access == Access::Write {
            let taken = self.inner.acquire_lock(lock)?;
            keep_private(&self.path.join(&lock.filepath)).map_err(LockError::wrap_io_error)?;
            return Ok(taken);
        }
        let at_once = Lock { filepath: lock.filepath.clone(), is_blocking: false };
        let taken = settled(
            || self.inner.acquire_lock(&at_once),
            |error| matches!(error, LockError::LockBusy),
        );
        Ok(taken.unwrap_or_else(|_| DirectoryLock::from(Box::new(()))))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        match self.access {
            // A search sees the commit that it was opened on.
            Access::Read => Ok(WatchHandle::empty()),
            Access::Write => self.inner.watch(callback),
        }
    }
}
