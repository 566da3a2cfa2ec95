//! Collocates: words and names that stand beside what a query finds more often than chance would have it; what can be asked, what comes back, and the
//! two measures. Counting is the engine's.
//!
//! Counted are, for the matches x of the query and a collocate y: f(x), the matches; f(y), how often y stands in all articles; f(x,y), how often it
//! stands beside a match; N, all words; W, the words beside matches. For names of people, places and organisations the mentions of that kind stand in
//! place of words. A word beside two matches counts once, a word of a match never.
//!
//! - logDice = 14 + log2(2 f(x,y) / (f(x) + f(y))): 14 at most, a point less for half the strength, the same in a small corpus and a large one
//!   (P. Rychlý, A lexicographer-friendly association score, 2008).
//! - Log-likelihood G² = 2 Σ O ln(O / E) over the table of y and other words, beside matches and elsewhere: O is f(x,y), W − f(x,y), f(y) − f(x,y)
//!   and N − W − f(y) + f(x,y), E the product of its row and column by N. Above 3.84 chance would do it once in twenty (T. Dunning, Accurate methods
//!   for the statistics of surprise and coincidence, 1993). Negative where y stands beside matches less often than elsewhere.

use crate::engine::Request;
use crate::note::Note;

/// What is asked of collocates.
#[derive(Clone, Debug)]
pub struct Collocation {
    /// The query, its filters, and what becomes of copies; its limit, offset and order do not count.
    pub request: Request,
    /// Words looked at before each match, within its sentence.
    pub left: usize,
    /// Words looked at after it.
    pub right: usize,
    /// Fewest times beside a match.
    pub min: u64,
    /// What is counted; everything where it is empty.
    pub kinds: Vec<CollocateKind>,
    /// Whether the most common words of a language are listed.
    pub stop_words: StopWords,
    /// Order of the list; ties by the other measures, then by word.
    pub order: CollocateOrder,
    /// Collocates wanted; all without.
    pub limit: Option<usize>,
}

/// What a collocate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CollocateKind {
    /// A word, unstemmed, whatever its case and accents.
    Word,
    /// A person, under any form of the name.
    Person,
    /// A place, under any spelling, by its people too.
    Place,
    /// An organisation.
    Organisation,
}

/// What becomes of articles, pronouns, prepositions and the like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StopWords {
    /// They are counted in the totals, and left out of the list.
    #[default]
    LeftOut,
    /// They are listed.
    Listed,
}

/// The order of collocates, strongest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CollocateOrder {
    /// By logDice.
    #[default]
    LogDice,
    /// By log-likelihood.
    LogLikelihood,
    /// By times beside a match.
    Count,
}

/// What stands beside the matches of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collocates {
    /// In the order asked for.
    pub collocates: Vec<Collocate>,
    /// Matches: f(x).
    pub matches: u64,
    /// Collocates that fit in all.
    pub total: usize,
    /// How the query was read and run.
    pub notes: Vec<Note>,
}

/// A word or name beside the matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// The word in small letters, as most often written; a name as shown with hits.
    pub word: String,
    /// What it is.
    pub kind: CollocateKind,
    /// Times beside a match: f(x,y).
    pub count: u64,
    /// Times in all articles: f(y).
    pub frequency: u64,
    /// Rychlý's logDice.
    pub log_dice: f64,
    /// Dunning's G², with the sign of the difference.
    pub log_likelihood: f64,
}

/// Rychlý's logDice of a pair that was seen `joint` times together, its sides `node` and `collocate` times. `joint` must be more than 0.
pub(crate) fn log_dice(joint: u64, node: u64, collocate: u64) -> f64 {
    14.0 + (2.0 * joint as f64 / (node + collocate) as f64).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Equal to four digits after the point.
    #[track_caller]
    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} for {expected}");
    }

    #[test]
    fn log_dice_of_known_counts() {
        check(log_dice(10, 10, 10), 14.0);
        check(log_dice(5, 10, 10), 13.0);
        check(log_dice(1, 100, 28), 8.0);
        // The scale does not depend on the size of the corpus, only on the three counts.
        check(log_dice(1, 1 << 20, 1 << 20), -6.0);
    }
}
