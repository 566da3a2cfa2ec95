//! The hash of words and features: 64 bits, the same on every machine and in every version.
//!
//! Not keyed: a hostile text may cause a wrong label by a collision, never slow code, because the
//! tables that are looked into are fixed when the model is built.

/// Hashes `bytes` after `seed`; multiply and fold, eight bytes at a time.
#[inline]
pub(crate) fn bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = seed ^ 0x51_7c_c1_b7_27_22_0a_95;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = round(state, u64::from_le_bytes(*chunk));
    }
    let mut last = [0_u8; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let length = (bytes.len() as u64) << 56;
    finish(round(state, u64::from_le_bytes(last) ^ length))
}

/// Hashes a pair; not symmetric.
#[inline]
pub(crate) const fn pair(first: u64, second: u64) -> u64 {
    let mixed = (first ^ second.rotate_left(23)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[inline]
const fn round(state: u64, value: u64) -> u64 {
    let mixed = (state ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

#[inline]
const fn finish(state: u64) -> u64 {
    let mixed = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 32)
}

/// Maps `hash` to one of `count` places, evenly, by its high bits.
#[inline]
pub(crate) fn place(hash: u64, count: usize) -> usize {
    let wide = u128::from(hash) * count as u128;
    usize::try_from(wide >> 64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_fixed() {
        // Changed values make every model file useless: raise the versions in `model`, `lexicon`.
        assert_eq!(bytes(1, b"Kyiv"), bytes(1, b"Kyiv"));
        assert_ne!(bytes(1, b"Kyiv"), bytes(2, b"Kyiv"));
        assert_ne!(bytes(1, b"ab"), bytes(1, b"ab\0"));
        assert_ne!(pair(1, 2), pair(2, 1));
    }

    #[test]
    fn places_are_spread() {
        let mut seen = [0_u32; 7];
        for value in 0_u64..7_000 {
            seen[place(bytes(3, &value.to_le_bytes()), 7)] += 1;
        }
        assert!(seen.iter().all(|&count| (800..1_200).contains(&count)), "{seen:?}");
    }
}
