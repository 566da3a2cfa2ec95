//! Training of the chain: gradient of the conditional likelihood by forward and backward sums,
//! steps by AdaGrad (Duchi et al. 2011), features left out at random against over-fitting.

use super::Settings;
use super::example::{Example, Examples};
use super::settings::Random;
use crate::feature::{Group, bias};
use crate::label::{LABELS, closes, follows, opens};

type Row = [f32; LABELS];

/// The learned weights.
pub(crate) struct Trained {
    /// By feature number, then label.
    pub(crate) weights: Vec<Row>,
    /// From label to label; what is impossible is 0.
    pub(crate) transitions: [Row; LABELS],
}

/// A weight and the sum of its squared gradients, side by side for the memory's sake.
#[derive(Clone, Copy)]
struct Cell {
    weight: Row,
    squares: Row,
}

struct State<'a> {
    settings: &'a Settings,
    doubted: Vec<bool>,
    doubts: bool,
    groups: Vec<Group>,
    cells: Vec<Cell>,
    transitions: [Row; LABELS],
    transition_squares: [Row; LABELS],
    may_follow: [[bool; LABELS]; LABELS],
}

/// Epochs at the start in which every annotation is believed.
const CREDULOUS: usize = 2;

/// Epochs at the end whose weights are averaged.
const AVERAGED: usize = 3;

/// Trains on `examples`; the loss of each epoch of each run is added to `losses`.
///
/// The runs differ in their random numbers only. The aim is convex, so their mean is a good answer,
/// and a steadier one than any of them.
pub(crate) fn train(examples: &Examples, settings: &Settings, losses: &mut Vec<f64>) -> Trained {
    let mut mean = Trained {
        weights: vec![[0.0; LABELS]; examples.features.len()],
        transitions: [[0.0; LABELS]; LABELS],
    };
    for run in 0..settings.runs {
        let mut random = Random::new(settings.seed + run);
        State::new(examples, settings).run(examples, &mut random, losses, &mut mean);
    }
    let count = settings.runs as f32 * AVERAGED.min(settings.epochs) as f32;
    for weight in mean.weights.iter_mut().chain(&mut mean.transitions).flatten() {
        *weight /= count.max(1.0);
    }
    if let Some(bias) = examples.features.iter().position(|(hash, _)| *hash == bias()) {
        mean.weights[bias][0] -= settings.less_outside;
    }
    mean
}

impl<'a> State<'a> {
    fn new(examples: &Examples, settings: &'a Settings) -> Self {
        let doubted = |(name, _): &(String, f32)| settings.doubted.contains(name);
        let label = |number: usize| u8::try_from(number).unwrap_or(0);
        let cell = Cell { weight: [0.0; LABELS], squares: [1e-8; LABELS] };
        Self {
            settings,
            doubted: settings.corpora.iter().map(doubted).collect(),
            doubts: false,
            groups: examples.features.iter().map(|(hash, _)| Group::of_feature(*hash)).collect(),
            cells: vec![cell; examples.features.len()],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[1e-8; LABELS]; LABELS],
            may_follow: std::array::from_fn(|from| {
                std::array::from_fn(|to| follows(label(from), label(to)))
            }),
        }
    }

    /// All epochs; the weights of the last ones are added to `sum`.
    fn run(
        &mut self,
        examples: &Examples,
        random: &mut Random,
        losses: &mut Vec<f64>,
        sum: &mut Trained,
    ) {
        let mut room = Room::default();
        for epoch in 0..self.settings.epochs {
            self.doubts = epoch >= CREDULOUS;
            let mut loss = 0.0;
            for index in self.order(examples, random) {
                loss += self.step(&examples.sentences[index], random, &mut room);
            }
            losses.push(loss);
            if epoch + AVERAGED >= self.settings.epochs {
                let rows = self.cells.iter().map(|cell| &cell.weight).chain(&self.transitions);
                let sums = sum.weights.iter_mut().chain(&mut sum.transitions);
                for (sum, row) in sums.zip(rows) {
                    for (sum, weight) in sum.iter_mut().zip(row) {
                        *sum += weight;
                    }
                }
            }
        }
    }

    /// The sentences of one epoch, shuffled, each as often as its corpus is to be seen.
    fn order(&self, examples: &Examples, random: &mut Random) -> Vec<usize> {
        let mut order = Vec::new();
        for (index, sentence) in examples.sentences.iter().enumerate() {
            let corpus = self.settings.corpora.get(sentence.corpus);
            let mut share = corpus.map_or(1.0, |(_, share)| *share);
            while share >= 1.0 || random.happens(share) {
                order.push(index);
                share -= 1.0;
            }
        }
        random.shuffle(&mut order);
        order
    }
}

/// Buffers of one sentence.
#[derive(Default)]
struct Room {
    kept: Vec<u32>,
    kept_ends: Vec<usize>,
    emitted: Vec<Row>,
    raised: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    norms: Vec<f32>,
}

impl State<'_> {
    /// One step on one sentence; returns its loss before the step.
    fn step(&mut self, example: &Example, random: &mut Random, room: &mut Room) -> f64 {
        let count = example.labels.len();
        self.emit(example, random, room);
        let raised_transitions: [Row; LABELS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                if self.may_follow[from][to] { self.transitions[from][to].exp() } else { 0.0 }
            })
        });
        let log_sum = sums(room, &raised_transitions);
        let mut gold = 0.0;
        for (at, &label) in example.labels.iter().enumerate() {
            gold += f64::from(room.emitted[at][usize::from(label)]);
            if at > 0 {
                gold += f64::from(
                    self.transitions[usize::from(example.labels[at - 1])][usize::from(label)],
                );
            }
        }
        let doubted = self.doubts && self.doubted.get(example.corpus).copied().unwrap_or(false);
        if doubted && log_sum - gold > self.settings.believable_loss {
            return log_sum - gold;
        }
        let mut start = 0;
        for at in 0..count {
            let end = room.kept_ends[at];
            self.move_weights(
                &room.kept[start..end],
                marginals(room, at),
                usize::from(example.labels[at]),
            );
            start = end;
        }
        for at in 1..count {
            let pair = [example.labels[at - 1], example.labels[at]].map(usize::from);
            self.move_transitions(room, at, &raised_transitions, pair);
        }
        log_sum - gold
    }

    /// Scores of every token, with some features left out.
    fn emit(&self, example: &Example, random: &mut Random, room: &mut Room) {
        room.kept.clear();
        room.kept_ends.clear();
        room.emitted.clear();
        let scale = 1.0 / (1.0 - self.settings.dropout);
        for at in 0..example.labels.len() {
            let mut row = [0.0; LABELS];
            let without = self.settings.groups_left_out.map(|share| random.happens(share));
            for &feature in example.token(at) {
                let group = self.groups[feature as usize];
                if without[group as usize] || random.happens(self.settings.dropout) {
                    continue;
                }
                room.kept.push(feature);
                for (score, weight) in row.iter_mut().zip(self.cells[feature as usize].weight) {
                    *score += weight * scale;
                }
            }
            room.kept_ends.push(room.kept.len());
            room.emitted.push(row);
        }
    }

    fn move_weights(&mut self, features: &[u32], mut gradient: Row, gold: usize) {
        gradient[gold] -= 1.0;
        if gradient.iter().all(|part| part.abs() < 1e-4) {
            return;
        }
        let scale = 1.0 / (1.0 - self.settings.dropout);
        for part in &mut gradient {
            *part = if part.abs() < 1e-4 { 0.0 } else { *part * scale };
        }
        let Settings { rate, decay, .. } = *self.settings;
        for &feature in features {
            let Cell { weight, squares } = &mut self.cells[feature as usize];
            for ((weight, square), part) in weight.iter_mut().zip(squares).zip(gradient) {
                // A part of 0 moves nothing: it adds to neither.
                let slope = if part == 0.0 { 0.0 } else { part + decay * *weight };
                *square += slope * slope;
                *weight -= rate * slope / square.sqrt();
            }
        }
    }

    fn move_transitions(
        &mut self,
        room: &Room,
        at: usize,
        raised: &[Row; LABELS],
        gold: [usize; 2],
    ) {
        let (before, after) = (&room.forward[at - 1], &room.backward[at]);
        let ahead: Row = std::array::from_fn(|to| room.raised[at][to] * after[to]);
        let expected: [Row; LABELS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| before[from] * raised[from][to] * ahead[to])
        });
        let total: f32 = expected.iter().flatten().sum();
        if total <= 0.0 {
            return;
        }
        for (from, row) in expected.iter().enumerate() {
            for (to, part) in row.iter().enumerate() {
                let slope = part / total - if gold == [from, to] { 1.0 } else { 0.0 };
                if self.may_follow[from][to] && slope.abs() > 1e-4 {
                    let square = &mut self.transition_squares[from][to];
                    *square += slope * slope;
                    self.transitions[from][to] -= self.settings.rate * slope / square.sqrt();
                }
            }
        }
    }
}

/// Forward and backward sums, scaled token by token; returns the logarithm of the whole sum.
fn sums(room: &mut Room, transitions: &[Row; LABELS]) -> f64 {
    let count = room.emitted.len();
    room.raised.clear();
    room.forward.clear();
    room.norms.clear();
    room.backward.clear();
    room.backward.resize(count, [0.0; LABELS]);
    let allowed = |test: fn(u8) -> bool| -> Row {
        std::array::from_fn(|label| f32::from(u8::from(test(u8::try_from(label).unwrap_or(0)))))
    };
    let (first, last) = (allowed(opens), allowed(closes));
    let mut log_sum = 0.0;
    for at in 0..count {
        let most = room.emitted[at].iter().copied().fold(f32::MIN, f32::max);
        let raised: Row = room.emitted[at].map(|score| (score - most).exp());
        let mut row = match room.forward.last() {
            None => first,
            Some(before) => {
                let mut row = [0.0; LABELS];
                for (from, transitions) in before.iter().zip(transitions) {
                    for (sum, transition) in row.iter_mut().zip(transitions) {
                        *sum += from * transition;
                    }
                }
                row
            }
        };
        for (sum, raised) in row.iter_mut().zip(raised) {
            *sum *= raised;
        }
        if at + 1 == count {
            for (sum, last) in row.iter_mut().zip(last) {
                *sum *= last;
            }
        }
        let norm = row.iter().sum::<f32>().max(1e-30);
        row = row.map(|sum| sum / norm);
        log_sum += f64::from(most) + f64::from(norm).ln();
        room.raised.push(raised);
        room.forward.push(row);
        room.norms.push(norm);
    }
    if let Some(end) = room.backward.last_mut() {
        *end = last;
    }
    for at in (0..count.saturating_sub(1)).rev() {
        let weighted: Row =
            std::array::from_fn(|to| room.raised[at + 1][to] * room.backward[at + 1][to]);
        let norm = room.norms[at + 1];
        room.backward[at] = std::array::from_fn(|from| {
            let sum: f32 =
                transitions[from].iter().zip(weighted).map(|(step, after)| step * after).sum();
            sum / norm
        });
    }
    log_sum
}

/// The probability of each label of the token `at`.
fn marginals(room: &Room, at: usize) -> Row {
    let row: Row = std::array::from_fn(|label| room.forward[at][label] * room.backward[at][label]);
    let total = row.iter().sum::<f32>().max(1e-30);
    row.map(|part| part / total)
}
