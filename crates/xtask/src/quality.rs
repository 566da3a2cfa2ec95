//! `cargo xtask quality`: what `dateline` finds of what people labelled, on collections that are not part of the repository.
//!
//! A [`Section`] measures one thing with the built program and gives its part of `docs/quality.md`; a section is a file in
//! `quality/` and a line in [`SECTIONS`]. Sections that are not measured in a run stay on the page as they were.

mod calendar;
mod copies;
mod dates;
mod entities;
mod formats;
mod gold;
mod html;
mod labels;
pub(crate) mod page;
mod people;
mod places;
mod published;
mod python;
mod retrieval;
mod spans;
mod speed;
mod table;

pub(crate) use gold::text;
pub(crate) use table::Table;

use std::cell::OnceCell;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::built::{self, Profile};
use crate::workspace::root;

/// What can be measured, in the order of the page.
const SECTIONS: &[&dyn Section] = &[
    &html::Html,
    &formats::Formats,
    &entities::Entities,
    &people::People,
    &places::Places,
    &labels::Labels,
    &dates::Dates,
    &published::Published,
    &speed::Speed,
    &retrieval::Retrieval,
    &copies::Copies,
];

/// Below the workspace's root.
const PAGE: &str = "docs/quality.md";

/// One thing that is measured.
trait Section {
    /// The word that asks for it alone.
    fn name(&self) -> &'static str;

    /// Its heading on the page, the same from run to run.
    fn heading(&self) -> &'static str;

    /// Measures, and gives the text under the heading in Markdown: what was measured on which data, then the figures.
    ///
    /// # Errors
    /// Data that are missing or not as expected, a program that fails.
    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String>;
}

/// What `cargo xtask quality` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the labelled collections; each section names those below it that it reads
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Sections to measure; all without one
    sections: Vec<String>,
}

/// What a section measures with.
struct Bench<'a> {
    /// The built `dateline`, once a section asked for it.
    built: OnceCell<PathBuf>,
    /// The folder of collections.
    data: &'a Path,
}

impl Bench<'_> {
    /// The `dateline` to measure, built at the first call.
    fn binary(&self) -> anyhow::Result<&Path> {
        if let Some(binary) = self.built.get() {
            return Ok(binary);
        }
        let binary = built::dateline(Profile::Release)?;
        Ok(self.built.get_or_init(|| binary))
    }

    /// What `dateline extract FILE` prints, a value an article.
    fn extract(&self, file: &Path) -> anyhow::Result<Vec<Value>> {
        let file = file.to_str().context("the file's name is not UTF-8")?;
        let index = tempfile::tempdir()?;
        let arguments = ["extract", file, "--format", "json"];
        let output = built::run(self.binary()?, index.path(), &arguments)?;
        let text = String::from_utf8(output.stdout).context("output is not UTF-8")?;
        text.lines().map(|line| serde_json::from_str(line).context("not JSON")).collect()
    }
}

/// Measures, prints each section, and writes them into the page.
///
/// # Errors
/// A section of that name does not exist, or one fails.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let names: Vec<_> = SECTIONS.iter().map(|section| section.name()).collect();
    if let Some(wrong) = arguments.sections.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("no section is called {wrong}; there are {}", names.join(", "));
    }
    let bench = Bench { built: OnceCell::new(), data: &arguments.data };
    let path = root().join(PAGE);
    for section in SECTIONS {
        let name = section.name();
        if !arguments.sections.is_empty() && !arguments.sections.iter().any(|one| one == name) {
            continue;
        }
        let body = section.measure(&bench).with_context(|| format!("section {name}"))?;
        writeln!(out, "## {}\n\n{}\n", section.heading(), body.trim())?;
        // Read again each time: a run takes minutes, and others measure too.
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        let headings: Vec<_> = SECTIONS.iter().map(|section| section.heading()).collect();
        let after = page::with_section(&before, &headings, section.heading(), &body);
        std::fs::write(&path, after).with_context(|| format!("cannot write {PAGE}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_apart() {
        let (mut names, mut headings) = (Vec::new(), Vec::new());
        for section in SECTIONS {
            names.push(section.name());
            headings.push(section.heading());
        }
        for list in [&mut names, &mut headings] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count);
        }
    }
}
