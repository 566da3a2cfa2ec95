//! Atom 0.3 and 1.0: whole feeds, and entries alone.

use super::{Feed, Fields, Vocabulary, authors, fault, part, set_published};
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::markup;
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::xml::{self, Document, Element, Nested, Piece, Records, Root};

/// Reader of Atom.
pub(crate) struct Atom;

impl Reader for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "feed" || root.name == "entry" => {
                if root.mentions("www.w3.org/2005/Atom") || root.mentions("purl.org/atom/ns") {
                    Confidence::Certain
                } else if root.name == "feed" {
                    Confidence::Likely
                } else {
                    Confidence::No
                }
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        let mut feed = Feed::default();
        let mut warning = document.warning;
        let is_record = |outer: &[String], element: &Element| is_entry(element) || outer.len() == 1;
        while let Some(piece) = records.next(&is_record)? {
            match piece {
                Piece::Open(tag) => feed.open(&tag),
                Piece::Record(entry) if is_entry(&entry) => {
                    let mut draft = draft(&entry, &feed);
                    draft.warnings.extend(warning.take());
                    found.article(draft)?;
                }
                Piece::Record(about) => set_feed(&mut feed, &about),
                Piece::OverLimit(ref entry) | Piece::Cut(ref entry) if is_entry(entry) => {
                    found.skip(part(entry), fault(&piece, limits.record_bytes))?;
                }
                Piece::OverLimit(_) => {}
                Piece::Cut(_) => {
                    found.skip(None, Fault::malformed("the file ends before any article"))?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

fn is_entry(element: &Element) -> bool {
    element.name() == "entry"
}

fn set_feed(feed: &mut Feed, about: &Element) {
    let vocabulary = feed.scope.vocabulary(about, &Element::default());
    match (vocabulary, about.name()) {
        (Vocabulary::Core, "title") if feed.title.is_none() => feed.title = line(about),
        (Vocabulary::Core, "author") => feed.authors.extend(names(about)),
        (Vocabulary::DublinCore, "language") => feed.language = about.line(),
        _ => {}
    }
}

fn draft(entry: &Element, feed: &Feed) -> Draft {
    let fields = Fields::of(entry, feed);
    let core = |name: &str| fields.first(Vocabulary::Core, name);
    let mut draft = Draft::default();
    if let Some(title) = core("title").and_then(line) {
        draft.set(Field::Title, &title);
    }
    draft.part = core("id").or(core("guid")).and_then(Element::line);
    set_link(&mut draft, &fields);
    let dates = [
        core("published"),
        core("issued"),
        core("pubdate"),
        core("created"),
        fields.first(Vocabulary::DublinCore, "date"),
        core("updated"),
        core("modified"),
    ];
    set_published(&mut draft, dates.into_iter().flatten());
    draft.byline = fields.all(Vocabulary::Core, "author").flat_map(names).collect();
    if draft.byline.is_empty() {
        let creators = fields.all(Vocabulary::DublinCore, "creator").filter_map(Element::line);
        draft.byline = creators.flat_map(|creator| authors(&creator)).collect();
    }
    let categories = fields.all(Vocabulary::Core, "category").filter_map(|category| {
        let name = category.attribute("label").or(category.attribute("term"));
        name.map(str::to_owned).or_else(|| category.line())
    });
    draft.keywords = categories.collect();
    let subjects = fields.all(Vocabulary::DublinCore, "subject").filter_map(Element::line);
    draft.keywords.extend(subjects);
    if let Some(source) = core("source") {
        // An entry taken over from another feed keeps that one's title and author.
        if let Some(title) = source.child("title").and_then(line) {
            draft.set(Field::Source, &title);
        }
        if draft.byline.is_empty() {
            draft.byline = source.children("author").flat_map(names).collect();
        }
    }
    let texts = [core("content"), core("summary")].into_iter().flatten();
    for text in texts {
        if draft.paragraphs.is_empty() {
            draft.paragraphs = paragraphs(text);
            set_language(&mut draft, text);
        }
    }
    set_language(&mut draft, entry);
    feed.complete(&mut draft);
    draft
}

fn set_language(draft: &mut Draft, element: &Element) {
    if let Some(language) = element.attribute("xml:lang") {
        draft.set(Field::Language, language);
    }
}

/// The link to the article itself, else an identifier that is an address.
fn set_link(draft: &mut Draft, fields: &Fields<'_>) {
    let links: Vec<&Element> = fields.all(Vocabulary::Core, "link").collect();
    let relation = |link: &Element| link.attribute("rel").unwrap_or("alternate").to_owned();
    let address =
        |link: &Element| link.attribute("href").map(str::to_owned).or_else(|| link.line());
    let own = links.iter().filter(|link| relation(link).ends_with("alternate"));
    for address in own.filter_map(|link| address(link)) {
        draft.set(Field::Url, &address);
    }
    if let Some(id) = draft.part.clone() {
        draft.set(Field::Url, &id);
    }
}

fn names(author: &Element) -> Vec<String> {
    let name = author.child("name").and_then(Element::line);
    let bare = || if author.elements().next().is_none() { author.line() } else { None };
    name.or_else(bare).map(|name| authors(&name)).unwrap_or_default()
}

/// How a text construct is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    /// HTML as text.
    Escaped,
    /// Elements.
    Inline,
    /// HTML as text in base64, as the draft allows.
    Encoded,
    /// A content that lies elsewhere, or is no text.
    Unread,
}

fn form(element: &Element) -> Form {
    let kind = element.attribute("type").unwrap_or("text").to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default();
    let is_markup = kind.contains("html") || kind.ends_with("xml");
    if element.attribute("src").is_some() {
        Form::Unread
    } else if mode == "base64" || (kind.contains('/') && !is_markup && !kind.starts_with("text")) {
        Form::Encoded
    } else if element.elements().next().is_some() {
        Form::Inline
    } else if is_markup || mode == "escaped" {
        Form::Escaped
    } else {
        Form::Plain
    }
}

fn line(element: &Element) -> Option<String> {
    match form(element) {
        Form::Unread => None,
        Form::Encoded => decoded(element).map(|text| markup::line(&text)),
        Form::Escaped => Some(markup::line(&element.text())),
        Form::Inline | Form::Plain => element.line(),
    }
}

fn paragraphs(element: &Element) -> Vec<String> {
    match form(element) {
        Form::Unread => Vec::new(),
        Form::Encoded => decoded(element).map(|text| xml::of_text(&text)).unwrap_or_default(),
        Form::Escaped => super::paragraphs(element),
        Form::Inline => element.paragraphs(),
        // Many say nothing of a type and write HTML all the same.
        Form::Plain => xml::of_text(&element.text()),
    }
}

/// The text of a construct in base64 (RFC 4648), where it is UTF-8: pictures are not.
fn decoded(element: &Element) -> Option<String> {
    let text = element.text();
    let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for digit in digits.take_while(|&digit| digit != b'=') {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
