//! Plain words that name a person, an organisation or a place: articles that are about it come before those that mention it in passing.

use std::sync::Arc;

use dateline_gazetteer::{PlaceId, named};
use dateline_schema::MentionKind;
use dateline_schema::analyze::fold;

use super::plain::{is_faint, plain_text};
use super::{Boxed, Form, Lowering, Stop};
use crate::engine::Mode;
use crate::fault::Problem;
use crate::nearness::Shape;
use crate::nearness::about::{About, AboutQuery, Named};
use crate::rank;
use crate::spots;
use crate::syntax::{Kind, Node, Pattern};

/// Words in the longest name of a place that is looked for.
const LONGEST_PLACE: usize = 3;

impl Lowering<'_> {
    /// What an article's main people, organisations and places add where `operands` name them.
    pub(super) fn aboutness(&mut self, operands: &[Node]) -> tantivy::Result<Vec<Boxed>> {
        let mut found = Vec::new();
        if self.mode == Mode::Plain {
            return Ok(found);
        }
        // What is only for the order is not counted against what the query may ask for.
        let (spent, faults) = (self.spent, self.faults.len());
        for run in runs(operands) {
            let mut from = 0;
            while let Some(rest) = run.get(from..).filter(|rest| !rest.is_empty()) {
                let (place, length) =
                    place_at(rest).map_or((None, 1), |(place, n)| (Some(place), n));
                let words = rest.get(..length).unwrap_or(rest);
                match self.about(words, place) {
                    Ok(query) => found.extend(query),
                    Err(Stop::Engine(error)) => return Err(error),
                    // A fault of a word is told where the word itself is looked for.
                    Err(Stop::Fault(_)) => {}
                }
                from += length;
            }
        }
        self.spent = spent;
        self.faults.truncate(faults);
        Ok(found)
    }

    /// What naming a place, or a part of a name in `words`, adds; nothing where the index has no such name.
    fn about(&mut self, words: &[&str], place: Option<PlaceId>) -> Result<Option<Boxed>, Stop> {
        let mut shapes: Vec<Shape> =
            place.map(|place| self.places_shape([place])).into_iter().collect();
        if let [word] = words {
            let spots = spots::spots(&Pattern::text(word));
            if spots.is_empty() {
                return Err(Problem::NoWord((*word).to_owned()).into());
            }
            for kind in [MentionKind::Person, MentionKind::Organisation, MentionKind::UnknownPlace]
            {
                shapes.push(self.spots_shape(kind, &spots, Form::Stemmed)?);
            }
        }
        let mut named = Vec::new();
        for shape in shapes {
            if let Shape::Mentions(mentions) = shape {
                let salience = match mentions.kind {
                    MentionKind::Person => self.fields.salience_of_people,
                    MentionKind::Organisation => self.fields.salience_of_organisations,
                    MentionKind::Place => self.fields.salience_of_places,
                    MentionKind::UnknownPlace => self.fields.salience_of_unknown_places,
                    MentionKind::Date => continue,
                };
                named.push(Named { mentions, salience });
            }
        }
        if named.is_empty() {
            return Ok(None);
        }
        let articles = rank::articles(self.searcher);
        let mut rarity = 0.0;
        for word in words {
            rarity += rank::rarity(self.frequency_of_stems(&fold(word))?, articles);
        }
        let (places, columns) = (self.fields.named_places, self.columns.clone());
        let about = About { named, rarity, places, columns };
        let query: Boxed = Box::new(AboutQuery(Arc::new(about)));
        let mark = self.ledger.mark();
        self.ledger.note(&*query, || format!("about `{}`", words.join(" ")));
        Ok(Some(self.boosted(query, rank::ABOUT_WEIGHT, mark)))
    }
}

/// Words side by side that may be names: those with capitals, where any word of the query has some.
fn runs(operands: &[Node]) -> Vec<Vec<&str>> {
    let words: Vec<Vec<&str>> = operands
        .iter()
        .map(|node| match &node.kind {
            Kind::Phrase(pattern) => {
                pattern.as_text().unwrap_or_default().split_whitespace().collect()
            }
            _ if is_faint(node, operands) => Vec::new(),
            _ => plain_text(node).into_iter().collect(),
        })
        .collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let any_capital = words.iter().flatten().any(is_capital);
    let mut runs = vec![Vec::new()];
    for operand in words {
        let may_name =
            |word: &&str| !any_capital || is_capital(word) || !word.starts_with(char::is_lowercase);
        if operand.is_empty() {
            runs.push(Vec::new());
        }
        for word in operand {
            match runs.last_mut() {
                Some(run) if may_name(&word) => run.push(word),
                _ => runs.push(Vec::new()),
            }
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The likeliest place whose name `words` begin with, and how many of them it takes: the longest name.
fn place_at(words: &[&str]) -> Option<(PlaceId, usize)> {
    (1..=words.len().min(LONGEST_PLACE)).rev().find_map(|length| {
        let name = words.get(..length)?.join(" ");
        named(&name).next().map(|candidate| (candidate.place, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_may_be_names() {
        let check = |query: &str, expected: &str| {
            let today = dateline_article::Date::constant(2024, 3, 14);
            let tree = crate::parse(query, today).tree.unwrap();
            let operands = match &tree.kind {
                Kind::And(operands) => operands.as_slice(),
                _ => std::slice::from_ref(&tree),
            };
            let found: Vec<String> = runs(operands).iter().map(|run| run.join(" ")).collect();
            assert_eq!(found.join(" | "), expected, "{query}");
        };
        check("putin ukraine", "putin ukraine");
        check("Putin visits Kyiv", "Putin | Kyiv");
        check("war of the roses", "war | roses");
        check("\"Olaf Scholz\" shells", "Olaf Scholz");
        check("ammun* kyiv", "kyiv");
        check("キーウ 訪問", "キーウ 訪問");
    }

    #[test]
    fn the_longest_name_of_a_place() {
        let check = |words: &[&str], expected: Option<usize>| {
            assert_eq!(place_at(words).map(|(_, length)| length), expected, "{words:?}");
        };
        check(&["New", "York", "mayor"], Some(2));
        check(&["ukraine"], Some(1));
        check(&["ammunition", "ukraine"], None);
    }
}
