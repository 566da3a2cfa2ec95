//! One `<ppsarticle>` of Factiva's XML.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::draft::Draft;
use crate::fields::Field;
use crate::skip::Fault;
use crate::{characters, entities, paragraphs};

/// The article in an element.
///
/// # Errors
/// `malformed` where the XML is broken, with what was found before lost: an article in part would look whole.
pub(super) fn draft(xml: &str) -> Result<Draft, Fault> {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut found = Found::default();
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Fault::malformed(format!("not valid XML: {error}")))?;
        match event {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                // Marks inside a paragraph, such as `<hlt>`, do not part it.
                if name != "hlt" {
                    found.text(&path, &mut text);
                }
                path.push(name);
            }
            Event::End(_) => {
                if path.last().is_none_or(|name| name != "hlt") {
                    found.text(&path, &mut text);
                }
                path.pop();
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::CData(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => {
                text.push_str(&entities::decode(&format!("&{};", &*name)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(found.finish())
}

/// What was read so far.
#[derive(Default)]
struct Found {
    draft: Draft,
    date: String,
    time: String,
}

impl Found {
    /// Takes the text that ends here, by the elements that it stands in.
    fn text(&mut self, path: &[String], text: &mut String) {
        let taken = std::mem::take(text);
        if taken.trim().is_empty() {
            return;
        }
        let at = path.iter().position(|name| name == "article").map_or(path.len(), |at| at + 1);
        let inner: Vec<&str> = path.iter().skip(at).map(String::as_str).collect();
        let draft = &mut self.draft;
        match inner.as_slice() {
            ["accessionNo", ..] => draft.set(Field::Accession, &taken),
            ["baseLanguage", ..] => draft.set(Field::Language, &taken),
            ["headline", ..] => {
                let title = draft.title.take().unwrap_or_default();
                draft.title = characters::one_line(&format!("{title} {taken}"));
            }
            ["byline", ..] => draft.set(Field::Byline, &taken),
            ["sectionName" | "columnName", ..] => draft.set(Field::Section, &taken),
            ["sourceName", ..] => draft.set(Field::Source, &taken),
            ["dateline", ..] => draft.set(Field::Dateline, &taken),
            ["publicationDate", "dateTime" | "date"] => self.date = taken,
            ["publicationDate", "time"] | ["publicationTime", ..] => self.time = taken,
            ["newsSubject" | "region" | "company" | "industry", "name"] => {
                draft.keywords.extend(characters::one_line(&taken));
            }
            ["leadParagraph" | "tailParagraphs", "paragraph", ..] => {
                draft.paragraphs.extend(characters::one_line(&taken));
            }
            // Without paragraphs the text is as on the wire.
            ["leadParagraph" | "tailParagraphs"] => {
                draft.paragraphs.extend(paragraphs::split(&characters::clean(&taken)));
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Draft {
        self.draft.set_published(&[self.date.trim(), self.time.trim()].join(" "));
        self.draft.part = self.draft.accession.as_deref().map(|number| number.trim().to_owned());
        self.draft
    }
}
