//! Where countries and regions lie that are no points: in the middle of their inhabited land.

use std::collections::{BTreeSet, HashMap};

use super::lists::OwnPoint;
use super::sources::{City, Sources};

/// The middles of countries and regions by code: our own where the list has one, else reckoned from the towns.
pub(super) struct Middles(HashMap<String, (f64, f64)>);

impl Middles {
    pub(super) fn of(sources: &Sources, points: &[OwnPoint]) -> Self {
        let mut lands: HashMap<String, Land> = HashMap::new();
        for town in &sources.towns {
            for code in [town.country.clone(), town.region_code()] {
                lands.entry(code).or_default().add(town);
            }
        }
        let mut middles: HashMap<String, (f64, f64)> =
            lands.into_iter().map(|(code, land)| (code, land.middle())).collect();
        for point in points {
            middles.insert(point.place.clone(), (point.latitude, point.longitude));
        }
        Self(middles)
    }

    /// Degrees north and east.
    pub(super) fn of_code(&self, code: &str) -> Option<(f64, f64)> {
        self.0.get(code).copied()
    }
}

/// Cells of a quarter of a degree in which somebody lives.
#[derive(Debug, Default)]
pub(super) struct Land(BTreeSet<(i32, i32)>);

const CELLS_A_DEGREE: f64 = 4.0;

impl Land {
    fn add(&mut self, town: &City) {
        self.add_point(town.latitude, town.longitude);
    }

    #[expect(clippy::cast_possible_truncation, reason = "degrees times four are small")]
    pub(super) fn add_point(&mut self, latitude: f64, longitude: f64) {
        let cell = |degrees: f64| (degrees * CELLS_A_DEGREE).floor() as i32;
        self.0.insert((cell(latitude), cell(longitude)));
    }

    /// The mean of the cells as vectors on the globe, so that the 180th meridian is no edge.
    pub(super) fn middle(&self) -> (f64, f64) {
        let (mut x, mut y, mut z) = (0.0_f64, 0.0_f64, 0.0_f64);
        for &(latitude, longitude) in &self.0 {
            let radians = |cell: i32| ((f64::from(cell) + 0.5) / CELLS_A_DEGREE).to_radians();
            let (latitude, longitude) = (radians(latitude), radians(longitude));
            x += latitude.cos() * longitude.cos();
            y += latitude.cos() * longitude.sin();
            z += latitude.sin();
        }
        (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowded_corner_is_not_the_middle() {
        let mut land = Land::default();
        for _ in 0..9 {
            land.add_point(10.1, 20.1);
        }
        land.add_point(12.1, 20.1);
        let (latitude, longitude) = land.middle();
        assert!((latitude - 11.125).abs() < 0.01, "{latitude}");
        assert!((longitude - 20.125).abs() < 0.01, "{longitude}");
    }

    #[test]
    fn the_180th_meridian_is_no_edge() {
        let mut land = Land::default();
        land.add_point(0.0, 179.9);
        land.add_point(0.0, -179.9);
        assert!(land.middle().1.abs() > 179.0);
    }
}
