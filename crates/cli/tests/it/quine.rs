//! A zip file whose only member is that very file, so that who unpacks archives in archives never comes to an end.
//!
//! The construction is that of R. Cox, "Zip Files All The Way Down" (2010): a DEFLATE stream made of blocks that print what stands after them and blocks that repeat
//! the end of what was printed, in an order in which what is printed stays in step with the file, headers included. The checksum that the file has to name of
//! itself solves 32 linear equations, as CRC-32 is linear but for a constant.

use std::io::{Cursor, Read as _};

use crate::{Desk, json_lines};

const NAME: &str = "quine.zip";
/// Bytes of the local header, so that the block which repeats it and the five bytes behind it has exactly five bytes.
const HEAD: usize = 60;
/// Bytes at the end that are printed and repeated; a multiple of the ten bytes that fill the way there.
const TAIL: usize = 100;

/// Bits from the lowest on, as DEFLATE has them; the codes of its fixed table begin with their highest.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn number(&mut self, value: usize, count: u32) {
        self.0.extend((0..count).map(|bit| value >> bit & 1 == 1));
    }

    fn code(&mut self, value: usize, count: u32) {
        self.0.extend((0..count).rev().map(|bit| value >> bit & 1 == 1));
    }

    /// Begins a block of the fixed table.
    fn open(&mut self) {
        self.number(0, 1);
        self.number(1, 2);
    }

    fn close(&mut self) {
        self.code(0, 7);
    }

    /// `length` bytes from `distance` bytes ago, both in the part of the tables that is needed here.
    fn repeat(&mut self, length: usize, distance: usize) {
        let (symbol, extra, least) = match length {
            3..=10 => (254 + length, 0, length),
            11..=18 => (265 + (length - 11) / 2, 1, (length - 11) / 2 * 2 + 11),
            35..=66 => (273 + (length - 35) / 8, 3, (length - 35) / 8 * 8 + 35),
            67..=114 => (277 + (length - 67) / 16, 4, (length - 67) / 16 * 16 + 67),
            _ => panic!("no code for {length}"),
        };
        self.code(symbol - 256, 7);
        self.number(length - least, extra);
        let (symbol, extra, least) = match distance {
            17..=24 => (8, 3, 17),
            65..=96 => (12, 5, 65),
            97..=128 => (13, 5, 97),
            _ => panic!("no code for {distance}"),
        };
        self.code(symbol, 5);
        self.number(distance - least, extra);
    }

    fn bytes(&self) -> Vec<u8> {
        let byte =
            |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        self.0.chunks(8).map(byte).collect()
    }
}

/// A block that prints the `length` bytes after it.
fn print(length: usize) -> Vec<u8> {
    let length = u16::try_from(length).unwrap();
    [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat()
}

/// Blocks that print the last `length` bytes again, of which five bytes are wanted where there is a way to fill them.
fn repeat(length: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.open();
    match length {
        20 => (0..2).for_each(|_| bits.repeat(10, 20)),
        _ => bits.repeat(length, length),
    }
    bits.close();
    if length == HEAD + 5 {
        // A block of nothing.
        bits.open();
        bits.close();
    }
    if bits.0.len() % 8 == 0 {
        return bits.bytes();
    }
    // A block that prints nothing begins at the next byte.
    bits.number(0, 3);
    [bits.bytes(), vec![0, 0, 0xff, 0xff]].concat()
}

fn fields(of: &[(u32, usize)]) -> Vec<u8> {
    of.iter().flat_map(|(value, bytes)| value.to_le_bytes()[..*bytes].to_vec()).collect()
}

/// The file where it names `sum` as its checksum, and `sizes` as packed and whole.
fn file(sum: u32, sizes: [u32; 2]) -> (Vec<u8>, [u32; 2]) {
    let name = u32::try_from(NAME.len()).unwrap();
    let shared = [
        (20, 2),
        (0, 2),
        (8, 2),
        (0, 2),
        (0x5a21, 2),
        (sum, 4),
        (sizes[0], 4),
        (sizes[1], 4),
        (name, 2),
    ];
    let padding = HEAD - 30 - NAME.len();
    let mut head = fields(&[(0x0403_4b50, 4)]);
    head.extend(fields(&shared));
    head.extend(fields(&[(u32::try_from(padding).unwrap(), 2)]));
    head.extend(NAME.bytes());
    head.extend(fields(&[(0x7171, 2), (u32::try_from(padding - 4).unwrap(), 2)]));
    head.resize(HEAD, 0);

    let last = repeat(TAIL);
    let mut listed = fields(&[(0x0201_4b50, 4), (20, 2)]);
    listed.extend(fields(&shared));
    listed.extend(fields(&[(0, 2), (0, 2), (0, 2), (0, 2), (0, 4), (0, 4)]));
    listed.extend(NAME.bytes());
    // The last block, which is empty; then what comes after the stream.
    let mut tail = vec![1, 0, 0, 0xff, 0xff];
    let stream_end = tail.len();
    tail.extend(&listed);
    let comment = TAIL - last.len() - tail.len() - 22;
    let offset = sizes[0] + u32::try_from(HEAD).unwrap();
    let ends = [
        (0x0605_4b50, 4),
        (0, 2),
        (0, 2),
        (1, 2),
        (1, 2),
        (u32::try_from(listed.len()).unwrap(), 4),
        (offset, 4),
    ];
    tail.extend(fields(&ends));
    tail.extend(fields(&[(u32::try_from(comment).unwrap(), 2)]));
    tail.resize(TAIL - last.len(), b'.');

    let head_again = repeat(HEAD + 5);
    let (five, twenty) = (print(5), print(20));
    let filling = [repeat(20), print(TAIL)].concat().repeat(TAIL / 10);
    let stream = [
        print(HEAD + 5),
        head.clone(),
        print(HEAD + 5),
        head_again.clone(),
        five.clone(),
        head_again.clone(),
        five.clone(),
        five.clone(),
        twenty.clone(),
        head_again,
        five.clone(),
        five,
        twenty,
        repeat(20),
        print(TAIL),
        filling,
        repeat(20),
        print(TAIL),
        last.clone(),
        tail.clone(),
        last,
    ]
    .concat();
    let packed = stream.len() + stream_end;
    let whole = [head, stream, tail].concat();
    let sizes = [u32::try_from(packed).unwrap(), u32::try_from(whole.len()).unwrap()];
    (whole, sizes)
}

/// The checksum of the zip format.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

/// The file that holds itself.
pub(crate) fn quine() -> Vec<u8> {
    let (_, sizes) = file(0, [0, 0]);
    let sum_of = |sum: u32| crc32(&file(sum, sizes).0);
    let constant = sum_of(0);
    // Row by row: which bits of the sum a bit of it turns, and itself; in the upper half what they have to come to.
    let columns: Vec<u32> = (0..32).map(|bit| sum_of(1 << bit) ^ constant ^ (1 << bit)).collect();
    let mut rows: Vec<u64> = (0..32)
        .map(|row| {
            let bits = (0..32).map(|column| u64::from(columns[column] >> row & 1) << column);
            bits.sum::<u64>() | u64::from(constant >> row & 1) << 32
        })
        .collect();
    for column in 0..32 {
        // Where there is none, another time of day would give one.
        let pivot = (column..32).find(|row| rows[*row] >> column & 1 == 1).unwrap();
        rows.swap(column, pivot);
        for row in 0..32 {
            if row != column && rows[row] >> column & 1 == 1 {
                rows[row] ^= rows[column];
            }
        }
    }
    let sum = rows.iter().enumerate().map(|(bit, row)| u32::from(row >> 32 & 1 == 1) << bit).sum();
    file(sum, sizes).0
}

#[test]
fn a_zip_of_itself_ends_and_is_counted() {
    let quine = quine();
    let mut archive = zip::ZipArchive::new(Cursor::new(&quine)).unwrap();
    let mut inner = Vec::new();
    archive.by_name(NAME).unwrap().read_to_end(&mut inner).unwrap();
    assert!(inner == quine, "it does not hold itself: {} and {} bytes", inner.len(), quine.len());

    let desk = Desk::small();
    desk.put(NAME, &quine);
    let done =
        json_lines(&desk.stdout(0, &["index", "news", "--format", "json", "--errors", "errors"]));
    assert_eq!(done[0]["articles"], 3, "{done:?}");
    assert_eq!(done[0]["skipped"], serde_json::json!({"over-limit": 1}), "{done:?}");
    let told = json_lines(&std::fs::read_to_string(desk.path("errors")).unwrap());
    let path = told[0]["path"].as_str().unwrap();
    assert!(path.starts_with("quine.zip!/quine.zip!/quine.zip!/"), "{told:?}");
}
