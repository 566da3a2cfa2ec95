//! What must be a place by its own words ("Mount Kenya", "Hudson River"), and gazetteer names of several words that no other rule may cut.

use dateline_gazetteer::{Kind, NameKind, Usage, Walk};

use super::Reading;
use super::classes::Class;
use crate::passage::{Casing, Form};

/// Words before a place's own name.
const BEFORE: &[&str] = &[
    "mount", "mt", "lake", "cape", "fort", "port", "isle", "camp", "loch", "rio", "wadi", "jebel",
    "hotel",
];
/// Words after it.
const AFTER: &[&str] = &[
    "river",
    "lake",
    "sea",
    "ocean",
    "bay",
    "gulf",
    "strait",
    "island",
    "islands",
    "mountain",
    "mountains",
    "valley",
    "peninsula",
    "desert",
    "street",
    "avenue",
    "road",
    "square",
    "bridge",
    "county",
    "province",
    "district",
    "oblast",
    "airport",
    "park",
    "beach",
    "hills",
    "canal",
    "basin",
    "highway",
    "boulevard",
    "stadium",
    "heights",
    "creek",
    "falls",
    "reef",
    "harbour",
    "harbor",
    "plateau",
    "forest",
    "springs",
    "prefecture",
    "governorate",
    "township",
    "parish",
    "village",
    "coast",
    "station",
    "tower",
    "castle",
    "palace",
    "cathedral",
    "dam",
];
/// Those that are surnames too.
const SURNAMES_TOO: &[&str] =
    &["park", "lake", "forest", "castle", "bridge", "hills", "parish", "springs", "dam"];
const LONGEST: usize = 4;

/// Whether a word ends names of places.
pub(super) fn is_head(key: &str) -> bool {
    AFTER.contains(&key)
}

/// Whether a word ends names of places, and is no surname.
pub(super) fn is_head_only(key: &str) -> bool {
    is_head(key) && !SURNAMES_TOO.contains(&key)
}

impl Reading<'_> {
    /// A place by a word of geography: its last token.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        if self.passage.token(at)?.casing != Casing::Mixed
            || self.class(at).any(&[Class::Stop, Class::Calendar])
        {
            return None;
        }
        let next = self.next_capital(at)?;
        if BEFORE.contains(&self.passage.key(at)) && self.is_own_name(next) {
            return Some(next);
        }
        let mut last = at;
        for _ in 1..LONGEST {
            if !self.is_own_name(last) {
                return None;
            }
            last = self.next_capital(last)?;
            if is_head(self.passage.key(last)) {
                return Some(last);
            }
        }
        None
    }

    fn is_own_name(&self, index: usize) -> bool {
        self.passage.form(index) == Some(Form::Capital)
            && !self.class(index).any(&[
                Class::Stop,
                Class::Calendar,
                Class::Suffix,
                Class::Demonym,
                Class::Title,
            ])
    }

    /// A name of several words from the gazetteer that is no person's: its last token.
    pub(super) fn gazetteer_phrase(&self, at: usize) -> Option<usize> {
        const LEAST_PEOPLE: u32 = 50_000;
        let last = self.gazetteer_name(at, LEAST_PEOPLE)?;
        let goes_on = self.next_capital(last).is_some_and(|next| {
            self.class(next).has(Class::Human) && !self.class(next).has(Class::Ordinary)
        });
        (!(goes_on && self.class(at).has(Class::Given))).then_some(last)
    }

    /// A country, region or other wide area of several words: its last token.
    pub(super) fn gazetteer_area(&self, at: usize) -> Option<usize> {
        self.gazetteer_name(at, u32::MAX)
    }

    /// The longest name of more than one word of a place that is no city, or a city of at least so many people.
    fn gazetteer_name(&self, at: usize, least_people: u32) -> Option<usize> {
        if !self.passage.is_capital(at) {
            return None;
        }
        let mut walk = Walk::default().word(self.passage.key(at))?;
        let mut last = at;
        let mut found = None;
        while let Some(next) = self.passage.next_word(last) {
            last = next;
            let Some(longer) = walk.word(self.passage.key(next)) else { break };
            walk = longer;
            // "Alcalá de Henares"
            if !self.passage.is_capital(next) {
                continue;
            }
            let mut names =
                walk.candidates().filter(|c| c.usage == Usage::Text && c.how != NameKind::Demonym);
            let fits = names.any(|candidate| {
                let place = dateline_gazetteer::place(candidate.place);
                place.is_some_and(|place| {
                    place.kind != Kind::City || place.population >= least_people
                })
            });
            if fits {
                found = Some(last);
            }
        }
        found
    }
}
