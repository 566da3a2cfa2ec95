//! What an article is about among those it names: a bonus where the query names its main person, organisation or place.
//!
//! How much an article dwells on an entity stands in the index ([`dateline_schema::salience`]).

use std::sync::Arc;

use dateline_schema::salience::MENTION;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::live::Live;
use super::{Mentions, Shape};
use crate::columns::OpenColumns;
use crate::matcher::{self, Matcher};
use crate::rank;

/// What a part of the query names.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The entities it can mean, by their kinds.
    pub(crate) named: Vec<Named>,
    /// The rarity of its words.
    pub(crate) rarity: f32,
    /// The field of the places that an article names.
    pub(crate) places: Field,
    pub(crate) columns: OpenColumns,
}

/// Entities of one kind, and the field of how much an article dwells on each.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) mentions: Mentions,
    pub(crate) salience: Field,
}

/// The query for an [`About`]: articles that name one of the entities, scored by how much they are about it.
#[derive(Clone, Debug)]
pub(crate) struct AboutQuery(pub(crate) Arc<About>);

impl Query for AboutQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AboutWeight(self.0.clone())))
    }
}

impl AboutQuery {
    /// The most that it can score.
    pub(crate) fn most(&self) -> Score {
        self.0.rarity
    }
}

struct AboutWeight(Arc<About>);

impl Weight for AboutWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let About { named, rarity, places, columns } = &*self.0;
        let mut kinds = Vec::with_capacity(named.len());
        for Named { mentions, salience } in named {
            kinds.push(Asked {
                live: Live::open(reader, &Shape::Mentions(mentions.clone()))?,
                salience: columns.u64(reader, *salience)?,
            });
        }
        let places = columns.u64(reader, *places)?;
        let rarity = rarity * boost;
        let naming = Naming { kinds, places, rarity, entities: Vec::new() };
        Ok(matcher::at_first(Some(naming)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        matcher::explained(self, "what it is about", reader, doc)
    }
}

struct Naming {
    kinds: Vec<Asked>,
    places: Column<u64>,
    rarity: f32,
    /// Filled anew for every article.
    entities: Vec<u32>,
}

/// Entities of one kind.
struct Asked {
    live: Live,
    salience: Column<u64>,
}

impl Asked {
    /// How much article `doc` is about those of these numbers, 0 to 1.
    fn aboutness(&self, doc: DocId, entities: &[u32]) -> f32 {
        let counts = self.salience.index.value_row_ids(doc);
        let count = |at: u32| {
            let row = counts.start.saturating_add(at);
            if row < counts.end { self.salience.values.get_val(row) } else { 0 }
        };
        let of_these: u64 = entities.iter().map(|entity| count(entity.saturating_add(1))).sum();
        let mentions = |count: u64| count as f32 / MENTION as f32;
        rank::aboutness(mentions(of_these), mentions(count(0)))
    }
}

impl Naming {
    fn all(&self) -> u64 {
        self.kinds.iter().map(|kind| kind.live.cost()).sum()
    }
}

impl Matcher for Naming {
    fn candidate(&mut self, target: DocId) -> DocId {
        self.kinds.iter_mut().map(|kind| kind.live.seek(target)).min().unwrap_or(TERMINATED)
    }

    /// One of whose name it has only the words adds nothing.
    fn matches(&mut self, _: DocId) -> bool {
        true
    }

    fn score(&mut self, doc: DocId) -> Score {
        let mut best = 0.0_f32;
        for kind in &mut self.kinds {
            kind.live.entities(doc, Some(&self.places), &mut self.entities);
            if !self.entities.is_empty() {
                best = best.max(kind.aboutness(doc, &self.entities));
            }
        }
        self.rarity * best
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.all()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.all().saturating_mul(4)
    }
}

#[cfg(test)]
mod tests {
    use dateline_schema::salience::{MENTION, MENTION_IN_LEAD, MENTION_IN_TITLE};

    use crate::rank::{LEAD_WEIGHT, TITLE_WEIGHT};

    #[test]
    fn mentions_in_title_and_lead_weigh_what_words_there_do() {
        let check = |count: u64, weight: f32| {
            assert!((count as f32 / MENTION as f32 - weight).abs() < 1e-6, "{count}");
        };
        check(MENTION_IN_TITLE, 1.0 + TITLE_WEIGHT);
        check(MENTION_IN_LEAD, 1.0 + LEAD_WEIGHT);
    }
}
