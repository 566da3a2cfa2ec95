//! The engine over an index on this machine's disk, or in memory.
//!
//! Nothing is done at the start that grows with the index; only the articles of the page that is asked for are read.

mod articles;
mod collocates;
mod concordance;
mod duplicates;
mod expansion;
mod filters;
mod hits;
mod mentions;
mod parts;
mod prepare;
#[cfg(test)]
mod pruning_tests;
mod stats;

use std::path::Path;

use dateline_article::{ArticleId, Language, Record};
use dateline_schema::{Copies, Fields, Opened};
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use tantivy::query::Query;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use self::prepare::{Prepared, Relaxed};
use crate::collect::{Found, Top};
use crate::collocates::{Collocates, Collocation};
use crate::columns::OpenColumns;
use crate::concordance::{Concordance, Lines};
use crate::duplicates::{Cluster, Clustered, Clusters};
use crate::engine::{
    CopyMode, Engine, Error, Expand, Explain, Mode, Request, Require, Response, Sort, Stats,
};
use crate::events::{Events, EventsRequest};
use crate::facets::{FacetRequest, Facets};
use crate::fold::{ClusterFile, Folding, Shown};
use crate::impacts::OpenLists;
use crate::lengths::Lengths;
use crate::lower::{Scores, nearest_word};
use crate::matching::Matching;
use crate::note::Note;
use crate::one_term::OneTerm;
use crate::pruned::PrunedQuery;
use crate::rank::Statistics;
use crate::related::{Related, Relations};
use crate::snippet::Marker;
use crate::terms::{Terms, WordCounts, addresses};
use crate::time::When;
use crate::timeline::{Timeline, TimelineRequest};

/// An index that is open for searching; it sees the state of the moment at which it was opened.
#[derive(Clone)]
pub struct LocalEngine {
    opened: Opened,
    reader: IndexReader,
    /// Number of the commit.
    snapshot: u64,
    languages: Vec<Option<Language>>,
    copies: ClusterFile,
    columns: OpenColumns,
    lengths: Lengths,
    lists: OpenLists,
    pub(crate) counts: WordCounts,
}

impl std::fmt::Debug for LocalEngine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("LocalEngine")
            .field("directory", &self.opened.directory)
            .finish_non_exhaustive()
    }
}

impl LocalEngine {
    /// Opens the index in `directory`.
    ///
    /// # Errors
    ///
    /// [`Error::Open`] where there is none, or of another version; [`Error::Read`] where it is damaged.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        dateline_schema::settled(
            || {
                let engine = Self::new(dateline_schema::open(directory)?)?;
                engine.opened.check_current()?;
                Ok(engine)
            },
            |error| {
                use dateline_schema::Error::Replaced;
                matches!(error, Error::Read(_) | Error::Open(Replaced { .. }))
            },
        )
    }

    /// Searches an index that is open already.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] where it is damaged.
    pub fn new(opened: Opened) -> Result<Self, Error> {
        let builder =
            || opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let mut commit = opened.commit()?;
        let mut reader: IndexReader = builder()?;
        // Both are of one commit, even where a run makes one in between.
        loop {
            let later = opened.commit()?;
            if later == commit {
                break;
            }
            (commit, reader) = (later, builder()?);
        }
        let copies = ClusterFile::new(&opened.directory, commit.payload);
        let snapshot = commit.opstamp;
        let (columns, lengths, lists) =
            (OpenColumns::default(), Lengths::default(), OpenLists::default());
        let languages = Vec::new();
        let counts = WordCounts::default();
        let mut engine =
            Self { opened, reader, snapshot, languages, copies, columns, lengths, lists, counts };
        engine.languages = engine.languages_of_articles()?;
        Ok(engine)
    }

    /// The clusters of copies.
    pub(crate) fn copies(&self) -> &Copies {
        self.copies.get()
    }

    /// Articles that appeared in the days of `when`.
    pub(crate) fn published_on(&self, searcher: &Searcher, when: &When) -> Box<dyn Query> {
        self.lowering(searcher, (Mode::Ids, Scores::DoNotCount), &self.languages).published(when)
    }

    /// The index as it was when it was opened.
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Its fields.
    pub(crate) fn fields(&self) -> &Fields {
        &self.opened.fields
    }

    /// Its columns.
    pub(crate) fn columns(&self) -> &OpenColumns {
        &self.columns
    }

    /// Every article that matches; never relaxed.
    pub(crate) fn matching<'a>(
        &'a self,
        searcher: &'a Searcher,
        request: &Request,
    ) -> Result<Option<Matching<'a>>, Error> {
        let Some(prepared) = self.prepare(searcher, request, Scores::DoNotCount, Relaxed::No)?
        else {
            return Ok(None);
        };
        let copies = (request.copies == CopyMode::Folded).then(|| self.copies.get());
        let matching =
            Matching::new(searcher, &self.opened.fields, &self.columns, &*prepared.query, copies)?;
        let mut notes = request.query.notes.clone();
        notes.extend(prepared.notes);
        Ok(Some(matching.with_notes(notes, prepared.cut)))
    }

    fn folding<'a>(&'a self, searcher: &'a Searcher, prepared: &'a Prepared) -> Folding<'a> {
        Folding {
            searcher,
            fields: &self.opened.fields,
            columns: &self.columns,
            copies: self.copies.get(),
            query: &*prepared.query,
        }
    }

    /// The articles of the page and those before it, copies folded where that is asked.
    fn shown(
        &self,
        searcher: &Searcher,
        request: &Request,
        prepared: &Prepared,
    ) -> Result<Vec<Shown>, Error> {
        let limit = request.offset.saturating_add(request.limit);
        let fetch = |limit| self.top(searcher, request, prepared, limit);
        match request.copies {
            CopyMode::Folded => self.folding(searcher, prepared).top(limit, fetch),
            CopyMode::All => {
                let found = fetch(limit)?.into_iter();
                Ok(found.map(|found| Shown { found, copies: None }).collect())
            }
        }
    }

    /// What scores are made of.
    pub(crate) fn statistics(&self, searcher: &Searcher) -> Statistics {
        Statistics::new(searcher, &self.lengths, FxHashMap::default(), Terms::default())
    }

    fn top(
        &self,
        searcher: &Searcher,
        request: &Request,
        prepared: &Prepared,
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let limit = limit.min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
        let collector = Top {
            limit,
            sort: prepared.sort,
            recency: request.recency,
            fields: &self.opened.fields,
            columns: &self.columns,
        };
        let Prepared { query, ledger, statistics, .. } = prepared;
        if prepared.sort == Sort::Relevance
            && let Some(term) = OneTerm::of(&**query, ledger, searcher, statistics, &self.lists)?
        {
            return Ok(collector.of_term(searcher, &term)?);
        }
        let pruned = query.downcast_ref::<PrunedQuery>();
        let limit = collector.by_score();
        let limited = pruned.map(|pruned| PrunedQuery { limit, ..pruned.clone() });
        let query = limited.as_ref().map_or(&**query, |limited| limited);
        Ok(searcher.search_with_statistics_provider(query, &collector, statistics)?)
    }

    /// What may have been meant by words that are in no article.
    fn suggestions(&self, searcher: &Searcher, missing: &[String]) -> Result<Vec<Note>, Error> {
        const SHORTEST_LETTERS: usize = 4;
        const MOST_WORDS: usize = 4;
        let mut notes = Vec::new();
        for word in
            missing.iter().filter(|word| word.chars().count() >= SHORTEST_LETTERS).take(MOST_WORDS)
        {
            let field = self.opened.fields.all_exact;
            let nearest =
                nearest_word(searcher, field, word).map_err(tantivy::TantivyError::from)?;
            let note = |instead| Note::DidYouMean { word: word.clone(), instead };
            notes.extend(nearest.map(note));
        }
        Ok(notes)
    }

    /// Where an article lies.
    pub(crate) fn address(
        &self,
        searcher: &Searcher,
        id: ArticleId,
    ) -> Result<Option<DocAddress>, Error> {
        let term = Term::from_field_u64(self.opened.fields.id, id.as_u64());
        Ok(addresses(searcher, &term)?.first().copied())
    }

    /// What the index stores of an article.
    pub(crate) fn record(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        id: ArticleId,
    ) -> Result<Record, Error> {
        let mut record: Record = self.stored(searcher, address, id)?;
        record.places.iter_mut().for_each(dateline_gazetteer::fill_in);
        Ok(record)
    }

    /// As much of what the index stores of an article as is asked for.
    pub(crate) fn stored<T: DeserializeOwned>(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        id: ArticleId,
    ) -> Result<T, Error> {
        let document: TantivyDocument = searcher.doc(address)?;
        dateline_schema::stored(&document, &self.opened.fields)
            .map_err(|source| Error::Record { id, source })
    }
}

impl Engine for LocalEngine {
    fn search(&self, request: &Request) -> Result<Response, Error> {
        let searcher = self.reader.searcher();
        let mut notes = request.query.notes.clone();
        let scores = Scores::of(request.sort);
        let any = request.require == Require::Any;
        let first = if any { Relaxed::Yes } else { Relaxed::No };
        let mut prepared = self.prepare(&searcher, request, scores, first)?;
        if prepared.is_none() {
            prepared = self.prepare(&searcher, request, scores, Relaxed::No)?;
        }
        let Some(mut prepared) = prepared else { return Ok(Response { hits: Vec::new(), notes }) };
        let mut found = self.shown(&searcher, request, &prepared)?;
        let nothing = found.is_empty() && request.require == Require::All && request.limit > 0;
        if nothing && let Some(relaxed) = self.prepare(&searcher, request, scores, Relaxed::Yes)? {
            found = self.shown(&searcher, request, &relaxed)?;
            if !found.is_empty() {
                notes.push(Note::Relaxed);
                prepared = relaxed;
            }
        }
        notes.append(&mut prepared.notes);
        if request.mode == Mode::Page {
            notes.append(&mut self.suggestions(&searcher, &prepared.missing)?);
        }
        if prepared.cut.load(std::sync::atomic::Ordering::Relaxed) {
            notes.push(Note::Cut);
        }
        let marker = match (&request.query.tree, request.mode) {
            (Some(tree), Mode::Page) => Some(Marker::new(tree, &self.languages(&request.filters))),
            _ => None,
        };
        if request.expand == Expand::FromBest
            && request.sort == Sort::Relevance
            && !found.is_empty()
        {
            let note = self.expand(&searcher, request, &mut prepared, &found)?;
            notes.push(note);
            found = self.shown(&searcher, request, &prepared)?;
        }
        let explainer = match (request.explain, request.sort) {
            (Explain::Scores, Sort::Relevance) => {
                Some(prepared.ledger.weighed(&searcher, &prepared.statistics)?)
            }
            _ => None,
        };
        // Made in their place: a hit is large, and moving ten of them takes as long as finding a rare word.
        let page = found.get(request.offset..).unwrap_or_default();
        let mut hits = Vec::with_capacity(page.len());
        let ranked = page.iter().enumerate();
        hits.extend(ranked.map(|(n, shown)| hits::bare(shown, request.offset + n + 1)));
        for (hit, Shown { found, .. }) in hits.iter_mut().zip(page) {
            if let Some(marker) = &marker {
                self.fill(&searcher, hit, found, (marker, request.snippet_chars))?;
            }
            if let Some(explainer) = &explainer {
                hit.explain = self.parts(&searcher, request, explainer, found)?;
            }
        }
        Ok(Response { hits, notes })
    }

    fn count(&self, request: &Request) -> Result<u64, Error> {
        let searcher = self.reader.searcher();
        match self.matching(&searcher, request)? {
            Some(matching) => matching.count(),
            None => Ok(0),
        }
    }

    fn article(&self, id: ArticleId) -> Result<Option<Record>, Error> {
        let searcher = self.reader.searcher();
        let address = self.address(&searcher, id)?;
        address.map(|address| self.record(&searcher, address, id)).transpose()
    }

    fn related(&self, request: &Related) -> Result<Option<Relations>, Error> {
        self.relations(request)
    }

    fn events(&self, request: &EventsRequest) -> Result<Events, Error> {
        self.group(request)
    }

    fn facets(&self, request: &FacetRequest) -> Result<Facets, Error> {
        self.count_facets(request)
    }

    fn timeline(&self, request: &TimelineRequest) -> Result<Timeline, Error> {
        self.count_timeline(request)
    }

    fn clusters(&self, wanted: &Clusters) -> Result<Clustered, Error> {
        self.find_clusters(wanted)
    }

    fn cluster(&self, id: ArticleId) -> Result<Option<Cluster>, Error> {
        self.find_cluster(id)
    }

    fn concordance(&self, wanted: &Concordance) -> Result<Lines, Error> {
        self.find_lines(wanted)
    }

    fn collocates(&self, wanted: &Collocation) -> Result<Collocates, Error> {
        self.find_collocates(wanted)
    }

    fn stats(&self) -> Result<Stats, Error> {
        self.measure()
    }
}
