//! A line of a concordance as a row, and aligned for people.

use dateline_query::Line;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::Row;
use super::bar::padded;
use crate::terminal::{FAINT, Look, MATCH, clean};

/// Columns of a day.
const DAY: usize = 10;
/// Columns of an id.
const ID: usize = 16;
/// Columns between them and the text.
const GAP: usize = 2;
/// Columns from which lines end with the article's id.
const WIDE: usize = 100;
/// Columns of a keyword for which room is made on each line.
const KEYWORD: usize = 12;

/// How lines are laid out: the day, the keyword at the same column in each, the id where there is room.
pub(crate) struct Page {
    /// Columns before the keyword.
    pub(crate) context: usize,
    /// Columns of the keyword and what stands after it.
    rest: usize,
    has_id: bool,
}

impl Page {
    /// The layout for lines of `columns`; `context` columns on each side where that is asked for.
    pub(crate) fn new(columns: usize, context: Option<usize>) -> Self {
        let has_id = columns >= WIDE;
        let taken = DAY + GAP + if has_id { GAP + ID } else { 0 };
        let room = columns.saturating_sub(taken);
        context.map_or_else(
            || {
                let context = room.saturating_sub(KEYWORD) / 2;
                Self { context, rest: room - context, has_id }
            },
            |context| Self { context, rest: context + KEYWORD.max(context), has_id },
        )
    }
}

/// The row of a line.
pub(crate) fn row(line: &Line) -> Row {
    Row::default()
        .with("id", line.id.to_string())
        .with("published", line.published.map(|published| published.to_string()))
        .with("source", line.source.clone())
        .with("left", line.left.clone())
        .with("match", line.keyword.clone())
        .with("right", line.right.clone())
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys() -> Row {
    const KEYS: [&str; 6] = ["id", "published", "source", "left", "match", "right"];
    Row(KEYS.map(|key| (key, Value::Null)).into())
}

/// The line for people; where there is no colour the keyword stands between `**`.
pub(crate) fn text(line: &Line, page: &Page, look: Look) -> String {
    let day = line.published.map(|published| published.to_string()).unwrap_or_default();
    let day = day.split('T').next().unwrap_or_default();
    let marks = if look.color { "" } else { "**" };
    let rest = page.rest.saturating_sub(2 * marks.len());
    let [left, keyword, right] = [&line.left, &line.keyword, &line.right].map(|text| clean(text));
    let keyword = padded(&keyword, keyword.width().min(rest));
    let used = keyword.width();
    let right = padded(&right, rest.saturating_sub(used));
    let right = if page.has_id { right.as_str() } else { right.trim_end() };
    let indent = " ".repeat(page.context.saturating_sub(left.width()));
    let keyword = look.paint(MATCH, &keyword);
    let mut out = format!(
        "{}{indent}{}{marks}{keyword}{marks}{right}",
        look.paint(FAINT, &format!("{day:<DAY$}{}", " ".repeat(GAP))),
        left,
    );
    if page.has_id {
        out.push_str(&" ".repeat(GAP));
        out.push_str(&look.paint(FAINT, &line.id.to_string()));
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use dateline_article::ArticleId;

    use super::*;

    const PLAIN: Look = Look { width: 80, color: false, links: false };

    fn line(left: &str, keyword: &str, right: &str) -> Line {
        Line {
            id: ArticleId::from_u64(7),
            published: "2024-03-12T09:30:00+02:00".parse().ok(),
            source: None,
            left: left.into(),
            keyword: keyword.into(),
            right: right.into(),
        }
    }

    #[test]
    fn keywords_stand_below_each_other_in_every_script() {
        let page = Page::new(80, None);
        for (left, keyword, right) in [
            ("The ", "ferry", " did not sail."),
            ("Паром до Одеси, ", "пором", " не вийшов."),
            ("東京の", "船", "は出なかった。"),
            ("e\u{301}e\u{301} ", "cafe\u{301}", " ferme\u{301}."),
            ("", "ferry", ""),
        ] {
            let shown = text(&line(left, keyword, right), &page, PLAIN);
            let before = shown.split("**").next().unwrap();
            assert_eq!(before.width(), DAY + GAP + page.context, "{shown}");
            assert!(shown.width() <= 80, "{shown}");
        }
    }

    #[test]
    fn wide_lines_end_with_the_id() {
        let shown = text(&line("The ", "ferry", " sails."), &Page::new(120, None), PLAIN);
        assert_eq!(shown.trim_end().width(), 120, "{shown}");
        assert!(shown.ends_with("  0000000000000007\n"), "{shown}");
        let long =
            text(&line("", &"x".repeat(200), &"y".repeat(200)), &Page::new(120, None), PLAIN);
        assert_eq!(long.trim_end().width(), 120, "{long}");
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(names(keys()), names(row(&line("", "a", ""))));
    }
}
