//! Words in any of their forms, as a list of articles that can be sought in.
//!
//! Where several terms stand for one word, as its stem and as written, an article has the word as often as the term that it has most often: see
//! [`dateline_schema::Fields::all`]. So that term alone counts.
//!
//! The engine's own union reads and scores thousands of articles ahead, which costs more than all else where most of them are passed over: beside other words,
//! in a stretch of days, and where scores have bounds.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query,
    Scorer, TermQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::lower::Boxed;

/// Articles with any of a few words; each adds to the score what that of its terms does which adds most.
#[derive(Clone, Debug)]
pub(crate) struct FormsQuery {
    /// The terms of each word, in fields of the same length.
    pub(crate) words: Vec<Vec<Term>>,
}

/// Any of the terms of one word: an engine's query where there is one.
pub(crate) fn any_form(mut terms: Vec<Term>, option: IndexRecordOption) -> Boxed {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.swap_remove(0), option)),
        _ => Box::new(FormsQuery { words: vec![terms] }),
    }
}

impl Query for FormsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut words = Vec::with_capacity(self.words.len());
        for terms in &self.words {
            let similarity = match scoring {
                EnableScoring::Enabled { statistics_provider, .. } => {
                    Some(similarity(terms, statistics_provider)?)
                }
                EnableScoring::Disabled { .. } => None,
            };
            words.push((terms.clone(), similarity));
        }
        Ok(Box::new(FormsWeight(words)))
    }
}

/// BM25 of a word, as rare as that of its terms which is in the most articles.
///
/// # Errors
///
/// Where the index cannot be read.
pub(crate) fn similarity(
    terms: &[Term],
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Bm25Weight> {
    let articles = statistics.total_num_docs()?;
    let mut frequency = 0;
    for term in terms {
        frequency = statistics.doc_freq(term)?.max(frequency);
    }
    let words = match terms.first() {
        Some(term) => statistics.total_num_tokens(term.field())?,
        None => 0,
    };
    let average = words as Score / articles as Score;
    Ok(Bm25Weight::for_one_term_without_explain(frequency.min(articles), articles, average))
}

struct FormsWeight(Vec<(Vec<Term>, Option<Bm25Weight>)>);

impl Weight for FormsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut forms = Vec::new();
        for (word, (terms, similarity)) in self.0.iter().enumerate() {
            let option = match similarity {
                Some(_) => IndexRecordOption::WithFreqs,
                None => IndexRecordOption::Basic,
            };
            for term in terms {
                let index = reader.inverted_index(term.field())?;
                let Some(list) = index.read_postings(term, option)? else { continue };
                let scored = match similarity {
                    Some(similarity) => Some((
                        similarity.boost_by(boost),
                        reader.get_fieldnorms_reader(term.field())?,
                    )),
                    None => None,
                };
                forms.push(Form { word, list, scored });
            }
        }
        if forms.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = FormsScorer { forms, doc: 0 };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() == doc || (scorer.doc() < doc && scorer.seek(doc) == doc);
        Ok(Explanation::new("forms of words", if found { scorer.score() } else { 0.0 }))
    }
}

struct Form {
    /// Number of its word; those of a word follow each other.
    word: usize,
    list: SegmentPostings,
    scored: Option<(Bm25Weight, FieldNormReader)>,
}

struct FormsScorer {
    forms: Vec<Form>,
    doc: DocId,
}

impl FormsScorer {
    fn settle(&mut self) -> DocId {
        self.doc = self.forms.iter().map(|form| form.list.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for FormsScorer {
    fn advance(&mut self) -> DocId {
        for form in &mut self.forms {
            if form.list.doc() == self.doc && self.doc != TERMINATED {
                form.list.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for form in &mut self.forms {
            if form.list.doc() < target {
                form.list.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let longest = self.forms.iter().map(|form| form.list.size_hint()).max();
        longest.unwrap_or_default()
    }

    fn cost(&self) -> u64 {
        self.forms.iter().map(|form| form.list.cost()).sum()
    }
}

impl Scorer for FormsScorer {
    fn score(&mut self) -> Score {
        let (mut sum, mut most, mut last) = (0.0, 0.0_f32, 0);
        for Form { word, list, scored } in &self.forms {
            if *word != last {
                sum += most;
                (most, last) = (0.0, *word);
            }
            if let Some((similarity, norms)) = scored
                && list.doc() == self.doc
            {
                most = most.max(similarity.score(norms.fieldnorm_id(self.doc), list.term_freq()));
            }
        }
        sum + most
    }
}
