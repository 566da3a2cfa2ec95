//! The columns of an index, each opened once.
//!
//! Opening a column reads the headers of all its blocks, of which a column of positions has thousands: more work than most searches.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use crate::facets::names::NameTable;

/// The columns that were opened so far; copies share them.
#[derive(Clone, Default)]
pub(crate) struct OpenColumns {
    opened: Arc<RwLock<FxHashMap<(SegmentId, Field), Opened>>>,
    names: Arc<RwLock<FxHashMap<Field, Arc<NameTable>>>>,
}

/// A column of whichever type.
#[derive(Clone)]
enum Opened {
    Number(Column<u64>),
    Signed(Column<i64>),
    Text(Option<StrColumn>),
}

impl std::fmt::Debug for OpenColumns {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OpenColumns").finish_non_exhaustive()
    }
}

impl OpenColumns {
    /// A column of numbers.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read, or the field has no such column.
    pub(crate) fn u64(&self, reader: &SegmentReader, field: Field) -> tantivy::Result<Column<u64>> {
        if let Some(Opened::Number(column)) = self.get(reader, field) {
            return Ok(column);
        }
        let column = reader.fast_fields().u64(reader.schema().get_field_name(field))?;
        self.keep(reader, field, Opened::Number(column.clone()));
        Ok(column)
    }

    /// A column of signed numbers.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read, or the field has no such column.
    pub(crate) fn i64(&self, reader: &SegmentReader, field: Field) -> tantivy::Result<Column<i64>> {
        if let Some(Opened::Signed(column)) = self.get(reader, field) {
            return Ok(column);
        }
        let column = reader.fast_fields().i64(reader.schema().get_field_name(field))?;
        self.keep(reader, field, Opened::Signed(column.clone()));
        Ok(column)
    }

    /// A column of names; `None` where no article of the segment has a value.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn str(
        &self,
        reader: &SegmentReader,
        field: Field,
    ) -> tantivy::Result<Option<StrColumn>> {
        if let Some(Opened::Text(column)) = self.get(reader, field) {
            return Ok(column);
        }
        let column = reader.fast_fields().str(reader.schema().get_field_name(field))?;
        self.keep(reader, field, Opened::Text(column.clone()));
        Ok(column)
    }

    /// The names of a field over all segments of the index.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn names(
        &self,
        searcher: &Searcher,
        field: Field,
    ) -> tantivy::Result<Arc<NameTable>> {
        let known = self.names.read().unwrap_or_else(PoisonError::into_inner).get(&field).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let readers = searcher.segment_readers().iter();
        let columns = readers.map(|reader| self.str(reader, field)).collect::<Result<_, _>>()?;
        let table = Arc::new(NameTable::new(columns)?);
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(field, table.clone());
        Ok(table)
    }

    fn get(&self, reader: &SegmentReader, field: Field) -> Option<Opened> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        opened.get(&(reader.segment_id(), field)).cloned()
    }

    fn keep(&self, reader: &SegmentReader, field: Field, column: Opened) {
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        opened.insert((reader.segment_id(), field), column);
    }
}
