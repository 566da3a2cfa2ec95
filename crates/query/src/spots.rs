//! From what stands in a query to the words of the index: one spot a word, at its place in the phrase.
//!
//! The words come from the analysis that the index was built with, so that query, index and highlights agree. Nothing here looks
//! at an index.

use std::borrow::Cow;

use dateline_schema::analyze::{Words, fold};

use crate::syntax::{Pattern, Piece};

/// One word that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spot {
    /// A word; stemmed or not as the surroundings say.
    Word(String),
    /// A form that keeps what folding loses: `US` for `U.S.`, `c++`, `@nato`, `#kyiv`.
    Marked(String),
    /// A word with wildcards, folded.
    Glob(Glob),
}

/// Spots with their places from the first.
pub(crate) type Spots = Vec<(u32, Spot)>;

/// Letters that stand for wildcards while the words are cut: of the Vai script, which no news archive is likely to mix with wildcards.
const STAND_INS: [char; 6] = ['ꔀ', 'ꔁ', 'ꔂ', 'ꔃ', 'ꔄ', 'ꔅ'];

/// The words of a part of a web address, in which `&` and `?` part words.
pub(crate) fn spots_of_address(pattern: &Pattern) -> Spots {
    let mut parted = Pattern::default();
    for piece in pattern.pieces() {
        match piece {
            Piece::Text(text) => {
                text.chars().for_each(|sign| parted.push(if sign == '&' { ' ' } else { sign }));
            }
            Piece::One => parted.push(' '),
            Piece::Many => parted.push_many(),
        }
    }
    spots(&parted)
}

/// The words of a pattern. A `*` that stands alone keeps a word's place open.
pub(crate) fn spots(pattern: &Pattern) -> Spots {
    let (text, stand_ins) = if let Some(plain) = pattern.as_text() {
        (Cow::Borrowed(plain), None)
    } else {
        let (text, stand_ins) = with_stand_ins(pattern);
        (Cow::Owned(text), Some(stand_ins))
    };
    let mut words = Words::new(&text);
    let mut found = Vec::new();
    let mut first = None;
    while words.advance() {
        let first = *first.get_or_insert(words.position());
        let place = words.position() - first;
        let folded = words.folded();
        if let Some([one, many]) = stand_ins
            && folded.contains([one, many])
        {
            let glob = Glob::new(folded, one, many);
            if !glob.is_anything() {
                found.push((place, Spot::Glob(glob)));
            }
            continue;
        }
        let written = text.get(words.span()).unwrap_or_default();
        let marked = words
            .marked()
            .filter(|marked| written.contains('.') || marked.contains(['+', '#', '@']));
        found.push((
            place,
            marked.map_or_else(
                || Spot::Word(folded.to_owned()),
                |marked| Spot::Marked(marked.to_owned()),
            ),
        ));
    }
    found
}

/// The text of a pattern, and the letters that stand in it for one letter and for many.
fn with_stand_ins(pattern: &Pattern) -> (String, [char; 2]) {
    let in_text = |sign: char| {
        pattern
            .pieces()
            .iter()
            .any(|piece| matches!(piece, Piece::Text(text) if text.contains(sign)))
    };
    let mut free = STAND_INS.into_iter().filter(|sign| !in_text(*sign));
    let (one, many) = (free.next().unwrap_or('ꔀ'), free.next().unwrap_or('ꔁ'));
    let mut text = String::new();
    for piece in pattern.pieces() {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::One => text.push(one),
            Piece::Many => text.push(many),
        }
    }
    (text, [one, many])
}

/// A folded word with wildcards.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glob {
    parts: Vec<Part>,
    /// What all its words begin and end with.
    beginning: String,
    ending: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Letter(char),
    One,
    Many,
}

impl Glob {
    /// That of a folded word in which `one` stands for any letter and `many` for any number of letters.
    pub(crate) fn new(folded: &str, one: char, many: char) -> Self {
        let part = |sign| match sign {
            sign if sign == one => Part::One,
            sign if sign == many => Part::Many,
            sign => Part::Letter(sign),
        };
        let mut parts: Vec<Part> = folded.chars().map(part).collect();
        parts.dedup_by(|a, b| *a == Part::Many && *b == Part::Many);
        let wildcard = [one, many];
        let beginning = folded.split(wildcard).next().unwrap_or_default().to_owned();
        let ending = folded.rsplit(wildcard).next().unwrap_or_default().to_owned();
        Self { parts, beginning, ending }
    }

    fn is_anything(&self) -> bool {
        self.parts == [Part::Many]
    }

    /// Whether it stands for all words with its beginning.
    pub(crate) fn is_beginning(&self) -> bool {
        self.parts.iter().position(|part| !matches!(part, Part::Letter(_)))
            == self.parts.len().checked_sub(1)
            && self.parts.ends_with(&[Part::Many])
    }

    /// What all its words begin with.
    pub(crate) fn beginning(&self) -> &str {
        &self.beginning
    }

    /// Whether it stands for `word`. Time grows with the product of both lengths at worst.
    pub(crate) fn matches(&self, word: &str) -> bool {
        let ends = word.len() >= self.beginning.len() + self.ending.len()
            && word.starts_with(&self.beginning)
            && word.ends_with(&self.ending);
        let wildcards = || self.parts.iter().filter(|part| !matches!(part, Part::Letter(_)));
        ends && (wildcards().eq([&Part::Many]) || self.matches_letters(word))
    }

    fn matches_letters(&self, word: &str) -> bool {
        let (mut part, mut letters) = (0, word.chars());
        // Where the last `*` stands, and the letters that it does not yet take.
        let mut retry = None;
        loop {
            let mut ahead = letters.clone();
            let fits = match self.parts.get(part) {
                Some(Part::Many) => {
                    retry = Some((part, letters.clone()));
                    part += 1;
                    continue;
                }
                Some(Part::One) => ahead.next().is_some(),
                Some(Part::Letter(wanted)) => ahead.next() == Some(*wanted),
                None if letters.as_str().is_empty() => return true,
                None => false,
            };
            if fits {
                (part, letters) = (part + 1, ahead);
                continue;
            }
            let Some((star, left)) = &mut retry else { return false };
            if left.next().is_none() {
                return false;
            }
            (part, letters) = (*star + 1, left.clone());
        }
    }
}

/// Letters of the longest word that is held against another.
pub(crate) const LONGEST_LETTERS: usize = 63;

/// Whether two folded words are at most `edits` apart; a letter more, less or other counts one, two neighbours that change places also.
///
/// Optimal string alignment (Damerau's distance without edits of a transposed pair), along the diagonal only. Words of more than 63
/// letters are apart.
pub(crate) fn distance(a: &[char], word: &str, edits: usize) -> Option<usize> {
    let mut b = ['\0'; LONGEST_LETTERS];
    let mut length = 0;
    for letter in word.chars() {
        *b.get_mut(length)? = letter;
        length += 1;
    }
    let b = b.get(..length)?;
    if a.len().abs_diff(length) > edits || a.len() > LONGEST_LETTERS {
        return None;
    }
    let far = edits + 1;
    let at = |row: &[usize; LONGEST_LETTERS + 1], n: usize| row.get(n).copied().unwrap_or(far);
    let mut before_last = [far; LONGEST_LETTERS + 1];
    let mut last = [far; LONGEST_LETTERS + 1];
    for (n, cell) in last.iter_mut().take(far).enumerate() {
        *cell = n;
    }
    for (i, left) in a.iter().enumerate() {
        let mut row = [far; LONGEST_LETTERS + 1];
        let mut nearest = far;
        for j in (i + 1).saturating_sub(edits)..=(i + 1 + edits).min(length) {
            let mut best = at(&last, j) + 1;
            if let Some(right) = j.checked_sub(1).and_then(|before| b.get(before)) {
                best = best.min(at(&last, j - 1) + usize::from(left != right));
                best = best.min(at(&row, j - 1) + 1);
                let crossed =
                    j > 1 && i > 0 && a.get(i - 1) == Some(right) && b.get(j - 2) == Some(left);
                if crossed {
                    best = best.min(at(&before_last, j - 2) + 1);
                }
            }
            nearest = nearest.min(best);
            if let Some(cell) = row.get_mut(j) {
                *cell = best.min(far);
            }
        }
        if nearest > edits {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    Some(at(&last, length)).filter(|found| *found <= edits)
}

/// Edits allowed in a word where the query gives no number.
pub(crate) fn edits_for(word: &str) -> u8 {
    if word.chars().count() <= 5 { 1 } else { 2 }
}

/// The word of a fuzzy operand as the index holds it; `None` where it is none or several.
pub(crate) fn single_word(text: &str) -> Option<String> {
    match spots(&Pattern::text(text)).as_slice() {
        [(_, Spot::Word(word))] => Some(word.clone()),
        [(_, Spot::Marked(_))] => Some(fold(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let mut pattern = Pattern::default();
        for sign in text.chars() {
            match sign {
                '*' => pattern.push_many(),
                '?' => pattern.push_one(),
                sign => pattern.push(sign),
            }
        }
        pattern
    }

    #[test]
    fn words_and_their_places() {
        let check = |text: &str, expected: &str| {
            let found: Vec<String> = spots(&pattern(text))
                .into_iter()
                .map(|(place, spot)| match spot {
                    Spot::Word(word) => format!("{place}:{word}"),
                    Spot::Marked(word) => format!("{place}:[{word}]"),
                    Spot::Glob(glob) => format!("{place}:{}…", glob.beginning()),
                })
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        };
        check("Élysée", "0:elysee");
        check("l'Élysée", "0:l 1:elysee");
        check("COVID-19", "0:covid 1:19");
        check("U.S. troops", "0:[US] 1:troops");
        check("US NATO", "0:us 1:nato");
        check("C++ @nato #kyiv AT&T", "0:[c++] 1:[@nato] 2:[#kyiv] 3:at&t");
        check("anti-muslim*", "0:anti 1:muslim…");
        check("political * will", "0:political 2:will");
        check("*vdi?ka", "0:…");
        check("— … ", "");
    }

    #[test]
    fn wildcards() {
        let check = |glob: &str, word: &str, expected: bool| {
            let Some((_, Spot::Glob(found))) = spots(&pattern(glob)).pop() else {
                panic!("{glob}")
            };
            assert_eq!(found.matches(word), expected, "{glob} {word}");
            let by_beginning = word.starts_with(found.beginning());
            assert!(!found.is_beginning() || by_beginning == expected, "{glob} {word}");
            let is_beginning = glob.ends_with('*') && glob.matches(['*', '?']).count() == 1;
            assert_eq!(found.is_beginning(), is_beginning, "{glob}");
        };
        check("ammun*", "ammunition", true);
        check("ammun*", "ammun", true);
        check("ammun*", "ammu", false);
        check("organi?ation", "organization", true);
        check("organi?ation", "organiation", false);
        check("*vdi*ka", "avdiivka", true);
        check("*vdi*ka", "avdiivkas", false);
        check("?", "é", true);
        check("*a*a*a*a*b", &"a".repeat(200), false);
        check("Éc*", "ecole", true);
    }

    #[test]
    fn edits() {
        let check = |a: &str, b: &str, edits: usize, expected: Option<usize>| {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            assert_eq!(distance(&letters(a), b, edits), expected, "{a:?} {b:?}");
            assert_eq!(distance(&letters(b), a, edits), expected, "{b:?} {a:?}");
        };
        check("kyiv", "kyiv", 1, Some(0));
        check("kyiv", "kiev", 2, Some(2));
        check("kyiv", "kiyv", 1, Some(1));
        check("avdiivka", "avdeevka", 2, Some(2));
        check("avdiivka", "avdiyivka", 1, Some(1));
        check("kyiv", "lviv", 1, None);
        check("", "ab", 2, Some(2));
        check("ca", "abc", 2, None);
        check(&"a".repeat(63), &"a".repeat(62), 1, Some(1));
        check(&"a".repeat(64), &"a".repeat(64), 1, None);
    }

    /// The same by the whole table, as the textbook has it.
    fn textbook(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut best = (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest::proptest! {
        #[test]
        fn distance_is_as_in_the_textbook(a in "[abé]{0,8}", b in "[abé]{0,8}", edits in 1..=2_usize) {
            let letters: Vec<char> = a.chars().collect();
            let full = textbook(&letters, &b.chars().collect::<Vec<_>>());
            proptest::prop_assert_eq!(distance(&letters, &b, edits), (full <= edits).then_some(full));
        }

        #[test]
        fn wildcards_are_as_a_pattern(glob in "[ab?*]{1,6}", word in "[ab]{0,8}") {
            proptest::prop_assume!(glob.contains(['?', '*']));
            let regex = format!("^{}$", glob.replace('?', ".").replace('*', ".*"));
            let expected = regex::Regex::new(&regex).unwrap().is_match(&word);
            let glob = Glob::new(&glob, '?', '*');
            proptest::prop_assert_eq!(glob.matches(&word), expected);
        }
    }
}
