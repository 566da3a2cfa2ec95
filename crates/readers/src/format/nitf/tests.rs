//! NITF articles, written as agencies write them, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

const WHOLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf baselang="en-GB">
 <head>
  <title>Varn bridge closes</title>
  <tobject tobject.type="news"><tobject.subject tobject.subject.type="Transport" tobject.subject.matter="Bridges"/></tobject>
  <docdata management-status="usable">
   <doc-id id-string="vw-17" regsrc="VW"/>
   <date.issue norm="20240314T093000+0100"/>
   <date.release norm="20240314T180000+0100"/>
   <du-key key="varn-bridge" version="2"/>
   <key-list><keyword key="bridge"/><keyword>Varn</keyword></key-list>
   <doc.copyright holder="Varn Wire" year="2024"/>
  </docdata>
  <pubdata position.section="Home" ex-ref="https://wire.example.org/vw-17"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Varn bridge closes &amp; ferries return</hl1><hl2>Cracks found in a pillar</hl2></hedline>
   <byline>By Runa Tveit<byttl>Transport Correspondent</byttl></byline>
   <distributor>The Varn Wire</distributor>
   <dateline><location><city>Varn</city>, <country>Norland</country></location><story.date norm="20240314">March 14</story.date></dateline>
   <abstract><p>A bridge is shut.</p></abstract>
  </body.head>
  <body.content>
   <p>VARN (VW) — The bridge at <location>Varn</location> closed
      on Thursday.</p>
   <hl2>Ferries</hl2>
   <media media-type="image"><media-reference source="a.jpg"/><media-caption>The bridge.</media-caption><media-producer>R. Tveit</media-producer></media>
   <ul><li>One at eight</li><li>One at nine</li></ul>
  </body.content>
 </body>
</nitf>"#;

#[test]
fn a_whole_article() {
    let draft = testing::one(&Nitf, WHOLE);
    assert_eq!(
        shown(&draft),
        "part vw-17 · url https://wire.example.org/vw-17 · source The Varn Wire · title Varn bridge closes & ferries return · \
         subtitle Cracks found in a pillar · byline Runa Tveit · section Home · keywords bridge|Varn|Transport|Bridges · language en · \
         published 2024-03-14T09:30:00+01:00 · place VARN · agency VW · embargo 2024-03-14T18:00:00+01:00 · version 2"
    );
    assert_eq!(
        draft.paragraphs,
        [
            "VARN (VW) — The bridge at Varn closed on Thursday.",
            "Ferries",
            "The bridge.",
            "One at eight",
            "One at nine"
        ]
    );
}

#[test]
fn what_agencies_do() {
    let check = |head: &str, body_head: &str, content: &str, expected: &str| {
        let xml = format!(
            "<nitf><head>{head}</head><body><body.head>{body_head}</body.head><body.content>{content}</body.content></body></nitf>"
        );
        let article = testing::one(&Nitf, &xml);
        let found = format!("{} · text {}", shown(&article), article.paragraphs.join("|"));
        assert_eq!(found, expected, "{xml}");
    };
    check("<title>T</title>", "<hedline><hl1/></hedline>", "<p>a</p>", "part 1 · title T · text a");
    // A template is no date; a release at the same time is no embargo; the second headline says the same.
    check(
        "<docdata><date.release norm='YYYYMMDD000000-HHMM'/><date.issue norm='2020-07-03T16:51:36-0400'/></docdata>",
        "<hedline><hl1>T</hl1><hl2>T</hl2></hedline>",
        "<p>a</p>",
        "part 1 · title T · published 2020-07-03T16:51:36-04:00 · text a",
    );
    check(
        "<docdata management-status='embargoed'><date.issue norm='20240314T1200Z'/><date.release norm='20240314T1200Z'/></docdata>",
        "",
        "<p>a</p>",
        "part 1 · published 2024-03-14T12:00:00Z · embargo 2024-03-14T12:00:00Z · text a",
    );
    for status in ["canceled", "withheld"] {
        check(
            &format!("<docdata management-status='{status}'/>"),
            "",
            "<p>a</p>",
            "part 1 · withdrawn · text a",
        );
    }
    // A dateline that is a bare date, one with city and all, an abstract in the place of a text.
    check(
        "",
        "<dateline><story.date norm='20170102T222800+0000'>20170102</story.date></dateline>",
        "<p>a</p>",
        "part 1 · published 2017-01-02T22:28:00Z · text a",
    );
    check("", "<abstract><p>Short.</p></abstract>", "", "part 1 · warnings 1 · text Short.");
    check(
        "",
        "<byline><person>Runa Tveit and Jon Aas</person><byttl>The Varn Wire</byttl></byline>",
        "<p>a</p>",
        "part 1 · byline Runa Tveit|Jon Aas · text a",
    );
    check(
        "",
        "<byline>By<person>Runa Tveit</person> and <person>Jon Aas</person></byline>",
        "<p>a</p>",
        "part 1 · byline Runa Tveit|Jon Aas · text a",
    );
    // Breaks inside a paragraph: of wrapped lines, and of a list.
    check(
        "",
        "",
        "<p>The bridge closed on Thursday, and <br/>nobody in the town knew when the cars <br/>would cross the strait again.</p>",
        "part 1 · text The bridge closed on Thursday, and nobody in the town knew when the cars would cross the strait again.",
    );
    check("", "", "<p>Varn 2<br/>Lund 1</p>", "part 1 · text Varn 2|Lund 1");
    check("", "", "plain &eacute;\n\ntext", "part 1 · text plain é|text");
}

#[test]
fn broken_files() {
    let cut = WHOLE.get(..1500).unwrap();
    assert_eq!(testing::skips(&Nitf, cut), ["malformed vw-17"]);
    assert_eq!(testing::skips(&Nitf, "<nitf><head/></nitf>"), ["empty 1"]);
    assert_eq!(testing::skips(&Nitf, "<nitf"), ["malformed -"]);
    // One end tag is missing and another has no start: the text is there all the same.
    let torn = WHOLE.replace("</hl2>\n", "\n").replace("</media>", "</media></b>");
    let article = testing::one(&Nitf, &torn);
    assert!(article.text().contains("One at nine"), "{article:?}");
}

/// U068, B098: entities that a document type declares are neither expanded nor fetched.
#[test]
fn entities_are_left_unexpanded() {
    let levels = (1..=10).map(|level| {
        let inner = format!("&e{};", level - 1).repeat(10);
        format!("<!ENTITY e{level} \"{inner}\">")
    });
    let levels: String = levels.collect();
    let xml = format!(
        "<!DOCTYPE nitf [<!ENTITY e0 \"lol\">{levels}<!ENTITY f SYSTEM \"file:///etc/hostname\">]><nitf><body><body.content><p>Ferry &e10; &f;</p></body.content></body></nitf>"
    );
    let start = std::time::Instant::now();
    let article = testing::one(&Nitf, &xml);
    assert_eq!(article.paragraphs, ["Ferry &e10; &f;"]);
    assert!(start.elapsed().as_millis() < 500);
}
