//! How the text of a copy differs from that of the first article: which sentences were added, cut, changed or moved, and the words that changed in them.
//!
//! Sentences are the same where their words are, whatever their case, accents and punctuation. What is left between sentences that are the same is
//! paired by the words in common (Dice's coefficient), in order, so that the sum over all pairs is greatest (S. Needleman and C. Wunsch, 1970). Nothing
//! here looks at an index.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_article::Span;
use dateline_schema::analyze::{Words, sentences};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

/// Share of words in common from which a sentence counts as changed, not as another.
const CHANGED: f64 = 0.4;
/// Sentences of one gap times those of the other that are held against each other.
const MOST_PAIRS: usize = 40_000;
/// Words of a sentence that are told apart; a longer one is marked whole.
const MOST_WORDS: usize = 2_000;

/// What became of a text in a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Sentences of the first text.
    pub sentences: usize,
    /// Those of them that the copy has unchanged, wherever they stand.
    pub same: usize,
    /// What differs, in the order of the copy; what was cut stands where it was.
    pub changes: Vec<Change>,
}

/// A sentence that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// Number of the sentence in the first text, from 1; for one that was added, of that before it, 0 at the beginning.
    pub sentence: usize,
    /// The sentence in the first text.
    pub from: Option<String>,
    /// The sentence in the copy.
    pub to: Option<String>,
    /// The words that differ, ascending; only where the sentence was changed.
    pub hunks: Vec<Hunk>,
}

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Some of its words are others.
    Changed,
    /// Only the copy has it.
    Added,
    /// Only the first text has it.
    Cut,
    /// Both have it, at different places.
    Moved,
}

/// Words that stand in place of others; one side may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Bytes of the sentence in the first text.
    pub from: Span,
    /// Bytes of the sentence in the copy.
    pub to: Span,
}

/// Compares the text of a copy with that of the first article.
///
/// Linear in the texts where they are the same; with the product of the sentences of a gap where they differ, up to a bound beyond which they
/// count as cut and added.
pub fn compare(first: &str, copy: &str) -> Comparison {
    let (first, copy) = (Sentences::of(first), Sentences::of(copy));
    let mut steps = Vec::new();
    let mut same = 0;
    for operation in capture_diff_slices(Algorithm::Patience, &first.keys, &copy.keys) {
        if operation.tag() == DiffTag::Equal {
            same += operation.old_range().len();
        } else {
            pair(&first, &copy, operation.old_range(), operation.new_range(), &mut steps);
        }
    }
    let moved = moved(&first, &copy, &steps);
    let gone: HashSet<usize> = moved.values().copied().collect();
    let told = steps.iter().filter(|step| !matches!(step, Step::First(n) if gone.contains(n)));
    let changes = told.filter_map(|step| change(&first, &copy, *step, &moved)).collect();
    Comparison { sentences: first.keys.len(), same: same + moved.len(), changes }
}

/// The sentences of a text that have words.
struct Sentences<'text> {
    texts: Vec<&'text str>,
    /// Their folded words, with blanks between them.
    keys: Vec<String>,
}

impl<'text> Sentences<'text> {
    fn of(text: &'text str) -> Self {
        let mut found = Self { texts: Vec::new(), keys: Vec::new() };
        for range in sentences(text) {
            let sentence = text.get(range).unwrap_or_default();
            let key = words(sentence).into_iter().map(|word| word.folded).collect::<Vec<_>>();
            if !key.is_empty() {
                found.texts.push(sentence);
                found.keys.push(key.join(" "));
            }
        }
        found
    }

    fn text(&self, number: usize) -> Option<String> {
        self.texts.get(number).map(|&text| text.to_owned())
    }
}

/// A word of a sentence.
struct Word {
    folded: String,
    span: Range<usize>,
}

fn words(sentence: &str) -> Vec<Word> {
    let mut words = Words::new(sentence);
    let mut found = Vec::new();
    while words.advance() {
        found.push(Word { folded: words.folded().to_owned(), span: words.span() });
    }
    found
}

/// A sentence of the first text, of the copy, or one of each that belong together, by number; `before` is the sentence of the first text that follows.
#[derive(Clone, Copy)]
enum Step {
    Both(usize, usize),
    First(usize),
    Copy { number: usize, before: usize },
}

/// Appends the steps through a gap between sentences that are the same.
fn pair(
    first: &Sentences<'_>,
    copy: &Sentences<'_>,
    from: Range<usize>,
    to: Range<usize>,
    steps: &mut Vec<Step>,
) {
    let (rows, columns) = (from.len(), to.len());
    if rows.saturating_mul(columns) > MOST_PAIRS {
        steps.extend(from.clone().map(Step::First));
        steps.extend(to.map(|number| Step::Copy { number, before: from.end }));
        return;
    }
    let left: Vec<_> = from.clone().map(|number| counts(first.keys.get(number))).collect();
    let right: Vec<_> = to.clone().map(|number| counts(copy.keys.get(number))).collect();
    // best[row][column]: the greatest sum over what is left from there, and the likeness of the pair at that place.
    let width = columns + 1;
    let mut best = vec![(0.0_f64, 0.0_f64); width * (rows + 1)];
    let at = |best: &[(f64, f64)], row: usize, column: usize| {
        best.get(row * width + column).copied().unwrap_or_default()
    };
    for (row, one) in left.iter().enumerate().rev() {
        for (column, other) in right.iter().enumerate().rev() {
            let likeness = Some(dice(one, other)).filter(|share| *share >= CHANGED).unwrap_or(0.0);
            let skipped = at(&best, row + 1, column).0.max(at(&best, row, column + 1).0);
            let paired = at(&best, row + 1, column + 1).0 + likeness;
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = (skipped.max(paired), likeness);
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let (sum, likeness) = at(&best, row, column);
        let both = row < rows && column < columns;
        if both && likeness > 0.0 && at(&best, row + 1, column + 1).0 + likeness >= sum {
            steps.push(Step::Both(from.start + row, to.start + column));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || at(&best, row + 1, column).0 >= sum) {
            steps.push(Step::First(from.start + row));
            row += 1;
        } else {
            steps.push(Step::Copy { number: to.start + column, before: from.start + row });
            column += 1;
        }
    }
}

/// The words of a sentence, ascending.
fn counts(key: Option<&String>) -> Vec<&str> {
    let mut words: Vec<&str> = key.map(|key| key.split(' ').collect()).unwrap_or_default();
    words.sort_unstable();
    words
}

/// Twice the words in common by the words of both.
fn dice(one: &[&str], other: &[&str]) -> f64 {
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                common += 1;
                a.next();
                b.next();
            }
        }
    }
    2.0 * f64::from(common) / (one.len() + other.len()).max(1) as f64
}

/// Sentences of the copy that were cut elsewhere, by number, with their numbers in the first text.
fn moved(first: &Sentences<'_>, copy: &Sentences<'_>, steps: &[Step]) -> HashMap<usize, usize> {
    let mut cut: HashMap<&str, Vec<usize>> = HashMap::new();
    for step in steps.iter().rev() {
        if let Step::First(number) = step
            && let Some(key) = first.keys.get(*number)
        {
            cut.entry(key).or_default().push(*number);
        }
    }
    let mut moved = HashMap::new();
    for step in steps {
        if let Step::Copy { number, .. } = step
            && let Some(key) = copy.keys.get(*number)
            && let Some(from) = cut.get_mut(key.as_str()).and_then(Vec::pop)
        {
            moved.insert(*number, from);
        }
    }
    moved
}

fn change(
    first: &Sentences<'_>,
    copy: &Sentences<'_>,
    step: Step,
    moved: &HashMap<usize, usize>,
) -> Option<Change> {
    let hunks = Vec::new();
    Some(match step {
        Step::Both(from, to) => {
            let (from_text, to_text) = (first.text(from)?, copy.text(to)?);
            Change {
                kind: ChangeKind::Changed,
                sentence: from + 1,
                hunks: hunks_of(&from_text, &to_text),
                from: Some(from_text),
                to: Some(to_text),
            }
        }
        Step::First(from) => Change {
            kind: ChangeKind::Cut,
            sentence: from + 1,
            from: first.text(from),
            to: None,
            hunks,
        },
        Step::Copy { number, before } => {
            let origin = moved.get(&number).copied();
            Change {
                kind: if origin.is_some() { ChangeKind::Moved } else { ChangeKind::Added },
                sentence: origin.map_or(before, |from| from + 1),
                from: origin.and_then(|from| first.text(from)),
                to: copy.text(number),
                hunks,
            }
        }
    })
}

/// The words that differ between two sentences.
fn hunks_of(from: &str, to: &str) -> Vec<Hunk> {
    let (old, new) = (words(from), words(to));
    let whole = |text: &str| Span::new(0..text.len()).unwrap_or(Span { start: 0, end: 0 });
    if old.len() + new.len() > MOST_WORDS {
        return vec![Hunk { from: whole(from), to: whole(to) }];
    }
    let keys = |words: &[Word]| words.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
    let operations = capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new));
    let differing = operations.iter().filter(|operation| operation.tag() != DiffTag::Equal);
    differing.filter_map(|operation| hunk(&old, &new, operation)).collect()
}

fn hunk(old: &[Word], new: &[Word], operation: &DiffOp) -> Option<Hunk> {
    let bytes = |words: &[Word], range: Range<usize>| {
        let next = words.get(range.start).map(|word| word.span.start);
        let start = next.or_else(|| words.last().map(|word| word.span.end)).unwrap_or_default();
        let last = range.end.checked_sub(1).filter(|_| !range.is_empty());
        let end = last.and_then(|last| words.get(last)).map_or(start, |word| word.span.end);
        Span::new(start..end)
    };
    Some(Hunk { from: bytes(old, operation.old_range())?, to: bytes(new, operation.new_range())? })
}

#[cfg(test)]
mod tests;
