//! The field table: every field of the index, what it holds and how. No other crate names a field of the engine by a string.
//!
//! To add one: a line in [`Fields`] and in [`Fields::declare`], its value in [`crate::document`], and a new [`FORMAT_VERSION`].

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::{IndexSettings, IndexSortByField, Order};

use crate::analyze::tokenizer::{EXACT, SOUNDS, STEMMED};

/// Version of everything that decides what an index holds: fields, analysis, identifiers. An index of another version is refused. Raise it with any
/// change that the test of [`crate::FORMAT_HASH`] notices.
pub const FORMAT_VERSION: u32 = 11;

/// Bytes of pressed articles that are read at once: a page of memory, two articles or three.
const STORE_BLOCK: usize = 4096;

/// Name of the field by which articles are ordered.
const ORDER: &str = "order";

/// Handles of the fields, by what they hold.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Article id; indexed and columnar.
    pub id: Field,
    /// Hash of root label and path of the source file, by which its articles are replaced; indexed.
    pub file: Field,
    /// The whole [`dateline_article::Record`], as [`crate::stored`] reads it; stored.
    pub record: Field,
    /// Title and text, stemmed by the article's language, with positions; the text begins at [`crate::TEXT_POSITION`]. A stem whose words all are the stem
    /// itself is not there but in the next field alone, at the same positions: an article has a stem in either field or in both, and as often as in that which has it more often. Empty terms
    /// make the two fields equally long. The words of an article in no known language stand in both.
    pub all: Field,
    /// The words unstemmed.
    pub all_exact: Field,
    /// Their marked forms (`US`, `#kyiv`), at the same positions. In the other fields of words these stand among the words.
    pub marked: Field,
    /// Title, stemmed; how often, not where: that [`Self::all`] tells.
    pub title: Field,
    /// Title, unstemmed, likewise.
    pub title_exact: Field,
    /// Lead, stemmed, likewise.
    pub lead: Field,
    /// Authors, a name each; unstemmed words, the n-th at n times [`crate::NAME_STRIDE`] (so in every field of names below).
    pub byline: Field,
    /// Source; unstemmed words.
    pub source: Field,
    /// Section; unstemmed words.
    pub section: Field,
    /// Keywords; unstemmed words.
    pub keyword: Field,
    /// Web address; unstemmed words.
    pub url: Field,
    /// Path of the source file; unstemmed words.
    pub path: Field,
    /// People's names; unstemmed words.
    pub person: Field,
    /// The keys of the same words in other spellings ([`crate::analyze::sounds`]), at the same positions.
    pub person_sound: Field,
    /// Organisations' names; unstemmed words.
    pub org: Field,
    /// Gazetteer numbers of the places and of everything they lie in.
    pub place: Field,
    /// Names of the places that the gazetteer does not know; unstemmed words.
    pub place_name: Field,
    /// Language code; indexed and columnar.
    pub language: Field,
    /// Format name; indexed and columnar.
    pub format: Field,
    /// Label of the corpus root.
    pub root: Field,
    /// First moment that `published` can mean, seconds since 1970 by the local clock; indexed and columnar, absent where unknown.
    pub published: Field,
    /// Minutes that the clock of `published` is ahead of UTC, where that is told and is not 0; columnar.
    pub published_offset: Field,
    /// Last day that `published` can mean, days since 1970; columnar.
    pub published_last: Field,
    /// 1 where `published` is known to a month or a year only; indexed.
    pub vague: Field,
    /// Where an article stands among all, by the moment at which it appeared, as [`crate::order`] numbers it; columnar, and never absent: the engine numbers
    /// the articles of a segment by it, latest first.
    pub order: Field,
    /// Cells of the days the text speaks of (see [`crate::cells`]).
    pub mentioned: Field,
    /// First days of the intervals that the text speaks of, days since 1970, those of no known year left out; columnar.
    pub mentioned_first: Field,
    /// Last days of the same intervals, in the same order; columnar.
    pub mentioned_last: Field,
    /// Number of words in the text; columnar.
    pub words: Field,
    /// Where sentences and paragraphs begin and the title ends, as [`crate::gaps`] tells it; columnar.
    pub borders: Field,
    /// Position of the first word of the lead; columnar.
    pub lead_begins: Field,
    /// Position before which the lead has ended; columnar.
    pub lead_ends: Field,
    /// Words with capitals, as [`crate::gaps`] tells them; columnar.
    pub capitals: Field,
    /// Mentions of people, organisations, places and dates, as [`crate::gaps`] tells them; columnar.
    pub mentions: Field,
    /// Of each of these the number of its entity among those of its kind in the article, from 0; columnar.
    pub mention_entities: Field,
    /// Gazetteer numbers of the places it names, in the order of the record; columnar.
    pub named_places: Field,
    /// How much the article dwells on each of its people, in their order, as [`crate::salience`] counts it, before them the most of these; columnar.
    pub salience_of_people: Field,
    /// The same of organisations.
    pub salience_of_organisations: Field,
    /// The same of places that the gazetteer knows.
    pub salience_of_places: Field,
    /// The same of other places.
    pub salience_of_unknown_places: Field,
    /// Names of the places that the gazetteer does not know, as shown; columnar (so are the next five, each value once an article).
    pub unknown_places: Field,
    /// Names of people, as shown.
    pub people: Field,
    /// Names of organisations, as shown.
    pub organisations: Field,
    /// Source, as shown.
    pub source_shown: Field,
    /// Section, as shown.
    pub section_shown: Field,
    /// Keywords, as given.
    pub keywords: Field,
    /// Signature by which copies are recognised, 16-bit numbers, the lower byte first, then those of its numbers and names; columnar.
    pub signature: Field,
    /// Query names of the fields that the article has a value for.
    pub has: Field,
}

impl Fields {
    /// The engine's schema and the handles into it.
    pub fn declare() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let number = || NumericOptions::default() | INDEXED | FAST;
        let fields = Self {
            id: builder.add_u64_field("id", number()),
            file: builder.add_u64_field("file", INDEXED),
            record: builder.add_bytes_field("record", STORED),
            all: words(&mut builder, "all", STEMMED),
            all_exact: words(&mut builder, "all_exact", EXACT),
            marked: words(&mut builder, "marked", EXACT),
            title: counted(&mut builder, "title", STEMMED),
            title_exact: counted(&mut builder, "title_exact", EXACT),
            lead: counted(&mut builder, "lead", STEMMED),
            byline: words(&mut builder, "byline", EXACT),
            source: words(&mut builder, "source", EXACT),
            section: words(&mut builder, "section", EXACT),
            keyword: words(&mut builder, "keyword", EXACT),
            url: words(&mut builder, "url", EXACT),
            path: words(&mut builder, "path", EXACT),
            person: words(&mut builder, "person", EXACT),
            person_sound: words(&mut builder, "person_sound", SOUNDS),
            org: words(&mut builder, "org", EXACT),
            place: builder.add_u64_field("place", INDEXED),
            place_name: words(&mut builder, "place_name", EXACT),
            language: builder.add_text_field("language", STRING | FAST),
            format: builder.add_text_field("format", STRING | FAST),
            root: builder.add_text_field("root", STRING),
            published: builder.add_i64_field("published", number()),
            published_offset: builder.add_i64_field("published_offset", FAST),
            published_last: builder.add_i64_field("published_last", number()),
            vague: builder.add_u64_field("vague", INDEXED),
            order: builder.add_u64_field(ORDER, FAST),
            mentioned: builder.add_text_field("mentioned", STRING),
            mentioned_first: builder.add_i64_field("mentioned_first", FAST),
            mentioned_last: builder.add_i64_field("mentioned_last", FAST),
            words: builder.add_u64_field("words", number()),
            borders: builder.add_u64_field("borders", FAST),
            lead_begins: builder.add_u64_field("lead_begins", FAST),
            lead_ends: builder.add_u64_field("lead_ends", FAST),
            capitals: builder.add_u64_field("capitals", FAST),
            mentions: builder.add_u64_field("mentions", FAST),
            mention_entities: builder.add_u64_field("mention_entities", FAST),
            named_places: builder.add_u64_field("named_places", FAST),
            salience_of_people: builder.add_u64_field("salience_of_people", FAST),
            salience_of_organisations: builder.add_u64_field("salience_of_organisations", FAST),
            salience_of_places: builder.add_u64_field("salience_of_places", FAST),
            salience_of_unknown_places: builder.add_u64_field("salience_of_unknown_places", FAST),
            unknown_places: builder.add_text_field("unknown_places", FAST),
            people: builder.add_text_field("people", FAST),
            organisations: builder.add_text_field("organisations", FAST),
            source_shown: builder.add_text_field("source_shown", FAST),
            section_shown: builder.add_text_field("section_shown", FAST),
            keywords: builder.add_text_field("keywords", FAST),
            signature: builder.add_bytes_field("signature", FAST),
            has: builder.add_text_field("has", STRING),
        };
        (builder.build(), fields)
    }
}

/// How the engine lays out the index.
pub(crate) fn settings() -> IndexSettings {
    let order = IndexSortByField { field: ORDER.to_owned(), order: Order::Desc };
    IndexSettings {
        sort_by_field: Some(order),
        docstore_compression: Compressor::None,
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    }
}

/// A field of words of which is kept where they stand.
fn words(builder: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
    text(builder, name, tokenizer, IndexRecordOption::WithFreqsAndPositions)
}

/// A field of words of which is kept how often they stand there.
fn counted(builder: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
    text(builder, name, tokenizer, IndexRecordOption::WithFreqs)
}

fn text(
    builder: &mut SchemaBuilder,
    name: &str,
    tokenizer: &str,
    option: IndexRecordOption,
) -> Field {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
