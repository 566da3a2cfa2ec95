//! The embedded table and its raw look-ups by index. Names, ancestors and distances are built on it elsewhere.

use std::sync::LazyLock;

use fst::raw::Fst;

use crate::PlaceId;
use crate::layout::{Record, Section, section, u32_at};

static FILE: &[u8] = include_bytes!("../data/places.bin");

/// The sections of the file. A section that could not be had is empty, so every look-up in it finds nothing;
/// a test holds that the committed file is whole.
pub(crate) struct Table {
    ids: &'static [u8],
    records: &'static [u8],
    texts: &'static [u8],
    pub(crate) postings: &'static [u8],
    pub(crate) latitudes: &'static [u8],
    pub(crate) countries: &'static [u8],
    pub(crate) keys: Option<Fst<&'static [u8]>>,
}

/// Tells the table from that of another build, by its size and a sample of its bytes (FNV-1a).
pub fn version() -> u32 {
    const STRIDE: usize = 4093;
    let size = FILE.len().to_le_bytes();
    let sampled = size.iter().chain(FILE.iter().step_by(STRIDE));
    sampled.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The table. The first call reads the head of the file and the ends of the map, nothing else.
pub(crate) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let part = |which| section(FILE, which).unwrap_or_default();
        Table {
            ids: part(Section::Ids),
            records: part(Section::Records),
            texts: part(Section::Texts),
            postings: part(Section::Postings),
            latitudes: part(Section::Latitudes),
            countries: part(Section::Countries),
            keys: Fst::new(part(Section::Keys)).ok(),
        }
    });
    &TABLE
}

impl Table {
    /// How many places there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ids.len() / 4).unwrap_or(u32::MAX)
    }

    pub(crate) fn index(&self, id: PlaceId) -> Option<u32> {
        let at = lower_bound(self.len(), |index| self.id(index).is_some_and(|other| other < id));
        (self.id(at)? == id).then_some(at)
    }

    pub(crate) fn id(&self, index: u32) -> Option<PlaceId> {
        number(self.ids, index).map(PlaceId::from_u32)
    }

    pub(crate) fn record(&self, index: u32) -> Option<Record> {
        Record::decode(self.records, index)
    }

    pub(crate) fn name(&self, record: &Record) -> Option<&'static str> {
        let start = usize::try_from(record.name_offset).ok()?;
        let end = start.checked_add(usize::from(record.name_bytes))?;
        std::str::from_utf8(self.texts.get(start..end)?).ok()
    }

    pub(crate) fn country_code(&self, index: u32) -> Option<&'static str> {
        let end = usize::try_from(index).ok()?.checked_add(1)?.checked_mul(Record::BYTES)?;
        let code = self.records.get(end.checked_sub(2)?..end)?;
        std::str::from_utf8(code).ok().filter(|code| *code != "\0\0")
    }
}

/// The number at `position` of a section of `u32`s.
pub(crate) fn number(section: &[u8], position: u32) -> Option<u32> {
    u32_at(section, usize::try_from(position).ok()?.checked_mul(4)?)
}

/// The first of `0..length` for which `before` is false, when `before` is true up to somewhere and false after.
pub(crate) fn lower_bound(length: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_file_is_whole() {
        let table = table();
        assert!(FILE.len() <= 16_000_000, "{} bytes", FILE.len());
        assert!(table.len() > 170_000);
        assert_eq!(table.records.len(), table.ids.len() / 4 * Record::BYTES);
        table.keys.as_ref().unwrap().verify().unwrap();
    }
}
