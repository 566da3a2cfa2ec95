//! From a request to a query of the engine, with what scores it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use dateline_article::Language;
use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query};

use super::{LocalEngine, filters};
use crate::engine::{Error, Filters, Mode, Request, Sort};
use crate::explain::Ledger;
use crate::fault::Fault;
use crate::lower::{Lowering, Scores, Spent};
use crate::note::Note;
use crate::one_term::OneTerm;
use crate::pruned::{self, Bounds, Candidates, PrunedQuery};
use crate::rank::Statistics;

/// A query of the engine, and what scores it.
pub(super) struct Prepared {
    pub(super) query: Box<dyn Query>,
    /// By date where the order does not depend on what was asked for.
    pub(super) sort: Sort,
    pub(super) statistics: Statistics,
    pub(super) notes: Vec<Note>,
    /// What adds to the score.
    pub(super) ledger: Ledger,
    /// Words that are in no article.
    pub(super) missing: Vec<String>,
    /// Set when an article had more matches than were looked at.
    pub(super) cut: Arc<std::sync::atomic::AtomicBool>,
}

/// Whether any of the plain words is enough.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relaxed {
    No,
    Yes,
}

impl LocalEngine {
    /// The languages that words are analysed for: those of the index, or those that are asked for.
    pub(super) fn languages(&self, filters: &Filters) -> Cow<'_, [Option<Language>]> {
        if filters.languages.is_empty() {
            return Cow::Borrowed(&self.languages);
        }
        let known =
            |code: &String| Language::from_tag(code).filter(|_| !code.eq_ignore_ascii_case("und"));
        Cow::Owned(filters.languages.iter().map(known).collect())
    }

    pub(super) fn lowering<'a>(
        &'a self,
        searcher: &'a Searcher,
        (mode, scores): (Mode, Scores),
        languages: &'a [Option<Language>],
    ) -> Lowering<'a> {
        Lowering {
            searcher,
            fields: &self.opened.fields,
            columns: &self.columns,
            languages,
            copies: &self.copies,
            mode,
            scores,
            ledger: Ledger::default(),
            shared: FxHashMap::default(),
            counts: &self.counts,
            looked_up: RefCell::default(),
            stemmed: RefCell::default(),
            spent: Spent::default(),
            cut: Arc::default(),
            missing: Vec::new(),
            faults: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Lowers query and filters; `relaxed` where any of the plain words is enough. `None` where there is nothing to relax.
    pub(super) fn prepare(
        &self,
        searcher: &Searcher,
        request: &Request,
        scores: Scores,
        relaxed: Relaxed,
    ) -> Result<Option<Prepared>, Error> {
        let query = &request.query;
        let refuse = |faults| Error::Query { text: query.text.clone(), faults };
        let Some(tree) = query.tree.as_ref().filter(|_| query.faults.is_empty()) else {
            return Err(refuse(query.faults.clone()));
        };
        let languages = self.languages(&request.filters);
        let mut lowering = self.lowering(searcher, (request.mode, scores), &languages);
        lowering.ledger.tell = request.explain;
        let lowered = match relaxed {
            Relaxed::No => Some(lowering.lower(tree)?),
            Relaxed::Yes => lowering.relaxed(tree, request.require)?,
        };
        if !lowering.faults.is_empty() {
            let faults = lowering.faults.into_iter();
            return Err(refuse(
                faults.map(|(problem, span)| Fault::new(problem, span, &query.text)).collect(),
            ));
        }
        let Some(lowered) = lowered else { return Ok(None) };
        let conditions = filters::filters(&mut lowering, &request.filters)?;
        let query = if conditions.is_empty() {
            lowered
        } else {
            let clauses = std::iter::once(lowered).chain(conditions);
            Box::new(BooleanQuery::new(clauses.map(|query| (Occur::Must, query)).collect()))
        };
        let looked_up = lowering.looked_up.into_inner();
        let statistics = Statistics::new(searcher, &self.lengths, lowering.shared, looked_up);
        let sort = match request.sort {
            Sort::Relevance if lowering.ledger.is_empty() => Sort::Newest,
            asked => asked,
        };
        let is_simple = pruned::by_engine(&*query) || OneTerm::is(&*query, &lowering.ledger);
        let bounds = if sort == Sort::Relevance && !is_simple {
            Bounds::of(lowering.ledger.addends(), &statistics)?
        } else {
            None
        };
        let query = match bounds.map(Arc::new) {
            Some(bounds) => {
                let candidates = Candidates::of(&*query, searcher, &statistics)?.map(Arc::new);
                Box::new(PrunedQuery { query: query.into(), bounds, candidates, limit: None })
            }
            None => query,
        };
        let (notes, missing, cut) = (lowering.notes, lowering.missing, lowering.cut);
        Ok(Some(Prepared { query, sort, statistics, notes, ledger: lowering.ledger, missing, cut }))
    }
}
