//! Dated results in `benches/record`, with the machine and the commit they come from.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use serde_json::{Value, json};

use crate::environment;
use crate::workspace::root;

/// Writes the values as `DATE-COMMIT-NAME.json`; the file's path.
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(name: &str, values: &Value) -> anyhow::Result<PathBuf> {
    let day = environment::today().context("the clock is not set")?.to_string();
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    // Changes that are not committed are not in the commit.
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some();
    let record = json!({
        "day": day, "commit": commit, "changed_since": changed, "machine": machine(), "measured": values,
    });
    let folder = root().join("benches/record");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{day}-{commit}-{name}.json"));
    let text = serde_json::to_string_pretty(&record)? + "\n";
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// What git prints, or nothing.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).current_dir(root()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// Model and number of processors, memory, and the mean number of busy programs in the last quarter of an hour, as Linux tells them.
fn machine() -> Value {
    let of = |path: &str, key: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key))?.to_owned();
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().nth(2);
    let processors = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    json!({
        "processor": of("/proc/cpuinfo", "model name"), "processors": processors, "memory": of("/proc/meminfo", "MemTotal"),
        "system": std::env::consts::OS, "load": load,
    })
}
