//! What can be asked of an index and what comes back, whatever holds the index.

use dateline_article::{ArticleId, Date, Language, Record, Span, Timestamp};

use crate::collocates::{Collocates, Collocation};
use crate::concordance::{Concordance, Lines};
use crate::duplicates::{Cluster, Clustered, Clusters};
use crate::events::{Events, EventsRequest};
use crate::explain::Part;
use crate::facets::{FacetRequest, Facets};
use crate::fault::Fault;
use crate::note::Note;
use crate::parse::Parsed;
use crate::related::{Related, Relations};
use crate::timeline::{Timeline, TimelineRequest};

/// An index that can be searched.
pub trait Engine {
    /// The best articles, in a total order: by score (or day), then newest, then id.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] and [`Error::Filter`] for what cannot be asked, others where the index cannot be read.
    fn search(&self, request: &Request) -> Result<Response, Error>;

    /// The exact number of articles; never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn count(&self, request: &Request) -> Result<u64, Error>;

    /// One article whole; `None` where the index has none of that id.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn article(&self, id: ArticleId) -> Result<Option<Record>, Error>;

    /// How many of the articles that match have each person, place, source …; exact, never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn facets(&self, request: &FacetRequest) -> Result<Facets, Error>;

    /// How many of the articles that match fall into each period; exact, never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`], and [`Error::TooManyPeriods`].
    fn timeline(&self, request: &TimelineRequest) -> Result<Timeline, Error>;

    /// The clusters of copies; never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn clusters(&self, wanted: &Clusters) -> Result<Clustered, Error>;

    /// The cluster that an article belongs to; `None` where it has no copy or the index has none of that id.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn cluster(&self, id: ArticleId) -> Result<Option<Cluster>, Error>;

    /// What the query asks for, where it stands: a line a match, as [`Engine::search`] marks it; never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn concordance(&self, wanted: &Concordance) -> Result<Lines, Error>;

    /// The words and names beside the matches; never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn collocates(&self, wanted: &Collocation) -> Result<Collocates, Error>;

    /// The articles that tell of the same event as one; `None` where the index has none of that id.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn related(&self, request: &Related) -> Result<Option<Relations>, Error>;

    /// The events that the articles that match tell of; never relaxed.
    ///
    /// # Errors
    ///
    /// As [`Engine::search`].
    fn events(&self, request: &EventsRequest) -> Result<Events, Error>;

    /// What the index holds.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn stats(&self) -> Result<Stats, Error>;
}

/// A search.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query; one with faults is refused.
    pub query: Parsed,
    /// Hits wanted.
    pub limit: usize,
    /// Hits passed over before them.
    pub offset: usize,
    /// Their order.
    pub sort: Sort,
    /// Whether recent articles are favoured where hits are ordered by relevance.
    pub recency: Option<Recency>,
    /// What else an article must be.
    pub filters: Filters,
    /// What an article must have of the plain words.
    pub require: Require,
    /// How much comes back.
    pub mode: Mode,
    /// What becomes of copies.
    pub copies: CopyMode,
    /// Characters in the longest snippet.
    pub snippet_chars: usize,
    /// Whether hits tell what their scores are made of.
    pub explain: Explain,
    /// Whether words of the best articles help to order the others.
    pub expand: Expand,
}

impl Request {
    /// The ten best articles for `query`, with snippets.
    pub fn new(query: Parsed) -> Self {
        Self {
            query,
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            recency: None,
            filters: Filters::default(),
            require: Require::All,
            mode: Mode::Page,
            copies: CopyMode::Folded,
            snippet_chars: 280,
            explain: Explain::Nothing,
            expand: Expand::Nothing,
        }
    }
}

/// How recent articles are favoured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recency {
    /// The day from which ages are counted.
    pub today: Date,
    /// Days after which half of a score is left.
    pub half_life_days: std::num::NonZeroU16,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; those without a date last.
    Newest,
    /// Oldest first; those without a date last.
    Oldest,
}

/// What an article must have of the plain words of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Require {
    /// All; where no article has all, any, those with more of them first.
    #[default]
    All,
    /// All.
    Strict,
    /// Any: a word that is missing costs nothing but its score.
    Any,
}

/// How much of a hit comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The whole hit, with its snippet.
    #[default]
    Page,
    /// Id and score alone, in the order of the whole hits.
    Ids,
    /// Id and score alone, by BM25 over one field of words as they are written: what an engine without news features does.
    Plain,
}

/// Whether hits tell what their scores are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Explain {
    /// Their scores alone.
    #[default]
    Nothing,
    /// The parts too.
    Scores,
}

/// Whether words are added to a query for the order of its results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expand {
    /// The query's own words alone.
    #[default]
    Nothing,
    /// Words of the articles that it finds first, as far as these agree.
    FromBest,
}

/// What becomes of articles that are copies of one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopyMode {
    /// They stand as one, their first that matches.
    #[default]
    Folded,
    /// Each stands by itself.
    All,
}

/// What an article must be beside matching the query: one of each list that is not empty.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Appeared on this day or later.
    pub from: Option<Date>,
    /// Appeared on this day or earlier.
    pub to: Option<Date>,
    /// Names of people, as `person:` takes them.
    pub people: Vec<String>,
    /// Places, as `place:` takes them.
    pub places: Vec<String>,
    /// Names of organisations.
    pub organisations: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// Sections.
    pub sections: Vec<String>,
    /// Language codes.
    pub languages: Vec<String>,
    /// Label of the corpus root.
    pub root: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// How the query was read and run.
    pub notes: Vec<Note>,
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among all, from 1.
    pub rank: usize,
    /// Its score; 0 where results are ordered by day.
    pub score: f32,
    /// Its id.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// When it appeared.
    pub published: Option<Timestamp>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// Language.
    pub language: Option<Language>,
    /// Path below the corpus root.
    pub path: String,
    /// Identifier inside its file.
    pub part: String,
    /// Web address.
    pub url: Option<String>,
    /// Its best passage, plain text on one line.
    pub snippet: String,
    /// Bytes of the snippet that match, ascending, apart from each other.
    pub highlights: Vec<Span>,
    /// Names of people, most mentioned first.
    pub people: Vec<String>,
    /// Names of places, most mentioned first.
    pub places: Vec<String>,
    /// Names of organisations, most mentioned first.
    pub organisations: Vec<String>,
    /// Other articles folded into this one, where copies are folded.
    pub copies: Option<u32>,
    /// The parts of the score, which are its sum up to rounding, where they are asked for.
    pub explain: Vec<Part>,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Source files that they come from.
    pub files: u64,
    /// Day of the oldest article.
    pub first: Option<Date>,
    /// Day of the newest article.
    pub last: Option<Date>,
    /// Articles by language code; `und` where it is not known.
    pub languages: std::collections::BTreeMap<String, u64>,
    /// Articles by source; those without are not counted.
    pub sources: std::collections::BTreeMap<String, u64>,
    /// Different people named in them.
    pub people: u64,
    /// Different organisations named in them.
    pub organisations: u64,
    /// Different places named in them.
    pub places: u64,
    /// Bytes of the index's files.
    pub bytes: u64,
    /// Number of the state of the index: it changes with every commit.
    pub snapshot: u64,
}

/// Why a search fails.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query cannot be read or run; the first fault is the message, [`Fault::render`] shows each.
    #[error("{}", faults.first().map(ToString::to_string).unwrap_or_default())]
    Query {
        /// The query's text.
        text: String,
        /// What is wrong with it.
        faults: Vec<Fault>,
    },
    /// A filter's value cannot be used.
    #[error("cannot filter by {filter} `{value}`: {reason}")]
    Filter {
        /// The filter's name.
        filter: &'static str,
        /// Its value.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The index cannot be opened.
    #[error(transparent)]
    Open(#[from] dateline_schema::Error),
    /// The index cannot be read.
    #[error("cannot read the index: {0}")]
    Read(#[from] tantivy::TantivyError),
    /// A timeline would have more periods than anyone looks at.
    #[error(
        "{periods} periods from {first} to {last} are too many: ask for longer ones, or for fewer days"
    )]
    TooManyPeriods {
        /// How many.
        periods: i64,
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// What the index stores of an article cannot be understood.
    #[error("cannot read article {id}: {source}")]
    Record {
        /// The article.
        id: ArticleId,
        /// Why not.
        source: dateline_schema::Unreadable,
    },
}
