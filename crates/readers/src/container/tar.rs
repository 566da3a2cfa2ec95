//! tar in all its dialects (v7, ustar, GNU, pax), as a stream: member after member, none held in memory.
//!
//! Read by hand: long names are bounded, and behind a damaged header reading goes on at the next whole one. Links and devices are passed by.
//! After POSIX.1-2017 (`pax`) and the manual of GNU tar, "Basic Tar Format".

use std::io::{self, BufRead, Read};

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt};

/// Reader of tar archives.
pub(crate) struct Tar;

const BLOCK_BYTES: usize = 512;

/// Bytes of a long name or of pax records at most.
const LONGEST_EXTENSION_BYTES: u64 = 64 << 10;

type Block = [u8; BLOCK_BYTES];

impl Reader for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let header = sample.bytes().first_chunk::<BLOCK_BYTES>();
        if header.is_some_and(|block| Header::of(block).is_some()) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let stream = input.stream();
        let mut next = Next::default();
        let mut in_order = true;
        while let Some(block) = block(stream)? {
            let Some(header) = Header::of(&block) else {
                // Two blocks of zeros are the end, but archives that were put together have more behind them.
                if block.iter().any(|&byte| byte != 0) && in_order {
                    found.skip(None, Fault::malformed("a header is damaged"))?;
                    in_order = false;
                }
                continue;
            };
            in_order = true;
            let size = next.size.unwrap_or(header.size);
            let mut content = stream.take(size);
            match header.kind {
                b'L' => next.name = Some(extension(&mut content)?),
                b'x' => next.take_records(&extension(&mut content)?),
                b'0' | 0 | b'7' | b'S' => {
                    let written = next.name.take().unwrap_or(header.name);
                    next = Next::default();
                    let name = member::name(&written);
                    // Old archives write folders as files whose names end so.
                    if !name.ends_with('/') && !member::is_by_the_way(&name) {
                        found.member(&name, Box::new(&mut content), Some(size))?;
                    }
                }
                b'g' | b'K' => {}
                _ => next = Next::default(),
            }
            io::copy(&mut content, &mut io::sink())?;
            if content.limit() > 0 {
                let detail = format!("the archive ends {} bytes too early", content.limit());
                return Err(Fault::malformed(detail).into());
            }
            let padding = (BLOCK_BYTES as u64 - size % BLOCK_BYTES as u64) % BLOCK_BYTES as u64;
            io::copy(&mut stream.take(padding), &mut io::sink())?;
        }
        Ok(())
    }
}

/// The next block; a last one that is cut counts as the end.
fn block(stream: &mut dyn BufRead) -> io::Result<Option<Block>> {
    let mut block = [0; BLOCK_BYTES];
    match stream.read_exact(&mut block) {
        Ok(()) => Ok(Some(block)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The content of an extension header, up to its bound.
fn extension(content: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.take(LONGEST_EXTENSION_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What extension headers say of the member after them.
#[derive(Default)]
struct Next {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Next {
    /// Takes `path` and `size` from pax records: `LENGTH KEY=VALUE\n`, where the length counts the whole record.
    fn take_records(&mut self, mut records: &[u8]) {
        while let Some(blank) = memchr::memchr(b' ', records) {
            let Some(length) = records.get(..blank).and_then(decimal) else { return };
            let Ok(length) = usize::try_from(length) else { return };
            let Some(record) = records.get(blank + 1..length) else { return };
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            if let Some(path) = record.strip_prefix(b"path=") {
                self.name = Some(path.to_vec());
            } else if let Some(size) = record.strip_prefix(b"size=") {
                self.size = decimal(size).or(self.size);
            }
            records = records.get(length..).unwrap_or_default();
        }
    }
}

fn decimal(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// What is needed of a header.
struct Header {
    name: Vec<u8>,
    size: u64,
    kind: u8,
}

impl Header {
    /// Reads a block whose checksum is right; `None` for any other.
    fn of(block: &Block) -> Option<Self> {
        let field = |start: usize, length: usize| {
            let field = block.get(start..start + length).unwrap_or_default();
            field.split(|&byte| byte == 0).next().unwrap_or_default()
        };
        let written = number(block.get(148..156)?)?;
        let byte = |(at, &byte): (usize, &u8)| {
            if (148..156).contains(&at) { b' ' } else { byte }
        };
        let sum: u64 = block.iter().enumerate().map(|pair| u64::from(byte(pair))).sum();
        // Old programs added the bytes up as signed numbers.
        let signed: i64 =
            block.iter().enumerate().map(|pair| i64::from(i8::from_ne_bytes([byte(pair)]))).sum();
        if sum != written && u64::try_from(signed) != Ok(written) {
            return None;
        }
        let mut name = field(0, 100).to_vec();
        let prefix = field(345, 155);
        let is_ustar = block.get(257..263) == Some(b"ustar\0");
        if is_ustar && !prefix.is_empty() {
            name = [prefix, b"/", &name].concat();
        }
        let size = number(block.get(124..136)?)?;
        let kind = *block.get(156)?;
        (!name.is_empty()).then_some(Self { name, size, kind })
    }
}

/// A number in octal digits, or in GNU's binary form for large ones.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, rest @ ..] = field {
        let (high, low) = rest.split_last_chunk::<8>()?;
        return high.iter().all(|&byte| byte == 0).then(|| u64::from_be_bytes(*low));
    }
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches([' ', '\0']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header as POSIX has it.
    fn header(name: &str, size: &[u8], kind: u8) -> Block {
        let mut block = [0; BLOCK_BYTES];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..124 + size.len()].copy_from_slice(size);
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        block[148..156].fill(b' ');
        let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        block
    }

    #[test]
    fn headers_are_known_by_their_sum() {
        let mut block = header("a/b.txt", b"00000000017\0", b'0');
        let read = Header::of(&block).unwrap();
        assert_eq!((read.name.as_slice(), read.size, read.kind), (&b"a/b.txt"[..], 15, b'0'));
        block[0] ^= 1;
        assert!(Header::of(&block).is_none());
        assert!(Header::of(&[0; BLOCK_BYTES]).is_none());
    }

    #[test]
    fn numbers_of_every_form() {
        let check = |field: &[u8], expected: Option<u64>| assert_eq!(number(field), expected);
        check(b"00000000017\0", Some(15));
        check(b"        17 \0", Some(15));
        check(b"\0\0\0", Some(0));
        check(b"\x80\0\0\0\0\0\0\x02\0\0\0\0", Some(8 << 30));
        check(b"\x80\x01\0\0\0\0\0\x02\0\0\0\0", None);
        check(b"0000008\0", None);
        check(b"\xff\xff", None);
    }

    #[test]
    fn pax_records_name_the_next_member() {
        let check = |records: &str, name: Option<&str>, size: Option<u64>| {
            let mut next = Next::default();
            next.take_records(records.as_bytes());
            assert_eq!((next.name.as_deref(), next.size), (name.map(str::as_bytes), size));
        };
        check("13 path=a/\u{e9}\n12 size=123\n", Some("a/\u{e9}"), Some(123));
        check("15 comment=a b\n12 path=a=b\n", Some("a=b"), None);
        check("99 path=a\n", None, None);
        check("x path=a\n", None, None);
        check("0 path=a\n", None, None);
    }
}
