//! NewsML-G2, the IPTC's exchange format since 2006: news items alone, and in a `newsMessage`.
//!
//! A news item is an article; a package is one as well, its text the titles and summaries of what it refers to. Items that describe concepts, plans or
//! catalogs hold no article and are skipped. Source: the IPTC's NewsML-G2 guidelines, version 2.35.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::format::nitf;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::{self, Document, Element, Nested, Piece, Records, Root};
use crate::{byline, dates};

/// Reader of NewsML-G2.
pub(crate) struct NewsMlG2;

/// Items that hold an article.
const ARTICLES: &[&str] = &["newsItem", "packageItem"];

/// Items that hold none, and what they hold.
const OTHERS: &[(&str, &str)] = &[
    ("conceptItem", "a concept"),
    ("knowledgeItem", "concepts"),
    ("planningItem", "plans"),
    ("catalogItem", "a catalog of vocabularies"),
];

impl Reader for NewsMlG2 {
    fn name(&self) -> &'static str {
        "newsml-g2"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "newsMessage" || is_item(root.name) => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        while let Some(piece) = records.next(&|_, element| is_item(element.name()))? {
            match piece {
                Piece::Open(_) => {}
                Piece::Record(item) => {
                    if let Some((_, held)) = OTHERS.iter().find(|(name, _)| *name == item.name()) {
                        let detail = format!("a {} holds {held} and no article", item.name());
                        found.skip(part(&item), Fault::new(Reason::Empty, detail))?;
                        continue;
                    }
                    let mut draft = draft(&item);
                    draft.warnings.extend(document.warning.clone());
                    found.article(draft)?;
                }
                Piece::OverLimit(item) => {
                    let fault = Fault::over_limit("the item", limits.record_bytes as u64);
                    found.skip(part(&item), fault)?;
                }
                Piece::Cut(item) => {
                    let fault = Fault::malformed("the file ends inside the item");
                    found.skip(part(&item), fault)?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

fn is_item(name: &str) -> bool {
    ARTICLES.contains(&name) || OTHERS.iter().any(|(other, _)| *other == name)
}

fn part(item: &Element) -> Option<String> {
    item.attribute("guid").map(str::to_owned)
}

fn draft(item: &Element) -> Draft {
    let mut draft = Draft { part: part(item), ..Draft::default() };
    if let Some(guid) = item.attribute("guid") {
        draft.set(Field::Url, guid);
    }
    if let Some(version) = item.attribute("version") {
        draft.set_version(version);
    }
    let content = item.child("contentMeta");
    let about = item.child("itemMeta");
    if let Some(content) = content {
        read_content_meta(&mut draft, content);
    }
    if let Some(about) = about {
        read_item_meta(&mut draft, about);
    }
    if let Some(content) = content {
        for name in ["contentModified", "contentCreated"] {
            set_date(&mut draft, content.child(name));
        }
        for field in content.children("creditline").chain(content.children("infoSource")) {
            set_line(&mut draft, Field::Source, named(field));
        }
    }
    if let Some(set) = item.child("contentSet") {
        read_content(&mut draft, set);
        draft.drop_repeated_title();
    }
    if let Some(tag) = item.attribute("xml:lang") {
        draft.set(Field::Language, tag);
    }
    if draft.paragraphs.is_empty() {
        let summary = content.and_then(|content| content.child("description"));
        draft.paragraphs = summary.map(Element::summary).unwrap_or_default();
        if let Some(groups) = item.child("groupSet") {
            draft.paragraphs.extend(references(groups));
        } else if !draft.paragraphs.is_empty() {
            draft.warnings.push("the text is a description, no other is given".to_owned());
        }
    }
    draft
}

/// What the content is about: headlines, authors, subjects.
fn read_content_meta(draft: &mut Draft, content: &Element) {
    for headline in content.children("headline") {
        let role = headline.attribute("role").unwrap_or_default().to_ascii_lowercase();
        let field = if role.contains("sub") { Field::Subtitle } else { Field::Title };
        set_line(draft, field, headline.line());
    }
    draft.byline = content
        .children("by")
        .filter_map(Element::line)
        .flat_map(|line| byline::authors(&line))
        .collect();
    if draft.byline.is_empty() {
        draft.byline = content.children("creator").filter_map(person).collect();
    }
    let dateline = content.child("dateline").and_then(Element::line);
    let located = content.child("located").and_then(named);
    for line in dateline.into_iter().chain(located) {
        nitf::set_dateline_line(draft, &line);
    }
    for language in content.children("language") {
        draft.set(Field::Language, language.attribute("tag").unwrap_or_default());
    }
    let keywords = content.children("keyword").filter_map(Element::line);
    draft.keywords.extend(keywords);
    let subjects = content.children("subject").filter_map(|subject| subject.child("name")?.line());
    // Categories of a single letter are codes that lack their name.
    draft.keywords.extend(subjects.filter(|name| name.chars().count() > 1));
}

/// A creator who is surely a person: by its type, or by an address or code that names staff.
fn person(creator: &Element) -> Option<String> {
    let kind = creator.attribute("type").unwrap_or_default();
    let code = creator.attribute("qcode").or(creator.attribute("uri")).unwrap_or_default();
    let is_person = kind.ends_with("person") || code.contains("staff");
    let name = is_person.then(|| creator.child("name")?.line()).flatten()?;
    byline::author(&name)
}

/// What the item is: provider, versions, standing.
fn read_item_meta(draft: &mut Draft, about: &Element) {
    set_line(draft, Field::Title, about.child("title").and_then(Element::line));
    for name in ["versionCreated", "firstCreated"] {
        set_date(draft, about.child(name));
    }
    if let Some(until) = about.child("embargoed").and_then(Element::line) {
        draft.set_embargo(&until);
    }
    if let Some(status) = about.child("pubStatus") {
        let code = status.attribute("qcode").or(status.attribute("uri"));
        draft.set(Field::Status, code.or(status.attribute("literal")).unwrap_or_default());
    }
    let service = about.child("service").and_then(|service| service.child("name")?.line());
    set_line(draft, Field::Section, service);
    set_line(draft, Field::Source, about.child("provider").and_then(named));
    let corrected = about.children("signal").any(|signal| {
        signal.attribute("qcode").is_some_and(|code| code.ends_with("sig:correction"))
    });
    if corrected {
        draft.warnings.push("its publisher marks it as a correction".to_owned());
    }
}

/// A party or place by its name, else by the word or the code that stands for it.
fn named(element: &Element) -> Option<String> {
    let name = element.child("name").and_then(Element::line);
    let text = || if element.elements().next().is_none() { element.line() } else { None };
    let code = || {
        let (_, code) = element.attribute("qcode")?.split_once(':')?;
        code.chars().all(char::is_alphabetic).then(|| code.to_owned())
    };
    name.or_else(text).or_else(|| element.attribute("literal").map(str::to_owned)).or_else(code)
}

fn set_line(draft: &mut Draft, field: Field, line: Option<String>) {
    if let Some(line) = line {
        draft.set(field, &line);
    }
}

fn set_date(draft: &mut Draft, element: Option<&Element>) {
    let line = element.and_then(Element::line);
    // A time far in words is no date of this format; the next field may have one.
    if let Some(line) = line.filter(|line| dates::read(line) != dates::Reading::None) {
        draft.set(Field::Published, &line);
    }
}

/// The content: the first form of it that has a text, those in XML first.
fn read_content(draft: &mut Draft, set: &Element) {
    for inline in set.children("inlineXML") {
        if let Some(found) = inline.find("nitf") {
            nitf::read_into(draft, found);
        } else if draft.paragraphs.is_empty() {
            let body = inline.find("body");
            // Other XML is data (sports results, sets of concepts), unless it has paragraphs.
            let prose = inline.elements().next().is_none() || inline.find("p").is_some();
            draft.paragraphs = match body {
                Some(body) => body.paragraphs(),
                None if prose => inline.paragraphs(),
                None => Vec::new(),
            };
        }
    }
    for inline in set.children("inlineData") {
        let kind = inline.attribute("contenttype").unwrap_or("text/plain");
        if draft.paragraphs.is_empty() && kind.starts_with("text/") {
            draft.paragraphs = xml::of_text(&inline.text());
        }
    }
}

/// Titles and summaries of the items that a package refers to.
fn references(groups: &Element) -> impl Iterator<Item = String> {
    let kept = ["title", "headline", "description"];
    groups
        .all("itemRef")
        .flat_map(Element::elements)
        .filter(move |element| kept.contains(&element.name()))
        .filter_map(Element::line)
}

#[cfg(test)]
mod tests;
