//! The best label sequence of a sentence (Viterbi), over the transitions that make sense.

use crate::label::{LABELS, Label, closes, opens};
use crate::model::{Scores, Transitions};

/// Room for one sentence, reused.
#[derive(Default)]
pub(crate) struct Lattice {
    back: Vec<Scores>,
}

/// For each label, those that may come before it.
const BEFORE: [&[Label]; LABELS] = {
    const OUT: &[Label] = &[0, 3, 4, 7, 8, 11, 12];
    [OUT, OUT, &[1, 2], &[1, 2], OUT, OUT, &[5, 6], &[5, 6], OUT, OUT, &[9, 10], &[9, 10], OUT]
};

/// The score of going from each label to the next, in the lanes of scores; [`IMPOSSIBLE`] where the one may not follow the other.
#[derive(Clone, Copy)]
pub(crate) struct Steps([Scores; LABELS]);

/// Below any score that a label can have.
const IMPOSSIBLE: i16 = -30_000;
/// How far a label is behind that of no name at most: by more than any text gives.
const FARTHEST: i16 = -20_000;

impl Steps {
    /// Of a model's transitions.
    pub(crate) fn new(transitions: &Transitions) -> Self {
        let mut steps = [[IMPOSSIBLE; 16]; LABELS];
        for (to, before) in BEFORE.iter().enumerate() {
            for from in before.iter().map(|from| usize::from(*from)) {
                steps[from][to] = transitions[from][to];
            }
        }
        Self(steps)
    }
}

impl Lattice {
    /// Writes the best labels for `scores`, one a token, to `labels` (cleared first). Scores so far are told by that of no name, so that they stay small.
    // perf: benches/extract.rs; all lanes at once, which the compiler makes instructions for several numbers of.
    pub(crate) fn best(&mut self, steps: &Steps, scores: &[Scores], labels: &mut Vec<Label>) {
        labels.clear();
        self.back.clear();
        let Some((first, rest)) = scores.split_first() else { return };
        let mut so_far = [FARTHEST; 16];
        for (label, (sum, &score)) in (0_u8..).take(LABELS).zip(so_far.iter_mut().zip(first)) {
            if opens(label) {
                *sum = score.saturating_sub(first[0]);
            }
        }
        for scores in rest {
            let mut best = [i16::MIN; 16];
            let mut back = [0_i16; 16];
            for (from, (step, &sum)) in (0_i16..).zip(steps.0.iter().zip(&so_far)) {
                for lane in 0..16 {
                    let sum = sum.saturating_add(step[lane]);
                    let is_better = sum > best[lane];
                    back[lane] = if is_better { from } else { back[lane] };
                    best[lane] = best[lane].max(sum);
                }
            }
            let none = best[0].saturating_add(scores[0]);
            so_far = std::array::from_fn(|lane| {
                best[lane].saturating_add(scores[lane]).saturating_sub(none).max(FARTHEST)
            });
            self.back.push(back);
        }
        let ends = (0_u8..).take(LABELS).zip(so_far).filter(|&(label, _)| closes(label));
        let mut label =
            ends.max_by_key(|&(label, sum)| (sum, !label)).map_or(0, |(label, _)| label);
        labels.push(label);
        for back in self.back.iter().rev() {
            label = u8::try_from(back[usize::from(label)]).unwrap_or_default();
            labels.push(label);
        }
        labels.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::follows;

    #[test]
    fn the_table_agrees_with_the_rule() {
        for to in 0..u8::try_from(LABELS).unwrap() {
            let rule: Vec<u8> = (0..13).filter(|&from| follows(from, to)).collect();
            assert_eq!(BEFORE[usize::from(to)], rule, "before {to}");
        }
    }

    /// Every sequence is tried.
    fn naive(transitions: &Transitions, scores: &[Scores]) -> i32 {
        let mut sums = vec![(0_i32, Vec::<u8>::new())];
        for scores in scores {
            let mut longer = Vec::new();
            for (sum, path) in &sums {
                for label in 0..13_u8 {
                    let step = match path.last() {
                        None if opens(label) => 0,
                        Some(&last) if follows(last, label) => {
                            i32::from(transitions[usize::from(last)][usize::from(label)])
                        }
                        _ => continue,
                    };
                    let mut path = path.clone();
                    path.push(label);
                    longer.push((sum + step + i32::from(scores[usize::from(label)]), path));
                }
            }
            sums = longer;
        }
        sums.into_iter()
            .filter(|(_, path)| closes(path[path.len() - 1]))
            .map(|(sum, _)| sum)
            .max()
            .unwrap()
    }

    fn sum_of(transitions: &Transitions, scores: &[Scores], labels: &[u8]) -> i32 {
        let emitted =
            labels.iter().zip(scores).map(|(&label, scores)| i32::from(scores[usize::from(label)]));
        let steps = labels.windows(2).map(|pair| {
            assert!(follows(pair[0], pair[1]));
            i32::from(transitions[usize::from(pair[0])][usize::from(pair[1])])
        });
        emitted.sum::<i32>() + steps.sum::<i32>()
    }

    proptest::proptest! {
        #[test]
        fn no_sequence_is_better(seed in 0_u64..1_000_000) {
            let mut state = seed;
            let mut next = || {
                state = crate::hash::pair(state, 7);
                i16::try_from(state % 200).unwrap() - 100
            };
            let transitions: Transitions = std::array::from_fn(|_| std::array::from_fn(|_| next()));
            let scores: Vec<Scores> = (0..4).map(|_| std::array::from_fn(|_| next())).collect();
            let mut labels = Vec::new();
            Lattice::default().best(&Steps::new(&transitions), &scores, &mut labels);
            assert_eq!(sum_of(&transitions, &scores, &labels), naive(&transitions, &scores));
        }
    }
}
