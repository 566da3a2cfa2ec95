//! Through the articles of a segment from stretch to stretch: as far as no block of postings ends, bounds stay the same.

mod stretch;
mod wanted;

use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use self::stretch::Look;
use self::wanted::Later;
pub(super) use self::wanted::Wanted;
use super::Bounds;
use super::conditions::Conditions;
use super::list::List;
use super::sum::Sum;
use crate::added::Add;
use crate::beside::Bits;

/// Room for the rounding of sums, as a share of the bound.
const SLACK: Score = 1e-4;

/// How many times fewer articles have something than may be selected where these are looked for first.
const MUCH_RARER: u64 = 8;

/// The first article from `target` on in any of the lists of those numbers.
fn seek_any(lists: &mut [List], numbers: &[usize], target: DocId) -> DocId {
    let mut first = TERMINATED;
    for n in numbers {
        if let Some(list) = lists.get_mut(*n) {
            first = first.min(list.seek(target));
        }
    }
    first
}

/// What an article is asked for that no list tells.
struct Condition {
    asked: Add,
    /// Where it stands in the sum and the most that it adds, if it does.
    adds: Option<(usize, Score)>,
}

/// What finds articles: the condition that lets the fewest pass, or all of them together.
#[derive(Clone, Copy)]
enum Driver<'a> {
    Words(usize),
    Other(usize),
    Candidates(&'a Bits),
}

/// The way through one segment.
pub(super) struct Walk<'a> {
    sum: Sum,
    /// Of each, an article has one of the lists of that number.
    words: Vec<Vec<usize>>,
    others: Vec<Condition>,
    excluded: Vec<Add>,
    driver: Driver<'a>,
    /// Articles that it finds, about.
    cost: u64,
    /// The lists, shortest first.
    by_size: Vec<usize>,
    /// Those of them of which all articles are looked at in the present stretch, where not all that are selected are.
    through: Vec<usize>,
    /// Those that an article of the present stretch may have besides, in their order.
    rest: Vec<usize>,
    /// The most that an article of the present stretch can score.
    bound: Score,
    /// Articles of which everything was added up.
    pub(super) summed: usize,
}

impl<'a> Walk<'a> {
    /// None where no article of the segment is selected.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open(
        reader: &SegmentReader,
        bounds: &Bounds,
        weights: &[Box<dyn Weight>],
        conditions: &Conditions,
        candidates: Option<&'a Bits>,
    ) -> tantivy::Result<Option<Self>> {
        let sum = Sum::open(reader, bounds, weights)?;
        let mut driver = None;
        let mut cost = u64::MAX;
        let mut words = Vec::with_capacity(conditions.words.len());
        for places in &conditions.words {
            let lists = sum.lists.iter().enumerate();
            let found = lists.filter(|(_, list)| places.contains(&list.place));
            let (size, found) = found.fold((0, Vec::new()), |(size, mut found), (n, list)| {
                found.push(n);
                (size + list.size, found)
            });
            if found.is_empty() {
                return Ok(None);
            }
            if size < cost {
                (driver, cost) = (Some(Driver::Words(words.len())), size);
            }
            words.push(found);
        }
        let mut others = Vec::new();
        let adding = conditions.adding.iter().filter_map(|n| {
            let (other, weight) = (bounds.others.get(*n)?, weights.get(*n)?);
            Some((weight, other.factor, Some((other.place, other.most))))
        });
        let alone = conditions.others.iter().map(|weight| (weight, 1.0, None));
        for (weight, factor, adds) in adding.chain(alone) {
            let Some(asked) = Add::open(&**weight, reader, 0, factor)? else { return Ok(None) };
            if asked.cost() < cost {
                (driver, cost) = (Some(Driver::Other(others.len())), asked.cost());
            }
            others.push(Condition { asked, adds });
        }
        let mut excluded = Vec::with_capacity(conditions.excluded.len());
        for weight in &conditions.excluded {
            let scorer = weight.scorer(reader, 1.0)?;
            if scorer.doc() != TERMINATED {
                excluded.push(Add::new(scorer));
            }
        }
        if let Some(bits) = candidates {
            (driver, cost) = (Some(Driver::Candidates(bits)), bits.count());
        }
        let Some(driver) = driver else { return Ok(None) };
        let mut walk = Self {
            sum,
            words,
            others,
            excluded,
            driver,
            cost,
            by_size: Vec::new(),
            through: Vec::new(),
            rest: Vec::new(),
            bound: 0.0,
            summed: 0,
        };
        let first = walk.selected(0);
        if first < TERMINATED {
            let few = cost / MUCH_RARER;
            walk.sum.open_late(reader, bounds, weights, &conditions.adding, few, first)?;
        }
        let sizes = walk.sum.lists.iter().map(|list| list.size).enumerate();
        let mut by_size: Vec<(u64, usize)> = sizes.map(|(n, size)| (size, n)).collect();
        by_size.sort_unstable();
        walk.by_size = by_size.into_iter().map(|(_, n)| n).collect();
        Ok(Some(walk))
    }

    /// Calls `callback` with each article that scores more than the threshold, which is what the last call returned, and may be among those that are wanted.
    pub(super) fn run(
        &mut self,
        floor: Score,
        wanted: Option<Wanted<'_>>,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) {
        let mut threshold = floor;
        let mut later = wanted.filter(|_| !self.sum.late.is_empty()).map(Later::new);
        let mut doc = self.selected(0);
        while doc != TERMINATED {
            let first = self.possible(doc);
            if first > doc {
                doc = self.selected(first);
                continue;
            }
            let last = self.enter(doc, threshold);
            let mut look = self.look(threshold);
            loop {
                let most;
                (doc, most) = match look {
                    Look::Nothing => (TERMINATED, 0.0),
                    Look::Lists => self.listed(doc, last, threshold),
                    Look::Selected => (self.selected(doc), self.bound),
                };
                if doc > last {
                    break;
                }
                match self.score((doc, most), threshold) {
                    Ok(most) => {
                        threshold = match &mut later {
                            Some(later) => {
                                let reached = later.keep(doc, most, &self.sum.parts);
                                reached.map_or(threshold, |least| least.max(threshold))
                            }
                            None => self.add_up((doc, most), threshold, callback).max(floor),
                        };
                        look = self.look(threshold);
                        doc += 1;
                    }
                    Err(next) => doc = next,
                }
                if let Some(full) = later.as_mut().filter(|later| later.is_full()) {
                    threshold = self.add_up_those(full, threshold, callback);
                }
            }
            doc = self.selected(last + 1);
        }
        if let Some(mut later) = later {
            self.add_up_those(&mut later, threshold, callback);
        }
    }

    /// Whether an article may meet all conditions, as far as is known beforehand.
    fn may_have(&self, doc: DocId) -> bool {
        match self.driver {
            Driver::Candidates(bits) => bits.has(doc),
            _ => true,
        }
    }

    /// The first article from `target` on that the driver lets pass.
    fn selected(&mut self, target: DocId) -> DocId {
        match self.driver {
            Driver::Words(n) => {
                let forms = self.words.get(n).map_or(&[][..], Vec::as_slice);
                seek_any(&mut self.sum.lists, forms, target)
            }
            Driver::Other(n) => {
                self.others.get_mut(n).map_or(TERMINATED, |other| other.asked.seek(target))
            }
            Driver::Candidates(bits) => bits.first(target).unwrap_or(TERMINATED),
        }
    }

    /// No article before it, from `target` on, meets all conditions.
    fn possible(&mut self, target: DocId) -> DocId {
        let mut first = target;
        for forms in &self.words {
            first = seek_any(&mut self.sum.lists, forms, first);
        }
        for other in &mut self.others {
            first = other.asked.at_least(first);
        }
        first
    }
}
