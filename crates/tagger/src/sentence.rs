//! Groups tokens into sentences, the stretch over which labels are decided together.
//!
//! A sentence ends at a line or paragraph break, after `.`, `!`, `?` with its closing quotes and
//! brackets, and after an abbreviation when a word follows that opens sentences. Very long
//! stretches are cut, so that time and memory stay linear on any input.

use std::ops::Range;

use crate::token::{Gap, Token, leads_on};

/// The longest sentence, in tokens; what is longer is cut.
pub(crate) const MAX_TOKENS: usize = 200;

/// Words that, with a capital after an abbreviation, open a new sentence.
const OPENERS: [&str; 32] = [
    "A", "After", "Although", "An", "And", "As", "At", "But", "Both", "For", "He", "Her", "His",
    "However", "I", "If", "In", "It", "Its", "On", "She", "Since", "So", "That", "The", "Their",
    "There", "These", "They", "This", "We", "When",
];

/// Writes the sentences of `tokens` to `sentences` (cleared first) as ranges of token indexes that
/// cover all tokens in order.
pub(crate) fn sentences(text: &str, tokens: &[Token], sentences: &mut Vec<Range<usize>>) {
    sentences.clear();
    let mut start = 0;
    let mut ended = false;
    for (index, token) in tokens.iter().enumerate() {
        let word = text.get(token.span()).unwrap_or_default();
        let border = match token.gap {
            Gap::Break => true,
            Gap::None | Gap::Space if ended => {
                !trails(word, token.gap) && !word.starts_with(char::is_lowercase)
            }
            Gap::None => false,
            Gap::Space => {
                let before = index.checked_sub(1).and_then(|i| tokens.get(i));
                let before = before.and_then(|token| text.get(token.span())).unwrap_or_default();
                before.ends_with('.') && !leads_on(before) && OPENERS.contains(&word)
            }
        };
        if index > start && (border || index - start >= MAX_TOKENS) {
            sentences.push(start..index);
            start = index;
        }
        let trailing = ended && index > start && trails(word, token.gap);
        ended = trailing || ends(word);
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
}

fn ends(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "…" | "。") || word.starts_with(['!', '?'])
}

/// A closing quote or bracket after the end sign belongs to the sentence that ended.
fn trails(word: &str, gap: Gap) -> bool {
    match word {
        "”" | "’" | ")" | "]" | "»" => true,
        "\"" | "'" | "''" => gap == Gap::None,
        _ => ends(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (mut cut, mut found) = (Vec::new(), Vec::new());
        tokens(text, &mut cut);
        sentences(text, &cut, &mut found);
        let found: Vec<&str> = found
            .iter()
            .map(|range| text.get(cut[range.start].start..cut[range.end - 1].end).unwrap())
            .collect();
        assert_eq!(found, expected, "input: {text}");
    }

    #[test]
    fn signs_end_sentences() {
        check("It rained. They left! Why?", &["It rained.", "They left!", "Why?"]);
        check("\"It rained.\" Orla left.", &["\"It rained.\"", "Orla left."]);
        check("“It rained.” Orla left.", &["“It rained.”", "Orla left."]);
        check("He said it rained (hard.) Yes.", &["He said it rained (hard.)", "Yes."]);
        check("at 10 p.m. and later", &["at 10 p.m. and later"]);
    }

    #[test]
    fn abbreviations_do_not_unless_an_opener_follows() {
        check("Mr. Holt met Gen. Vint.", &["Mr. Holt met Gen. Vint."]);
        check(
            "The U.S. Army left the U.S. The rest stayed.",
            &["The U.S. Army left the U.S.", "The rest stayed."],
        );
        check("J. He Li spoke.", &["J. He Li spoke."]);
    }

    #[test]
    fn breaks_end_sentences() {
        check("Flood warning\n\nKorvald fears rain", &["Flood warning", "Korvald fears rain"]);
    }

    #[test]
    fn long_stretches_are_cut() {
        let text = "word ".repeat(1000);
        let (mut cut, mut found) = (Vec::new(), Vec::new());
        tokens(&text, &mut cut);
        sentences(&text, &cut, &mut found);
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|range| range.len() <= MAX_TOKENS));
    }
}
