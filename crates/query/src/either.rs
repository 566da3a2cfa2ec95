//! Articles that any of a few queries selects, none of them read ahead.
//!
//! The engine's own union fills a buffer with thousands of articles of each at once, with positions where they are words in order. Beside a rare word, a few of
//! them are asked for.

use tantivy::query::{EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SeekDangerResult, SegmentReader, TERMINATED};

use crate::added::Add;
use crate::lower::Boxed;
use crate::matcher::{self, Matcher};

/// Articles of any of `queries`, with the scores of all added up; those that select nothing are left out.
pub(crate) fn either(mut queries: Vec<Boxed>) -> Boxed {
    queries.retain(|query| !query.is::<EmptyQuery>());
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(EitherQuery(queries)),
    }
}

/// Articles that any of these queries selects.
#[derive(Debug)]
pub(crate) struct EitherQuery(pub(crate) Vec<Boxed>);

impl Clone for EitherQuery {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for EitherQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|query| query.weight(scoring));
        Ok(Box::new(EitherWeight(weights.collect::<Result<_, _>>()?)))
    }
}

struct EitherWeight(Vec<Box<dyn Weight>>);

impl EitherWeight {
    /// All at the articles from `target` on; none where no article has any.
    fn open(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<Option<Either>> {
        let mut asked = Vec::with_capacity(self.0.len());
        for weight in &self.0 {
            asked.extend(Add::open(&**weight, reader, target, boost)?);
        }
        Ok((!asked.is_empty()).then_some(Either(asked)))
    }
}

impl Weight for EitherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(matcher::at_first(self.open(reader, 0, boost)?))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        Ok(matcher::at(self.open(reader, target, boost)?, target))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        matcher::explained(self, "any of several", reader, doc)
    }
}

struct Either(Vec<Add>);

impl Matcher for Either {
    fn candidate(&mut self, target: DocId) -> DocId {
        let firsts = self.0.iter_mut().map(|asked| asked.at_least(target));
        firsts.min().unwrap_or(TERMINATED)
    }

    fn matches(&mut self, doc: DocId) -> bool {
        self.0.iter_mut().any(|asked| asked.has(doc))
    }

    fn score(&mut self, doc: DocId) -> Score {
        self.0.iter_mut().map(|asked| asked.score(doc)).sum()
    }

    fn size_hint(&self) -> u32 {
        self.0.iter().map(Add::size_hint).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.0.iter().map(Add::cost).fold(0, u64::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::Term;
    use tantivy::query::TermQuery;
    use tantivy::schema::{IndexRecordOption, TEXT};

    use super::*;
    use crate::positions::{PositionQuery, Sequence, Slot, Step};
    use crate::test_index;

    #[test]
    fn the_same_articles_sought_in_any_way() {
        let texts = (0..2_000_u32).map(|n| {
            let words = [(3, "jana"), (5, "eva"), (7, "novak"), (2, "jana"), (41, "rare")];
            let words = words.iter().filter(|(every, _)| n % every == 0).map(|(_, word)| *word);
            words.collect::<Vec<_>>().join(" ")
        });
        let (searcher, text) = test_index::of_texts(TEXT, texts);
        let term = |word: &str| Term::from_field_text(text, word);
        let word =
            |word| Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)) as Boxed;
        let name = |words: &[&str]| {
            let slots = (0..).zip(words);
            let slots = slots.map(|(offset, word)| Slot { offset, terms: vec![term(word)] });
            let (slots, step) = (slots.collect(), Step::Within(2));
            Box::new(PositionQuery(Arc::new(Sequence {
                slots,
                step,
                from: 0,
                field: text,
                added: Vec::new(),
            }))) as Boxed
        };
        let check = |queries: Vec<Boxed>, is_found: fn(u32) -> bool| {
            let expected: Vec<DocId> = (0..2_000).filter(|n| is_found(*n)).collect();
            assert!(!expected.is_empty());
            let unscored = EnableScoring::disabled_from_searcher(&searcher);
            let weight = either(queries).weight(unscored).unwrap();
            let reader = searcher.segment_reader(0);
            let mut scorer = weight.scorer(reader, 1.0).unwrap();
            let mut walked = Vec::new();
            while scorer.doc() != TERMINATED {
                walked.push(scorer.doc());
                scorer.advance();
            }
            assert_eq!(walked, expected);
            for step in [1, 3, 64] {
                let mut sought = weight.scorer(reader, 1.0).unwrap();
                let mut add = Add::open(&*weight, reader, 0, 1.0).unwrap().unwrap();
                for target in (0..2_000).step_by(step) {
                    let first = expected.iter().copied().find(|doc| *doc >= target);
                    assert_eq!(sought.seek(target), first.unwrap_or(TERMINATED), "{target}");
                    assert_eq!(add.has(target), first == Some(target), "{target}");
                    let bound = add.at_least(target);
                    assert!(bound >= target && bound <= first.unwrap_or(TERMINATED), "{target}");
                }
            }
        };
        check(vec![name(&["eva", "jana"])], |n| n % 10 == 0);
        check(vec![name(&["novak", "jana"])], |n| n % 14 == 0);
        check(vec![word("rare"), name(&["novak", "jana"])], |n| n % 41 == 0 || n % 14 == 0);
        check(vec![word("rare"), Box::new(EmptyQuery), word("eva")], |n| n % 41 == 0 || n % 5 == 0);
    }
}
