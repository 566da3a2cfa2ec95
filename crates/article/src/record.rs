//! An article together with what extraction found in it: what the index stores.

use serde::{Deserialize, Serialize};

use crate::{Article, DateMention, Name, Place};

/// An article and its entities. Lists are ordered by number of mentions, most first, then by first mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The article; its `language` is filled in by extraction where the reader had none.
    #[serde(flatten)]
    pub article: Article,
    /// People.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Name>,
    /// Organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Name>,
    /// Places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// Dates that the text speaks of, in order of their first mention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateMention>,
    /// Signature by which copies are recognised, of the shape that [`signature`](crate::signature) tells; no part of the JSON form, the index keeps it in a
    /// field of its own.
    #[serde(skip)]
    pub signature: Option<Vec<u16>>,
}

impl Record {
    /// The article with nothing extracted.
    pub fn bare(article: Article) -> Self {
        Self {
            article,
            people: Vec::new(),
            organisations: Vec::new(),
            places: Vec::new(),
            dates: Vec::new(),
            signature: None,
        }
    }
}
