//! The number of a word in a language's list, in any case of its letters.
//!
//! Most words of a text are in no list: an English one is told by its first and last letter and its length alone, before it is hashed. The hash is a
//! plain one, as the list is fixed and nobody can choose what is in it. No sense of a word here.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

pub(super) struct Lexicon {
    numbers: FxHashMap<&'static str, u16>,
    longest: usize,
    /// For each first letter and each last one the lengths, as bits, that words with them have.
    lengths: [[u64; LETTERS]; LETTERS],
}

/// `a` to `z`, and whatever is none of them.
const LETTERS: usize = 27;

impl Lexicon {
    pub(super) fn new(numbers: HashMap<&'static str, u16>) -> Self {
        let mut lengths = [[0; LETTERS]; LETTERS];
        for word in numbers.keys() {
            let (first, last) = ends(word);
            lengths[first][last] |= bit(word.len());
        }
        let longest = numbers.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { numbers: numbers.into_iter().collect(), longest, lengths }
    }

    /// Number of a word, 0 where it is in no list; `lower` is scratch room.
    pub(super) fn number(&self, text: &str, lower: &mut String) -> u16 {
        let (first, last) = ends(text);
        let is_ascii = text.is_ascii();
        let cannot_be = is_ascii && self.lengths[first][last] & bit(text.len()) == 0;
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

/// The rows of a word's first and last letter.
fn ends(word: &str) -> (usize, usize) {
    let row = |byte: Option<&u8>| match byte {
        Some(letter) if letter.is_ascii_alphabetic() => {
            usize::from(letter.to_ascii_lowercase() - b'a')
        }
        _ => LETTERS - 1,
    };
    (row(word.as_bytes().first()), row(word.as_bytes().last()))
}

/// The bit of a length; all beyond 62 share one.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
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
        check("Z", 7);
        for text in ["", "mai", "mays", "q", "märzen", "&", "ﬀ"] {
            check(text, 0);
        }
        check(&"m".repeat(1000), 0);
    }
}
