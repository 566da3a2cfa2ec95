//! Why a file or a part of it gave no article. A bad article is data, not an error: it is counted and the run goes on.

use std::fmt;

/// A file, or one article of it, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The kind of failure.
    pub reason: Reason,
    /// Path below the root, as given in [`SourceFile`](crate::SourceFile).
    pub path: String,
    /// The article inside the file, where it is one article and not the rest of the file.
    pub part: Option<String>,
    /// What was wrong and where, for people.
    pub detail: String,
}

/// The kinds of failure that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The operating system does not let it be read, or it is no regular file.
    Unreadable,
    /// No reader knows the format.
    UnknownFormat,
    /// The format is known, but its rules are broken.
    Malformed,
    /// The content is locked by a password.
    Encrypted,
    /// A limit of [`Limits`](crate::Limits) is exceeded.
    OverLimit,
    /// There is neither text nor title.
    Empty,
    /// Its articles are read with another file.
    Covered,
    /// Reading took too long.
    Timeout,
    /// A reader failed in a way that it should not; the failure was contained.
    Panic,
}

impl Reason {
    /// All reasons, in the order in which reports list them.
    pub const ALL: [Self; 9] = [
        Self::Unreadable,
        Self::UnknownFormat,
        Self::Malformed,
        Self::Encrypted,
        Self::OverLimit,
        Self::Empty,
        Self::Covered,
        Self::Timeout,
        Self::Panic,
    ];

    /// The word used in JSON and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::UnknownFormat => "unknown-format",
            Self::Malformed => "malformed",
            Self::Encrypted => "encrypted",
            Self::OverLimit => "over-limit",
            Self::Empty => "empty",
            Self::Covered => "covered",
            Self::Timeout => "timeout",
            Self::Panic => "panic",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What a reader says went wrong; the file's path and the part are added by whoever called it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of failure.
    pub reason: Reason,
    /// What was wrong and where, for people.
    pub detail: String,
}

impl Fault {
    /// A failure of the kind `reason`, described by `detail`: lower case, no full stop.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// The format's rules are broken.
    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(Reason::Malformed, detail)
    }

    /// `what` is larger than the `limit` in bytes.
    pub(crate) fn over_limit(what: &str, limit: u64) -> Self {
        Self::new(Reason::OverLimit, format!("{what} is larger than {limit} bytes"))
    }
}

impl From<std::io::Error> for Fault {
    /// Of what decoders say of their bytes it makes `malformed`, of the end of its time `timeout`, of anything else `unreadable`.
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, InvalidInput, Other, TimedOut, UnexpectedEof};
        let reason = match error.kind() {
            // The system's own errors are never `Other`; some decoders' are.
            InvalidData | InvalidInput | UnexpectedEof | Other => Reason::Malformed,
            TimedOut => Reason::Timeout,
            _ => Reason::Unreadable,
        };
        Self::new(reason, error.to_string())
    }
}

/// Why a reader ends before the end of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The rest of the file cannot be read.
    Fault(Fault),
    /// Whoever receives the articles wants no more.
    Stopped,
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Halt {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error.into())
    }
}
