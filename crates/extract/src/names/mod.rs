//! People and organisations: mentions found by a tagger, spread over the article, and joined into one entity each.
//!
//! Behind [`crate::extractor::NameTagger`] stand [`trained`] for English, corrected by [`amend`], and [`rules`] for the other languages
//! ([`by_language`]); [`spread`] and [`join`] work on any tagger's mentions.

mod amend;
pub(crate) mod by_language;
pub(crate) mod dateline;
pub(crate) mod join;
mod known;
pub(crate) mod rules;
pub(crate) mod spread;
pub(crate) mod trained;

use dateline_article::Span;

use crate::passage::Passage;

/// What a tagger takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameKind {
    /// A person, title left out.
    Person,
    /// An organisation.
    Organisation,
    /// Perhaps a place: the gazetteer has the last word.
    Place,
}

/// A name in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// What it names.
    pub(crate) kind: NameKind,
    /// First token.
    pub(crate) first: usize,
    /// Last token, in.
    pub(crate) last: usize,
    /// Where it stands in the passage's text.
    pub(crate) span: Span,
}

/// Which part of the article a mention stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The headline.
    Title,
    /// The text.
    Text,
}

/// A part of an article, read and tagged.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    /// Which part.
    pub(crate) part: Part,
    /// Its tokens.
    pub(crate) passage: &'a Passage<'a>,
    /// Its names, in the order of the text, not overlapping.
    pub(crate) mentions: &'a [Mention],
}
