//! The addends of a score in one segment.

use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use super::bounds::Bounds;
use super::list::List;
use crate::added::Add;

/// The addends of a score in one segment.
pub(super) struct Sum {
    /// What is cheap to seek, those that may add most first.
    pub(super) lists: Vec<List>,
    /// What is not, such as words near each other.
    pub(super) late: Vec<Late>,
    /// What each adds to the present article.
    pub(super) parts: Vec<Score>,
}

pub(super) struct Late {
    pub(super) place: usize,
    pub(super) most: Score,
    pub(super) add: Add,
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
        for word in bounds.terms.chunk_by(|one, next| one.place == next.place) {
            lists.extend(List::of_word(reader, word)?);
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

    /// Opens what is not cheap to seek, for articles from `first` on; but for those of the others that are numbered in `but`. What no more than `few` articles have becomes
    /// a list, the last of all.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(super) fn open_late(
        &mut self,
        reader: &SegmentReader,
        bounds: &Bounds,
        others: &[Box<dyn Weight>],
        but: &[usize],
        few: u64,
        first: DocId,
    ) -> tantivy::Result<()> {
        for (n, (other, weight)) in bounds.others.iter().zip(others).enumerate() {
            if other.is_list || but.contains(&n) {
                continue;
            }
            if let Some(add) = Add::open(&**weight, reader, first, other.factor)? {
                if u64::from(add.size_hint()) <= few {
                    let scorer = weight.scorer(reader, other.factor)?;
                    self.lists.push(List::of_scorer(scorer, other.place, other.most));
                    continue;
                }
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
                let score = list.score();
                if list.is_word() {
                    list.give(doc, &mut self.parts);
                } else {
                    put(&mut self.parts, list.place, score);
                }
            }
        }
        for Late { place, add, .. } in &mut self.late {
            put(&mut self.parts, *place, add.score(doc));
        }
        self.parts.iter().sum()
    }
}

/// Puts what an addend adds in its place.
pub(super) fn put(parts: &mut [Score], place: usize, score: Score) {
    if let Some(part) = parts.get_mut(place) {
        *part = score;
    }
}
