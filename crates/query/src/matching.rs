//! Every article that matches a query, segment by segment: what counts, facets, timelines and all that looks at a whole result go through.
//!
//! Unscored and in the order of the index; the columns of a segment are the visitor's to open. Deleted articles are passed over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline_article::ArticleId;
use dateline_schema::{Copies, Fields};
use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};

use crate::columns::OpenColumns;
use crate::engine::Error;
use crate::note::Note;

/// The articles that match a query.
pub(crate) struct Matching<'a> {
    searcher: &'a Searcher,
    weight: Box<dyn Weight>,
    /// The field of ids.
    id: Field,
    columns: OpenColumns,
    /// The clusters of copies; `None` where each article stands by itself.
    copies: Option<&'a Copies>,
    notes: Vec<Note>,
    /// Set when an article had more matches than were looked at.
    cut: Arc<AtomicBool>,
}

impl<'a> Matching<'a> {
    /// The articles that `query` selects; `copies` where those of a cluster are to be told apart from others.
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: &Fields,
        columns: &OpenColumns,
        query: &dyn Query,
        copies: Option<&'a Copies>,
    ) -> Result<Self, Error> {
        Ok(Self {
            searcher,
            weight: query.weight(EnableScoring::disabled_from_searcher(searcher))?,
            id: fields.id,
            columns: columns.clone(),
            copies: copies.filter(|copies| !copies.is_empty()),
            notes: Vec::new(),
            cut: Arc::default(),
        })
    }

    /// With what reading the query has noted, and the flag that running it sets.
    pub(crate) fn with_notes(self, notes: Vec<Note>, cut: Arc<AtomicBool>) -> Self {
        Self { notes, cut, ..self }
    }

    /// The segments of the index.
    pub(crate) fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let readers = self.searcher.segment_readers().iter();
        readers.zip(0..).map(|(reader, ordinal)| Segment { matching: self, reader, ordinal })
    }

    /// Number of articles, a cluster counted once.
    pub(crate) fn count(&self) -> Result<u64, Error> {
        let mut count = 0;
        if self.copies.is_none() {
            for segment in self.segments() {
                count += u64::from(self.weight.count(segment.reader)?);
            }
            return Ok(count);
        }
        let mut clusters = FxHashSet::default();
        for segment in self.segments() {
            segment.each(&mut |_, cluster| {
                count += u64::from(cluster.is_none_or(|cluster| clusters.insert(cluster)));
            })?;
        }
        Ok(count)
    }

    /// How the query was read and run; to be asked for when all is visited.
    pub(crate) fn notes(mut self) -> Vec<Note> {
        if self.cut.load(Ordering::Relaxed) {
            self.notes.push(Note::Cut);
        }
        self.notes
    }
}

/// The matching articles of one segment.
pub(crate) struct Segment<'a> {
    matching: &'a Matching<'a>,
    /// The segment, for its columns.
    pub(crate) reader: &'a SegmentReader,
    /// Its number among the searcher's.
    pub(crate) ordinal: SegmentOrdinal,
}

impl Segment<'_> {
    /// Calls `visit` with each article, ascending, and the cluster of copies that it belongs to; `None` where it stands by itself.
    pub(crate) fn each(
        &self,
        visit: &mut dyn FnMut(DocId, Option<ArticleId>),
    ) -> Result<(), Error> {
        let alive = self.reader.alive_bitset();
        let clusters = match self.matching.copies {
            Some(copies) => {
                Some((copies, self.matching.columns.u64(self.reader, self.matching.id)?))
            }
            None => None,
        };
        let cluster = |doc| {
            let (copies, ids): &(&Copies, Column<u64>) = clusters.as_ref()?;
            copies.first_of(ArticleId::from_u64(ids.first(doc)?))
        };
        self.matching.weight.for_each_no_score(self.reader, &mut |docs| {
            for doc in docs.iter().filter(|doc| alive.is_none_or(|alive| alive.is_alive(**doc))) {
                visit(*doc, cluster(*doc));
            }
        })?;
        Ok(())
    }
}

/// The articles of a result, a cluster of copies as one, to count them and to ask for another article whether it is one of them.
#[derive(Default)]
pub(crate) struct Units {
    /// Articles that stand by themselves, ascending, by segment.
    segments: Vec<Vec<DocId>>,
    clusters: FxHashSet<ArticleId>,
    single: u64,
    shared: u64,
}

impl Units {
    /// Takes an article in; `shared` where it is one of another result too. `docs` are those of the segment so far.
    pub(crate) fn take(
        &mut self,
        doc: DocId,
        cluster: Option<ArticleId>,
        shared: bool,
        docs: &mut Vec<DocId>,
    ) {
        let is_new = if let Some(cluster) = cluster {
            self.clusters.insert(cluster)
        } else {
            docs.push(doc);
            self.single += 1;
            true
        };
        self.shared += u64::from(is_new && shared);
    }

    /// Ends a segment; they come in the searcher's order.
    pub(crate) fn close(&mut self, docs: Vec<DocId>) {
        self.segments.push(docs);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> u64 {
        self.single + self.clusters.len() as u64
    }

    /// How many of them are of the other result too.
    pub(crate) fn shared(&self) -> u64 {
        self.shared
    }

    /// Those of a segment, to be asked for in ascending order.
    pub(crate) fn in_segment(&self, ordinal: SegmentOrdinal) -> Known<'_> {
        let docs = self.segments.get(ordinal as usize).map(Vec::as_slice).unwrap_or_default();
        Known { docs, clusters: &self.clusters }
    }
}

/// The articles of a result in one segment.
pub(crate) struct Known<'a> {
    docs: &'a [DocId],
    clusters: &'a FxHashSet<ArticleId>,
}

impl Known<'_> {
    /// Whether an article, or its cluster, is one of them; articles must be asked for in ascending order.
    pub(crate) fn has(&mut self, doc: DocId, cluster: Option<ArticleId>) -> bool {
        if let Some(cluster) = cluster {
            return self.clusters.contains(&cluster);
        }
        while let [first, rest @ ..] = self.docs {
            if *first >= doc {
                return *first == doc;
            }
            self.docs = rest;
        }
        false
    }
}
