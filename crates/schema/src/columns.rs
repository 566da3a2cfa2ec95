//! The file of an index's columns as a search reads it: a column that is asked of most hits is read at once, not page by page.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// The file of columns.
const COLUMNS: &str = "fast";

/// Bytes of a column that is read at once. Of a shorter one there is nothing to save, of a longer one a search may want a few pages.
const AT_ONCE: Range<usize> = 16 << 10..1 << 20;

/// The file of the columns of a segment, open for reading.
#[derive(Debug)]
pub(crate) struct Columns {
    mapped: Arc<dyn FileHandle>,
    file: File,
}

impl Columns {
    /// The file `mapped`, which lies at `path`; where it is one of columns, the system is told of each that is opened.
    pub(crate) fn announce(mapped: Arc<dyn FileHandle>, path: &Path) -> Arc<dyn FileHandle> {
        let is_one = cfg!(target_os = "linux")
            && path.extension().is_some_and(|kind| kind == COLUMNS)
            && mapped.len() >= AT_ONCE.start;
        match File::open(path) {
            Ok(file) if is_one => Arc::new(Self { mapped, file }),
            _ => mapped,
        }
    }
}

impl HasLen for Columns {
    fn len(&self) -> usize {
        self.mapped.len()
    }
}

impl FileHandle for Columns {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if AT_ONCE.contains(&range.len()) {
            will_need(&self.file, &range);
        }
        self.mapped.read_bytes(range)
    }
}

#[cfg(target_os = "linux")]
fn will_need(file: &File, range: &Range<usize>) {
    use rustix::fs::{Advice, fadvise};

    let length = std::num::NonZeroU64::new(range.len() as u64);
    // Advice: what is not read ahead is read when it is asked for.
    let _ = fadvise(file, range.start as u64, length, Advice::WillNeed);
}

#[cfg(not(target_os = "linux"))]
fn will_need(_: &File, _: &Range<usize>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_file_whatever_is_read_ahead() {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        for name in ["a.fast", "a.store"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let mapped: Arc<dyn FileHandle> = Arc::new(OwnedBytes::new(bytes.clone()));
            let file = Columns::announce(mapped, &path);
            assert_eq!(file.len(), bytes.len());
            for range in [0..10, 100..100_000, 150_000..200_000, 0..200_000] {
                let read = file.read_bytes(range.clone()).unwrap();
                assert_eq!(Some(read.as_slice()), bytes.get(range));
            }
        }
    }
}
