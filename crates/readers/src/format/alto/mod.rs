//! Newspapers from scanners: ALTO, the words of a page with their places, and METS, which says what articles an issue has and where they stand.
//!
//! An issue with a METS file is read from there, article by article, and its pages are `covered`; a page alone is one article. Sources: the Library of
//! Congress's schemas of ALTO 1 to 4 and METS 1, and the profiles of the libraries that use them.

use std::path::Path;

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::Root;

mod issue;
mod mets;
mod page;

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
        if let Some(mets) = covering(input) {
            let detail = format!("the articles of this page are read with {mets}");
            return Err(Fault::new(Reason::Covered, detail).into());
        }
        let page = Page::read(input)?;
        let paragraphs = page.blocks.iter().map(|block| block.text.clone()).collect();
        let warnings = page.warning.into_iter().collect();
        found.article(Draft { paragraphs, warnings, ..Draft::default() })
    }
}

/// Files of a folder that are looked at for one that covers a page, and bytes of each.
const MOST_FILES: usize = 10_000;
const MOST_BYTES: u64 = 32 << 20;

/// The name of a METS file, in the page's folder or the one above, in which the page is named.
fn covering(input: &Input<'_>) -> Option<String> {
    let covers = |file: &Path| {
        let small = file.metadata().is_ok_and(|data| data.is_file() && data.len() <= MOST_BYTES);
        let bytes = small.then(|| std::fs::read(file).ok()).flatten().unwrap_or_default();
        memchr::memmem::find(&bytes, input.name().as_bytes()).is_some()
            && memchr::memmem::find(&bytes, b"structMap").is_some()
    };
    for folder in [input.folder(0), input.folder(1)].into_iter().flatten() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        let entries = entries.take(MOST_FILES).flatten().map(|entry| entry.file_name());
        let mut names: Vec<String> = entries.filter_map(|entry| entry.into_string().ok()).collect();
        names.retain(|name| is_mets(name));
        names.sort_unstable();
        if let Some(name) = names.into_iter().find(|name| covers(&folder.join(name))) {
            return Some(name);
        }
    }
    None
}

fn is_mets(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("mets")
        && Path::new(&name).extension().is_some_and(|extension| extension == "xml")
}

#[cfg(test)]
mod tests;
