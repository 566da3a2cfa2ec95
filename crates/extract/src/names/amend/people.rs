//! People: titles, greetings and towns in front of them are no part of their names.

use super::{begins_title, is_word, names_place, part};
use crate::names::{Mention, NameKind};
use crate::passage::{Form, Passage};
use crate::tables;

/// Forms of address that stand before a surname and are never one.
const ADDRESS: &[&str] = &[
    "frau", "herr", "justice", "madame", "monsieur", "mr", "mrs", "ms", "sen", "rep", "gov", "gen",
    "sgt", "lt",
];

/// Takes titles off the front of a person, and what stands before a title: a greeting, or the town of "Fargo Mayor Dennis Walaker", which
/// becomes a mention of its own.
pub(super) fn without_titles(passage: &Passage<'_>, mention: &mut Mention) -> Option<Mention> {
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
