//! How many articles have an interval that overlaps each period, from where their intervals begin and end.

/// Where numbers of articles rise and fall.
#[derive(Debug)]
pub(super) struct Overlaps {
    /// The first period.
    from: i32,
    /// What each period has more than the one before; one more than there are periods.
    steps: Vec<i64>,
}

impl Overlaps {
    /// For the periods from the first to the last.
    pub(super) fn new((first, last): (i32, i32)) -> Self {
        let periods = i64::from(last) - i64::from(first) + 1;
        Self { from: first, steps: vec![0; usize::try_from(periods).unwrap_or(0) + 1] }
    }

    /// Takes the intervals of an article, or of many that have the same: first and last period each. Leaves the list empty; whether there was any.
    pub(super) fn add(&mut self, intervals: &mut Vec<(i32, i32)>, articles: u64) -> bool {
        intervals.sort_unstable();
        let mut open: Option<(i32, i32)> = None;
        let any = !intervals.is_empty();
        for (first, last) in intervals.drain(..) {
            match &mut open {
                // Two that touch are as good as one.
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => {
                    if let Some((first, last)) = open.replace((first, last)) {
                        self.step(first, last, articles);
                    }
                }
            }
        }
        if let Some((first, last)) = open {
            self.step(first, last, articles);
        }
        any
    }

    fn step(&mut self, first: i32, last: i32, articles: u64) {
        let articles = i64::try_from(articles).unwrap_or(i64::MAX);
        for (period, change) in [(i64::from(first), articles), (i64::from(last) + 1, -articles)] {
            let at = usize::try_from(period - i64::from(self.from));
            if let Some(step) = at.ok().and_then(|at| self.steps.get_mut(at)) {
                *step += change;
            }
        }
    }

    /// The periods that have articles, with their numbers.
    pub(super) fn counts(self) -> impl Iterator<Item = (i32, u64)> {
        let mut now = 0_i64;
        (self.from..=i32::MAX).zip(self.steps).filter_map(move |(period, change)| {
            now += change;
            let articles = u64::try_from(now).unwrap_or_default();
            (articles > 0).then_some((period, articles))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    proptest::proptest! {
        #[test]
        fn counts_are_those_of_sets_of_periods(
            articles in proptest::collection::vec(
                (proptest::collection::vec((-40..40_i32, 0..12_i32), 0..5), 1..4_u64), 0..12,
            ),
        ) {
            let mut overlaps = Overlaps::new((-40, 60));
            let mut expected: BTreeMap<i32, u64> = BTreeMap::new();
            for (article, times) in &articles {
                let mut intervals: Vec<_> =
                    article.iter().map(|(first, length)| (*first, first + length)).collect();
                let periods: BTreeSet<i32> =
                    intervals.iter().flat_map(|(first, last)| *first..=*last).collect();
                for period in periods {
                    *expected.entry(period).or_default() += times;
                }
                proptest::prop_assert_eq!(overlaps.add(&mut intervals, *times), !article.is_empty());
                proptest::prop_assert!(intervals.is_empty());
            }
            proptest::prop_assert_eq!(overlaps.counts().collect::<BTreeMap<_, _>>(), expected);
        }
    }
}
