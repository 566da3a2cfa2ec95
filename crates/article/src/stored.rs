//! The stored form of what extraction finds: JSON, like the article's, in which nothing stands that can be told from the rest.
//!
//! Spans are numbers in a row, for each the bytes from the end of the one before and its length. A place that the gazetteer knows is its number alone.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Mentions, Place, PlaceKind, Span};

/// Spans as numbers in a row.
pub(crate) mod spans {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(spans: &[Span], out: S) -> Result<S::Ok, S::Error> {
        let mut before = 0;
        out.collect_seq(spans.iter().flat_map(|span| {
            let (start, end) = (i64::from(span.start), i64::from(span.end));
            let gap = start - std::mem::replace(&mut before, end);
            [gap, end - start]
        }))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(found: D) -> Result<Vec<Span>, D::Error> {
        let numbers = Vec::<i64>::deserialize(found)?;
        let (pairs, []) = numbers.as_chunks::<2>() else {
            return Err(D::Error::custom("a span without its length"));
        };
        let mut before = 0_i64;
        let span = |&[gap, length]: &[i64; 2]| {
            let start = before.checked_add(gap)?;
            let end = start.checked_add(length)?;
            before = end;
            Some(Span { start: start.try_into().ok()?, end: end.try_into().ok()? })
        };
        let spans: Option<_> = pairs.iter().map(span).collect();
        spans.ok_or_else(|| D::Error::custom("a span outside of its text"))
    }
}

/// The number of spans in the stored form, for who does not ask where they are.
///
/// # Errors
///
/// Where it is no list.
pub fn count_spans<'de, D: Deserializer<'de>>(found: D) -> Result<usize, D::Error> {
    Ok(Vec::<IgnoredAny>::deserialize(found)?.len() / 2)
}

/// A place as it is stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredPlace {
    #[serde(rename = "id", default, skip_serializing_if = "Option::is_none")]
    gazetteer: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<PlaceKind>,
    #[serde(flatten)]
    mentions: Mentions,
}

impl From<Place> for StoredPlace {
    fn from(place: Place) -> Self {
        Self {
            gazetteer: place.gazetteer,
            name: place.gazetteer.is_none().then_some(place.name),
            kind: Some(place.kind).filter(|kind| *kind != PlaceKind::Place),
            mentions: place.mentions,
        }
    }
}

impl From<StoredPlace> for Place {
    fn from(stored: StoredPlace) -> Self {
        Self {
            name: stored.name.unwrap_or_default(),
            gazetteer: stored.gazetteer,
            kind: stored.kind.unwrap_or(PlaceKind::Place),
            mentions: stored.mentions,
            ..Self::unresolved(String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spans: &[(u32, u32)], stored: &str) {
        let mentions =
            Mentions { text: spans.iter().map(|&pair| pair.into()).collect(), title: Vec::new() };
        let json = serde_json::to_string(&mentions).unwrap();
        assert_eq!(json, stored);
        assert_eq!(serde_json::from_str::<Mentions>(&json).unwrap(), mentions);
    }

    #[test]
    fn spans_are_gaps_and_lengths() {
        check(&[], "{}");
        check(&[(0, 4)], r#"{"at":[0,4]}"#);
        check(&[(10, 14), (14, 20), (1_000, 1_003)], r#"{"at":[10,4,0,6,980,3]}"#);
        // None overlap; were they to, they would come back all the same.
        check(&[(10, 14), (8, 12)], r#"{"at":[10,4,-6,4]}"#);
        check(&[(u32::MAX - 1, u32::MAX)], r#"{"at":[4294967294,1]}"#);
    }

    #[test]
    fn damaged_spans_are_errors() {
        for json in [r#"{"at":[1]}"#, r#"{"at":[-1,2]}"#, r#"{"at":[4294967296,1]}"#] {
            assert!(serde_json::from_str::<Mentions>(json).is_err(), "{json}");
        }
        let most = i64::MAX;
        let json = format!(r#"{{"at":[{most},{most}]}}"#);
        assert!(serde_json::from_str::<Mentions>(&json).is_err());
    }

    #[test]
    fn a_known_place_is_its_number() {
        let mentions = Mentions { text: vec![(3, 9).into()], title: vec![(0, 6).into()] };
        let unknown = Place { mentions, ..Place::unresolved("Lower Holm".to_owned()) };
        let known = Place { gazetteer: Some(77), kind: PlaceKind::Demonym, ..unknown.clone() };
        let json = |place: &Place| serde_json::to_string(place).unwrap();
        assert_eq!(json(&unknown), r#"{"name":"Lower Holm","at":[3,6],"in_title":[0,6]}"#);
        assert_eq!(json(&known), r#"{"id":77,"kind":"demonym","at":[3,6],"in_title":[0,6]}"#);
        let read = |json: &str| serde_json::from_str::<Place>(json).unwrap();
        assert_eq!(read(&json(&unknown)), unknown);
        assert_eq!(read(&json(&known)), Place { name: String::new(), ..known });
    }
}
