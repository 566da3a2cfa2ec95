//! Keyness: how much more often something stands in some articles than chance would have it, beside others.
//!
//! The log-likelihood ratio of two binomial samples (Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational
//! Linguistics 19(1), 1993) over the four cells of articles with and without, here and there. Unlike a ratio of shares it does not put what is in one
//! article above all else, and unlike χ² it holds where counts are small.

/// How many of some articles have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// Articles that have it.
    pub(crate) with: u64,
    /// All of them.
    pub(crate) all: u64,
}

impl Share {
    fn ratio(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.with as f64 / self.all as f64 }
    }
}

/// Dunning's G² of the two shares, negative where `here` is the smaller one; 0 where they are the same or one is of nothing.
pub(crate) fn keyness(here: Share, there: Share) -> f64 {
    let (with, all) = ((here.with + there.with) as f64, (here.all + there.all) as f64);
    if here.all == 0 || there.all == 0 {
        return 0.0;
    }
    let cells = |share: Share| {
        let (n, with_here) = (share.all as f64, share.with as f64);
        [(with_here, n * with / all), (n - with_here, n * (all - with) / all)]
    };
    let terms = cells(here).into_iter().chain(cells(there));
    let sum: f64 = terms
        .filter(|(observed, _)| *observed > 0.0)
        .map(|(observed, expected)| observed * (observed / expected).ln())
        .sum();
    let surprise = (2.0 * sum).max(0.0);
    if here.ratio() < there.ratio() { -surprise } else { surprise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // The expected values are 2 Σ O ln(O/E) written out by hand for each table.
        let check = |here: (u64, u64), there: (u64, u64), expected: f64| {
            let share = |(with, all)| Share { with, all };
            let found = keyness(share(here), share(there));
            assert!((found - expected).abs() < 1e-6, "{here:?} {there:?}: {found}, not {expected}");
        };
        check((10, 100), (10, 100), 0.0);
        check((5, 10), (50, 100), 0.0);
        // E = 10, 90, 10, 90.
        let by_hand: f64 =
            20f64 * 2f64.ln() + 80.0 * (80f64 / 90.0).ln() + 100.0 * (100f64 / 90.0).ln();
        check((20, 100), (0, 100), 2.0 * by_hand);
        check((0, 100), (20, 100), -2.0 * by_hand);
        check((3, 3), (0, 0), 0.0);
        check((0, 0), (4, 9), 0.0);
        check((3, 3), (9, 9), 0.0);
    }

    proptest::proptest! {
        #[test]
        fn the_sign_is_that_of_the_difference_and_turns_with_the_sides(
            a in 0_u64..500, more_a in 0_u64..500, b in 0_u64..500, more_b in 0_u64..500,
        ) {
            let (here, there) = (Share { with: a, all: a + more_a }, Share { with: b, all: b + more_b });
            let (found, turned) = (keyness(here, there), keyness(there, here));
            proptest::prop_assert!(found.is_finite());
            proptest::prop_assert!((found.abs() - turned.abs()).abs() < 1e-6 * found.abs().max(1.0));
            if found.abs() > 1e-6 {
                proptest::prop_assert_eq!(found > 0.0, a * there.all > b * here.all);
                proptest::prop_assert!(turned.signum() == -found.signum());
            }
        }
    }
}
