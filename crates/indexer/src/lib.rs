//! From folders to an index: walks the corpus, reads and extracts on several threads, writes through one [`Sink`], and commits so that a kill
//! loses nothing committed.
//!
//! The only writer of an index. A commit is whole or absent: the engine's commit names the state file that goes with it. The same corpus gives
//! the same index for any number of threads. A bad article is a counted [`Skip`], never the end of a run. Prints nothing.

mod anew;
mod batch;
mod checksums;
mod corpus;
mod error;
mod extract_file;
mod freshness;
mod joins;
mod local;
mod lock;
mod options;
mod pipeline;
mod plan;
mod queued;
mod report;
mod roots;
mod run;
mod signatures;
mod sink;
mod state;
mod stop;
mod verify;
mod watch;
mod write;

pub use dateline_readers::{FieldMap, Limits, MapError, Reason, Skip};
pub use error::Error;
pub use extract_file::extract_file;
pub use freshness::{Freshness, freshness};
pub use local::LocalSink;
pub use lock::Writer;
pub use options::{Access, Mode, Options};
pub use report::{Progress, Quiet, Report};
pub use run::index;
pub use sink::Sink;
pub use stop::Stop;
pub use verify::{Problem, Verification, models, models_in, verify};
pub use watch::{Pace, watch};
