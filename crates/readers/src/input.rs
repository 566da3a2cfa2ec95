//! The bytes of one file (or of a container's member) as a reader gets them: bounded, and never in UTF-16.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};

use crate::container::budget::Budget;
use crate::detect::Sample;
use crate::encoding::{self, Decoded, DecodingReader};
use crate::limits::Limits;
use crate::neighbour::{self, Neighbour};
use crate::skip::{Fault, Reason};

/// Bytes that detection looks at.
const SAMPLE_BYTES: usize = 32 << 10;

/// A file being read. Text in UTF-16 has become UTF-8; any other encoding is as in the file.
pub struct Input<'a> {
    name: &'a str,
    limits: Limits,
    sample: Vec<u8>,
    sample_is_whole: bool,
    size_bytes: Option<u64>,
    /// The file, where it is one of the disk's.
    file: Option<&'a Path>,
    /// Folders of the corpus that it lies in.
    depth: usize,
    /// What its articles depend on beside it, by path.
    neighbours: RefCell<BTreeMap<String, Neighbour>>,
    source: BufReader<Box<dyn Read + 'a>>,
}

impl<'a> Input<'a> {
    /// Opens a regular file; its format is told from the first bytes and from `path`, its name for people.
    ///
    /// # Errors
    /// `unreadable` where it is no regular file (a pipe or device is never opened) or the system refuses; `empty` where it has no bytes.
    pub(crate) fn open(
        file: &'a Path,
        path: &'a str,
        limits: Limits,
        budget: &'a Budget,
    ) -> Result<Self, Fault> {
        let metadata = std::fs::metadata(file)?;
        if !metadata.is_file() {
            return Err(Fault::new(Reason::Unreadable, "not a regular file"));
        }
        if metadata.len() == 0 {
            return Err(Fault::new(Reason::Empty, "the file has no bytes"));
        }
        let stream = Box::new(budget.timed(File::open(file)?));
        let input = Self::new(stream, path, Some(metadata.len()), limits)?;
        Ok(Self { file: Some(file), depth: path.matches('/').count(), ..input })
    }

    /// An input from any stream of bytes; `size_bytes` is its length where known.
    ///
    /// # Errors
    /// `unreadable` where the first bytes cannot be read.
    pub(crate) fn new(
        mut stream: Box<dyn Read + 'a>,
        path: &'a str,
        size_bytes: Option<u64>,
        limits: Limits,
    ) -> Result<Self, Fault> {
        let (mut sample, mut whole, failure) = first_bytes(&mut *stream)?;
        let utf16 = encoding::utf16(&sample);
        stream = Box::new(Cursor::new(sample.clone()).chain(Failing(failure)).chain(stream));
        if let Some(encoding) = utf16 {
            stream = Box::new(DecodingReader::new(stream, encoding));
            let failure;
            (sample, whole, failure) = first_bytes(&mut *stream)?;
            stream = Box::new(Cursor::new(sample.clone()).chain(Failing(failure)).chain(stream));
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let source = BufReader::with_capacity(SAMPLE_BYTES, stream);
        Ok(Self {
            name,
            limits,
            sample,
            sample_is_whole: whole,
            size_bytes,
            file: None,
            depth: 0,
            neighbours: RefCell::default(),
            source,
        })
    }

    /// What readers recognise their format by.
    pub fn sample(&self) -> Sample<'_> {
        Sample::new(&self.sample, self.name, self.sample_is_whole)
    }

    /// The file's own name, without its folders.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The folder of a file on the disk, or the one so many `levels` above, as long as that is of the corpus.
    pub(crate) fn folder(&self, levels: usize) -> Option<&'a Path> {
        let folder = self.file?.parent()?;
        folder.ancestors().nth(levels).filter(|_| levels <= self.depth)
    }

    /// The METS and DIDL files in the folder so many `levels` above, as [`Input::folder`] gives it; articles depend on them from now on.
    pub(crate) fn issue_files(&self, levels: usize) -> Vec<(String, PathBuf)> {
        let Some(folder) = self.folder(levels) else { return Vec::new() };
        self.depend("../".repeat(levels) + "./");
        neighbour::issue_files(folder)
    }

    /// Notes that what is read depends on something beside the file.
    fn depend(&self, path: String) {
        let Some(folder) = self.folder(0) else { return };
        let note = |path: &String| Neighbour::of(folder, path.clone());
        self.neighbours.borrow_mut().entry(path).or_insert_with_key(note);
    }

    /// What its articles depend on beside it.
    pub(crate) fn into_neighbours(self) -> Vec<Neighbour> {
        self.neighbours.into_inner().into_values().collect()
    }

    /// Opens the file that a path names below this one's folder, for formats that are kept in several files. `None` where there is no such regular
    /// file (articles depend on that as well); a path that leads out of the folder, or through a link, is never followed.
    pub(crate) fn beside(&self, relative: &str) -> Option<Input<'static>> {
        let mut file = self.folder(0)?.to_owned();
        let names = || relative.split('/').filter(|name| !matches!(*name, "" | "."));
        let is_plain = |name: &str| {
            let mut parts = Path::new(name).components();
            matches!(parts.next(), Some(Component::Normal(_))) && parts.next().is_none()
        };
        if names().next().is_none() || !names().all(is_plain) {
            return None;
        }
        self.depend(names().collect::<Vec<_>>().join("/"));
        for name in names() {
            file.push(name);
            if file.symlink_metadata().ok()?.is_symlink() {
                return None;
            }
        }
        let size_bytes = file.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
        let stream = Box::new(File::open(&file).ok()?);
        Input::new(stream, "", Some(size_bytes), self.limits).ok()
    }

    /// The bounds to keep.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// All bytes.
    ///
    /// # Errors
    /// `over-limit` where there are more than [`Limits::file_bytes`]; `unreadable` where reading fails.
    pub fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        let limit = self.limits.file_bytes;
        if self.size_bytes.is_some_and(|size| size > limit) {
            return Err(Fault::over_limit("the file", limit));
        }
        let mut bytes = Vec::new();
        self.source.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(Fault::over_limit("the file", limit));
        }
        Ok(bytes)
    }

    /// The whole text, decoded by its byte order mark, the encoding that `declared` finds in the bytes, or detection.
    ///
    /// # Errors
    /// As [`Input::bytes`].
    pub fn text(&mut self, declared: fn(&[u8]) -> Option<&[u8]>) -> Result<Decoded, Fault> {
        let bytes = self.bytes()?;
        let label = declared(&bytes).map(<[u8]>::to_vec);
        Ok(encoding::decode(bytes, label.as_deref()))
    }

    /// The bytes for formats that are read from their end: the file itself, or what a container's member holds, in memory.
    ///
    /// # Errors
    /// As [`Input::bytes`], in a container; `unreadable` where the system refuses.
    pub(crate) fn seekable(&mut self) -> Result<Box<dyn Seekable>, Fault> {
        match self.file {
            Some(file) => Ok(Box::new(BufReader::new(File::open(file)?))),
            None => Ok(Box::new(Cursor::new(self.bytes()?))),
        }
    }

    /// The bytes as a stream.
    pub fn stream(&mut self) -> &mut (dyn BufRead + 'a) {
        &mut self.source
    }
}

/// A stream that can be read from any place.
pub(crate) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// Fails once with what it holds, then is at its end.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Up to [`SAMPLE_BYTES`] from the beginning, whether that is all, and the failure that came behind them, if any.
fn first_bytes(stream: &mut dyn Read) -> io::Result<(Vec<u8>, bool, Option<io::Error>)> {
    let mut sample = Vec::new();
    let mut limited = stream.take(SAMPLE_BYTES as u64);
    match limited.read_to_end(&mut sample) {
        Ok(_) => {
            let whole = limited.limit() > 0;
            Ok((sample, whole, None))
        }
        // What could be read is read; the failure comes in its turn.
        Err(error) if !sample.is_empty() => Ok((sample, false, Some(error))),
        Err(error) => Err(error),
    }
}
