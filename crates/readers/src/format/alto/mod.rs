//! Newspapers from scanners: ALTO, the words of a page with their places, and METS, which says what articles an issue has and where they stand.
//!
//! An issue with a METS file (or DIDL, in the Netherlands) is read from there, article by article, and its pages are `covered`; a page alone is one
//! article. Sources: the Library of Congress's schemas of ALTO 1 to 4 and METS 1, and the profiles of the libraries that use them.

use std::path::Path;

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::Root;

mod didl;
mod issue;
mod mets;
mod page;

pub(crate) use didl::{ArticleText, Didl};
pub(crate) use mets::Mets;

use page::Page;

/// Reader of single pages.
pub(crate) struct Alto;

impl Reader for Alto {
    fn name(&self) -> &'static str {
        "alto"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "alto" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        if let Some(issue) = covering(input) {
            return Err(covered("page", &issue).into());
        }
        let page = Page::read(input)?;
        let paragraphs = page.blocks.iter().map(|block| block.text.clone()).collect();
        let warnings = page.warning.into_iter().collect();
        found.article(Draft { paragraphs, warnings, ..Draft::default() })
    }
}

/// Bytes of a METS file that is searched for a page's name.
const MOST_BYTES: u64 = 32 << 20;

fn covered(what: &str, issue: &str) -> Fault {
    let detail = match what {
        "page" => format!("the articles of this page are read with {issue}"),
        _ => format!("this {what} is read with {issue}"),
    };
    Fault::new(Reason::Covered, detail)
}

/// The name of a METS or DIDL file, in the file's folder or the one above, in which the file is named.
fn covering(input: &Input<'_>) -> Option<String> {
    let covers = |file: &Path| {
        let small = file.metadata().is_ok_and(|data| data.is_file() && data.len() <= MOST_BYTES);
        let bytes = small.then(|| std::fs::read(file).ok()).flatten().unwrap_or_default();
        memchr::memmem::find(&bytes, input.name().as_bytes()).is_some()
            && [&b"structMap"[..], b"DIDL"]
                .iter()
                .any(|mark| memchr::memmem::find(&bytes, mark).is_some())
    };
    (0..=1).find_map(|levels| {
        let mut files = input.issue_files(levels).into_iter();
        files.find(|(_, file)| covers(file)).map(|(name, _)| name)
    })
}

#[cfg(test)]
mod tests;
