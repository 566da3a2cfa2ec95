//! Time of counting all that matches, by number, by facets and by period, over an index of the generated corpus:
//! `cargo bench -p dateline-benches --bench counting`. Facets and timelines are to be read beside `count`, over the same
//! articles; `cargo xtask ratios` measures that on a corpus of any size. One thread, caches warm.

mod corpus;
mod engine;
mod folder;

use std::hint::black_box;

use anyhow::{Context, ensure};
use criterion::{Criterion, Throughput};
use dateline_article::Date;
use dateline_query::{
    By, Engine, FacetRequest, Level, Of, Request, TimelineRequest, Unit, Window, parse,
};
use tempfile::TempDir;

const ARTICLES: usize = 2_000;
/// What relative dates would count from; the query has none.
const TODAY: Date = Date::constant(2025, 1, 1);
/// A word of most articles.
const QUERY: &str = "percent OR told OR said";

/// What is counted by, each alone and in the last all at once.
const FACETS: [(&str, &[By]); 5] = [
    ("facets/person", &[By::Person]),
    ("facets/place", &[By::Place(Level::Named)]),
    ("facets/country", &[By::Place(Level::Country)]),
    ("facets/year", &[By::Published(Unit::Year)]),
    (
        "facets/all",
        &[By::Person, By::Place(Level::Named), By::Organisation, By::Source, By::Section],
    ),
];

const TIMELINES: [(&str, Of, Unit, usize); 4] = [
    ("timeline/month", Of::Published, Unit::Month, 0),
    ("timeline/day", Of::Published, Unit::Day, 0),
    ("timeline/mentioned", Of::Mentioned, Unit::Month, 0),
    ("timeline/peaks", Of::Published, Unit::Month, 3),
];

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let directory = TempDir::new_in(folder::SCRATCH).context("cannot make a folder")?;
    let engine = engine::open(&directory, ARTICLES)?;
    let of = || Request::new(parse(black_box(QUERY), TODAY));
    let articles = engine.count(&of()).context("cannot count")?;
    ensure!(articles > ARTICLES as u64 / 4, "only {articles} articles to count");
    let mut group = criterion.benchmark_group("counting");
    group.throughput(Throughput::Elements(articles));
    group.bench_function("count", |bencher| bencher.iter(|| engine.count(&of()).ok()));
    for (name, by) in FACETS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let by = by.to_vec();
                let facets = FacetRequest { of: of(), by, against: None, min: 1, limit: Some(20) };
                engine.facets(&facets).ok()
            });
        });
    }
    let against = FacetRequest {
        of: of(),
        by: vec![By::Person],
        against: Some(Request::new(parse("*", TODAY))),
        min: 1,
        limit: Some(20),
    };
    group.bench_function("facets/against", |bencher| {
        bencher.iter(|| engine.facets(&against).ok());
    });
    for (name, days, unit, peaks) in TIMELINES {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let timeline = TimelineRequest {
                    of: vec![of()],
                    base: None,
                    days,
                    window: Window::Central,
                    unit: Some(unit),
                    most_periods: 60,
                    peaks,
                };
                engine.timeline(&timeline).ok()
            });
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}
