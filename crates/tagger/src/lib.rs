//! Finds people, places and organisations in English news text.
//!
//! A linear-chain conditional random field over hashed features, with word clusters and name lists,
//! decides the labels sentence by sentence; then what is clear in one place of the article is
//! carried to the others (a surname, a majority). Pure: text in, spans out; no file, no clock. It
//! does not join mentions to entities and does not resolve places.
//!
//! ```
//! use dateline_tagger::{Kind, Scratch, Tagger};
//!
//! let text = "Prime Minister Helena Varga flew to Lisbon on Monday.";
//! let mentions = Tagger::english().tag(text, &mut Scratch::default());
//! let found: Vec<_> = mentions.iter().map(|m| (&text[m.span.clone()], m.kind)).collect();
//! assert_eq!(found, [("Helena Varga", Kind::Person), ("Lisbon", Kind::Place)]);
//! ```
//!
//! Sources of the method: Lafferty et al. 2001 (the model), Ratinov and Roth 2009 (labels,
//! features, use of the whole document), Turian et al. 2010 (clusters).

mod cache;
mod feature;
mod hash;
mod kind;
mod label;
mod lexicon;
mod listed;
mod model;
mod propagate;
mod sentence;
mod tagger;
mod token;
#[cfg(feature = "train")]
pub mod train;
mod viterbi;
mod word;

pub use kind::{Kind, Mention};
pub use tagger::{Scratch, Tagger, version};
