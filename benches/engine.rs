//! An index of the generated corpus, open for searching.

use anyhow::{Context, ensure};
use dateline_indexer::{Options, Quiet, index};
use dateline_query::LocalEngine;
use tempfile::TempDir;

use crate::folder;

/// Indexes the first `articles` of the corpus in `directory`.
///
/// # Errors
/// The corpus cannot be written, indexed whole, or opened.
pub(crate) fn open(directory: &TempDir, articles: usize) -> anyhow::Result<LocalEngine> {
    let folder = folder::write(articles)?;
    let options = Options { roots: vec![folder.path], ..Options::default() };
    let report = index(directory.path(), &options, &mut Quiet).context("cannot index")?;
    ensure!(report.articles == folder.articles, "{report:?} of {} articles", folder.articles);
    LocalEngine::open(directory.path()).context("cannot open the index")
}
