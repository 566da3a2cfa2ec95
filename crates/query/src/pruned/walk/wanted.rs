//! How much the best score at least, told before all is added up: of a word those are found first that have it in the title, and what needs positions is read last, of
//! those articles alone that can still be among the best.

use tantivy::fastfield::AliveBitSet;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::{Driver, MUCH_RARER, SLACK, Walk, seek_any};
use crate::added::Add;
use crate::best::Best;
use crate::pruned::conditions::Conditions;
use crate::pruned::list::List;
use crate::pruned::sum::{Late, Sum, put};

/// Articles of the longest list that is read before all else.
const MOST_READ: u64 = 768;

/// Articles up to which they are kept.
const MOST_KEPT: usize = 1 << 14;

/// How many of the best are wanted, and of which articles.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) limit: usize,
    /// Those that are not deleted, where any are.
    pub(crate) alive: Option<&'a AliveBitSet>,
}

/// What the best of those found so far score at least.
struct Least<'a> {
    best: Best<Score>,
    wanted: Wanted<'a>,
}

impl<'a> Least<'a> {
    fn new(wanted: Wanted<'a>) -> Self {
        Self { best: Best::new(wanted.limit), wanted }
    }

    /// Offers an article that scores `score` at least, but for rounding; what each of the best scores more than, once there are as many as are wanted.
    fn offer(&mut self, doc: DocId, score: Score) -> Option<Score> {
        if self.wanted.alive.is_none_or(|alive| alive.is_alive(doc)) {
            self.best.offer_score(score - score * SLACK);
        }
        self.best.reached()
    }
}

/// Articles of which all is known but what is read last, in ascending order.
pub(super) struct Later<'a> {
    least: Least<'a>,
    /// Each with the most that it can score.
    articles: Vec<(DocId, Score)>,
    /// What each has so far, addend by addend, one article after the other.
    parts: Vec<Score>,
}

impl<'a> Later<'a> {
    pub(super) fn new(wanted: Wanted<'a>) -> Self {
        Self { least: Least::new(wanted), articles: Vec::new(), parts: Vec::new() }
    }

    /// Keeps an article that scores `most` at most, and certainly the sum of `parts`; what the last of the best scores at least.
    pub(super) fn keep(&mut self, doc: DocId, most: Score, parts: &[Score]) -> Option<Score> {
        self.articles.push((doc, most));
        self.parts.extend_from_slice(parts);
        self.least.offer(doc, parts.iter().sum())
    }

    pub(super) fn is_full(&self) -> bool {
        self.articles.len() >= MOST_KEPT
    }
}

impl Walk<'_> {
    /// What the best of those that are wanted score at least, as far as a short list tells before all are gone through: of a word in many articles those best that
    /// have it in the title, beside conditions those that meet these. None where there is no such list, or more is asked than a word and what adds nothing.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(in crate::pruned) fn reached(
        &self,
        wanted: Wanted<'_>,
        reader: &SegmentReader,
        conditions: &Conditions,
    ) -> tantivy::Result<Option<Score>> {
        let ([forms], [], []) = (&*self.words, &*conditions.adding, &*conditions.excluded) else {
            return Ok(None);
        };
        let articles =
            forms.iter().filter_map(|n| self.sum.lists.get(*n)).map(|list| list.size).sum::<u64>();
        // Of a list as large a share is found as of the word's articles, where what they are asked for has nothing to do with the word.
        let all = f64::from(reader.max_doc());
        let share = match self.driver {
            Driver::Candidates(_) => self.cost as f64 / articles as f64,
            _ => self.others.iter().map(|other| f64::from(other.asked.size_hint()) / all).product(),
        };
        let enough = wanted.limit as f64 / share.clamp(f64::MIN_POSITIVE, 1.0);
        let is_short = |list: &List| {
            list.is_word()
                && list.size as f64 >= enough
                && list.size <= MOST_READ
                && (list.size * MUCH_RARER) as f64 <= articles as f64 * share
        };
        let Some(short) = self.sum.lists.iter().position(is_short) else { return Ok(None) };
        let mut asked = Vec::with_capacity(conditions.others.len());
        for weight in &conditions.others {
            let Some(condition) = Add::open(&**weight, reader, 0, 1.0)? else { return Ok(None) };
            asked.push(condition);
        }
        let mut lists: Vec<List> = self.sum.lists.iter().map(List::of_same_word).collect();
        let mut least = Least::new(wanted);
        let mut reached = None;
        let mut doc = 0;
        while let Some(list) = lists.get_mut(short) {
            doc = list.seek(doc);
            if doc == TERMINATED {
                break;
            }
            if self.may_have(doc)
                && seek_any(&mut lists, forms, doc) == doc
                && asked.iter_mut().all(|asked| asked.has(doc))
            {
                reached = least.offer(doc, lists.iter_mut().map(|list| list.at(doc)).sum());
            }
            doc += 1;
        }
        Ok(reached)
    }

    /// Adds up the articles that were kept; what the next must score more than.
    pub(super) fn add_up_those(
        &mut self,
        later: &mut Later<'_>,
        mut threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Score {
        let floor = threshold;
        let (articles, parts) =
            (std::mem::take(&mut later.articles), std::mem::take(&mut later.parts));
        let places = self.sum.parts.len();
        for (article, parts) in articles.into_iter().zip(parts.chunks_exact(places)) {
            self.sum.parts.copy_from_slice(parts);
            threshold = self.add_up(article, threshold, callback).max(floor);
        }
        threshold
    }

    /// Adds what is read last to the article whose parts are known otherwise and which scores `left` at most, and calls `callback` with it where it scores more
    /// than `threshold`; what the next must score more than.
    pub(super) fn add_up(
        &mut self,
        (doc, mut left): (DocId, Score),
        threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> Score {
        let enough = threshold - left * SLACK;
        let Sum { late, parts, .. } = &mut self.sum;
        for Late { place, most, add } in late {
            if left <= enough {
                return threshold;
            }
            let score = add.score(doc);
            put(parts, *place, score);
            left += score - *most;
        }
        self.summed += 1;
        let score = parts.iter().sum();
        if score > threshold { callback(doc, score) } else { threshold }
    }
}
