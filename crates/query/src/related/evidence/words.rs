//! The telling words of an article: those that are frequent in it and rare elsewhere, and how much of them another article has.
//!
//! Another article's part is its BM25 score for these words, beside that of the article itself, so that it lies between 0 and 1.

use dateline_schema::analyze::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::query::{EnableScoring, Occur, Query, Scorer};
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::Rarity;
use super::vocabulary::StemId;
use crate::engine::Error;
use crate::forms::FormsQuery;
use crate::rank::Statistics;
use crate::related::candidates::Candidate;
use crate::related::stored::{Stored, StoredPlace};

/// Words looked for.
const MOST_WORDS: usize = 30;
/// Words weighed: the most frequent of a long article, so that its length costs no more look-ups.
const MOST_WEIGHED: usize = 400;
/// A word that more than one in so many articles has is no telling one …
const COMMON: u64 = 4;
/// … unless so few have it.
const FEW: u64 = 3;
/// How often a word counts that stands in the title.
const TITLE_COUNT: u32 = 3;

/// A word, and what it weighs in the article.
struct Telling {
    /// As it is first written, folded.
    written: String,
    terms: Vec<Term>,
    weight: f32,
}

/// The telling words of an article, weightiest first.
pub(crate) struct TellingWords(Vec<Telling>);

/// How much of an article's telling words another has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WordMatch {
    /// From 0 to 1.
    pub(crate) similarity: f32,
    /// The words, those that add most first.
    pub(crate) words: Vec<String>,
}

/// Occurrences of a word and how it is first written.
struct Counted {
    count: u32,
    written: String,
}

impl TellingWords {
    pub(super) fn of(article: &Stored, rarity: &mut Rarity<'_>) -> Result<Self, Error> {
        let names = words_of_names(article);
        let mut counts: FxHashMap<StemId, Counted> = FxHashMap::default();
        let title = article.title.as_deref().unwrap_or_default();
        let texts = article.paragraphs.iter().map(|text| (&**text, 1));
        for (text, times) in std::iter::once((title, TITLE_COUNT)).chain(texts) {
            let mut words = Words::new(text);
            while words.advance() {
                let folded = words.folded();
                let Some(stem) = rarity.vocabulary.stem(article.language, folded) else { continue };
                if names.contains(folded) {
                    continue;
                }
                let new = || Counted { count: 0, written: folded.to_owned() };
                counts.entry(stem).or_insert_with(new).count += times;
            }
        }
        let mut counted: Vec<(StemId, Counted)> = counts.into_iter().collect();
        let vocabulary = &rarity.vocabulary;
        counted.sort_unstable_by(|(a, first), (b, second)| {
            let by_stem = || vocabulary.written(*a).cmp(vocabulary.written(*b));
            second.count.cmp(&first.count).then_with(by_stem)
        });
        counted.truncate(MOST_WEIGHED);
        let most = (rarity.searcher.num_docs() / COMMON).max(FEW);
        let (searcher, fields) = (rarity.searcher, rarity.fields);
        let mut found = Vec::new();
        for (stem, Counted { count, written }) in counted {
            let frequency = rarity.vocabulary.articles(searcher, fields, rarity.counts, stem)?;
            // What no other article has finds none, and what most have tells nothing.
            if frequency > 1 && frequency <= most {
                let weight = (1.0 + (count as f32).ln()) * rarity.of(frequency);
                let terms = rarity.vocabulary.terms(fields, stem);
                found.push(Telling { written, terms, weight });
            }
        }
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.terms.cmp(&b.terms)));
        found.truncate(MOST_WORDS);
        Ok(Self(found))
    }

    /// The words' terms and weights, weightiest first.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (&[Term], f32)> {
        self.0.iter().map(|word| (&*word.terms, word.weight))
    }

    /// A clause for each word.
    pub(super) fn queries(&self) -> Vec<(Occur, Box<dyn Query>)> {
        self.0
            .iter()
            .map(|word| (Occur::Should, Box::new(word.query()) as Box<dyn Query>))
            .collect()
    }

    /// How much of the words each candidate has; `candidates` in the order in which they lie.
    pub(crate) fn similarities(
        &self,
        searcher: &Searcher,
        statistics: &Statistics,
        of: DocAddress,
        candidates: &[Candidate],
    ) -> Result<Vec<WordMatch>, Error> {
        let mut parts = vec![Vec::new(); candidates.len()];
        let mut whole = 0.0;
        for word in &self.0 {
            let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
            let weight = word.query().weight(scoring)?;
            let mut at = (u32::MAX, None);
            let own = weight.scorer(searcher.segment_reader(of.segment_ord), 1.0)?;
            whole += score_of(&mut { own }, of.doc_id).unwrap_or(0.0);
            for (candidate, parts) in candidates.iter().zip(&mut parts) {
                let DocAddress { segment_ord, doc_id } = candidate.address;
                if at.0 != segment_ord || at.1.is_none() {
                    let reader = searcher.segment_reader(segment_ord);
                    at = (segment_ord, Some(weight.scorer(reader, 1.0)?));
                }
                let score = at.1.as_mut().and_then(|scorer| score_of(scorer, doc_id));
                parts.extend(score.map(|score| (score, word)));
            }
        }
        let told = parts.into_iter().map(|mut parts| {
            let sum: f32 = parts.iter().map(|(score, _)| score).sum();
            parts.sort_by(|(a, first), (b, second)| {
                b.total_cmp(a).then_with(|| first.terms.cmp(&second.terms))
            });
            WordMatch {
                similarity: if whole > 0.0 { (sum / whole).min(1.0) } else { 0.0 },
                words: parts.into_iter().map(|(_, word)| word.written.clone()).collect(),
            }
        });
        Ok(told.collect())
    }
}

/// The words of the names in the article: these are evidence of their own.
fn words_of_names(article: &Stored) -> FxHashSet<String> {
    let people = article.people.iter().chain(&article.organisations).map(|name| &*name.name);
    let mut found = FxHashSet::default();
    for name in people.chain(article.places.iter().map(StoredPlace::name)) {
        let mut words = Words::new(name);
        while words.advance() {
            found.insert(words.folded().to_owned());
        }
    }
    found
}

impl Telling {
    fn query(&self) -> FormsQuery {
        FormsQuery { words: vec![self.terms.clone()] }
    }
}

/// The score of an article, where it has the word.
fn score_of(scorer: &mut Box<dyn Scorer>, doc: u32) -> Option<f32> {
    if scorer.doc() < doc {
        scorer.seek(doc);
    }
    (scorer.doc() == doc).then(|| scorer.score())
}
