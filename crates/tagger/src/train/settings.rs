//! What a training run may be told.

/// How to train; [`Settings::default`] is what made the committed model.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Corpora that are used, by file name without extension, in this order, and how often a
    /// sentence of each is seen in an epoch (a part is a chance).
    pub corpora: Vec<(String, f32)>,
    /// How much the label of no name is worth less than it was learned to be: recall for precision.
    pub less_outside: f32,
    /// Trainings whose weights are averaged.
    pub runs: u64,
    /// Passes over the corpora; the weights of the last three are averaged.
    pub epochs: usize,
    /// Step of the adaptive gradient descent.
    pub rate: f32,
    /// From the third epoch on, a sentence of a corpus in `doubted` whose loss is above this teaches
    /// nothing: its annotation is more likely wrong than the model.
    pub believable_loss: f64,
    /// Corpora with annotations by machine or by passers-by.
    pub doubted: Vec<String>,
    /// Pull towards zero, for each step.
    pub decay: f32,
    /// Share of a token's features that are left out at each step.
    pub dropout: f32,
    /// For each group of features (context, identity, lists, clusters) how often a token goes
    /// without all of it.
    pub groups_left_out: [f32; 4],
    /// Features seen less often than this are left out.
    pub least_count: u32,
    /// Features whose largest weight is below this are not written.
    pub least_weight: f32,
    /// The most features written; the largest weights stay.
    pub most_features: usize,
    /// Share of sentences that are seen again in capitals, title case or lower case.
    pub recased: f32,
    /// Start of the random numbers.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let corpora = [
            ("btc_all", 1.0),
            ("crossner_all", 2.0),
            ("gmb_train", 0.6),
            ("gum_open_train", 2.0),
            ("uner_ewt_dev", 6.0),
            ("wnut17_test", 1.0),
            ("wnut17_train", 1.0),
        ];
        Self {
            corpora: corpora.map(|(name, share)| (name.to_owned(), share)).to_vec(),
            less_outside: 0.5,
            runs: 4,
            epochs: 8,
            rate: 0.015,
            believable_loss: 4.0,
            doubted: vec!["gmb_train".to_owned()],
            decay: 1e-6,
            dropout: 0.4,
            groups_left_out: [0.0, 0.2, 0.2, 0.1],
            least_count: 3,
            least_weight: 0.045,
            most_features: 580_000,
            recased: 0.1,
            seed: 12_345,
        }
    }
}

/// Random numbers that are the same everywhere (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A whole number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64)).unwrap_or(0)
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, share: f32) -> bool {
        let part = u16::try_from(self.next() >> 40 & 0xffff).unwrap_or(0);
        f32::from(part) < share * 65_536.0
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
