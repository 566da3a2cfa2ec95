//! Through the articles of a segment from stretch to stretch: as far as no block of postings ends, bounds stay the same.

use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::Bounds;
use super::conditions::Conditions;
use super::list::List;
use crate::added::Add;

/// Room for the rounding of sums, as a share of the bound.
const SLACK: Score = 1e-4;

/// The addends of a score in one segment.
pub(super) struct Sum {
    /// What is cheap to seek, those that may add most first.
    lists: Vec<List>,
    /// What is not, such as words near each other.
    late: Vec<Late>,
    /// What each adds to the present article.
    parts: Vec<Score>,
}

struct Late {
    place: usize,
    most: Score,
    add: Add,
}

impl Sum {
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open(
        reader: &SegmentReader,
        bounds: &Bounds,
        others: &[Box<dyn Weight>],
    ) -> tantivy::Result<Self> {
        let mut lists = Vec::with_capacity(bounds.places);
        for bound in &bounds.terms {
            lists.extend(List::of_term(reader, bound)?);
        }
        for (other, weight) in bounds.others.iter().zip(others).filter(|(other, _)| other.is_list) {
            let scorer = weight.scorer(reader, other.factor)?;
            if scorer.doc() != TERMINATED {
                lists.push(List::of_scorer(scorer, other.place, other.most));
            }
        }
        lists.sort_by(|a, b| b.most.total_cmp(&a.most).then(a.size.cmp(&b.size)));
        Ok(Self { lists, late: Vec::new(), parts: vec![0.0; bounds.places] })
    }

    /// Opens what is not cheap to seek, for articles from `first` on.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open_late(
        &mut self,
        reader: &SegmentReader,
        bounds: &Bounds,
        others: &[Box<dyn Weight>],
        first: DocId,
    ) -> tantivy::Result<()> {
        for (other, weight) in bounds.others.iter().zip(others).filter(|(other, _)| !other.is_list)
        {
            if let Some(add) = Add::open(&**weight, reader, first, other.factor)? {
                self.late.push(Late { place: other.place, most: other.most, add });
            }
        }
        Ok(())
    }

    /// The score of an article; articles must ascend.
    pub(super) fn of(&mut self, doc: DocId) -> Score {
        self.parts.fill(0.0);
        for list in &mut self.lists {
            if list.seek(doc) == doc {
                put(&mut self.parts, list.place, list.score());
            }
        }
        for Late { place, add, .. } in &mut self.late {
            put(&mut self.parts, *place, add.score(doc));
        }
        self.parts.iter().sum()
    }
}

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

pub(super) fn put(parts: &mut [Score], place: usize, score: Score) {
    if let Some(part) = parts.get_mut(place) {
        *part = score;
    }
}

/// What is looked at in a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// No article can be among the best.
    Nothing,
    /// Those of the lists that are to be looked through.
    Lists,
    /// All that one of the conditions lets pass.
    Selected,
}

/// Which condition finds articles: the one that lets the fewest pass.
enum Driver {
    /// One of the conditions that are words.
    Words(usize),
    Other(Box<dyn Scorer>),
}

impl Driver {
    /// Whether an article meets a condition that is not made of words.
    fn passes(&mut self, doc: DocId) -> bool {
        match self {
            Self::Words(_) => true,
            Self::Other(scorer) => {
                scorer.doc() == doc || (scorer.doc() < doc && scorer.seek(doc) == doc)
            }
        }
    }
}

/// The way through one segment.
pub(super) struct Walk {
    sum: Sum,
    /// Of each, an article has one of the lists of that number.
    words: Vec<Vec<usize>>,
    others: Vec<Add>,
    excluded: Vec<Add>,
    driver: Driver,
    /// Articles that it finds, about.
    cost: u64,
    /// The lists, shortest first.
    by_size: Vec<usize>,
    /// The most that an article of the present stretch can score.
    bound: Score,
}

impl Walk {
    /// None where no article of the segment is selected.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open(
        reader: &SegmentReader,
        mut sum: Sum,
        conditions: &Conditions,
    ) -> tantivy::Result<Option<Self>> {
        let mut driver = None;
        let mut cost = u64::MAX;
        sum.lists.sort_by(|a, b| b.most.total_cmp(&a.most).then(a.size.cmp(&b.size)));
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
        let mut others = Vec::with_capacity(conditions.others.len());
        for weight in &conditions.others {
            let mut scorer = weight.scorer(reader, 1.0)?;
            if scorer.doc() == TERMINATED {
                return Ok(None);
            }
            if scorer.cost() < cost {
                cost = scorer.cost();
                match driver.replace(Driver::Other(scorer)) {
                    Some(Driver::Other(before)) => scorer = before,
                    _ => continue,
                }
            }
            others.push(Add::new(scorer));
        }
        let mut excluded = Vec::with_capacity(conditions.excluded.len());
        for weight in &conditions.excluded {
            let scorer = weight.scorer(reader, 1.0)?;
            if scorer.doc() != TERMINATED {
                excluded.push(Add::new(scorer));
            }
        }
        let Some(driver) = driver else { return Ok(None) };
        let mut by_size: Vec<(u64, usize)> =
            sum.lists.iter().enumerate().map(|(n, list)| (list.size, n)).collect();
        by_size.sort_unstable();
        let by_size = by_size.into_iter().map(|(_, n)| n).collect();
        Ok(Some(Self { sum, words, others, excluded, driver, cost, by_size, bound: 0.0 }))
    }

    /// Opens the addends that need positions, for articles from the first on.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open_late(
        &mut self,
        reader: &SegmentReader,
        bounds: &Bounds,
        others: &[Box<dyn Weight>],
    ) -> tantivy::Result<()> {
        let first = self.selected(0);
        if first < TERMINATED {
            self.sum.open_late(reader, bounds, others, first)?;
        }
        Ok(())
    }

    /// Calls `callback` with each article that scores more than the threshold, which is what the last call returned.
    pub(super) fn run(
        &mut self,
        mut threshold: Score,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) {
        let mut doc = self.selected(0);
        while doc != TERMINATED {
            let first = self.possible(doc);
            if first > doc {
                doc = self.selected(first);
                continue;
            }
            let last = self.enter(doc);
            let mut look = self.look(threshold);
            loop {
                doc = match look {
                    Look::Nothing => TERMINATED,
                    Look::Lists => self.listed(doc),
                    Look::Selected => self.selected(doc),
                };
                if doc > last {
                    break;
                }
                match self.score(doc, threshold, look) {
                    Ok(score) => {
                        threshold = callback(doc, score);
                        look = self.look(threshold);
                        doc += 1;
                    }
                    Err(next) => doc = next,
                }
            }
            doc = self.selected(last + 1);
        }
    }

    /// The first article from `target` on that the driver lets pass.
    fn selected(&mut self, target: DocId) -> DocId {
        match &mut self.driver {
            Driver::Words(condition) => {
                let forms = self.words.get(*condition).map_or(&[][..], Vec::as_slice);
                seek_any(&mut self.sum.lists, forms, target)
            }
            Driver::Other(scorer) if scorer.doc() < target => scorer.seek(target),
            Driver::Other(scorer) => scorer.doc(),
        }
    }

    /// The first article from `target` on in one of the lists that are looked through.
    fn listed(&mut self, target: DocId) -> DocId {
        let lists = self.sum.lists.iter_mut().filter(|list| list.is_looked_through);
        lists.map(|list| list.seek(target)).min().unwrap_or(TERMINATED)
    }

    /// No article before it, from `target` on, meets all conditions.
    fn possible(&mut self, target: DocId) -> DocId {
        let mut first = target;
        for forms in &self.words {
            first = seek_any(&mut self.sum.lists, forms, first);
        }
        for other in &mut self.others {
            if first < TERMINATED {
                first = other.at_least(first);
            }
        }
        first
    }

    /// Enters the stretch that begins at `doc`; its last article.
    fn enter(&mut self, doc: DocId) -> DocId {
        let mut last = TERMINATED - 1;
        for list in self.sum.lists.iter_mut().filter(|list| list.is_term()) {
            list.seek(doc);
            last = last.min(list.last());
        }
        self.bound = self.sum.late.iter().map(|late| late.most).sum();
        for list in &mut self.sum.lists {
            list.is_present = list.doc <= last;
            list.bound = if list.is_present { list.most_in_block() } else { 0.0 };
            self.bound += list.bound;
        }
        last
    }

    /// What of the present stretch may score more than `threshold`.
    fn look(&mut self, threshold: Score) -> Look {
        let lists = &mut self.sum.lists;
        let is_met = |lists: &[List], forms: &[usize]| {
            forms.iter().any(|n| lists.get(*n).is_some_and(|list| list.is_present))
        };
        if !self.words.iter().all(|forms| is_met(lists, forms)) {
            return Look::Nothing;
        }
        let enough = threshold - self.bound * SLACK;
        let (mut left, mut cost) = (self.bound, 0);
        for n in &self.by_size {
            let Some(list) = lists.get_mut(*n) else { continue };
            list.is_looked_through = list.is_present && left > enough;
            if list.is_looked_through {
                left -= list.bound;
                cost += list.size;
            }
        }
        if left > enough || cost >= self.cost {
            Look::Selected
        } else if cost == 0 {
            Look::Nothing
        } else {
            Look::Lists
        }
    }

    /// The score of an article of the present stretch, where it is selected and scores more than `threshold`: addend by addend what it adds takes the place of what it
    /// may add, until that is not enough. Otherwise the next article that may.
    fn score(&mut self, doc: DocId, threshold: Score, look: Look) -> Result<Score, DocId> {
        let enough = threshold - self.bound * SLACK;
        let mut left = self.bound;
        let Sum { lists, late, parts } = &mut self.sum;
        parts.fill(0.0);
        let looks_through = look == Look::Lists;
        if looks_through {
            for list in lists.iter_mut().filter(|list| list.is_looked_through) {
                left += list.gain(doc, parts);
            }
            if left <= enough {
                return Err(doc + 1);
            }
        }
        for forms in &self.words {
            let first = seek_any(lists, forms, doc);
            if first > doc {
                return Err(if looks_through { doc + 1 } else { first });
            }
        }
        let rest = |list: &&mut List| list.is_present && !(looks_through && list.is_looked_through);
        for list in lists.iter_mut().filter(rest) {
            left += list.gain(doc, parts);
            if left <= enough {
                return Err(doc + 1);
            }
        }
        if !self.driver.passes(doc) {
            return Err(doc + 1);
        }
        for other in &mut self.others {
            if !other.has(doc) {
                return Err(other.at_least((doc + 1).min(TERMINATED - 1)).max(doc + 1));
            }
        }
        if self.excluded.iter_mut().any(|excluded| excluded.has(doc)) {
            return Err(doc + 1);
        }
        for list in lists.iter_mut().filter(|list| list.doc == doc && !list.is_term()) {
            let score = list.score();
            put(parts, list.place, score);
            left += score - list.bound;
        }
        for Late { place, most, add } in late {
            if left <= enough {
                return Err(doc + 1);
            }
            let score = add.score(doc);
            put(parts, *place, score);
            left += score - *most;
        }
        let score = parts.iter().sum();
        if score > threshold { Ok(score) } else { Err(doc + 1) }
    }
}
