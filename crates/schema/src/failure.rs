//! What the system said when a file of the index could not be written: the engine's threads tell only that they have ended.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};

/// The first failure to write a file of an index, where there was one.
#[derive(Clone, Debug, Default)]
pub struct Failure(Arc<Mutex<Option<(PathBuf, Cause)>>>);

#[derive(Clone, Copy, Debug)]
enum Cause {
    System(i32),
    Kind(io::ErrorKind),
}

impl Failure {
    /// The file, and what the system said.
    pub fn get(&self) -> Option<(PathBuf, io::Error)> {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (path, cause) = noted.as_ref()?;
        let error = match *cause {
            Cause::System(number) => io::Error::from_raw_os_error(number),
            Cause::Kind(kind) => kind.into(),
        };
        Some((path.clone(), error))
    }

    /// Notes a failure, unless there was one before.
    pub(crate) fn note(&self, path: &Path, error: &io::Error) {
        let cause = error.raw_os_error().map_or(Cause::Kind(error.kind()), Cause::System);
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get_or_insert_with(|| (path.to_owned(), cause));
    }

    /// A file of the engine whose failures are noted.
    pub(crate) fn watch(&self, inner: WritePtr, path: PathBuf) -> WritePtr {
        // The inner one has a buffer.
        BufWriter::with_capacity(0, Box::new(Noting { inner, path, failure: self.clone() }))
    }

    fn noted<Done>(&self, path: &Path, result: io::Result<Done>) -> io::Result<Done> {
        result.inspect_err(|error| self.note(path, error))
    }
}

struct Noting {
    inner: WritePtr,
    path: PathBuf,
    failure: Failure,
}

impl Write for Noting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.failure.noted(&self.path, self.inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.failure.noted(&self.path, self.inner.flush())
    }
}

impl TerminatingWrite for Noting {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.failure.noted(&self.path, self.inner.terminate_ref(token))
    }
}
