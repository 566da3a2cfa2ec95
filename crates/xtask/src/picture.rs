//! `cargo xtask picture`: makes the README's pictures with the built `dateline`: a search of the seeds as it is printed, and the chart of a timeline.

mod story;

use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::built::{self, Profile};
use crate::workspace::root;

/// Below the workspace's root.
const PICTURE: &str = "docs/search.svg";
/// What is typed, after `dateline search --in seeds`.
const QUERY: &str = "place:ukraine (aid OR shells)";

/// The chart, below the workspace's root.
const CHART: &str = "docs/timeline.svg";

/// Builds `dateline`, searches the seeds, draws the timeline of a made-up archive, and writes both pictures.
///
/// # Errors
/// `dateline` does not build or finds nothing, or a picture cannot be written.
pub(crate) fn run(out: &mut impl Write) -> anyhow::Result<()> {
    let binary = built::dateline(Profile::Debug)?;
    search(&binary, out)?;
    timeline(&binary, out)
}

/// The chart of the articles of [`story`].
fn timeline(binary: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let work = tempfile::tempdir()?;
    let file = work.path().join("ferry.jsonl");
    let lines: Vec<String> = story::articles().iter().map(ToString::to_string).collect();
    std::fs::write(&file, lines.join("\n")).context("cannot write the articles")?;
    let index = work.path().join("index");
    let file = file.to_str().context("the folder's name is not UTF-8")?;
    built::run(binary, &index, &["index", file])?;
    let chart = root().join(CHART);
    let chart = chart.to_str().context("the workspace's name is not UTF-8")?;
    built::run(binary, &index, &["timeline", "ferry", "--by", "month", "--svg", chart])?;
    writeln!(out, "wrote {CHART}")?;
    Ok(())
}

fn search(binary: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let index = tempfile::tempdir()?;
    let arguments = ["search", "--in", "seeds", QUERY, "-n", "3", "--color", "always", "--index"];
    let output = Command::new(binary)
        .args(arguments)
        .arg(index.path())
        .current_dir(root())
        .env_clear()
        .env("COLUMNS", "92")
        .output()
        .context("cannot run dateline")?;
    ensure!(output.status.success(), "dateline: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).context("output is not UTF-8")?;
    let typed = format!("$ dateline search --in seeds \"{QUERY}\" -n 3\n\n{text}");
    let picture = anstyle_svg::Term::new().palette(anstyle_svg::WIN10_CONSOLE).render_svg(&typed);
    std::fs::write(root().join(PICTURE), picture)
        .with_context(|| format!("cannot write {PICTURE}"))?;
    writeln!(out, "wrote {PICTURE}")?;
    Ok(())
}
