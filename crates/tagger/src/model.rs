//! The learned weights: for a feature one 8-bit weight a label, in 16-byte slots read in place.
//!
//! Open addressing by cache lines of four slots; the last three bytes of a slot are a fingerprint
//! of the feature. Weights are in sixteenths. Training and pruning are elsewhere (`train`).

use crate::hash;
use crate::label::LABELS;
use crate::viterbi::Steps;

/// First bytes of the file; the last one is the version of its layout, of the hash and of the
/// feature templates.
pub(crate) const MAGIC: [u8; 8] = *b"DLMODEL\x01";
pub(crate) const HEADER_BYTES: usize = 512;
/// Slots in a cache line.
pub(crate) const BUCKET: usize = 4;
/// A weight of one, as stored.
#[cfg(feature = "train")]
pub(crate) const SCALE: f32 = 16.0;

/// Label scores of a token in sixteenths; lanes from [`LABELS`] on hold no meaning.
pub(crate) type Scores = [i16; 16];

/// The score of going from one label (outer) to the next (inner), in sixteenths.
pub(crate) type Transitions = [[i16; LABELS]; LABELS];

/// The weights, in place.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    pub(crate) steps: Steps,
    slots: &'a [[u8; 16]],
}

impl<'a> Model<'a> {
    /// The model that knows nothing.
    pub(crate) fn empty() -> Model<'static> {
        Model { steps: Steps::new(&[[0; LABELS]; LABELS]), slots: &[] }
    }

    /// Reads the header; `None` when the bytes are not a model of this version.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.get(..HEADER_BYTES)?;
        let slots = bytes.get(HEADER_BYTES..)?.as_chunks::<16>();
        if !header.starts_with(&MAGIC) || !slots.1.is_empty() || slots.0.len() % BUCKET != 0 {
            return None;
        }
        let numbers = header.get(16..)?.as_chunks::<2>().0;
        let mut numbers = numbers.iter().map(|number| i16::from_le_bytes(*number));
        let mut transitions = [[0; LABELS]; LABELS];
        for weight in transitions.iter_mut().flatten() {
            *weight = numbers.next()?;
        }
        Some(Self { steps: Steps::new(&transitions), slots: slots.0 })
    }

    /// The slot of `feature`, whose first slot has the fingerprint `head`.
    #[inline]
    fn slot(&self, feature: u64, head: u32) -> Option<&[u8; 16]> {
        let wanted = fingerprint(feature);
        let home = home(feature, self.slots.len());
        let at = if head == wanted { home } else { self.displaced(home, wanted)? };
        self.slots.get(at)
    }

    /// The fingerprint in the first slot of `feature`, 0 for an empty one.
    #[inline]
    fn head(&self, feature: u64) -> u32 {
        self.slots.get(home(feature, self.slots.len())).map_or(0, fingerprint_in)
    }

    /// Looks for a feature behind its first slot.
    #[inline]
    fn displaced(&self, home: usize, wanted: u32) -> Option<usize> {
        for (at, slot) in (home + 1..).zip(self.slots.get(home + 1..).unwrap_or_default()) {
            match fingerprint_in(slot) {
                0 => return None,
                found if found == wanted => return Some(at),
                _ => {}
            }
        }
        None
    }
}

/// Tells of most features that the model has no weights for them, without a look at its slots: ten of them lie behind one another where none of them is the
/// feature's, far apart from all that was looked at before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter(Vec<u64>);

/// Bits of a fingerprint that the filter goes by. At 22 it takes half a megabyte, which stays in the caches, and one of nine features without weights passes.
const FILTER_BITS: u32 = 22;

impl Filter {
    /// The filter of a model.
    pub(crate) fn of(model: &Model<'_>) -> Self {
        let mut words = vec![0; 1 << (FILTER_BITS - u64::BITS.trailing_zeros())];
        // An empty slot is no feature's: none has the fingerprint 0.
        for found in model.slots.iter().map(fingerprint_in).filter(|found| *found != 0) {
            let (word, bit) = Self::place(found);
            if let Some(word) = words.get_mut(word) {
                *word |= bit;
            }
        }
        Self(words)
    }

    /// Whether `feature` may have weights.
    #[inline]
    fn may_have(&self, feature: u64) -> bool {
        let (word, bit) = Self::place(fingerprint(feature));
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Where the bit of a fingerprint stands: its word, and the word with that bit.
    #[inline]
    fn place(fingerprint: u32) -> (usize, u64) {
        let bits = fingerprint & ((1 << FILTER_BITS) - 1);
        ((bits / u64::BITS) as usize, 1 << (bits % u64::BITS))
    }
}

/// Features on their way to the scores that their weights are added to.
///
/// The first slots of many features are read before any is looked at, so that the waits for memory overlap.
// perf: benches/extract.rs
pub(crate) struct Adder<'m> {
    model: &'m Model<'m>,
    filter: &'m Filter,
    features: [(u64, usize); AT_ONCE],
    count: usize,
}

/// How many slots are read before they are looked at.
const AT_ONCE: usize = 64;

impl<'m> Adder<'m> {
    /// Of a model and its filter.
    pub(crate) fn new(model: &'m Model<'m>, filter: &'m Filter) -> Self {
        Self { model, filter, features: [(0, 0); AT_ONCE], count: 0 }
    }

    /// Takes `feature` for the scores of number `row`; they are added to `scores`, the same at every call, sooner or later.
    #[inline]
    pub(crate) fn push(&mut self, feature: u64, row: usize, scores: &mut [Scores]) {
        if !self.filter.may_have(feature) {
            return;
        }
        if self.count == AT_ONCE {
            self.finish(scores);
        }
        if let Some(place) = self.features.get_mut(self.count) {
            *place = (feature, row);
            self.count += 1;
        }
    }

    /// Adds what is not added yet.
    #[inline(never)]
    pub(crate) fn finish(&mut self, scores: &mut [Scores]) {
        let features = self.features.get(..self.count).unwrap_or_default();
        let mut heads = [0; AT_ONCE];
        for (head, &(feature, _)) in heads.iter_mut().zip(features) {
            *head = self.model.head(feature);
        }
        for (&head, &(feature, row)) in heads.iter().zip(features) {
            if head != 0
                && let Some(slot) = self.model.slot(feature, head)
                && let Some(scores) = scores.get_mut(row)
            {
                *scores = sum(scores, slot);
            }
        }
        self.count = 0;
    }
}

#[inline]
fn fingerprint_in(slot: &[u8; 16]) -> u32 {
    let [.., last, a, b, c] = *slot;
    u32::from_le_bytes([last, a, b, c]) >> 8
}

/// `scores` with the weights of a slot added; lane by lane, so that the compiler takes all at once.
#[inline]
fn sum(scores: &Scores, slot: &[u8; 16]) -> Scores {
    std::array::from_fn(|lane| scores[lane].wrapping_add(i16::from(slot[lane].cast_signed())))
}

/// The first slot to look at among `slots`; those at the very end are kept for overflow, so that a
/// search never wraps round.
pub(crate) fn home(feature: u64, slots: usize) -> usize {
    hash::place(feature, (slots / BUCKET).saturating_sub(SPILL_BUCKETS)) * BUCKET
}

/// Cache lines at the end that no feature has as its home.
pub(crate) const SPILL_BUCKETS: usize = 64;

/// Three bytes of `feature`, never 0.
pub(crate) fn fingerprint(feature: u64) -> u32 {
    u32::try_from(feature & 0xff_ffff).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(model: &Model<'_>, features: &[u64]) -> Scores {
        let filter = Filter::of(model);
        let mut adder = Adder::new(model, &filter);
        let mut scores = [[0; 16]; 2];
        for &feature in features {
            adder.push(feature, 1, &mut scores);
        }
        adder.finish(&mut scores);
        assert_eq!(scores[0], [0; 16]);
        scores[1]
    }

    #[test]
    fn wrong_bytes_are_refused() {
        assert!(Model::open(b"").is_none());
        assert!(Model::open(&[0; HEADER_BYTES]).is_none());
        let mut bytes = vec![0; HEADER_BYTES + 64];
        bytes[..8].copy_from_slice(&MAGIC);
        assert!(Model::open(&bytes).is_some());
        bytes.push(0);
        assert!(Model::open(&bytes).is_none());
    }

    #[test]
    fn an_empty_model_adds_nothing() {
        assert_eq!(added(&Model::empty(), &[99]), [0; 16]);
    }

    #[test]
    fn weights_are_found_by_fingerprint() {
        let mut bytes = vec![0; HEADER_BYTES + 16 * BUCKET * (SPILL_BUCKETS + 1)];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[HEADER_BYTES + 2] = 0xfe;
        bytes[HEADER_BYTES + 13..HEADER_BYTES + 16].copy_from_slice(&[5, 0, 0]);
        let model = Model::open(&bytes).unwrap();
        assert_eq!(added(&model, &[5])[..4], [0, 0, -2, 0]);
        assert_eq!(added(&model, &[6])[..4], [0; 4]);
        assert_eq!(added(&model, &[5; 3 * AT_ONCE + 1])[2], -386);
    }
}
