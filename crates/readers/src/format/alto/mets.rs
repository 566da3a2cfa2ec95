//! Reader of METS: an issue's articles, their text from the ALTO pages beside it.

use std::collections::{HashMap, HashSet};

use super::issue::{Area, Issue, Unit};
use super::page::{Block, Page};
use crate::byline;
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};

/// Reader of METS.
pub(crate) struct Mets;

impl Reader for Mets {
    fn name(&self) -> &'static str {
        "mets"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "mets" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let (issue, warning) = issue(input)?;
        if issue.units.is_empty() {
            let detail = "the file names no articles; pages are read by themselves";
            return Err(Fault::new(Reason::Empty, detail).into());
        }
        if input.folder(0).is_none() {
            let detail = "pages cannot be opened inside a container; they are read by themselves";
            return Err(Fault::new(Reason::Empty, detail).into());
        }
        let whole = issue.whole();
        let mut pages = Pages::default();
        for unit in &issue.units {
            let described = issue.description(unit);
            let mut draft = Draft { part: Some(unit.id.clone()), ..Draft::default() };
            for (field, value) in [
                (Field::Title, &described.title),
                (Field::Source, &whole.title),
                (Field::Published, &described.date),
                (Field::Published, &whole.date),
                (Field::Language, &described.language),
                (Field::Language, &whole.language),
                (Field::Section, &unit.section),
            ] {
                if let Some(value) = value {
                    draft.set(field, value);
                }
            }
            pages.set_text(&mut draft, &issue, unit, input)?;
            draft.warnings.extend(warning.clone());
            found.article(draft)?;
        }
        Ok(())
    }
}

fn issue(input: &mut Input<'_>) -> Result<(Issue, Option<String>), Fault> {
    let limits = input.limits();
    let document = Document::open(input)?;
    let mut records = Records::new(document.stream, Nested::Inside, limits);
    let is_record = |_: &[String], element: &Element| {
        matches!(
            element.name(),
            "dmdSec" | "file" | "structMap" | "smLinkGrp" | "smLink" | "amdSec" | "metsHdr"
        )
    };
    let mut issue = Issue::default();
    while let Some(piece) = records.next(&is_record)? {
        match piece {
            Piece::Record(part) => issue.add(&part),
            Piece::OverLimit(part) if part.name() == "structMap" => {
                return Err(Fault::over_limit("the structure", limits.record_bytes as u64));
            }
            Piece::Open(_) | Piece::OverLimit(_) => {}
            Piece::Cut(_) => return Err(Fault::malformed("the file ends inside its structure")),
        }
    }
    records.finish()?;
    Ok((issue, document.warning))
}

/// Pages read so far, by the identifiers of their files; those that are not there or not readable with a note why.
#[derive(Default)]
struct Pages {
    read: HashMap<String, Result<Page, String>>,
    /// Bytes of their text.
    bytes: u64,
    /// Blocks that were compared with areas.
    compared: usize,
}

/// Comparisons of blocks with areas for one issue: a real one takes some thousands for each page.
const MOST_COMPARISONS: usize = 50_000_000;

/// Warnings of one article about pages.
const MOST_WARNINGS: usize = 20;

impl Pages {
    /// Sets the text of an article, and its title and authors where they stand on the page only.
    fn set_text(
        &mut self,
        draft: &mut Draft,
        issue: &Issue,
        unit: &Unit,
        input: &Input<'_>,
    ) -> Result<(), Fault> {
        let areas = issue.areas(unit);
        for area in areas.iter().copied().chain(&unit.authors) {
            self.load(&area.file, issue, input)?;
        }
        for area in &areas {
            let page = self.read.get(&area.file).and_then(|page| page.as_ref().ok());
            self.compared += page.map_or(0, |page| page.blocks.len());
        }
        if self.compared > MOST_COMPARISONS {
            let detail =
                format!("its areas and blocks take more than {MOST_COMPARISONS} comparisons");
            return Err(Fault::new(Reason::OverLimit, detail));
        }
        let titled = draft.title.is_some();
        let mut taken: HashSet<*const Block> = HashSet::new();
        for area in &areas {
            match self.read.get(&area.file) {
                Some(Ok(page)) => {
                    let blocks: Vec<&Block> = blocks(page, area)
                        .filter(|block| taken.insert(std::ptr::from_ref(*block)))
                        .collect();
                    let lines = blocks.iter().map(|block| block.text.clone());
                    if area.is_headline && !titled {
                        let line = lines.collect::<Vec<_>>().join(" ");
                        draft.set(Field::Title, &line);
                    } else if !area.is_headline {
                        draft.paragraphs.extend(lines);
                    }
                }
                Some(Err(why))
                    if draft.warnings.len() < MOST_WARNINGS && !draft.warnings.contains(why) =>
                {
                    draft.warnings.push(why.clone());
                }
                _ => {}
            }
        }
        for area in &unit.authors {
            if let Some(Ok(page)) = self.read.get(&area.file) {
                let names = blocks(page, area).flat_map(|block| byline::authors(&block.text));
                draft.byline.extend(names);
            }
        }
        Ok(())
    }

    /// Reads a page that is not read yet.
    fn load(&mut self, id: &str, issue: &Issue, input: &Input<'_>) -> Result<(), Fault> {
        if self.read.contains_key(id) {
            return Ok(());
        }
        let address = issue.file(id).unwrap_or_default();
        let address = address.strip_prefix("file://").unwrap_or(address);
        let page = match input.beside(address) {
            Some(mut file) => Page::read(&mut file)
                .map_err(|fault| format!("the page {address} cannot be read: {}", fault.detail)),
            None => Err(format!("the page {address} is not beside the file")),
        };
        if let Ok(page) = &page {
            let bytes = page.blocks.iter().map(|block| block.text.len() as u64).sum::<u64>();
            self.bytes += bytes;
            let limit = input.limits().file_bytes;
            if self.bytes > limit {
                return Err(Fault::over_limit("the text of the issue", limit));
            }
        }
        self.read.insert(id.to_owned(), page);
        Ok(())
    }
}

/// The blocks of an area: that of its name, or of the group of its name, or those whose middle lies in it.
fn blocks<'a>(page: &'a Page, area: &'a Area) -> impl Iterator<Item = &'a Block> {
    let is = |id: &str, name: &str| !name.is_empty() && id == name;
    let named = move |block: &Block| {
        is(&block.id, &area.begin) || is(&block.group, &area.begin) || is(&block.id, &area.division)
    };
    let by_name = page.blocks.iter().any(named);
    page.blocks.iter().filter(move |block| {
        if by_name {
            return named(block);
        }
        let [left, top, right, bottom] = block.place;
        let (across, down) = (left.midpoint(right), top.midpoint(bottom));
        area.place.is_some_and(|[left, top, right, bottom]| {
            (left..=right).contains(&across) && (top..=bottom).contains(&down)
        })
    })
}
