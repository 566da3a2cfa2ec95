//! What words in sequence add in title and lead, told from the places where they were found in the article.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;
use tantivy::schema::Field;
use tantivy::{DocId, Score, SegmentReader};

use crate::nearness::join::{Match, Part, lies_in};
use crate::nearness::{Columns, Lead};

/// A part of an article where a sequence adds once more.
#[derive(Clone, Debug)]
pub(crate) struct AddedPart {
    pub(crate) part: Part,
    /// Field by whose length the score is normed.
    pub(crate) norm: Field,
    pub(crate) weight: Score,
    pub(crate) columns: Columns,
}

/// The same over one segment.
pub(super) struct InPart {
    part: Part,
    norms: FieldNormReader,
    similarity: Bm25Weight,
    /// Of the lead alone.
    lead: Option<Lead>,
}

impl InPart {
    pub(super) fn open(
        reader: &SegmentReader,
        added: &AddedPart,
        similarity: Bm25Weight,
    ) -> tantivy::Result<Self> {
        let lead = match added.part {
            Part::Lead => Some(Lead::open(reader, &added.columns)?),
            _ => None,
        };
        let norms = reader.get_fieldnorms_reader(added.norm)?;
        Ok(Self { part: added.part, norms, similarity, lead })
    }

    /// What a sequence adds that ends at `ends` in an article and is so many positions long.
    pub(super) fn score(&self, doc: DocId, ends: &[u32], length: u32) -> Score {
        let lead = self.lead.as_ref().map_or(0..0, |lead| lead.of(doc));
        let is_in =
            |end: &&u32| lies_in(self.part, &lead, &Match::one(end.saturating_sub(length), **end));
        match u32::try_from(ends.iter().filter(is_in).count()) {
            Ok(count) if count > 0 => self.similarity.score(self.norms.fieldnorm_id(doc), count),
            _ => 0.0,
        }
    }
}
