//! Web archives: WARC (ISO 28500) of any version, and ARC before it. One article for each page: responses and resources that are HTML, and the plain
//! text that converters made (WET). Everything else in an archive is passed by.
//!
//! Records are read one by one, by hand, since archives are often damaged: what is no record is told once, and reading goes on at the next one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::limits::Limits;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::{characters, dates, encoding, paragraphs};

use super::html;

mod http;
mod record;

use record::{Content, Record, Records};

/// Reader of web archives.
pub(crate) struct Warc;

impl Reader for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let head = sample.head();
        if head.starts_with(b"WARC/") || head.starts_with(b"filedesc://") {
            Confidence::Certain
        } else if sample.has_extension(&["warc", "arc", "wet"]) {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let mut records = Records::new(input.stream());
        while let Some(record) = records.next() {
            match record {
                Ok(record) => {
                    if let Some(kind) = kind(&record) {
                        let content = records.content(&record, limits.record_bytes);
                        take(&record, kind, content, limits, found)?;
                    } else if let Err(fault) = records.pass_over(&record) {
                        found.skip(part(&record), fault)?;
                    }
                }
                Err(fault) if fault.reason == Reason::Malformed => found.skip(None, fault)?,
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }
}

/// What the content of a record is, where it can be an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A server's answer with its headers.
    Answer,
    /// A page alone.
    Page,
    /// Text alone.
    Text,
}

fn kind(record: &Record) -> Option<Kind> {
    let content = record.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let is_web = record.url().is_some_and(|url| url.starts_with("http"));
    match record.get("warc-type")? {
        "response" if is_web => Some(Kind::Answer),
        "resource" if http::is_page(&content) => Some(Kind::Page),
        "conversion" if content.starts_with("text/plain") => Some(Kind::Text),
        _ => None,
    }
}

/// Makes an article of a record, if it is one.
fn take(
    record: &Record,
    kind: Kind,
    content: Content,
    limits: Limits,
    found: &mut Found<'_>,
) -> Result<(), Halt> {
    let part = part(record);
    let bytes = match content {
        Content::Whole(bytes) => bytes,
        Content::Fault(fault) => return found.skip(part, fault),
    };
    let page = match kind {
        Kind::Answer => match http::page(&bytes, limits, found) {
            Ok(Some(page)) => page,
            Ok(None) => return Ok(()),
            Err(fault) => return found.skip(part, fault),
        },
        Kind::Page | Kind::Text => {
            let charset = record.get("content-type").and_then(http::charset).map(str::to_owned);
            http::Page { bytes, charset, warning: None }
        }
    };
    let url = record.url();
    let made = catch_unwind(AssertUnwindSafe(|| draft(page, kind, url, limits)));
    match made {
        Ok(mut draft) => {
            draft.part = part;
            if let Some(date) = record.get("warc-date")
                && let dates::Reading::Known(time) = dates::read(date)
            {
                draft.fetched = Some(time);
            }
            found.article(draft)
        }
        Err(_) => found.skip(part, Fault::new(Reason::Panic, "the reader of a page failed")),
    }
}

fn draft(page: http::Page, kind: Kind, url: Option<&str>, limits: Limits) -> Draft {
    let mut draft = Draft::default();
    if let Some(url) = url {
        draft.set(Field::Url, url);
    }
    let url = draft.url.take();
    if kind == Kind::Text {
        let decoded = encoding::decode(page.bytes, page.charset.as_deref().map(str::as_bytes));
        draft.paragraphs = paragraphs::split(&characters::clean(&decoded.text));
        draft.warnings.extend(decoded.warning);
    } else {
        draft = html::page_draft(page.bytes, page.charset.as_deref(), url.as_deref(), limits);
    }
    // Where it was captured is known for sure.
    draft.url = url.or(draft.url);
    draft.warnings.extend(page.warning);
    draft
}

/// The record's identifier.
fn part(record: &Record) -> Option<String> {
    let id = record.get("warc-record-id")?.trim_matches(['<', '>']);
    Some(id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned())
}

#[cfg(test)]
mod tests;
