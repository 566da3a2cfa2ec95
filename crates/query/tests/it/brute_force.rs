//! Nearness, capitals, `atleast`, `first` and mentions against a matcher that tries every pair: index, counts and marks must agree with it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_article::{DateMention, Edge, Granularity, Language, Mentions, Name, Record, Span};
use dateline_query::{
    Case, Closeness, Engine, Entity, Field, Kind, Near, Node, Order, Piece, Request, Require,
    Sense, Within,
};
use dateline_schema::analyze::{Stems, Words, sentences};
use proptest::prelude::*;

use crate::corpus::{With, article, engine_in_segments, request};

/// A word of an article as the matcher sees it.
pub(crate) struct Word {
    folded: String,
    stem: String,
    written: String,
    pub(crate) in_title: bool,
    in_lead: bool,
    sentence: usize,
    paragraph: usize,
    /// Names of people and kinds of things mentioned here, with the number of the mention.
    mentions: Vec<(Entity, String, usize)>,
}

/// A match: the numbers of its words.
pub(crate) type Found = BTreeSet<usize>;

pub(crate) fn words(record: &Record) -> Vec<Word> {
    let article = &record.article;
    let stems = Stems::of(article.language);
    let mut found: Vec<Word> = Vec::new();
    let mut add = |text: &str, in_title: bool, sentence: usize, paragraph: usize, from: usize| {
        let mut words = Words::new(text);
        while words.advance() {
            let span = words.span();
            let at = from + span.start..from + span.end;
            let mut mentions = Vec::new();
            let mut number = 0;
            let mut mention = |entity, name: &str, spans: &Mentions| {
                let spans = if in_title { &spans.title } else { &spans.text };
                for span in spans {
                    number += 1;
                    if (span.start as usize) < at.end && at.start < span.end as usize {
                        mentions.push((entity, name.to_owned(), number));
                    }
                }
            };
            for person in &record.people {
                mention(Entity::Person, &person.name, &person.mentions);
            }
            for date in &record.dates {
                mention(Entity::Date, "", &date.mentions);
            }
            found.push(Word {
                folded: words.folded().to_owned(),
                stem: stems.stem(words.folded()).into_owned(),
                written: text.get(span).unwrap().to_owned(),
                in_title,
                in_lead: !in_title,
                sentence,
                paragraph,
                mentions,
            });
        }
    };
    add(article.title.as_deref().unwrap_or_default(), true, 0, 0, 0);
    let (mut sentence, mut at) = (0, 0);
    for (paragraph, text) in article.paragraphs.iter().enumerate() {
        for range in sentences(text) {
            sentence += 1;
            add(text.get(range.clone()).unwrap(), false, sentence, paragraph + 1, at + range.start);
        }
        at += text.len() + 2;
    }
    found
}

#[derive(Clone, Copy, Default)]
pub(crate) struct How {
    as_written: bool,
    case: Option<Case>,
}

fn is_word(pattern: &[Piece], how: How, word: &Word) -> bool {
    let matches = match pattern {
        [Piece::Many] => true,
        [Piece::Text(text)] if how.as_written => *text == word.folded,
        [Piece::Text(text)] => ["en", ""]
            .iter()
            .any(|code| Stems::of(Language::from_tag(code)).stem(text) == *word.stem),
        [Piece::Text(text), Piece::Many] => word.folded.starts_with(text.as_str()),
        other => panic!("not in the matcher: {other:?}"),
    };
    let open = pattern == [Piece::Many];
    let has_capital = word.written.chars().any(char::is_uppercase);
    let has_small = word.written.chars().any(char::is_lowercase);
    matches
        && match how.case {
            _ if open => true,
            None => true,
            Some(Case::Some) => has_capital,
            Some(Case::All) => has_capital && !has_small,
            Some(Case::None) => !has_capital,
        }
}

pub(crate) fn matches(words: &[Word], node: &Node, how: How) -> BTreeSet<Found> {
    let of = |node: &Node| matches(words, node, how);
    match &node.kind {
        Kind::Word(pattern) | Kind::Phrase(pattern) => {
            let sequence: Vec<Vec<Piece>> =
                pattern.words().iter().map(|word| word.pieces().to_vec()).collect();
            (0..words.len())
                .filter(|start| {
                    words.len() >= start + sequence.len()
                        && sequence.iter().zip(&words[*start..]).all(|(wanted, word)| {
                            is_word(wanted, how, word) && word.in_title == words[*start].in_title
                        })
                })
                .map(|start| (start..start + sequence.len()).collect())
                .collect()
        }
        Kind::Exact(inner) => matches(words, inner, How { as_written: true, ..how }),
        Kind::Case(case, inner) => matches(words, inner, How { case: Some(*case), ..how }),
        Kind::Or(operands) => operands.iter().flat_map(of).collect(),
        Kind::First(most, inner) => {
            of(inner).into_iter().filter(|found| max(found) < *most as usize).collect()
        }
        Kind::Entity(entity) => mentions(words, *entity, None),
        Kind::Field(Field::Person, inner) => {
            let Kind::Word(name) = &inner.kind else { panic!("{inner}") };
            mentions(words, Entity::Person, name.as_text())
        }
        Kind::Near(near) => pairs(words, near, how),
        other => panic!("not in the matcher: {other:?}"),
    }
}

fn mentions(words: &[Word], entity: Entity, name: Option<&str>) -> BTreeSet<Found> {
    let mut found: BTreeMap<(bool, usize), Found> = BTreeMap::new();
    for (n, word) in words.iter().enumerate() {
        for (kind, full, number) in &word.mentions {
            if *kind == entity
                && name.is_none_or(|name| full.to_lowercase().split(' ').any(|part| part == name))
            {
                found.entry((word.in_title, *number)).or_default().insert(n);
            }
        }
    }
    found.into_values().collect()
}

fn pairs(words: &[Word], near: &Near, how: How) -> BTreeSet<Found> {
    let (left, right) = (matches(words, &near.left, how), matches(words, &near.right, how));
    let mut out = BTreeSet::new();
    for first in &left {
        let partners: Vec<&Found> =
            right.iter().filter(|second| stand(words, first, second, near.how)).collect();
        match near.how.sense {
            Sense::NotNear if partners.is_empty() => _ = out.insert(first.clone()),
            Sense::NotNear => {}
            Sense::Near => out.extend(partners.into_iter().map(|second| first | second)),
        }
    }
    out
}

fn min(found: &Found) -> usize {
    *found.first().unwrap()
}

fn max(found: &Found) -> usize {
    *found.last().unwrap()
}

fn stand(words: &[Word], first: &Found, second: &Found, how: Closeness) -> bool {
    let all = min(first).min(min(second))..=max(first).max(max(second));
    let one = |of: fn(&Word) -> usize| {
        words[all.clone()].iter().map(of).collect::<BTreeSet<_>>().len() == 1
    };
    let distance = if max(first) < min(second) {
        min(second) - max(first)
    } else if max(second) < min(first) {
        min(first) - max(second)
    } else {
        0
    };
    first.is_disjoint(second)
        && (how.order == Order::Any || max(first) < min(second))
        && one(|word| usize::from(word.in_title))
        && match how.within {
            Within::Words(words) => distance <= words as usize,
            Within::Sentence => one(|word| word.sentence),
            Within::Paragraph => one(|word| word.paragraph),
        }
}

/// Whether an article is found.
pub(crate) fn holds(words: &[Word], node: &Node) -> bool {
    match &node.kind {
        Kind::And(operands) => operands.iter().all(|operand| holds(words, operand)),
        Kind::Not(inner) => !holds(words, inner),
        Kind::AtLeast(times, inner) => {
            matches(words, inner, How::default()).len() >= *times as usize
        }
        Kind::Required(inner) | Kind::Weight(_, inner) => holds(words, inner),
        Kind::Field(field @ (Field::Title | Field::Text | Field::Lead), inner) => {
            let part: Vec<usize> = (0..words.len())
                .filter(|n| match field {
                    Field::Title => words[*n].in_title,
                    Field::Lead => words[*n].in_lead,
                    _ => !words[*n].in_title,
                })
                .collect();
            let all = matches(words, inner, How::default());
            all.iter().any(|found| found.iter().all(|n| part.contains(n)))
        }
        _ => !matches(words, node, How::default()).is_empty(),
    }
}

const VOCABULARY: &[&str] =
    &["kyiv", "Kyiv", "KYIV", "elections", "elected", "of", "shells", "Kyivan"];

pub(crate) fn text(most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(VOCABULARY.to_vec());
    let stop = prop::sample::select(vec![" ", " ", " ", ", ", ". ", "\n\n"]);
    prop::collection::vec((word, stop), 0..most).prop_map(|words| {
        let text: String = words.into_iter().flat_map(|(word, stop)| [word, stop]).collect();
        text.trim_matches([' ', ',', '\n']).to_owned()
    })
}

/// An article in which some words are mentions of two people and of a day.
pub(crate) fn record(n: usize, title: &str, text: &str, marks: &[u8]) -> Record {
    let mut record = article(&format!("{n:02}"), title, text);
    let mut spans = [Mentions::default(), Mentions::default(), Mentions::default()];
    for (text, in_title) in [(record.article.text(), false), (title.to_owned(), true)] {
        let mut words = Words::new(&text);
        let mut marks = marks.iter();
        while words.advance() {
            let Some(mark) = marks.next() else { break };
            if let Some(mentions) = spans.get_mut(usize::from(*mark)) {
                let list = if in_title { &mut mentions.title } else { &mut mentions.text };
                list.extend(Span::new(words.span()));
            }
        }
    }
    let [first, second, day] = spans;
    let edge = |text: &str| text.parse::<Edge>().unwrap();
    for (name, mentions) in [("Ann Lee", first), ("Bo Kim", second)] {
        if mentions.count() > 0 {
            record.people.push(Name { name: name.to_owned(), mentions });
        }
    }
    if day.count() > 0 {
        record.dates.push(DateMention {
            text: String::new(),
            start: edge("2024-03-14"),
            end: edge("2024-03-15"),
            granularity: Granularity::Day,
            mentions: day,
        });
    }
    record.language("en")
}

pub(crate) struct Records(pub(crate) Vec<Record>);

impl std::fmt::Debug for Records {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for record in self.0.iter().map(|record| &record.article) {
            writeln!(formatter, "{} {:?} {:?}", record.path, record.title, record.paragraphs)?;
        }
        Ok(())
    }
}

fn records() -> impl Strategy<Value = Records> {
    let one = (text(4), text(16), prop::collection::vec(0..8_u8, 0..16));
    prop::collection::vec(one, 40).prop_map(|articles| {
        let all = articles.iter().enumerate();
        Records(all.map(|(n, (title, text, marks))| record(n, title, text, marks)).collect())
    })
}

fn leaf() -> impl Strategy<Value = String> {
    let word =
        || prop::sample::select(vec!["kyiv", "election", "elected", "of", "shell", "kyivan"]);
    prop_oneof![
        6 => word().prop_map(str::to_owned),
        2 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => word().prop_map(|a| format!("={a}")),
        1 => word().prop_map(|a| a.chars().take(2).chain(['*']).collect()),
        1 => (word(), prop::sample::select(vec!["caps", "allcaps", "nocaps"])).prop_map(|(a, f)| format!("{f}({a})")),
        1 => prop::sample::select(vec!["@person", "@date", "person:lee", "person:bo"]).prop_map(str::to_owned),
    ]
}

fn operand() -> impl Strategy<Value = String> {
    let operator = prop_oneof![
        (1..6_u32).prop_map(|n| format!("w/{n}")),
        (1..6_u32).prop_map(|n| format!("pre/{n}")),
        (1..4_u32).prop_map(|n| format!("NOT w/{n}")),
        prop::sample::select(vec!["w/s", "w/p", "pre/s", "NOT w/s"]).prop_map(str::to_owned),
    ];
    leaf().prop_recursive(3, 8, 2, move |inner| {
        prop_oneof![
            3 => (inner.clone(), operator.clone(), inner.clone()).prop_map(|(a, how, b)| format!("({a} {how} {b})")),
            1 => (inner.clone(), inner).prop_map(|(a, b)| format!("({a} OR {b})")),
        ]
    })
}

pub(crate) fn query() -> impl Strategy<Value = String> {
    let counted = || {
        operand().prop_filter("mentions alone are no words", |text| !text.starts_with(['@', 'p']))
    };
    prop_oneof![
        6 => operand(),
        1 => (1..4_u32, counted()).prop_map(|(n, inner)| format!("atleast{n}({inner})")),
        1 => (1..9_u32, counted()).prop_map(|(n, inner)| format!("first{n}({inner})")),
        1 => operand().prop_map(|inner| format!("NOT {inner}")),
        1 => (operand(), operand()).prop_map(|(a, b)| format!("{a} {b}")),
        1 => (prop::sample::select(vec!["title", "text", "lead"]), leaf(), 1..5_u32, leaf())
            .prop_filter("no field in a field", |(_, a, _, b)| !a.starts_with("person:") && !b.starts_with("person:"))
            .prop_map(|(field, a, n, b)| format!("{field}:({a} w/{n} {b})")),
    ]
}

fn naive(records: &[Record], tree: &Node) -> Vec<String> {
    let matching = records.iter().filter(|record| holds(&words(record), tree));
    matching.map(|record| record.article.path.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn index_and_brute_force_select_the_same(records in records(), queries in prop::collection::vec(query(), 40), per_segment in 5..60_usize) {
        let engine = engine_in_segments(&records.0, per_segment);
        for query in queries {
            let request = Request { require: Require::Strict, snippet_chars: 10_000, ..request(&query) };
            let tree = request.query.tree.clone().unwrap();
            let expected = naive(&records.0, &tree);
            let hits = engine.search(&request).unwrap().hits;
            let mut names: Vec<&str> = hits.iter().map(|hit| &*hit.path).collect();
            names.sort_unstable();
            prop_assert_eq!(&names, &expected, "{}", query);
            prop_assert_eq!(engine.count(&request).unwrap(), expected.len() as u64, "{}", query);
            let all: Vec<_> = hits.iter().map(|hit| hit.id).collect();
            let three = engine.search(&Request { limit: 3, ..request }).unwrap().hits;
            let three: Vec<_> = three.iter().map(|hit| hit.id).collect();
            prop_assert_eq!(&three[..], &all[..three.len()], "{}", query);
        }
    }

    /// The words under marks are those of matches, no more and no fewer.
    #[test]
    fn marks_are_the_words_of_matches(records in records(), queries in prop::collection::vec(operand(), 10)) {
        let engine = engine_in_segments(&records.0, 50);
        for query in queries {
            let request = Request { require: Require::Strict, snippet_chars: 100_000, ..request(&query) };
            let tree = request.query.tree.clone().unwrap();
            for hit in engine.search(&request).unwrap().hits {
                let record = records.0.iter().find(|record| record.article.path == hit.path).unwrap();
                let words = words(record);
                let text: Vec<usize> = (0..words.len()).filter(|n| !words[*n].in_title).collect();
                let found: BTreeSet<usize> = matches(&words, &tree, How::default()).into_iter().flatten().collect();
                let expected: Vec<usize> = (0..text.len()).filter(|n| found.contains(&text[*n])).collect();
                let mut marked = Vec::new();
                let mut walk = Words::new(&hit.snippet);
                let mut number = 0;
                while walk.advance() {
                    let span = Span::new(walk.span()).unwrap();
                    if hit.highlights.iter().any(|mark| mark.overlaps(span)) {
                        marked.push(number);
                    }
                    number += 1;
                }
                prop_assert_eq!(&marked, &expected, "{} in {:?}", query, hit.snippet);
            }
        }
    }
}
