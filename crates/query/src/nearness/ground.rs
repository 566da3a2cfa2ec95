//! What a shape asks of an article beside where its words stand: borders, capitals and mentions, from columns.

use std::ops::Range;

use dateline_schema::{Border, Capital, MentionAt, MentionKind, gaps};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::join::Borders;
use super::{Columns, Shape};
use crate::syntax::Within;

/// What is known of the present article beside its words, read when first asked for.
pub(super) struct Ground {
    pub(super) doc: DocId,
    columns: Option<Open>,
    /// Those of no article in particular, enough for distances in words.
    pub(super) bare: Borders,
    borders: Option<Borders>,
    capitals: Option<Vec<Capital>>,
    pub(super) cut: bool,
}

/// Where leads begin and end.
pub(crate) struct Lead([Column<u64>; 2]);

impl Lead {
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn open(reader: &SegmentReader, columns: &Columns) -> tantivy::Result<Self> {
        let [begins, ends] = columns.lead;
        Ok(Self([columns.open.u64(reader, begins)?, columns.open.u64(reader, ends)?]))
    }

    /// The positions of an article's lead; empty where it has none.
    pub(crate) fn of(&self, doc: DocId) -> Range<u32> {
        let [begins, ends] = self.0.each_ref().map(|column| {
            column.first(doc).and_then(|at| u32::try_from(at).ok()).unwrap_or_default()
        });
        begins..ends
    }
}

struct Open {
    borders: Column<u64>,
    lead: Lead,
    capitals: Column<u64>,
    mentions: Column<u64>,
    entities: Column<u64>,
    named_places: Column<u64>,
}

impl Ground {
    /// What `columns` tell of the articles of a segment, or those of a field of separate values where there are none. Columns are opened only where `shape`
    /// asks for more than positions of words: opening one reads the headers of all its blocks.
    pub(super) fn open(
        reader: &SegmentReader,
        columns: Option<&Columns>,
        shape: &Shape,
    ) -> tantivy::Result<Self> {
        let bare = match columns {
            Some(_) => Borders::of(std::iter::empty()),
            None => Borders::of_values(),
        };
        let columns = match columns.filter(|_| shape.needs_columns()) {
            Some(columns) => {
                let column = |field| columns.open.u64(reader, field);
                Some(Open {
                    borders: column(columns.borders)?,
                    lead: Lead::open(reader, columns)?,
                    capitals: column(columns.capitals)?,
                    mentions: column(columns.mentions)?,
                    entities: column(columns.entities)?,
                    named_places: column(columns.named_places)?,
                })
            }
            None => None,
        };
        Ok(Self { doc: 0, columns, bare, borders: None, capitals: None, cut: false })
    }

    /// Goes to another article.
    pub(super) fn enter(&mut self, doc: DocId) {
        self.doc = doc;
        self.borders = None;
        self.capitals = None;
        self.cut = false;
    }

    /// Whether there were more matches in the article than were looked at.
    pub(super) fn was_cut(&self) -> bool {
        self.cut
    }

    /// What a distance needs to know.
    pub(super) fn borders_for(&mut self, within: Within) -> &Borders {
        if matches!(within, Within::Words(_)) { &self.bare } else { self.borders() }
    }

    pub(super) fn borders(&mut self) -> &Borders {
        let Some(open) = &self.columns else { return &self.bare };
        let borders = gaps::borders(open.borders.values_for_doc(self.doc));
        self.borders.get_or_insert_with(|| {
            let lead = open.lead.of(self.doc);
            Borders::of(borders.chain([Border::LeadBegins(lead.start), Border::LeadEnds(lead.end)]))
        })
    }

    pub(super) fn capitals(&mut self) -> &[Capital] {
        let (columns, doc) = (&self.columns, self.doc);
        self.capitals.get_or_insert_with(|| {
            let numbers = columns.iter().flat_map(|open| open.capitals.values_for_doc(doc));
            gaps::capitals(numbers).collect()
        })
    }

    pub(super) fn mentions(&self, kind: MentionKind) -> impl Iterator<Item = MentionAt> + '_ {
        let all = self.columns.iter().flat_map(|open| {
            let [numbers, entities] =
                [&open.mentions, &open.entities].map(|column| column.values_for_doc(self.doc));
            gaps::mentions(numbers, entities)
        });
        all.filter(move |mention| mention.kind == kind)
    }

    pub(super) fn named_places(&self) -> Option<&Column<u64>> {
        self.columns.as_ref().map(|open| &open.named_places)
    }
}
