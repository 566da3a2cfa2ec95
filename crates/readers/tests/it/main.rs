//! The readers from outside: what callers rely on, hostile files, files of other writers, and the page that documents the formats.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod bounds;
mod containers;
mod contract;
mod docs;
mod encodings;
mod formats;
mod hostile;
mod map;
mod writers;

use std::ops::ControlFlow;
use std::path::Path;

use dateline_article::Article;
use dateline_readers::{Options, Skip, SourceFile, read};

/// Everything that a file gives.
fn read_all(file: &Path, path: &str, options: &Options) -> Vec<Result<Article, Skip>> {
    let mut items = Vec::new();
    read(&SourceFile { root_label: "root", path, file }, options, &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    items
}

/// Everything that content gives under a name.
fn read_content(path: &str, content: &[u8], options: &Options) -> Vec<Result<Article, Skip>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    read_all(&file, path, options)
}

/// The repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).unwrap()
}
