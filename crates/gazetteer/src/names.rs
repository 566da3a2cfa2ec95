//! From names to places: whole names, beginnings of names, and names word by word in running text.
//!
//! All of it works on keys ([`crate::fold`]); it does not weigh candidates by their surroundings.

use std::cmp::Reverse;
use std::collections::HashMap;

use fst::raw::{CompiledAddr, Output};
use fst::{IntoStreamer, Streamer};

use crate::layout::{Entry, Kind, NameKind, Target, Usage};
use crate::place::{Place, at, chain};
use crate::table::{number, table};
use crate::{PlaceId, fold};

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// How the name belongs to it.
    pub how: NameKind,
    /// Where the name may be taken for it; whoever scans running text must heed this.
    pub usage: Usage,
    /// Of the place in the table.
    index: u32,
}

impl Candidate {
    /// The place, without the search that [`crate::place`] makes for it.
    pub fn entry(self) -> Option<Place> {
        at(self.index)
    }

    /// The country of today that the place lies in; `None` for what lies in none, as a country itself.
    pub fn country(self) -> Option<PlaceId> {
        let country = chain(self.index).find(|(_, above)| above.kind == Kind::Country);
        country.and_then(|(index, _)| table().id(index))
    }
}

/// The places that bear this name in any spelling of it that folds alike, the likeliest first.
///
/// Likeliest is by a fixed rule without context: countries, then by people, where a national capital counts
/// for more and an alternate name for less, and a region stands behind its own city of the same name.
pub fn named(name: &str) -> Candidates {
    let target = table().keys.as_ref().and_then(|keys| keys.get(fold(name)));
    Candidates::of(target.map(Output::value))
}

/// The places with a name that begins like this (`kyi` finds Kyiv), the most populous first, `limit` at most.
///
/// Demonyms are left out. Nothing for an empty beginning.
pub fn prefix(beginning: &str, limit: usize) -> Vec<PlaceId> {
    let beginning = fold(beginning);
    let Some(keys) = table().keys.as_ref().filter(|_| !beginning.is_empty()) else {
        return Vec::new();
    };
    let mut found = HashMap::new();
    let mut stream = keys.range().ge(&beginning).into_stream();
    while let Some((key, target)) = stream.next() {
        if !key.starts_with(beginning.as_bytes()) {
            break;
        }
        let names = Candidates::of(Some(target.value())).entries();
        for entry in names.filter(|entry| entry.how != NameKind::Demonym) {
            found.entry(entry.index).or_insert_with(|| {
                let people = table().record(entry.index).map_or(0, |record| record.population);
                (Reverse(people), entry.index)
            });
        }
    }
    let mut ranked: Vec<_> = found.into_values().collect();
    ranked.sort_unstable();
    ranked.into_iter().take(limit).filter_map(|(_, index)| table().id(index)).collect()
}

/// A walk along keys, for finding the longest name that begins at a word of a text.
///
/// It allocates nothing and is copied freely: keep the last walk with [`Walk::candidates`], go on while a next
/// word is possible.
///
/// ```
/// use dateline_gazetteer::Walk;
///
/// let new = Walk::default().word("new").unwrap();
/// let york = new.word("york").unwrap();
/// assert!(york.candidates().next().is_some());
/// assert!(york.word("city").unwrap().candidates().next().is_some());
/// assert!(york.word("times").is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    address: CompiledAddr,
    output: u64,
    started: bool,
}

impl Default for Walk {
    /// The walk before any word.
    fn default() -> Self {
        let address = table().keys.as_ref().map_or(0, |keys| keys.root().addr());
        Self { address, output: 0, started: false }
    }
}

impl Walk {
    /// Goes on by one more word or more, already folded. `None` when no name goes on so.
    #[must_use]
    pub fn word(self, folded: &str) -> Option<Self> {
        let apart = if self.started { self.letters(" ")? } else { self };
        apart.letters(folded)
    }

    /// Goes on by letters without a space before them, for scripts that write none.
    #[must_use]
    pub fn letters(self, folded: &str) -> Option<Self> {
        let keys = table().keys.as_ref()?;
        let mut walk = Self { started: true, ..self };
        for &byte in folded.as_bytes() {
            let node = keys.node(walk.address);
            let step = node.transition(node.find_input(byte)?);
            walk.address = step.addr;
            walk.output = Output::new(walk.output).cat(step.out).value();
        }
        Some(walk)
    }

    /// The places whose whole name was walked, as from [`named`].
    pub fn candidates(self) -> Candidates {
        let node = table().keys.as_ref().map(|keys| keys.node(self.address));
        let end = node.filter(|node| self.started && node.is_final());
        Candidates::of(end.map(|node| Output::new(self.output).cat(node.final_output()).value()))
    }
}

/// The candidates of one name, in their order; see [`named`].
#[derive(Clone, Debug)]
pub struct Candidates {
    next: Option<Entry>,
    /// Where the entry after `next` stands in the postings, counted in entries.
    after: u32,
}

impl Candidates {
    fn of(target: Option<u64>) -> Self {
        match target.and_then(Target::decode) {
            None => Self { next: None, after: 0 },
            Some(Target::One(entry)) => {
                Self { next: Some(Entry { last: true, ..entry }), after: 0 }
            }
            Some(Target::Many(position)) => {
                Self { next: posting(position), after: position.saturating_add(1) }
            }
        }
    }

    fn entries(mut self) -> impl Iterator<Item = Entry> {
        std::iter::from_fn(move || self.step())
    }

    fn step(&mut self) -> Option<Entry> {
        let entry = self.next?;
        self.next = if entry.last { None } else { posting(self.after) };
        self.after = self.after.saturating_add(1);
        Some(entry)
    }
}

impl Iterator for Candidates {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        let Entry { index, how, usage, .. } = self.step()?;
        Some(Candidate { place: table().id(index)?, how, usage, index })
    }
}

fn posting(position: u32) -> Option<Entry> {
    number(table().postings, position).and_then(Entry::decode)
}
