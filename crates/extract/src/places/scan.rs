//! Names of places in a text: longest match over capitalised words, and whether the match stands as a place there.

use dateline_article::{Dateline, Language, Span};
use dateline_gazetteer::{Candidate, Kind, NameKind, Usage, Walk};

use super::Hit;
use crate::extractor::Scene;
use crate::names::{Mention, NameKind as Tag, Part, Piece};
use crate::passage::{Casing, Form, Gap, Passage};
use crate::tables;

/// Words after which a place stands.
const LOCATIVE: &[&str] = &[
    "in", "at", "from", "near", "to", "into", "outside", "around", "across", "toward", "towards",
    "within", "inside", "via", "aus", "nach", "bei", "à", "dans", "en", "desde", "hacia", "te",
    "naar", "uit", "в", "у", "из", "з", "із", "до", "под", "під", "of", "north", "south", "east",
    "west", "northern", "southern", "eastern", "western", "central", "downtown", "city", "town",
    "village", "port", "capital", "province", "district", "region", "state",
];
/// People that a single-word name must have behind it to count wherever it stands.
const SURE_PEOPLE: u32 = 100_000;
/// The same for a headline set in capitals or as a title.
const HEADLINE_PEOPLE: u32 = 500_000;
/// Candidates kept of one name.
const MOST_CANDIDATES: usize = 12;

/// All hits of an article: the title's, then the text's, each in order.
pub(super) fn scan(scene: &Scene<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for piece in scene.pieces {
        let body_starts = if piece.part == Part::Text {
            if let Some(dateline) = scene.dateline {
                dateline_hits(piece, dateline, scene.dateline_bytes, &mut hits);
            }
            piece.passage.token_at(u32::try_from(scene.dateline_bytes).unwrap_or(u32::MAX))
        } else {
            0
        };
        Scanner { piece, language: scene.language, hits: &mut hits }.scan(body_starts);
    }
    hits
}

/// The dateline's place, found again in the text, with the region after it.
fn dateline_hits(piece: &Piece<'_>, dateline: &Dateline, length_bytes: usize, hits: &mut Vec<Hit>) {
    let Some(name) = dateline.place.as_deref() else { return };
    let opening = piece.passage.text().get(..length_bytes).unwrap_or_default();
    let Some(start) = opening.find(name) else { return };
    let mut at = start;
    let mut pieces = name.split(',').peekable();
    while let Some(part) = pieces.next() {
        let trimmed = part.trim();
        let begins = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let Some(span) = Span::new(begins..begins + trimmed.len()) else { return };
        let candidates: Vec<Candidate> = dateline_gazetteer::named(trimmed)
            .filter(|c| c.how != NameKind::Demonym)
            .take(MOST_CANDIDATES)
            .collect();
        if trimmed.is_empty() || candidates.is_empty() && start != begins {
            continue;
        }
        hits.push(Hit {
            part: Part::Text,
            span,
            key: dateline_gazetteer::fold(trimmed),
            surface: trimmed.split_whitespace().collect::<Vec<_>>().join(" "),
            is_demonym: false,
            is_in_next: pieces.peek().is_some() && !candidates.is_empty(),
            candidates,
        });
    }
}

struct Scanner<'a, 'b> {
    piece: &'a Piece<'a>,
    language: Option<Language>,
    hits: &'b mut Vec<Hit>,
}

/// A name found by walking: its last token and what it may mean.
struct Match {
    last: usize,
    candidates: Vec<Candidate>,
}

impl Scanner<'_, '_> {
    fn passage(&self) -> &Passage<'_> {
        self.piece.passage
    }

    fn scan(&mut self, from: usize) {
        let mut mentions = self.piece.mentions.iter().peekable();
        let mut at = from;
        // Token after the last hit, where that hit could lie in what follows it.
        let mut open_hit = None;
        while at < self.passage().tokens().len() {
            while mentions.next_if(|mention| mention.last < at).is_some() {}
            let mention = mentions.peek().copied();
            if let Some(mention) = mention.filter(|mention| mention.first == at) {
                if mention.kind == Tag::Place {
                    self.candidate(mention);
                }
                at = mention.last + 1;
                continue;
            }
            let limit = mention.map_or(usize::MAX, |mention| mention.first);
            let Some(found) = self.longest(at, limit) else {
                at += 1;
                continue;
            };
            let last = found.last;
            let after_comma = open_hit.filter(|&end| {
                at == end + 1
                    && self.passage().is_sign(end, ',')
                    && self.passage().token(at).is_some_and(|token| token.gap != Gap::Paragraph)
            });
            if let Some(hit) = self.accept(at, found, after_comma.is_some()) {
                if after_comma.is_some()
                    && let Some(inner) = self.hits.last_mut()
                {
                    inner.is_in_next = resolves_in(&inner.candidates, &hit.candidates);
                }
                self.hits.push(hit);
                open_hit = Some(last + 1);
            }
            at = last + 1;
        }
    }

    /// The longest name of the gazetteer at `at` that ends before token `limit`.
    fn longest(&self, at: usize, limit: usize) -> Option<Match> {
        let passage = self.passage();
        if !passage.is_capital(at) {
            return None;
        }
        let mut walk = Walk::default().word(passage.key(at))?;
        let mut last = at;
        let mut best = self.usable(walk, at, at);
        while let Some(next) = passage.next_word(last).filter(|&next| next < limit) {
            let Some(longer) = walk.word(passage.key(next)) else { break };
            walk = longer;
            last = next;
            if passage.is_capital(last) {
                best = self.usable(walk, at, last).or(best);
            }
        }
        best
    }

    fn usable(&self, walk: Walk, first: usize, last: usize) -> Option<Match> {
        let upper = self
            .passage()
            .tokens()
            .get(first..=last)?
            .iter()
            .all(|token| matches!(token.form, Form::Upper | Form::Initials | Form::Initial));
        let casing = self.passage().token(first)?.casing;
        let fits = |candidate: &Candidate| match candidate.usage {
            Usage::Text => true,
            Usage::Capitals => {
                upper
                    && (casing != Casing::Upper
                        || self.passage().form(first) == Some(Form::Initials))
            }
            Usage::Query => first == last,
        };
        let candidates: Vec<Candidate> =
            walk.candidates().filter(fits).take(MOST_CANDIDATES).collect();
        (!candidates.is_empty()).then_some(Match { last, candidates })
    }

    /// The hit, if the match stands as a place.
    fn accept(&self, first: usize, found: Match, after_comma: bool) -> Option<Hit> {
        let Match { last, mut candidates } = found;
        let is_demonym =
            candidates.first().is_some_and(|candidate| candidate.how == NameKind::Demonym);
        candidates.retain(|candidate| (candidate.how == NameKind::Demonym) == is_demonym);
        let before_region = !is_demonym && self.region_follows(last, &candidates);
        let stands = before_region
            || after_comma && candidates.iter().any(is_wide)
            || self.stands(first, last, &mut candidates, is_demonym);
        if !stands {
            return None;
        }
        let span = self.passage().span(first, last)?;
        let mut key = String::new();
        for index in first..=last {
            if !key.is_empty() && !self.passage().key(index).is_empty() {
                key.push(' ');
            }
            key.push_str(self.passage().key(index));
        }
        Some(Hit {
            part: self.piece.part,
            span,
            key,
            surface: surface(self.passage(), span),
            candidates,
            is_demonym,
            is_in_next: false,
        })
    }

    /// Whether ", Texas" follows, and one of the candidates lies there.
    fn region_follows(&self, last: usize, candidates: &[Candidate]) -> bool {
        let passage = self.passage();
        let next = last + 2;
        if !passage.is_sign(last + 1, ',')
            || passage.token(next).is_none_or(|token| token.gap == Gap::Paragraph)
        {
            return false;
        }
        self.longest(next, usize::MAX)
            .is_some_and(|region| resolves_in(candidates, &region.candidates))
    }

    /// Whether a match stands as a place by its own weight and its neighbours.
    fn stands(
        &self,
        first: usize,
        last: usize,
        candidates: &mut Vec<Candidate>,
        is_demonym: bool,
    ) -> bool {
        let passage = self.passage();
        let Some(token) = passage.token(first) else { return false };
        let single = first == last;
        let key = passage.key(first);
        let listed = |rows: tables::Rows| single && rows.contains(key);
        let is_word = listed(tables::ORDINARY) || listed(tables::STOP) || listed(tables::CALENDAR);
        if candidates.iter().all(|candidate| candidate.usage == Usage::Query) {
            // Nice, Reading, Mobile: only a preposition makes them places.
            candidates.retain(|candidate| {
                people(candidate) >= SURE_PEOPLE && candidate.how == NameKind::Main
            });
            return !candidates.is_empty()
                && token.casing == Casing::Mixed
                && !token.opens
                && !listed(tables::CALENDAR)
                && !listed(tables::STOP)
                && self.is_after(first, &["in", "near", "outside"])
                && !self.in_longer_name(first, last);
        }
        candidates.retain(|candidate| candidate.usage != Usage::Query);
        if is_demonym {
            return !(is_word && (token.opens || token.casing != Casing::Mixed));
        }
        let weight = candidates.iter().map(weight).max().unwrap_or(0);
        match token.casing {
            Casing::Upper => weight >= HEADLINE_PEOPLE && !is_word && (token.form != Form::Initial),
            Casing::Title => weight >= SURE_PEOPLE && !is_word,
            Casing::Mixed => {
                let longer = self.in_longer_name(first, last);
                let locative = self.is_after(first, LOCATIVE) && !longer;
                if is_word && token.opens || token.form == Form::Initial {
                    return false;
                }
                if weight == u32::MAX {
                    return true;
                }
                let foreign = self.language.is_some_and(|language| language != Language::ENGLISH);
                let human = listed(tables::GIVEN) || listed(tables::HUMAN_NAMES) || is_word;
                let floor = match (single, foreign, locative) {
                    (_, _, true) => 0,
                    (false, _, false) if longer => SURE_PEOPLE,
                    (false, _, false) => 0,
                    (true, false, false) if human || longer => HEADLINE_PEOPLE,
                    (true, false, false) => 15_000,
                    (true, true, false) => SURE_PEOPLE,
                };
                weight >= floor
            }
        }
    }

    fn is_after(&self, first: usize, words: &[&str]) -> bool {
        let passage = self.passage();
        passage
            .word_before(first)
            .is_some_and(|before| words.contains(&passage.surface(before).to_lowercase().as_str()))
    }

    /// Whether another capitalised word that is no place's stands beside it: part of a longer name.
    fn in_longer_name(&self, first: usize, last: usize) -> bool {
        let passage = self.passage();
        let is_name_part = |index: usize| {
            let key = passage.key(index);
            matches!(passage.form(index), Some(Form::Capital | Form::Upper | Form::Initial))
                && !tables::STOP.contains(key)
                && !tables::CALENDAR.contains(key)
                && !tables::TITLES.contains(key)
                && dateline_gazetteer::named(key)
                    .next()
                    .is_none_or(|candidate| candidate.how != NameKind::Demonym)
                && !self.piece.mentions.iter().any(|_| false)
        };
        let after = passage.next_word(last).is_some_and(is_name_part);
        let before = passage.word_before(first).is_some_and(|before| {
            is_name_part(before)
                && !passage.token(before).is_some_and(|token| {
                    token.opens && tables::ORDINARY.contains(passage.key(before))
                })
        });
        after || before
    }

    /// A name that the tagger takes for a place.
    fn candidate(&mut self, mention: &Mention) {
        let surface = surface(self.passage(), mention.span);
        let candidates: Vec<Candidate> = dateline_gazetteer::named(&surface)
            .filter(|c| c.how != NameKind::Demonym)
            .take(MOST_CANDIDATES)
            .collect();
        self.hits.push(Hit {
            part: self.piece.part,
            span: mention.span,
            key: dateline_gazetteer::fold(&surface),
            surface,
            candidates,
            is_demonym: false,
            is_in_next: false,
        });
    }
}

fn surface(passage: &Passage<'_>, span: Span) -> String {
    span.of(passage.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one of the places lies in one of the others.
fn resolves_in(inner: &[Candidate], outer: &[Candidate]) -> bool {
    inner.iter().any(|candidate| {
        let above = dateline_gazetteer::ancestors(candidate.place);
        outer.iter().any(|outer| above.contains(&outer.place))
    })
}

fn people(candidate: &Candidate) -> u32 {
    dateline_gazetteer::place(candidate.place).map_or(0, |place| place.population)
}

/// People behind a name: all there are for anything larger than a city, a tenth for an alternate name.
fn weight(candidate: &Candidate) -> u32 {
    let Some(place) = dateline_gazetteer::place(candidate.place) else { return 0 };
    match (place.kind, candidate.how) {
        (Kind::City, NameKind::Main) => place.population,
        (Kind::City, _) => place.population / 4,
        (Kind::County, _) => place.population / 4,
        (_, NameKind::Main) => u32::MAX,
        (Kind::Country | Kind::FormerCountry, _) => u32::MAX,
        _ => SURE_PEOPLE,
    }
}

fn is_wide(candidate: &Candidate) -> bool {
    dateline_gazetteer::place(candidate.place).is_some_and(|place| place.kind != Kind::City)
}
