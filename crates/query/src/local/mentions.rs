//! How often names are mentioned in all articles, from the columns of the index: which entity is mentioned where, and what each is called.

use std::collections::{BTreeMap, HashMap, HashSet};

use dateline_gazetteer::{PlaceId, place};
use dateline_schema::{MentionKind, gaps};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher};

use super::LocalEngine;
use crate::collocates::CollocateKind;
use crate::engine::Error;

/// A kind of entity and its name, as shown with hits.
pub(super) type Named = (CollocateKind, String);

/// The names that are counted, as a segment knows them.
struct Wanted<'a> {
    /// Names by their number in the segment's list of the kind.
    people: HashMap<u64, &'a Named>,
    organisations: HashMap<u64, &'a Named>,
    unknown_places: HashMap<u64, &'a Named>,
}

impl LocalEngine {
    /// Mentions of each name in title and text, those in articles of `others` left out.
    pub(super) fn mentions<T>(
        &self,
        searcher: &Searcher,
        others: &[HashSet<DocId>],
        names: &BTreeMap<&Named, T>,
    ) -> Result<HashMap<Named, u64>, Error> {
        let fields = &self.opened.fields;
        let mut counts: HashMap<&Named, u64> = HashMap::new();
        // Places by their number in the gazetteer; filled as they are met.
        let mut places: HashMap<u64, Option<&Named>> = HashMap::new();
        let by_name: HashMap<&str, &Named> = names
            .keys()
            .filter(|(kind, _)| *kind == CollocateKind::Place)
            .map(|named| (named.1.as_str(), *named))
            .collect();
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        for (reader, others) in searcher.segment_readers().iter().zip(others) {
            let column = |field| self.columns.str(reader, field);
            let people = column(fields.people)?;
            let organisations = column(fields.organisations)?;
            let unknown_places = column(fields.unknown_places)?;
            let wanted = Wanted {
                people: numbers(people.as_ref(), names, CollocateKind::Person)?,
                organisations: numbers(organisations.as_ref(), names, CollocateKind::Organisation)?,
                unknown_places: numbers(unknown_places.as_ref(), names, CollocateKind::Place)?,
            };
            let number_of = |column: &Option<StrColumn>, doc, entity: u32| {
                let mut ords = column.as_ref()?.ords().values_for_doc(doc);
                ords.nth(entity as usize)
            };
            let mentions = self.columns.u64(reader, fields.mentions)?;
            let entities = self.columns.u64(reader, fields.mention_entities)?;
            let known = self.columns.u64(reader, fields.named_places)?;
            for doc in reader.doc_ids_alive().filter(|doc| !others.contains(doc)) {
                let [numbers, entities] =
                    [&mentions, &entities].map(|column| column.values_for_doc(doc));
                for mention in gaps::mentions(numbers, entities) {
                    let entity = mention.entity;
                    let found = match mention.kind {
                        MentionKind::Person => number_of(&people, doc, entity)
                            .and_then(|ord| wanted.people.get(&ord).copied()),
                        MentionKind::Organisation => number_of(&organisations, doc, entity)
                            .and_then(|ord| wanted.organisations.get(&ord).copied()),
                        MentionKind::UnknownPlace => number_of(&unknown_places, doc, entity)
                            .and_then(|ord| wanted.unknown_places.get(&ord).copied()),
                        MentionKind::Place => {
                            let number = known.values_for_doc(doc).nth(entity as usize);
                            number.and_then(|number| {
                                *places.entry(number).or_insert_with(|| {
                                    let id = PlaceId::from_u32(u32::try_from(number).ok()?);
                                    by_name.get(place(id)?.name).copied()
                                })
                            })
                        }
                        MentionKind::Date => None,
                    };
                    if let Some(named) = found {
                        *counts.entry(named).or_default() += 1;
                    }
                }
            }
        }
        Ok(counts.into_iter().map(|(named, count)| (named.clone(), count)).collect())
    }
}

/// The names of a kind by their number in a segment's column.
fn numbers<'a, T>(
    column: Option<&StrColumn>,
    names: &BTreeMap<&'a Named, T>,
    kind: CollocateKind,
) -> Result<HashMap<u64, &'a Named>, Error> {
    let mut found = HashMap::new();
    let Some(column) = column else { return Ok(found) };
    for named in names.keys().filter(|named| named.0 == kind) {
        let ord = column.dictionary().term_ord(named.1.as_bytes());
        if let Some(ord) = ord.map_err(tantivy::TantivyError::from)? {
            found.insert(ord, *named);
        }
    }
    Ok(found)
}
