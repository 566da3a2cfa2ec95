//! The English tagger through its public interface: what it finds, and what it must never do.

mod names;
mod text;
