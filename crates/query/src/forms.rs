//! A word in any of its forms, as a list of articles that can be sought in.
//!
//! The engine's own union reads and scores thousands of articles ahead, which costs more than all else where most of them are passed over: beside other words,
//! in a stretch of days, and where scores have bounds.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Articles with any of a few terms of one field; each adds its own to the score, as in the engine's union.
#[derive(Clone, Debug)]
pub(crate) struct FormsQuery {
    pub(crate) terms: Vec<Term>,
}

impl FormsQuery {
    /// A query of the engine for each term.
    pub(crate) fn apart(&self) -> impl Iterator<Item = TermQuery> + '_ {
        let terms = self.terms.iter().cloned();
        terms.map(|term| TermQuery::new(term, IndexRecordOption::WithFreqs))
    }
}

impl Query for FormsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut forms = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let similarity = match scoring {
                EnableScoring::Enabled { statistics_provider, .. } => {
                    Some(Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(term))?)
                }
                EnableScoring::Disabled { .. } => None,
            };
            forms.push((term.clone(), similarity));
        }
        Ok(Box::new(FormsWeight(forms)))
    }
}

struct FormsWeight(Vec<(Term, Option<Bm25Weight>)>);

impl Weight for FormsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut forms = Vec::with_capacity(self.0.len());
        for (term, similarity) in &self.0 {
            let option = match similarity {
                Some(_) => IndexRecordOption::WithFreqs,
                None => IndexRecordOption::Basic,
            };
            let index = reader.inverted_index(term.field())?;
            let Some(list) = index.read_postings(term, option)? else { continue };
            let scored = match similarity {
                Some(similarity) => {
                    Some((similarity.boost_by(boost), reader.get_fieldnorms_reader(term.field())?))
                }
                None => None,
            };
            forms.push(Form { list, scored });
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
        Ok(Explanation::new("forms of a word", if found { scorer.score() } else { 0.0 }))
    }
}

struct Form {
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
        let mut sum = 0.0;
        for Form { list, scored } in &self.forms {
            if let Some((similarity, norms)) = scored
                && list.doc() == self.doc
            {
                sum += similarity.score(norms.fieldnorm_id(self.doc), list.term_freq());
            }
        }
        sum
    }
}
