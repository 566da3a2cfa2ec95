//! An event as a row and as a few lines for people.

use std::fmt::Write as _;

use dateline_query::Event;
use serde_json::Value;

use super::Row;
use super::hit::{headline, names};
use super::text::day;
use crate::command::index::counted;
use crate::terminal::{FAINT, Look, clean, wrap};

/// Ids shown to people.
const IDS: usize = 3;

/// The row of the event with this number.
pub(crate) fn row(event: &Event, number: usize) -> Row {
    let ids: Vec<String> = event.ids.iter().map(ToString::to_string).collect();
    Row::default()
        .with("event", number)
        .with("title", event.title.clone())
        .with("first", event.first.map(|at| at.to_string()))
        .with("last", event.last.map(|at| at.to_string()))
        .with("articles", event.ids.len())
        .with("ids", ids)
        .with("people", event.people.clone())
        .with("places", event.places.clone())
        .with("copies", event.copies)
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys() -> Row {
    const KEYS: [&str; 9] =
        ["event", "title", "first", "last", "articles", "ids", "people", "places", "copies"];
    Row(KEYS.map(|key| (key, Value::Null)).into())
}

/// Headline, days and number of articles, who and where, the first ids.
pub(crate) fn text(event: &Event, number: usize, look: Look) -> String {
    let mut out = String::new();
    let (line, indent) = headline(number, event.title.as_deref(), None, look);
    let _ = writeln!(out, "{line}");
    let days = match (event.first, event.last) {
        (Some(first), Some(last)) if first.first_day() == last.first_day() => {
            day(&first.to_string())
        }
        (Some(first), Some(last)) => {
            format!("{} to {}", day(&first.to_string()), day(&last.to_string()))
        }
        _ => "days not known".to_owned(),
    };
    let mut about = vec![days, counted(event.ids.len() as u64, "article")];
    if event.copies > 0 {
        about.push(format!(
            "+{} {}",
            event.copies,
            if event.copies == 1 { "copy" } else { "copies" }
        ));
    }
    let _ = writeln!(out, "{indent}{}", look.paint(FAINT, &about.join(" · ")));
    let (names, marked) = names(&event.people, &event.places);
    if !names.is_empty() {
        let _ = writeln!(out, "{}", wrap(&names, &marked, &indent, look));
    }
    let mut ids: Vec<String> = event.ids.iter().take(IDS).map(ToString::to_string).collect();
    if event.ids.len() > IDS {
        ids.push(format!("+{}", event.ids.len() - IDS));
    }
    let _ = writeln!(out, "{indent}{}", look.paint(FAINT, &clean(&ids.join(" "))));
    out
}

#[cfg(test)]
mod tests {
    use dateline_article::ArticleId;

    use super::*;

    fn event() -> Event {
        Event {
            title: Some("Ferry sinks in harbour".into()),
            first: "2024-03-12T09:30:00Z".parse().ok(),
            last: "2024-03-20".parse().ok(),
            ids: (1..=5).map(ArticleId::from_u64).collect(),
            people: vec!["Olena Koval".into()],
            places: vec!["Odesa".into(), "Ukraine".into()],
            copies: 2,
        }
    }

    #[test]
    fn an_event_for_people() {
        let look = Look { width: 80, color: false, links: false };
        assert_eq!(
            text(&event(), 1, look),
            " 1  Ferry sinks in harbour\n    12 March 2024 to 20 March 2024 · 5 articles · +2 copies\n    Olena Koval · Odesa, Ukraine\n    \
             0000000000000001 0000000000000002 0000000000000003 +2\n"
        );
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(names(keys()), names(row(&event(), 1)));
    }
}
