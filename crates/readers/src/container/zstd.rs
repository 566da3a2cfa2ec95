//! Zstandard (RFC 8878), of any number of frames one after another, skippable ones among them. A window of more than 100 MiB is refused.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

/// Reader of Zstandard.
pub(crate) struct Zstd;

const EXTENSIONS: &[(&str, &str)] = &[("zst", ""), ("zstd", ""), ("tzst", ".tar")];

impl Reader for Zstd {
    fn name(&self) -> &'static str {
        "zstd"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let frame = sample.bytes().starts_with(b"\x28\xb5\x2f\xfd");
        // A frame of another program's data may come first.
        let skippable = matches!(sample.bytes(), [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        if frame || skippable { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let name = member::uncoated(input.name(), EXTENSIONS);
        let frames = Frames { stream: input.stream(), decoder: FrameDecoder::new(), open: false };
        found.uncoated(&name, Box::new(frames))
    }
}

/// What frames in memory hold.
pub(crate) fn content(bytes: &[u8]) -> impl Read + '_ {
    Frames { stream: bytes, decoder: FrameDecoder::new(), open: false }
}

/// The content of all frames.
struct Frames<S> {
    stream: S,
    decoder: FrameDecoder,
    /// A frame is begun and not yet read to its end.
    open: bool,
}

impl<S: BufRead> Frames<S> {
    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.stream.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.stream) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.stream.by_ref().take(length.into());
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged zstd frame: {error}"))
}

impl<S: BufRead> Read for Frames<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.open {
                self.open = self.begin()?;
            }
            if !self.open {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.stream, strategy);
                decoded.map_err(|error| damaged(&error))?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.open = !self.decoder.is_finished();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame with one raw block (RFC 8878, 3.1.1): single segment, one byte of content size.
    fn frame(text: &[u8]) -> Vec<u8> {
        let length = u8::try_from(text.len()).unwrap();
        let block = u32::from(length) << 3 | 1;
        let header = [0x28, 0xb5, 0x2f, 0xfd, 0x20, length];
        [&header, &block.to_le_bytes()[..3], text].concat()
    }

    fn content(bytes: &[u8]) -> io::Result<String> {
        let mut stream = bytes;
        let mut frames = Frames { stream: &mut stream, decoder: FrameDecoder::new(), open: false };
        let mut content = String::new();
        frames.read_to_string(&mut content)?;
        Ok(content)
    }

    #[test]
    fn frames_follow_one_another() {
        let skippable = b"\x53\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        let bytes = [skippable.clone(), frame(b"One. "), skippable, frame(b"Two.")].concat();
        assert_eq!(content(&bytes).unwrap(), "One. Two.");
    }

    #[test]
    fn cut_and_broken_frames_fail() {
        let bytes = frame(b"The ferry stayed.");
        assert!(content(&bytes[..bytes.len() - 3]).is_err());
        assert!(content(&[bytes, b"garbage".to_vec()].concat()).is_err());
    }
}
