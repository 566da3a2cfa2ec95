//! Items of NewsML 1 with components nested as agencies nest them, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

fn item(status: &str, components: &str) -> String {
    format!(
        "<NewsItem xml:lang='en'><Identification><NewsIdentifier><ProviderId>sol.example</ProviderId><DateId>20240502</DateId>\
         <NewsItemId>7</NewsItemId><RevisionId PreviousRevision='1' Update='N'>2</RevisionId>\
         <PublicIdentifier>urn:newsml:sol.example:20240502:7:2</PublicIdentifier></NewsIdentifier></Identification>\
         <NewsManagement><FirstCreated>20240502T080000+0200</FirstCreated><ThisRevisionCreated>20240502T093000+0200</ThisRevisionCreated>\
         {status}</NewsManagement>{components}</NewsItem>"
    )
}

fn content(data: &str) -> String {
    format!(
        "<ContentItem><MediaType FormalName='Text'/><DataContent>{data}</DataContent></ContentItem>"
    )
}

#[track_caller]
fn check(status: &str, components: &str, expected: &[&str]) {
    let xml = format!(
        "<NewsML Version='1.2'><Catalog Href='x'/><NewsEnvelope><DateAndTime>20240502T100000Z</DateAndTime></NewsEnvelope>{}</NewsML>",
        item(status, components)
    );
    let found: Vec<String> = testing::all(&NewsMl1, &xml)
        .iter()
        .map(|article| format!("{} · text {}", shown(article), article.paragraphs.join("|")))
        .map(|line| line.replace("urn:newsml:sol.example:20240502:7:2", "7"))
        .collect();
    assert_eq!(found, expected, "{xml}");
}

const TAIL: &str = "published 2024-05-02T09:30:00+02:00";

#[test]
fn one_article() {
    let lines = "<NewsLines><HeadLine>Trams run</HeadLine><SubHeadLine>Depot opens</SubHeadLine><ByLine>By Elin Brask</ByLine>\
                 <DateLine>SOLMARK, May 2, 2024 (SW) -</DateLine><KeywordLine>trams; depot</KeywordLine></NewsLines>";
    let metadata = "<AdministrativeMetadata><Provider><Party FormalName='Solmark Wire'/></Provider></AdministrativeMetadata>\
                    <DescriptiveMetadata><Language FormalName='en'/><Property FormalName='Keyword' Value='rails'/></DescriptiveMetadata>";
    let nitf =
        content("<nitf><body><body.content><p>a</p><p>b &amp; c</p></body.content></body></nitf>");
    check(
        "<Status FormalName='Usable'/>",
        &format!("<NewsComponent>{lines}{metadata}{nitf}</NewsComponent>"),
        &[&format!(
            "part 7 · source Solmark Wire · title Trams run · subtitle Depot opens · byline Elin Brask · keywords trams|depot|rails · \
             language en · {TAIL} · place SOLMARK · agency SW · version 2 · text a|b & c"
        )],
    );
}

#[test]
fn standing_of_every_kind() {
    let component = format!("<NewsComponent>{}</NewsComponent>", content("<p>a</p>"));
    for status in ["Canceled", "Withheld"] {
        check(
            &format!("<Status FormalName='{status}'/>"),
            &component,
            &[&format!(
                "part 7 · source sol.example · language en · {TAIL} · version 2 · withdrawn · text a"
            )],
        );
    }
    check(
        "<Status FormalName='Embargoed'/><StatusWillChange><FutureStatus FormalName='Usable'/><DateAndTime>20240503T060000+0200</DateAndTime></StatusWillChange>",
        &component,
        &[&format!(
            "part 7 · source sol.example · language en · {TAIL} · embargo 2024-05-03T06:00:00+02:00 · version 2 · text a"
        )],
    );
}

#[test]
fn components_inside_components() {
    let role = |role: &str, data: &str| {
        format!("<NewsComponent><Role FormalName='{role}'/>{}</NewsComponent>", content(data))
    };
    let headline = |text: &str, language: &str, inner: &str| {
        format!(
            "<NewsComponent><NewsLines><HeadLine>{text}</HeadLine></NewsLines><DescriptiveMetadata><Language FormalName='{language}'/></DescriptiveMetadata>{inner}</NewsComponent>"
        )
    };
    // The text, not the style, the headline in HTML, the contact or the caption.
    let parts = [
        role("StyleSheet", ".a {}"),
        role("HeadLine", "<html><body><p>T</p></body></html>"),
        role("SubHeadLine", "<html><body><ul><li>S</li></ul></body></html>"),
        role("Contact", "<p>Call us.</p>"),
        role("Caption", "<p>A tram.</p>"),
        role("Body", "<html><head><title>no</title></head><body><p>a</p><p>b</p></body></html>"),
        role("Body", "<p>a, as plain text</p>"),
    ];
    check(
        "",
        &format!("<NewsComponent>{}</NewsComponent>", headline("T", "en", &parts.concat())),
        &[&format!(
            "part 7 · source sol.example · title T · subtitle S · language en · {TAIL} · version 2 · text a|b"
        )],
    );
    // Two languages are two articles; a picture with a headline is none beside them.
    let two = [
        headline("T", "en", &role("Main", "<p>a</p>")),
        headline("U", "fr", &role("Main", "<p>b</p>")),
        headline("Photo", "en", &role("Caption", "<p>c</p>")),
    ];
    check(
        "",
        &format!("<NewsComponent>{}</NewsComponent>", two.concat()),
        &[
            &format!(
                "part 7 · source sol.example · title T · language en · {TAIL} · version 2 · text a"
            ),
            &format!(
                "part 7#2 · source sol.example · title U · language fr · {TAIL} · version 2 · text b"
            ),
        ],
    );
    // Nothing but a picture; nothing but a headline; data that is encoded.
    check(
        "",
        &headline("Photo", "en", &role("Caption", "<p>c</p>")),
        &[&format!(
            "part 7 · source sol.example · title Photo · language en · {TAIL} · version 2 · warnings 1 · text c"
        )],
    );
    check(
        "",
        &headline(
            "T",
            "en",
            "<ContentItem><Encoding Notation='Base64'><DataContent>QUJD</DataContent></Encoding></ContentItem>",
        ),
        &[&format!(
            "part 7 · source sol.example · title T · language en · {TAIL} · version 2 · text "
        )],
    );
}

#[test]
fn items_inside_items() {
    let inner = item("", &format!("<NewsComponent>{}</NewsComponent>", content("<p>b</p>")));
    check(
        "",
        &format!("<NewsComponent>{}{inner}</NewsComponent>", content("<p>a</p>")),
        &[
            &format!("part 7 · source sol.example · language en · {TAIL} · version 2 · text a"),
            &format!("part 7#2 · source sol.example · language en · {TAIL} · version 2 · text b"),
        ],
    );
}

#[test]
fn broken_files() {
    let whole = format!("<NewsML>{}", item("", "<NewsComponent/>"));
    assert_eq!(testing::skips(&NewsMl1, &format!("{whole}</NewsML>")), ["empty 1"]);
    let (cut, _) = whole.split_at(whole.len() - 20);
    assert_eq!(testing::skips(&NewsMl1, cut), ["malformed urn:newsml:sol.example:20240502:7:2"]);
    assert_eq!(testing::skips(&NewsMl1, "<NewsML><NewsEnvelope>"), ["malformed 1"]);
    assert_eq!(testing::skips(&NewsMl1, "<NewsML></NewsML>"), ["empty -"]);
}

#[test]
fn many_stories_in_one_item_take_no_longer_each() {
    let story = format!(
        "<NewsComponent><NewsLines><HeadLine>T</HeadLine></NewsLines>{}</NewsComponent>",
        content("<p>a</p>")
    );
    let xml = format!("<NewsML>{}</NewsML>", item("", &story.repeat(10_000)));
    let start = std::time::Instant::now();
    assert_eq!(testing::all(&NewsMl1, &xml).len(), 10_000);
    assert!(start.elapsed().as_secs() < 10);
}
