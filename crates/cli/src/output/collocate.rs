//! Collocates as rows, and as a table for people.

use std::fmt::Write as _;

use dateline_query::{Collocate, CollocateKind};
use serde_json::Value;

use super::Row;
use crate::terminal::{FAINT, Look, ORGANISATION, PERSON, PLACE, clean};

/// The row of a collocate.
pub(crate) fn row(collocate: &Collocate) -> Row {
    Row::default()
        .with("word", collocate.word.clone())
        .with("kind", name(collocate.kind))
        .with("count", collocate.count)
        .with("log_dice", rounded(collocate.log_dice))
        .with("log_likelihood", rounded(collocate.log_likelihood))
        .with("frequency", collocate.frequency)
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys() -> Row {
    const KEYS: [&str; 6] = ["word", "kind", "count", "log_dice", "log_likelihood", "frequency"];
    Row(KEYS.map(|key| (key, Value::Null)).into())
}

/// A line each below a header; nothing where there are none.
pub(crate) fn text(collocates: &[Collocate], look: Look) -> String {
    let mut out = String::new();
    if collocates.is_empty() {
        return out;
    }
    let header = format!(
        "{:>7}  {:>14}  {:>7}  {:>8}  {:<12}  word",
        "logDice", "log-likelihood", "count", "in all", "kind"
    );
    let _ = writeln!(out, "{}", look.paint(FAINT, &header));
    for one in collocates {
        let word = clean(&one.word);
        let word = match one.kind {
            CollocateKind::Word => word.into_owned(),
            CollocateKind::Person => look.paint(PERSON, &word),
            CollocateKind::Place => look.paint(PLACE, &word),
            CollocateKind::Organisation => look.paint(ORGANISATION, &word),
        };
        let _ = writeln!(
            out,
            "{:>7.2}  {:>14.1}  {:>7}  {:>8}  {}{word}",
            one.log_dice,
            one.log_likelihood,
            one.count,
            one.frequency,
            look.paint(FAINT, &format!("{:<12}  ", name(one.kind))),
        );
    }
    out
}

fn name(kind: CollocateKind) -> &'static str {
    match kind {
        CollocateKind::Word => "word",
        CollocateKind::Person => "person",
        CollocateKind::Place => "place",
        CollocateKind::Organisation => "organisation",
    }
}

/// Four digits after the point: more would be noise.
fn rounded(measure: f64) -> f64 {
    (measure * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collocate() -> Collocate {
        Collocate {
            word: "harbour".into(),
            kind: CollocateKind::Word,
            count: 3,
            frequency: 12,
            log_dice: 12.345_678,
            log_likelihood: -0.5,
        }
    }

    #[test]
    fn a_table_for_people() {
        let person =
            Collocate { word: "Olena Koval".into(), kind: CollocateKind::Person, ..collocate() };
        let look = Look { width: 80, color: false, links: false };
        assert_eq!(
            text(&[collocate(), person], look),
            "logDice  log-likelihood    count    in all  kind          word\n\
             \x20 12.35            -0.5        3        12  word          harbour\n\
             \x20 12.35            -0.5        3        12  person        Olena Koval\n"
        );
        assert_eq!(text(&[], look), "");
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(names(keys()), names(row(&collocate())));
        assert!(row(&collocate()).0.contains(&("log_dice", Value::from(12.3457))));
    }
}
