//! Where things stand in an article as numbers of a column, each the gap to the one before: small numbers, of which a column keeps as many bits as its largest one has.
//!
//! What is farther away than a number tells comes after numbers that go some way and say nothing else. What ascends is written; whatever is read, ascends.

use crate::TEXT_POSITION;
use crate::structure::{Border, Capital, MentionAt, MentionKind};

/// How the numbers of a column are made.
struct Scale {
    /// Things that are told apart.
    kinds: u64,
    /// Gaps that are told apart, from 0. Behind the numbers of things at these come those that say nothing else: one goes as many positions on, one to the text.
    gaps: u64,
}

/// Numbers of 6 bits.
const CAPITALS: Scale = Scale { kinds: 2, gaps: 31 };
/// Numbers of 7 bits.
const BORDERS: Scale = Scale { kinds: 3, gaps: 42 };
/// Numbers of 11 bits.
const MENTIONS: Scale = Scale { kinds: MENTION_KINDS * LENGTHS, gaps: 51 };

const MENTION_KINDS: u64 = 5;
/// Lengths of mentions that are told by one number, in words after the first; the number after that which goes to the text adds the longest to the mention that follows.
const LENGTHS: u64 = 8;

impl Scale {
    const fn goes_on(&self) -> u64 {
        self.gaps * self.kinds
    }

    const fn to_text(&self) -> u64 {
        self.goes_on() + 1
    }

    const fn lengthens(&self) -> u64 {
        self.goes_on() + 2
    }
}

/// Numbers as they are made.
struct Writer {
    scale: Scale,
    /// Position of the last thing.
    at: u32,
    numbers: Vec<u64>,
}

impl Writer {
    fn new(scale: Scale, things: usize) -> Self {
        Self { scale, at: 0, numbers: Vec::with_capacity(things + things / 4 + 2) }
    }

    /// Goes to a position, not before the last one; the gap that is left.
    fn go(&mut self, position: u32) -> u64 {
        if position >= TEXT_POSITION && self.at < TEXT_POSITION {
            self.numbers.push(self.scale.to_text());
            self.at = TEXT_POSITION;
        }
        let gap = u64::from(position.saturating_sub(self.at));
        self.at = self.at.max(position);
        for _ in 0..gap / self.scale.gaps {
            self.numbers.push(self.scale.goes_on());
        }
        gap % self.scale.gaps
    }

    fn put(&mut self, gap: u64, kind: u64) {
        self.numbers.push(gap * self.scale.kinds + kind);
    }
}

/// Numbers as they are read.
struct Reader<Numbers> {
    numbers: Numbers,
    scale: Scale,
    at: u32,
    /// How often the longest length is added to the next mention.
    longer: u32,
}

impl<Numbers: Iterator<Item = u64>> Reader<Numbers> {
    fn new(scale: Scale, numbers: Numbers) -> Self {
        Self { numbers, scale, at: 0, longer: 0 }
    }

    fn go(&mut self, gap: u64) {
        self.at = self.at.saturating_add(u32::try_from(gap).unwrap_or(u32::MAX));
    }
}

impl<Numbers: Iterator<Item = u64>> Iterator for Reader<Numbers> {
    /// A position, and what stands there.
    type Item = (u32, u64);

    fn next(&mut self) -> Option<(u32, u64)> {
        loop {
            let number = self.numbers.next()?;
            if number < self.scale.goes_on() {
                self.go(number / self.scale.kinds);
                return Some((self.at, number % self.scale.kinds));
            }
            if number == self.scale.goes_on() {
                self.go(self.scale.gaps);
            } else if number == self.scale.to_text() {
                self.at = self.at.max(TEXT_POSITION);
            } else {
                self.longer = self.longer.saturating_add(1);
            }
        }
    }
}

/// The numbers of where sentences and paragraphs begin and the title ends; where the lead begins and ends has columns of its own.
pub(crate) fn of_borders(borders: &[Border]) -> Vec<u64> {
    let mut writer = Writer::new(BORDERS, borders.len());
    for border in borders {
        let (position, kind) = match *border {
            Border::Sentence(at) => (at, 0),
            Border::Paragraph(at) => (at, 1),
            Border::TitleEnds(at) => (at, 2),
            Border::LeadBegins(_) | Border::LeadEnds(_) => continue,
        };
        let gap = writer.go(position);
        writer.put(gap, kind);
    }
    writer.numbers
}

/// The borders that the numbers of an article stand for.
pub fn borders(numbers: impl Iterator<Item = u64>) -> impl Iterator<Item = Border> {
    Reader::new(BORDERS, numbers).map(|(at, kind)| match kind {
        0 => Border::Sentence(at),
        1 => Border::Paragraph(at),
        _ => Border::TitleEnds(at),
    })
}

/// The numbers of words with capitals.
pub(crate) fn of_capitals(capitals: &[Capital]) -> Vec<u64> {
    let mut writer = Writer::new(CAPITALS, capitals.len());
    for capital in capitals {
        let gap = writer.go(capital.position);
        writer.put(gap, u64::from(capital.all));
    }
    writer.numbers
}

/// The capitals that the numbers of an article stand for.
pub fn capitals(numbers: impl Iterator<Item = u64>) -> impl Iterator<Item = Capital> {
    Reader::new(CAPITALS, numbers).map(|(position, all)| Capital { position, all: all == 1 })
}

/// The numbers of mentions; those of their entities stand in a column beside them.
pub(crate) fn of_mentions(mentions: &[MentionAt]) -> Vec<u64> {
    let mut writer = Writer::new(MENTIONS, mentions.len());
    for mention in mentions {
        let gap = writer.go(mention.start);
        let length = u64::from(mention.end.saturating_sub(mention.start));
        for _ in 0..length / LENGTHS {
            writer.numbers.push(MENTIONS.lengthens());
        }
        let kind = match mention.kind {
            MentionKind::Person => 0,
            MentionKind::Organisation => 1,
            MentionKind::Place => 2,
            MentionKind::UnknownPlace => 3,
            MentionKind::Date => 4,
        };
        writer.put(gap, kind * LENGTHS + length % LENGTHS);
    }
    writer.numbers
}

/// The mentions that the numbers of an article stand for, with the numbers of their entities.
pub fn mentions(
    numbers: impl Iterator<Item = u64>,
    mut entities: impl Iterator<Item = u64>,
) -> impl Iterator<Item = MentionAt> {
    let mut reader = Reader::new(MENTIONS, numbers);
    std::iter::from_fn(move || {
        let (start, what) = reader.next()?;
        let kind = match what / LENGTHS {
            0 => MentionKind::Person,
            1 => MentionKind::Organisation,
            2 => MentionKind::Place,
            3 => MentionKind::UnknownPlace,
            _ => MentionKind::Date,
        };
        let length = u64::from(std::mem::take(&mut reader.longer)) * LENGTHS + what % LENGTHS;
        let end = start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
        let entity = u32::try_from(entities.next().unwrap_or_default()).unwrap_or(u32::MAX);
        Some(MentionAt { start, end, kind, entity })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What numbers take at most, which is what a column of them takes.
    fn bits(scale: &Scale, specials: u64) -> u32 {
        (scale.goes_on() + specials - 1).ilog2() + 1
    }

    #[test]
    fn numbers_take_few_bits() {
        assert_eq!((bits(&CAPITALS, 2), bits(&BORDERS, 2), bits(&MENTIONS, 3)), (6, 7, 11));
    }

    #[test]
    fn capitals_as_gaps() {
        let check = |capitals: &[(u32, bool)], expected: &[u64]| {
            let capitals: Vec<_> =
                capitals.iter().map(|&(position, all)| Capital { position, all }).collect();
            assert_eq!(of_capitals(&capitals), expected);
        };
        check(&[], &[]);
        check(&[(0, false), (2, true)], &[0, 5]);
        check(&[(30, false), (61, false)], &[60, 62, 0]);
        check(&[(3, false), (256, true), (257, false)], &[6, 63, 1, 2]);
    }

    #[test]
    fn long_mentions() {
        let mention = |start, end| MentionAt { start, end, kind: MentionKind::Date, entity: 7 };
        let all = [mention(256, 256), mention(256, 290), mention(300, 308)];
        let written = of_mentions(&all);
        assert_eq!(written, [2041, 32, 2042, 2042, 2042, 2042, 34, 2042, 44 * 40 + 32]);
        let read: Vec<_> = mentions(written.into_iter(), [7, 7, 7].into_iter()).collect();
        assert_eq!(read, all);
    }

    proptest::proptest! {
        #[test]
        fn what_ascends_is_read_back(
            mut things in proptest::collection::vec((0..700_u32, 0..80_u32, 0..=u32::MAX, 0..5_usize), 0..40),
        ) {
            use MentionKind::{Date, Organisation, Person, Place, UnknownPlace};
            things.sort_unstable();
            let borders: Vec<Border> = things
                .iter()
                .map(|&(at, .., kind)| match kind % 3 {
                    0 => Border::Sentence(at),
                    1 => Border::Paragraph(at),
                    _ => Border::TitleEnds(at),
                })
                .collect();
            proptest::prop_assert_eq!(super::borders(of_borders(&borders).into_iter()).collect::<Vec<_>>(), borders);
            let capitals: Vec<Capital> =
                things.iter().map(|&(position, n, ..)| Capital { position, all: n % 2 == 0 }).collect();
            proptest::prop_assert_eq!(super::capitals(of_capitals(&capitals).into_iter()).collect::<Vec<_>>(), capitals);
            let mentions: Vec<MentionAt> = things
                .iter()
                .map(|&(start, length, entity, kind)| MentionAt {
                    start,
                    end: start + length,
                    kind: [Person, Organisation, Place, UnknownPlace, Date][kind],
                    entity,
                })
                .collect();
            let entities = mentions.iter().map(|mention| u64::from(mention.entity));
            let read: Vec<_> = super::mentions(of_mentions(&mentions).into_iter(), entities).collect();
            proptest::prop_assert_eq!(read, mentions);
        }

        #[test]
        fn any_numbers_are_read(numbers in proptest::collection::vec(0..=u64::MAX, 0..40)) {
            let all = || numbers.iter().copied();
            borders(all()).chain(borders(all().map(|n| n % 200))).for_each(drop);
            capitals(all()).chain(capitals(all().map(|n| n % 70))).for_each(drop);
            mentions(all(), all()).chain(mentions(all().map(|n| n % 2100), all())).for_each(drop);
        }
    }
}
