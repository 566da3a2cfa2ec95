//! Reads every form in which news is kept into [`Article`](dateline_article::Article)s.
//!
//! A reader is chosen by content first and by name second, decodes what it finds, and hands articles on one by one. It never invents a
//! field, opens anything but the file it was given (an issue in METS or DIDL: and the pages beside it), follows a link or an entity, exceeds
//! [`Limits`], or panics outwards, whatever the bytes.
//!
//! ```
//! use std::ops::ControlFlow;
//! use dateline_readers::{Options, SourceFile, read};
//!
//! let folder = tempfile::tempdir()?;
//! let file = folder.path().join("ferry.txt");
//! std::fs::write(&file, "Ferry stays in port\n\nORLAVA, March 14 (Agency) — The ferry did not sail.\n")?;
//!
//! let source = SourceFile { root_label: "wire", path: "ferry.txt", file: &file };
//! let mut titles = Vec::new();
//! read(&source, &Options::default(), &mut |found| {
//!     titles.push(found.map(|article| article.title));
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(titles, [Ok(Some("Ferry stays in port".to_owned()))]);
//! # Ok::<(), std::io::Error>(())
//! ```

mod byline;
mod characters;
mod container;
mod dateline;
mod dates;
mod detect;
mod draft;
mod encoding;
mod entities;
mod field_map;
mod fields;
mod format;
mod found;
mod hyphens;
mod input;
mod limits;
mod markup;
mod mojibake;
mod neighbour;
mod paragraphs;
mod published;
mod read;
mod records;
mod registry;
mod site;
mod skip;
mod xml;

pub use detect::{Confidence, Sample};
pub use draft::{Blank, Draft};
pub use field_map::{FieldMap, MapError};
pub use found::Found;
pub use input::Input;
pub use limits::Limits;
pub use neighbour::Neighbour;
pub use read::{Options, SourceFile, read};
pub use registry::{Reader, formats};
pub use skip::{Fault, Halt, Reason, Skip};
