//! Plain words side by side at the top of a query: how much each weighs, and what they add where they stand close together.
//!
//! This changes the order of results, never which articles are found.

use dateline_schema::analyze::fold;
use rustc_hash::FxHashMap;

use super::{Boxed, Lowering, Scope, Scores, Stop};
use crate::added::AddedQuery;
use crate::engine::Mode;
use crate::rank;
use crate::syntax::{Closeness, Kind, Near, Node, Order, Sense, Within};

/// Words in a query up to which their neighbourhood counts; longer texts are about more than one thing.
const MOST_PAIRED: usize = 64;

/// Operands that speak for all where a word is weighed beside the others: a query of thousands of words is not looked through for each of them.
const MOST_LOOKED_AT: usize = 64;

/// English words that hold a question together and say nothing of its subject. They are found like all others and weigh next to nothing beside others.
const FAINT: &[&str] = &[
    "a", "about", "above", "after", "again", "all", "also", "am", "an", "and", "any", "anyone",
    "are", "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by",
    "can", "could", "did", "do", "does", "doing", "done", "during", "each", "for", "from",
    "further", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how",
    "i", "if", "in", "into", "is", "it", "its", "itself", "me", "more", "most", "must", "my", "no",
    "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "own",
    "same", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up",
    "upon", "very", "was", "we", "were", "what", "when", "where", "whether", "which", "while",
    "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "you", "your",
];

/// Whether a folded word says nothing of a subject.
pub(crate) fn is_faint_word(folded: &str) -> bool {
    FAINT.binary_search(&folded).is_ok()
}

/// Whether the node is a plain word that weighs next to nothing. In capitals among words that are not (`WHO vaccine`) it is a name.
pub(super) fn is_faint(node: &Node, operands: &[Node]) -> bool {
    is_faint_among(node, || beside(operands).any(has_small))
}

/// The same where it is known whether any of the words has a small letter.
fn is_faint_among(node: &Node, any_has_small: impl Fn() -> bool) -> bool {
    let Some(text) = plain_text(node) else { return false };
    let is_name = || text.chars().count() > 1 && !has_small(node) && any_has_small();
    is_faint_word(&fold(text)) && !is_name()
}

fn has_small(node: &Node) -> bool {
    plain_text(node).is_some_and(|text| text.chars().any(char::is_lowercase))
}

/// The operands of an AND, each plain word once, and how often it is there: it is looked for once and weighs so much more.
pub(super) fn once<'a>(operands: impl IntoIterator<Item = &'a Node>) -> Vec<(&'a Node, f32)> {
    let mut found: Vec<(&Node, f32)> = Vec::new();
    let mut places = FxHashMap::default();
    for operand in operands {
        let next = found.len();
        let place = plain_text(operand).map_or(next, |text| *places.entry(text).or_insert(next));
        match found.get_mut(place) {
            Some((_, times)) => *times += 1.0,
            None => found.push((operand, 1.0)),
        }
    }
    found
}

fn beside(operands: &[Node]) -> impl Iterator<Item = &Node> {
    operands.iter().take(MOST_LOOKED_AT)
}

/// Plain words of a query that say something of its subject.
pub(crate) fn plain_words_in(tree: &Node) -> usize {
    let operands = match &tree.kind {
        Kind::And(operands) => operands.as_slice(),
        _ => std::slice::from_ref(tree),
    };
    let plain = |node: &&Node| plain_text(node).is_some() && !is_faint(node, operands);
    operands.iter().filter(plain).count()
}

pub(super) fn plain_text(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Word(pattern) => pattern.as_text(),
        _ => None,
    }
}

impl Lowering<'_> {
    /// How much the operand `node` of an AND weighs, where the others are `operands`.
    pub(super) fn weight_of(&self, node: &Node, operands: &[Node]) -> f32 {
        if self.mode == Mode::Plain || !is_faint(node, operands) {
            return 1.0;
        }
        let any_has_small = beside(operands).any(has_small);
        let has_others = beside(operands).any(|other| !is_faint_among(other, || any_has_small));
        if has_others { rank::FAINT_WEIGHT } else { 1.0 }
    }

    /// What neighbours among `operands` add where they stand side by side or close to each other.
    pub(super) fn closeness(&mut self, operands: &[Node]) -> tantivy::Result<Vec<Boxed>> {
        let mut found = Vec::new();
        let words: Vec<&Node> =
            operands.iter().filter(|node| matches!(node.kind, Kind::Word(_))).collect();
        if self.mode == Mode::Plain || words.len() > MOST_PAIRED {
            return Ok(found);
        }
        // What is only for the order is not counted against what the query may ask for.
        let (spent, faults) = (self.spent, self.faults.len());
        for pair in words.windows(2) {
            let [left, right] = pair else { continue };
            if is_faint(left, operands) || is_faint(right, operands) {
                continue;
            }
            for (weight, words, order) in [
                (rank::ADJACENT_WEIGHT, 1, Order::AsWritten),
                (rank::NEAR_WEIGHT, rank::NEAR_WORDS, Order::Any),
            ] {
                let how = Closeness { within: Within::Words(words), order, sense: Sense::Near };
                let near = Near { left: (*left).clone(), right: (*right).clone(), how };
                let node = Node::new(Kind::Near(Box::new(near)), left.span);
                let mark = self.ledger.mark();
                match self.positional(&node, Scope::everywhere(self.mode, Scores::Count), 1) {
                    Ok(query) => found.push(self.boosted(query, weight, mark)),
                    Err(Stop::Engine(error)) => return Err(error),
                    // A fault of a word is told where the word itself is looked for.
                    Err(Stop::Fault(_)) => {}
                }
            }
        }
        self.spent = spent;
        self.faults.truncate(faults);
        Ok(found)
    }

    /// `query` with what its words add to its score together: where they stand close, and where an article is about what they name.
    pub(super) fn with_bonuses(
        &mut self,
        query: Boxed,
        operands: &[Node],
    ) -> tantivy::Result<Boxed> {
        if self.scores == Scores::DoNotCount {
            return Ok(query);
        }
        let mut adds = self.closeness(operands)?;
        adds.extend(self.aboutness(operands)?);
        if adds.is_empty() {
            return Ok(query);
        }
        Ok(Box::new(AddedQuery { query, adds }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faint_words() {
        assert!(FAINT.is_sorted());
        let check = |text: &str, expected: &str| {
            let tree = crate::plain_words(text).tree.unwrap();
            let Kind::And(operands) = &tree.kind else { panic!("{text}") };
            let faint = operands.iter().filter(|node| is_faint(node, operands));
            let faint: Vec<String> = faint.map(ToString::to_string).collect();
            assert_eq!(faint.join(" "), expected, "{text}");
        };
        check("What of the war", "What of the");
        check("WHO vaccine", "");
        check("WHO WON", "WHO");
        check("a US ship", "a");
    }
}
