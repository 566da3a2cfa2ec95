//! The words of texts as they are met, each looked up once however many articles have it.

use dateline_article::Language;
use dateline_schema::Fields;
use dateline_schema::analyze::Stems;
use rustc_hash::FxHashMap;
use tantivy::{Searcher, Term};

use crate::lower::plain::is_faint_word;
use crate::terms::{WordCounts, terms_of_stem};

/// Number of a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StemId(usize);

/// A stem and how many articles have it, once that was asked.
struct Stem {
    written: String,
    articles: Option<u64>,
}

/// Words met so far.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// Words, folded, by the language of the text; `None` for what can tell nothing.
    words: FxHashMap<Option<Language>, FxHashMap<String, Option<StemId>>>,
    ids: FxHashMap<String, StemId>,
    stems: Vec<Stem>,
}

impl Vocabulary {
    /// The stem of a folded word of a text in `language`; `None` for what can tell nothing: single letters, numbers, words that hold sentences together.
    pub(super) fn stem(&mut self, language: Option<Language>, folded: &str) -> Option<StemId> {
        let words = self.words.entry(language).or_default();
        if let Some(known) = words.get(folded) {
            return *known;
        }
        let tells = folded.chars().count() > 1
            && folded.chars().any(char::is_alphabetic)
            && !is_faint_word(folded);
        let found = tells.then(|| {
            let stem = Stems::of(language).stem(folded);
            if let Some(known) = self.ids.get(&*stem) {
                return *known;
            }
            let id = StemId(self.stems.len());
            self.stems.push(Stem { written: stem.clone().into_owned(), articles: None });
            self.ids.insert(stem.into_owned(), id);
            id
        });
        words.insert(folded.to_owned(), found);
        found
    }

    pub(super) fn written(&self, id: StemId) -> &str {
        self.stems.get(id.0).map_or("", |stem| &stem.written)
    }

    /// The terms of a stem, in title and text.
    pub(super) fn terms(&self, fields: &Fields, id: StemId) -> Vec<Term> {
        terms_of_stem(fields, self.written(id))
    }

    /// How many articles have the stem in title or text, always the same number.
    pub(super) fn articles(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
        counts: &WordCounts,
        id: StemId,
    ) -> tantivy::Result<u64> {
        let Some(stem) = self.stems.get_mut(id.0) else { return Ok(0) };
        if let Some(known) = stem.articles {
            return Ok(known);
        }
        let articles = counts.of_stem(searcher, fields, &stem.written)?;
        stem.articles = Some(articles);
        Ok(articles)
    }
}
