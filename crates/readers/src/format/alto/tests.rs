//! Pages and issues as libraries keep them, and broken ones.

use std::ops::ControlFlow;

use super::*;
use crate::format::testing::{self, shown};
use crate::read::{Options, SourceFile, read};

const WRAP: &str = "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout>";

fn page(order: &str, blocks: &str) -> String {
    format!("{WRAP}{order}<Page ID='P1'><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>")
}

fn block(id: &str, attributes: &str, lines: &[&str]) -> String {
    let line = |line: &&str| {
        let words = line.split(' ').map(|word| format!("<String CONTENT='{word}'/>"));
        format!("<TextLine>{}</TextLine>", words.collect::<Vec<_>>().join("<SP/>"))
    };
    format!(
        "<TextBlock ID='{id}' {attributes}>{}</TextBlock>",
        lines.iter().map(line).collect::<String>()
    )
}

#[track_caller]
fn check(xml: &str, expected: &[&str]) {
    assert_eq!(testing::one(&Alto, xml).paragraphs, expected, "{xml}");
}

#[test]
fn words_lines_and_blocks() {
    check(
        &page(
            "",
            &[block("a", "", &["Trams run", "again."]), block("b", "", &["All lines."])].concat(),
        ),
        &["Trams run again.", "All lines."],
    );
    // Without blanks stated, and with parts of a word beside one another.
    check(
        &page(
            "",
            "<TextBlock><TextLine><String CONTENT='Trams'/><String CONTENT='run'/></TextLine></TextBlock>",
        ),
        &["Trams run"],
    );
    check(
        &page(
            "",
            "<TextBlock><TextLine><String CONTENT='Tra'/><String CONTENT='ms'/><SP/><String CONTENT='run'/></TextLine></TextBlock>",
        ),
        &["Trams run"],
    );
    assert_eq!(testing::skips(&Alto, &page("", "")), ["empty 1"]);
}

/// U089: a divided word is there once.
#[test]
fn divided_words_are_whole_once() {
    check(
        &page(
            "",
            "<TextBlock><TextLine><String CONTENT='the'/><SP/><String CONTENT='con' SUBS_TYPE='HypPart1' SUBS_CONTENT='conservation'/><HYP CONTENT='-'/></TextLine>\
             <TextLine><String CONTENT='servation' SUBS_TYPE='HypPart2' SUBS_CONTENT='conservation'/><SP/><String CONTENT='of'/></TextLine></TextBlock>",
        ),
        &["the conservation of"],
    );
    // The second half in the next column.
    check(
        &page(
            "",
            "<TextBlock><TextLine><String CONTENT='con' SUBS_TYPE='HypPart1' SUBS_CONTENT='conservation'/><HYP CONTENT='-'/></TextLine></TextBlock>\
             <TextBlock><TextLine><String CONTENT='servation' SUBS_TYPE='HypPart2' SUBS_CONTENT='conservation'/><SP/><String CONTENT='of'/></TextLine></TextBlock>",
        ),
        &["conservation", "of"],
    );
    // No whole word is given: the hyphen of the page goes, that of the text stays.
    check(
        &page(
            "",
            "<TextBlock><TextLine><String CONTENT='con'/><HYP CONTENT='-'/></TextLine><TextLine><String CONTENT='servation'/><SP/><String CONTENT='long-'/></TextLine>\
             <TextLine><String CONTENT='term'/></TextLine></TextBlock>",
        ),
        &["conservation long-term"],
    );
}

#[test]
fn blocks_are_in_reading_order() {
    let blocks =
        [block("a", "", &["One."]), block("b", "", &["Two."]), block("c", "", &["Three."])]
            .concat();
    check(
        &page(
            "<ReadingOrder><OrderedGroup ID='g'><ElementRef ID='r1' REF='b'/><ElementRef ID='r2' REF='a'/></OrderedGroup></ReadingOrder>",
            &blocks,
        ),
        &["Two.", "One.", "Three."],
    );
    let linked = [
        block("c", "", &["Three."]),
        block("a", "IDNEXT='b'", &["One."]),
        block("b", "IDNEXT='c'", &["Two."]),
    ]
    .concat();
    check(&page("", &linked), &["One.", "Two.", "Three."]);
    let round = [block("a", "IDNEXT='b'", &["One."]), block("b", "IDNEXT='a'", &["Two."])].concat();
    check(&page("", &round), &["One.", "Two."]);
}

#[test]
fn broken_pages() {
    let whole = page("", &block("a", "", &["One."]));
    assert_eq!(testing::skips(&Alto, whole.split_at(whole.len() - 50).0), ["malformed -"]);
    assert_eq!(testing::skips(&Alto, whole.split_at(whole.len() - 90).0), ["malformed -"]);
}

/// An issue of one page: articles by blocks and by places.
fn mets(address: &str) -> String {
    format!(
        "<m:mets xmlns:m='http://www.loc.gov/METS/' xmlns:x='http://www.w3.org/1999/xlink'>\
         <m:dmdSec ID='D0'><m:mdWrap><m:xmlData><mods><titleInfo><title>Solmark Herald</title></titleInfo><language><languageTerm>en</languageTerm></language>\
         <originInfo><dateIssued>02.04.1893</dateIssued></originInfo></mods></m:xmlData></m:mdWrap></m:dmdSec>\
         <m:dmdSec ID='D1'><m:mdWrap><m:xmlData><mods><titleInfo><title>Trams Run</title></titleInfo></mods></m:xmlData></m:mdWrap></m:dmdSec>\
         <m:fileSec><m:fileGrp><m:file ID='ALTO1'><m:FLocat x:href='{address}'/></m:file></m:fileGrp></m:fileSec>\
         <m:structMap TYPE='PHYSICAL'><m:div ID='phys1' TYPE='page'><m:div ID='pa1' TYPE='pagearea'><m:fptr><m:area FILEID='IMG1' SHAPE='RECT' COORDS='0,0,100,100'/></m:fptr>\
         <m:fptr><m:area FILEID='ALTO1' BETYPE='IDREF' BEGIN='word1' END='word9'/></m:fptr></m:div></m:div></m:structMap>\
         <m:structMap TYPE='LOGICAL'><m:div TYPE='Newspaper'><m:div TYPE='ISSUE' DMDID='D0'><m:div TYPE='TITLE_SECTION'/><m:div TYPE='SECTION' LABEL='Town'>\
         <m:div ID='A1' TYPE='ARTICLE' DMDID='D1'><m:div TYPE='HEADING'><m:div TYPE='TITLE'><m:fptr><m:area FILEID='ALTO1' BEGIN='t'/></m:fptr></m:div>\
         <m:div TYPE='AUTHOR'><m:fptr><m:area FILEID='ALTO1' BEGIN='by'/></m:fptr></m:div></m:div>\
         <m:div TYPE='BODY'><m:div TYPE='PARAGRAPH'><m:fptr><m:area FILEID='ALTO1' BEGIN='b2'/></m:fptr></m:div><m:div TYPE='PARAGRAPH'><m:fptr><m:area FILEID='ALTO1' BEGIN='b1'/></m:fptr></m:div></m:div></m:div></m:div>\
         <m:div ID='A2' TYPE='ARTICLE'/></m:div></m:div></m:structMap>\
         <m:structLink><m:smLinkGrp><m:smLocatorLink x:href='#A2'/><m:smLocatorLink x:href='#pa1'/></m:smLinkGrp></m:structLink></m:mets>"
    )
}

/// `article` lines and `reason part detail` of all files of a folder.
fn read_folder(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = Vec::new();
    for (path, content) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }
    for (path, _) in files {
        let source = SourceFile { root_label: "r", path, file: &folder.path().join(path) };
        read(&source, &Options::default(), &mut |item| {
            lines.push(match item {
                Ok(article) => {
                    format!("{} · text {}", shown(&article), article.paragraphs.join("|"))
                }
                Err(skip) => format!("{} {}", skip.reason, skip.detail),
            });
            ControlFlow::Continue(())
        });
    }
    lines
}

#[test]
fn an_issue_is_read_article_by_article() {
    let alto = page(
        "",
        &[
            block("t", "HPOS='500' VPOS='500' WIDTH='9' HEIGHT='9'", &["TRAMS RUN."]),
            block("by", "HPOS='500' VPOS='500' WIDTH='9' HEIGHT='9'", &["By Ruth Alder"]),
            block("b1", "HPOS='500' VPOS='500' WIDTH='9' HEIGHT='9'", &["Second."]),
            block("b2", "HPOS='500' VPOS='500' WIDTH='9' HEIGHT='9'", &["First."]),
            block("b3", "HPOS='5' VPOS='5' WIDTH='90' HEIGHT='90'", &["In place."]),
        ]
        .concat(),
    );
    for (name, address) in
        [("page1.xml", "file://./page1.xml"), ("ALTO/page1.xml", "ALTO/page1.xml")]
    {
        assert_eq!(
            read_folder(&[("issue-METS.xml", &mets(address)), (name, &alto)]),
            [
                "part A1 · source Solmark Herald · title Trams Run · byline Ruth Alder · section Town · language en · published 1893-04-02 · text First.|Second.",
                "part A2 · source Solmark Herald · language en · published 1893-04-02 · text In place.",
                "covered the articles of this page are read with issue-METS.xml",
            ]
        );
    }
}

#[test]
fn nothing_but_pages_beside_an_issue_is_opened() {
    for address in ["../page1.xml", "/etc/hostname", "http://example.org/page1.xml", "page2.xml"] {
        let lines = read_folder(&[
            ("in/issue-mets.xml", &mets(address)),
            ("page1.xml", &page("", &block("b1", "", &["Secret."]))),
        ]);
        assert!(lines[0].ends_with("warnings 1 · text "), "{lines:?}");
        assert_eq!(lines[1], "empty neither a text nor a title");
        assert_eq!(lines[2], "part 1 · text Secret.");
    }
}

#[test]
fn broken_issues() {
    let whole = mets("page1.xml");
    assert_eq!(testing::skips(&Mets, whole.split_at(whole.len() - 200).0), ["malformed -"]);
    assert_eq!(testing::skips(&Mets, "<mets></mets>"), ["empty -"]);
    // A member of a container has no pages beside it.
    assert_eq!(testing::skips(&Mets, &whole), ["empty -"]);
}

/// "Adv. 1 Page 2" is no headline.
#[test]
fn the_label_of_an_advertisement_is_no_title() {
    let advert = |label: &str| mets("page1.xml").replace("ID='A2' TYPE='ARTICLE'", label);
    let page = page("", &block("b3", "HPOS='5' VPOS='5' WIDTH='90' HEIGHT='90'", &["For sale."]));
    let read = |label: &str| {
        read_folder(&[("issue-mets.xml", &advert(label)), ("page1.xml", &page)]).swap_remove(1)
    };
    let about = "source Solmark Herald · language en · published 1893-04-02 · text For sale.";
    let lines = read("ID='A2' TYPE='ADVERTISEMENT' LABEL='Adv. 1 Page 1'");
    assert_eq!(lines, format!("part A2 · {about}"));
    let lines = read("ID='A2' TYPE='ARTICLE' LABEL='Trams'");
    assert_eq!(lines, format!("part A2 · {}", about.replace(" · l", " · title Trams · l")));
}

/// An issue of the Dutch library with two articles: one with a text of its own, one in a block of the page.
const DIDL: &str = "<didl:DIDL xmlns:didl='d' xmlns:dc='dc' xmlns:dcx='x'><didl:Item dc:identifier='ddd:1:mpeg21'>\
    <didl:Component><didl:Resource><srw:dcx><dc:title>Solmarksche Courant</dc:title><dc:date>1813-11-16</dc:date><dc:language>nl</dc:language></srw:dcx></didl:Resource></didl:Component>\
    <didl:Item dc:identifier='ddd:1:mpeg21:p001'><didl:Descriptor><didl:Statement>page 1</didl:Statement></didl:Descriptor>\
    <didl:Component><didl:Resource dcx:filename='page_alto.xml'/></didl:Component><didl:Item dc:identifier='ddd:1:mpeg21:p001:a0001'/></didl:Item>\
    <didl:Item dc:identifier='ddd:1:mpeg21:a0001'><didl:Descriptor><didl:Statement>article 1</didl:Statement></didl:Descriptor>\
    <didl:Component><didl:Resource dcx:filename='a1_articletext.xml'/></didl:Component>\
    <didl:Component><didl:Resource><srw:dcx><dc:subject>artikel</dc:subject><dc:title>TRAMS.</dc:title><dc:identifier>http://example.org/a1</dc:identifier></srw:dcx></didl:Resource></didl:Component></didl:Item>\
    <didl:Item dc:identifier='ddd:1:mpeg21:a0002'><didl:Descriptor><didl:Statement>article 2</didl:Statement></didl:Descriptor>\
    <didl:Component><didl:Resource dcx:filename='a2_articletext.xml'/></didl:Component>\
    <didl:Component><didl:Resource><srw:dcx><dc:subject>advertentie</dc:subject><dc:title>Advertentie</dc:title></srw:dcx></didl:Resource></didl:Component>\
    <didl:Component><didl:Resource><dcx:zoning><dcx:article-part><dcx:blocks alto='page_alto.xml'><dcx:TextBlock ID='b'/></dcx:blocks></dcx:article-part></dcx:zoning></didl:Resource></didl:Component></didl:Item>\
    </didl:Item></didl:DIDL>";
const TEXT: &str = "<?xml version='1.0'?><text><title>TRAMS.</title><p>De trams ryden.</p><p>Alle &amp; overal.</p></text>";

#[test]
fn an_issue_of_the_dutch_library() {
    let page = page("", &[block("a", "", &["Elders."]), block("b", "", &["Te koop."])].concat());
    let about = "source Solmarksche Courant";
    let lines = read_folder(&[
        ("didl.xml", DIDL),
        ("a1_articletext.xml", TEXT),
        ("page_alto.xml", &page),
        ("a9_articletext.xml", TEXT),
    ]);
    assert_eq!(
        lines,
        [
            &format!(
                "part a0001 · url http://example.org/a1 · {about} · title TRAMS. · language nl · published 1813-11-16 · text De trams ryden.|Alle & overal."
            ),
            &format!("part a0002 · {about} · language nl · published 1813-11-16 · text Te koop."),
            "covered this article is read with didl.xml",
            "covered the articles of this page are read with didl.xml",
            "part 1 · title TRAMS. · text De trams ryden.|Alle & overal.",
        ]
    );
    let bilingual = DIDL.replace("<dc:language>", "<dc:language>fr</dc:language><dc:language>");
    let lines = read_folder(&[("didl.xml", &bilingual), ("a1_articletext.xml", TEXT)]);
    assert!(!lines[0].contains("language"), "{lines:?}");
    // Without its files an article has what the issue says of it.
    let lines = read_folder(&[("didl.xml", DIDL)]);
    assert!(lines[0].ends_with("warnings 1 · text "), "{lines:?}");
    assert_eq!(lines[1], "empty neither a text nor a title");
}

#[test]
fn broken_issues_of_the_dutch_library() {
    assert_eq!(testing::skips(&Didl, DIDL.split_at(DIDL.len() - 20).0), ["malformed -"]);
    assert_eq!(testing::skips(&Didl, DIDL.split_at(DIDL.len() - 300).0), ["malformed -"]);
    assert_eq!(testing::skips(&Didl, "<DIDL></DIDL>"), ["empty -"]);
    assert_eq!(testing::skips(&Didl, DIDL), ["empty -"]);
    assert_eq!(testing::skips(&ArticleText, TEXT.split_at(TEXT.len() - 12).0), ["malformed -"]);
}
