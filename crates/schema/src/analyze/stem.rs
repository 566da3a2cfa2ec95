//! Stems by language: Snowball's algorithms (M. Porter, R. Boulton, snowballstem.org) on folded words.
//!
//! Folding comes first, so that a query typed without accents meets the text; the stems are then a little coarser than Snowball's own.

use std::borrow::Cow;
use std::cell::RefCell;

use dateline_article::Language;
use frostem::{Algorithm, Stemmer};

/// Languages with a stemmer, by ISO 639 code. To add one, add its row and raise `FORMAT_VERSION`.
const STEMMERS: &[(&str, Algorithm)] = &[
    ("en", Algorithm::English),
    ("de", Algorithm::German),
    ("fr", Algorithm::French),
    ("es", Algorithm::Spanish),
    ("it", Algorithm::Italian),
    ("pt", Algorithm::Portuguese),
    ("nl", Algorithm::Dutch),
    ("ru", Algorithm::Russian),
    ("pl", Algorithm::Polish),
    ("ar", Algorithm::Arabic),
    ("tr", Algorithm::Turkish),
    ("sv", Algorithm::Swedish),
    ("da", Algorithm::Danish),
    ("no", Algorithm::Norwegian),
    ("nb", Algorithm::Norwegian),
    ("fi", Algorithm::Finnish),
    ("hu", Algorithm::Hungarian),
    ("ro", Algorithm::Romanian),
    ("el", Algorithm::Greek),
    ("cs", Algorithm::Czech),
    ("ca", Algorithm::Catalan),
    ("lt", Algorithm::Lithuanian),
    ("et", Algorithm::Estonian),
    ("id", Algorithm::Indonesian),
    ("hi", Algorithm::Hindi),
    ("fa", Algorithm::Persian),
    ("sr", Algorithm::Serbian),
];

/// Stems words of one language; of a language without a stemmer, or of none, it gives them back.
#[derive(Clone, Copy)]
pub struct Stems(Option<Stemmer>);

impl std::fmt::Debug for Stems {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Stems({:?})", self.0.map(Stemmer::algorithm))
    }
}

impl Stems {
    /// The stemmer for `language`.
    pub fn of(language: Option<Language>) -> Self {
        let row = language
            .and_then(|language| STEMMERS.iter().find(|(code, _)| *code == language.code()));
        Self(row.map(|(_, algorithm)| Stemmer::new(*algorithm)))
    }

    /// Whether words are given back as they are because their language is not known or has no stemmer.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Appends the stem of a folded word to `out` where it is not the word itself; whether it is not. For many words, where [`Stems::stem`] is for few.
    pub(crate) fn other_stem_into(&self, folded: &str, out: &mut String) -> bool {
        let Some(algorithm) = self.0.map(Stemmer::algorithm) else { return false };
        let mut push = |stem: &str| {
            out.push_str(stem);
            true
        };
        KEPT.with_borrow_mut(|places| {
            if places.is_empty() {
                places.resize(1 << PLACES_BITS, NOTHING);
            }
            let kept = places.get_mut(place(folded));
            if let Some(stem) = kept.as_ref().and_then(|kept| kept.stem_of(folded, algorithm)) {
                return match stem {
                    KeptStem::Beginning(stem) => stem.len() < folded.len() && push(stem),
                    KeptStem::Other(stem) => push(stem),
                };
            }
            let stem = self.stem(folded);
            if let Some(kept) = kept {
                kept.keep(folded, &stem, algorithm);
            }
            stem != folded && push(&stem)
        })
    }

    /// Whether a folded word may have that stem: a glance that spares most words of a text their stemming. English, and what is not stemmed, keeps a
    /// word's first letter; other languages take beginnings off too.
    pub fn may_be(&self, folded: &str, stem: &str) -> bool {
        match self.0.map(Stemmer::algorithm) {
            Some(Algorithm::English) | None => folded.chars().next() == stem.chars().next(),
            Some(_) => true,
        }
    }

    /// The stem of a folded word.
    pub fn stem<'word>(&self, folded: &'word str) -> Cow<'word, str> {
        // Digits and signs are no word of the language: `g7`, `at&t`.
        match self.0 {
            Some(stemmer) if folded.chars().all(char::is_alphabetic) => stemmer.stem(folded),
            _ => Cow::Borrowed(folded),
        }
    }
}

/// Bytes of a word, and of a stem that is no beginning of it, that are kept at most: with them a place is half a line of the processor's caches.
const KEPT_BYTES: usize = 28;
/// Places for words, 1 MB a thread; a place holds the word that asked last.
pub(crate) const PLACES_BITS: u32 = 15;

/// A word, and its stem behind it where that is no beginning of the word.
// perf: benches/extract.rs
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Kept {
    algorithm: Option<Algorithm>,
    word: u8,
    stem: u8,
    is_beginning: bool,
    bytes: [u8; KEPT_BYTES],
}

const NOTHING: Kept =
    Kept { algorithm: None, word: 0, stem: 0, is_beginning: false, bytes: [0; KEPT_BYTES] };

/// The stem of a word that is kept.
enum KeptStem<'kept> {
    /// A beginning of the word, or all of it.
    Beginning(&'kept str),
    /// Anything else.
    Other(&'kept str),
}

thread_local! {
    /// Stems of words met before: texts repeat their words, and stemming one takes longer than all else that is done with it.
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

impl Kept {
    /// The stem of a word, where it is the one that is kept.
    fn stem_of<'kept>(
        &'kept self,
        folded: &'kept str,
        algorithm: Algorithm,
    ) -> Option<KeptStem<'kept>> {
        let (word, rest) = self.bytes.split_at_checked(usize::from(self.word))?;
        if self.algorithm != Some(algorithm) || word != folded.as_bytes() {
            return None;
        }
        let stem = usize::from(self.stem);
        if self.is_beginning {
            folded.get(..stem).map(KeptStem::Beginning)
        } else {
            std::str::from_utf8(rest.get(..stem)?).ok().map(KeptStem::Other)
        }
    }

    /// Keeps a word and its stem, where there is room for both.
    fn keep(&mut self, folded: &str, stem: &str, algorithm: Algorithm) {
        let is_beginning = folded.starts_with(stem);
        let behind = if is_beginning { "" } else { stem };
        if folded.len() + behind.len() <= KEPT_BYTES
            && let (Ok(word), Ok(length)) = (u8::try_from(folded.len()), u8::try_from(stem.len()))
        {
            let both = folded.bytes().chain(behind.bytes());
            self.bytes.iter_mut().zip(both).for_each(|(to, from)| *to = from);
            (self.algorithm, self.word, self.stem) = (Some(algorithm), word, length);
            self.is_beginning = is_beginning;
        }
    }
}

/// The place of a word, below `1 << PLACES_BITS`.
pub(crate) fn place(folded: &str) -> usize {
    let step =
        |hash: u64, number: u64| (hash.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (parts, rest) = folded.as_bytes().as_chunks::<8>();
    let parts = parts.iter().map(|part| u64::from_le_bytes(*part));
    // What is left as two pieces that may share bytes, or as its first, middle and last byte.
    let halves = rest.first_chunk::<4>().zip(rest.last_chunk::<4>());
    let last = match (halves, rest) {
        (Some((first, last)), _) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        (None, [first, .., last]) => {
            let middle = rest.get(rest.len() / 2).copied().unwrap_or_default();
            u64::from(*first) << 16 | u64::from(middle) << 8 | u64::from(*last)
        }
        (None, [only]) => u64::from(*only),
        (None, []) => 0,
    };
    let hash = step(parts.fold(folded.len() as u64, step), last);
    (hash >> (u64::BITS - PLACES_BITS)) as usize
}

/// Codes of the languages that have a stemmer.
pub fn stemmed_languages() -> impl Iterator<Item = &'static str> {
    STEMMERS.iter().map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::fold;

    #[test]
    fn forms_of_a_word_share_their_stem() {
        let check = |code: &str, words: &str| {
            let stems = Stems::of(Language::from_tag(code));
            let mut found: Vec<_> =
                words.split(' ').map(|word| stems.stem(&fold(word)).into_owned()).collect();
            found.dedup();
            assert_eq!(found.len(), 1, "{words}: {found:?}");
        };
        check("en", "election elections");
        check("en", "invading invaded invade");
        check("de", "Wahl Wahlen");
        check("fr", "élection élections elections");
        check("ru", "выборы выборов");
        check("es", "elección eleccion");
    }

    #[test]
    fn a_stem_that_is_kept_is_the_same() {
        let long = "x".repeat(40);
        let words =
            ["election", "elections", "happy", "die", "wahlen", "at&t", "g7", "выборов", &long, ""];
        for _ in 0..2 {
            for code in ["en", "de", "ru", "uk"] {
                let stems = Stems::of(Language::from_tag(code));
                for word in words {
                    let mut found = "=".to_owned();
                    let is_other = stems.other_stem_into(word, &mut found);
                    let stem = stems.stem(word);
                    assert_eq!(is_other, stem != word, "{code} {word}");
                    let expected = if is_other { &*stem } else { "" };
                    assert_eq!(found, format!("={expected}"), "{code} {word}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn a_word_may_have_its_stem(word in "[a-zà-ÿа-я']{1,12}") {
            for code in ["en", "de", "fr", "ru", "ar", "uk"] {
                let stems = Stems::of(Language::from_tag(code));
                let folded = fold(&word);
                proptest::prop_assert!(stems.may_be(&folded, &stems.stem(&folded)), "{code} {folded}");
            }
        }
    }

    #[test]
    fn no_language_no_stem() {
        assert_eq!(Stems::of(None).stem("elections"), "elections");
        assert_eq!(Stems::of(Language::from_tag("uk")).stem("вибори"), "вибори");
    }
}
