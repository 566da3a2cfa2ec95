//! What is read of a stored record to compare its article: words, names, days. Where each is mentioned is counted and passed over.
//!
//! A whole record takes several times as long to read.

use dateline_article::{Edge, Granularity, Language, Published, count_spans};
use dateline_gazetteer::{PlaceId, place};
use serde::Deserialize;

/// What an article is compared by.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Stored {
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) language: Option<Language>,
    #[serde(default)]
    pub(crate) published: Option<Published>,
    #[serde(default)]
    pub(crate) paragraphs: Vec<String>,
    #[serde(default)]
    pub(crate) people: Vec<StoredName>,
    #[serde(default)]
    pub(crate) organisations: Vec<StoredName>,
    #[serde(default)]
    pub(crate) places: Vec<StoredPlace>,
    #[serde(default)]
    pub(crate) dates: Vec<StoredDate>,
}

impl Stored {
    /// First and last day on which it may have appeared, since 1970.
    pub(crate) fn days(&self) -> Option<(i64, i64)> {
        let number = |day| i64::from(dateline_article::days_since_epoch(day));
        let at = self.published?.at;
        Some((number(at.first_day()), number(at.last_day())))
    }
}

/// A person or an organisation.
#[derive(Debug, Deserialize)]
pub(crate) struct StoredName {
    pub(crate) name: String,
    #[serde(default, rename = "at", deserialize_with = "count_spans")]
    in_text: usize,
    #[serde(default, deserialize_with = "count_spans")]
    in_title: usize,
}

impl StoredName {
    /// Number of mentions in text and title.
    pub(crate) fn mentions(&self) -> usize {
        self.in_text + self.in_title
    }
}

/// A place.
#[derive(Debug, Deserialize)]
pub(crate) struct StoredPlace {
    /// Its number in the gazetteer, where that knows it.
    #[serde(default)]
    pub(crate) id: Option<u32>,
    /// Its name, where it does not.
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "at", deserialize_with = "count_spans")]
    in_text: usize,
    #[serde(default, deserialize_with = "count_spans")]
    in_title: usize,
}

impl StoredPlace {
    /// The name that it is shown under.
    pub(crate) fn name(&self) -> &str {
        let known = self.id.map(PlaceId::from_u32).and_then(place);
        known.map_or(self.name.as_deref().unwrap_or_default(), |place| place.name)
    }

    /// Number of mentions in text and title.
    pub(crate) fn mentions(&self) -> usize {
        self.in_text + self.in_title
    }
}

/// A stretch of the calendar that the text speaks of.
#[derive(Debug, Deserialize)]
pub(crate) struct StoredDate {
    pub(crate) start: Edge,
    pub(crate) granularity: Granularity,
}
