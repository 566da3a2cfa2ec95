//! Tests of OpenDocument texts.

use super::*;
use crate::format::office::package::testing::{package, read};

fn content(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/></office:automatic-styles><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
}

#[test]
fn paragraphs_of_the_content() {
    let check = |inner: &str, expected: &[&str]| {
        let read = paragraphs(&content(inner)).unwrap();
        let shown: Vec<String> =
            read.into_iter()
                .map(|paragraph| {
                    if paragraph.heading { format!("# {}", paragraph.text) } else { paragraph.text }
                })
                .collect();
        assert_eq!(shown, expected, "{inner}");
    };
    check(
        "<text:p>It <text:span>sa</text:span>nk &amp; slept.</text:p><text:p/>",
        &["It sank & slept.", ""],
    );
    check(
        "<text:h text:outline-level=\"1\">T</text:h><text:p text:style-name=\"P1\">U</text:p><text:p text:style-name=\"Title\">V</text:p>",
        &["# T", "# U", "# V"],
    );
    check(
        "<text:p>a<text:tab/>b<text:line-break/>c<text:s text:c=\"3\"/>d<text:s/>e</text:p>",
        &["a\tb\nc   d e"],
    );
    check(
        "<text:p>a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>b<office:annotation><text:p>c</text:p></office:annotation></text:p>",
        &["ab"],
    );
    check(
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>a</text:p>",
        &["a"],
    );
    check(
        "<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><table:table><table:table-cell><text:p>b</text:p></table:table-cell></table:table>",
        &["a", "b"],
    );
    check(
        "<text:p>out<draw:frame><draw:text-box><text:p>in</text:p></draw:text-box><svg:title>t</svg:title></draw:frame></text:p>",
        &["in", "out"],
    );
    check(
        "<text:p>a<text:s text:c=\"999999999\"/>b</text:p>",
        &[&format!("a{}b", " ".repeat(100))],
    );
    assert_eq!(paragraphs("<text:p></text:h>").unwrap_err().reason, Reason::Malformed);
}

#[test]
fn a_document_is_an_article() {
    let xml = content(
        "<text:h>Ferry stays</text:h><text:p>By Ilse Varga</text:p><text:p>It stayed.</text:p>",
    );
    let meta = "<office:document-meta><office:meta><meta:creation-date>2022-03-14T09:30:00</meta:creation-date><dc:title>T</dc:title></office:meta></office:document-meta>";
    let bytes = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &xml),
        ("meta.xml", meta),
    ]);
    for name in ["a.odt", "a.bin"] {
        let article = read(name, &bytes).remove(0).unwrap();
        assert_eq!(
            (article.format.as_str(), article.title.as_deref()),
            ("odt", Some("Ferry stays")),
            "{name}"
        );
        assert_eq!(
            (article.byline, article.paragraphs),
            (vec!["Ilse Varga".to_owned()], vec!["It stayed.".to_owned()])
        );
        assert_eq!(article.published.unwrap().at.to_string(), "2022-03-14T09:30:00");
    }
}

#[test]
fn what_is_no_document_has_its_reason() {
    let check = |bytes: &[u8], expected: &str| {
        let items = read("a.odt", bytes);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0].as_ref().unwrap_err(), expected);
    };
    let xml = content("<text:p>It sank.</text:p>");
    let whole = package(&[("content.xml", &xml)]);
    check(&whole[..whole.len() / 2], "malformed");
    check(&package(&[("other.xml", "<a/>")]), "malformed");
    check(&package(&[("content.xml", "<text:p><text:p/>")]), "empty");
    check(&package(&[("content.xml", "<text:p></text:span>")]), "malformed");
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    check(&package(&[("META-INF/manifest.xml", locked), ("content.xml", "garbage")]), "encrypted");
}
