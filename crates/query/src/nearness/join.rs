//! Which matches of two operands stand near each other: pure comparison of positions, for the index and for highlights alike.
//!
//! A match is the stretch from its first to its last word. Two matches are near each other when the later one begins at most n positions after the
//! earlier one ends, neither of them reaches over the border between title and text, and they have no word in common: two matches that interleave
//! are near, one that is part of the other is not.

use dateline_schema::{Border, NAME_STRIDE, TEXT_POSITION};

use crate::syntax::{Closeness, Order, Sense, Within};

/// Matches of one operand inside another that are kept; an article with more is told from as many.
pub(crate) const MOST_MATCHES: usize = 4096;

/// A place where an operand stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Position of its first word.
    pub(crate) start: u32,
    /// Position of its last word.
    pub(crate) end: u32,
    /// First and last positions of its pieces, ascending; empty where it is one piece.
    pub(crate) pieces: Vec<(u32, u32)>,
}

impl Match {
    pub(crate) fn one(start: u32, end: u32) -> Self {
        Self { start, end, pieces: Vec::new() }
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let whole = self.pieces.is_empty().then_some((self.start, self.end));
        whole.into_iter().chain(self.pieces.iter().copied())
    }

    /// Makes one piece of pieces side by side, so that the same words are the same match however they were put together.
    pub(crate) fn run_together(&mut self) {
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(self.pieces.len());
        for (start, end) in self.pieces.drain(..) {
            match runs.last_mut() {
                Some((_, last)) if start <= last.saturating_add(1) => *last = end.max(*last),
                _ => runs.push((start, end)),
            }
        }
        // What has no gap is one piece, which needs no list.
        self.pieces = if runs.len() > 1 { runs } else { Vec::new() };
    }

    /// Whether the two have a word in common.
    fn shares(&self, other: &Self) -> bool {
        self.start <= other.end
            && other.start <= self.end
            && self
                .pieces()
                .any(|(start, end)| other.pieces().any(|(from, to)| start <= to && from <= end))
    }

    fn with(&self, other: &Self, pieces: Pieces) -> Self {
        let mut joined = Self::one(self.start.min(other.start), self.end.max(other.end));
        if pieces == Pieces::Kept {
            joined.pieces = self.pieces().chain(other.pieces()).collect();
            joined.pieces.sort_unstable();
        }
        joined
    }
}

/// Two operands.
#[derive(Clone, Debug)]
pub(crate) struct Pair<T> {
    pub(crate) left: T,
    pub(crate) right: T,
    pub(crate) how: Closeness,
    /// Whether a word can belong to both.
    pub(crate) may_share: bool,
    /// Whether anything outside asks which words a match of the pair has.
    pub(crate) pieces: Pieces,
}

/// Whether the pieces of a match are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pieces {
    Kept,
    Dropped,
}

/// Whether all matches were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    Cut,
}

impl<T> Pair<T> {
    /// Appends the matches of the pair, ascending, each once. `left` and `right` ascend.
    pub(crate) fn join(
        &self,
        left: &[Match],
        right: &[Match],
        borders: &Borders,
        out: &mut Vec<Match>,
    ) -> Extent {
        let widest = widest(right);
        for first in left {
            let mut partners = self.partners(first, right, widest, borders);
            if self.how.sense == Sense::NotNear {
                if partners.next().is_none() {
                    out.push(first.clone());
                }
                continue;
            }
            for second in partners {
                out.push(first.with(second, self.pieces));
                if out.len() >= 2 * MOST_MATCHES {
                    out.sort_unstable();
                    out.dedup();
                    if out.len() >= MOST_MATCHES {
                        return Extent::Cut;
                    }
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        Extent::Whole
    }

    /// How many of `left` stand as the operator wants.
    pub(crate) fn count(&self, left: &[Match], right: &[Match], borders: &Borders) -> usize {
        let widest = widest(right);
        let wanted = self.how.sense == Sense::Near;
        let stands = |first: &&Match| {
            self.partners(first, right, widest, borders).next().is_some() == wanted
        };
        left.iter().filter(stands).count()
    }

    /// The same for operands of one word each, told by their positions alone; `None` where a distance in words does not decide.
    pub(crate) fn count_words(
        &self,
        left: &[u32],
        right: &[u32],
        borders: &Borders,
    ) -> Option<usize> {
        let Within::Words(words) = self.how.within else { return None };
        let ordered = self.how.order == Order::AsWritten;
        let (mut found, mut begin) = (0, 0);
        for &first in left {
            let block = borders.block(first);
            let from = if ordered {
                first.saturating_add(1)
            } else {
                first.saturating_sub(words).max(block.start)
            };
            let to = first.saturating_add(words);
            // What lies before one word's reach lies before the next one's.
            while right.get(begin).is_some_and(|second| *second < from) {
                begin += 1;
            }
            let ahead = right.get(begin..).unwrap_or_default().iter();
            let second = ahead.copied().find(|second| !(self.may_share && *second == first));
            found += usize::from(second.is_some_and(|second| second <= to && second < block.end));
        }
        Some(match self.how.sense {
            Sense::Near => found,
            Sense::NotNear => left.len() - found,
        })
    }

    /// Those of `right` that are near `first`.
    fn partners<'m>(
        &self,
        first: &'m Match,
        right: &'m [Match],
        widest: u32,
        borders: &Borders,
    ) -> impl Iterator<Item = &'m Match> {
        let (how, may_share) = (self.how, self.may_share);
        let block = borders.block(first.start);
        let (from, to, last) = match how.within {
            Within::Words(words) => (
                first.start.saturating_sub(words).saturating_sub(widest).max(block.start),
                first.end.saturating_add(words),
                block.end,
            ),
            Within::Sentence => within(&borders.sentence(first.start, &block)),
            Within::Paragraph => within(&borders.paragraph(first.start, &block)),
        };
        let from = if how.order == Order::AsWritten { first.end.saturating_add(1) } else { from };
        let begin = if first.end < last {
            right.partition_point(|second| second.start < from)
        } else {
            right.len()
        };
        let near = move |second: &&Match| {
            let reaches = match how.within {
                Within::Words(words) => second.end.saturating_add(words) >= first.start,
                Within::Sentence | Within::Paragraph => true,
            };
            reaches && second.end < last && !(may_share && first.shares(second))
        };
        let rest = right.get(begin..).unwrap_or_default();
        rest.iter().take_while(move |second| second.start <= to).filter(near)
    }
}

/// Bounds for what must begin and end in `range`.
fn within(range: &std::ops::Range<u32>) -> (u32, u32, u32) {
    (range.start, range.end.saturating_sub(1), range.end)
}

fn widest(matches: &[Match]) -> u32 {
    matches.iter().map(|found| found.end - found.start).max().unwrap_or(0)
}

/// A part of an article in which something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Title and text, or the whole of a field that is neither.
    Whole,
    Title,
    Text,
    Lead,
    TitleOrLead,
}

/// Where the parts of one article begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Borders {
    /// Positions at which sentences begin.
    sentences: Vec<u32>,
    /// Positions at which paragraphs begin.
    paragraphs: Vec<u32>,
    lead: std::ops::Range<u32>,
    /// Number of words in the title.
    title: u32,
    /// A field of names or codes: each value stands by itself, and there are no sentences.
    values: bool,
}

impl Borders {
    /// The borders of an article, as the index or its structure gives them.
    pub(crate) fn of(borders: impl Iterator<Item = Border>) -> Self {
        let mut found = Self { values: false, ..Self::of_values() };
        for border in borders {
            match border {
                Border::Sentence(at) => found.sentences.push(at),
                Border::Paragraph(at) => {
                    found.sentences.push(at);
                    found.paragraphs.push(at);
                }
                Border::LeadBegins(at) => found.lead.start = at,
                Border::LeadEnds(at) => found.lead.end = at,
                Border::TitleEnds(at) => found.title = at,
            }
        }
        found.sentences.sort_unstable();
        found.paragraphs.sort_unstable();
        found
    }

    /// The borders in a field of separate values.
    pub(crate) fn of_values() -> Self {
        Self { sentences: Vec::new(), paragraphs: Vec::new(), lead: 0..0, title: 0, values: true }
    }

    /// What no nearness crosses the borders of: title or text, or one value.
    fn block(&self, position: u32) -> std::ops::Range<u32> {
        if self.values {
            let start = position / NAME_STRIDE * NAME_STRIDE;
            start..start.saturating_add(NAME_STRIDE)
        } else if position < TEXT_POSITION {
            0..TEXT_POSITION
        } else {
            TEXT_POSITION..u32::MAX
        }
    }

    fn sentence(&self, position: u32, block: &std::ops::Range<u32>) -> std::ops::Range<u32> {
        around(&self.sentences, position, block)
    }

    fn paragraph(&self, position: u32, block: &std::ops::Range<u32>) -> std::ops::Range<u32> {
        around(&self.paragraphs, position, block)
    }

    /// Whether a match lies in a part.
    pub(crate) fn lies_in(&self, part: Part, found: &Match) -> bool {
        lies_in(part, &self.lead, found)
    }

    /// Whether a match ends among the first `words` of a part.
    pub(crate) fn is_first(&self, part: Part, words: u32, found: &Match) -> bool {
        if self.values {
            return found.end < words;
        }
        let in_title = found.end < TEXT_POSITION;
        let before = match part {
            Part::Whole if !in_title => TEXT_POSITION - self.title.min(TEXT_POSITION),
            Part::TitleOrLead if !in_title => self.lead.start.saturating_sub(self.title),
            Part::Text => TEXT_POSITION,
            Part::Lead => self.lead.start,
            Part::Whole | Part::Title | Part::TitleOrLead => 0,
        };
        found.end >= before && found.end - before < words
    }
}

/// Whether a match lies in a part of an article whose lead is there.
pub(crate) fn lies_in(part: Part, lead: &std::ops::Range<u32>, found: &Match) -> bool {
    let in_title = found.end < TEXT_POSITION;
    let in_lead = found.start >= lead.start && found.end < lead.end;
    match part {
        Part::Whole => true,
        Part::Title => in_title,
        Part::Text => found.start >= TEXT_POSITION,
        Part::Lead => in_lead,
        Part::TitleOrLead => in_title || in_lead,
    }
}

/// The stretch between two of `borders` in which `position` lies, inside `block`.
fn around(borders: &[u32], position: u32, block: &std::ops::Range<u32>) -> std::ops::Range<u32> {
    let next = borders.partition_point(|border| *border <= position);
    let start = next.checked_sub(1).and_then(|last| borders.get(last)).copied();
    let end = borders.get(next).copied();
    start.unwrap_or(0).max(block.start)..end.unwrap_or(u32::MAX).min(block.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how(within: Within, order: Order) -> Closeness {
        Closeness { within, order, sense: Sense::Near }
    }

    fn borders() -> Borders {
        use Border::{LeadBegins, LeadEnds, Paragraph, Sentence, TitleEnds};
        let all = [
            Paragraph(0),
            TitleEnds(3),
            Paragraph(256),
            Sentence(260),
            Paragraph(270),
            LeadBegins(257),
            LeadEnds(260),
        ];
        Borders::of(all.into_iter())
    }

    #[track_caller]
    fn check(left: &[(u32, u32)], right: &[(u32, u32)], how: Closeness, expected: &[(u32, u32)]) {
        let matches = |list: &[(u32, u32)]| {
            list.iter().map(|(start, end)| Match::one(*start, *end)).collect::<Vec<_>>()
        };
        let pair = Pair { left: (), right: (), how, may_share: true, pieces: Pieces::Dropped };
        let mut out = Vec::new();
        pair.join(&matches(left), &matches(right), &borders(), &mut out);
        let found: Vec<_> = out.iter().map(|found| (found.start, found.end)).collect();
        assert_eq!(found, expected, "{left:?} {right:?} {how:?}");
    }

    #[test]
    fn distances_from_the_nearest_edges() {
        let words = |words, order| how(Within::Words(words), order);
        check(&[(300, 300)], &[(305, 306)], words(5, Order::Any), &[(300, 306)]);
        check(&[(300, 300)], &[(305, 306)], words(4, Order::Any), &[]);
        check(&[(305, 306)], &[(300, 300)], words(5, Order::Any), &[(300, 306)]);
        check(&[(305, 306)], &[(300, 300)], words(5, Order::AsWritten), &[]);
        check(&[(300, 300)], &[(300, 300)], words(5, Order::Any), &[]);
        check(&[(0, 0)], &[(256, 256)], words(300, Order::Any), &[]);
        check(&[(1, 1)], &[(2, 2)], words(1, Order::Any), &[(1, 2)]);
        check(&[(300, 300)], &[(310, 320)], words(u32::MAX, Order::Any), &[(300, 320)]);
    }

    proptest::proptest! {
        #[test]
        fn single_words_are_counted_as_matches_are(
            left in proptest::collection::btree_set(240..290_u32, 0..12),
            right in proptest::collection::btree_set(240..290_u32, 0..12),
            words in 0..20_u32,
            flags in 0..16_u8,
        ) {
            let order = if flags & 1 == 0 { Order::Any } else { Order::AsWritten };
            let sense = if flags & 2 == 0 { Sense::Near } else { Sense::NotNear };
            let how = Closeness { within: Within::Words(words), order, sense };
            let may_share = flags & 4 == 0;
            let borders = if flags & 8 == 0 { borders() } else { Borders::of_values() };
            let pair = Pair { left: (), right: (), how, may_share, pieces: Pieces::Dropped };
            let (left, right): (Vec<u32>, Vec<u32>) = (left.into_iter().collect(), right.into_iter().collect());
            let matches = |list: &[u32]| list.iter().map(|at| Match::one(*at, *at)).collect::<Vec<_>>();
            let expected = pair.count(&matches(&left), &matches(&right), &borders);
            proptest::prop_assert_eq!(pair.count_words(&left, &right, &borders), Some(expected));
        }
    }

    #[test]
    fn words_grouped_otherwise_are_the_same_match() {
        let pieces = vec![(3, 3), (4, 5), (9, 9)];
        let mut found = Match { start: 3, end: 9, pieces };
        found.run_together();
        assert_eq!(found.pieces, [(3, 5), (9, 9)]);
    }

    #[test]
    fn sentences_and_paragraphs() {
        let sentence = how(Within::Sentence, Order::Any);
        let paragraph = how(Within::Paragraph, Order::Any);
        check(&[(256, 256)], &[(259, 259), (260, 260)], sentence, &[(256, 259)]);
        check(&[(256, 256)], &[(260, 260), (270, 270)], paragraph, &[(256, 260)]);
        check(&[(259, 260)], &[(261, 261)], sentence, &[]);
        check(&[(259, 260)], &[(261, 261)], paragraph, &[(259, 261)]);
        check(&[(0, 0)], &[(2, 2), (256, 256)], sentence, &[(0, 2)]);
        check(&[(280, 280)], &[(271, 272)], paragraph, &[(271, 280)]);
    }

    #[test]
    fn first_words_and_parts() {
        let borders = borders();
        let first = |part, words, at| borders.is_first(part, words, &Match::one(at, at));
        assert!(first(Part::Whole, 3, 2) && !first(Part::Whole, 2, 2));
        assert!(first(Part::Whole, 4, 256) && !first(Part::Whole, 3, 256));
        assert!(first(Part::Text, 1, 256) && !first(Part::Text, 1, 257));
        assert!(first(Part::Lead, 1, 257) && !first(Part::Lead, 1, 258));
        assert!(borders.lies_in(Part::Lead, &Match::one(257, 259)));
        assert!(!borders.lies_in(Part::Lead, &Match::one(257, 260)));
        assert!(borders.lies_in(Part::TitleOrLead, &Match::one(0, 1)));
        assert!(!borders.lies_in(Part::Title, &Match::one(256, 256)));
    }

    #[test]
    fn a_great_many_matches_are_cut_and_that_is_said() {
        let many: Vec<Match> = (256..1256).map(|at| Match::one(at, at)).collect();
        let how = how(Within::Words(1000), Order::Any);
        let pair = Pair { left: (), right: (), how, may_share: true, pieces: Pieces::Kept };
        let mut out = Vec::new();
        assert_eq!(pair.join(&many, &many, &borders(), &mut out), Extent::Cut);
        assert_eq!(pair.count(&many, &many, &borders()), 1000);
    }
}
