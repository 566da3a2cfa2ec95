//! What a page says about itself: one walk over the tree collects everything that metadata is read from.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use super::marks;
use crate::byline;

/// The marks of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Values of `<meta>` by name, property or itemprop in lower case, in order.
    meta: HashMap<String, Vec<String>>,
    /// Texts of elements by their `itemprop`.
    pub(super) properties: HashMap<String, Vec<String>>,
    /// The `<title>`.
    pub(super) title: Option<String>,
    /// Main headings.
    pub(super) headings: Vec<String>,
    /// Contents of JSON-LD scripts.
    pub(super) scripts: Vec<String>,
    /// Times in the page.
    pub(super) times: Vec<Time>,
    /// Short texts with a figure that the page marks as its date.
    pub(super) dates: Vec<Time>,
    /// Names that the page marks as its authors.
    pub(super) authors: Vec<String>,
    /// Lines that the page shows as its byline.
    pub(super) bylines: Vec<String>,
    /// The address that the page calls its own, or was saved from.
    pub(super) address: Option<String>,
    /// The `lang` of its root.
    pub(super) language: Option<String>,
}

/// A `<time>` element.
#[derive(Debug)]
pub(super) struct Time {
    /// Its machine-readable value, else its text.
    pub(super) value: String,
    /// Marked as the publication date.
    pub(super) published: bool,
    /// Inside an `<article>`, or beside the heading.
    pub(super) in_article: bool,
}

/// Values kept of one kind.
const MOST: usize = 64;

impl Page {
    /// Collects the marks of a page.
    pub(super) fn of(document: &Document, html: &str) -> Self {
        let mut page = Self::default();
        for node in document.root().descendants_it() {
            if node.is_element() {
                page.take(&node);
            }
        }
        page.address = page.address.or_else(|| saved_from(html));
        page
    }

    /// The first value of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.meta.get(name).into_iter().flatten().map(String::as_str)
    }

    fn take(&mut self, node: &NodeRef<'_>) {
        let attribute = |name: &str| {
            node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "html" => {
                self.language = self
                    .language
                    .take()
                    .or_else(|| attribute("lang").or_else(|| attribute("xml:lang")));
            }
            "meta" => self.take_meta(attribute),
            "title" if self.title.is_none() && !inside(node, &["svg", "body"]) => {
                self.title = text(node);
            }
            "h1" if self.headings.len() < MOST => self.headings.extend(text(node)),
            "script"
                if attribute("type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                    && self.scripts.len() < MOST =>
            {
                self.scripts.push(node.text().to_string());
            }
            "link" => {
                let canonical =
                    attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if canonical && let Some(address) = attribute("href") {
                    self.address.get_or_insert(address);
                }
            }
            "time" => self.take_time(node, attribute("datetime")),
            _ => {}
        }
        if let Some(property) = attribute("itemprop") {
            let value =
                attribute("content").or_else(|| attribute("datetime")).or_else(|| text(node));
            push(&mut self.properties, property.to_ascii_lowercase(), value);
        }
        let author = matches!(&*name, "a" | "span" | "address")
            && attribute("rel").is_some_and(|rel| rel.split(' ').any(|word| word == "author"));
        if author && self.authors.len() < MOST {
            self.authors.extend(text(node));
        }
        if &*name != "time" {
            self.take_date_line(node);
        }
        let marked = node.element_ref().is_some_and(|element| {
            marks::has(&element, marks::BYLINES) || marks::has(&element, marks::AUTHORS)
        });
        if marked && self.bylines.len() < MOST && !inside(node, &["nav", "footer", "aside"]) {
            self.bylines.extend(text(node).filter(|line| byline::is_byline(line)));
        }
    }

    fn take_meta(&mut self, attribute: impl Fn(&str) -> Option<String>) {
        let content = attribute("content").or_else(|| attribute("value"));
        for key in ["property", "name", "itemprop", "http-equiv"] {
            for name in attribute(key).unwrap_or_default().split_ascii_whitespace() {
                push(&mut self.meta, name.to_ascii_lowercase(), content.clone());
            }
        }
    }

    fn take_time(&mut self, node: &NodeRef<'_>, value: Option<String>) {
        let Some(value) = value.or_else(|| text(node)).filter(|_| self.times.len() < MOST) else {
            return;
        };
        let published = node.has_attr("pubdate")
            || node
                .attr("itemprop")
                .is_some_and(|property| property.eq_ignore_ascii_case("datePublished"));
        self.times.push(Time {
            value,
            published,
            in_article: inside(node, &["article", "header"]),
        });
    }

    /// A text that says when the page appeared, or seems to; one that says when it was changed is none.
    fn take_date_line(&mut self, node: &NodeRef<'_>) {
        let marked = node.element_ref().is_some_and(|element| marks::has(&element, marks::DATES));
        if !marked || self.dates.len() >= MOST || inside(node, &["nav", "footer", "aside"]) {
            return;
        }
        let value = text(node).filter(|line| {
            line.len() <= LONGEST_DATE_BYTES
                && line.bytes().any(|byte| byte.is_ascii_digit())
                && !byline::tells_of_update(line)
        });
        let in_article = inside(node, &["article", "header"]);
        self.dates.extend(value.map(|value| Time { value, published: false, in_article }));
    }
}

/// A longer text is no date line.
const LONGEST_DATE_BYTES: usize = 80;

fn push(values: &mut HashMap<String, Vec<String>>, name: String, value: Option<String>) {
    let list = values.entry(name).or_default();
    if list.len() < MOST {
        list.extend(value);
    }
}

fn inside(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.ancestors_it(None)
        .any(|ancestor| ancestor.node_name().is_some_and(|name| names.contains(&&*name)))
}

fn text(node: &NodeRef<'_>) -> Option<String> {
    crate::characters::one_line(&node.text()).filter(|text| text.len() < 2000)
}

/// The address in the comment that browsers write into pages that they save.
fn saved_from(html: &str) -> Option<String> {
    let head = html.get(..html.floor_char_boundary(2000)).unwrap_or(html);
    let (_, rest) = head.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    let end = rest.find(|character: char| character.is_whitespace())?;
    rest.get(..end).map(str::to_owned)
}
