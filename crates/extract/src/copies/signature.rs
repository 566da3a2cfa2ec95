//! The signature of a text: the least values of hash functions over its runs of words, and a sketch of its numbers and names. What signatures say of two
//! texts is told elsewhere. Other values are another format of the index.

use dateline_article::signature::{SIGNATURE_BITS, SIGNATURE_LENGTH, TELLING_BITS};

use super::MOST_TELLING;

/// Words in a run.
const RUN: usize = 4;

/// Texts with fewer words have no signature: two short notices may be alike by chance.
const FEWEST_WORDS: usize = 24;

/// The signature of a text without its dateline; `None` where it is too short to tell. The first [`SIGNATURE_LENGTH`] values are compared by
/// [`resemblance`](super::resemblance); what follows are the hashes of its numbers and of the words that are capitalised inside sentences, ascending.
///
/// Linear in the length of the text.
pub fn signature(text: &str) -> Option<Vec<u16>> {
    let mut least = Least::new();
    let mut window = [0_u64; RUN];
    let mut words = 0_usize;
    let mut telling = Telling::new(text.len());
    let mut end_of_last = 0;
    for (start, word) in Pieces::new(text) {
        let between = text.get(end_of_last..start).unwrap_or_default();
        end_of_last = start + word.len();
        let hash = hash_word(word);
        telling.add(word, hash, between);
        window.rotate_left(1);
        if let Some(last) = window.last_mut() {
            *last = hash;
        }
        words += 1;
        if words >= RUN {
            let run = window
                .iter()
                .zip(&PLACES)
                .fold(0_u64, |sum, (word, factor)| sum.wrapping_add(word.wrapping_mul(*factor)));
            least.add(mix(run));
        }
    }
    if words < FEWEST_WORDS {
        return None;
    }
    let telling = telling.sketch(words);
    let mut signature = Vec::with_capacity(SIGNATURE_LENGTH + telling.len());
    signature.extend(least.cut());
    signature.extend(telling);
    Some(signature)
}

/// Hash functions. Each deals all runs of a text out to bins of its own.
const FUNCTIONS: usize = 8;
/// Bins of a function; a value of the signature for each.
const BINS: usize = SIGNATURE_LENGTH / FUNCTIONS;

/// The least hash in each bin of each function.
///
/// One permutation hashing (P. Li, A. Owen, C.-H. Zhang, NIPS 2012): a run costs as many hashes as there are functions, not as there are values. With several
/// functions of few bins rather than one of many, a text of few runs still fills most; what stays empty takes the value of another bin of its function, in an
/// order drawn for each bin (A. Shrivastava, Optimal densification, ICML 2017).
// perf: benches/extract.rs
struct Least([[u32; BINS]; FUNCTIONS]);

/// What no run has set; a run of this hash is taken for none.
const EMPTY: u32 = u32::MAX;

impl Least {
    fn new() -> Self {
        Self([[EMPTY; BINS]; FUNCTIONS])
    }

    /// Takes a run by its hash.
    #[inline]
    fn add(&mut self, run: u64) {
        for (bins, factor) in self.0.iter_mut().zip(&FACTORS) {
            let hash = (run.wrapping_mul(*factor) >> 32) as u32;
            if let Some(least) = bins.get_mut((hash >> (u32::BITS - BINS.ilog2())) as usize) {
                *least = hash.min(*least);
            }
        }
    }

    /// The values, cut to their bits; those that follow one another are of different functions.
    fn cut(&self) -> impl Iterator<Item = u16> {
        let bins_and_functions = (0..BINS).flat_map(|bin| (0..FUNCTIONS).map(move |at| (bin, at)));
        bins_and_functions.map(|(bin, function)| {
            let order = DONORS.get(function * BINS + bin);
            let bins = self.0.get(function);
            let least = order.into_iter().flatten().filter_map(|bin| bins?.get(usize::from(*bin)));
            let least = least.copied().find(|least| *least != EMPTY).unwrap_or(EMPTY);
            (least & ((1 << SIGNATURE_BITS) - 1)) as u16
        })
    }
}

/// The words of a text with where they begin: letters and digits between other signs; a Chinese or Japanese character is one of its own.
struct Pieces<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Pieces<'text> {
    fn new(text: &'text str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'text> Iterator for Pieces<'text> {
    type Item = (usize, &'text str);

    fn next(&mut self) -> Option<(usize, &'text str)> {
        let rest = self.text.get(self.at..)?;
        // perf: benches/extract.rs; most words are plain letters between blanks.
        let plain = rest.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let rest = rest.get(plain?..)?;
        self.at = self.text.len() - rest.len();
        let (offset, first) = rest.char_indices().find(|(_, letter)| letter.is_alphanumeric())?;
        let word = rest.get(offset..)?;
        let plain = word.bytes().position(|byte| !byte.is_ascii_alphanumeric());
        let plain = plain.unwrap_or(word.len());
        let end = if plain > 0 && word.as_bytes().get(plain).is_none_or(u8::is_ascii) {
            plain
        } else if is_ideograph(first) {
            first.len_utf8()
        } else {
            let ends = |letter: char| !letter.is_alphanumeric() || is_ideograph(letter);
            word.find(ends).unwrap_or(word.len())
        };
        let start = self.at + offset;
        self.at = start + end;
        Some((start, word.get(..end)?))
    }
}

/// Characters of scripts written without blanks between words.
fn is_ideograph(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// The words that would be others in a form that is filled in again.
struct Telling {
    numbers: Vec<u16>,
    names: Vec<u16>,
    /// Words without a small letter.
    shouted: usize,
}

impl Telling {
    /// None yet of a text of so many bytes.
    fn new(bytes: usize) -> Self {
        let [numbers, names] = [bytes / 128, bytes / 64].map(Vec::with_capacity);
        Self { numbers, names, shouted: 0 }
    }

    /// Takes a word and what stands between it and the one before.
    fn add(&mut self, word: &str, hash: u64, between: &str) {
        let hash = (mix(hash) & ((1 << TELLING_BITS) - 1)) as u16;
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            self.numbers.push(hash);
            return;
        }
        let mut letters = word.chars();
        if !letters.next().is_some_and(char::is_uppercase) {
            return;
        }
        self.shouted += usize::from(letters.all(|letter| !letter.is_lowercase()));
        let inside =
            |sign: char| matches!(sign, ' ' | '\u{a0}' | ',' | '-' | '’' | '\'' | '/' | '&');
        if !between.is_empty() && between.chars().all(inside) {
            self.names.push(hash);
        }
    }

    /// The smallest hashes; those of the numbers alone where the text of so many words is in capitals throughout.
    fn sketch(mut self, words: usize) -> Vec<u16> {
        if self.shouted * 2 < words {
            self.numbers.append(&mut self.names);
        }
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.numbers.truncate(MOST_TELLING);
        self.numbers
    }
}

/// What each hash function multiplies by runs that are well mixed already; odd.
static FACTORS: [u64; FUNCTIONS] = factors(0);
/// What the words of a run are multiplied by, by their places in it; odd.
static PLACES: [u64; RUN] = factors(FUNCTIONS);

const fn factors<const N: usize>(from: usize) -> [u64; N] {
    let mut factors = [0; N];
    let mut at = 0;
    while at < N {
        factors[at] = drawn(from + at) | 1;
        at += 1;
    }
    factors
}

/// For each bin of each function, the bins whose least hash it takes, the first that has one: itself, then all others in an order of its own.
static DONORS: [[u8; BINS]; SIGNATURE_LENGTH] = donors();

const fn donors() -> [[u8; BINS]; SIGNATURE_LENGTH] {
    let mut donors = [[0; BINS]; SIGNATURE_LENGTH];
    let mut of = 0;
    while of < SIGNATURE_LENGTH {
        let (mut at, mut bin) = (0, 0);
        while at < BINS {
            donors[of][at] = bin;
            (at, bin) = (at + 1, bin + 1);
        }
        donors[of].swap(0, of % BINS);
        // Fisher and Yates' shuffle of the others.
        let mut left = BINS - 1;
        while left > 1 {
            // Its highest bits, a part of them as large as there are bins left.
            let [.., highest] = drawn(FUNCTIONS + RUN + of * BINS + left).to_le_bytes();
            let other = 1 + highest as usize * left / 256;
            donors[of].swap(left, other);
            left -= 1;
        }
        of += 1;
    }
    donors
}

/// The number `at` of a sequence that is the same everywhere and for ever.
const fn drawn(at: usize) -> u64 {
    mix((at as u64 + 1).wrapping_mul(0xd6e8_feb8_6659_fd93))
}

/// The hash of a word of letters and digits in lower case.
fn hash_word(word: &str) -> u64 {
    /// Makes small letters of capitals in ASCII, and leaves digits as they are.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    if word.is_ascii() {
        return hash_bytes(word.as_bytes(), SMALL);
    }
    let lower: String = word.chars().flat_map(char::to_lowercase).collect();
    hash_bytes(lower.as_bytes(), 0)
}

/// Multiplies and folds, eight bytes at a time, with these bits set in each eight.
fn hash_bytes(bytes: &[u8], set: u64) -> u64 {
    let step = |hash: u64, part: u64| {
        let mixed = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    };
    let (parts, rest) = bytes.as_chunks::<8>();
    let parts = parts.iter().map(|part| u64::from_le_bytes(*part));
    let hash = parts.fold(bytes.len() as u64, |hash, part| step(hash, part | set));
    let last = rest.iter().rev().fold(0, |part, byte| part << 8 | u64::from(*byte));
    step(hash, last | set)
}

/// A bijection that spreads bits (the finaliser of `SplitMix64`, S. Vigna).
pub(super) const fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many words that differ by their numbers.
    fn words(count: usize) -> String {
        (0..count).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signatures_stay_the_same() {
        // When this fails: raise FORMAT_VERSION of the index, whose signatures would not meet those of new articles.
        let found = signature(&format!("{} On 3 May Orla Vint met Ana.", words(40))).unwrap();
        let (values, telling) = found.split_at(SIGNATURE_LENGTH);
        assert_eq!(values[..8], [824, 744, 235, 108, 647, 714, 270, 509]);
        assert_eq!(telling[..8], [99, 298, 341, 572, 599, 602, 613, 617]);
    }

    #[test]
    fn values_are_as_large_as_they_may_be() {
        for count in [FEWEST_WORDS, 100, 3_000] {
            let found = signature(&words(count)).unwrap();
            let (values, telling) = found.split_at(SIGNATURE_LENGTH);
            assert!(values.iter().all(|value| *value < 1 << SIGNATURE_BITS), "{count}");
            assert!(telling.iter().all(|hash| *hash < 1 << TELLING_BITS), "{count}");
            assert!(telling.is_sorted(), "{count}");
            let halves = values.iter().filter(|value| **value >= 1 << (SIGNATURE_BITS - 1)).count();
            assert!((32..96).contains(&halves), "{halves} of {count} words");
        }
    }

    #[test]
    fn every_bin_takes_the_value_of_any_other_at_last() {
        for (value, order) in DONORS.iter().enumerate() {
            assert_eq!(usize::from(order[0]), value % BINS);
            let mut sorted = *order;
            sorted.sort_unstable();
            assert!((0..).zip(sorted).all(|(at, bin)| at == bin), "{order:?}");
        }
    }

    #[test]
    fn capitals_make_no_other_word() {
        let check = |a: &str, b: &str| assert_eq!(hash_word(a), hash_word(b), "{a} {b}");
        check("Brussels", "BRUSSELS");
        check("Parliaments", "parliaments");
        check("G7", "g7");
        check("Élysée", "ÉLYSÉE");
        let hashes = ["a", "aa", "aaaaaaaa", "aaaaaaaaa", "0", ""].map(hash_word);
        assert!(hashes.iter().enumerate().all(|(at, hash)| !hashes[..at].contains(hash)));
    }
}
