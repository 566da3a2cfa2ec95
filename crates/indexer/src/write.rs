//! Writes what comes out of the pipeline, and notes it in state and report.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use dateline_article::ArticleId;
use dateline_readers::{Neighbour, Reason, Skip};
use tracing::{debug, info};

use crate::batch::Next;
use crate::pipeline::{self, Finish, IN_CHANGE, Maker};
use crate::plan::{Job, Plan, settled};
use crate::report::{Progress, Report};
use crate::state::{FileState, PREFIX as STATE_PREFIX, State, file_number};
use crate::{Error, Options, Sink};

/// What a run changes while it goes.
pub(crate) struct Run<'run, S: Sink> {
    pub(crate) sink: &'run S,
    pub(crate) state: &'run mut State,
    pub(crate) report: &'run mut Report,
    /// Where states are written; nowhere in a dry run.
    pub(crate) directory: Option<&'run Path>,
}

/// What is known of the file being written.
struct Current {
    /// Nothing of it has been written.
    is_new: bool,
    /// Articles that the index had of it, and that have not come again.
    before: BTreeSet<ArticleId>,
    articles: u64,
    changed: u64,
    skipped: BTreeSet<Reason>,
}

impl Default for Current {
    fn default() -> Self {
        Self {
            is_new: true,
            before: BTreeSet::new(),
            articles: 0,
            changed: 0,
            skipped: BTreeSet::new(),
        }
    }
}

impl Current {
    /// Takes out what the index has of the file.
    fn begin(job: &Job, sink: &impl Sink) -> Result<Self, Error> {
        let mut current = Self { is_new: false, ..Self::default() };
        if job.known {
            let number = file_number(&job.root.label, &job.found.path);
            current.before = sink.articles_of(number)?.into_iter().collect();
            sink.remove_file(number)?;
        }
        Ok(current)
    }

    fn skip(&mut self, skips: &[Skip], progress: &mut dyn Progress) {
        for skip in skips {
            self.skipped.insert(skip.reason);
            progress.skipped(skip);
        }
    }
}

impl<S: Sink> Run<'_, S> {
    pub(crate) fn remove_gone(&mut self, plan: &Plan) -> Result<(), Error> {
        for gone in &plan.gone {
            debug!(root = %gone.label, path = %gone.path, "gone");
            self.sink.remove_file(file_number(&gone.label, &gone.path))?;
            let files = self.state.roots.get_mut(&gone.label).map(|root| &mut root.files);
            let articles =
                files.and_then(|files| files.remove(&gone.path)).map_or(0, |file| file.articles);
            self.report.removed += articles;
        }
        for label in &plan.dropped {
            self.state.roots.remove(label);
        }
        Ok(())
    }

    pub(crate) fn write(
        &mut self,
        plan: &Plan,
        maker: &Maker,
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let is_first = self.state.is_first();
        if plan.is_empty() && !is_first {
            return Ok(());
        }
        let mut last_commit = Instant::now();
        let mut current = Current::default();
        let sink = self.sink;
        let finish = pipeline::run(&plan.jobs, sink, maker, options, &mut |number, next| {
            let Some(job) = plan.jobs.get(number) else { return Ok(()) };
            if let Next::End { hash, skips, .. } = &next
                && hash.is_empty()
            {
                self.keep(job, skips, progress);
                return Ok(());
            }
            if current.is_new {
                current = Current::begin(job, sink)?;
            }
            match next {
                Next::Articles { ready, skips, .. } => {
                    current.skip(&skips, progress);
                    for (id, prepared) in ready {
                        current.articles += 1;
                        current.changed += u64::from(current.before.remove(&id));
                        sink.add(prepared)?;
                    }
                }
                Next::End { hash, skips, beside } => {
                    current.skip(&skips, progress);
                    progress.file_done(job.found.size, current.articles);
                    self.note(job, &std::mem::take(&mut current), hash, beside);
                    if last_commit.elapsed() >= options.commit_every {
                        self.commit()?;
                        last_commit = Instant::now();
                    }
                }
            }
            Ok(())
        })?;
        if let Finish::Before(number) = finish {
            self.report.stopped = true;
            self.report.left = (plan.jobs.len() - number) as u64;
            if let Some(job) = plan.jobs.get(number).filter(|_| !current.is_new) {
                // What was read of it is kept, as of a file that has to be read again.
                self.note(job, &current, IN_CHANGE.to_owned(), Vec::new());
            }
        }
        self.commit()
    }

    /// Leaves a file that is there but could not be opened as the index has it: its articles go only with the file.
    fn keep(&mut self, job: &Job, skips: &[Skip], progress: &mut dyn Progress) {
        progress.file_done(job.found.size, 0);
        for skip in skips {
            *self.report.skipped.entry(skip.reason).or_default() += 1;
            progress.skipped(skip);
        }
        let known = self.state.roots.get(&job.root.label);
        let known = known.and_then(|root| root.files.get(&job.found.path));
        self.report.unchanged += known.map_or(0, |file| file.articles);
    }

    /// Notes what came of a file in state and report.
    fn note(&mut self, job: &Job, current: &Current, hash: String, beside: Vec<Neighbour>) {
        self.report.added += current.articles - current.changed;
        self.report.changed += current.changed;
        self.report.removed += current.before.len() as u64;
        self.report.bytes += job.found.size;
        debug!(
            root = %job.root.label,
            path = %job.found.path,
            bytes = job.found.size,
            articles = current.articles,
            "read"
        );
        for reason in &current.skipped {
            *self.report.skipped.entry(*reason).or_default() += 1;
        }
        let file = FileState {
            size: if hash == IN_CHANGE { u64::MAX } else { job.found.size },
            modified: settled(job.found.modified, job.root.settled_before),
            hash,
            articles: current.articles,
            skipped: current.skipped.iter().map(|reason| reason.as_str().to_owned()).collect(),
            beside: beside.into_iter().map(|there| (there.path, there.stamp)).collect(),
            is_met: true,
        };
        self.state
            .roots
            .entry(job.root.label.clone())
            .or_default()
            .files
            .insert(job.found.path.clone(), file);
    }

    fn commit(&mut self) -> Result<(), Error> {
        if let Some(directory) = self.directory {
            let name = self.state.write_next(directory)?;
            self.sink.commit(&name)?;
            self.state.delete_others(directory, STATE_PREFIX);
            info!(state = %name, "committed");
        }
        Ok(())
    }
}
