//! How many articles have each interval of days: nearly all have one day, and those are counted in a row.

use std::collections::HashMap;

/// Days in the longest row: a thousand years of newspapers.
const LONGEST: usize = 365_250;

/// First and last day, in days since 1970-01-01.
pub(crate) type Interval = (i32, i32);

/// Numbers of articles by interval.
#[derive(Debug, Default)]
pub(crate) struct DayCounts {
    /// The day that the row begins with.
    from: i32,
    /// Articles of each single day.
    row: Vec<u32>,
    /// Those of longer intervals, and of days that lie far from the row.
    others: HashMap<Interval, u64>,
}

impl DayCounts {
    /// Counts an article.
    pub(crate) fn add(&mut self, interval: Interval) {
        let (first, last) = interval;
        if first == last && self.reaches(first) {
            let at = usize::try_from(i64::from(first) - i64::from(self.from)).ok();
            if let Some(count) = at.and_then(|at| self.row.get_mut(at)) {
                *count += 1;
                return;
            }
        }
        *self.others.entry(interval).or_default() += 1;
    }

    /// Whether the row has the day, if need be after it is made longer.
    fn reaches(&mut self, day: i32) -> bool {
        const STEP: usize = 1024;
        if self.row.is_empty() {
            self.from = day;
        }
        let at = i64::from(day) - i64::from(self.from);
        if let Ok(at) = usize::try_from(at) {
            if at >= self.row.len() && at < LONGEST {
                self.row.resize(at + STEP, 0);
            }
            return at < self.row.len();
        }
        let Ok(missing) = usize::try_from(-at) else { return false };
        let more = missing + STEP;
        let from = i32::try_from(more).ok().and_then(|more| self.from.checked_sub(more));
        let Some(from) = from.filter(|_| self.row.len() + more <= LONGEST) else {
            return false;
        };
        self.row.splice(0..0, std::iter::repeat_n(0, more));
        self.from = from;
        true
    }

    /// The intervals that articles have, with their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Interval, u64)> + '_ {
        let days = (self.from..=i32::MAX).zip(&self.row).filter(|(_, articles)| **articles > 0);
        let days = days.map(|(day, articles)| ((day, day), u64::from(*articles)));
        days.chain(self.others.iter().map(|(interval, articles)| (*interval, *articles)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    proptest::proptest! {
        #[test]
        fn any_intervals_are_counted(
            near in proptest::collection::vec((-3_000..3_000_i32, 0..3_i32), 0..60),
            far in proptest::collection::vec((proptest::num::i32::ANY, 0..2_i32), 0..6),
        ) {
            let mut counts = DayCounts::default();
            let mut expected: BTreeMap<Interval, u64> = BTreeMap::new();
            for (first, length) in near.into_iter().chain(far) {
                let interval = (first, first.saturating_add(length));
                counts.add(interval);
                *expected.entry(interval).or_default() += 1;
            }
            let found: BTreeMap<Interval, u64> = counts.iter().collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
