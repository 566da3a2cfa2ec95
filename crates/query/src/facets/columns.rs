//! The columns of one segment that an article's values stand in.

use std::sync::Arc;

use dateline_article::ArticleId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentOrdinal};

use super::names::NameTable;
use super::tally::{Lane, Tally, ValueId};
use super::{By, Level};
use crate::columns::Ascending;
use crate::engine::Error;
use crate::local::LocalEngine;

const SECONDS_PER_DAY: i64 = 86_400;

/// The columns of what is counted by.
pub(crate) enum Columns {
    /// One of names; `None` where no article of the segment has one.
    Names(Option<Names>),
    /// Places of the gazetteer by number, and others by name.
    Places {
        known: Column<u64>,
        ascending: Ascending,
        unknown: Option<Names>,
        level: Level,
        found: Vec<ValueId>,
    },
    /// First second and last day.
    Days { first: Column<i64>, last: Column<i64> },
}

/// A column of names.
pub(crate) struct Names {
    table: Arc<NameTable>,
    segment: SegmentOrdinal,
    column: StrColumn,
    ascending: Ascending,
}

impl Tally {
    /// A tally of the articles of an index.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn open(by: By, engine: &LocalEngine, searcher: &Searcher) -> Result<Self, Error> {
        let fields = engine.fields();
        let field = match by {
            By::Place(Level::Named) => fields.unknown_places,
            By::Place(_) | By::Published(_) => return Ok(Self::new(by, None)),
            By::Person => fields.people,
            By::Organisation => fields.organisations,
            By::Source => fields.source_shown,
            By::Section => fields.section_shown,
            By::Keyword => fields.keywords,
            By::Language => fields.language,
            By::Format => fields.format,
        };
        Ok(Self::new(by, Some(engine.columns().names(searcher, field)?)))
    }
}

impl Columns {
    /// Opens what a tally needs of a segment.
    pub(crate) fn open(
        tally: &Tally,
        engine: &LocalEngine,
        searcher: &Searcher,
        segment: SegmentOrdinal,
    ) -> Result<Self, Error> {
        let (fields, columns) = (engine.fields(), engine.columns());
        let reader = searcher.segment_reader(segment);
        let names = tally.table().and_then(|table| Names::open(table, segment));
        Ok(match tally.by() {
            By::Place(level) => Self::Places {
                known: columns.u64(reader, fields.named_places)?,
                ascending: Ascending::default(),
                unknown: names,
                level,
                found: Vec::new(),
            },
            By::Published(_) => Self::Days {
                first: columns.i64(reader, fields.published)?,
                last: columns.i64(reader, fields.published_last)?,
            },
            _ => Self::Names(names),
        })
    }

    /// Counts an article's values; articles must ascend.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn count(
        &mut self,
        tally: &mut Tally,
        doc: DocId,
        cluster: Option<ArticleId>,
        lane: Lane,
    ) -> tantivy::Result<()> {
        match self {
            Self::Names(names) => {
                if let Some(names) = names {
                    names.each(doc, |value| tally.add(value, cluster, lane));
                }
            }
            Self::Places { known, ascending, unknown, level, found } => {
                found.clear();
                // An article may name two places that count for one value.
                let mut is_new = |value: ValueId| {
                    let is_new = !found.contains(&value);
                    if is_new {
                        found.push(value);
                    }
                    is_new
                };
                for row in ascending.rows(&known.index, doc) {
                    let number = u32::try_from(known.values.get_val(row)).unwrap_or_default();
                    let value = tally.place_value(number, *level)?;
                    if let Some(value) = value.filter(|value| is_new(*value)) {
                        tally.add(value, cluster, lane);
                    }
                }
                if let Some(unknown) = unknown {
                    unknown.each(doc, |value| {
                        if is_new(value) {
                            tally.add(value, cluster, lane);
                        }
                    });
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
        Ok(())
    }
}

impl Names {
    fn open(table: &Arc<NameTable>, segment: SegmentOrdinal) -> Option<Self> {
        let (column, _) = table.segment(segment)?;
        let (column, table) = (column.clone(), table.clone());
        Some(Self { column, table, segment, ascending: Ascending::default() })
    }

    /// Calls `visit` with each value of an article; articles must ascend.
    fn each(&mut self, doc: DocId, mut visit: impl FnMut(ValueId)) {
        let numbers = self.table.segment(self.segment).and_then(|(_, numbers)| numbers);
        let ords = self.column.ords();
        for row in self.ascending.rows(&ords.index, doc) {
            let own = ords.values.get_val(row);
            match numbers {
                None => visit(ValueId::try_from(own).unwrap_or(ValueId::MAX)),
                Some(numbers) => {
                    let at = usize::try_from(own).unwrap_or(usize::MAX);
                    if let Some(value) = numbers.get(at) {
                        visit(*value);
                    }
                }
            }
        }
    }
}
