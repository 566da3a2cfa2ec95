//! Tiny indexes in memory.

use dateline_article::{
    Article, ArticleId, Date, DateMention, Dateline, Edge, Evidence, Granularity, Language,
    Mentions, Name, Place, PlaceKind, Published, Record, Span,
};
use dateline_query::{Engine, LocalEngine, Request, parse};
use dateline_schema::{Copies, Manifest, Opened, Settings, document, in_memory};

pub(crate) const TODAY: Date = Date::constant(2024, 3, 14);

/// An article called `name`.
pub(crate) fn article(name: &str, title: &str, text: &str) -> Record {
    let mut article = Article::new(ArticleId::new("test", name, "1"), name, "1", "text");
    article.title = Some(title.to_owned()).filter(|title| !title.is_empty());
    article.paragraphs = text.split("\n\n").map(str::to_owned).collect();
    article.language = Some(Language::ENGLISH);
    Record::bare(article)
}

/// Changes to an article, one after the other.
pub(crate) trait With: Sized {
    fn published(self, at: &str) -> Self;
    fn language(self, code: &str) -> Self;
    fn source(self, source: &str) -> Self;
    fn person(self, name: &str) -> Self;
    fn place(self, name: &str) -> Self;
    fn date(self, start: &str, end: &str) -> Self;
    fn dateline(self, length: u32) -> Self;
}

impl With for Record {
    fn published(mut self, at: &str) -> Self {
        self.article.published =
            Some(Published { at: at.parse().unwrap(), by: Evidence::Metadata });
        self
    }

    fn language(mut self, code: &str) -> Self {
        self.article.language = Language::from_tag(code);
        self
    }

    fn source(mut self, source: &str) -> Self {
        self.article.source = Some(source.to_owned());
        self
    }

    fn person(mut self, name: &str) -> Self {
        self.people.push(Name { name: name.to_owned(), mentions: Mentions::default() });
        self
    }

    /// A place as the gazetteer's likeliest of that name, with all it lies in; unknown to it where it has none.
    fn place(mut self, name: &str) -> Self {
        let found = dateline_gazetteer::named(name).next().map(|candidate| candidate.place);
        let around = found.map(dateline_gazetteer::ancestors).unwrap_or_default();
        self.places.push(Place {
            name: name.to_owned(),
            gazetteer: found.map(dateline_gazetteer::PlaceId::to_u32),
            geonames: found.and_then(dateline_gazetteer::PlaceId::geonames),
            country: None,
            ancestors: Vec::new(),
            ancestor_numbers: around.into_iter().map(dateline_gazetteer::PlaceId::to_u32).collect(),
            latitude: None,
            longitude: None,
            kind: PlaceKind::Place,
            mentions: Mentions::default(),
        });
        self
    }

    fn date(mut self, start: &str, end: &str) -> Self {
        let edge = |text: &str| text.parse::<Edge>().unwrap();
        self.dates.push(DateMention {
            text: String::new(),
            start: edge(start),
            end: edge(end),
            granularity: Granularity::Day,
            mentions: Mentions { text: vec![Span { start: 0, end: 0 }], title: Vec::new() },
        });
        self
    }

    fn dateline(mut self, length: u32) -> Self {
        self.article.dateline = Some(Dateline { length_bytes: length, ..Dateline::default() });
        self
    }
}

/// An index of `records` in as many segments as `per_segment` makes.
pub(crate) fn engine_in_segments(records: &[Record], per_segment: usize) -> LocalEngine {
    LocalEngine::new(opened(records, per_segment)).unwrap()
}

/// The same with clusters of copies, and the folder that they are read from.
pub(crate) fn engine_with_copies(
    records: &[Record],
    per_segment: usize,
    copies: &Copies,
) -> (LocalEngine, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    copies.write(folder.path(), 1).unwrap();
    let opened = Opened { directory: folder.path().to_owned(), ..opened(records, per_segment) };
    (LocalEngine::new(opened).unwrap(), folder)
}

fn opened(records: &[Record], per_segment: usize) -> Opened {
    let opened = in_memory(Manifest::new(Settings { extract: true })).unwrap();
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    for (number, chunk) in records.chunks(per_segment).enumerate() {
        for record in chunk {
            let file = number as u64;
            writer.add_document(document(&opened.fields, record, "test", file).unwrap()).unwrap();
        }
        writer.commit().unwrap();
    }
    opened
}

pub(crate) fn engine(records: &[Record]) -> LocalEngine {
    engine_in_segments(records, 4)
}

pub(crate) fn request(query: &str) -> Request {
    let parsed = parse(query, TODAY);
    assert!(parsed.faults.is_empty(), "{query}: {:?}", parsed.faults);
    Request { limit: 1000, ..Request::new(parsed) }
}

/// Names of the articles found, in their order.
pub(crate) fn found(engine: &LocalEngine, request: &Request) -> Vec<String> {
    engine.search(request).unwrap().hits.into_iter().map(|hit| hit.path).collect()
}
