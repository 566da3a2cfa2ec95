//! Instructions that a program executes: unlike its time they do not depend on what else runs.

use std::process::Command;

use anyhow::{Context, ensure};

/// A program that counts the instructions of another.
#[derive(Clone, Copy)]
pub(crate) enum Counter {
    Perf,
    Valgrind,
}

impl Counter {
    pub(crate) const ALL: [Self; 2] = [Self::Perf, Self::Valgrind];

    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Perf => "perf",
            Self::Valgrind => "valgrind",
        }
    }

    /// What counts the program that is added to it.
    pub(crate) fn command(self) -> Command {
        let mut command = Command::new(self.program());
        command.args(match self {
            Self::Perf => &["stat", "-x", ",", "-e", "instructions:u"][..],
            Self::Valgrind => {
                &["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
            }
        });
        command
    }

    /// Says whether it is there, and the machine lets it count.
    pub(crate) fn works(self) -> bool {
        self.count(self.command().arg("true")).is_ok()
    }

    /// Instructions of the command, which [`Self::command`] began.
    ///
    /// # Errors
    /// It cannot be run or fails, or the machine counts nothing.
    pub(crate) fn count(self, command: &mut Command) -> anyhow::Result<f64> {
        let output = command.output().with_context(|| format!("cannot run {}", self.program()))?;
        let told = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{} failed: {told}", self.program());
        self.read(&told).with_context(|| format!("{} counts nothing", self.program()))
    }

    /// The count in what the program told.
    fn read(self, told: &str) -> Option<f64> {
        let digits = match self {
            Self::Perf => {
                told.lines().find(|line| line.contains("instructions"))?.split(',').next()?
            }
            // `I refs:` from version 3.21 on, `I   refs:` before.
            Self::Valgrind => {
                let is_count = |line: &&str| {
                    let mut words = line.split_whitespace().skip(1);
                    words.next() == Some("I") && words.next() == Some("refs:")
                };
                told.lines().find(is_count)?.rsplit(' ').next()?
            }
        };
        digits.replace(',', "").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_what_the_programs_tell() {
        let check = |counter: Counter, told: &str, expected: Option<f64>| {
            assert_eq!(counter.read(told), expected, "{told}");
        };
        check(Counter::Perf, "1234567,,instructions:u,900,100.00,,", Some(1_234_567.0));
        check(Counter::Perf, "<not supported>,,instructions:u,0,100.00,,", None);
        check(Counter::Valgrind, "==7== \n==7== I refs:        1,234,567\n", Some(1_234_567.0));
        check(Counter::Valgrind, "==7== I   refs:      127,677\n", Some(127_677.0));
        check(Counter::Valgrind, "==7== Command: true\n", None);
    }
}
