//! The places of the world that news speaks of, as a table inside the binary: names in, [`PlaceId`]s out, and
//! from an id the place with its coordinates and everything it lies in.
//!
//! The crate opens no file and parses nothing at start-up: the table is a static of bytes ([`layout`]), and a
//! look-up reads a few of its pages. It does not decide which of several places a text means; [`named`] gives
//! all of them, the likeliest first, and the caller weighs them. The table's makers are named in `docs/data.md`.
//!
//! ```
//! use dateline_gazetteer::{ancestors, named, place};
//!
//! let kyiv = named("Kiev").next().unwrap().place;
//! assert_eq!(kyiv, named("Київ").next().unwrap().place);
//! assert_eq!(place(kyiv).unwrap().name, "Kyiv");
//! let around: Vec<_> = ancestors(kyiv).into_iter().filter_map(place).map(|p| p.name).collect();
//! assert_eq!(around, ["Kyiv City", "Ukraine", "Europe"]);
//! ```

mod described;
mod fold;
mod id;
pub mod layout;
mod names;
mod near;
mod place;
mod table;

pub use described::{described, fill_in};
pub use fold::{fold, fold_into};
pub use id::PlaceId;
pub use layout::{Kind, NameKind, Usage};
pub use names::{Candidate, Candidates, Walk, named, prefix};
pub use near::near;
pub use place::{Place, ancestors, by_geonames, country, place, places};
pub use table::version;
