//! Whatever step on the index's files fails, is cut short or is the last before the power is cut: what was committed stays, and the next run ends
//! where an uninterrupted one does.
//!
//! Among the steps are those between the list of files and the commit (U049), and those of a commit on a full disk (U050).
//!
//! `DATELINE_SCHEDULES` says how many schedules are tried (see docs/reliability.md).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use dateline_article::{ArticleId, Record};
use dateline_indexer::{Mode, Options, Quiet, index};
use dateline_schema::Copies;
use dateline_schema::faults::{Fault, Faults};
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;

use crate::{Bench, records};

/// Schedules that are tried in every run of the tests, for each of the three histories.
const SCHEDULES: u64 = 60;

const STORY: &str = "The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left, its captain Anna Melnyk said in the \
                     evening while lorries were waiting on the quay and in the streets of the old town, as they had done since the weekend.";

/// The corpus before its change.
fn corpus() -> Bench {
    let bench = Bench::new(&[
        ("a/ferry.txt", &format!("Ferry stays\n\n{STORY}\n")),
        ("b/ferry.txt", &format!("No fuel, no ferry\n\n{STORY} More on page two.\n")),
        ("empty.txt", ""),
    ]);
    for number in 0..3 {
        bench.put(
            &format!("c/{number}.txt"),
            &format!("Story {number}\n\nBRUSSELS, March {number}4 (Agency) — Jens Stoltenberg spoke of Kyiv on Tuesday."),
        );
    }
    let lines = (0..5).map(|n| {
        format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"Word {n} in Kyiv.\"}}")
    });
    bench.put("lines.jsonl", &lines.collect::<Vec<_>>().join("\n"));
    bench
}

/// Changes, deletes, moves and adds files.
fn change(bench: &Bench) {
    bench.put(
        "c/0.txt",
        "Story 0, again\n\nNobody spoke of Kyiv on Wednesday, it was said in Brussels.",
    );
    bench.delete("c/1.txt");
    bench.delete("b/ferry.txt");
    bench.put("d/ferry.txt", &format!("Still no ferry\n\n{STORY}\n"));
    bench.put("lines.jsonl", "{\"id\":\"0\",\"title\":\"Line 0\",\"text\":\"Word 0 in Lviv.\"}\n{\"id\":\"9\",\"title\":\"Line 9\",\"text\":\"New in Lviv.\"}");
}

/// All that an index holds, in an order of its own.
#[derive(Debug, PartialEq)]
pub(crate) struct Held {
    records: Vec<Record>,
    /// The first copy of each article that has one.
    copies: Vec<(ArticleId, Option<ArticleId>)>,
}

pub(crate) fn held(directory: &Path) -> Held {
    let mut records = records(directory);
    records.sort_by_key(|record| record.article.id);
    let payload = dateline_schema::open(directory).unwrap().index.load_metas().unwrap().payload;
    let copies = Copies::read(directory, payload.as_deref());
    let copies =
        records.iter().map(|record| (record.article.id, copies.first_of(record.article.id)));
    Held { copies: copies.collect(), records }
}

/// Checks that the index holds what its last commit says: of every file as many articles as the state that the commit names.
fn check_committed(directory: &Path, schedule: &str) {
    let Ok(opened) = dateline_schema::open(directory) else {
        assert!(
            !directory.join("dateline.json").exists(),
            "{schedule}: the index cannot be opened"
        );
        return;
    };
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    if let Some(state) = opened.index.load_metas().unwrap().payload {
        let text = fs::read_to_string(directory.join(&state));
        let text = text.unwrap_or_else(|error| panic!("{schedule}: {state}: {error}"));
        for line in text.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            if let (Some(path), Some(articles)) = (line["p"].as_str(), line["a"].as_u64())
                && articles > 0
            {
                expected.insert(path.to_owned(), articles);
            }
        }
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for record in records(directory) {
        *found.entry(record.article.path).or_default() += 1;
    }
    assert_eq!(found, expected, "{schedule}");
}

/// Document frequencies, from which scores are made.
fn statistics(directory: &Path) -> Vec<u64> {
    let opened = dateline_schema::open(directory).unwrap();
    let searcher = opened.index.reader().unwrap().searcher();
    let words = ["kyiv", "lviv", "ferry", "stori", "line", "nobodi"].into_iter();
    let mut numbers: Vec<u64> = words
        .map(|word| searcher.doc_freq(&Term::from_field_text(opened.fields.all, word)).unwrap())
        .collect();
    numbers.push(searcher.total_num_tokens(opened.fields.all).unwrap());
    numbers
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().ends_with(".lock") {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Tries schedules on a run that begins with the index in `before` (nothing where it is missing) and should end as `expected`.
fn try_schedules(
    bench: &Bench,
    before: &Path,
    mode: Mode,
    expected: &Held,
    ranking: &[u64],
) -> [u64; 3] {
    let options = Options { commit_every: Duration::ZERO, mode, ..bench.options() };
    // In memory where that can be had: thousands of syncs are waited for.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let folder = folder.unwrap();
    let steps = {
        let directory = folder.path().join("counted");
        copy_folder(before, &directory);
        let faults = Faults::watch(&directory, None, 0);
        index(&directory, &options, &mut Quiet).unwrap();
        faults.steps()
    };
    assert!(steps > 100, "{steps}");
    #[allow(clippy::disallowed_methods, reason = "a test is told by its caller how long to run")]
    let wanted = std::env::var("DATELINE_SCHEDULES").ok();
    let schedules = wanted.map_or(SCHEDULES, |number| number.parse().unwrap());
    let [mut failed, mut cut, mut struck] = [0; 3];
    for number in 0..schedules {
        let kind = [Fault::Error, Fault::Full, Fault::Kill][(number % 3) as usize];
        // Spread over the whole run, and not in step with the kinds.
        let at = 1 + number.wrapping_mul(0x9E37_79B9_7F4A_7C15) % steps;
        let schedule = format!("schedule {number}: {kind:?} at step {at} of {steps}");
        let directory = folder.path().join(format!("run-{number}"));
        copy_folder(before, &directory);
        let faults = Faults::watch(&directory, Some((at, kind)), number);
        let result = index(&directory, &options, &mut Quiet);
        struck += u64::from(faults.struck().is_some());
        failed += u64::from(result.is_err());
        if kind == Fault::Kill {
            faults.cut_power().unwrap();
            cut += 1;
        }
        // What the dead process still holds open lies elsewhere.
        let after = folder.path().join(format!("after-{number}"));
        copy_folder(&directory, &after);
        drop(faults);
        if after.join("dateline.json").exists() {
            check_committed(&after, &schedule);
        }
        if mode == Mode::Rebuild {
            assert!(held(&after) == *expected, "{schedule}: the old index or the new one is whole");
        }
        if result.is_ok() && kind != Fault::Kill {
            assert!(held(&after) == *expected, "{schedule}: said to be done, and is not");
        }
        let again =
            index(&after, &Options { optimize: number % 4 == 0, ..bench.options() }, &mut Quiet);
        again.unwrap_or_else(|error| panic!("{schedule}: the next run: {error}"));
        assert!(held(&after) == *expected, "{schedule}: the next run ends elsewhere");
        if number % 4 == 0 {
            assert_eq!(statistics(&after), ranking, "{schedule}: words are counted otherwise");
        }
        fs::remove_dir_all(&after).unwrap();
        fs::remove_dir_all(&directory).unwrap();
    }
    [struck, failed, cut]
}

fn optimized(bench: &Bench, directory: &Path) -> Vec<u64> {
    index(directory, &Options { optimize: true, ..bench.options() }, &mut Quiet).unwrap();
    statistics(directory)
}

#[test]
fn a_first_run_survives_any_fault() {
    let bench = corpus();
    bench.run();
    let expected = held(&bench.directory());
    assert_eq!(expected.records.len(), 10);
    assert_eq!(expected.copies.iter().filter(|(_, first)| first.is_some()).count(), 2);
    let ranking = optimized(&bench, &bench.directory());
    let nothing = bench.directory().join("nothing");
    let [struck, failed, cut] = try_schedules(&bench, &nothing, Mode::Update, &expected, &ranking);
    assert!(struck > 0 && failed > 0 && cut > 0, "{struck} {failed} {cut}");
    println!("first run: {struck} faults struck, {failed} runs failed, {cut} cuts of power");
}

#[test]
fn an_update_survives_any_fault() {
    let bench = corpus();
    bench.run();
    let before = bench.directory().with_file_name("before");
    copy_folder(&bench.directory(), &before);
    change(&bench);
    bench.run();
    let expected = held(&bench.directory());
    assert_eq!(expected.records.len(), 6);
    let ranking = optimized(&bench, &bench.directory());
    let [struck, failed, cut] = try_schedules(&bench, &before, Mode::Update, &expected, &ranking);
    assert!(struck > 0 && failed > 0 && cut > 0, "{struck} {failed} {cut}");
    println!("update: {struck} faults struck, {failed} runs failed, {cut} cuts of power");
}

#[test]
fn building_anew_survives_any_fault() {
    let bench = corpus();
    bench.run();
    let before = bench.directory().with_file_name("before");
    copy_folder(&bench.directory(), &before);
    let expected = held(&bench.directory());
    let ranking = optimized(&bench, &bench.directory());
    let [struck, failed, cut] = try_schedules(&bench, &before, Mode::Rebuild, &expected, &ranking);
    assert!(struck > 0 && failed > 0 && cut > 0, "{struck} {failed} {cut}");
    println!("building anew: {struck} faults struck, {failed} runs failed, {cut} cuts of power");
}
