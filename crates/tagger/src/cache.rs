//! The scores that single words give, kept for words seen before.
//!
//! A word's own features are many and the same each time, and news repeats its words.

// perf: benches/extract.rs
use crate::feature::{self, DISTANCES};
use crate::hash;
use crate::lexicon::Lexicon;
use crate::model::{Adder, Filter, Model, Scores};
use crate::word::{Case, Word};

/// A word and the scores it gives to the tokens around it, by distance; four lines of the processor's caches.
#[derive(Clone)]
#[repr(align(64))]
pub(crate) struct Known {
    key: u64,
    pub(crate) word: Word,
    pub(crate) sums: [Scores; DISTANCES],
}

const NOBODY: Known = Known { key: 0, word: Word::BEFORE, sums: [[0; 16]; DISTANCES] };

/// Places in the cache, 4 MB a thread; a place holds the word that asked last. A word that is not there costs some forty
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
        let sum = |place: &Known| place.sums[DISTANCES / 2][0];
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
            *place = Known { key, word, sums: sums(&word, &self.lowered, model, filter) };
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
