//! Time of extraction on generated articles, in bytes of their text a second, on one thread:
//! `cargo bench -p dateline-benches --bench extract`. Quality is not measured here.

mod corpus;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use dateline_article::Article;
use dateline_extract::{Extractor, language};

const ARTICLES: usize = 200;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    extraction(&mut criterion);
    criterion.final_summary();
}

fn extraction(criterion: &mut Criterion) {
    let articles = corpus::articles(ARTICLES);
    let texts: Vec<String> = articles.iter().map(Article::text).collect();
    let bytes = texts.iter().map(|text| text.len() as u64).sum();
    let extractor = Extractor::new();
    let found = extractor.extract(articles[0].clone());
    assert!(!found.people.is_empty() && !found.places.is_empty(), "nothing to measure: {found:?}");

    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("language", |bencher| {
        bencher.iter(|| texts.iter().filter_map(|text| language(black_box(text))).count());
    });
    group.bench_function("record", |bencher| {
        bencher.iter_batched(
            || articles.clone(),
            |articles| articles.into_iter().map(|one| extractor.extract(one)).collect::<Vec<_>>(),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}
