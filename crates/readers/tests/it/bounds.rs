//! Bounds that no file passes, whatever its format: its time, its size, its depth. Cases that brought other programs down are named after their kind.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use dateline_readers::{Limits, Options, Reason};
use zip::write::SimpleFileOptions;

use super::hostile::seeds_by_format;
use super::{read_all, read_content};

/// Reasons of what is skipped, titles of what is read.
fn outcomes(path: &str, content: &[u8], limits: Limits) -> Vec<String> {
    let items = read_content(path, content, &Options { limits, ..Options::default() });
    let shown = items.into_iter().map(|item| match item {
        Ok(article) => article.title.unwrap_or_default(),
        Err(skip) => skip.reason.as_str().to_owned(),
    });
    shown.collect()
}

#[test]
fn a_file_that_has_had_its_time_is_a_timeout() {
    let limits = Limits { file_seconds: 0, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    for path in seeds_by_format().values().flatten() {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        let items = read_all(path, name, &options);
        let reasons: Vec<Reason> = items.into_iter().map(|item| item.unwrap_err().reason).collect();
        assert_eq!(reasons, [Reason::Timeout], "{}", path.display());
    }
}

/// U070, B067: nesting that makes parsers quadratic, or overflows the stack of a thread.
#[test]
fn deep_nesting_costs_neither_stack_nor_time() {
    for piece in ["<div>", "<ul><li>", "<dl><dd>", "<a@b>", "<b><p>", "<table><tr><td>"] {
        let page = format!("<!DOCTYPE html><body>{}<p>Kestrel</p>", piece.repeat(100_000));
        let begun = Instant::now();
        // Threads have 2 MiB unless they say otherwise; tests run on such.
        let outcomes = outcomes("a.html", page.as_bytes(), Limits::default());
        assert_eq!(outcomes.len(), 1, "{piece}: {outcomes:?}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{piece}: {:?}", begun.elapsed());
    }
}

/// U112, B116: one file of gigabytes, which would have to be in memory whole. It takes no room: behind its beginning it is a hole.
#[test]
fn a_text_of_gigabytes_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all("The ferry stayed in port on Thursday.\n".repeat(2000).as_bytes()).unwrap();
    file.set_len(3 << 30).unwrap();
    let begun = Instant::now();
    let items = read_all(&path, "a.txt", &Options::default());
    let reasons: Vec<Reason> = items.into_iter().map(|item| item.unwrap_err().reason).collect();
    assert_eq!(reasons, [Reason::OverLimit]);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

/// U110: a word longer than engines hold.
#[test]
fn a_word_of_seventy_thousand_letters_stays_a_word() {
    let text = format!("Ferry stays\n\nBefore {} behind.\n", "x".repeat(70_000));
    assert_eq!(outcomes("a.txt", text.as_bytes(), Limits::default()), ["Ferry stays"]);
}

/// U116: long runs of one sign where dates are looked for.
#[test]
fn runs_of_signs_are_no_dates_and_cost_nothing() {
    for sign in ["?", "1", "/", "-", "14 ", "March ", ".", ":", "2024-", "д"] {
        let text = format!("Date: {0}x\nTitle: Ferry\n\n{0}x\n", sign.repeat(100_000));
        let begun = Instant::now();
        assert_eq!(outcomes("a.txt", text.as_bytes(), Limits::default()).len(), 1, "{sign}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{sign}: {:?}", begun.elapsed());
    }
}

/// A Word document whose main part is this.
fn docx(main: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", main)]
    {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// U065: a small office file that unpacks to far more.
#[test]
fn an_office_file_unpacks_to_no_more_than_is_allowed() {
    let limits = Limits { file_bytes: 1 << 20, ..Limits::default() };
    let bomb = docx(&vec![b'x'; 3 << 20]);
    assert!(bomb.len() < 10_000);
    assert_eq!(outcomes("a.docx", &bomb, limits), ["over-limit"]);
}

/// U067, B098: what a document type declares is neither fetched nor expanded.
#[test]
fn entities_of_a_document_type_stay_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.txt");
    std::fs::write(&secret, "Quillon").unwrap();
    let mut declared = String::from("<!ENTITY a0 \"lol\">");
    for level in 1..10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        write!(declared, "<!ENTITY a{level} \"{inner}\">").unwrap();
    }
    let main = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [{declared}<!ENTITY f SYSTEM \"file://{}\">]><w:document><w:body><w:p><w:r><w:t>Ferry &f; &a9; stays in port.</w:t></w:r></w:p></w:body></w:document>",
        secret.display()
    );
    for (path, content) in [
        ("a.docx", docx(main.as_bytes())),
        ("a.xml", main.replace("w:document", "nitf").replace("w:p", "p").into_bytes()),
    ] {
        for item in read_content(path, &content, &Options::default()) {
            let Ok(article) = item else { continue };
            let text = format!("{:?} {}", article.title, article.text());
            assert!(!text.contains("Quillon") && !text.contains("lol"), "{path}: {text}");
            assert!(text.len() < 10_000, "{path}");
        }
    }
}
