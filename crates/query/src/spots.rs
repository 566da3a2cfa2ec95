//! From what stands in a query to the words of the index: one spot a word, at its place in the phrase.
//!
//! The words come from the analysis that the index was built with, so that query, index and highlights agree. Nothing here looks
//! at an index.

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

/// The words of a pattern. A `*` that stands alone keeps a word's place open.
pub(crate) fn spots(pattern: &Pattern) -> Spots {
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
    let mut words = Words::new(&text);
    let mut found = Vec::new();
    let mut first = None;
    while words.advance() {
        let first = *first.get_or_insert(words.position());
        let place = words.position() - first;
        let folded = words.folded();
        if folded.contains([one, many]) {
            let glob = Glob::new(folded, one, many);
            if !glob.is_anything() || pattern.as_text().is_some() {
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

/// A folded word with wildcards.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glob {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Letter(char),
    One,
    Many,
}

impl Glob {
    fn new(folded: &str, one: char, many: char) -> Self {
        let part = |sign| match sign {
            sign if sign == one => Part::One,
            sign if sign == many => Part::Many,
            sign => Part::Letter(sign),
        };
        let mut parts: Vec<Part> = folded.chars().map(part).collect();
        parts.dedup_by(|a, b| *a == Part::Many && *b == Part::Many);
        Self { parts }
    }

    fn is_anything(&self) -> bool {
        self.parts == [Part::Many]
    }

    /// What all its words begin with.
    pub(crate) fn beginning(&self) -> String {
        let letters = self.parts.iter().map_while(|part| match part {
            Part::Letter(letter) => Some(*letter),
            _ => None,
        });
        letters.collect()
    }

    /// Whether nothing but its beginning is fixed.
    pub(crate) fn is_prefix(&self) -> bool {
        self.parts.last() == Some(&Part::Many)
            && self.parts.iter().filter(|part| !matches!(part, Part::Letter(_))).count() == 1
    }

    /// Whether it stands for `word`. Time grows with the product of both lengths at worst.
    pub(crate) fn matches(&self, word: &str) -> bool {
        let letters: Vec<char> = word.chars().collect();
        let (mut part, mut letter) = (0, 0);
        // Where the last `*` stands, and the first letter that it does not yet take.
        let mut retry: Option<(usize, usize)> = None;
        loop {
            match (self.parts.get(part), letters.get(letter)) {
                (Some(Part::Many), _) => {
                    retry = Some((part, letter));
                    part += 1;
                    continue;
                }
                (Some(Part::One), Some(_)) => {
                    (part, letter) = (part + 1, letter + 1);
                    continue;
                }
                (Some(Part::Letter(wanted)), Some(found)) if wanted == found => {
                    (part, letter) = (part + 1, letter + 1);
                    continue;
                }
                (None, None) => return true,
                _ => {}
            }
            match retry {
                Some((star, taken)) if taken < letters.len() => {
                    retry = Some((star, taken + 1));
                    (part, letter) = (star + 1, taken + 1);
                }
                _ => return false,
            }
        }
    }
}

/// Whether two folded words are at most `edits` apart; a letter more, less or other counts one, two neighbours that change places also.
///
/// Optimal string alignment (Damerau's distance without edits of a transposed pair).
pub(crate) fn distance(a: &[char], b: &[char], edits: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > edits {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, right) in b.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(left != right))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            let crossed =
                i > 0 && j > 0 && a.get(i - 1) == Some(right) && b.get(j - 1) == Some(left);
            if crossed {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_some_and(|best| *best > edits) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|found| *found <= edits)
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
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b, edits), expected, "{a:?} {b:?}");
            assert_eq!(distance(&b, &a, edits), expected, "{b:?} {a:?}");
        };
        check("kyiv", "kyiv", 1, Some(0));
        check("kyiv", "kiev", 2, Some(2));
        check("kyiv", "kiyv", 1, Some(1));
        check("avdiivka", "avdeevka", 2, Some(2));
        check("avdiivka", "avdiyivka", 1, Some(1));
        check("kyiv", "lviv", 1, None);
        check("", "ab", 2, Some(2));
        check("ca", "abc", 2, None);
    }
}
