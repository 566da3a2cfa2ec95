//! What the tagger returns: mentions and their kinds.

use std::ops::Range;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person, real or not, without title: `Helena Varga`.
    Person,
    /// A country, town, region, water, mountain, building: `Lisbon`.
    Place,
    /// A firm, party, authority, team, paper, band: `Bank of Korvald`.
    Organisation,
}

impl Kind {
    pub(crate) const COUNT: usize = 3;

    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Person => 0,
            Self::Place => 1,
            Self::Organisation => 2,
        }
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.number())
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        [Self::Person, Self::Place, Self::Organisation].get(usize::from(number)).copied()
    }
}

/// One place of a text that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Bytes of the text, on char boundaries; without a leading article or a trailing `'s`.
    pub span: Range<usize>,
    /// What is named.
    pub kind: Kind,
}
