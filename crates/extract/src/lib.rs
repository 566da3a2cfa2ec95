//! From an article to a record: its language, and the people, organisations, places and dates that it names.
//!
//! Pure: text and a reference date in, mentions out; no file, no clock, no search engine. All tables are inside the binary.
//! The entrance is [`Extractor`].

pub mod copies;
pub mod dates;
mod extractor;
mod language;
mod names;
mod passage;
mod places;
mod tables;

pub use extractor::Extractor;
pub use language::language;

/// What finds names, places and dates: release, tagger and table of places. Another one may find others in the same text.
pub fn version() -> String {
    let release = env!("CARGO_PKG_VERSION");
    format!("{release}-{:08x}-{:08x}", dateline_tagger::version(), dateline_gazetteer::version())
}
