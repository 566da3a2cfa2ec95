//! New, changed, gone and untouched files.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, SystemTime};

use dateline_indexer::{Mode, Options, Progress, Reason};
use tantivy::index::SegmentId;

use crate::{Bench, numbers};

const TWO: &str = "{\"id\":\"x\",\"title\":\"Talks begin\",\"text\":\"Envoys met.\"}\n{\"id\":\"y\",\"title\":\"Talks end\",\"text\":\"Envoys left.\"}\n";

fn bench() -> Bench {
    Bench::new(&[("a.txt", "Harbour reopens\n\nThe harbour is open again."), ("b.jsonl", TWO)])
}

#[test]
fn a_second_run_leaves_everything_as_it_is() {
    let bench = bench();
    assert_eq!(numbers(&bench.run()), [3, 0, 0, 0]);
    assert_eq!(bench.keys(), ["a.txt#1", "b.jsonl#x", "b.jsonl#y"]);
    let report = bench.run();
    assert_eq!((numbers(&report), report.articles, report.bytes), ([0, 0, 0, 3], 3, 0));
}

#[test]
fn a_run_with_nothing_to_do_writes_nothing() {
    let bench = bench();
    bench.run();
    let files = || {
        let mut files = Vec::new();
        for folder in [bench.directory(), bench.directory().join("tantivy")] {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let metadata = entry.metadata().unwrap();
                // The manifest is written by every run, with the same bytes; locks are taken.
                let name = entry.file_name().into_string().unwrap();
                if metadata.is_file() && name != "dateline.json" && !name.contains("lock") {
                    files.push((name, metadata.len(), metadata.modified().unwrap()));
                }
            }
        }
        files.sort();
        files
    };
    let before = files();
    bench.run();
    assert_eq!(files(), before);
}

#[test]
fn a_rebuild_clusters_copies_anew() {
    let story = "The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left, its captain said in the \
                 evening while lorries were waiting on the quay and in the streets of the old town.";
    let bench = Bench::new(&[("a.txt", story), ("b.txt", story)]);
    bench.run();
    let copies = || dateline_schema::Copies::read(&bench.directory(), Some("state-1"));
    assert!(!copies().is_empty());
    bench.delete("b.txt");
    bench.run_with(&Options { roots: Vec::new(), mode: Mode::Rebuild, ..Options::default() });
    assert!(copies().is_empty());
}

#[test]
fn new_changed_and_gone() {
    let bench = bench();
    bench.run();
    bench.put("deep/c.txt", "Bridge closes\n\nThe bridge is closed.");
    bench.put("b.jsonl", "{\"id\":\"y\",\"title\":\"Talks end early\",\"text\":\"Envoys left.\"}\n{\"id\":\"z\",\"title\":\"After\",\"text\":\"Calm.\"}\n");
    bench.delete("a.txt");
    let report = bench.run();
    assert_eq!((numbers(&report), report.articles), ([2, 1, 2, 0], 3));
    let records = bench.records();
    assert_eq!(records.keys().collect::<Vec<_>>(), ["b.jsonl#y", "b.jsonl#z", "deep/c.txt#1"]);
    assert_eq!(records["b.jsonl#y"].article.title.as_deref(), Some("Talks end early"));
}

#[test]
fn entities_b034_names_go_with_the_text_that_held_them() {
    let bench = Bench::new(&[("a.txt", "Vote ends\n\nMira Holt met Jan Vesel on Monday.")]);
    bench.run();
    let people = || {
        let records = bench.records();
        let names = records["a.txt#1"].people.iter().map(|person| person.name.clone());
        (records.len(), names.collect::<Vec<_>>().join("; "))
    };
    assert_eq!(people(), (1, "Mira Holt; Jan Vesel".to_owned()));
    bench.put("a.txt", "Vote ends\n\nOn Tuesday Jan Vesel spoke to the council.");
    assert_eq!(numbers(&bench.run()), [0, 1, 0, 0]);
    assert_eq!(people(), (1, "Jan Vesel".to_owned()));
}

#[test]
fn a_file_that_comes_back_is_indexed_again_under_its_old_id() {
    let bench = bench();
    bench.run();
    let before = bench.records();
    bench.delete("a.txt");
    bench.run();
    bench.put("a.txt", "Harbour reopens\n\nThe harbour is open again.");
    bench.run();
    assert_eq!(bench.records(), before);
}

#[test]
fn a_touched_file_is_unchanged_and_a_change_behind_an_old_time_needs_rehash() {
    let bench = bench();
    bench.run();
    let path = bench.corpus().join("a.txt");
    let old = fs::metadata(&path).unwrap().modified().unwrap();
    let set =
        |time| fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    set(SystemTime::UNIX_EPOCH + Duration::from_secs(1));
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 3]);
    set(old);
    bench.run();
    bench.put("a.txt", "Harbour reopens\n\nThe harbour is shut again.");
    set(old);
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 3]);
    let report = bench.run_with(&Options { rehash: true, ..bench.options() });
    assert_eq!(numbers(&report), [0, 1, 0, 2]);
}

#[test]
fn a_missing_root_keeps_its_articles_until_pruned() {
    let bench = bench();
    bench.run();
    let away = bench.corpus().with_file_name("away");
    fs::rename(bench.corpus(), &away).unwrap();
    let all = Options { roots: Vec::new(), ..Options::default() };
    let report = bench.run_with(&all);
    assert_eq!(
        (numbers(&report), report.articles, report.missing_roots.len()),
        ([0, 0, 0, 3], 3, 1)
    );
    let report = bench.run_with(&Options { prune: true, ..all });
    assert_eq!((numbers(&report), report.articles), ([0, 0, 3, 0], 0));
    assert!(bench.keys().is_empty());
}

#[test]
fn other_folders_are_left_alone() {
    let bench = bench();
    bench.run();
    let other = bench.corpus().with_file_name("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("d.txt"), "Storm nears\n\nA storm is near.").unwrap();
    bench.delete("a.txt");
    let report = bench.run_with(&Options { roots: vec![other], ..Options::default() });
    assert_eq!((numbers(&report), report.articles), ([1, 0, 0, 0], 4));
    let report = bench.run_with(&Options { roots: Vec::new(), ..Options::default() });
    assert_eq!((numbers(&report), report.articles), ([0, 0, 1, 3], 3));
}

#[test]
fn other_settings_read_everything_anew() {
    let bench = bench();
    bench.run();
    let report = bench.run_with(&Options { source: Some("The Wire".into()), ..bench.options() });
    assert_eq!(numbers(&report), [0, 3, 0, 0]);
    assert!(
        bench.records().values().all(|record| record.article.source.as_deref() == Some("The Wire"))
    );
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 3], "what was said once holds");
    let report = bench.run_with(&Options { extract: Some(false), ..bench.options() });
    assert_eq!(numbers(&report), [0, 3, 0, 0]);
}

/// Names that another version found are told by `verify`, and found anew by the next run: the same corpus has the same entities whatever the history.
#[test]
fn another_version_of_the_models_finds_names_anew() {
    let bench = bench();
    bench.run();
    let present = dateline_indexer::models();
    let of_index = || dateline_indexer::models_in(&bench.directory()).unwrap();
    assert_eq!(of_index().into_iter().collect::<Vec<_>>(), [present.as_str()]);
    let other = || dateline_indexer::verify(&bench.directory()).unwrap();
    assert!(other().other_models.is_empty());
    let path = bench.directory().join("state-1");
    let state = fs::read_to_string(&path).unwrap();
    fs::write(&path, state.replace(&present, "0.0.9-12345678-9abcdef0")).unwrap();
    fs::remove_file(bench.directory().join("checksums")).unwrap();
    let found = other();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!(found.other_models.into_iter().collect::<Vec<_>>(), ["0.0.9-12345678-9abcdef0"]);
    assert_eq!(numbers(&bench.run()), [0, 3, 0, 0]);
    assert!(other().other_models.is_empty());
    // Without names there is nothing that another version would find.
    bench.run_with(&Options { extract: Some(false), ..bench.options() });
    assert!(of_index().is_empty());
}

#[test]
fn a_rebuild_ends_where_a_first_run_does() {
    let bench = bench();
    bench.run();
    let before = bench.records();
    let report =
        bench.run_with(&Options { roots: Vec::new(), mode: Mode::Rebuild, ..Options::default() });
    assert_eq!((numbers(&report), report.articles), ([3, 0, 0, 0], 3));
    assert_eq!(bench.records(), before);
}

#[test]
fn a_dry_run_counts_and_writes_nothing() {
    let bench = bench();
    let dry = Options { mode: Mode::DryRun, ..bench.options() };
    let report = bench.run_with(&dry);
    assert_eq!((numbers(&report), report.articles), ([3, 0, 0, 0], 3));
    assert!(!bench.directory().exists());
    bench.run();
    bench.delete("a.txt");
    let report = bench.run_with(&dry);
    assert_eq!((numbers(&report), report.articles), ([0, 0, 1, 2], 2));
    assert_eq!(bench.keys().len(), 3);
}

#[test]
fn a_skipped_file_is_counted_in_every_run_and_stops_nothing() {
    let bench = bench();
    bench.put("empty.txt", "");
    bench.put("noise.bin", "\0\u{1}\u{2}\0\0\0\0\0\0");
    for _ in 0..2 {
        let report = bench.run();
        assert_eq!(report.articles, 3);
        assert_eq!(report.skipped.get(&Reason::Empty), Some(&1));
        assert_eq!(report.skipped.get(&Reason::UnknownFormat), Some(&1));
    }
}

#[test]
fn the_index_inside_the_corpus_is_no_part_of_it() {
    let bench = bench();
    let inside = bench.corpus().join("index");
    for expected in [[3, 0, 0, 0], [0, 0, 0, 3]] {
        let report =
            dateline_indexer::index(&inside, &bench.options(), &mut dateline_indexer::Quiet)
                .unwrap();
        assert_eq!(numbers(&report), expected);
        assert!(report.skipped.is_empty(), "{report:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_changed_file_that_cannot_be_opened_keeps_its_articles() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    bench.run();
    bench.put("a.txt", "Harbour closes\n\nThe harbour is closed until the storm has gone.");
    let path = bench.corpus().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything, such as root, reads the change.
    let is_locked = fs::read(&path).is_err();
    let report = bench.run();
    let expected = if is_locked { [0, 0, 0, 3] } else { [0, 1, 0, 2] };
    assert_eq!((numbers(&report), report.articles), (expected, 3));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    bench.run();
    assert_eq!(bench.records()["a.txt#1"].article.title.as_deref(), Some("Harbour closes"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_today_keeps_its_articles() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    bench.put("locked/c.txt", "Bridge closes\n\nThe bridge is closed.");
    bench.run();
    let locked = bench.corpus().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything, such as root, does not see the lock.
    let sees_the_lock = fs::read_dir(&locked).is_err();
    let report = bench.run();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(report.articles, 4);
    assert_eq!(report.skipped.contains_key(&Reason::Unreadable), sees_the_lock);
}

#[test]
fn another_map_of_columns_reads_the_files_again() {
    let table = "title,kop,text\nA,Ferry stays,The ferry stayed in port.\n";
    let bench = Bench::new(&[("a.csv", table)]);
    let title = |map: Option<&str>, expected: &str, changes: [u64; 4]| {
        let map = map.map(|map| map.parse().unwrap());
        let report = bench.run_with(&Options { map, ..bench.options() });
        assert_eq!(numbers(&report), changes, "{expected}");
        let records = bench.records();
        assert_eq!(records["a.csv#1"].article.title.as_deref(), Some(expected));
    };
    title(None, "A", [1, 0, 0, 0]);
    title(Some("title=kop"), "Ferry stays", [0, 1, 0, 0]);
    // Not saying it again leaves it, and so does a run over all folders.
    title(None, "Ferry stays", [0, 0, 0, 1]);
    let all = Options { roots: Vec::new(), ..Options::default() };
    assert_eq!(numbers(&bench.run_with(&all)), [0, 0, 0, 1]);
    bench.put("a.csv", &table.replace("stayed", "stays"));
    title(None, "Ferry stays", [0, 1, 0, 0]);
    let rebuild = Options { mode: Mode::Rebuild, ..all };
    assert_eq!(numbers(&bench.run_with(&rebuild)), [1, 0, 0, 0]);
    title(None, "Ferry stays", [0, 0, 0, 1]);
    title(Some(""), "A", [0, 1, 0, 0]);
}

#[test]
fn a_file_changed_just_before_a_run_is_compared_by_content_in_the_next() {
    let bench = bench();
    let path = bench.corpus().join("a.txt");
    let second = |number| SystemTime::UNIX_EPOCH + Duration::from_secs(number);
    let set =
        |time| fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let run = |begun| bench.run_with(&Options { begun: Some(second(begun)), ..bench.options() });
    set(second(1000));
    bench.put("b.jsonl", TWO);
    run(1001);
    // Changed in the same tick of the file system's clock, and of the same size.
    bench.put("a.txt", "Harbour reopens\n\nThe harbour is shut again.");
    set(second(1000));
    assert_eq!(numbers(&run(1002)), [0, 1, 0, 2]);
    assert_eq!(numbers(&run(1010)), [0, 0, 0, 3]);
    // Now its time counts.
    bench.put("a.txt", "Harbour reopens\n\nThe harbour is open again.");
    set(second(1000));
    assert_eq!(numbers(&run(1011)), [0, 0, 0, 3]);
}

#[test]
fn a_file_written_to_while_it_is_read_is_read_again() {
    struct Writing(std::path::PathBuf);
    impl Progress for Writing {
        fn planned(&mut self, _: u64, _: u64) {
            // Between the look at the corpus and the reading of it.
            fs::write(&self.0, "Harbour shut\n\nThe harbour is shut.").unwrap();
        }
        fn file_done(&mut self, _: u64, _: u64) {}
        fn skipped(&mut self, _: &dateline_indexer::Skip) {}
    }
    let bench = bench();
    let path = bench.corpus().join("a.txt");
    dateline_indexer::index(&bench.directory(), &bench.options(), &mut Writing(path)).unwrap();
    assert_eq!(numbers(&bench.run()), [0, 1, 0, 2]);
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 3]);
}

#[test]
fn other_limits_read_the_files_again_and_are_kept() {
    let bench = bench();
    let limit =
        |bytes| Options { limits: vec![("file_bytes".to_owned(), bytes)], ..bench.options() };
    let report = bench.run_with(&limit(20));
    assert_eq!(report.skipped.get(&Reason::OverLimit), Some(&1), "{report:?}");
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 2]);
    assert_eq!(numbers(&bench.run_with(&limit(64 << 20))), [1, 2, 0, 0]);
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 3]);
}

#[test]
fn a_missing_root_that_is_named_is_missing_too() {
    let bench = bench();
    bench.run();
    fs::rename(bench.corpus(), bench.corpus().with_file_name("away")).unwrap();
    let report = bench.run();
    assert_eq!((numbers(&report), report.missing_roots.len()), ([0, 0, 0, 3], 1));
    // What is gone with its last folder takes nothing else with it.
    let report = bench.run_with(&Options { prune: true, ..bench.options() });
    assert_eq!((numbers(&report), report.articles), ([0, 0, 3, 0], 0));
}

#[test]
fn a_root_that_vanished_before_its_first_commit_stops_no_other() {
    let bench = bench();
    bench.run();
    let path = bench.directory().join("dateline.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let nowhere =
        serde_json::json!({"label": "gone", "path": bench.corpus().with_file_name("gone")});
    manifest["roots"].as_array_mut().unwrap().push(nowhere);
    fs::write(&path, manifest.to_string()).unwrap();
    let all = Options { roots: Vec::new(), ..Options::default() };
    let report = bench.run_with(&all);
    assert_eq!((numbers(&report), report.missing_roots.len()), ([0, 0, 0, 3], 1));
}

#[test]
fn segments_that_were_joined_leave_the_disk() {
    let names: Vec<_> = (0..12).map(|number| format!("{number}.txt")).collect();
    let files: Vec<_> =
        names.iter().map(|name| (&**name, "Harbour\n\nThe harbour is open.")).collect();
    for optimize in [false, true] {
        let bench = Bench::new(&files);
        // A segment a file: some are joined on the way, some at the end.
        bench.run_with(&Options { commit_every: Duration::ZERO, optimize, ..bench.options() });
        bench.put("new.txt", "Harbour\n\nThe harbour is shut.");
        bench.run_with(&Options { optimize, ..bench.options() });
        let engine = dateline_schema::open(&bench.directory()).unwrap().index;
        let segments = engine.searchable_segment_ids().unwrap();
        let on_disk: BTreeSet<_> = fs::read_dir(bench.directory().join("tantivy"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.') && name != "meta.json")
            .map(|name| name.split('.').next().unwrap().to_owned())
            .collect();
        let live: BTreeSet<_> = segments.iter().map(SegmentId::uuid_string).collect();
        assert_eq!(on_disk, live, "optimize: {optimize}");
    }
}
