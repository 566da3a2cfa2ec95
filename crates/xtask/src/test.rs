//! `cargo xtask test`: every check that CI runs, cheapest first, the tests and what their program costs last, so that
//! their result ends the output. What each check demands stands in the files it reads (`rustfmt.toml`, `clippy.toml`, `deny.toml`).

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::environment;
use crate::steps::{self, Step};
use crate::workspace::{Metadata, cargo, root};

/// The cargo-deny that `deny.toml` is written for.
const DENY_VERSION: &str = "0.20.2";
/// On two cores the installation takes half a minute, since nothing is optimised: 3 minutes else, for a run of 2 seconds. CI as a whole has 30.
const DENY_LIMIT: Duration = Duration::from_mins(8);

/// Runs the checks; the exit code is that of the first that fails.
///
/// # Errors
/// Cargo cannot be run, or `out` takes no more.
pub(crate) fn run(out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let metadata = Metadata::read()?;
    let mut steps = vec![
        step("format", &["fmt", "--all", "--check"]),
        of_fuzz("format of the fuzz targets", &["fmt", "--check"]),
        // A change of the readers' dependencies that its lock file does not have would only show when it is run.
        of_fuzz("lock file of the fuzz targets", &["fetch", "--locked", "--quiet"]),
        step("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        documentation(),
        step("command line page", &["xtask", "docs", "--check"]),
    ];
    steps.extend(licences(&metadata.target()?, out)?);
    steps.push(step("tests", &["test", "--workspace"]));
    if metadata.any_features() {
        steps.push(step("tests, no features", &["test", "--workspace", "--no-default-features"]));
    }
    // Last: it counts the program that the tests have built.
    steps.push(step("instructions", &["xtask", "instructions"]));
    steps::run(steps, out)
}

fn step(name: &'static str, arguments: &[&str]) -> Step {
    Step { name, command: cargo(arguments) }
}

/// A step for the workspace of the fuzz targets, which is not built here: that takes a C++ compiler.
fn of_fuzz(name: &'static str, arguments: &[&str]) -> Step {
    let mut step = step(name, arguments);
    step.command.current_dir(root().join("crates/fuzz"));
    step
}

fn documentation() -> Step {
    let mut step = step("documentation", &["doc", "--workspace", "--no-deps"]);
    step.command.env("RUSTDOCFLAGS", "-D warnings");
    step
}

/// The step for cargo-deny, where it is installed or, in CI, can be: below the target folder, so that nothing of
/// the machine changes. Without it the licences are still held by `tests/licences.rs`.
fn licences(target: &Path, out: &mut impl Write) -> anyhow::Result<Option<Step>> {
    let folder = target.join("cargo-deny");
    let own = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let program = if runs(OsStr::new("cargo-deny")) {
        OsStr::new("cargo-deny")
    } else if runs(own.as_os_str()) || (environment::is_ci() && install(&folder, out)?) {
        own.as_os_str()
    } else {
        writeln!(out, "note: cargo-deny is not there; the test `licences` alone checks licences")?;
        return Ok(None);
    };
    let mut command = Command::new(program);
    command.args(["check", "licenses", "bans", "sources"]).current_dir(root());
    Ok(Some(Step { name: "licences", command }))
}

fn runs(program: &OsStr) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Installs cargo-deny into `folder`; says whether it is there in time.
fn install(folder: &Path, out: &mut impl Write) -> anyhow::Result<bool> {
    writeln!(out, "installing cargo-deny {DENY_VERSION}")?;
    out.flush()?;
    let mut command = cargo(&[
        "install",
        "cargo-deny",
        "--version",
        DENY_VERSION,
        "--locked",
        "--quiet",
        "--debug",
        "--root",
    ]);
    command.arg(folder).env("CARGO_PROFILE_DEV_DEBUG", "0").stdin(Stdio::null());
    let start = Instant::now();
    let Ok(mut child) = command.spawn() else { return Ok(false) };
    while start.elapsed() < DENY_LIMIT {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(_) => break,
        }
    }
    // It may have ended by itself just now.
    let _ = child.kill();
    let _ = child.wait();
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_runs_or_not() {
        assert!(runs(OsStr::new(crate::workspace::CARGO)));
        assert!(!runs(OsStr::new("no-such-program-anywhere")));
    }

    #[test]
    fn documentation_denies_warnings() {
        let step = documentation();
        let flags = step.command.get_envs().find(|(name, _)| *name == "RUSTDOCFLAGS");
        assert_eq!(flags.and_then(|(_, value)| value), Some(OsStr::new("-D warnings")));
    }
}
