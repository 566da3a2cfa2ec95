//! End to end: the real binary on real files.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not as it set it up"
)]

mod bad_input;
mod counting;
mod events;
mod every_seed;
mod forms;
mod full_disk;
mod golden;
#[cfg(target_os = "linux")]
mod hostile;
mod kill;
#[cfg(unix)]
mod modes;
mod output;
mod quine;
mod related;
#[cfg(unix)]
mod reported;
mod same_everywhere;
mod seeds;
#[cfg(unix)]
mod steering;
mod surroundings;
mod traces;
mod verify;
mod watch;
mod words;
mod writers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own with a corpus in it, where the binary runs.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A desk with the files given in the folder `news`.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("news")).unwrap();
        for (path, text) in files {
            desk.put(path, text.as_bytes());
        }
        desk
    }

    /// The small corpus that most tests look at.
    pub(crate) fn small() -> Self {
        Self::new(&[
            (
                "wire/ferry.txt",
                "Title: Ferry stays in port\nDate: 2024-03-12\nSource: The Wire\nAuthor: Ann Lee\n\n\
                 ODESA, March 12 (The Wire) — The ferry to Istanbul did not sail on Tuesday. Captain Olena Koval said the harbour of \
                 Odesa had no fuel left.\n\nEnvoys from Turkey will meet in Kyiv next week.\n",
            ),
            (
                "wire/talks.txt",
                "Title: Talks on fuel begin in Kyiv\nDate: 2024-03-19\nSource: The Wire\n\n\
                 KYIV — Envoys from Turkey and Ukraine began talks on fuel on Tuesday. Olena Koval was among them.\n",
            ),
            (
                "bridge.txt",
                "Bridge closes\n\nThe bridge over the Elbe in Hamburg is closed, the city said.\n",
            ),
        ])
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path("news").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The command, in this folder and in surroundings that are the same everywhere.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("COLUMNS", "80");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Standard output of a run that must end with `code`.
    #[track_caller]
    pub(crate) fn stdout(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let notes = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {notes}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Exit code, output and notes as one text; what differs from run to run is masked.
    pub(crate) fn transcript(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let text = format!(
            "exit {}\n--- stdout\n{}--- stderr\n{}",
            output.status.code().unwrap(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        self.masked(&text)
    }

    /// `text` with the folder and times replaced by words.
    fn masked(&self, text: &str) -> String {
        let real = fs::canonicalize(self.folder.path()).unwrap();
        let text = text
            .replace(real.to_str().unwrap(), "DESK")
            .replace(self.folder.path().to_str().unwrap(), "DESK");
        let mut out = String::new();
        for line in text.split_inclusive('\n') {
            // "… · 0.0 MB in 0.1 s, 0.3 MB/s"
            let cut = line
                .find(" MB in ")
                .and_then(|at| line.get(..at))
                .and_then(|before| before.rfind(" · "));
            match cut {
                Some(at) => {
                    out.push_str(line.get(..at).unwrap());
                    out.push_str(" · (rate)\n");
                }
                None => out.push_str(line),
            }
        }
        out
    }
}

/// Standard output as JSON values, one a line.
pub(crate) fn json_lines(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// The repository's root.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}
