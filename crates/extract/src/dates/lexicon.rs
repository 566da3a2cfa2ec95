//! The number of a word in a language's list, in any case of its letters.
//!
//! Most words of a text are in no list: an English one is told by its first letter and its length alone, before it is hashed. The hash is a
//! plain one (multiply and rotate), as the list is fixed and nobody can choose what is in it. No sense of a word here.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

pub(super) struct Lexicon {
    numbers: HashMap<&'static str, u16, BuildHasherDefault<WordHasher>>,
    longest: usize,
    /// For each first letter from `a` to `z` the lengths, as bits, that words with it have.
    lengths: [u64; 26],
}

impl Lexicon {
    pub(super) fn new(numbers: HashMap<&'static str, u16>) -> Self {
        let mut lengths = [0; 26];
        for word in numbers.keys() {
            if let Some(lengths) = row(word).and_then(|row| lengths.get_mut(row)) {
                *lengths |= bit(word.len());
            }
        }
        let longest = numbers.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { numbers: numbers.into_iter().collect(), longest, lengths }
    }

    /// Number of a word, 0 where it is in no list; `lower` is scratch room.
    pub(super) fn number(&self, text: &str, lower: &mut String) -> u16 {
        let lengths = row(text).and_then(|row| self.lengths.get(row));
        let is_ascii = text.is_ascii();
        let cannot_be = is_ascii && lengths.is_some_and(|lengths| lengths & bit(text.len()) == 0);
        if cannot_be || text.len() > self.longest {
            return 0;
        }
        let text = match text {
            "’" | "‘" | "ʼ" => "'",
            "–" | "‐" | "‑" => "-",
            _ => text,
        };
        lower.clear();
        if is_ascii {
            lower.push_str(text);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(text.chars().flat_map(char::to_lowercase));
        }
        self.numbers.get(lower.as_str()).copied().unwrap_or(0)
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.numbers.keys().copied()
    }
}

/// The row of a word's first letter, if that is one of `a` to `z`.
fn row(word: &str) -> Option<usize> {
    let first = word.bytes().next().filter(u8::is_ascii_alphabetic)?;
    Some(usize::from(first.to_ascii_lowercase() - b'a'))
}

/// The bit of a length; all beyond 62 share one.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // The odd constant is the golden ratio in 64 bits.
        for chunk in bytes.chunks(8) {
            let mut padded = [0; 8];
            padded.iter_mut().zip(chunk).for_each(|(place, byte)| *place = *byte);
            let mixed = self.0.rotate_left(5) ^ u64::from_le_bytes(padded);
            self.0 = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        self.0 ^= self.0 >> 32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_case() {
        let words = ["may", "märz", "мая", "'", "-", "3/4", "z"];
        let lexicon = Lexicon::new(words.into_iter().zip(1..).collect());
        let check = |text: &str, expected: u16| {
            assert_eq!(lexicon.number(text, &mut String::new()), expected, "{text}");
        };
        check("May", 1);
        check("MÄRZ", 2);
        check("Мая", 3);
        check("’", 4);
        check("–", 5);
        check("3/4", 6);
        for text in ["", "mai", "mays", "q", "märzen", "&", "ﬀ"] {
            check(text, 0);
        }
        check(&"m".repeat(1000), 0);
    }
}
