//! The hits of a query put together by the events that they tell of.
//!
//! One pass in order of time, as in topic detection and tracking (Allan et al., Topic detection and tracking pilot study, 1998; Yang et al., A study on
//! retrospective and on-line event detection, 1998): an article joins the event whose mean it is most like, if it is like enough and near enough in
//! time, else it begins one of its own. Likeness is the cosine of rare words and, apart from it, of what is named (Kumaran and Allan, Using names and
//! topics for new event detection, 2005). Copies are folded before. The same however the index is cut into segments.

mod clusters;
mod portrait;

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU16;

use dateline_article::{ArticleId, Timestamp};
use tantivy::{DocAddress, Searcher};

use crate::engine::{Error, Request};
use crate::local::LocalEngine;
use crate::note::Note;
use crate::related::evidence::Rarity;

use clusters::{Cluster, Clusters};
use portrait::{Feature, Numbers, Portrait, Sketch};

/// Articles that are put together; of more, the newest are.
const MOST_ARTICLES: usize = 20_000;
/// People and places told of an event.
const TOLD: usize = 10;

/// What is asked: the events among the hits of a search.
#[derive(Clone, Debug)]
pub struct EventsRequest {
    /// The search; its limit, offset and order do not count, and it is never relaxed.
    pub search: Request,
    /// Events wanted.
    pub limit: usize,
    /// Days after an event's last article up to which another may join it.
    pub window_days: NonZeroU16,
    /// Articles that an event must have.
    pub least_articles: usize,
    /// The order of events.
    pub order: EventOrder,
}

impl EventsRequest {
    /// The ten largest events among what `search` finds, with two weeks between their articles at most.
    pub fn new(search: Request) -> Self {
        let window_days = NonZeroU16::MIN.saturating_add(13);
        Self { search, limit: 10, window_days, least_articles: 1, order: EventOrder::Size }
    }
}

/// The order of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventOrder {
    /// Those with most articles first; then by their first article.
    #[default]
    Size,
    /// By their first article, oldest first.
    Date,
}

/// The events among the hits of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// The events asked for, in order.
    pub events: Vec<Event>,
    /// Number of events in all that have enough articles.
    pub total: usize,
    /// How the query was read and run.
    pub notes: Vec<Note>,
}

/// Articles that tell of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Headline of the article that is most like all.
    pub title: Option<String>,
    /// When the first appeared.
    pub first: Option<Timestamp>,
    /// When the last appeared.
    pub last: Option<Timestamp>,
    /// The articles, oldest first, those without a day last.
    pub ids: Vec<ArticleId>,
    /// People that they name, those of most articles first.
    pub people: Vec<String>,
    /// Places that they name, those of most articles first.
    pub places: Vec<String>,
    /// Other matching articles that are copies of these.
    pub copies: u32,
}

/// A matching article.
#[derive(Clone, Copy, Debug)]
struct Match {
    /// Seconds since 1970; `None` where its day is not known.
    published: Option<i64>,
    id: u64,
    address: DocAddress,
    /// Matching articles that are copies of it.
    copies: u32,
}

impl Match {
    /// Oldest first, those without a day last, then by id.
    fn order(&self) -> (bool, Option<i64>, u64) {
        (self.published.is_none(), self.published, self.id)
    }
}

impl LocalEngine {
    /// The events among the hits of a search.
    pub(crate) fn group(&self, request: &EventsRequest) -> Result<Events, Error> {
        let searcher = self.searcher();
        let Some(matching) = self.matching(&searcher, &request.search)? else {
            return Ok(Events { notes: request.search.query.notes.clone(), ..Events::default() });
        };
        let mut articles = self.folded(&matching)?;
        let mut notes = matching.notes();
        if articles.len() > MOST_ARTICLES {
            notes.push(Note::Newest { articles: MOST_ARTICLES, of: articles.len() });
            let undated = articles.partition_point(|article| article.published.is_some());
            articles.truncate(undated.max(MOST_ARTICLES));
            articles.drain(..articles.len() - MOST_ARTICLES);
        }
        let mut clusters = Clusters::new(request.window_days);
        let mut portraits = Vec::with_capacity(articles.len());
        let mut numbers = Numbers::new();
        for sketch in self.sketches(&searcher, &articles)? {
            let portrait = sketch.finish(&mut numbers);
            clusters.add(&portrait);
            portraits.push(portrait);
        }
        let mut found: Vec<Cluster> = clusters.into_clusters();
        found.retain(|cluster| cluster.members.len() >= request.least_articles.max(1));
        let first = |cluster: &Cluster| {
            cluster.members.first().and_then(|member| articles.get(*member)).map(Match::order)
        };
        found.sort_by(|a, b| {
            let by_size = match request.order {
                EventOrder::Size => b.members.len().cmp(&a.members.len()),
                EventOrder::Date => std::cmp::Ordering::Equal,
            };
            by_size.then_with(|| first(a).cmp(&first(b)))
        });
        let total = found.len();
        found.truncate(request.limit);
        let tell = |cluster: &Cluster| {
            let members: Vec<(Match, &Portrait)> = cluster
                .members
                .iter()
                .filter_map(|member| Some((*articles.get(*member)?, portraits.get(*member)?)))
                .collect();
            event(&members)
        };
        Ok(Events { events: found.iter().map(tell).collect(), total, notes })
    }

    /// The matching articles, oldest first; of copies the first.
    fn folded(&self, matching: &crate::matching::Matching<'_>) -> Result<Vec<Match>, Error> {
        let mut alone = Vec::new();
        let mut clusters: HashMap<ArticleId, Match> = HashMap::new();
        for segment in matching.segments() {
            let published = self.columns().i64(segment.reader, self.fields().published)?;
            let id = self.columns().u64(segment.reader, self.fields().id)?;
            segment.each(&mut |doc, cluster| {
                let article = Match {
                    published: published.first(doc),
                    id: id.first(doc).unwrap_or_default(),
                    address: DocAddress::new(segment.ordinal, doc),
                    copies: 0,
                };
                let Some(cluster) = cluster else {
                    alone.push(article);
                    return;
                };
                clusters
                    .entry(cluster)
                    .and_modify(|first| {
                        let copies = first.copies + 1;
                        let is_first = article.order() < first.order();
                        *first = Match { copies, ..if is_first { article } else { *first } };
                    })
                    .or_insert(article);
            })?;
        }
        alone.extend(clusters.into_values());
        alone.sort_unstable_by_key(Match::order);
        Ok(alone)
    }

    /// The articles as they are compared, in the order given; read in the order of the index, whose stored records lie many to a compressed block.
    fn sketches(&self, searcher: &Searcher, articles: &[Match]) -> Result<Vec<Sketch>, Error> {
        let mut rarity = Rarity::new(searcher, self.fields(), &self.counts);
        let mut terms = Numbers::new();
        let mut in_index: Vec<(usize, &Match)> = articles.iter().enumerate().collect();
        in_index.sort_unstable_by_key(|(_, article)| article.address);
        let mut sketches = Vec::with_capacity(articles.len());
        for (number, article) in in_index {
            let id = ArticleId::from_u64(article.id);
            let stored = self.stored(searcher, article.address, id)?;
            sketches.push((number, Sketch::of(stored, &mut rarity, &mut terms)?));
        }
        sketches.sort_unstable_by_key(|(number, _)| *number);
        Ok(sketches.into_iter().map(|(_, sketch)| sketch).collect())
    }
}

/// What is told of an event.
fn event(members: &[(Match, &Portrait)]) -> Event {
    let portraits: Vec<&Portrait> = members.iter().map(|(_, portrait)| *portrait).collect();
    let dated = || portraits.iter().filter_map(|portrait| portrait.published);
    Event {
        title: headline(&portraits),
        first: dated().next(),
        last: dated().next_back(),
        ids: members.iter().map(|(article, _)| ArticleId::from_u64(article.id)).collect(),
        people: most_named(portraits.iter().map(|portrait| &*portrait.people)),
        places: most_named(portraits.iter().map(|portrait| &*portrait.places)),
        copies: members.iter().map(|(article, _)| article.copies).sum(),
    }
}

/// The title of the article that is most like the mean of all; of equal ones the earliest.
fn headline(portraits: &[&Portrait]) -> Option<String> {
    let mut mean: BTreeMap<Feature, f32> = BTreeMap::new();
    for portrait in portraits {
        for (feature, weight) in portrait.words.iter().chain(&portrait.names) {
            *mean.entry(*feature).or_default() += weight;
        }
    }
    let mut best: Option<(f32, &String)> = None;
    for portrait in portraits {
        let Some(title) = &portrait.title else { continue };
        let parts = portrait.words.iter().chain(&portrait.names);
        let likeness: f32 =
            parts.map(|(feature, weight)| weight * mean.get(feature).copied().unwrap_or(0.0)).sum();
        if best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, title));
        }
    }
    best.map(|(_, title)| title.clone())
}

/// Names by the number of articles that have them, under their fullest form; what a single one of several has is left out.
fn most_named<'a>(lists: impl Iterator<Item = &'a [(Feature, String)]>) -> Vec<String> {
    let mut counts: BTreeMap<Feature, (usize, usize, &str)> = BTreeMap::new();
    let mut articles = 0;
    let mut seen = 0;
    for list in lists {
        articles += 1;
        for (feature, name) in list {
            seen += 1;
            let entry = counts.entry(*feature).or_insert((0, seen, name));
            entry.0 += 1;
            let is_fuller = |name: &str| (name.split_whitespace().count(), name.len());
            if is_fuller(name) > is_fuller(entry.2) {
                entry.2 = name;
            }
        }
    }
    let mut named: Vec<(usize, usize, &str)> = counts.into_values().collect();
    named.retain(|(count, _, _)| *count > 1 || articles == 1);
    named.sort_by_key(|(count, seen, _)| (std::cmp::Reverse(*count), *seen));
    named.into_iter().take(TOLD).map(|(_, _, name)| name.to_owned()).collect()
}
