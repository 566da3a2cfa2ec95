//! Random articles in all scripts, with what may break a terminal or a table, in each form of output.

use dateline_article::{Article, ArticleId, Date, Language, Mentions, Name, Record, Span};
use dateline_query::{Engine, Explain, Hit, LocalEngine, Request, parse};
use dateline_schema::{Manifest, Settings, document, in_memory};
use proptest::prelude::*;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Format, Row, Rows, hit, record};
use crate::terminal::{Look, steers};

/// What articles are made of: words that queries ask for, and what breaks lines, escapes and letters.
const PIECES: &[&str] = &[
    "kyiv",
    "Kyiv",
    "election",
    "elections",
    "Élysée",
    "e\u{301}lyse\u{301}e",
    "cafe\u{301}\u{323}",
    "İstanbul",
    "ﬁnance",
    "Ａｍｍｏ",
    "外相は東京で会談し",
    "東京",
    "、",
    "。",
    "중앙선거",
    "สภาผู้แทนราษฎร",
    "हिन्दी",
    "الانتخابات",
    "كِتَاب",
    "בחירות",
    "Київ",
    "👨‍👩‍👧‍👦",
    "🇺🇦",
    "👍🏽",
    "❤️",
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{9b}2J",
    "\u{0}",
    "\u{8}",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{2028}",
    "\r\n",
    "\n",
    "\t",
    "\"",
    "\"\"",
    ",",
    ";",
    "=1+1",
    "\\",
    "/",
    "**",
    "https://example.org/a/very/long/address/that/no/line/holds/whole/for/it/is/longer/than/any/of/them",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}",
    "z\u{336}\u{337}",
    "\u{301}",
    "\u{e0001}",
    "�",
];

/// What is asked for: the words of the articles, with operators.
const QUERIES: &[&str] = &[
    "kyiv",
    "election",
    "elysee",
    "=elections",
    "istanbul",
    "\"kyiv election\"",
    "kyiv w/3 election",
    "東京",
    "会談",
    "\"外相は東京\"",
    "elect*",
    "*京",
    "كتاب",
    "الانتخابات",
    "בחירות",
    "київ",
    "हिन्दी",
    "中 OR kyiv",
    "cafe~1",
    "/e.*e/",
    "kyiv NOT w/2 election",
    "title:kyiv",
    "kyiv -election",
    "finance OR ammo",
    "สภา*",
    "caps(kyiv)",
    "person:lee",
    "*",
];

fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{1,6}",
        1 => prop::char::any().prop_map(String::from),
        1 => (prop::sample::select(PIECES.to_vec()), 2..40_usize).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    let stop = prop::sample::select(vec!["", " ", " ", " ", ". ", "\n"]);
    prop::collection::vec((piece, stop), 0..most).prop_map(|parts| {
        parts.into_iter().flat_map(|(piece, stop)| [piece, stop.to_owned()]).collect()
    })
}

fn articles() -> impl Strategy<Value = Vec<Record>> {
    let one = (
        text(5),
        text(5),
        prop::collection::vec(text(24), 0..4),
        prop::sample::select(vec!["en", "ja", "ar", "zh", ""]),
    );
    prop::collection::vec(one, 1..8).prop_map(|articles| {
        let record = |(n, (title, name, paragraphs, language)): (
            usize,
            (String, String, Vec<String>, &str),
        )| {
            let path = format!("{name}/{n}");
            let mut article =
                Article::new(ArticleId::new("test", &path, "1"), &path, &name, "text");
            article.title = Some(title).filter(|_| n % 4 > 0);
            article.source = Some(name.clone()).filter(|_| n % 3 > 0);
            article.url = Some(name.clone());
            article.byline = vec![name.clone(); n % 3];
            article.paragraphs = paragraphs;
            article.language = Language::from_tag(language);
            article.warnings = vec![name.clone()];
            let text = article.text();
            let mut record = Record::bare(article);
            let end = text.char_indices().nth(9).map_or(text.len(), |(at, _)| at);
            let mentions = Mentions {
                text: Span::new(0..end).into_iter().filter(|span| span.start < span.end).collect(),
                title: Vec::new(),
            };
            record.people = vec![Name { name: format!("{name} Lee"), mentions }];
            record
        };
        articles.into_iter().enumerate().map(record).collect()
    })
}

fn hits(records: &[Record], query: &str, snippet_chars: usize) -> Vec<Hit> {
    let opened = in_memory(Manifest::new(Settings { extract: true })).unwrap();
    let mut writer = opened.index.writer_with_num_threads(1, 15_000_000).unwrap();
    for record in records {
        writer.add_document(document(&opened.fields, record, "test", 0).unwrap()).unwrap();
    }
    writer.commit().unwrap();
    let query = parse(query, Date::constant(2024, 3, 14));
    assert!(query.faults.is_empty(), "{query:?}");
    let request = Request { snippet_chars, explain: Explain::Scores, ..Request::new(query) };
    LocalEngine::new(opened).unwrap().search(&request).unwrap().hits
}

/// What a terminal shows of coloured text; nothing but whole colours and links may steer it, and no colour goes on beyond its line.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut coloured = false;
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            out.push_str(before);
            rest = if let Some(after) = after.strip_prefix("]8;;") {
                let (target, after) = after.split_once("\u{1b}\\").expect("a link is closed");
                assert!(!target.contains(char::is_control), "{target:?}");
                after
            } else {
                let (codes, after) = after
                    .strip_prefix('[')
                    .and_then(|after| after.split_once('m'))
                    .expect("a colour");
                assert!(
                    codes.bytes().all(|sign| sign.is_ascii_digit() || sign == b';'),
                    "{codes:?}"
                );
                coloured = codes != "0";
                after
            };
        }
        assert!(!coloured, "{line:?}");
        out.push_str(rest);
    }
    out
}

/// Whether text may be written to a terminal.
fn is_harmless(text: &str) -> bool {
    !text.contains(|letter| steers(letter) && letter != '\n')
}

/// The letters of a text that are seen.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '*').collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn hits_of_all_scripts_are_whole_in_every_form(
        records in articles(),
        query in prop::sample::select(QUERIES.to_vec()),
        snippet_chars in prop::sample::select(vec![1, 20, 80, 280, 2000]),
        width in 40..=100_usize,
    ) {
        let hits = hits(&records, query, snippet_chars);
        for found in &hits {
            prop_assert!(!found.snippet.contains(char::is_control), "{:?}", found.snippet);
            let mut before = 0;
            for span in &found.highlights {
                prop_assert!(before <= span.start && span.start < span.end, "{:?}", found.highlights);
                let marked = found.snippet.get(span.range());
                prop_assert!(marked.is_some_and(|marked| marked.trim() == marked), "{:?} in {:?}", marked, found.snippet);
                before = span.end;
                // No letter is parted from its accents.
                let borders: Vec<usize> = found.snippet.grapheme_indices(true).map(|(at, _)| at).chain([found.snippet.len()]).collect();
                for border in [span.start as usize, span.end as usize] {
                    prop_assert!(borders.contains(&border), "{:?} in {:?}", marked, found.snippet);
                }
            }
            let mut seen = Vec::new();
            for (color, links) in [(false, false), (true, false), (true, true)] {
                let text = hit::text(found, Look { width, color, links });
                let text = shown(&text);
                prop_assert!(is_harmless(&text), "{:?}", text);
                for line in text.lines() {
                    prop_assert!(line.width() <= width, "{} > {}: {:?}", line.width(), width, line);
                }
                seen.push(letters(&text));
            }
            prop_assert_eq!(&seen[0], &seen[1]);
            prop_assert_eq!(&seen[0], &seen[2]);
        }
        let rows: Vec<Row> = hits.iter().map(|found| hit::row(found, Explain::Scores)).collect();
        check_json(&rows)?;
        check_csv(&rows)?;
    }

    #[test]
    fn articles_of_all_scripts_are_whole_in_every_form(records in articles(), width in 40..=100_usize) {
        for found in &records {
            for color in [false, true] {
                let text = shown(&super::text::article(found, Look { width, color, links: color }));
                prop_assert!(is_harmless(&text), "{:?}", text);
                for line in text.lines() {
                    prop_assert!(line.width() <= width, "{} > {}: {:?}", line.width(), width, line);
                }
            }
        }
        let rows: Vec<Row> = records.iter().map(record::row).collect();
        check_json(&rows)?;
        check_csv(&rows)?;
    }
}

fn printed(format: Format, rows: &[Row]) -> String {
    let mut out = Vec::new();
    let mut printer = Rows::new(format, &mut out);
    rows.iter().try_for_each(|row| printer.print(row)).unwrap();
    String::from_utf8(out).unwrap()
}

/// A line a row, and each reads back as it was.
fn check_json(rows: &[Row]) -> Result<(), TestCaseError> {
    let text = printed(Format::Json, rows);
    prop_assert_eq!(text.matches('\n').count(), rows.len());
    for (line, row) in text.lines().zip(rows) {
        let read: Value = serde_json::from_str(line).unwrap();
        let known = row.0.iter().filter(|(_, value)| !value.is_null());
        prop_assert_eq!(
            &read,
            &Value::Object(known.map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
        );
    }
    Ok(())
}

/// Each row has the header's columns, and text comes back as it was.
fn check_csv(rows: &[Row]) -> Result<(), TestCaseError> {
    let text = printed(Format::RawCsv, rows);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    prop_assert_eq!(read.len(), rows.len());
    for (read, row) in read.iter().zip(rows) {
        let keys: Vec<&str> = row.0.iter().map(|(key, _)| *key).collect();
        prop_assert_eq!(&header, &keys);
        for (cell, (key, value)) in read.iter().zip(&row.0) {
            match value {
                Value::String(text) => {
                    let same = |(read, text): (char, char)| read == text || steers(text);
                    prop_assert!(cell.chars().zip(text.chars()).all(same), "{}: {}", key, text);
                    prop_assert_eq!(cell.chars().count(), text.chars().count(), "{}", key);
                }
                Value::Null => prop_assert_eq!(cell, "", "{}", key),
                _ => {}
            }
        }
    }
    Ok(())
}
