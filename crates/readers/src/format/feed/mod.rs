//! Feeds: RSS of every version, and Atom. An item or entry is an article; its text is the fullest that the feed gives.
//!
//! Names are read by what their prefix stands for, in the feed's own declarations or by custom where it declares none. Sources: RSS 0.90 to 2.0, RFC
//! 4287, the draft of Atom 0.3, and the modules for content and Dublin Core.

use crate::draft::Draft;
use crate::fields::Field;
use crate::xml::{self, Element, Piece};
use crate::{byline, dates, markup};

mod atom;
mod rss;
mod vocabulary;
mod wordpress;

pub(crate) use atom::Atom;
pub(crate) use rss::Rss;

use vocabulary::{Scope, Vocabulary};

/// What a feed says of all its articles.
#[derive(Default)]
struct Feed {
    scope: Scope,
    title: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
}

impl Feed {
    /// Takes over what stands around the articles.
    fn open(&mut self, tag: &Element) {
        self.scope.declare(tag);
        if let Some(language) = tag.attribute("xml:lang") {
            self.language = Some(language.to_owned());
        }
    }

    /// Fills in what an article does not say itself.
    fn complete(&self, draft: &mut Draft) {
        if let Some(title) = &self.title {
            draft.set(Field::Source, title);
        }
        if let Some(language) = &self.language {
            draft.set(Field::Language, language);
        }
        if draft.byline.is_empty() {
            draft.byline.clone_from(&self.authors);
        }
    }
}

/// The elements of an article by what they mean: vocabulary and name in lower case.
struct Fields<'a>(Vec<(Vocabulary, String, &'a Element)>);

impl<'a> Fields<'a> {
    fn of(article: &'a Element, feed: &Feed) -> Self {
        let named = |element: &'a Element| {
            let vocabulary = feed.scope.vocabulary(element, article);
            (vocabulary, element.name().to_ascii_lowercase(), element)
        };
        Self(article.elements().map(named).collect())
    }

    fn all<'b>(
        &'b self,
        vocabulary: Vocabulary,
        name: &'b str,
    ) -> impl Iterator<Item = &'a Element> + 'b {
        let wanted = move |(known, local, _): &&(Vocabulary, String, &'a Element)| {
            *known == vocabulary && local == name
        };
        self.0.iter().filter(wanted).map(|(_, _, element)| *element)
    }

    fn first(&self, vocabulary: Vocabulary, name: &str) -> Option<&'a Element> {
        self.all(vocabulary, name).next()
    }
}

/// Sets the date from the first of the elements that has one; where none has, the first that has a text is named in a warning.
fn set_published<'a>(draft: &mut Draft, elements: impl Iterator<Item = &'a Element>) {
    let lines: Vec<String> = elements.filter_map(Element::line).collect();
    let understood = lines.iter().find(|line| dates::read(line) != dates::Reading::None);
    if let Some(line) = understood.or(lines.first()) {
        draft.set(Field::Published, line);
    }
}

/// An author as feeds name them: `mail@example.org (Name)`, `Name <mail@example.org>`, or a name. An address alone names nobody.
fn authors(line: &str) -> Vec<String> {
    let name = match line.split_once('(') {
        Some((before, name)) if before.contains('@') => name.split(')').next().unwrap_or(name),
        _ => line.split('<').next().unwrap_or(line),
    };
    let name = name.trim();
    if name.contains('@') { Vec::new() } else { byline::authors(name) }
}

/// A line that may be HTML once more.
fn html_line(element: &Element) -> String {
    markup::line(&element.text())
}

/// Paragraphs of an element that holds HTML as text, tags, or plain text.
fn paragraphs(element: &Element) -> Vec<String> {
    if element.elements().next().is_some() {
        return element.paragraphs();
    }
    let text = element.text();
    if markup::is_html(&text) { markup::paragraphs(&text) } else { html_free(&text) }
}

/// Paragraphs of a text without tags: feeds escape its references twice all the same.
fn html_free(text: &str) -> Vec<String> {
    xml::of_text(&crate::entities::decode(text))
}

/// The part's own identifier, for what cannot be read.
fn part(piece: &Element) -> Option<String> {
    let id = piece.child("guid").or(piece.child("id")).or(piece.child("link"))?;
    id.line()
}

/// Counts an article that cannot be read.
fn fault(piece: &Piece, limit_bytes: usize) -> crate::skip::Fault {
    if matches!(piece, Piece::OverLimit(_)) {
        crate::skip::Fault::over_limit("the article", limit_bytes as u64)
    } else {
        crate::skip::Fault::malformed("the file ends inside the article")
    }
}

#[cfg(test)]
mod tests;
