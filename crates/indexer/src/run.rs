//! A run from beginning to end: plan, read, write, commit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use dateline_article::ArticleId;
use dateline_extract::copies::clusters;
use dateline_readers::{Neighbour, Reason, Skip};
use dateline_schema::{
    COPIES_PREFIX, Copies, MANIFEST, Manifest, Settings, delete_engine, open, open_or_create,
};

use tantivy::Directory;
use tantivy::directory::INDEX_WRITER_LOCK;

use crate::batch::Next;
use crate::checksums::{CHECKSUMS, Checksums};
use crate::local::{DrySink, LocalSink};
use crate::pipeline::{self, Maker};
use crate::plan::{Compare, Job, Plan, absolute};
use crate::report::{Progress, Report};
use crate::roots::choose;
use crate::state::{FileState, PREFIX as STATE_PREFIX, State, file_number};
use crate::{Error, Mode, Options, Sink};

/// Segments beyond which a finished run joins them, so that searches stay fast.
const MOST_SEGMENTS: usize = 4;

/// Brings the index in `directory` up to date with its corpus.
///
/// # Errors
///
/// [`Error`], where the run as a whole cannot go on; single files never stop it. What was committed before stays.
pub fn index(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    match options.mode {
        Mode::DryRun => dry_run(directory, options, progress),
        Mode::Rebuild => {
            take_down(directory, options)?;
            update(directory, options, progress)
        }
        Mode::Update => update(directory, options, progress),
    }
}

fn update(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    // Folders are checked before anything is made: a typing error leaves no empty index behind.
    let mut manifest = match Manifest::read(directory) {
        Ok(manifest) => manifest,
        Err(dateline_schema::Error::NoIndex { .. }) => Manifest::new(Settings { extract: true }),
        Err(error) => return Err(error.into()),
    };
    manifest.settings.extract = options.extract.unwrap_or(manifest.settings.extract);
    let labels = choose(&mut manifest, options)?;
    let opened = open_or_create(directory, || manifest.clone())?;
    let sink = LocalSink::new(opened.clone(), options.memory_bytes)?;
    let io = |source| Error::Io { path: directory.join(CHECKSUMS), source };
    if manifest != opened.manifest {
        Checksums::open(directory).map_err(io)?;
    }
    manifest.write(directory)?;
    let mut state = State::read(directory, sink.last_payload()?.as_deref())?;
    state.delete_others(directory, STATE_PREFIX);
    if state.number == 0 {
        // Clusters of an index that was taken down would pass for those of the commits to come.
        state.delete_others(directory, COPIES_PREFIX);
    }

    let mut report = Report::default();
    let plan = plan(&manifest, &labels, &mut state, options, directory, &mut report, progress)?;
    let joins = options.optimize || sink.segments()? > MOST_SEGMENTS;
    let is_first = state.number == 0;
    if is_first || joins || !plan.is_empty() || !plan.dropped.is_empty() {
        Checksums::open(directory).map_err(io)?;
    }
    let maker = Maker::new(manifest.settings.extract);
    let mut run =
        Run { sink: &sink, state: &mut state, report: &mut report, directory: Some(directory) };
    run.remove_gone(&plan);
    run.write(&plan, &maker, options, progress)?;
    if !plan.dropped.is_empty() {
        manifest.roots.retain(|root| !plan.dropped.contains(&root.label));
        manifest.write(directory)?;
    }
    report.articles = sink.articles()?;
    if !directory.join(format!("{COPIES_PREFIX}{}", state.number)).is_file() {
        Checksums::open(directory).map_err(io)?;
        let copies = Copies::new(clusters(sink.candidates()?));
        copies
            .write(directory, state.number)
            .map_err(|source| Error::Io { path: directory.to_owned(), source })?;
        state.delete_others(directory, COPIES_PREFIX);
    }
    if options.optimize || sink.segments()? > MOST_SEGMENTS {
        sink.merge_into_one()?;
    } else {
        sink.close()?;
    }
    // Another run that has begun meanwhile takes them when it ends.
    if let Ok(_lock) = opened.index.directory().acquire_lock(&INDEX_WRITER_LOCK) {
        Checksums::close(directory, state.number).map_err(io)?;
    }
    Ok(report)
}

fn dry_run(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let opened = match open(directory) {
        Ok(opened) => Some(opened),
        Err(dateline_schema::Error::NoIndex { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let empty = || Manifest::new(Settings { extract: true });
    let mut manifest = opened.as_ref().map_or_else(empty, |opened| opened.manifest.clone());
    manifest.settings.extract = options.extract.unwrap_or(manifest.settings.extract);
    let labels = choose(&mut manifest, options)?;
    let payload = match &opened {
        Some(opened) => opened.index.load_metas()?.payload,
        None => None,
    };
    let mut state = State::read(directory, payload.as_deref())?;
    let sink = DrySink::new(opened)?;
    let mut report = Report::default();
    let plan = plan(&manifest, &labels, &mut state, options, directory, &mut report, progress)?;
    let mut run = Run { sink: &sink, state: &mut state, report: &mut report, directory: None };
    run.remove_gone(&plan);
    run.write(&plan, &Maker::new(false), options, progress)?;
    report.articles =
        state.roots.values().flat_map(|root| root.files.values()).map(|file| file.articles).sum();
    Ok(report)
}

/// Takes an index of any format down to a manifest of the present one that knows its roots.
fn take_down(directory: &Path, options: &Options) -> Result<(), Error> {
    let path = directory.join(MANIFEST);
    let io = |source| Error::Io { path: path.clone(), source };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io(error)),
    };
    let parsed = serde_json::from_slice::<serde_json::Value>(&bytes)
        .map_err(|source| dateline_schema::Error::Manifest { path: path.clone(), source })?;
    let roots = parsed.get("roots").cloned().and_then(|roots| serde_json::from_value(roots).ok());
    let extract = parsed.pointer("/settings/extract").and_then(serde_json::Value::as_bool);
    let mut manifest =
        Manifest::new(Settings { extract: options.extract.or(extract).unwrap_or(true) });
    manifest.roots = roots.unwrap_or_default();
    // Everything that can be refused is refused before anything is deleted.
    choose(&mut manifest.clone(), options)?;
    if let Ok(opened) = open_or_create(directory, || manifest.clone()) {
        LocalSink::new(opened, options.memory_bytes)?.close()?;
    }
    delete_engine(directory)?;
    manifest.write(directory)?;
    Ok(())
}

fn plan(
    manifest: &Manifest,
    labels: &[String],
    state: &mut State,
    options: &Options,
    directory: &Path,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<Plan, Error> {
    let index = absolute(directory);
    let compare = Compare {
        prune: options.prune,
        rehash: options.rehash,
        extract: manifest.settings.extract,
        index: &index,
    };
    let mut plan = Plan::default();
    for root in manifest.roots.iter().filter(|root| labels.contains(&root.label)) {
        plan.add_root(root, state, compare, report, progress)?;
    }
    progress.planned(plan.jobs.len() as u64, plan.jobs.iter().map(|job| job.found.size).sum());
    Ok(plan)
}

/// What a run changes while it goes.
struct Run<'run, S: Sink> {
    sink: &'run S,
    state: &'run mut State,
    report: &'run mut Report,
    /// Where states are written; nowhere in a dry run.
    directory: Option<&'run Path>,
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
            sink.remove_file(number);
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
    fn remove_gone(&mut self, plan: &Plan) {
        for gone in &plan.gone {
            self.sink.remove_file(file_number(&gone.label, &gone.path));
            let files = self.state.roots.get_mut(&gone.label).map(|root| &mut root.files);
            let articles =
                files.and_then(|files| files.remove(&gone.path)).map_or(0, |file| file.articles);
            self.report.removed += articles;
        }
        for label in &plan.dropped {
            self.state.roots.remove(label);
        }
    }

    fn write(
        &mut self,
        plan: &Plan,
        maker: &Maker,
        options: &Options,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let is_first = self.state.number == 0;
        if plan.is_empty() && !is_first {
            return Ok(());
        }
        let mut last_commit = Instant::now();
        let mut current = Current::default();
        let sink = self.sink;
        pipeline::run(&plan.jobs, sink, maker, options, &mut |number, next| {
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
                Next::Articles { ready, skips } => {
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
        for reason in &current.skipped {
            *self.report.skipped.entry(*reason).or_default() += 1;
        }
        let file = FileState {
            size: job.found.size,
            modified: job.found.modified,
            hash,
            articles: current.articles,
            skipped: current.skipped.iter().map(|reason| reason.as_str().to_owned()).collect(),
            beside: beside.into_iter().map(|there| (there.path, there.stamp)).collect(),
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
        }
        Ok(())
    }
}
