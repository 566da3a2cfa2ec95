//! Whether a gazetteer name stands as a place where it was found: by its weight, the words beside it, and what else it may be.
//!
//! A name of a country counts nearly everywhere; a town that shares its name with people or things needs a preposition before it, a place in
//! the same row, or another mention that has one.

use dateline_article::Language;
use dateline_gazetteer::{Candidate, Kind, NameKind, Usage};

use crate::passage::{Casing, Form, Passage};
use crate::tables;

/// What is thought of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stands as a place.
    Place,
    /// It does if the same name does elsewhere in the article.
    IfNamed,
    /// It is something else.
    Other,
}

/// Words after which a place stands, written small.
const LOCATIVE: &[&str] = &[
    "in", "at", "from", "near", "to", "into", "outside", "around", "across", "toward", "towards",
    "within", "inside", "via", "of", "through", "reached", "left", "visited", "north", "south",
    "east", "west", "northern", "southern", "eastern", "western", "central", "downtown", "city",
    "town", "village", "port", "capital", "province", "district", "region", "state", "aus", "nach",
    "bei", "à", "dans", "en", "desde", "hacia", "te", "naar", "uit", "в", "у", "из", "з", "із",
    "зі", "до", "под", "під",
];
/// Words that place what follows, where a name could be anything.
const PLAINLY_LOCATIVE: &[&str] = &["in", "near", "outside"];
/// Articles of other languages, after which a noun stands.
const ARTICLES: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einem", "einen", "einer", "zum",
    "zur", "beim", "vom", "het", "een", "la", "le", "les", "un", "une", "el", "los", "las",
];
/// People of a town that counts without a preposition.
const TOWN_PEOPLE: u32 = 15_000;
/// The same in a language whose other words the lists do not know, and for longer names.
const CITY_PEOPLE: u32 = 100_000;
/// The same for a name of people or things too, and for a headline in capitals.
const METROPOLIS_PEOPLE: u32 = 500_000;

/// Judges names in one passage.
pub(super) struct Judge<'a> {
    pub(super) passage: &'a Passage<'a>,
    pub(super) language: Option<Language>,
}

impl Judge<'_> {
    /// A people or its adjective, from token `first` to `last`.
    pub(super) fn demonym(&self, first: usize, last: usize) -> Verdict {
        let Some(token) = self.passage.token(first) else { return Verdict::Other };
        let says_little = token.opens || token.casing != Casing::Mixed;
        let is_word = first == last && self.is_word(first);
        if is_word && says_little { Verdict::Other } else { Verdict::Place }
    }

    /// A name of `candidates`, from token `first` to `last`; those that it cannot mean here are taken out.
    pub(super) fn place(
        &self,
        first: usize,
        last: usize,
        candidates: &mut Vec<Candidate>,
    ) -> Verdict {
        let Some(token) = self.passage.token(first) else { return Verdict::Other };
        let is_word = first == last && self.is_word(first);
        if candidates.iter().all(|candidate| candidate.usage == Usage::Query) {
            return self.doubtful(first, last, candidates);
        }
        candidates.retain(|candidate| candidate.usage != Usage::Query);
        let weight = candidates.iter().copied().map(weight).max().unwrap_or(0);
        match token.casing {
            Casing::Upper | Casing::Title => {
                let enough =
                    if token.casing == Casing::Upper { METROPOLIS_PEOPLE } else { CITY_PEOPLE };
                match !is_word && token.form != Form::Initial {
                    true if weight >= enough => Verdict::Place,
                    true => Verdict::IfNamed,
                    false => Verdict::Other,
                }
            }
            Casing::Mixed if is_word && token.opens || token.form == Form::Initial => {
                Verdict::Other
            }
            Casing::Mixed
                if weight == u32::MAX
                    && (self.language != Some(Language::ENGLISH)
                        || candidates.iter().copied().any(is_country)) =>
            {
                Verdict::Place
            }
            Casing::Mixed => self.town(first, last, weight),
        }
    }

    /// Nice, Reading, Mobile: only a preposition makes them places. A country's doubtful name counts if it is no word.
    fn doubtful(&self, first: usize, last: usize, candidates: &mut Vec<Candidate>) -> Verdict {
        let Some(token) = self.passage.token(first) else { return Verdict::Other };
        candidates.retain(|candidate| {
            candidate.how == NameKind::Main && weight(*candidate) >= CITY_PEOPLE
        });
        let key = self.passage.key(first);
        if candidates.iter().copied().any(is_country)
            && !self.is_word(first)
            && token.form == Form::Capital
        {
            return Verdict::Place;
        }
        let fits = token.casing == Casing::Mixed
            && !token.opens
            && !tables::CALENDAR.contains(key)
            && !tables::STOP.contains(key)
            && self.is_after(first, PLAINLY_LOCATIVE)
            && !self.is_in_longer_name(first, last);
        if fits && !candidates.is_empty() { Verdict::Place } else { Verdict::Other }
    }

    /// A town, a county, a lesser region.
    fn town(&self, first: usize, last: usize, weight: u32) -> Verdict {
        let longer = self.is_in_longer_name(first, last);
        if !longer && self.is_after(first, LOCATIVE) {
            return Verdict::Place;
        }
        let single = first == last;
        let key = self.passage.key(first);
        let is_foreign = self.language.is_some_and(|language| language != Language::ENGLISH);
        let is_other = || {
            self.is_word(first) || tables::GIVEN.contains(key) || tables::HUMAN_NAMES.contains(key)
        };
        // Every German noun has a capital letter: "das Essen", "die Halle".
        if single && is_foreign && self.is_after(first, ARTICLES) {
            return Verdict::IfNamed;
        }
        let enough = match single {
            true if longer || !is_foreign && is_other() => METROPOLIS_PEOPLE,
            true if is_foreign => CITY_PEOPLE,
            true => TOWN_PEOPLE,
            false if longer => CITY_PEOPLE,
            false => 0,
        };
        match weight >= enough {
            true if single && self.language == Some(Language::ENGLISH) => Verdict::IfNamed,
            true => Verdict::Place,
            false if longer => Verdict::Other,
            false => Verdict::IfNamed,
        }
    }

    /// Whether the token is a word that print writes small, or one of the calendar. `U.S.` is not "us".
    fn is_word(&self, index: usize) -> bool {
        let key = self.passage.key(index);
        let listed = || {
            [tables::ORDINARY, tables::STOP, tables::CALENDAR].iter().any(|rows| rows.contains(key))
        };
        self.passage.form(index) != Some(Form::Initials) && listed()
    }

    fn is_after(&self, first: usize, words: &[&str]) -> bool {
        self.passage.word_before(first).is_some_and(|before| match self.passage.form(before) {
            Some(Form::Lower) => words.contains(&self.passage.surface(before)),
            _ => words.contains(&self.passage.key(before)),
        })
    }

    /// Whether another capitalised word that is no place's stands beside it: part of a longer name.
    fn is_in_longer_name(&self, first: usize, last: usize) -> bool {
        let passage = self.passage;
        let is_part = |index: usize| {
            let key = passage.key(index);
            let apart = [tables::STOP, tables::CALENDAR, tables::TITLES]
                .iter()
                .any(|rows| rows.contains(key));
            let is_demonym = || {
                dateline_gazetteer::named(key)
                    .next()
                    .is_some_and(|candidate| candidate.how == NameKind::Demonym)
            };
            matches!(passage.form(index), Some(Form::Capital | Form::Upper | Form::Initial))
                && !apart
                && !is_demonym()
        };
        let opens_small = |index: usize| {
            passage.token(index).is_some_and(|token| token.opens)
                && tables::ORDINARY.contains(passage.key(index))
        };
        let after = passage.next_word(last).is_some_and(is_part);
        after
            || passage
                .word_before(first)
                .is_some_and(|before| is_part(before) && !opens_small(before))
    }
}

/// People behind a name, fewer for a name that is not the main one; no bound for countries and the like.
fn weight(candidate: Candidate) -> u32 {
    let Some(place) = candidate.entry() else { return 0 };
    match (place.kind, candidate.how) {
        (Kind::City, NameKind::Main) => place.population,
        (Kind::City | Kind::County, _) => place.population / 4,
        (_, NameKind::Main) | (Kind::Country | Kind::FormerCountry, _) => u32::MAX,
        _ => CITY_PEOPLE,
    }
}

fn is_country(candidate: Candidate) -> bool {
    candidate.entry().is_some_and(|place| place.kind == Kind::Country)
}
