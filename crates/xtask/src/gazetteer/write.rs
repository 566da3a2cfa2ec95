//! Lays the drafts and names out as the bytes that `dateline_gazetteer::layout` describes.

use std::collections::HashMap;

use anyhow::{Context, bail};
use dateline_gazetteer::layout::{
    Entry, HEAD_BYTES, MAGIC, NO_PARENT, Record, SECTIONS, Target, VERSION,
};
use dateline_gazetteer::{Kind, PlaceId};
use fst::MapBuilder;

use super::names::Names;
use super::places::{Draft, Places};

/// The whole file.
pub(super) fn table(places: &Places, names: &Names) -> anyhow::Result<Vec<u8>> {
    let drafts: Vec<&Draft> = places.iter().collect();
    let mut indexes = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        indexes.insert(draft.id, u32::try_from(index)?);
    }
    let (records, texts) = records(&drafts, &indexes)?;
    let (keys, postings) = keys(names, &indexes)?;
    let by = |kind, order: fn(&Draft, &Draft) -> std::cmp::Ordering| -> Vec<u32> {
        let mut chosen: Vec<&&Draft> = drafts.iter().filter(|draft| draft.kind == kind).collect();
        chosen.sort_by(|a, b| order(a, b).then(a.id.cmp(&b.id)));
        chosen.into_iter().filter_map(|draft| indexes.get(&draft.id).copied()).collect()
    };
    let ids: Vec<u32> = drafts.iter().map(|draft| draft.id.to_u32()).collect();
    let latitudes = by(Kind::City, |a, b| a.latitude.total_cmp(&b.latitude));
    let countries = by(Kind::Country, |a, b| a.country.cmp(&b.country));
    file([
        numbers(&ids),
        records,
        texts,
        numbers(&postings),
        numbers(&latitudes),
        numbers(&countries),
        keys,
    ])
}

fn file(sections: [Vec<u8>; SECTIONS]) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::from(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    let mut offset = HEAD_BYTES;
    for section in &sections {
        bytes.extend(u32::try_from(offset)?.to_le_bytes());
        bytes.extend(u32::try_from(section.len())?.to_le_bytes());
        offset += section.len();
    }
    for section in sections {
        bytes.extend(section);
    }
    Ok(bytes)
}

fn records(
    drafts: &[&Draft],
    indexes: &HashMap<PlaceId, u32>,
) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let mut records = Vec::new();
    let mut texts = Vec::new();
    let mut offsets: HashMap<&str, u32> = HashMap::new();
    for draft in drafts {
        let next = u32::try_from(texts.len())?;
        let name_offset = *offsets.entry(&draft.name).or_insert(next);
        if name_offset == next {
            texts.extend(draft.name.as_bytes());
        }
        let parent = match draft.parent {
            Some(id) => *indexes.get(&id).context("a parent is no place")?,
            None => NO_PARENT,
        };
        let country = match draft.country.as_bytes() {
            [] => [0, 0],
            &[a, b] => [a, b],
            _ => bail!("{}: {:?} is no code of a country", draft.name, draft.country),
        };
        let record = Record {
            latitude_e5: e5(draft.latitude),
            longitude_e5: e5(draft.longitude),
            population: draft.population,
            name_offset,
            parent,
            name_bytes: u8::try_from(draft.name.len())?,
            kind: draft.kind,
            country,
        };
        records.extend(record.encode());
    }
    Ok((records, texts))
}

#[expect(clippy::cast_possible_truncation, reason = "degrees times 100,000 are below 2³¹")]
fn e5(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

/// The map of keys and the postings; equal lists of candidates are kept once.
fn keys(names: &Names, indexes: &HashMap<PlaceId, u32>) -> anyhow::Result<(Vec<u8>, Vec<u32>)> {
    let mut postings: Vec<u32> = Vec::new();
    let mut lists: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut map = MapBuilder::memory();
    for (key, candidates) in names.iter() {
        let final_at = candidates.len().saturating_sub(1);
        let mut list = Vec::with_capacity(candidates.len());
        for (at, candidate) in candidates.iter().enumerate() {
            let index = *indexes.get(&candidate.place).context("a name of no place")?;
            list.push(Entry {
                index,
                how: candidate.how,
                usage: candidate.usage,
                last: at == final_at,
            });
        }
        let target = if let [only] = list[..] {
            Target::One(Entry { last: false, ..only })
        } else {
            let next = u32::try_from(postings.len())?;
            let encoded: Vec<u32> = list.into_iter().map(Entry::encode).collect();
            let position = *lists.entry(encoded.clone()).or_insert(next);
            if position == next {
                postings.extend(encoded);
            }
            Target::Many(position)
        };
        map.insert(key, target.encode())?;
    }
    Ok((map.into_inner()?, postings))
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
