//! Cuts plain text into paragraphs: at blank lines, at indented lines, and at every line end where lines are not wrapped.
//!
//! Lines are taken for wrapped when nearly every line was broken only where the next word no longer fitted into the usual width: what a greedy
//! line breaker leaves behind. Lines of a table keep their ends inside a paragraph.

use crate::hyphens::Written;

/// Narrowest and widest lines of a wrapped text, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 30..=120;

/// The paragraphs of a cleaned text, none empty, without white space at their ends.
pub(crate) fn split(text: &str) -> Vec<String> {
    match Wrap::of(text) {
        Wrap::Every => {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        Wrap::At(width) => join(text, width),
    }
}

/// The paragraphs of a text whose lines are known to be wrapped.
pub(crate) fn split_wrapped(text: &str) -> Vec<String> {
    join(text, width(text))
}

/// Whether every line of the text is a paragraph.
pub(crate) fn is_unwrapped(text: &str) -> bool {
    Wrap::of(text) == Wrap::Every
}

/// Characters that nine of ten lines keep within: a headline or a table may be wider than the text.
fn width(text: &str) -> usize {
    let lengths = text.lines().map(|line| line.trim_end().chars().count());
    let mut lengths: Vec<usize> = lengths.filter(|length| *length > 0).collect();
    let place = (lengths.len() * 9 / 10).min(lengths.len().saturating_sub(1));
    if lengths.is_empty() { 0 } else { *lengths.select_nth_unstable(place).1 }
}

/// How the lines of a text end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrap {
    /// Every line is a paragraph.
    Every,
    /// Lines are broken at this width.
    At(usize),
}

impl Wrap {
    fn of(text: &str) -> Self {
        let width = width(text);
        if !WRAP.contains(&width) {
            return Self::Every;
        }
        let (mut breaks, mut forced, mut sentences) = (0_usize, 0_usize, 0_usize);
        let mut previous: Option<&str> = None;
        for line in text.lines() {
            let line = line.trim_end();
            if let (Some(previous), Some(word)) = (previous, line.split_whitespace().next()) {
                let needed = previous.chars().count() + 1 + word.chars().count();
                breaks += 1;
                forced += usize::from(needed > width.saturating_sub(SLACK));
                sentences += usize::from(ends_sentence(previous));
            }
            previous = Some(line).filter(|line| !line.is_empty());
        }
        // Chance makes a third of wrapped lines end with a sentence.
        let all_sentences = breaks > 0 && sentences * 10 >= breaks * 8;
        if forced * 2 >= breaks && !all_sentences { Self::At(width) } else { Self::Every }
    }
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', '”', '»'])
}

/// Characters by which a line may fall short of the widest one and still be full.
const SLACK: usize = 4;

/// Columns of white space that begin a paragraph.
const INDENT: usize = 3;

/// Joins wrapped lines. A paragraph ends at a blank line, before an indented line, and after a short line that ends a sentence.
fn join(text: &str, width: usize) -> Vec<String> {
    let written = Written::of(text);
    let mut paragraphs = Vec::new();
    let mut current = String::new();
    let mut ended = false;
    for line in text.lines() {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        if content.is_empty() || indent >= INDENT || ended {
            flush(&mut current, &mut paragraphs);
        }
        if content.is_empty() {
            ended = false;
            continue;
        }
        let row = if is_row(line) { Row::Table } else { Row::Prose };
        append(&mut current, content, row, &written);
        let short = line.chars().count() * 10 < width * 7;
        ended = short && ends_sentence(content) && !is_row(line);
    }
    flush(&mut current, &mut paragraphs);
    paragraphs
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Table,
    Prose,
}

/// Whether a line is a row of a table: it begins with a blank or two, or has columns.
fn is_row(line: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    (1..INDENT).contains(&indent) || line.trim().contains("   ") || line.contains("....")
}

fn append(current: &mut String, content: &str, row: Row, written: &Written<'_>) {
    // "long-" goes on with "term": no blank between them; behind a soft hyphen neither.
    let soft = current.ends_with('\u{ad}');
    let hyphen =
        current.ends_with('-') && current.trim_end_matches('-').ends_with(char::is_alphanumeric);
    if row == Row::Table && !current.is_empty() {
        current.push('\n');
    } else if hyphen {
        if written.parts_one_word(current, content) {
            current.pop();
        }
    } else if !current.is_empty() && !soft {
        current.push(' ');
    }
    current.push_str(content);
}

fn flush(current: &mut String, paragraphs: &mut Vec<String>) {
    if !current.is_empty() {
        paragraphs.push(std::mem::take(current));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(split(text), expected, "{text}");
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("One.\n\nTwo.\n \nThree.\n", &["One.", "Two.", "Three."]);
        check("", &[]);
        check("\n\n", &[]);
    }

    #[test]
    fn unwrapped_lines_are_paragraphs() {
        let long = "The ferry stayed in port on Thursday because of the storm, and nobody in the town of Orlava knew when it would leave again, the harbour master said.";
        check(&format!("{long}\nShort heading\n{long}"), &[long, "Short heading", long]);
        check(
            "The ferry stayed in port.\nNobody knew more.\nThe storm that came on Thursday evening went on.\nAll waited.",
            &[
                "The ferry stayed in port.",
                "Nobody knew more.",
                "The storm that came on Thursday evening went on.",
                "All waited.",
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "The ferry stayed in port on Thursday\nbecause of the storm, and nobody in\nthe town of Orlava knew when it would\nleave.\n\nThe storm went on for two more days,\nthe harbour said.",
            &[
                "The ferry stayed in port on Thursday because of the storm, and nobody in the town of Orlava knew when it would leave.",
                "The storm went on for two more days, the harbour said.",
            ],
        );
    }

    #[test]
    fn a_wide_headline_does_not_hide_the_wrapping() {
        let column = "The ferry stayed in port on\nThursday because of the storm,\nand nobody in the town of Orlava\nknew when it would leave again,\n\
                      the master of the harbour there\nsaid to those who waited in the\nhall since the evening before\nwith their bags and their children\n\
                      and with little to eat or drink.";
        let headline = "x".repeat(150);
        let paragraphs = split(&format!("{headline}\n\n{column}\n\n{column}"));
        assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_stays() {
        check(
            "The ferry stayed in port on long-\nterm advice, and nobody in the town\nof Orlava knew when it would leave.",
            &[
                "The ferry stayed in port on long-term advice, and nobody in the town of Orlava knew when it would leave.",
            ],
        );
    }

    /// U091: a word parted at the end of a line is one word.
    #[test]
    fn a_word_parted_at_the_end_of_a_line_is_whole() {
        check(
            "The ferry stayed in port for the nego-\ntiations, and all that day in the Anglo-\nSaxon town of Orlava nobody knew when\nit would leave, as the harbour mas\u{ad}\nter said to those who were there.",
            &[
                "The ferry stayed in port for the negotiations, and all that day in the Anglo-Saxon town of Orlava nobody knew when it would leave, as the harbour mas\u{ad}ter said to those who were there.",
            ],
        );
    }

    #[test]
    fn a_paragraph_may_begin_with_an_indent() {
        check(
            "The ferry stayed in port on Thursday\nbecause of the storm, the port said.\n    The storm went on for two more days\nand nobody in the town knew when it\nwould end.",
            &[
                "The ferry stayed in port on Thursday because of the storm, the port said.",
                "The storm went on for two more days and nobody in the town knew when it would end.",
            ],
        );
    }

    #[test]
    fn rows_of_a_table_keep_their_ends() {
        check(
            "    Two weeks of landings in tonnes\n Herring...............644 vs.....1,337\n Cod...................680 vs.......425\n",
            &[
                "Two weeks of landings in tonnes\nHerring...............644 vs.....1,337\nCod...................680 vs.......425",
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(text in "([a-z]{1,9}[ .]|\\n| {3})*") {
            let joined = split(&text).join(" ");
            let words: Vec<_> = text.split_whitespace().collect();
            proptest::prop_assert_eq!(joined.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
