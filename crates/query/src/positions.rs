//! A query for words at certain places: phrases whose words have several forms, phrases in one part of a field, names in order.
//!
//! Exact by construction: an article matches when the words stand so, never by an approximation. Counting and scoring run the same code.

mod added;
mod cursor;

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::matcher::{self, Matcher};
use crate::rank;
pub(crate) use added::AddedPart;
use added::InPart;
pub(crate) use cursor::Cursor;

/// Words at their places.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    /// The words in order; never empty.
    pub(crate) slots: Vec<Slot>,
    /// How they follow each other.
    pub(crate) step: Step,
    /// Position of the first word that counts.
    pub(crate) from: u32,
    /// Field by whose length the score is normed.
    pub(crate) field: Field,
    /// Parts of the article where it adds once more.
    pub(crate) added: Vec<AddedPart>,
}

/// One place.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// Position from the first slot.
    pub(crate) offset: u32,
    /// What may stand there, in fields that share positions.
    pub(crate) terms: Vec<Term>,
}

/// How words follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Each at its offset.
    SideBySide,
    /// In order, each at most so many positions after the one before.
    Within(u32),
}

impl Step {
    /// How far at least and at most a word stands after the one before, whose offsets are so far apart.
    pub(crate) fn distances(self, offset: u32) -> (u32, u32) {
        match self {
            Self::SideBySide => (offset, offset),
            Self::Within(most) => (1, most),
        }
    }
}

/// The query for a [`Sequence`].
#[derive(Clone, Debug)]
pub(crate) struct PositionQuery(pub(crate) Arc<Sequence>);

impl Query for PositionQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(self.similarities(statistics_provider)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PositionWeight { sequence: self.0.clone(), similarity }))
    }
}

impl PositionQuery {
    /// The most that it can score.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn most(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Score> {
        let (whole, added) = self.similarities(statistics)?;
        Ok(rank::most(&whole) + added.iter().map(rank::most).sum::<Score>())
    }

    /// BM25 in the field, and in each part where it adds.
    fn similarities(
        &self,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<(Bm25Weight, Vec<Bm25Weight>)> {
        let added = self
            .0
            .added
            .iter()
            .map(|added| Ok(self.similarity(statistics, added.norm)?.boost_by(added.weight)));
        let added = added.collect::<tantivy::Result<_>>()?;
        Ok((self.similarity(statistics, self.0.field)?, added))
    }

    /// BM25 as of one word whose rarity is the sum of the slots', where lengths are those of a field.
    fn similarity(
        &self,
        statistics: &dyn Bm25StatisticsProvider,
        field: Field,
    ) -> tantivy::Result<Bm25Weight> {
        let articles = statistics.total_num_docs()?;
        let tokens = statistics.total_num_tokens(field)?;
        let mut frequencies = Vec::with_capacity(self.0.slots.len());
        for term in self.0.slots.iter().filter_map(|slot| slot.terms.first()) {
            frequencies.push(statistics.doc_freq(term)?.min(articles));
        }
        let rarity = |frequency| rank::rarity(frequency, articles);
        let first = frequencies.first().copied().unwrap_or_default();
        // A part that no article has is as long as any.
        let average = tokens.max(1) as f32 / articles.max(1) as f32;
        let one = Bm25Weight::for_one_term_without_explain(first, articles, average);
        let all: f32 = frequencies.iter().map(|frequency| rarity(*frequency)).sum();
        Ok(one.boost_by(all / rarity(first)))
    }
}

struct PositionWeight {
    sequence: Arc<Sequence>,
    /// In the field, and in the parts where it adds.
    similarity: Option<(Bm25Weight, Vec<Bm25Weight>)>,
}

impl PositionWeight {
    /// What tells of articles; none where a word is in no article.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<InSequence>> {
        let mut cursors = Vec::with_capacity(self.sequence.slots.len());
        for slot in &self.sequence.slots {
            match Cursor::open(reader, &slot.terms)? {
                Some(cursor) => cursors.push(cursor),
                None => return Ok(None),
            }
        }
        let norms = match &self.similarity {
            Some(_) => reader.fieldnorms_readers().get_field(self.sequence.field)?,
            None => None,
        };
        let mut added = Vec::new();
        for (part, similarity) in
            self.sequence.added.iter().zip(self.similarity.iter().flat_map(|(_, added)| added))
        {
            added.push(InPart::open(reader, part, similarity.boost_by(boost))?);
        }
        let similarity = self.similarity.as_ref().map(|(whole, _)| whole.boost_by(boost));
        let mut order: Vec<usize> = (0..cursors.len()).collect();
        order.sort_by_key(|slot| cursors.get(*slot).map_or(0, Cursor::cost));
        Ok(Some(InSequence {
            sequence: self.sequence.clone(),
            cursors,
            order,
            norms: norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)),
            similarity,
            added,
            ahead: 0,
            matches: 0,
            positions: Vec::new(),
            reached: Vec::new(),
            found: Vec::new(),
        }))
    }
}

impl Weight for PositionWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(matcher::at_first(self.open(reader, boost)?))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        Ok(matcher::at(self.open(reader, boost)?, target))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        matcher::explained(self, "words at their places", reader, doc)
    }
}

struct InSequence {
    sequence: Arc<Sequence>,
    cursors: Vec<Cursor>,
    /// Slots, the rarest first.
    order: Vec<usize>,
    norms: FieldNormReader,
    similarity: Option<Bm25Weight>,
    added: Vec<InPart>,
    /// No article before it, of those not asked for yet, has a word of every slot.
    ahead: DocId,
    /// How often the sequence stands in the present article.
    matches: u32,
    positions: Vec<u32>,
    reached: Vec<u32>,
    found: Vec<u32>,
}

impl InSequence {
    /// Whether every slot has a word in `doc`, where the rarest has one. Otherwise `ahead` is where the next that may match lies.
    fn align(&mut self, doc: DocId) -> bool {
        for slot in self.order.iter().skip(1) {
            if let Some(cursor) = self.cursors.get_mut(*slot) {
                let next = cursor.seek(doc);
                if next > doc {
                    self.ahead = next;
                    return false;
                }
            }
        }
        true
    }

    /// How often the sequence stands in the article where all cursors are. `reached` holds where the slot before was found.
    fn count_here(&mut self) -> u32 {
        self.reached.clear();
        for (n, slot) in self.sequence.slots.iter().enumerate() {
            let Some(cursor) = self.cursors.get_mut(n) else { return 0 };
            cursor.positions(&mut self.positions);
            if n == 0 {
                let from = self.sequence.from;
                self.reached.extend(self.positions.iter().filter(|position| **position >= from));
            } else {
                let before = self.sequence.slots.get(n - 1).map_or(0, |slot| slot.offset);
                let distances = self.sequence.step.distances(slot.offset - before);
                follow(&mut self.reached, &self.positions, distances, &mut self.found);
            }
            if self.reached.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.reached.len()).unwrap_or(u32::MAX)
    }
}

/// Replaces `reached` by those of `positions` that stand `least` to `most` after one of it. Both ascend; `found` is room that is used again.
pub(crate) fn follow(
    reached: &mut Vec<u32>,
    positions: &[u32],
    (least, most): (u32, u32),
    found: &mut Vec<u32>,
) {
    if let [before] = reached.as_slice() {
        // Most words of a name stand in an article once.
        let range = before.saturating_add(least)..=before.saturating_add(most);
        reached.clear();
        reached.extend(positions.iter().filter(|position| range.contains(position)));
        return;
    }
    found.clear();
    let mut from = 0;
    for position in positions {
        while reached.get(from).is_some_and(|before| before.saturating_add(most) < *position) {
            from += 1;
        }
        if reached.get(from).is_some_and(|before| before.saturating_add(least) <= *position) {
            found.push(*position);
        }
    }
    std::mem::swap(reached, found);
}

impl Matcher for InSequence {
    fn candidate(&mut self, target: DocId) -> DocId {
        // The others are sought when whoever asks comes to the rarest: beside another word, seldom.
        let target = target.max(self.ahead);
        let rarest = self.order.first().and_then(|slot| self.cursors.get_mut(*slot));
        rarest.map_or(TERMINATED, |cursor| cursor.seek(target))
    }

    fn matches(&mut self, doc: DocId) -> bool {
        self.matches = if self.align(doc) { self.count_here() } else { 0 };
        self.matches > 0
    }

    fn score(&mut self, doc: DocId) -> Score {
        let norm = self.norms.fieldnorm_id(doc);
        let Some(similarity) = &self.similarity else { return 1.0 };
        let length = self.sequence.slots.last().map_or(0, |slot| slot.offset);
        let added = self.added.iter().map(|part| part.score(doc, &self.reached, length));
        similarity.score(norm, self.matches) + added.sum::<Score>()
    }

    fn size_hint(&self) -> u32 {
        let rarest = self.order.first().and_then(|slot| self.cursors.get(*slot));
        rarest.map_or(0, |cursor| u32::try_from(cursor.cost()).unwrap_or(u32::MAX))
    }

    fn cost(&self) -> u64 {
        self.cursors.iter().map(Cursor::cost).sum::<u64>().saturating_mul(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_within_a_distance() {
        let check =
            |reached: &[u32], positions: &[u32], distances: (u32, u32), expected: &[u32]| {
                let mut found = reached.to_vec();
                follow(&mut found, positions, distances, &mut Vec::new());
                assert_eq!(found, expected, "{reached:?} {positions:?}");
            };
        check(&[1, 5, 9], &[2, 4, 6, 20], (1, 1), &[2, 6]);
        check(&[1, 5, 9], &[2, 4, 7, 12, 20], (1, 3), &[2, 4, 7, 12]);
        check(&[5], &[5], (1, 3), &[]);
        check(&[5], &[7], (3, 3), &[]);
        check(&[4, 5], &[7], (3, 3), &[7]);
        check(&[], &[1], (1, 1), &[]);
    }
}
