//! What the lists know better than the trained tagger: known organisations, legal forms, titles, towns, and words that are no names.
//!
//! Each rule is one that holds nearly always; what hangs on the sentence is the tagger's to decide. Linear in the passage.

mod organisations;
mod people;
mod towns;

use dateline_gazetteer as gazetteer;

use self::organisations::{add_organisations, cut_organisations, without_office};
use self::people::without_titles;
use self::towns::{has_article, is_town, towns};
use super::spread::speaks;
use super::{Mention, NameKind};
use crate::passage::Passage;
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

/// "Treasury Secretary"
fn begins_title(passage: &Passage<'_>, at: usize) -> bool {
    passage.is_capital(at + 1)
        && tables::TITLES.contains(&format!("{} {}", passage.key(at), passage.key(at + 1)))
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

fn is_word(passage: &Passage<'_>, index: usize) -> bool {
    let key = passage.key(index);
    [tables::ORDINARY, tables::STOP, tables::CONVICTIONS].iter().any(|rows| rows.contains(key))
}

fn part(passage: &Passage<'_>, kind: NameKind, first: usize, last: usize) -> Option<Mention> {
    (first <= last).then_some(Mention { kind, first, last, span: passage.span(first, last)? })
}
