//! Text documents of LibreOffice and its kin (OpenDocument 1.3, ISO/IEC 26300): the text of the content.
//!
//! Notes, comments, deleted text, headers and footers are left out. An export of Nexis or Factiva in this form gives its articles.

use std::collections::HashSet;

use crate::detect::{Confidence, Sample};
use crate::format::office::package::{self, Package, Step};
use crate::format::office::{self, Document, Paragraph, Properties};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

/// Reader of OpenDocument texts.
pub(crate) struct Odt;

/// What a package says of itself in its first member, which is not compressed.
const MIMETYPE: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let bytes = sample.bytes();
        let named = bytes.get(30..).is_some_and(|name| name.starts_with(MIMETYPE));
        if bytes.starts_with(b"PK\x03\x04") && (named || sample.has_extension(&["odt", "ott"])) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let mut package = Package::open(input)?;
        let manifest = package.text("META-INF/manifest.xml", found)?.unwrap_or_default();
        if manifest.contains("encryption-data") {
            return Err(
                Fault::new(Reason::Encrypted, "the document is locked by a password").into()
            );
        }
        let xml = package.needed("content.xml", found)?;
        let mut document = Document { paragraphs: paragraphs(&xml)?, ..Document::default() };
        if let Ok(Some(meta)) = package.text("meta.xml", found) {
            let [title, created] = package::values(&meta, ["title", "creation-date"]);
            document.properties = Properties { title, created };
        }
        office::emit(document, found)
    }
}

/// Elements whose text is none of the document's.
const UNREAD: &[&str] = &[
    "note",
    "annotation",
    "tracked-changes",
    "title",
    "desc",
    "ruby-text",
    "forms",
    "scripts",
    "sequence-decls",
];

/// Blanks that one element may stand for at most.
const MOST_BLANKS: usize = 100;

/// The paragraphs of the content.
fn paragraphs(xml: &str) -> Result<Vec<Paragraph>, Fault> {
    let mut read = Vec::new();
    // A frame holds paragraphs inside a paragraph.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut unread = 0_usize;
    // Styles that were made from the one for titles.
    let mut titles: HashSet<String> = HashSet::new();
    package::walk(xml, |step| match step {
        Step::Start(tag) => {
            let local = tag.local_name();
            let name = local.as_ref();
            unread += usize::from(UNREAD.contains(&name));
            if unread > 0 {
                return;
            }
            match name {
                "style" => {
                    let parent = package::attribute(tag, "parent-style-name");
                    if parent.as_deref() == Some("Title")
                        && let Some(style) = package::attribute(tag, "name")
                    {
                        titles.insert(style);
                    }
                }
                "p" | "h" if tag.name().as_ref().starts_with("text:") => {
                    let style = package::attribute(tag, "style-name").unwrap_or_default();
                    let heading = name == "h" || style == "Title" || titles.contains(&style);
                    open.push(Paragraph { text: String::new(), heading });
                }
                "tab" => push(&mut open, "\t"),
                "line-break" => push(&mut open, "\n"),
                "s" => {
                    let count = package::attribute(tag, "c").and_then(|count| count.parse().ok());
                    push(&mut open, &" ".repeat(count.unwrap_or(1).min(MOST_BLANKS)));
                }
                _ => {}
            }
        }
        Step::Text(text) => {
            if unread == 0 {
                push(&mut open, text);
            }
        }
        Step::End(name) => {
            if UNREAD.contains(&name) {
                unread = unread.saturating_sub(1);
            } else if matches!(name, "p" | "h") && unread == 0 {
                read.extend(open.pop());
            }
        }
    })?;
    Ok(read)
}

fn push(open: &mut [Paragraph], text: &str) {
    if let Some(paragraph) = open.last_mut() {
        // White space in the file is one blank; more is written as elements.
        if text.trim().is_empty() && text.contains('\n') && text.len() > 1 {
            paragraph.text.push(' ');
        } else {
            paragraph.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests;
