//! The bytes of `data/places.bin`: what `cargo xtask gazetteer` writes and [`crate`] reads in place.
//!
//! Little endian. A head (magic, version, then offset and length of each [`Section`]) and the sections:
//!
//! | section | holds |
//! |---|---|
//! | `Ids` | the `u32` ids, ascending; a place's *index* is its rank here |
//! | `Records` | a [`Record`] of 24 bytes for each index |
//! | `Texts` | the names shown, UTF-8, one after the other |
//! | `Postings` | [`Entry`] lists of keys with several candidates, each list's last one marked |
//! | `Latitudes` | `u32` indexes of the places that are points, by ascending latitude |
//! | `Countries` | `u32` indexes of today's countries, by ascending ISO code |
//! | `Keys` | an `fst` map from the folded name to a [`Target`] |
//!
//! A new kind of place is a new [`Kind`]; anything else changes [`VERSION`].

use std::ops::Range;

/// The first bytes of the file.
pub const MAGIC: [u8; 4] = *b"DLGZ";
/// The version of this layout.
pub const VERSION: u32 = 1;
/// The parts of the file, in their order.
pub const SECTIONS: usize = 7;
/// Bytes before the first section.
pub const HEAD_BYTES: usize = 8 + SECTIONS * 8;
/// A [`Record`]'s parent when it has none.
pub const NO_PARENT: u32 = u32::MAX;

/// A part of the file; see the table above.
#[expect(missing_docs, reason = "the module's table says it")]
#[derive(Clone, Copy, Debug)]
pub enum Section {
    Ids,
    Records,
    Texts,
    Postings,
    Latitudes,
    Countries,
    Keys,
}

/// Cuts one section out of the file; `None` when the head is not that of this layout or points outside.
pub fn section(file: &[u8], section: Section) -> Option<&[u8]> {
    let version = file.get(4..8)?;
    if file.get(..4)? != MAGIC || version != VERSION.to_le_bytes() {
        return None;
    }
    let at = 8 + section as usize * 8;
    let offset = usize::try_from(u32_at(file, at)?).ok()?;
    let length = usize::try_from(u32_at(file, at + 4)?).ok()?;
    file.get(offset..offset.checked_add(length)?)
}

/// The little-endian number whose first byte is `bytes[at]`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// One of the seven continents.
    Continent,
    /// A country or territory with an ISO 3166-1 code of today.
    Country,
    /// A state that is no more and is not one of today's under another name, such as the Soviet Union.
    FormerCountry,
    /// A first-level division: state, province, oblast, Land.
    Region,
    /// A second-level division.
    County,
    /// A populated place: the only kind that is a point.
    City,
    /// An area without a government of its own, such as the Donbas.
    Area,
    /// A sea, lake, river or strait.
    Water,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Continent,
        Self::Country,
        Self::FormerCountry,
        Self::Region,
        Self::County,
        Self::City,
        Self::Area,
        Self::Water,
    ];

    /// The lower-case word for the kind, as in `places.tsv` and in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Continent => "continent",
            Self::Country => "country",
            Self::FormerCountry => "former-country",
            Self::Region => "region",
            Self::County => "county",
            Self::City => "city",
            Self::Area => "area",
            Self::Water => "water",
        }
    }

    /// The kind that [`Self::word`] names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How a name belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The name the place is shown under, or one that is as usual (Kiev, Britain).
    Main,
    /// Another spelling, another language, a former name.
    Alternate,
    /// Its people or its adjective (Ukrainian, Ukrainians).
    Demonym,
}

/// Where a name may be taken for its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// Also in running text, where it begins with a capital letter.
    Text,
    /// In running text only when all its letters are capitals (US, UK, NYC).
    Capitals,
    /// Only when a person asks for it by name: in running text it is too often something else (March, Of, Police).
    Query,
}

/// A place's fixed part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Degrees north times 100,000.
    pub latitude_e5: i32,
    /// Degrees east times 100,000.
    pub longitude_e5: i32,
    /// People; 0 = not known.
    pub population: u32,
    /// Offset of the name in `Texts`.
    pub name_offset: u32,
    /// Index of the place that this one lies in, or [`NO_PARENT`].
    pub parent: u32,
    /// Length of the name.
    pub name_bytes: u8,
    /// What the place is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2, or two zeros.
    pub country: [u8; 2],
}

impl Record {
    /// Bytes of a record.
    pub const BYTES: usize = 24;

    /// The record as stored.
    pub fn encode(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let mut put = |range: Range<usize>, value: &[u8]| {
            if let Some(place) = bytes.get_mut(range) {
                place.copy_from_slice(value);
            }
        };
        put(0..4, &self.latitude_e5.to_le_bytes());
        put(4..8, &self.longitude_e5.to_le_bytes());
        put(8..12, &self.population.to_le_bytes());
        put(12..16, &self.name_offset.to_le_bytes());
        put(16..20, &self.parent.to_le_bytes());
        put(20..24, &[self.name_bytes, self.kind as u8, self.country[0], self.country[1]]);
        bytes
    }

    /// Reads the record at `index` of the section; `None` past its end or for a kind of a later version.
    pub fn decode(records: &[u8], index: u32) -> Option<Self> {
        let start = usize::try_from(index).ok()?.checked_mul(Self::BYTES)?;
        let number = |at: usize| u32_at(records, start + at);
        let [name_bytes, kind, country @ ..] = number(20)?.to_le_bytes();
        Some(Self {
            latitude_e5: number(0)?.cast_signed(),
            longitude_e5: number(4)?.cast_signed(),
            population: number(8)?,
            name_offset: number(12)?,
            parent: number(16)?,
            name_bytes,
            kind: *Kind::ALL.get(usize::from(kind))?,
            country,
        })
    }
}

/// One candidate of a name: which place, and how the name belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Index of the place, below 2²⁶.
    pub index: u32,
    /// How the name belongs to it.
    pub how: NameKind,
    /// Where the name may be taken for it.
    pub usage: Usage,
    /// Whether it ends its list.
    pub last: bool,
}

impl Entry {
    /// The entry as stored: index, then one bit for `last`, two for `usage`, two for `how`.
    pub fn encode(self) -> u32 {
        self.index << 5 | u32::from(self.last) << 4 | (self.usage as u32) << 2 | self.how as u32
    }

    /// Takes back what [`Self::encode`] gave; `None` for bits that it never gives.
    pub fn decode(bits: u32) -> Option<Self> {
        let how =
            *[NameKind::Main, NameKind::Alternate, NameKind::Demonym].get((bits & 3) as usize)?;
        let usage = *[Usage::Text, Usage::Capitals, Usage::Query].get((bits >> 2 & 3) as usize)?;
        Some(Self { index: bits >> 5, how, usage, last: bits >> 4 & 1 == 1 })
    }
}

/// What a key leads to: its only candidate, or where its list begins in `Postings`, counted in entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the line above says it")]
pub enum Target {
    One(Entry),
    Many(u32),
}

impl Target {
    /// The value in the `fst` map; small, since the map grows with the values' size.
    pub fn encode(self) -> u64 {
        match self {
            Self::One(entry) => u64::from(entry.encode()) << 1,
            Self::Many(position) => u64::from(position) << 1 | 1,
        }
    }

    /// Takes back what [`Self::encode`] gave.
    pub fn decode(value: u64) -> Option<Self> {
        let number = u32::try_from(value >> 1).ok()?;
        if value & 1 == 1 { Some(Self::Many(number)) } else { Entry::decode(number).map(Self::One) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_entries_come_back() {
        for kind in Kind::ALL {
            let record = Record {
                latitude_e5: -9_000_000,
                longitude_e5: 18_000_000,
                population: u32::MAX,
                name_offset: 7,
                parent: NO_PARENT,
                name_bytes: 255,
                kind,
                country: *b"UA",
            };
            assert_eq!(Record::decode(&record.encode(), 0), Some(record));
            assert_eq!(Record::decode(&record.encode(), 1), None);
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
        }
        for how in [NameKind::Main, NameKind::Alternate, NameKind::Demonym] {
            for usage in [Usage::Text, Usage::Capitals, Usage::Query] {
                for last in [false, true] {
                    let entry = Entry { index: (1 << 26) - 1, how, usage, last };
                    assert_eq!(Entry::decode(entry.encode()), Some(entry));
                    let target = Target::One(entry);
                    assert_eq!(Target::decode(target.encode()), Some(target));
                }
            }
        }
        assert_eq!(Target::decode(Target::Many(9).encode()), Some(Target::Many(9)));
    }

    #[test]
    fn a_foreign_or_cut_file_has_no_sections() {
        let mut file = vec![0; HEAD_BYTES];
        assert_eq!(section(&file, Section::Ids), None);
        file[..4].copy_from_slice(&MAGIC);
        file[4..8].copy_from_slice(&VERSION.to_le_bytes());
        assert_eq!(section(&file, Section::Keys), Some(&[][..]));
        file[8..16].fill(0xff);
        assert_eq!(section(&file, Section::Ids), None);
        assert_eq!(section(&file[..20], Section::Keys), None);
    }
}
