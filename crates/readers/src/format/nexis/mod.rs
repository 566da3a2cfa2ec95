//! Exports of Nexis (LexisNexis): text and pages of "1 of 10 DOCUMENTS", and the documents of Nexis Uni, whose word processor files are read by
//! [`of_paragraphs`].
//!
//! Documents are read one at a time. Labels are in four languages; the text ends where the labels behind it begin, never at blank lines alone.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::encoding;
use crate::format::html::charset;
use crate::found::Found;
use crate::input::Input;
use crate::records::{self, Between, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::{characters, markup};

mod document;
mod labels;

use document::Layout;

/// Reader of Nexis exports.
pub(crate) struct Nexis;

impl Reader for Nexis {
    fn name(&self) -> &'static str {
        "nexis"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if is_page(sample) || !sample.is_binary() && begins_documents(sample) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        if is_page(&input.sample()) { read_page(input, found) } else { read_text(input, found) }
    }
}

/// Whether the sample is a page of documents.
fn is_page(sample: &Sample<'_>) -> bool {
    sample.is_markup() && memchr::memmem::find(sample.bytes(), b"<DOCFULL>").is_some()
}

/// Whether a line of the sample numbers a document, or ends one of Nexis Uni with its text before.
fn begins_documents(sample: &Sample<'_>) -> bool {
    if sample.is_markup() {
        return false;
    }
    let lines = || sample.bytes().split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines().any(|line| number_of(line).is_some())
        || lines().any(|line| line == b"Body") && lines().any(|line| line.starts_with(b"Length: "))
}

/// The number in "3 of 10 DOCUMENTS", alone in its line; also in German and French.
fn number_of(line: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(line.get(..line.len().min(60))?).ok()?.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let (number, total) = match words.as_slice() {
        [number, "of", total, "DOCUMENTS" | "DOCUMENT"]
        | ["Dokument" | "DOKUMENT", number, "von" | "VON", total]
        | ["Document" | "DOCUMENT", number, "de" | "DE" | "of" | "OF", total] => (*number, total),
        _ => return None,
    };
    let digits = |word: &str| {
        (1..=9).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(number) && digits(total)).then_some(number)
}

fn read_page(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let label = charset::declared(input.sample().bytes()).map(<[u8]>::to_vec);
    let mut records = Between::new(input.stream(), "<DOCFULL>", "</DOCFULL>", limit);
    while let Some(record) = records.next()? {
        match record {
            Record::Whole(bytes) => {
                let decoded = encoding::decode(bytes, label.as_deref());
                let (part, blocks) = page_blocks(&decoded.text);
                if blocks
                    .iter()
                    .any(|block| block.starts_with("We are sorry but there is an error"))
                {
                    found.skip(part, Fault::malformed("Nexis could not show this document"))?;
                    continue;
                }
                let mut draft = document::draft(&blocks, Layout::Page);
                draft.part = part;
                draft.warnings.extend(decoded.warning);
                found.article(draft)?;
            }
            Record::OverLimit => {
                found.skip(None, Fault::over_limit("the document", limit as u64))?;
            }
            Record::Cut(_) => {
                found.skip(None, Fault::malformed("the file ends inside the document"))?;
            }
        }
    }
    Ok(())
}

/// The divisions of a document on a page, lines inside, and its number.
fn page_blocks(html: &str) -> (Option<String>, Vec<String>) {
    let html = html.split_once("-->").map_or(html, |(_, rest)| rest);
    let mut part = None;
    let mut blocks = Vec::new();
    for division in html.split("<DIV").flat_map(|piece| piece.split("<div")) {
        // The beginning is the rest of a tag that was cut.
        let inner = division.split_once('>').map_or(division, |(_, inner)| inner);
        let lines = markup::paragraphs(inner);
        match lines.as_slice() {
            [] => {}
            [line] if number_of(line.as_bytes()).is_some() => {
                part = part.or_else(|| number_of(line.as_bytes()).map(str::to_owned));
            }
            _ => blocks.push(lines.join("\n")),
        }
    }
    (part, blocks)
}

fn read_text(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let label = encoding::legacy(input.sample().bytes());
    let uni = !input
        .sample()
        .bytes()
        .split(|&byte| byte == b'\n')
        .any(|line| number_of(line.trim_ascii()).is_some());
    let stream = input.stream();
    let mut document = Lines { part: None, bytes: Vec::new(), over: false, begun: uni };
    while let Some(record) = records::line(stream, limit)? {
        match record {
            Record::Whole(line) | Record::Cut(line) => {
                if let Some(number) = number_of(line.trim_ascii()) {
                    let next = Lines {
                        part: Some(number.to_owned()),
                        bytes: Vec::new(),
                        over: false,
                        begun: true,
                    };
                    std::mem::replace(&mut document, next).emit(
                        label,
                        limit,
                        Layout::Text,
                        found,
                    )?;
                    continue;
                }
                if uni && line.trim_ascii() == b"End of Document" {
                    let next = Lines { part: None, bytes: Vec::new(), over: false, begun: true };
                    std::mem::replace(&mut document, next).emit(
                        label,
                        limit,
                        Layout::Uni,
                        found,
                    )?;
                    continue;
                }
                document.over |= document.bytes.len() + line.len() > limit;
                if document.over || !document.begun {
                    document.bytes = Vec::new();
                } else {
                    document.bytes.extend_from_slice(&line);
                    document.bytes.push(b'\n');
                }
            }
            Record::OverLimit => document.over = true,
        }
    }
    document.emit(label, limit, if uni { Layout::Uni } else { Layout::Text }, found)
}

/// The lines of a document of text, as far as they are read.
struct Lines {
    part: Option<String>,
    bytes: Vec<u8>,
    over: bool,
    /// The cover is over.
    begun: bool,
}

impl Lines {
    fn emit(
        self,
        label: Option<&[u8]>,
        limit: usize,
        layout: Layout,
        found: &mut Found<'_>,
    ) -> Result<(), Halt> {
        if self.over && self.begun {
            return found.skip(self.part, Fault::over_limit("the document", limit as u64));
        }
        if !self.begun || self.bytes.trim_ascii().is_empty() && self.part.is_none() {
            return Ok(());
        }
        let decoded = encoding::decode(self.bytes, label);
        let text = characters::clean(&decoded.text);
        let blocks = if layout == Layout::Uni { lines(&text) } else { blocks(&text) };
        let mut draft = document::draft(&blocks, layout);
        draft.part = self.part;
        draft.warnings.extend(decoded.warning);
        found.article(draft)
    }
}

/// The stretches between blank lines.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut current = String::new();
    for line in text.lines().chain(std::iter::once("")) {
        if !line.trim().is_empty() {
            if !current.is_empty() {
                current.push('\n');
            }
            current.push_str(line.trim_end());
        } else if !current.is_empty() {
            blocks.push(std::mem::take(&mut current));
        }
    }
    blocks
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The articles in the paragraphs of a word processor's file, if that is an export of Nexis: documents are numbered as in text, or, with Nexis Uni,
/// have their text below a line "Body" and end with "End of Document".
pub(super) fn of_paragraphs(paragraphs: &[String]) -> Option<Vec<Draft>> {
    let number = |paragraph: &String| number_of(paragraph.as_bytes()).map(str::to_owned);
    if paragraphs.iter().any(|paragraph| number(paragraph).is_some()) {
        let numbers = paragraphs.iter().filter_map(number);
        let documents = paragraphs.split(|paragraph| number(paragraph).is_some()).skip(1);
        let drafts = documents.zip(numbers).map(|(document, number)| {
            let blocks: Vec<String> = document
                .iter()
                .filter(|paragraph| !paragraph.trim().is_empty())
                .map(|paragraph| paragraph.trim().to_owned())
                .collect();
            Draft { part: Some(number), ..document::draft(&blocks, Layout::Page) }
        });
        return Some(drafts.collect());
    }
    let ends = |paragraph: &String| paragraph.trim() == "End of Document";
    let has_body = paragraphs.iter().any(|paragraph| paragraph.trim() == "Body");
    if !has_body || !paragraphs.iter().any(ends) {
        return None;
    }
    let documents = paragraphs.split(ends).map(|document| lines(&document.join("\n")));
    Some(
        documents
            .filter(|blocks| !blocks.is_empty())
            .map(|blocks| document::draft(&blocks, Layout::Uni))
            .collect(),
    )
}

#[cfg(test)]
mod tests;
