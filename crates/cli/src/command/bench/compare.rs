//! Whether a run differs from an earlier one by more than chance.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use serde::Deserialize;

/// Differences less likely than this by chance are said to be supported.
pub(super) const LIKELY: f64 = 0.05;

/// Rounds of each run that are looked at: more would take long to permute and add little.
const MOST_ROUNDS: usize = 9;

/// What a run measured in its rounds: of each class and percentile a figure a round, in microseconds.
#[derive(Debug, Deserialize)]
pub(super) struct Earlier {
    mode: String,
    classes: BTreeMap<String, Rounds>,
}

#[derive(Debug, Deserialize)]
struct Rounds {
    #[serde(default)]
    rounds: BTreeMap<String, Vec<f64>>,
}

/// A percentile beside that of an earlier run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    /// The median of this run's rounds to that of the earlier one's.
    pub(super) ratio: f64,
    /// Probability that chance alone makes so large a difference.
    pub(super) p: f64,
}

impl Earlier {
    /// Reads what `bench --format json` printed in the same mode.
    pub(super) fn read(file: &Path, mode: &str) -> anyhow::Result<Self> {
        let name = || file.display().to_string();
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", name()))?;
        let earlier: Self = serde_json::from_str(&text).with_context(|| {
            format!("{}: is not what `dateline bench --format json` prints", name())
        })?;
        ensure!(
            earlier.mode == mode,
            "{}: was measured with `--mode {}`, this run is `--mode {mode}`",
            name(),
            earlier.mode
        );
        Ok(earlier)
    }

    /// How a class's percentile has changed; `None` where the earlier run lacks it.
    pub(super) fn change(&self, class: &str, percentile: &str, now: &[f64]) -> Option<Change> {
        let then = self.classes.get(class)?.rounds.get(percentile)?;
        let ratio = median(now)? / median(then).filter(|then| *then > 0.0)?;
        let first = |rounds: &[f64]| rounds.iter().copied().take(MOST_ROUNDS).collect::<Vec<_>>();
        Some(Change { ratio, p: p_value(&first(now), &first(then)) })
    }
}

/// The middle of some figures, of two in the middle the mean.
fn median(figures: &[f64]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The two-sided exact permutation test of two means (Fisher): the share of all ways to deal the figures out whose means differ as much.
fn p_value(first: &[f64], second: &[f64]) -> f64 {
    let all: Vec<f64> = first.iter().chain(second).copied().collect();
    let (total, mine) = (all.iter().sum::<f64>(), first.len() as f64);
    let apart = |sum: f64| (sum / mine - (total - sum) / (all.len() as f64 - mine)).abs();
    let observed = apart(first.iter().sum()) - 1e-9;
    let (mut deals, mut as_large) = (0_u32, 0_u32);
    for chosen in 0..1_u32 << all.len() {
        if chosen.count_ones() as usize == first.len() {
            let own = all.iter().enumerate().filter(|(n, _)| chosen >> n & 1 == 1);
            deals += 1;
            as_large += u32::from(apart(own.map(|(_, figure)| figure).sum()) >= observed);
        }
    }
    f64::from(as_large) / f64::from(deals.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_apart_are_supported_and_mixed_ones_are_not() {
        let check = |first: &[f64], second: &[f64], expected: f64| {
            let found = p_value(first, second);
            assert!((found - expected).abs() < 1e-9, "{first:?} {second:?}: {found}");
        };
        check(&[1.0, 1.1, 1.2, 1.3, 1.4], &[2.0, 2.1, 2.2, 2.3, 2.4], 2.0 / 252.0);
        check(&[1.0, 3.0], &[2.0, 2.0], 1.0);
        check(&[1.0], &[2.0], 1.0);
        check(&[2.0, 2.0, 2.0], &[2.0, 2.0, 2.0], 1.0);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn an_earlier_run_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("old.json");
        let read = |text: &str, mode: &str| {
            std::fs::write(&file, text).unwrap();
            Earlier::read(&file, mode)
        };
        let old =
            r#"{"mode":"page","classes":{"term":{"queries":1,"rounds":{"p50":[10.0,10.0]}}}}"#;
        let earlier = read(old, "page").unwrap();
        let change = earlier.change("term", "p50", &[5.0, 5.0]).unwrap();
        assert!((change.ratio - 0.5).abs() < 1e-9, "{change:?}");
        assert_eq!(earlier.change("term", "p90", &[5.0]), None);
        assert_eq!(earlier.change("phrase", "p50", &[5.0]), None);
        let fault = |text: &str, mode: &str| format!("{:#}", read(text, mode).unwrap_err());
        assert!(
            fault(old, "plain")
                .ends_with("was measured with `--mode page`, this run is `--mode plain`")
        );
        assert!(fault("no", "page").contains("is not what `dateline bench --format json` prints"));
    }
}
