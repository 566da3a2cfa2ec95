//! People, places and organisations against spans that people marked: strict spans, micro F1 (cf. CoNLL 2003).
//!
//! A leading article and a trailing `'s` are no part of a span on either side.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::gold::{by_part, field, objects};
use super::spans::{Dense, Text, characters};
use super::table::{Table, ratio, share};
use super::{Bench, Section};

/// The section.
pub(super) struct Entities;

/// The sets, with what spaCy's `en_core_web_sm` 3.8 reaches on the gold tokens of each (measured before this project had code).
const SETS: [(&str, Option<f64>); 6] = [
    ("uner_pud_news", Some(0.621)),
    ("wikigold", Some(0.607)),
    ("crossner_politics_test", Some(0.651)),
    ("uner_ewt_test", Some(0.600)),
    ("uner_pud_wiki", Some(0.584)),
    ("gmb_held", None),
];

const KINDS: [(&str, &str); 3] =
    [("people", "person"), ("places", "place"), ("organisations", "organisation")];

impl Section for Entities {
    fn name(&self) -> &'static str {
        "entities"
    }

    fn heading(&self) -> &'static str {
        "People, places and organisations"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let header = [
            "set",
            "texts",
            "names",
            "precision",
            "recall",
            "F1",
            "without peoples",
            "people",
            "places",
            "organisations",
            "spaCy sm",
        ];
        let mut table = Table::new(&header);
        for (set, spacy) in SETS {
            let path = bench.data.join("entities").join(format!("{set}.jsonl"));
            let score = score(bench, &path)?;
            let counts = score.counts;
            let all = counts.iter().fold(Count::default(), |all, one| all.plus(*one));
            let mut row =
                vec![set.to_owned(), score.texts.to_string(), (all.right + all.missed).to_string()];
            row.extend([all.precision(), all.recall(), all.f1()].map(share));
            row.push(share(score.without_peoples.f1()));
            row.extend(counts.iter().map(|count| share(count.f1())));
            row.push(spacy.map_or_else(|| "–".to_owned(), share));
            table.row(row);
        }
        Ok(format!(
            "Strict spans in English text, from raw text with our own tokens: micro F1 over the three kinds, then each kind's. A leading article and a\n\
             trailing `'s` are no part of a span. Sets: Universal NER (PUD, EWT), WikiGold, CrossNER politics; `gmb_held` is annotated by machine, a part\n\
             kept from training. The gold does not count peoples (`Turkish`) as places, `dateline` does, marked: \"without peoples\" leaves out the\n\
             places that an article names by their people alone.\n\
             spaCy's figures were measured with the gold tokens given. Data: `entities/`.\n\n{table}\n\
             What finds what: people and organisations by the trained model in English and in texts whose language is not told, by name lists, titles\n\
             and rules in every other language; places by the gazetteer in all of them, in English together with the model's; dates by rules in the\n\
             ten languages of `docs/dates.md`. Only English is measured here: no model was trained for another language."
        ))
    }
}

/// Spans found and not found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn of(wanted: &Spans, got: &Spans) -> Self {
        let right = wanted.intersection(got).count();
        Self { right, wrong: got.len() - right, missed: wanted.len() - right }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

struct Score {
    texts: usize,
    /// Of each kind.
    counts: [Count; 3],
    /// Over all kinds, places that are named by their people only left out.
    without_peoples: Count,
}

fn score(bench: &Bench<'_>, path: &Path) -> anyhow::Result<Score> {
    let gold = objects(path)?;
    let found = by_part(bench.extract(path)?);
    let mut counts = [Count::default(); 3];
    let mut without_peoples = Count::default();
    for article in &gold {
        let id = field(article, "id");
        let predicted = found.get(id).with_context(|| format!("{id} was not extracted"))?;
        let wanted = wanted(article)?;
        let text = field(article, "text");
        let all = got(predicted, text, |_| true);
        let less = got(predicted, text, |entity| field(entity, "kind") != "demonym");
        for (((count, wanted), all), less) in counts.iter_mut().zip(&wanted).zip(&all).zip(&less) {
            *count = count.plus(Count::of(wanted, all));
            without_peoples = without_peoples.plus(Count::of(wanted, less));
        }
    }
    Ok(Score { texts: gold.len(), counts, without_peoples })
}

type Spans = BTreeSet<(i64, i64)>;

fn wanted(article: &Value) -> anyhow::Result<[Spans; 3]> {
    let text = field(article, "text");
    let (view, characters) = (Text::gold(text), characters(text));
    let mut spans = [Spans::new(), Spans::new(), Spans::new()];
    for mention in article["mentions"].as_array().context("no mentions")? {
        let offset = |index: usize| {
            let at = mention[index].as_u64().and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| characters.get(at).copied()).context("a span outside its text")
        };
        let kind = mention[2].as_str().unwrap_or_default();
        let kind = KINDS.iter().position(|(_, name)| *name == kind);
        ensure!(kind.is_some(), "a mention of no kind");
        let span = view.trimmed(&(offset(0)?..offset(1)?));
        if let Some((spans, span)) = kind.and_then(|kind| spans.get_mut(kind)).zip(span) {
            spans.insert((span.start, span.end));
        }
    }
    Ok(spans)
}

fn got(predicted: &Value, gold_text: &str, counts: impl Fn(&Value) -> bool) -> [Spans; 3] {
    let view = Text::predicted(field(predicted, "text"), gold_text);
    let length = Text::gold(gold_text).length();
    KINDS.map(|(list, _)| {
        mentions(predicted, list)
            .filter(|(_, entity)| counts(entity))
            .filter_map(|(bytes, _)| view.trimmed(&bytes))
            .filter(|span| (0..length).contains(&span.start))
            .map(|Dense { start, end }| (start, end))
            .collect()
    })
}

/// The spans of a list of entities, with their entities, in the order of the list.
pub(super) fn mentions<'a>(
    predicted: &'a Value,
    list: &str,
) -> impl Iterator<Item = (std::ops::Range<usize>, &'a Value)> {
    let entities = predicted[list].as_array().map_or(&[][..], Vec::as_slice);
    entities.iter().flat_map(|entity| {
        let mentions = entity["mentions"].as_array().map_or(&[][..], Vec::as_slice);
        mentions.iter().filter_map(move |mention| {
            let end = |index: usize| usize::try_from(mention[index].as_u64()?).ok();
            Some((end(0)?..end(1)?, entity))
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn spans_count_only_when_whole_and_of_the_right_kind() {
        let gold = json!({"text": "The Köln mayor Orla Vint left Vintra.", "mentions": [
            [0, 8, "place"], [15, 24, "person"], [30, 36, "organisation"]]});
        let predicted = json!({"text": "The Köln mayor Orla Vint left Vintra.",
            "people": [{"mentions": [[16, 25]]}, {"mentions": [[31, 37]]}],
            "places": [{"mentions": [[4, 9]]}], "organisations": []});
        let wanted = wanted(&gold).unwrap();
        let got = got(&predicted, field(&gold, "text"), |_| true);
        assert_eq!(wanted[0], [(12, 20)].into());
        assert_eq!(got[0], [(12, 20), (24, 30)].into());
        assert_eq!(wanted[1], got[1]);
        assert!(got[2].is_empty());
    }

    #[test]
    fn figures() {
        let count = Count { right: 6, wrong: 2, missed: 4 };
        let figures = [count.precision(), count.recall(), count.f1()].map(share);
        assert_eq!(figures, [".750", ".600", ".667"]);
        assert_eq!(share(Count::default().f1()), ".000");
    }
}
