//! A run from beginning to end: plan, read, write, commit.

use std::fs;
use std::path::Path;

use dateline_extract::copies::clusters;
use dateline_readers::Limits;
use dateline_schema::{
    COPIES_PREFIX, Copies, MANIFEST, Manifest, Opened, Settings, make_directory, make_private,
    open, open_or_create, take_out_engine,
};

use tracing::info;

use crate::checksums::{CHECKSUMS, Checksums};
use crate::corpus::nanoseconds;
use crate::local::{DrySink, LocalSink, sweep};
use crate::lock::Lock;
use crate::pipeline::Maker;
use crate::plan::{Compare, Plan, absolute};
use crate::report::{Progress, Report};
use crate::roots::choose;
use crate::state::{PREFIX as STATE_PREFIX, State};
use crate::write::Run;
use crate::{Access, Error, Mode, Options};

/// Segments beyond which a finished run joins them, so that searches stay fast.
const MOST_SEGMENTS: usize = 4;

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
    if options.mode == Mode::Rebuild {
        info!(directory = %directory.display(), "taking the index down to build it anew");
        take_down(directory, options)?;
    }
    let report = update(directory, options, progress)?;
    Ok(Report { cut_off: lock.cut_off.clone(), ..report })
}

/// The manifest that the index in `directory` has, or will have.
fn manifest(directory: &Path, options: &Options) -> Result<Manifest, Error> {
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
    let mut labels = choose(&mut manifest, options)?;
    if options.mode == Mode::Rebuild {
        // All were taken down, whichever are named.
        labels = manifest.roots.iter().map(|root| root.label.clone()).collect();
    }
    let opened = open_or_create(directory, || manifest.clone())?;
    if manifest.private {
        let io = |source| Error::Io { path: directory.to_owned(), source };
        make_private(directory).map_err(io)?;
    }
    bring_up_to_date(&opened, manifest, &labels, options, progress).map_err(|error| {
        if Checksums::are_open(directory) {
            sweep(&opened);
        }
        match (error, opened.failure.get()) {
            (Error::Engine(_), Some((path, source))) => Error::Io { path, source },
            (error, _) => error,
        }
    })
}

fn bring_up_to_date(
    opened: &Opened,
    mut manifest: Manifest,
    labels: &[String],
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let directory = &opened.directory;
    let sink = LocalSink::new(opened.clone(), options.memory_bytes)?;
    let io = |source| Error::Io { path: directory.join(CHECKSUMS), source };
    if manifest != opened.manifest {
        Checksums::open(directory).map_err(io)?;
        manifest.write(directory)?;
    }
    let mut state = State::read(directory, sink.last_payload()?.as_deref())?;
    let (listed, found) = (state.articles(), sink.articles()?);
    if listed != found {
        let reason = format!("it has {listed} articles, the index {found}");
        return Err(Error::State { path: state.path(directory), reason });
    }
    state.delete_others(directory, STATE_PREFIX);
    if state.number == 0 {
        // Clusters of an index that was taken down would pass for those of the commits to come.
        state.delete_others(directory, COPIES_PREFIX);
    }

    let mut report = Report::default();
    let plan = plan(&manifest, labels, &mut state, options, directory, &mut report, progress)?;
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
        Checksums::close(directory, state.number).map_err(io)?;
        return Ok(report);
    }
    let joins = options.optimize || sink.segments()? > MOST_SEGMENTS;
    let is_first = state.number == 0;
    if is_first || joins || !plan.is_empty() || !plan.dropped.is_empty() {
        Checksums::open(directory).map_err(io)?;
    }
    // The tables of names take time to unfold.
    let maker = Maker::new(manifest.settings.extract && !plan.jobs.is_empty());
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
        info!("found the clusters of copies");
    }
    let joins = options.optimize || sink.segments()? > MOST_SEGMENTS;
    if joins && !options.stop.is_asked() {
        info!(segments = sink.segments()?, "joining the segments of the index");
        sink.merge_into_one()?;
    } else {
        sink.close()?;
    }
    Checksums::close(directory, state.number).map_err(io)?;
    info!(articles = report.articles, "took the checksums of the index");
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
    let mut manifest = manifest(directory, options)?;
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
    report.articles = state.articles();
    Ok(report)
}

/// What an index of any format says of its roots and settings, as a manifest of the present one.
fn manifest_of_any_version(directory: &Path) -> Result<Option<Manifest>, Error> {
    let path = directory.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::Io { path, source }),
    };
    let parsed = serde_json::from_slice::<serde_json::Value>(&bytes)
        .map_err(|source| dateline_schema::Error::Manifest { path, source })?;
    let roots = parsed.get("roots").cloned().and_then(|roots| serde_json::from_value(roots).ok());
    let limits = parsed.get("limits").cloned();
    let limits = limits.and_then(|limits| serde_json::from_value(limits).ok());
    let extract = parsed.pointer("/settings/extract").and_then(serde_json::Value::as_bool);
    let mut manifest = Manifest::new(Settings { extract: extract.unwrap_or(true) });
    manifest.roots = roots.unwrap_or_default();
    let private = parsed.get("private").and_then(serde_json::Value::as_bool);
    manifest.private = private.unwrap_or(false);
    manifest.limits = limits.unwrap_or_default();
    Ok(Some(manifest))
}

/// Takes an index of any format down to a manifest of the present one that knows its roots.
fn take_down(directory: &Path, options: &Options) -> Result<(), Error> {
    let manifest = manifest(directory, options)?;
    // What lies in a missing folder could not be read again.
    let missing = manifest.roots.iter().find(|root| !options.prune && !root.path.exists());
    if let Some(root) = missing {
        return Err(Error::NoSuchRoot { path: root.path.clone() });
    }
    if let Ok(opened) = open_or_create(directory, || manifest.clone()) {
        // A version of this program that knows no other lock has the engine's.
        LocalSink::new(opened, options.memory_bytes)?.close()?;
    }
    take_out_engine(directory)?;
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
    };
    let mut plan = Plan::default();
    for root in manifest.roots.iter().filter(|root| labels.contains(&root.label)) {
        plan.add_root(root, state, compare, report, progress)?;
    }
    progress.planned(plan.jobs.len() as u64, plan.jobs.iter().map(|job| job.found.size).sum());
    Ok(plan)
}
