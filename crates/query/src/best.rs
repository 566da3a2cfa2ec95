//! The greatest few of all that is offered.

use tantivy::Score;

use crate::rank::SCORE_STEP;

/// More are seldom wanted; for so many room is made at once.
const USUAL: usize = 64;

/// Keeps the greatest of what is offered, as many as are wanted.
pub(crate) struct Best<T> {
    /// A heap with the least on top once it is full; as they came until then, since few searches for rare words fill it.
    kept: Vec<T>,
    limit: usize,
}

impl<T> Best<T> {
    pub(crate) fn new(limit: usize) -> Self {
        Self { kept: Vec::with_capacity(limit.min(USUAL)), limit }
    }

    /// The least that is kept; `None` as long as anything may enter. Later, what is not greater cannot.
    pub(crate) fn least(&self) -> Option<&T> {
        self.kept.first().filter(|_| self.kept.len() >= self.limit)
    }

    /// Offers an item where `is_less` orders all of them; whether it entered.
    pub(crate) fn offer_by(&mut self, item: T, is_less: impl Fn(&T, &T) -> bool) -> bool {
        if self.kept.len() < self.limit {
            self.kept.push(item);
            if self.kept.len() == self.limit {
                for at in (0..self.limit / 2).rev() {
                    self.sink(at, &is_less);
                }
            }
            return true;
        }
        let Some(least) = self.kept.first_mut().filter(|least| is_less(least, &item)) else {
            return false;
        };
        *least = item;
        self.sink(0, &is_less);
        true
    }

    /// Brings what stands at a place below all that is less.
    fn sink(&mut self, mut at: usize, is_less: &impl Fn(&T, &T) -> bool) {
        while let (Some(item), Some(mut least)) = (self.kept.get(at), self.kept.get(2 * at + 1)) {
            let mut below = 2 * at + 1;
            if let Some(right) = self.kept.get(below + 1).filter(|right| is_less(right, least)) {
                (least, below) = (right, below + 1);
            }
            if !is_less(least, item) {
                return;
            }
            self.kept.swap(at, below);
            at = below;
        }
    }

    /// What is kept, in no order.
    pub(crate) fn into_vec(self) -> Vec<T> {
        self.kept
    }
}

impl Best<Score> {
    /// Offers what some article scores at least.
    pub(crate) fn offer_score(&mut self, score: Score) {
        self.offer_by(score, |one, other| one < other);
    }

    /// What each of the best scores more than, once so many were offered as are wanted: scores are told apart by steps, and of equals the newer one is better.
    pub(crate) fn reached(&self) -> Option<Score> {
        self.least().map(|least| least - SCORE_STEP)
    }
}

impl<T: Ord> Best<T> {
    pub(crate) fn offer(&mut self, item: T) {
        self.offer_by(item, |a, b| a < b);
    }
}

/// The greatest `limit` of several lists, greatest first.
pub(crate) fn greatest<T: Ord>(lists: Vec<Vec<T>>, limit: usize) -> Vec<T> {
    let mut lists = lists.into_iter();
    let mut all = lists.next().unwrap_or_default();
    all.extend(lists.flatten());
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.truncate(limit);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_kept_is_greatest(
            lists in proptest::collection::vec(proptest::collection::vec(0..20_u32, 0..30), 0..4), limit in 0..12_usize,
        ) {
            let mut sorted: Vec<u32> = lists.concat();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let kept = |list: Vec<u32>| {
                let mut best = Best::new(limit);
                for item in list {
                    best.offer(item);
                }
                best
            };
            let best = kept(lists.concat());
            let least = limit.checked_sub(1).and_then(|last| sorted.get(last));
            proptest::prop_assert_eq!(best.least(), least);
            sorted.truncate(limit);
            let parts = lists.into_iter().map(|list| kept(list).into_vec()).collect();
            proptest::prop_assert_eq!(greatest(parts, limit), sorted);
        }
    }
}
