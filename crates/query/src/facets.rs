//! Facets: how many of the articles that match have each person, place, source, year …; exact, over all of them.
//!
//! An article counts once for a value, and so does a cluster of copies, by whichever of its matching members has the value. Against other
//! articles, values are ranked by what is special about these ([`crate::keyness`]).

pub(crate) mod columns;
pub(crate) mod names;
pub(crate) mod tally;

use std::cmp::Ordering;

use dateline_gazetteer::Kind as PlaceKind;
use tantivy::Searcher;

use self::columns::Columns;
use self::tally::{Lane, Tally, ValueId};
use crate::engine::{Error, Request};
use crate::keyness::{Share, keyness};
use crate::local::LocalEngine;
use crate::matching::Units;
use crate::note::Note;
use crate::period::Unit;

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The people it names.
    Person,
    /// The places it names, at a level.
    Place(Level),
    /// The organisations it names.
    Organisation,
    /// Its newspaper, agency or site.
    Source,
    /// Its section.
    Section,
    /// The keywords that its publisher gave.
    Keyword,
    /// The code of its language.
    Language,
    /// The format that it was read from.
    Format,
    /// When it appeared, where that is known so exactly.
    Published(Unit),
}

/// At which level places are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// As the article names them.
    #[default]
    Named,
    /// Towns alone.
    City,
    /// What is named, by the first-level region that it is or lies in.
    Region,
    /// What is named, by the country that it is or lies in.
    Country,
}

impl Level {
    /// Whether a place of this kind stands at the level.
    fn has(self, kind: PlaceKind) -> bool {
        match self {
            Self::Named => true,
            Self::City => kind == PlaceKind::City,
            Self::Region => kind == PlaceKind::Region,
            Self::Country => matches!(kind, PlaceKind::Country | PlaceKind::FormerCountry),
        }
    }
}

/// What is to be counted.
#[derive(Clone, Debug)]
pub struct FacetRequest {
    /// The articles: query, filters and what becomes of copies count; never relaxed.
    pub of: Request,
    /// What they are counted by, all in one pass.
    pub by: Vec<By>,
    /// The articles that they are held against.
    pub against: Option<Request>,
    /// Values of fewer articles are left out.
    pub min: u64,
    /// Values wanted of each, the first in order.
    pub limit: Option<usize>,
}

/// The counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Facets {
    /// Articles that match, copies as asked.
    pub articles: u64,
    /// Articles that they were held against, copies as asked.
    pub others: Option<u64>,
    /// Those of the others that are none of these: what keyness holds them against.
    pub rest: Option<u64>,
    /// The counts by each of what was asked for, in that order.
    pub facets: Vec<Facet>,
    /// How the queries were read and run.
    pub notes: Vec<Note>,
}

/// The counts by one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// What is counted by.
    pub by: By,
    /// The values in order: most articles first, or most special first; then by value.
    pub values: Vec<FacetValue>,
    /// Values there are, without the limit.
    pub distinct: usize,
}

/// How many articles have a value.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetValue {
    /// The value, as hits show it.
    pub value: String,
    /// Articles that have it.
    pub count: u64,
    /// How the others have it, where they are held against others.
    pub against: Option<Against>,
}

/// A value among other articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Those of the others that have it, these articles among them where they match both queries.
    pub other: u64,
    /// Dunning's G² of the articles against those of the others that are none of them; negative for what they have more rarely.
    pub keyness: f64,
}

impl LocalEngine {
    /// Counts the articles that match by what they have.
    pub(crate) fn count_facets(&self, request: &FacetRequest) -> Result<Facets, Error> {
        let searcher = self.searcher();
        let mut tallies = Vec::with_capacity(request.by.len());
        for by in &request.by {
            tallies.push(Tally::open(*by, self, &searcher)?);
        }
        let mut these = Units::default();
        let mut notes = self.tally_up(&request.of, &searcher, &mut tallies, &mut these, None)?;
        let mut others = None;
        if let Some(against) = &request.against {
            let mut units = Units::default();
            let more = self.tally_up(against, &searcher, &mut tallies, &mut units, Some(&these))?;
            notes.extend(more.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
            others = Some(units);
        }
        let sizes = Sizes {
            these: these.len(),
            rest: others.as_ref().map(|others| others.len() - others.shared()),
        };
        let mut facets = Vec::with_capacity(tallies.len());
        for tally in tallies {
            facets.push(ranked(tally, sizes, request)?);
        }
        let others = others.map(|others| others.len());
        Ok(Facets { articles: sizes.these, others, rest: sizes.rest, facets, notes })
    }

    /// Puts all that match into the tallies, and counts them in `units`; where there are `these`, those that are none of them apart.
    fn tally_up(
        &self,
        request: &Request,
        searcher: &Searcher,
        tallies: &mut [Tally],
        units: &mut Units,
        these: Option<&Units>,
    ) -> Result<Vec<Note>, Error> {
        let Some(matching) = self.matching(searcher, request)? else { return Ok(Vec::new()) };
        for segment in matching.segments() {
            let mut columns = Vec::with_capacity(tallies.len());
            for tally in &*tallies {
                columns.push(Columns::open(tally, self, searcher, segment.ordinal)?);
            }
            let mut known = these.map(|these| these.in_segment(segment.ordinal));
            let mut docs = Vec::new();
            let mut failed = Ok(());
            segment.each(&mut |doc, cluster| {
                let shared = known.as_mut().map(|known| known.has(doc, cluster));
                units.take(doc, cluster, shared == Some(true), &mut docs);
                let lane = match shared {
                    None => Lane::THESE,
                    Some(true) => Lane::SHARED,
                    Some(false) => Lane::REST,
                };
                for (tally, columns) in tallies.iter_mut().zip(&mut columns) {
                    if let Err(error) = columns.count(tally, doc, cluster, lane) {
                        failed = Err(error);
                    }
                }
            })?;
            failed?;
            units.close(docs);
        }
        Ok(matching.notes())
    }
}

/// How many articles there are.
#[derive(Clone, Copy)]
struct Sizes {
    these: u64,
    /// Those held against them that are none of them.
    rest: Option<u64>,
}

/// A value that is counted often enough.
struct Counted {
    value: ValueId,
    count: u64,
    against: Option<Against>,
}

impl Counted {
    /// The more special or frequent one is less.
    fn order(&self, other: &Self) -> Ordering {
        let special = |counted: &Self| counted.against.map_or(0.0, |against| against.keyness);
        special(other).total_cmp(&special(self)).then(other.count.cmp(&self.count))
    }
}

/// The values of a tally that are wanted, in order.
fn ranked(mut tally: Tally, sizes: Sizes, request: &FacetRequest) -> tantivy::Result<Facet> {
    let mut found = Vec::new();
    for (value, [count, shared, rest, _]) in tally.counts() {
        if count < request.min.max(1) {
            continue;
        }
        let against = sizes.rest.map(|all| Against {
            other: shared + rest,
            keyness: keyness(Share { with: count, all: sizes.these }, Share { with: rest, all }),
        });
        found.push(Counted { value, count, against });
    }
    let distinct = found.len();
    let limit = request.limit.unwrap_or(distinct);
    best(&mut found, limit, &tally);
    found.sort_unstable_by_key(|counted| counted.value);
    let ids: Vec<ValueId> = found.iter().map(|counted| counted.value).collect();
    let mut values: Vec<(Counted, String)> = found.into_iter().zip(tally.names(&ids)?).collect();
    values.sort_unstable_by(|(a, a_name), (b, b_name)| a.order(b).then_with(|| a_name.cmp(b_name)));
    values.truncate(limit);
    let value = |(counted, value): (Counted, String)| FacetValue {
        value,
        count: counted.count,
        against: counted.against,
    };
    Ok(Facet { by: tally.by(), values: values.into_iter().map(value).collect(), distinct })
}

/// Leaves out what cannot be among the first `limit` whatever its name is: names are read of what is left alone. Of those that are as frequent as the
/// last, names of the index stand in their order already; others are few.
fn best(found: &mut Vec<Counted>, limit: usize, tally: &Tally) {
    if limit == 0 {
        found.clear();
    }
    if limit >= found.len() || limit == 0 {
        return;
    }
    let by_value = |a: &Counted, b: &Counted| a.order(b).then(a.value.cmp(&b.value));
    let (_, last, _) = found.select_nth_unstable_by(limit - 1, by_value);
    let last = Counted { ..*last };
    let reaches = |counted: &Counted| match counted.order(&last) {
        Ordering::Less => true,
        Ordering::Equal => !tally.is_in_table(counted.value) || counted.value <= last.value,
        Ordering::Greater => false,
    };
    found.retain(reaches);
}
