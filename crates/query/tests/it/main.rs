//! The public face of the crate: queries over tiny indexes built here.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test may panic")]

mod agreement;
mod brute_force;
mod by_date;
mod collocates;
mod concordance;
mod corpus;
mod duplicates;
mod events;
mod explain;
mod facets;
mod notes;
mod oracle;
mod order;
mod page;
mod parity;
mod parts;
mod refused;
mod related;
mod reported;
mod reported_bounds;
mod reported_marks;
mod rows;
mod scripts;
mod selects;
mod selects_near;
mod snippets;
mod timeline;
