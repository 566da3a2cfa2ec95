//! How fast texts are read on one thread: `speed FILE [PASSES]`, where FILE holds a JSON string a line, each an article.
//!
//! Prints one JSON object: the bytes of the texts, the seconds of the fastest pass of everything (language, people, organisations,
//! places, dates) and of dates alone, and how many of each were found. `cargo xtask quality` calls it.

#![expect(clippy::print_stdout, reason = "a program of the workshop tells what it measured")]

use std::error::Error;
use std::time::Instant;

use dateline_article::{Article, ArticleId, Language, Record};
use dateline_extract::Extractor;
use dateline_extract::dates::dates;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: speed FILE [PASSES]")?;
    let passes: usize = arguments.next().map_or(Ok(5), |passes| passes.parse())?;
    let file = std::fs::read_to_string(path)?;
    let texts: Vec<String> = file.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let articles: Vec<Article> = texts.iter().map(|text| article(text)).collect();
    let extractor = Extractor::new();
    let (mut records, mut all, mut alone) = (Vec::new(), f64::MAX, f64::MAX);
    let mut expressions = 0;
    for _ in 0..passes.max(1) {
        let copies = articles.clone();
        let start = seconds();
        records = copies.into_iter().map(|article| extractor.extract(article)).collect();
        all = all.min(seconds() - start);
        let start = seconds();
        let found = texts.iter().map(|text| dates(text, Some(Language::ENGLISH), None).len());
        expressions = found.sum::<usize>();
        alone = alone.min(seconds() - start);
    }
    let count = |of: fn(&Record) -> usize| records.iter().map(of).sum::<usize>();
    let printed = json!({
        "texts": texts.len(),
        "bytes": texts.iter().map(String::len).sum::<usize>(),
        "seconds": all,
        "dates_seconds": alone,
        "people": count(|record| record.people.len()),
        "organisations": count(|record| record.organisations.len()),
        "places": count(|record| record.places.len()),
        "dates": expressions,
    });
    println!("{printed}");
    Ok(())
}

fn article(text: &str) -> Article {
    let mut article = Article::new(ArticleId::new("speed", "", text), "", "", "text");
    article.paragraphs = text.split("\n\n").map(str::to_owned).collect();
    article
}

/// Processor time of this thread where the system tells it (Linux: `proc(5)`, in nanoseconds), else time by the clock.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || {
            static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
            START.get_or_init(Instant::now).elapsed().as_secs_f64()
        },
        |nanoseconds| nanoseconds / 1e9,
    )
}
