//! From a text to its mentions: tokens, sentences, scores, labels, then the whole article.

use std::ops::Range;

use crate::Mention;
use crate::cache::{Cache, Sums, sums};
use crate::feature::{self, DISTANCES, HERE, Sentence};
use crate::hash;
use crate::label::{Label, Part, meaning};
use crate::lexicon::Lexicon;
use crate::listed::{Listed, mark_listed};
use crate::model::{Adder, Filter, Model, Scores};
use crate::propagate::{Form, Named, Propagation, exact};
use crate::sentence::sentences;
use crate::token::{Token, is_apostrophe, tokens};
use crate::viterbi::Lattice;
use crate::word::{Case, CaseCount, Word, uncap_opening};

/// Bytes on a cache-line border, so that a bucket of slots is one line.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static ENGLISH_MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/english.model"));
static ENGLISH_LEXICON: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/english.lexicon"));

/// Tells the tables of the English tagger from those of another build, by their sizes and a sample of their bytes.
pub fn version() -> u32 {
    const STRIDE: usize = 4093;
    let sampled = |table: &[u8]| {
        let sample: Vec<u8> = table.iter().step_by(STRIDE).copied().collect();
        hash::pair(table.len() as u64, hash::bytes(0, &sample))
    };
    let both = hash::pair(sampled(&ENGLISH_MODEL.0), sampled(&ENGLISH_LEXICON.0));
    u32::try_from(both >> 32).unwrap_or_default()
}

/// A trained tagger; cheap to make and to copy: it refers to tables in place.
#[derive(Clone, Copy)]
pub struct Tagger<'a> {
    model: Model<'a>,
    lexicon: Lexicon<'a>,
    /// Tells the tables of one tagger from another's.
    identity: u64,
}

/// Room that a thread reuses from text to text; [`Tagger::tag`] allocates nothing else but its answer.
#[derive(Default)]
pub struct Scratch {
    identity: u64,
    filter: Filter,
    cache: Cache,
    borders: Option<Box<[[Scores; DISTANCES]; 2]>>,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    words: Vec<Word>,
    listed: Vec<Listed>,
    scores: Vec<Scores>,
    labels: Vec<Label>,
    lattice: Lattice,
    forms: Vec<Form>,
    named: Vec<Named>,
    propagation: Propagation,
}

impl Tagger<'static> {
    /// The English tagger that is part of this crate.
    pub fn english() -> Self {
        // A test holds that the files are well formed; a broken one would find no names.
        let empty = Self { model: Model::empty(), lexicon: Lexicon::EMPTY, identity: 1 };
        Self::open(&ENGLISH_MODEL.0, &ENGLISH_LEXICON.0).unwrap_or(empty)
    }
}

impl<'a> Tagger<'a> {
    /// A tagger over the bytes of a model and a lexicon file, as the trainer wrote them.
    ///
    /// `None` when one of them is not such a file, or of another version.
    pub fn open(model: &'a [u8], lexicon: &'a [u8]) -> Option<Self> {
        // The header holds the transitions, which no two trainings share.
        let identity = hash::bytes(model.len() as u64, model.get(..crate::model::HEADER_BYTES)?);
        Some(Self { model: Model::open(model)?, lexicon: Lexicon::open(lexicon)?, identity })
    }

    /// Finds the names in `text`, a whole article with its paragraphs.
    ///
    /// Spans are sorted and do not overlap. Linear in `text.len()`; any text is accepted.
    pub fn tag(&self, text: &str, scratch: &mut Scratch) -> Vec<Mention> {
        self.claim(scratch);
        tokens(text, &mut scratch.tokens);
        let mut ranges = std::mem::take(&mut scratch.sentences);
        sentences(text, &scratch.tokens, &mut ranges);
        scratch.forms.clear();
        scratch.named.clear();
        for range in &ranges {
            self.read(text, range.clone(), scratch);
            self.score(scratch);
            scratch.lattice.best(&self.model.steps, &scratch.scores, &mut scratch.labels);
            names(&scratch.labels, range.start, &mut scratch.named);
        }
        scratch.sentences = ranges;
        scratch.propagation.apply(&scratch.forms, &mut scratch.named);
        let Scratch { tokens, named, .. } = scratch;
        named.iter().filter_map(|name| mention(text, tokens, name)).collect()
    }

    /// Makes `scratch` this tagger's own: sums of another model are forgotten.
    fn claim(&self, scratch: &mut Scratch) {
        if scratch.identity != self.identity {
            scratch.identity = self.identity;
            scratch.cache.clear();
            scratch.borders = None;
        }
        if scratch.borders.is_none() {
            scratch.filter = Filter::of(&self.model);
            let filter = &scratch.filter;
            let borders =
                [Word::BEFORE, Word::AFTER].map(|word| sums(&word, "", &self.model, filter));
            scratch.borders = Some(Box::new(borders));
        }
    }

    /// Reads the words of a sentence and adds the scores that single words give.
    fn read(&self, text: &str, range: Range<usize>, scratch: &mut Scratch) {
        let mut case = Case::Sentence;
        let form_start = scratch.forms.len();
        let sentence = scratch.tokens.get(range.clone()).unwrap_or_default();
        for token in sentence {
            let printed = text.get(token.span()).unwrap_or_default();
            let exact = exact(printed);
            let initial = printed.chars().next().unwrap_or(' ');
            scratch.forms.push(Form { exact, bytes: printed.len(), initial, capital: false });
            scratch.cache.expect(exact, case);
        }
        loop {
            scratch.words.clear();
            scratch.scores.clear();
            scratch.scores.resize(range.len(), [0; 16]);
            let mut count = CaseCount::default();
            let forms = scratch.forms.get_mut(form_start..).unwrap_or_default();
            for (at, (token, form)) in sentence.iter().zip(forms).enumerate() {
                let printed = text.get(token.span()).unwrap_or_default();
                let tables = (&self.model, &scratch.filter);
                let known = scratch.cache.word(printed, form.exact, case, &self.lexicon, tables);
                scatter(&mut scratch.scores, at, &known.sums);
                count.add(printed, &known.word, at == 0);
                scratch.words.push(known.word);
                form.capital = known.word.capital;
            }
            if case != Case::Sentence || count.case() == case {
                break;
            }
            case = count.case();
        }
        uncap_opening(&mut scratch.words);
        if let Some(borders) = &scratch.borders {
            add_borders(&mut scratch.scores, borders);
        }
    }

    /// Adds the scores of the features that join words, where the words by themselves leave open whether a name stands there.
    fn score(&self, scratch: &mut Scratch) {
        mark_listed(&self.lexicon, &scratch.words, &mut scratch.listed);
        let sentence = Sentence { words: &scratch.words, listed: &scratch.listed };
        let mut adder = Adder::new(&self.model, &scratch.filter);
        // Whether the token before may be in a name that goes on.
        let mut open = false;
        for at in 0..scratch.scores.len() {
            let Some(scores) = scratch.scores.get(at) else { break };
            if !open && is_outside(scores, &BEGINS) {
                continue;
            }
            open = !is_outside(scores, &IN_NAMES);
            feature::joint(&sentence, at, |feature| adder.push(feature, at, &mut scratch.scores));
        }
        adder.finish(&mut scratch.scores);
    }
}

/// By how much being outside has to lead before the features that join words are left out, in sixteenths. Seven tokens of ten are left out in news; on the gold
/// texts of docs/quality.md no F1 changes at 16, at 8 one falls by .003.
const LEAD: i16 = 16;

/// The labels of words in names: all bits set.
const IN_NAMES: Scores = [0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0];
/// Those of the first words of names.
const BEGINS: Scores = [0, -1, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0, 0];

/// Whether a token is outside of names by a clear lead over those labels that count.
#[inline]
fn is_outside(scores: &Scores, counts: &Scores) -> bool {
    let bound = scores[0].saturating_sub(LEAD);
    // Over all lanes whatever is found, which the compiler makes instructions for several numbers of.
    let in_front = scores
        .iter()
        .zip(counts)
        .fold(0, |found, (score, counts)| found | if *score >= bound { *counts } else { 0 });
    in_front == 0
}

/// Adds what the word `at` says of the tokens around it.
fn scatter(scores: &mut [Scores], at: usize, sums: &Sums) {
    for (distance, sum) in sums.iter().enumerate() {
        // A word two before its token: the token is two after the word.
        if let Some(token) =
            (at + HERE).checked_sub(distance).and_then(|token| scores.get_mut(token))
        {
            add(token, sum);
        }
    }
}

/// Adds what the borders of the sentence say of the tokens next to them.
fn add_borders(scores: &mut [Scores], [before, after]: &[[Scores; DISTANCES]; 2]) {
    let count = scores.len();
    for (at, scores) in scores.iter_mut().enumerate() {
        for (distance, (before, after)) in before.iter().zip(after).enumerate() {
            if at + distance < HERE {
                add(scores, before);
            } else if at + distance >= count + HERE {
                add(scores, after);
            }
        }
    }
}

#[inline]
fn add(to: &mut Scores, from: &Scores) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = to.wrapping_add(*from);
    }
}

/// Reads the names off a sentence's labels.
fn names(labels: &[Label], first_token: usize, named: &mut Vec<Named>) {
    let mut start = 0;
    for (at, &label) in (first_token..).zip(labels) {
        match meaning(label) {
            Some((_, Part::Begin)) => start = at,
            Some((kind, Part::Last)) => named.push(Named { tokens: start..at + 1, kind }),
            Some((kind, Part::Single)) => named.push(Named { tokens: at..at + 1, kind }),
            Some((_, Part::Inside)) | None => {}
        }
    }
}

/// Whether a word in front of a name is no part of it: an article, or `state-run` and the like.
fn leads(word: &str) -> bool {
    const PARTICIPLES: [&str; 16] = [
        "affiliated",
        "aligned",
        "allied",
        "appointed",
        "backed",
        "based",
        "born",
        "brokered",
        "controlled",
        "dominated",
        "funded",
        "held",
        "led",
        "linked",
        "owned",
        "run",
    ];
    let article = ["the", "a", "an"].iter().any(|article| article.eq_ignore_ascii_case(word));
    article || word.rsplit_once('-').is_some_and(|(_, last)| PARTICIPLES.contains(&last))
}

/// The bytes of a name, without the article before and the possessive after.
fn mention(text: &str, tokens: &[Token], name: &Named) -> Option<Mention> {
    let mut tokens = tokens.get(name.tokens.clone())?;
    let word = |token: &Token| text.get(token.span()).unwrap_or_default();
    while let [first, rest @ ..] = tokens
        && !rest.is_empty()
        && leads(word(first))
    {
        tokens = rest;
    }
    while let [rest @ .., last] = tokens
        && matches!(word(last).trim_start_matches(is_apostrophe), "" | "s" | "S")
        && word(last).starts_with(is_apostrophe)
    {
        tokens = rest;
    }
    let span = tokens.first()?.start..tokens.last()?.end;
    Some(Mention { span, kind: name.kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_those_of_the_labels_that_count() {
        for (label, (in_names, begins)) in (0..).zip(IN_NAMES.into_iter().zip(BEGINS)) {
            let part = meaning(label).map(|(_, part)| part);
            assert_eq!(in_names, -i16::from(part.is_some()), "{label}");
            let is_first = matches!(part, Some(Part::Begin | Part::Single));
            assert_eq!(begins, -i16::from(is_first), "{label}");
        }
    }
}
