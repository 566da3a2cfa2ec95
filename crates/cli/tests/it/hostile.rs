//! A corpus made to hurt, indexed by the real program: it ends in time and in memory, and every file is indexed or counted with its reason.
//! `DATELINE_SLOW=1` makes the worst of it as large as issue trackers tell of: ten million tags, a word of a gigabyte.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

use crate::{Desk, json_lines};

/// Longest that the whole corpus may take, with an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(400);
/// What the run is told to take, in megabytes, and what it may take at most.
const MEMORY: &str = "512MB";
const MOST_BYTES: u64 = 1_200 << 20;

#[allow(clippy::disallowed_methods, reason = "the test, not the program, is told to be slow")]
fn is_slow() -> bool {
    std::env::var_os("DATELINE_SLOW").is_some()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A member of a tar archive: `kind` is `0` for a file, `2` for a link, `3` for a device.
fn tar_member(name: &str, kind: u8, target: &str, content: &[u8]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    let mut put =
        |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000644\0");
    put(124, &format!("{:011o}\0", content.len()));
    put(136, "00000000000\0");
    put(148, "        ");
    put(157, target);
    put(257, "ustar\0");
    put(263, "00");
    header[156] = kind;
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let blank = content.len().next_multiple_of(512) - content.len();
    [header, content.to_vec(), vec![0; blank]].concat()
}

/// A PDF of these objects, numbered from 1, whose table is left to the reader to make.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        writeln!(bytes, "{number} 0 obj {object} endobj").unwrap();
    }
    write!(
        bytes,
        "trailer <</Size {}/Root 1 0 R/Prev 0>>\nstartxref\n9\n%%EOF\n",
        objects.len() + 1
    )
    .unwrap();
    bytes
}

fn laughs() -> String {
    let level = |level: usize| {
        let inner = format!("&a{};", level - 1).repeat(10);
        format!("<!ENTITY a{level} \"{inner}\">")
    };
    std::iter::once("<!ENTITY a0 \"lol\">".to_owned()).chain((1..10).map(level)).collect()
}

/// Files by name; what is not regular is added by the test.
fn files(secret: &str) -> Vec<(String, Vec<u8>)> {
    let story = b"Title: Harbour reopens\n\nThe harbour of Odesa is open again, the port said.\n";
    let mut nested = zipped(&[("story.txt", story)]);
    for level in 0..40 {
        nested = zipped(&[(&format!("level{level}.zip"), &nested)]);
    }
    let tar = [
        tar_member("../../escaped.txt", b'0', "", story),
        tar_member("/absolute.txt", b'0', "", story),
        tar_member("passwd.txt", b'2', "/etc/passwd", b""),
        tar_member("loop.txt", b'2', "loop.txt", b""),
        tar_member("null.txt", b'3', "", b""),
        tar_member("fine.txt", b'0', "", story),
        vec![0; 1024],
    ]
    .concat();
    let tags = if is_slow() { 10_000_000 } else { 200_000 };
    let word_bytes = if is_slow() { 1_000_000_000 } else { 64_000_000 };
    let doctype = |root: &str| {
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE {root} [{}<!ENTITY f SYSTEM \"file://{secret}\">]>",
            laughs()
        )
    };
    let text = |text: String| text.into_bytes();
    [
        ("bomb.zip", zipped(&[("a.txt", &vec![b'0'; 80 << 20])])),
        ("bomb.docx", zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &vec![b'x'; 80 << 20])])),
        ("matryoshka.zip", nested),
        ("climbs.tar", tar),
        ("climbs.zip", zipped(&[("../../escaped.txt", story), ("/absolute.txt", story)])),
        ("laughs.rss", text(format!("{}<rss><channel><item><title>&a9;</title><description>&a9; &f;</description></item></channel></rss>", doctype("rss")))),
        ("entity.nitf", text(format!("{}<nitf><head><title>Ferry &f;</title></head><body><body.content><p>Ferry &f; &a9; sails.</p></body.content></body></nitf>", doctype("nitf")))),
        ("deep.html", text(format!("<!DOCTYPE html><body>{}<p>Kestrel</p>", "<div>".repeat(tags)))),
        ("deep.xml", text(format!("<nitf><body><body.content>{}Kestrel", "<p>".repeat(tags)))),
        ("deep.json", text("[".repeat(1_000_000))),
        ("deeper.json", text(format!("{{\"title\":\"x\",\"text\":{}", "{\"a\":".repeat(200_000)))),
        ("deep.eml", text(format!("From: a@x.example\nSubject: Ferry\nContent-Type: multipart/mixed; boundary=b\n{}", "\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n".repeat(20_000)))),
        ("word.txt", text(format!("Ferry\n\nBefore {} behind.\n", "x".repeat(word_bytes)))),
        ("words.txt", text(format!("Ferry\n\nBefore {} behind.\n", "x".repeat(70_000)))),
        ("loop.pdf", pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 3 0 R]>>", "<</Type/Pages/Parent 2 0 R/Count 9/Kids[2 0 R]>>"])),
        ("streams.pdf", pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 3 0 R/Contents 4 0 R/Resources 3 0 R>>", "<</Length 4 0 R/Filter[/FlateDecode/FlateDecode]>>stream\nx\nendstream"])),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj <</Type/ObjStm/N 999999999/First 1>>stream\n".to_vec()),
        ("empty.txt", Vec::new()),
        ("nothing.bin", vec![0; 100_000]),
        ("-rf --label x.txt", story.to_vec()),
    ]
    .into_iter()
    .map(|(name, content)| (name.to_owned(), content))
    .collect()
}

/// Runs the command and follows its peak of memory, in bytes.
fn followed(command: &mut Command) -> (std::process::Output, Duration, u64) {
    let begun = Instant::now();
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() * 1024);
        assert!(begun.elapsed() < LONGEST, "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    (child.wait_with_output().unwrap(), begun.elapsed(), peak)
}

/// Adds what is no regular file, may not be read, or has an odd name; what it returns keeps the socket.
fn put_odd_files(desk: &Desk, secret: &Path, expected: &mut BTreeSet<String>) -> UnixListener {
    let at = |name: &str| desk.path("news").join(name);
    // What cannot be made here (a device needs rights) is left out.
    for (program, arguments, name) in
        [("mkfifo", &[][..], "pipe.txt"), ("mknod", &["c", "1", "5"], "zero.txt")]
    {
        let made = Command::new(program).arg(at(name)).args(arguments).output();
        if made.is_ok_and(|made| made.status.success()) {
            expected.insert(name.to_owned());
        }
    }
    let socket = UnixListener::bind(at("socket.txt")).unwrap();
    expected.insert("socket.txt".to_owned());
    fs::write(at("locked.txt"), "Locked\n\nThe ferry sails.").unwrap();
    fs::set_permissions(at("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    expected.insert("locked.txt".to_owned());
    fs::write(
        desk.path("news").join(OsStr::from_bytes(b"odd\xff\xfe.txt")),
        "Odd\n\nThe ferry sails.",
    )
    .unwrap();
    expected.insert("odd�FF�FE.txt".to_owned());
    symlink("/etc", at("etc")).unwrap();
    symlink("/etc/passwd", at("passwd.txt")).unwrap();
    symlink(secret, at("secret.txt")).unwrap();
    symlink(desk.path("news"), at("loop")).unwrap();
    symlink("self.txt", at("self.txt")).unwrap();
    socket
}

#[test]
fn a_hostile_corpus_ends_and_every_file_is_accounted_for() {
    let desk = Desk::small();
    fs::write(desk.path("secret.txt"), "Quillon secret\n\nNobody may read this Quillon.\n")
        .unwrap();
    let secret = desk.path("secret.txt");
    let mut expected = BTreeSet::new();
    for (name, content) in files(secret.to_str().unwrap()) {
        fs::write(desk.path("news").join(&name), content).unwrap();
        expected.insert(name);
    }
    let _socket = put_odd_files(&desk, &secret, &mut expected);

    let arguments = [
        "index",
        "news",
        "--format",
        "json",
        "--memory",
        MEMORY,
        "--threads",
        "2",
        "--errors",
        "errors.jsonl",
    ];
    let (output, took, peak) = followed(&mut desk.command(&arguments));
    let notes = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{notes}");
    let done = json_lines(&String::from_utf8(output.stdout.clone()).unwrap()).remove(0);
    assert_eq!(done["links"], 5, "{done}");
    assert!(took < LONGEST, "{took:?}");
    assert!(peak > 0 && peak < MOST_BYTES, "{} MB", peak >> 20);

    let skips = json_lines(&fs::read_to_string(desk.path("errors.jsonl")).unwrap());
    let hits = json_lines(
        &desk.stdout(0, &["search", "*", "--all-copies", "--format", "json", "-n", "100000"]),
    );
    let of_file = |value: &serde_json::Value| {
        value["path"].as_str().unwrap().split('!').next().unwrap().to_owned()
    };
    let accounted: BTreeSet<String> = skips.iter().chain(&hits).map(of_file).collect();
    let unaccounted: Vec<&String> = expected
        .iter()
        .filter(|name| !accounted.iter().any(|path| path.starts_with(*name)))
        .collect();
    assert!(unaccounted.is_empty(), "{unaccounted:?} of {accounted:?}");
    let reasons: BTreeSet<&str> = skips.iter().filter_map(|skip| skip["reason"].as_str()).collect();
    assert!(!reasons.contains("panic"), "{skips:?}");
    let reason = |name: &str| {
        let skip = skips.iter().find(|skip| of_file(skip).starts_with(name));
        skip.map(|skip| skip["reason"].as_str().unwrap().to_owned())
    };
    for (name, expected) in [
        ("bomb.zip", "over-limit"),
        ("bomb.docx", "over-limit"),
        ("matryoshka.zip", "over-limit"),
        ("deep.json", "malformed"),
        ("empty.txt", "empty"),
        ("socket.txt", "unreadable"),
    ] {
        assert_eq!(reason(name).as_deref(), Some(expected), "{name}: {skips:?}");
    }
    // The neighbours are there, and nothing of what lies outside.
    for (query, code) in [
        ("\"ferry stays in port\"", 0),
        ("bridge hamburg", 0),
        ("quillon", 1),
        ("root x 0 0 bash", 1),
        ("lol", 1),
    ] {
        let output = desk.run(&["search", query, "--strict", "--count"]);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{query}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
    for name in ["escaped.txt", "../escaped.txt", "news/../../escaped.txt"] {
        assert!(!desk.path(name).exists(), "{name}");
    }
    assert!(!std::path::Path::new("/absolute.txt").exists());
    desk.stdout(0, &["verify"]);

    // Again, with all that was skipped in mind: nothing is read a second time.
    let begun = Instant::now();
    let again =
        json_lines(&desk.stdout(0, &["index", "news", "--format", "json", "--memory", MEMORY]));
    assert_eq!(
        (&again[0]["added"], &again[0]["changed"], &again[0]["removed"]),
        (&0.into(), &0.into(), &0.into()),
        "{again:?}"
    );
    assert!(begun.elapsed() < LONGEST / 4, "{:?}", begun.elapsed());
    println!("{} files, {} skips, {took:?}, {} MB", expected.len(), skips.len(), peak >> 20);
}

/// Queries that would keep a naive engine busy, at the command line.
#[test]
fn queries_that_would_never_end_do() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    for query in [
        "/(a+)+$/",
        "/.*.*.*.*x/",
        &"*a".repeat(500),
        &"*".repeat(10_000),
        &"(".repeat(50_000),
        &"ferry~2 ".repeat(2_000),
    ] {
        let (output, took, peak) = followed(&mut desk.command(&["search", query]));
        assert!(matches!(output.status.code(), Some(0..=2)), "{output:?}");
        assert!(took < Duration::from_secs(10) && peak < 400 << 20, "{took:?}, {} MB", peak >> 20);
        assert!(
            !String::from_utf8_lossy(&output.stderr).contains("fault of dateline"),
            "{output:?}"
        );
    }
}
