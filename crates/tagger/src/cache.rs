//! The scores that single words give, kept for words seen before.
//!
//! A word's own features are many and the same each time, and news repeats its words.

// perf: benches/extract.rs
use crate::feature::{self, DISTANCES};
use crate::hash;
use crate::label::LABELS;
use crate::lexicon::Lexicon;
use crate::model::{Adder, Filter, Model, Scores};
use crate::word::{Case, Word};

/// A word and the scores it gives to the tokens around it; three lines of the processor's caches.
#[derive(Clone)]
#[repr(align(64))]
pub(crate) struct Known {
    key: u64,
    pub(crate) word: Word,
    pub(crate) sums: Sums,
}

const NOBODY: Known = Known { key: 0, word: Word::BEFORE, sums: Sums([0; SUMS]) };

/// The scores that a word gives to the tokens around it, those of one distance behind those of another: the lanes of no meaning are left out but the last.
#[derive(Clone)]
pub(crate) struct Sums([i16; SUMS]);

/// Numbers in [`Sums`].
const SUMS: usize = (DISTANCES - 1) * LABELS + size_of::<Scores>() / size_of::<i16>();

impl Sums {
    fn of(sums: &[Scores; DISTANCES]) -> Self {
        let mut packed = [0; SUMS];
        for (distance, sum) in sums.iter().enumerate() {
            if let Some(place) =
                packed.get_mut(distance * LABELS..).and_then(|rest| rest.first_chunk_mut())
            {
                *place = *sum;
            }
        }
        Self(packed)
    }

    /// The scores of each distance in turn.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Scores> {
        (0..DISTANCES).filter_map(|distance| self.0.get(distance * LABELS..)?.first_chunk())
    }
}

const _: () = assert!(size_of::<Known>() == 3 * 64);

/// Places in the cache, 3 MB a thread; a place holds the word that asked last. A word that is not there costs some forty
/// reads far apart in the model.
const PLACES: usize = 16_384;

/// Direct-mapped, of fixed size; never asked across models (see `Scratch`).
#[derive(Default)]
pub(crate) struct Cache {
    places: Vec<Known>,
    lowered: String,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        self.places.clear();
    }

    /// Looks where the word whose printed form has the hash `exact` would be, so that the waits for memory of a sentence's
    /// words overlap. Changes nothing.
    pub(crate) fn expect(&self, exact: u64, case: Case) {
        let key = key(exact, case);
        let place = self.places.get(hash::place(key, PLACES));
        // Of the scores, which are on other lines, one in their middle.
        let sum = |place: &Known| place.sums.0[SUMS / 2];
        std::hint::black_box(place.map(|place| (place.key == key, sum(place))));
    }

    /// The word `text`, whose printed form has the hash `exact`, in a sentence that uses capitals as `case`.
    pub(crate) fn word(
        &mut self,
        text: &str,
        exact: u64,
        case: Case,
        lexicon: &Lexicon<'_>,
        (model, filter): (&Model<'_>, &Filter),
    ) -> &Known {
        let key = key(exact, case);
        if self.places.is_empty() {
            self.places.resize(PLACES, NOBODY);
        }
        let place = &mut self.places[hash::place(key, PLACES)];
        if place.key != key {
            let word = Word::read(text, case, lexicon, &mut self.lowered);
            let sums = Sums::of(&sums(&word, &self.lowered, model, filter));
            *place = Known { key, word, sums };
        }
        place
    }
}

/// Never 0, which is nobody's.
#[inline]
fn key(exact: u64, case: Case) -> u64 {
    hash::pair(exact, case as u64) | 1
}

/// The scores that `word` gives to tokens around it.
pub(crate) fn sums(
    word: &Word,
    lowered: &str,
    model: &Model<'_>,
    filter: &Filter,
) -> [Scores; DISTANCES] {
    let mut adder = Adder::new(model, filter);
    let mut sums = [[0; 16]; DISTANCES];
    for distance in 0..DISTANCES {
        feature::single(word, lowered, distance, |feature| {
            adder.push(feature, distance, &mut sums);
        });
    }
    adder.finish(&mut sums);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_the_same_in_their_labels_when_packed() {
        let number = |distance: usize, lane: usize| i16::try_from(100 * distance + lane + 1);
        let sums: [Scores; DISTANCES] = std::array::from_fn(|distance| {
            std::array::from_fn(|lane| number(distance, lane).unwrap())
        });
        let packed = Sums::of(&sums);
        assert_eq!(packed.iter().count(), DISTANCES);
        for (packed, sum) in packed.iter().zip(&sums) {
            assert_eq!(packed[..LABELS], sum[..LABELS]);
        }
    }
}
