//! Places that the tagger took for people or organisations.

use dateline_article::Span;
use dateline_gazetteer::Usage;

use super::{is_word, names_place};
use crate::names::{Mention, NameKind};
use crate::passage::{Form, Passage};
use crate::tables;

/// Towns that the tagger took for people or organisations, where the text says "in Augusta": all mentions of one word that is no word
/// and no surname here.
pub(super) fn towns(passage: &Passage<'_>, mentions: &mut [Mention]) {
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
pub(super) fn is_town(passage: &Passage<'_>, mention: &Mention) -> bool {
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
pub(super) fn has_article(passage: &Passage<'_>, mention: &Mention) -> bool {
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
