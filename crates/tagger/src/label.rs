//! The 13 labels of a token: outside, or begin, inside, last, single of one of three kinds.

use crate::Kind;

/// How many labels there are.
pub(crate) const LABELS: usize = 13;

/// A label as a small number: 0 is outside, else `1 + 4 * kind + part`.
pub(crate) type Label = u8;

#[cfg(feature = "train")]
pub(crate) const OUTSIDE: Label = 0;

/// Where a token stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Begin,
    Inside,
    Last,
    Single,
}

/// The label of a token in a name.
#[cfg(any(feature = "train", test))]
pub(crate) fn label(kind: Kind, part: Part) -> Label {
    1 + 4 * kind.number() + part as u8
}

/// What `label` says, `None` for outside.
pub(crate) fn meaning(label: Label) -> Option<(Kind, Part)> {
    let inner = label.checked_sub(1)?;
    let kind = Kind::from_number(inner / 4)?;
    let part = match inner % 4 {
        0 => Part::Begin,
        1 => Part::Inside,
        2 => Part::Last,
        _ => Part::Single,
    };
    Some((kind, part))
}

/// Whether a sentence may begin with `label`.
pub(crate) fn opens(label: Label) -> bool {
    !matches!(meaning(label), Some((_, Part::Inside | Part::Last)))
}

/// Whether a sentence may end with `label`.
pub(crate) fn closes(label: Label) -> bool {
    !matches!(meaning(label), Some((_, Part::Begin | Part::Inside)))
}

/// Whether `second` may follow `first`.
#[cfg(any(feature = "train", test))]
pub(crate) fn follows(first: Label, second: Label) -> bool {
    match (meaning(first), meaning(second)) {
        (Some((kind, Part::Begin | Part::Inside)), Some((other, Part::Inside | Part::Last))) => {
            kind == other
        }
        _ => closes(first) && opens(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_mean_what_they_were_made_of() {
        for kind in [Kind::Person, Kind::Place, Kind::Organisation] {
            for part in [Part::Begin, Part::Inside, Part::Last, Part::Single] {
                assert_eq!(meaning(label(kind, part)), Some((kind, part)));
            }
        }
        assert_eq!(meaning(0), None);
        assert_eq!(meaning(13), None);
    }

    #[test]
    fn a_name_is_begun_before_it_goes_on() {
        let all = 0..u8::try_from(LABELS).unwrap();
        let pairs = all.clone().flat_map(|a| all.clone().map(move |b| (a, b)));
        assert_eq!(pairs.filter(|&(a, b)| follows(a, b)).count(), 7 * 7 + 3 * 4);
        let (begin, last) = (label(Kind::Person, Part::Begin), label(Kind::Person, Part::Last));
        assert!(follows(begin, last));
        assert!(!follows(begin, label(Kind::Place, Part::Last)));
        assert!(!follows(0, last));
        assert!(!follows(begin, 0));
    }
}
