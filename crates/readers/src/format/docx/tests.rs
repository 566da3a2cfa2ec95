//! Tests of Word documents.

use super::*;
use crate::format::office::package::testing::{package, read};

fn body(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{inner}</w:body></w:document>"
    )
}

#[test]
fn paragraphs_of_the_main_part() {
    let check = |inner: &str, expected: &[&str]| {
        let read = paragraphs(&body(inner)).unwrap();
        let shown: Vec<String> =
            read.into_iter()
                .map(|paragraph| {
                    if paragraph.heading { format!("# {}", paragraph.text) } else { paragraph.text }
                })
                .collect();
        assert_eq!(shown, expected, "{inner}");
    };
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    check(
        &format!("<w:p>{}{}</w:p><w:p/>", run("It sa"), run("nk &amp; &#8217;s")),
        &["It sank & ’s", ""],
    );
    check(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>",
        &["a\tb\nc\u{2011}"],
    );
    check(
        &format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>{}</w:p>",
            run("T")
        ),
        &["# \tT"],
    );
    check(
        &format!("<w:p><w:pPr><w:pStyle w:val=\"berschrift2\"/></w:pPr>{}</w:p>", run("T")),
        &["# T"],
    );
    check(&format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p>", run("T")), &["# T"]);
    check(
        &format!(
            "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:moveFrom>{}</w:moveFrom></w:p>",
            run("a"),
            run("b"),
            run("c")
        ),
        &["ab"],
    );
    check(&format!("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{}</w:p>", run("1")), &["1"]);
    check(
        &format!(
            "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
            run("a"),
            run("b")
        ),
        &["a", "b"],
    );
    let boxed = format!(
        "<w:p>{}<mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p>{}</w:p></mc:Fallback></mc:AlternateContent></w:p>",
        run("out"),
        run("in"),
        run("in")
    );
    check(&boxed, &["in", "out"]);
    assert_eq!(paragraphs("<w:p><w:r></w:p>").unwrap_err().reason, Reason::Malformed);
}

#[test]
fn a_document_is_an_article() {
    let xml = body(
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Ferry stays</w:t></w:r></w:p><w:p><w:r><w:t>By Ilse Varga</w:t></w:r></w:p><w:p><w:r><w:t>It stayed.</w:t></w:r></w:p>",
    );
    let core = "<cp:coreProperties xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Other</dc:title><dcterms:created>2022-03-14T09:30:00Z</dcterms:created></cp:coreProperties>";
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &xml),
        ("docProps/core.xml", core),
    ]);
    for name in ["a.docx", "a.bin"] {
        let article = read(name, &bytes).remove(0).unwrap();
        assert_eq!(
            (article.format.as_str(), article.title.as_deref()),
            ("docx", Some("Ferry stays"))
        );
        assert_eq!(
            (article.byline, article.paragraphs),
            (vec!["Ilse Varga".to_owned()], vec!["It stayed.".to_owned()])
        );
        assert_eq!(article.published.unwrap().at.to_string(), "2022-03-14T09:30:00Z");
        assert_eq!(
            article.warnings,
            ["published is when the document was created, by its properties"]
        );
    }
}

#[test]
fn an_export_gives_its_articles() {
    let lines = [
        "1 of 2 DOCUMENTS",
        "The Orlava Post",
        "March 14, 2022",
        "Ferry",
        "LENGTH: 2 words",
        "It stayed.",
        "2 of 2 DOCUMENTS",
        "The Orlava Post",
        "March 15, 2022",
        "Train",
        "LENGTH: 2 words",
        "It left.",
    ];
    let xml = body(&lines.map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).concat());
    let items = read("a.docx", &package(&[("word/document.xml", &xml)]));
    let shown: Vec<_> = items
        .into_iter()
        .map(Result::unwrap)
        .map(|article| (article.format, article.part, article.title.unwrap(), article.paragraphs))
        .collect();
    let one = |part: &str, title: &str, text: &str| {
        ("nexis".to_owned(), part.to_owned(), title.to_owned(), vec![text.to_owned()])
    };
    assert_eq!(shown, [one("1", "Ferry", "It stayed."), one("2", "Train", "It left.")]);
}

#[test]
fn what_is_no_document_has_its_reason() {
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let items = read(name, bytes);
        assert_eq!(items.len(), 1, "{items:?}");
        assert_eq!(items[0].as_ref().unwrap_err(), expected, "{name}");
    };
    let whole =
        package(&[("word/document.xml", &body("<w:p><w:r><w:t>It sank.</w:t></w:r></w:p>"))]);
    check("a.docx", &whole[..whole.len() - 40], "malformed");
    check("a.docx", &package(&[("word/other.xml", "<a/>")]), "malformed");
    check("a.docx", &package(&[("word/document.xml", "<w:p><w:r></w:p>")]), "malformed");
    check("a.docx", &package(&[("word/document.xml", &body(""))]), "empty");
    check("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "encrypted");
    check("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "unknown-format");
    // Broken properties cost themselves only.
    let xml = body("<w:p><w:r><w:t>It sank.</w:t></w:r></w:p>");
    let items = read(
        "a.docx",
        &package(&[("word/document.xml", &xml), ("docProps/core.xml", "<a><b></a>")]),
    );
    assert_eq!(items[0].as_ref().unwrap().paragraphs, ["It sank."]);
    let bomb =
        package(&[("[Content_Types].xml", ""), ("word/document.xml", &" ".repeat(70 << 20))]);
    check("a.docx", &bomb, "over-limit");
}
