//! Numbers of places. It holds no table: whether a place with an id exists is [`crate::place`]'s answer.

use std::fmt;

/// A place: its GeoNames id, or for a place that GeoNames data at hand do not number, one made from a code.
///
/// The made ones have the top bit set, so they never meet a GeoNames id (those are below 2³¹), and they are the
/// same in every build of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

const MADE: u32 = 1 << 31;

impl PlaceId {
    /// The id that is stored and compared; `from_u32` takes it back.
    pub fn to_u32(self) -> u32 {
        self.0
    }

    /// Takes back what [`Self::to_u32`] gave. Any number is allowed; not every one is a place.
    pub fn from_u32(number: u32) -> Self {
        Self(number)
    }

    /// The GeoNames id, or `None` for a made one.
    pub fn geonames(self) -> Option<u32> {
        (self.0 & MADE == 0).then_some(self.0)
    }

    /// Makes the id for a place that has only a code of up to five letters and digits, such as `SUHH`.
    ///
    /// The code is read as a number in base 37 (0 = no sign, then 0–9, then A–Z); dots are left out.
    /// `None` when the code is empty, too long or holds another sign.
    pub fn from_code(code: &str) -> Option<Self> {
        let signs = || code.bytes().filter(|&b| b != b'.');
        if !(1..=5).contains(&signs().count()) {
            return None;
        }
        let mut number = 0_u32;
        for sign in signs() {
            let digit = match sign {
                b'0'..=b'9' => sign - b'0' + 1,
                b'A'..=b'Z' => sign - b'A' + 11,
                _ => return None,
            };
            number = number * 37 + u32::from(digit);
        }
        Some(Self(MADE | number))
    }

    /// Makes the id for a place that has only a path of codes, such as `US.TX.113`.
    ///
    /// A hash of the path (FNV-1a, 32 bits) folded into the numbers that [`Self::from_code`] leaves free; whoever makes
    /// many has to see that no two are the same.
    pub fn from_path(path: &str) -> Self {
        const FIRST_FREE: u32 = 37_u32.pow(5);
        let hash = path
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self(MADE | (FIRST_FREE + hash % (MADE - FIRST_FREE)))
    }
}

/// `geonames/703448`, or `made/…` with the number in hexadecimal digits.
impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.geonames() {
            Some(id) => write!(f, "geonames/{id}"),
            None => write!(f, "made/{:x}", self.0 & !MADE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_ids_are_apart_from_geonames_ids() {
        for code in ["0", "SUHH", "UA.14", "GB.ENG", "ZZZZZ"] {
            let id = PlaceId::from_code(code).unwrap();
            assert_eq!(id.geonames(), None, "{code}");
        }
        assert_eq!(PlaceId::from_u32(703_448).geonames(), Some(703_448));
        assert_ne!(PlaceId::from_code("A0"), PlaceId::from_code("A"));
    }

    #[test]
    fn ids_of_paths_are_apart_from_those_of_codes() {
        let id = PlaceId::from_path("US.TX.113");
        assert_eq!(id.geonames(), None);
        assert_ne!(id, PlaceId::from_path("US.TX.115"));
        assert!(id > PlaceId::from_code("ZZZZZ").unwrap());
    }

    #[test]
    fn a_code_that_is_no_code_makes_no_id() {
        for code in ["", ".", "su", "SUHHXX", "É", "A B"] {
            assert_eq!(PlaceId::from_code(code), None, "{code}");
        }
    }
}
