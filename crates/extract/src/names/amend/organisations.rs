//! Organisations: those of the list, firms by their legal form, offices apart from who holds them.

use super::{begins_title, is_word, names_place, part};
use crate::names::known::Known;
use crate::names::{Mention, NameKind};
use crate::passage::{Casing, Form, Passage};
use crate::tables;

/// Most words before a legal form that make a firm's name with it.
const LONGEST_FIRM: usize = 5;

/// Takes a title off the end, where a person follows: "Green MP" Orla Vint, "Fargo City Commissioner" Tim Mahoney. What is left may be a
/// place.
pub(super) fn without_office(passage: &Passage<'_>, mention: &mut Mention) {
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
pub(super) fn cut_organisations(passage: &Passage<'_>, mentions: &mut Vec<Mention>) {
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

/// Adds organisations of the list and firms by their legal form, in place of the mentions that they hold.
pub(super) fn add_organisations(passage: &Passage<'_>, start: usize, mentions: &mut Vec<Mention>) {
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
