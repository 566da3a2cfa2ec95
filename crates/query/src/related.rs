//! Articles that tell of the same event as a given one: earlier, at the same time, later.
//!
//! Three kinds of evidence, as in topic detection and tracking (Allan, Topic Detection and Tracking, 2002; Makkonen et al., Simple semantics in topic
//! detection and tracking, 2004): words, what is named (people, organisations, places, days), and nearness in time. Some hundred candidates come from
//! one query of few rare terms ([`evidence`]); each is then compared exactly ([`compare`]). Reads the stored text of the one article alone.

mod candidates;
pub(crate) mod compare;
pub(crate) mod evidence;
pub(crate) mod stored;

use std::collections::HashMap;
use std::fmt;

use dateline_article::{ArticleId, Date, Published, Timestamp};

use crate::engine::{CopyMode, Error};
use crate::local::LocalEngine;

use candidates::{Candidate, Candidates};
use compare::Comparison;
use evidence::{Evidence, Rarity};
use stored::Stored;

/// Articles that are compared exactly.
const MOST_CANDIDATES: usize = 128;

/// Below this an article is not related: what any two articles of a week have in common stays under it.
const LEAST_SCORE: f32 = 0.1;

/// What is asked: the articles related to one.
#[derive(Clone, Debug)]
pub struct Related {
    /// The article.
    pub id: ArticleId,
    /// Articles wanted.
    pub limit: usize,
    /// On which side of it in time.
    pub side: Side,
    /// Appeared on this day or later.
    pub from: Option<Date>,
    /// Appeared on this day or earlier.
    pub to: Option<Date>,
    /// What becomes of copies, of it and of others.
    pub copies: CopyMode,
}

impl Related {
    /// The ten most related to `id`, on both sides of it.
    pub fn new(id: ArticleId) -> Self {
        Self { id, limit: 10, side: Side::Both, from: None, to: None, copies: CopyMode::Folded }
    }
}

/// On which side of an article in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Before it and after it, and those whose day is not known.
    #[default]
    Both,
    /// Before it.
    Earlier,
    /// After it.
    Later,
}

/// What is related to an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relations {
    /// The articles, most related first; then oldest first, then by id.
    pub articles: Vec<Relation>,
    /// Copies of the article itself that are left out.
    pub copies: u32,
}

/// An article that is related to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its id.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// When it appeared.
    pub published: Option<Timestamp>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// How much the two have in common, from 0 to 1.
    pub score: f32,
    /// What they have in common.
    pub reason: Reason,
    /// Further candidates that are copies of it, where copies are folded.
    pub copies: Option<u32>,
}

/// What two articles have in common, the weightiest of each kind first.
///
/// Printed as ` · `-separated parts, such as `people Olena Koval · places Odesa · words ferry, fuel · 2 days later`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// Whether it is a copy.
    pub copy: bool,
    /// People that both name, as the first article does.
    pub people: Vec<String>,
    /// Organisations.
    pub organisations: Vec<String>,
    /// Places that both name, or that places of both lie in.
    pub places: Vec<String>,
    /// Days that both speak of.
    pub days: Vec<Date>,
    /// Words, as the first article has them.
    pub words: Vec<String>,
    /// Days from the first article to this one; negative where it is earlier, unknown where either has no one day.
    pub days_later: Option<i32>,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if self.copy {
            parts.push("a copy".to_owned());
        }
        let days: Vec<String> = self.days.iter().map(ToString::to_string).collect();
        for (kind, names) in [
            ("people", &self.people),
            ("organisations", &self.organisations),
            ("places", &self.places),
            ("days", &days),
            ("words", &self.words),
        ] {
            if !names.is_empty() {
                parts.push(format!("{kind} {}", names.join(", ")));
            }
        }
        parts.extend(self.days_later.map(|days| {
            let word = if days.abs() == 1 { "day" } else { "days" };
            match days {
                0 => "same day".to_owned(),
                1.. => format!("{days} {word} later"),
                _ => format!("{} {word} earlier", -days),
            }
        }));
        formatter.write_str(&parts.join(" · "))
    }
}

/// A candidate that was compared.
struct Compared {
    candidate: Candidate,
    comparison: Comparison,
}

impl LocalEngine {
    /// What is related to an article; `None` where the index does not have it.
    pub(crate) fn relations(&self, request: &Related) -> Result<Option<Relations>, Error> {
        let searcher = self.searcher();
        let Some(address) = self.address(&searcher, request.id)? else { return Ok(None) };
        let stored: Stored = self.stored(&searcher, address, request.id)?;
        let evidence =
            Evidence::of(&stored, &mut Rarity::new(&searcher, self.fields(), &self.counts))?;
        let query = self.related_query(&evidence, request);
        let collector = Candidates::new(self, &stored, request, address, MOST_CANDIDATES);
        let statistics = self.statistics(&searcher);
        let candidates =
            searcher.search_with_statistics_provider(&*query, &collector, &statistics)?;
        let words = evidence.words.similarities(&searcher, &statistics, address, &candidates)?;
        let mut ready = compare::Ready::new(&evidence);
        let mut compared = Vec::with_capacity(candidates.len());
        for (candidate, words) in candidates.into_iter().zip(words) {
            let told = compare::Told::read(&searcher, self.fields(), candidate.address)?;
            let comparison = compare::compare(&evidence, &mut ready, &told, &words, candidate.days);
            if comparison.score >= LEAST_SCORE {
                compared.push(Compared { candidate, comparison });
            }
        }
        let mut relations = Relations::default();
        self.fold(request, compared, &mut relations, |compared, others| {
            self.relation(&searcher, &stored, compared, others)
        })?;
        Ok(Some(relations))
    }

    /// Orders what was compared, puts copies together, and tells the first `limit` of it.
    fn fold(
        &self,
        request: &Related,
        mut compared: Vec<Compared>,
        relations: &mut Relations,
        tell: impl Fn(Compared, Option<u32>) -> Result<Relation, Error>,
    ) -> Result<(), Error> {
        let copies = self.copies();
        let own = copies.first_of(request.id);
        let cluster = |id| copies.first_of(id).unwrap_or(id);
        let is_own = |id| own.is_some() && copies.first_of(id) == own;
        let mut others = HashMap::new();
        if request.copies == CopyMode::Folded {
            let count = own.map_or(0, |own| copies.members(own).count().saturating_sub(1));
            relations.copies = u32::try_from(count).unwrap_or(u32::MAX);
            compared.retain(|found| !is_own(found.candidate.id()));
            compared.sort_by_key(|found| found.candidate.order());
            compared.retain(|found| {
                let seen = others.entry(cluster(found.candidate.id())).or_insert(0_u32);
                *seen += 1;
                *seen == 1
            });
        }
        compared.sort_by(|a, b| {
            let by_score = b.comparison.score.total_cmp(&a.comparison.score);
            by_score.then(a.candidate.order().cmp(&b.candidate.order()))
        });
        compared.truncate(request.limit);
        for mut found in compared {
            let id = found.candidate.id();
            found.comparison.reason.copy = is_own(id);
            let others = others.get(&cluster(id)).map(|seen| seen - 1);
            relations.articles.push(tell(found, others)?);
        }
        Ok(())
    }

    fn relation(
        &self,
        searcher: &tantivy::Searcher,
        of: &Stored,
        compared: Compared,
        copies: Option<u32>,
    ) -> Result<Relation, Error> {
        let Compared { candidate, comparison } = compared;
        let record = self.record(searcher, candidate.address, candidate.id())?;
        let day = |published: Option<Published>| {
            Some(dateline_article::days_since_epoch(published?.at.day()?))
        };
        let days_later = match (day(of.published), day(record.article.published)) {
            (Some(first), Some(second)) => Some(second - first),
            _ => None,
        };
        Ok(Relation {
            id: candidate.id(),
            title: record.article.title,
            published: record.article.published.map(|published| published.at),
            source: record.article.source,
            score: comparison.score,
            reason: Reason { days_later, ..comparison.reason },
            copies,
        })
    }
}
