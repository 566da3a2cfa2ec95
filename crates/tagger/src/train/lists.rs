//! Builds the lexicon file from lists.
//!
//! The folder holds `clusters.tsv` (word, cluster among 128, 512, 2048), `names.tsv` (word, and
//! `given`, `family` or `name`) and `phrases.tsv` (phrase, number of its list, see `lexicon`).

use std::collections::BTreeMap;
use std::path::Path;

use super::Error;
use crate::hash;
use crate::lexicon::{
    Entry, HEADER_BYTES, MAGIC, PHRASE_BUCKET, PHRASE_LISTS, PHRASE_WORDS, Phrase, WORD_BUCKET,
    phrase_hash,
};
use crate::token::tokens;

/// Entries to slots, at most.
const SLOTS_FOR: (usize, usize) = (5, 4);

/// Builds the file; `common` are words usually printed in lower case.
pub(crate) fn build(folder: &Path, common: &[String]) -> Result<Vec<u8>, Error> {
    let mut words: BTreeMap<u64, Entry> = BTreeMap::new();
    let key = |word: &str| hash::bytes(1, word.to_lowercase().replace('’', "'").as_bytes());
    rows(folder, "clusters.tsv", "word TAB three cluster numbers", |fields| {
        let [word, first, second, third] = fields else { return None };
        let number = |field: &str| field.parse::<u16>().ok().map(|number| number + 1);
        let clusters = [number(first)?, number(second)?, number(third)?];
        words.entry(key(word)).or_insert(Entry { clusters, lists: 0 });
        Some(())
    })?;
    rows(folder, "names.tsv", "word TAB given, family or name", |fields| {
        let [word, list] = fields else { return None };
        let bit = match *list {
            "given" => Entry::GIVEN,
            "family" => Entry::FAMILY,
            "name" => Entry::NAME,
            _ => return None,
        };
        words.entry(key(word)).or_default().lists |= bit;
        Some(())
    })?;
    for word in common {
        words.entry(key(word)).or_default().lists |= Entry::COMMON;
    }
    let phrases = phrases(folder)?;
    let word_slots = (words.len() * SLOTS_FOR.0 / SLOTS_FOR.1).next_multiple_of(WORD_BUCKET);
    let phrase_slots = (phrases.len() * SLOTS_FOR.0 / SLOTS_FOR.1).next_multiple_of(PHRASE_BUCKET);
    let words: Vec<(u64, [u8; 8])> =
        words.iter().map(|(&hash, entry)| (hash, entry.pack(hash).to_le_bytes())).collect();
    let phrases: Vec<(u64, [u8; 4])> =
        phrases.iter().map(|(&hash, phrase)| (hash, phrase.pack(hash).to_le_bytes())).collect();

    let mut file = MAGIC.to_vec();
    for slots in [word_slots, phrase_slots] {
        file.extend(u32::try_from(slots).unwrap_or(0).to_le_bytes());
    }
    file.resize(HEADER_BYTES, 0);
    file.extend(table(&words, word_slots, WORD_BUCKET).as_flattened());
    file.extend(table(&phrases, phrase_slots, PHRASE_BUCKET).as_flattened());
    Ok(file)
}

/// Lays slots out as the lexicon looks for them: from the home bucket on, round the end.
fn table<const N: usize>(entries: &[(u64, [u8; N])], slots: usize, bucket: usize) -> Vec<[u8; N]> {
    let mut table = vec![[0; N]; slots];
    for (hash, packed) in entries {
        let mut at = hash::place(*hash, slots / bucket) * bucket;
        while table[at] != [0; N] {
            at = (at + 1) % slots;
        }
        table[at] = *packed;
    }
    table
}

fn phrases(folder: &Path) -> Result<BTreeMap<u64, Phrase>, Error> {
    let mut phrases: BTreeMap<u64, Phrase> = BTreeMap::new();
    let mut cut = Vec::new();
    rows(folder, "phrases.tsv", "phrase TAB list number", |fields| {
        let [phrase, list] = fields else { return None };
        let list = list.parse::<usize>().ok().filter(|&list| list < PHRASE_LISTS)?;
        tokens(phrase, &mut cut);
        if cut.len() > PHRASE_WORDS {
            return Some(());
        }
        let mut hash = 0;
        for (count, token) in (1..).zip(&cut) {
            let word =
                phrase.get(token.span()).unwrap_or_default().to_lowercase().replace('’', "'");
            hash = phrase_hash(hash, hash::bytes(1, word.as_bytes()));
            let entry = phrases.entry(hash).or_default();
            if count == cut.len() {
                entry.lists |= 1 << list;
            } else {
                entry.goes_on = true;
            }
        }
        Some(())
    })?;
    Ok(phrases)
}

/// Gives the fields of every line of a file; `None` from `sink` makes the line a fault.
fn rows(
    folder: &Path,
    name: &str,
    form: &'static str,
    mut sink: impl FnMut(&[&str]) -> Option<()>,
) -> Result<(), Error> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path)
        .map_err(|source| Error::Read { path: path.clone(), source })?;
    for (line, row) in (1..).zip(text.lines()) {
        let fields: Vec<&str> = row.split('\t').collect();
        if sink(&fields).is_none() {
            return Err(Error::Malformed { path, line, form });
        }
    }
    Ok(())
}
