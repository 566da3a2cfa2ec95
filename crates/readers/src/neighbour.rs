//! What a file's articles depend on beside the file itself: the pages of a scanned issue, and, for a page, the METS and DIDL files that may cover it.
//!
//! Readers note every such file before they open it; who keeps articles between runs asks [`Neighbour::is_as_it_was`] before it leaves them.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

/// Something beside a file, as it was when its articles were read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbour {
    /// Path from the file's folder, `/` between folders; with `/` at its end it stands for all METS and DIDL files of that folder.
    pub path: String,
    /// Sizes and times, or that there is nothing.
    pub stamp: String,
}

impl Neighbour {
    /// Notes what stands at `path`, from the folder of a file.
    pub(crate) fn of(folder: &Path, path: String) -> Self {
        let stamp = stamp(folder, &path);
        Self { path, stamp }
    }

    /// Whether it is still as it was, for a file in `folder`. `folders` keeps what was seen of whole folders, for the next file of the same one.
    pub fn is_as_it_was(&self, folder: &Path, folders: &mut HashMap<PathBuf, String>) -> bool {
        if !self.path.ends_with('/') {
            return stamp(folder, &self.path) == self.stamp;
        }
        let now = folders.entry(folder.join(&self.path));
        *now.or_insert_with(|| stamp(folder, &self.path)) == self.stamp
    }
}

fn stamp(folder: &Path, path: &str) -> String {
    if path.ends_with('/') {
        // A build that hashes in another way reads such a file once more, and nothing else.
        let mut hasher = DefaultHasher::new();
        for (name, file) in issue_files(&folder.join(path)) {
            hasher.write(name.as_bytes());
            hasher.write(of_file(&file).as_bytes());
        }
        return format!("{:x}", hasher.finish());
    }
    of_file(&folder.join(path))
}

/// Size and time of the last change; nothing where there is no regular file.
fn of_file(file: &Path) -> String {
    let metadata = file.symlink_metadata().ok().filter(std::fs::Metadata::is_file);
    metadata.map_or_else(String::new, |metadata| {
        let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
        let modified = metadata.modified().ok().and_then(since).unwrap_or_default();
        format!("{}:{}", metadata.len(), modified.as_nanos())
    })
}

/// Entries of a folder that are looked at.
const MOST_ENTRIES: usize = 10_000;

/// The files of a folder that are called as METS and DIDL files are, in order; links are none.
pub(crate) fn issue_files(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(MOST_ENTRIES).flatten();
    let regular = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names =
        regular.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())));
    let mut files: Vec<_> = names.filter(|(name, _)| is_issue(name)).collect();
    files.sort();
    files
}

fn is_issue(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    (name.contains("mets") || name.contains("didl"))
        && Path::new(&name).extension().is_some_and(|extension| extension == "xml")
}
