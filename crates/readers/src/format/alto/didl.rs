//! Reader of DIDL as the Dutch national library keeps newspapers (Delpher): an issue's articles, their text from the files beside it.
//!
//! `didl.xml` describes the issue and lists its articles; the text of each is in a file of its own (`…_articletext.xml`), else in blocks of the ALTO
//! pages. Sources: MPEG-21 DIDL (ISO/IEC 21000-2) and the library's own files.

use std::collections::HashMap;

use super::page::Page;
use super::{covered, covering};
use crate::characters;
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};

/// Reader of issues.
pub(crate) struct Didl;

impl Reader for Didl {
    fn name(&self) -> &'static str {
        "didl"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "DIDL" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let (issue, warning) = issue(input)?;
        if issue.articles.is_empty() {
            let detail = "the file names no articles; pages are read by themselves";
            return Err(Fault::new(Reason::Empty, detail).into());
        }
        if input.folder(0).is_none() {
            let detail = "texts cannot be opened inside a container; they are read by themselves";
            return Err(Fault::new(Reason::Empty, detail).into());
        }
        let mut pages = HashMap::new();
        let mut bytes = 0;
        for article in &issue.articles {
            let mut draft = article.draft(&issue);
            let text = article.text(input, &mut pages);
            draft.paragraphs = text.unwrap_or_else(|why| {
                draft.warnings.push(why);
                Vec::new()
            });
            bytes += draft.paragraphs.iter().map(|one| one.len() as u64).sum::<u64>();
            let limit = input.limits().file_bytes;
            if bytes > limit {
                return Err(Fault::over_limit("the text of the issue", limit).into());
            }
            draft.warnings.extend(warning.clone());
            found.article(draft)?;
        }
        Ok(())
    }
}

/// Reader of the text of one article, where no issue names it.
pub(crate) struct ArticleText;

impl Reader for ArticleText {
    fn name(&self) -> &'static str {
        "articletext"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "text" && sample.contains(b"<p", 4 << 10) => {
                Confidence::Likely
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        if let Some(issue) = covering(input) {
            return Err(covered("article", &issue).into());
        }
        let text = Text::read(input)?;
        let warnings = text.warning.into_iter().collect();
        let mut draft = Draft { paragraphs: text.paragraphs, warnings, ..Draft::default() };
        if let Some(title) = text.title {
            draft.set(Field::Title, &title);
        }
        found.article(draft)
    }
}

/// The file of an article's text: a title, which may be blank, and paragraphs.
#[derive(Default)]
struct Text {
    title: Option<String>,
    paragraphs: Vec<String>,
    warning: Option<String>,
}

impl Text {
    fn read(input: &mut Input<'_>) -> Result<Self, Fault> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        let mut text = Self { warning: document.warning, ..Self::default() };
        let is_record = |_: &[String], element: &Element| matches!(element.name(), "p" | "title");
        while let Some(piece) = records.next(&is_record)? {
            match piece {
                Piece::Record(element) if element.name() == "title" => text.title = element.line(),
                Piece::Record(element) => text.paragraphs.extend(element.line()),
                Piece::Open(_) => {}
                Piece::OverLimit(_) => {
                    return Err(Fault::over_limit("the paragraph", limits.record_bytes as u64));
                }
                Piece::Cut(_) => return Err(Fault::malformed("the file ends inside the text")),
            }
        }
        records.finish()?;
        Ok(text)
    }
}

/// An issue.
#[derive(Default)]
struct Issue {
    title: Option<String>,
    date: Option<String>,
    language: Option<String>,
    articles: Vec<Article>,
}

/// An article as the issue lists it.
#[derive(Debug, Default)]
struct Article {
    /// `a0001`
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    /// Name of the file of its text.
    file: Option<String>,
    /// File and identifier of each of its blocks, in order.
    blocks: Vec<(String, String)>,
}

fn issue(input: &mut Input<'_>) -> Result<(Issue, Option<String>), Fault> {
    let limits = input.limits();
    let document = Document::open(input)?;
    let mut records = Records::new(document.stream, Nested::Inside, limits);
    // The issue is an item, its description a component of it; pages and articles are the items inside.
    let is_record = |outer: &[String], element: &Element| {
        let items = outer.iter().filter(|name| name.ends_with("Item")).count();
        items == 1 && matches!(element.name(), "Item" | "Component")
    };
    let mut issue = Issue::default();
    while let Some(piece) = records.next(&is_record)? {
        match piece {
            Piece::Record(part) if part.name() == "Component" => issue.describe(&part),
            Piece::Record(part) => issue.articles.extend(Article::of(&part)),
            Piece::Open(_) => {}
            Piece::OverLimit(_) => {
                return Err(Fault::over_limit("the item", limits.record_bytes as u64));
            }
            Piece::Cut(_) => return Err(Fault::malformed("the file ends inside an item")),
        }
    }
    records.finish()?;
    Ok((issue, document.warning))
}

impl Issue {
    fn describe(&mut self, component: &Element) {
        let line = |name: &str| component.find(name).and_then(Element::line);
        self.title = self.title.take().or_else(|| line("title"));
        self.date = self.date.take().or_else(|| line("date"));
        // A paper in two languages has none of its own.
        let mut languages = component.all("language").filter_map(Element::line);
        if let (None, Some(one), None) = (&self.language, languages.next(), languages.next()) {
            self.language = Some(one);
        }
    }
}

/// Kinds of pieces that have no headline: the library puts the kind in its place.
const KINDS: &[&str] =
    &["advertentie", "familiebericht", "illustratie met onderschrift", "illustratie"];

impl Article {
    /// The article that an item is; pages are none.
    fn of(item: &Element) -> Option<Self> {
        let role = item.child("Descriptor")?.line()?;
        role.starts_with("article").then_some(())?;
        let number = item.attribute("dc:identifier").and_then(|id| id.rsplit(':').next());
        let mut article = Self { id: number.map(str::to_owned), ..Self::default() };
        for component in item.children("Component") {
            let name = component.find("Resource").and_then(|file| file.attribute("dcx:filename"));
            if let Some(name) = name.filter(|name| is_xml(name)) {
                article.file.get_or_insert_with(|| name.to_owned());
            }
            if let Some(described) = component.find("dcx") {
                let title = described.child("title").and_then(Element::line);
                let is_kind = |title: &String| KINDS.contains(&title.to_lowercase().as_str());
                article.title = title.filter(|title| !is_kind(title));
                article.url = described.child("identifier").and_then(Element::line);
            }
            for part in component.all("blocks") {
                let page = part.attribute("alto").unwrap_or_default();
                let blocks = part.children("TextBlock").filter_map(|block| block.attribute("ID"));
                article.blocks.extend(blocks.map(|block| (page.to_owned(), block.to_owned())));
            }
        }
        Some(article)
    }

    fn draft(&self, issue: &Issue) -> Draft {
        let mut draft = Draft { part: self.id.clone(), ..Draft::default() };
        for (field, value) in [
            (Field::Title, &self.title),
            (Field::Url, &self.url),
            (Field::Source, &issue.title),
            (Field::Published, &issue.date),
            (Field::Language, &issue.language),
        ] {
            if let Some(value) = value {
                draft.set(field, value);
            }
        }
        draft
    }

    /// Its text from its own file, else from the pages.
    fn text(
        &self,
        input: &Input<'_>,
        pages: &mut HashMap<String, Option<Page>>,
    ) -> Result<Vec<String>, String> {
        if let Some(mut file) = self.file.as_ref().and_then(|name| input.beside(name)) {
            let read = Text::read(&mut file);
            return read.map(|text| text.paragraphs).map_err(|fault| fault.detail);
        }
        let mut paragraphs = Vec::new();
        for (name, id) in &self.blocks {
            let page = pages.entry(name.clone()).or_insert_with(|| {
                input.beside(name).and_then(|mut file| Page::read(&mut file).ok())
            });
            let block = page.iter().flat_map(|page| &page.blocks).find(|block| block.id == *id);
            paragraphs.extend(block.and_then(|block| characters::one_line(&block.text)));
        }
        if paragraphs.is_empty() {
            let file = self.file.as_deref().unwrap_or("its text");
            return Err(format!("the file {file} is not beside the issue"));
        }
        Ok(paragraphs)
    }
}

fn is_xml(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension == "xml")
}
