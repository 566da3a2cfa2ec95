//! PDF documents: the text layer, page by page, in the order of its content.
//!
//! Extraction is pdf-extract's, which panics on broken files: each page runs by itself where a panic is contained, after [`guard`] has taken out
//! what would make it run without end. Pictures are not looked at. A text layer that is no readable text is refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document as Pdf, PlainTextOutput, output_doc_page};

use crate::detect::{Confidence, Sample};
use crate::format::office::{self, Document, Paragraph, Properties};
use crate::found::Found;
use crate::input::Input;
use crate::limits::Limits;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

mod guard;
mod pages;

/// Reader of PDF.
pub(crate) struct PdfText;

/// Pages that are read of one file.
const MOST_PAGES: usize = 2_000;

impl Reader for PdfText {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let begins = |bytes: &[u8]| bytes.starts_with(b"%PDF-");
        // Some servers write a line before it.
        let near = sample.has_extension(&["pdf"]) && sample.contains(b"%pdf-", 1024);
        if begins(sample.head()) || near { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let Limits { record_bytes: limit, pdf_objects, .. } = input.limits();
        let bytes = input.bytes()?;
        guard::unpacks_within_bounds(&bytes)?;
        guard::has_few_objects(&bytes, pdf_objects)?;
        found.time()?;
        let mut pdf = contained(|| open(&bytes))
            .unwrap_or_else(|| Err(Fault::malformed("the structure of the file cannot be read")))?;
        drop(bytes);
        let (numbers, mut warnings) = contained(|| guard::tame(&mut pdf))
            .unwrap_or_else(|| Err(Fault::malformed("the pages of the file cannot be read")))?;
        let mut texts = Vec::new();
        let mut failed = 0;
        let mut length = 0;
        for number in numbers.iter().take(MOST_PAGES) {
            found.time()?;
            match contained(|| page(&pdf, *number)).flatten() {
                Some(text) => {
                    length += text.len();
                    texts.push(text);
                }
                None => failed += 1,
            }
            if length > limit {
                return Err(Fault::over_limit("the text of the document", limit as u64).into());
            }
        }
        if numbers.len() > MOST_PAGES {
            warnings.push(format!("only the first {MOST_PAGES} pages are read"));
        }
        if failed > 0 {
            warnings.push(format!("{failed} pages cannot be read"));
        }
        if texts.is_empty() {
            return Err(Fault::malformed("no page of the file can be read").into());
        }
        let text = pages::join(&texts);
        pages::judge(&text)?;
        let properties = contained(|| properties(&pdf)).unwrap_or_default();
        let paragraphs = pages::paragraphs(&text)
            .into_iter()
            .map(|text| Paragraph { text, heading: false })
            .collect();
        office::emit(Document { paragraphs, properties, warnings }, found)
    }
}

/// What `work` gives, `None` where it panics.
fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    let locked = || Fault::new(Reason::Encrypted, "the document is locked by a password");
    let mut pdf = Pdf::load_mem(bytes).map_err(|error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => locked(),
        error => Fault::malformed(format!("not a whole PDF: {error}")),
    })?;
    // Many are locked against changes only, with no password for reading.
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(locked());
    }
    Ok(pdf)
}

fn page(pdf: &Pdf, number: u32) -> Option<String> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    output_doc_page(pdf, &mut output, number).ok()?;
    Some(text)
}

fn properties(pdf: &Pdf) -> Properties {
    let information = pdf.trailer.get(b"Info").ok().and_then(|information| {
        let object = pdf.dereference(information).ok()?.1;
        object.as_dict().ok()
    });
    let value = |key: &[u8]| {
        let object = pdf.dereference(information?.get(key).ok()?).ok()?.1;
        pdf_extract::decode_text_string(object).ok()
    };
    Properties { title: value(b"Title"), created: value(b"CreationDate").as_deref().and_then(date) }
}

/// `D:20220314093000+01'00'` as ISO 8601.
fn date(written: &str) -> Option<String> {
    let digits = written.strip_prefix("D:").unwrap_or(written);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (time, zone) = digits.split_at_checked(length)?;
    let part = |from: usize, to: usize| time.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else { return Some(day) };
    let second = part(12, 14).unwrap_or("00");
    let zone = zone.replacen('\'', ":", 1);
    let zone = zone.trim_end_matches(['\'', ':']);
    let zone = if zone.len() == 3 { format!("{zone}:00") } else { zone.to_owned() };
    Some(format!("{day}T{hour}:{minute}:{second}{zone}"))
}

#[cfg(test)]
mod tests;
