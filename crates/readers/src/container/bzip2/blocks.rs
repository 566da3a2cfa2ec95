//! Decompresses bzip2: Huffman codes, move to front, the Burrows–Wheeler transform, and runs. One block (up to 900 kB) is in memory.
//!
//! By hand, since the crates that read several streams are not under a licence that this project allows, and the others read one only. After
//! the description of the format by J. Tsai, "BZIP2: Format Specification" (2016). Randomised blocks, which no program has written since 1997,
//! are refused.

use std::io::{self, BufRead, Read};

/// The content of all streams.
pub(super) struct Blocks<'s> {
    bits: Bits<'s>,
    /// Bytes of a block of this stream at most; 0 between streams.
    most: usize,
    block: Block,
    ended: bool,
}

/// A block being given out.
#[derive(Default)]
struct Block {
    /// For each place the byte there, and above it the place of the byte after it.
    next: Vec<u32>,
    at: u32,
    /// Bytes before runs are expanded that are not given out yet.
    left: usize,
    /// The byte given out last, how often in a row, and how often it is still to come.
    last: u8,
    in_a_row: u8,
    repeat: u8,
    /// Checksum so far, and as written.
    sum: u32,
    written_sum: u32,
}

const BLOCK_MAGIC: u64 = 0x3141_5926_5359;
const END_MAGIC: u64 = 0x1772_4538_5090;

/// Symbols of a group, which share one code.
const GROUP_SYMBOLS: usize = 50;
const LONGEST_CODE: usize = 20;

impl<'s> Blocks<'s> {
    pub(super) fn new(stream: &'s mut dyn BufRead) -> Self {
        let bits = Bits { stream, held: 0, count: 0 };
        Self { bits, most: 0, block: Block::default(), ended: false }
    }

    /// Begins the next block; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.most == 0 {
                if self.bits.is_at_end()? {
                    return Ok(false);
                }
                let [b, z, h, level] = self.bits.take(32)?.to_be_bytes();
                if [b, z, h] != *b"BZh" || !(b'1'..=b'9').contains(&level) {
                    return Err(damaged("no stream begins here"));
                }
                self.most = usize::from(level - b'0') * 100_000;
            }
            let magic = u64::from(self.bits.take(24)?) << 24 | u64::from(self.bits.take(24)?);
            let written_sum = self.bits.take(32)?;
            match magic {
                // The sum of the whole stream says nothing that those of its blocks do not.
                END_MAGIC => {
                    self.bits.align();
                    self.most = 0;
                }
                BLOCK_MAGIC => {
                    self.block = read_block(&mut self.bits, self.most, written_sum)?;
                    return Ok(true);
                }
                _ => return Err(damaged("no block begins here")),
            }
        }
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() && !self.ended {
            let count = self.block.give_out(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            // After a failure there is nothing more.
            self.ended = true;
            self.ended = !self.begin()?;
        }
        Ok(0)
    }
}

impl Block {
    /// Gives out bytes with their runs expanded: after four of one kind in a row comes how many more follow.
    fn give_out(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = 0;
        for place in buffer {
            if self.repeat > 0 {
                self.repeat -= 1;
            } else {
                let Some(mut byte) = self.following() else { break };
                if self.in_a_row == 4 {
                    self.in_a_row = 0;
                    if byte > 0 {
                        self.repeat = byte - 1;
                        byte = self.last;
                    } else {
                        let Some(next) = self.following() else { break };
                        (byte, self.last, self.in_a_row) = (next, next, 1);
                    }
                } else {
                    self.in_a_row = if byte == self.last { self.in_a_row + 1 } else { 1 };
                    self.last = byte;
                }
                *place = byte;
                self.add(byte);
                count += 1;
                continue;
            }
            *place = self.last;
            self.add(self.last);
            count += 1;
        }
        if count == 0 && self.written_sum != self.sum ^ u32::MAX && !self.next.is_empty() {
            return Err(damaged("the checksum of a block is wrong"));
        }
        Ok(count)
    }

    fn following(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        let cell = *self.next.get(self.at as usize)?;
        self.at = cell >> 8;
        let [.., byte] = cell.to_be_bytes();
        Some(byte)
    }

    fn add(&mut self, byte: u8) {
        let [high, ..] = self.sum.to_be_bytes();
        let row = SUMS.get(usize::from(high ^ byte)).copied().unwrap_or_default();
        self.sum = self.sum << 8 ^ row;
    }
}

fn read_block(bits: &mut Bits<'_>, most: usize, written_sum: u32) -> io::Result<Block> {
    if bits.take(1)? == 1 {
        return Err(damaged("a randomised block is not read"));
    }
    let origin = bits.take(24)?;
    let mut front = used_bytes(bits)?;
    let symbols = front.len() + 2;
    let tables = bits.take(3)? as usize;
    let selectors = bits.take(15)? as usize;
    if !(2..=6).contains(&tables) || selectors == 0 || front.is_empty() {
        return Err(damaged("a block's header is wrong"));
    }
    let selectors = read_selectors(bits, tables, selectors)?;
    let codes = (0..tables).map(|_| Code::read(bits, symbols)).collect::<io::Result<Vec<_>>>()?;

    let mut bytes: Vec<u32> = Vec::new();
    let (mut run, mut weight) = (0_usize, 1_usize);
    'groups: for table in selectors {
        let code = codes.get(table).ok_or_else(|| damaged("a code is missing"))?;
        for _ in 0..GROUP_SYMBOLS {
            let symbol = usize::from(code.next(bits)?);
            if symbol < 2 {
                // Digits one and two of a length in base two.
                run += weight << symbol;
                weight <<= 1;
                if run > most {
                    return Err(damaged("a block is longer than its stream allows"));
                }
                continue;
            }
            let same = front.first().copied().unwrap_or_default();
            bytes.resize(bytes.len() + std::mem::take(&mut run), u32::from(same));
            weight = 1;
            if symbol == symbols - 1 {
                break 'groups;
            }
            let place = symbol - 1;
            front.get_mut(..=place).ok_or_else(|| damaged("a symbol is unknown"))?.rotate_right(1);
            bytes.extend(front.first().copied().map(u32::from));
            if bytes.len() > most {
                return Err(damaged("a block is longer than its stream allows"));
            }
        }
    }
    if bytes.len() > most || run > 0 {
        return Err(damaged("a block has no end"));
    }
    let left = bytes.len();
    let next = untransformed(bytes);
    let at = next.get(origin as usize).ok_or_else(|| damaged("a block has no beginning"))? >> 8;
    Ok(Block { next, at, left, sum: u32::MAX, written_sum, ..Block::default() })
}

/// Inverts the transform: links each byte to the one after it.
fn untransformed(mut bytes: Vec<u32>) -> Vec<u32> {
    let mut starts = [0_u32; 256];
    for &byte in &bytes {
        if let Some(count) = starts.get_mut((byte & 0xff) as usize) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    for place in 0..bytes.len() {
        let byte = bytes.get(place).copied().unwrap_or_default() & 0xff;
        let Some(start) = starts.get_mut(byte as usize) else { continue };
        if let (Some(cell), Ok(place)) = (bytes.get_mut(*start as usize), u32::try_from(place)) {
            *cell |= place << 8;
        }
        *start += 1;
    }
    bytes
}

/// The bytes that occur in the block, in order.
fn used_bytes(bits: &mut Bits<'_>) -> io::Result<Vec<u8>> {
    let rows = bits.take(16)?;
    let mut used = Vec::new();
    for row in 0..16_u8 {
        if rows & (0x8000 >> row) == 0 {
            continue;
        }
        let columns = bits.take(16)?;
        used.extend(
            (0..16_u8)
                .filter(|column| columns & (0x8000 >> column) != 0)
                .map(|column| row * 16 + column),
        );
    }
    Ok(used)
}

/// Which table codes each group, written as places in a list whose used ones move to the front.
fn read_selectors(bits: &mut Bits<'_>, tables: usize, count: usize) -> io::Result<Vec<usize>> {
    let mut front: Vec<usize> = (0..tables).collect();
    let mut selectors = Vec::new();
    for _ in 0..count {
        let mut place = 0;
        while bits.take(1)? == 1 {
            place += 1;
            if place == tables {
                return Err(damaged("a table is unknown"));
            }
        }
        front.get_mut(..=place).unwrap_or_default().rotate_right(1);
        selectors.extend(front.first());
    }
    Ok(selectors)
}

/// A canonical Huffman code.
struct Code {
    /// For each length the first code, the number of codes, and where their symbols begin.
    lengths: [(u32, u32, u32); LONGEST_CODE + 1],
    /// Symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Code {
    fn read(bits: &mut Bits<'_>, symbols: usize) -> io::Result<Self> {
        let mut length = bits.take(5)? as usize;
        let mut of_symbol: Vec<(usize, u16)> = Vec::new();
        for symbol in 0..symbols {
            loop {
                if !(1..=LONGEST_CODE).contains(&length) {
                    return Err(damaged("a code is too long"));
                }
                if bits.take(1)? == 0 {
                    break;
                }
                length = if bits.take(1)? == 0 { length + 1 } else { length - 1 };
            }
            of_symbol.push((length, u16::try_from(symbol).unwrap_or_default()));
        }
        of_symbol.sort_unstable();
        let mut lengths = [(0, 0, 0); LONGEST_CODE + 1];
        let (mut first, mut begin) = (0_u32, 0_u32);
        for (length, entry) in lengths.iter_mut().enumerate() {
            let count = of_symbol.iter().filter(|(of, _)| *of == length).count();
            let count = u32::try_from(count).unwrap_or_default();
            first <<= 1;
            *entry = (first, count, begin);
            first += count;
            begin += count;
        }
        Ok(Self { lengths, symbols: of_symbol.into_iter().map(|(_, symbol)| symbol).collect() })
    }

    fn next(&self, bits: &mut Bits<'_>) -> io::Result<u16> {
        let mut code = 0;
        for (first, count, begin) in self.lengths.iter().skip(1) {
            code = code << 1 | bits.take(1)?;
            if let Some(place) = code.checked_sub(*first)
                && place < *count
            {
                let symbol = self.symbols.get((begin + place) as usize);
                return symbol.copied().ok_or_else(|| damaged("a symbol is unknown"));
            }
        }
        Err(damaged("a code is unknown"))
    }
}

/// Bits of a stream, the highest of each byte first.
struct Bits<'s> {
    stream: &'s mut dyn BufRead,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// The next 32 bits or fewer.
    fn take(&mut self, count: u32) -> io::Result<u32> {
        while self.count < count {
            let block = self.stream.fill_buf()?;
            let Some(four) = block.first_chunk::<4>().filter(|_| self.count <= 32) else {
                let Some(&byte) = block.first() else {
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the stream is cut"));
                };
                self.held = self.held << 8 | u64::from(byte);
                self.count += 8;
                self.stream.consume(1);
                continue;
            };
            self.held = self.held << 32 | u64::from(u32::from_be_bytes(*four));
            self.count += 32;
            self.stream.consume(4);
        }
        self.count -= count;
        let bits = self.held >> self.count & ((1 << count) - 1);
        Ok(u32::try_from(bits).unwrap_or_default())
    }

    fn align(&mut self) {
        self.count -= self.count % 8;
    }

    /// Whether no whole byte follows.
    fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.count < 8 && self.stream.fill_buf()?.is_empty())
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged bzip2: {what}"))
}

/// The checksum's table: CRC-32 with the highest bit first.
const SUMS: [u32; 256] = {
    let mut table = [0_u32; 256];
    let mut row = 0_u32;
    while row < 256 {
        let mut sum = row << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 == 0 { sum << 1 } else { sum << 1 ^ 0x04c1_1db7 };
            bit += 1;
        }
        table[row as usize] = sum;
        row += 1;
    }
    table
};

#[cfg(test)]
mod tests;
