//! How text looks: width, colour, links, and what must never reach a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::env::Environment;

/// Narrowest and widest lines that text is set in, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// What the place that text goes to can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns that lines may take.
    pub(crate) width: usize,
    /// Whether colours are shown.
    pub(crate) color: bool,
    /// Whether links are shown (OSC 8).
    pub(crate) links: bool,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Look {
    /// What standard output can show.
    pub(crate) fn of_stdout(color: Color, environment: &Environment) -> Self {
        let terminal = environment.stdout_is_terminal;
        let color = match color {
            Color::Auto => terminal && !environment.no_color,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            width: line_columns(environment).clamp(*WIDTHS.start(), *WIDTHS.end()),
            color,
            links: terminal && color,
        }
    }

    /// `text` in `style`, or as it is.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// `text` as a link to `target`, or as it is.
    pub(crate) fn link(&self, target: Option<&str>, text: String) -> String {
        match target {
            Some(target) if self.links => {
                format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", clean(target))
            }
            _ => text,
        }
    }
}

/// Columns of a line where standard output goes to, however wide; 100 where nothing tells.
pub(crate) fn line_columns(environment: &Environment) -> usize {
    let asked = environment.stdout_is_terminal.then(terminal_size::terminal_size).flatten();
    let asked = asked.map(|(width, _)| usize::from(width.0));
    asked.or(environment.columns).unwrap_or(*WIDTHS.end()).max(*WIDTHS.start())
}

/// Headlines.
pub(crate) const HEADLINE: Style = Style::new().bold();
/// What is said about an article.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What matched.
pub(crate) const MATCH: Style = AnsiColor::Red.on_default().bold();
/// People.
pub(crate) const PERSON: Style = AnsiColor::Cyan.on_default();
/// Places.
pub(crate) const PLACE: Style = AnsiColor::Green.on_default();
/// Organisations.
pub(crate) const ORGANISATION: Style = AnsiColor::Magenta.on_default();
/// Dates.
pub(crate) const DATE: Style = AnsiColor::Yellow.on_default();

/// Whether `letter` steers a terminal: a control character, or a mark that turns the direction of writing.
pub(crate) fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` without anything that steers a terminal: control characters and marks that turn the direction of writing become `�`, blanks of all kinds a
/// blank.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let replace = |letter: char| match letter {
        '\n' | '\r' | '\t' => ' ',
        _ if steers(letter) => '\u{fffd}',
        _ => letter,
    };
    Cow::Owned(text.chars().map(replace).collect())
}

/// Where notes go: line ends aside, nothing that is written to it steers the terminal, whatever name of a file or query a note holds.
pub(crate) struct Notes<W>(pub(crate) W);

impl<W: Write> Write for Notes<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.0.write_all(b"\n")?;
            }
            self.0.write_all(clean(line).as_bytes())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A stretch of text that is shown in a style, between marks where there is no colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) span: Range<usize>,
    pub(crate) style: Style,
    /// What encloses it where there is no colour.
    pub(crate) marks: (&'static str, &'static str),
}

/// Sets `text` in lines of at most `look.width` columns, each after `indent`; `marked` must be sorted and not overlap.
///
/// Lines break at blanks and beside letters that are two columns wide, as Chinese and Japanese are set; what is longer than a line without either is
/// broken where the line is full, never inside what is seen as one character.
pub(crate) fn wrap(text: &str, marked: &[Marked], indent: &str, look: Look) -> String {
    let mut setter = Setter {
        text,
        marked,
        indent,
        look,
        room: look.width.saturating_sub(indent.width()).max(NARROWEST),
        out: String::new(),
        column: 0,
        line: 0..0,
    };
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let end = start + word.trim_end().len();
        let mut blank = setter.column > 0;
        for unit in units(text, start..end) {
            setter.set(unit, blank);
            blank = false;
        }
        start += word.len();
    }
    setter.flush();
    setter.out
}

/// All of `text` as what is said about an article, set in lines after `indent`.
pub(crate) fn wrap_faint(text: &str, indent: &str, look: Look) -> String {
    wrap(text, &[Marked { span: 0..text.len(), style: FAINT, marks: ("", "") }], indent, look)
}

/// Columns that text gets at least, however deep it is indented.
const NARROWEST: usize = 20;

/// Signs that do not begin a line.
const CLOSING: &str = "、。，．：；？！」』）］｝〉》】〕’”…‥ー々";

/// The parts of a word between which a line may break: wide letters by themselves, with the signs that close after them, and what is between.
fn units(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut after_wide = false;
    for (offset, letter) in text.get(word.clone()).unwrap_or_default().grapheme_indices(true) {
        let at = word.start + offset;
        let is_wide = columns(letter) > 1;
        let closes = letter.chars().next().is_some_and(|letter| CLOSING.contains(letter));
        match found.last_mut() {
            Some(last) if closes || !(is_wide || after_wide) => last.end = at + letter.len(),
            _ => found.push(at..at + letter.len()),
        }
        after_wide = is_wide;
    }
    found
}

/// Columns that `text` takes once it is clean. Terminals differ in what is made of several characters (emoji), so it is the most that any of them takes.
fn columns(text: &str) -> usize {
    let clean = clean(text);
    clean.chars().filter_map(UnicodeWidthChar::width).sum::<usize>().max(clean.width())
}

/// Text on its way into lines.
struct Setter<'a> {
    text: &'a str,
    marked: &'a [Marked],
    indent: &'a str,
    look: Look,
    /// Columns of a line after its indent.
    room: usize,
    out: String,
    /// Columns that are taken in the present line.
    column: usize,
    /// What was set and is not yet written: it lies side by side in the text and in the line.
    line: Range<usize>,
}

impl Setter<'_> {
    /// Sets a unit, after a blank where that is asked for and the line goes on.
    fn set(&mut self, unit: Range<usize>, blank: bool) {
        let width = self.columns(&unit);
        if self.column > 0 && self.column + usize::from(blank) + width > self.room {
            self.end_line();
        } else if blank && self.column > 0 {
            self.flush();
            // The blank belongs to a mark that goes on over it.
            self.out.push(' ');
            self.column += 1;
        }
        if width > self.room {
            for (offset, letter) in
                self.text.get(unit.clone()).unwrap_or_default().grapheme_indices(true)
            {
                let at = unit.start + offset;
                let letter = at..at + letter.len();
                let width = self.columns(&letter);
                if self.column > 0 && self.column + width > self.room {
                    self.end_line();
                }
                self.append(letter, width);
            }
        } else {
            self.append(unit, width);
        }
    }

    fn append(&mut self, piece: Range<usize>, width: usize) {
        if self.column == 0 && self.line.is_empty() {
            self.out.push_str(self.indent);
        }
        if self.line.end == piece.start && !self.line.is_empty() {
            self.line.end = piece.end;
        } else {
            self.flush();
            self.line = piece;
        }
        self.column += width;
    }

    fn end_line(&mut self) {
        self.flush();
        self.out.push('\n');
        self.column = 0;
    }

    /// Writes what was set.
    fn flush(&mut self) {
        let line = std::mem::replace(&mut self.line, 0..0);
        let text = self.text.get(line.clone()).unwrap_or_default();
        push_marked(text, line.start, self.marked, self.look, &mut self.out);
    }

    /// Columns of a piece, with the marks that it gets where there is no colour.
    fn columns(&self, piece: &Range<usize>) -> usize {
        let mut width = columns(self.text.get(piece.clone()).unwrap_or_default());
        if !self.look.color {
            for mark in self.marked {
                if piece.contains(&mark.span.start) {
                    width += mark.marks.0.width();
                }
                if piece.start < mark.span.end && mark.span.end <= piece.end {
                    width += mark.marks.1.width();
                }
            }
        }
        width
    }
}

/// Appends `word`, which begins at byte `at` of the text, in its styles.
fn push_marked(word: &str, at: usize, marked: &[Marked], look: Look, out: &mut String) {
    let end = at + word.len();
    let mut done = at;
    let piece = |from: usize, to: usize| clean(word.get(from - at..to - at).unwrap_or_default());
    for mark in marked.iter().filter(|mark| mark.span.start < end && mark.span.end > at) {
        let (from, to) = (mark.span.start.max(at).max(done), mark.span.end.min(end));
        if from >= to {
            continue;
        }
        out.push_str(&piece(done, from));
        let inside = piece(from, to);
        if look.color {
            let _ = write!(out, "{}{inside}{:#}", mark.style, mark.style);
        } else {
            out.push_str(if from == mark.span.start { mark.marks.0 } else { "" });
            out.push_str(&inside);
            out.push_str(if to == mark.span.end { mark.marks.1 } else { "" });
        }
        done = to;
    }
    out.push_str(&piece(done, end));
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { width: 40, color: false, links: false };

    fn mark(span: Range<usize>) -> Marked {
        Marked { span, style: MATCH, marks: ("[", "]") }
    }

    #[test]
    fn lines_break_between_words_and_marks_stay() {
        let text = "Allies met in Kyiv on Tuesday to speak of ammunition for Ukraine";
        let wrapped = wrap(text, &[mark(14..18), mark(42..64)], "  ", PLAIN);
        assert_eq!(
            wrapped,
            "  Allies met in [Kyiv] on Tuesday to\n  speak of [ammunition for Ukraine]"
        );
    }

    #[test]
    fn colour_is_closed_on_every_line() {
        let look = Look { color: true, ..PLAIN };
        let wrapped = wrap("ammunition for Ukraine", &[mark(0..22)], "", look);
        assert_eq!(wrapped.matches("\u{1b}[0m").count(), 3);
        let wrapped = wrap(&"東京".repeat(20), &[mark(0..120)], "", look);
        assert_eq!(wrapped.matches("\u{1b}[0m").count(), 2);
    }

    #[test]
    fn long_words_are_broken_where_the_line_is_full() {
        let check = |text: &str, expected: &[&str]| {
            let wrapped = wrap(text, &[], "", Look { width: 20, ..PLAIN });
            assert_eq!(wrapped.lines().collect::<Vec<_>>(), expected, "{text}");
        };
        check("東京 東京 東京 東京 東京", &["東京 東京 東京 東京", "東京"]);
        check("外相は東京で会談し、合意した。", &["外相は東京で会談し、", "合意した。"]);
        // A closing sign does not begin a line.
        check("外相は東京で会談した、合意", &["外相は東京で会談し", "た、合意"]);
        check("see https://example.org/a/b/c now", &["see", "https://example.org/", "a/b/c now"]);
        check(
            "no\u{301}".repeat(12).as_str(),
            &["no\u{301}".repeat(10).as_str(), "no\u{301}no\u{301}"],
        );
        check("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", &["👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧"]);
        check(
            "a\u{7}".repeat(12).as_str(),
            &["a\u{fffd}".repeat(10).as_str(), "a\u{fffd}a\u{fffd}"],
        );
        check("", &[]);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
        assert!(!wrap("a\u{1b}]0;title\u{7} b", &[mark(0..3)], "", PLAIN).contains('\u{1b}'));
        let look = Look { width: 80, color: true, links: true };
        assert!(!look.link(Some("http://a\u{7}\u{1b}]"), "t".into()).contains('\u{7}'));
        let mut notes = Notes(Vec::new());
        notes.write_all("note: a\u{9b}2J\u{7}\nhint: \u{2066}b\rc\n".as_bytes()).unwrap();
        let notes = String::from_utf8(notes.0).unwrap();
        assert_eq!(notes, "note: a\u{fffd}2J\u{fffd}\nhint: \u{fffd}b c\n");
    }
}
