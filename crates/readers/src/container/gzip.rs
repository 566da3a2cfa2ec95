//! gzip (RFC 1952), of any number of members one after another: what programs write in one piece, and what crawlers write record by record.
//!
//! What follows the last member and is none is passed over, as gzip itself does. A damaged member fails once, and reading goes on at the next one, so
//! that a reader of records loses one of them.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

/// Reader of gzip.
pub(crate) struct Gzip;

const EXTENSIONS: &[(&str, &str)] = &[("gz", ""), ("gzip", ""), ("tgz", ".tar"), ("taz", ".tar")];

impl Reader for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if begins_member(sample.bytes()) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let name = member::uncoated(input.name(), EXTENSIONS);
        let members = Members { state: State::Between(input.stream()), count: 0 };
        found.uncoated(&name, Box::new(members))
    }
}

/// Two magic bytes, deflate, and no reserved flag.
fn begins_member(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1f, 0x8b, 8, flags, ..] if flags & 0xe0 == 0)
}

/// The content of all members.
struct Members<'s> {
    state: State<'s>,
    /// Members begun.
    count: u64,
}

enum State<'s> {
    /// Before a member or the end.
    Between(&'s mut dyn BufRead),
    Inside(Box<GzDecoder<&'s mut dyn BufRead>>),
    Ended,
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(stream) => {
                    let next = stream.fill_buf()?;
                    // The first one is tried whatever it looks like; a magic number cut by a block's end is believed by its first byte.
                    let begins = next.first() == Some(&0x1f)
                        && next.get(1).is_none_or(|&second| second == 0x8b);
                    if begins {
                        self.count += 1;
                        self.state = State::Inside(Box::new(GzDecoder::new(stream)));
                    }
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.state = State::Inside(decoder);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(decoder);
                    }
                    Err(error) => {
                        let stream = decoder.into_inner();
                        if seek_member(stream)? {
                            self.state = State::Between(stream);
                        }
                        let number = self.count;
                        let detail = format!("gzip member {number} is damaged: {error}");
                        return Err(io::Error::new(io::ErrorKind::InvalidData, detail));
                    }
                },
            }
        }
    }
}

/// Passes over what stands before the next member; whether there is one.
fn seek_member(stream: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let block = stream.fill_buf()?;
        if block.is_empty() {
            return Ok(false);
        }
        let mut from = 0;
        while let Some(at) = memchr::memchr(0x1f, block.get(from..).unwrap_or_default()) {
            let rest = block.get(from + at..).unwrap_or_default();
            // A header that the block's end cuts is passed over: one member more is lost, and none is made up.
            if begins_member(rest) {
                stream.consume(from + at);
                return Ok(true);
            }
            from += at + 1;
        }
        let length = block.len();
        stream.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Write};

    fn member(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes out, with `!` for each failure.
    fn content(bytes: &[u8], block: usize) -> String {
        let mut stream = BufReader::with_capacity(block, bytes);
        let mut members = Members { state: State::Between(&mut stream), count: 0 };
        let mut content = String::new();
        let mut buffer = [0; 7];
        for _ in 0..10_000 {
            match members.read(&mut buffer) {
                Ok(0) => return content,
                Ok(count) => content.push_str(&String::from_utf8_lossy(&buffer[..count])),
                Err(_) => content.push('!'),
            }
        }
        panic!("no end");
    }

    #[test]
    fn members_follow_one_another() {
        let bytes = [member(b"One. "), member(b""), member(b"Two."), vec![0; 512]].concat();
        for block in [1, 3, 8192] {
            assert_eq!(content(&bytes, block), "One. Two.");
        }
    }

    #[test]
    fn a_damaged_member_is_one_failure() {
        let mut damaged = member("Lost. ".repeat(50).as_bytes());
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0xff;
        let bytes = [member(b"One. "), damaged, member(b"Three.")].concat();
        let content = content(&bytes, 8192);
        assert!(content.starts_with("One. ") && content.ends_with("!Three."), "{content}");
        assert_eq!(content.matches('!').count(), 1);
    }

    #[test]
    fn a_cut_member_fails() {
        let bytes = member("The ferry stayed. ".repeat(9).as_bytes());
        let content = content(&bytes[..bytes.len() - 9], 8192);
        assert!(content.ends_with('!'), "{content}");
    }
}
