//! Pages exported from Europresse (Eureka): one article each with its header line, in the layout of `<article>` elements or the older one of tables.
//!
//! Elements are known by their class names. Notes and illustrations beside the text, and the certificate below it, are left out.

use dateline_article::calendar;

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::encoding;
use crate::fields::Field;
use crate::format::html::charset;
use crate::found::Found;
use crate::input::Input;
use crate::records::{Between, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::{characters, dates, markup};

/// Reader of Europresse exports.
pub(crate) struct Europresse;

/// Classes that only these pages have.
const MARKS: &[&[u8]] = &[b"DocPublicationName", b"TitreArticleVisu", b"titreArticleVisu"];

impl Reader for Europresse {
    fn name(&self) -> &'static str {
        "europresse"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let holds = |mark: &[u8]| memchr::memmem::find(sample.bytes(), mark).is_some();
        if sample.is_markup() && MARKS.iter().filter(|mark| holds(mark)).count() >= 2 {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = input.limits().record_bytes;
        let label = charset::declared(input.sample().bytes()).map(<[u8]>::to_vec);
        let layout = if memchr::memmem::find(input.sample().bytes(), b"<article").is_some() {
            Layout::Articles
        } else {
            Layout::Tables
        };
        let (start, end) = match layout {
            Layout::Articles => ("<article", "</article>"),
            Layout::Tables => ("<span class=\"DocPublicationName\"", "</html>"),
        };
        let mut records = Between::new(input.stream(), start, end, limit);
        while let Some(record) = records.next()? {
            match record {
                Record::Whole(bytes) => {
                    let decoded = encoding::decode(bytes, label.as_deref());
                    let mut draft = draft(&decoded.text, layout);
                    draft.warnings.extend(decoded.warning);
                    found.article(draft)?;
                }
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the article", limit as u64))?;
                }
                Record::Cut(bytes) => {
                    // The older pages may lack their end; an article is whole with its number.
                    let decoded = encoding::decode(bytes, label.as_deref());
                    let draft = draft(&decoded.text, layout);
                    if layout == Layout::Tables && draft.accession.is_some() {
                        found.article(draft)?;
                    } else {
                        let fault = Fault::malformed("the file ends inside the article");
                        found.skip(draft.accession, fault)?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Articles,
    Tables,
}

fn draft(html: &str, layout: Layout) -> Draft {
    let mut draft = Draft::default();
    let line =
        |class: &str| Element::first(html, class).map(|element| markup::line(element.content));
    if let Some(source) = line("DocPublicationName") {
        // "Le Mois, no. 596" is an issue of it.
        draft.set(Field::Source, source.split(", no.").next().unwrap_or(&source));
    }
    let headers = elements(html, "DocHeader").map(|element| markup::line(element.content));
    read_header(&mut draft, &headers.collect::<Vec<_>>().join(" "));
    let title = ["titreArticleVisu", "rdp__articletitle", "titreArticle"]
        .iter()
        .find_map(|class| Element::first(html, class));
    if let Some(title) = &title {
        draft.set(Field::Title, &markup::line(title.content));
    }
    let after_title = title.map_or(html, |title| title.after);
    for class in ["rdp__subtitle", "sm-margin-bottom"] {
        if let Some(subtitle) = line(class) {
            draft.set(Field::Subtitle, &subtitle);
        }
    }
    draft.accession = accession(html);
    draft.part.clone_from(&draft.accession);
    match layout {
        Layout::Articles => {
            let authors =
                ["docAuthors", "sm-margin-bottomNews"].iter().find_map(|class| line(class));
            let author = authors.or_else(|| {
                let rest = after_title.split_once("</header").map(|(rest, _)| rest)?;
                markup::paragraphs(rest).into_iter().next()
            });
            draft.set(Field::Byline, &author.unwrap_or_default());
            let body =
                after_title.split_once("<section").and_then(|(_, body)| body.split_once('>'));
            let body = body.map_or("", |(_, body)| body);
            draft.paragraphs = markup::paragraphs(body.split("</section").next().unwrap_or(body));
        }
        Layout::Tables => read_tables(&mut draft, html, after_title),
    }
    draft
}

/// Reads what stands round the title of an older page: a line above it, the author in a line with an end of its own below it, then the text.
fn read_tables(draft: &mut Draft, html: &str, after_title: &str) {
    let above = elements(html, "DocHeader").last().map_or("", |header| header.after);
    let above = above.split("<span").next().unwrap_or_default();
    if let [subtitle] = markup::paragraphs(above).as_slice() {
        draft.set(Field::Subtitle, subtitle);
    }
    let body = after_title.split("Numéro de document").next().unwrap_or(after_title);
    draft.paragraphs = markup::paragraphs(body);
    let (head, _) = body.split_once("<p").unwrap_or((body, ""));
    let head = head.trim_end();
    let is_line = head.ends_with("<br>") || head.ends_with("<br/>");
    if let [author] = markup::paragraphs(head).as_slice()
        && is_line
        && author.chars().count() <= LONGEST_AUTHOR
    {
        draft.set(Field::Byline, author);
        draft.paragraphs.remove(0);
    }
    draft.paragraphs.retain(|paragraph| !paragraph.starts_with('©'));
}

/// Characters of a line of authors at most.
const LONGEST_AUTHOR: usize = 100;

/// Reads `Communication, mardi 14 mars 2006, p. 16`: what stands before the date is the section.
fn read_header(draft: &mut Draft, header: &str) {
    draft.set_published(header);
    let is_date = |piece: &&str| {
        let piece = piece.trim().to_lowercase();
        let weekday =
            piece.split_whitespace().next().is_some_and(|word| calendar::weekday(word).is_some());
        weekday
            || matches!(dates::read(&piece), dates::Reading::Known(_))
            || piece.is_empty()
            || piece.bytes().any(|byte| byte.is_ascii_digit())
    };
    let section: Vec<&str> = header.split(',').take_while(|piece| !is_date(piece)).collect();
    // A header without any date is no section either.
    if section.len() < header.split(',').count() {
        draft.set(Field::Section, &section.join(","));
    }
}

/// The number of the document: `news·20060314·LM·0q1403_1255263`.
fn accession(html: &str) -> Option<String> {
    let at = memchr::memmem::find(html.as_bytes(), "news·".as_bytes())?;
    let rest = html.get(at..)?;
    let is_part =
        |character: char| character.is_alphanumeric() || matches!(character, '·' | '_' | '-' | '.');
    let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches('.');
    (number.matches('·').count() >= 2).then(|| number.to_owned())
}

/// An element that has a class.
struct Element<'a> {
    content: &'a str,
    after: &'a str,
}

impl<'a> Element<'a> {
    fn first(html: &'a str, class: &str) -> Option<Self> {
        elements(html, class).next()
    }
}

/// The elements of a class, in order.
fn elements<'a>(html: &'a str, class: &str) -> impl Iterator<Item = Element<'a>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = memchr::memmem::find(rest.as_bytes(), b"class=")?;
            let (before, after) = rest.split_at_checked(at)?;
            rest = after.get("class=".len()..)?;
            let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\''))
            else {
                continue;
            };
            let value = rest.get(1..)?.split(quote).next().unwrap_or_default();
            if !value.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(class)) {
                continue;
            }
            let tag = before.rsplit('<').next().unwrap_or_default();
            let name = tag.split_ascii_whitespace().next().unwrap_or_default();
            let Some((_, inner)) = rest.split_once('>') else { continue };
            if let Some((content, after)) = content(inner, name) {
                rest = inner;
                return Some(Element { content, after });
            }
        }
    })
    .filter(|element| characters::one_line(element.content).is_some())
    .take(MOST_ELEMENTS)
}

/// Elements of one class, and elements of one name inside one, at most.
const MOST_ELEMENTS: usize = 16;

/// What stands before the end tag of an element, and what behind.
fn content<'a>(inner: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut end = 0;
    for _ in 0..MOST_ELEMENTS {
        let next = inner.get(end..)?;
        let at = end + memchr::memmem::find(next.as_bytes(), close.as_bytes())?;
        let content = inner.get(..at)?;
        let behind = inner.get(at + close.len()..)?;
        if content.matches(&open).count() <= content.matches(&close).count() {
            return Some((content, behind.split_once('>').map_or("", |(_, after)| after)));
        }
        end = at + close.len();
    }
    None
}

#[cfg(test)]
mod tests;
