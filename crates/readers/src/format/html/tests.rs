//! Pages and what is read out of them.

use super::*;

const PARAGRAPHS: &str = "<p>The ferry stayed in port on Thursday because of the storm, the harbour master of Orlava said, and nobody knew when it would leave again.</p>\
    <p>Passengers waited in the hall, some of them since the evening before, while the crew tied the lifeboats and counted the blankets.</p>\
    <p>The line runs twice a day in summer and once in winter, and it had not missed a crossing in eleven years, its owner said in a statement.</p>";

fn page(head: &str, body: &str) -> Draft {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head>{head}</head><body>{body}</body></html>"
    );
    extract(&page, None)
}

/// title|published|byline|source|section|url
#[track_caller]
fn check(head: &str, body: &str, expected: &str) {
    let draft = page(head, &format!("{body}<article>{PARAGRAPHS}</article>"));
    let absent = || "-".to_owned();
    let found = [
        draft.title.unwrap_or_else(absent),
        draft.published.map_or_else(absent, |time| time.to_string()),
        draft.byline.join("+"),
        draft.source.unwrap_or_else(absent),
        draft.section.unwrap_or_else(absent),
        draft.url.unwrap_or_else(absent),
    ];
    assert_eq!(found.join("|"), expected, "{head}");
}

#[test]
fn json_ld_in_any_place() {
    let article = r#"{"@type":"NewsArticle","headline":"Ferry stays in port","datePublished":"2024-03-14T09:30:00+02:00","author":[{"@type":"Person","name":"Ilse Varga"}],"publisher":{"@type":"Organization","name":"Orlava Post"},"articleSection":"World"}"#;
    let expected = "Ferry stays in port|2024-03-14T09:30:00+02:00|Ilse Varga|Orlava Post|World|-";
    let script = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
    check(&script(article), "", expected);
    check(&script(&format!("[{{\"@type\":\"WebSite\"}},{article}]")), "", expected);
    check(&script(&format!("{{\"@graph\":[{{\"@type\":\"WebPage\"}},{article}]}}")), "", expected);
    check(
        &format!(
            "{}{}",
            script("{\"@type\":\"BreadcrumbList\"}"),
            script(&article.replace("in port", "in\nport"))
        ),
        "",
        expected,
    );
    check(&script(&format!("{{\"@type\":\"WebPage\",\"mainEntity\":{article}}}")), "", expected);
    check(&format!("{}{}", script("{broken"), script(article)), "", expected);
    let referring =
        article.replace(r#"[{"@type":"Person","name":"Ilse Varga"}]"#, r##"{"@id":"#a"}"##);
    check(
        &script(&format!(
            "{{\"@graph\":[{referring},{{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ilse Varga\"}}]}}"
        )),
        "",
        expected,
    );
}

#[test]
fn meta_and_microdata() {
    check(
        "<meta property=\"og:title\" content=\"Ferry stays &amp; waits\"><meta property=\"article:published_time\" content=\"2024-03-14\"><meta name=author content=\"By Ilse Varga\">\
         <meta property=\"og:site_name\" content=\"Orlava Post\"><meta property=\"article:section\" content=World><link rel=canonical href=\"https://www.example.org/a\">",
        "",
        "Ferry stays & waits|2024-03-14|Ilse Varga|Orlava Post|World|https://www.example.org/a",
    );
    check(
        "<title>Ferry stays - Example</title><link rel=canonical href=\"https://www.example.org/a\"><meta name=\"DC.date.issued\" content=\"14 March 2024\">",
        "<a rel=author href=/v>Ilse Varga</a>",
        "Ferry stays|2024-03-14|Ilse Varga|example.org|-|https://www.example.org/a",
    );
    check(
        "<title>Ferry stays</title>",
        "<div itemscope><span itemprop=author>Ilse Varga</span><time itemprop=datePublished datetime=\"2024-03-14T09:30Z\">today</time></div>",
        "Ferry stays|2024-03-14T09:30:00Z|Ilse Varga|-|-|-",
    );
    check(
        "<meta property=\"article:author\" content=\"https://example.org/v\"><title>Ferry</title>",
        "",
        "Ferry|-||-|-|-",
    );
}

#[test]
fn only_the_time_of_the_article_counts() {
    check(
        "<title>Ferry</title>",
        "<article><time datetime=\"2024-03-14\">x</time></article>",
        "Ferry|2024-03-14||-|-|-",
    );
    check(
        "<title>Ferry</title>",
        "<time datetime=\"2024-03-14\">a</time><time datetime=\"2024-03-15\">b</time>",
        "Ferry|-||-|-|-",
    );
    check("<title>Ferry</title><meta name=date content=\"3/4/2024\">", "", "Ferry|-||-|-|-");
}

#[test]
fn the_text_is_the_article() {
    let draft = page(
        "<title>Ferry stays</title>",
        &format!(
            "<nav><ul><li><a href=/a>Home</a><li><a href=/b>World</a></ul></nav><div class=cookie-banner>Accept all cookies</div><article><h1>Ferry stays</h1><p class=byline>By Ilse Varga</p>\
             {PARAGRAPHS}<ul><li><span>Ask at the pier</span></li><li>Leave by bus 7</li></ul></article><footer>Imprint</footer>"
        ),
    );
    assert_eq!(draft.language.map(|language| language.to_string()).as_deref(), Some("en"));
    let text = draft.paragraphs.join("\n");
    assert!(text.starts_with("The ferry stayed in port on Thursday"), "{text}");
    assert!(text.contains("Ask at the pier\nLeave by bus 7"), "{text}");
    for boilerplate in ["Home", "cookies", "Imprint", "Ilse Varga"] {
        assert!(!text.contains(boilerplate), "{boilerplate}: {text}");
    }
}

#[test]
fn a_refused_page_still_gives_its_text() {
    let draft = strip(
        &format!("<html><title>Ferry &amp; storm</title>{}{PARAGRAPHS}", "<div>".repeat(600)),
        "too deep",
    );
    assert_eq!(draft.title.as_deref(), Some("Ferry & storm"));
    assert_eq!((draft.paragraphs.len(), draft.warnings.len()), (3, 1));
}

#[test]
fn pages_are_recognised_by_content() {
    let check = |name: &str, content: &str, expected: Confidence| {
        assert_eq!(
            Html.recognises(&Sample::new(content.as_bytes(), name, true)),
            expected,
            "{content}"
        );
    };
    check("a.txt", "\n<!DOCTYPE HTML PUBLIC>", Confidence::Certain);
    check("a", "<?xml version=\"1.0\"?><!-- x --><html>", Confidence::Certain);
    check("a", "<p>Text", Confidence::Likely);
    check("a", "<p>Text</p>", Confidence::Likely);
    check("a.html", "<center>Text</center>", Confidence::Likely);
    check("a.xml", "<?xml version=\"1.0\"?><rss>", Confidence::No);
    check("a.html", "Text", Confidence::No);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_read(html in "(<|</|>|div|b|p|a|table|td|script|title|h1|!--|-->|=|\"|'| |/|&amp;|\\PC){0,80}") {
        if cost::refusal(&html, crate::Limits::default()).is_none() {
            let _ = extract(&html, None);
        }
    }
}
