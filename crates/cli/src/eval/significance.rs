//! Whether a difference between two runs is more than chance: the paired randomisation test (Fisher; Smucker, Allan and Carterette, CIKM 2007).

/// Random assignments that are tried where there are too many topics to try all.
const TRIALS: u32 = 100_000;

/// Topics up to which all assignments are tried.
const MOST_EXACT: usize = 16;

/// The two-sided probability of a mean difference at least this large, were the two runs the same.
///
/// `differences` has one number a topic. Deterministic: the random assignments are always the same.
pub(crate) fn p_value(differences: &[f64]) -> f64 {
    let observed = differences.iter().sum::<f64>().abs() - 1e-12;
    let moving: Vec<f64> =
        differences.iter().copied().filter(|difference| *difference != 0.0).collect();
    if moving.is_empty() {
        return 1.0;
    }
    if moving.len() <= MOST_EXACT {
        let all = 1_u32 << moving.len();
        let as_large = (0..all).filter(|signs| sum(&moving, |n| signs >> n & 1 == 1) >= observed);
        return as_large.count() as f64 / f64::from(all);
    }
    let mut random = SplitMix(0x5EED);
    let mut as_large = 0_u32;
    for _ in 0..TRIALS {
        let mut bits = 0;
        let total = sum(&moving, |n| {
            if n.is_multiple_of(64) {
                bits = random.next();
            }
            bits >> (n % 64) & 1 == 1
        });
        as_large += u32::from(total >= observed);
    }
    f64::from(as_large + 1) / f64::from(TRIALS + 1)
}

/// The absolute sum with the signs of some turned.
fn sum(differences: &[f64], mut turns: impl FnMut(usize) -> bool) -> f64 {
    let signed = differences.iter().enumerate();
    signed
        .map(|(n, difference)| if turns(n) { -difference } else { *difference })
        .sum::<f64>()
        .abs()
}

/// Steele, Lea and Flood's generator (OOPSLA 2014): enough for signs, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_sets_are_tried_whole() {
        let check = |differences: &[f64], expected: f64| {
            let found = p_value(differences);
            assert!((found - expected).abs() < 1e-9, "{differences:?}: {found}");
        };
        check(&[], 1.0);
        check(&[0.0, 0.0], 1.0);
        check(&[0.1, 0.1, 0.1, 0.1], 2.0 / 16.0);
        check(&[0.3, -0.1], 1.0);
        check(&[0.1, 0.2, 0.3, -0.1, 0.0], 6.0 / 16.0);
    }

    #[test]
    fn large_sets_come_near_the_exact_value() {
        // Of 20 equal differences 15 for and 5 against: twice the binomial tail of 15 and more.
        let mut differences = vec![1.0; 15];
        differences.extend([-1.0; 5]);
        let found = p_value(&differences);
        assert!((found - 0.0414).abs() < 0.003, "{found}");
    }
}
