//! Follows folders: brings the index up to date whenever what lies in them has come to rest after a change, and in a long unrest every so often.
//!
//! By looking, not by the system's events: those of a shared folder that another machine writes to never come, their number is limited by the system, and after
//! an overflow one has to look all the same.

use std::path::Path;
use std::time::{Duration, Instant};

use dateline_schema::Manifest;
use tracing::{debug, info};

use crate::corpus::{Met, walk};
use crate::{Error, Mode, Options, Progress, Report, index};

/// How a folder is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Time between two looks, if they are quick.
    pub look_every: Duration,
    /// How long files must have been left alone: a program that saves a file writes, renames and deletes in one go.
    pub rest: Duration,
    /// How long a change waits at most where there is no rest.
    pub patience: Duration,
}

impl Default for Pace {
    /// A look a second, half a second of rest, 20 seconds of patience.
    fn default() -> Self {
        Self {
            look_every: Duration::from_secs(1),
            rest: Duration::from_millis(500),
            patience: Duration::from_secs(20),
        }
    }
}

/// Looks take at most this part of the time.
const LOOKS_OF_TIME: u32 = 10;

/// Brings the index in `directory` up to date, then again after every change of its folders, until the end is asked for by
/// [`Options::stop`]. Calls `each` after every run, with the time it took.
///
/// While another process writes to the index the change waits.
///
/// # Errors
///
/// Those of [`index`] and of `each`.
pub fn watch<Follower: Progress, Failed: From<Error>>(
    directory: &Path,
    options: &Options,
    pace: Pace,
    progress: &mut Follower,
    each: &mut dyn FnMut(&mut Follower, Report, Duration) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let begun = Instant::now();
    let report = index(directory, options, progress)?;
    each(progress, report, begun.elapsed())?;
    // What is done once is not done with every change.
    let options = Options { mode: Mode::Update, rehash: false, optimize: false, ..options.clone() };
    let mut indexed = None;
    let mut last = None;
    // Since when there is a change, and since when nothing has changed further.
    let (mut changed, mut still) = (Instant::now(), Instant::now());
    let mut pause = Duration::ZERO;
    while !options.stop.wait(pause) {
        let begun = Instant::now();
        let seen = look(directory, &options)?;
        let took = begun.elapsed();
        debug!(?took, changed = Some(seen) != last, "looked at the folders");
        if Some(seen) != last {
            if last == indexed {
                changed = begun;
            }
            (last, still) = (Some(seen), begun);
        }
        let is_new = last != indexed;
        let is_due = still.elapsed() >= pace.rest || changed.elapsed() >= pace.patience;
        if is_new && is_due {
            let begun = Instant::now();
            match index(directory, &options, progress) {
                Ok(report) => {
                    indexed = last;
                    each(progress, report, begun.elapsed())?;
                }
                Err(busy @ Error::Busy { .. }) => info!(%busy, "the change waits"),
                Err(error) => return Err(error.into()),
            }
        }
        let soon = if last == indexed { pace.look_every } else { pace.look_every.min(pace.rest) };
        pause = soon.max(took * LOOKS_OF_TIME);
    }
    Ok(())
}

/// A number for what lies in the folders: names, sizes and times.
fn look(directory: &Path, options: &Options) -> Result<[u8; 32], Error> {
    let mut hasher = blake3::Hasher::new();
    let mut manifest = Manifest::read(directory)?;
    let labels = crate::roots::choose(&mut manifest, options)?;
    let index = crate::plan::absolute(directory);
    for root in manifest.roots.iter().filter(|root| labels.contains(&root.label)) {
        hasher.update(root.label.as_bytes());
        for met in walk(&root.path) {
            if options.stop.is_asked() {
                break;
            }
            match met {
                Met::File(found) if found.file.starts_with(&index) => {}
                Met::Link(_) => {}
                Met::File(found) => {
                    hasher.update(found.path.as_bytes());
                    hasher.update(&found.size.to_le_bytes());
                    hasher.update(&found.modified.to_le_bytes());
                }
                Met::Skipped { skip, .. } => {
                    hasher.update(skip.path.as_bytes());
                    hasher.update(skip.detail.as_bytes());
                }
            }
        }
    }
    Ok(*hasher.finalize().as_bytes())
}
