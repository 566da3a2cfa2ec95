//! The index as `indexer` writes it and `query` reads it: fields, analysis of text, `dateline.json`, opening.
//!
//! The only place that names a field or a tokenizer of the engine. Holds no corpus, no query language and no ranking.
//!
//! ```
//! use dateline_schema::analyze::{Words, fold};
//!
//! let mut words = Words::new("Putin's U.S. visit");
//! assert!(words.advance());
//! assert_eq!(words.folded(), fold("PUTIN"));
//! ```

mod address;
pub mod analyze;
pub mod cells;
mod columns;
mod copies;
mod disk;
mod document;
mod error;
mod failure;
#[cfg(feature = "faults")]
pub mod faults;
mod fields;
mod files;
pub mod gaps;
mod hash;
mod manifest;
mod open;
pub mod order;
mod private;
mod reads;
pub mod salience;
mod signature;
mod stored;
mod structure;

pub use analyze::tokenizer::{NAME_STRIDE, TEXT_POSITION};
pub use copies::{COPIES_PREFIX, Copies};
pub use disk::{Step, delete_file, open_file, write_whole};
pub use document::{document, lead};
pub use error::Error;
pub use failure::Failure;
pub use fields::{FORMAT_VERSION, Fields};
pub use hash::FORMAT_HASH;
pub use manifest::{EngineFolder, MANIFEST, Manifest, Root, Settings};
pub use open::{
    Commit, Opened, WRITER, WRITER_LOCK, create_beside, delete_engine, in_memory, make_directory,
    open, open_or_create, settled,
};
pub use private::make_private;
pub use signature::unpack as unpack_signature;
pub use stored::{Unreadable, stored};
pub use structure::{Border, Capital, MentionAt, MentionKind, Structure, structure};
