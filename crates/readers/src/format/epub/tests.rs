//! Tests of EPUB publications.

use super::*;
use crate::format::office::package::testing::{package, read};

const CONTAINER: &str = "<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";

/// A publication of these documents.
fn publication(metadata: &str, documents: &[(&str, &str)]) -> Vec<u8> {
    let items: Vec<String> = documents
        .iter()
        .map(|(name, _)| {
            format!("<item id=\"i-{name}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>")
        })
        .collect();
    let order: Vec<String> =
        documents.iter().map(|(name, _)| format!("<itemref idref=\"i-{name}\"/>")).collect();
    let opf = format!(
        "<package><metadata>{metadata}</metadata><manifest>{}<item id=\"n\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/></manifest><spine><itemref idref=\"n\"/>{}<itemref idref=\"missing\"/></spine></package>",
        items.concat(),
        order.concat()
    );
    let mut members = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("OEBPS/content.opf".to_owned(), opf),
    ];
    members.extend(documents.iter().filter(|(_, html)| !html.is_empty()).map(|(name, html)| {
        (
            format!("OEBPS/{name}"),
            format!("<html><head><title>x</title></head><body class=\"a\">{html}</body></html>"),
        )
    }));
    let members: Vec<(&str, &str)> =
        members.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    package(&members)
}

const LONG: &str = "The ferry stayed in port on Thursday because of the storm, and nobody in the town of Orlava knew more.";

#[test]
fn each_document_is_an_article() {
    let metadata = "<dc:title>The Orlava Post</dc:title><dc:creator>Printer</dc:creator><dc:date>2022-03-14</dc:date><dc:language>en-GB</dc:language>";
    let first =
        format!("<h1>Ferry <i>stays</i></h1><p>By Ilse Varga</p><p>{LONG}</p><p>It waits.</p>");
    let second = format!("<p>{LONG}</p>");
    let links = format!("<p><a href=\"x\">{LONG}</a></p>");
    let bytes = publication(
        metadata,
        &[
            ("cover.xhtml", "<img src=\"c\"/>"),
            ("a%20b.xhtml", ""),
            ("1.xhtml", &first),
            ("2.xhtml", &second),
            ("toc.xhtml", &links),
        ],
    );
    let items = read("a.epub", &bytes);
    let shown: Vec<String> = items
        .into_iter()
        .map(|item| match item {
            Ok(article) => format!(
                "{}|{}|{}|{}|{}|{}|{}",
                article.part,
                article.title.unwrap_or_default(),
                article.byline.join("&"),
                article.source.unwrap_or_default(),
                article.published.unwrap().at,
                article.language.unwrap(),
                article.paragraphs.join("/")
            ),
            Err(reason) => reason,
        })
        .collect();
    let expected = [
        "malformed".to_owned(),
        format!(
            "OEBPS/1.xhtml|Ferry stays|Ilse Varga|The Orlava Post|2022-03-14|en|{LONG}/It waits."
        ),
        format!("OEBPS/2.xhtml|||The Orlava Post|2022-03-14|en|{LONG}"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn one_document_takes_the_publications_fields() {
    let metadata = "<dc:title>Ferry stays</dc:title><dc:creator>Ilse Varga</dc:creator><dc:publisher>Orlava Press</dc:publisher>";
    for name in ["a.epub", "a"] {
        let article = read(name, &publication(metadata, &[("1.xhtml", "<p>It stayed.</p>")]))
            .remove(0)
            .unwrap();
        assert_eq!(
            (article.format.as_str(), article.title.as_deref(), article.source.as_deref()),
            ("epub", Some("Ferry stays"), Some("Orlava Press"))
        );
        assert_eq!(
            (article.byline, article.paragraphs),
            (vec!["Ilse Varga".to_owned()], vec!["It stayed.".to_owned()])
        );
    }
}

#[test]
fn what_is_no_publication_has_its_reason() {
    let check = |bytes: &[u8], expected: &str| {
        let items = read("a.epub", bytes);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0].as_ref().unwrap_err(), expected);
    };
    let whole = publication("", &[("1.xhtml", "<p>It stayed.</p>")]);
    check(&whole[..whole.len() / 2], "malformed");
    check(&package(&[("META-INF/container.xml", "<container/>")]), "malformed");
    check(&package(&[("META-INF/container.xml", CONTAINER)]), "malformed");
    check(
        &package(&[("META-INF/container.xml", CONTAINER), ("OEBPS/content.opf", "<a></b>")]),
        "malformed",
    );
    check(&publication("", &[]), "empty");
    let opf = "<package><manifest><item id=\"i\" href=\"1.xhtml\" media-type=\"text/html\"/></manifest><spine><itemref idref=\"i\"/></spine></package>";
    let locked = "<encryption><CipherReference URI=\"OEBPS/1.xhtml\"/></encryption>";
    check(
        &package(&[
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/content.opf", opf),
            ("META-INF/encryption.xml", locked),
        ]),
        "encrypted",
    );
}

#[test]
fn references_stay_in_the_package() {
    let check = |folder: &str, reference: &str, expected: &str| {
        assert_eq!(resolve(folder, reference), expected, "{folder} {reference}");
    };
    check("OEBPS", "a%20b.xhtml#top", "OEBPS/a b.xhtml");
    check("OEBPS/x", "../text/./1.html", "OEBPS/text/1.html");
    check("", "../../etc/passwd", "etc/passwd");
    check("", "%zz%4", "%zz%4");
}
