//! Dates in a language that has no file of its own: figures, and days of a month by any name that `article::calendar` knows.
//!
//! Relative dates, lone years and lone months are left out: nothing tells them from other words and figures.

use super::source::Meaning::Calendar;
use super::source::{Order, Sense, Source};

pub(super) const SOURCE: Source = Source {
    words: WORDS,
    rules: RULES,
    prefixes: &[],
    suffixes: &[],
    until: &["-"],
    between: ("", ""),
    since: &[],
    ordinal_suffixes: &["º", "o", "e"],
    decade_suffixes: &[],
    has_capitals: false,
    past_ending: "",
    order: Order::ByEvidence,
};

/// Words that no text can hold: a month's name after a figure is given the number of its month.
const WORDS: &[(&str, Sense)] = &[
    ("month=1", Sense::Month(1)),
    ("month=2", Sense::Month(2)),
    ("month=3", Sense::Month(3)),
    ("month=4", Sense::Month(4)),
    ("month=5", Sense::Month(5)),
    ("month=6", Sense::Month(6)),
    ("month=7", Sense::Month(7)),
    ("month=8", Sense::Month(8)),
    ("month=9", Sense::Month(9)),
    ("month=10", Sense::Month(10)),
    ("month=11", Sense::Month(11)),
    ("month=12", Sense::Month(12)),
];

const RULES: &[(&str, super::source::Meaning)] = &[
    ("<day> .? de|di? <month> de|del|di|,? <year>", Calendar),
    ("<day> .? de|di? <month>", Calendar),
];
