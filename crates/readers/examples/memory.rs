//! How much memory a large file takes to read: `memory [--mib N] [FORMAT…]` makes a file of each format in a temporary folder, reads it in a process of its
//! own, removes it, and prints a row of peak memory and speed for the table in `docs/formats.md`.
//!
//! The peak is what Linux says of the process (`VmHWM`). Articles are made of invented words, about 2.5 KB each; in `jsonl-short` 200 bytes.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use dateline_readers::{Options, SourceFile, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What is made: the file's name, and the records in it.
const FILES: &[(&str, &str, Records)] = &[
    ("mbox", "news.mbox", Records::Messages),
    ("csv", "news.csv", Records::Rows),
    ("jsonl", "news.jsonl", Records::Objects),
    ("jsonl-short", "short.jsonl", Records::ShortObjects),
    ("json", "news.json", Records::Array),
    ("warc", "news.warc", Records::Responses),
    ("trec", "news.trec", Records::Documents),
    ("rss", "news.rss", Records::Items),
    ("warc-gz", "news.warc.gz", Records::Responses),
    ("jsonl-gz", "news.jsonl.gz", Records::Objects),
    ("mbox-zip", "mbox.zip", Records::Messages),
    ("jsonl-zip", "jsonl.zip", Records::Objects),
];

#[derive(Clone, Copy)]
enum Records {
    Messages,
    Rows,
    Objects,
    ShortObjects,
    Array,
    Responses,
    Documents,
    Items,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut mib = 2048;
    let mut wanted = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--read" => return read_one(Path::new(&arguments.next().ok_or("which file?")?)),
            "--mib" => mib = arguments.next().ok_or("how many MiB?")?.parse()?,
            _ => wanted.push(argument),
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "| file | MiB | articles | skipped | seconds | MB/s | peak RSS |")?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|--:|")?;
    for (name, file, records) in FILES {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(file);
        make(&path, *records, mib << 20)?;
        let output = Command::new(std::env::current_exe()?).arg("--read").arg(&path).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let size = fs::metadata(&path)?.len() >> 20;
        writeln!(
            out,
            "| `{name}`, {size} MiB on the disk | {mib} | {} |",
            text.trim().replace(' ', " | ")
        )?;
        out.flush()?;
    }
    Ok(())
}

/// Reads a file and prints articles, skips, seconds, MB/s of `MIB` and the peak.
fn read_one(file: &Path) -> Result<(), Box<dyn Error>> {
    let path = file.file_name().and_then(|name| name.to_str()).ok_or("a name of UTF-8")?;
    let begun = Instant::now();
    let (mut articles, mut skips, mut bytes) = (0_u64, 0_u64, 0_usize);
    let source = SourceFile { root_label: "memory", path, file };
    read(&source, &Options::default(), &mut |item| {
        match item {
            Ok(article) => {
                articles += 1;
                bytes += article.paragraphs.iter().map(String::len).sum::<usize>();
            }
            Err(skip) => {
                skips += 1;
                if skips == 1 {
                    let _ = writeln!(io::stderr(), "{}: {}", skip.reason, skip.detail);
                }
            }
        }
        ControlFlow::Continue(())
    });
    let seconds = begun.elapsed().as_secs_f64();
    let speed = bytes as f64 / seconds / 1e6;
    let peak =
        peak().map_or_else(|| "?".to_owned(), |kib| format!("{}_MB", kib * 1024 / 1_000_000));
    writeln!(io::stdout(), "{articles} {skips} {seconds:.1} {speed:.0} {peak}")?;
    Ok(())
}

/// The most memory that this process held, in KiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Makes a file of `bytes` of records, packed as its name says.
fn make(path: &Path, records: Records, bytes: u64) -> Result<(), Box<dyn Error>> {
    let file = BufWriter::new(File::create(path)?);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => {
            let mut packed = GzEncoder::new(file, Compression::fast());
            write(&mut packed, records, bytes)?;
            packed.finish()?.flush()?;
        }
        Some("zip") => {
            let mut archive = ZipWriter::new(file);
            let options = SimpleFileOptions::default().large_file(true).compression_level(Some(1));
            archive.start_file("folder/news", options)?;
            write(&mut archive, records, bytes)?;
            archive.finish()?.flush()?;
        }
        _ => {
            let mut file = file;
            write(&mut file, records, bytes)?;
            file.flush()?;
        }
    }
    Ok(())
}

fn write(out: &mut dyn Write, records: Records, bytes: u64) -> io::Result<()> {
    let mut words = Words(0x1987_0226);
    let mut written = 0;
    let opening = match records {
        Records::Array => "[\n",
        Records::Rows => "title,date,author,text\n",
        Records::Items => "<rss version=\"2.0\"><channel><title>Wire</title>\n",
        _ => "",
    };
    out.write_all(opening.as_bytes())?;
    for number in 1_u64.. {
        let record = record(records, number, &mut words);
        out.write_all(record.as_bytes())?;
        written += record.len() as u64;
        if written >= bytes {
            break;
        }
    }
    let ending = match records {
        Records::Array => "{\"title\":\"The last\"}]\n",
        Records::Items => "</channel></rss>\n",
        _ => "",
    };
    out.write_all(ending.as_bytes())
}

fn record(records: Records, number: u64, words: &mut Words) -> String {
    let title = words.sentence(6);
    let mut paragraphs =
        |join: &str| (0..4).map(|_| words.sentence(85)).collect::<Vec<_>>().join(join);
    match records {
        Records::Messages => format!(
            "From wire@x.example Thu Mar 14 09:30:00 2024\nMessage-ID: <{number}@x.example>\nFrom: Wire <wire@x.example>\nDate: Thu, 14 Mar 2024 09:30:00 +0100\nSubject: {title}\n\n{}\n\n",
            paragraphs("\n\n")
        ),
        Records::Rows => format!("{title},2024-03-14,A. Writer,\"{}\"\n", paragraphs("\n\n")),
        Records::Objects => format!(
            "{{\"id\":\"w{number}\",\"title\":\"{title}\",\"date\":\"2024-03-14\",\"text\":\"{}\"}}\n",
            paragraphs("\\n\\n")
        ),
        Records::Array => format!(
            "{{\"id\":\"w{number}\",\"title\":\"{title}\",\"date\":\"2024-03-14\",\"text\":\"{}\"}},\n",
            paragraphs("\\n\\n")
        ),
        Records::ShortObjects => format!(
            "{{\"title\":\"{title}\",\"date\":\"2024-03-14\",\"text\":\"{}\"}}\n",
            words.sentence(18)
        ),
        Records::Responses => {
            let body = format!(
                "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{}</p></article></body></html>",
                paragraphs("</p><p>")
            );
            let reply = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
            format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:w:{number}>\r\nWARC-Target-URI: http://x.example/{number}\r\nWARC-Date: 2024-03-14T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{reply}\r\n\r\n",
                reply.len()
            )
        }
        Records::Documents => format!(
            "<DOC>\n<DOCNO> W-{number} </DOCNO>\n<HEADLINE>{title}</HEADLINE>\n<TEXT>\n<P>{}</P>\n</TEXT>\n</DOC>\n",
            paragraphs("</P>\n<P>")
        ),
        Records::Items => format!(
            "<item><guid>w{number}</guid><title>{title}</title><pubDate>Thu, 14 Mar 2024 09:30:00 GMT</pubDate><description>{}</description></item>\n",
            paragraphs("&lt;p&gt;")
        ),
    }
}

/// Words without meaning, by the generator of Marsaglia (xorshift).
struct Words(u64);

const SYLLABLES: &[&str] = &[
    "ba", "ren", "do", "mi", "sta", "lu", "ker", "ta", "vo", "nel", "ri", "gus", "pe", "dan", "so",
    "wi",
];

impl Words {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn sentence(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let mut random = self.next();
            if !text.is_empty() {
                text.push(' ');
            }
            for _ in 0..=random % 3 {
                random /= 16;
                let index = usize::try_from(random % 16).unwrap_or_default();
                text.push_str(SYLLABLES.get(index).copied().unwrap_or_default());
            }
        }
        text.push('.');
        text
    }
}
