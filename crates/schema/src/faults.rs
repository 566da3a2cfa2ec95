//! Faults for tests: which step on an index's files fails, is cut short, or is the last one before the power is cut.
//!
//! A [`Faults`] watches a folder. It numbers the steps that are done on what lies in it and lets one go wrong. A cut of power is modelled as the
//! file systems in use do it at their worst: of a file that was not synced only a beginning stays, and a name that was not synced is the old one.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};

use crate::disk::{Step, temporary};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The step fails, as on a full or failing disk; those after it work.
    Error,
    /// The step and all after it fail, as on a disk that stays full; what is written is cut short.
    Full,
    /// The step is not done, nor any after it: the process is dead.
    Kill,
}

/// The folders that are watched.
static WATCHED: Mutex<Vec<Arc<Mutex<Watched>>>> = Mutex::new(Vec::new());

/// A folder in which one step goes wrong.
#[derive(Debug)]
pub struct Faults(Arc<Mutex<Watched>>);

#[derive(Debug)]
struct Watched {
    folder: PathBuf,
    /// Steps that were asked for.
    count: u64,
    fault: Option<(u64, Fault)>,
    struck: Option<Step>,
    /// No step is done any more.
    is_over: bool,
    random: u64,
    /// Files with bytes that are not surely on the disk.
    unsynced: BTreeSet<PathBuf>,
    /// Names that were given and are not surely on the disk, with what stood there before.
    renamed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Faults {
    /// Watches `folder`. With `fault` the step of that number, from 1, goes wrong; `seed` decides what a cut of power leaves.
    pub fn watch(folder: &Path, fault: Option<(u64, Fault)>, seed: u64) -> Self {
        let watched = Arc::new(Mutex::new(Watched {
            folder: folder.to_owned(),
            count: 0,
            fault,
            struck: None,
            is_over: false,
            random: seed,
            unsynced: BTreeSet::new(),
            renamed: Vec::new(),
        }));
        lock(&WATCHED).push(watched.clone());
        Self(watched)
    }

    /// Number of steps so far.
    pub fn steps(&self) -> u64 {
        lock(&self.0).count
    }

    /// The step that went wrong, if any.
    pub fn struck(&self) -> Option<Step> {
        lock(&self.0).struck
    }

    /// Leaves in the folder what a disk holds after its power was cut. No step is done any more.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn cut_power(&self) -> io::Result<()> {
        let mut watched = lock(&self.0);
        watched.is_over = true;
        for (path, before) in std::mem::take(&mut watched.renamed).into_iter().rev() {
            if watched.next_random().is_multiple_of(2) {
                match before {
                    Some(bytes) => fs::write(&path, bytes)?,
                    None => gone(fs::remove_file(&path))?,
                }
            }
        }
        for path in std::mem::take(&mut watched.unsynced) {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            if metadata.is_dir() {
                continue;
            }
            let left = watched.next_random() % (metadata.len() + 1);
            fs::OpenOptions::new().write(true).open(&path)?.set_len(left)?;
        }
        Ok(())
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        lock(&WATCHED).retain(|watched| !Arc::ptr_eq(watched, &self.0));
    }
}

impl Watched {
    /// Steele, Lea and Flood's generator (OOPSLA 2014).
    fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Counts a step and says what becomes of it, and whether it is the first that goes wrong.
    fn take(&mut self, step: Step) -> Option<(Fault, bool)> {
        self.count += 1;
        let now = self.fault.filter(|(at, _)| *at == self.count).map(|(_, fault)| fault);
        if let Some(fault) = now {
            self.struck = Some(step);
            self.is_over = fault != Fault::Error;
            return Some((fault, true));
        }
        self.is_over.then_some((self.fault.map_or(Fault::Kill, |(_, fault)| fault), false))
    }

    fn note(&mut self, step: Step, path: &Path) {
        match step {
            Step::Create | Step::Write => _ = self.unsynced.insert(path.to_owned()),
            Step::Sync => _ = self.unsynced.remove(path),
            Step::Rename => {
                // What was not synced under its old name is not under its new one.
                if self.unsynced.remove(&temporary(path)) {
                    self.unsynced.insert(path.to_owned());
                }
                self.renamed.push((path.to_owned(), fs::read(path).ok()));
            }
            Step::SyncFolder => self.renamed.retain(|(name, _)| name.parent() != Some(path)),
            Step::Delete => {
                self.unsynced.retain(|name| !name.starts_with(path));
                self.renamed.retain(|(name, _)| !name.starts_with(path));
            }
            Step::Read => {}
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn gone(deleted: io::Result<()>) -> io::Result<()> {
    match deleted {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn watched(path: &Path) -> Option<Arc<Mutex<Watched>>> {
    lock(&WATCHED).iter().find(|watched| path.starts_with(&lock(watched).folder)).cloned()
}

fn error(fault: Fault) -> io::Error {
    match fault {
        Fault::Error => io::Error::other("a fault of the test"),
        Fault::Full => io::ErrorKind::StorageFull.into(),
        Fault::Kill => io::Error::other("the process of the test is dead"),
    }
}

/// Whether `step` may be done on `path`.
pub(crate) fn at(step: Step, path: &Path) -> io::Result<()> {
    let Some(watched) = watched(path) else { return Ok(()) };
    let mut watched = lock(&watched);
    match watched.take(step) {
        // A full disk still reads and deletes.
        Some((Fault::Full, _)) if matches!(step, Step::Read | Step::Delete) => {}
        Some((fault, _)) => return Err(error(fault)),
        None => {}
    }
    watched.note(step, path);
    Ok(())
}

/// How many of `bytes` may be written to `path`.
pub(crate) fn reach(path: &Path, bytes: &[u8]) -> io::Result<usize> {
    let Some(watched) = watched(path) else { return Ok(bytes.len()) };
    let mut watched = lock(&watched);
    let fault = watched.take(Step::Write);
    watched.note(Step::Write, path);
    match fault {
        None => Ok(bytes.len()),
        // The one that goes wrong gets half its way.
        Some((_, true)) if bytes.len() > 1 => Ok(bytes.len() / 2),
        Some((fault, _)) => Err(error(fault)),
    }
}

/// A file of the engine whose writes and sync are steps.
pub(crate) fn file(inner: WritePtr, path: PathBuf) -> WritePtr {
    BufWriter::new(Box::new(Watching { inner, path }))
}

struct Watching {
    inner: WritePtr,
    path: PathBuf,
}

impl Write for Watching {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let reach = reach(&self.path, bytes)?;
        self.inner.write_all(bytes.get(..reach).unwrap_or(bytes))?;
        if reach < bytes.len() { Err(io::ErrorKind::WriteZero.into()) } else { Ok(reach) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for Watching {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        at(Step::Sync, &self.path)?;
        self.inner.terminate_ref(token)
    }
}
