//! Any text: spans, order, sameness, time.

use std::time::Instant;

use dateline_tagger::{Scratch, Tagger};
use proptest::prelude::*;

proptest! {
    #[test]
    fn spans_are_ordered_and_on_char_boundaries(text in "(\\PC|[\n\t]){0,200}|([A-Z][a-z]{1,6}[ ,.'’-]{0,2}){0,40}") {
        let mut last = 0;
        for mention in Tagger::english().tag(&text, &mut Scratch::default()) {
            prop_assert!(last <= mention.span.start && mention.span.start < mention.span.end);
            prop_assert!(text.get(mention.span.clone()).is_some());
            last = mention.span.end;
        }
    }

    #[test]
    fn a_used_scratch_changes_nothing(first in "([A-Za-z]{1,7}[ .]){0,30}", second in "([A-Za-z]{1,7}[ .]){0,30}") {
        let tagger = Tagger::english();
        let mut used = Scratch::default();
        let before = tagger.tag(&first, &mut used);
        let fresh = tagger.tag(&second, &mut Scratch::default());
        prop_assert_eq!(tagger.tag(&second, &mut used), fresh);
        prop_assert_eq!(tagger.tag(&first, &mut used), before);
    }
}

#[test]
fn files_of_another_sort_are_refused() {
    assert!(Tagger::open(b"", b"").is_none());
    assert!(Tagger::open(&[0; 4096], &[0; 4096]).is_none());
}

#[test]
fn time_grows_with_length_only() {
    let repeated = [
        "Orla Vint of Korvald met Holt. ".repeat(4_000),
        "A".repeat(120_000),
        "A ".repeat(60_000),
        "A.".repeat(60_000),
        "'s".repeat(60_000),
        "a-".repeat(60_000),
        "Vint'".repeat(24_000),
        "\n".repeat(120_000),
        "New York ".repeat(14_000),
        "www.".repeat(30_000),
        "é’".repeat(24_000),
    ];
    let mut scratch = Scratch::default();
    for text in &repeated {
        let start = Instant::now();
        Tagger::english().tag(text, &mut scratch);
        let seconds = start.elapsed().as_secs_f64();
        // Unoptimised and on a busy machine this takes a second; quadratic time would take hours.
        assert!(seconds < 20.0, "{seconds} s for {} bytes of {:?}", text.len(), text.get(..2));
    }
}
