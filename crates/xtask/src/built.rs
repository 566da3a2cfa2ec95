//! The built `dateline` as the tasks run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, ensure};

use crate::workspace::{Metadata, cargo};

/// How the program is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly.
    Debug,
    /// For measuring.
    Release,
}

/// Builds `dateline`, the whole workspace with it, so that nothing is built anew with the features of one member alone.
///
/// # Errors
/// It does not build.
pub(crate) fn dateline(profile: Profile) -> anyhow::Result<PathBuf> {
    let mut arguments = vec!["build", "--quiet", "--workspace", "--bin", "dateline"];
    let folder = match profile {
        Profile::Debug => {
            // A test, the smallest, brings in the features of `cargo test`: tantivy is built once for both.
            arguments.extend(["--test", "layout"]);
            "debug"
        }
        Profile::Release => {
            arguments.push("--release");
            "release"
        }
    };
    let built = cargo(&arguments).status();
    ensure!(built.context("cannot run cargo build")?.success(), "dateline does not build");
    let name = format!("dateline{}", std::env::consts::EXE_SUFFIX);
    Ok(Metadata::read()?.target()?.join(folder).join(name))
}

/// Runs `dateline` and gives what it printed; exit code 1, nothing found, is no error.
///
/// # Errors
/// It cannot be run, or ends with an error.
pub(crate) fn run(binary: &Path, index: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    let output = Command::new(binary)
        .args(arguments)
        .arg("--index")
        .arg(index)
        .env_clear()
        .output()
        .context("cannot run dateline")?;
    let fine = matches!(output.status.code(), Some(0 | 1));
    ensure!(fine, "dateline {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output)
}
