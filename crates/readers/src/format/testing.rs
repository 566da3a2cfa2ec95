//! What the tests of the formats share: a text read by one reader, and an article on one line.

use std::ops::ControlFlow;
use std::path::Path;

use dateline_article::Article;

use crate::container::budget::Budget;
use crate::found::Found;
use crate::input::Input;
use crate::limits::Limits;
use crate::read::{Options, SourceFile};
use crate::registry::Reader;
use crate::skip::Skip;

/// Everything that a reader finds in `content`.
pub(crate) fn read(reader: &dyn Reader, content: &[u8]) -> Vec<Result<Article, Skip>> {
    let source = SourceFile { root_label: "r", path: "a", file: Path::new("a") };
    let options = Options::default();
    let stream = Box::new(std::io::Cursor::new(content.to_vec()));
    let mut input = Input::new(stream, "a", None, options.limits).unwrap();
    let budget = Budget::new(content.len() as u64, options.limits);
    let mut items = Vec::new();
    let mut each = |item| {
        items.push(item);
        ControlFlow::Continue(())
    };
    let mut found = Found::new(&source, &options, reader.name(), &budget, &mut each);
    let result = reader.read(&mut input, &mut found);
    found.end(result);
    assert!(found.into_panic().is_none());
    items
}

/// The articles of a file that has no other.
#[track_caller]
pub(crate) fn all(reader: &dyn Reader, text: &str) -> Vec<Article> {
    read(reader, text.as_bytes()).into_iter().map(Result::unwrap).collect()
}

/// The only article.
#[track_caller]
pub(crate) fn one(reader: &dyn Reader, text: &str) -> Article {
    let mut articles = all(reader, text);
    assert_eq!(articles.len(), 1, "{articles:?}");
    articles.remove(0)
}

/// `reason part` of each skip.
pub(crate) fn skips(reader: &dyn Reader, text: &str) -> Vec<String> {
    let skips = read(reader, text.as_bytes()).into_iter().filter_map(Result::err);
    skips
        .map(|skip| format!("{} {}", skip.reason, skip.part.unwrap_or_else(|| "-".to_owned())))
        .collect()
}

/// All fields that are there but the text, on one line.
pub(crate) fn shown(article: &Article) -> String {
    let mut line = format!("part {}", article.part);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line.extend([" · ", name, " ", &value]);
        }
    };
    let article = article.clone();
    add("url", article.url);
    add("source", article.source);
    add("title", article.title);
    add("subtitle", article.subtitle);
    add("byline", Some(article.byline.join("|")));
    add("section", article.section);
    add("keywords", Some(article.keywords.join("|")));
    add("language", article.language.map(|language| language.to_string()));
    add("published", article.published.map(|published| published.at.to_string()));
    let dateline = article.dateline.unwrap_or_default();
    add("place", dateline.place);
    add("agency", dateline.agency);
    add("accession", article.accession);
    let status = article.status.unwrap_or_default();
    add("embargo", status.embargoed_until.map(|until| until.to_string()));
    add("version", status.version);
    if !article.warnings.is_empty() {
        add("warnings", Some(article.warnings.len().to_string()));
    }
    if status.withdrawn {
        line.push_str(" · withdrawn");
    }
    line
}

/// What the project's whole way of reading makes of a file called `name`: articles, and skips as their reason, part and detail.
pub(crate) fn file(
    name: &str,
    content: impl AsRef<[u8]>,
    limits: Limits,
) -> Vec<Result<Article, String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content.as_ref()).unwrap();
    let source = SourceFile { root_label: "r", path: name, file: &file };
    let options = Options { limits, ..Options::default() };
    let mut items = Vec::new();
    crate::read(&source, &options, &mut |item| {
        items.push(item.map_err(|skip| {
            format!("{} {} {}", skip.reason, skip.part.unwrap_or_default(), skip.detail)
        }));
        ControlFlow::Continue(())
    });
    items
}
