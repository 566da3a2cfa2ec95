//! What an article is about among those it names: a bonus where the query names its main person, organisation or place.
//!
//! How often a name stands in an article, and whether it stands in title and lead, are the strongest signs that the article is about its bearer
//! (Dunietz and Gillick, A New Entity Salience Task with Millions of Training Examples, EACL 2014).

use std::collections::BTreeMap;
use std::sync::Arc;

use dateline_schema::{MentionAt, MentionKind};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::join::{Match, Part};
use super::live::{Ground, Live};
use super::{Columns, Mentions, Shape};
use crate::rank;

/// What a part of the query names.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The entities it can mean, by their kinds.
    pub(crate) named: Vec<Mentions>,
    /// The rarity of its words.
    pub(crate) rarity: f32,
    pub(crate) columns: Columns,
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
        let mut kinds = Vec::with_capacity(self.0.named.len());
        for mentions in &self.0.named {
            let live = Live::open(reader, &Shape::Mentions(mentions.clone()))?;
            kinds.push((mentions.kind, live));
        }
        let mut scorer = AboutScorer {
            kinds,
            ground: Ground::open(reader, Some(&self.0.columns))?,
            rarity: self.0.rarity * boost,
            doc: 0,
            matches: Vec::new(),
        };
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
    kinds: Vec<(MentionKind, Live)>,
    ground: Ground,
    rarity: f32,
    doc: DocId,
    matches: Vec<Match>,
}

impl AboutScorer {
    /// The first article from `target` on that names one of them.
    fn find(&mut self, target: DocId) -> DocId {
        self.kinds.iter_mut().map(|(_, live)| live.seek(target)).min().unwrap_or(TERMINATED)
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
        let all: u64 = self.kinds.iter().map(|(_, live)| live.cost()).sum();
        u32::try_from(all).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.kinds.iter().map(|(_, live)| live.cost()).sum::<u64>().saturating_mul(4)
    }
}

impl Scorer for AboutScorer {
    fn score(&mut self) -> Score {
        self.ground.enter(self.doc);
        let mut best = 0.0_f32;
        for (kind, live) in &mut self.kinds {
            if live.seek(self.doc) != self.doc {
                continue;
            }
            live.matches(&mut self.ground, &mut self.matches);
            let is_meant = |mention: &MentionAt| {
                self.matches
                    .iter()
                    .any(|found| (found.start, found.end) == (mention.start, mention.end))
            };
            let mut entities: BTreeMap<u32, f32> = BTreeMap::new();
            let mut meant = 0.0;
            let mentions: Vec<MentionAt> = self.ground.mentions(*kind).collect();
            let borders = self.ground.borders();
            for mention in mentions {
                let place = Match::one(mention.start, mention.end);
                let weight = if borders.lies_in(Part::Title, &place) {
                    1.0 + rank::TITLE_WEIGHT
                } else if borders.lies_in(Part::Lead, &place) {
                    1.0 + rank::LEAD_WEIGHT
                } else {
                    1.0
                };
                *entities.entry(mention.entity).or_default() += weight;
                if is_meant(&mention) {
                    meant += weight;
                }
            }
            let most = entities.into_values().fold(0.0, f32::max);
            best = best.max(rank::aboutness(meant, most));
        }
        self.rarity * best
    }
}
