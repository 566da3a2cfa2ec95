//! A shape with its posting lists open: which articles can hold it, and where it stands in the present one.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use dateline_gazetteer::{PlaceId, ancestors};
use dateline_schema::{Capital, MentionKind, NAME_STRIDE};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::ground::Ground;
use super::join::{Extent, Match, Pair, Part};
use super::{Shape, Which};
use crate::positions::{Cursor, Slot, Step, follow};
use crate::syntax::{Case, Sense, Within};

/// A [`Shape`] over one segment.
pub(super) enum Live {
    Words(Words, Option<Case>),
    Any(Vec<Live>),
    Near(Box<Pair<Live>>, Buffers),
    In(Part, Box<Live>),
    First(u32, Part, Box<Live>),
    Mentions(MentionKind, Entities),
}

/// Lists that are filled anew for every article.
#[derive(Default)]
pub(super) struct Buffers {
    left: Vec<Match>,
    right: Vec<Match>,
    /// Positions, where both operands are single words.
    left_words: Vec<u32>,
    right_words: Vec<u32>,
}

/// Which entities, and the articles that may have them.
pub(super) enum Entities {
    Any(Cursor),
    Named(Words),
    Places { articles: Cursor, wanted: Arc<HashSet<u32>>, known: HashMap<u32, bool> },
}

impl Live {
    pub(super) fn open(reader: &SegmentReader, shape: &Shape) -> tantivy::Result<Self> {
        Ok(match shape {
            Shape::Words(slots, case) => match Words::open(reader, slots, Step::SideBySide)? {
                Some(words) => Self::Words(words, *case),
                None => Self::Any(Vec::new()),
            },
            Shape::Any(shapes) => Self::Any(
                shapes
                    .iter()
                    .map(|shape| Self::open(reader, shape))
                    .collect::<tantivy::Result<_>>()?,
            ),
            Shape::Near(pair) => {
                let pair = Pair {
                    left: Self::open(reader, &pair.left)?,
                    right: Self::open(reader, &pair.right)?,
                    how: pair.how,
                    may_share: pair.may_share,
                    pieces: pair.pieces,
                };
                Self::Near(Box::new(pair), Buffers::default())
            }
            Shape::In(part, inner) => Self::In(*part, Box::new(Self::open(reader, inner)?)),
            Shape::First(words, part, inner) => {
                Self::First(*words, *part, Box::new(Self::open(reader, inner)?))
            }
            Shape::Mentions(mentions) => {
                let entities = match &mentions.which {
                    Which::Any(term) => {
                        Cursor::open(reader, std::slice::from_ref(term))?.map(Entities::Any)
                    }
                    Which::Named(slots, step) => {
                        Words::open(reader, slots, *step)?.map(Entities::Named)
                    }
                    Which::Places(wanted, terms) => Cursor::open(reader, terms)?.map(|articles| {
                        let wanted = wanted.clone();
                        Entities::Places { articles, wanted, known: HashMap::new() }
                    }),
                };
                entities.map_or(Self::Any(Vec::new()), |found| Self::Mentions(mentions.kind, found))
            }
        })
    }

    /// About how many articles may hold it.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Words(words, _) | Self::Mentions(_, Entities::Named(words)) => words.cost(),
            Self::Any(all) => all.iter().map(Self::cost).sum(),
            Self::Near(pair, _) if pair.needs_both() => pair.left.cost().min(pair.right.cost()),
            Self::Near(pair, _) => pair.left.cost(),
            Self::In(_, inner) | Self::First(_, _, inner) => inner.cost(),
            Self::Mentions(_, Entities::Any(articles) | Entities::Places { articles, .. }) => {
                articles.cost()
            }
        }
    }

    /// The first article from `target` on that may hold it; never goes back.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Words(words, _) | Self::Mentions(_, Entities::Named(words)) => words.seek(target),
            Self::Any(all) => {
                all.iter_mut().map(|live| live.seek(target)).min().unwrap_or(TERMINATED)
            }
            Self::Near(pair, _) if pair.needs_both() => {
                let mut target = target;
                loop {
                    let (first, second) = if pair.left.cost() <= pair.right.cost() {
                        (&mut pair.left, &mut pair.right)
                    } else {
                        (&mut pair.right, &mut pair.left)
                    };
                    let left = first.seek(target);
                    if left == TERMINATED {
                        return TERMINATED;
                    }
                    target = second.seek(left);
                    if target == left || target == TERMINATED {
                        return target;
                    }
                }
            }
            Self::Near(pair, _) => pair.left.seek(target),
            Self::In(_, inner) | Self::First(_, _, inner) => inner.seek(target),
            Self::Mentions(_, Entities::Any(articles) | Entities::Places { articles, .. }) => {
                articles.seek(target)
            }
        }
    }

    /// How often it stands in the present article. Where once is enough, a pair counts as often as its left operand stands as it should.
    pub(super) fn count(&mut self, ground: &mut Ground, least: u32) -> u32 {
        let count = if let (Self::Near(pair, buffers), true) = (&mut *self, least <= 1) {
            if let Some(count) = pair.count_single(buffers, ground) {
                count
            } else if pair.fill(buffers, ground) {
                pair.count(&buffers.left, &buffers.right, ground.borders_for(pair.how.within))
            } else {
                0
            }
        } else {
            let mut found = Vec::new();
            self.matches(ground, &mut found);
            // The same words grouped otherwise are the same match.
            found.iter_mut().for_each(Match::run_together);
            found.sort_unstable();
            found.dedup();
            found.len()
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Whether it is one word whose capitals do not matter.
    fn is_single(&self) -> bool {
        matches!(self, Self::Words(words, None) if words.cursors.len() == 1)
    }

    /// Where a single word stands in the present article.
    fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        if let Self::Words(words, None) = self
            && words.seek(doc) == doc
            && let [only] = words.cursors.as_mut_slice()
        {
            only.positions(out);
        }
    }

    /// Fills `out` with the numbers of the entities that it asks for in article `doc`, ascending, where it asks for entities of some name; see
    /// [`Entities::numbers`].
    pub(super) fn entities(
        &mut self,
        doc: DocId,
        places: Option<&Column<u64>>,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        if self.seek(doc) == doc
            && let Self::Mentions(_, entities) = self
        {
            entities.numbers(doc, places, out);
        }
    }

    /// Fills `out` with where it stands in the present article, ascending.
    pub(super) fn matches(&mut self, ground: &mut Ground, out: &mut Vec<Match>) {
        out.clear();
        // Without this, what stands in a later article would be taken for this one's.
        if self.seek(ground.doc) != ground.doc {
            return;
        }
        match self {
            Self::Words(words, case) => {
                words.matches(out);
                if let Some(case) = case {
                    let capitals = ground.capitals();
                    let offsets = &words.offsets;
                    out.retain(|found| {
                        offsets.iter().all(|offset| has_case(capitals, found.start + offset, *case))
                    });
                }
            }
            Self::Any(all) => {
                let mut more = Vec::new();
                for live in all {
                    live.matches(ground, &mut more);
                    out.append(&mut more);
                }
                out.sort_unstable();
                out.dedup();
            }
            Self::Near(pair, buffers) => {
                if pair.fill(buffers, ground) {
                    let borders = ground.borders_for(pair.how.within);
                    if pair.join(&buffers.left, &buffers.right, borders, out) == Extent::Cut {
                        ground.cut = true;
                    }
                }
            }
            Self::In(part, inner) => {
                inner.matches(ground, out);
                let borders = ground.borders();
                out.retain(|found| borders.lies_in(*part, found));
            }
            Self::First(words, part, inner) => {
                inner.matches(ground, out);
                let borders = ground.borders();
                out.retain(|found| borders.is_first(*part, *words, found));
            }
            Self::Mentions(kind, entities) => entities.matches(*kind, ground, out),
        }
    }
}

impl Pair<Live> {
    fn needs_both(&self) -> bool {
        self.how.sense == Sense::Near
    }

    /// Counts two single words without making matches of them, which most queries are.
    fn count_single(&mut self, buffers: &mut Buffers, ground: &Ground) -> Option<usize> {
        let by_words = matches!(self.how.within, Within::Words(_));
        if !(by_words && self.left.is_single() && self.right.is_single()) {
            return None;
        }
        self.left.positions(ground.doc, &mut buffers.left_words);
        self.right.positions(ground.doc, &mut buffers.right_words);
        self.count_words(&buffers.left_words, &buffers.right_words, &ground.bare)
    }

    /// Gathers both operands' matches; false where there can be none of the pair.
    fn fill(&mut self, buffers: &mut Buffers, ground: &mut Ground) -> bool {
        self.left.matches(ground, &mut buffers.left);
        if buffers.left.is_empty() {
            return false;
        }
        self.right.matches(ground, &mut buffers.right);
        !buffers.right.is_empty() || !self.needs_both()
    }
}

impl Entities {
    /// Fills `out` with the numbers of those that are asked for in the present article, `doc`, ascending; `places` has the places that each article names.
    /// Nothing where all of the kind are.
    fn numbers(&mut self, doc: DocId, places: Option<&Column<u64>>, out: &mut Vec<u32>) {
        out.clear();
        match self {
            Self::Any(_) => {}
            Self::Named(words) => {
                words.ends(out);
                for position in out.iter_mut() {
                    *position /= NAME_STRIDE;
                }
                out.dedup();
            }
            Self::Places { wanted, known, .. } => {
                let named = places.into_iter().flat_map(|places| places.values_for_doc(doc));
                for (entity, number) in (0..).zip(named) {
                    let number = u32::try_from(number).unwrap_or(u32::MAX);
                    let fits = known.entry(number).or_insert_with(|| {
                        let around = ancestors(PlaceId::from_u32(number));
                        wanted.contains(&number)
                            || around.iter().any(|place| wanted.contains(&place.to_u32()))
                    });
                    if *fits {
                        out.push(entity);
                    }
                }
            }
        }
    }

    fn matches(&mut self, kind: MentionKind, ground: &mut Ground, out: &mut Vec<Match>) {
        let mut numbers = Vec::new();
        self.numbers(ground.doc, ground.named_places(), &mut numbers);
        let all = matches!(self, Self::Any(_));
        let asked = ground
            .mentions(kind)
            .filter(|mention| all || numbers.binary_search(&mention.entity).is_ok());
        out.extend(asked.map(|mention| Match::one(mention.start, mention.end)));
        out.sort_unstable();
        out.dedup();
    }
}

/// Whether the word at `position` has such capitals.
pub(crate) fn has_case(capitals: &[Capital], position: u32, case: Case) -> bool {
    let at = capitals.binary_search_by_key(&position, |capital| capital.position);
    let capital = at.ok().and_then(|at| capitals.get(at));
    match case {
        Case::Some => capital.is_some(),
        Case::All => capital.is_some_and(|capital| capital.all),
        Case::None => capital.is_none(),
    }
}

/// Words that follow each other, with their lists open.
pub(super) struct Words {
    cursors: Vec<Cursor>,
    offsets: Vec<u32>,
    /// Cursors, the rarest first.
    order: Vec<usize>,
    step: Step,
    positions: Vec<u32>,
    reached: Vec<u32>,
    found: Vec<u32>,
}

impl Words {
    fn open(reader: &SegmentReader, slots: &[Slot], step: Step) -> tantivy::Result<Option<Self>> {
        let mut cursors = Vec::with_capacity(slots.len());
        for slot in slots {
            match Cursor::open(reader, &slot.terms)? {
                Some(cursor) => cursors.push(cursor),
                None => return Ok(None),
            }
        }
        let mut order: Vec<usize> = (0..cursors.len()).collect();
        order.sort_by_key(|n| cursors.get(*n).map_or(0, Cursor::cost));
        let offsets = slots.iter().map(|slot| slot.offset).collect();
        let (positions, reached, found) = (Vec::new(), Vec::new(), Vec::new());
        Ok((!cursors.is_empty()).then_some(Self {
            cursors,
            offsets,
            order,
            step,
            positions,
            reached,
            found,
        }))
    }

    fn cost(&self) -> u64 {
        let rarest = self.order.first().and_then(|n| self.cursors.get(*n));
        rarest.map_or(0, Cursor::cost)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            let before = target;
            for n in &self.order {
                if let Some(cursor) = self.cursors.get_mut(*n) {
                    target = cursor.seek(target);
                    if target == TERMINATED {
                        return TERMINATED;
                    }
                }
            }
            if target == before || self.cursors.len() == 1 {
                return target;
            }
        }
    }

    /// Positions of the last words of all matches in the present article.
    fn ends(&mut self, out: &mut Vec<u32>) {
        self.reached.clear();
        for (n, cursor) in self.cursors.iter_mut().enumerate() {
            cursor.positions(&mut self.positions);
            let Some(before) = n.checked_sub(1).and_then(|before| self.offsets.get(before)) else {
                self.reached.extend_from_slice(&self.positions);
                continue;
            };
            let step = self.offsets.get(n).map_or(1, |offset| offset - before);
            let distances = self.step.distances(step);
            follow(&mut self.reached, &self.positions, distances, &mut self.found);
        }
        out.clone_from(&self.reached);
    }

    fn matches(&mut self, out: &mut Vec<Match>) {
        let mut ends = std::mem::take(&mut self.positions);
        if let [only] = self.cursors.as_mut_slice() {
            only.positions(&mut ends);
        } else {
            let mut found = Vec::new();
            self.ends(&mut found);
            ends = found;
        }
        let length = self.offsets.last().copied().unwrap_or_default();
        out.extend(ends.iter().map(|end| Match::one(end.saturating_sub(length), *end)));
        self.positions = ends;
    }
}
