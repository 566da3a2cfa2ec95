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
