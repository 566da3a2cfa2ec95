//! How text looks: width, colour, links, and what must never reach a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
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
        let asked = terminal
            .then(terminal_size::terminal_size)
            .flatten()
            .map(|(width, _)| usize::from(width.0));
        let width = asked.or(environment.columns).unwrap_or(*WIDTHS.end());
        Self { width: width.clamp(*WIDTHS.start(), *WIDTHS.end()), color, links: terminal && color }
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

/// `text` without anything that steers a terminal: control characters and marks that turn the direction of writing become `�`, blanks of all kinds a
/// blank.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let steers = |letter: char| {
        letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
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

/// A stretch of text that is shown in a style, between marks where there is no colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) span: Range<usize>,
    pub(crate) style: Style,
    /// What encloses it where there is no colour.
    pub(crate) marks: (&'static str, &'static str),
}

/// Sets `text` in lines of at most `look.width` columns, each after `indent`; `marked` must be sorted and not overlap.
pub(crate) fn wrap(text: &str, marked: &[Marked], indent: &str, look: Look) -> String {
    let mut out = String::new();
    let room = look.width.saturating_sub(indent.width()).max(20);
    let mut column = 0;
    let mut start = 0;
    for word in text.split_inclusive(|letter: char| letter.is_whitespace()) {
        let span = start..start + word.trim_end().len();
        start += word.len();
        let bare = text.get(span.clone()).unwrap_or_default();
        if bare.is_empty() {
            continue;
        }
        let width = bare.chars().filter_map(UnicodeWidthChar::width).sum::<usize>();
        if column == 0 {
            out.push_str(indent);
        } else if column + 1 + width > room {
            out.push('\n');
            out.push_str(indent);
            column = 0;
        } else {
            // The blank belongs to a mark that goes on over it.
            out.push(' ');
            column += 1;
        }
        column += width;
        push_marked(bare, span.start, marked, look, &mut out);
    }
    out
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
            "  Allies met in [Kyiv] on Tuesday to speak\n  of [ammunition for Ukraine]"
        );
    }

    #[test]
    fn colour_is_closed_on_every_line() {
        let look = Look { color: true, ..PLAIN };
        let wrapped = wrap("ammunition for Ukraine", &[mark(0..22)], "", look);
        assert_eq!(wrapped.matches("\u{1b}[0m").count(), 3);
    }

    #[test]
    fn wide_letters_take_two_columns() {
        let wrapped = wrap(&"東京 ".repeat(12), &[], "", PLAIN);
        assert_eq!(wrapped.lines().map(str::width).max(), Some(39));
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
        assert!(!wrap("a\u{1b}]0;title\u{7} b", &[mark(0..3)], "", PLAIN).contains('\u{1b}'));
        let look = Look { width: 80, color: true, links: true };
        assert!(!look.link(Some("http://a\u{7}\u{1b}]"), "t".into()).contains('\u{7}'));
    }
}
