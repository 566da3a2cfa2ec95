//! trafilatura on the same pages, for comparison.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::super::gold::{field, lines};
use super::super::python::{self, succeed};
use super::pages::{self, Run};

pub(super) const NAME: &str = "trafilatura 2.3.1";

const ENVIRONMENT: python::Environment = python::Environment {
    name: "trafilatura-2.3.1",
    packages: &["trafilatura==2.3.1", "lxml_html_clean==0.4.6"],
    imports: "import trafilatura",
};

/// Reads the list of pages in the file named by its argument; prints the texts, then the processor time of the extraction alone.
const SCRIPT: &str = "\
import json, sys, time
import trafilatura
seconds = 0
for path in open(sys.argv[1], encoding='utf-8').read().split('\\n'):
    html = open(path, encoding='utf-8', errors='replace').read()
    start = time.process_time()
    text = trafilatura.extract(html, include_comments=False)
    seconds += time.process_time() - start
    print(json.dumps({'path': path, 'text': text or ''}))
print(json.dumps({'seconds': seconds}))
";

/// The texts that it finds, or why there are none.
///
/// # Errors
/// The pages cannot be measured.
pub(super) fn extract(folder: &Path, pages: &[PathBuf]) -> anyhow::Result<Result<Run, String>> {
    let megabytes = pages::megabytes(pages)?;
    let found = ENVIRONMENT.python(folder).and_then(|python| run(&python, folder, pages));
    Ok(found
        .map(|(texts, seconds)| Run { texts, megabytes, seconds })
        .map_err(|error| format!("{error:#}")))
}

type Texts = std::collections::BTreeMap<String, String>;

fn run(python: &Path, folder: &Path, pages: &[PathBuf]) -> anyhow::Result<(Texts, f64)> {
    let list: Option<Vec<&str>> = pages.iter().map(|page| page.to_str()).collect();
    let file = folder.join("pages.txt");
    std::fs::write(&file, list.context("a name is not UTF-8")?.join("\n"))?;
    let output = succeed(Command::new(python).args(["-c", SCRIPT]).arg(&file), "it failed")?;
    let (mut texts, mut seconds) = (Texts::new(), 0.0);
    for line in lines(&String::from_utf8(output)?) {
        let value: Value = serde_json::from_str(line)?;
        match value["seconds"].as_f64() {
            Some(total) => seconds = total,
            None => {
                texts.insert(
                    pages::name(field(&value, "path")).to_owned(),
                    field(&value, "text").to_owned(),
                );
            }
        }
    }
    Ok((texts, seconds))
}
