//! Opening, refusing and leaving alone.

use dateline_article::{Article, ArticleId, Record};
use tantivy::{Directory, IndexWriter};

use super::*;
use crate::{Settings, document};

const ENGINE: &str = EngineFolder::First.name();

fn manifest() -> Manifest {
    Manifest::new(Settings { extract: true })
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn add_one_article(opened: &Opened) {
    let mut writer: IndexWriter = opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    let id = ArticleId::new("a", "b", "1");
    let mut article = Article::new(id, "b", "1", "text");
    article.paragraphs.push("Allies met in Kyiv.".to_owned());
    let record = Record::bare(article);
    writer.add_document(document(&opened.fields, &record, "a", 7).unwrap()).unwrap();
    writer.commit().unwrap();
}

#[test]
fn a_new_index_opens_and_holds_what_was_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("deep/index");
    let opened = open_or_create(&directory, manifest).unwrap();
    add_one_article(&opened);
    drop(opened);
    let opened = open(&directory).unwrap();
    assert_eq!(opened.index.reader().unwrap().searcher().num_docs(), 1);
    assert_eq!(names(&directory), [MANIFEST, ENGINE]);
}

#[test]
fn the_default_directory_with_its_readme_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "about").unwrap();
    fs::write(folder.path().join(".gitignore"), "*").unwrap();
    open_or_create(folder.path(), manifest).unwrap();
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.doc"), "mine").unwrap();
    let error = open_or_create(folder.path(), manifest).unwrap_err();
    assert!(
        matches!(&error, Error::Occupied { stranger, .. } if stranger == "thesis.doc"),
        "{error}"
    );
    assert_eq!(names(folder.path()), ["thesis.doc"]);
}

#[test]
fn a_first_run_killed_before_its_manifest_can_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    open_or_create(folder.path(), manifest).unwrap();
    fs::remove_file(folder.path().join(MANIFEST)).unwrap();
    open_or_create(folder.path(), manifest).unwrap();
}

#[test]
fn a_first_run_killed_while_the_engine_was_made_can_be_repeated() {
    for left in [&[][..], &["tantivy"], &["tantivy", "tantivy/.managed.json"]] {
        let folder = tempfile::tempdir().unwrap();
        open_or_create(folder.path(), manifest).unwrap();
        let whole = fs::read(folder.path().join("tantivy/.managed.json")).unwrap();
        fs::remove_dir_all(folder.path().join(ENGINE)).unwrap();
        for path in left {
            let path = folder.path().join(path);
            if path.ends_with(ENGINE) {
                fs::create_dir(path).unwrap();
            } else {
                fs::write(path, &whole).unwrap();
            }
        }
        add_one_article(&open_or_create(folder.path(), manifest).unwrap());
        assert!(open(folder.path()).is_ok(), "{left:?}");
    }
}

/// Whoever searches while the first run is at its beginning finds nothing yet, and no fault; an engine that is lost later is one.
#[test]
fn an_index_whose_engine_was_never_made_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    manifest().write(folder.path()).unwrap();
    let count =
        || open(folder.path()).map(|opened| opened.index.reader().unwrap().searcher().num_docs());
    assert_eq!(count().unwrap(), 0);
    let engine = folder.path().join(ENGINE);
    fs::create_dir(&engine).unwrap();
    fs::write(engine.join(".managed.json"), "[]").unwrap();
    fs::write(engine.join("meta.json.new"), "{").unwrap();
    assert_eq!(count().unwrap(), 0);
    assert_eq!(names(&engine), [".managed.json", "meta.json.new"]);
    fs::write(folder.path().join("state-1"), "").unwrap();
    assert!(matches!(count().unwrap_err(), Error::Engine { .. }));
    fs::remove_file(folder.path().join("state-1")).unwrap();
    fs::write(engine.join("0a.store"), "").unwrap();
    assert!(matches!(count().unwrap_err(), Error::Engine { .. }));
}

/// What is built beside an index is not seen until the manifest names it, and goes where it never does.
#[test]
fn an_index_built_beside_takes_its_place_with_the_manifest() {
    let count =
        |directory: &Path| open(directory).unwrap().index.reader().unwrap().searcher().num_docs();
    for is_named in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        open_or_create(folder.path(), manifest).unwrap();
        let second = EngineFolder::Second;
        let beside = Manifest { engine: second, ..manifest() };
        create_beside(folder.path(), beside.clone()).unwrap();
        add_one_article(&create_beside(folder.path(), beside.clone()).unwrap());
        assert_eq!(count(folder.path()), 0);
        if is_named {
            beside.write(folder.path()).unwrap();
            assert_eq!(count(folder.path()), 1);
        }
        open_or_create(folder.path(), manifest).unwrap();
        assert_eq!(count(folder.path()), u64::from(is_named));
        let left = if is_named { second } else { second.other() };
        assert_eq!(names(folder.path()), [MANIFEST, left.name()]);
    }
}

#[test]
fn an_index_that_is_not_there_is_said_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open(folder.path()), Err(Error::NoIndex { .. })));
    assert!(matches!(open(&folder.path().join("nowhere")), Err(Error::NoIndex { .. })));
}

#[test]
fn reading_writes_nothing_but_may_find_a_lock_it_cannot_take() {
    let folder = tempfile::tempdir().unwrap();
    let opened = open_or_create(folder.path(), manifest).unwrap();
    add_one_article(&opened);
    let read = open(folder.path()).unwrap();
    assert!(read.index.directory().atomic_write(Path::new("x"), b"x").is_err());
    assert_eq!(read.index.reader().unwrap().searcher().num_docs(), 1);
}

#[cfg(unix)]
#[test]
fn every_file_has_the_mode_that_the_umask_gives() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let opened = open_or_create(folder.path(), manifest).unwrap();
    add_one_article(&opened);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let expected = mode(&folder.path().join(MANIFEST));
    for entry in fs::read_dir(folder.path().join(ENGINE)).unwrap() {
        let path = entry.unwrap().path();
        // Locks belong to the one who writes.
        if !path.to_string_lossy().ends_with(".lock") {
            assert_eq!(mode(&path), expected, "{}", path.display());
        }
    }
}
