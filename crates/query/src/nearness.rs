//! The one matcher for everything that asks where words stand: nearness, capitals, `atleast`, `first`, mentions.
//!
//! Exact by construction: an article is found when its words stand so, told from their positions. Hits, counts and scores run the same code.

pub(crate) mod about;
mod ground;
pub(crate) mod join;
mod live;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline_schema::MentionKind;
use dateline_schema::analyze::is_marked;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, Score, SeekDangerResult, SegmentReader, Term};

use crate::columns::OpenColumns;
use crate::matcher::{self, Matcher};
use crate::positions::{Cursor, Slot, Step};
use crate::rank;
use crate::syntax::{Case, Sense, Within};
use ground::Ground;
pub(crate) use ground::Lead;
use join::{Pair, Part, Pieces};
use live::Live;
pub(crate) use live::has_case;

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// Words at their offsets, with their capitals where these matter.
    Words(Vec<Slot>, Option<Case>),
    /// Any of these; nothing where there are none.
    Any(Vec<Shape>),
    /// Two things close to each other, or not.
    Near(Box<Pair<Shape>>),
    /// What lies in a part of the article.
    In(Part, Box<Shape>),
    /// What ends among the first words of a part.
    First(u32, Part, Box<Shape>),
    /// Where entities are mentioned.
    Mentions(Mentions),
}

/// Entities of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Mentions {
    pub(crate) kind: MentionKind,
    pub(crate) which: Which,
}

/// Which of them.
#[derive(Clone, Debug)]
pub(crate) enum Which {
    /// All; the term is that of the articles that have any.
    Any(Term),
    /// Those with this name: words in the field of names, each as far from the one before as the step allows.
    Named(Vec<Slot>, Step),
    /// Places that are one of these gazetteer numbers or lie in one; the terms are those of the articles.
    Places(Arc<HashSet<u32>>, Vec<Term>),
}

impl Shape {
    pub(crate) fn nothing() -> Self {
        Self::Any(Vec::new())
    }

    /// Asks every pair inside to keep its pieces.
    pub(crate) fn keep_pieces(&mut self) {
        match self {
            Self::Words(..) | Self::Mentions(_) => {}
            Self::Any(shapes) => shapes.iter_mut().for_each(Self::keep_pieces),
            Self::In(_, inner) | Self::First(_, _, inner) => inner.keep_pieces(),
            Self::Near(pair) => {
                pair.pieces = Pieces::Kept;
                pair.left.keep_pieces();
                pair.right.keep_pieces();
            }
        }
    }

    /// Whether more than positions of words tells where it stands: sentences, parts, capitals, mentions.
    fn needs_columns(&self) -> bool {
        match self {
            Self::Words(_, case) => case.is_some(),
            Self::Any(shapes) => shapes.iter().any(Self::needs_columns),
            Self::Near(pair) => {
                !matches!(pair.how.within, Within::Words(_))
                    || pair.left.needs_columns()
                    || pair.right.needs_columns()
            }
            Self::In(..) | Self::First(..) | Self::Mentions(_) => true,
        }
    }

    /// Whether a word can belong to a match of either: they ask for a term in common, or in different forms.
    pub(crate) fn may_share(&self, other: &Self) -> bool {
        let (mut left, mut right) = (HashSet::new(), HashSet::new());
        if !self.terms(&mut left) || !other.terms(&mut right) || !left.is_disjoint(&right) {
            return true;
        }
        let mut terms = left.union(&right);
        let field = terms.clone().next().map(|term| term.field());
        let is_marked =
            |term: &Term| is_marked(&String::from_utf8_lossy(term.serialized_value_bytes()));
        terms.any(|term| Some(term.field()) != field || is_marked(term))
    }

    /// Gathers the terms of words; false where there is anything else.
    fn terms<'shape>(&'shape self, out: &mut HashSet<&'shape Term>) -> bool {
        match self {
            Self::Words(slots, _) => {
                out.extend(slots.iter().flat_map(|slot| &slot.terms));
                true
            }
            Self::Any(shapes) => shapes.iter().all(|shape| shape.terms(out)),
            Self::In(_, inner) | Self::First(_, _, inner) => inner.terms(out),
            Self::Near(pair) => pair.left.terms(out) && pair.right.terms(out),
            Self::Mentions(_) => false,
        }
    }

    /// The rarity of what it asks for: that of all its words, of alternatives the rarest.
    fn rarity(&self, of: &mut dyn FnMut(&Term) -> tantivy::Result<f32>) -> tantivy::Result<f32> {
        let mut sum = 0.0;
        match self {
            Self::Words(slots, _) => {
                for term in slots.iter().filter_map(|slot| slot.terms.first()) {
                    sum += of(term)?;
                }
            }
            Self::Any(shapes) => {
                for shape in shapes {
                    sum = shape.rarity(of)?.max(sum);
                }
            }
            Self::Near(pair) => {
                sum = pair.left.rarity(of)?;
                if pair.how.sense == Sense::Near {
                    sum += pair.right.rarity(of)?;
                }
            }
            Self::In(_, inner) | Self::First(_, _, inner) => sum = inner.rarity(of)?,
            Self::Mentions(_) => {}
        }
        Ok(sum)
    }
}

/// What is looked for, where, and how often.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) shape: Shape,
    /// How often it must stand in an article at least.
    pub(crate) least: u32,
    /// Field by whose length the score is normed.
    pub(crate) norm: Field,
    /// The columns that tell positions; none for a field of separate values.
    pub(crate) columns: Option<Columns>,
    /// Of each of these lists of terms an article has one, or nothing is read of it: what has words in its title is in short lists.
    pub(crate) within: Vec<Vec<Term>>,
    /// Set when an article has more matches than are looked at.
    pub(crate) cut: Arc<AtomicBool>,
}

/// The columns that tell positions.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) open: OpenColumns,
    pub(crate) borders: Field,
    /// Where the lead begins and ends.
    pub(crate) lead: [Field; 2],
    pub(crate) capitals: Field,
    pub(crate) mentions: Field,
    /// The entities that are mentioned.
    pub(crate) entities: Field,
    pub(crate) named_places: Field,
}

/// The query for a [`Plan`].
#[derive(Clone, Debug)]
pub(crate) struct NearQuery(pub(crate) Arc<Plan>);

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                self.similarity(statistics_provider)?
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(NearWeight { plan: self.0.clone(), similarity }))
    }
}

impl NearQuery {
    /// The most that it can score.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn most(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Score> {
        Ok(self.similarity(statistics)?.map_or(0.0, |similarity| rank::most(&similarity)))
    }

    /// BM25 as of one word whose rarity is that of the whole; nothing where it has no words.
    fn similarity(
        &self,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Option<Bm25Weight>> {
        let articles = statistics.total_num_docs()?;
        let tokens = statistics.total_num_tokens(self.0.norm)?;
        let rarity = |frequency| rank::rarity(frequency, articles);
        let all = self.0.shape.rarity(&mut |term| Ok(rarity(statistics.doc_freq(term)?)))?;
        if all <= 0.0 || articles == 0 || tokens == 0 {
            return Ok(None);
        }
        let average = tokens as f32 / articles as f32;
        let one = Bm25Weight::for_one_term_without_explain(0, articles, average);
        Ok(Some(one.boost_by(all / rarity(0))))
    }
}

struct NearWeight {
    plan: Arc<Plan>,
    similarity: Option<Bm25Weight>,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(matcher::at_first(self.open(reader, boost)?))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        Ok(matcher::at(self.open(reader, boost)?, target))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        matcher::explained(self, "words near each other", reader, doc)
    }
}

impl NearWeight {
    /// None where no article can match.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<Near>> {
        let mut within = Vec::with_capacity(self.plan.within.len());
        for terms in &self.plan.within {
            let Some(cursor) = Cursor::of_articles(reader, terms)? else { return Ok(None) };
            within.push(cursor);
        }
        within.sort_by_key(Cursor::cost);
        let norms = match &self.similarity {
            Some(_) => reader.fieldnorms_readers().get_field(self.plan.norm)?,
            None => None,
        };
        Ok(Some(Near {
            within,
            live: Live::open(reader, &self.plan.shape)?,
            ground: Ground::open(reader, self.plan.columns.as_ref(), &self.plan.shape)?,
            plan: self.plan.clone(),
            norms: norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)),
            similarity: self.similarity.as_ref().map(|similarity| similarity.boost_by(boost)),
            matches: 0,
        }))
    }
}

struct Near {
    plan: Arc<Plan>,
    /// The shortest first.
    within: Vec<Cursor>,
    live: Live,
    ground: Ground,
    norms: FieldNormReader,
    similarity: Option<Bm25Weight>,
    /// How often it stands in the present article.
    matches: u32,
}

impl Near {
    /// About how many articles it goes over.
    fn articles(&self) -> u64 {
        self.within.first().map_or(self.live.cost(), Cursor::cost)
    }
}

impl Matcher for Near {
    fn candidate(&mut self, target: DocId) -> DocId {
        match self.within.first_mut() {
            Some(shortest) => shortest.seek(target),
            None => self.live.seek(target),
        }
    }

    fn matches(&mut self, doc: DocId) -> bool {
        let is_within = self.within.iter_mut().all(|list| list.seek(doc) == doc);
        // Where there are such lists, they were sought and nothing else.
        if !self.within.is_empty() && (!is_within || self.live.seek(doc) != doc) {
            return false;
        }
        self.ground.enter(doc);
        self.matches = self.live.count(&mut self.ground, self.plan.least);
        let matches = self.matches >= self.plan.least;
        if matches && self.ground.was_cut() {
            self.plan.cut.store(true, Ordering::Relaxed);
        }
        matches
    }

    fn score(&mut self, doc: DocId) -> Score {
        let norm = self.norms.fieldnorm_id(doc);
        self.similarity.as_ref().map_or(0.0, |similarity| similarity.score(norm, self.matches))
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.articles()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.articles().saturating_mul(10)
    }
}
