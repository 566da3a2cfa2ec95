//! What a program costs that is run to its end: time, processor time and, on Linux, the most memory it had.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

/// Between two looks at the process.
const PAUSE: Duration = Duration::from_millis(20);

/// What one run took.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Seconds of all its threads; `NaN` where the system does not tell.
    pub(crate) processor_seconds: f64,
    /// Resident bytes at the highest (`VmHWM`), as last seen before its end; 0 where the system does not tell.
    pub(crate) peak_bytes: u64,
}

/// Runs the command to its end, its output thrown away.
///
/// # Errors
/// It cannot be run, or fails.
pub(crate) fn of(command: &mut Command) -> anyhow::Result<Cost> {
    let program = command.get_program().display().to_string();
    let before = processor_seconds();
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {program}"))?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_bytes = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        peak_bytes = peak_bytes.max(resident(&text).unwrap_or_default());
        std::thread::sleep(PAUSE);
    };
    let wall = begun.elapsed();
    ensure!(ended.success(), "{program}: {ended}");
    let processor_seconds = match (before, processor_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => f64::NAN,
    };
    Ok(Cost { wall, processor_seconds, peak_bytes })
}

/// Seconds of processor time that the programs run so far and waited for have taken (`proc(5)`, fields 16 and 17 of `stat`, in hundredths of a second).
pub(crate) fn processor_seconds() -> Option<f64> {
    /// Fields between the program's name and those.
    const SKIPPED: usize = 13;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(SKIPPED);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

/// The peak in a status file of Linux, in bytes.
fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Bytes of the files in a folder and below.
///
/// # Errors
/// It cannot be listed.
pub(crate) fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    let entries = fs::read_dir(folder);
    for entry in entries.with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { size(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_the_status() {
        assert_eq!(resident("Name:\tdateline\nVmHWM:\t   1234 kB\n"), Some(1_263_616));
        assert_eq!(resident("Name:\tdateline\n"), None);
    }

    #[test]
    fn a_failure_is_an_error_and_a_run_takes_time() {
        assert!(of(Command::new("false").arg("x")).is_err());
        let cost = of(Command::new("sleep").arg("0.05")).unwrap();
        assert!(cost.wall >= Duration::from_millis(50), "{cost:?}");
    }
}
