//! Archives read through the registry, from their bytes to articles.

use std::io::Write;
use std::ops::ControlFlow;

use crate::{Options, Reason, SourceFile, read};

/// `part url published title text` of articles, `reason part` of skips; warnings behind `!`.
fn shown(name: &str, content: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    let mut items = Vec::new();
    let source = SourceFile { root_label: "r", path: name, file: &file };
    read(&source, &Options::default(), &mut |item| {
        items.push(match item {
            Ok(article) => {
                let day = article.published.map_or_else(String::new, |day| day.at.to_string());
                let url = article.url.clone().unwrap_or_default();
                let title = article.title.clone().unwrap_or_default();
                let warned = if article.warnings.is_empty() { "" } else { "!" };
                format!("{} {url} {day} {title} {}{warned}", article.part, article.paragraphs.len())
            }
            Err(skip) => format!("{} {}", skip.reason, skip.part.unwrap_or_else(|| "-".to_owned())),
        });
        ControlFlow::Continue(())
    });
    items
}

#[track_caller]
fn check(content: &[u8], expected: &[&str]) {
    assert_eq!(shown("a.warc", content), expected, "{}", String::from_utf8_lossy(content));
}

fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The ferry stayed in port on Thursday because of the storm, and nobody knew when it would leave.</p></article></body></html>"
    )
}

/// A record whose identifier is `id`.
fn record(kind: &str, id: &str, more: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2024-03-15T06:00:00Z\r\nWARC-Target-URI: http://orlava.example/{id}\r\n{more}Content-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn response(id: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let answer = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    record("response", id, "Content-Type: application/http; msgtype=response\r\n", &answer)
}

fn html(id: &str) -> Vec<u8> {
    response(id, "Content-Type: text/html; charset=utf-8\r\n", page("Ferry stays").as_bytes())
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const CAPTURED: &str = "http://orlava.example/1 2024-03-15T06:00:00Z Ferry stays 1!";

fn article(id: &str) -> String {
    format!("{id} {}", CAPTURED.replace("/1 ", &format!("/{id} ")))
}

#[test]
fn pages_are_articles_and_nothing_else_is() {
    let archive = [
        record("warcinfo", "0", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        html("1"),
        record("request", "2", "", b"GET / HTTP/1.1\r\n\r\n"),
        response("3", "Content-Type: image/png\r\n", b"\x89PNG"),
        record(
            "response",
            "4",
            "",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>",
        ),
        record("response", "5", "", b"HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n"),
        record("revisit", "6", "", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        response("7", "", page("Ferry stays").as_bytes()),
        response("8", "", b"plain"),
        record("resource", "9", "Content-Type: text/html\r\n", page("Ferry stays").as_bytes()),
        record("conversion", "a", "Content-Type: text/plain\r\n", b"The ferry stayed.\n"),
    ]
    .concat();
    check(
        &archive,
        &[
            &article("1"),
            &article("7"),
            &article("9"),
            "a http://orlava.example/a 2024-03-15T06:00:00Z  1!",
        ],
    );
    assert_eq!(shown("a.warc.gz", &gzipped(&archive)).len(), 4);
    check(&record("warcinfo", "0", "", b"x"), &["empty -"]);
}

#[test]
fn a_page_s_own_date_wins() {
    let dated = page("Ferry stays").replace(
        "<head>",
        "<head><meta property=\"article:published_time\" content=\"2024-03-14T09:30:00+01:00\">",
    );
    let found = shown("a.warc", &response("1", "Content-Type: text/html\r\n", dated.as_bytes()));
    assert_eq!(found, ["1 http://orlava.example/1 2024-03-14T09:30:00+01:00 Ferry stays 1"]);
    let by_address = html("2024/03/14/ferry");
    assert_eq!(
        shown("a.warc", &by_address),
        ["2024/03/14/ferry http://orlava.example/2024/03/14/ferry 2024-03-14 Ferry stays 1"]
    );
}

#[test]
fn bodies_of_every_coding() {
    let page = page("Ferry stays");
    let chunks: Vec<u8> = page
        .as_bytes()
        .chunks(50)
        .flat_map(|chunk| {
            [format!("{:x};x=y\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat()
        })
        .collect();
    let chunked = [chunks.as_slice(), b"0\r\n\r\n"].concat();
    let packed = gzipped(page.as_bytes());
    let packed_chunk =
        [format!("{:X}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(page.as_bytes()).unwrap();
    let zlib = zlib.finish().unwrap();
    let raw = &zlib[2..zlib.len() - 4];
    let zstd = ruzstd::encoding::compress_to_vec(
        page.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    for (headers, body) in [
        ("Transfer-Encoding: chunked\r\n", chunked.as_slice()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &packed_chunk),
        ("content-encoding: gzip\r\n", &packed),
        ("Content-Encoding: deflate\r\n", &zlib),
        ("Content-Encoding: deflate\r\n", raw),
        ("Content-Encoding: zstd\r\n", &zstd),
        ("Content-Encoding: identity\r\n", page.as_bytes()),
        // The program that wrote the archive undid what the headers say.
        ("Content-Encoding: gzip\r\n", page.as_bytes()),
        ("Content-Encoding: br\r\n", page.as_bytes()),
        ("Transfer-Encoding: chunked\r\n", page.as_bytes()),
        ("Transfer-Encoding: chunked\r\n", &chunks),
    ] {
        check(
            &response("1", &format!("Content-Type: text/html\r\n{headers}"), body),
            &[&article("1")],
        );
    }
    let cut = &packed[..packed.len() / 2];
    assert_eq!(
        shown(
            "a.warc",
            &response("1", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", cut)
        )
        .len(),
        1
    );
    check(
        &response(
            "1",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff",
        ),
        &["malformed 1"],
    );
}

/// The stream of `a page in brotli`, made by nobody but the letters of the format itself: one uncompressed block.
#[test]
fn brotli_is_undone() {
    let page = page("Ferry stays");
    let length = u32::try_from(page.len() - 1).unwrap();
    // A window of 16 bits; a block that is not the last, of four nibbles' length, uncompressed; the empty last block (RFC 7932, 9.2).
    let head = length << 4 | 1 << 20;
    let body = [&head.to_le_bytes()[..3], page.as_bytes(), &[3]].concat();
    check(
        &response("1", "Content-Type: text/html\r\nContent-Encoding: br\r\n", &body),
        &[&article("1")],
    );
}

/// B016: one gzip member for all records gives what one for each gives.
#[test]
fn format_of_compressed_archives() {
    let records = [html("1"), html("2"), html("3")];
    let each: Vec<u8> = records.iter().flat_map(|record| gzipped(record)).collect();
    let all = gzipped(&records.concat());
    let expected = shown("a.warc", &records.concat());
    assert_eq!(expected.len(), 3);
    assert_eq!(shown("a.warc.gz", &each), expected);
    assert_eq!(shown("a.warc.gz", &all), expected);
    // A damaged member costs its own record.
    let mut damaged = gzipped(&records[1]);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    damaged[middle + 1] ^= 0xff;
    let broken = [gzipped(&records[0]), damaged, gzipped(&records[2])].concat();
    let found = shown("a.warc.gz", &broken);
    assert_eq!(
        (found[0].as_str(), found.last().unwrap().as_str()),
        (expected[0].as_str(), expected[2].as_str())
    );
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].starts_with("malformed"), "{found:?}");
}

/// B017, U035: fewer or more blank lines between records than the standard asks, and line ends of one byte.
#[test]
fn format_of_separators() {
    for between in ["", "\r\n", "\r\n\r\n\r\n\r\n", "\n"] {
        let bytes: Vec<u8> = [html("1"), html("2")]
            .iter()
            .flat_map(|record| [record.trim_ascii_end(), between.as_bytes()].concat())
            .collect();
        check(&bytes, &[&article("1"), &article("2")]);
    }
    let text = String::from_utf8(record("warcinfo", "0", "", b"wget")).unwrap()
        + &String::from_utf8(html("1")).unwrap().replace(
            "WARC-Target-URI: http://orlava.example/1",
            "WARC-Target-URI: <http://orlava.example/1>",
        );
    check(text.as_bytes(), &[&article("1")]);
}

/// U034: garbage in place of an archive.
#[test]
fn format_of_garbage_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "hello").unwrap();
    let mut skips = Vec::new();
    read(
        &SourceFile { root_label: "r", path: "x.warc", file: &file },
        &Options::default(),
        &mut |item| {
            skips.push(item.unwrap_err());
            ControlFlow::Continue(())
        },
    );
    assert_eq!(skips.len(), 1);
    assert_eq!((skips[0].reason, skips[0].path.as_str()), (Reason::Malformed, "x.warc"));
    assert_eq!(skips[0].detail, "no record begins at byte 0");
}

#[test]
fn a_broken_record_is_one_skip() {
    let wrong = |length: &str| {
        let text = String::from_utf8(html("2")).unwrap();
        let (before, after) = text.split_once("Content-Length: ").unwrap();
        let (_, after) = after.split_once('\r').unwrap();
        format!("{before}Content-Length: {length}\r{after}").into_bytes()
    };
    let around = |middle: &[u8]| [html("1"), middle.to_vec(), html("3")].concat();
    check(
        &around(b"garbage\r\nof many\r\nlines\r\n\r\n"),
        &[&article("1"), "malformed 2", &article("3")],
    );
    check(&around(&wrong("x")), &[&article("1"), "malformed 2", &article("3")]);
    // Too short: the rest of the page is no record.
    let found = shown("a.warc", &around(&wrong("150")));
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!((found[2].as_str(), &found[3]), ("malformed 3", &article("3")));
    let whole = around(b"");
    check(&whole[..whole.len() - 60], &[&article("1"), "malformed 3"]);
    check(
        &[html("1"), b"WARC/1.0\r\nWARC-Type: resp".to_vec()].concat(),
        &[&article("1"), "malformed 2"],
    );
}

#[test]
fn archives_before_warc_are_read() {
    let body = format!("HTTP/1.1 200 OK\nContent-Type: text/html\n\n{}", page("Ferry stays"));
    let archive = format!(
        "filedesc://a.arc 0.0.0.0 20240315060000 text/plain 76\n1 0 Orlava\nURL IP-address Archive-date Content-type Archive-length\n\n       \n\nhttp://orlava.example/a b 10.0.0.1 20240315060000 text/html {}\n{body}\n",
        body.len()
    );
    assert_eq!(
        shown("a.arc", archive.as_bytes()),
        ["1 http://orlava.example/a b 2024-03-15T06:00:00Z Ferry stays 1!"]
    );
}
