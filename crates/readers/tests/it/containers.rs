//! Containers and compressed files: what lies in them is read as if it lay in the folder, whatever they are nested in, and bombs, locks and
//! damage cost no more than themselves.

use std::io::{Cursor, Write};

use dateline_readers::{Limits, Options};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

use super::read_content;

const NEWS: &str = "Ferry stays in port\n\nThe ferry stayed in port on Thursday.\n";

/// `format path part title` of articles, `reason path` of skips.
fn read(path: &str, content: &[u8], limits: Limits) -> Vec<String> {
    read_content(path, content, &Options { limits, ..Options::default() })
        .into_iter()
        .map(|item| match item {
            Ok(article) => {
                let title = article.title.unwrap_or_default();
                format!("{} {} {} {title}", article.format, article.path, article.part)
            }
            Err(skip) => format!("{} {}", skip.reason, skip.path),
        })
        .collect()
}

#[track_caller]
fn check(path: &str, content: &[u8], expected: &[&str]) {
    assert_eq!(read(path, content, Limits::default()), expected, "{path}");
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn locked(name: &str, content: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap();
    writer.start_file(name, options).unwrap();
    writer.write_all(content).unwrap();
    writer.start_file("open.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(NEWS.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// An archive in the old way, of names, kinds and contents.
fn tarred(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, kind, content) in members {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
        header[156] = *kind;
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend(header);
        bytes.extend(*content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.extend([0; 1024]);
    bytes
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// What Python's `bz2` makes of `NEWS`.
const BZIPPED: &[u8] = b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x38\x7f\xe1\x81\x00\x00\x06\xd7\x80\x00\x10\x40\x01\x01\x00\x04\x00\x27\x61\xde\x20\x20\x00\x50\xa6\x4c\x4c\x83\x23\x04\xa9\x94\x7a\x13\xd3\x49\xb5\x3d\x49\xe9\x63\xc9\x7b\xf6\x55\xae\x65\x98\xc6\x37\x8d\xeb\x30\x21\xce\x0b\x22\x0e\x53\x14\x3a\x30\x84\x10\xa5\x5b\xf1\x77\x24\x53\x85\x09\x03\x87\xfe\x18\x10";

fn xzipped(content: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

fn zstandard(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn members_have_paths_through_their_containers() {
    let news = NEWS.as_bytes();
    let title = "Ferry stays in port";
    check(
        "2024/leak.zip",
        &zipped(&[
            ("a/b.txt", news),
            ("c.jsonl", b"{\"id\":\"x\",\"title\":\"One\"}\n{\"title\":\"Two\"}\n"),
            ("__MACOSX/a/._b.txt", b"\0\x05\x16\x07"),
            ("d.bin", b"\x7fELF\x02\x01\x01\0"),
            ("e.txt", b""),
        ]),
        &[
            &format!("text 2024/leak.zip!/a/b.txt 1 {title}"),
            "jsonl 2024/leak.zip!/c.jsonl x One",
            "jsonl 2024/leak.zip!/c.jsonl 2 Two",
            "unknown-format 2024/leak.zip!/d.bin",
            "empty 2024/leak.zip!/e.txt",
        ],
    );
    let long = "folder/".repeat(30) + "a.txt";
    check(
        "a.tar",
        &tarred(&[
            ("a/", b'5', b""),
            ("a/b.txt", b'0', news),
            ("link.txt", b'2', b""),
            ("././@LongLink", b'L', format!("{long}\0").as_bytes()),
            ("cut", b'0', news),
        ]),
        &[&format!("text a.tar!/a/b.txt 1 {title}"), &format!("text a.tar!/{long} 1 {title}")],
    );
}

#[test]
fn compressed_files_are_what_they_hold() {
    let news = NEWS.as_bytes();
    for (name, content) in [
        ("a.txt.gz", gzipped(news)),
        ("a.txt.bz2", BZIPPED.to_vec()),
        ("a.txt.xz", xzipped(news)),
        ("a.txt.zst", zstandard(news)),
        ("named for nothing", zstandard(&gzipped(news))),
    ] {
        check(name, &content, &[&format!("text {name} 1 Ferry stays in port")]);
    }
    // Several pieces in one file are one text.
    let halves = NEWS.as_bytes().split_at(30);
    for (name, press) in [
        ("a.txt.gz", gzipped as fn(&[u8]) -> Vec<u8>),
        ("a.txt.xz", xzipped),
        ("a.txt.zst", zstandard),
    ] {
        let content = [press(halves.0), press(halves.1)].concat();
        check(name, &content, &[&format!("text {name} 1 Ferry stays in port")]);
    }
}

#[test]
fn containers_lie_in_containers() {
    let tar = tarred(&[("x/a.txt", b'0', NEWS.as_bytes())]);
    for (name, content) in
        [("a.tgz", gzipped(&tar)), ("a.tar.xz", xzipped(&tar)), ("a.tzst", zstandard(&tar))]
    {
        check(name, &content, &[&format!("text {name}!/x/a.txt 1 Ferry stays in port")]);
    }
    let inner = zipped(&[("b.txt.gz", &gzipped(NEWS.as_bytes()))]);
    let outer = zipped(&[("in/a.zip", &inner), ("x.tar.gz", &gzipped(&tar))]);
    check(
        "o.zip",
        &outer,
        &[
            "text o.zip!/in/a.zip!/b.txt.gz 1 Ferry stays in port",
            "text o.zip!/x.tar.gz!/x/a.txt 1 Ferry stays in port",
        ],
    );
}

#[test]
fn no_member_leads_out_and_none_hides_another() {
    let news = NEWS.as_bytes();
    let found = read(
        "a.tar",
        &tarred(&[
            ("../../etc/passwd.txt", b'0', news),
            ("/etc/passwd.txt", b'0', news),
            ("x/../etc/passwd.txt", b'0', news),
            ("..", b'0', news),
        ]),
        Limits::default(),
    );
    let paths: Vec<_> = found.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(
        paths,
        ["a.tar!/etc/passwd.txt", "a.tar!/etc/passwd.txt#2", "a.tar!/x/etc/passwd.txt", "a.tar!/4"]
    );
}

#[test]
fn a_locked_member_is_told_and_the_others_are_read() {
    check(
        "a.zip",
        &locked("secret.txt", NEWS.as_bytes()),
        &["encrypted a.zip!/secret.txt", "text a.zip!/open.txt 1 Ferry stays in port"],
    );
}

#[test]
fn office_documents_are_no_archives_of_articles() {
    let parts = [("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", b"<w:p/>")];
    for item in read("a.bin", &zipped(&parts), Limits::default()) {
        assert!(!item.contains("!/"), "{item}");
    }
}

#[test]
fn bombs_are_refused_at_little_cost() {
    let start = std::time::Instant::now();
    let bomb = gzipped(&vec![b'x'; 80 << 20]);
    check("a.gz", &bomb, &["over-limit a.gz"]);
    let mut line = b"{\"title\":\"".to_vec();
    line.resize(80 << 20, b'x');
    check("a.jsonl.gz", &gzipped(&line), &["over-limit a.jsonl.gz"]);
    let members: Vec<(String, Vec<u8>)> =
        (0..9).map(|number| (format!("{number}.txt"), vec![b'x'; 9 << 20])).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let found = read("a.zip", &zipped(&members), Limits::default());
    assert_eq!(found.len(), 9, "{found:?}");
    assert_eq!(found[7..], ["over-limit a.zip!/7.txt", "over-limit a.zip"]);

    let mut nested = zipped(&[("a.txt", NEWS.as_bytes())]);
    for _ in 0..20 {
        nested = zipped(&[("a.zip", &nested)]);
    }
    let found = read("a.zip", &nested, Limits::default());
    assert!(matches!(found.as_slice(), [skip] if skip.starts_with("over-limit")), "{found:?}");

    let limits = Limits { members: 3, ..Limits::default() };
    let many: Vec<_> = (0..9).map(|_| ("a.txt", b'0', NEWS.as_bytes())).collect();
    let found = read("a.tar", &tarred(&many), limits);
    assert_eq!(found.len(), 4);
    assert_eq!(found[3], "over-limit a.tar");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn damage_costs_what_it_touches() {
    let news = NEWS.as_bytes();
    let title = "Ferry stays in port";
    let zip = zipped(&[("a.txt", news), ("b.txt", news), ("c.txt", news)]);
    check(
        "cut.zip",
        &zip[..zip.len() - 40],
        &[
            &format!("text cut.zip!/a.txt 1 {title}"),
            &format!("text cut.zip!/b.txt 1 {title}"),
            &format!("text cut.zip!/c.txt 1 {title}"),
            "malformed cut.zip",
        ],
    );
    let mut broken = zip.clone();
    broken[50] ^= 0xff;
    let found = read("a.zip", &broken, Limits::default());
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0], "malformed a.zip!/a.txt");

    let mut tar = tarred(&[("a.txt", b'0', news), ("b.txt", b'0', news), ("c.txt", b'0', news)]);
    tar[1024] ^= 0xff;
    check(
        "a.tar",
        &tar,
        &[
            &format!("text a.tar!/a.txt 1 {title}"),
            "malformed a.tar",
            &format!("text a.tar!/c.txt 1 {title}"),
        ],
    );
    check(
        "a.tar",
        &tarred(&[("a.txt", b'0', news)])[..530],
        &["text a.tar!/a.txt 1 ", "malformed a.tar"],
    );

    let lines = "{\"title\":\"Ferry\"}\n".repeat(4000);
    for (name, content) in [
        ("a.jsonl.gz", gzipped(lines.as_bytes())),
        ("a.jsonl.xz", xzipped(lines.as_bytes())),
        ("a.jsonl.zst", zstandard(lines.as_bytes())),
    ] {
        let cut = &content[..content.len() - 5];
        let found = read(name, cut, Limits::default());
        let last = found.last().unwrap();
        assert_eq!(last, &format!("malformed {name}"), "{name} gives {}", found.len());
    }
}
