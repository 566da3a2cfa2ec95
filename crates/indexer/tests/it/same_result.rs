//! The same corpus gives the same index for any number of threads, any memory and any number of commits.

use std::num::NonZeroUsize;
use std::time::Duration;

use dateline_indexer::Options;

use crate::{Bench, records};

fn corpus() -> Bench {
    let bench = Bench::new(&[]);
    for number in 0..60 {
        bench.put(
            &format!("{}/{number}.txt", number % 7),
            &format!("Story {number}\n\nBRUSSELS, March {} (Agency) — Jens Stoltenberg spoke to envoys from Ukraine on Tuesday.", number % 28 + 1),
        );
    }
    let lines: Vec<String> = (0..700)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"title\":\"Line {n}\",\"text\":\"Word {n} in Kyiv.\"}}")
        })
        .collect();
    bench.put("3/many.jsonl", &lines.join("\n"));
    bench
}

#[test]
fn threads_memory_and_commits_change_nothing() {
    let bench = corpus();
    bench.run_with(&Options { threads: NonZeroUsize::MIN, ..bench.options() });
    let expected = records(&bench.directory());
    assert_eq!(expected.len(), 760);
    for threads in [2, 8] {
        std::fs::remove_dir_all(bench.directory()).unwrap();
        bench.run_with(&Options {
            threads: NonZeroUsize::new(threads).unwrap(),
            memory_bytes: 1000,
            commit_every: Duration::ZERO,
            ..bench.options()
        });
        let mut found = records(&bench.directory());
        let mut expected = expected.clone();
        // Each commit makes a segment of its own, and merging may change their order.
        found.sort_by_key(|record| record.article.id);
        expected.sort_by_key(|record| record.article.id);
        assert!(found == expected, "{threads} threads");
    }
}
