//! Markdown: front matter, a first heading as the title, and text without its marks.
//!
//! Follows CommonMark as far as text needs it; what a mark might mean for layout is dropped, what it encloses stays.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;
use crate::{byline, characters, encoding};

mod blocks;
mod front_matter;
mod inline;

/// Reader of Markdown.
pub(crate) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if sample.is_binary() {
            return Confidence::No;
        }
        let named = sample.has_extension(&["md", "markdown", "mdown", "mkd", "mdx"]);
        let head = sample.head();
        if !head.starts_with(b"---") && !head.starts_with(b"+++") && !head.starts_with(b"# ") {
            return if named && !sample.is_markup() { Confidence::Likely } else { Confidence::No };
        }
        let text = String::from_utf8_lossy(head);
        let text = characters::clean(&text);
        if front_matter::split(&text).is_some_and(|(entries, _)| {
            entries.iter().any(|entry| fields::field(&entry.key).is_some())
        }) {
            return Confidence::Certain;
        }
        if named || begins_with_heading(&text) { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let decoded = input.text(encoding::undeclared)?;
        let mut draft =
            Draft { warnings: decoded.warning.into_iter().collect(), ..Draft::default() };
        read_into(&mut draft, &characters::clean(&decoded.text));
        found.article(draft)
    }
}

/// Whether a text begins with a heading and has another mark further on: one `#` alone can be anything.
fn begins_with_heading(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().is_some_and(|line| line.starts_with("# "));
    first
        && lines.take(200).any(|line| {
            line.starts_with("## ")
                || line.starts_with("- ")
                || line.starts_with("* ")
                || line.starts_with("> ")
                || line.contains("**")
                || line.contains("](")
        })
}

fn read_into(draft: &mut Draft, text: &str) {
    let (entries, body) = front_matter::split(text).unwrap_or((Vec::new(), text));
    let mut ranked: Vec<_> =
        entries.iter().filter_map(|entry| Some((fields::field(&entry.key)?, entry))).collect();
    ranked.sort_by_key(|(field, _)| *field);
    for ((field, _), entry) in ranked {
        match (field, entry.values.as_slice()) {
            (Field::Byline, many @ [_, _, ..]) if draft.byline.is_empty() => {
                draft.byline = many.iter().filter_map(|name| byline::author(name)).collect();
            }
            (Field::Keywords, many @ [_, _, ..]) if draft.keywords.is_empty() => {
                draft.keywords = many.to_vec();
            }
            // A text in the front matter is a summary at most.
            (Field::Text | Field::Html, _) => {}
            (field, values) => values.iter().take(1).for_each(|value| draft.set(field, value)),
        }
    }
    let (heading, paragraphs) = blocks::read(body);
    match (heading, draft.title.as_deref()) {
        (Some(heading), None) => draft.title = Some(heading),
        (Some(heading), Some(title)) if heading != title => draft.paragraphs.push(heading),
        _ => {}
    }
    draft.paragraphs.extend(paragraphs);
}

#[cfg(test)]
mod tests;
