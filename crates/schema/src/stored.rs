//! What is stored of an article: its [`Record`] as JSON, pressed by itself with Zstandard (RFC 8878) and a dictionary of how such records begin and go on, so
//! that reading one undoes no other.

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;

use dateline_article::Record;
use serde::de::DeserializeOwned;
use tantivy::TantivyDocument;
use tantivy::schema::Value;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::{Error, Fields};

/// Made of the records of `seeds/` by `examples/dictionary.rs`. Another one is another [`crate::FORMAT_VERSION`].
pub(crate) const DICTIONARY: &[u8] = include_bytes!("../data/records.dictionary");

/// Higher ones take twice as long and more for a twentieth.
const LEVEL: i32 = 3;

/// Most bytes of JSON of an article; what says that it has more is damaged.
const MOST_BYTES: u64 = 1 << 30;

static TO_WRITE: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static TO_READ: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // What they need for their work is kept from article to article.
    static PRESS: RefCell<Option<Press>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// What is stored of an article cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is no frame of Zstandard, or a damaged one.
    #[error("damaged: {0}")]
    Frame(#[from] io::Error),
    /// It is not the JSON of a record.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

/// Presses articles.
struct Press {
    compressor: Compressor<'static>,
    json: Vec<u8>,
    bytes: Vec<u8>,
}

/// Bytes that are kept of a buffer from article to article.
const MOST_KEPT: usize = 1 << 18;

impl Press {
    fn new() -> io::Result<Self> {
        let compressor = Compressor::with_prepared_dictionary(&TO_WRITE)?;
        Ok(Self { compressor, json: Vec::new(), bytes: Vec::new() })
    }

    fn press(&mut self, record: &Record) -> serde_json::Result<&[u8]> {
        let Self { compressor, json, bytes } = self;
        for buffer in [&mut *json, &mut *bytes] {
            buffer.clear();
            buffer.shrink_to(MOST_KEPT);
        }
        serde_json::to_writer(&mut *json, record)?;
        bytes.reserve(zstd::zstd_safe::compress_bound(json.len()));
        compressor.compress_to_buffer(json, bytes).map_err(serde_json::Error::io)?;
        Ok(bytes)
    }
}

/// Calls `with` with the bytes that are stored of `record`.
///
/// # Errors
///
/// Fails only where the record cannot be written as JSON or is too large for memory.
pub(crate) fn pressed<T>(record: &Record, with: impl FnOnce(&[u8]) -> T) -> Result<T, Error> {
    PRESS.with_borrow_mut(|kept| {
        let press = match kept {
            Some(press) => press,
            None => {
                kept.insert(Press::new().map_err(serde_json::Error::io).map_err(Error::Encode)?)
            }
        };
        press.press(record).map(with).map_err(Error::Encode)
    })
}

/// What the index stores of an article, as read by [`tantivy::Searcher::doc`]: its [`Record`], or as much of it as `T` asks for.
///
/// # Errors
///
/// What is stored is damaged or lacks what `T` needs.
pub fn stored<T: DeserializeOwned>(
    document: &TantivyDocument,
    fields: &Fields,
) -> Result<T, Unreadable> {
    let value = document.get_first(fields.record);
    let bytes = value.as_ref().and_then(Value::as_bytes).unwrap_or_default();
    Ok(serde_json::from_slice(&unpressed(bytes)?)?)
}

fn unpressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let damaged = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let size = zstd::zstd_safe::get_frame_content_size(bytes)
        .ok()
        .flatten()
        .filter(|size| *size <= MOST_BYTES)
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| damaged("its length is not told"))?;
    let mut json = Vec::new();
    json.try_reserve_exact(size).map_err(|_| damaged("it is longer than memory has room for"))?;
    DECOMPRESSOR.with_borrow_mut(|kept| {
        let decompressor = match kept {
            Some(decompressor) => decompressor,
            None => kept.insert(Decompressor::with_prepared_dictionary(&TO_READ)?),
        };
        decompressor.decompress_to_buffer(bytes, &mut json)
    })?;
    Ok(json)
}

#[cfg(test)]
mod tests {
    use dateline_article::{Article, ArticleId};

    use super::*;

    fn record(text: &str) -> Record {
        Record::bare(Article::new(ArticleId::from_u64(1), "a.txt", "1", text))
    }

    #[test]
    fn what_is_stored_is_read_back() {
        for text in ["", "Flood in Holm.\n\nNobody was hurt.", &"word ".repeat(100_000), "東京"] {
            let record = record(text);
            let bytes = pressed(&record, <[u8]>::to_vec).unwrap();
            let json = unpressed(&bytes).unwrap();
            assert_eq!(serde_json::from_slice::<Record>(&json).unwrap(), record);
        }
    }

    #[test]
    fn a_short_article_is_made_much_shorter() {
        let record =
            record("The minister said on Tuesday that the road would be closed until spring.");
        let json = serde_json::to_vec(&record).unwrap();
        let bytes = pressed(&record, <[u8]>::to_vec).unwrap();
        assert!(bytes.len() * 3 < json.len() * 2, "{} of {}", bytes.len(), json.len());
    }

    #[test]
    fn damaged_bytes_are_an_error_or_other_bytes_and_nothing_worse() {
        let record = record(&"The harbour of Holm is closed. ".repeat(20));
        let bytes = pressed(&record, <[u8]>::to_vec).unwrap();
        for end in 0..bytes.len() {
            assert!(unpressed(&bytes[..end]).is_err(), "cut at {end}");
        }
        for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << bit;
            let _ = unpressed(&turned);
        }
        assert!(unpressed(b"{}").is_err());
    }
}
