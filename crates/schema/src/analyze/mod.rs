//! From text to terms: words, folding, stems, sentences, and their adapter to the engine.
//!
//! Pure functions; indexing, queries and highlights all go through them, so that they never disagree.

mod fold;
mod sentences;
mod sounds;
mod stem;
pub(crate) mod tokenizer;
mod words;

pub use fold::{fold, fold_into};
pub use sentences::sentences;
pub use sounds::{Heard, has_name, sound_alike, sounds};
pub use stem::{Stems, stemmed_languages};
pub use words::{LONGEST_BYTES, Words, is_marked};
