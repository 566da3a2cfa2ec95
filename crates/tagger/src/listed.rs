//! Which tokens of a sentence stand in a phrase of the place lists.

use crate::lexicon::{Lexicon, PHRASE_LISTS, PHRASE_WORDS, Phrase, phrase_hash};
use crate::word::Word;

/// What the phrase lists say of each token: for each list 0, or 1 first word, 2 inside, 3 last,
/// 4 a listed word alone.
pub(crate) type Listed = [u8; PHRASE_LISTS];

/// Marks the listed phrases of a sentence, longest first from each capitalised word.
pub(crate) fn mark_listed(lexicon: &Lexicon<'_>, words: &[Word], listed: &mut Vec<Listed>) {
    listed.clear();
    listed.resize(words.len(), [0; PHRASE_LISTS]);
    for start in 0..words.len() {
        let first = &words[start];
        if !first.capital || first.phrase == Phrase::default() {
            continue;
        }
        let mut longest = [0; PHRASE_LISTS];
        let mut hash = 0;
        for (length, word) in (1..).zip(words.iter().skip(start).take(PHRASE_WORDS)) {
            hash = phrase_hash(hash, word.lower);
            let phrase = if length == 1 { first.phrase } else { lexicon.phrase(hash) };
            for (list, longest) in longest.iter_mut().enumerate() {
                if phrase.lists >> list & 1 == 1 {
                    *longest = length;
                }
            }
            if !phrase.goes_on {
                break;
            }
        }
        for (list, &length) in longest.iter().enumerate() {
            if length > 0 && listed[start][list] == 0 {
                for (index, marks) in listed.iter_mut().skip(start).take(length).enumerate() {
                    marks[list] = match index {
                        _ if length == 1 => 4,
                        0 => 1,
                        _ if index + 1 == length => 3,
                        _ => 2,
                    };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_lists_nothing_is_marked() {
        let words = [Word { capital: true, ..Word::BEFORE }; 3];
        let mut listed = vec![[9; PHRASE_LISTS]; 7];
        mark_listed(&Lexicon::EMPTY, &words, &mut listed);
        assert_eq!(listed, vec![[0; PHRASE_LISTS]; 3]);
    }
}
