//! Lucene's slop: every way in which the words of a phrase may stand, each as a phrase of its own with open words.
//!
//! A phrase with slop n matches where each of its words has a place of its own and the places, each less the word's number in the phrase, differ by n at
//! most (Lucene's `SloppyPhraseMatcher`): `"a b"~1` takes `a x b`, `"a b"~2` takes `b a` as well. The ways are finite, so the phrases are exact.

use dateline_article::Span;

use super::{MOST_ADDED, Reader, any_of};
use crate::alias::Operator;
use crate::fault::Problem;
use crate::lex::{Token, TokenKind};
use crate::syntax::{Closeness, Order, Pattern, Sense, Within};

/// Words in all ways of one phrase together.
const MOST_WORDS: usize = 3000;

/// Words in a phrase with slop.
const LONGEST: usize = 64;

impl Reader<'_> {
    /// Lucene's slop. Of two words it is nearness: so many further on, or two fewer in the other order; of more, one of the ways in which they may stand.
    pub(super) fn slop(&mut self, phrase: &Pattern, slop: u32, span: Span, out: &mut Vec<Token>) {
        let words = phrase.words();
        let [left, right] = words.as_slice() else {
            let fits = self.added <= MOST_ADDED;
            let slop = if words.len() > 2 { slop } else { 0 };
            let ways = if fits { ways(&words, slop) } else { None };
            // To find that there are too many ways takes as long as to write them.
            self.added += ways.as_ref().map_or(MOST_WORDS, |ways| ways.len() * words.len());
            if ways.is_none() {
                let what = "slop with so many ways for the words to stand";
                self.faults.push((Problem::NotYet(what), span));
            }
            let ways = ways.unwrap_or_else(|| vec![phrase.clone()]);
            return any_of(ways.into_iter().map(TokenKind::Phrase), span, out);
        };
        let mut push = |kind| out.push(Token { kind, span });
        let near = |words| {
            let (within, order, sense) = (Within::Words(words), Order::AsWritten, Sense::Near);
            TokenKind::Operator(Operator::Near(Closeness { within, order, sense }))
        };
        let word = |word: &Pattern| {
            let kind = if word.is_open() { TokenKind::Phrase } else { TokenKind::Word };
            kind(word.clone())
        };
        push(TokenKind::Open);
        push(word(left));
        push(near(slop.saturating_add(1)));
        push(word(right));
        if slop > 1 {
            push(TokenKind::Operator(Operator::Or));
            push(word(right));
            push(near(slop - 1));
            push(word(left));
        }
        push(TokenKind::Close);
    }
}

/// The phrases, the one as written first; nothing where there are too many.
fn ways(words: &[Pattern], slop: u32) -> Option<Vec<Pattern>> {
    if slop > 0 && words.len() > LONGEST {
        return None;
    }
    let mut search = Search { words, slop, shifts: Vec::new(), found: Vec::new(), steps: 0 };
    search.place().then_some(search.found)
}

struct Search<'a> {
    words: &'a [Pattern],
    slop: u32,
    /// How far each of the first words is moved.
    shifts: Vec<u32>,
    found: Vec<Pattern>,
    steps: usize,
}

impl Search<'_> {
    /// Puts the next word at each place where none stands; false where there are too many ways.
    fn place(&mut self) -> bool {
        let number = self.shifts.len();
        if number == self.words.len() {
            // Ways in which every word is moved are the others further on.
            if self.shifts.contains(&0) {
                self.found.push(phrase(self.words, &self.shifts));
            }
            return self.found.len() * self.words.len() <= MOST_WORDS;
        }
        for shift in 0..=self.slop {
            self.steps += 1;
            if self.steps > 10 * MOST_WORDS {
                return false;
            }
            let place = number + shift as usize;
            if self.shifts.iter().enumerate().any(|(n, shift)| n + *shift as usize == place) {
                continue;
            }
            self.shifts.push(shift);
            if !self.place() {
                return false;
            }
            self.shifts.pop();
        }
        true
    }
}

/// The words moved by their shifts, with `*` between them where places are open.
fn phrase(words: &[Pattern], shifts: &[u32]) -> Pattern {
    let mut places: Vec<(usize, &Pattern)> = words
        .iter()
        .zip(shifts)
        .enumerate()
        .map(|(number, (word, shift))| (number + *shift as usize, word))
        .collect();
    places.sort_by_key(|(place, _)| *place);
    let mut open = Pattern::default();
    open.push_many();
    let mut whole = Pattern::default();
    let mut next = places.first().map_or(0, |(place, _)| *place);
    for (place, word) in places {
        for _ in next..place {
            whole.push_word(&open);
        }
        whole.push_word(word);
        next = place + 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn patterns(words: &str) -> Vec<Pattern> {
        words.split(' ').map(Pattern::text).collect()
    }

    #[test]
    fn ways_of_a_phrase() {
        let check = |words: &str, slop: u32, expected: &str| {
            let ways = ways(&patterns(words), slop).unwrap();
            let plain: Vec<String> = ways.iter().map(Pattern::plain).collect();
            assert_eq!(plain.join(", "), expected, "{words} {slop}");
        };
        check("a b c", 0, "a b c");
        check("a b", 2, "a b, a * b, a * * b, b a");
        check("a b c", 1, "a b c, a b * c, a * b c");
        assert!(ways(&patterns("a b c d e f"), 9).is_none());
        assert!(ways(&patterns("a b c"), u32::MAX).is_none());
        assert_eq!(ways(&patterns(vec!["a"; 40].join(" ").as_str()), 1).unwrap().len(), 40);
        assert!(ways(&patterns(vec!["a"; 4000].join(" ").as_str()), 1).is_none());
    }

    /// Whether the words from `number` on can be put at free places, all shifts between `least` and `least + slop`.
    fn placed(
        text: &[char],
        words: &[char],
        used: &mut Vec<usize>,
        least: isize,
        slop: isize,
    ) -> bool {
        let number = used.len();
        let Some(word) = words.get(number) else { return true };
        for (place, letter) in text.iter().enumerate() {
            let shift = place.cast_signed() - number.cast_signed();
            if letter == word && !used.contains(&place) && (least..=least + slop).contains(&shift) {
                used.push(place);
                if placed(text, words, used, least, slop) {
                    return true;
                }
                used.pop();
            }
        }
        false
    }

    fn stands(text: &[char], way: &Pattern) -> bool {
        let plain = way.plain();
        let words: Vec<char> = plain.chars().filter(|sign| *sign != ' ').collect();
        let fits = |window: &[char]| {
            window.iter().zip(&words).all(|(letter, word)| *word == '*' || letter == word)
        };
        text.windows(words.len()).any(fits)
    }

    proptest! {
        #[test]
        fn as_by_brute_force(text in "[abcx]{0,9}", words in "[abc]{3,4}", slop in 0..5_u32) {
            let (text, words): (Vec<char>, Vec<char>) = (text.chars().collect(), words.chars().collect());
            let patterns: Vec<Pattern> = words.iter().map(|word| Pattern::text(&word.to_string())).collect();
            let found = ways(&patterns, slop).unwrap().iter().any(|way| stands(&text, way));
            let expected = (-9..9).any(|least| placed(&text, &words, &mut Vec::new(), least, isize::try_from(slop).unwrap()));
            prop_assert_eq!(found, expected, "{:?} {:?} {}", text, words, slop);
        }
    }
}
