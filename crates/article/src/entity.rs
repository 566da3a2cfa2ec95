//! What extraction finds in an article, each with the places where it is named.

use serde::{Deserialize, Serialize};

use crate::stored::{StoredPlace, spans};
use crate::{Edge, Granularity, Span};

/// Where something is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentions {
    /// Spans of the article's text, ascending, not overlapping.
    #[serde(rename = "at", with = "spans", default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Span>,
    /// Spans of its title.
    #[serde(rename = "in_title", with = "spans", default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Span>,
}

impl Mentions {
    /// Number of mentions in text and title.
    pub fn count(&self) -> usize {
        self.text.len() + self.title.len()
    }
}

/// A person or an organisation under the fullest name in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The fullest name, without titles ("Jens Stoltenberg").
    pub name: String,
    /// Where it is named, under any form of the name.
    #[serde(flatten)]
    pub mentions: Mentions,
}

/// A place, resolved to a gazetteer entry where one fits.
///
/// Of a resolved one the stored form holds `gazetteer`, `kind` and `mentions`: the rest is empty when it is read, and filled in from the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "StoredPlace", from = "StoredPlace")]
pub struct Place {
    /// Canonical name; the name as written where nothing in the gazetteer fits.
    pub name: String,
    /// Number in the gazetteer, from which the index derives what the place lies in; absent where the place is not resolved.
    pub gazetteer: Option<u32>,
    /// GeoNames identifier, where GeoNames has the entry.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Names of what it lies in, nearest first: region, country, continent.
    pub ancestors: Vec<String>,
    /// Gazetteer numbers of what it lies in, in the same order.
    pub ancestor_numbers: Vec<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How the text speaks of it.
    pub kind: PlaceKind,
    /// Where it is named, under any spelling.
    pub mentions: Mentions,
}

impl Place {
    /// A place that the gazetteer does not know, mentioned nowhere yet.
    pub fn unresolved(name: String) -> Self {
        Self {
            name,
            gazetteer: None,
            geonames: None,
            country: None,
            ancestors: Vec::new(),
            ancestor_numbers: Vec::new(),
            latitude: None,
            longitude: None,
            kind: PlaceKind::Place,
            mentions: Mentions::default(),
        }
    }
}

/// How a text speaks of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// By its name.
    Place,
    /// By its people or their adjective only ("Turkish").
    Demonym,
}

/// A stretch of the calendar that the text speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// The expression as first written.
    pub text: String,
    /// First day or minute.
    pub start: Edge,
    /// Day or minute after the last; of the same form as `start`.
    pub end: Edge,
    /// How exactly the text speaks.
    pub granularity: Granularity,
    /// Where the interval is named, in any words.
    #[serde(flatten)]
    pub mentions: Mentions,
}
