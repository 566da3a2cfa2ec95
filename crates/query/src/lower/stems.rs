//! Stems: the terms under which a word stands in the index in any of its forms, and in how many articles it is.

use std::borrow::Cow;
use std::rc::Rc;

use dateline_article::Language;
use dateline_schema::analyze::Stems;
use tantivy::Term;
use tantivy::schema::Field as EngineField;

use super::Lowering;

impl Lowering<'_> {
    /// The stems of a word, as [`stems`] gives them: each part of an article asks for the same ones.
    fn stems(&self, folded: &str) -> Rc<[Stem<'static>]> {
        if let Some(known) = self.stemmed.borrow().get(folded) {
            return known.clone();
        }
        let owned = |stem: Stem<'_>| Stem { text: Cow::Owned(stem.text.into_owned()), ..stem };
        let found: Rc<[Stem<'_>]> = stems(self.languages, folded).into_iter().map(owned).collect();
        self.stemmed.borrow_mut().insert(folded.to_owned(), found.clone());
        found
    }

    /// The terms under which a word stands in a part of articles, in any of its forms: as stems, of whole articles as written too.
    pub(super) fn terms_of_stems(&self, folded: &str, stemmed: EngineField) -> Vec<Term> {
        let mut terms = Vec::new();
        for stem in self.stems(folded).iter() {
            let term = |field| Term::from_field_text(field, &stem.text);
            if stemmed == self.fields.all {
                terms.extend(stem.is_stemmed.then(|| term(stemmed)));
                terms.extend(stem.is_written.then(|| term(self.fields.all_exact)));
            } else {
                terms.push(term(stemmed));
            }
        }
        terms
    }

    /// In how many articles a word stands in any of its forms, in title or text.
    pub(super) fn frequency_of_stems(&self, folded: &str) -> tantivy::Result<u64> {
        let mut terms = Vec::new();
        for term in self.terms_of_stems(folded, self.fields.all) {
            let articles = self.frequency(&term)?;
            terms.push((term, articles));
        }
        self.counts.articles(self.searcher, terms)
    }
}

/// A stem of a word in some language of the index.
#[derive(Debug)]
pub(crate) struct Stem<'word> {
    pub(crate) text: Cow<'word, str>,
    /// Whether articles of some such language may have it in the field of stems …
    is_stemmed: bool,
    /// … and whether in that of words as written.
    is_written: bool,
}

/// The stem of a word in each language, each once; without a language it is the word.
pub(crate) fn stems<'word>(languages: &[Option<Language>], folded: &'word str) -> Vec<Stem<'word>> {
    let mut found: Vec<Stem<'_>> = Vec::with_capacity(languages.len());
    for language in languages {
        let stems = Stems::of(*language);
        let text = stems.stem(folded);
        // The words of articles in no known language stand in the field of stems too, of languages without stems in that of words alone. A stem that as a word has
        // another stem (`commissioner`, `commission`) is none of its words.
        let is_written = language.is_some() && stems.stem(&text) == text;
        let is_stemmed = language.is_none() || !stems.is_none();
        match found.iter_mut().find(|known| known.text == text) {
            Some(known) => {
                known.is_written |= is_written;
                known.is_stemmed |= is_stemmed;
            }
            None => found.push(Stem { text, is_stemmed, is_written }),
        }
    }
    found
}
