//! What an article is recognised by: its telling words, whom and what it names, the days it speaks of, each with its weight.
//!
//! Weights are of the index: what fewer articles have weighs more (Spärck Jones, A statistical interpretation of term specificity, 1972). A place weighs as
//! much as its own rarity, and two places share as much as the smallest place around both weighs (Resnik, Using information content to evaluate
//! semantic similarity, 1995).

mod vocabulary;
mod words;

use std::collections::HashMap;

use dateline_article::{Date, Granularity};
use dateline_gazetteer::{Kind, PlaceId, ancestors};
use dateline_schema::analyze::{Words, sounds};
use dateline_schema::{Fields, cells};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::Related;
use super::stored::{Stored, StoredDate, StoredName};
use crate::engine::Error;
use crate::local::LocalEngine;
use crate::lower::any_of;
use crate::terms::WordCounts;
use crate::time::When;

use vocabulary::Vocabulary;
pub(crate) use words::{TellingWords, WordMatch};

/// Names of one kind that are looked for, the most mentioned ones.
const MOST_NAMES: usize = 16;
/// Days that are looked for.
const MOST_DAYS: usize = 8;
/// A name's score for a candidate beside that of words: BM25 gives a rare word of the text up to 2.2 times its rarity.
const NAME_BOOST: f32 = 1.5;
/// A place that more than one article in so many names or lies in brings no candidates by itself.
const COMMON: u64 = 10;

/// A person or organisation.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) weight: f32,
    /// The terms of its rarest word, of which an article that names it has one.
    pub(crate) terms: Vec<Term>,
}

/// A place: its number and those around it, smallest first, with what each weighs.
pub(crate) struct PlaceEvidence {
    pub(crate) levels: Vec<(u32, f32)>,
    /// Their names.
    pub(crate) names: Vec<String>,
    /// How much more it counts for being mentioned often.
    pub(crate) salience: f32,
}

/// What an article is recognised by.
pub(crate) struct Evidence {
    pub(crate) words: TellingWords,
    pub(crate) people: Vec<Named>,
    pub(crate) organisations: Vec<Named>,
    pub(crate) places: Vec<PlaceEvidence>,
    /// Days it speaks of and the day it appeared, with what each weighs.
    pub(crate) days: Vec<(Date, f32)>,
    /// The days on which it may have appeared, since 1970.
    pub(crate) published: Option<(i64, i64)>,
    pub(crate) language: Option<dateline_article::Language>,
}

/// Rarity of terms in an index; what was looked up once is kept.
pub(crate) struct Rarity<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    counts: &'a WordCounts,
    articles: f32,
    frequencies: HashMap<Term, u64>,
    vocabulary: Vocabulary,
}

impl<'a> Rarity<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields, counts: &'a WordCounts) -> Self {
        let articles = searcher.num_docs() as f32;
        let (frequencies, vocabulary) = (HashMap::new(), Vocabulary::default());
        Self { searcher, fields, counts, articles, frequencies, vocabulary }
    }

    /// The inverse document frequency as BM25 has it; 0 for a term that no article has.
    fn of(&self, frequency: u64) -> f32 {
        let frequency = (frequency as f32).min(self.articles);
        if frequency == 0.0 {
            return 0.0;
        }
        (1.0 + (self.articles - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// Number of articles that have the term.
    fn frequency(&mut self, term: &Term) -> Result<u64, Error> {
        if let Some(known) = self.frequencies.get(term) {
            return Ok(*known);
        }
        let frequency = self.searcher.doc_freq(term)?;
        self.frequencies.insert(term.clone(), frequency);
        Ok(frequency)
    }

    fn of_term(&mut self, term: &Term) -> Result<f32, Error> {
        let frequency = self.frequency(term)?;
        Ok(self.of(frequency))
    }

    /// The term of a place of the gazetteer.
    pub(crate) fn place_term(&self, number: u32) -> Term {
        Term::from_field_u64(self.fields.place, u64::from(number))
    }

    /// The term of a single day.
    pub(crate) fn day_term(&self, day: Date) -> Term {
        day_term(self.fields, day)
    }

    /// Rarity of what so many articles have that it tells nothing by itself.
    fn common(&self) -> f32 {
        self.of(self.searcher.num_docs() / COMMON + 1)
    }
}

impl Evidence {
    pub(crate) fn of(article: &Stored, rarity: &mut Rarity<'_>) -> Result<Self, Error> {
        let fields = rarity.fields;
        let words = TellingWords::of(article, rarity)?;
        let mut places = Vec::new();
        for place in article.places.iter().take(MOST_NAMES) {
            let Some(id) = place.id.map(PlaceId::from_u32) else { continue };
            let (mut levels, mut names) = (Vec::new(), Vec::new());
            for place in
                std::iter::once(id).chain(ancestors(id)).filter_map(dateline_gazetteer::place)
            {
                // A continent tells nothing of an event.
                if place.kind != Kind::Continent {
                    let number = place.id.to_u32();
                    levels.push((number, rarity.of_term(&rarity.place_term(number))?));
                    names.push(place.name.to_owned());
                }
            }
            let salience = salience(place.mentions());
            places.push(PlaceEvidence { levels, names, salience });
        }
        Ok(Self {
            words,
            people: named(&article.people, rarity, |word| {
                let keys = sounds(word);
                keys.iter().map(|key| Term::from_field_text(fields.person_sound, key)).collect()
            })?,
            organisations: named(&article.organisations, rarity, |word| {
                vec![Term::from_field_text(fields.org, word)]
            })?,
            places,
            days: days(article, rarity)?,
            published: article.days(),
            language: article.language,
        })
    }

    /// Whether a day is that on which the article appeared, or beside it: of today all speak.
    pub(crate) fn is_own(&self, day: Date) -> bool {
        is_about(day, self.published)
    }

    /// Sum of the weights of what it names: what a candidate can have at most.
    pub(crate) fn total(&self) -> f32 {
        let names = self.people.iter().chain(&self.organisations).map(|named| named.weight);
        let places = self
            .places
            .iter()
            .map(|place| place.levels.first().map_or(0.0, |(_, weight)| weight * place.salience));
        names.chain(places).sum()
    }
}

impl LocalEngine {
    /// Articles that have some of it, in the days asked for.
    pub(crate) fn related_query(&self, evidence: &Evidence, request: &Related) -> Box<dyn Query> {
        let searcher = self.searcher();
        let fields = self.fields();
        let mut alternatives = evidence.words.queries();
        let mut add = |terms: &[Term], weight: f32| {
            let basic = |term: &Term| {
                let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
                Box::new(query) as Box<dyn Query>
            };
            let any = any_of(terms.iter().map(basic).collect());
            let scored = ConstScoreQuery::new(any, weight * NAME_BOOST);
            alternatives.push((Occur::Should, Box::new(scored) as Box<dyn Query>));
        };
        for named in evidence.people.iter().chain(&evidence.organisations) {
            add(&named.terms, named.weight);
        }
        let common = Rarity::new(&searcher, fields, &self.counts).common();
        for place in &evidence.places {
            if let Some((number, weight)) = place.levels.first()
                && *weight > common
            {
                let term = Term::from_field_u64(fields.place, u64::from(*number));
                add(&[term], *weight * place.salience);
            }
        }
        for (day, weight) in &evidence.days {
            add(&[day_term(fields, *day)], *weight);
        }
        let any: Box<dyn Query> = Box::new(BooleanQuery::new(alternatives));
        if request.from.is_none() && request.to.is_none() {
            return any;
        }
        let when = When::Days { first: request.from, last: request.to };
        let window = self.published_on(&searcher, &when);
        Box::new(BooleanQuery::new(vec![(Occur::Must, any), (Occur::Must, window)]))
    }
}

/// People or organisations with what their rarest word weighs, weightiest first.
fn named(
    names: &[StoredName],
    rarity: &mut Rarity<'_>,
    terms: impl Fn(&str) -> Vec<Term>,
) -> Result<Vec<Named>, Error> {
    let mut found = Vec::new();
    for name in names.iter().take(MOST_NAMES) {
        let mut rarest: Option<(f32, Vec<Term>)> = None;
        let mut words = Words::new(&name.name);
        while words.advance() {
            let terms = terms(words.folded());
            let mut frequency = 0;
            for term in &terms {
                frequency = frequency.max(rarity.frequency(term)?);
            }
            let weight = rarity.of(frequency);
            if rarest.as_ref().is_none_or(|(most, _)| weight > *most) {
                rarest = Some((weight, terms));
            }
        }
        if let Some((weight, terms)) = rarest {
            let weight = weight * salience(name.mentions());
            found.push(Named { name: name.name.clone(), weight, terms });
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

/// How much more something counts for being mentioned so often.
fn salience(mentions: usize) -> f32 {
    1.0 + (mentions.max(1) as f32).ln() / 2.0
}

/// The days an article speaks of, and its own.
fn days(article: &Stored, rarity: &mut Rarity<'_>) -> Result<Vec<(Date, f32)>, Error> {
    let own = article.published.and_then(|published| published.at.day());
    let mut days: Vec<Date> = own.into_iter().chain(mentioned(&article.dates)).collect();
    let mut seen = std::collections::HashSet::new();
    days.retain(|day| seen.insert(*day));
    days.truncate(MOST_DAYS);
    let weigh = |day| Ok((day, rarity.of_term(&day_term(rarity.fields, day))?));
    days.into_iter().map(weigh).collect()
}

/// The single days among the dates that a text speaks of.
pub(crate) fn mentioned(dates: &[StoredDate]) -> impl Iterator<Item = Date> {
    let single = |granularity| {
        matches!(granularity, Granularity::Minute | Granularity::Part | Granularity::Day)
    };
    dates.iter().filter(move |date| single(date.granularity)).filter_map(|date| date.start.day())
}

/// Whether a day is one of those on which an article may have appeared, or beside them.
pub(crate) fn is_about(day: Date, published: Option<(i64, i64)>) -> bool {
    let day = i64::from(dateline_article::days_since_epoch(day));
    published.is_some_and(|(first, last)| (first - 1..=last + 1).contains(&day))
}

/// The term of a single day.
fn day_term(fields: &Fields, day: Date) -> Term {
    Term::from_field_text(fields.mentioned, &cells::day_term(day))
}

/// Whether two names, both folded, are of one organisation: the words of one are those of the other, or their first letters.
pub(crate) fn same_organisation(one: &str, other: &str) -> bool {
    one == other || initials(one) == other || initials(other) == one
}

fn initials(folded: &str) -> String {
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() < 3 {
        return String::new();
    }
    words.iter().filter_map(|word| word.chars().next()).collect()
}
