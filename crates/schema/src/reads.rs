//! Files of an index as whoever writes it reads them: through buffers, not through pages of theirs.
//!
//! A run that joins segments reads all of them once, from beginning to end. Pages that it maps count as its memory until it is done with the whole segment, half the
//! index at last; buffers do not outlive what is read from them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Bytes that are read at a time while a file is read on from where the last read ended.
const AHEAD: usize = 256 << 10;
/// Bytes that are read at a time elsewhere in it.
const HERE: usize = 4 << 10;

/// Bytes from which on a file is read through a buffer.
const LEAST: usize = 1 << 20;

/// A file of the engine's, open for reading.
#[derive(Debug)]
pub(crate) struct Buffered {
    length: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// What was read last, and where it begins in the file.
    start: usize,
    bytes: OwnedBytes,
}

impl Buffered {
    /// Opens a file; none where it is small: a file that is mapped needs not stay open, and a process may have few open.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(crate) fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        if length < LEAST {
            return Ok(None);
        }
        let state = Mutex::new(State { file, start: 0, bytes: OwnedBytes::empty() });
        Ok(Some(Self { length, state }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    /// The bytes of the range, where they were read last.
    fn kept(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        (self.start <= range.start && range.end <= self.end())
            .then(|| self.bytes.slice(range.start - self.start..range.end - self.start))
    }

    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Buffered {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Buffered {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut state = self.state();
        if let Some(kept) = state.kept(&range) {
            return Ok(kept);
        }
        if range.len() >= AHEAD {
            return state.read(range);
        }
        // Reads that go on leave out a few bytes here and there, or begin a little before the end of the last.
        let goes_on = (state.start..=state.end() + HERE).contains(&range.start);
        let enough = if goes_on { AHEAD } else { HERE };
        let end = range.end.max(range.start.saturating_add(enough).min(self.length));
        let start = range.start;
        state.bytes = state.read(start..end)?;
        state.start = start;
        Ok(state.bytes.slice(0..range.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_has_the_bytes_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let whole: Vec<u8> = (0_u32..300_000).flat_map(u32::to_le_bytes).collect();
        std::fs::write(&path, &whole).unwrap();
        let file = Buffered::open(&path).unwrap().unwrap();
        assert_eq!(file.len(), whole.len());
        let mut ranges = vec![0..0, 0..whole.len(), whole.len()..whole.len(), 5..9];
        // On and on, by leaps, backwards, and beyond a buffer.
        ranges.extend((0..2_000).map(|step| step * 600..step * 600 + 500));
        ranges.extend((0..50).map(|step| step * 7_919 * 3..step * 7_919 * 3 + 100));
        ranges.extend((0..50).rev().map(|step| step * 20_000..step * 20_000 + 300));
        ranges.extend([900_000..900_000 + AHEAD, 10..AHEAD + 30, 1_199_990..1_200_000]);
        for range in ranges {
            let bytes = file.read_bytes(range.clone()).unwrap();
            assert_eq!(bytes.as_slice(), &whole[range.clone()], "{range:?}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, b"small").unwrap();
        assert!(Buffered::open(&path).unwrap().is_none());
        std::fs::write(&path, vec![7; LEAST]).unwrap();
        let file = Buffered::open(&path).unwrap().unwrap();
        assert!(file.read_bytes(2..LEAST + 1).is_err());
        // As of a file that was cut while it was open.
        std::fs::write(&path, b"no").unwrap();
        assert!(file.read_bytes(0..4).is_err());
    }
}
