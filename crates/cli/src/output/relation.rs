//! A related article as a row and as a few lines for people.

use std::fmt::Write as _;

use dateline_query::Relation;
use serde_json::Value;

use super::Row;
use super::hit::{headline, rounded};
use super::text::day;
use crate::terminal::{FAINT, Look, clean, wrap};

/// The row of a related article.
pub(crate) fn row(relation: &Relation) -> Row {
    Row::default()
        .with("id", relation.id.to_string())
        .with("title", relation.title.clone())
        .with("published", relation.published.map(|published| published.to_string()))
        .with("score", rounded(relation.score))
        .with("reason", relation.reason.to_string())
        .with("source", relation.source.clone())
        .with("copies", relation.copies)
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys() -> Row {
    const KEYS: [&str; 7] = ["id", "title", "published", "score", "reason", "source", "copies"];
    Row(KEYS.map(|key| (key, Value::Null)).into())
}

/// Headline, where and when it appeared, and why it is related.
pub(crate) fn text(relation: &Relation, rank: usize, look: Look) -> String {
    let mut out = String::new();
    let (line, indent) = headline(rank, relation.title.as_deref(), None, look);
    let _ = writeln!(out, "{line}");
    let mut about: Vec<String> = Vec::new();
    about.extend(relation.source.clone());
    about.extend(relation.published.map(|published| day(&published.to_string())));
    if let Some(copies) = relation.copies.filter(|copies| *copies > 0) {
        about.push(format!("+{copies} {}", if copies == 1 { "copy" } else { "copies" }));
    }
    about.push(relation.id.to_string());
    let _ = writeln!(out, "{indent}{}", look.paint(FAINT, &clean(&about.join(" · "))));
    let reason = relation.reason.to_string();
    if !reason.is_empty() {
        let _ = writeln!(out, "{}", wrap(&reason, &[], &indent, look));
    }
    out
}

#[cfg(test)]
mod tests {
    use dateline_article::ArticleId;
    use dateline_query::Reason;

    use super::*;

    fn relation() -> Relation {
        Relation {
            id: ArticleId::from_u64(7),
            title: Some("Divers find ferry's crew".into()),
            published: "2024-03-13".parse().ok(),
            source: Some("The Wire".into()),
            score: 0.512_34,
            reason: Reason {
                people: vec!["Olena Koval".into()],
                words: vec!["ferry".into(), "divers".into()],
                days_later: Some(1),
                ..Reason::default()
            },
            copies: Some(1),
        }
    }

    #[test]
    fn a_related_article_for_people() {
        let look = Look { width: 80, color: false, links: false };
        assert_eq!(
            text(&relation(), 3, look),
            " 3  Divers find ferry's crew\n    The Wire · 13 March 2024 · +1 copy · 0000000000000007\n    \
             people Olena Koval · words ferry, divers · 1 day later\n"
        );
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(names(keys()), names(row(&relation())));
    }
}
