//! Where records go.

use dateline_article::{ArticleId, Record};

use crate::Error;

/// An index that records are written into. Nothing is seen by searches before [`Sink::commit`].
///
/// [`Sink::prepare`] is called on many threads, the rest on one.
pub trait Sink: Sync {
    /// A record made ready for writing.
    type Prepared: Send;

    /// Makes a record ready: the part of the work that needs no order.
    ///
    /// # Errors
    ///
    /// Where the record has no form in the index.
    fn prepare(&self, record: &Record, root: &str, file: u64) -> Result<Self::Prepared, Error>;

    /// Bytes that a record made ready takes, about.
    fn bytes(prepared: &Self::Prepared) -> usize;

    /// Ids of the articles of a file, as last committed, ascending.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn articles_of(&self, file: u64) -> Result<Vec<ArticleId>, Error>;

    /// Takes the articles of a file out.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    fn remove_file(&self, file: u64) -> Result<(), Error>;

    /// Puts a record in. Waits while too many have not been written yet.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    fn add(&self, prepared: Self::Prepared) -> Result<(), Error>;

    /// Makes all that was done since the last commit visible and durable, together with `payload`.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written; then it holds what it held at the last commit.
    fn commit(&self, payload: &str) -> Result<(), Error>;
}
