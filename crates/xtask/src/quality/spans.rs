//! Spans of one text compared with spans of the same text set with other white space: counted in characters that are not white.
//!
//! Gold offsets are characters, those of `dateline` are bytes; a prediction may lack the beginning of the gold text, or have
//! more before it.

use std::ops::Range;

/// A half-open span counted in characters that are not white space. Negative before the beginning of the gold text.
pub(super) type Dense = Range<i64>;

/// A text and, for each of its byte offsets, how many characters before it are not white space.
pub(super) struct Text<'a> {
    all: &'a str,
    dense: Vec<i64>,
    /// How many characters that are not white space stand before the gold text's beginning.
    shift: i64,
}

/// As the Python scorers see it, where the separators of ASCII are white space as well.
fn is_white(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn squeezed(text: &str) -> Vec<char> {
    text.chars().filter(|&c| !is_white(c)).collect()
}

impl<'a> Text<'a> {
    pub(super) fn gold(text: &'a str) -> Self {
        let mut dense = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for c in text.chars() {
            dense.extend(std::iter::repeat_n(count, c.len_utf8()));
            count += i64::from(!is_white(c));
        }
        dense.push(count);
        Self { all: text, dense, shift: 0 }
    }

    /// The text that a prediction's spans refer to; it is laid over the gold text by the first stretch of that which stands in it.
    pub(super) fn predicted(text: &'a str, gold: &str) -> Self {
        const STRETCH: usize = 80;
        let (own, gold) = (squeezed(text), squeezed(gold));
        let starts = (0..gold.len().saturating_sub(STRETCH).max(1)).step_by(STRETCH / 2);
        let found = starts.into_iter().find_map(|at| {
            let stretch = gold.get(at..(at + STRETCH).min(gold.len()))?;
            let position = find(&own, stretch)?;
            Some(i64::try_from(position).ok()? - i64::try_from(at).ok()?)
        });
        Self { shift: found.unwrap_or(0), ..Self::gold(text) }
    }

    /// Characters that are not white space in the whole text.
    pub(super) fn length(&self) -> i64 {
        self.dense.last().copied().unwrap_or(0)
    }

    /// A span of bytes.
    pub(super) fn span(&self, bytes: &Range<usize>) -> Option<Dense> {
        let (start, end) = (self.dense.get(bytes.start)?, self.dense.get(bytes.end)?);
        Some(start - self.shift..end - self.shift)
    }

    /// A span of bytes without a leading article and a trailing `'s`; `None` when nothing is left.
    pub(super) fn trimmed(&self, bytes: &Range<usize>) -> Option<Dense> {
        let surface = self.all.get(bytes.clone())?;
        let start = bytes.start + article(surface);
        let end = bytes.end - possessive(surface);
        if start < end { self.span(&(start..end)) } else { None }
    }
}

/// Byte offset of each character of a text, and its length.
pub(super) fn characters(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn find(text: &[char], stretch: &[char]) -> Option<usize> {
    if stretch.is_empty() {
        return Some(0);
    }
    text.windows(stretch.len()).position(|window| window == stretch)
}

/// Bytes of a leading "the ", "a ", "an ".
fn article(surface: &str) -> usize {
    let Some(at) = surface.find(is_white) else { return 0 };
    let (word, rest) = surface.split_at_checked(at).unwrap_or_default();
    if !["the", "a", "an"].iter().any(|article| word.eq_ignore_ascii_case(article)) {
        return 0;
    }
    surface.len() - rest.trim_start_matches(is_white).len()
}

/// Bytes of a trailing "'s" or "'" and the blanks before it.
fn possessive(surface: &str) -> usize {
    let short = surface.strip_suffix('s').unwrap_or(surface);
    let Some(stem) = short.strip_suffix(['\'', '’']).or_else(|| surface.strip_suffix(['\'', '’']))
    else {
        return 0;
    };
    surface.len() - stem.trim_end_matches(is_white).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(surface: &str, expected: Option<&str>) {
        let text = Text::gold(surface);
        let found = text.trimmed(&(0..surface.len()));
        let squeezed = squeezed(surface);
        let cut = found.map(|span| {
            let range = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
            squeezed[range].iter().collect::<String>()
        });
        assert_eq!(cut.as_deref(), expected, "{surface}");
    }

    #[test]
    fn articles_and_possessives_are_no_part() {
        check("Orla Vint", Some("OrlaVint"));
        check("The Hague", Some("Hague"));
        check("an Orla Vint's", Some("OrlaVint"));
        check("Köln ’s", Some("Köln"));
        check("the Vints'", Some("Vints"));
        check("Theo Vint", Some("TheoVint"));
        check("the ", None);
        check("'s", None);
        check("s", Some("s"));
    }

    #[test]
    fn a_prediction_is_laid_over_the_gold_text() {
        let gold = "Orla Vint flew to Korvald.";
        let own = "Head\n\nOrla  Vint flew to Korvald.";
        let text = Text::predicted(own, gold);
        let at = own.find("Korvald").unwrap();
        let wanted = gold.find("Korvald").unwrap();
        assert_eq!(text.span(&(at..at + 7)), Text::gold(gold).span(&(wanted..wanted + 7)));
        assert_eq!(text.span(&(0..4)), Some(-4..0));
        assert_eq!(text.length(), 26);
    }

    #[test]
    fn a_prediction_may_lack_the_beginning() {
        let words: Vec<String> = (0..40).map(|number| format!("word{number}")).collect();
        let gold = words.join(" ");
        let own = gold.split_once("word9 ").unwrap().1;
        let text = Text::predicted(own, &gold);
        let at = gold.find("word30").unwrap();
        let there = own.find("word30").unwrap();
        assert_eq!(text.span(&(there..there + 6)), Text::gold(&gold).span(&(at..at + 6)));
    }

    #[test]
    fn characters_are_where_they_are() {
        assert_eq!(characters("aéb"), [0, 1, 3, 4]);
    }
}
