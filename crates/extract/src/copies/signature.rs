//! The signature of a text: the least values of hash functions over its runs of words, and a sketch of its numbers and names. What signatures say of two
//! texts is told elsewhere.

use super::{MOST_TELLING, SIGNATURE_LENGTH};

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
    let mut telling = Telling::default();
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
            let run =
                window.iter().fold(0x9e37_79b9_7f4a_7c15, |hash: u64, word| mix(hash ^ *word));
            least.add((run >> 32) as u32);
        }
    }
    if words < FEWEST_WORDS {
        return None;
    }
    Some(least.cut().chain(telling.sketch(words)).collect())
}

/// Runs that are put through the hash functions together.
const TOGETHER: usize = 4;

/// The least value of each hash function over the runs of a text.
// perf: benches/extract.rs; 32-bit lanes, factors and offsets apart, and signed numbers, which any processor compares: the compiler takes several at once.
struct Least {
    /// The values with their highest bit turned, so that they compare as signed numbers.
    values: [i32; SIGNATURE_LENGTH],
    waiting: [u32; TOGETHER],
    count: usize,
}

impl Least {
    fn new() -> Self {
        Self { values: [i32::MAX; SIGNATURE_LENGTH], waiting: [0; TOGETHER], count: 0 }
    }

    /// Takes a run by its hash.
    fn add(&mut self, run: u32) {
        if let Some(place) = self.waiting.get_mut(self.count) {
            *place = run;
            self.count += 1;
        }
        if self.count == TOGETHER {
            self.take(self.waiting);
            self.count = 0;
        }
    }

    fn take(&mut self, runs: [u32; TOGETHER]) {
        let functions = FUNCTIONS.factors.iter().zip(&FUNCTIONS.offsets);
        for (least, (factor, offset)) in self.values.iter_mut().zip(functions) {
            for run in runs {
                let value = run.wrapping_mul(*factor).wrapping_add(*offset).cast_signed();
                *least = (*least).min(value);
            }
        }
    }

    /// The values, cut to 16 bits.
    fn cut(mut self) -> impl Iterator<Item = u16> {
        // Those that wait, and the last of them again: the least of numbers stays that whatever comes twice.
        if let Some(last) = self.count.checked_sub(1).and_then(|at| self.waiting.get(at).copied()) {
            self.waiting.iter_mut().skip(self.count).for_each(|place| *place = last);
            self.take(self.waiting);
        }
        self.values.into_iter().map(|value| (value.cast_unsigned() & 0xffff) as u16)
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
#[derive(Default)]
struct Telling {
    numbers: Vec<u16>,
    names: Vec<u16>,
    /// Words without a small letter.
    shouted: usize,
}

impl Telling {
    /// Takes a word and what stands between it and the one before.
    fn add(&mut self, word: &str, hash: u64, between: &str) {
        let hash = (mix(hash) & 0xffff) as u16;
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

/// The hash functions of the signature, for runs that are well mixed already.
struct Functions {
    /// Odd.
    factors: [u32; SIGNATURE_LENGTH],
    /// With their highest bit turned.
    offsets: [u32; SIGNATURE_LENGTH],
}

static FUNCTIONS: Functions = functions();

const fn functions() -> Functions {
    let mut functions =
        Functions { factors: [0; SIGNATURE_LENGTH], offsets: [0; SIGNATURE_LENGTH] };
    let mut at = 0;
    while at < SIGNATURE_LENGTH {
        let bits = mix((at as u64 + 1).wrapping_mul(0xd6e8_feb8_6659_fd93));
        functions.factors[at] = (bits >> 32) as u32 | 1;
        functions.offsets[at] = (bits & 0xffff_ffff) as u32 ^ (1 << 31);
        at += 1;
    }
    functions
}

/// FNV-1a over the word in lower case.
fn hash_word(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        return word.bytes().fold(start, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(start, |hash, letter| letter.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

/// A bijection that spreads bits (the finaliser of `SplitMix64`, S. Vigna).
pub(super) const fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
