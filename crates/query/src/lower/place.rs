//! Places: a name in any spelling that the gazetteer knows, a number, a circle; and names that it does not know.
//!
//! An article carries the numbers of its places and of all that they lie in, so a country finds its towns.

use dateline_gazetteer::{PlaceId, by_geonames, named, near, prefix};
use tantivy::Term;
use tantivy::query::{EmptyQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::{Boxed, Lowering, Scope, Scores, Stop, selects};
use crate::either::either;
use crate::fault::Problem;
use crate::forms::FormsQuery;
use crate::syntax::{Circle, Field, Pattern, Piece};

/// Places that a name with an open end may stand for, the most populous ones.
const MOST_PLACES: usize = 2_000;

/// Places up to which each one's articles are a list of their own.
const MOST_WALKED: usize = 16;

/// Places up to which each is looked up before a set is made of them.
const MOST_LOOKED_UP: usize = 256;

impl Lowering<'_> {
    pub(super) fn place(&mut self, pattern: &Pattern, scope: Scope) -> Result<Boxed, Stop> {
        let scope = Scope { field: Some(Field::Place), ..scope };
        let numbers = place_numbers(pattern)?;
        if is_number(pattern) {
            return Ok(self.lies_in(numbers)?);
        }
        let unknown = self.phrase(pattern, scope)?;
        if let (Scores::DoNotCount, Some(name)) =
            (scope.scores, unknown.downcast_ref::<TermQuery>())
        {
            return Ok(self.any_place(numbers, Some(name.term().clone()))?);
        }
        Ok(either(vec![self.lies_in(numbers)?, unknown]))
    }

    pub(super) fn circle(&mut self, circle: &Circle) -> Result<Boxed, Stop> {
        Ok(self.lies_in(near(circle.latitude, circle.longitude, circle.radius_km))?)
    }

    /// Articles that name one of the places, or something in it.
    ///
    /// A few are walked beside the rest of the query, which passes over most of their articles; the lists of many are read into one set.
    fn lies_in(&self, places: impl IntoIterator<Item = PlaceId>) -> tantivy::Result<Boxed> {
        self.any_place(places, None)
    }

    /// The same where they may also have a name.
    fn any_place(
        &self,
        places: impl IntoIterator<Item = PlaceId>,
        name: Option<Term>,
    ) -> tantivy::Result<Boxed> {
        let mut terms: Vec<Term> = places
            .into_iter()
            .map(|place| Term::from_field_u64(self.fields.place, u64::from(place.to_u32())))
            .collect();
        terms.sort_unstable();
        terms.dedup();
        let mut found = Vec::new();
        // A name may be that of many places of which the news speak of few.
        if terms.len() <= MOST_LOOKED_UP {
            for term in terms {
                if self.frequency(&term)? > 0 {
                    found.push(term);
                }
            }
        } else {
            found = terms;
        }
        found.extend(name);
        if found.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        if found.len() > MOST_WALKED {
            return Ok(selects(Box::new(TermSetQuery::new(found))));
        }
        Ok(selects(match found.as_slice() {
            [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::Basic)),
            _ => Box::new(FormsQuery { words: vec![found] }),
        }))
    }
}

/// Whether the pattern names a place by its number.
pub(crate) fn is_number(pattern: &Pattern) -> bool {
    pattern.as_text().is_some_and(|text| text.starts_with(NUMBER))
}

/// What stands before the number of a place.
const NUMBER: &str = "geonames/";

/// The places of the gazetteer that a pattern can mean.
pub(crate) fn place_numbers(pattern: &Pattern) -> Result<Vec<PlaceId>, Problem> {
    match pattern.pieces() {
        [Piece::Text(text)] => match text.strip_prefix(NUMBER) {
            Some(number) => {
                let place = number.parse().ok().and_then(by_geonames);
                Ok(vec![place.ok_or_else(|| Problem::NoSuchPlace(text.clone()))?.id])
            }
            None => Ok(named(text).map(|candidate| candidate.place).collect()),
        },
        [Piece::Text(text), Piece::Many] => Ok(prefix(text, MOST_PLACES)),
        _ => Err(Problem::NotYet("wildcards inside the name of a place")),
    }
}
