//! One scorer for all that is told article by article: where words stand, which of several queries has it, what an article is about.
//!
//! Walked through, it goes from one article that matches to the next; asked of a single one, it reads no more than that.

use tantivy::query::{EmptyScorer, Explanation, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

/// What tells whether an article matches.
pub(crate) trait Matcher: Send + 'static {
    /// No article from `target` on and before the one returned matches; targets ascend. Cheap.
    fn candidate(&mut self, target: DocId) -> DocId;

    /// Whether article `doc`, the last candidate, matches.
    fn matches(&mut self, doc: DocId) -> bool;

    /// The score of `doc`, the last that matched.
    fn score(&mut self, doc: DocId) -> Score;

    /// About how many articles match.
    fn size_hint(&self) -> u32;

    /// What going through all of them costs, in postings.
    fn cost(&self) -> u64;
}

/// A scorer at the first article that matches, or that of nothing.
pub(crate) fn at_first(matcher: Option<impl Matcher>) -> Box<dyn Scorer> {
    let Some(matcher) = matcher else { return Box::new(EmptyScorer) };
    let mut scorer = MatchScorer { matcher, doc: None };
    scorer.find(0);
    Box::new(scorer)
}

/// A scorer that was asked of `target` alone, and the answer.
pub(crate) fn at(
    matcher: Option<impl Matcher>,
    target: DocId,
) -> (SeekDangerResult, Box<dyn Scorer>) {
    let Some(matcher) = matcher else {
        return (SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer));
    };
    let mut scorer = MatchScorer { matcher, doc: None };
    (scorer.seek_danger(target), Box::new(scorer))
}

/// What `weight` adds to the score of an article, called `name`.
///
/// # Errors
///
/// Where the index cannot be read.
pub(crate) fn explained(
    weight: &dyn Weight,
    name: &'static str,
    reader: &SegmentReader,
    doc: DocId,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
    Ok(Explanation::new(name, if found { scorer.score() } else { 0.0 }))
}

struct MatchScorer<M> {
    matcher: M,
    /// The present article; nothing after an article was asked for that does not match.
    doc: Option<DocId>,
}

impl<M: Matcher> MatchScorer<M> {
    /// Goes to the first article from `target` on that matches.
    fn find(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            target = self.matcher.candidate(target);
            if target == TERMINATED || self.matcher.matches(target) {
                self.doc = Some(target);
                return target;
            }
            target += 1;
        }
    }
}

impl<M: Matcher> DocSet for MatchScorer<M> {
    fn advance(&mut self) -> DocId {
        match self.doc {
            Some(TERMINATED) => TERMINATED,
            Some(doc) => self.find(doc + 1),
            None => self.find(0),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self.doc {
            Some(doc) if doc >= target => doc,
            _ => self.find(target),
        }
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target == TERMINATED {
            return SeekDangerResult::SeekLowerBound(target);
        }
        if let Some(doc) = self.doc.filter(|doc| *doc >= target) {
            return if doc == target {
                SeekDangerResult::Found
            } else {
                SeekDangerResult::SeekLowerBound(doc)
            };
        }
        let next = self.matcher.candidate(target);
        if next == target && self.matcher.matches(target) {
            self.doc = Some(target);
            return SeekDangerResult::Found;
        }
        self.doc = None;
        SeekDangerResult::SeekLowerBound(next.max(target + 1))
    }

    fn doc(&self) -> DocId {
        self.doc.unwrap_or_default()
    }

    fn size_hint(&self) -> u32 {
        self.matcher.size_hint()
    }

    fn cost(&self) -> u64 {
        self.matcher.cost()
    }
}

impl<M: Matcher> Scorer for MatchScorer<M> {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        self.matcher.score(doc)
    }
}
