//! The columns of an index, each opened once.
//!
//! Opening a column reads the headers of all its blocks, of which a column of positions has thousands: more work than most searches.

use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, ColumnIndex, RowId, StrColumn};
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader, TERMINATED};

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

/// Rows of a column of several values, of articles that are asked for in ascending order.
///
/// Where few articles have any, looking for one takes a search each time; here those without are passed over up to the next that has some.
#[derive(Default)]
pub(crate) struct Ascending {
    /// No article before it has any, of those not asked for yet.
    next: DocId,
}

impl Ascending {
    /// The rows of an article.
    pub(crate) fn rows(&mut self, index: &ColumnIndex, doc: DocId) -> Range<RowId> {
        if doc < self.next {
            return 0..0;
        }
        let rows = index.value_row_ids(doc);
        if rows.is_empty() {
            let next = match index {
                // A full one has a row for each.
                ColumnIndex::Empty { .. } | ColumnIndex::Full => None,
                ColumnIndex::Optional(some) => some.next_non_null_doc(doc),
                ColumnIndex::Multivalued(several) => several.next_non_null_doc(doc),
            };
            self.next = next.unwrap_or(TERMINATED);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use tantivy::TantivyDocument;
    use tantivy::schema::{FAST, Schema};

    use super::*;
    use crate::test_index;

    #[test]
    fn rows_of_articles_in_order() {
        // Of so many articles those of these numbers have so many values.
        let check = |articles: u32, has: fn(u32) -> u32, every: u32| {
            let mut schema = Schema::builder();
            let field = schema.add_u64_field("numbers", FAST);
            let article = |n| {
                let mut article = TantivyDocument::new();
                (0..has(n)).for_each(|value| article.add_u64(field, value.into()));
                article
            };
            let searcher = test_index::of_articles(schema, (0..articles).map(article));
            let reader = searcher.segment_reader(0);
            let column = OpenColumns::default().u64(reader, field).unwrap();
            let mut ascending = Ascending::default();
            for doc in (0..articles).filter(|doc| doc % every == 0) {
                let rows = ascending.rows(&column.index, doc);
                assert_eq!(rows.len(), has(doc) as usize, "{doc} of {articles}");
                assert_eq!(rows, column.index.value_row_ids(doc), "{doc} of {articles}");
            }
        };
        for every in [1, 3, 100] {
            check(3_000, |_| 1, every);
            check(3_000, |n| u32::from(n % 50 == 7), every);
            check(3_000, |n| u32::from(n % 50 != 7), every);
            check(3_000, |n| n % 4, every);
            check(70_000, |n| 2 * u32::from(n % 900 == 0), every);
            check(3_000, |n| 2 * u32::from(n == 0), every);
        }
    }
}
