//! What may be among the best between two borders of blocks, where bounds stay the same.

use tantivy::{DocId, Score, TERMINATED};

use super::{Condition, Driver, SLACK, Walk, seek_any};
use crate::pruned::list::List;
use crate::pruned::sum::{Sum, put};

/// How many times shorter than what selects articles the lists are that are read alone.
const MUCH_SHORTER: u64 = 2;

/// What is looked at in a stretch.
#[derive(Clone, Copy)]
pub(super) enum Look {
    /// No article can be among the best.
    Nothing,
    /// Those of the lists that are to be looked through.
    Lists,
    /// All that one of the conditions lets pass.
    Selected,
}

impl Walk<'_> {
    /// The first article from `target` on in one of the lists that are looked through that may score more than `threshold`, as far as they tell, and the most that it
    /// can score; one after `last` where there is none up to it.
    pub(super) fn listed(
        &mut self,
        mut target: DocId,
        last: DocId,
        threshold: Score,
    ) -> (DocId, Score) {
        let Self { sum: Sum { lists, .. }, through, bound, .. } = self;
        let enough = threshold - *bound * SLACK;
        let without = |lists: &[List]| -> Score {
            through.iter().filter_map(|n| lists.get(*n)).map(|list| list.bound).sum()
        };
        let rest = *bound - without(lists);
        loop {
            let doc = seek_any(lists, through, target);
            if doc > last {
                return (doc, rest);
            }
            let mut most = rest;
            for n in through.iter() {
                if let Some(list) = lists.get_mut(*n) {
                    most += list.at(doc);
                }
            }
            // Most articles go no further.
            if most > enough {
                return (doc, most);
            }
            target = doc + 1;
        }
    }

    /// Enters the stretch that begins at `doc`; its last article. It ends where a block of postings does, of those lists that are not too long.
    pub(super) fn enter(&mut self, doc: DocId, threshold: Score) -> DocId {
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
    /// the others is none of the best. Where candidates are known all are: few of a block are looked at.
    fn leave_long(&mut self, threshold: Score) {
        let lists = &mut self.sum.lists;
        let are_candidates = matches!(self.driver, Driver::Candidates(_));
        for list in lists.iter_mut() {
            list.is_long = are_candidates;
        }
        if are_candidates {
            return;
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
    pub(super) fn look(&mut self, threshold: Score) -> Look {
        let lists = &self.sum.lists;
        let is_met = |lists: &[List], forms: &[usize]| {
            forms.iter().any(|n| lists.get(*n).is_some_and(|list| list.is_present))
        };
        if !self.words.iter().all(|forms| is_met(lists, forms)) {
            return Look::Nothing;
        }
        let enough = threshold - self.bound * SLACK;
        let (mut left, mut cost) = (self.bound, 0);
        self.through.clear();
        for n in &self.by_size {
            let Some(list) = lists.get(*n).filter(|list| list.is_present && left > enough) else {
                continue;
            };
            self.through.push(*n);
            left -= list.bound;
            cost += list.size;
        }
        let look = if left > enough || cost >= self.cost {
            self.through.clear();
            Look::Selected
        } else if cost == 0 {
            Look::Nothing
        } else {
            Look::Lists
        };
        let present = lists.iter().enumerate().filter(|(_, list)| list.is_present);
        let rest = present.map(|(n, _)| n).filter(|n| !self.through.contains(n));
        self.rest.clear();
        self.rest.extend(rest);
        look
    }

    /// The most that an article of the present stretch can score, all known but what is read last, where it is selected and that is more than `threshold`: addend by
    /// addend what it adds takes the place of what it may add, until that is not enough. Otherwise the next article that may.
    pub(super) fn score(
        &mut self,
        (doc, mut left): (DocId, Score),
        threshold: Score,
    ) -> Result<Score, DocId> {
        let looks_through = !self.through.is_empty();
        if looks_through && !self.may_have(doc) {
            return Err(doc + 1);
        }
        let enough = threshold - self.bound * SLACK;
        let Sum { lists, parts, .. } = &mut self.sum;
        for forms in &self.words {
            let first = seek_any(lists, forms, doc);
            if first > doc {
                return Err(if looks_through { doc + 1 } else { first });
            }
        }
        for n in &self.rest {
            let Some(list) = lists.get_mut(*n) else { continue };
            left += list.at(doc) - list.bound;
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
        if left > enough { Ok(left) } else { Err(doc + 1) }
    }
}
