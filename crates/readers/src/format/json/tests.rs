//! Articles out of JSON of many shapes.

use dateline_article::Article;

use super::*;
use crate::draft::Draft;

fn object(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).unwrap()
}

fn read(json: &str) -> Draft {
    read_object(&object(json), &crate::field_map::FieldMap::default())
}

/// Fields of a draft in one line: title|published|byline|source|language|keywords|text.
#[track_caller]
fn check(json: &str, expected: &str) {
    let draft = read(json);
    let absent = || "-".to_owned();
    let found = [
        draft.title.unwrap_or_else(absent),
        draft.published.map_or_else(absent, |time| time.to_string()),
        draft.byline.join("+"),
        draft.source.unwrap_or_else(absent),
        draft.language.map_or_else(absent, |language| language.to_string()),
        draft.keywords.join("+"),
        draft.paragraphs.join("/"),
    ];
    assert_eq!(found.join("|"), expected, "{json}");
}

#[test]
fn the_usual_keys() {
    check(
        r#"{"id":7,"title":"Ferry","text":"One.\n\nTwo.","published":"2024-03-14","byline":"By Ilse Varga","source":"Orlava Post","language":"en-GB","keywords":["sea","storm"]}"#,
        "Ferry|2024-03-14|Ilse Varga|Orlava Post|en|sea+storm|One./Two.",
    );
    check(
        r#"{"headline":"Ferry","body":"One.","pub_date":"Thu, 14 Mar 2024 09:30:00 +0200","authors":["Ilse Varga","Ivo Marek"],"publisher":{"name":"Post"},"lang":"de","tags":"sea, storm"}"#,
        "Ferry|2024-03-14T09:30:00+02:00|Ilse Varga+Ivo Marek|Post|de|sea+storm|One.",
    );
    check(
        r#"{"Headline":"Ferry","ArticleBody":"One.","publishedAt":1710408615}"#,
        "Ferry|2024-03-14T09:30:15Z||-|-||One.",
    );
    check(
        r#"{"title":"A &amp; B","content":"<p>One <b>x</b>.</p><p>Two.</p>","date":20240314}"#,
        "A & B|2024-03-14||-|-||One x./Two.",
    );
}

#[test]
fn better_names_lead() {
    check(
        r#"{"date":"2020-01-01","published":"2024-03-14","content":"b","text":"a"}"#,
        "-|2024-03-14||-|-||a",
    );
    check(r#"{"text":"","content":"b"}"#, "-|-||-|-||b");
}

#[test]
fn shapes_of_exports() {
    check(
        r#"{"headline":{"main":"Ferry"},"byline":{"original":"By Ilse Varga and Ivo Marek"},"pub_date":"2024-03-14T09:30:00+0000","lead_paragraph":"One."}"#,
        "Ferry|2024-03-14T09:30:00Z|Ilse Varga+Ivo Marek|-|-||One.",
    );
    check(
        r#"{"webTitle":"Ferry","webPublicationDate":"2024-03-14T09:30:00Z","fields":{"body":"<p>One.</p>","byline":"Ilse Varga"}}"#,
        "Ferry|2024-03-14T09:30:00Z|Ilse Varga|-|-||One.",
    );
    check(
        r#"{"@type":"NewsArticle","headline":"Ferry","datePublished":"2024-03-14","author":[{"@type":"Person","name":"Ilse Varga"}],"articleBody":"One.","publisher":{"@type":"Organization","name":"Post"}}"#,
        "Ferry|2024-03-14|Ilse Varga|Post|-||One.",
    );
    check(
        r#"{"title":"Ferry","contents":[{"type":"date","content":1420156800000},{"type":"sanitized_html","content":"<p>One.</p>"},{"type":"image","fullcaption":"Boats."},null]}"#,
        "Ferry|2015-01-02T00:00:00Z||-|-||One./Boats.",
    );
    check(
        r#"{"title":"Ferry","date_publish":"2024-03-14 09:30:00","maintext":"One.","source_domain":"example.org"}"#,
        "Ferry|2024-03-14T09:30:00||example.org|-||One.",
    );
    check(
        r#"{"author":[{"first_name":"Ilse","last_name":"Varga"}],"text":["One.","Two."]}"#,
        "-|-|Ilse Varga|-|-||One./Two.",
    );
    // Lists of articles as GDELT keeps and finds them.
    check(
        r#"{"date":"2024-03-14T09:30:00Z","url":"https://example.org/a","domain":"example.org","outletName":"Post","lang":"ENGLISH","langCode":"en","title":"Ferry","desc":"One."}"#,
        "Ferry|2024-03-14T09:30:00Z||Post|en||One.",
    );
    check(
        r#"{"url":"https://example.org/a","title":"Ferry","seendate":"20240314T093000Z","domain":"example.org","language":"English"}"#,
        "Ferry|2024-03-14T09:30:00Z||example.org|en||",
    );
}

#[test]
fn ninjs_of_each_version() {
    let json = r#"{"uri":"urn:example:1","type":"text","versioncreated":"2024-03-14T09:30:00Z","headline":"Ferry","body_text":"One.\n\nTwo.","body_xhtml":"<p>One.</p><p>Two &amp; three.</p>","byline":"Ilse Varga","located":"ORLAVA","subject":[{"code":"x","name":"sea"}],"pubstatus":"canceled","version":"2","language":"en"}"#;
    check(json, "Ferry|2024-03-14T09:30:00Z|Ilse Varga|-|en|sea|One./Two & three.");
    let draft = read(json);
    let status = draft.status.unwrap();
    assert_eq!((status.withdrawn, status.version.as_deref()), (true, Some("2")));
    assert_eq!(draft.dateline.and_then(|dateline| dateline.place).as_deref(), Some("ORLAVA"));
    assert_eq!(
        (draft.part.as_deref(), draft.url, draft.format),
        (Some("urn:example:1"), None, Some("ninjs"))
    );
    check(
        r#"{"uri":"https://example.org/1","versionCreated":"2024-03-14T09:30:00Z","headlines":[{"role":"main","value":"Ferry"},{"role":"sub","value":"Storm"}],"bodies":[{"contentType":"text/plain","value":"plain"},{"contentType":"application/xhtml+xml","value":"<p>One.</p>"}],"by":"Ilse Varga","subjects":[{"name":"sea"}],"infosources":[{"name":"Agency"}],"embargoed":"2024-03-15T00:00:00Z"}"#,
        "Ferry|2024-03-14T09:30:00Z|Ilse Varga|Agency|-|sea|One.",
    );
}

#[test]
fn ninjs_of_agencies() {
    check(
        r#"{"uri":"urn:example:5","headlines":[{"value":"Ferry"}],"descriptions":[{"role":"creditline","value":"Varga/Agency"},{"role":"caption","value":"The ferry."}]}"#,
        "Ferry|-||-|-||The ferry.",
    );
    // A description in the place of a text, and none of the keys of an article.
    check(
        r#"{"uri":"https://example.org/2","title":"Ferry sails","descriptions":[{"role":"text","value":"The ferry sails."}],"eventDetails":{"dates":{"startDate":"2024-03-14"}}}"#,
        "Ferry sails|-||-|-||The ferry sails.",
    );
    check(
        r#"{"uri":"urn:example:3","headline":"Ferry","contentcreated":"2024-03-14T09:30:00Z"}"#,
        "Ferry|2024-03-14T09:30:00Z||-|-||",
    );
    check(
        r#"{"uri":"urn:example:4","headline":"Ferry","versioncreated":"2024-03-14T09:30:00Z","description_creditline":"Varga/Agency","description_caption":"The ferry."}"#,
        "Ferry|2024-03-14T09:30:00Z||-|-||The ferry.",
    );
    // Superdesk names its items `guid`; the text is a page that begins with its headline.
    let draft = read(
        r#"{"guid":"f1","versioncreated":"2024-03-14T09:30:00+0000","headline":"Ferry sails","embargoed":"2024-03-15T00:00:00Z","body_html":"<h1>Ferry sails</h1><p>One.</p>","datelinelocation":{"city":"Orlava"}}"#,
    );
    assert_eq!((draft.part.as_deref(), &*draft.paragraphs), (Some("f1"), &["One.".to_owned()][..]));
    let until = draft.status.unwrap().embargoed_until.unwrap().to_string();
    assert_eq!(until, "2024-03-15T00:00:00Z");
    assert_eq!(draft.dateline.unwrap().place.as_deref(), Some("Orlava"));
}

/// Runs a file through the reader: titles of articles, and reasons with the part of what was skipped.
fn file(name: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let source = crate::SourceFile { root_label: "r", path: name, file: &path };
    let limits = crate::Limits { record_bytes: 200, ..crate::Limits::default() };
    let options = crate::Options { limits, ..crate::Options::default() };
    let mut found = Vec::new();
    crate::read(&source, &options, &mut |item| {
        found.push(match item {
            Ok(Article { part, title, format, .. }) => {
                format!("{format} {part} {}", title.unwrap_or_default())
            }
            Err(skip) => {
                format!("{} {}", skip.reason, skip.part.unwrap_or_else(|| "file".to_owned()))
            }
        });
        std::ops::ControlFlow::Continue(())
    });
    found
}

#[test]
fn files_of_many_articles() {
    let check = |name: &str, content: &str, expected: &[&str]| {
        assert_eq!(file(name, content.as_bytes()), expected, "{content}");
    };
    let item = r#"{"uri":"u","pubstatus":"usable","headline":"A"}"#;
    for wrapper in [
        format!(r#"{{"data":{{"item":{item},"meta":{{}}}}}}"#),
        format!(r#"{{"data":{{"items":[{{"meta":{{}},"item":{item}}}]}}}}"#),
        format!(r#"{{"total":1,"item":[{item}]}}"#),
    ] {
        check("a.json", &wrapper, &["ninjs u A"]);
    }
    check(
        "a.json",
        r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"A","description":"One."}"#,
        &["unknown-format 1"],
    );
    check(
        "a.json",
        r#"[{"title":"A"},{"id":"x","title":"B"},{},3]"#,
        &["json 1 A", "json x B", "empty 3", "malformed 4"],
    );
    check(
        "a.json",
        r#"{"articles":[{"title":"A","content":"a"},{"title":"B"}],"status":"ok"}"#,
        &["json 1 A", "json 2 B"],
    );
    check("a.json", r#"{"hits":{"hits":[{"_id":"q","_source":{"title":"A"}}]}}"#, &["json q A"]);
    check("a.json", "{\n \"title\": \"A\"\n}\n", &["json 1 A"]);
    check("a.json", "{\n \"title\": \"A\"\n}\n{\n \"title\": \"B\"\n}", &["json 1 A", "json 2 B"]);
    check("a.json", r#"[{"title":"A"},{"title":"B"#, &["json 1 A", "malformed 2"]);
    check("a.json", "[]", &["empty file"]);
    check("a.json", "{}", &["empty 1"]);
    check(
        "a.txt",
        "{\"title\":\"A\"}\n\n{\"title\":\"B\"}\r\n{bad\n{\"title\":\"C\"}",
        &["jsonl 1 A", "jsonl 2 B", "malformed 3", "jsonl 4 C"],
    );
    check("a.jsonl", "{\"title\":\"A\"", &["malformed 1"]);
    check(
        "a.jsonl",
        "{\"id\":1,\"title\":\"A\"}\n{\"id\":1,\"title\":\"B\"}\n{\"title\":\"C\"}",
        &["jsonl 1 A", "jsonl 1#2 B", "jsonl 3 C"],
    );
    let long =
        format!("{{\"title\":\"A\",\"text\":\"{}\"}}\n{{\"title\":\"B\"}}\n", "x".repeat(40_000));
    check("a.jsonl", &long, &["over-limit 1", "jsonl 2 B"]);
    let deep = format!(
        "{{\"title\":\"A\"}}\n{{\"a\":{}1{}}}\n{{\"title\":\"B\"}}",
        "[".repeat(190),
        "]".repeat(3)
    );
    check("a.jsonl", &deep, &["jsonl 1 A", "malformed 2", "jsonl 3 B"]);
}

#[test]
fn utf16_and_marks() {
    let text = "{\"title\":\"Möwe\"}\n{\"title\":\"嵐\"}\n";
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(file("a.jsonl", &wide), ["jsonl 1 Möwe", "jsonl 2 嵐"]);
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    assert_eq!(file("a.jsonl", &marked), ["jsonl 1 Möwe", "jsonl 2 嵐"]);
}

#[test]
fn a_json_feed() {
    let found = |json: &str| -> Vec<String> {
        let articles = crate::format::testing::all(&Json, json);
        let line = |article: &dateline_article::Article| {
            let text = article.paragraphs.join("|");
            format!("{} {} · text {text}", article.format, crate::format::testing::shown(article))
        };
        articles.iter().map(line).collect()
    };
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Solmark News","language":"en","authors":[{"name":"Desk Berg"}],"items":[
        {"id":"https://news.example.org/1","url":"https://news.example.org/1","title":"T","content_html":"<p>One</p><p>two</p>","tags":["rail"],
         "date_published":"2024-05-02T10:00:00+02:00","authors":[{"name":"Elin Brask"}]},
        {"id":2,"content_text":"One.\n\nTwo.","language":"fr"}]}"#;
    assert_eq!(
        found(feed),
        [
            "json-feed part https://news.example.org/1 · url https://news.example.org/1 · source Solmark News · title T · byline Elin Brask · \
             keywords rail · language en · published 2024-05-02T10:00:00+02:00 · text One|two",
            "json-feed part 2 · source Solmark News · byline Desk Berg · language fr · text One.|Two.",
        ]
    );
    let broken = r#"{"version":"https://jsonfeed.org/version/1","title":"S","items":[7,{"id":"1"},{"title":"A"}]}"#;
    assert_eq!(crate::format::testing::skips(&Json, broken), ["empty 1", "empty 2"]);
}
