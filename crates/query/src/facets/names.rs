//! The names that a field's column has over all segments, numbered in the order of their bytes.
//!
//! Counting by number and asking for the names of what is shown is what makes facets of a hundred thousand names cheap.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::columnar::StrColumn;
use tantivy::{SegmentOrdinal, TantivyError};

use super::tally::ValueId;

/// The names of one field.
pub(crate) struct NameTable {
    /// The column of each segment.
    columns: Vec<Option<StrColumn>>,
    numbers: Numbers,
}

/// How the numbers of a segment's names become those of all.
enum Numbers {
    /// One segment has names, and its numbers are those of all.
    Own { segment: usize, len: usize },
    Merged {
        /// The number of each name of each segment.
        of: Vec<Vec<ValueId>>,
        /// A segment that has a name, and the number there.
        source: Vec<(usize, u64)>,
    },
}

impl NameTable {
    /// The names in the columns of all segments, in the segments' order.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn new(columns: Vec<Option<StrColumn>>) -> tantivy::Result<Self> {
        let mut with_names =
            columns.iter().enumerate().filter_map(|(n, column)| Some((n, column.as_ref()?)));
        let numbers = match (with_names.next(), with_names.next()) {
            (None, _) => Numbers::Own { segment: 0, len: 0 },
            (Some((segment, column)), None) => Numbers::Own { segment, len: column.num_terms() },
            _ => merged(&columns)?,
        };
        Ok(Self { columns, numbers })
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        match &self.numbers {
            Numbers::Own { len, .. } => *len,
            Numbers::Merged { source, .. } => source.len(),
        }
    }

    /// The column of a segment, and the numbers of its names where they are not the column's own; `None` where it has no names.
    pub(crate) fn segment(
        &self,
        ordinal: SegmentOrdinal,
    ) -> Option<(&StrColumn, Option<&[ValueId]>)> {
        let at = ordinal as usize;
        let numbers = match &self.numbers {
            Numbers::Own { .. } => None,
            Numbers::Merged { of, .. } => Some(of.get(at)?.as_slice()),
        };
        Some((self.columns.get(at)?.as_ref()?, numbers))
    }

    /// The names with these numbers, which ascend.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn names(&self, wanted: &[ValueId]) -> tantivy::Result<Vec<String>> {
        let mut names = vec![String::new(); wanted.len()];
        for (segment, column) in self.columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let here = wanted.iter().enumerate().filter_map(|(n, id)| match &self.numbers {
                Numbers::Own { segment: own, .. } => {
                    (*own == segment).then_some((n, u64::from(*id)))
                }
                Numbers::Merged { source, .. } => {
                    let (from, number) = source.get(*id as usize)?;
                    (*from == segment).then_some((n, *number))
                }
            });
            let (places, numbers): (Vec<usize>, Vec<u64>) = here.unzip();
            let mut places = places.into_iter();
            let read = |name: &[u8]| {
                if let Some(slot) = places.next().and_then(|place| names.get_mut(place)) {
                    *slot = String::from_utf8_lossy(name).into_owned();
                }
            };
            column
                .dictionary()
                .sorted_ords_to_term_cb(&numbers, read)
                .map_err(TantivyError::from)?;
        }
        Ok(names)
    }

    /// The number of a name; `None` where no segment has it.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn find(&self, name: &str) -> tantivy::Result<Option<ValueId>> {
        for (segment, column) in self.columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let Some(own) = column.dictionary().term_ord(name).map_err(TantivyError::from)? else {
                continue;
            };
            let of = match &self.numbers {
                Numbers::Own { .. } => return Ok(ValueId::try_from(own).ok()),
                Numbers::Merged { of, .. } => of.get(segment),
            };
            let at = usize::try_from(own).unwrap_or(usize::MAX);
            return Ok(of.and_then(|of| of.get(at)).copied());
        }
        Ok(None)
    }
}

/// Numbers the names of several dictionaries, each name once, by walking them side by side.
fn merged(columns: &[Option<StrColumn>]) -> tantivy::Result<Numbers> {
    let mut of: Vec<Vec<ValueId>> = vec![Vec::new(); columns.len()];
    let mut source: Vec<(usize, u64)> = Vec::new();
    let mut streams = Vec::with_capacity(columns.len());
    let mut ahead: BinaryHeap<Reverse<(Vec<u8>, usize)>> = BinaryHeap::new();
    for (segment, column) in columns.iter().enumerate() {
        let stream = column.as_ref().map(|column| column.dictionary().stream()).transpose()?;
        streams.push(stream);
        if let Some(Some(stream)) = streams.last_mut()
            && stream.advance()
        {
            ahead.push(Reverse((stream.key().to_vec(), segment)));
        }
    }
    let mut last: Option<Vec<u8>> = None;
    while let Some(Reverse((name, segment))) = ahead.pop() {
        let Some(numbers) = of.get_mut(segment) else { continue };
        let own = numbers.len() as u64;
        if last.as_ref() != Some(&name) {
            source.push((segment, own));
        }
        numbers.push(ValueId::try_from(source.len().saturating_sub(1)).unwrap_or(ValueId::MAX));
        if let Some(Some(stream)) = streams.get_mut(segment)
            && stream.advance()
        {
            ahead.push(Reverse((stream.key().to_vec(), segment)));
        }
        last = Some(name);
    }
    Ok(Numbers::Merged { of, source })
}
