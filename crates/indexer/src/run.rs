//! A run from beginning to end: plan, read, write, commit.

use std::path::Path;

use dateline_extract::copies::clusters;
use dateline_readers::Limits;
use dateline_schema::{
    COPIES_PREFIX, Copies, MANIFEST, Manifest, Opened, Settings, delete_engine, make_directory,
    make_private, open_or_create,
};

use tracing::info;

use crate::anew::{build_anew, manifest_of_any_version};
use crate::checksums::{CHECKSUMS, Checksums};
use crate::corpus::{Ahead, nanoseconds};
use crate::freshness::{self, Looked};
use crate::local::{DrySink, LocalSink, sweep};
use crate::lock::Lock;
use crate::pipeline::Maker;
use crate::plan::{Compare, Plan, absolute};
use crate::report::{Progress, Report};
use crate::roots::choose;
use crate::state::{PREFIX as STATE_PREFIX, State};
use crate::write::Run;
use crate::{Access, Error, Mode, Options};

/// How long before a run a file may have been changed and have the same time once it is changed again. Twice what file systems count time in at their
/// coarsest.
const UNSETTLED_NANOSECONDS: i64 = 4_000_000_000;

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
    if options.mode == Mode::DryRun {
        return dry_run(directory, options, progress);
    }
    // Folders are checked before anything is made: a typing error leaves no empty index behind.
    let manifest = manifest(directory, options)?;
    choose(&mut manifest.clone(), options)?;
    make_directory(directory)?;
    let lock = Lock::take(directory, options.writer.as_ref())?;
    if let Some(writer) = &lock.cut_off {
        info!(%writer, "the run before was cut off; going on from its last commit");
    }
    let report = match options.mode {
        Mode::Rebuild if directory.join(MANIFEST).is_file() => {
            build_anew(directory, options, progress)?
        }
        _ => update(directory, options, progress)?,
    };
    Ok(Report { cut_off: lock.cut_off.clone(), ..report })
}

/// The manifest that the index in `directory` has, or will have.
pub(crate) fn manifest(directory: &Path, options: &Options) -> Result<Manifest, Error> {
    let found = match options.mode {
        Mode::Rebuild => manifest_of_any_version(directory)?,
        Mode::Update | Mode::DryRun => match Manifest::read(directory) {
            Ok(manifest) => Some(manifest),
            Err(dateline_schema::Error::NoIndex { .. }) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let mut manifest = found.unwrap_or_else(|| Manifest::new(Settings { extract: true }));
    manifest.settings.extract = options.extract.unwrap_or(manifest.settings.extract);
    manifest.private |= options.access == Access::Private;
    manifest.limits.extend(options.limits.iter().cloned());
    let defaults = Limits::default();
    manifest.limits.retain(|name, value| {
        let mut limits = defaults;
        limits.set(name, *value) && limits != defaults
    });
    Ok(manifest)
}

fn update(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    // Another run may have ended between the first look and the lock.
    let mut manifest = manifest(directory, &Options { mode: Mode::Update, ..options.clone() })?;
    let labels = choose(&mut manifest, options)?;
    let opened = open_or_create(directory, || manifest.clone())?;
    keep_to_owner(directory, &manifest)?;
    bring_up_to_date(&opened, manifest, &labels, options, Place::There, progress).map_err(|error| {
        if Checksums::are_open(directory) {
            sweep(&opened);
        }
        said_by_the_system(error, &opened)
    })
}

/// Where a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Into the index that is there.
    There,
    /// Into a new one beside it, which takes its place in the end.
    Beside,
}

/// Closes the index to all but its owner, where its manifest says so.
pub(crate) fn keep_to_owner(directory: &Path, manifest: &Manifest) -> Result<(), Error> {
    if manifest.private {
        let io = |source| Error::Io { path: directory.to_owned(), source };
        make_private(directory).map_err(io)?;
    }
    Ok(())
}

/// The error with what the system said, where the engine's threads told only that they have ended.
pub(crate) fn said_by_the_system(error: Error, opened: &Opened) -> Error {
    match (error, opened.failure.get()) {
        (Error::Engine(_), Some((path, source))) => Error::Io { path, source },
        (error, _) => error,
    }
}

pub(crate) fn bring_up_to_date(
    opened: &Opened,
    mut manifest: Manifest,
    labels: &[String],
    options: &Options,
    place: Place,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let directory = &opened.directory;
    let chosen = Chosen::begin(&manifest, labels);
    let sink = LocalSink::new(opened.clone(), options.memory_bytes)?;
    let io = |source| Error::Io { path: directory.join(CHECKSUMS), source };
    // What is written beside the index changes nothing of it.
    let open_checksums = || match place {
        Place::There => Checksums::open(directory).map_err(io),
        Place::Beside => Ok(()),
    };
    if manifest != opened.manifest {
        open_checksums()?;
        manifest.write(directory)?;
    }
    let mut state = match place {
        Place::There => committed(directory, &sink)?,
        Place::Beside => State::beside(directory),
    };

    let mut report = Report::default();
    let plan = plan(&manifest, chosen, &mut state, options, directory, &mut report, progress)?;
    info!(
        read = plan.jobs.len(),
        gone = plan.gone.len(),
        unchanged_articles = report.unchanged,
        "compared the corpus with the index"
    );
    if plan.stopped {
        // Nothing was compared to the end: the index stays as it is.
        report.stopped = true;
        report.articles = sink.articles()?;
        sink.close()?;
        if place == Place::There {
            Checksums::close(directory, manifest.engine, state.number).map_err(io)?;
        }
        return Ok(report);
    }
    if state.is_first()
        || options.optimize
        || sink.has_joins()?
        || !plan.is_empty()
        || !plan.dropped.is_empty()
    {
        open_checksums()?;
    }
    // The tables of names take time to unfold.
    let maker = Maker::new(manifest.settings.extract && !plan.jobs.is_empty());
    let mut run =
        Run { sink: &sink, state: &mut state, report: &mut report, directory: Some(directory) };
    run.remove_gone(&plan)?;
    run.write(&plan, &maker, options, progress)?;
    if !plan.dropped.is_empty() {
        manifest.roots.retain(|root| !plan.dropped.contains(&root.label));
        if place == Place::There {
            manifest.write(directory)?;
        }
    }
    report.articles = sink.articles()?;
    if place == Place::Beside && report.stopped {
        sink.close()?;
        return Ok(report);
    }
    if !directory.join(format!("{COPIES_PREFIX}{}", state.number)).is_file() {
        open_checksums()?;
        let copies = Copies::new(clusters(sink.candidates()?));
        copies
            .write(directory, state.number)
            .map_err(|source| Error::Io { path: directory.to_owned(), source })?;
        state.delete_others(directory, COPIES_PREFIX);
        info!("found the clusters of copies");
    }
    if options.stop.is_asked() {
        sink.close()?;
    } else if options.optimize {
        sink.merge_into_one()?;
    } else if sink.has_joins()? {
        sink.join()?;
    } else {
        sink.close()?;
    }
    if place == Place::Beside {
        Checksums::open(directory).map_err(io)?;
        manifest.write(directory)?;
        info!("the new index is whole and takes the place of the old one");
        // What cannot be deleted now is deleted by the next run.
        let _ = delete_engine(directory, manifest.engine.other());
        state.floor = 0;
        state.delete_others(directory, STATE_PREFIX);
        state.delete_others(directory, COPIES_PREFIX);
    }
    Checksums::close(directory, manifest.engine, state.number).map_err(io)?;
    info!(articles = report.articles, "took the checksums of the index");
    if !report.stopped {
        freshness::note(directory, &manifest, labels, &report, options.begun);
    }
    Ok(report)
}

/// The list of files that the last commit names; files beside it that belong to other commits go.
fn committed(directory: &Path, sink: &LocalSink) -> Result<State, Error> {
    let state = State::read(directory, sink.last_payload()?.as_deref())?;
    let (listed, found) = (state.articles(), sink.articles()?);
    if listed != found {
        let reason = format!("it has {listed} articles, the index {found}");
        return Err(Error::State { path: state.path(directory), reason });
    }
    state.delete_others(directory, STATE_PREFIX);
    state.delete_later(directory, COPIES_PREFIX);
    Ok(state)
}

fn dry_run(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let (opened, mut state) = match State::open(directory) {
        Ok((opened, state)) => (Some(opened), state),
        Err(Error::Index(dateline_schema::Error::NoIndex { .. })) => (None, State::default()),
        Err(error) => return Err(error),
    };
    let mut manifest = manifest(directory, options)?;
    let labels = choose(&mut manifest, options)?;
    let sink = DrySink::new(opened)?;
    let mut report = Report::default();
    let chosen = Chosen::begin(&manifest, &labels);
    let plan = plan(&manifest, chosen, &mut state, options, directory, &mut report, progress)?;
    let mut run = Run { sink: &sink, state: &mut state, report: &mut report, directory: None };
    run.remove_gone(&plan)?;
    run.write(&plan, &Maker::new(false), options, progress)?;
    report.articles = state.articles();
    Ok(report)
}

/// The roots that a run reads.
pub(crate) struct Chosen<'run> {
    labels: &'run [String],
    /// The walk below the first of them, which goes on while the list of files is read.
    ahead: Ahead,
}

impl<'run> Chosen<'run> {
    pub(crate) fn begin(manifest: &Manifest, labels: &'run [String]) -> Self {
        let first = manifest.roots.iter().find(|root| labels.contains(&root.label));
        let ahead = first.map(|root| Ahead::begin(&root.path)).unwrap_or_default();
        Self { labels, ahead }
    }
}

pub(crate) fn plan(
    manifest: &Manifest,
    chosen: Chosen<'_>,
    state: &mut State,
    options: &Options,
    directory: &Path,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<Plan, Error> {
    let index = absolute(directory);
    let mut limits = Limits::default();
    for (name, value) in &manifest.limits {
        // Names that this version does not know were taken out.
        let _ = limits.set(name, *value);
    }
    let compare = Compare {
        limits,
        limits_text: &serde_json::to_string(&manifest.limits).unwrap_or_default(),
        settled_before: options
            .begun
            .map_or(i64::MAX, |begun| nanoseconds(begun).saturating_sub(UNSETTLED_NANOSECONDS)),
        prune: options.prune,
        rehash: options.rehash,
        extract: manifest.settings.extract,
        stop: &options.stop,
        index: &index,
        looked: &Looked::read(directory),
    };
    let mut plan = Plan::default();
    let Chosen { labels, mut ahead } = chosen;
    for root in manifest.roots.iter().filter(|root| labels.contains(&root.label)) {
        plan.add_root(root, state, compare, &mut ahead, report, progress)?;
    }
    progress.planned(plan.jobs.len() as u64, plan.jobs.iter().map(|job| job.found.size).sum());
    Ok(plan)
}
