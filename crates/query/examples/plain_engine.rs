//! The engine beneath without anything of ours, as a peer for measuring: its default analysis and scoring over one field of text, words as any-of.
//!
//! `plain_engine ARTICLES TOPICS RUN`: JSON lines with `id` and `text` or `body`, topics as lines of a number, a tab and the text; writes a run in
//! TREC's form, a thousand articles a topic.

use std::fmt::Write as _;

use serde_json::Value;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::{Index, TantivyDocument, Term};

/// As deep as `dateline eval` goes.
const DEPTH: usize = 1000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, topics, run] = arguments.as_slice() else {
        return Err("usage: plain_engine ARTICLES TOPICS RUN".into());
    };
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field("text", TEXT);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
    for line in std::fs::read_to_string(articles)?.split('\n').filter(|line| !line.is_empty()) {
        let article: Value = serde_json::from_str(line)?;
        let mut document = TantivyDocument::new();
        match &article["id"] {
            Value::String(name) => document.add_text(id, name),
            number => document.add_text(id, number.to_string()),
        }
        let body = article["text"].as_str().or(article["body"].as_str());
        document.add_text(text, body.unwrap_or_default());
        writer.add_document(document)?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let mut analyzer = index.tokenizer_for_field(text)?;
    let mut out = String::new();
    let lines = std::fs::read_to_string(topics)?;
    for (number, topic) in lines.lines().filter_map(|line| line.split_once('\t')) {
        let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        analyzer.token_stream(topic).process(&mut |token| {
            let term = Term::from_field_text(text, &token.text);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            words.push((Occur::Should, Box::new(query)));
        });
        let best = TopDocs::with_limit(DEPTH).order_by_score();
        for (rank, (score, address)) in
            searcher.search(&BooleanQuery::new(words), &best)?.into_iter().enumerate()
        {
            let document: TantivyDocument = searcher.doc(address)?;
            let name = document.get_first(id).and_then(|value| value.as_str()).unwrap_or_default();
            writeln!(out, "{number} Q0 {name} {} {score} plain", rank + 1)?;
        }
    }
    std::fs::write(run, out)?;
    Ok(())
}
