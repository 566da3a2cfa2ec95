//! An index of one segment in memory, for tests.

use tantivy::schema::{Field, Schema, SchemaBuilder, TextOptions};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument};

/// The index of some articles, in their order.
pub(crate) fn of_articles(
    schema: SchemaBuilder,
    articles: impl IntoIterator<Item = TantivyDocument>,
) -> Searcher {
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter<TantivyDocument> =
        index.writer_with_num_threads(1, 15_000_000).unwrap();
    for article in articles {
        writer.add_document(article).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    assert!(searcher.segment_readers().len() <= 1);
    searcher
}

/// The index of some texts, and their field.
pub(crate) fn of_texts(
    options: TextOptions,
    texts: impl IntoIterator<Item = String>,
) -> (Searcher, Field) {
    let mut schema = Schema::builder();
    let field = schema.add_text_field("text", options);
    let article = |text| {
        let mut article = TantivyDocument::new();
        article.add_text(field, text);
        article
    };
    (of_articles(schema, texts.into_iter().map(article)), field)
}
