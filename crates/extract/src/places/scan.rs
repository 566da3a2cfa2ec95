//! Names of places in a text: the dateline's, what a tagger takes for one, and the longest gazetteer names over capitalised words.
//!
//! Whether a gazetteer name stands as a place where it was found is [`super::judge`]'s question.

mod tagged;

use std::collections::HashSet;

use dateline_article::{Dateline, Span};
use dateline_gazetteer::{Candidate, NameKind, Usage, Walk};

use super::judge::{Judge, Verdict};
use super::{Hit, regions};
use crate::extractor::Scene;
use crate::names::{NameKind as Tag, Part, Piece};
use crate::passage::{Casing, Form, Gap, Passage};

/// Candidates kept of one name.
const MOST_CANDIDATES: usize = 64;

/// All hits of an article: the title's, then the text's, each in order; and names of places inside the names of organisations, which say
/// what the article's places are about and are none of them.
pub(super) fn scan(scene: &Scene<'_>) -> (Vec<Hit>, Vec<Hit>) {
    let mut finds = Vec::new();
    let mut evidence = Vec::new();
    for piece in scene.pieces {
        let mut start = 0;
        if piece.part == Part::Text {
            start = piece.passage.token_at(u32::try_from(scene.dateline_bytes).unwrap_or(u32::MAX));
            if let Some(dateline) = scene.dateline {
                dateline_finds(piece, dateline, scene.dateline_bytes, &mut finds);
            }
        }
        let first_find = finds.len();
        let judge = Judge { passage: piece.passage, language: scene.language };
        let scanner = Scanner { piece, judge };
        scanner.scan(start, &mut finds);
        scanner.inside(&mut evidence);
        join_lists(piece.passage, finds.get_mut(first_find..).unwrap_or_default());
    }
    let named: HashSet<String> = finds
        .iter()
        .filter(|find| find.verdict == Verdict::Place)
        .map(|find| find.hit.key.clone())
        .collect();
    finds.retain(|find| {
        find.verdict == Verdict::Place
            || find.verdict == Verdict::IfNamed && named.contains(&find.hit.key)
    });
    (finds.into_iter().map(|find| find.hit).collect(), evidence)
}

/// A name and what is thought of it.
struct Find {
    hit: Hit,
    verdict: Verdict,
    first: usize,
    last: usize,
}

/// "Leeds, Hull and York": what stands in a row with a place is one.
fn join_lists(passage: &Passage<'_>, finds: &mut [Find]) {
    let in_row = |left: usize, right: usize| match right.checked_sub(left) {
        Some(2) => {
            passage.is_sign(left + 1, ',')
                || matches!(passage.key(left + 1), "and" | "or" | "und" | "et" | "y")
        }
        Some(3) => passage.is_sign(left + 1, ',') && matches!(passage.key(left + 2), "and" | "or"),
        _ => false,
    };
    let joins = |certain: &Find, other: &Find| {
        certain.verdict == Verdict::Place
            && !certain.hit.is_demonym
            && other.verdict == Verdict::IfNamed
    };
    for at in 1..finds.len() {
        if let Some([left, right]) = finds.get_mut(at - 1..=at)
            && in_row(left.last, right.first)
            && joins(left, right)
        {
            right.verdict = Verdict::Place;
        }
    }
    for at in (1..finds.len()).rev() {
        if let Some([left, right]) = finds.get_mut(at - 1..=at)
            && in_row(left.last, right.first)
            && joins(right, left)
        {
            left.verdict = Verdict::Place;
        }
    }
}

/// The dateline's place, found again in the text, and the region after it: "TROY, N.C."
fn dateline_finds(
    piece: &Piece<'_>,
    dateline: &Dateline,
    length_bytes: usize,
    finds: &mut Vec<Find>,
) {
    let Some(name) = dateline.place.as_deref() else { return };
    let opening = piece.passage.text().get(..length_bytes).unwrap_or_default();
    let Some(start) = opening.find(name) else { return };
    let mut at = start;
    let mut parts = name.split(',').peekable();
    while let Some(part) = parts.next() {
        let trimmed = part.trim();
        let begins = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let Some(span) = Span::new(begins..begins + trimmed.len()) else { return };
        let mut candidates = places_named(trimmed);
        if begins > start {
            let abbreviated = regions::candidates(&dateline_gazetteer::fold(trimmed));
            candidates = if abbreviated.is_empty() { candidates } else { abbreviated };
        }
        if trimmed.is_empty() || candidates.is_empty() && begins > start {
            continue;
        }
        let first = piece.passage.token_at(span.start);
        let hit = Hit {
            part: Part::Text,
            span,
            key: dateline_gazetteer::fold(trimmed),
            surface: trimmed.split_whitespace().collect::<Vec<_>>().join(" "),
            is_demonym: false,
            is_in_next: parts.peek().is_some() && !candidates.is_empty(),
            candidates,
        };
        finds.push(Find { hit, verdict: Verdict::Place, first, last: first });
    }
}

/// What a name may mean, demonyms left out.
fn places_named(name: &str) -> Vec<Candidate> {
    dateline_gazetteer::named(name)
        .filter(|candidate| candidate.how != NameKind::Demonym)
        .take(MOST_CANDIDATES)
        .collect()
}

struct Scanner<'a> {
    piece: &'a Piece<'a>,
    judge: Judge<'a>,
}

/// A name found by walking: its last token and what it may mean.
struct Match {
    last: usize,
    candidates: Vec<Candidate>,
}

impl Scanner<'_> {
    fn scan(&self, from: usize, finds: &mut Vec<Find>) {
        let passage = self.piece.passage;
        let mut mentions = self.piece.mentions.iter().peekable();
        let mut at = from;
        while at < passage.tokens().len() {
            while mentions.next_if(|mention| mention.first < at).is_some() {}
            let next_mention = mentions.peek().copied();
            if let Some(mention) = next_mention.filter(|mention| mention.first == at) {
                if mention.kind == Tag::Place {
                    self.tagged(mention, finds);
                }
                at = mention.last + 1;
                continue;
            }
            let limit = next_mention.map_or(usize::MAX, |mention| mention.first);
            let longer =
                next_mention.filter(|mention| mention.kind == Tag::Place).and_then(|next| {
                    // "Sri" + "Lanka"
                    self.longest(at, next.last + 1).filter(|found| found.last == next.last)
                });
            let found = self.abbreviated(at).or(longer).or_else(|| self.longest(at, limit));
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let last = found.last;
            self.add(at, found, finds);
            at = last + 1;
        }
    }

    /// Names of places inside those of organisations: "Laurel County Sheriff's Office".
    fn inside(&self, evidence: &mut Vec<Hit>) {
        for mention in self.piece.mentions {
            if mention.kind != Tag::Organisation {
                continue;
            }
            let mut at = mention.first;
            while at <= mention.last {
                let Some(Match { last, candidates }) = self.longest(at, mention.last + 1) else {
                    at += 1;
                    continue;
                };
                evidence.extend(
                    self.find(at, last, candidates, false, Verdict::Place).map(|find| find.hit),
                );
                at = last + 1;
            }
        }
    }

    /// "Ill." and its likes after a capitalised word and a comma.
    fn abbreviated(&self, at: usize) -> Option<Match> {
        let passage = self.piece.passage;
        let comma = at.checked_sub(1).filter(|&comma| passage.is_sign(comma, ','))?;
        let town = comma.checked_sub(1).filter(|&town| passage.is_capital(town))?;
        // "W.Va."
        let is_west = passage.form(at) == Some(Form::Initial)
            && passage.key(at) == "w"
            && passage.key(at + 1) == "va";
        let (last, key) = if is_west { (at + 1, "wva") } else { (at, passage.key(at)) };
        let is_short = passage.surface(last).ends_with('.')
            || matches!(passage.form(at), Some(Form::Upper | Form::Initials));
        let spaced = passage.token(at)?.gap == Gap::Space;
        if !is_short || !spaced || passage.token(town)?.casing == Casing::Upper {
            return None;
        }
        let candidates = regions::candidates(key);
        (!candidates.is_empty()).then_some(Match { last, candidates })
    }

    /// The longest name of the gazetteer at `at` that ends before token `limit`.
    fn longest(&self, at: usize, limit: usize) -> Option<Match> {
        let passage = self.piece.passage;
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
        let tokens = self.piece.passage.tokens().get(first..=last)?;
        let is_upper = tokens
            .iter()
            .all(|token| matches!(token.form, Form::Upper | Form::Initials | Form::Initial));
        let tells = tokens
            .first()
            .is_some_and(|token| token.casing != Casing::Upper || token.form == Form::Initials);
        let fits = |candidate: &Candidate| match candidate.usage {
            Usage::Text => true,
            Usage::Capitals => is_upper && tells,
            Usage::Query => first == last,
        };
        let candidates: Vec<Candidate> =
            walk.candidates().filter(fits).take(MOST_CANDIDATES).collect();
        (!candidates.is_empty()).then_some(Match { last, candidates })
    }

    /// Adds a name of the gazetteer that no tagger found, if it stands as a place.
    fn add(&self, first: usize, found: Match, finds: &mut Vec<Find>) {
        let Match { last, mut candidates } = found;
        let is_demonym =
            candidates.first().is_some_and(|candidate| candidate.how == NameKind::Demonym);
        candidates.retain(|candidate| (candidate.how == NameKind::Demonym) == is_demonym);
        let in_row = !is_demonym
            && (self.holds_last(first, &candidates, finds)
                || self.region_follows(last, &candidates));
        let verdict = if in_row {
            Verdict::Place
        } else if is_demonym {
            self.judge.demonym(first, last)
        } else {
            self.judge.place(first, last, &mut candidates)
        };
        if verdict != Verdict::Other {
            finds.extend(self.find(first, last, candidates, is_demonym, verdict));
        }
    }

    /// Whether what stands before a comma before `first` lies in one of the candidates; if so, it is told.
    fn holds_last(&self, first: usize, candidates: &[Candidate], finds: &mut [Find]) -> bool {
        let inner = finds.last_mut().filter(|inner| {
            inner.last + 2 == first
                && self.comma_follows(inner.last)
                && lies_in(&inner.hit.candidates, candidates)
        });
        inner.map(|inner| inner.hit.is_in_next = true).is_some()
    }

    fn find(
        &self,
        first: usize,
        last: usize,
        candidates: Vec<Candidate>,
        is_demonym: bool,
        verdict: Verdict,
    ) -> Option<Find> {
        let passage = self.piece.passage;
        let span = passage.span(first, last)?;
        let surface = surface(passage, span);
        let key = dateline_gazetteer::fold(&surface);
        let part = self.piece.part;
        let hit = Hit { part, span, key, surface, candidates, is_demonym, is_in_next: false };
        Some(Find { hit, verdict, first, last })
    }

    fn comma_follows(&self, last: usize) -> bool {
        let passage = self.piece.passage;
        passage.is_sign(last + 1, ',')
            && passage.token(last + 2).is_some_and(|token| token.gap != Gap::Paragraph)
    }

    /// Whether ", Texas" follows, and one of the candidates lies there.
    fn region_follows(&self, last: usize, candidates: &[Candidate]) -> bool {
        let region = || self.abbreviated(last + 2).or_else(|| self.longest(last + 2, usize::MAX));
        self.comma_follows(last)
            && region().is_some_and(|region| lies_in(candidates, &region.candidates))
    }
}

fn surface(passage: &Passage<'_>, span: Span) -> String {
    span.of(passage.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one of the places lies in one of the others, as their names are used in running text.
fn lies_in(inner: &[Candidate], outer: &[Candidate]) -> bool {
    let outer = || outer.iter().filter(|candidate| candidate.how != NameKind::Demonym);
    inner.iter().filter(|candidate| candidate.how != NameKind::Demonym).any(|candidate| {
        let above = dateline_gazetteer::ancestors(candidate.place);
        outer().any(|outer| above.contains(&outer.place))
    })
}
