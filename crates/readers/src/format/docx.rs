//! Word documents (Office Open XML, ECMA-376): the text of the main part, as it reads with all changes accepted.
//!
//! Notes, comments, headers, footers and what pictures hold are left out. An export of Nexis or Factiva in this form gives its articles.

use crate::detect::{Confidence, Sample};
use crate::format::office::package::{self, Package, Step};
use crate::format::office::{self, Document, Paragraph, Properties};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

/// Reader of Word documents.
pub(crate) struct Docx;

/// Extensions of Word documents that are packages.
const EXTENSIONS: &[&str] = &["docx", "docm", "dotx"];

/// First bytes of the older container of Office, in which locked documents are kept.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let bytes = sample.bytes();
        let contains = |text: &[u8]| memchr::memmem::find(bytes, text).is_some();
        let package = bytes.starts_with(b"PK\x03\x04")
            && (sample.has_extension(EXTENSIONS)
                || contains(b"[Content_Types].xml") && contains(b"word/"));
        let locked = bytes.starts_with(COMPOUND) && sample.has_extension(EXTENSIONS);
        if package || locked { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        if input.sample().bytes().starts_with(COMPOUND) {
            let detail =
                "the document is locked by a password, or is no package in spite of its name";
            return Err(Fault::new(Reason::Encrypted, detail).into());
        }
        let mut package = Package::open(input)?;
        let xml = package.needed("word/document.xml", found)?;
        let mut document = Document { paragraphs: paragraphs(&xml)?, ..Document::default() };
        // Broken properties cost themselves only.
        if let Ok(Some(core)) = package.text("docProps/core.xml", found) {
            let [title, created] = package::values(&core, ["title", "created"]);
            document.properties = Properties { title, created };
        }
        office::emit(document, found)
    }
}

/// Elements whose text is none of the document's: what was moved away or deleted, and what stands in for newer drawings.
const UNREAD: &[&str] = &["moveFrom", "del", "Fallback", "instrText", "delText"];

/// The paragraphs of the main part.
fn paragraphs(xml: &str) -> Result<Vec<Paragraph>, Fault> {
    let mut read = Vec::new();
    // A text box holds paragraphs inside a paragraph.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut unread = 0_usize;
    let mut in_text = false;
    package::walk(xml, |step| match step {
        Step::Start(tag) => {
            let local = tag.local_name();
            let name = local.as_ref();
            unread += usize::from(UNREAD.contains(&name));
            in_text = name == "t" && tag.name().as_ref() != "a:t";
            if unread > 0 {
                return;
            }
            if name == "p" && tag.name().as_ref() != "a:p" {
                open.push(Paragraph::default());
            }
            let Some(paragraph) = open.last_mut() else { return };
            match name {
                "tab" if tag.name().as_ref() == "w:tab" => paragraph.text.push('\t'),
                "br" | "cr" => paragraph.text.push('\n'),
                "noBreakHyphen" => paragraph.text.push('\u{2011}'),
                "softHyphen" => paragraph.text.push('\u{ad}'),
                "pStyle" => {
                    paragraph.heading |=
                        package::attribute(tag, "val").is_some_and(|style| is_heading(&style));
                }
                "outlineLvl" => {
                    paragraph.heading |= package::attribute(tag, "val")
                        .is_some_and(|level| level.len() == 1 && level != "9");
                }
                _ => {}
            }
        }
        Step::Text(text) => {
            if in_text
                && unread == 0
                && let Some(paragraph) = open.last_mut()
            {
                paragraph.text.push_str(text);
            }
        }
        Step::End(name) => {
            if UNREAD.contains(&name) {
                unread = unread.saturating_sub(1);
            } else if name == "p" && unread == 0 {
                read.extend(open.pop());
            } else if name == "t" {
                in_text = false;
            }
        }
    })?;
    Ok(read)
}

/// Whether a style is one for titles and headings, by the ids that Word gives in several languages.
fn is_heading(style: &str) -> bool {
    let style = style.to_lowercase();
    [
        "title",
        "heading",
        "titel",
        "titre",
        "überschrift",
        "berschrift",
        "título",
        "ttulo",
        "titolo",
        "kop",
    ]
    .iter()
    .any(|start| style.starts_with(start))
}

#[cfg(test)]
mod tests;
