//! HTML pages: the article by dom_smoothie (a port of Mozilla's Readability) from a tree that is pruned first, lines that lead away taken out of what it finds,
//! and metadata by our own reading of the whole tree.
//!
//! A page that would make a tree builder slow or deep is never given to it: its tags are stripped instead, and a warning says so. Nothing that a page
//! links to is fetched.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use prune::{Byline, Kind};

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::encoding::{self, Decoded};
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::limits::Limits;
use crate::registry::Reader;
use crate::skip::Halt;
use crate::{byline, characters, dates, markup};

mod asides;
pub(in crate::format) mod charset;
mod cost;
mod json_ld;
mod marks;
mod metadata;
mod page;
mod phrases;
mod prune;
mod published;
mod title;

/// Reader of web pages.
pub(crate) struct Html;

/// Tags that a page begins with, in lower case.
const FIRST: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<article",
    b"<div",
    b"<p>",
    b"<p ",
    b"<h1",
    b"<meta",
    b"<title",
    b"<section",
    b"<main",
    b"<table",
    b"<span",
];

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if !sample.is_markup() {
            return Confidence::No;
        }
        let head = charset::after_prolog(sample.head());
        let begins = |tag: &&[u8]| {
            head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
        };
        if FIRST.iter().take(4).any(begins) {
            Confidence::Certain
        } else if FIRST.iter().any(begins)
            || sample.has_extension(&["html", "htm", "xhtml", "shtml"])
        {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let decoded = input.text(charset::declared)?;
        found.article(decoded_draft(decoded, None, limits))
    }
}

/// The article of a page inside an archive. `label` is the encoding that its server named, `address` where it stood.
pub(crate) fn page_draft(
    bytes: Vec<u8>,
    label: Option<&str>,
    address: Option<&str>,
    limits: Limits,
) -> Draft {
    let label = label.map(str::as_bytes).or_else(|| charset::declared(&bytes)).map(<[u8]>::to_vec);
    decoded_draft(encoding::decode(bytes, label.as_deref()), address, limits)
}

fn decoded_draft(decoded: Decoded, address: Option<&str>, limits: Limits) -> Draft {
    let mut draft = match cost::refusal(&decoded.text, limits) {
        None => extract(&decoded.text, address),
        Some(why) => strip(&decoded.text, why),
    };
    draft.warnings.extend(decoded.warning);
    draft
}

/// Reads a page by its tree.
fn extract(html: &str, address: Option<&str>) -> Draft {
    let document = Document::from(html);
    let mut page = page::Page::of(&document, html);
    page.address = page.address.or_else(|| address.map(str::to_owned));
    let mut draft = metadata::draft(&page);
    let known = if draft.byline.is_empty() { Byline::Unknown } else { Byline::Known };
    let kind = prune::prune(&document, known);
    if kind == Kind::Listing {
        draft.paragraphs = markup::paragraphs(&document.html());
        draft.warnings.push("the page lists articles and is none itself".to_owned());
        return draft;
    }
    let configuration =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(document, None, Some(configuration))
        .and_then(|mut page| page.parse());
    if let Ok(article) = article {
        let blocks = markup::blocks(&article.content);
        let opening = blocks.iter().take(OPENING_PARAGRAPHS).map(|block| &*block.text);
        take_opening_lines(&mut draft, opening);
        draft.paragraphs = asides::without(blocks).into_iter().map(|block| block.text).collect();
        if draft.byline.is_empty()
            && let Some(line) =
                article.byline.filter(|line| !line.trim_end().ends_with(['-', '–', '—']))
        {
            draft.byline = byline::authors(&line);
        }
    } else {
        draft.paragraphs = markup::paragraphs(html);
        draft.warnings.push("no article found in the page: all its text is taken".to_owned());
    }
    drop_repetitions(&mut draft);
    draft
}

/// Reads a page without its tree: all its text, menus included.
fn strip(html: &str, why: &str) -> Draft {
    let mut draft = Draft::default();
    let written = html
        .split_once("<title")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</"));
    if let Some((title, _)) = written {
        draft.set(Field::Title, &markup::line(title));
    }
    draft.paragraphs = markup::paragraphs(html);
    draft.warnings.push(format!("{why}: tags are stripped and all text is taken"));
    draft
}

/// Paragraphs at the beginning that may repeat the title, the byline or the date.
const OPENING_PARAGRAPHS: usize = 4;

/// Takes the lines above the text: a byline, and the day of publication where nothing else tells it.
fn take_opening_lines<'a>(draft: &mut Draft, lines: impl Iterator<Item = &'a str>) {
    for line in lines.filter(|line| !byline::tells_of_update(line)) {
        if let Some(byline) = byline::line(line) {
            draft.set_byline_line(byline);
        } else if draft.published.is_none() && draft.ambiguous.is_none() {
            draft.published = dates::read_line(line);
        }
    }
}

/// Takes headline, byline and date line out of the text where they open it.
fn drop_repetitions(draft: &mut Draft) {
    let title = draft.title.as_deref().map(title::key);
    let authors: Vec<String> = draft.byline.iter().map(|author| title::key(author)).collect();
    let mut index = 0;
    draft.paragraphs.retain(|paragraph| {
        index += 1;
        if index > OPENING_PARAGRAPHS || paragraph.len() > 300 {
            return true;
        }
        let key = title::key(paragraph);
        let is_title = title.as_ref() == Some(&key);
        let is_author =
            authors.iter().any(|author| key == *author || key.strip_prefix("by ") == Some(author));
        let is_date = dates::read_line(paragraph).is_some();
        let keeps = !(is_title || is_author || byline::line(paragraph).is_some() || is_date);
        keeps && characters::one_line(paragraph).is_some()
    });
}

#[cfg(test)]
mod tests;
