//! How fresh an index is: when its folders were last looked at, and what has changed in them since; and whether a folder is still the one that it was.
//!
//! `updated` has for each root's label when the last run began that looked at it to the end, in seconds since 1970, and which folder that was, by the numbers
//! that the system knows it by: a line of JSON, and one with its checksum. It is no part of a commit: where it is missing or lost, no more is known than that.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dateline_schema::{Manifest, Root, write_whole};
use serde::{Deserialize, Serialize};

use crate::checksums::sum_of;
use crate::plan::Plan;
use crate::report::Quiet;
use crate::roots::labels;
use crate::run::{Chosen, plan};
use crate::state::State;
use crate::{Error, Options, Report};

/// Name of the file.
pub(crate) const UPDATED: &str = "updated";

/// How fresh an index is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// When the last run began that has brought every folder up to date; of several folders, the one that was looked at the longest ago. Nothing where one never was.
    pub updated: Option<SystemTime>,
    /// Files that are new, changed or gone since, or would be read anew for other settings.
    pub stale: u64,
    /// Folders that are missing today, or empty in the place of one that was not.
    pub missing_roots: Vec<String>,
}

/// Compares the index in `directory` with its folders, as a run would that reads no article. Files that were changed shortly before the last run are compared by
/// their content.
///
/// # Errors
///
/// Where the index cannot be opened, or its list of files is damaged.
pub fn freshness(directory: &Path) -> Result<Freshness, Error> {
    let (opened, mut state) = State::open(directory)?;
    let labels = labels(&opened.manifest);
    let mut report = Report::default();
    let options = Options::default();
    let manifest = &opened.manifest;
    let chosen = Chosen::begin(manifest, &labels);
    let Plan { jobs, gone, .. } =
        plan(manifest, chosen, &mut state, &options, directory, &mut report, &mut Quiet)?;
    let looked = Looked::read(directory);
    let time = |label: &String| looked.0.get(label).and_then(|last| last.begun);
    let oldest = labels.iter().map(time).min().flatten();
    Ok(Freshness {
        updated: oldest.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds))),
        stale: (jobs.len() + gone.len()) as u64,
        missing_roots: report.missing_roots,
    })
}

/// The last look at each root, by its label.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Looked(BTreeMap<String, Look>);

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Look {
    begun: Option<u64>,
    folder: Option<Identity>,
}

/// Device and number of a folder.
type Identity = (u64, u64);

impl Looked {
    pub(crate) fn read(directory: &Path) -> Self {
        let bytes = fs::read(directory.join(UPDATED));
        bytes.ok().and_then(|bytes| Self::parse(&bytes)).unwrap_or_default()
    }

    /// Whether the file, where there is one, agrees with itself.
    pub(crate) fn is_whole(directory: &Path) -> bool {
        fs::read(directory.join(UPDATED)).map_or(true, |bytes| Self::parse(&bytes).is_some())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let agrees = sum.strip_suffix('\n')? == sum_of(body);
        agrees.then(|| serde_json::from_str(body).ok()).flatten()
    }

    /// What stands today where a root was. A folder that was emptied is there; one that is empty and another than was looked at is not, as where a disk is not mounted.
    pub(crate) fn presence(&self, root: &Root) -> Presence {
        if !root.path.exists() {
            return Presence::Missing;
        }
        if !fs::read_dir(&root.path).is_ok_and(|mut entries| entries.next().is_none()) {
            return Presence::There;
        }
        match self.0.get(&root.label).and_then(|last| last.folder) {
            None => Presence::Empty,
            last if last == identity(&root.path) => Presence::There,
            Some(_) => Presence::Replaced,
        }
    }
}

/// What stands where a root was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    There,
    Missing,
    /// Nothing is in it, and nobody knows which folder it was.
    Empty,
    /// Nothing is in it, and it is another folder.
    Replaced,
}

/// Notes that a run which began then has looked at the roots of `labels` to the end.
pub(crate) fn note(
    directory: &Path,
    manifest: &Manifest,
    labels: &[String],
    report: &Report,
    begun: Option<SystemTime>,
) {
    let since = begun.and_then(|begun| begun.duration_since(UNIX_EPOCH).ok());
    let before = Looked::read(directory);
    let mut looked = Looked::default();
    for root in &manifest.roots {
        let kept = report.missing_roots.contains(&root.path.display().to_string());
        let look = if labels.contains(&root.label) && !kept {
            Look { begun: since.map(|since| since.as_secs()), folder: identity(&root.path) }
        } else if let Some(Look { begun, folder }) = before.0.get(&root.label) {
            Look { begun: *begun, folder: *folder }
        } else {
            continue;
        };
        looked.0.insert(root.label.clone(), look);
    }
    if looked != before
        && let Ok(text) = serde_json::to_string(&looked)
    {
        let whole = format!("{text}\n{}\n", sum_of(&text));
        // What the index holds is as good without it.
        let _ = write_whole(&directory.join(UPDATED), whole.as_bytes());
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}
