//! Faults that users of other indexers reported (`bugs.tsv`), each by its own example: files that come, move and go, and what a run may take.

use std::fs;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant, SystemTime};

use dateline_indexer::{Mode, Options};

use crate::{Bench, numbers};

fn story(number: usize) -> String {
    format!("Story {number}\n\nThe ferry number {number} stayed in the port of Odesa.")
}

/// A time long before any run.
fn age(bench: &Bench, path: &str) {
    let file = fs::File::options().write(true).open(bench.corpus().join(path)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

/// B023, U077: what is moved or renamed keeps its time, which is older than the last run.
#[test]
fn incremental_of_moved_files() {
    let bench = Bench::new(&[("a.txt", &story(1)), ("b.txt", &story(2))]);
    age(&bench, "a.txt");
    age(&bench, "b.txt");
    bench.run();
    for (from, to) in [("a.txt", "sub/a.txt"), ("b.txt", "c.txt"), ("c.txt", "b.txt")] {
        fs::create_dir_all(bench.corpus().join("sub")).unwrap();
        fs::rename(bench.corpus().join(from), bench.corpus().join(to)).unwrap();
        let report = bench.run();
        assert_eq!((numbers(&report), report.articles), ([1, 0, 1, 1], 2), "{from} to {to}");
        assert!(bench.keys().contains(&format!("{to}#1")), "{:?}", bench.keys());
    }
    // Two files that change places: both are there, each under its own name.
    let swap = |from: &str, to: &str| {
        fs::rename(bench.corpus().join(from), bench.corpus().join(to)).unwrap();
    };
    swap("b.txt", "x");
    swap("sub/a.txt", "b.txt");
    swap("x", "sub/a.txt");
    bench.run_with(&Options { rehash: true, ..bench.options() });
    let records = bench.records();
    assert_eq!(records["b.txt#1"].article.title.as_deref(), Some("Story 1"));
    assert_eq!(records["sub/a.txt#1"].article.title.as_deref(), Some("Story 2"));
}

/// B025: a run over a part of what the index covers says nothing of the rest.
#[test]
fn incremental_of_a_part() {
    let bench = Bench::new(&[("a.txt", &story(1)), ("b.txt", &story(2))]);
    let file = |name: &str| bench.corpus().join(name);
    let both = Options { roots: vec![file("a.txt"), file("b.txt")], ..Options::default() };
    assert_eq!(bench.run_with(&both).articles, 2);
    for mode in [Mode::Update, Mode::Rebuild] {
        let one = Options { roots: vec![file("a.txt")], mode, ..Options::default() };
        assert_eq!(bench.run_with(&one).articles, 2, "{mode:?}");
        assert_eq!(bench.keys(), ["a.txt#1", "b.txt#1"], "{mode:?}");
    }
}

/// B026, U076, U079: what is gone goes, and is counted once.
#[test]
fn incremental_of_what_is_gone() {
    let bench = Bench::new(&[]);
    (1..=5).for_each(|number| bench.put(&format!("2023/{number}.txt"), &story(number)));
    bench.put("2024/6.txt", &story(6));
    assert_eq!(bench.run().articles, 6);
    fs::remove_dir_all(bench.corpus().join("2023")).unwrap();
    let report = bench.run();
    assert_eq!((numbers(&report), report.articles), ([0, 0, 5, 1], 1));
    let report = bench.run();
    assert_eq!((numbers(&report), report.articles), ([0, 0, 0, 1], 1));
    assert_eq!(bench.keys(), ["2024/6.txt#1"]);
}

/// A folder that is missing today would be lost by building anew: that is refused before anything is touched (the kind of B100 and B025).
#[test]
fn incremental_of_a_rebuild_without_its_folders() {
    let bench = Bench::new(&[("a.txt", &story(1))]);
    bench.run();
    let away = bench.corpus().with_file_name("away");
    fs::rename(bench.corpus(), &away).unwrap();
    let rebuild = Options { roots: Vec::new(), mode: Mode::Rebuild, ..Options::default() };
    let error = dateline_indexer::index(&bench.directory(), &rebuild, &mut dateline_indexer::Quiet);
    assert!(matches!(error, Err(dateline_indexer::Error::NoSuchRoot { .. })), "{error:?}");
    assert_eq!(bench.keys(), ["a.txt#1"]);
    assert_eq!(dateline_indexer::verify(&bench.directory()).unwrap().problems, []);
    let report = bench.run_with(&Options { prune: true, ..rebuild.clone() });
    assert_eq!(report.articles, 0);
    fs::rename(&away, bench.corpus()).unwrap();
    assert_eq!(bench.run().articles, 1);
}

/// A folder that is suddenly another one with nothing in it, as where a disk is not mounted, keeps its articles; one that was emptied does not.
#[cfg(unix)]
#[test]
fn incremental_of_an_empty_mount_point() {
    let bench = Bench::new(&[("a.txt", &story(1)), ("b.txt", &story(2))]);
    bench.run();
    let away = bench.corpus().with_file_name("away");
    fs::rename(bench.corpus(), &away).unwrap();
    fs::create_dir(bench.corpus()).unwrap();
    let path = bench.corpus().canonicalize().unwrap().display().to_string();
    let rebuild = Options { roots: Vec::new(), mode: Mode::Rebuild, ..Options::default() };
    // Twice: that it was looked at makes it no other folder.
    for _ in 0..2 {
        let report = bench.run();
        assert_eq!((numbers(&report), &report.missing_roots), ([0, 0, 0, 2], &vec![path.clone()]));
        let error =
            dateline_indexer::index(&bench.directory(), &rebuild, &mut dateline_indexer::Quiet);
        assert!(matches!(error, Err(dateline_indexer::Error::EmptyRoot { .. })), "{error:?}");
    }
    fs::remove_dir(bench.corpus()).unwrap();
    fs::rename(&away, bench.corpus()).unwrap();
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 2]);
    bench.delete("a.txt");
    bench.delete("b.txt");
    assert_eq!(numbers(&bench.run()), [0, 0, 2, 0]);
    bench.put("c.txt", &story(3));
    bench.run();
    fs::rename(bench.corpus(), &away).unwrap();
    fs::create_dir(bench.corpus()).unwrap();
    let report = bench.run_with(&Options { prune: true, ..bench.options() });
    assert_eq!((numbers(&report), report.missing_roots), ([0, 0, 1, 0], vec![]));
}

/// B032: signs and addresses that no rule expects cost no article.
#[test]
fn crash_of_malformed_addresses() {
    let long = "a".repeat(70);
    let texts = [
        format!("Contact: press@.example..org or x@{long}.org for the Korvald dam report."),
        "Tampere (home office) and Riga (2) and () .".to_owned(),
        format!("{} Korvald", "((((@@@....".repeat(2000)),
        format!("mailto:{}@{}", "a.".repeat(5000), "b.".repeat(5000)),
        "http://[::1]:99999999/%%%zz?#[] Korvald http://".to_owned(),
    ];
    let bench = Bench::new(&[]);
    for (number, text) in texts.iter().enumerate() {
        bench.put(&format!("{number}.txt"), &format!("Report {number}\n\n{text}"));
    }
    let report = bench.run();
    assert_eq!((report.articles, report.skipped.len()), (texts.len() as u64, 0), "{report:?}");
}

/// B068: little memory over many threads is no segment for every article, and costs little time.
#[test]
fn memory_of_a_little_over_many_threads() {
    let lines: Vec<String> = (0..40)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"Word {n} in Kyiv.\"}}")
        })
        .collect();
    let bench = Bench::new(&[]);
    (0..50).for_each(|number| bench.put(&format!("{number}.jsonl"), &lines.join("\n")));
    let timed = |options: &Options| {
        let _ = fs::remove_dir_all(bench.directory());
        let begun = Instant::now();
        assert_eq!(bench.run_with(options).articles, 2000);
        begun.elapsed()
    };
    let usual = timed(&bench.options());
    let little = timed(&Options {
        threads: NonZeroUsize::new(8).unwrap(),
        memory_bytes: 50_000_000,
        ..bench.options()
    });
    let opened = dateline_schema::open(&bench.directory()).unwrap();
    let segments = opened.index.searchable_segment_ids().unwrap().len();
    assert!(segments <= 4, "{segments} segments");
    // The machine may do other work meanwhile: three times, and a second.
    assert!(little < usual * 3 + Duration::from_secs(1), "{little:?} beside {usual:?}");
}
