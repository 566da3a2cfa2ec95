//! Faults of encodings and formats that other readers are known for, by kind; the numbers are those of the collection that they were found in.

use dateline_article::Article;
use dateline_readers::Options;

use super::read_content;

fn articles(path: &str, content: &[u8]) -> Vec<Article> {
    let items = read_content(path, content, &Options::default()).into_iter();
    items.map(|item| item.unwrap()).collect()
}

/// What the Windows and ISO code pages make of a text: only characters of one byte each.
fn one_byte(text: &str, high: &[(char, u8)]) -> Vec<u8> {
    text.chars()
        .map(|character| match high.iter().find(|(known, _)| *known == character) {
            Some((_, byte)) => *byte,
            None => u8::try_from(u32::from(character)).unwrap(),
        })
        .collect()
}

/// B001: a page that declares its encoding is decoded by that, not by a guess.
#[test]
fn a_declared_encoding_is_believed() {
    let page = one_byte(
        "<html><head><meta charset=\"iso-8859-1\"><title>Möwe</title></head><body><p>The Möwe ferry reached Malmö at noon.</p></body></html>",
        &[],
    );
    let article = articles("a.html", &page).remove(0);
    assert_eq!(article.title.as_deref(), Some("Möwe"));
    assert_eq!(article.text(), "The Möwe ferry reached Malmö at noon.");
    assert!(article.warnings.is_empty(), "{:?}", article.warnings);
}

/// U073, U074: every label of the standard is known, however the page writes its declaration.
#[test]
fn every_label_of_the_standard_is_known() {
    let turkish: &[(char, u8)] = &[('ğ', 0xf0), ('ş', 0xfe), ('ı', 0xfd)];
    let koi8: &[(char, u8)] =
        &[('п', 0xd0), ('а', 0xc1), ('р', 0xd2), ('о', 0xcf), ('м', 0xcd), ('в', 0xd7)];
    let windows: &[(char, u8)] =
        &[('п', 0xef), ('а', 0xe0), ('р', 0xf0), ('о', 0xee), ('м', 0xec), ('в', 0xe2)];
    let check = |declaration: &str, text: &str, bytes: &[u8]| {
        let mut page =
            format!("<html><head>{declaration}<title>a</title></head><body><p>").into_bytes();
        page.extend(bytes);
        page.extend(b" - 1 2 3.</p></body></html>");
        let article = articles("a.html", &page).remove(0);
        assert_eq!(article.text(), format!("{text} - 1 2 3."), "{declaration}");
    };
    let text = "dağ taşı";
    check("<meta charset=iso-8859-9>", text, &one_byte(text, turkish));
    let text = "паром в порт".trim_end_matches(" порт");
    check("<meta charset=koi8>", text, &one_byte(text, koi8));
    check("<meta charset='x-cp1251'>", text, &one_byte(text, windows));
    check("<meta charset=windows-31j>", "船", b"\x91\x44");
    check("<meta charset=x-gbk>", "北京", b"\xb1\xb1\xbe\xa9");
    check("<meta http-equiv=Content-Type content='charset=gbk'>", "北京", b"\xb1\xb1\xbe\xa9");
    check(
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>",
        "北京",
        b"\xb1\xb1\xbe\xa9",
    );
}

/// B002: detection looks at the text, however much markup stands before it.
#[test]
fn detection_looks_behind_the_markup() {
    let mut page = b"<html><head><title>1</title></head><body>".to_vec();
    page.extend(format!("<script>{}</script>", "var a = 1;\n".repeat(1600)).into_bytes());
    page.extend(b"<p>");
    // "北京市政府宣布新的交通规则" in GB18030.
    page.extend(b"\xb1\xb1\xbe\xa9\xca\xd0\xd5\xfe\xb8\xae\xd0\xfb\xb2\xbc\xd0\xc2\xb5\xc4\xbd\xbb\xcd\xa8\xb9\xe6\xd4\xf2");
    page.extend(b"</p></body></html>");
    let article = articles("a.html", &page).remove(0);
    assert_eq!(article.text(), "北京市政府宣布新的交通规则");
}

/// B031: Latin letters are not UTF-16, whatever the length of the file.
#[test]
fn latin_letters_are_not_utf_16() {
    for text in ["Brannvesenet rykket ut i går.", "Brannvesenet rykket ut i går.."] {
        let article = articles("a.txt", &one_byte(text, &[])).remove(0);
        assert_eq!(article.text(), text);
    }
}

const NEXIS: &str = "\n\n                               1 of 2 DOCUMENTS\n\n\n                                 Orlava Post\n\n                             March 14, 2024 Thursday\n\nFerry stays in port\n\n\
                     Byline: Nora Exampleová\n\nHighlight: A report warns that land use is rising.\n\nLENGTH: 12 words\n\npara one\n\n\npara two\n\n\n\
                     LANGUAGE: ENGLISH\n\n\n\n                               2 of 2 DOCUMENTS\n\n\n                                 Orlava Post\n\n                             March 15, 2024 Friday\n\nFerry sails\n\nLENGTH: 3 words\n\nIt sailed again.\n\nLANGUAGE: ENGLISH\n";

/// B013: blank lines inside a document end no cover page.
#[test]
fn blank_lines_end_no_document() {
    let found = articles("export.txt", NEXIS.as_bytes());
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].paragraphs, ["para one", "para two"]);
}

/// B014: a byline ends where the next label begins.
#[test]
fn a_byline_ends_at_the_next_label() {
    let older = NEXIS.replace("Byline:", "BYLINE:").replace("Highlight:", "HIGHLIGHT:");
    let newer = "Ferry stays in port\nOrlava Post\nMarch 14, 2024 Thursday\n\nCopyright 2024 Orlava Post\nSection: NEWS\nLength: 12 words\n\
                 Byline: Nora Exampleová\nHighlight: A report warns that land use is rising.\nBody\n\nText here.\n\nLoad-Date: March 15, 2024\n\nEnd of Document\n";
    for export in [older.as_str(), newer] {
        let article = articles("export.txt", export.as_bytes()).remove(0);
        assert_eq!(article.format, "nexis");
        assert_eq!(article.byline, ["Nora Exampleová"]);
        assert_eq!(article.subtitle.as_deref(), Some("A report warns that land use is rising."));
        assert!(!article.text().contains("warns"), "{}", article.text());
    }
}

/// B094: a date that only stands among the parts of the text is the article's, and a missing one is no fault.
#[test]
fn a_date_among_the_parts_of_the_text_is_found() {
    let lines = "{\"id\":\"a\",\"title\":\"A\",\"published_date\":1420070400000,\"contents\":[{\"type\":\"text\",\"content\":\"One.\"}]}\n\
                 {\"id\":\"b\",\"title\":\"B\",\"contents\":[{\"type\":\"date\",\"content\":1420156800000},{\"type\":\"text\",\"content\":\"Two.\"}]}\n\
                 {\"id\":\"c\",\"title\":\"C\",\"contents\":[{\"type\":\"text\",\"content\":\"Three.\"}]}\n";
    let found: Vec<String> = articles("a.jsonl", lines.as_bytes())
        .iter()
        .map(|article| {
            article.published.map_or_else(String::new, |published| published.at.to_string())
        })
        .collect();
    assert_eq!(found, ["2015-01-01T00:00:00Z", "2015-01-02T00:00:00Z", ""]);
}

/// B095: an article of nothing but a title and captions has these as its text.
#[test]
fn captions_are_the_text_of_an_article_without_one() {
    let object = "{\"title\":\"Kestrel Bay in pictures\",\"contents\":[{\"type\":\"image\",\"fullcaption\":\"Boats at dawn\"}]}";
    let article = articles("a.json", object.as_bytes()).remove(0);
    assert_eq!(
        (article.title.as_deref(), article.text().as_str()),
        (Some("Kestrel Bay in pictures"), "Boats at dawn")
    );
}

/// A zip archive that is a document is no container: its parts are no articles. (An export in one is, by its own reader.)
#[test]
fn documents_that_are_archives_are_no_containers() {
    let seeds = super::repository().join("seeds");
    for (seed, format) in [
        ("docx/lindau-weir.docx", "docx"),
        ("odt/oberlohe.odt", "odt"),
        ("epub/quarrendon-weekend.epub", "epub"),
    ] {
        let bytes = std::fs::read(seeds.join(seed)).unwrap();
        let name = seed.rsplit('/').next().unwrap();
        // Under a name that says nothing as well, and under one that lies.
        for name in [name, "attachment", "file.zip"] {
            let found = articles(name, &bytes);
            assert!(!found.is_empty());
            for article in found {
                assert_eq!((article.format.as_str(), article.path.as_str()), (format, name));
            }
        }
    }
}
