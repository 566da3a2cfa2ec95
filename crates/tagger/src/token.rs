//! Cuts text into the words the tagger reads: words, numbers, signs, with byte spans.
//!
//! The cuts follow the corpora that the model learned from (Penn Treebank style): contractions and
//! the possessive stand alone (`do` `n't`, `Kyiv` `'s`), hyphenated words stay whole, abbreviations
//! keep their full stop. Sentences are found elsewhere (`sentence`); no word is changed or dropped.

use std::ops::Range;

/// One word or sign of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// How the token is separated from the one before.
    pub(crate) gap: Gap,
}

impl Token {
    pub(crate) fn span(self) -> Range<usize> {
        self.start..self.end
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// White space within a line, or a line wrapped by its width.
    Space,
    /// The end of a line or paragraph that also ends a sentence.
    Break,
}

/// A line shorter than this that ends without a wrap is a heading, a list row or a verse.
const WRAPPED_BYTES: Range<usize> = 48..110;

/// Clitics that stand alone when they end a word, without their apostrophe.
pub(crate) const CLITICS: [&str; 6] = ["s", "m", "d", "re", "ve", "ll"];

/// Abbreviations, lower-case and without the final full stop, after which a sentence seldom ends.
const ABBREVIATIONS: [&str; 92] = [
    "adm", "ala", "apr", "ariz", "ark", "assn", "assoc", "aug", "ave", "bldg", "blvd", "bros",
    "brig", "calif", "capt", "cf", "cmdr", "co", "col", "colo", "conn", "corp", "cos", "cpl",
    "dec", "del", "dept", "dr", "ed", "esq", "etc", "feb", "fig", "fla", "ft", "ga", "gen", "gov",
    "govt", "hon", "inc", "ill", "intl", "jan", "jr", "jul", "jun", "kan", "ky", "la", "lt", "ltd",
    "maj", "mar", "mass", "md", "messrs", "mich", "minn", "miss", "mo", "mont", "mr", "mrs", "ms",
    "mt", "neb", "nev", "no", "nov", "oct", "okla", "ore", "pa", "ph.d", "pres", "prof", "pvt",
    "rep", "reps", "rev", "sen", "sens", "sept", "sgt", "sr", "st", "tenn", "tex", "va", "vs",
    "wash",
];

/// Titles and the like, that stand before a name.
const TITLES: [&str; 27] = [
    "adm", "brig", "capt", "cmdr", "col", "cpl", "dr", "ft", "gen", "gov", "hon", "lt", "maj",
    "messrs", "mr", "mrs", "ms", "mt", "pres", "prof", "pvt", "rep", "rev", "sen", "sgt", "st",
    "vs",
];

/// Whether `word` (with its final full stop) is an abbreviation that goes before what it belongs
/// to, so that a sentence does not end there: a title or an initial.
pub(crate) fn leads_on(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    let initial = stem.chars().count() == 1;
    initial || TITLES.iter().any(|title| title.eq_ignore_ascii_case(stem))
}

/// Cuts `text` into `tokens` (cleared first), in order, never overlapping, on char boundaries.
///
/// Linear in `text.len()`.
pub(crate) fn tokens(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut cutter = Cutter { text, bytes: text.as_bytes(), gap: Gap::Break, tokens };
    let mut at = 0;
    let mut line_start = 0;
    while let Some(next) = cutter.char_at(at) {
        let end = at + next.len_utf8();
        if next == '\n' || next == '\u{2029}' {
            let gap = cutter.line_gap(line_start, at, end);
            cutter.widen(gap);
            line_start = end;
        } else if next.is_whitespace() || next.is_control() || next == '\u{feff}' {
            cutter.widen(Gap::Space);
        } else {
            at = cutter.cut(at, next);
            continue;
        }
        at = end;
    }
}

struct Cutter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    gap: Gap,
    tokens: &'a mut Vec<Token>,
}

impl Cutter<'_> {
    #[inline]
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(&byte) if byte < 0x80 => Some(char::from(byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn widen(&mut self, gap: Gap) {
        if self.gap != Gap::Break {
            self.gap = gap;
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.tokens.push(Token { start, end, gap: self.gap });
            self.gap = Gap::None;
        }
    }

    /// Tells a wrapped line from one that ends a paragraph: a wrapped line has a usual width, no
    /// blank line after it, and goes on with a letter or number.
    fn line_gap(&self, line_start: usize, line_end: usize, next_start: usize) -> Gap {
        let width = line_end - line_start;
        let goes_on = self.char_at(next_start).is_some_and(char::is_alphanumeric);
        if WRAPPED_BYTES.contains(&width) && goes_on { Gap::Space } else { Gap::Break }
    }

    /// Cuts the token (or the tokens of one word) that starts at `start`; returns where it ends.
    fn cut(&mut self, start: usize, first: char) -> usize {
        let after = start + first.len_utf8();
        if first.is_alphanumeric() {
            return self.word(start);
        }
        let handle = first == '@' && self.char_at(after).is_some_and(char::is_alphanumeric);
        if handle {
            let end = self.scan(after, |c| c.is_alphanumeric() || c == '_');
            self.push(start, end);
            return end;
        }
        if is_apostrophe(first) && self.detached_clitic(start, after) {
            let end = self.scan(after, char::is_alphanumeric);
            self.push(start, end);
            return end;
        }
        // A run of one sign (`...`, `--`, `***`) is one token; brackets and quotes stand alone.
        let runs = matches!(first, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' | '#');
        let end = if runs { self.scan(after, |c| c == first) } else { after };
        let end = if matches!(first, '!' | '?') {
            self.scan(end, |c| matches!(c, '!' | '?'))
        } else {
            end
        };
        self.push(start, end);
        end
    }

    fn scan(&self, from: usize, keep: impl Fn(char) -> bool) -> usize {
        let mut at = from;
        while let Some(c) = self.char_at(at).filter(|&c| keep(c)) {
            at += c.len_utf8();
        }
        at
    }

    /// `'s` standing off its word by a blank, as some texts print it.
    fn detached_clitic(&self, start: usize, after: usize) -> bool {
        let end = self.scan(after, char::is_alphanumeric);
        let word_before = start == 0 || self.byte(start - 1) == b' ';
        let letters = self.text.get(after..end).unwrap_or_default();
        word_before && CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(letters))
    }

    /// A word from its first letter or digit: finds its end, then sets its clitic apart.
    fn word(&mut self, start: usize) -> usize {
        if let Some(end) = self.address(start) {
            self.push(start, end);
            return end;
        }
        let end = self.word_end(start);
        let split = self.clitic(start, end);
        self.push(start, split);
        self.push(split, end);
        end
    }

    /// The end of a link or mail address that starts here.
    fn address(&self, start: usize) -> Option<usize> {
        let rest = self.bytes.get(start..)?;
        let link = rest.starts_with(b"http://")
            || rest.starts_with(b"https://")
            || rest.starts_with(b"www.");
        if !link {
            return None;
        }
        let stop = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | '”');
        let mut end = self.scan(start, |c| !stop(c));
        while end > start
            && matches!(self.byte(end - 1), b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'')
        {
            end -= 1;
        }
        Some(end)
    }

    fn word_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut part = start;
        let mut dots = 0;
        while let Some(c) = self.char_at(at) {
            let after = at + c.len_utf8();
            if c.is_alphanumeric() || is_mark(c) {
                at = after;
                continue;
            }
            let next = self.char_at(after);
            let joins_letters = next.is_some_and(char::is_alphanumeric);
            let digits = self.byte(at.wrapping_sub(1)).is_ascii_digit()
                && next.is_some_and(|n| n.is_ascii_digit());
            let goes_on = match c {
                '-' | '\u{2010}' | '\u{2011}' | '_' | '@' => joins_letters,
                '&' => joins_letters && at - part <= 3,
                ',' | ':' | '/' => digits,
                '.' => {
                    let kept = digits || self.abbreviated(start, part, at, next);
                    if !kept {
                        return at;
                    }
                    dots += 1;
                    if !joins_letters || dots > 8 {
                        return after;
                    }
                    true
                }
                c if is_apostrophe(c) => joins_letters,
                _ => false,
            };
            if !goes_on {
                return at;
            }
            at = after;
            part = after;
        }
        at
    }

    /// Whether the full stop at `dot` belongs to the word `start..dot`, whose last part starts at
    /// `part`: initials, acronyms with stops, listed abbreviations, and names of sites and files.
    fn abbreviated(&self, start: usize, part: usize, dot: usize, next: Option<char>) -> bool {
        let last = self.text.get(part..dot).unwrap_or_default();
        let mut letters = last.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        if single {
            let capital = last.chars().all(char::is_uppercase);
            return capital || part > start || next.is_some_and(char::is_alphanumeric);
        }
        if next.is_some_and(char::is_lowercase) {
            // `example.org`; but a missing blank, as in `ended.The`, is a border.
            return true;
        }
        let word = self.text.get(start..dot).unwrap_or_default();
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let plain = matches!(next, None | Some(' ' | ',' | ';' | ':' | ')' | '\n' | '\r'));
        let listed =
            word.len() <= 6 && ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
        listed && plain && (capital || matches!(word, "etc" | "vs" | "cf"))
    }

    /// Where the clitic of the word `start..end` begins, `end` if there is none.
    fn clitic(&self, start: usize, end: usize) -> usize {
        let word = self.text.get(start..end).unwrap_or_default();
        let Some((at, sign)) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c)) else {
            return end;
        };
        let tail = word.get(at + sign.len_utf8()..).unwrap_or_default();
        if tail.eq_ignore_ascii_case("t") {
            let before = word.get(..at).unwrap_or_default();
            let negation = before.ends_with(['n', 'N']) && before.len() > 1;
            return if negation { start + at - 1 } else { end };
        }
        let known = CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(tail));
        if known { start + at } else { end }
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// Combining marks, which belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        tokens(text, &mut found);
        found.iter().map(|token| text.get(token.span()).unwrap()).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(cut(text).join(" "), expected, "input: {text}");
    }

    #[test]
    fn words_and_signs() {
        check("The dam broke, they said.", "The dam broke , they said .");
        check("\"Leave!\" (he wrote)", "\" Leave ! \" ( he wrote )");
        check("wait... what?!", "wait ... what ?!");
        check("1,200.5 km at 10:30 on 3/4", "1,200.5 km at 10:30 on 3/4");
        check("", "");
    }

    #[test]
    fn clitics_stand_alone() {
        check(
            "Korvald's mayor doesn't, can't, won't",
            "Korvald 's mayor does n't , ca n't , wo n't",
        );
        check("They’re here; I’ll go", "They ’re here ; I ’ll go");
        check("the Obamas' dog", "the Obamas ' dog");
        check("O'Neill met the Shi'ite leader", "O'Neill met the Shi'ite leader");
        check("Kyiv 's mayor", "Kyiv 's mayor");
    }

    #[test]
    fn hyphens_stay_inside_dashes_do_not() {
        check("al-Qaida-linked group -- or not—here", "al-Qaida-linked group -- or not — here");
        check("Jean-Luc Holt – mayor", "Jean-Luc Holt – mayor");
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        check("Mr. J.R. Holt of the U.S. spoke.", "Mr. J.R. Holt of the U.S. spoke .");
        check("He is in the U.S.", "He is in the U.S.");
        check("Holt Inc. and Sen. Vint", "Holt Inc. and Sen. Vint");
        check("It ended.The rest", "It ended . The rest");
        check("AT&T and www.example.org/a.", "AT&T and www.example.org/a .");
        check("vitamin B. ok", "vitamin B. ok");
        check("no. Yes", "no . Yes");
    }

    #[test]
    fn gaps_tell_wrapped_lines_from_headings() {
        let gap_of_last = |text: &str| {
            let mut found = Vec::new();
            tokens(text, &mut found);
            found.last().map(|token| token.gap)
        };
        let wrapped = "The council of the harbour town met on Tuesday with Orla\nVint";
        assert_eq!(gap_of_last(wrapped), Some(Gap::Space));
        assert_eq!(gap_of_last("Flood warning\nKorvald"), Some(Gap::Break));
        assert_eq!(gap_of_last("The end.\n\nKorvald"), Some(Gap::Break));
        assert_eq!(gap_of_last("a b"), Some(Gap::Space));
        assert_eq!(gap_of_last("a,"), Some(Gap::None));
    }

    proptest::proptest! {
        #[test]
        fn spans_are_ordered_and_cover_all_letters(text in "\\PC{0,80}|[a-zA-Z.'’&@, \n-]{0,80}") {
            let mut found = Vec::new();
            tokens(&text, &mut found);
            let mut last = 0;
            for token in &found {
                assert!(token.start >= last && token.end > token.start);
                assert!(!text.get(last..token.start).unwrap().contains(char::is_alphanumeric));
                assert!(text.get(token.span()).is_some());
                last = token.end;
            }
            assert!(!text.get(last..).unwrap().contains(char::is_alphanumeric));
        }
    }
}
