//! Facets as rows, and as bars for people.

use std::fmt::Write as _;

use dateline_query::{Facet, FacetValue, Facets};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::Row;
use super::bar::{bar, padded};
use crate::command::index::{counted, grouped};
use crate::terminal::{FAINT, HEADLINE, Look, PERSON, clean};

/// Columns of the widest value.
const VALUE_COLUMNS: usize = 36;

/// The row of a value.
pub(crate) fn row(by: &'static str, value: &FacetValue) -> Row {
    let row =
        Row::default().with("by", by).with("value", value.value.clone()).with("count", value.count);
    match value.against {
        Some(against) => row.with("other", against.other).with("keyness", rounded(against.keyness)),
        None => row,
    }
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys(against: bool) -> Row {
    let mut keys = vec!["by", "value", "count"];
    if against {
        keys.extend(["other", "keyness"]);
    }
    Row(keys.into_iter().map(|key| (key, Value::Null)).collect())
}

/// Two digits after the point: more would be noise.
fn rounded(keyness: f64) -> f64 {
    (keyness * 100.0).round() / 100.0
}

/// A line a value: name, count, share of the articles, and a bar or the keyness.
pub(crate) fn text(by: &str, facet: &Facet, all: &Facets, look: Look) -> String {
    let mut out = String::new();
    let heading = format!("{} by {by}", counted(all.articles, "article"));
    let against = all.others.map(|others| format!(", against {}", counted(others, "article")));
    let _ = writeln!(out, "{}{}", look.paint(HEADLINE, &heading), against.unwrap_or_default());
    let names: Vec<_> = facet.values.iter().map(|value| clean(&value.value)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let name_columns = widest.min(VALUE_COLUMNS).min(look.width / 2);
    let most = facet.values.iter().map(|value| value.count).max().unwrap_or_default();
    let digits = grouped(most).len();
    let percent = |part: u64, whole: u64| match whole {
        0 => String::new(),
        _ => format!("{:.1} %", part as f64 * 100.0 / whole as f64),
    };
    if all.others.is_some() && !facet.values.is_empty() {
        let blanks = " ".repeat(name_columns + digits + 2);
        let _ = writeln!(
            out,
            "{}",
            look.paint(
                FAINT,
                &format!("{blanks}  {:>7}  {:>8}  {:>10}", "here", "there", "keyness")
            )
        );
    }
    for (value, name) in facet.values.iter().zip(&names) {
        let share = percent(value.count, all.articles);
        let start = format!(
            "{}  {:>digits$}  {share:>7}  ",
            padded(name, name_columns),
            grouped(value.count)
        );
        let end = if let Some((against, others)) = value.against.zip(all.others) {
            let keyness = look.paint(PERSON, &format!("{:>+10.2}", against.keyness));
            format!("{:>8}  {keyness}", percent(against.other, others))
        } else {
            let room = look.width.saturating_sub(start.width());
            look.paint(PERSON, &bar(value.count as f64, most as f64, room))
        };
        let _ = writeln!(out, "{}", format!("{start}{end}").trim_end());
    }
    let rest = facet.distinct - facet.values.len().min(facet.distinct);
    if rest > 0 {
        let more = format!("… and {} more (-n 0 shows all)", grouped(rest as u64));
        let _ = writeln!(out, "{}", look.paint(FAINT, &more));
    } else if facet.values.is_empty() {
        let _ = writeln!(out, "{}", look.paint(FAINT, "none"));
    }
    out
}

#[cfg(test)]
mod tests {
    use dateline_query::{Against, By};

    use super::*;

    const LOOK: Look = Look { width: 50, color: false, links: false };

    fn facets(against: Option<Against>) -> Facets {
        let value = |value: &str, count| FacetValue { value: value.to_owned(), count, against };
        let values =
            vec![value("Олена Коваль", 1_200), value("東京 \u{1b}[2J", 600), value("Lee", 1)];
        let facet = Facet { by: By::Person, values, distinct: 5 };
        let others = against.map(|_| 4_000);
        Facets { articles: 2_400, others, rest: others, facets: vec![facet], notes: Vec::new() }
    }

    #[test]
    fn names_counts_shares_and_bars_stand_in_columns() {
        let facets = facets(None);
        assert_eq!(
            text("person", &facets.facets[0], &facets, LOOK),
            "2,400 articles by person\n\
             Олена Коваль  1,200   50.0 %  ████████████████████\n\
             東京 �[2J       600   25.0 %  ██████████\n\
             Lee               1    0.0 %  ▏\n\
             … and 2 more (-n 0 shows all)\n"
        );
    }

    #[test]
    fn keyness_stands_instead_of_bars() {
        let facets = facets(Some(Against { other: 40, keyness: -12.345 }));
        let text = text("person", &facets.facets[0], &facets, LOOK);
        assert_eq!(
            text.lines().take(3).collect::<Vec<_>>(),
            [
                "2,400 articles by person, against 4,000 articles",
                "                        here     there     keyness",
                "Олена Коваль  1,200   50.0 %     1.0 %      -12.35",
            ]
        );
    }

    #[test]
    fn the_header_is_that_of_a_row() {
        let names = |row: Row| row.0.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        for against in [None, Some(Against { other: 1, keyness: 0.5 })] {
            let facets = facets(against);
            let value = &facets.facets[0].values[0];
            assert_eq!(names(keys(against.is_some())), names(row("person", value)));
        }
    }
}
