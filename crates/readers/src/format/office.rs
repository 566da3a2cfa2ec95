//! What word processors' files have in common: paragraphs with styles, and properties of the document. Such a file is an export of a database where it
//! looks like one, else one article.

use crate::draft::Draft;
use crate::format::{factiva, nexis, text};
use crate::found::Found;
use crate::skip::Halt;
use crate::{byline, characters, dates};

pub(super) mod package;

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text; line ends in it as they were typed.
    pub(super) text: String,
    /// Whether its style is one for titles and headings.
    pub(super) heading: bool,
}

/// What a document says of itself apart from its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    /// When it was created.
    pub(super) created: Option<String>,
}

/// A document as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) properties: Properties,
    pub(super) warnings: Vec<String>,
}

/// Hands on the article or articles of a document.
///
/// # Errors
/// As [`Found::article`].
pub(super) fn emit(document: Document, found: &mut Found<'_>) -> Result<(), Halt> {
    let texts: Vec<String> =
        document.paragraphs.iter().map(|paragraph| paragraph.text.clone()).collect();
    let export = nexis::of_paragraphs(&texts).map(|drafts| ("nexis", drafts));
    let export =
        export.or_else(|| factiva::of_paragraphs(&texts).map(|drafts| ("factiva", drafts)));
    let Some((format, drafts)) = export else { return found.article(article(document)) };
    let mut warnings = document.warnings;
    for mut draft in drafts {
        draft.format = Some(format);
        draft.warnings.append(&mut warnings);
        found.article(draft)?;
    }
    Ok(())
}

/// Paragraphs at the beginning that may be title, byline and date.
const OPENING: usize = 6;

/// The one article of a document.
pub(super) fn article(document: Document) -> Draft {
    let Document { mut paragraphs, properties, warnings } = document;
    let mut draft = Draft { warnings, ..Draft::default() };
    paragraphs.retain(|paragraph| characters::one_line(&paragraph.text).is_some());
    let title = properties.title.as_deref().and_then(characters::one_line);
    let title = title.filter(|title| !is_made_up(title));
    // A paragraph that is the title of the properties is as good as one with a style.
    for paragraph in paragraphs.iter_mut().take(OPENING) {
        paragraph.heading |= title.is_some() && characters::one_line(&paragraph.text) == title;
    }
    let mut opening = 0;
    let mut used = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().take(OPENING) {
        let line = characters::one_line(&paragraph.text).unwrap_or_default();
        if draft.title.is_none() && paragraph.heading {
            draft.title = Some(line);
        } else if let Some(by) = byline::line(&line).filter(|_| draft.byline.is_empty()) {
            draft.set_byline_line(by);
        } else if let Some(time) = dates::read_line(&line).filter(|_| draft.published.is_none()) {
            draft.published = Some(time);
        } else if draft.title.is_none() && title.is_none() && leads(&paragraphs, index, &line) {
            draft.title = Some(line);
        } else if draft.title.is_none() && opening == 0 && heading_follows(&paragraphs, index) {
            // A line above the title: "For immediate release".
            opening += 1;
            continue;
        } else {
            break;
        }
        used.push(index);
    }
    let mut index = 0;
    paragraphs.retain(|_| {
        index += 1;
        !used.contains(&(index - 1))
    });
    draft.title = draft.title.or(title);
    draft.paragraphs = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    set_created(&mut draft, properties.created.as_deref());
    draft
}

/// Whether a first paragraph without a style is the title: it stands above more, and looks like one.
fn leads(paragraphs: &[Paragraph], index: usize, line: &str) -> bool {
    let any_heading = paragraphs.iter().take(OPENING).any(|paragraph| paragraph.heading);
    !any_heading && index + 1 < paragraphs.len() && text::is_title(line)
}

fn heading_follows(paragraphs: &[Paragraph], index: usize) -> bool {
    paragraphs.get(index + 1).is_some_and(|next| next.heading)
}

/// Days that programs write where they know none: python-docx, the first day of zip archives, ReportLab.
const TEMPLATES: &[&str] =
    &["2013-12-23T23:15:00Z", "1980-01-01T00:00:00Z", "2000-01-01T00:00:00+00:00"];

/// Takes the day of creation: the weakest evidence of when a document appeared.
pub(super) fn set_created(draft: &mut Draft, created: Option<&str>) {
    let Some(created) = created.map(str::trim).filter(|created| !TEMPLATES.contains(created))
    else {
        return;
    };
    if let dates::Reading::Known(time) = dates::read(created) {
        draft.created = Some(time);
    }
}

/// Titles that programs give, and names of files.
pub(super) fn is_made_up(title: &str) -> bool {
    let title = title.to_lowercase();
    let begins = [
        "microsoft word",
        "untitled",
        "document",
        "dokument",
        "unbenannt",
        "sans titre",
        "powerpoint",
    ];
    let files =
        [".doc", ".docx", ".rtf", ".odt", ".pdf", ".indd", ".qxd", ".txt", ".dvi", ".tex", ".ps"];
    files.iter().any(|end| title.ends_with(end))
        || begins.iter().any(|start| {
            title.strip_prefix(start).is_some_and(|rest| {
                *start == "microsoft word"
                    || rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
            })
        })
}

#[cfg(test)]
mod tests;
