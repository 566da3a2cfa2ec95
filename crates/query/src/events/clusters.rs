//! One-pass clustering in order of time, with the sums of its clusters in one inverted list.

use std::collections::HashMap;
use std::num::NonZeroU16;

use super::portrait::{Feature, Portrait};
use crate::related::compare::alike;

/// How like an event an article must be to join it, from 0 to 1.
///
/// On the planted events of `crates/query/tests/it/events.rs`.
const LEAST_LIKENESS: f32 = 0.28;
/// What is left of likeness at the end of the window.
const AT_WINDOWS_END: f32 = 0.5;

/// Articles that are put together.
pub(super) struct Cluster {
    /// Their numbers in the order in which they were added, ascending.
    pub(super) members: Vec<usize>,
    /// Last day on which one of them may have appeared.
    last_day: Option<i64>,
    words: Sum,
    names: Sum,
}

/// Square of the length of a sum of vectors.
#[derive(Clone, Copy, Default)]
struct Sum {
    square: f32,
    vectors: usize,
}

/// Parts of the sums of clusters, by feature: the cluster and its part.
type Lists = HashMap<Feature, Vec<(usize, f32)>>;

/// The clusters so far.
pub(super) struct Clusters {
    all: Vec<Cluster>,
    lists: Lists,
    window_days: i64,
    added: usize,
}

impl Clusters {
    pub(super) fn new(window_days: NonZeroU16) -> Self {
        let window_days = i64::from(window_days.get());
        Self { all: Vec::new(), lists: HashMap::new(), window_days, added: 0 }
    }

    pub(super) fn into_clusters(self) -> Vec<Cluster> {
        self.all
    }

    /// Adds an article, which must not be earlier than those before it.
    pub(super) fn add(&mut self, portrait: &Portrait) {
        let joined = self.nearest(portrait).unwrap_or_else(|| {
            self.all.push(Cluster {
                members: Vec::new(),
                last_day: None,
                words: Sum::default(),
                names: Sum::default(),
            });
            self.all.len() - 1
        });
        let Some(cluster) = self.all.get_mut(joined) else { return };
        cluster.members.push(self.added);
        cluster.last_day = cluster.last_day.max(portrait.days.map(|(_, last)| last));
        for (sum, vector) in
            [(&mut cluster.words, &portrait.words), (&mut cluster.names, &portrait.names)]
        {
            sum.vectors += usize::from(!vector.is_empty());
            for (feature, part) in vector {
                let list = self.lists.entry(*feature).or_default();
                // An event that is written about stands near the end.
                let known = list.iter_mut().rev().find(|(cluster, _)| *cluster == joined);
                if let Some((_, whole)) = known {
                    sum.square += part * (2.0 * *whole + part);
                    *whole += part;
                } else {
                    sum.square += part * part;
                    list.push((joined, *part));
                }
            }
        }
        self.added += 1;
    }

    /// The cluster that the article is most like, the oldest of equals; `None` where it is like none.
    fn nearest(&mut self, portrait: &Portrait) -> Option<usize> {
        let mut products: HashMap<usize, (f32, f32)> = HashMap::new();
        let (clusters, window) = (&self.all, self.window_days);
        let near = |cluster: usize| decay(clusters.get(cluster)?.last_day, portrait.days, window);
        for (number, vector) in [&portrait.words, &portrait.names].into_iter().enumerate() {
            for (feature, part) in vector {
                let Some(list) = self.lists.get_mut(feature) else { continue };
                // What is out of reach now stays so: articles come in order of time.
                list.retain(|(cluster, _)| near(*cluster).is_some());
                for (cluster, whole) in list {
                    let product = products.entry(*cluster).or_default();
                    let side = if number == 0 { &mut product.0 } else { &mut product.1 };
                    *side += part * *whole;
                }
            }
        }
        let mut best: Option<(f32, usize)> = None;
        for (number, (words, names)) in products {
            let Some(cluster) = self.all.get(number) else { continue };
            let likeness = cluster.likeness(portrait, words, names) * near(number).unwrap_or(0.0);
            let is_better = |(most, other)| likeness > most || (likeness >= most && number < other);
            if likeness >= LEAST_LIKENESS && best.is_none_or(is_better) {
                best = Some((likeness, number));
            }
        }
        best.map(|(_, number)| number)
    }
}

impl Cluster {
    /// How like its mean an article is, whose products with its sums are `words` and `names`.
    fn likeness(&self, portrait: &Portrait, words: f32, names: f32) -> f32 {
        let cosine = |product: f32, sum: Sum| product / sum.square.sqrt().max(f32::MIN_POSITIVE);
        let words = cosine(words, self.words);
        if portrait.names.is_empty() || self.names.vectors == 0 {
            return words;
        }
        alike(words, cosine(names, self.names))
    }
}

/// What the days between leave of likeness; `None` where they are too many. Articles without a day, which come last, go together by themselves.
fn decay(last: Option<i64>, days: Option<(i64, i64)>, window: i64) -> Option<f32> {
    let (last, first) = match (last, days) {
        (Some(last), Some((first, _))) => (last, first),
        (None, None) => return Some(1.0),
        _ => return None,
    };
    let apart = (first - last).max(0);
    (apart <= window).then(|| 1.0 - (1.0 - AT_WINDOWS_END) * apart as f32 / window as f32)
}
