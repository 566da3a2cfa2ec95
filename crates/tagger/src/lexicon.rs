//! The embedded lists: for a word its clusters and name lists, for a phrase the place lists.
//!
//! Two open-addressed tables of fixed slots, read in place. Slots hold a fingerprint instead of the
//! word, so a stranger is taken for a listed word once in some hundred million look-ups.
//! Clusters are k-means groups of word vectors; `docs/data.md` names the sources.

use crate::hash;

/// First bytes of the file; the last one is the version of its layout and of the hash.
pub(crate) const MAGIC: [u8; 8] = *b"DLWORDS\x01";
pub(crate) const HEADER_BYTES: usize = 64;
/// Slots of eight bytes in a cache line.
pub(crate) const WORD_BUCKET: usize = 8;
/// Slots of four bytes in a cache line.
pub(crate) const PHRASE_BUCKET: usize = 16;
/// The most words of a listed phrase.
pub(crate) const PHRASE_WORDS: usize = 6;

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Cluster among 128, 512 and 2048, plus one; 0 is none.
    pub(crate) clusters: [u16; 3],
    /// Sum of the `Entry::…` bits.
    pub(crate) lists: u8,
}

impl Entry {
    /// Given names typed as such.
    pub(crate) const GIVEN: u8 = 1;
    /// Family names typed as such.
    pub(crate) const FAMILY: u8 = 2;
    /// Names of either sort.
    pub(crate) const NAME: u8 = 4;
    /// Printed in lower case nearly always, when not at the start of a sentence.
    pub(crate) const COMMON: u8 = 8;

    /// Fingerprint 28 bits, clusters 8, 10, 12, lists 6.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn pack(self, hash: u64) -> u64 {
        let [first, second, third] = self.clusters.map(u64::from);
        fingerprint(hash)
            | (first & 0xff) << 28
            | (second & 0x3ff) << 36
            | (third & 0xfff) << 46
            | u64::from(self.lists & 0x3f) << 58
    }

    fn unpack(slot: u64) -> Self {
        let part = |shift: u32, mask: u64| u16::try_from(slot >> shift & mask).unwrap_or(0);
        let lists = u8::try_from(slot >> 58).unwrap_or(0);
        Self { clusters: [part(28, 0xff), part(36, 0x3ff), part(46, 0xfff)], lists }
    }
}

fn fingerprint(hash: u64) -> u64 {
    (hash & 0xfff_ffff).max(1)
}

/// What the lists say of a run of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// One bit for each list, see [`PHRASE_LISTS`].
    pub(crate) lists: u16,
    /// A longer phrase begins with this one.
    pub(crate) goes_on: bool,
}

/// How many phrase lists there are: large towns, towns, small towns, countries, regions,
/// districts, demonyms, organisations, and two to spare.
pub(crate) const PHRASE_LISTS: usize = 10;

impl Phrase {
    /// Fingerprint 21 bits, goes on 1, lists 10.
    #[cfg(feature = "train")]
    pub(crate) fn pack(self, hash: u64) -> u32 {
        phrase_fingerprint(hash)
            | u32::from(self.goes_on) << 21
            | u32::from(self.lists & 0x3ff) << 22
    }
}

fn phrase_fingerprint(hash: u64) -> u32 {
    u32::try_from(hash & 0x1f_ffff).unwrap_or(1).max(1)
}

/// The tables, in place.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    words: &'a [[u8; 8]],
    phrases: &'a [[u8; 4]],
}

impl<'a> Lexicon<'a> {
    pub(crate) const EMPTY: Lexicon<'static> = Lexicon { words: &[], phrases: &[] };

    /// Reads the header; `None` when the bytes are not a lexicon of this version.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.get(..HEADER_BYTES)?;
        let count = |at: usize| {
            let field = header.get(at..at + 4)?.first_chunk::<4>()?;
            usize::try_from(u32::from_le_bytes(*field)).ok()
        };
        let (words, phrases) = (count(8)?, count(12)?);
        let words_end = HEADER_BYTES + words * 8;
        let whole = words % WORD_BUCKET == 0 && phrases % PHRASE_BUCKET == 0;
        if !header.starts_with(&MAGIC) || !whole || bytes.len() != words_end + phrases * 4 {
            return None;
        }
        let words = bytes.get(HEADER_BYTES..words_end)?.as_chunks().0;
        Some(Self { words, phrases: bytes.get(words_end..)?.as_chunks().0 })
    }

    /// What is said of the word whose lower-case form has this hash.
    pub(crate) fn word(&self, hash: u64) -> Entry {
        let buckets = self.words.len() / WORD_BUCKET;
        let home = hash::place(hash, buckets) * WORD_BUCKET;
        let wanted = fingerprint(hash);
        let (before, from_home) = self.words.split_at_checked(home).unwrap_or_default();
        for slot in from_home.iter().chain(before) {
            let slot = u64::from_le_bytes(*slot);
            if slot & 0xfff_ffff == wanted {
                return Entry::unpack(slot);
            }
            if slot == 0 {
                break;
            }
        }
        Entry::default()
    }

    /// What is said of the words whose hashes, joined by [`phrase_hash`], give this.
    pub(crate) fn phrase(&self, hash: u64) -> Phrase {
        let buckets = self.phrases.len() / PHRASE_BUCKET;
        let home = hash::place(hash, buckets) * PHRASE_BUCKET;
        let wanted = phrase_fingerprint(hash);
        let (before, from_home) = self.phrases.split_at_checked(home).unwrap_or_default();
        for slot in from_home.iter().chain(before) {
            let slot = u32::from_le_bytes(*slot);
            if slot & 0x1f_ffff == wanted {
                let lists = u16::try_from(slot >> 22).unwrap_or(0);
                return Phrase { lists, goes_on: slot >> 21 & 1 == 1 };
            }
            if slot == 0 {
                break;
            }
        }
        Phrase::default()
    }
}

/// Adds a word's lower-case hash to that of the words before it; begin with 0.
#[inline]
pub(crate) fn phrase_hash(before: u64, word: u64) -> u64 {
    hash::pair(before ^ 0x7a5_91e5, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_survive_packing() {
        let entry = Entry { clusters: [128, 512, 2048], lists: Entry::GIVEN | Entry::COMMON };
        assert_eq!(Entry::unpack(entry.pack(12_345)), entry);
    }

    #[test]
    fn wrong_bytes_are_refused() {
        assert!(Lexicon::open(b"").is_none());
        assert!(Lexicon::open(&[0; 64]).is_none());
        let mut header = [0; HEADER_BYTES];
        header[..8].copy_from_slice(&MAGIC);
        assert!(Lexicon::open(&header).is_some());
        header[8] = 8;
        assert!(Lexicon::open(&header).is_none());
    }

    #[test]
    fn an_empty_lexicon_knows_nothing() {
        assert_eq!(Lexicon::EMPTY.word(7), Entry::default());
        assert_eq!(Lexicon::EMPTY.phrase(7), Phrase::default());
    }
}
