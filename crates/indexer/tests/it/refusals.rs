//! What is refused, and that it is left as it was.

use std::fs;

use dateline_indexer::{Error, Options, Quiet, index};
use dateline_schema::MANIFEST;

use crate::Bench;

#[test]
fn a_folder_that_is_not_there_leaves_no_index_behind() {
    let bench = Bench::new(&[]);
    let options = Options { roots: vec![bench.corpus().join("nowhere")], ..Options::default() };
    assert!(matches!(
        index(&bench.directory(), &options, &mut Quiet),
        Err(Error::NoSuchRoot { .. })
    ));
    assert!(!bench.directory().exists());
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let bench = Bench::new(&[("a.txt", "Harbour reopens\n\nThe harbour is open.")]);
    bench.run();
    let opened = dateline_schema::open_or_create(&bench.directory(), || unreachable!()).unwrap();
    let _writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    assert!(matches!(
        index(&bench.directory(), &bench.options(), &mut Quiet),
        Err(Error::Busy { .. })
    ));
}

#[test]
fn an_index_of_another_version_is_refused_and_rebuilt_on_request() {
    let bench = Bench::new(&[("a.txt", "Harbour reopens\n\nThe harbour is open.")]);
    bench.run();
    let path = bench.directory().join(MANIFEST);
    let manifest = fs::read_to_string(&path).unwrap().replacen(
        &format!("\"format_version\": {}", dateline_schema::FORMAT_VERSION),
        "\"format_version\": 0",
        1,
    );
    fs::write(&path, &manifest).unwrap();
    let error = index(&bench.directory(), &bench.options(), &mut Quiet).unwrap_err();
    assert!(
        matches!(error, Error::Index(dateline_schema::Error::OtherVersion { found: 0, .. })),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), manifest);
    let options = Options { mode: dateline_indexer::Mode::Rebuild, ..Options::default() };
    let report = index(&bench.directory(), &options, &mut Quiet).unwrap();
    assert_eq!((report.added, report.articles), (1, 1));
}

#[test]
fn a_lost_state_is_said_to_be_lost() {
    let bench = Bench::new(&[("a.txt", "Harbour reopens\n\nThe harbour is open.")]);
    bench.run();
    for entry in fs::read_dir(bench.directory()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("state-") {
            fs::remove_file(path).unwrap();
        }
    }
    assert!(matches!(
        index(&bench.directory(), &bench.options(), &mut Quiet),
        Err(Error::State { .. })
    ));
}
