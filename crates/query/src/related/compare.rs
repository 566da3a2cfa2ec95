//! How much two articles have in common, exactly.

use std::collections::HashMap;
use std::rc::Rc;

use dateline_article::{Date, Language, from_days};
use dateline_gazetteer::{PlaceId, ancestors};
use dateline_schema::Fields;
use dateline_schema::analyze::{Heard, fold};
use serde::Deserialize;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::Reason;
use super::evidence::{Evidence, Named, WordMatch, is_about, mentioned, same_organisation};
use super::stored::{StoredDate, StoredName};
use crate::engine::Error;

/// Part of likeness that words make by themselves.
const WORDS_PART: f32 = 0.5;
/// Days after which half is left of what nearness in time adds.
const HALF_LIFE_DAYS: f32 = 14.0;
/// What is left of a score at any distance in time: years later a story is still told again.
const FARTHEST: f32 = 0.3;
/// What is left at least where both speak of one day that is not simply that of their appearing.
const SAME_DAY: f32 = 0.8;
/// How much a day that both speak of adds, beside a name.
const DAY_PART: f32 = 0.5;
/// Names told of each kind.
const TOLD: usize = 4;
/// Words told.
const TOLD_WORDS: usize = 5;

/// What is read of a candidate.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    language: Option<Language>,
    #[serde(default)]
    people: Vec<StoredName>,
    #[serde(default)]
    organisations: Vec<StoredName>,
    #[serde(default)]
    places: Vec<Where>,
    #[serde(default)]
    dates: Vec<StoredDate>,
}

/// What is read of a candidate's place.
#[derive(Debug, Deserialize)]
struct Where {
    #[serde(default)]
    id: Option<u32>,
}

impl Told {
    pub(super) fn read(
        searcher: &Searcher,
        fields: &Fields,
        address: DocAddress,
    ) -> Result<Self, Error> {
        let document: TantivyDocument = searcher.doc(address)?;
        // An article that cannot be read has nothing in common with any.
        Ok(dateline_schema::stored(&document, fields).unwrap_or_default())
    }
}

/// What came out of comparing two articles.
pub(super) struct Comparison {
    /// From 0 to 1.
    pub(super) score: f32,
    pub(super) reason: Reason,
}

/// Names as they are compared, each made ready once however many candidates have it.
pub(super) struct Ready {
    people: Vec<Rc<Heard>>,
    organisations: Vec<Rc<str>>,
    heard: HashMap<String, Rc<Heard>>,
    folded: HashMap<String, Rc<str>>,
}

impl Ready {
    pub(super) fn new(evidence: &Evidence) -> Self {
        let (heard, folded) = (HashMap::new(), HashMap::new());
        let mut ready = Self { people: Vec::new(), organisations: Vec::new(), heard, folded };
        ready.people = evidence.people.iter().map(|named| ready.hear(&named.name)).collect();
        ready.organisations =
            evidence.organisations.iter().map(|named| ready.fold(&named.name)).collect();
        ready
    }

    fn hear(&mut self, name: &str) -> Rc<Heard> {
        if let Some(known) = self.heard.get(name) {
            return known.clone();
        }
        let heard = Rc::new(Heard::of(name));
        self.heard.insert(name.to_owned(), heard.clone());
        heard
    }

    fn fold(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.folded.get(name) {
            return known.clone();
        }
        let folded: Rc<str> = fold(name).into();
        self.folded.insert(name.to_owned(), folded.clone());
        folded
    }
}

/// Compares a candidate that appeared on one of `days` with the article that `evidence` is of.
pub(super) fn compare(
    evidence: &Evidence,
    ready: &mut Ready,
    told: &Told,
    words: &WordMatch,
    days: Option<(i64, i64)>,
) -> Comparison {
    let mut shared = Shared::default();
    let mut reason = Reason::default();
    let people: Vec<_> = told.people.iter().map(|name| ready.hear(&name.name)).collect();
    reason.people = shared.names(&evidence.people, &ready.people, &people, |one, other| {
        one.has(other) || other.has(one)
    });
    let organisations: Vec<_> =
        told.organisations.iter().map(|name| ready.fold(&name.name)).collect();
    reason.organisations = shared.names(
        &evidence.organisations,
        &ready.organisations,
        &organisations,
        |one, other| same_organisation(one, other),
    );
    reason.places = shared.places(evidence, &told.places);
    // A day alone makes no event: of every day there is more than one to tell.
    if shared.weight > 0.0 {
        reason.days = shared.days(evidence, &told.dates, days);
    }
    reason.words = words.words.iter().take(TOLD_WORDS).cloned().collect();

    let whole = evidence.total();
    let named = if whole > 0.0 {
        // What the candidate alone names is taken to weigh as much as a name of the article does in the mean.
        let count = evidence.people.len() + evidence.organisations.len() + evidence.places.len();
        let other = shared.others as f32 * whole / count.max(1) as f32;
        (shared.weight / (whole * (shared.of_names + other)).sqrt().max(f32::MIN_POSITIVE)).min(1.0)
    } else {
        0.0
    };
    let languages = (evidence.language, told.language);
    let comparable = !matches!(languages, (Some(one), Some(other)) if one != other);
    let likeness = match (comparable, whole > 0.0) {
        // Words of two languages cannot agree.
        (false, _) => named,
        (true, false) => words.similarity,
        (true, true) => alike(words.similarity, named),
    };
    let near = nearness(evidence.published, days);
    let near = if reason.days.is_empty() { near } else { near.max(SAME_DAY) };
    Comparison { score: (likeness * near).clamp(0.0, 1.0), reason }
}

/// How alike two articles are, both parts and the result from 0 to 1.
///
/// What both name counts as far as their words agree: one person is in the news for many things in one week.
pub(crate) fn alike(words: f32, named: f32) -> f32 {
    WORDS_PART * words + (1.0 - WORDS_PART) * (words * named).max(0.0).sqrt()
}

/// How near two articles are in time: 1 on one day, less with every day between them.
///
/// Of an article whose month or year alone is known the nearest day counts. Where nothing is known it is half.
pub(super) fn nearness(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> f32 {
    let (Some((first, last)), Some((from, to))) = (one, other) else { return 0.5 };
    let days = (from - last).max(first - to).max(0) as f32;
    FARTHEST + (1.0 - FARTHEST) * (-days / HALF_LIFE_DAYS).exp2()
}

/// What both name.
#[derive(Default)]
struct Shared {
    /// Weight of all of it.
    weight: f32,
    /// Weight of the names and places among it.
    of_names: f32,
    /// Number of what the candidate alone names.
    others: usize,
}

impl Shared {
    fn names<T>(
        &mut self,
        ours: &[Named],
        ready: &[T],
        theirs: &[T],
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Vec<String> {
        let mut taken = vec![false; theirs.len()];
        let mut found = Vec::new();
        for (named, ours) in ours.iter().zip(ready) {
            let fits = |(other, taken): &(&T, &mut bool)| !**taken && is_same(ours, other);
            if let Some((_, taken)) = theirs.iter().zip(&mut taken).find(fits) {
                *taken = true;
                self.weight += named.weight;
                self.of_names += named.weight;
                found.push(named.name.clone());
            }
        }
        self.others += taken.iter().filter(|taken| !**taken).count();
        found.truncate(TOLD);
        found
    }

    /// For each of the article's places the smallest place that it and one of the candidate's lie in.
    fn places(&mut self, evidence: &Evidence, theirs: &[Where]) -> Vec<String> {
        let mut around = std::collections::HashSet::new();
        for id in theirs.iter().filter_map(|place| place.id.map(PlaceId::from_u32)) {
            around.extend(std::iter::once(id).chain(ancestors(id)).map(PlaceId::to_u32));
        }
        let mut found: Vec<(f32, &String)> = Vec::new();
        let mut counted = std::collections::HashSet::new();
        for place in &evidence.places {
            let mut levels = place.levels.iter().zip(&place.names);
            let shared = levels.find(|((number, _), _)| around.contains(number));
            let Some(((number, weight), name)) = shared else { continue };
            // Two towns of one country share the country once.
            if counted.insert(*number) {
                let weight = weight * place.salience;
                self.weight += weight;
                self.of_names += weight;
                found.push((weight, name));
            }
        }
        let ours: Vec<u32> = evidence
            .places
            .iter()
            .filter_map(|place| place.levels.first())
            .map(|(n, _)| *n)
            .collect();
        let others = theirs.iter().filter_map(|place| place.id);
        self.others += others.filter(|number| !ours.contains(number)).count();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.into_iter().take(TOLD).map(|(_, name)| name.clone()).collect()
    }

    /// Days that both speak of or appeared on, but for those about which both appeared: of today all speak.
    fn days(
        &mut self,
        evidence: &Evidence,
        theirs: &[StoredDate],
        published: Option<(i64, i64)>,
    ) -> Vec<Date> {
        let own = published.filter(|(first, last)| first == last);
        let own = own.and_then(|(day, _)| from_days(i32::try_from(day).ok()?));
        let theirs: Vec<Date> = mentioned(theirs).chain(own).collect();
        let mut found = Vec::new();
        for (day, weight) in &evidence.days {
            let tells = !(evidence.is_own(*day) && is_about(*day, published));
            if tells && theirs.contains(day) {
                self.weight += weight * DAY_PART;
                found.push(*day);
            }
        }
        found.truncate(TOLD);
        found
    }
}
