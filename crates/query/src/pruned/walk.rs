//! Through the articles of a segment from stretch to stretch: as far as no block of postings ends, bounds stay the same.

use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::Bounds;
use super::conditions::Conditions;
use super::list::List;
use super::sum::{Late, Sum, put};
use crate::added::Add;
use crate::beside::Bits;

/// Room for the rounding of sums, as a share of the bound.
const SLACK: Score = 1e-4;

/// How many times shorter than what selects articles the lists are that are read alone.
const MUCH_SHORTER: u64 = 2;

/// The first article from `target` on in any of the lists of those numbers.
fn seek_any(lists: &mut [List], numbers: &[usize], target: DocId) -> DocId {
    let mut first = TERMINATED;
    for n in numbers {
        if let Some(list) = lists.get_mut(*n) {
            first = first.min(list.seek(target));
        }
    }
    first
}

/// What is looked at in a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// No article can be among the best.
    Nothing,
    /// Those of the lists that are to be looked through.
    Lists,
    /// All that one of the conditions lets pass.
    Selected,
}

/// What an article is asked for that no list tells.
struct Condition {
    asked: Add,
    /// Where it stands in the sum and the most that it adds, if it does.
    adds: Option<(usize, Score)>,
}

/// What finds articles: the condition that lets the fewest pass, or all of them together.
#[derive(Clone, Copy)]
enum Driver<'a> {
    Words(usize),
    Other(usize),
    Candidates(&'a Bits),
}

/// The way through one segment.
pub(super) struct Walk<'a> {
    sum: Sum,
    /// Of each, an article has one of the lists of that number.
    words: Vec<Vec<usize>>,
    others: Vec<Condition>,
    excluded: Vec<Add>,
    driver: Driver<'a>,
    /// Articles that it finds, about.
    cost: u64,
    /// The lists, shortest first.
    by_size: Vec<usize>,
    /// The most that an article of the present stretch can score.
    bound: Score,
    /// Articles of which everything was added up.
    pub(super) summed: usize,
}

impl<'a> Walk<'a> {
    /// None where no article of the segment is selected.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open(
        reader: &SegmentReader,
        bounds: &Bounds,
        weights: &[Box<dyn Weight>],
        conditions: &Conditions,
        candidates: Option<&'a Bits>,
    ) -> tantivy::Result<Option<Self>> {
        let sum = Sum::open(reader, bounds, weights)?;
        let mut driver = None;
        let mut cost = u64::MAX;
        let mut words = Vec::with_capacity(conditions.words.len());
        for places in &conditions.words {
            let lists = sum.lists.iter().enumerate();
            let found = lists.filter(|(_, list)| places.contains(&list.place));
            let (size, found) = found.fold((0, Vec::new()), |(size, mut found), (n, list)| {
                found.push(n);
                (size + list.size, found)
            });
            if found.is_empty() {
                return Ok(None);
            }
            if size < cost {
                (driver, cost) = (Some(Driver::Words(words.len())), size);
            }
            words.push(found);
        }
        let mut others = Vec::new();
        let adding = conditions.adding.iter().filter_map(|n| {
            let (other, weight) = (bounds.others.get(*n)?, weights.get(*n)?);
            Some((weight, other.factor, Some((other.place, other.most))))
        });
        let alone = conditions.others.iter().map(|weight| (weight, 1.0, None));
        for (weight, factor, adds) in adding.chain(alone) {
            let Some(asked) = Add::open(&**weight, reader, 0, factor)? else { return Ok(None) };
            if asked.cost() < cost {
                (driver, cost) = (Some(Driver::Other(others.len())), asked.cost());
            }
            others.push(Condition { asked, adds });
        }
        let mut excluded = Vec::with_capacity(conditions.excluded.len());
        for weight in &conditions.excluded {
            let scorer = weight.scorer(reader, 1.0)?;
            if scorer.doc() != TERMINATED {
                excluded.push(Add::new(scorer));
            }
        }
        if let Some(bits) = candidates {
            (driver, cost) = (Some(Driver::Candidates(bits)), bits.count());
        }
        let Some(driver) = driver else { return Ok(None) };
        let mut by_size: Vec<(u64, usize)> =
            sum.lists.iter().enumerate().map(|(n, list)| (list.size, n)).collect();
        by_size.sort_unstable();
        let by_size = by_size.into_iter().map(|(_, n)| n).collect();
        let mut walk =
            Self { sum, words, others, excluded, driver, cost, by_size, bound: 0.0, summed: 0 };
        let first = walk.selected(0);
        if first < TERMINATED {
            walk.sum.open_late(reader, bounds, weights, &conditions.adding, first)?;
        }
        Ok(Some(walk))
    }

    /// Calls `callback` with each article that scores more than the threshold, which is what the last call returned.
    pub(super) fn run(
        &mut self,
        mut threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) {
        let mut doc = self.selected(0);
        while doc != TERMINATED {
            let first = self.possible(doc);
            if first > doc {
                doc = self.selected(first);
                continue;
            }
            let last = self.enter(doc, threshold);
            let mut look = self.look(threshold);
            loop {
                doc = match look {
                    Look::Nothing => TERMINATED,
                    Look::Lists => self.listed(doc),
                    Look::Selected => self.selected(doc),
                };
                if doc > last {
                    break;
                }
                match self.score(doc, threshold, look) {
                    Ok(score) => {
                        threshold = callback(doc, score);
                        look = self.look(threshold);
                        doc += 1;
                    }
                    Err(next) => doc = next,
                }
            }
            doc = self.selected(last + 1);
        }
    }

    /// The first article from `target` on that the driver lets pass.
    fn selected(&mut self, target: DocId) -> DocId {
        match self.driver {
            Driver::Words(n) => {
                let forms = self.words.get(n).map_or(&[][..], Vec::as_slice);
                seek_any(&mut self.sum.lists, forms, target)
            }
            Driver::Other(n) => {
                self.others.get_mut(n).map_or(TERMINATED, |other| other.asked.seek(target))
            }
            Driver::Candidates(bits) => bits.first(target).unwrap_or(TERMINATED),
        }
    }

    /// The first article from `target` on in one of the lists that are looked through.
    fn listed(&mut self, target: DocId) -> DocId {
        let lists = self.sum.lists.iter_mut().filter(|list| list.is_looked_through);
        lists.map(|list| list.seek(target)).min().unwrap_or(TERMINATED)
    }

    /// No article before it, from `target` on, meets all conditions.
    fn possible(&mut self, target: DocId) -> DocId {
        let mut first = target;
        for forms in &self.words {
            first = seek_any(&mut self.sum.lists, forms, first);
        }
        for other in &mut self.others {
            first = other.asked.at_least(first);
        }
        first
    }

    /// Enters the stretch that begins at `doc`; its last article. It ends where a block of postings does, of those lists that are not too long.
    fn enter(&mut self, doc: DocId, threshold: Score) -> DocId {
        let conditions = self.others.iter().filter_map(|other| Some(other.adds?.1));
        self.bound = self.sum.late.iter().map(|late| late.most).chain(conditions).sum();
        self.leave_long(threshold);
        let mut last = TERMINATED - 1;
        for list in self.sum.lists.iter_mut().filter(|list| list.is_word() && !list.is_long) {
            list.seek(doc);
            last = last.min(list.last());
        }
        for list in &mut self.sum.lists {
            list.is_present = list.doc <= last;
            list.bound = match (list.is_present, list.is_long) {
                (false, _) => 0.0,
                (true, false) => list.most_up_to(last),
                (true, true) => list.most,
            };
            self.bound += list.bound;
        }
        last
    }

    /// Finds the lists that are too long: what all of them add together anywhere is not enough. Their blocks are not read, and an article that has none of
    /// the others is none of the best.
    fn leave_long(&mut self, threshold: Score) {
        let lists = &mut self.sum.lists;
        for list in lists.iter_mut() {
            list.is_long = false;
        }
        let most: Score = self.bound + lists.iter().map(|list| list.most).sum::<Score>();
        let enough = threshold - most * SLACK;
        let (mut long, mut rest) = (self.bound, lists.iter().map(|list| list.size).sum::<u64>());
        let mut left = self.by_size.len();
        for n in self.by_size.iter().rev() {
            let Some(list) = lists.get(*n).filter(|list| long + list.most <= enough) else { break };
            long += list.most;
            rest -= list.size;
            left -= 1;
        }
        // Bounds of blocks are the better ones, which pays where most lists are short.
        if rest.saturating_mul(MUCH_SHORTER) < self.cost {
            for n in self.by_size.iter().skip(left) {
                if let Some(list) = lists.get_mut(*n) {
                    list.is_long = true;
                }
            }
        }
    }

    /// What of the present stretch may score more than `threshold`.
    fn look(&mut self, threshold: Score) -> Look {
        let lists = &mut self.sum.lists;
        let is_met = |lists: &[List], forms: &[usize]| {
            forms.iter().any(|n| lists.get(*n).is_some_and(|list| list.is_present))
        };
        if !self.words.iter().all(|forms| is_met(lists, forms)) {
            return Look::Nothing;
        }
        let enough = threshold - self.bound * SLACK;
        let (mut left, mut cost) = (self.bound, 0);
        for n in &self.by_size {
            let Some(list) = lists.get_mut(*n) else { continue };
            list.is_looked_through = list.is_present && left > enough;
            if list.is_looked_through {
                left -= list.bound;
                cost += list.size;
            }
        }
        if left > enough || cost >= self.cost {
            Look::Selected
        } else if cost == 0 {
            Look::Nothing
        } else {
            Look::Lists
        }
    }

    /// The score of an article of the present stretch, where it is selected and scores more than `threshold`: addend by addend what it adds takes the place of what it
    /// may add, until that is not enough. Otherwise the next article that may.
    fn score(&mut self, doc: DocId, threshold: Score, look: Look) -> Result<Score, DocId> {
        let enough = threshold - self.bound * SLACK;
        let mut left = self.bound;
        let Sum { lists, late, parts } = &mut self.sum;
        let looks_through = look == Look::Lists;
        if looks_through {
            // Most articles go no further.
            for list in lists.iter_mut().filter(|list| list.is_looked_through) {
                left += list.gain(doc);
            }
            if left <= enough {
                return Err(doc + 1);
            }
        }
        for forms in &self.words {
            let first = seek_any(lists, forms, doc);
            if first > doc {
                return Err(if looks_through { doc + 1 } else { first });
            }
        }
        let rest = |list: &&mut List| list.is_present && !(looks_through && list.is_looked_through);
        for list in lists.iter_mut().filter(rest) {
            left += list.gain(doc);
            if left <= enough {
                return Err(doc + 1);
            }
        }
        parts.fill(0.0);
        for list in lists.iter() {
            list.give(doc, parts);
        }
        for Condition { asked, adds } in &mut self.others {
            if !asked.has(doc) {
                return Err(asked.at_least(doc + 1));
            }
            if let Some((place, most)) = adds {
                let score = asked.score(doc);
                put(parts, *place, score);
                left += score - *most;
            }
        }
        if self.excluded.iter_mut().any(|excluded| excluded.has(doc)) {
            return Err(doc + 1);
        }
        for list in lists.iter_mut().filter(|list| list.doc == doc && !list.is_word()) {
            let score = list.score();
            put(parts, list.place, score);
            left += score - list.bound;
        }
        for Late { place, most, add } in late {
            if left <= enough {
                return Err(doc + 1);
            }
            let score = add.score(doc);
            put(parts, *place, score);
            left += score - *most;
        }
        self.summed += 1;
        let score = parts.iter().sum();
        if score > threshold { Ok(score) } else { Err(doc + 1) }
    }
}
