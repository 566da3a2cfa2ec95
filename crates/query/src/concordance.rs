//! Keywords in context: what can be asked of a concordance, the lines that come back, and how a line is cut.
//!
//! A line is a match, not an article, and a match is what `search` marks. Contexts are cut by columns of the terminal (UAX #11) between characters as
//! people see them (UAX #29), at blanks where there are any near. Nothing here looks at an index.

use std::ops::Range;

use dateline_article::{ArticleId, Timestamp};
use dateline_schema::analyze::Words;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::engine::Request;
use crate::note::Note;

/// Words beside a keyword by which lines are sorted.
const SORT_WORDS: usize = 5;
/// Columns beside a keyword in which those are looked for, where less is shown.
const SORT_COLUMNS: usize = 60;
/// Bytes looked through for each column that is to be filled.
const BYTES_A_COLUMN: usize = 16;

/// What is asked of a concordance.
#[derive(Clone, Debug)]
pub struct Concordance {
    /// The query, its filters, and what becomes of copies; its limit, offset and order do not count.
    pub request: Request,
    /// Order of the lines.
    pub order: LineOrder,
    /// Lines wanted; all without.
    pub limit: Option<usize>,
    /// A choice by chance among all lines, made before any other.
    pub sample: Option<Sample>,
    /// Columns of context on each side.
    pub columns: usize,
}

/// The order of lines. Ties break by article id and place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// By the rank of their article, then by place.
    #[default]
    Relevance,
    /// By the words before the keyword, the nearest first.
    Left,
    /// By the words after it.
    Right,
    /// The oldest first; those without a date last.
    Date,
    /// By the name of the source, then the oldest first; those without a source last.
    Source,
}

/// A choice that is the same for the same seed and articles, whatever their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Lines in it.
    pub size: usize,
    /// Another seed is another choice.
    pub seed: u64,
}

/// The lines of a concordance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// In the order asked for.
    pub lines: Vec<Line>,
    /// Lines there are in all; `None` where counting stopped when there were enough.
    pub total: Option<u64>,
    /// How the query was read and run.
    pub notes: Vec<Note>,
}

/// A keyword in its context. `left`, `keyword` and `right` put together are the passage on one line; none has a control character.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The article.
    pub id: ArticleId,
    /// When it appeared.
    pub published: Option<Timestamp>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// What stands before the keyword.
    pub left: String,
    /// The keyword as written.
    pub keyword: String,
    /// What stands after it.
    pub right: String,
}

/// Where a line stands among others: by words, then a number, then article and place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineKey {
    pub(crate) words: Vec<String>,
    pub(crate) number: i64,
    pub(crate) id: ArticleId,
    pub(crate) place: (Part, usize),
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Title,
    Text,
}

/// What stands before and after the bytes of a keyword, and the keyword, each on one line.
pub(crate) fn around(text: &str, keyword: Range<usize>, columns: usize) -> [String; 3] {
    let inside = one_line(text.get(keyword.clone()).unwrap_or_default());
    [
        before(text, keyword.start, columns),
        inside.trim().to_owned(),
        after(text, keyword.end, columns),
    ]
}

/// The words before a keyword, folded, the nearest first.
pub(crate) fn words_before(text: &str, start: usize) -> Vec<String> {
    let mut words = folded(&before(text, start, SORT_COLUMNS));
    words.reverse();
    words.truncate(SORT_WORDS);
    words
}

/// The words after a keyword, folded.
pub(crate) fn words_after(text: &str, end: usize) -> Vec<String> {
    let mut words = folded(&after(text, end, SORT_COLUMNS));
    words.truncate(SORT_WORDS);
    words
}

/// A number that looks drawn by chance, for a place in an article under a seed (the finaliser of `SplitMix64`, S. Vigna).
pub(crate) fn lot(seed: u64, id: ArticleId, place: (Part, usize)) -> u64 {
    let mix = |mut value: u64| {
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    let part = u64::from(place.0 == Part::Text);
    let at = (place.1 as u64) << 1 | part;
    mix(mix(mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ id.as_u64()) ^ at)
}

fn folded(text: &str) -> Vec<String> {
    let mut words = Words::new(text);
    let mut found = Vec::new();
    while words.advance() {
        found.push(words.folded().to_owned());
    }
    found
}

fn before(text: &str, end: usize, columns: usize) -> String {
    let far = end.saturating_sub(columns.saturating_mul(BYTES_A_COLUMN));
    let from = (far..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let piece = one_line(text.get(from..end).unwrap_or_default());
    let piece = if from == 0 { piece.trim_start() } else { piece.as_str() };
    let mut left = columns;
    let mut start = piece.len();
    for (at, character) in piece.grapheme_indices(true).rev() {
        let Some(rest) = left.checked_sub(character.width()) else { break };
        (left, start) = (rest, at);
    }
    let (gone, shown) = piece.split_at_checked(start).unwrap_or(("", piece));
    if gone.is_empty() && from == 0 || gone.ends_with(' ') {
        return shown.trim_start().to_owned();
    }
    // Begin with a whole word, where that costs little.
    let word = shown.find(' ').filter(|at| prefix(shown, *at).width() <= columns / 3);
    word.map_or(shown, |at| shown.get(at..).unwrap_or_default().trim_start()).to_owned()
}

fn after(text: &str, start: usize, columns: usize) -> String {
    let far = start.saturating_add(columns.saturating_mul(BYTES_A_COLUMN)).min(text.len());
    let to = (start..=far).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let piece = one_line(text.get(start..to).unwrap_or_default());
    let piece = if to == text.len() { piece.trim_end() } else { piece.as_str() };
    let mut left = columns;
    let mut end = 0;
    for (at, character) in piece.grapheme_indices(true) {
        let Some(rest) = left.checked_sub(character.width()) else { break };
        (left, end) = (rest, at + character.len());
    }
    let (shown, gone) = piece.split_at_checked(end).unwrap_or((piece, ""));
    if gone.is_empty() && to == text.len() || gone.starts_with(' ') {
        return shown.trim_end().to_owned();
    }
    let tail = |at: usize| shown.get(at..).unwrap_or_default().width();
    let word = shown.rfind(' ').filter(|at| tail(*at) <= columns / 3);
    word.map_or(shown, |at| prefix(shown, at).trim_end()).to_owned()
}

fn prefix(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

/// The text with single blanks, without control characters and marks that turn the direction of writing.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left, keyword and right of `word` in `text`.
    #[track_caller]
    fn check(text: &str, word: &str, columns: usize, expected: [&str; 3]) {
        let start = text.find(word).unwrap();
        let found = around(text, start..start + word.len(), columns);
        assert_eq!(found, expected, "{text} at {columns}");
        assert!(found[0].width() <= columns && found[2].width() <= columns);
    }

    #[test]
    fn contexts_end_between_words() {
        let text = "The ferry to Istanbul did not sail.";
        check(text, "Istanbul", 40, ["The ferry to ", "Istanbul", " did not sail."]);
        check(text, "Istanbul", 10, ["ferry to ", "Istanbul", " did not"]);
        check(text, "Istanbul", 13, ["The ferry to ", "Istanbul", " did not sail"]);
        check(text, "Istanbul", 0, ["", "Istanbul", ""]);
        check(text, "The", 9, ["", "The", " ferry to"]);
        check("COVID-19 closed it.", "COVID", 30, ["", "COVID", "-19 closed it."]);
    }

    #[test]
    fn a_word_too_long_is_cut_between_characters() {
        check("aaaaaaaaaa b ccccccccccc", "b", 5, ["aaaa ", "b", " cccc"]);
        check("東京都は雨、大阪府は雪。", "大阪", 7, ["は雨、", "大阪", "府は雪"]);
        check("e\u{301}e\u{301}e\u{301}x", "x", 2, ["e\u{301}e\u{301}", "x", ""]);
        check("x👩‍👩‍👧👩‍👩‍👧", "x", 3, ["", "x", "👩‍👩‍👧"]);
        check("שלום לכולם בעיר", "לכולם", 9, ["שלום ", "לכולם", " בעיר"]);
    }

    #[test]
    fn one_line_without_what_steers() {
        check("a\n\nb\tkey\u{0}c\u{202e}d", "key", 20, ["a b ", "key", " cd"]);
        let found = around("old \n key\u{1b}[2Jword", 6..15, 9);
        assert_eq!(found, ["old ", "key [2Jwo", "rd"]);
    }

    #[test]
    fn words_beside_for_sorting() {
        let text = "Envoys of Élysée met the captain of the ferry today.";
        let at = text.find("captain").unwrap();
        assert_eq!(words_before(text, at), ["the", "met", "elysee", "of", "envoys"]);
        assert_eq!(words_after(text, at + 7), ["of", "the", "ferry", "today"]);
    }

    #[test]
    fn lots_depend_on_seed_article_and_place() {
        let id = ArticleId::from_u64;
        let one = lot(1, id(7), (Part::Text, 3));
        assert_eq!(one, lot(1, id(7), (Part::Text, 3)));
        for other in [
            lot(2, id(7), (Part::Text, 3)),
            lot(1, id(8), (Part::Text, 3)),
            lot(1, id(7), (Part::Text, 4)),
            lot(1, id(7), (Part::Title, 3)),
        ] {
            assert_ne!(one, other);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_between_its_characters(text in "\\PC{0,40}", at in 0..40_usize, length in 0..6_usize, columns in 0..30_usize) {
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let start = borders[at.min(borders.len() - 1)];
            let end = borders[(at + length).min(borders.len() - 1)];
            let [left, keyword, right] = around(&text, start..end, columns);
            proptest::prop_assert!(left.width() <= columns && right.width() <= columns);
            let whole = one_line(&text);
            proptest::prop_assert!(whole.contains(left.trim()) && whole.contains(&keyword) && whole.contains(right.trim()));
            proptest::prop_assert!(![left, keyword, right].iter().any(|piece| piece.contains(char::is_control)));
        }
    }
}
