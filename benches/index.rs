//! Time from a folder to a committed index, in bytes of the files a second, on one thread and on two, with
//! extraction and without: `cargo bench -p dateline-benches --bench index`.

mod corpus;
mod folder;

use std::num::NonZeroUsize;

use anyhow::{Context, ensure};
use criterion::{BatchSize, Criterion, Throughput};
use dateline_indexer::{Options, Quiet, Report, index};
use tempfile::TempDir;

const ARTICLES: usize = 2_000;

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let folder = folder::write(ARTICLES)?;
    let mut group = criterion.benchmark_group("index");
    group.throughput(Throughput::Bytes(folder.bytes)).sample_size(10);
    for (name, threads, extract) in
        [("one-thread", 1, true), ("two-threads", 2, true), ("two-threads-no-extract", 2, false)]
    {
        let options = Options {
            roots: vec![folder.path.clone()],
            threads: NonZeroUsize::new(threads).context("no threads")?,
            extract: Some(extract),
            ..Options::default()
        };
        let report = run(&options, &empty()?)?;
        ensure!(report.articles == folder.articles, "{report:?} of {} articles", folder.articles);
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                empty,
                |directory| run(&options, &directory?),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

fn empty() -> anyhow::Result<TempDir> {
    TempDir::new_in(folder::SCRATCH).context("cannot make a folder for the index")
}

fn run(options: &Options, directory: &TempDir) -> anyhow::Result<Report> {
    index(directory.path(), options, &mut Quiet).context("cannot index")
}
