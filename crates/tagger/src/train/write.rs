//! Prunes, rounds and lays out the weights as `model` reads them.

use super::Settings;
use super::crf::Trained;
use super::example::Examples;
use crate::model::{BUCKET, HEADER_BYTES, MAGIC, SCALE, SPILL_BUCKETS, fingerprint, home};

/// A model file and how many features it holds.
pub(crate) struct Written {
    pub(crate) file: Vec<u8>,
    pub(crate) kept: usize,
}

/// Share of the slots that are filled.
const LOAD: f64 = 0.78;

pub(crate) fn model(examples: &Examples, trained: &Trained, settings: &Settings) -> Written {
    let largest = |row: &[f32]| row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let mut kept: Vec<(f32, usize)> = (0..)
        .zip(&trained.weights)
        .map(|(number, row)| (largest(row), number))
        .filter(|&(weight, _)| weight >= settings.least_weight)
        .collect();
    kept.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    kept.truncate(settings.most_features);
    // Features are numbered by falling count: the frequent ones get the first slots.
    kept.sort_unstable_by_key(|&(_, number)| number);

    let buckets = ratio(kept.len()) + SPILL_BUCKETS;
    let mut slots = vec![[0_u8; 16]; buckets * BUCKET];
    for &(_, number) in &kept {
        let feature = examples.features[number].0;
        let mut at = home(feature, slots.len());
        while slots[at][13..] != [0, 0, 0] {
            at += 1;
        }
        for (byte, weight) in slots[at].iter_mut().zip(trained.weights[number]) {
            *byte = byte_of(weight).cast_unsigned();
        }
        let [a, b, c, _] = fingerprint(feature).to_le_bytes();
        slots[at][13..].copy_from_slice(&[a, b, c]);
    }
    let mut file = MAGIC.to_vec();
    file.resize(16, 0);
    for weight in trained.transitions.iter().flatten() {
        file.extend(whole(*weight).to_le_bytes());
    }
    file.resize(HEADER_BYTES, 0);
    file.extend(slots.as_flattened());
    Written { file, kept: kept.len() }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small positive count"
)]
fn ratio(kept: usize) -> usize {
    (kept as f64 / LOAD / BUCKET as f64).ceil() as usize + 1
}

/// A weight in sixteenths, within a signed byte.
#[expect(clippy::cast_possible_truncation, reason = "clamped to its range")]
fn byte_of(weight: f32) -> i8 {
    (weight * SCALE).round().clamp(-127.0, 127.0) as i8
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to its range")]
fn whole(weight: f32) -> i16 {
    (weight * SCALE).round().clamp(-16_000.0, 16_000.0) as i16
}
