//! A naive scan over random tiny articles selects the same ones as the index, and every mark is what the query asks for.

use dateline_article::{Language, Record};
use dateline_query::{Engine, Kind, LocalEngine, Node, Pattern, Piece, Request, Require};
use dateline_schema::analyze::{Stems, Words};
use proptest::prelude::*;

use crate::corpus::{With, article, engine_in_segments, request};

const VOCABULARY: &[&str] = &[
    "kyiv",
    "odesa",
    "election",
    "elections",
    "elected",
    "invade",
    "invading",
    "u",
    "the",
    "of",
    "kyivan",
];

fn text(most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(VOCABULARY.to_vec());
    let stop = prop::sample::select(vec![" ", " ", " ", ". ", "-", "\n\n"]);
    prop::collection::vec((word, stop), 0..most)
        .prop_map(|words| words.into_iter().flat_map(|(word, stop)| [word, stop]).collect())
}

/// Articles that a failing case prints in a line each.
struct Records(Vec<Record>);

impl std::fmt::Debug for Records {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for record in self.0.iter().map(|record| &record.article) {
            writeln!(
                formatter,
                "{} {:?} {:?} {:?}",
                record.path, record.language, record.title, record.paragraphs
            )?;
        }
        Ok(())
    }
}

fn records() -> impl Strategy<Value = Records> {
    let one = (text(4), text(14), prop::sample::select(vec!["en", "de", ""]));
    prop::collection::vec(one, 50).prop_map(|articles| {
        let record = |(n, (title, text, language)): (usize, (String, String, &str))| {
            article(&format!("{n:02}"), title.trim(), text.trim()).language(language)
        };
        Records(articles.into_iter().enumerate().map(record).collect())
    })
}

fn first(word: &str) -> char {
    word.chars().next().unwrap()
}

fn last(word: &str) -> char {
    word.chars().next_back().unwrap()
}

fn leaf() -> impl Strategy<Value = String> {
    let word = prop::sample::select(VOCABULARY.to_vec()).prop_map(str::to_owned);
    prop_oneof![
        4 => word.clone(),
        2 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("\"{a} * {b}\"")),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("{a}-{b}")),
        1 => word.clone().prop_map(|a| format!("={a}")),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("=\"{a} {b}\"")),
        1 => word.clone().prop_map(|a| format!("{}*", first(&a))),
        1 => word.clone().prop_map(|a| format!("*{}", last(&a))),
        1 => (word.clone(), word).prop_map(|(a, b)| format!("\"{}* {b}\"", first(&a))),
    ]
}

fn query() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|any| format!("({})", any.join(" OR "))),
            inner.clone().prop_map(|inner| format!("(NOT {inner})")),
            inner.prop_map(|inner| format!("(odesa OR NOT {inner})")),
        ]
    })
}

/// The words of one part of an article, with their stems.
struct Part {
    words: Vec<(String, String)>,
}

fn part(text: &str, language: Option<Language>) -> Part {
    let stems = Stems::of(language);
    let mut words = Words::new(text);
    let mut found = Vec::new();
    while words.advance() {
        found.push((words.folded().to_owned(), stems.stem(words.folded()).into_owned()));
    }
    Part { words: found }
}

/// Whether a word of the query stands for a word of an article; `None` stands for any.
fn stands_for(pattern: &[Piece], as_written: bool, (folded, stem): &(String, String)) -> bool {
    match pattern {
        [Piece::Many] => true,
        [Piece::Text(text)] if as_written => text == folded,
        [Piece::Text(text)] => ["en", "de", ""]
            .iter()
            .any(|code| Stems::of(Language::from_tag(code)).stem(text) == *stem),
        [Piece::Text(text), Piece::Many] => folded.starts_with(text.as_str()),
        [Piece::Many, Piece::Text(text)] => folded.ends_with(text.as_str()),
        other => panic!("not in the oracle: {other:?}"),
    }
}

fn holds(parts: &[Part], node: &Node, as_written: bool) -> bool {
    match &node.kind {
        Kind::Word(pattern) | Kind::Phrase(pattern) => {
            let sequence = sequence(pattern);
            parts.iter().any(|part| {
                part.words.windows(sequence.len()).any(|window| fits(window, &sequence, as_written))
            })
        }
        Kind::And(operands) => operands.iter().all(|operand| holds(parts, operand, as_written)),
        Kind::Or(operands) => operands.iter().any(|operand| holds(parts, operand, as_written)),
        Kind::Not(inner) => !holds(parts, inner, as_written),
        Kind::Exact(inner) => holds(parts, inner, true),
        other => panic!("not in the oracle: {other:?}"),
    }
}

fn sequence(pattern: &Pattern) -> Vec<Vec<Piece>> {
    let text = pattern.to_string().replace("\\ ", " ").replace('-', " ");
    text.split(' ').map(pieces).collect()
}

fn fits(window: &[(String, String)], sequence: &[Vec<Piece>], as_written: bool) -> bool {
    window.iter().zip(sequence).all(|(word, wanted)| stands_for(wanted, as_written, word))
}

fn pieces(word: &str) -> Vec<Piece> {
    let text = |text: &str| Piece::Text(text.to_owned());
    match (word.strip_prefix('*'), word.strip_suffix('*')) {
        _ if word == "*" => vec![Piece::Many],
        (Some(end), _) => vec![Piece::Many, text(end)],
        (_, Some(beginning)) => vec![text(beginning), Piece::Many],
        _ => vec![text(word)],
    }
}

fn naive(records: &[Record], tree: &Node) -> Vec<String> {
    let matching = records.iter().filter(|record| {
        let article = &record.article;
        let title = part(article.title.as_deref().unwrap_or_default(), article.language);
        let parts = [title, part(&article.text(), article.language)];
        holds(&parts, tree, false)
    });
    matching.map(|record| record.article.path.clone()).collect()
}

fn selected(engine: &LocalEngine, request: &Request) -> Vec<String> {
    let mut names: Vec<String> =
        engine.search(request).unwrap().hits.into_iter().map(|hit| hit.path).collect();
    names.sort_unstable();
    names
}

/// How often a leaf of a query stands in a text.
fn times(text: &str, language: Option<Language>, node: &Node, as_written: bool) -> usize {
    match &node.kind {
        Kind::Exact(inner) => times(text, language, inner, true),
        Kind::Word(pattern) | Kind::Phrase(pattern) => {
            let sequence = sequence(pattern);
            let words = part(text, language).words;
            words
                .windows(sequence.len())
                .filter(|window| fits(window, &sequence, as_written))
                .count()
        }
        other => panic!("no leaf: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn index_and_scan_select_the_same(records in records(), queries in prop::collection::vec(query(), 20), per_segment in 5..60_usize) {
        let engine = engine_in_segments(&records.0, per_segment);
        for query in queries {
            let request = Request { require: Require::Strict, ..request(&query) };
            let tree = request.query.tree.clone().unwrap();
            let expected = naive(&records.0, &tree);
            prop_assert_eq!(&selected(&engine, &request), &expected, "{}", query);
            prop_assert_eq!(engine.count(&request).unwrap(), expected.len() as u64, "{}", query);
            // The best three are the first three of all.
            let all = engine.search(&request).unwrap().hits;
            let three = engine.search(&Request { limit: 3, ..request }).unwrap().hits;
            prop_assert_eq!(&three[..], &all[..three.len()], "{}", query);
        }
    }

    /// What is marked in the whole text is where the query's leaf stands, as often as it stands there.
    #[test]
    fn marks_are_where_the_words_stand(records in records(), query in leaf()) {
        let engine = engine_in_segments(&records.0, 50);
        let request = Request { require: Require::Strict, snippet_chars: 10_000, ..request(&query) };
        let tree = request.query.tree.clone().unwrap();
        for hit in engine.search(&request).unwrap().hits {
            let marks: Vec<&str> = hit.highlights.iter().map(|span| span.of(&hit.snippet)).collect();
            for mark in &marks {
                prop_assert!(times(mark, hit.language, &tree, false) > 0, "{} in {:?}", query, hit.snippet);
            }
            // Matches that overlap are one mark.
            let expected = times(&hit.snippet, hit.language, &tree, false);
            prop_assert!(marks.len() <= expected && (marks.is_empty() == (expected == 0)), "{} in {:?}", query, hit.snippet);
        }
    }
}
