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
fn a_line_that_shows_the_day_counts_last() {
    let title = "<title>Ferry</title>";
    check(title, "<div class=post-meta-date>14 March 2024</div>", "Ferry|2024-03-14||-|-|-");
    check(
        title,
        "<article><p class=date>Published: 14 March 2024, 9:30 am</p></article>",
        "Ferry|2024-03-14T09:30:00||-|-|-",
    );
    check(title, "<p class=date>Updated 14 March 2024</p>", "Ferry|-||-|-|-");
    // Which of them is the article's is not known.
    let two = "<p class=date>14 March 2024</p><p class=date>15 March 2024</p>";
    check(title, two, "Ferry|-||-|-|-");
    check(
        &format!("{title}<meta name=date content=2024-03-15>"),
        "<p class=date>14 March 2024</p>",
        "Ferry|2024-03-15||-|-|-",
    );
    let shown = |line: &str| {
        let draft =
            page(title, &format!("<article><h1>Ferry</h1><p>{line}</p>{PARAGRAPHS}</article>"));
        let at = draft.published.map(|at| at.to_string()).unwrap_or_default();
        let place = draft.dateline.and_then(|dateline| dateline.place).unwrap_or_default();
        (at, place, draft.paragraphs.len())
    };
    assert_eq!(shown("14 March 2024"), ("2024-03-14".to_owned(), String::new(), 3));
    assert_eq!(
        shown("By Ilse Varga, Moscow | March 14, 2024"),
        ("2024-03-14".to_owned(), "Moscow".to_owned(), 3)
    );
}

#[test]
fn dates_b058_a_time_of_24_hours_keeps_its_hour_and_zone() {
    let meta = "<title>Ferry</title><meta property=\"article:published_time\" content=";
    let timed = |written: &str| format!("{meta}\"{written}\">");
    check(&timed("2018-06-05 14:26:00+09:00"), "", "Ferry|2018-06-05T14:26:00+09:00||-|-|-");
    check(&timed("2018-06-05T23:59-0700"), "", "Ferry|2018-06-05T23:59:00-07:00||-|-|-");
    check(&timed("June 5, 2018 12:05 AM"), "", "Ferry|2018-06-05T00:05:00||-|-|-");
    check(&timed("June 5, 2018 12:05 PM"), "", "Ferry|2018-06-05T12:05:00||-|-|-");
}

/// The warnings of a page.
#[track_caller]
fn check_warnings(head: &str, body: &str, expected: &[&str]) {
    let draft = page(head, &format!("<article>{body}{PARAGRAPHS}</article>"));
    assert_eq!(draft.warnings, expected, "{head}");
}

#[test]
fn dates_u022_an_impossible_day_is_warned_of() {
    let title = "<title>Ferry</title>";
    let warning = ["the date `2019 28 meh` is not understood"];
    check_warnings(title, "<a class=post-meta-date>2019 28 meh</a>", &warning);
    check_warnings(title, "<time>2019 28 meh</time>", &warning);
    check_warnings(&format!("{title}<meta name=date content=\"2019 28 meh\">"), "", &warning);
    let impossible = ["the date `2019-02-30` is not understood"];
    check_warnings(&format!("{title}<meta name=date content=2019-02-30>"), "", &impossible);
    // Another witness does.
    check_warnings(
        &format!("{title}<meta name=date content=\"2019 28 meh\">"),
        "<time datetime=2019-02-28>28 meh</time>",
        &[],
    );
}

#[test]
fn marks_that_name_other_days_are_told() {
    let head = "<title>Ferry</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-03-14T23:30:00Z\"}</script>";
    let meta = |day: &str| format!("{head}<meta name=pubdate content=\"{day}\">");
    check_warnings(
        &meta("2024-03-20"),
        "",
        &["JSON-LD says 2024-03-14T23:30:00Z, `pubdate` says 2024-03-20; JSON-LD is used"],
    );
    // The day may be another one where it was written.
    check_warnings(&meta("2024-03-15"), "", &[]);
    check_warnings(&meta("2024-03"), "", &[]);
    check_warnings(head, "<time datetime=2024-03-20>of something else</time>", &[]);
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

/// The text of a page, its paragraphs joined with `/`, those of [`PARAGRAPHS`] as `*`.
#[track_caller]
fn check_text(body: &str, expected: &str) {
    let whole = crate::markup::paragraphs(PARAGRAPHS);
    let found = page("<title>Ferry stays</title>", body).paragraphs;
    let found: Vec<&str> =
        found.iter().map(|text| if whole.contains(text) { "*" } else { text }).collect();
    assert_eq!(found.join("/"), expected, "{body}");
}

#[test]
fn list_items_in_spans_stay_apart_adbar_trafilatura_431() {
    let list = "<p>What residents may do:</p><ul><li><span class=\"x\">Ask for sandbags at Orlava depot</span></li><li><span>Leave by bus 7</span></li></ul>";
    check_text(
        &format!("<article><h1>Flood rules</h1>{PARAGRAPHS}{list}</article>"),
        "Flood rules/*/*/*/What residents may do:/Ask for sandbags at Orlava depot/Leave by bus 7",
    );
}

#[test]
fn a_link_inside_bold_text_is_said_once_adbar_trafilatura_146() {
    check_text(
        &format!(
            "{PARAGRAPHS}<u><strong>READ THE <a href=\"/r\">RIVERTON REPORT PAGE.</a></strong></u><p>End.</p>"
        ),
        "*/*/*/READ THE RIVERTON REPORT PAGE./End.",
    );
}

#[test]
fn the_byline_in_a_header_is_the_author_mozilla_readability_156() {
    let head = "<title>Gloves test</title>";
    let body = format!(
        "<article><header><h1>Gloves test</h1><div class=\"byline\">By Ilse Varga</div></header>{PARAGRAPHS}</article>"
    );
    let draft = page(head, &body);
    assert_eq!(draft.byline, ["Ilse Varga"]);
    assert!(!draft.paragraphs.join("\n").contains("Varga"), "{:?}", draft.paragraphs);
}

#[test]
fn credits_and_side_widgets_are_no_authors_newspaper4k_552_180() {
    let linked = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Ivo Marek\"},\"datePublished\":\"2020-03-04T09:10:00+00:00\"}</script>";
    let footer = "<footer><span class=\"author\">Design</span> Pavla Q.</footer>";
    let draft = page(linked, &format!("<article>{PARAGRAPHS}</article>{footer}"));
    assert_eq!(draft.byline, ["Ivo Marek"]);
    assert_eq!(
        draft.published.map(|time| time.to_string()).as_deref(),
        Some("2020-03-04T09:10:00Z")
    );
    let widget = "<aside><ul><li><span class=author>By Pavla Quist</span> 2 hours ago</li><li><span class=author>By Max Orsk</span> 3 hours ago</li></ul></aside>";
    let body = format!(
        "{widget}<article><h1>Ferry stays</h1><span class=author>By Ilse Varga</span>{PARAGRAPHS}</article>{widget}"
    );
    assert_eq!(page("<title>Ferry stays</title>", &body).byline, ["Ilse Varga"]);
}

#[test]
fn an_article_in_an_aside_beside_a_cookie_notice_adbar_trafilatura_569() {
    let consent = "<div class=\"consent\"><p>We use cookies to improve your visit. Accept all cookies to continue.</p></div>";
    check_text(
        &format!("{consent}<aside class=\"main\"><h1>Kestrel Bay</h1>{PARAGRAPHS}</aside>"),
        "Kestrel Bay/*/*/*",
    );
    // An aside beside an article is none of it.
    check_text(
        &format!(
            "<article>{PARAGRAPHS}<aside><p>Ferries are ships that cross water on a schedule.</p></aside></article>"
        ),
        "*/*/*",
    );
}

#[test]
fn hidden_answers_are_read_and_hidden_dialogs_are_not_gpt_crawler_157() {
    let answer = "<h3>When does the ferry run?</h3><div style=\"height:0;overflow:hidden;display:none\"><p>Daily at Orlava pier, said the master.</p></div>";
    check_text(
        &format!("<article>{PARAGRAPHS}{answer}</article>"),
        "*/*/*/When does the ferry run?/Daily at Orlava pier, said the master.",
    );
    let dialog = "<div style=\"display:none\"><p>Daily at Orlava pier, said the master.</p></div>";
    check_text(&format!("{dialog}<article>{PARAGRAPHS}</article>{dialog}"), "*/*/*");
}

#[test]
fn teasers_are_a_listing_without_a_date_adbar_trafilatura_811() {
    let teaser = |number: usize| {
        format!(
            "<a href=/{number}><h3>Ferry number {number} stays in port</h3><p>Summary {number} of what happened in the harbour of Orlava on that day.</p><time>{number} August 2025</time></a>"
        )
    };
    let teasers: String = (1..=12).map(teaser).collect();
    let draft = page("<title>Latest</title>", &teasers);
    assert_eq!((draft.published, draft.warnings.len()), (None, 1), "{:?}", draft.warnings);
    let summaries = draft.paragraphs.iter().filter(|text| text.starts_with("Summary")).count();
    assert_eq!(summaries, 12, "{:?}", draft.paragraphs);
}

#[test]
fn a_page_that_holds_its_article_many_times_mediacloud_705() {
    let hidden = format!("<div class=copy style=\"display:none\">{PARAGRAPHS}</div>");
    check_text(&format!("<article>{PARAGRAPHS}</article>{hidden}{hidden}"), "*/*/*");
    check_text(&format!("<div><div>{PARAGRAPHS}</div><div>{PARAGRAPHS}</div></div>"), "*/*/*");
}

#[test]
fn the_lead_in_another_container_is_kept_mozilla_readability_901() {
    let lead = "<section class=intro><p>Eleven years without a missed crossing ended in Orlava on Thursday, when a storm kept the ferry in its port, and with it many passengers.</p></section>";
    check_text(
        &format!("<main>{lead}<article>{PARAGRAPHS}</article></main>"),
        "Eleven years without a missed crossing ended in Orlava on Thursday, when a storm kept the ferry in its port, and with it many passengers./*/*/*",
    );
}

#[test]
fn what_surrounds_an_article_is_pruned() {
    let article =
        |inside: &str| format!("<article><h1>Ferry stays</h1>{PARAGRAPHS}{inside}</article>");
    let check = |inside: &str, behind: &str| {
        check_text(&format!("{}{behind}", article(inside)), "*/*/*");
    };
    check("<figure><img src=a><figcaption>The ferry. Photo: Ilse Varga</figcaption></figure>", "");
    check("<div class=\"share-bar\"><p>Tell your friends about this</p></div>", "");
    check("<div id=newsletterSignup><p>Our letter comes every morning.</p></div>", "");
    check("<div class=story__related><p>The storm of 1999 was worse, as we wrote.</p></div>", "");
    check(
        "",
        "<section><article><p>Another article, which tells of a flood in Kestrel Bay, a town nearby.</p></article></section>",
    );
    check("", "<div class=comments><p>I was there, and it was not so bad, said one.</p></div>");
}

#[test]
fn a_mark_on_the_whole_page_prunes_nothing() {
    check_text(
        &format!("<div class=\"has-sidebar no-ads\"><div>{PARAGRAPHS}</div></div>"),
        "*/*/*",
    );
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
