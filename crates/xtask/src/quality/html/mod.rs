//! Article text out of news pages against texts that people cut out, beside trafilatura on the same pages; titles and days on Readability's pages.
//!
//! A page's score is the F1 of the two bags of its words, as in `score_html.py` of the collection. The scores of all pages are written to
//! `target/quality/html.tsv`.

mod pages;
mod score;
mod titles;
mod trafilatura;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;

use super::gold::{field, objects};
use super::table::{Table, share};
use super::{Bench, Section};
use crate::workspace::Metadata;
use pages::Run;
use score::{Score, mean};

/// The section.
pub(super) struct Html;

/// Below this a page needs a reason.
const LOW: f64 = 0.5;

/// Why pages score below [`LOW`]: the beginning of a page's id, and what it is.
const REASONS: &[(&str, &str)] = &[(
    "b3c19dd5",
    "one message of a few lines over a stream of longer ones, in the same elements: the gold text is the first",
)];

impl Section for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn heading(&self) -> &'static str {
        "Articles in HTML"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let data = bench.data.join("article-extraction");
        let work = tempfile::tempdir()?;
        let pages = pages::unpacked(&data.join("html.tar.zst"), work.path())?;
        let gold: BTreeMap<String, String> = objects(&data.join("gold.jsonl.zst"))?
            .iter()
            .map(|page| (field(page, "id").to_owned(), field(page, "articleBody").to_owned()))
            .collect();
        let ours = pages::extract(bench, &pages)?;
        let folder = quality_folder()?;
        let theirs = trafilatura::extract(&folder, &pages)?;
        let mut table = Table::new(&[
            "",
            "pages",
            "word F1",
            "tenth percentile",
            "precision",
            "recall",
            "below .5",
            "MB/s a core",
        ]);
        let scored = scores(&gold, &ours);
        table.row(row("dateline", &scored, &ours));
        let beside = match &theirs {
            Ok(run) => {
                let scored = scores(&gold, run);
                table.row(row(trafilatura::NAME, &scored, run));
                scored
            }
            Err(_) => BTreeMap::new(),
        };
        std::fs::write(folder.join("html.tsv"), tsv(&scored, &beside))?;
        let mut text = format!(
            "Body text of news pages of many sites: the F1 of the bags of words of the text found and the text that people cut out, mean over pages,\n\
             with trafilatura (comments off) in the same run. Speed is processor time, for dateline of the whole program. Data: `article-extraction/`.\n\n{table}"
        );
        if let Err(why) = &theirs {
            writeln!(text, "\n{} was not measured: {why}.", trafilatura::NAME)?;
        }
        text += &below(&scored);
        text += &titles::measure(bench, &data, work.path())?;
        Ok(text)
    }
}

fn quality_folder() -> anyhow::Result<PathBuf> {
    let folder = Metadata::read()?.target()?.join("quality");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

fn scores(gold: &BTreeMap<String, String>, run: &Run) -> BTreeMap<String, Score> {
    let text = |id: &str| run.texts.get(id).map_or("", String::as_str);
    gold.iter().map(|(id, wanted)| (id.clone(), Score::of(wanted, text(id)))).collect()
}

fn row(name: &str, scored: &BTreeMap<String, Score>, run: &Run) -> Vec<String> {
    let mut f1: Vec<f64> = scored.values().map(|score| score.f1).collect();
    f1.sort_by(f64::total_cmp);
    vec![
        name.to_owned(),
        scored.len().to_string(),
        share(mean(f1.iter().copied())),
        share(f1.get(f1.len() / 10).copied().unwrap_or_default()),
        share(mean(scored.values().map(|score| score.precision))),
        share(mean(scored.values().map(|score| score.recall))),
        f1.iter().filter(|f1| **f1 < LOW).count().to_string(),
        format!("{:.1}", run.megabytes / run.seconds.max(0.001)),
    ]
}

fn tsv(ours: &BTreeMap<String, Score>, theirs: &BTreeMap<String, Score>) -> String {
    let mut text = String::from("id\tf1\tprecision\trecall\ttrafilatura_f1\n");
    for (id, score) in ours {
        let other = theirs.get(id).map_or_else(String::new, |score| format!("{:.4}", score.f1));
        let Score { f1, precision, recall } = score;
        let _ = writeln!(text, "{id}\t{f1:.4}\t{precision:.4}\t{recall:.4}\t{other}");
    }
    text
}

/// The pages that score low, each with its reason.
fn below(scored: &BTreeMap<String, Score>) -> String {
    let mut text = String::new();
    for (id, score) in scored.iter().filter(|(_, score)| score.f1 < LOW) {
        let reason = REASONS.iter().find(|(start, _)| id.starts_with(start));
        let reason = reason.map_or("no reason is known: to be looked at", |(_, reason)| reason);
        let _ = write!(
            text,
            "\nBelow .5: `{}` ({}), {reason}.\n",
            id.get(..8).unwrap_or(id),
            share(score.f1)
        );
    }
    text
}
