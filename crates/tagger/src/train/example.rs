//! Turns documents into numbered features and gold labels, by the product's own code.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Settings;
use super::corpus::Document;
use super::settings::Random;
use crate::feature::{self, DISTANCES, HERE, Sentence};
use crate::label::{Label, OUTSIDE, Part, label};
use crate::lexicon::Lexicon;
use crate::listed::mark_listed;
use crate::sentence::sentences;
use crate::token::{Token, tokens};
use crate::word::{Case, CaseCount, Word, uncap_opening};

/// A sentence: for each token its features (numbers in [`Examples::features`]) and its label.
pub(crate) struct Example {
    features: Vec<u32>,
    ends: Vec<u32>,
    pub(crate) labels: Vec<Label>,
    /// An index of [`Settings::corpora`].
    pub(crate) corpus: usize,
}

impl Example {
    /// The features of token `at`.
    pub(crate) fn token(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.features[start..self.ends[at] as usize]
    }
}

/// All sentences, and the hashes of the features that are numbered.
pub(crate) struct Examples {
    pub(crate) sentences: Vec<Example>,
    /// Hash and count by number.
    pub(crate) features: Vec<(u64, u32)>,
}

/// Makes the examples; features that are too rare are left out.
pub(crate) fn examples(
    documents: &[Document],
    lexicon: &Lexicon<'_>,
    settings: &Settings,
) -> Examples {
    let mut counts: HashMap<u64, u32, BuildHasherDefault<Whole>> = HashMap::default();
    let mut found = Vec::new();
    let mut reader = Reader::new(*lexicon);
    reader.all(documents, settings, |_, _, features, _| {
        for feature in features {
            *counts.entry(*feature).or_default() += 1;
        }
    });
    counts.retain(|_, count| *count >= settings.least_count);
    found.extend(counts);
    found.sort_unstable_by_key(|&(hash, count)| (std::cmp::Reverse(count), hash));
    let numbers: HashMap<u64, u32, BuildHasherDefault<Whole>> =
        (0..).zip(&found).map(|(number, (hash, _))| (*hash, number)).collect();
    let mut sentences: Vec<Example> = Vec::new();
    reader.all(documents, settings, |corpus, first, features, label| {
        if first {
            sentences.push(Example {
                features: Vec::new(),
                ends: Vec::new(),
                labels: Vec::new(),
                corpus,
            });
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.features.extend(features.iter().filter_map(|feature| numbers.get(feature)));
            sentence.ends.push(u32::try_from(sentence.features.len()).unwrap_or(u32::MAX));
            sentence.labels.push(label);
        }
    });
    for sentence in &mut sentences {
        sentence.features.shrink_to_fit();
    }
    Examples { sentences, features: found }
}

struct Reader<'a> {
    lexicon: Lexicon<'a>,
    words: Vec<(Word, String)>,
}

impl<'a> Reader<'a> {
    fn new(lexicon: Lexicon<'a>) -> Self {
        Self { lexicon, words: Vec::new() }
    }

    /// Gives every token's features and label; `true` for the first of a sentence.
    fn all(
        &mut self,
        documents: &[Document],
        settings: &Settings,
        mut sink: impl FnMut(usize, bool, &[u64], Label),
    ) {
        let mut random = Random::new(settings.seed ^ 0xca5e);
        let (mut cut, mut ranges) = (Vec::new(), Vec::new());
        for document in documents {
            tokens(&document.text, &mut cut);
            sentences(&document.text, &cut, &mut ranges);
            let labels = project(document, &cut);
            for range in &ranges {
                let printed: Vec<&str> = cut[range.clone()]
                    .iter()
                    .map(|token| document.text.get(token.span()).unwrap_or_default())
                    .collect();
                let labels = &labels[range.clone()];
                self.sentence(document.corpus, &printed, labels, &mut sink);
                if random.happens(settings.recased) {
                    let recased = recase(&printed, &mut random);
                    let recased: Vec<&str> = recased.iter().map(String::as_str).collect();
                    self.sentence(document.corpus, &recased, labels, &mut sink);
                }
            }
        }
    }

    fn sentence(
        &mut self,
        corpus: usize,
        printed: &[&str],
        labels: &[Label],
        sink: &mut impl FnMut(usize, bool, &[u64], Label),
    ) {
        self.read(printed, Case::Sentence);
        let mut count = CaseCount::default();
        for (at, (text, (word, _))) in printed.iter().zip(&self.words).enumerate() {
            count.add(text, word, at == 0);
        }
        if count.case() != Case::Sentence {
            self.read(printed, count.case());
        }
        let mut words: Vec<Word> = self.words.iter().map(|(word, _)| *word).collect();
        uncap_opening(&mut words);
        let mut listed = Vec::new();
        mark_listed(&self.lexicon, &words, &mut listed);
        let sentence = Sentence { words: &words, listed: &listed };
        let mut features = Vec::new();
        for (at, &label) in labels.iter().enumerate() {
            features.clear();
            for distance in 0..DISTANCES {
                let (word, lowered) = match (at + distance).checked_sub(HERE) {
                    None => (&Word::BEFORE, ""),
                    Some(at) => self
                        .words
                        .get(at)
                        .map_or((&Word::AFTER, ""), |(word, text)| (word, text.as_str())),
                };
                feature::single(word, lowered, distance, |feature| features.push(feature));
            }
            feature::joint(&sentence, at, |feature| features.push(feature));
            sink(corpus, at == 0, &features, label);
        }
    }

    fn read(&mut self, printed: &[&str], case: Case) {
        self.words.clear();
        for text in printed {
            let mut lowered = String::new();
            let word = Word::read(text, case, &self.lexicon, &mut lowered);
            self.words.push((word, lowered));
        }
    }
}

/// The same words in capitals, in title case, or in lower case.
fn recase(words: &[&str], random: &mut Random) -> Vec<String> {
    let way = random.below(3);
    let title = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    };
    let kept = ["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "'s", "’s", "n't"];
    words
        .iter()
        .map(|word| match way {
            0 => word.to_uppercase(),
            1 if !kept.contains(word) => title(word),
            1 => (*word).to_owned(),
            _ => word.to_lowercase(),
        })
        .collect()
}

/// The labels of `tokens`: a name takes every token that it touches.
fn project(document: &Document, tokens: &[Token]) -> Vec<Label> {
    let mut labels = vec![OUTSIDE; tokens.len()];
    let mut from = 0;
    for (span, kind) in &document.names {
        let start = from + tokens[from..].partition_point(|token| token.end <= span.start);
        let end = start + tokens[start..].partition_point(|token| token.start < span.end);
        from = end;
        let count = end - start;
        for (index, place) in labels[start..end].iter_mut().enumerate() {
            let part = match index {
                _ if count == 1 => Part::Single,
                0 => Part::Begin,
                _ if index + 1 == count => Part::Last,
                _ => Part::Inside,
            };
            *place = label(*kind, part);
        }
    }
    labels
}

/// Feature hashes need no second hash.
#[derive(Default)]
struct Whole(u64);

impl Hasher for Whole {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = crate::hash::bytes(self.0, bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
