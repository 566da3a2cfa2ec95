//! What a run has to do: the corpus compared with what the index knows of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_article::Language;
use dateline_readers::{FieldMap, Limits, Reason, Skip};
use dateline_schema::Root;
use tracing::debug;

use crate::corpus::{Ahead, Found, Met};
use crate::freshness::{Looked, Presence};
use crate::report::Report;
use crate::state::{FileState, RootState, State, content_hash};
use crate::{Error, Progress, Stop};

/// A file to be read.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// The root it lies under.
    pub(crate) root: Arc<JobRoot>,
    /// The file as found.
    pub(crate) found: Found,
    /// Whether the index may hold articles of it.
    pub(crate) known: bool,
}

/// What the files of a root share.
#[derive(Debug)]
pub(crate) struct JobRoot {
    pub(crate) label: String,
    pub(crate) source: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) map: FieldMap,
    pub(crate) limits: Limits,
    /// Nanoseconds since 1970 from which on a time of change does not tell that a file stays as it is.
    pub(crate) settled_before: i64,
}

/// A file that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gone {
    pub(crate) label: String,
    pub(crate) path: String,
}

/// What a run has to do, in order.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) jobs: Vec<Job>,
    pub(crate) gone: Vec<Gone>,
    /// Labels of roots that are taken out of the index.
    pub(crate) dropped: Vec<String>,
    /// Whether files were touched without being changed: only their times are new.
    pub(crate) touched: bool,
    /// The end was asked for before all was compared: what is not here may be there.
    pub(crate) stopped: bool,
}

impl Plan {
    /// Whether the index is as it should be, so that nothing has to be written.
    pub(crate) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.gone.is_empty() && self.dropped.is_empty() && !self.touched
    }
}

/// How the corpus is compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compare<'run> {
    /// Whether the articles of missing roots go.
    pub(crate) prune: bool,
    /// Whether files of the same size and time are compared by content.
    pub(crate) rehash: bool,
    /// Whether people, places, organisations and dates are found.
    pub(crate) extract: bool,
    /// Bounds on what is read of a file.
    pub(crate) limits: Limits,
    /// Those of them that are not the readers' own, written down.
    pub(crate) limits_text: &'run str,
    /// Nanoseconds since 1970 from which on a time of change does not tell that a file stays as it is.
    pub(crate) settled_before: i64,
    /// By which the run is asked to end early.
    pub(crate) stop: &'run Stop,
    /// Folder that is no part of any corpus: the index itself.
    pub(crate) index: &'run Path,
    /// Which folders the roots were.
    pub(crate) looked: &'run Looked,
}

impl Plan {
    /// Adds what `root` needs. Brings `state` up to date with files that were only touched, and marks all as stale that other settings made.
    pub(crate) fn add_root(
        &mut self,
        root: &Root,
        state: &mut State,
        compare: Compare<'_>,
        ahead: &mut Ahead,
        report: &mut Report,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let known = state.roots.entry(root.label.clone()).or_default();
        let is_missing = match compare.looked.presence(root) {
            Presence::There => false,
            Presence::Missing => true,
            // With `prune` it is read as it is.
            Presence::Empty | Presence::Replaced => !known.files.is_empty() && !compare.prune,
        };
        if is_missing {
            self.add_missing(root, known, compare.prune, report);
            return Ok(());
        }
        let settings = fingerprint(root, compare);
        if known.settings != settings {
            known.settings = settings;
            known.files.values_mut().for_each(|file| file.size = u64::MAX);
        }
        let shared = Arc::new(JobRoot {
            label: root.label.clone(),
            source: root.source.clone(),
            language: root.language.as_deref().and_then(Language::from_tag),
            map: map(root)?,
            limits: compare.limits,
            settled_before: compare.settled_before,
        });
        // The index is met only where it lies below the root, or the root below it.
        let meets_index =
            compare.index.starts_with(&root.path) || root.path.starts_with(compare.index);
        let is_of_index = |found: &Found| meets_index && found.file.starts_with(compare.index);
        let mut unread: Vec<String> = Vec::new();
        let mut folders = HashMap::new();
        for met in ahead.walk(&root.path) {
            if compare.stop.is_asked() {
                self.stopped = true;
                return Ok(());
            }
            match met {
                Met::File(found) if is_of_index(&found) => {}
                Met::File(found) => {
                    report.files += 1;
                    let mut file = known.files.get_mut(&found.path);
                    if let Some(file) = &mut file {
                        file.is_met = true;
                    }
                    let is_known = file.is_some();
                    let before = file.as_ref().map(|file| file.modified);
                    let unchanged =
                        file.take_if(|file| is_unchanged(file, &found, compare, &mut folders));
                    if let Some(file) = unchanged {
                        self.touched |= before != Some(file.modified);
                        count_unchanged(file, report);
                    } else {
                        let root = Arc::clone(&shared);
                        self.jobs.push(Job { root, found, known: is_known });
                    }
                }
                Met::Link(path) => {
                    debug!(%path, "a link, passed by");
                    report.links += 1;
                }
                Met::Skipped { skip, unread: place } => {
                    report.files += 1;
                    *report.skipped.entry(skip.reason).or_default() += 1;
                    progress.skipped(&skip);
                    unread.push(place);
                }
            }
        }
        for (path, file) in &known.files {
            let kept = file.is_met || unread.iter().any(|folder| is_below(path, folder));
            if !kept {
                self.gone.push(Gone { label: root.label.clone(), path: path.clone() });
            }
        }
        Ok(())
    }

    fn add_missing(&mut self, root: &Root, known: &RootState, prune: bool, report: &mut Report) {
        if prune {
            let gone = known
                .files
                .keys()
                .map(|path| Gone { label: root.label.clone(), path: path.clone() });
            self.gone.extend(gone);
            self.dropped.push(root.label.clone());
        } else {
            report.missing_roots.push(root.path.display().to_string());
            known.files.values().for_each(|file| count_unchanged(file, report));
        }
    }
}

/// Whether the index already holds what `found` has. A file that was only touched is noted with its new time.
fn is_unchanged(
    file: &mut FileState,
    found: &Found,
    compare: Compare<'_>,
    folders: &mut HashMap<PathBuf, String>,
) -> bool {
    let rehash = compare.rehash;
    // With `rehash` a neighbour may have changed behind its old time and size.
    let alone =
        file.beside.is_empty() || !rehash && file.neighbours_are_as_they_were(found, folders);
    if file.size != found.size || !alone {
        return false;
    }
    if file.looks_like(found) && !rehash {
        return true;
    }
    let same = content_hash(&found.file).is_ok_and(|hash| hash == file.hash);
    if same {
        file.modified = settled(found.modified, compare.settled_before);
    }
    same
}

/// The time of change that is noted of a file: none that any file has, where it does not tell that the file stays as it is.
pub(crate) fn settled(modified: i64, settled_before: i64) -> i64 {
    if modified < settled_before { modified } else { i64::MIN }
}

fn count_unchanged(file: &FileState, report: &mut Report) {
    report.unchanged += file.articles;
    for reason in file.reasons() {
        *report.skipped.entry(reason).or_default() += 1;
    }
}

/// Whether `path` is `folder` or lies below it; every path lies below the root, which is called by nothing.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Stands before the version of what finds names, at the end of a root's settings.
const MODELS: &str = " models=";

/// The version of what found the names in a root's files, by its settings; nothing where none were looked for.
pub(crate) fn models_of(settings: &str) -> Option<&str> {
    settings.rsplit_once(MODELS).map(|(_, version)| version)
}

/// Settings that decide what comes of a root's files.
fn fingerprint(root: &Root, compare: Compare<'_>) -> String {
    let mut settings = format!(
        "extract={} source={} language={}",
        compare.extract,
        root.source.as_deref().unwrap_or_default(),
        root.language.as_deref().unwrap_or_default()
    );
    if let Some(map) = &root.map {
        settings.push_str(" map=");
        settings.push_str(map);
    }
    if compare.limits_text != "{}" {
        settings.push_str(" limits=");
        settings.push_str(compare.limits_text);
    }
    if compare.extract {
        // Last: a map may hold blanks.
        settings.push_str(MODELS);
        settings.push_str(&dateline_extract::version());
    }
    settings
}

/// The map that `dateline.json` has of a root.
fn map(root: &Root) -> Result<FieldMap, Error> {
    let written = root.map.as_deref().unwrap_or_default();
    written.parse().map_err(|source| Error::Map { label: root.label.clone(), source })
}

/// The skip of a file whose content could not be compared or read at all.
pub(crate) fn unreadable(path: &str, error: &std::io::Error) -> Skip {
    Skip {
        reason: Reason::Unreadable,
        path: path.to_owned(),
        part: None,
        detail: error.to_string(),
    }
}

/// Absolute form of the index directory, which may not exist yet.
pub(crate) fn absolute(directory: &Path) -> PathBuf {
    std::fs::canonicalize(directory)
        .or_else(|_| std::path::absolute(directory))
        .unwrap_or_else(|_| directory.to_owned())
}
