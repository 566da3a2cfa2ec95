//! Words added to a query from the articles that it finds first, where these agree.
//!
//! Pseudo relevance feedback by a relevance model interpolated with the query (RM3: Lavrenko and Croft, Relevance-Based Language Models, SIGIR
//! 2001; Abdul-Jaleel et al., UMass at TREC 2004). Feedback harms where the first articles are about different things, so what it adds is
//! weighed by how alike they are, the idea of the clarity score (Cronen-Townsend, Zhou and Croft, Predicting Query Performance, SIGIR 2002) with
//! the mean cosine of all pairs as its measure. It changes the order of results, never which articles are found.

use std::collections::{BTreeMap, HashMap};

use dateline_article::{ArticleId, Record};
use dateline_schema::analyze::{Stems, Words};
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, BoostQuery, EmptyQuery, Occur, Query};

use super::{LocalEngine, Prepared};
use crate::engine::{Error, Request};
use crate::explain::Ledger;
use crate::fold::Shown;
use crate::forms::FormsQuery;
use crate::lower::{is_faint_word, plain_words_in};
use crate::note::Note;
use crate::rank;
use crate::syntax::Node;
use crate::terms::terms_of_stem;

/// Words of an article, by their stems.
struct Bag {
    /// How much the article counts among the others; all sum to 1.
    share: f64,
    /// How often each stem stands in it.
    counts: BTreeMap<String, u32>,
    words: u32,
}

/// A word to be added.
struct Added {
    stem: String,
    /// Its share of the relevance model; all sum to 1.
    share: f64,
}

impl LocalEngine {
    /// Adds words of the best articles to what was prepared; `found` are those of the page and before it.
    pub(super) fn expand(
        &self,
        searcher: &Searcher,
        request: &Request,
        prepared: &mut Prepared,
        found: &[Shown],
    ) -> Result<Note, Error> {
        let more;
        let mut best = found;
        if best.len() < rank::FEEDBACK_ARTICLES {
            let first = Request { limit: rank::FEEDBACK_ARTICLES, offset: 0, ..request.clone() };
            more = self.shown(searcher, &first, prepared)?;
            best = &more;
        }
        let best = best.get(..rank::FEEDBACK_ARTICLES).unwrap_or(best);
        let Some(tree) = &request.query.tree else { return Ok(Note::NotExpanded) };
        let query = std::mem::replace(&mut prepared.query, Box::new(EmptyQuery));
        let (query, note) = self.expanded(searcher, tree, query, best, &mut prepared.ledger)?;
        prepared.query = query;
        Ok(note)
    }

    /// `query` with what words of its best articles add to its score, and a note of what was done.
    fn expanded(
        &self,
        searcher: &Searcher,
        tree: &Node,
        query: Box<dyn Query>,
        best: &[Shown],
        ledger: &mut Ledger,
    ) -> Result<(Box<dyn Query>, Note), Error> {
        let mut written: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let mut bags = Vec::new();
        let total: f64 = best.iter().map(|shown| f64::from(shown.found.score)).sum();
        for shown in best {
            let id = ArticleId::from_u64(shown.found.id);
            let record = self.record(searcher, shown.found.address, id)?;
            bags.push(Bag {
                share: f64::from(shown.found.score) / total.max(f64::MIN_POSITIVE),
                ..bag(&record, &mut written)
            });
        }
        let rarity = self.rarities(searcher, &bags)?;
        let trust = (agreement(&bags, &rarity) * rank::AGREEMENT_FACTOR).min(1.0);
        let added = model(&bags, &rarity);
        if trust < rank::LEAST_TRUST || added.is_empty() {
            return Ok((query, Note::NotExpanded));
        }
        let own = plain_words_in(tree).max(1);
        let mut clauses = vec![(Occur::Must, query)];
        let mut words = Vec::with_capacity(added.len());
        for Added { stem, share } in added {
            let terms = terms_of_stem(&self.opened.fields, &stem);
            #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more digits")]
            let weight = (share * trust * own as f64) as f32;
            let one = FormsQuery { words: vec![terms] };
            let word = usual_form(&stem, &written);
            let mark = ledger.mark();
            ledger.note(&one, || format!("`{word}` added"));
            ledger.weigh(mark, weight);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(one), weight))));
            words.push(word);
        }
        Ok((Box::new(BooleanQuery::new(clauses)), Note::Expanded { words }))
    }

    /// How rare each stem is in the index; those in half of the articles and more, which hold any text together, are left out.
    fn rarities(&self, searcher: &Searcher, bags: &[Bag]) -> Result<HashMap<String, f64>, Error> {
        let articles = rank::articles(searcher);
        let mut rarity = HashMap::new();
        for stem in bags.iter().flat_map(|bag| bag.counts.keys()) {
            if rarity.contains_key(stem) {
                continue;
            }
            let frequency = self.counts.of_stem(searcher, &self.opened.fields, stem)?;
            if frequency > 0 && frequency.saturating_mul(2) <= articles {
                rarity.insert(stem.clone(), f64::from(rank::rarity(frequency, articles)));
            }
        }
        Ok(rarity)
    }
}

/// The words of title and text that may say what an article is about.
fn bag(record: &Record, written: &mut HashMap<String, HashMap<String, u32>>) -> Bag {
    let article = &record.article;
    let stems = Stems::of(article.language);
    let mut bag = Bag { share: 0.0, counts: BTreeMap::new(), words: 0 };
    for text in article.title.iter().chain(&article.paragraphs) {
        let mut words = Words::new(text);
        while words.advance() {
            bag.words = bag.words.saturating_add(1);
            let word = words.folded();
            let says_something = word.chars().count() > 1
                && word.chars().any(char::is_alphabetic)
                && !is_faint_word(word);
            if says_something {
                let stem = stems.stem(word);
                *written
                    .entry(stem.to_string())
                    .or_default()
                    .entry(word.to_owned())
                    .or_default() += 1;
                *bag.counts.entry(stem.into_owned()).or_default() += 1;
            }
        }
    }
    bag
}

/// The form in which a stem stands most often in the articles; of those the first by letters.
fn usual_form(stem: &str, written: &HashMap<String, HashMap<String, u32>>) -> String {
    let forms = written.get(stem).into_iter().flatten();
    let best = forms.max_by(|(a, times_a), (b, times_b)| times_a.cmp(times_b).then(b.cmp(a)));
    best.map_or_else(|| stem.to_owned(), |(form, _)| form.clone())
}

/// The mean cosine of all pairs of articles, over their words weighed by log frequency and rarity: 0 nothing in common, 1 the same.
fn agreement(bags: &[Bag], rarity: &HashMap<String, f64>) -> f64 {
    let weighed = |bag: &Bag| {
        let mut vector: Vec<(String, f64)> = Vec::new();
        for (stem, count) in &bag.counts {
            if let Some(rarity) = rarity.get(stem) {
                vector.push((stem.clone(), (1.0 + f64::from(*count).ln()) * rarity));
            }
        }
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (_, weight) in &mut vector {
            *weight /= length.max(f64::MIN_POSITIVE);
        }
        vector.into_iter().collect::<BTreeMap<String, f64>>()
    };
    let vectors: Vec<BTreeMap<String, f64>> = bags.iter().map(weighed).collect();
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (n, one) in vectors.iter().enumerate() {
        for other in vectors.iter().skip(n + 1) {
            sum += one
                .iter()
                .map(|(stem, weight)| weight * other.get(stem).unwrap_or(&0.0))
                .sum::<f64>();
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

/// The likeliest words of the relevance model.
fn model(bags: &[Bag], rarity: &HashMap<String, f64>) -> Vec<Added> {
    let mut shares: BTreeMap<&String, f64> = BTreeMap::new();
    for bag in bags {
        for (stem, count) in &bag.counts {
            if rarity.contains_key(stem) {
                let share = bag.share * f64::from(*count) / f64::from(bag.words.max(1));
                *shares.entry(stem).or_default() += share;
            }
        }
    }
    let mut likeliest: Vec<(&String, f64)> = shares.into_iter().collect();
    likeliest.sort_by(|(a, share_a), (b, share_b)| share_b.total_cmp(share_a).then(a.cmp(b)));
    likeliest.truncate(rank::ADDED_WORDS);
    let total: f64 = likeliest.iter().map(|(_, share)| share).sum();
    let added = |(stem, share): (&String, f64)| Added { stem: stem.clone(), share: share / total };
    likeliest.into_iter().map(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Bag {
        let mut bag = Bag { share: 0.5, counts: BTreeMap::new(), words: 0 };
        for word in words.split(' ') {
            *bag.counts.entry(word.to_owned()).or_default() += 1;
            bag.words += 1;
        }
        bag
    }

    fn even(bags: &[Bag]) -> HashMap<String, f64> {
        bags.iter().flat_map(|bag| bag.counts.keys()).map(|stem| (stem.clone(), 1.0)).collect()
    }

    #[test]
    fn articles_agree_by_the_words_they_share() {
        let check = |texts: &[&str], expected: f64| {
            let bags: Vec<Bag> = texts.iter().map(|text| of(text)).collect();
            let found = agreement(&bags, &even(&bags));
            assert!((found - expected).abs() < 1e-9, "{texts:?}: {found}");
        };
        check(&["a b", "a b"], 1.0);
        check(&["a b", "a c"], 0.5);
        check(&["a b", "c d"], 0.0);
        check(&["a", "a", "b"], 1.0 / 3.0);
        check(&["a"], 0.0);
        check(&[], 0.0);
    }

    #[test]
    fn the_model_takes_the_likeliest_words() {
        let bags = [of("a a a b"), of("a c c d")];
        let mut rarity = even(&bags);
        let names = |added: &[Added]| {
            added.iter().map(|word| word.stem.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&model(&bags, &rarity)), "a c b d");
        rarity.remove("a");
        let added = model(&bags, &rarity);
        assert_eq!(names(&added), "c b d");
        assert!((added.iter().map(|word| word.share).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((added[0].share - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_usual_form_of_a_stem() {
        let forms = [("shells".to_owned(), 2), ("shelling".to_owned(), 2), ("shell".to_owned(), 1)];
        let written = HashMap::from([("shell".to_owned(), HashMap::from(forms))]);
        assert_eq!(usual_form("shell", &written), "shelling");
        assert_eq!(usual_form("kyiv", &written), "kyiv");
    }
}
