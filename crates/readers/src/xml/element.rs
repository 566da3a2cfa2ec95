//! One element of a record with all that is in it. Names are local: a prefix is kept apart, since agencies choose theirs as they like.

use crate::{characters, entities, markup, paragraphs};

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Name as written, with its prefix.
    pub(crate) qualified: String,
    /// Names as written, values with their references replaced.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    /// With references replaced.
    Text(String),
}

/// Elements that part paragraphs beside those of HTML.
const BLOCKS: &[&str] = &["bq", "note", "media-caption", "nitf-table", "tgroup", "row", "para"];

/// Elements whose content is not read.
const UNREAD: &[&str] = &[
    "script",
    "style",
    "head",
    "header",
    "title",
    "media-reference",
    "media-producer",
    "media-metadata",
    "media-object",
];

impl Element {
    /// Name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.qualified.rsplit(':').next().unwrap_or(&self.qualified)
    }

    /// The prefix; empty where there is none.
    pub(crate) fn prefix(&self) -> &str {
        self.qualified.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The value of an attribute, named with its prefix where it has one; blank ones count as absent.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Elements directly inside.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Elements called `name` directly inside.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name() == name)
    }

    /// The first element called `name` directly inside.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name() == name)
    }

    /// The first element at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// This element and all below it, in the order in which they begin.
    pub(crate) fn below(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            let at = waiting.len();
            waiting.extend(next.elements());
            waiting.get_mut(at..)?.reverse();
            Some(next)
        })
    }

    /// All elements called `name` at any depth.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.below().filter(move |element| element.name() == name)
    }

    /// The first element called `name` at any depth.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.below().find(|element| element.name() == name)
    }

    /// All text inside, as written.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.append_text(&[], &mut text);
        text
    }

    /// All text on one line, without that of the elements named in `without`; `None` where there is none.
    pub(crate) fn line_without(&self, without: &[&str]) -> Option<String> {
        let mut text = String::new();
        self.append_text(without, &mut text);
        characters::one_line(&text)
    }

    /// All text on one line.
    pub(crate) fn line(&self) -> Option<String> {
        self.line_without(&[])
    }

    fn append_text(&self, without: &[&str], text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) if without.contains(&element.name()) => text.push(' '),
                Node::Element(element) => {
                    let block = is_block(element.name());
                    if block {
                        text.push(' ');
                    }
                    element.append_text(without, text);
                    if block {
                        text.push(' ');
                    }
                }
            }
        }
    }

    /// The paragraphs of a body. Text alone may be HTML once more, or lines of plain text.
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        if self.elements().next().is_none() {
            return of_text(&self.text());
        }
        if let Some(lines) = preformatted(&self.only_text()) {
            return paragraphs::split(&lines);
        }
        let mut found = Paragraphs::default();
        found.walk(self);
        found.flush();
        found.paragraphs
    }

    /// The text of the only element at the end of a chain of only elements; empty where there is more.
    fn only_text(&self) -> String {
        let mut element = self;
        loop {
            let blank = |node: &&Node| match node {
                Node::Text(text) => text.trim().is_empty(),
                Node::Element(inner) => UNREAD.contains(&inner.name()),
            };
            let mut rest = element.children.iter().filter(|node| !blank(node));
            match (rest.next(), rest.next()) {
                (Some(Node::Element(inner)), None) => element = inner,
                (Some(Node::Text(text)), None) => return text.clone(),
                _ => return String::new(),
            }
        }
    }

    /// The paragraphs of a summary or caption: where it is plain text, only blank lines part it.
    pub(crate) fn summary(&self) -> Vec<String> {
        let text = self.text();
        if self.elements().next().is_some() || markup::is_html(&text) {
            return self.paragraphs();
        }
        let text = characters::clean(&text);
        let mut found = vec![String::new()];
        for line in text.lines().map(str::trim) {
            if line.is_empty() {
                found.push(String::new());
            } else if let Some(last) = found.last_mut() {
                last.push_str(line);
                last.push(' ');
            }
        }
        found.iter().filter_map(|paragraph| characters::one_line(paragraph)).collect()
    }
}

/// The paragraphs of a text that is HTML or plain.
pub(crate) fn of_text(text: &str) -> Vec<String> {
    let inner = text.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    let inner = inner.filter(|inner| !markup::is_html(inner)).map(entities::decode);
    if let Some(lines) = inner.and_then(|inner| preformatted(&inner)) {
        return paragraphs::split(&lines);
    }
    if markup::is_html(text) {
        markup::paragraphs(text)
    } else {
        paragraphs::split(&characters::clean(text))
    }
}

/// Line ends from which on a paragraph may be a whole text.
const PREFORMATTED_LINES: usize = 4;

/// The lines of a text that was put into one paragraph as it came over the wire: blank lines part it, or some lines are indented and others are not.
/// An indent that all lines share is the document's and goes.
fn preformatted(text: &str) -> Option<String> {
    let text = characters::clean(text);
    let text = text.trim_matches('\n').trim_end();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let rest = || text.lines().skip(1);
    let least = rest().filter(|line| !line.trim().is_empty()).map(indent).min()?;
    let parted = rest().any(|line| line.trim().is_empty());
    let begun = rest().any(|line| indent(line) >= least + 3 && !line.trim().is_empty());
    if rest().count() < PREFORMATTED_LINES || !(parted || begun) {
        return None;
    }
    let lines = text.lines().map(|line| {
        let shared = indent(line).min(least);
        line.get(shared..).unwrap_or_default()
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn is_block(name: &str) -> bool {
    markup::is_block(&name.to_ascii_lowercase()) || BLOCKS.contains(&name)
}

#[derive(Default)]
struct Paragraphs {
    /// The paragraph so far: white space folded, line breaks kept.
    current: String,
    paragraphs: Vec<String>,
}

impl Paragraphs {
    fn walk(&mut self, element: &Element) {
        for node in &element.children {
            let inner = match node {
                Node::Text(text) => {
                    self.text(text);
                    continue;
                }
                Node::Element(inner) => inner,
            };
            let name = inner.name();
            if UNREAD.contains(&name) {
                continue;
            }
            if name.eq_ignore_ascii_case("br") {
                self.current.push('\n');
                continue;
            }
            let block = is_block(name);
            if block {
                self.flush();
            }
            if name.eq_ignore_ascii_case("pre") {
                self.current = inner.text();
            } else {
                self.walk(inner);
            }
            if block {
                self.flush();
            }
        }
    }

    /// Appends text with its white space folded: a line end in the source is a blank.
    fn text(&mut self, text: &str) {
        for character in text.chars() {
            if !character.is_ascii_whitespace() {
                self.current.push(character);
            } else if !self.current.ends_with([' ', '\n']) {
                self.current.push(' ');
            }
        }
    }

    /// Ends the paragraph. Where it has line breaks it is taken apart at them, unless they are those of wrapped lines.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.current);
        if text.trim().contains('\n') {
            self.paragraphs.extend(paragraphs::split(&characters::clean(&text)));
        } else {
            self.paragraphs.extend(characters::one_line(&text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Element {
        let text = vec![Node::Text(text.to_owned())];
        let inner = Element { qualified: "p".to_owned(), children: text, ..Element::default() };
        Element { children: vec![Node::Element(inner)], ..Element::default() }
    }

    #[test]
    fn a_whole_text_in_one_paragraph_is_taken_apart() {
        let wire = "(ANW) - Solmark, May 2 - Trams ran again through the\n\
                    town on Thursday, the company said in the morning.\n   \"All six lines are back,\" it said\n\
                    after a week in which the depot was shut for repairs.\n   Fares stay as they are.\n";
        let expected = [
            "(ANW) - Solmark, May 2 - Trams ran again through the town on Thursday, the company said in the morning.",
            "\"All six lines are back,\" it said after a week in which the depot was shut for repairs.",
            "Fares stay as they are.",
        ];
        assert_eq!(p(wire).paragraphs(), expected);
        assert_eq!(of_text(&format!("<p>{wire}</p>")), expected);
    }

    #[test]
    fn a_paragraph_that_a_program_indented_is_one() {
        let text =
            "Trams ran\n      again through\n      the town\n      on Thursday,\n      it said.";
        assert_eq!(
            p(text).paragraphs(),
            ["Trams ran again through the town on Thursday, it said."]
        );
        assert_eq!(p("One\n\n  two").paragraphs(), ["One two"]);
    }

    #[test]
    fn a_summary_is_parted_by_blank_lines_only() {
        let summary = |text: &str| Element {
            children: vec![Node::Text(text.to_owned())],
            ..Element::default()
        };
        assert_eq!(summary(" A tram\n   leaves.\n\n Two. ").summary(), ["A tram leaves.", "Two."]);
        assert_eq!(summary("<p>A tram</p>leaves.").summary(), ["A tram", "leaves."]);
    }
}
