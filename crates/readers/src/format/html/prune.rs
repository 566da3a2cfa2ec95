//! Takes out of a page's tree what its marks say is no text of the article: captions, share bars, related links, sign-up forms, comments.
//!
//! A mark alone proves little (`has-sidebar` may stand on the whole page), so nothing is taken out that holds a large part of the page's text, or its
//! main heading. What follows an `<article>` that holds most of the page's prose goes as well.

use std::collections::HashMap;

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

use super::marks;

/// Elements that are never part of the text.
const ELEMENTS: &[&str] = &["figcaption", "nav", "dialog", "noscript", "template", "menu"];

/// Elements that hold the article and are never taken out by a word.
const KEPT: &[&str] = &["html", "head", "body", "main", "article", "h1"];

/// Bytes of paragraphs outside links from which on a page has a text of its own.
const LEAST_PROSE_BYTES: usize = 500;

/// Headlines that are links which make a page a list of articles.
const TEASERS: usize = 5;

/// Takes boilerplate out of the tree.
///
/// Bylines go where the author is known; else they are left for the extractor to find.
pub(super) fn prune(document: &Document, byline: Byline) -> Kind {
    let Some(body) = document.body() else { return Kind::Article };
    let nodes: Vec<NodeRef<'_>> = body.descendants_it().collect();
    let sizes = sizes(&body, &nodes);
    let size = |node: &NodeRef<'_>| sizes.get(&node.id).copied().unwrap_or_default();
    let page = size(&body);
    for node in &nodes {
        let Some(mark) = mark(node, byline) else { continue };
        let size = size(node);
        match mark {
            Mark::Element if size.bytes * 2 < page.bytes => node.remove_from_parent(),
            Mark::Word if size.bytes * 4 < page.bytes && !size.heading => node.remove_from_parent(),
            // The extractor passes all of these by, but some sites keep their articles in one.
            Mark::Aside if size.prose * 2 > page.prose => node.rename("div"),
            Mark::Article if size.prose * 2 > page.prose => drop_following(node),
            Mark::Hidden if opens(node) => show(node),
            _ => {}
        }
    }
    let listed = || nodes.iter().filter(|node| is_teaser(node, &size(node))).count();
    if page.prose < LEAST_PROSE_BYTES && page.unlinked * 2 < page.bytes && listed() >= TEASERS {
        return Kind::Listing;
    }
    Kind::Article
}

/// Whether an element is a headline that is a link.
fn is_teaser(node: &NodeRef<'_>, size: &Size) -> bool {
    let heading = node.node_name().is_some_and(|name| matches!(&*name, "h2" | "h3" | "h4"));
    heading
        && size.bytes > 0
        && (size.unlinked == 0 || node.ancestors_it(Some(2)).any(|above| above.has_name("a")))
}

/// Drops what follows an element: the rest of the page behind its article.
fn drop_following(article: &NodeRef<'_>) {
    let mut node = *article;
    while let Some(parent) = node.parent().filter(|_| !node.has_name("body")) {
        while let Some(next) = node.next_sibling() {
            next.remove_from_parent();
        }
        node = parent;
    }
}

/// Whether a hidden block is what opens under a heading: an answer to the question above it.
fn opens(node: &NodeRef<'_>) -> bool {
    let heads = |before: NodeRef<'_>| {
        before.node_name().is_some_and(|name| {
            matches!(&*name, "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary" | "button")
        })
    };
    node.prev_element_sibling().is_some_and(heads)
}

fn show(node: &NodeRef<'_>) {
    node.remove_attrs(&["style", "hidden", "aria-hidden"]);
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Article,
    /// Headlines that lead to articles, and no text of its own.
    Listing,
}

/// Whether the page's marks named its authors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Byline {
    Known,
    Unknown,
}

enum Mark {
    /// An element that is never part of the text.
    Element,
    /// A word that marks what is no part of the text.
    Word,
    Aside,
    Article,
    /// Not displayed until a reader asks for it.
    Hidden,
}

fn mark(node: &NodeRef<'_>, byline: Byline) -> Option<Mark> {
    let element = node.element_ref()?;
    let name = &*element.name.local;
    if ELEMENTS.contains(&name) {
        return Some(Mark::Element);
    }
    if name == "article" || is_body(&element) {
        return Some(Mark::Article);
    }
    if KEPT.contains(&name) {
        return None;
    }
    let marked = marks::has(&element, marks::BOILERPLATE)
        || (byline == Byline::Known && marks::has(&element, marks::BYLINES));
    if marked {
        return Some(Mark::Word);
    }
    if name == "aside" {
        return Some(Mark::Aside);
    }
    is_hidden(&element).then_some(Mark::Hidden)
}

/// Whether an element says that it is an article's text.
fn is_body(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| {
        &*attribute.name.local == "itemprop" && attribute.value.eq_ignore_ascii_case("articlebody")
    })
}

fn is_hidden(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| match &*attribute.name.local {
        "hidden" => true,
        "aria-hidden" => &*attribute.value == "true",
        "style" => {
            let value = attribute.value.to_ascii_lowercase();
            value.split(';').any(|rule| {
                rule.split_once(':').is_some_and(|(name, value)| {
                    name.trim() == "display" && value.trim().starts_with("none")
                })
            })
        }
        _ => false,
    })
}

#[derive(Clone, Copy, Default)]
struct Size {
    /// Bytes of visible text.
    bytes: usize,
    /// Those of them that are in no link.
    unlinked: usize,
    /// Those of these that are in paragraphs.
    prose: usize,
    /// A main heading is inside.
    heading: bool,
}

fn sizes(body: &NodeRef<'_>, nodes: &[NodeRef<'_>]) -> HashMap<NodeId, Size> {
    let mut sizes: HashMap<NodeId, Size> = HashMap::with_capacity(nodes.len());
    // Children come after their parents, so backwards each is complete when it is added.
    for node in nodes.iter().rev() {
        let mut size = sizes.get(&node.id).copied().unwrap_or_default();
        let parent = node.query(|inner| {
            match &inner.data {
                NodeData::Text { contents } => {
                    let visible = |byte: &u8| !byte.is_ascii_whitespace();
                    size.bytes = contents.as_bytes().iter().filter(|byte| visible(byte)).count();
                    size.unlinked = size.bytes;
                }
                NodeData::Element(element) => match &*element.name.local {
                    "script" | "style" | "noscript" | "template" | "svg" => size = Size::default(),
                    "h1" => size.heading = true,
                    "a" => (size.unlinked, size.prose) = (0, 0),
                    "p" => size.prose = size.unlinked,
                    _ => {}
                },
                _ => {}
            }
            inner.parent
        });
        sizes.insert(node.id, size);
        let sum = sizes.entry(parent.flatten().unwrap_or(body.id)).or_default();
        sum.bytes += size.bytes;
        sum.unlinked += size.unlinked;
        sum.prose += size.prose;
        sum.heading |= size.heading;
    }
    sizes
}
