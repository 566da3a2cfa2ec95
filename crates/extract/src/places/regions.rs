//! Abbreviations of states and provinces, as print sets them after a town: "Calif.", "N.C.", "Ont.", "TX".
//!
//! They name a region only there; alone, most are something else. Folded keys; sources: usage of North American and Australian news, postal codes.

use dateline_gazetteer::{Candidate, Kind, NameKind};

/// The region that `key` abbreviates after a comma, as the gazetteer's candidates; empty for anything else.
pub(super) fn candidates(key: &str) -> Vec<Candidate> {
    let Some((_, name, country)) =
        REGIONS.iter().find(|(keys, _, _)| keys.split(' ').any(|known| known == key))
    else {
        return Vec::new();
    };
    let is_region = |candidate: &Candidate| {
        let place = candidate.entry();
        candidate.how != NameKind::Demonym
            && place
                .is_some_and(|place| place.kind == Kind::Region && place.country == Some(*country))
    };
    dateline_gazetteer::named(name).filter(is_region).collect()
}

/// Abbreviations, the region's name, its country.
const REGIONS: &[(&str, &str, &str)] = &[
    ("ala al", "Alabama", "US"),
    ("alaska ak", "Alaska", "US"),
    ("ariz az", "Arizona", "US"),
    ("ark ar", "Arkansas", "US"),
    ("calif cal ca", "California", "US"),
    ("colo co", "Colorado", "US"),
    ("conn ct", "Connecticut", "US"),
    ("del de", "Delaware", "US"),
    ("dc", "District of Columbia", "US"),
    ("fla fl", "Florida", "US"),
    ("ga", "Georgia", "US"),
    ("hi", "Hawaii", "US"),
    ("id", "Idaho", "US"),
    ("ill il", "Illinois", "US"),
    ("ind in", "Indiana", "US"),
    ("ia", "Iowa", "US"),
    ("kan kans ks", "Kansas", "US"),
    ("ky", "Kentucky", "US"),
    ("la", "Louisiana", "US"),
    ("me", "Maine", "US"),
    ("md", "Maryland", "US"),
    ("mass ma", "Massachusetts", "US"),
    ("mich mi", "Michigan", "US"),
    ("minn mn", "Minnesota", "US"),
    ("miss ms", "Mississippi", "US"),
    ("mo", "Missouri", "US"),
    ("mont mt", "Montana", "US"),
    ("neb nebr ne", "Nebraska", "US"),
    ("nev nv", "Nevada", "US"),
    ("nh", "New Hampshire", "US"),
    ("nj", "New Jersey", "US"),
    ("nm", "New Mexico", "US"),
    ("ny", "New York", "US"),
    ("nc", "North Carolina", "US"),
    ("nd", "North Dakota", "US"),
    ("oh", "Ohio", "US"),
    ("okla ok", "Oklahoma", "US"),
    ("ore or", "Oregon", "US"),
    ("pa penn", "Pennsylvania", "US"),
    ("ri", "Rhode Island", "US"),
    ("sc", "South Carolina", "US"),
    ("sd", "South Dakota", "US"),
    ("tenn tn", "Tennessee", "US"),
    ("tex tx", "Texas", "US"),
    ("ut", "Utah", "US"),
    ("vt", "Vermont", "US"),
    ("va", "Virginia", "US"),
    ("wash wa", "Washington", "US"),
    ("wva wv", "West Virginia", "US"),
    ("wis wisc wi", "Wisconsin", "US"),
    ("wyo wy", "Wyoming", "US"),
    ("alta ab", "Alberta", "CA"),
    ("bc", "British Columbia", "CA"),
    ("man mb", "Manitoba", "CA"),
    ("nb", "New Brunswick", "CA"),
    ("nfld nl", "Newfoundland and Labrador", "CA"),
    ("ns", "Nova Scotia", "CA"),
    ("nwt", "Northwest Territories", "CA"),
    ("ont on", "Ontario", "CA"),
    ("pei", "Prince Edward Island", "CA"),
    ("que qc", "Quebec", "CA"),
    ("sask sk", "Saskatchewan", "CA"),
    ("nsw", "New South Wales", "AU"),
    ("qld", "Queensland", "AU"),
    ("tas", "Tasmania", "AU"),
    ("vic", "Victoria", "AU"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_leads_to_one_region() {
        let mut seen = std::collections::BTreeSet::new();
        for (keys, name, country) in REGIONS {
            for key in keys.split(' ') {
                assert!(seen.insert(key), "{key} twice");
                let found = candidates(key);
                assert_eq!(found.len(), 1, "{key}: {name}");
                let place = dateline_gazetteer::place(found[0].place).unwrap();
                assert_eq!(place.country, Some(*country), "{key}");
            }
        }
        assert!(candidates("the").is_empty());
        assert!(candidates("").is_empty());
    }
}
