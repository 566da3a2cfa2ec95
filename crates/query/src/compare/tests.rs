//! What is told of two texts.

use super::*;

/// The changes, a line each: sign and number of the sentence, then the text; of changed ones both sides, with the words that differ in brackets.
fn shown(first: &str, copy: &str) -> String {
    let marked = |text: &str, spans: Vec<Span>| {
        let mut out = text.to_owned();
        for span in spans.into_iter().rev().filter(|span| span.start < span.end) {
            out.insert(span.end as usize, ']');
            out.insert(span.start as usize, '[');
        }
        out
    };
    let line = |change: &Change| {
        let (from, to) = (change.from.as_deref(), change.to.as_deref());
        let number = change.sentence;
        match change.kind {
            ChangeKind::Added => format!("+{number} {}", to.unwrap()),
            ChangeKind::Cut => format!("-{number} {}", from.unwrap()),
            ChangeKind::Moved => {
                assert!(from.is_some());
                format!(">{number} {}", to.unwrap())
            }
            ChangeKind::Changed => {
                let from_spans = change.hunks.iter().map(|hunk| hunk.from).collect();
                let to_spans = change.hunks.iter().map(|hunk| hunk.to).collect();
                format!(
                    "~{number} {} | {}",
                    marked(from.unwrap(), from_spans),
                    marked(to.unwrap(), to_spans)
                )
            }
        }
    };
    let found = compare(first, copy);
    let lines: Vec<String> = found.changes.iter().map(line).collect();
    format!("{}/{} {}", found.same, found.sentences, lines.join("\n")).trim_end().to_owned()
}

#[track_caller]
fn check(first: &str, copy: &str, expected: &str) {
    assert_eq!(shown(first, copy), expected, "{first:?} against {copy:?}");
}

const STORY: &str = "The ferry to Istanbul did not sail on Tuesday. The harbour of Odesa had no fuel left. Lorries were waiting on the quay.\n\n\
                     Envoys will meet next week.";

#[test]
fn the_same_words_are_the_same_sentence() {
    check(STORY, STORY, "4/4");
    check(STORY, &STORY.to_uppercase().replace('.', "!"), "4/4");
    check("", "", "0/0");
}

#[test]
fn added_and_cut() {
    check(STORY, &format!("{STORY} It was cold."), "4/4 +4 It was cold.");
    check(STORY, &format!("It was cold. {STORY}"), "4/4 +0 It was cold.");
    check(&format!("It was cold. {STORY}"), STORY, "4/5 -1 It was cold.");
    check("Yes.", "", "0/1 -1 Yes.");
    check("", "Yes.", "0/0 +0 Yes.");
}

#[test]
fn changed_words_are_marked() {
    let copy =
        STORY.replace("Istanbul", "Izmir").replace("had no fuel left", "had hardly any fuel");
    check(
        STORY,
        &copy,
        "2/4 ~1 The ferry to [Istanbul] did not sail on Tuesday. | The ferry to [Izmir] did not sail on Tuesday.\n\
         ~2 The harbour of Odesa had [no] fuel [left]. | The harbour of Odesa had [hardly any] fuel.",
    );
    check("東京都は雨。", "東京都は雪。", "0/1 ~1 東京都は[雨]。 | 東京都は[雪]。");
    check("Élan vital now", "elan vital", "0/1 ~1 Élan vital [now] | elan vital");
}

#[test]
fn another_sentence_is_no_changed_one() {
    check("A b c d e. The end.", "A x y z w. The end.", "1/2 -1 A b c d e.\n+1 A x y z w.");
}

#[test]
fn the_likest_sentences_are_paired_in_order() {
    check(
        "One two three four. Five six seven eight.",
        "New words here. One two three five. Five six seven nine.",
        "0/2 +0 New words here.\n~1 One two three [four]. | One two three [five].\n\
         ~2 Five six seven [eight]. | Five six seven [nine].",
    );
}

#[test]
fn moved_sentences() {
    check(
        "Alpha one. Beta two. Gamma three. Delta four.",
        "Beta two. Gamma three. Delta four. Alpha one.",
        "4/4 >1 Alpha one.",
    );
}

#[test]
fn gaps_too_wide_are_cut_and_added() {
    let text = |word: &str| {
        let sentences: Vec<String> = (0..300).map(|n| format!("{word}{n} common word.")).collect();
        sentences.join(" ")
    };
    let found = compare(&text("A"), &text("B"));
    assert_eq!((found.same, found.changes.len()), (0, 600));
}

proptest::proptest! {
    /// Every sentence of either text is told of once, and the marks lie on borders of characters.
    #[test]
    fn nothing_is_lost(first in "([abé東] ?[ab]\\. ){0,6}", copy in "([abé東] ?[ab]\\. ){0,6}") {
        let found = compare(&first, &copy);
        let count = |kind| found.changes.iter().filter(|change| change.kind == kind).count();
        let (changed, cut, added) = (count(ChangeKind::Changed), count(ChangeKind::Cut), count(ChangeKind::Added));
        proptest::prop_assert_eq!(found.same + changed + cut, found.sentences);
        proptest::prop_assert_eq!(found.same + changed + added, Sentences::of(&copy).keys.len());
        for change in &found.changes {
            for hunk in &change.hunks {
                proptest::prop_assert!(change.from.as_deref().unwrap().get(hunk.from.range()).is_some());
                proptest::prop_assert!(change.to.as_deref().unwrap().get(hunk.to.range()).is_some());
            }
        }
        proptest::prop_assert_eq!(compare(&copy, &copy).changes, Vec::new());
    }
}
