//! A single word, beside conditions that add nothing to the score.
//!
//! The engine would look the word up once more, and walks through its articles one by one. Its list is read here as fast as it is unpacked; beside conditions,
//! whichever of both is rarer leads from article to article.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BooleanQuery, EnableScoring, Occur, Query, TermQuery,
    Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use crate::added::Add;
use crate::beside::{Beside, Opened};
use crate::condition::Condition;
use crate::explain::Ledger;
use crate::impacts::{Impacts, OpenLists};
use crate::rank::Statistics;
use crate::terms::BLOCK;

/// How many times fewer articles a condition has than the word where it leads.
const MUCH_FEWER: u32 = 4;

/// The articles of a term that meet some conditions, scored.
pub(crate) struct OneTerm<'a> {
    field: Field,
    lists: &'a [(SegmentId, TermInfo)],
    conditions: Conditions<'a>,
    similarity: Bm25Weight,
    /// Words of the field in an article, on average.
    average: Score,
    opened: &'a OpenLists,
}

/// What its articles must meet as well.
enum Conditions<'a> {
    /// One that is met by the articles of a few lists.
    Beside(Beside<'a>),
    /// All of these; none at all may be asked.
    All(Vec<Box<dyn Weight>>),
}

/// The one term of a query and its conditions, where only the term adds to the score.
fn apart<'q>(query: &'q dyn Query, ledger: &Ledger) -> Option<(&'q TermQuery, Vec<&'q Condition>)> {
    if ledger.addends().count() != 1 {
        return None;
    }
    if let Some(one) = query.downcast_ref::<TermQuery>() {
        return Some((one, Vec::new()));
    }
    let (mut found, mut conditions) = (None, Vec::new());
    for (occur, clause) in query.downcast_ref::<BooleanQuery>()?.clauses() {
        match clause.downcast_ref::<TermQuery>() {
            _ if *occur != Occur::Must => return None,
            Some(_) if found.is_some() => return None,
            Some(one) => found = Some(one),
            None => conditions.push(clause.downcast_ref()?),
        }
    }
    Some((found?, conditions))
}

impl<'a> OneTerm<'a> {
    /// Whether a query is a term beside conditions, scored by `ledger`.
    pub(crate) fn is(query: &dyn Query, ledger: &Ledger) -> bool {
        apart(query, ledger).is_some()
    }

    /// The term that a query is; `None` where it is anything else.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn of(
        query: &dyn Query,
        ledger: &Ledger,
        searcher: &Searcher,
        statistics: &'a Statistics,
        opened: &'a OpenLists,
    ) -> tantivy::Result<Option<Self>> {
        let Some((one, conditions)) = apart(query, ledger) else { return Ok(None) };
        let Some(lists) = statistics.known_lists(one.term()) else { return Ok(None) };
        let field = one.term().field();
        let average = statistics.average(field)?;
        let similarity = Bm25Weight::for_one_term_without_explain(
            statistics.doc_freq(one.term())?,
            statistics.total_num_docs()?,
            average,
        );
        let articles = lists.iter().map(|(_, lies)| u64::from(lies.doc_freq)).sum();
        let beside = match conditions.as_slice() {
            [only] => Beside::of(only, articles, searcher, statistics),
            _ => None,
        };
        let conditions = if let Some(beside) = beside {
            Conditions::Beside(beside)
        } else {
            let unscored = EnableScoring::disabled_from_searcher(searcher);
            let weights = conditions.iter().map(|condition| condition.weight(unscored));
            Conditions::All(weights.collect::<tantivy::Result<_>>()?)
        };
        Ok(Some(Self { field, lists, conditions, similarity, average, opened }))
    }

    /// Calls `callback` with each article of a segment that scores more than the threshold, which is what the last call returned, and may be among the best `limit`,
    /// where so many are wanted.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn for_each_pruning(
        &self,
        threshold: Score,
        limit: Option<usize>,
        reader: &SegmentReader,
        callback: impl FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let own = reader.segment_id();
        let Some((_, lies)) = self.lists.iter().find(|(segment, _)| *segment == own) else {
            return Ok(());
        };
        let index = reader.inverted_index(self.field)?;
        let norms = reader.get_fieldnorms_reader(self.field)?;
        let blocks = index.read_block_postings_from_terminfo(lies, IndexRecordOption::WithFreqs)?;
        // A block's maximum was found with the segment's own average length.
        let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
        let doubt = (own / self.average).max(self.average / own);
        let mut list = List { blocks, norms, similarity: &self.similarity, doubt };
        match &self.conditions {
            Conditions::Beside(beside) => {
                let mut others = beside.open(reader)?;
                list.read_beside(&mut others, reader, threshold, callback)?;
            }
            Conditions::All(conditions) if conditions.is_empty() => {
                let impacts = self.opened.impacts(reader, self.field, lies)?;
                let certain = impacts.as_ref().zip(limit).filter(|_| !reader.has_deletes());
                let reached = certain.and_then(|(all, limit)| all.reached(&self.similarity, limit));
                let floor = reached.map_or(threshold, |reached| reached.max(threshold));
                list.read(impacts.as_ref(), floor, callback);
            }
            Conditions::All(conditions) => {
                let mut asked = Vec::with_capacity(conditions.len());
                for condition in conditions {
                    let Some(one) = Add::open(&**condition, reader, 0, 1.0)? else { return Ok(()) };
                    asked.push(one);
                }
                asked.sort_by_key(Add::size_hint);
                list.read_where(&mut asked, threshold, callback);
            }
        }
        Ok(())
    }
}

/// The term's articles in a segment.
struct List<'a> {
    blocks: BlockSegmentPostings,
    norms: FieldNormReader,
    similarity: &'a Bm25Weight,
    /// What a block's maximum is to be multiplied with at most.
    doubt: Score,
}

impl List<'_> {
    fn is_whole_block(&self) -> bool {
        self.blocks.docs().len() == BLOCK
    }

    /// The most that an article of the present block scores.
    fn bound(&mut self) -> Score {
        // What is left of a list is scored sooner than it is bound.
        if !self.is_whole_block() {
            return Score::MAX;
        }
        self.blocks.block_max_score(&self.norms, self.similarity) * self.doubt
    }

    fn score(&self, doc: DocId, times: u32) -> Score {
        self.similarity.score(self.norms.fieldnorm_id(doc), times)
    }

    /// All articles; those of a block are unpacked where they may score more than the threshold, which never falls below `floor`.
    fn read(
        &mut self,
        impacts: Option<&Impacts>,
        floor: Score,
        mut callback: impl FnMut(DocId, Score) -> Score,
    ) {
        let (mut threshold, mut first) = (floor, 0);
        if let Some(impacts) = impacts {
            for block in impacts.blocks(self.similarity) {
                if block.most * self.doubt > threshold {
                    self.blocks.seek(first);
                    threshold = self.offer(threshold, &mut callback).max(floor);
                }
                first = block.last.saturating_add(1);
            }
        }
        // What is left is less than a block, but where nothing is known of the blocks.
        self.blocks.seek(first);
        loop {
            threshold = self.offer(threshold, &mut callback).max(floor);
            if !self.is_whole_block() {
                return;
            }
            self.blocks.advance();
        }
    }

    /// Calls `callback` with those of the present block that score more than the threshold; what the next must score more than.
    fn offer(
        &self,
        mut threshold: Score,
        mut callback: impl FnMut(DocId, Score) -> Score,
    ) -> Score {
        for (doc, times) in self.blocks.docs().iter().zip(self.blocks.freqs()) {
            let score = self.score(*doc, *times);
            if score > threshold {
                threshold = callback(*doc, score);
            }
        }
        threshold
    }

    /// Articles that have one of `others` too.
    fn read_beside(
        &mut self,
        others: &mut [Opened],
        reader: &SegmentReader,
        mut threshold: Score,
        mut callback: impl FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut target = 0;
        while let Some(first) = others.iter().filter_map(|other| other.first(target)).min() {
            let at = self.blocks.seek(first);
            let bound = self.bound();
            let docs = self.blocks.docs().get(at..).unwrap_or_default();
            let Some(last) = docs.last() else { break };
            target = last + 1;
            if bound <= threshold {
                continue;
            }
            let each: Vec<u128> = others.iter().map(|other| other.marks(docs)).collect();
            let mut left = each.iter().fold(0, |any, marks| any | marks);
            while left != 0 {
                let n = left.trailing_zeros();
                left &= left - 1;
                let Some(doc) = docs.get(n as usize) else { break };
                let score = self.score(*doc, self.blocks.freq(at + n as usize));
                if score <= threshold {
                    continue;
                }
                for (other, marks) in others.iter_mut().zip(&each) {
                    if marks >> n & 1 == 1 && other.stands(reader, *doc)? {
                        threshold = callback(*doc, score);
                        break;
                    }
                }
            }
            if !self.is_whole_block() {
                break;
            }
        }
        Ok(())
    }

    /// Articles that meet all conditions, of which the first is the rarest.
    fn read_where(
        &mut self,
        conditions: &mut [Add],
        mut threshold: Score,
        mut callback: impl FnMut(DocId, Score) -> Score,
    ) {
        let rarest = conditions.first().map_or(0, Add::size_hint);
        let leads = rarest.saturating_mul(MUCH_FEWER) < self.blocks.doc_freq();
        let mut target = 0;
        loop {
            let mut at = self.blocks.seek(target);
            let bound = self.bound();
            let docs = self.blocks.docs();
            let Some(last) = docs.last().copied().filter(|_| at < docs.len()) else { return };
            target = last + 1;
            while let (Some(doc), true) = (docs.get(at).copied(), bound > threshold) {
                // To score is cheaper than to ask, but where the answer leads far.
                let score = self.score(doc, self.blocks.freq(at));
                at += 1;
                if score <= threshold && !leads {
                    continue;
                }
                let unmet = conditions.iter_mut().map(|asked| asked.at_least(doc));
                if let Some(next) = { unmet }.find(|next| *next > doc) {
                    target = target.max(next);
                    at += docs.get(at..).map_or(0, |rest| rest.partition_point(|doc| *doc < next));
                } else if score > threshold {
                    threshold = callback(doc, score);
                }
            }
            if !self.is_whole_block() {
                return;
            }
            if leads && let Some(first) = conditions.first_mut() {
                target = first.at_least(target);
            }
        }
    }
}
