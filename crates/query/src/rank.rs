//! The constants of ranking and where they come from, and the statistics that scores are made of.
//!
//! BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) with k1 = 1.2 and b = 0.75, the engine's own, over title and text
//! together, plus the same over title alone, over the lead alone, and for the word as it was written: a word that stands there counts more.
//! BM25F, one saturation over all of them, was measured and left (docs/decisions.md).

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::lengths::Lengths;
use crate::terms::{Terms, look_up};

/// Weight of a word's BM25 in the title beside that in title and text together: a word of the title counts about twice. The collections with
/// judgments at hand have no titles, so this is the middle of what TREC's BM25F runs use for short titles, not a fitted value.
pub(crate) const TITLE_WEIGHT: f32 = 1.0;

/// Weight of a word's BM25 in the lead.
pub(crate) const LEAD_WEIGHT: f32 = 0.5;

/// Weight of a word's BM25 in the very form in which it was written, beside that of its stem; as rare as the stem. Weighing whole forms beside stems
/// goes back to Harman (How Effective Is Suffixing?, JASIS 1991), who found stems alone to help some queries and to harm as many.
pub(crate) const AS_WRITTEN_WEIGHT: f32 = 0.3;

/// Weight of two neighbouring words of the query where they stand side by side in that order: the ordered feature of the sequential dependence model
/// (Metzler and Croft, A Markov Random Field Model for Term Dependencies, SIGIR 2005).
///
/// Chosen once with the others here, on TIME (56 queries) and Cranfield (150), any-of searches, mean average precision and nDCG@10:
/// plain .681 .738 and .281 .353; faint words .686 .744 and .289 .355; with words near each other too .698 .753 and .293 .359; with words side by
/// side too, and a lead of 0.3, .699 .752 and .297 .364.
pub(crate) const ADJACENT_WEIGHT: f32 = 0.1;

/// Weight of two neighbouring words of the query within [`NEAR_WORDS`] of each other, in either order: the model's unordered feature.
pub(crate) const NEAR_WEIGHT: f32 = 0.2;

/// How close that is. 4, 8, 12 and 20 give .694 .698 .698 .699 and .295 .294 .293 .293 at the weight above and nothing for words side by side.
pub(crate) const NEAR_WORDS: u32 = 12;

/// Weight of words like `what` and `of` beside others: next to nothing, but enough to tell two articles apart.
pub(crate) const FAINT_WEIGHT: f32 = 0.01;

/// Weight of an article's being about what words of the query name, beside those words' rarity. No collection at hand judges it: it is less than a
/// word in the title, so that it decides between articles that the words alone leave close.
pub(crate) const ABOUT_WEIGHT: f32 = 0.5;

/// How much an article is about an entity, 0 to 1: its mentions beside those of the most mentioned entity of its kind, and how many they are, with
/// BM25's saturation. Mentions in title and lead weigh what words there weigh.
pub(crate) fn aboutness(mentions: f32, most: f32) -> f32 {
    const HALF: f32 = 1.2;
    if most <= 0.0 {
        return 0.0;
    }
    (mentions / most).min(1.0) * mentions / (mentions + HALF)
}

/// Articles at the top of the results from which `expand` takes words, and how many words: usual for RM3 (10 and 20 to 50).
pub(crate) const FEEDBACK_ARTICLES: usize = 10;
/// See [`FEEDBACK_ARTICLES`].
pub(crate) const ADDED_WORDS: usize = 20;

/// What the agreement of the first articles is multiplied with to become the weight of all added words beside the query's own; at most 1.
///
/// Chosen once, in a prototype: mean average precision and nDCG@10 of TIME and Cranfield are .699 .754 and .313 .375 without expansion, .717 .774 and
/// .329 .390 at 4, .721 .776 and .332 .392 at 5, .712 .766 and .331 .390 at 6; at a fixed weight of 1 TIME falls to .695 .751.
pub(crate) const AGREEMENT_FACTOR: f64 = 5.0;

/// Below this weight nothing is added.
pub(crate) const LEAST_TRUST: f64 = 0.1;

/// How rare what is in `frequency` of so many articles is: BM25's logarithm, never below 0.
pub(crate) fn rarity(frequency: u64, articles: u64) -> f32 {
    let frequency = frequency.min(articles);
    (((articles - frequency) as f32 + 0.5) / (frequency as f32 + 0.5)).ln_1p()
}

/// The most that BM25 gives: any number of words in an article of no length.
///
/// The engine's own maximum is of as many words in the longest article, which is less where articles are a few words long.
pub(crate) fn most(similarity: &Bm25Weight) -> f32 {
    similarity.score(0, u32::MAX)
}

/// Articles of the index, deleted ones counted, as the engine's statistics have it.
pub(crate) fn articles(searcher: &Searcher) -> u64 {
    searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum()
}

/// What a fuzzy match with one, two … edits is worth beside the word itself.
pub(crate) const EDIT_WEIGHT: f32 = 0.5;

/// Added for each plain word that an article has, when the search was relaxed: more than words can score in sum, so that articles with more of
/// them come first.
pub(crate) const WORD_TIER: f32 = 1000.0;

/// What is left of a score after some days, where recent articles are to be favoured: half of it after each half-life. What brings articles with more
/// words to the front of a relaxed search stays whole.
///
/// A day to come counts as today, and no day as the oldest: nothing is left. Scores never grow, so pruning by the undecayed score stays exact.
pub(crate) fn decayed(score: f32, age_days: Option<f32>, half_life_days: f32) -> f32 {
    let tier = (score / WORD_TIER).floor() * WORD_TIER;
    let left = age_days.map_or(0.0, |age| (-age.max(0.0) / half_life_days).exp2());
    tier + (score - tier) * left
}

/// Scores are told apart down to this: sums that differ only by the order of addition are equal.
pub(crate) const SCORE_STEP: f32 = 1.0 / 1024.0;

/// A score in whole steps of [`SCORE_STEP`], halves away from zero.
#[inline]
pub(crate) fn stepped(score: f32) -> f32 {
    /// From here on numbers have no halves, and what is added to a smaller one rounds it, halves to the even one.
    const WHOLE: f32 = 8_388_608.0;
    let steps = score / SCORE_STEP;
    // The C library's rounding is called, and this runs for every article that may be kept.
    if !(0.0..WHOLE).contains(&steps) {
        return steps.round() * SCORE_STEP;
    }
    let even = (steps + WHOLE) - WHOLE;
    let up = if steps - even >= 0.5 { 1.0 } else { 0.0 };
    (even + up) * SCORE_STEP
}

/// Statistics in which forms of one word (stems by language, expansions of a wildcard) share one frequency.
///
/// Otherwise a form that is rare because its language is would outweigh the usual one.
pub(crate) struct Statistics {
    searcher: Searcher,
    lengths: Lengths,
    /// Frequencies that forms share.
    shared: FxHashMap<Term, u64>,
    looked_up: Terms,
    articles: u64,
}

impl Statistics {
    pub(crate) fn new(
        searcher: &Searcher,
        lengths: &Lengths,
        shared: FxHashMap<Term, u64>,
        looked_up: Terms,
    ) -> Self {
        let articles = articles(searcher);
        let (searcher, lengths) = (searcher.clone(), lengths.clone());
        Self { searcher, lengths, shared, looked_up, articles }
    }
}

impl Statistics {
    /// Words in a field, on average over all articles.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn average(&self, field: Field) -> tantivy::Result<f32> {
        Ok(self.total_num_tokens(field)? as f32 / self.articles as f32)
    }

    /// Where the lists of a term lie, by segment; `None` where it was not looked up.
    pub(crate) fn known_lists(&self, term: &Term) -> Option<&[(SegmentId, TermInfo)]> {
        self.looked_up.get(term).map(|known| known.lists.as_slice())
    }

    /// Where the lists of a term lie, by segment.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn lists(&self, term: &Term) -> tantivy::Result<Vec<(SegmentId, TermInfo)>> {
        match self.looked_up.get(term) {
            Some(known) => Ok(known.lists.clone()),
            None => Ok(look_up(&self.searcher, term)?.lists),
        }
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.lengths.words(&self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let found = match (self.shared.get(term), self.looked_up.get(term)) {
            (Some(shared), _) => *shared,
            (None, Some(known)) => known.articles,
            (None, None) => self.searcher.doc_freq(term)?,
        };
        Ok(found.min(self.articles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_article_scores_more_than_the_most() {
        for average in [1.0, 8.0, 400.0] {
            let similarity = Bm25Weight::for_one_term(3, 1000, average);
            for norm in 0..=u8::MAX {
                for times in [1, 30, 4_000] {
                    assert!(similarity.score(norm, times) <= most(&similarity), "{average} {norm}");
                }
            }
        }
    }

    #[test]
    fn steps_are_those_of_rounding() {
        let numbered = (0..4_000_000).map(|n| n as f32 / 7_000.0);
        let halves = (0..60_000).map(|n| (n as f32 + 0.5) * SCORE_STEP);
        let others = [-0.3, -2.5 * SCORE_STEP, 8_191.999, 8_192.0, 9_000.7, 1e9, f32::MAX];
        for score in numbered.chain(halves).chain(others) {
            let rounded = (score / SCORE_STEP).round() * SCORE_STEP;
            assert_eq!(stepped(score).to_bits(), rounded.to_bits(), "{score}");
        }
        assert!(stepped(f32::NAN).is_nan());
    }

    #[test]
    fn about_the_most_mentioned() {
        let check = |mentions: f32, most: f32, expected: f32| {
            assert!((aboutness(mentions, most) - expected).abs() < 1e-3, "{mentions} {most}");
        };
        check(0.0, 0.0, 0.0);
        check(0.0, 9.0, 0.0);
        check(1.0, 1.0, 0.4545);
        check(1.0, 9.0, 0.0505);
        check(9.0, 9.0, 0.8824);
        check(12.0, 9.0, 0.9091);
    }

    #[test]
    fn halves_with_each_half_life() {
        let check = |score: f32, age: Option<f32>, expected: f32| {
            let left = decayed(score, age, 30.0);
            assert!((left - expected).abs() < 1e-3, "{score} {age:?}: {left}");
            assert!(left <= score);
        };
        check(8.0, Some(0.0), 8.0);
        check(8.0, Some(30.0), 4.0);
        check(8.0, Some(90.0), 1.0);
        check(8.0, Some(-5.0), 8.0);
        check(8.0, Some(1e9), 0.0);
        check(8.0, None, 0.0);
        check(2008.0, Some(30.0), 2004.0);
    }
}
