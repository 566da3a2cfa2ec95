//! Bars of block characters, an eighth of a column fine, and text in columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The eighths of a column, from one to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar of `value`, where `most` takes `columns`. What is more than nothing has at least an eighth of a column.
pub(crate) fn bar(value: f64, most: f64, columns: usize) -> String {
    if !(value > 0.0 && most > 0.0) || columns == 0 {
        return String::new();
    }
    let eighths = ((value / most).min(1.0) * columns as f64 * 8.0).round().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 8 × columns"
    )]
    let eighths = eighths as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.extend((eighths % 8).checked_sub(1).and_then(|part| EIGHTHS.get(part)));
    bar
}

/// `text` in exactly `columns`: cut with `…`, or filled with blanks.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut width = 0;
    if text.width() <= columns {
        out.push_str(text);
        width = text.width();
    } else {
        for letter in text.chars() {
            let wide = letter.width().unwrap_or_default();
            if width + wide + 1 > columns {
                break;
            }
            out.push(letter);
            width += wide;
        }
        if columns > 0 {
            out.push('…');
            width += 1;
        }
    }
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(width)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        let check = |value: f64, most: f64, columns, expected: &str| {
            assert_eq!(bar(value, most, columns), expected, "{value} of {most} in {columns}");
        };
        check(10.0, 10.0, 4, "████");
        check(5.0, 10.0, 4, "██");
        check(5.0, 10.0, 5, "██▌");
        check(1.0, 32.0, 4, "▏");
        check(1.0, 1_000_000.0, 4, "▏");
        check(0.0, 10.0, 4, "");
        check(0.0, 0.0, 4, "");
        check(3.0, 2.0, 2, "██");
        check(f64::NAN, 2.0, 2, "");
        check(1.0, 1.0, 0, "");
    }

    #[test]
    fn columns() {
        let check = |text: &str, columns, expected: &str| {
            assert_eq!(padded(text, columns), expected, "{text} in {columns}");
            assert_eq!(padded(text, columns).width(), columns, "{text} in {columns}");
        };
        check("Kyiv", 6, "Kyiv  ");
        check("Kyiv", 4, "Kyiv");
        check("Kyiv", 3, "Ky…");
        check("東京都", 6, "東京都");
        check("東京都", 5, "東京…");
        check("東京都", 4, "東… ");
        check("e\u{301}a\u{301}b", 2, "e\u{301}…");
        check("x", 0, "");
    }
}
