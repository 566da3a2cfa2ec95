//! Damage of every kind is found, and a whole index is called whole.

use std::fs;
use std::path::{Path, PathBuf};

use dateline_indexer::{Problem, verify};
use tantivy::Term;

use crate::Bench;

fn bench() -> Bench {
    let bench = Bench::new(&[
        (
            "ferry.txt",
            "Title: Ferry stays in port\nDate: 2024-03-12\n\nODESA — Captain Olena Koval said the ferry to Istanbul had no fuel left.",
        ),
        (
            "lines.jsonl",
            "{\"id\":\"1\",\"title\":\"One\",\"text\":\"Jens Stoltenberg spoke in Oslo.\"}\n{\"id\":\"2\",\"title\":\"Two\",\"text\":\"Nobody spoke in Bergen.\"}",
        ),
    ]);
    bench.run();
    bench.put("bridge.txt", "Bridge closes\n\nThe bridge over the Elbe in Hamburg is closed.");
    bench.run();
    bench
}

fn problems(directory: &Path) -> Vec<String> {
    verify(directory).unwrap().problems.iter().map(ToString::to_string).collect()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| self::files(folder)));
    files.retain(|path| path.metadata().unwrap().len() > 0);
    files.sort();
    files
}

#[test]
fn a_whole_index_is_whole_after_every_kind_of_run() {
    let bench = bench();
    let found = verify(&bench.directory()).unwrap();
    assert_eq!(found.problems, []);
    assert_eq!((found.articles, found.is_unfinished), (4, false));
    assert!(found.files > 10, "{found:?}");
    bench.delete("ferry.txt");
    bench.run();
    assert_eq!(problems(&bench.directory()), [""; 0]);
    bench.run_with(&dateline_indexer::Options { optimize: true, ..bench.options() });
    assert_eq!(problems(&bench.directory()), [""; 0]);
    let mode = dateline_indexer::Mode::Rebuild;
    bench.run_with(&dateline_indexer::Options { mode, ..bench.options() });
    assert_eq!(problems(&bench.directory()), [""; 0]);
}

#[test]
fn what_a_killed_run_had_begun_to_write_is_no_damage() {
    let bench = bench();
    let directory = bench.directory();
    let meta = fs::read(directory.join("tantivy/meta.json")).unwrap();
    let meta: serde_json::Value = serde_json::from_slice(&meta).unwrap();
    let id = meta["segments"][0]["segment_id"].as_str().unwrap().replace('-', "");
    let managed = directory.join("tantivy/.managed.json");
    let mut list: Vec<String> = serde_json::from_slice(&fs::read(&managed).unwrap()).unwrap();
    // As a run leaves it that is killed while it writes what it deletes of a segment.
    let hash: String = blake3::hash(b"open").to_hex().chars().take(32).collect();
    fs::write(directory.join("checksums"), format!("open\n{hash}\n")).unwrap();
    let begun = format!("{id}.9999.del");
    fs::write(directory.join("tantivy").join(&begun), b"half").unwrap();
    list.push(begun);
    fs::write(&managed, serde_json::to_vec(&list).unwrap()).unwrap();
    let found = verify(&directory).unwrap();
    assert_eq!((found.problems.as_slice(), found.is_unfinished), ([].as_slice(), true));
    // What the commit has is looked at all the same.
    let column = format!("{id}.fast");
    let path = directory.join("tantivy").join(&column);
    let mut bytes = fs::read(&path).unwrap();
    bytes[10] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(problems(&directory), [format!("tantivy/{column}: differs from its checksum")]);
}

/// `DATELINE_FLIPS` says how many bits are turned in each file (see docs/reliability.md).
#[test]
fn one_flipped_bit_anywhere_is_found() {
    let bench = bench();
    let directory = bench.directory();
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    #[allow(clippy::disallowed_methods, reason = "a test is told by its caller how long to run")]
    let wanted = std::env::var("DATELINE_FLIPS").ok();
    let flips = wanted.map_or(10, |number| number.parse().unwrap());
    let files = files(&directory);
    println!("{flips} bits in each of {} files", files.len());
    assert!(files.iter().any(|file| file.ends_with("tantivy/meta.json")), "{files:?}");
    for file in files {
        let whole = fs::read(&file).unwrap();
        // The first and the last byte, and some between.
        let places =
            [0, whole.len() - 1].into_iter().chain((2..flips).map(|_| random(whole.len())));
        for place in places.collect::<Vec<_>>() {
            let mut damaged = whole.clone();
            damaged[place] ^= 1 << random(8);
            fs::write(&file, &damaged).unwrap();
            let found = verify(&directory);
            let is_found = found.as_ref().map_or(true, |found| !found.problems.is_empty());
            assert!(is_found, "byte {place} of {}: {found:?}", file.display());
        }
        fs::write(&file, &whole).unwrap();
    }
    assert_eq!(problems(&directory), [""; 0]);
}

#[test]
fn files_that_are_cut_or_gone_are_named() {
    let bench = bench();
    let directory = bench.directory();
    let copies = files(&directory)
        .into_iter()
        .find(|path| path.to_string_lossy().contains("state-"))
        .unwrap();
    let name = copies.file_name().unwrap().to_string_lossy().into_owned();
    let whole = fs::read(&copies).unwrap();
    fs::write(&copies, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(problems(&directory), [format!("{name}: differs from its checksum")]);
    fs::remove_file(&copies).unwrap();
    assert_eq!(problems(&directory), [format!("{name}: missing")]);
}

#[test]
fn articles_are_counted_against_the_list_of_files() {
    let bench = bench();
    let directory = bench.directory();
    // Without checksums only what the index says of itself is left to compare.
    fs::remove_file(directory.join("checksums")).unwrap();
    assert_eq!(problems(&directory), [""; 0]);
    let id = bench.records()["lines.jsonl#2"].article.id;
    let opened = dateline_schema::open_or_create(&directory, || unreachable!()).unwrap();
    let payload = opened.index.load_metas().unwrap().payload.unwrap();
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.delete_term(Term::from_field_u64(opened.fields.id, id.as_u64()));
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload(&payload);
    commit.commit().unwrap();
    drop(writer);
    assert_eq!(
        verify(&directory).unwrap().problems,
        [Problem::Articles {
            root: "news".into(),
            path: "lines.jsonl".into(),
            found: 1,
            listed: 2
        }]
    );
}

#[test]
fn an_index_that_a_run_has_begun_on_is_whole_until_it_ends() {
    let bench = bench();
    let directory = bench.directory();
    let whole = fs::read(directory.join("checksums")).unwrap();
    assert!(whole.starts_with(b"closed\n"), "{}", String::from_utf8_lossy(&whole));
    // As a run that was killed at its beginning leaves it.
    let opened = dateline_schema::open_or_create(&directory, || unreachable!()).unwrap();
    let sink = dateline_indexer::LocalSink::new(opened, 1 << 28).unwrap();
    drop(sink);
    assert_eq!(problems(&directory), [""; 0]);
}

#[test]
fn nothing_is_no_index() {
    let folder = tempfile::tempdir().unwrap();
    assert!(verify(folder.path()).is_err());
}
