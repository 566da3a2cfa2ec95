//! A place of the table as articles have it.

use dateline_article::{Place, PlaceKind};

use crate::{PlaceId, ancestors, place};

/// The place as one of an article's, mentioned nowhere yet: its kind is that of a place which no mention has called by its name.
pub fn described(id: PlaceId) -> Option<Place> {
    let entry = place(id)?;
    let above = ancestors(id);
    let names = above.iter().filter_map(|&id| place(id)).map(|place| place.name.to_owned());
    Some(Place {
        gazetteer: Some(id.to_u32()),
        geonames: id.geonames(),
        country: entry.country.map(str::to_owned),
        ancestors: names.collect(),
        ancestor_numbers: above.iter().map(|id| id.to_u32()).collect(),
        latitude: Some(entry.latitude),
        longitude: Some(entry.longitude),
        kind: PlaceKind::Demonym,
        ..Place::unresolved(entry.name.to_owned())
    })
}

/// Fills in what the stored form of a place leaves out. One that the table does not know stays as it is.
pub fn fill_in(stored: &mut Place) {
    let number = stored.gazetteer.map(PlaceId::from_u32);
    if let Some(place) = number.and_then(described) {
        let Place { kind, mentions, .. } = std::mem::replace(stored, place);
        (stored.kind, stored.mentions) = (kind, mentions);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_place_is_filled_in() {
        let kyiv = crate::named("Kyiv").next().unwrap().place;
        let whole = Place { kind: PlaceKind::Place, ..described(kyiv).unwrap() };
        let mut stored = Place { gazetteer: whole.gazetteer, ..Place::unresolved(String::new()) };
        fill_in(&mut stored);
        assert_eq!(stored, whole);
        assert_eq!(stored.ancestors, ["Kyiv City", "Ukraine", "Europe"]);
        let mut unknown = Place::unresolved("Lower Holm".to_owned());
        fill_in(&mut unknown);
        assert_eq!(unknown, Place::unresolved("Lower Holm".to_owned()));
    }
}
