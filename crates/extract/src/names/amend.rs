//! What the lists know better than the trained tagger: known organisations, legal forms, titles, and words that are no names.
//!
//! Each rule is one that holds nearly always; what hangs on the sentence is the tagger's to decide. Linear in the passage.

use dateline_article::Span;
use dateline_gazetteer::{self as gazetteer, Usage};

use super::known::Known;
use super::spread::speaks;
use super::{Mention, NameKind};
use crate::passage::{Casing, Form, Passage};
use crate::tables;

/// What ends names of writings, events and treaties, which are no organisations.
const NO_ORGANISATIONS: &[&str] = &[
    "accord",
    "accords",
    "act",
    "agreement",
    "amendment",
    "award",
    "awards",
    "bill",
    "blog",
    "bowl",
    "briefing",
    "bulletin",
    "campaign",
    "championship",
    "championships",
    "conference",
    "crisis",
    "cup",
    "election",
    "elections",
    "festival",
    "games",
    "index",
    "newsletter",
    "olympics",
    "podcast",
    "prize",
    "protocol",
    "referendum",
    "revolution",
    "riots",
    "summit",
    "survey",
    "treaty",
    "trials",
    "uprising",
    "war",
];
/// Forms of address that stand before a surname and are never one.
const ADDRESS: &[&str] = &[
    "frau", "herr", "justice", "madame", "monsieur", "mr", "mrs", "ms", "sen", "rep", "gov", "gen",
    "sgt", "lt",
];
/// Most words before a legal form that make a firm's name with it.
const LONGEST_FIRM: usize = 5;

/// Corrects the mentions of one passage, from token `start` on; their order stays that of the text.
pub(super) fn amend(passage: &Passage<'_>, start: usize, mentions: &mut Vec<Mention>) {
    let mut before = Vec::new();
    for mention in mentions.iter_mut() {
        if mention.kind == NameKind::Person {
            before.extend(without_titles(passage, mention));
        }
    }
    if !before.is_empty() {
        mentions.extend(before);
        mentions.sort_unstable_by_key(|mention| mention.first);
    }
    cut_organisations(passage, mentions);
    for mention in mentions.iter_mut() {
        let is_town = mention.kind == NameKind::Person && is_town(passage, mention);
        if is_town || mention.kind != NameKind::Place && has_article(passage, mention) {
            mention.kind = NameKind::Place;
        }
        if mention.kind == NameKind::Organisation {
            without_office(passage, mention);
        }
    }
    towns(passage, mentions);
    mentions.retain(|mention| !is_no_name(passage, mention));
    add_organisations(passage, start, mentions);
}

/// Takes titles off the front of a person, and what stands before a title: a greeting, or the town of "Fargo Mayor Dennis Walaker", which
/// becomes a mention of its own.
fn without_titles(passage: &Passage<'_>, mention: &mut Mention) -> Option<Mention> {
    let is_title = |index: usize| tables::TITLES.contains(passage.key(index));
    // Dean, Major and Judge are given names too, where nothing but a surname follows.
    let is_name =
        |index: usize| tables::GIVEN.contains(passage.key(index)) && index + 1 == mention.last;
    let is_address = |&index: &usize| ADDRESS.contains(&passage.key(index));
    let behind = |title: usize| {
        let words =
            (title + 1..mention.last).find(|&at| passage.form(at).is_some_and(Form::is_word));
        words.unwrap_or(mention.last)
    };
    let leading = (mention.first..mention.last)
        .take_while(|&index| {
            is_title(index) && !is_name(index) || !passage.form(index).is_some_and(Form::is_word)
        })
        .last();
    let address = (mention.first..mention.last).rev().find(is_address);
    let mut town = None;
    let first = if let Some(title) = leading.max(address) {
        behind(title)
    } else {
        let title = (mention.first + 1..mention.last).find(|&index| is_title(index))?;
        let mut end = title;
        while end > mention.first + 1 && begins_title(passage, end - 1) {
            end -= 1;
        }
        let before = part(passage, NameKind::Place, mention.first, end - 1)?;
        // "Green MP"
        let is_word = before.first == before.last && is_word(passage, before.first);
        if !is_word && !names_place(passage, &before) {
            return None;
        }
        town = Some(before).filter(|_| !is_word);
        behind(title)
    };
    if let Some(span) = passage.span(first, mention.last) {
        (mention.first, mention.span) = (first, span);
    }
    town
}

/// Whether the gazetteer has the whole mention as a place's name.
fn names_place(passage: &Passage<'_>, mention: &Mention) -> bool {
    let mut candidates = dateline_gazetteer::named(mention.span.of(passage.text()));
    candidates.next().is_some_and(|candidate| candidate.how != gazetteer::NameKind::Demonym)
}

/// Whether the mention is the name or adjective of a people.
fn names_people(passage: &Passage<'_>, mention: &Mention) -> bool {
    let mut candidates = dateline_gazetteer::named(mention.span.of(passage.text()));
    candidates.next().is_some_and(|candidate| candidate.how == gazetteer::NameKind::Demonym)
}

/// Towns that the tagger took for people or organisations, where the text says "in Augusta": all mentions of one word that is no word
/// and no surname here.
fn towns(passage: &Passage<'_>, mentions: &mut [Mention]) {
    let is_open = |mention: &Mention| {
        mention.first == mention.last
            && mention.kind != NameKind::Place
            && passage.form(mention.first) == Some(Form::Capital)
    };
    let surnames: Vec<&str> = mentions
        .iter()
        .filter(|mention| mention.kind == NameKind::Person && mention.last > mention.first)
        .map(|mention| passage.key(mention.last))
        .collect();
    let stands_as_town = |mention: &&Mention| {
        let before = passage.word_before(mention.first).map(|before| passage.key(before));
        is_open(mention)
            && matches!(before, Some("in" | "near" | "outside" | "unincorporated" | "downtown"))
            && !is_word(passage, mention.first)
            && !tables::ORGANISATIONS.contains(passage.key(mention.first))
            && !surnames.contains(&passage.key(mention.first))
            && names_place(passage, mention)
    };
    let towns: Vec<String> = mentions
        .iter()
        .filter(stands_as_town)
        .map(|mention| passage.key(mention.first).to_owned())
        .collect();
    if towns.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| is_open(mention)) {
        if towns.iter().any(|town| town == passage.key(mention.first)) {
            mention.kind = NameKind::Place;
        }
    }
}

/// "to Sant Cugat del Vallès": a name of several words that the gazetteer has, after a word that places it.
fn is_town(passage: &Passage<'_>, mention: &Mention) -> bool {
    let Some(before) = passage.word_before(mention.first).map(|before| passage.key(before)) else {
        return false;
    };
    let is_long = mention.last >= mention.first + 2;
    let places = matches!(before, "in" | "near" | "outside")
        || is_long && matches!(before, "to" | "from" | "at");
    let is_listed = || {
        let mut candidates = dateline_gazetteer::named(mention.span.of(passage.text()));
        candidates.any(|candidate| candidate.usage == Usage::Text)
    };
    mention.last > mention.first && places && is_listed()
}

/// "The Hague": one word, with its article the name of a place.
fn has_article(passage: &Passage<'_>, mention: &Mention) -> bool {
    let article = passage.word_before(mention.first);
    let article =
        article.filter(|&at| passage.form(at) == Some(Form::Capital) && passage.key(at) == "the");
    let is_listed = |span: Span| {
        let mut candidates = dateline_gazetteer::named(span.of(passage.text()));
        candidates.any(|candidate| candidate.usage == Usage::Text)
    };
    mention.first == mention.last
        && article.and_then(|at| passage.span(at, mention.last)).is_some_and(is_listed)
}

/// Takes a title off the end, where a person follows: "Green MP" Orla Vint, "Fargo City Commissioner" Tim Mahoney. What is left may be a
/// place.
fn without_office(passage: &Passage<'_>, mention: &mut Mention) {
    let follows = passage.next_word(mention.last).is_some_and(|next| passage.is_capital(next));
    let mut last = mention.last;
    while follows && last > mention.first && tables::TITLES.contains(passage.key(last)) {
        last -= 1;
    }
    let Some(left) = part(passage, mention.kind, mention.first, last) else { return };
    if last < mention.last {
        let is_town = !is_word(passage, last) && names_place(passage, &left);
        let kind = if is_town { NameKind::Place } else { mention.kind };
        *mention = Mention { kind, ..left };
    }
}

/// Parts two firms at the legal form of the first, and an office from who holds it: "U.N. Secretary-General Antonio Guterres".
fn cut_organisations(passage: &Passage<'_>, mentions: &mut Vec<Mention>) {
    let mut at = 0;
    while let Some(&mention) = mentions.get(at) {
        at += 1;
        if mention.kind != NameKind::Organisation || mention.first == mention.last {
            continue;
        }
        let parts = holder(passage, &mention).or_else(|| two_firms(passage, &mention));
        if let Some(parts) = parts {
            let count = parts.iter().flatten().count();
            mentions.splice(at - 1..at, parts.into_iter().flatten());
            at += count - 1;
        }
    }
}

fn part(passage: &Passage<'_>, kind: NameKind, first: usize, last: usize) -> Option<Mention> {
    (first <= last).then_some(Mention { kind, first, last, span: passage.span(first, last)? })
}

fn holder(passage: &Passage<'_>, mention: &Mention) -> Option<[Option<Mention>; 2]> {
    let is_title = |index: usize| tables::TITLES.contains(passage.key(index));
    let is_head = tables::HEADS.contains(passage.key(mention.last));
    let title = (mention.first..mention.last)
        .find(|&at| is_title(at) && tables::GIVEN.contains(passage.key(at + 1)))?;
    if is_head || title + 1 == mention.last {
        return None;
    }
    let mut end = title;
    while end > mention.first
        && (is_title(end - 1) || !passage.form(end - 1).is_some_and(Form::is_word))
    {
        end -= 1;
    }
    while end > mention.first && begins_title(passage, end - 1) {
        end -= 1;
    }
    let office =
        end.checked_sub(1).and_then(|last| part(passage, mention.kind, mention.first, last));
    Some([office, Some(part(passage, NameKind::Person, title + 1, mention.last)?)])
}

/// "Treasury Secretary"
fn begins_title(passage: &Passage<'_>, at: usize) -> bool {
    passage.is_capital(at + 1)
        && tables::TITLES.contains(&format!("{} {}", passage.key(at), passage.key(at + 1)))
}

fn two_firms(passage: &Passage<'_>, mention: &Mention) -> Option<[Option<Mention>; 2]> {
    let ends = |&index: &usize| {
        is_legal_form(passage, index)
            && passage.surface(index).ends_with('.')
            && passage.form(index + 1) == Some(Form::Capital)
            && !is_legal_form(passage, index + 1)
    };
    let end = (mention.first + 1..mention.last).find(ends)?;
    let first = part(passage, mention.kind, mention.first, end)?;
    Some([Some(first), Some(part(passage, mention.kind, end + 1, mention.last)?)])
}

fn is_legal_form(passage: &Passage<'_>, index: usize) -> bool {
    let key = passage.key(index);
    (passage.is_capital(index) || key == "plc") && tables::is_legal_form(key)
}

/// Peoples and faiths are no persons; writings, events and words in capitals are no organisations.
fn is_no_name(passage: &Passage<'_>, mention: &Mention) -> bool {
    let (first, last) = (passage.key(mention.first), passage.key(mention.last));
    let single = mention.first == mention.last;
    if mention.kind != NameKind::Place && names_people(passage, mention) {
        return true;
    }
    match mention.kind {
        NameKind::Person => {
            let opens = passage.token(mention.first).is_some_and(|token| token.opens);
            let opens_small =
                opens && tables::ORDINARY.contains(first) && !speaks(passage, mention.first);
            single && (tables::CONVICTIONS.contains(first) || opens_small)
        }
        NameKind::Organisation => {
            let is_word = || {
                tables::CAPITALS.contains(first)
                    || tables::CALENDAR.contains(first)
                    || is_word(passage, mention.first) && is_before_title(passage, mention.last)
            };
            let is_office = || begins_title(passage, mention.first);
            single && (is_word() || is_office()) || !single && NO_ORGANISATIONS.contains(&last)
        }
        NameKind::Place => false,
    }
}

/// "Green" MP: an adjective of a title.
fn is_before_title(passage: &Passage<'_>, index: usize) -> bool {
    let next = passage.next_word(index);
    next.is_some_and(|next| passage.is_capital(next) && tables::TITLES.contains(passage.key(next)))
}

/// Adds organisations of the list and firms by their legal form, in place of the mentions that they hold.
fn add_organisations(passage: &Passage<'_>, start: usize, mentions: &mut Vec<Mention>) {
    let known = Known { passage, is_english: true };
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    while at < passage.tokens().len() {
        let firm = legal_form(passage, at, start);
        let listed = || known.organisation(at).map(|last| (at, last));
        match firm.or_else(listed) {
            Some((first, last)) if found.last().is_none_or(|&(_, end)| end < first) => {
                found.push((first, last));
                at = last + 1;
            }
            _ => at += 1,
        }
    }
    for (first, last) in found {
        let from = mentions.partition_point(|mention| mention.last < first);
        let to = mentions.partition_point(|mention| mention.first <= last);
        let Some(held) = mentions.get(from..to) else { continue };
        let inside = held.iter().all(|mention| mention.first >= first && mention.last <= last);
        // A single word may be another's name as well: there the sentence decides.
        let is_open = last > first || held.is_empty();
        let is_event = held.is_empty() && matches!(passage.key(last + 1), "election" | "elections");
        if inside
            && is_open
            && !is_event
            && let Some(span) = passage.span(first, last)
        {
            let mention = Mention { kind: NameKind::Organisation, first, last, span };
            mentions.splice(from..to, [mention]);
        }
    }
}

/// The firm whose legal form stands at `at`: "Varga Optik GmbH".
fn legal_form(passage: &Passage<'_>, at: usize, start: usize) -> Option<(usize, usize)> {
    if passage.token(at)?.casing != Casing::Mixed || !is_legal_form(passage, at) {
        return None;
    }
    let mut first = at;
    for _ in 0..LONGEST_FIRM {
        let Some(before) = passage.word_before(first).filter(|&before| before >= start) else {
            break;
        };
        let token = passage.token(before)?;
        let opens_small = token.opens && is_word(passage, before);
        let is_name = matches!(token.form, Form::Capital | Form::Upper)
            && !tables::STOP.contains(passage.key(before))
            && (first == at || !is_legal_form(passage, before))
            && !opens_small;
        if !is_name {
            break;
        }
        first = before;
        if token.opens {
            break;
        }
    }
    (first < at).then_some((first, at))
}

fn is_word(passage: &Passage<'_>, index: usize) -> bool {
    let key = passage.key(index);
    [tables::ORDINARY, tables::STOP, tables::CONVICTIONS].iter().any(|rows| rows.contains(key))
}
