//! From the tree to a query of the engine that selects exactly the articles asked for.
//!
//! One file a kind of node. What the language has and this version does not run is a fault, never something else.

mod about;
mod exclude;
mod expand;
mod field;
mod near;
mod number;
mod part;
mod phrase;
mod place;
pub(crate) mod plain;
mod stems;
mod time;
mod word_set;
mod words;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dateline_article::{Language, Span};
use dateline_schema::Fields;
use rustc_hash::FxHashMap;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use crate::added::AddedQuery;
use crate::columns::OpenColumns;
use crate::condition::Condition;
use crate::engine::{Mode, Require, Sort};
use crate::explain::Ledger;
use crate::fault::Problem;
use crate::fold::ClusterFile;
use crate::forms::FormsQuery;
use crate::note::Note;
use crate::rank;
use crate::syntax::{Case, Field, Kind, Node, Piece};
use crate::terms::{Terms, WordCounts, look_up};

pub(crate) use expand::{Test, nearest_word};
pub(crate) use place::{is_number, place_numbers};
pub(crate) use plain::{is_faint_word, plain_words_in};
pub(crate) use stems::{Stem, stems};
pub(crate) use time::mentioned_terms;
pub(crate) use words::NAME_STEP;

/// Turns trees into queries for one index at one moment.
pub(crate) struct Lowering<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
    pub(crate) columns: &'a OpenColumns,
    /// The languages of the index's articles; `None` for those whose language is not known.
    pub(crate) languages: &'a [Option<Language>],
    /// Read when the query asks for the number of copies.
    pub(crate) copies: &'a ClusterFile,
    pub(crate) mode: Mode,
    /// Whether the order of results depends on anything.
    pub(crate) scores: Scores,
    /// What adds to the score.
    pub(crate) ledger: Ledger,
    /// Frequencies that forms of one word share; for [`rank::Statistics`].
    pub(crate) shared: FxHashMap<Term, u64>,
    /// Articles with words that have several lists.
    pub(crate) counts: &'a WordCounts,
    /// Terms that were looked up.
    pub(crate) looked_up: RefCell<Terms>,
    /// Stems of the words that were asked for.
    pub(crate) stemmed: RefCell<FxHashMap<String, Rc<[Stem<'static>]>>>,
    /// What the query costs so far.
    pub(crate) spent: Spent,
    /// Set when an article has more matches of a part of the query than are looked at.
    pub(crate) cut: Arc<AtomicBool>,
    /// Words that are in no article.
    pub(crate) missing: Vec<String>,
    pub(crate) faults: Vec<(Problem, Span)>,
    pub(crate) notes: Vec<Note>,
}

/// What a query costs: its words, and how often all words of the index are held against one of them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spent {
    words: usize,
    scans: usize,
}

/// Words in one query.
const MOST_WORDS: usize = 4096;

/// Wildcards without a beginning, fuzzy words and patterns in one query.
const MOST_SCANS: usize = 64;

/// What these are called where there are too many.
const SCANS: &str = "fuzzy words, patterns and wildcards without a beginning";

/// Where the fuzzy word or pattern stands that is one more than a query may have.
fn scan_beyond(node: &Node, seen: &mut usize) -> Option<Span> {
    let is_scan = match &node.kind {
        Kind::Fuzzy { .. } | Kind::Regex(_) => true,
        Kind::Word(pattern) => {
            matches!(pattern.pieces().first(), Some(Piece::One | Piece::Many))
        }
        _ => false,
    };
    *seen += usize::from(is_scan);
    if is_scan && *seen > MOST_SCANS {
        return Some(node.span);
    }
    node.children().into_iter().find_map(|child| scan_beyond(child, seen))
}

/// Where and how words are looked for.
#[derive(Clone, Copy)]
struct Scope {
    /// A field of words; nothing = title and text.
    field: Option<Field>,
    form: Form,
    scores: Scores,
    /// Which capitals a word must have.
    case: Option<Case>,
}

impl Scope {
    /// Words in title and text; in plain mode as they are written, as an engine without stems has them.
    fn everywhere(mode: Mode, scores: Scores) -> Self {
        let form = match mode {
            Mode::Plain => Form::AsWritten,
            _ => Form::Stemmed,
        };
        Self { field: None, form, scores, case: None }
    }
}

/// Which form of a word is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Stemmed,
    AsWritten,
}

/// Whether some words of an AND weigh less than others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weighing {
    ByWord,
    Alike,
}

/// Whether the order of results depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scores {
    Count,
    DoNotCount,
}

impl Scores {
    /// Whether results in this order depend on scores.
    pub(crate) fn of(sort: Sort) -> Self {
        match sort {
            Sort::Relevance => Self::Count,
            Sort::Newest | Sort::Oldest => Self::DoNotCount,
        }
    }
}

pub(crate) type Boxed = Box<dyn Query>;

/// Why a tree cannot be run.
pub(crate) enum Stop {
    /// What is asked cannot be looked for.
    Fault(Problem),
    /// The engine failed.
    Engine(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for Stop {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.into())
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Fault(problem)
    }
}

impl Lowering<'_> {
    /// The query for `tree`, with all faults gathered in `self.faults`.
    ///
    /// # Errors
    ///
    /// Where the engine cannot read the index.
    pub(crate) fn lower(&mut self, tree: &Node) -> tantivy::Result<Boxed> {
        let scope = Scope::everywhere(self.mode, self.scores);
        // Before any is walked: the first of them would cost as much as a query that is allowed.
        if let Some(beyond) = scan_beyond(tree, &mut 0) {
            self.fault(Problem::TooMuch(SCANS, MOST_SCANS), beyond);
            return Ok(any_of(Vec::new()));
        }
        match &tree.kind {
            Kind::And(operands) => {
                let query = self.and(operands, scope, Weighing::ByWord)?;
                self.with_bonuses(query, operands)
            }
            Kind::Word(_) | Kind::Phrase(_) => {
                let query = self.node(tree, scope)?;
                self.with_bonuses(query, std::slice::from_ref(tree))
            }
            _ => self.node(tree, scope),
        }
    }

    /// The query for `tree` with its plain words relaxed: any of them is enough. `None` where there are not two.
    ///
    /// # Errors
    ///
    /// Where the engine cannot read the index.
    pub(crate) fn relaxed(
        &mut self,
        tree: &Node,
        require: Require,
    ) -> tantivy::Result<Option<Boxed>> {
        let Kind::And(operands) = &tree.kind else { return Ok(None) };
        let is_word = |node: &&Node| matches!(node.kind, Kind::Word(_));
        let (words, others): (Vec<&Node>, Vec<&Node>) = operands.iter().partition(is_word);
        let words = plain::once(words);
        if words.len() < 2 {
            return Ok(None);
        }
        let scope = Scope::everywhere(self.mode, self.scores);
        let mut any = Vec::new();
        for (word, times) in words {
            let mark = self.ledger.mark();
            let query = self.node(word, scope)?;
            let query = self.boosted(query, times * self.weight_of(word, operands), mark);
            if require == Require::All && scope.scores == Scores::Count {
                let tier = Box::new(ConstScoreQuery::new(query.box_clone(), rank::WORD_TIER));
                self.ledger.note(&*tier, || format!("has `{word}`"));
                any.push((Occur::Should, tier as Boxed));
            }
            any.push((Occur::Should, query));
        }
        let mut clauses = vec![(Occur::Must, Box::new(BooleanQuery::new(any)) as Boxed)];
        for other in others {
            clauses.push(self.clause(other, scope)?);
        }
        let query = Box::new(BooleanQuery::new(clauses));
        Ok(Some(self.with_bonuses(query, operands)?))
    }

    /// The query for a tree of which only the articles that it selects are asked for.
    ///
    /// # Errors
    ///
    /// Where the engine cannot read the index.
    pub(crate) fn condition(&mut self, tree: &Node) -> tantivy::Result<Boxed> {
        self.node(tree, Scope::everywhere(self.mode, Scores::DoNotCount))
    }

    fn node(&mut self, node: &Node, scope: Scope) -> tantivy::Result<Boxed> {
        let lowered = match &node.kind {
            Kind::And(operands) => return self.and(operands, scope, Weighing::Alike),
            Kind::Or(operands) => return self.or(operands, scope),
            Kind::Not(inner) => {
                let excluded = self.node(inner, Scope { scores: Scores::DoNotCount, ..scope })?;
                return Ok(all_but(excluded));
            }
            Kind::Required(inner) => return self.node(inner, scope),
            Kind::Exact(inner) => {
                return self.node(inner, Scope { form: Form::AsWritten, ..scope });
            }
            Kind::Weight(factor, inner) => {
                let mark = self.ledger.mark();
                let inner = self.node(inner, scope)?;
                return Ok(self.boosted(inner, *factor, mark));
            }
            // One field alone is scored, as by engines without news features.
            Kind::Field(field, inner) if self.mode == Mode::Plain => {
                let scope = Scope { scores: Scores::DoNotCount, ..scope };
                return Ok(selects(self.field(*field, inner, scope)?));
            }
            Kind::Field(field, inner) => return self.field(*field, inner, scope),
            Kind::Everything => Ok(everything()),
            Kind::Case(case, inner) => {
                return self.node(inner, Scope { case: Some(*case), ..scope });
            }
            Kind::Word(_) | Kind::Phrase(_) | Kind::Fuzzy { .. } | Kind::Regex(_)
                if scope.case.is_some() || part::needs_positions(node, scope) =>
            {
                self.positional(node, scope, 1)
            }
            Kind::Word(pattern) => self.words(pattern, scope),
            Kind::Phrase(pattern) => self.phrase(pattern, scope),
            Kind::Fuzzy { word, edits } => self.fuzzy(word, *edits, scope),
            Kind::Regex(regex) => self.regex(regex, scope),
            Kind::Time(field, when) => Ok(self.time(*field, when)),
            Kind::Number(field, numbers) => Ok(self.number(*field, *numbers)),
            Kind::Circle(circle) => self.circle(circle),
            Kind::Near(_) => self.positional(node, scope, 1),
            Kind::AtLeast(times, inner) => return self.at_least(*times, inner, scope),
            Kind::First(words, inner) => return self.first(*words, inner, scope),
            Kind::Entity(entity) => Ok(self.any_entity(*entity)),
        };
        match lowered {
            Ok(query) => Ok(query),
            Err(Stop::Engine(error)) => Err(error),
            Err(Stop::Fault(problem)) => {
                self.fault(problem, node.span);
                Ok(Box::new(tantivy::query::EmptyQuery))
            }
        }
    }

    /// `query` times `factor`, and so what was noted of it since `mark`.
    fn boosted(&mut self, query: Boxed, factor: f32, mark: usize) -> Boxed {
        if (factor - 1.0).abs() < f32::EPSILON {
            return query;
        }
        self.ledger.weigh(mark, factor);
        Box::new(BoostQuery::new(query, factor))
    }

    /// In how many articles a term stands.
    fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        if let Some(known) = self.looked_up.borrow().get(term) {
            return Ok(known.articles);
        }
        let found = look_up(self.searcher, term)?;
        let articles = found.articles;
        self.looked_up.borrow_mut().insert(term.clone(), found);
        Ok(articles)
    }

    fn fault(&mut self, problem: Problem, span: Span) {
        if self.faults.len() < crate::parse::MOST_FAULTS {
            self.faults.push((problem, span));
        }
    }

    /// Counts words towards what one query may ask for.
    fn spend_words(&mut self, words: usize) -> Result<(), Problem> {
        self.spent.words = self.spent.words.saturating_add(words);
        let within = self.spent.words <= MOST_WORDS;
        if within { Ok(()) } else { Err(Problem::TooMuch("words", MOST_WORDS)) }
    }

    /// Counts a walk over all words of the index, where a test needs one.
    fn spend_scan(&mut self, test: &Test) -> Result<(), Problem> {
        self.spent.scans += usize::from(test.beginning().is_empty());
        let within = self.spent.scans <= MOST_SCANS;
        if within { Ok(()) } else { Err(Problem::TooMuch(SCANS, MOST_SCANS)) }
    }

    fn and(
        &mut self,
        operands: &[Node],
        scope: Scope,
        weighing: Weighing,
    ) -> tantivy::Result<Boxed> {
        let mut clauses = Vec::with_capacity(operands.len() + 1);
        for (operand, times) in plain::once(operands) {
            let mark = self.ledger.mark();
            let (occur, query) = self.clause(operand, scope)?;
            let weight = match weighing {
                Weighing::ByWord => self.weight_of(operand, operands),
                Weighing::Alike => 1.0,
            };
            clauses.push((occur, self.boosted(query, times * weight, mark)));
        }
        // The engine finds nothing for a query of exclusions alone.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, everything()));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// An operand of AND: excluded where it is a NOT.
    fn clause(&mut self, operand: &Node, scope: Scope) -> tantivy::Result<(Occur, Boxed)> {
        match &operand.kind {
            Kind::Not(inner) => {
                let excluded = self.node(inner, Scope { scores: Scores::DoNotCount, ..scope })?;
                Ok(not(excluded))
            }
            _ => Ok((Occur::Must, self.node(operand, scope)?)),
        }
    }

    fn or(&mut self, operands: &[Node], scope: Scope) -> tantivy::Result<Boxed> {
        let mut alternatives = Vec::with_capacity(operands.len());
        for operand in operands {
            alternatives.push(self.node(operand, scope)?);
        }
        Ok(joined(&alternatives).unwrap_or_else(|| any_of(alternatives)))
    }
}

/// Alternatives that are words as one word in several forms, with all that they add: what a word adds, an article has only where it has the word. `None` where
/// something is no word.
///
/// The engine passes over articles in a union of bare terms; where more adds to scores, bounds do (see [`crate::pruned`]).
fn joined(alternatives: &[Boxed]) -> Option<Boxed> {
    let (mut words, mut adds): (Vec<Vec<Term>>, Vec<Boxed>) = (Vec::new(), Vec::new());
    for alternative in alternatives {
        let word = match alternative.downcast_ref::<AddedQuery>() {
            Some(added) => {
                adds.extend(added.adds.iter().map(|add| add.box_clone()));
                &added.query
            }
            None => alternative,
        };
        if let Some(forms) = word.downcast_ref::<FormsQuery>() {
            words.extend(forms.words.iter().cloned());
        } else if let Some(one) = word.downcast_ref::<TermQuery>() {
            words.push(vec![one.term().clone()]);
        } else {
            return None;
        }
    }
    // Bare terms are the engine's.
    if adds.is_empty() && words.iter().all(|terms| terms.len() == 1) {
        return None;
    }
    let query = Box::new(FormsQuery { words });
    if adds.is_empty() {
        return Some(query);
    }
    Some(Box::new(AddedQuery { query, adds }))
}

/// Every article, with nothing added to its score.
fn everything() -> Boxed {
    selects(Box::new(AllQuery))
}

/// `query` as a mere condition: it adds nothing to the score.
fn selects(query: Boxed) -> Boxed {
    Box::new(Condition(query))
}

/// The clause that excludes what `query` selects.
fn not(query: Boxed) -> (Occur, Boxed) {
    (Occur::MustNot, Box::new(exclude::Excluded(query)))
}

/// Every article that `query` does not select.
fn all_but(query: Boxed) -> Boxed {
    Box::new(BooleanQuery::new(vec![(Occur::Must, everything()), not(query)]))
}

/// Articles under a code in a field of codes.
pub(crate) fn code(field: tantivy::schema::Field, code: &str) -> Boxed {
    let term = Term::from_field_text(field, code);
    selects(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
}

/// One of `queries`; nothing where there are none.
pub(crate) fn any_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(tantivy::query::EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::new(
            queries.into_iter().map(|query| (Occur::Should, query)).collect(),
        )),
    }
}
