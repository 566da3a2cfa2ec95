//! What the tagger sees of a single word: its forms, its shape, and what the lists say of it.
//!
//! Where a sentence's capitals tell nothing (headlines in title case, lines of capitals), the shape
//! is replaced by whether the word is usually printed in lower case.

use crate::hash;
use crate::lexicon::{Entry, Lexicon, Phrase, phrase_hash};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// As usual: capitals tell names.
    Sentence,
    /// Every Longer Word Has One, or ALL LETTERS ARE.
    Shouted,
    /// no capital at all.
    Lower,
}

/// A word as the features use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word as printed.
    pub(crate) exact: u64,
    /// Its lower-case form.
    pub(crate) lower: u64,
    /// Its first eight characters as upper, lower, digit, sign.
    pub(crate) shape: u64,
    /// The same with runs as one, over the whole word.
    pub(crate) class: u64,
    /// What the lists say.
    pub(crate) entry: Entry,
    /// What the phrase lists say of it alone; nothing without a capital.
    pub(crate) phrase: Phrase,
    /// Begins with a capital that may tell a name.
    pub(crate) capital: bool,
    /// A number, a sign, or a word usually printed in lower case.
    pub(crate) plain: bool,
}

impl Word {
    /// What stands before a sentence.
    pub(crate) const BEFORE: Self = Self::border(11);
    /// What stands after a sentence.
    pub(crate) const AFTER: Self = Self::border(12);

    const fn border(number: u64) -> Self {
        let entry = Entry { clusters: [u16::MAX; 3], lists: 0 };
        Self {
            exact: number,
            lower: number,
            shape: number,
            class: number + 2,
            entry,
            phrase: Phrase { lists: 0, goes_on: false },
            capital: false,
            plain: true,
        }
    }

    /// Reads `text`; leaves its lower-case form in `lowered`.
    pub(crate) fn read(
        text: &str,
        case: Case,
        lexicon: &Lexicon<'_>,
        lowered: &mut String,
    ) -> Self {
        lowered.clear();
        let (mut shape, mut class) = (Pattern::<8>::new(), Pattern::<12>::new());
        let mut last = 0;
        let mut capital = false;
        for (index, letter) in text.chars().enumerate() {
            let kind = if letter.is_ascii() { ascii_kind(letter) } else { kind(letter) };
            shape.push(kind);
            if kind != last {
                class.push(kind);
            }
            last = kind;
            capital |= index == 0 && kind == b'X';
            if letter.is_ascii() {
                lowered.push(letter.to_ascii_lowercase());
            } else {
                lowered.extend(if letter == '’' {
                    '\''.to_lowercase()
                } else {
                    letter.to_lowercase()
                });
            }
        }
        let lower = hash::bytes(1, lowered.as_bytes());
        let entry = lexicon.word(lower);
        let common = entry.lists & Entry::COMMON != 0;
        let letters = matches!(last, b'X' | b'x');
        let mut word = Self {
            exact: hash::bytes(2, text.as_bytes()),
            lower,
            shape: shape.hash(3),
            class: class.hash(4),
            entry,
            phrase: Phrase::default(),
            capital,
            plain: !capital && (common || !letters),
        };
        if case != Case::Sentence {
            word.flatten(case, last);
        }
        if word.capital {
            word.phrase = lexicon.phrase(phrase_hash(0, lower));
        }
        word
    }

    /// Takes back what the capitals seem to say.
    fn flatten(&mut self, case: Case, last: u8) {
        let common = self.entry.lists & Entry::COMMON != 0;
        let letters = matches!(last, b'X' | b'x');
        let known = u64::from(common) + 2 * u64::from(letters) + 4 * (case as u64);
        self.exact = hash::pair(hash::pair(5, case as u64), self.lower);
        if letters {
            self.class = hash::pair(6, known);
            self.shape = hash::pair(7, known);
        }
        self.capital = match case {
            Case::Lower => letters && !common,
            Case::Sentence | Case::Shouted => self.capital && !common,
        };
        self.plain = !self.capital && (common || !letters);
    }

    /// Whether the word is on one of the name lists, and printed like a name.
    pub(crate) fn name_lists(&self) -> u64 {
        let lists = self.entry.lists & (Entry::GIVEN | Entry::FAMILY | Entry::NAME);
        if self.capital { u64::from(lists) } else { 0 }
    }
}

/// Takes the capital off a common word that opens a sentence, behind signs at most: it would join
/// the name that follows.
pub(crate) fn uncap_opening(words: &mut [Word]) {
    for word in words {
        let common = word.entry.lists & Entry::COMMON != 0;
        if word.capital || common || !word.plain {
            word.capital &= !common;
            return;
        }
    }
}

/// Tells how a sentence uses capitals from its words' counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CaseCount {
    /// Words of four letters and more.
    long: u32,
    /// Of those, with a capital.
    capital: u32,
    /// Of those, usually printed in lower case.
    misplaced: u32,
    /// Any word with a capital.
    any: u32,
    words: u32,
}

impl CaseCount {
    pub(crate) fn add(&mut self, text: &str, word: &Word, first: bool) {
        let letters = text.chars().next().is_some_and(char::is_alphabetic);
        if !letters {
            return;
        }
        self.words += 1;
        self.any += u32::from(word.capital);
        if text.len() >= 4 {
            self.long += 1;
            self.capital += u32::from(word.capital);
            let misplaced = word.capital && !first && word.entry.lists & Entry::COMMON != 0;
            self.misplaced += u32::from(misplaced);
        }
    }

    pub(crate) fn case(self) -> Case {
        let mostly = self.capital * 5 >= self.long * 4;
        if self.long >= 3 && mostly && self.misplaced * 4 >= self.long && self.misplaced >= 2 {
            Case::Shouted
        } else if self.any == 0 && self.words >= 3 {
            Case::Lower
        } else {
            Case::Sentence
        }
    }
}

/// The first `N` kinds of a word's letters.
struct Pattern<const N: usize> {
    kinds: [u8; N],
    length: usize,
}

impl<const N: usize> Pattern<N> {
    fn new() -> Self {
        Self { kinds: [0; N], length: 0 }
    }

    fn push(&mut self, kind: u8) {
        if let Some(place) = self.kinds.get_mut(self.length) {
            *place = kind;
            self.length += 1;
        }
    }

    fn hash(&self, seed: u64) -> u64 {
        hash::bytes(seed, self.kinds.get(..self.length).unwrap_or_default())
    }
}

fn ascii_kind(letter: char) -> u8 {
    match letter {
        'A'..='Z' => b'X',
        'a'..='z' => b'x',
        '0'..='9' => b'd',
        sign => u8::try_from(sign).unwrap_or(b'?'),
    }
}

fn kind(letter: char) -> u8 {
    if letter.is_uppercase() {
        b'X'
    } else if letter.is_lowercase() || letter.is_alphabetic() {
        b'x'
    } else if letter.is_numeric() {
        b'd'
    } else {
        match letter {
            '’' | '‘' => b'\'',
            '“' | '”' | '«' | '»' => b'"',
            '–' | '—' => b'-',
            _ => b'?',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Word, String) {
        let mut lowered = String::new();
        let word = Word::read(text, Case::Sentence, &Lexicon::EMPTY, &mut lowered);
        (word, lowered)
    }

    #[test]
    fn only_a_common_opening_loses_its_capital() {
        let word = |lists, capital, plain| {
            let entry = Entry { lists, ..Entry::default() };
            Word { entry, capital, plain, ..Word::BEFORE }
        };
        let (common, name, sign) =
            (word(Entry::COMMON, true, false), word(0, true, false), word(0, false, true));
        let after = |mut words: Vec<Word>| {
            uncap_opening(&mut words);
            words.iter().map(|word| word.capital).collect::<Vec<_>>()
        };
        assert_eq!(after(vec![common, common]), [false, true]);
        assert_eq!(after(vec![sign, common, name]), [false, false, true]);
        assert_eq!(after(vec![name, common]), [true, true]);
        assert_eq!(after(vec![]), []);
    }

    #[test]
    fn forms_and_shapes() {
        let (first, lowered) = read("Łódź");
        assert_eq!(lowered, "łódź");
        assert!(first.capital);
        let (second, _) = read("Kiew");
        assert_eq!((first.shape, first.class), (second.shape, second.class));
        assert_ne!(first.lower, second.lower);
        let (third, _) = read("Korvald");
        assert_ne!(first.shape, third.shape);
        assert_eq!(first.class, third.class);
        assert!(!read("and").0.capital);
        assert_eq!(read("’s").0.lower, read("'s").0.lower);
    }
}
