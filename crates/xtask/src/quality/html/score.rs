//! The F1 of two bags of words.

use std::collections::HashMap;

/// How well a text found agrees with the text wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Score {
    pub(super) f1: f64,
    pub(super) precision: f64,
    pub(super) recall: f64,
}

impl Score {
    pub(super) fn of(wanted: &str, found: &str) -> Self {
        let (wanted, found) = (bag(wanted), bag(found));
        let both: usize = wanted
            .iter()
            .map(|(word, count)| (*count).min(found.get(word).copied().unwrap_or(0)))
            .sum();
        let (wanted, found): (usize, usize) = (wanted.values().sum(), found.values().sum());
        let part = super::super::table::ratio;
        Self {
            f1: part(2 * both, wanted + found),
            precision: part(both, found),
            recall: part(both, wanted),
        }
    }
}

/// How often each word stands in a text: runs of letters, digits and `_` in lower case.
fn bag(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    let text = text.to_lowercase();
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    for word in text.split(|character| !is_part(character)).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_owned()).or_default() += 1;
    }
    bag
}

/// The mean, 0 of nothing.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0_f64);
    for value in values {
        sum += value;
        count += 1.0;
    }
    sum / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bags_are_compared() {
        let check = |wanted: &str, found: &str, expected: [f64; 3]| {
            let score = Score::of(wanted, found);
            let expected = Score { f1: expected[0], precision: expected[1], recall: expected[2] };
            assert_eq!(score, expected, "{wanted} / {found}");
        };
        check("The ferry, the port.", "the PORT the ferry", [1.0, 1.0, 1.0]);
        check("a a b", "a c", [0.4, 0.5, 1.0 / 3.0]);
        check("a", "", [0.0, 0.0, 0.0]);
        check("", "", [0.0, 0.0, 0.0]);
        check("snake_case l'eau", "snake_case l eau", [1.0, 1.0, 1.0]);
    }

    #[test]
    fn means() {
        assert!((mean([1.0, 0.0].into_iter()) - 0.5).abs() < 1e-9);
        assert!(mean([].into_iter()).abs() < 1e-9);
    }
}
