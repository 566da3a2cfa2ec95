//! What a run shows while it goes, and what is to be said of skipped files.

use std::fs::File;
use std::io::{BufWriter, Write};

use dateline_indexer::{Progress, Reason, Skip};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{counted, grouped};
use crate::output::json::escaped;

/// Skipped files named one by one at the end of a run; the others are counted.
const NAMED_SKIPS: usize = 10;

/// Shows the run as it goes, and keeps what is to be said of skipped files.
pub(super) struct Follower {
    bar: Option<ProgressBar>,
    articles: u64,
    errors: Option<BufWriter<File>>,
    failed: Option<std::io::Error>,
    named: Vec<(String, Reason, String)>,
    unnamed: u64,
}

impl Follower {
    pub(super) fn new(terminal: bool, errors: Option<BufWriter<File>>) -> Self {
        let bar = terminal.then(|| {
            let style = "{bar:24} {percent:>3} % · {bytes}/{total_bytes} · {binary_bytes_per_sec} · {eta} left · {msg}";
            let style = ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::no_length().with_style(style)
        });
        Self { bar, articles: 0, errors, failed: None, named: Vec::new(), unnamed: 0 }
    }

    pub(super) fn finish(&mut self) -> std::io::Result<()> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(errors) = &mut self.errors {
            errors.flush()?;
        }
        self.articles = 0;
        self.failed.take().map_or(Ok(()), Err)
    }

    /// Names what was skipped since it was last asked.
    pub(super) fn name_skips(&mut self, notes: &mut dyn Write) -> std::io::Result<()> {
        for (path, reason, detail) in std::mem::take(&mut self.named) {
            writeln!(
                notes,
                "skipped: {} · {reason}: {}",
                crate::terminal::clean(&path),
                crate::terminal::clean(&detail)
            )?;
        }
        let unnamed = std::mem::take(&mut self.unnamed);
        if unnamed > 0 {
            writeln!(notes, "skipped: {} more (--errors FILE names them all)", grouped(unnamed))?;
        }
        Ok(())
    }
}

impl Progress for Follower {
    fn planned(&mut self, files: u64, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.reset();
            bar.set_length(bytes);
            bar.set_message(counted(files, "file"));
        }
    }

    fn file_done(&mut self, bytes: u64, articles: u64) {
        self.articles += articles;
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            bar.set_message(counted(self.articles, "article"));
        }
    }

    fn skipped(&mut self, skip: &Skip) {
        let path = skip
            .part
            .as_ref()
            .map_or_else(|| skip.path.clone(), |part| format!("{}#{part}", skip.path));
        if let Some(errors) = &mut self.errors {
            let mut line =
                json!({"path": skip.path, "reason": skip.reason.as_str(), "detail": skip.detail});
            if let (Some(part), Some(object)) = (&skip.part, line.as_object_mut()) {
                object.insert("part".to_owned(), json!(part));
            }
            if let Err(error) = writeln!(errors, "{}", escaped(&line)) {
                self.failed.get_or_insert(error);
            }
        }
        if self.named.last().is_some_and(|(last, ..)| last.split('#').next() == Some(&*skip.path)) {
            // One line a file: a file of a thousand bad lines would hide all others.
            return;
        }
        if self.named.len() < NAMED_SKIPS {
            self.named.push((path, skip.reason, skip.detail.clone()));
        } else {
            self.unnamed += 1;
        }
    }
}
