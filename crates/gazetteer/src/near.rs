//! Places by distance. Great circles on a sphere of the Earth's mean radius (haversine): within 0.6 % of the
//! ellipsoid, which is less than a city's own width at the distances people ask for.

use crate::PlaceId;
use crate::table::{lower_bound, number, table};

/// Mean radius of the Earth (IUGG) in km.
const EARTH_KM: f64 = 6_371.008_8;

/// The cities within `km` of a point, the nearest first.
///
/// Only cities: a country or region is no point, and its middle would answer for all of it. Latitudes go from
/// −90 to 90; longitudes are taken modulo 360. Nothing when a number is not finite or `km` is negative.
pub fn near(latitude: f64, longitude: f64, km: f64) -> Vec<PlaceId> {
    let all_finite = [latitude, longitude, km].into_iter().all(f64::is_finite);
    if !all_finite || km < 0.0 {
        return Vec::new();
    }
    let table = table();
    let record = |position| table.record(number(table.latitudes, position)?);
    let length = u32::try_from(table.latitudes.len() / 4).unwrap_or(u32::MAX);
    // A little more than the band, for rounding.
    let margin = (km / EARTH_KM).to_degrees() + 1e-4;
    let south = lower_bound(length, |position| {
        record(position).is_some_and(|r| f64::from(r.latitude_e5) / 1e5 < latitude - margin)
    });
    let mut found = Vec::new();
    for position in south..length {
        let Some(record) = record(position) else { break };
        let there = (f64::from(record.latitude_e5) / 1e5, f64::from(record.longitude_e5) / 1e5);
        if there.0 > latitude + margin {
            break;
        }
        let away = distance_km((latitude, longitude), there);
        if away <= km {
            found
                .extend(number(table.latitudes, position).and_then(|i| Some((away, table.id(i)?))));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, id)| id).collect()
}

/// The haversine formula (R. W. Sinnott, 1984), which keeps its precision at small distances.
fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let along = a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * EARTH_KM * (half(a.0, b.0) + along).clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let kyiv = (50.454_66, 30.523_8);
        let lviv = (49.838_26, 24.023_24);
        assert!((distance_km(kyiv, lviv) - 468.0).abs() < 5.0, "{}", distance_km(kyiv, lviv));
        assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
        assert!((distance_km((90.0, 0.0), (-90.0, 77.0)) - 20_015.1).abs() < 1.0);
    }
}
