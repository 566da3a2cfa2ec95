//! Programs in Python that are measured beside dateline: each in a virtual environment of its own, made where Python is at hand.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// A virtual environment.
pub(super) struct Environment {
    /// Its folder's name.
    pub(super) name: &'static str,
    /// Pinned, with what their dependencies leave out.
    pub(super) packages: &'static [&'static str],
    /// What must run in it.
    pub(super) imports: &'static str,
}

impl Environment {
    /// The environment's interpreter; one that was made before below `folder` is used again.
    ///
    /// # Errors
    /// There is no Python, or the packages cannot be installed.
    pub(super) fn python(&self, folder: &Path) -> anyhow::Result<PathBuf> {
        let home = folder.join(self.name);
        let python = home.join("bin").join("python3");
        let works = |python: &Path| {
            let output = Command::new(python).args(["-c", self.imports]).output();
            output.is_ok_and(|output| output.status.success())
        };
        if works(&python) {
            return Ok(python);
        }
        succeed(
            Command::new("python3").args(["-m", "venv"]).arg(&home),
            "no Python to run it with",
        )?;
        succeed(
            Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(self.packages),
            "it cannot be installed",
        )?;
        Ok(python)
    }
}

/// What a program prints.
///
/// # Errors
/// `otherwise`, where it cannot be run or ends with an error.
pub(super) fn succeed(command: &mut Command, otherwise: &'static str) -> anyhow::Result<Vec<u8>> {
    let output = command.output().context(otherwise)?;
    anyhow::ensure!(output.status.success(), otherwise);
    Ok(output.stdout)
}
