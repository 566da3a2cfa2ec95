//! Stems by language: Snowball's algorithms (M. Porter, R. Boulton, snowballstem.org) on folded words.
//!
//! Folding comes first, so that a query typed without accents meets the text; the stems are then a little coarser than Snowball's own.

use std::borrow::Cow;

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

    /// The stem of a folded word.
    pub fn stem<'word>(&self, folded: &'word str) -> Cow<'word, str> {
        // Digits and signs are no word of the language: `g7`, `at&t`.
        match self.0 {
            Some(stemmer) if folded.chars().all(char::is_alphabetic) => stemmer.stem(folded),
            _ => Cow::Borrowed(folded),
        }
    }
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
    fn no_language_no_stem() {
        assert_eq!(Stems::of(None).stem("elections"), "elections");
        assert_eq!(Stems::of(Language::from_tag("uk")).stem("вибори"), "вибори");
    }
}
