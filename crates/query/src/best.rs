//! The greatest few of all that is offered.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// More are seldom wanted; for so many room is made at once.
const USUAL: usize = 64;

/// Keeps the greatest of what is offered, as many as are wanted.
pub(crate) struct Best<T> {
    kept: BinaryHeap<Reverse<T>>,
    limit: usize,
}

impl<T: Ord> Best<T> {
    pub(crate) fn new(limit: usize) -> Self {
        Self { kept: BinaryHeap::with_capacity(limit.min(USUAL)), limit }
    }

    /// The least that is kept; `None` as long as anything may enter. Later, what is not greater cannot.
    pub(crate) fn least(&self) -> Option<&T> {
        let full = self.kept.len() >= self.limit;
        self.kept.peek().filter(|_| full).map(|Reverse(least)| least)
    }

    pub(crate) fn offer(&mut self, item: T) {
        if self.kept.len() < self.limit {
            self.kept.push(Reverse(item));
        } else if let Some(mut least) = self.kept.peek_mut()
            && item > least.0
        {
            *least = Reverse(item);
        }
    }

    /// What is kept, in no order.
    pub(crate) fn into_vec(self) -> Vec<T> {
        self.kept.into_iter().map(|Reverse(item)| item).collect()
    }
}

/// The greatest `limit` of several lists, greatest first.
pub(crate) fn greatest<T: Ord>(lists: Vec<Vec<T>>, limit: usize) -> Vec<T> {
    let mut all: Vec<T> = lists.into_iter().flatten().collect();
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
