//! Errors as people read them: what, where, and a hint with what to do.

use std::fmt::Write as _;
use std::io;
use std::sync::{Mutex, PoisonError};

use dateline_indexer::Error as IndexerError;
use dateline_schema::{Error as SchemaError, FORMAT_VERSION};

/// The last panic, wherever it happened.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Keeps what a panic says instead of printing it: one inside a reader is contained and counted with its file, and needs no noise.
pub(crate) fn keep_panics() {
    std::panic::set_hook(Box::new(|panic| {
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
}

/// The lines printed for a panic that nothing contained.
pub(crate) fn last_panic() -> String {
    let panic = LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner);
    format!(
        "dateline: a fault of dateline itself: {}\nhint: please report it with this line\n",
        panic.replace('\n', ": ")
    )
}

/// Whether the error is a pipe that its reader closed.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// The lines printed for `error`.
pub(crate) fn report(error: &anyhow::Error) -> String {
    for cause in error.chain() {
        if let Some(dateline_query::Error::Query { text, faults }) = cause.downcast_ref() {
            let shown: Vec<String> =
                faults.iter().map(|fault| format!("dateline: {}\n", fault.render(text))).collect();
            return shown.join("");
        }
    }
    let mut causes: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = cause.to_string();
        // Some errors print their cause themselves.
        if !causes.last().is_some_and(|last| last.contains(&text)) {
            causes.push(text);
        }
    }
    let mut out = format!("dateline: {}\n", crate::terminal::clean(&causes.join(": ")));
    if let Some(hint) = hint(error) {
        let _ = writeln!(out, "hint: {hint}");
    }
    out
}

fn hint(error: &anyhow::Error) -> Option<String> {
    for cause in error.chain() {
        if let Some(error) = cause.downcast_ref::<IndexerError>() {
            return of_indexer(error);
        }
        if let Some(dateline_query::Error::Open(error)) = cause.downcast_ref() {
            return of_schema(error);
        }
        if let Some(dateline_query::Error::Read(_)) = cause.downcast_ref() {
            return Some(DAMAGED.into());
        }
        if let Some(error) = cause.downcast_ref::<SchemaError>() {
            return of_schema(error);
        }
    }
    None
}

/// What helps where nothing more can be written.
const FULL: &str =
    "make room and run the same command again; the index holds what it had committed";

/// What helps where the engine cannot read or write its files.
const DAMAGED: &str =
    "`dateline verify` says what is damaged; `dateline index --rebuild` builds the index anew";

/// What helps where a file of the index cannot be read or written.
fn of_system(error: &io::Error) -> Option<String> {
    use io::ErrorKind::{
        FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull, WriteZero,
    };
    Some(match error.kind() {
        FileTooLarge | QuotaExceeded | StorageFull | WriteZero => FULL.into(),
        PermissionDenied | ReadOnlyFilesystem => {
            "check its permissions (to search it is enough to read the index), or name another index with `--index DIR`".into()
        }
        _ => return None,
    })
}

fn of_schema(error: &SchemaError) -> Option<String> {
    Some(match error {
        SchemaError::NoIndex { .. } => {
            "build one with `dateline index FOLDER`, or search a folder at once with `dateline search --in FOLDER QUERY`".into()
        }
        SchemaError::Occupied { .. } => "name an empty or new directory with `--index DIR`".into(),
        SchemaError::OtherVersion { directory, found } => {
            let anew = format!("build it anew from its folders with `dateline index --rebuild --index {}`", directory.display());
            if *found > FORMAT_VERSION { format!("{anew}, or use the newer version that made it") } else { anew }
        }
        SchemaError::Manifest { path, .. } => {
            let directory = path.parent().unwrap_or(path);
            format!("the index is damaged: delete {} and index its folders again", directory.display())
        }
        SchemaError::Io { source, .. } => return of_system(source),
        SchemaError::Engine { path, .. } => {
            let directory = path.parent().unwrap_or(path);
            format!("if it is damaged, build it anew with `dateline index --rebuild --index {}`", directory.display())
        }
        _ => return None,
    })
}

fn of_indexer(error: &IndexerError) -> Option<String> {
    Some(match error {
        IndexerError::Index(error) => return of_schema(error),
        IndexerError::NoRoots => "name one: `dateline index FOLDER`".into(),
        IndexerError::LabelTaken { .. } => {
            "give one of them another name with `--label NAME`".into()
        }
        IndexerError::OtherLabel { label, .. } => {
            format!("leave out `--label`, or say `--label {label}`")
        }
        IndexerError::NestedRoots { outer, .. } => {
            format!(
                "index {} alone, or keep the other in an index of its own with `--index DIR`",
                outer.display()
            )
        }
        IndexerError::Busy { .. } => "wait until it has ended; searching works meanwhile".into(),
        IndexerError::Io { source, .. } => return of_system(source),
        IndexerError::State { .. } => "build the index anew with `dateline index --rebuild`".into(),
        IndexerError::EmptyRoot { .. } => {
            "see whether its disk is there; `--prune` takes its articles out".into()
        }
        IndexerError::Engine(_) => DAMAGED.into(),
        IndexerError::UnreadableRoot { .. } => "check its permissions".into(),
        IndexerError::LabelForSeveral { .. } => {
            "index the folders one by one, each with its `--label`".into()
        }
        _ => return None,
    })
}
