//! `cargo xtask picture`: draws the README's picture of a search from what the built `dateline` really prints.

use std::io::Write;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::built::{self, Profile};
use crate::workspace::root;

/// Below the workspace's root.
const PICTURE: &str = "docs/search.svg";
/// What is typed, after `dateline search --in seeds`.
const QUERY: &str = "place:ukraine (aid OR shells)";

/// Builds `dateline`, searches the seeds, and writes the picture.
///
/// # Errors
/// `dateline` does not build or finds nothing, or the picture cannot be written.
pub(crate) fn run(out: &mut impl Write) -> anyhow::Result<()> {
    let binary = built::dateline(Profile::Debug)?;
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
