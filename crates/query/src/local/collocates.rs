//! Counting what stands beside matches, and how often it stands anywhere.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use dateline_article::{ArticleId, Language, Mentions, Record};
use dateline_schema::analyze::{Words, sentences};
use dateline_schema::{Border, MentionKind, gaps};
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::LocalEngine;
use super::articles::Place;
use crate::collocates::{
    Collocate, CollocateKind, CollocateOrder, Collocates, Collocation, StopWords, log_dice,
};
use crate::engine::{CopyMode, Error};
use crate::keyness::{Share, keyness};
use crate::snippet::{Keywords, Marker};
use crate::stop_words::StopList;

/// A word beside matches.
#[derive(Default)]
struct Tally {
    count: u64,
    /// Times in each form, in small letters.
    written: BTreeMap<String, u64>,
    is_stop_word: bool,
}

/// What stands beside matches.
#[derive(Default)]
struct Beside {
    matches: u64,
    /// By folded word.
    words: HashMap<String, Tally>,
    /// By kind and name.
    names: BTreeMap<(CollocateKind, String), u64>,
    stop_list: StopList,
}

/// What is near matches in a title or text.
struct Near<'text> {
    text: &'text str,
    spans: Vec<Range<usize>>,
    /// For each word, whether it stands beside a match.
    beside: Vec<bool>,
    /// For each word, whether it belongs to one.
    within: Vec<bool>,
}

/// How often something stands in the articles: words, or mentions of each kind.
#[derive(Default)]
struct Totals {
    words: u64,
    mentions: HashMap<CollocateKind, u64>,
}

impl LocalEngine {
    pub(super) fn find_collocates(&self, wanted: &Collocation) -> Result<Collocates, Error> {
        let searcher = self.reader.searcher();
        let request = &wanted.request;
        let (places, notes) = self.places(&searcher, request)?;
        let Some(tree) = &request.query.tree else {
            return Ok(Collocates { notes, ..Collocates::default() });
        };
        let marker = Marker::new(tree, &self.languages(&request.filters));
        let mut beside = Beside::default();
        for place in &places {
            let record = self.record(&searcher, place.address, place.id)?;
            beside.add(&record, &marker, wanted);
        }
        let others = self.other_copies(&searcher, request.copies, &places)?;
        let asked = |kind| wanted.kinds.is_empty() || wanted.kinds.contains(&kind);
        let mut found = Vec::new();
        let totals = self.totals(&searcher, &others)?;
        if asked(CollocateKind::Word) {
            self.words(&searcher, &others, &beside, totals.words, wanted, &mut found)?;
        }
        self.names(&searcher, &others, &beside, &totals, wanted, &mut found)?;
        found.retain(|collocate| asked(collocate.kind));
        found.sort_by(|a, b| order(wanted.order, a, b));
        let total = found.len();
        found.truncate(wanted.limit.unwrap_or(total));
        Ok(Collocates { collocates: found, matches: beside.matches, total, notes })
    }

    /// The articles that do not count where copies stand as one: of each cluster all but the first that matches, or the first where none does.
    fn other_copies(
        &self,
        searcher: &Searcher,
        mode: CopyMode,
        places: &[Place],
    ) -> Result<Vec<HashSet<DocId>>, Error> {
        let mut others = vec![HashSet::new(); searcher.segment_readers().len()];
        if mode == CopyMode::All {
            return Ok(others);
        }
        let matching: HashSet<ArticleId> = places.iter().map(|place| place.id).collect();
        for members in self.members(searcher, |_| true)?.into_values() {
            let chosen = members.iter().find(|(_, id, _)| matching.contains(id));
            let chosen = chosen.or_else(|| members.first()).map(|(_, id, _)| *id);
            for (_, id, address) in members {
                if Some(id) != chosen
                    && let Some(docs) = others.get_mut(address.segment_ord as usize)
                {
                    docs.insert(address.doc_id);
                }
            }
        }
        Ok(others)
    }

    /// All words and mentions.
    fn totals(&self, searcher: &Searcher, others: &[HashSet<DocId>]) -> Result<Totals, Error> {
        let mut totals = Totals::default();
        for (reader, others) in searcher.segment_readers().iter().zip(others) {
            let words = self.columns.u64(reader, self.opened.fields.words)?;
            let borders = self.columns.u64(reader, self.opened.fields.borders)?;
            let mentions = self.columns.u64(reader, self.opened.fields.mentions)?;
            for doc in reader.doc_ids_alive().filter(|doc| !others.contains(doc)) {
                totals.words += words.first(doc).unwrap_or_default();
                // It is among the first: those of the text are not read.
                let title = gaps::borders(borders.values_for_doc(doc)).find_map(|border| {
                    if let Border::TitleEnds(at) = border { Some(at) } else { None }
                });
                totals.words += u64::from(title.unwrap_or_default());
                for mention in gaps::mentions(mentions.values_for_doc(doc), std::iter::empty()) {
                    if let Some(kind) = kind_of(mention.kind) {
                        *totals.mentions.entry(kind).or_default() += 1;
                    }
                }
            }
        }
        Ok(totals)
    }

    /// Appends the words.
    fn words(
        &self,
        searcher: &Searcher,
        others: &[HashSet<DocId>],
        beside: &Beside,
        all: u64,
        wanted: &Collocation,
        out: &mut Vec<Collocate>,
    ) -> Result<(), Error> {
        let near: u64 = beside.words.values().map(|tally| tally.count).sum();
        for (word, tally) in &beside.words {
            let left_out = tally.is_stop_word && wanted.stop_words == StopWords::LeftOut;
            if tally.count < wanted.min || left_out {
                continue;
            }
            let term = Term::from_field_text(self.opened.fields.all_exact, word);
            let mut frequency = 0;
            for (reader, others) in searcher.segment_readers().iter().zip(others) {
                frequency += occurrences(reader, &term, others)?;
            }
            let most =
                tally.written.iter().max_by_key(|(form, count)| (*count, std::cmp::Reverse(*form)));
            let shown = most.map_or(word, |(form, _)| form).clone();
            out.push(beside.scored(
                shown,
                CollocateKind::Word,
                tally.count,
                frequency,
                (near, all),
            ));
        }
        Ok(())
    }

    /// Appends the names.
    fn names(
        &self,
        searcher: &Searcher,
        others: &[HashSet<DocId>],
        beside: &Beside,
        totals: &Totals,
        wanted: &Collocation,
        out: &mut Vec<Collocate>,
    ) -> Result<(), Error> {
        let mut near: HashMap<CollocateKind, u64> = HashMap::new();
        for ((kind, _), count) in &beside.names {
            *near.entry(*kind).or_default() += count;
        }
        let listed: BTreeMap<&(CollocateKind, String), u64> = beside
            .names
            .iter()
            .filter(|(_, count)| **count >= wanted.min)
            .map(|(name, count)| (name, *count))
            .collect();
        let frequencies = self.mentions(searcher, others, &listed)?;
        for (name, count) in listed {
            let (kind, shown) = name;
            let frequency = frequencies.get(name).copied().unwrap_or_default();
            let near = near.get(kind).copied().unwrap_or_default();
            let all = totals.mentions.get(kind).copied().unwrap_or_default();
            out.push(beside.scored(shown.clone(), *kind, count, frequency, (near, all)));
        }
        Ok(())
    }
}

impl Beside {
    /// Counts what stands beside the matches in an article.
    fn add(&mut self, record: &Record, marker: &Marker, wanted: &Collocation) {
        let text = record.article.text();
        let title = record.article.title.clone().unwrap_or_default();
        let Keywords { title: in_title, text: in_text } = marker.keywords(record, &text);
        self.matches += (in_title.len() + in_text.len()) as u64;
        let language = record.article.language;
        let title = Near::of(&title, &in_title, wanted);
        let text = Near::of(&text, &in_text, wanted);
        for near in [&title, &text] {
            self.add_words(near, language);
        }
        let mut add = |kind, name: &str, mentions: &Mentions| {
            let spans = mentions.title.iter().filter(|span| title.has(span.range())).count()
                + mentions.text.iter().filter(|span| text.has(span.range())).count();
            if spans > 0 {
                *self.names.entry((kind, name.to_owned())).or_default() += spans as u64;
            }
        };
        for person in &record.people {
            add(CollocateKind::Person, &person.name, &person.mentions);
        }
        for organisation in &record.organisations {
            add(CollocateKind::Organisation, &organisation.name, &organisation.mentions);
        }
        for place in &record.places {
            add(CollocateKind::Place, &place.name, &place.mentions);
        }
    }

    fn add_words(&mut self, near: &Near<'_>, language: Option<Language>) {
        if !near.beside.contains(&true) {
            return;
        }
        let mut words = Words::new(near.text);
        let mut number = 0;
        while words.advance() {
            let at = |list: &[bool]| list.get(number).copied().unwrap_or(false);
            if at(&near.beside) && !at(&near.within) {
                let written = near.text.get(words.span()).unwrap_or_default();
                let folded = words.folded();
                if !self.words.contains_key(folded) {
                    self.words.insert(folded.to_owned(), Tally::default());
                }
                let stop = self.stop_list.has(language, written);
                if let Some(tally) = self.words.get_mut(folded) {
                    tally.count += 1;
                    tally.is_stop_word |= stop;
                    *tally.written.entry(written.to_lowercase()).or_default() += 1;
                }
            }
            number += 1;
        }
    }

    fn scored(
        &self,
        word: String,
        kind: CollocateKind,
        count: u64,
        frequency: u64,
        (near, all): (u64, u64),
    ) -> Collocate {
        let elsewhere = frequency.saturating_sub(count);
        Collocate {
            word,
            kind,
            count,
            frequency,
            log_dice: log_dice(count, self.matches, frequency),
            log_likelihood: keyness(
                Share { with: count, all: near },
                Share { with: elsewhere, all: all.saturating_sub(near).max(elsewhere) },
            ),
        }
    }
}

impl<'text> Near<'text> {
    fn of(text: &'text str, keywords: &[Range<usize>], wanted: &Collocation) -> Self {
        let mut spans = Vec::new();
        if !keywords.is_empty() {
            let mut words = Words::new(text);
            while words.advance() {
                spans.push(words.span());
            }
        }
        let mut near = Self {
            text,
            beside: vec![false; spans.len()],
            within: vec![false; spans.len()],
            spans,
        };
        let sentences: Vec<Range<usize>> =
            if near.spans.is_empty() { Vec::new() } else { sentences(text).collect() };
        for keyword in keywords {
            let words = near.words_of(keyword);
            if words.is_empty() {
                continue;
            }
            // The sentence of its first word bounds what comes before it, that of its last word what comes after.
            let start = before(&sentences, keyword.start).map_or(0, |sentence| sentence.start);
            let last_byte = keyword.end.saturating_sub(1);
            let end = before(&sentences, last_byte).map_or(text.len(), |sentence| sentence.end);
            let sentence = near.words_of(&(start..end));
            let first = words.start.saturating_sub(wanted.left).max(sentence.start);
            let last = words.end.saturating_add(wanted.right).min(sentence.end.max(words.end));
            let fill = |list: &mut [bool], range: Range<usize>| {
                list.get_mut(range).into_iter().flatten().for_each(|word| *word = true);
            };
            fill(&mut near.beside, first.min(words.start)..words.start);
            fill(&mut near.beside, words.end..last);
            fill(&mut near.within, words);
        }
        near
    }

    /// Numbers of the words that touch the bytes.
    fn words_of(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.spans.partition_point(|span| span.end <= bytes.start);
        let end = self.spans.partition_point(|span| span.start < bytes.end);
        first..end.max(first)
    }

    /// Whether a mention stands beside a match and has no word of one.
    fn has(&self, bytes: Range<usize>) -> bool {
        let words = self.words_of(&bytes);
        let any =
            |list: &[bool]| list.get(words.clone()).is_some_and(|words| words.contains(&true));
        any(&self.beside) && !any(&self.within)
    }
}

/// The sentence that holds the byte, or the last one before it.
fn before(sentences: &[Range<usize>], byte: usize) -> Option<&Range<usize>> {
    let next = sentences.partition_point(|sentence| sentence.start <= byte);
    sentences.get(next.checked_sub(1)?)
}

fn kind_of(kind: MentionKind) -> Option<CollocateKind> {
    match kind {
        MentionKind::Person => Some(CollocateKind::Person),
        MentionKind::Organisation => Some(CollocateKind::Organisation),
        MentionKind::Place | MentionKind::UnknownPlace => Some(CollocateKind::Place),
        MentionKind::Date => None,
    }
}

/// How often the articles of a segment have a word, those of `others` left out.
fn occurrences(reader: &SegmentReader, term: &Term, others: &HashSet<DocId>) -> Result<u64, Error> {
    let index = reader.inverted_index(term.field())?;
    let option = IndexRecordOption::WithFreqs;
    let postings = index.read_postings(term, option).map_err(tantivy::TantivyError::from)?;
    let Some(mut postings) = postings else { return Ok(0) };
    let alive = reader.alive_bitset();
    let mut count = 0;
    let mut doc = postings.doc();
    while doc != TERMINATED {
        if alive.is_none_or(|alive| alive.is_alive(doc)) && !others.contains(&doc) {
            count += u64::from(postings.term_freq());
        }
        doc = postings.advance();
    }
    Ok(count)
}

/// The stronger one first.
fn order(by: CollocateOrder, a: &Collocate, b: &Collocate) -> Ordering {
    let dice = b.log_dice.total_cmp(&a.log_dice);
    let likelihood = b.log_likelihood.total_cmp(&a.log_likelihood);
    let count = b.count.cmp(&a.count);
    let strength = match by {
        CollocateOrder::LogDice => dice.then(likelihood),
        CollocateOrder::LogLikelihood => likelihood.then(dice),
        CollocateOrder::Count => count.then(dice).then(likelihood),
    };
    strength.then_with(|| (&a.word, a.kind).cmp(&(&b.word, b.kind)))
}
