//! Exports of Factiva (Dow Jones): pages, XML and text, with the codes of its fields (HD, BY, PD, SN, LP, TD …) or in its plain "article" form.
//!
//! Every article ends with its accession number, "Document XXXX00002022…"; it is the article's part as well.

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

mod article;
mod xml;

use article::{Ending, Lines};

/// Reader of Factiva exports.
pub(crate) struct Factiva;

impl Reader for Factiva {
    fn name(&self) -> &'static str {
        "factiva"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if sample.is_binary() {
            Confidence::No
        } else if Form::of(sample).is_some() {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        match Form::of(&input.sample()) {
            Some(Form::Page) => read_page(input, found),
            Some(Form::Xml) => read_xml(input, found),
            Some(Form::Text) | None => read_text(input, found),
        }
    }
}

/// What the export is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Xml,
    Text,
}

impl Form {
    fn of(sample: &Sample<'_>) -> Option<Self> {
        if !sample.is_markup() {
            return begins_articles(sample).then_some(Self::Text);
        }
        let contains = |text: &str| memchr::memmem::find(sample.bytes(), text.as_bytes()).is_some();
        if contains("<ppsarticle") || contains("http://global.factiva.com/pps") {
            Some(Self::Xml)
        } else if contains("<title>Factiva</title>") || contains("<title>Dow Jones Factiva</title>")
        {
            Some(Self::Page)
        } else {
            None
        }
    }
}

/// Lines in which a text shows that it is an export.
const FIRST_LINES: usize = 60;

/// Whether a text begins with coded fields, or with the lines of the plain form.
fn begins_articles(sample: &Sample<'_>) -> bool {
    let text = String::from_utf8_lossy(sample.bytes());
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(FIRST_LINES).collect();
    article::is_coded(&lines)
        || article::words_line(&lines).is_some() && {
            // The plain form is told by the number at its end, or by rights and language above the text.
            text.lines().any(|line| article::accession(line).is_some())
                || article::has_plain_head(&lines)
        }
}

fn read_page(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let label = charset::declared(input.sample().bytes()).map(<[u8]>::to_vec);
    let mut records = Between::new(input.stream(), "class=\"article ", "</body>", limit);
    while let Some(record) = records.next()? {
        match record {
            Record::Whole(bytes) | Record::Cut(bytes) => {
                let decoded = encoding::decode(bytes, label.as_deref());
                // The rest of the tag that holds the class.
                let inner = decoded.text.split_once('>').map_or("", |(_, inner)| inner);
                let lines = markup::paragraphs(inner);
                emit(&lines, Lines::Paragraphs, decoded.warning, found)?;
            }
            Record::OverLimit => {
                found.skip(None, Fault::over_limit("the article", limit as u64))?;
            }
        }
    }
    Ok(())
}

fn read_xml(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let mut records = Between::new(input.stream(), "<ppsarticle>", "</ppsarticle>", limit);
    while let Some(record) = records.next()? {
        match record {
            Record::Whole(bytes) => {
                let decoded = encoding::decode(bytes, None);
                match xml::draft(&decoded.text) {
                    Ok(mut draft) => {
                        draft.warnings.extend(decoded.warning);
                        found.article(draft)?;
                    }
                    Err(fault) => found.skip(None, fault)?,
                }
            }
            Record::OverLimit => {
                found.skip(None, Fault::over_limit("the article", limit as u64))?;
            }
            Record::Cut(_) => {
                found.skip(None, Fault::malformed("the file ends inside the article"))?;
            }
        }
    }
    Ok(())
}

fn read_text(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
    let limit = input.limits().record_bytes;
    let label = encoding::legacy(input.sample().bytes());
    let stream = input.stream();
    let mut bytes = Vec::new();
    let mut over = false;
    loop {
        let record = records::line(stream, limit)?;
        let ends = match &record {
            Some(Record::Whole(line) | Record::Cut(line)) => {
                over |= bytes.len() + line.len() > limit;
                if over {
                    bytes = Vec::new();
                } else {
                    bytes.extend_from_slice(line);
                    bytes.push(b'\n');
                }
                article::accession(&String::from_utf8_lossy(line)).is_some()
            }
            Some(Record::OverLimit) => {
                over = true;
                false
            }
            None => true,
        };
        if ends {
            if over {
                found.skip(None, Fault::over_limit("the article", limit as u64))?;
            } else {
                let decoded = encoding::decode(std::mem::take(&mut bytes), label);
                let text = characters::clean(&decoded.text);
                let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                emit(&lines, Lines::Text, decoded.warning, found)?;
            }
            over = false;
            bytes = Vec::new();
        }
        if record.is_none() {
            return Ok(());
        }
    }
}

/// Hands on the article in the lines, or why there is none.
fn emit(
    lines: &[String],
    written: Lines,
    warning: Option<String>,
    found: &mut Found<'_>,
) -> Result<(), Halt> {
    let Some((mut draft, ending)) = article::draft(lines, written) else { return Ok(()) };
    if ending == Ending::Missing {
        return found.skip(None, Fault::malformed("the file ends inside the article"));
    }
    draft.warnings.extend(warning);
    found.article(draft)
}

/// The articles in the paragraphs of a word processor's file, if that is an export of Factiva.
pub(super) fn of_paragraphs(paragraphs: &[String]) -> Option<Vec<Draft>> {
    let lines: Vec<String> =
        paragraphs.iter().flat_map(|paragraph| paragraph.lines()).map(str::to_owned).collect();
    let first: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .take(FIRST_LINES)
        .collect();
    let is_end = |line: &String| article::accession(line).is_some();
    if !lines.iter().any(is_end)
        || !(article::is_coded(&first) || article::words_line(&first).is_some())
    {
        return None;
    }
    let articles = lines.split_inclusive(is_end);
    let drafts = articles.filter_map(|lines| article::draft(lines, Lines::Paragraphs));
    Some(drafts.filter(|(_, ending)| *ending == Ending::Found).map(|(draft, _)| draft).collect())
}

#[cfg(test)]
mod tests;
