//! One file, without an index: the same records that `index` would store.

use std::ops::ControlFlow;
use std::path::Path;

use dateline_article::{Date, Record};
use dateline_readers::{FieldMap, Limits, Options, Skip, SourceFile, read};

use crate::Error;
use crate::pipeline::Maker;
use crate::roots::{folder_of, name_of};

/// Reads `file`, extracts, and calls `each` with every record or skip, in order, until it breaks.
///
/// `map` speaks of columns and keys whose names do not say what they hold, `today` tells what lies in the future. The root is labelled by the file's
/// folder, so the ids are those of `index FOLDER`.
///
/// # Errors
///
/// [`Error::NoSuchRoot`] where there is no such file.
pub fn extract_file(
    file: &Path,
    map: &FieldMap,
    entities: bool,
    limits: Limits,
    today: Option<Date>,
    each: &mut dyn FnMut(Result<Record, Skip>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let (label, absolute) = folder_of(file)?;
    let maker = Maker::new(entities);
    let path = name_of(&absolute);
    let source = SourceFile { root_label: &label, path: &path, file: &absolute };
    let options = Options { map: map.clone(), limits, today, ..Options::default() };
    read(&source, &options, &mut |found| each(found.and_then(|article| maker.record(article))));
    Ok(())
}
