//! Time of one search, from the query's text to a page of ten hits with snippets, for eight classes of query over an
//! index of the generated corpus: `cargo bench -p dateline-benches --bench search`. One thread, caches warm; what a
//! person waits for at a cold start is measured by `dateline bench`.

mod corpus;
mod engine;
mod folder;

use std::hint::black_box;

use anyhow::{Context, ensure};
use criterion::{Criterion, Throughput};
use dateline_article::Date;
use dateline_query::{Engine, Error, LocalEngine, Request, Response, parse};
use tempfile::TempDir;

const ARTICLES: usize = 2_000;
/// What relative dates would count from; none of the queries has one.
const TODAY: Date = Date::constant(2025, 1, 1);

/// Each class with its queries, frequent words and rare ones; every one has hits.
const CLASSES: &[(&str, &[&str])] = &[
    ("term", &["ammunition", "tariffs", "odesa", "kovalenko", "glacier", "percent"]),
    ("and", &["ceasefire envoy", "vaccine laboratory", "brussels nato summit", "oslo appeal"]),
    ("or", &["flood OR storm OR wildfire", "kyiv OR odesa OR kharkiv", "reef OR verdict"]),
    ("phrase", &["\"interest rates\"", "\"told reporters in\"", "\"front line\"", "\"oil price\""]),
    // The words of the phrases, so that the two classes can be held against each other.
    (
        "near",
        &["interest w/8 rates", "told pre/4 (reporters w/2 in)", "front w/5 line", "oil w/8 price"],
    ),
    (
        "near-sentence",
        &["interest w/s rates", "told w/s reporters", "front w/s line", "oil w/p price"],
    ),
    ("near-entity", &["told w/s @person", "price w/9 @place", "talks w/5 place:ukraine"]),
    (
        "field-and-date",
        &[
            "place:ukraine published:2019",
            "person:kovalenko published:2017..2020",
            "title:ammunition",
            "nato mentioned:2017-03",
            "section:courts source:\"meridian wire\" fraud",
        ],
    ),
];

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let directory = TempDir::new_in(folder::SCRATCH).context("cannot make a folder")?;
    let engine = engine::open(&directory, ARTICLES)?;
    let mut group = criterion.benchmark_group("search");
    for (class, queries) in CLASSES {
        for query in *queries {
            let found = search(&engine, query).with_context(|| format!("cannot run `{query}`"))?;
            ensure!(!found.hits.is_empty(), "nothing to measure: `{query}` has no hit");
        }
        group.throughput(Throughput::Elements(queries.len() as u64));
        group.bench_function(*class, |bencher| {
            bencher.iter(|| {
                let pages = queries.iter().filter_map(|query| search(&engine, query).ok());
                pages.map(|page| page.hits.len()).sum::<usize>()
            });
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

fn search(engine: &LocalEngine, query: &str) -> Result<Response, Error> {
    engine.search(&Request::new(parse(black_box(query), TODAY)))
}
