//! The columns of one segment that an article's values stand in.

use dateline_article::ArticleId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};

use super::tally::{LANES, Lane, Tally, ValueId};
use super::{By, Level};
use crate::engine::Error;
use crate::local::LocalEngine;

const SECONDS_PER_DAY: i64 = 86_400;

/// The columns of what is counted by.
pub(crate) enum Columns {
    /// One of names.
    Names(Option<Names>),
    /// Places of the gazetteer by number, and others by name.
    Places { known: Column<u64>, unknown: Option<KnownNames>, level: Level, found: Vec<ValueId> },
    /// First second and last day.
    Days { first: Column<i64>, last: Column<i64> },
}

/// A column of names with the counts of this segment, by the number of the name in it.
pub(crate) struct Names {
    column: StrColumn,
    lanes: [Counts; LANES],
}

#[derive(Default)]
struct Counts {
    single: Vec<u32>,
    clustered: Vec<(ArticleId, u64)>,
}

impl Columns {
    /// Opens what a tally needs of a segment.
    pub(crate) fn open(
        tally: &mut Tally,
        engine: &LocalEngine,
        reader: &SegmentReader,
    ) -> Result<Self, Error> {
        let (fields, columns) = (engine.fields(), engine.columns());
        let field = match tally.by() {
            By::Place(level) => {
                let unknown = match level {
                    Level::Named => {
                        let column = columns.str(reader, fields.unknown_places)?;
                        column.map(|column| KnownNames::open(column, tally)).transpose()?
                    }
                    _ => None,
                };
                return Ok(Self::Places {
                    known: columns.u64(reader, fields.named_places)?,
                    unknown,
                    level,
                    found: Vec::new(),
                });
            }
            By::Published(_) => {
                return Ok(Self::Days {
                    first: columns.i64(reader, fields.published)?,
                    last: columns.i64(reader, fields.published_last)?,
                });
            }
            By::Person => fields.people,
            By::Organisation => fields.organisations,
            By::Source => fields.source_shown,
            By::Section => fields.section_shown,
            By::Keyword => fields.keywords,
            By::Language => fields.language,
            By::Format => fields.format,
        };
        let column = columns.str(reader, field)?;
        Ok(Self::Names(column.map(Names::new)))
    }

    /// Counts an article's values.
    pub(crate) fn count(
        &mut self,
        tally: &mut Tally,
        doc: DocId,
        cluster: Option<ArticleId>,
        lane: Lane,
    ) {
        match self {
            Self::Names(names) => {
                if let Some(names) = names {
                    names.count(doc, cluster, lane);
                }
            }
            Self::Places { known, unknown, level, found } => {
                found.clear();
                for number in known.values_for_doc(doc) {
                    let number = u32::try_from(number).unwrap_or_default();
                    found.extend(tally.place_value(number, *level));
                }
                if let Some(unknown) = unknown {
                    found.extend(unknown.of(doc));
                }
                // An article may name two places that count for one value.
                found.sort_unstable();
                found.dedup();
                for value in found {
                    match cluster {
                        Some(cluster) => tally.add_clustered(*value, cluster, lane),
                        None => tally.add(*value, 1, lane),
                    }
                }
            }
            Self::Days { first, last } => {
                let days = first.first(doc).map(|second| second.div_euclid(SECONDS_PER_DAY));
                let days = days.and_then(|day| {
                    let first = i32::try_from(day).ok()?;
                    Some((first, i32::try_from(last.first(doc)?).ok()?))
                });
                if let Some(days) = days {
                    tally.add_days(days, cluster, lane);
                }
            }
        }
    }

    /// Hands over what is counted in this segment.
    pub(crate) fn close(self, tally: &mut Tally) -> Result<(), Error> {
        match self {
            Self::Names(Some(names)) => names.close(tally),
            _ => Ok(()),
        }
    }
}

impl Names {
    fn new(column: StrColumn) -> Self {
        Self { column, lanes: Default::default() }
    }

    fn count(&mut self, doc: DocId, cluster: Option<ArticleId>, lane: Lane) {
        let Some(counts) = self.lanes.get_mut(lane.0) else { return };
        if counts.single.is_empty() {
            counts.single.resize(self.column.num_terms(), 0);
        }
        for name in self.column.term_ords(doc) {
            if let Some(cluster) = cluster {
                counts.clustered.push((cluster, name));
                continue;
            }
            let at = usize::try_from(name).unwrap_or(usize::MAX);
            if let Some(count) = counts.single.get_mut(at) {
                *count += 1;
            }
        }
    }

    fn close(self, tally: &mut Tally) -> Result<(), Error> {
        let Self { column, lanes } = self;
        let single = |counts: &Counts| {
            let counted = counts.single.iter().zip(0_u64..).filter(|(count, _)| **count > 0);
            counted.map(|(_, name)| name).collect::<Vec<_>>()
        };
        let mut used: Vec<u64> = lanes.iter().flat_map(single).collect();
        used.extend(lanes.iter().flat_map(|counts| &counts.clustered).map(|(_, name)| *name));
        used.sort_unstable();
        used.dedup();
        let mut ids = Vec::with_capacity(used.len());
        column
            .dictionary()
            .sorted_ords_to_term_cb(&used, |name| {
                ids.push(tally.id(&String::from_utf8_lossy(name)));
            })
            .map_err(TantivyError::from)?;
        let id = |name: u64| used.binary_search(&name).ok().and_then(|at| ids.get(at)).copied();
        for (lane, counts) in lanes.into_iter().enumerate() {
            let lane = Lane(lane);
            for (name, value) in used.iter().zip(&ids) {
                let at = usize::try_from(*name).unwrap_or(usize::MAX);
                if let Some(articles) = counts.single.get(at).filter(|articles| **articles > 0) {
                    tally.add(*value, u64::from(*articles), lane);
                }
            }
            for (cluster, name) in counts.clustered {
                if let Some(value) = id(name) {
                    tally.add_clustered(value, cluster, lane);
                }
            }
        }
        Ok(())
    }
}

/// A column of names whose values are known beforehand.
pub(crate) struct KnownNames {
    column: StrColumn,
    values: Vec<ValueId>,
}

impl KnownNames {
    fn open(column: StrColumn, tally: &mut Tally) -> Result<Self, Error> {
        let names: Vec<u64> = (0..column.num_terms() as u64).collect();
        let mut values = Vec::with_capacity(names.len());
        column
            .dictionary()
            .sorted_ords_to_term_cb(&names, |name| {
                values.push(tally.id(&String::from_utf8_lossy(name)));
            })
            .map_err(TantivyError::from)?;
        Ok(Self { column, values })
    }

    /// The values of an article.
    fn of(&self, doc: DocId) -> impl Iterator<Item = ValueId> {
        let value = |name| self.values.get(usize::try_from(name).ok()?).copied();
        self.column.term_ords(doc).filter_map(value)
    }
}
