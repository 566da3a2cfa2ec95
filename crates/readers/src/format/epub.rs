//! Electronic books and newspapers (EPUB 2 and 3): one article for each document in reading order that holds text.
//!
//! A book's title is the source of its articles, the title of each is its first heading. Tables of contents and covers are left out.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::format::office::{
    self,
    package::{self, Package, Step},
};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::{byline, characters, dates, markup};

/// Reader of EPUB publications.
pub(crate) struct Epub;

const MIMETYPE: &[u8] = b"mimetypeapplication/epub+zip";

impl Reader for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let bytes = sample.bytes();
        let named = bytes.get(30..).is_some_and(|name| name.starts_with(MIMETYPE));
        if bytes.starts_with(b"PK\x03\x04") && (named || sample.has_extension(&["epub"])) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let mut package = Package::open(input)?;
        let container = package.needed("META-INF/container.xml", found)?;
        let path = rootfile(&container)
            .ok_or_else(|| Fault::malformed("META-INF/container.xml names no publication"))?;
        let publication = Publication::of(&package.needed(&path, found)?, &path)?;
        let locked = package.text("META-INF/encryption.xml", found)?.map(|xml| locked(&xml));
        let locked = locked.unwrap_or_default();
        let single = publication.documents.len() == 1;
        for name in &publication.documents {
            if locked.contains(name) {
                let fault = Fault::new(Reason::Encrypted, "the document is locked");
                found.skip(Some(name.clone()), fault)?;
                continue;
            }
            match package.needed(name, found) {
                Ok(html) => {
                    if let Some(draft) = publication.draft(name, &html, single) {
                        found.article(draft)?;
                    }
                }
                Err(fault) => found.skip(Some(name.clone()), fault)?,
            }
        }
        Ok(())
    }
}

/// The members that are encrypted.
fn locked(xml: &str) -> std::collections::HashSet<String> {
    let mut members = std::collections::HashSet::new();
    // What is not understood of it shows when the member is read.
    let _ = package::walk(xml, |step| {
        if let Step::Start(tag) = step
            && tag.local_name().as_ref() == "CipherReference"
            && let Some(reference) = package::attribute(tag, "URI")
        {
            members.insert(resolve("", &reference));
        }
    });
    members
}

/// Where the container says that the publication is described.
fn rootfile(container: &str) -> Option<String> {
    let mut path = None;
    let walked = package::walk(container, |step| {
        if let Step::Start(tag) = step
            && tag.local_name().as_ref() == "rootfile"
            && path.is_none()
        {
            path = package::attribute(tag, "full-path");
        }
    });
    path.filter(|_| walked.is_ok())
}

/// What a publication says of itself, and its documents in reading order.
#[derive(Debug, Default)]
struct Publication {
    title: Option<String>,
    creator: Option<String>,
    publisher: Option<String>,
    date: Option<String>,
    language: Option<String>,
    documents: Vec<String>,
}

/// A document of the manifest.
struct Item {
    id: String,
    path: String,
    text: bool,
}

impl Publication {
    /// Reads the description that stands at `path` in the package.
    fn of(xml: &str, path: &str) -> Result<Self, Fault> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut items: Vec<Item> = Vec::new();
        let mut order: Vec<String> = Vec::new();
        package::walk(xml, |step| {
            let Step::Start(tag) = step else { return };
            let attribute = |name: &str| package::attribute(tag, name).unwrap_or_default();
            match tag.local_name().as_ref() {
                "item" => {
                    let kind = attribute("media-type");
                    let text = kind.contains("html")
                        && !attribute("properties").split(' ').any(|property| property == "nav");
                    items.push(Item {
                        id: attribute("id"),
                        path: resolve(folder, &attribute("href")),
                        text,
                    });
                }
                "itemref" if attribute("linear") != "no" => order.push(attribute("idref")),
                _ => {}
            }
        })?;
        items.sort_by(|one, other| one.id.cmp(&other.id));
        let mut seen = std::collections::HashSet::new();
        let documents = order
            .iter()
            .filter_map(|id| {
                let at = items.binary_search_by(|item| item.id.cmp(id)).ok()?;
                items.get(at).filter(|item| item.text).map(|item| item.path.clone())
            })
            .filter(|path| seen.insert(path.clone()))
            .collect();
        let [title, creator, publisher, date, language] =
            package::values(xml, ["title", "creator", "publisher", "date", "language"]);
        Ok(Self { title, creator, publisher, date, language, documents })
    }

    /// The article in a document; `None` where it has next to no text: a cover, a title page, a list of links.
    fn draft(&self, name: &str, html: &str, single: bool) -> Option<Draft> {
        let mut draft = Draft { part: Some(name.to_owned()), ..Draft::default() };
        let body = html.split_once("<body").map_or(html, |(_, body)| body);
        let body = body.split_once('>').map_or(body, |(_, body)| body);
        draft.paragraphs = markup::paragraphs(body);
        let length: usize = draft.paragraphs.iter().map(String::len).sum();
        if !single && (length < LEAST_BYTES || is_list_of_links(body, length)) {
            return None;
        }
        let title = heading(body).or_else(|| single.then(|| self.title.clone()).flatten());
        if let Some(title) = title {
            draft.set(Field::Title, &title);
        }
        self.open(&mut draft);
        let source = if single { self.publisher.as_ref() } else { self.title.as_ref() };
        if let Some(source) = source {
            draft.set(Field::Source, source);
        }
        if single
            && draft.byline.is_empty()
            && let Some(creator) = &self.creator
        {
            draft.byline = byline::authors(creator);
        }
        office::set_created(&mut draft, self.date.as_deref());
        if let Some(language) = &self.language {
            draft.set(Field::Language, language);
        }
        Some(draft)
    }

    /// Takes title, byline and date line off the beginning of the text.
    fn open(&self, draft: &mut Draft) {
        for _ in 0..4 {
            let Some(first) =
                draft.paragraphs.first().and_then(|first| characters::one_line(first))
            else {
                return;
            };
            let is_title = draft.title.as_ref() == Some(&first);
            if let Some(line) = byline::line(&first).filter(|_| draft.byline.is_empty()) {
                draft.set_byline_line(line);
            } else if let Some(time) =
                dates::read_line(&first).filter(|_| draft.published.is_none())
            {
                draft.published = Some(time);
            } else if !is_title && self.title.as_ref() != Some(&first) {
                return;
            }
            draft.paragraphs.remove(0);
        }
    }
}

/// Bytes of text below which a document of several is a cover or a title page.
const LEAST_BYTES: usize = 80;

/// Whether most of the text stands in links.
fn is_list_of_links(body: &str, length_bytes: usize) -> bool {
    let links = body.split("<a ").skip(1).filter_map(|link| link.split("</a").next());
    let linked: usize = links
        .filter_map(|link| link.split_once('>'))
        .map(|(_, text)| markup::line(text).len())
        .sum();
    linked * 10 > length_bytes * 7
}

/// The first heading of a document.
fn heading(body: &str) -> Option<String> {
    let at = ["<h1", "<h2", "<h3"].iter().filter_map(|tag| body.find(tag)).min()?;
    let (tag, rest) = body.get(at..)?.split_once('>')?;
    let level = tag.get(1..3)?;
    let (content, _) = rest.split_once(&format!("</{level}"))?;
    characters::one_line(&markup::line(content)).filter(|title| title.len() < 500)
}

/// A path inside the package out of a reference beside `folder`.
fn resolve(folder: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let decoded = percent_decoded(reference);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value =
            hex.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(value.unwrap_or(byte));
        rest = if value.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
