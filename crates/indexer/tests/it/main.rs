//! The indexer as its callers see it: real folders, real indexes.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not as it set it up"
)]

mod faults;
mod histories;
mod incremental;
mod neighbours;
mod refusals;
mod reported;
mod same_result;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline_article::Record;
use dateline_indexer::{Options, Quiet, Report, index};
use tantivy::collector::DocSetCollector;
use tantivy::query::AllQuery;
use tantivy::{DocAddress, TantivyDocument};

/// A corpus and its index in a folder of their own.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(bench.corpus()).unwrap();
        for (path, text) in files {
            bench.put(path, text);
        }
        bench
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.folder.path().join("news")
    }

    pub(crate) fn directory(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.corpus().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn delete(&self, path: &str) {
        fs::remove_file(self.corpus().join(path)).unwrap();
    }

    pub(crate) fn options(&self) -> Options {
        Options { roots: vec![self.corpus()], ..Options::default() }
    }

    pub(crate) fn run(&self) -> Report {
        self.run_with(&self.options())
    }

    pub(crate) fn run_with(&self, options: &Options) -> Report {
        index(&self.directory(), options, &mut Quiet).unwrap()
    }

    /// The records of the index by path and part.
    pub(crate) fn records(&self) -> BTreeMap<String, Record> {
        records(&self.directory())
            .into_iter()
            .map(|record| (format!("{}#{}", record.article.path, record.article.part), record))
            .collect()
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.records().into_keys().collect()
    }
}

/// All records of an index in the order of its documents.
pub(crate) fn records(directory: &Path) -> Vec<Record> {
    let opened = dateline_schema::open(directory).unwrap();
    let searcher = opened.index.reader().unwrap().searcher();
    let mut addresses: Vec<DocAddress> =
        searcher.search(&AllQuery, &DocSetCollector).unwrap().into_iter().collect();
    addresses.sort_unstable();
    let record = |address| {
        let document: TantivyDocument = searcher.doc(address).unwrap();
        dateline_schema::stored(&document, &opened.fields).unwrap()
    };
    addresses.into_iter().map(record).collect()
}

/// The numbers of a report that tests look at: added, changed, removed, unchanged.
pub(crate) fn numbers(report: &Report) -> [u64; 4] {
    [report.added, report.changed, report.removed, report.unchanged]
}
