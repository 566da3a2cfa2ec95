//! Dates in running text against expressions that people marked and gave a value (TIMEX3 and its like): span F1, and F1 of spans
//! whose value is right too.
//!
//! Only expressions that name a stretch of the calendar count: lengths, repetitions and references to the present are neither wanted
//! nor held against what is found. Times count with their day. Spans match when they overlap, as in TempEval-3 (UzZaman et al. 2013).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

use super::calendar::Stretch;
use super::entities::mentions;
use super::gold::{by_part, field, lines, objects, text};
use super::spans::{Dense, Text, characters};
use super::table::{Table, ratio, share};
use super::{Bench, Section};

/// The section.
pub(super) struct Dates;

/// The sets, with the folders they are pooled from, and the name of the file of values.
const SETS: [(&str, &[&str], &str); 5] = [
    ("gum-wiki", &["gum-wiki"], "dates.tsv"),
    ("temporal", &["temporal/te3-platinum", "temporal/timebank", "temporal/aquaint"], "timex3.tsv"),
    ("· platinum", &["temporal/te3-platinum"], "timex3.tsv"),
    ("· timebank", &["temporal/timebank"], "timex3.tsv"),
    ("· aquaint", &["temporal/aquaint"], "timex3.tsv"),
];

impl Section for Dates {
    fn name(&self) -> &'static str {
        "dates"
    }

    fn heading(&self) -> &'static str {
        "Dates in the text"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let header =
            ["set", "texts", "dates", "precision", "recall", "F1", "value right", "F1 with value"];
        let mut table = Table::new(&header);
        for (set, folders, values) in SETS {
            let mut score = Score::default();
            for folder in folders {
                score.add(bench, &bench.data.join(folder), values)?;
            }
            let Score { texts, wanted, got, matched, right } = score;
            table.row(vec![
                set.to_owned(),
                texts.to_string(),
                wanted.to_string(),
                share(ratio(matched, got)),
                share(ratio(matched, wanted)),
                share(ratio(2 * matched, wanted + got)),
                share(ratio(right, matched)),
                share(ratio(2 * right, wanted + got)),
            ]);
        }
        Ok(format!(
            "Expressions that name a stretch of the calendar, from raw text and its day of publication. A span is found when it overlaps; its value is\n\
             right when first and last day are the same. `gum-wiki` is news, interviews, biographies and guides of the GUM corpus, `temporal` the three\n\
             sets of TempEval-3. Data: `gum-wiki/`, `temporal/`.\n\n{table}"
        ))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Score {
    texts: usize,
    /// Expressions that name a stretch of the calendar.
    wanted: usize,
    /// Dates found, without those that meet a length or a repetition only.
    got: usize,
    /// Of the wanted, those that a date found overlaps.
    matched: usize,
    /// Of those, the ones with the right value.
    right: usize,
}

/// A marked expression; without a value it is of a kind that does not count.
struct Marked {
    characters: Range<usize>,
    value: Option<Stretch>,
}

impl Score {
    fn add(&mut self, bench: &Bench<'_>, folder: &Path, values: &str) -> anyhow::Result<()> {
        let plain = folder.join("docs.jsonl");
        let gold = objects(&if plain.exists() { plain } else { folder.join("docs.jsonl.zst") })?;
        let marked = marked(&text(&folder.join(values))?)?;
        let input = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
        let rows: Vec<String> = gold.iter().map(|one| as_input(one).to_string() + "\n").collect();
        std::fs::write(input.path(), rows.concat())?;
        let found = by_part(bench.extract(input.path())?);
        for article in &gold {
            let id = field(article, "id");
            let predicted = found.get(id).with_context(|| format!("{id} was not extracted"))?;
            self.texts += 1;
            let marked = marked.get(id).map_or(&[][..], Vec::as_slice);
            self.compare(field(article, "text"), marked, predicted);
        }
        Ok(())
    }

    fn compare(&mut self, gold_text: &str, marked: &[Marked], predicted: &Value) {
        let (gold, characters) = (Text::gold(gold_text), characters(gold_text));
        let view = Text::predicted(field(predicted, "text"), gold_text);
        let inside = 0..gold.length();
        let got: Vec<(Dense, Option<Stretch>)> = mentions(predicted, "dates")
            .filter_map(|(bytes, date)| Some((view.span(&bytes)?, found_value(date))))
            .filter(|(span, _)| inside.contains(&span.start))
            .collect();
        let mut used = vec![false; got.len()];
        let mut meets_any = vec![false; got.len()];
        for Marked { characters: range, value } in marked {
            let bytes = characters.get(range.start).zip(characters.get(range.end));
            let Some(span) = bytes.and_then(|(start, end)| gold.span(&(*start..*end))) else {
                continue;
            };
            let overlaps = |other: &Dense| other.start < span.end && span.start < other.end;
            for (meets, (other, _)) in meets_any.iter_mut().zip(&got) {
                *meets |= overlaps(other);
            }
            if value.is_none() {
                continue;
            }
            self.wanted += 1;
            let free =
                used.iter_mut().zip(&got).find(|(used, (other, _))| !**used && overlaps(other));
            if let Some((used, (_, found))) = free {
                *used = true;
                self.matched += 1;
                self.right += usize::from(found == value);
            }
        }
        self.got += used.iter().zip(&meets_any).filter(|(used, meets)| **used || !**meets).count();
    }
}

fn as_input(article: &Value) -> Value {
    let published = if article["dct"].is_string() { "dct" } else { "date" };
    json!({"id": article["id"], "title": field(article, "title"), "published": field(article, published), "text": article["text"]})
}

fn found_value(date: &Value) -> Option<Stretch> {
    Stretch::of_edges(field(date, "start"), field(date, "end"))
}

/// Marked expressions by text; sets without a column of types hold dates only.
fn marked(table: &str) -> anyhow::Result<BTreeMap<String, Vec<Marked>>> {
    let mut rows = lines(table).map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().context("an empty table")?;
    let column = |name: &str| header.iter().position(|one| *one == name);
    let wanted = ["doc_id", "start", "end", "value"];
    let [id, start, end, value] = wanted.map(|name| column(name).unwrap_or(usize::MAX));
    let kind = column("type");
    let mut of_text: BTreeMap<String, Vec<Marked>> = BTreeMap::new();
    for row in rows {
        let cell = |column: usize| row.get(column).copied().unwrap_or_default();
        let counts = kind.is_none_or(|kind| matches!(cell(kind), "DATE" | "TIME"));
        of_text.entry(cell(id).to_owned()).or_default().push(Marked {
            characters: cell(start).parse()?..cell(end).parse()?,
            value: Stretch::of_timex(cell(value)).filter(|_| counts),
        });
    }
    Ok(of_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_overlap_and_values_are_compared() {
        let gold = "On 3 May 1999 and Friday it took two days, in June.";
        let table = "doc_id\tstart\tend\ttype\tvalue\n\
            x\t3\t13\tDATE\t1999-05-03\nx\t18\t24\tDATE\t1999-05-07\nx\t33\t41\tDURATION\tP2D\nx\t46\t50\tDATE\t--06\n";
        let marked = marked(table).unwrap();
        let mut score = Score::default();
        let predicted = json!({"text": gold, "dates": [
            {"start": "1999-05-03", "end": "1999-05-04", "mentions": [[5, 13]]},
            {"start": "1999-05-14", "end": "1999-05-15", "mentions": [[18, 24]]},
            {"start": "1999-05-05", "end": "1999-05-06", "mentions": [[37, 41]]},
            {"start": "1999-05-05", "end": "1999-05-06", "mentions": [[25, 27]]},
            {"start": "--06", "end": "--07", "mentions": [[46, 50]]}]});
        score.compare(gold, &marked["x"], &predicted);
        assert_eq!(score, Score { texts: 0, wanted: 3, got: 4, matched: 3, right: 2 });
    }

    #[test]
    fn a_date_found_matches_one_expression_only() {
        let table = "doc_id\tstart\tend\tvalue\nx\t0\t4\t2001\nx\t5\t9\t2002\n";
        let marked = marked(table).unwrap();
        let mut score = Score::default();
        let predicted = json!({"text": "2001 2002", "dates": [
            {"start": "2001-01-01", "end": "2003-01-01", "mentions": [[0, 9]]}]});
        score.compare("2001 2002", &marked["x"], &predicted);
        assert_eq!(score, Score { texts: 0, wanted: 2, got: 1, matched: 1, right: 0 });
    }
}
