//! The features of a token: hashed statements about it and its neighbours.
//!
//! Shared by training and tagging, so that both see the same. [`single`] holds what depends on one
//! word and its distance alone (its weights can be summed once a word); [`joint`] holds the rest.
//! The templates follow the usual ones for names (Ratinov and Roth 2009; Turian et al. 2010).

use crate::hash::pair;
use crate::lexicon::PHRASE_LISTS;
use crate::listed::Listed;
use crate::word::Word;

/// Distances at which single words speak: two before to two after.
pub(crate) const DISTANCES: usize = 5;
/// The token itself, as an index of distances.
pub(crate) const HERE: usize = 2;

/// How far a run of capitalised words is followed.
const RUN_WORDS: usize = 5;

/// What a feature rests on; training leaves out a whole group now and then, so that the others
/// learn to do without (feature bagging, Sutton et al. 2006).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Shape and surroundings.
    Context,
    /// Which word the token is.
    Identity,
    /// The name and place lists.
    Lists,
    /// The clusters of the token's word.
    Clusters,
}

impl Group {
    const fn of(template: u64) -> Self {
        const HERE_FROM: u64 = 100 * (HERE as u64 + 1);
        const OWN: u64 = HERE_FROM + 1;
        const EXACT: u64 = HERE_FROM + 7;
        const NAMES: u64 = HERE_FROM + 10;
        const AFFIXES: u64 = HERE_FROM + 20;
        const AFFIXES_END: u64 = HERE_FROM + 40;
        const CLUSTERS: [u64; 4] = [HERE_FROM + 2, HERE_FROM + 3, HERE_FROM + 4, HERE_FROM + 9];
        match template {
            1 | 2 | OWN | EXACT | AFFIXES..AFFIXES_END => Self::Identity,
            30..40 | NAMES => Self::Lists,
            14 | 15 | 19 | 20 => Self::Clusters,
            _ if template == CLUSTERS[0] || template == CLUSTERS[1] => Self::Clusters,
            _ if template == CLUSTERS[2] || template == CLUSTERS[3] => Self::Clusters,
            _ => Self::Context,
        }
    }

    /// The group of a feature, which its last two bits tell.
    #[cfg(feature = "train")]
    pub(crate) fn of_feature(feature: u64) -> Self {
        match feature & 3 {
            0 => Self::Context,
            1 => Self::Identity,
            2 => Self::Lists,
            _ => Self::Clusters,
        }
    }
}

#[inline]
fn key(template: u64, value: u64) -> u64 {
    let mixed =
        (template.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ value).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let folded = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (folded ^ (folded >> 29)) & !3 | Group::of(template) as u64
}

/// Features of a token that `word` alone gives, standing at `distance` from it (an index: [`HERE`]
/// is the token itself). `lowered` is the word's lower-case form, used at [`HERE`] only.
pub(crate) fn single(word: &Word, lowered: &str, distance: usize, mut sink: impl FnMut(u64)) {
    let template = 100 * (distance as u64 + 1);
    let [coarse, medium, fine] = word.entry.clusters.map(u64::from);
    sink(key(template + 1, word.lower));
    sink(key(template + 2, medium));
    if distance.abs_diff(HERE) > 1 {
        return;
    }
    sink(key(template + 3, coarse));
    sink(key(template + 4, fine));
    sink(key(template + 5, word.class));
    if distance != HERE {
        return;
    }
    sink(key(template + 6, 0));
    sink(key(template + 7, word.exact));
    sink(key(template + 8, word.shape));
    sink(key(template + 9, pair(medium, word.class)));
    if word.name_lists() > 0 {
        sink(key(template + 10, word.name_lists()));
    }
    affixes(lowered, |length, hash| sink(key(template + 20 + length, hash)));
}

/// Prefixes of two to five letters (numbered 2 to 5) and suffixes of one to five (11 to 15).
fn affixes(lowered: &str, mut sink: impl FnMut(u64, u64)) {
    let mut prefix = 99;
    for (length, letter) in (1..).zip(lowered.chars().take(5)) {
        prefix = pair(prefix, u64::from(letter));
        if length > 1 {
            sink(length, prefix);
        }
    }
    let mut suffix = 98;
    for (length, letter) in (11..).zip(lowered.chars().rev().take(5)) {
        suffix = pair(suffix, u64::from(letter));
        sink(length, suffix);
    }
}

/// A sentence as [`joint`] reads it.
pub(crate) struct Sentence<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) listed: &'a [Listed],
}

impl Sentence<'_> {
    #[inline]
    fn word(&self, at: usize, distance: isize) -> &Word {
        match at.checked_add_signed(distance) {
            None => &Word::BEFORE,
            Some(at) => self.words.get(at).unwrap_or(&Word::AFTER),
        }
    }

    /// The lists and name lists of a token as one number.
    #[inline]
    fn mask(&self, at: usize, distance: isize) -> u64 {
        let Some(at) = at.checked_add_signed(distance) else { return 0 };
        let (Some(listed), Some(word)) = (self.listed.get(at), self.words.get(at)) else {
            return 0;
        };
        let mut mask = word.name_lists() << PHRASE_LISTS;
        for (list, &mark) in listed.iter().enumerate() {
            mask |= u64::from(mark > 0) << list;
        }
        mask
    }
}

/// Features of the token `at` that several words, or the lists, give together; none for a plain
/// word without a capital beside it, which is half of a text and hardly ever in a name.
pub(crate) fn joint(sentence: &Sentence<'_>, at: usize, mut sink: impl FnMut(u64)) {
    let here = sentence.word(at, 0);
    let (before, after) = (sentence.word(at, -1), sentence.word(at, 1));
    if here.plain && !before.capital && !after.capital {
        return;
    }
    let (before2, after2) = (sentence.word(at, -2), sentence.word(at, 2));

    sink(key(1, pair(before.lower, here.lower)));
    sink(key(2, pair(here.lower, after.lower)));
    sink(key(3, pair(before.lower, after.lower)));
    sink(key(4, pair(before2.lower, before.lower)));
    sink(key(5, pair(after.lower, after2.lower)));

    let (left, right) = (pair(before.class, here.class), pair(here.class, after.class));
    sink(key(6, left));
    sink(key(7, right));
    sink(key(8, pair(left, after.class)));
    sink(key(9, pair(before2.class, left)));
    sink(key(10, pair(right, after2.class)));
    sink(key(11, pair(before.lower, here.class)));
    sink(key(12, pair(here.class, after.lower)));
    if at == 0 {
        sink(key(13, here.class));
    }

    let coarse = |word: &Word| u64::from(word.entry.clusters[0]);
    let medium = |word: &Word| u64::from(word.entry.clusters[1]);
    sink(key(14, pair(coarse(before), coarse(here))));
    sink(key(15, pair(coarse(here), coarse(after))));
    sink(key(16, pair(medium(before), here.class)));
    sink(key(17, pair(here.class, medium(after))));
    sink(key(18, pair(pair(coarse(before), here.class), coarse(after))));

    sink(key(19, pair(medium(before), medium(here))));
    sink(key(20, pair(medium(here), medium(after))));
    sink(key(21, pair(pair(before.lower, here.class), after.lower)));

    listed(sentence, at, &mut sink);
    if here.capital {
        run(sentence, at, &mut sink);
    }
}

/// What the lists say of the token and its neighbours.
fn listed(sentence: &Sentence<'_>, at: usize, sink: &mut impl FnMut(u64)) {
    let here = sentence.word(at, 0);
    let (mask, before, after) = (sentence.mask(at, 0), sentence.mask(at, -1), sentence.mask(at, 1));
    if mask | before | after == 0 {
        return;
    }
    if let Some(marks) = sentence.listed.get(at) {
        for (list, &mark) in (0_u64..).zip(marks) {
            if mark > 0 {
                let said = list * 8 + u64::from(mark);
                sink(key(30, said));
                sink(key(31, pair(said, here.class)));
            }
        }
    }
    sink(key(32, mask));
    sink(key(33, pair(mask, after)));
    sink(key(34, pair(before, mask)));
    if mask > 0 {
        let around = pair(sentence.word(at, -1).class, sentence.word(at, 1).class);
        sink(key(35, pair(mask, around)));
    }
    if here.name_lists() > 0 {
        for (template, distance) in [(36, 1), (37, -1)] {
            let other = sentence.word(at, distance);
            sink(key(template, other.name_lists() * 2 + u64::from(other.capital)));
        }
    }
}

/// The run of capitalised words that the token stands in: its first and last word, and the words
/// around it.
fn run(sentence: &Sentence<'_>, at: usize, sink: &mut impl FnMut(u64)) {
    let words = sentence.words;
    let ahead = words.iter().skip(at + 1).take(RUN_WORDS).take_while(|word| word.capital).count();
    let behind =
        words.iter().take(at).rev().take(RUN_WORDS).take_while(|word| word.capital).count();
    let (first, last) = (at - behind, at + ahead);
    let medium = |word: &Word| u64::from(word.entry.clusters[1]);
    let length = (ahead + behind) as u64;
    if let Some(next) = words.get(last + 1) {
        sink(key(40, next.lower));
        sink(key(46, medium(next)));
    }
    if let Some(previous) = first.checked_sub(1).and_then(|at| words.get(at)) {
        sink(key(41, previous.lower));
        sink(key(47, medium(previous)));
        if let Some(word) = words.get(last) {
            sink(key(48, pair(medium(previous), medium(word))));
        }
    }
    if let (Some(start), Some(end)) = (words.get(first), words.get(last))
        && length > 0
    {
        sink(key(49, pair(start.name_lists(), pair(end.name_lists(), length))));
        sink(key(50, pair(behind as u64, pair(length, end.class))));
    }
    if ahead > 0
        && let Some(word) = words.get(last)
    {
        sink(key(42, word.lower));
        sink(key(44, medium(word)));
    }
    if behind > 0
        && let Some(word) = words.get(first)
    {
        sink(key(43, word.lower));
        sink(key(45, medium(word)));
    }
    wider(words, first, last, sink);
}

/// What the run is joined to by a small word: `Bank of` + `Korvald`, `Vint` + `and Sons`.
fn wider(words: &[Word], first: usize, last: usize, sink: &mut impl FnMut(u64)) {
    let medium = |word: &Word| u64::from(word.entry.clusters[1]);
    let short = |word: &Word| !word.capital;
    if let Some([join, next]) = words.get(last + 1..).and_then(|rest| rest.first_chunk::<2>())
        && short(join)
        && next.capital
    {
        sink(key(51, pair(join.lower, medium(next))));
        sink(key(52, pair(join.lower, next.class)));
    }
    if let Some([before, join]) = words.get(..first).and_then(|rest| rest.last_chunk::<2>())
        && short(join)
        && before.capital
    {
        sink(key(53, pair(join.lower, medium(before))));
        sink(key(54, pair(join.lower, before.lower)));
    }
}

/// The feature that every token has.
#[cfg(any(feature = "train", test))]
pub(crate) fn bias() -> u64 {
    key(100 * (HERE as u64 + 1) + 6, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::word::Case;

    fn words(text: &str) -> Vec<Word> {
        let mut lowered = String::new();
        text.split(' ')
            .map(|word| Word::read(word, Case::Sentence, &Lexicon::EMPTY, &mut lowered))
            .collect()
    }

    #[test]
    fn features_do_not_meet() {
        let words = words("Orla Vint met the Korvald council");
        let listed = vec![[0; PHRASE_LISTS]; words.len()];
        let sentence = Sentence { words: &words, listed: &listed };
        for (at, word) in words.iter().enumerate() {
            let mut found = Vec::new();
            joint(&sentence, at, |feature| found.push(feature));
            for distance in 0..DISTANCES {
                single(word, "vint", distance, |feature| found.push(feature));
            }
            let count = found.len();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), count);
            assert!(found.contains(&bias()));
        }
    }

    #[test]
    fn affixes_are_counted_in_letters() {
        let mut found = Vec::new();
        affixes("łódź", |length, _| found.push(length));
        assert_eq!(found, [2, 3, 4, 11, 12, 13, 14]);
    }
}
