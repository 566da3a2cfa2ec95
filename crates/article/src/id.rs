//! The stable identifier of an article.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names one article, the same on every run and machine.
///
/// The first 64 bits of BLAKE3 over root label, path below the root (with container members, `/` between folders) and part, each
/// preceded by its length. Among ten million articles the chance of any two sharing an id is about 3 in a million. Printed as 16
/// hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u64);

/// The text is not an article id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an article id: expected 16 hexadecimal digits, as `search` prints them")]
pub struct ParseIdError(String);

impl ArticleId {
    /// Derives the id of the article `part` in the file at `path` below the root labelled `root_label`.
    pub fn new(root_label: &str, path: &str, part: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        for piece in [root_label, path, part] {
            hasher.update(&(piece.len() as u64).to_le_bytes());
            hasher.update(piece.as_bytes());
        }
        let mut first = [0; 8];
        hasher.finalize_xof().fill(&mut first);
        Self(u64::from_be_bytes(first))
    }

    /// The id as the number the index stores.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// The id from the number the index stores.
    pub fn from_u64(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl FromStr for ArticleId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let plain = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = plain.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        number.map(Self).ok_or_else(|| ParseIdError(text.to_owned()))
    }
}

impl Serialize for ArticleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ArticleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_place_same_id() {
        let id = ArticleId::new("wire", "a/b.txt", "1");
        assert_eq!(id, ArticleId::new("wire", "a/b.txt", "1"));
        assert_eq!(id.to_string(), "778fd5fd17213b3f", "ids are for ever: they stand in notes");
    }

    #[test]
    fn the_border_between_the_pieces_counts() {
        let ids = [
            ArticleId::new("wire", "ab", "c"),
            ArticleId::new("wire", "a", "bc"),
            ArticleId::new("wirea", "b", "c"),
            ArticleId::new("", "wireab", "c"),
        ];
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[n + 1..].contains(id), "{id}");
        }
    }

    #[test]
    fn printed_form_reads_back_and_nothing_else_does() {
        let id = ArticleId::new("x", "y", "z");
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in ["", "12", "+123456789abcdef", "0123456789abcdeg", "0123456789abcdef0"] {
            assert!(bad.parse::<ArticleId>().is_err(), "{bad}");
        }
    }
}
