//! `cargo xtask train-tagger`: unpacks the training corpora and runs the trainer of crate `tagger` on them.
//!
//! The trainer is an example of that crate behind its feature `train`, so that neither the product nor this program is built with it. The
//! same corpora, lists and settings give the same bytes.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::quality::text;
use crate::workspace::{cargo, root};

/// What `cargo xtask train-tagger` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the corpora, `NAME.bio.zst` or `NAME.bio`
    corpora: PathBuf,
    /// Folder where `english.model`, `english.lexicon` and `report.md` are written
    #[arg(long, value_name = "DIR", default_value = "crates/tagger/data")]
    out: PathBuf,
    /// Folder of lists to make the lexicon from; without it the lexicon in the output folder stays
    #[arg(long, value_name = "DIR")]
    lists: Option<PathBuf>,
    /// Settings of the trainer, such as `--seed 7 --runs 2`
    #[arg(last = true)]
    settings: Vec<String>,
}

/// Trains and writes the files.
///
/// # Errors
/// A corpus cannot be read, or the trainer does not build or fails.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let unpacked = tempfile::tempdir()?;
    let count = unpack(&arguments.corpora, unpacked.path())?;
    ensure!(count > 0, "{} holds no corpus", arguments.corpora.display());
    let target = root().join(&arguments.out);
    let mut command = cargo(&["run", "--quiet", "--release", "--package", "dateline-tagger"]);
    command.args(["--features", "train", "--example", "train", "--"]);
    command.arg(unpacked.path()).arg(&target);
    if let Some(lists) = &arguments.lists {
        let lists = std::path::absolute(lists).context("the folder of lists has no path")?;
        command.arg("--lists").arg(lists);
    }
    let status = command.args(&arguments.settings).status().context("cannot run the trainer")?;
    ensure!(status.success(), "the trainer failed");
    writeln!(out, "trained on {count} corpora; wrote {}", target.display())?;
    Ok(())
}

/// Writes every corpus of a folder as a plain file to another; gives their number.
fn unpack(from: &Path, to: &Path) -> anyhow::Result<usize> {
    let entries =
        std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    let mut count = 0;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(corpus) = name.strip_suffix(".bio.zst").or_else(|| name.strip_suffix(".bio"))
        else {
            continue;
        };
        std::fs::write(to.join(format!("{corpus}.bio")), text(&path)?)?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_and_plain_corpora_are_unpacked() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let packed = ruzstd::encoding::compress_to_vec(
            &b"Orla\tB-PER\n"[..],
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        std::fs::write(from.path().join("one.bio.zst"), packed).unwrap();
        std::fs::write(from.path().join("two.bio"), "Vint\tO\n").unwrap();
        std::fs::write(from.path().join("README.md"), "no corpus").unwrap();
        assert_eq!(unpack(from.path(), to.path()).unwrap(), 2);
        let one = std::fs::read_to_string(to.path().join("one.bio")).unwrap();
        assert_eq!(one, "Orla\tB-PER\n");
    }
}
