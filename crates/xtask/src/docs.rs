//! `cargo xtask docs`: writes `docs/cli.md` from the help texts of the built `dateline`, the only place where they
//! are written by hand. `--check` compares and writes nothing.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::built::{self, Profile};
use crate::workspace::root;

/// Below the workspace's root.
const PAGE: &str = "docs/cli.md";
const OPENING: &str = "\
# Command line

<!-- Written by `cargo xtask docs` from the help texts; change those, not this file. -->
";

/// What `cargo xtask docs` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Fail when the page is not what the help texts say, and write nothing
    #[arg(long)]
    check: bool,
}

/// Builds `dateline` and writes or compares the page.
///
/// # Errors
/// `dateline` does not build or has no help, the page cannot be read or written, or (with `--check`) it is stale.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let binary = built::dateline(Profile::Debug)?;
    let page = page(|words| help(&binary, words))?;
    let path = root().join(PAGE);
    if arguments.check {
        let found =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
        if let Some(line) = first_difference(&found, &page) {
            bail!("{PAGE}:{line} is not what the help texts say; run `cargo xtask docs`");
        }
        writeln!(out, "{PAGE} is up to date")?;
    } else {
        std::fs::write(&path, page).with_context(|| format!("cannot write {PAGE}"))?;
        writeln!(out, "wrote {PAGE}")?;
    }
    Ok(())
}

/// What `dateline WORDS… --help` prints.
fn help(binary: &Path, words: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new(binary);
    // No terminal is asked for its width, so that the page is the same everywhere.
    command.args(words).arg("--help").env_clear().env("COLUMNS", "100");
    let output = command.output().with_context(|| format!("cannot run {}", binary.display()))?;
    let shown = words.join(" ");
    ensure!(output.status.success(), "`dateline {shown} --help` failed: {}", output.status);
    String::from_utf8(output.stdout).with_context(|| format!("help of `dateline {shown}`"))
}

/// The page: the help of `dateline` itself, then of each command that it lists.
fn page(help: impl Fn(&[&str]) -> anyhow::Result<String>) -> anyhow::Result<String> {
    let mut page = OPENING.to_owned();
    let overview = help(&[])?;
    let commands = commands(&overview);
    ensure!(!commands.is_empty(), "the help of `dateline` lists no command");
    section(&mut page, "dateline", &overview);
    for command in commands {
        section(&mut page, &format!("dateline {command}"), &help(&[command])?);
    }
    Ok(page)
}

fn section(page: &mut String, title: &str, help: &str) {
    // A help line may end in blanks where clap pads it.
    let lines = help.trim_end().lines().map(str::trim_end);
    let text = lines.collect::<Vec<_>>().join("\n");
    // Writing to a String does not fail.
    let _ = write!(page, "\n## {title}\n\n```text\n{text}\n```\n");
}

/// The commands that a help text lists, in its order, without `help` itself: the lines indented by two blanks
/// below `Commands:`, up to the next line that is not indented.
fn commands(help: &str) -> Vec<&str> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    listed
        .take_while(|line| line.is_empty() || line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect()
}

/// The first line, from 1, in which two texts differ.
fn first_difference(found: &str, expected: &str) -> Option<usize> {
    if found == expected {
        return None;
    }
    let same = found.lines().zip(expected.lines()).take_while(|(left, right)| left == right);
    Some(same.count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVERVIEW: &str = "\
Searches news.

Usage: dateline [OPTIONS] <COMMAND>

Commands:
  index   Bring the index up to date
          with its folders
  search  Ranked hits
  help    Print this message

Options:
  -h, --help  Print help
";

    #[track_caller]
    fn check_difference(found: &str, expected: &str, line: Option<usize>) {
        assert_eq!(first_difference(found, expected), line, "{found:?} against {expected:?}");
    }

    #[test]
    fn commands_are_read_from_the_overview() {
        assert_eq!(commands(OVERVIEW), ["index", "search"]);
        assert_eq!(commands("Usage: dateline\n"), [""; 0]);
    }

    #[test]
    fn the_page_has_a_section_for_each_command() {
        let page = page(|words| match words {
            [] => Ok(OVERVIEW.to_owned()),
            [command] => Ok(format!("Help of {command}   \n\n")),
            _ => bail!("too many words"),
        });
        let page = page.unwrap();
        let headings: Vec<_> = page.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(
            headings,
            ["# Command line", "## dateline", "## dateline index", "## dateline search"]
        );
        assert!(page.ends_with("## dateline search\n\n```text\nHelp of search\n```\n"), "{page}");
    }

    #[test]
    fn a_help_without_commands_is_an_error() {
        assert!(page(|_| Ok("Usage: dateline\n".to_owned())).is_err());
    }

    #[test]
    fn the_first_different_line_is_named() {
        check_difference("a\nb\n", "a\nb\n", None);
        check_difference("a\nb\n", "a\nc\n", Some(2));
        check_difference("a\n", "a\nb\n", Some(2));
        check_difference("a\nb\n", "a\n", Some(2));
        check_difference("", "a\n", Some(1));
        check_difference("a", "a\n", Some(2));
    }
}
