//! What an article is about among those it names: a bonus where the query names its main person, organisation or place.
//!
//! How much an article dwells on an entity stands in the index ([`dateline_schema::salience`]).

use std::sync::Arc;

use dateline_schema::salience::MENTION;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::live::Live;
use super::{Mentions, Shape};
use crate::columns::OpenColumns;
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
        let mut scorer = AboutScorer { kinds, places, rarity, doc: 0, entities: Vec::new() };
        scorer.doc = scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("what it is about", if found { scorer.score() } else { 0.0 }))
    }
}

struct AboutScorer {
    kinds: Vec<Asked>,
    places: Column<u64>,
    rarity: f32,
    doc: DocId,
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

impl AboutScorer {
    /// The first article from `target` on that names one of them.
    fn find(&mut self, target: DocId) -> DocId {
        self.kinds.iter_mut().map(|kind| kind.live.seek(target)).min().unwrap_or(TERMINATED)
    }
}

impl DocSet for AboutScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.find(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.find(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let all: u64 = self.kinds.iter().map(|kind| kind.live.cost()).sum();
        u32::try_from(all).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.kinds.iter().map(|kind| kind.live.cost()).sum::<u64>().saturating_mul(4)
    }
}

impl Scorer for AboutScorer {
    fn score(&mut self) -> Score {
        let mut best = 0.0_f32;
        for kind in &mut self.kinds {
            kind.live.entities(self.doc, Some(&self.places), &mut self.entities);
            if !self.entities.is_empty() {
                best = best.max(kind.aboutness(self.doc, &self.entities));
            }
        }
        self.rarity * best
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
