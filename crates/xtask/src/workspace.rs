//! Where the workspace stands and what cargo says of it. Writes nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

/// The cargo that built xtask.
pub(crate) const CARGO: &str = env!("CARGO");

/// The folder of the root `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package)
}

/// A cargo command that runs in the workspace's root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(CARGO);
    command.args(arguments).current_dir(root());
    command
}

/// What `cargo metadata` says of the members, without their dependencies.
pub(crate) struct Metadata(Value);

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// Cargo cannot be run, finds a fault in a manifest, or answers in another form.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let mut command = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
        let output = command.output().context("cannot run cargo metadata")?;
        let message = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "cargo metadata failed: {}", message.trim());
        serde_json::from_slice(&output.stdout)
            .map(Self)
            .context("cannot read what cargo metadata printed")
    }

    /// Says whether any member declares a feature, so that a build without default features differs.
    pub(crate) fn any_features(&self) -> bool {
        let packages = self.0["packages"].as_array().map_or(&[][..], Vec::as_slice);
        packages
            .iter()
            .any(|package| package["features"].as_object().is_some_and(|f| !f.is_empty()))
    }

    /// The folder that cargo builds into.
    ///
    /// # Errors
    /// Cargo did not name it.
    pub(crate) fn target(&self) -> anyhow::Result<PathBuf> {
        let path = self.0["target_directory"].as_str();
        path.map(PathBuf::from).context("cargo metadata names no target_directory")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_features(features: &Value, expected: bool) {
        let packages = json!({"packages": [{"features": {}}, {"features": features}]});
        assert_eq!(Metadata(packages).any_features(), expected, "features: {features}");
    }

    #[test]
    fn one_feature_anywhere_counts() {
        check_features(&json!({}), false);
        check_features(&json!({"pdf": []}), true);
        check_features(&json!({"default": ["pdf"], "pdf": []}), true);
    }

    #[test]
    fn the_root_holds_this_package() {
        assert!(root().join("crates/xtask/src/workspace.rs").is_file());
    }

    #[test]
    fn cargo_names_a_target_folder() {
        assert!(Metadata::read().unwrap().target().unwrap().is_absolute());
    }
}
