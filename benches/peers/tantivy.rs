//! The engine beneath dateline without anything of ours, as a peer for `cargo xtask bench --peers`. It prints JSON lines; times are its own, in microseconds.
//!
//! - `index ARTICLES INDEX FIELDS`: files of JSON lines into an index, with one thread.
//! - `bench INDEX QUERIES PASSES`: of each query the median time of its best ten, without reading what is stored.
//! - `search INDEX WORDS`: ten ids, as a program that is started for one search prints them.
//!
//! FIELDS is `plain` (id, and title and text as one field), `article` (what an article has beside it, text stored) or `same` (the fields of dateline's own
//! index, with the engine's tokenizers: words as they are and stemmed, of title and text together, of the title, of the lead).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tantivy::collector::TopDocs;
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TEXT, TextFieldIndexing,
    TextOptions, Value as _,
};
use tantivy::{DateTime, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Bytes in memory before a segment is written; as much as the other peers get.
const HEAP_BYTES: usize = 256 << 20;
/// Hits that are asked for.
const BEST: usize = 10;
/// Passes before those that count.
const WARM_UP: usize = 2;
/// Words of a lead in `same`, about as many as dateline takes.
const LEAD_WORDS: usize = 60;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = std::io::stdout().lock();
    match words.as_slice() {
        ["index", articles, index, fields] => {
            let count = fill(Path::new(articles), Path::new(index), fields)?;
            writeln!(out, "{}", json!({"articles": count}))?;
        }
        ["bench", index, queries, passes] => {
            for line in bench(Path::new(index), Path::new(queries), passes.parse()?)? {
                writeln!(out, "{line}")?;
            }
        }
        ["search", index, words] => {
            for id in search(Path::new(index), words)? {
                writeln!(out, "{id}")?;
            }
        }
        _ => bail!(
            "usage: plain-tantivy index ARTICLES INDEX FIELDS | bench INDEX QUERIES PASSES | search INDEX WORDS"
        ),
    }
    Ok(())
}

/// What an article has for a field.
type Text = fn(&Value) -> String;

/// What of an article goes where.
struct Fields {
    texts: Vec<(Field, Text)>,
    lists: Vec<(Field, &'static str)>,
    day: Option<Field>,
}

fn declare(kind: &str) -> anyhow::Result<(Schema, Fields)> {
    let mut schema = Schema::builder();
    let stemmed = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let mut texts: Vec<(Field, Text)> = Vec::new();
    let mut lists = Vec::new();
    texts.push((schema.add_text_field("id", STRING | STORED), |article| of(article, "id")));
    match kind {
        "plain" => texts.push((schema.add_text_field("text", TEXT), title_and_text)),
        "article" => texts.push((schema.add_text_field("text", TEXT | STORED), title_and_text)),
        "same" => {
            texts.push((schema.add_text_field("text", stemmed.clone()), title_and_text));
            texts.push((schema.add_text_field("exact", TEXT), title_and_text));
            texts.push((schema.add_text_field("title", stemmed.clone()), title));
            texts.push((schema.add_text_field("title_exact", TEXT), title));
            texts.push((schema.add_text_field("lead", stemmed), lead));
            texts.push((schema.add_text_field("lead_exact", TEXT), lead));
            texts.push((schema.add_text_field("record", STORED), Value::to_string));
        }
        _ => bail!("`{kind}`: the fields are plain, article or same"),
    }
    let mut day = None;
    if kind != "plain" {
        texts.push((schema.add_text_field("source", TEXT), |article| of(article, "source")));
        texts.push((schema.add_text_field("section", TEXT), |article| of(article, "section")));
        texts.push((schema.add_text_field("byline", TEXT), |article| of(article, "byline")));
        lists.push((schema.add_text_field("people", STRING), "people"));
        lists.push((schema.add_text_field("places", STRING), "places"));
        day = Some(schema.add_date_field("date", INDEXED | FAST));
    }
    Ok((schema.build(), Fields { texts, lists, day }))
}

fn of(article: &Value, key: &str) -> String {
    article[key].as_str().unwrap_or_default().to_owned()
}

fn title(article: &Value) -> String {
    of(article, "title")
}

fn body(article: &Value) -> &str {
    article["body"].as_str().or(article["text"].as_str()).unwrap_or_default()
}

fn title_and_text(article: &Value) -> String {
    title(article) + "\n" + body(article)
}

fn lead(article: &Value) -> String {
    body(article).split_whitespace().take(LEAD_WORDS).collect::<Vec<_>>().join(" ")
}

fn fill(articles: &Path, directory: &Path, kind: &str) -> anyhow::Result<u64> {
    let (schema, fields) = declare(kind)?;
    fs::create_dir_all(directory)?;
    let index = Index::create_in_dir(directory, schema)?;
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, HEAP_BYTES)?;
    let mut count = 0;
    for path in files(articles)? {
        for line in BufReader::new(File::open(&path)?).lines() {
            let article: Value = serde_json::from_str(&line?)
                .with_context(|| format!("{}: not JSON lines", path.display()))?;
            let mut document = TantivyDocument::new();
            for (field, value) in &fields.texts {
                document.add_text(*field, value(&article));
            }
            for (field, key) in &fields.lists {
                for value in article[*key].as_array().into_iter().flatten() {
                    document.add_text(*field, value.as_str().unwrap_or_default());
                }
            }
            if let (Some(field), Some(day)) = (fields.day, article["date"].as_str()) {
                document.add_date(field, midnight(day)?);
            }
            writer.add_document(document)?;
            count += 1;
        }
    }
    writer.commit()?;
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(count)
}

/// The file, or the files of JSON lines in the folder, by name.
fn files(articles: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    if articles.is_file() {
        return Ok(vec![articles.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(articles)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    ensure!(!files.is_empty(), "{}: no .jsonl file", articles.display());
    Ok(files)
}

fn midnight(day: &str) -> anyhow::Result<DateTime> {
    let day: dateline_article::Date = day.parse().map_err(|_| anyhow::anyhow!("no day: {day}"))?;
    let days = i64::from(dateline_article::days_since_epoch(day));
    Ok(DateTime::from_timestamp_secs(days * 86_400))
}

/// An open index, and its fields by what queries ask of them.
struct Peer {
    index: Index,
    searcher: Searcher,
    text: Field,
    /// For beginnings and misspelt words, which no stem has.
    exact: Field,
}

impl Peer {
    fn open(directory: &Path) -> anyhow::Result<Self> {
        let index = Index::open_in_dir(directory)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let text = index.schema().get_field("text")?;
        let exact = index.schema().get_field("exact").unwrap_or(text);
        Ok(Self { searcher: reader.searcher(), index, text, exact })
    }

    /// The terms that the words become.
    fn terms(&self, words: &str) -> anyhow::Result<Vec<Term>> {
        let mut terms = Vec::new();
        self.index.tokenizer_for_field(self.text)?.token_stream(words).process(&mut |token| {
            terms.push(Term::from_field_text(self.text, &token.text));
        });
        Ok(terms)
    }

    /// The query of a line, or nothing where the index has no field for it.
    fn query(&self, line: &Value) -> anyhow::Result<Option<Box<dyn Query>>> {
        let word = |key: &str| Term::from_field_text(self.exact, &of(line, key));
        let terms = self.terms(&joined(&line["terms"]))?;
        let term =
            |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>;
        let class = of(line, "class");
        let occur = if class == "or" { Occur::Should } else { Occur::Must };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = match class.as_str() {
            "prefix" => {
                return Ok(Some(Box::new(FuzzyTermQuery::new_prefix(word("prefix"), 0, true))));
            }
            "fuzzy" => return Ok(Some(Box::new(FuzzyTermQuery::new(word("fuzzy"), 1, true)))),
            "phrase" if terms.len() > 1 => return Ok(Some(Box::new(PhraseQuery::new(terms)))),
            _ => terms.into_iter().map(|one| (occur, term(one))).collect(),
        };
        match class.as_str() {
            "date" => {
                let Ok(field) = self.index.schema().get_field("date") else { return Ok(None) };
                let bound = |key| {
                    let at = midnight(&of(line, key))?;
                    anyhow::Ok(std::ops::Bound::Included(Term::from_field_date_for_search(
                        field, at,
                    )))
                };
                clauses
                    .push((Occur::Must, Box::new(RangeQuery::new(bound("from")?, bound("to")?))));
            }
            "field" => {
                let Ok(field) = self.index.schema().get_field(&of(line, "field")) else {
                    return Ok(None);
                };
                let value = Term::from_field_text(field, &of(line, "value"));
                let query = TermQuery::new(value, IndexRecordOption::Basic);
                clauses.push((Occur::Must, Box::new(query)));
            }
            _ => {}
        }
        Ok(Some(match clauses.pop() {
            Some((_, only)) if clauses.is_empty() => only,
            last => Box::new(BooleanQuery::new(clauses.into_iter().chain(last).collect())),
        }))
    }
}

fn joined(terms: &Value) -> String {
    let terms = terms.as_array().into_iter().flatten().filter_map(Value::as_str);
    terms.collect::<Vec<_>>().join(" ")
}

fn bench(directory: &Path, queries: &Path, passes: usize) -> anyhow::Result<Vec<Value>> {
    let peer = Peer::open(directory)?;
    let text = fs::read_to_string(queries)?;
    let lines = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let mut times: BTreeMap<usize, (Vec<f64>, usize)> = BTreeMap::new();
    for pass in 0..WARM_UP + passes {
        for (number, line) in lines.iter().enumerate() {
            let begun = Instant::now();
            let Some(query) = peer.query(line)? else { continue };
            let best = peer.searcher.search(&query, &TopDocs::with_limit(BEST).order_by_score())?;
            let time = begun.elapsed().as_secs_f64() * 1e6;
            if pass >= WARM_UP {
                let (times, hits) = times.entry(number).or_default();
                times.push(time);
                *hits = best.len();
            }
        }
    }
    let rows = times.into_iter().filter_map(|(number, (mut times, hits))| {
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2)?;
        let class = &lines.get(number)?["class"];
        Some(json!({"query": number, "class": class, "us": median, "shown": hits}))
    });
    Ok(rows.collect())
}

fn search(directory: &Path, words: &str) -> anyhow::Result<Vec<String>> {
    let peer = Peer::open(directory)?;
    let terms = peer.terms(words)?.into_iter();
    let words = terms.map(|term| {
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        (Occur::Must, Box::new(query) as Box<dyn Query>)
    });
    let query = BooleanQuery::new(words.collect());
    let best = peer.searcher.search(&query, &TopDocs::with_limit(BEST).order_by_score())?;
    let id = peer.index.schema().get_field("id")?;
    let ids = best.into_iter().map(|(_, address)| {
        let document: TantivyDocument = peer.searcher.doc(address)?;
        let value = document.get_first(id);
        Ok(value.and_then(|value| value.as_str()).unwrap_or_default().to_owned())
    });
    ids.collect()
}
