//! Newspapers and newswire as TREC collections have them: `DOC` elements of SGML, many a file (AP, Wall Street Journal, Financial Times, Los Angeles
//! Times, San Jose Mercury, FBIS), and their successors AQUAINT and Gigaword.
//!
//! The files are no XML: nothing around the documents, tags that differ from paper to paper, references of many kinds. Each `DOC` is an article, blank
//! ones too, so that numbers fit the published judgments. Sources: the collections' own notes and document types.

use dateline_article::Language;

use crate::detect::{Confidence, Sample};
use crate::draft::{Blank, Draft};
use crate::fields::{self, Field};
use crate::found::Found;
use crate::input::Input;
use crate::records::{Between, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::{byline, characters, encoding, entities, markup, paragraphs};

mod date;
mod elements;

use elements::Elements;

/// Reader of TREC collections.
pub(crate) struct Trec;

/// Bytes in which the first document's number stands.
const WITHIN_BYTES: usize = 4 << 10;

/// How documents begin and end, and the files that have them so.
const MARKERS: &[(&str, &str)] =
    &[("<DOC>", "</DOC>"), ("<DOC ", "</DOC>"), ("<doc>", "</doc>"), ("<doc ", "</doc>")];

impl Reader for Trec {
    fn name(&self) -> &'static str {
        "trec"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let Some((start, _)) = markers(sample) else { return Confidence::No };
        // Gigaword numbers its documents in an attribute.
        let numbered = sample.contains(b"<docno>", WITHIN_BYTES)
            || (start.ends_with(' ')
                && sample.contains(b"id=", 40)
                && sample.contains(b"type=", 100));
        if numbered { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = input.limits().record_bytes;
        let (start, end) = markers(&input.sample()).unwrap_or(("<DOC>", "</DOC>"));
        let mut records = Between::new(input.stream(), start, end, limit);
        while let Some(record) = records.next()? {
            match record {
                Record::Whole(bytes) => {
                    let decoded = encoding::decode(bytes, Some(b"iso-8859-1"));
                    let mut draft = draft(&decoded.text);
                    draft.warnings.extend(decoded.warning);
                    found.article(draft)?;
                }
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the document", limit as u64))?;
                }
                Record::Cut(bytes) => {
                    let text = encoding::decode(bytes, Some(b"iso-8859-1")).text;
                    let part = number(&text, &Elements::of(&text));
                    found.skip(part, Fault::malformed("the file ends inside the document"))?;
                }
            }
        }
        Ok(())
    }
}

/// How the documents of a file are marked, where it begins with one.
fn markers(sample: &Sample<'_>) -> Option<(&'static str, &'static str)> {
    let head = sample.head();
    MARKERS.iter().find(|(start, _)| head.starts_with(start.as_bytes())).copied()
}

/// Beginnings of document numbers, and whose articles they number.
const SOURCES: &[(&str, &str)] = &[
    ("APW", "Associated Press"),
    ("AP", "Associated Press"),
    ("WSJ", "Wall Street Journal"),
    ("FT", "Financial Times"),
    ("LA", "Los Angeles Times"),
    ("SJMN", "San Jose Mercury News"),
    ("FBIS", "Foreign Broadcast Information Service"),
    ("NYT", "New York Times"),
    ("XIE", "Xinhua News Agency"),
    ("XIN", "Xinhua News Agency"),
];

fn number(document: &str, elements: &Elements<'_>) -> Option<String> {
    let element = elements.first(&["DOCNO"]).and_then(characters::one_line);
    element.or_else(|| {
        let (tag, _) = document.split_once('>')?;
        let (_, rest) = tag.split_once("id=\"")?;
        rest.split_once('"').map(|(id, _)| id.to_owned())
    })
}

fn draft(document: &str) -> Draft {
    let elements = Elements::of(document);
    let number = number(document, &elements);
    let mut draft = Draft { blank: Blank::Kept, part: number.clone(), ..Draft::default() };
    let number = number.unwrap_or_default();
    set_title(&mut draft, &elements);
    if let Some(by) = elements.first(&["BYLINE", "AUTHOR"]) {
        draft.set(Field::Byline, &line(by));
    }
    set_texts(&mut draft, &elements);
    if let Some(dateline) = elements.first(&["DATELINE"]).map(line).filter(|line| !line.is_empty())
    {
        draft.prepend_dateline(&dateline);
    }
    draft.published = date::of(&elements, &number);
    let source = elements.first(&["SO", "PUB"]).map(line);
    let source = source.map(|source| source.split(['(', ',']).next().map(str::to_owned));
    if let Some(source) = source.flatten() {
        draft.set(Field::Source, &source);
    }
    let known = SOURCES.iter().find(|(start, _)| {
        let rest = number.strip_prefix(start);
        rest.is_some_and(|rest| rest.starts_with(|next: char| !next.is_ascii_alphabetic()))
    });
    let known = known
        .or_else(|| SOURCES.iter().find(|(start, _)| number.starts_with(&format!("{start}_"))));
    if let Some((_, source)) = known {
        draft.set(Field::Source, source);
        // Gigaword names the language in the number; the other collections are in English.
        if !number.contains('_') || number.contains("_ENG_") {
            draft.language = Some(Language::ENGLISH);
        }
    }
    if let Some(section) = elements.first(&["SECTION"]) {
        draft.set(Field::Section, line(section).split(';').next().unwrap_or_default());
    }
    for list in elements.all(&["IN", "SUBJECT", "DESCRIPT"]) {
        draft.keywords.extend(fields::keywords(&line(list)).map(str::to_owned));
    }
    draft
}

/// The headline. In the Wall Street Journal a line of dashes parts it from the byline, and `@` begins further lines; in the Financial Times it begins
/// with the day.
fn set_title(draft: &mut Draft, elements: &Elements<'_>) {
    let Some(headline) = elements.first(&["HEADLINE", "HL", "HEAD", "TITLE", "TTL", "TI", "HT"])
    else {
        return;
    };
    let plain = entities::decode(&elements::without_tags(headline)).into_owned();
    let plain: Vec<&str> =
        plain.lines().map(|line| line.trim().trim_start_matches('@').trim()).collect();
    let mut parts = plain.split(|line| is_rule(line));
    let title = parts.next().unwrap_or_default().join(" ");
    for by in parts.flatten().filter(|line| byline::is_byline(line)) {
        draft.set(Field::Byline, by);
    }
    let title = characters::one_line(&title).unwrap_or_default();
    let title = match title.split_once(" / ") {
        Some((day, rest)) if day.starts_with("FT ") && day.len() < 20 => rest,
        _ => title.as_str(),
    };
    draft.set(Field::Title, title);
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// The text: leads before it, and what was corrected later behind it.
fn set_texts(draft: &mut Draft, elements: &Elements<'_>) {
    for names in [["LP", "LEADPARA"].as_slice(), &["TEXT", "BODY"], &["CORRECTION"]] {
        for text in elements.all(names) {
            draft.paragraphs.extend(text_paragraphs(text));
        }
    }
}

fn text_paragraphs(text: &str) -> Vec<String> {
    // Translations of broadcasts begin with fields of their own.
    let start = text.get(..text.floor_char_boundary(600)).unwrap_or(text);
    let text = start.find("[Text]").and_then(|at| text.get(at + 6..)).unwrap_or(text);
    if text.contains("<P>") || text.contains("<p>") {
        return markup::paragraphs(text);
    }
    let plain = elements::without_tags(text);
    paragraphs::split_wrapped(&characters::clean(&entities::decode(&plain)))
}

/// The text of an element on one line.
fn line(text: &str) -> String {
    let plain = entities::decode(&elements::without_tags(text)).into_owned();
    characters::one_line(&plain).unwrap_or_default()
}

#[cfg(test)]
mod tests;
