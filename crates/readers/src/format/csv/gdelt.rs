//! The tables that GDELT 2.0 publishes without a header. Events and mentions hold codes and addresses, and no article; a row of the knowledge graph names
//! a page's title, address, site and time, and what was quoted on it.
//!
//! Source: *The GDELT Global Knowledge Graph (GKG) Data Format Codebook*, version 2.1.

use crate::dates;
use crate::draft::Draft;
use crate::fields::Field;
use crate::{byline, characters, encoding, entities};

/// A table of GDELT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Events, or mentions of events.
    Codes,
    /// The knowledge graph, an article a row.
    Graph,
}

/// Columns of the knowledge graph.
pub(super) const GRAPH_COLUMNS: usize = 27;
const NUMBER: usize = 0;
const DATE: usize = 1;
const SITE: usize = 3;
const ADDRESS: usize = 4;
const QUOTATIONS: usize = 22;
const TRANSLATION: usize = 25;
const EXTRAS: usize = 26;

impl Table {
    /// The table that a first row belongs to, if it is one of GDELT's.
    pub(super) fn of(cells: &[Vec<u8>]) -> Option<Self> {
        let first = cells.first().map(Vec::as_slice).unwrap_or_default();
        let digits = |cell: &[u8]| !cell.is_empty() && cell.iter().all(u8::is_ascii_digit);
        let second =
            |length: usize| cells.get(1).is_some_and(|day| day.len() == length && digits(day));
        match cells.len() {
            // Events, of version 1 and 2; mentions.
            57 | 58 | 61 if digits(first) && second(8) => Some(Self::Codes),
            14..=16 if digits(first) && second(14) => Some(Self::Codes),
            GRAPH_COLUMNS => {
                let number = first.split(|&byte| byte == b'-').next().unwrap_or_default();
                (number.len() == 14 && digits(number) && second(14)).then_some(Self::Graph)
            }
            _ => None,
        }
    }
}

/// The article that a row of the knowledge graph speaks of. Its text is what was quoted; the page itself is not there.
pub(super) fn draft(cells: &[Vec<u8>]) -> Draft {
    let cell = |at: usize| {
        let bytes = cells.get(at).map(Vec::as_slice).unwrap_or_default();
        encoding::decode(bytes.to_vec(), None).text
    };
    let extras = cell(EXTRAS);
    let mut draft = Draft::default();
    draft.set(Field::Id, &cell(NUMBER));
    draft.set(Field::Source, &cell(SITE));
    draft.set(Field::Url, &cell(ADDRESS));
    if let Some(title) = element(&extras, "PAGE_TITLE") {
        draft.set(Field::Title, &entities::decode(title));
    }
    if let Some(authors) = element(&extras, "PAGE_AUTHORS") {
        draft.byline = authors.split(';').flat_map(byline::authors).collect();
    }
    // What the page says, else the quarter of an hour in which it was found.
    let own = element(&extras, "PAGE_PRECISEPUBTIMESTAMP").map(str::to_owned);
    draft.published =
        own.into_iter().chain([cell(DATE)]).find_map(|time| match dates::read(&time) {
            dates::Reading::Known(known) => Some(known),
            _ => None,
        });
    // `srclc:fra;eng:…`: what the page was translated from; nothing where it was in English.
    let translated = cell(TRANSLATION);
    let language = translated.split(';').find_map(|part| part.trim().strip_prefix("srclc:"));
    draft.set(Field::Language, language.unwrap_or("eng"));
    draft.paragraphs = quotations(&cell(QUOTATIONS));
    if !draft.paragraphs.is_empty() {
        draft.warnings.push("only what was quoted is given of the text".to_owned());
    }
    draft
}

/// What stands between the tags of an element that stands once at most.
fn element<'a>(extras: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = extras.split_once(&format!("<{name}>"))?;
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    Some(inner.trim()).filter(|inner| !inner.is_empty())
}

/// `offset|length|verb|quotation`, parted by `#`.
fn quotations(cell: &str) -> Vec<String> {
    let quoted = cell.split('#').filter_map(|part| part.splitn(4, '|').nth(3));
    quoted.filter_map(characters::one_line).collect()
}
