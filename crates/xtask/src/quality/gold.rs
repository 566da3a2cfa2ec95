//! Reads labelled collections: lines of text or JSON, packed with Zstandard or not.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use ruzstd::decoding::StreamingDecoder;
use serde_json::Value;

/// The text of a file; one whose name ends in `.zst` is unpacked, all its frames.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let shown = path.display();
    String::from_utf8(bytes(path)?).with_context(|| format!("{shown} is not UTF-8"))
}

/// The bytes of a file, unpacked likewise.
pub(super) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    if path.extension().is_some_and(|extension| extension == "zst") {
        unpacked(&bytes).with_context(|| format!("cannot unpack {shown}"))
    } else {
        Ok(bytes)
    }
}

/// The content of all frames.
pub(super) fn unpacked(mut packed: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut plain = Vec::new();
    while !packed.is_empty() {
        StreamingDecoder::new(&mut packed)?.read_to_end(&mut plain)?;
    }
    Ok(plain)
}

/// The lines that are not empty. They end at `\n` alone: some texts hold other signs that end lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.is_empty())
}

/// JSON objects, one a line, in their order.
pub(super) fn objects(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = text(path)?;
    let read = |line| serde_json::from_str(line).context("a line is not JSON");
    lines(&text).map(read).collect::<Result<_, _>>().with_context(|| path.display().to_string())
}

/// A text field, empty where there is none.
pub(super) fn field<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}

/// What `dateline extract` printed, by the article's own identifier in its file.
pub(super) fn by_part(printed: Vec<Value>) -> BTreeMap<String, Value> {
    let mut by_part = BTreeMap::new();
    for article in printed {
        let part = field(&article, "part").to_owned();
        by_part.entry(part).or_insert(article);
    }
    by_part
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn all_frames_are_unpacked() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let packed = [frame("one\n"), frame("two\u{2028}\n")].concat();
        let plain = String::from_utf8(unpacked(&packed).unwrap()).unwrap();
        assert_eq!(lines(&plain).collect::<Vec<_>>(), ["one", "two\u{2028}"]);
        assert!(unpacked(b"no frame").is_err());
    }
}
