//! The model every other crate speaks: an [`Article`] as a reader found it, and a [`Record`]: the article with the people,
//! organisations, places and dates that extraction found in it.
//!
//! No input or output, no search engine and no text rules live here; only data, its JSON form and its invariants.
//!
//! ```
//! use dateline_article::{Article, ArticleId};
//!
//! let id = ArticleId::new("wire", "2024/03/nato.txt", "1");
//! let mut article = Article::new(id, "2024/03/nato.txt", "1", "text");
//! article.paragraphs.push("BRUSSELS, March 14 (Agency) — Allies met.".to_owned());
//! assert_eq!(article.text(), "BRUSSELS, March 14 (Agency) — Allies met.");
//! ```

mod article;
pub mod calendar;
mod entity;
mod id;
mod language;
mod record;
pub mod signature;
mod span;
mod stored;
mod time;

pub use article::{Article, Dateline, Evidence, Published, Status};
pub use entity::{DateMention, Mentions, Name, Place, PlaceKind};
pub use id::{ArticleId, ParseIdError};
pub use jiff::civil::{Date, DateTime};
pub use language::Language;
pub use record::Record;
pub use span::Span;
pub use stored::count_spans;
pub use time::{Edge, Granularity, ParseTimeError, Timestamp, days_since_epoch, from_days};
