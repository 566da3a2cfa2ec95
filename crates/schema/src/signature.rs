//! The signature of an article's copies as bytes of a column: its values in as many bits as they have, lowest first, then the gaps between the hashes of
//! numbers and names in a Rice code (R. F. Rice, Some practical universal noiseless coding techniques, 1979).

use dateline_article::signature::{SIGNATURE_BITS, SIGNATURE_LENGTH, TELLING_BITS};

/// Bits that tell how many hashes there are.
const COUNT_BITS: u32 = 8;
/// Bits that tell how many bits of a gap are written as they are.
const LOW_BITS: u32 = 4;

/// The bytes of a signature.
pub(crate) fn pack(signature: &[u16]) -> Vec<u8> {
    let (values, telling) =
        signature.split_at_checked(SIGNATURE_LENGTH).unwrap_or((signature, &[]));
    let mut bits = Bits { bytes: Vec::with_capacity(signature.len() * 2), ..Bits::default() };
    for value in values {
        bits.push(u32::from(*value), SIGNATURE_BITS);
    }
    let telling = telling.get(..telling.len().min((1 << COUNT_BITS) - 1)).unwrap_or_default();
    let count = u32::try_from(telling.len()).unwrap_or_default();
    bits.push(count, COUNT_BITS);
    if let Some(last) = telling.last() {
        // The best where gaps are spread as those of random numbers are.
        let low = (u32::from(*last) / count).max(1).ilog2().min(TELLING_BITS);
        bits.push(low, LOW_BITS);
        let mut before = 0;
        for hash in telling {
            let gap = u32::from(hash.saturating_sub(before));
            before = *hash;
            for _ in 0..gap >> low {
                bits.push(1, 1);
            }
            bits.push(0, 1);
            bits.push(gap, low);
        }
    }
    bits.end()
}

/// Reads the signature that an article's document holds into `signature`, which it clears; a piece of one where the bytes end too early.
pub fn unpack(bytes: &[u8], signature: &mut Vec<u16>) {
    signature.clear();
    let mut bits = BitsOf { bytes: bytes.iter(), waiting: 0, count: 0 };
    let mut read = || {
        for _ in 0..SIGNATURE_LENGTH {
            signature.push(bits.next(SIGNATURE_BITS)?);
        }
        let count = bits.next(COUNT_BITS)?;
        let low = if count > 0 { bits.next(LOW_BITS)? } else { 0 };
        let mut hash = 0_u16;
        for _ in 0..count {
            let mut high = 0_u16;
            while bits.next(1)? == 1 {
                high = high.saturating_add(1);
            }
            let gap = high.checked_shl(low.into())? | bits.next(low.into())?;
            hash = hash.saturating_add(gap);
            signature.push(hash);
        }
        Some(())
    };
    // What is missing is missing.
    let _whole = read();
}

/// Bits on their way into bytes.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    /// Adds the lowest `count` bits of `value`, 16 at most.
    fn push(&mut self, value: u32, count: u32) {
        self.waiting |= (value & ((1 << count) - 1)) << self.count;
        self.count += count;
        while self.count >= u8::BITS {
            let [lowest, ..] = self.waiting.to_le_bytes();
            self.bytes.push(lowest);
            self.waiting >>= u8::BITS;
            self.count -= u8::BITS;
        }
    }

    fn end(mut self) -> Vec<u8> {
        if self.count > 0 {
            let fill = u8::BITS - self.count;
            self.push(0, fill);
        }
        self.bytes
    }
}

/// Bits on their way out of bytes.
struct BitsOf<'bytes> {
    bytes: std::slice::Iter<'bytes, u8>,
    waiting: u32,
    count: u32,
}

impl BitsOf<'_> {
    /// The next `count` bits, 16 at most; `None` where they end.
    fn next(&mut self, count: u32) -> Option<u16> {
        while self.count < count {
            self.waiting |= u32::from(*self.bytes.next()?) << self.count;
            self.count += u8::BITS;
        }
        let value = self.waiting & ((1 << count) - 1);
        self.waiting >>= count;
        self.count -= count;
        u16::try_from(value).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Vec<u16> {
        (0_u16..).take(SIGNATURE_LENGTH).map(|n| n * 397 % (1 << SIGNATURE_BITS)).collect()
    }

    #[test]
    fn signatures_come_back() {
        let check = |telling: &[u16], most_bytes: usize| {
            let signature = [values(), telling.to_vec()].concat();
            let bytes = pack(&signature);
            let mut found = vec![7];
            unpack(&bytes, &mut found);
            assert_eq!(found, signature, "{telling:?}");
            assert!(bytes.len() <= most_bytes, "{} bytes: {telling:?}", bytes.len());
        };
        let every = |step: u16| (0..64).map(|n| n * step).collect::<Vec<_>>();
        check(&[], 161);
        check(&[0], 163);
        check(&[4095], 164);
        check(&[0, 4095], 166);
        check(&[0, 1, 2, 3], 163);
        check(&every(1), 180);
        check(&every(64), 162 + 64);
    }

    #[test]
    fn bytes_cut_short_give_a_piece() {
        let signature = [values(), vec![1, 500, 4000]].concat();
        let bytes = pack(&signature);
        let mut found = Vec::new();
        for length in 0..bytes.len() {
            unpack(&bytes[..length], &mut found);
            assert!(signature.starts_with(&found), "{length}: {found:?}");
            assert!(found.len() < signature.len(), "{length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(0_u8..=255, 0..300)) {
            unpack(&bytes, &mut Vec::new());
        }
    }
}
