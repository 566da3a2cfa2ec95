//! Items of NewsML-G2 as agencies write them, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

fn item(about: &str, content: &str, set: &str) -> String {
    format!(
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:sol.example:1' version='3' xml:lang='en-GB'>\
         <itemMeta>{about}</itemMeta><contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"
    )
}

#[track_caller]
fn check(about: &str, content: &str, set: &str, expected: &str) {
    let xml = item(about, content, set);
    let article = testing::one(&NewsMlG2, &xml);
    let found = format!("{} · text {}", shown(&article), article.paragraphs.join("|"));
    assert_eq!(found, format!("part urn:newsml:sol.example:1 · {expected}"), "{xml}");
}

#[test]
fn a_whole_item() {
    check(
        "<itemClass qcode='ninat:text'/><provider qcode='nprov:SOL'><name>Solmark Wire</name></provider>\
         <versionCreated>2024-05-02T10:00:00+02:00</versionCreated><firstCreated>2024-05-01T09:00:00Z</firstCreated>\
         <embargoed>2024-05-02T12:00:00+02:00</embargoed><pubStatus qcode='stat:usable'/><service qcode='svc:home'><name>Home desk</name></service>",
        "<located><name>Solmark</name></located><creator type='cpnat:person'><name>Elin Brask</name></creator><language tag='en'/>\
         <keyword>trams</keyword><subject qcode='medtop:1'><name>public transport</name></subject><subject qcode='x:1'/><slugline>TRAMS</slugline>\
         <headline>Trams run again</headline><headline role='hlr:subHeadline'>Depot reopens</headline>",
        "<remoteContent href='http://example.org/a.jpg'/><inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'>\
         <head><title>no</title></head><body><p>SOLMARK, May 2 (SW) — Trams run.</p><p>All <b>lines</b>.</p></body></html></inlineXML>",
        "source Solmark Wire · title Trams run again · subtitle Depot reopens · byline Elin Brask · section Home desk · \
         keywords trams|public transport · language en · published 2024-05-02T10:00:00+02:00 · place SOLMARK · agency SW · \
         embargo 2024-05-02T12:00:00+02:00 · version 3 · text SOLMARK, May 2 (SW) — Trams run.|All lines.",
    );
}

#[test]
fn what_agencies_do() {
    // NITF inside, with headline and byline there only; the status is a kill.
    check(
        "<provider literal='sol.example'/><pubStatus qcode='stat:canceled'/>",
        "",
        "<inlineXML><nitf><body><body.head><hedline><hl1>Trams</hl1></hedline><byline>By Elin Brask, <byttl>Reporter</byttl></byline></body.head>\
         <body.content><p>a</p></body.content></body></nitf></inlineXML>",
        "source sol.example · title Trams · byline Elin Brask · language en · version 3 · withdrawn · text a",
    );
    check(
        "<pubStatus qcode='stat:withheld'/>",
        "<headline>T</headline>",
        "",
        "title T · language en · version 3 · withdrawn · text ",
    );
    // HTML in a character section, in an element called plain text.
    check(
        "<title>T</title><provider qcode='nprov:SOL'/>",
        "",
        "<inlineData contenttype='text/plain'><![CDATA[<p>a &amp; b</p><p>c</p>]]></inlineData>",
        "source SOL · title T · language en · version 3 · text a & b|c",
    );
    // A picture: its caption is its text. Data that is no text is not read.
    check(
        "<signal qcode='sig:correction'/>",
        "<headline>T</headline><description role='drol:caption'>A tram.</description>",
        "<inlineData contenttype='image/jpeg'>/9j/4AAQ</inlineData>",
        "title T · language en · version 3 · warnings 2 · text A tram.",
    );
    // A dateline that is a time is none.
    check(
        "<firstCreated> 2024-05-01T09:00:00Z </firstCreated>",
        "<headline>T</headline><dateline>2024-05-01 09:00:00 GMT+00:00</dateline>",
        "",
        "title T · language en · published 2024-05-01T09:00:00Z · version 3 · text ",
    );
}

#[test]
fn a_message_with_items_of_every_kind() {
    let xml = format!(
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header><sent>2024-05-02T10:00:00Z</sent></header><itemSet>{}\
         <packageItem guid='urn:p' version='1'><contentMeta><headline>Today</headline></contentMeta><groupSet root='G'><group id='G'>\
         <itemRef residref='urn:1'><title>Trams run</title><description>From six.</description></itemRef></group></groupSet></packageItem>\
         <conceptItem guid='urn:c'><concept/></conceptItem><planningItem guid='urn:l'/><knowledgeItem guid='urn:k'/></itemSet></newsMessage>",
        item("<title>One</title>", "", "")
    );
    let found = testing::read(&NewsMlG2, xml.as_bytes()).into_iter().map(|item| match item {
        Ok(article) => format!("{} {}", article.part, article.paragraphs.join("|")),
        Err(skip) => format!("{} {} {}", skip.reason, skip.part.unwrap(), skip.detail),
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            "urn:newsml:sol.example:1 ",
            "urn:p Trams run|From six.",
            "empty urn:c a conceptItem holds a concept and no article",
            "empty urn:l a planningItem holds plans and no article",
            "empty urn:k a knowledgeItem holds concepts and no article",
        ]
    );
}

#[test]
fn prefixes_are_of_no_matter() {
    let xml = "<n:newsItem xmlns:n='http://iptc.org/std/nar/2006-10-01/' guid='g'><n:contentMeta><n:headline>T</n:headline></n:contentMeta>\
               <n:contentSet><n:inlineXML><h:html><h:body><h:p>a</h:p><h:p>b</h:p></h:body></h:html></n:inlineXML></n:contentSet></n:newsItem>";
    let article = testing::one(&NewsMlG2, xml);
    assert_eq!((article.title.as_deref(), article.paragraphs.len()), (Some("T"), 2));
}

#[test]
fn broken_files() {
    let whole = item("<title>One</title>", "", "");
    let (cut, _) = whole.split_at(whole.len() - 20);
    assert_eq!(testing::skips(&NewsMlG2, cut), ["malformed urn:newsml:sol.example:1"]);
    assert_eq!(testing::skips(&NewsMlG2, cut.split_at(40).0), ["malformed -"]);
    let message = format!("<newsMessage><itemSet>{whole}");
    assert_eq!(testing::skips(&NewsMlG2, &message), ["malformed -"]);
    assert_eq!(testing::skips(&NewsMlG2, "<newsMessage><header/></newsMessage>"), ["empty -"]);
    // The end of the first item is missing: both are there.
    let torn = format!("<newsMessage>{}{whole}</newsMessage>", whole.replace("</newsItem>", ""));
    assert_eq!(testing::all(&NewsMlG2, &torn).len(), 2);
}
