//! Bytes to text: byte order mark, then declaration, then UTF-8 where it is valid, then detection over the whole content.
//!
//! Labels are those of the WHATWG Encoding Standard (encoding_rs); detection is chardetng's. A declaration that the bytes contradict is
//! overruled: declared legacy but valid UTF-8 beyond ASCII, or declared UTF-8 but not valid.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What people should know: which bytes could not be decoded.
    pub warning: Option<String>,
}

/// Valid sequences beyond ASCII for each stray byte that make a broken text UTF-8 all the same.
const SEQUENCES_PER_STRAY_BYTE: usize = 4;

/// Decodes a whole text. `declared` is the label that the text itself names, if any.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&[u8]>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return decode_as(encoding, rest);
    }
    let declared = declared.and_then(Encoding::for_label).map(Encoding::output_encoding);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if declared == Some(ISO_2022_JP) || has_japanese_escape(&text) => {
            return decode_as(ISO_2022_JP, text.as_bytes());
        }
        Ok(text) => return Decoded { text, warning: None },
        Err(error) => error.into_bytes(),
    };
    decode_as(of_invalid_utf8(&bytes, declared), &bytes)
}

/// The encoding of a stream by its beginning; the same order as in [`decode`].
pub(crate) fn choose(start: &[u8], declared: Option<&[u8]>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    let declared = declared.and_then(Encoding::for_label).map(Encoding::output_encoding);
    // The beginning may end inside a character.
    let whole = std::str::from_utf8(start).err().is_none_or(|error| error.error_len().is_none());
    match declared {
        Some(encoding) if whole && start.is_ascii() => encoding,
        _ if whole => UTF_8,
        _ => of_invalid_utf8(start, declared),
    }
}

fn of_invalid_utf8(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if is_mostly_utf8(bytes) => UTF_8,
        _ => detect(bytes),
    }
}

/// The escape sequence with which Japanese begins in ISO-2022-JP.
fn has_japanese_escape(text: &str) -> bool {
    text.contains("\x1b$B") || text.contains("\x1b$@")
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let warning = broken.then(|| {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        format!("{count} places are not valid {}", encoding.name())
    });
    Decoded { text: text.into_owned(), warning }
}

/// Whether bytes that are not valid UTF-8 are nearly so.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sequences, mut strays) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        strays += usize::from(!chunk.invalid().is_empty());
    }
    sequences >= strays.saturating_mul(SEQUENCES_PER_STRAY_BYTE)
}

/// The label of the encoding that the beginning of a long stream is in, where it is not UTF-8: for what is cut out of the stream and is too
/// short to tell by itself.
pub(crate) fn legacy(sample: &[u8]) -> Option<&'static [u8]> {
    (!is_mostly_utf8(sample)).then(|| detect(sample).name().as_bytes())
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding where the beginning of a file is UTF-16: by its byte order mark, or by zero bytes at every other place and nowhere else,
/// in text that has no lone surrogate and no control character. Latin text in one byte a letter never has them.
pub(crate) fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    if sample.starts_with(b"\xff\xfe\0\0") {
        return None; // UTF-32, which nobody writes news in
    }
    match Encoding::for_bom(sample) {
        Some((encoding, _)) if encoding != UTF_8 => return Some(encoding),
        Some(_) => return None,
        None => {}
    }
    if sample.len() < 4 {
        return None;
    }
    let zeros_at =
        |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let encoding = match (even, odd) {
        (0, 1..) => UTF_16LE,
        (1.., 0) => UTF_16BE,
        _ => return None,
    };
    // Latin letters, or at least the blanks and line ends between others.
    let enough = (even + odd) * 2 * 20 >= sample.len();
    (enough && is_clean_utf16(sample, encoding)).then_some(encoding)
}

fn is_clean_utf16(sample: &[u8], encoding: &'static Encoding) -> bool {
    let even = sample.get(..sample.len() & !1).unwrap_or_default();
    let units = even.chunks_exact(2).map(|pair| match *pair {
        [first, second] if encoding == UTF_16BE => u16::from_be_bytes([first, second]),
        [first, second] => u16::from_le_bytes([first, second]),
        _ => 0,
    });
    let mut decoded = char::decode_utf16(units).peekable();
    while let Some(character) = decoded.next() {
        let last = decoded.peek().is_none();
        match character {
            Ok(character) if character.is_control() && !matches!(character, '\t' | '\n' | '\r') => {
                return false;
            }
            Ok('\u{fffe}' | '\u{ffff}') => return false,
            // The sample may end between two halves of a pair.
            Err(_) if !last => return false,
            _ => {}
        }
    }
    true
}

/// A stream of any encoding read as UTF-8.
pub(crate) struct DecodingReader<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    pending: std::ops::Range<usize>,
    text: Vec<u8>,
    /// The part of `text` that is not handed on yet.
    ready: std::ops::Range<usize>,
    ended: bool,
}

const BLOCK_BYTES: usize = 16 << 10;

impl<R: Read> DecodingReader<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; BLOCK_BYTES],
            pending: 0..0,
            text: vec![0; BLOCK_BYTES],
            ready: 0..0,
            ended: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.ready.is_empty() && !self.ended {
            let mut last = false;
            if self.pending.is_empty() {
                let count = self.source.read(&mut self.raw)?;
                self.pending = 0..count;
                last = count == 0;
            }
            let raw = self.raw.get(self.pending.clone()).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, last);
            self.pending.start += read;
            self.ready = 0..written;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let mut ready = self.text.get(self.ready.clone()).unwrap_or_default();
        let count = ready.read(buffer)?;
        self.ready.start += count;
        Ok(count)
    }
}

/// No encoding is named in the text.
pub(crate) fn undeclared(_bytes: &[u8]) -> Option<&[u8]> {
    None
}

#[cfg(test)]
mod tests;
