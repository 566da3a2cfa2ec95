//! Walks a corpus root and tells what files it has. Opens none of them and follows no link.

use std::fmt::Write as _;
use std::fs::Metadata;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::{self, available_parallelism};
use std::time::{SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, bounded};
use dateline_readers::{Reason, Skip};
use dateline_schema::MANIFEST;
use walkdir::{DirEntry, WalkDir};

/// Folders that hold no articles, whatever they are called in.
const PASSED_BY: &[&str] = &[".git", ".hg", ".svn"];

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Path below the root, `/` between folders.
    pub(crate) path: String,
    /// Where it lies.
    pub(crate) file: PathBuf,
    /// Bytes.
    pub(crate) size: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub(crate) modified: i64,
}

/// What is met below a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// A file to be read.
    File(Found),
    /// A link, with its path. It is passed by: what it points at inside the corpus is found by itself, and what lies outside is not to be read.
    Link(String),
    /// What cannot be read, or is no regular file.
    Skipped {
        /// What is told of it.
        skip: Skip,
        /// Path below the root of what was not looked into, nothing where that is the root.
        unread: String,
    },
}

/// Entries that are looked at in one go.
const ENTRIES: usize = 256;
/// Such goes that may be begun before what they gave is asked for.
const GOES_AHEAD: usize = 256;
/// Threads that look at entries at most: on a folder of another machine each waits for its answers.
const MOST_THREADS: usize = 4;

/// What lies below `root`, in order of the paths.
///
/// A root that is a file gives that file. Folders of version control and folders that hold an index are passed by in silence. Threads of its own look ahead, by a
/// bounded number of files, and end with it.
pub(crate) fn walk(root: &Path) -> Walk {
    let (goes, goes_to_do) = bounded::<Go>(GOES_AHEAD);
    let (in_turn, turns) = bounded(GOES_AHEAD);
    let threads = available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
    for _ in 0..threads {
        let (root, goes_to_do) = (root.to_owned(), goes_to_do.clone());
        thread::spawn(move || {
            for Go { entries, result } in goes_to_do {
                let met = entries.into_iter().filter_map(|entry| match entry {
                    Ok(entry) => look_at(&root, &entry),
                    Err(error) => Some(unreadable(&root, &error)),
                });
                // Nobody asks any more where the walk was broken off.
                let _ = result.send(met.collect());
            }
        });
    }
    let mut entries = WalkDir::new(root)
        .follow_links(false)
        .sort_by(|a, b| a.file_name().cmp(b.file_name()))
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_passed_by(entry));
    thread::spawn(move || {
        loop {
            let entries: Vec<_> = entries.by_ref().take(ENTRIES).collect();
            let is_last = entries.len() < ENTRIES;
            let (result, turn) = bounded(1);
            if in_turn.send((is_last, turn)).is_err()
                || goes.send(Go { entries, result }).is_err()
                || is_last
            {
                break;
            }
        }
    });
    Walk { root: root.to_owned(), turns, met: Vec::new().into_iter(), is_last: false }
}

/// Entries to be looked at, and where what is met goes.
struct Go {
    entries: Vec<walkdir::Result<DirEntry>>,
    result: Sender<Vec<Met>>,
}

/// What lies below a root, one after the other.
pub(crate) struct Walk {
    root: PathBuf,
    /// What each go gives, in order, and whether it is the last.
    turns: Receiver<(bool, Receiver<Vec<Met>>)>,
    met: std::vec::IntoIter<Met>,
    /// Whether `met` is of the last go.
    is_last: bool,
}

impl Iterator for Walk {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        loop {
            if let Some(met) = self.met.next() {
                return Some(met);
            }
            if self.is_last {
                return None;
            }
            let next = self.turns.recv().and_then(|(is_last, turn)| Ok((is_last, turn.recv()?)));
            // A thread that failed has left nobody knows what unseen, which is not to pass for gone.
            let (is_last, met) = next.unwrap_or_else(|_| (true, vec![unseen(&self.root)]));
            (self.is_last, self.met) = (is_last, met.into_iter());
        }
    }
}

/// A walk that is begun before what it meets can be compared with anything.
#[derive(Default)]
pub(crate) struct Ahead(Option<Walk>);

impl Ahead {
    /// Begins to walk below `root`.
    pub(crate) fn begin(root: &Path) -> Self {
        Self(Some(walk(root)))
    }

    /// The walk below `root`: the one that was begun, where it is of that root.
    pub(crate) fn walk(&mut self, root: &Path) -> Walk {
        self.0.take_if(|begun| begun.root == root).unwrap_or_else(|| walk(root))
    }
}

/// The root as something that cannot be read, of which all may be there.
fn unseen(root: &Path) -> Met {
    let detail = "its files cannot be looked at".to_owned();
    let skip = Skip { reason: Reason::Unreadable, path: below(root, root), part: None, detail };
    Met::Skipped { skip, unread: String::new() }
}

fn is_passed_by(entry: &DirEntry) -> bool {
    let folder = entry.file_type().is_dir();
    folder
        && (PASSED_BY.iter().any(|name| entry.file_name() == *name)
            || entry.path().join(MANIFEST).is_file())
}

fn look_at(root: &Path, entry: &DirEntry) -> Option<Met> {
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    let path = below(root, entry.path());
    let skip = |detail: String| Met::Skipped {
        skip: Skip { reason: Reason::Unreadable, path: path.clone(), part: None, detail },
        unread: path.clone(),
    };
    if kind.is_symlink() {
        return Some(Met::Link(path));
    }
    if !kind.is_file() {
        return Some(skip("not a regular file".to_owned()));
    }
    Some(match entry.metadata() {
        Ok(metadata) => Met::File(Found {
            file: entry.path().to_owned(),
            size: metadata.len(),
            modified: modified(&metadata),
            path,
        }),
        Err(error) => skip(error.to_string()),
    })
}

impl Found {
    /// Whether size and time are still those that were found.
    pub(crate) fn is_as_found(&self) -> bool {
        let now = std::fs::symlink_metadata(&self.file);
        now.is_ok_and(|now| now.len() == self.size && modified(&now) == self.modified)
    }
}

/// Time of the last change in nanoseconds since 1970; 0 where the file system keeps none.
fn modified(metadata: &Metadata) -> i64 {
    metadata.modified().map_or(0, nanoseconds)
}

/// Nanoseconds since 1970.
pub(crate) fn nanoseconds(time: SystemTime) -> i64 {
    let count =
        |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => count(after),
        Err(before) => -count(before.duration()),
    }
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Met {
    // Where it does not say what could not be read, it may be anything.
    let at = error.path().unwrap_or(root);
    let detail = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    let skip = Skip { reason: Reason::Unreadable, path: below(root, at), part: None, detail };
    let unread = if at == root { String::new() } else { skip.path.clone() };
    Met::Skipped { skip, unread }
}

/// `path` below `root` with `/` between folders; the file's own name where it is the root. A byte that is no UTF-8 is
/// written as `�` and two figures, a `�` that stands in a name twice: so no two names are written alike.
pub(crate) fn below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    if relative.as_os_str().is_empty() {
        return path.file_name().map(as_text).unwrap_or_default();
    }
    let mut text = String::new();
    for part in relative.components() {
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str(&as_text(part.as_os_str()));
    }
    text
}

/// A file name as text, different for different names.
fn as_text(name: &std::ffi::OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for letter in chunk.valid().chars() {
            text.push(letter);
            if letter == char::REPLACEMENT_CHARACTER {
                text.push(letter);
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "{}{byte:02X}", char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn paths(root: &Path) -> Vec<String> {
        walk(root)
            .map(|met| match met {
                Met::File(found) => found.path,
                Met::Link(path) => format!("-> {path}"),
                Met::Skipped { skip, .. } => format!("! {}: {}", skip.path, skip.detail),
            })
            .collect()
    }

    #[test]
    fn files_come_in_order_and_links_as_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (path, text) in [
            ("b.txt", "b"),
            ("a/2.txt", "2"),
            ("a/1.txt", "1"),
            (".git/config", "x"),
            ("old/dateline.json", "{}"),
            ("old/x", "x"),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
            std::os::unix::fs::symlink("/etc/passwd", root.join("secret")).unwrap();
        }
        let expected: &[&str] = if cfg!(unix) {
            &["a/1.txt", "a/2.txt", "-> a/loop", "b.txt", "-> secret"]
        } else {
            &["a/1.txt", "a/2.txt", "b.txt"]
        };
        assert_eq!(paths(root), expected);
        assert_eq!(paths(&root.join("b.txt")), ["b.txt"]);
    }

    #[test]
    fn many_files_come_in_order_and_a_walk_may_be_broken_off() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> =
            (0..2 * ENTRIES).map(|number| format!("{number:05}.txt")).collect();
        for name in &names {
            fs::write(folder.path().join(name), name).unwrap();
        }
        assert_eq!(paths(folder.path()), names);
        assert_eq!(walk(folder.path()).take(3).count(), 3);
    }

    #[test]
    fn what_a_failed_thread_has_not_seen_is_not_gone() {
        let (sender, turns) = bounded(2);
        let (result, turn) = bounded(1);
        sender.send((false, turn)).unwrap();
        drop(result);
        let root = PathBuf::from("/news");
        let met: Vec<_> =
            Walk { root, turns, met: Vec::new().into_iter(), is_last: false }.collect();
        let [Met::Skipped { unread, .. }] = &met[..] else { panic!("{met:?}") };
        assert_eq!(unread, "");
        drop(sender);
    }

    #[test]
    fn of_a_root_that_cannot_be_looked_into_all_is_unread() {
        let folder = tempfile::tempdir().unwrap();
        let met: Vec<Met> = walk(&folder.path().join("news")).collect();
        let [Met::Skipped { skip, unread }] = &met[..] else { panic!("{met:?}") };
        assert_eq!((&*skip.path, &**unread), ("news", ""));
    }

    /// U115.
    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let names = [&b"caf%E9.txt"[..], b"caf\xe8.txt", b"caf\xe9.txt", "caf�E9.txt".as_bytes()];
        for name in names {
            fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), "x").unwrap();
        }
        let expected = ["caf%E9.txt", "caf�E8.txt", "caf�E9.txt", "caf��E9.txt"];
        let mut found = paths(folder.path());
        found.sort();
        assert_eq!(found, expected);
    }

    #[cfg(unix)]
    #[test]
    fn sockets_are_skipped_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s")).unwrap();
        assert_eq!(paths(folder.path()), ["! s: not a regular file"]);
    }
}
