//! The constants of ranking and where they come from, and the statistics that scores are made of.
//!
//! BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) with k1 = 1.2 and b = 0.75, the engine's own, over title and text
//! together, plus the same over title and lead alone: a word that stands there counts more.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// Weight of a word's BM25 in the title beside that in title and text together: a word of the title counts about twice. The collections with
/// judgments at hand have no titles, so this is the middle of what TREC's BM25F runs use for short titles, not a fitted value.
pub(crate) const TITLE_WEIGHT: f32 = 1.0;

/// Weight of a word's BM25 in the lead. Measured as any-of searches: mean average precision and nDCG@10 on TIME (56 queries) and Cranfield (150)
/// are .656 .722 and .283 .350 at 0, .674 .739 and .282 .352 at 0.35, .669 .734 and .282 .354 at 0.5, .62 .68 and .28 .35 at 1.
pub(crate) const LEAD_WEIGHT: f32 = 0.4;

/// What a fuzzy match with one, two … edits is worth beside the word itself.
pub(crate) const EDIT_WEIGHT: f32 = 0.5;

/// Added for each plain word that an article has, when the search was relaxed: more than words can score in sum, so that articles with more of
/// them come first.
pub(crate) const WORD_TIER: f32 = 1000.0;

/// Scores are told apart down to this: sums that differ only by the order of addition are equal.
pub(crate) const SCORE_STEP: f32 = 1.0 / 1024.0;

/// Statistics in which forms of one word (stems by language, expansions of a wildcard) share one frequency.
///
/// Otherwise a form that is rare because its language is would outweigh the usual one.
pub(crate) struct Statistics {
    searcher: Searcher,
    shared: Arc<HashMap<Term, u64>>,
    articles: u64,
}

impl Statistics {
    pub(crate) fn new(searcher: &Searcher, shared: HashMap<Term, u64>) -> Self {
        let articles =
            searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc()));
        Self { searcher: searcher.clone(), shared: Arc::new(shared), articles: articles.sum() }
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let found = match self.shared.get(term) {
            Some(shared) => *shared,
            None => self.searcher.doc_freq(term)?,
        };
        Ok(found.min(self.articles))
    }
}
