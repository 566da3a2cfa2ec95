//! Building an index anew, of whatever format the old one is: beside it, so that it answers until the new one is whole, and stays where that comes to nothing.

use std::fs;
use std::path::Path;

use dateline_schema::{
    COPIES_PREFIX, MANIFEST, Manifest, Settings, create_beside, delete_engine, open,
};
use tracing::info;

use crate::freshness::{Looked, Presence};
use crate::report::{Progress, Report};
use crate::roots::{choose, labels};
use crate::run::{Place, bring_up_to_date, keep_to_owner, manifest, said_by_the_system};
use crate::state::{PREFIX as STATE_PREFIX, State};
use crate::{Error, Options};

/// Builds the index of all folders that the one in `directory` knows, and of those given, and puts it in its place. Nobody else writes there.
///
/// A run that is asked to end early leaves the index as it was, as does one that fails.
///
/// # Errors
///
/// [`Error::NoSuchRoot`] and [`Error::EmptyRoot`] where a folder is missing today, as what lies there could not be read again; and what stops any run.
pub(crate) fn build_anew(
    directory: &Path,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, Error> {
    let mut manifest = manifest(directory, options)?;
    choose(&mut manifest, options)?;
    let looked = Looked::read(directory);
    for root in manifest.roots.iter().filter(|_| !options.prune) {
        let path = root.path.clone();
        match looked.presence(root) {
            Presence::There | Presence::Empty => {}
            Presence::Missing => return Err(Error::NoSuchRoot { path }),
            Presence::Replaced => return Err(Error::EmptyRoot { path }),
        }
    }
    let labels = labels(&manifest);
    manifest.engine = manifest.engine.other();
    info!(directory = %directory.display(), "building the index anew beside the old one");
    let before = State::beside(directory);
    let engine = manifest.engine;
    let leave = || {
        // What cannot be deleted now is deleted by the next run.
        let _ = delete_engine(directory, engine);
        before.delete_later(directory, STATE_PREFIX);
        before.delete_later(directory, COPIES_PREFIX);
    };
    let opened = create_beside(directory, manifest.clone()).inspect_err(|_| leave())?;
    let built = keep_to_owner(directory, &manifest).and_then(|()| {
        bring_up_to_date(&opened, manifest, &labels, options, Place::Beside, progress)
    });
    match built {
        Ok(report) if !report.stopped => Ok(report),
        Ok(report) => {
            leave();
            // One of another format cannot be asked.
            let reader = open(directory).ok().and_then(|old| old.index.reader().ok());
            let articles = reader.map_or(0, |reader| reader.searcher().num_docs());
            Ok(Report { articles, added: 0, changed: 0, removed: 0, ..report })
        }
        Err(error) => {
            let is_there = Manifest::read(directory).is_ok_and(|there| there.engine == engine);
            if !is_there {
                leave();
            }
            Err(said_by_the_system(error, &opened))
        }
    }
}

/// What an index of any format says of its roots and settings, as a manifest of the present one.
pub(crate) fn manifest_of_any_version(directory: &Path) -> Result<Option<Manifest>, Error> {
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
    let engine = parsed.get("engine").cloned();
    let engine = engine.and_then(|engine| serde_json::from_value(engine).ok());
    manifest.engine = engine.unwrap_or_default();
    manifest.limits = limits.unwrap_or_default();
    Ok(Some(manifest))
}
