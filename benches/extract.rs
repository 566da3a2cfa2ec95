//! Time of extraction on generated articles, in bytes of their text a second, on one thread:
//! `cargo bench -p dateline-benches --bench extract`. Quality is not measured here.

mod corpus;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use dateline_article::Article;
use dateline_extract::dates::dates;
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
    let mut found = [0; 3];
    for record in articles.iter().cloned().map(|one| extractor.extract(one)) {
        let lists = [record.people.len(), record.places.len(), record.dates.len()];
        found = std::array::from_fn(|list| found[list] + lists[list]);
    }
    assert!(!found.contains(&0), "nothing to measure: {found:?} people, places, dates");

    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("language", |bencher| {
        bencher.iter(|| texts.iter().filter_map(|text| language(black_box(text))).count());
    });
    group.bench_function("dates", |bencher| {
        bencher.iter(|| {
            let all = articles.iter().zip(&texts);
            let found = all.map(|(article, text)| {
                let published = article.published.and_then(|published| published.at.day());
                dates(black_box(text), article.language, published).len()
            });
            found.sum::<usize>()
        });
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
