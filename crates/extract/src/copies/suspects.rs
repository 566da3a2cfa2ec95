//! Which articles may have a copy at all: the first look over an index of any size, for which not all signatures need be in memory.

use dateline_article::signature::SIGNATURE_LENGTH;

use super::BAND;

/// Bytes of the values of one band.
const BAND_BYTES: usize = BAND * size_of::<u16>();

/// Tells of each of so many articles, `count` at most, whether it agrees with another one on all values of some band. All others are in no cluster, so that
/// [`clusters`](super::clusters) finds the same among these as among all.
///
/// `walk` hands the signature of every article to what it is given, in the same order at every call. It is called as often as is needed to hold no more than about
/// `memory_bytes` of them at a time, once at least.
///
/// # Errors
///
/// Those of `walk`.
pub fn suspects<E>(
    count: usize,
    memory_bytes: usize,
    mut walk: impl FnMut(&mut dyn FnMut(&[u16])) -> Result<(), E>,
) -> Result<Vec<bool>, E> {
    let bands = SIGNATURE_LENGTH / BAND;
    let at_a_time = (memory_bytes / BAND_BYTES / count.max(1)).clamp(1, bands);
    let mut suspected = vec![false; count];
    let mut values: Vec<[u16; BAND]> = Vec::with_capacity(count * at_a_time);
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(count);
    for first in (0..bands).step_by(at_a_time) {
        let here = at_a_time.min(bands - first);
        values.clear();
        walk(&mut |signature| {
            let of_bands = signature.get(first * BAND..).unwrap_or_default().as_chunks::<BAND>().0;
            let known = values.len() + here;
            values.extend(of_bands.iter().take(here));
            // As if it were short: no signature is.
            values.resize(known, [0; BAND]);
        })?;
        for band in 0..here {
            keys.clear();
            let of_band = values.iter().skip(band).step_by(here);
            keys.extend(of_band.map(|values| key(values)).zip(0..));
            keys.sort_unstable();
            for bucket in keys.chunk_by(|(a, _), (b, _)| a == b).filter(|bucket| bucket.len() > 1) {
                for (_, number) in bucket {
                    if let Some(suspected) = suspected.get_mut(*number as usize) {
                        *suspected = true;
                    }
                }
            }
        }
    }
    Ok(suspected)
}

/// The values of a band as one number.
pub(super) fn key(values: &[u16]) -> u64 {
    values.iter().fold(0, |key, value| key << 16 | u64::from(*value))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::copies::{Candidate, clusters, tests};

    #[test]
    fn clusters_of_suspects_are_those_of_all() {
        let candidates = tests::with_copies(120);
        let expected = clusters(candidates.clone());
        assert!(expected.len() > 20 && expected.len() < 100, "{}", expected.len());
        for memory_bytes in [0, 3_000, 20_000, 1 << 20] {
            let mut calls = 0;
            let suspected = suspects(candidates.len(), memory_bytes, |each| {
                calls += 1;
                for candidate in &candidates {
                    each(&candidate.signature);
                }
                Ok::<_, Infallible>(())
            });
            let suspected = suspected.unwrap();
            let left: Vec<Candidate> = candidates
                .iter()
                .zip(&suspected)
                .filter(|(_, is)| **is)
                .map(|(one, _)| one.clone())
                .collect();
            assert!(left.len() < candidates.len());
            assert_eq!(clusters(left), expected, "{memory_bytes}");
            assert_eq!(calls == 1, memory_bytes == 1 << 20, "{calls}");
        }
    }
}
