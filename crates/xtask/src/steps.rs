//! Runs commands one after the other, each announced and timed; the first that fails ends the run.
//!
//! Their output goes straight through. What the commands are is the caller's to say.

use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

/// A command with the name under which it is reported.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) command: Command,
}

/// Runs the steps in order, then prints the time each took.
///
/// Returns the exit code of the first step that fails, 1 where a signal ended it, else success.
///
/// # Errors
/// A command cannot be started, or `out` takes no more.
pub(crate) fn run(steps: Vec<Step>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for Step { name, mut command } in steps {
        writeln!(out, "\n== {name}: {}", shown(&command))?;
        // The command writes to the same stream, past this buffer.
        out.flush()?;
        let start = Instant::now();
        let status = command
            .stdin(Stdio::null())
            .status()
            .with_context(|| format!("cannot run {}", shown(&command)))?;
        times.push((name, start.elapsed()));
        if !status.success() {
            report(&times, out)?;
            writeln!(out, "{name} failed: {status}")?;
            let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
            return Ok(ExitCode::from(code));
        }
    }
    report(&times, out)?;
    writeln!(out, "all checks passed")?;
    Ok(ExitCode::SUCCESS)
}

fn report(times: &[(&str, Duration)], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out)?;
    let total = times.iter().map(|(_, time)| *time).sum();
    for (name, time) in times.iter().copied().chain([("together", total)]) {
        writeln!(out, "{name:<20} {:>7.1} s", time.as_secs_f64())?;
    }
    Ok(())
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        Some(format!("{}={:?}", name.to_string_lossy(), value?.to_string_lossy()))
    });
    let program = std::path::Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    let words = words.map(|word| word.to_string_lossy().into_owned());
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::cargo;

    fn step(name: &'static str, arguments: &[&str]) -> Step {
        let mut command = cargo(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Step { name, command }
    }

    fn transcript(steps: Vec<Step>) -> (ExitCode, String) {
        let mut out = Vec::new();
        let code = run(steps, &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn all_steps_run_and_are_timed() {
        let steps = vec![step("first", &["--version"]), step("second", &["--list"])];
        let (code, out) = transcript(steps);
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(out.contains("== first: cargo --version\n"), "{out}");
        assert!(out.contains("\nsecond  "), "{out}");
        assert!(out.ends_with("all checks passed\n"), "{out}");
    }

    #[test]
    fn the_first_failure_ends_the_run_with_its_code() {
        let steps = vec![
            step("fine", &["--version"]),
            step("broken", &["no-such-command-of-cargo"]),
            step("never", &["--version"]),
        ];
        let (code, out) = transcript(steps);
        assert_eq!(code, ExitCode::from(101));
        assert!(out.contains("broken failed: exit status: 101"), "{out}");
        assert!(!out.contains("never"), "{out}");
    }

    #[test]
    fn a_command_is_shown_with_its_variables() {
        let mut command = cargo(&["doc", "--no-deps"]);
        command.env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(shown(&command), "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps");
    }

    #[test]
    fn a_missing_program_is_an_error() {
        let missing = Step { name: "x", command: Command::new("no-such-program-anywhere") };
        let error = run(vec![missing], &mut Vec::new()).unwrap_err();
        assert!(format!("{error:#}").starts_with("cannot run no-such-program-anywhere"));
    }
}
