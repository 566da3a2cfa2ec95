//! A hit as a row and as a few lines for people.

use std::fmt::Write as _;

use dateline_article::Span;
use dateline_query::{Explain, Hit};
use serde_json::{Value, json};

use super::Row;
use super::text::day;
use crate::terminal::{FAINT, HEADLINE, Look, MATCH, Marked, PERSON, PLACE, wrap, wrap_faint};

/// Names shown of a list.
const NAMES: usize = 5;

/// The row of a hit; `highlights` are byte offsets into `snippet`, half-open. `explain`, where it is asked for, holds the parts of the score.
pub(crate) fn row(hit: &Hit, explain: Explain) -> Row {
    let row = Row::default()
        .with("rank", hit.rank)
        .with("score", rounded(hit.score))
        .with("id", hit.id.to_string())
        .with("title", hit.title.clone())
        .with("published", hit.published.map(|published| published.to_string()))
        .with("source", hit.source.clone())
        .with("byline", hit.byline.clone())
        .with("language", hit.language.map(|language| language.code().to_owned()))
        .with("path", hit.path.clone())
        .with("part", hit.part.clone())
        .with("url", hit.url.clone())
        .with("snippet", hit.snippet.clone())
        .with("highlights", json!(hit.highlights))
        .with("people", hit.people.clone())
        .with("places", hit.places.clone())
        .with("organisations", hit.organisations.clone())
        .with("copies", hit.copies);
    match explain {
        Explain::Nothing => row,
        Explain::Scores => {
            let part = |part: &dateline_query::Part| json!({"part": part.part, "value": rounded(part.value)});
            row.with("explain", hit.explain.iter().map(part).collect::<Vec<_>>())
        }
    }
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys(explain: Explain) -> Row {
    const KEYS: [&str; 17] = [
        "rank",
        "score",
        "id",
        "title",
        "published",
        "source",
        "byline",
        "language",
        "path",
        "part",
        "url",
        "snippet",
        "highlights",
        "people",
        "places",
        "organisations",
        "copies",
    ];
    let row = Row(KEYS.map(|key| (key, Value::Null)).into());
    match explain {
        Explain::Nothing => row,
        Explain::Scores => row.with("explain", Value::Null),
    }
}

/// Four digits after the point: more would be noise.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}

/// Rank and headline, where and when it appeared, the passage, who and where.
pub(crate) fn text(hit: &Hit, look: Look) -> String {
    let mut out = String::new();
    let (line, indent) = headline(hit.rank, hit.title.as_deref(), hit.url.as_deref(), look);
    let _ = writeln!(out, "{line}");

    let mut about: Vec<String> = Vec::new();
    about.extend(hit.source.clone());
    about.extend(hit.published.map(|published| day(&published.to_string())));
    if !hit.byline.is_empty() {
        about.push(format!("by {}", hit.byline.join(", ")));
    }
    if let Some(copies) = hit.copies.filter(|copies| *copies > 0) {
        about.push(format!("+{copies} {}", if copies == 1 { "copy" } else { "copies" }));
    }
    if !about.is_empty() {
        let _ = writeln!(out, "{}", wrap_faint(&about.join(" · "), &indent, look));
    }
    if !hit.snippet.is_empty() {
        let mark = |span: &Span| Marked { span: span.range(), style: MATCH, marks: ("**", "**") };
        let marked: Vec<Marked> = hit.highlights.iter().map(mark).collect();
        let _ = writeln!(out, "{}", wrap(&hit.snippet, &marked, &indent, look));
    }
    let (names, marked) = names(&hit.people, &hit.places);
    if !names.is_empty() {
        let _ = writeln!(out, "{}", wrap(&names, &marked, &indent, look));
    }
    let place =
        if hit.part == "1" { hit.path.clone() } else { format!("{}#{}", hit.path, hit.part) };
    let _ = writeln!(out, "{}", wrap_faint(&format!("{place} · {}", hit.id), &indent, look));
    if !hit.explain.is_empty() {
        let _ = writeln!(out, "{}", wrap_faint(&format!("score {:.4}", hit.score), &indent, look));
        for part in &hit.explain {
            let line = format!("{:+.4} {}", part.value, part.part);
            let _ = writeln!(out, "{}", wrap_faint(&line, &format!("{indent}  "), look));
        }
    }
    out
}

/// A number and a headline, and the indent of the lines below it.
pub(crate) fn headline(
    number: usize,
    title: Option<&str>,
    url: Option<&str>,
    look: Look,
) -> (String, String) {
    let number = format!("{number:>2}  ");
    let indent = " ".repeat(number.chars().count());
    let style = if title.is_some() { HEADLINE } else { FAINT };
    let title = title.unwrap_or("(no headline)");
    let marked = [Marked { span: 0..title.len(), style, marks: ("", "") }];
    let lines = wrap(title, &marked, &indent, look);
    let lines = look.link(url, lines.trim_start().to_owned());
    (format!("{}{lines}", look.paint(FAINT, &number)), indent)
}

/// People and places on one line, each in its style.
pub(crate) fn names(people: &[String], places: &[String]) -> (String, Vec<Marked>) {
    let (mut names, mut marked) = (String::new(), Vec::new());
    for (list, style) in [(people, PERSON), (places, PLACE)] {
        if !list.is_empty() {
            names.push_str(if names.is_empty() { "" } else { " · " });
            let start = names.len();
            names.push_str(&some(list));
            marked.push(Marked { span: start..names.len(), style, marks: ("", "") });
        }
    }
    (names, marked)
}

/// The first names of a list, and how many more there are.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMES) {
        0 => shown,
        more => format!("{shown} +{more}"),
    }
}

#[cfg(test)]
mod tests {
    use dateline_article::ArticleId;

    use super::*;

    fn hit() -> Hit {
        Hit {
            rank: 1,
            score: 2.345_678,
            id: ArticleId::from_u64(7),
            title: Some("Ferry stays in port".into()),
            published: "2024-03-12".parse().ok(),
            source: Some("The Wire".into()),
            byline: vec!["Ann Lee".into()],
            language: None,
            path: "wire/ferry.txt".into(),
            part: "1".into(),
            url: None,
            snippet: "The ferry did not sail.".into(),
            highlights: vec![Span { start: 4, end: 9 }],
            people: vec!["Olena Koval".into()],
            places: ["Odesa", "Kyiv", "Turkey", "Istanbul", "Lviv", "Poltava", "Sumy"]
                .map(String::from)
                .into(),
            organisations: Vec::new(),
            copies: Some(2),
            explain: Vec::new(),
        }
    }

    #[test]
    fn a_hit_for_people() {
        let look = Look { width: 80, color: false, links: false };
        assert_eq!(
            text(&hit(), look),
            " 1  Ferry stays in port\n    The Wire · 12 March 2024 · by Ann Lee · +2 copies\n    The **ferry** did not sail.\n    \
             Olena Koval · Odesa, Kyiv, Turkey, Istanbul, Lviv +2\n    wire/ferry.txt · 0000000000000007\n"
        );
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        for explain in [Explain::Nothing, Explain::Scores] {
            assert_eq!(names(keys(explain)), names(row(&hit(), explain)));
        }
    }

    #[test]
    fn scores_have_four_digits() {
        assert!(row(&hit(), Explain::Nothing).0.contains(&("score", json!(2.3457))));
    }
}
