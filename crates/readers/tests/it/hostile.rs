//! Hostile files: every seed is cut, flipped, spliced and repeated with a fixed random seed. Whatever comes of it, the readers end in time and
//! without a panic, and what they give is sound. Formats come from the registry: one without a seed fails here.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline_readers::{Confidence, Options, Reason, Sample, formats};

use super::{read_all, repository};

/// Longest that one file may take, with an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

/// Seeds mutated of each format, and mutants of each seed.
const SEEDS: usize = 3;
const MUTANTS: usize = 30;

#[test]
fn mutants_of_every_format_are_read_or_refused() {
    let seeds = seeds_by_format();
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(0x1987_0226);
    let all: Vec<Vec<u8>> =
        seeds.values().flatten().map(|path| std::fs::read(path).unwrap()).collect();
    for format in formats() {
        let known = seeds.get(format.name());
        let known =
            known.unwrap_or_else(|| panic!("no file in seeds/ is read as {}", format.name()));
        for path in known {
            let seed = std::fs::read(path).unwrap();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap();
            for number in 0..MUTANTS {
                let mutant = mutate(&seed, &all, &mut random);
                let file = folder.path().join("mutant");
                std::fs::write(&file, &mutant).unwrap();
                inspect(&file, name, &format!("mutant {number} of {}", path.display()));
            }
        }
    }
}

/// What is repeated without end, by the name of a file of its format.
const GROWING: &[(&str, &str)] = &[
    ("a.txt", "\n"),
    ("a.txt", "a\n\n"),
    ("a.txt", "Title: x\n"),
    ("a.txt", "A, "),
    ("a.txt", "- "),
    ("a.txt", "KYIV "),
    ("a.txt", "&"),
    ("a.txt", "(AP) — "),
    ("a.md", "["),
    ("a.md", "]("),
    ("a.md", "*a_"),
    ("a.md", "![](<"),
    ("a.md", "> - "),
    ("a.md", "<a "),
    ("a.md", "[^"),
    ("a.md", "`"),
    ("a.md", "|a|\n"),
    ("a.md", "---\na: b\n"),
    ("a.html", "<div>"),
    ("a.html", "<p><b a=b>"),
    ("a.html", "<a "),
    ("a.html", "</p>"),
    ("a.html", "<!--"),
    ("a.html", "<table>x"),
    ("a.html", "<x y=\""),
    ("a.html", "<svg>"),
    ("a.html", "<p>a, b</p>"),
    ("a.html", "<time>2024</time>"),
    ("a.html", "<h1>a</h1>"),
    ("a.html", "<meta name=author content='a, b'>"),
    ("a.html", "&amp;"),
    ("a.html", "<li><ul>"),
    ("a.eml", "A: b\n"),
    ("a.eml", " x\n"),
    ("a.eml", "=?utf-8?Q?"),
    ("a.eml", "=?utf-8?Q?a?= "),
    ("a.eml", "<a@b>, "),
    ("a.eml", "(("),
    ("a.eml", "\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"),
    ("a.eml", "\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n"),
    ("a.mbox", "From a@x Thu Mar 14 09:30:00 2024\n"),
    ("a.mbox", "From a@x Thu Mar 14 09:30:00 2024\nContent-Length: 999999999\n\nx\n"),
    ("a.warc", "WARC/1.0\r\n"),
    ("a.warc", "WARC/1.0\r\n\r\n"),
    ("a.warc", "WARC/1.0\r\nContent-Length: 0\r\n\r\n"),
    ("a.warc", "http://x.example 1.1.1.1 20240314093000 text/html 0\n"),
    ("a.warc", "a: b\r\n"),
    ("a.json", "["),
    ("a.json", "{\"a\":"),
    ("a.json", "\""),
    ("a.json", "{}"),
    ("a.jsonl", "{\"\n"),
    ("a.jsonl", "{}\n"),
    ("a.csv", "\""),
    ("a.csv", "\"\n"),
    ("a.csv", "a,\"b\n"),
    ("a.csv", ",;\t|"),
    ("a.csv", "\\\""),
    ("nexis.txt", "1 of 2 DOCUMENTS\n"),
    ("nexis.txt", "LENGTH: 1\n\n"),
    ("nexis.txt", "March 14, 2022\n\n"),
    ("nexis.html", "<DOCFULL>"),
    ("nexis.html", "<DIV>a</DIV>"),
    ("factiva.txt", "HD  x\n"),
    ("factiva.txt", "Document ORLPO00020220314ei3e0001x\n"),
    ("factiva.txt", "12 words\n14 March 2022\n"),
    ("factiva.html", "class=\"article "),
    ("factiva.xml", "<ppsarticle>"),
    ("factiva.xml", "<a>"),
    ("factiva.xml", "<hlt>x</hlt>"),
    ("a.trec", "<DOC>"),
    ("a.trec", "<TEXT>"),
    ("a.trec", "<HEADLINE></HEADLINE>"),
    ("a.trec", "</"),
    ("a.trec", "1-"),
    ("europresse.html", "<article>"),
    ("europresse.html", "<p class=\"DocHeader\">"),
    ("europresse.html", "<p class=\"DocHeader\">a</p>"),
    ("a.iptc", "\x01"),
    ("a.iptc", "a =\n"),
    ("a.iptc", "\x01bsw063 4 i 1\n\x02a\x03\x04"),
    ("a.anpa", "^By A=\n"),
    ("a.anpa", "\t\n"),
    ("a.rtf", "{"),
    ("a.rtf", "\\par "),
    ("a.rtf", "\\u9?"),
    ("a.rtf", "{\\f1 a}"),
    ("a.rtf", "{\\info{\\title a}}"),
    ("a.sgm", "<REUTERS"),
    ("a.sgm", "<REUTERS NEWID=\"1\">"),
    ("a.sgm", "<D>x</D>"),
    ("a.nitf", "<p>"),
    ("a.nitf", "<p>a</p>"),
    ("a.nitf", "<p/>"),
    ("a.nitf", "</p>"),
    ("a.nitf", "<a b='c' "),
    ("a.nitf", "&a;"),
    ("a.nitf", "<![CDATA["),
    ("a.nitf", "<nitf>"),
    ("a.nitf", "< "),
    ("a.nitf", "<!--"),
    ("a.nitf", "<?x ?>"),
    ("a.g2", "<newsItem guid='x'>"),
    ("a.g2", "<newsItem/>"),
    ("a.newsml", "<NewsComponent>"),
    (
        "a.newsml",
        "<NewsComponent><NewsLines><HeadLine/></NewsLines><ContentItem><DataContent>a</DataContent></ContentItem></NewsComponent>",
    ),
    ("a.newsml", "<NewsItem/>"),
    ("a.alto", "<TextBlock ID='a'>"),
    ("a.alto", "<TextBlock ID='a' IDNEXT='a'/>"),
    ("a.alto", "<TextLine><String CONTENT='a'/></TextLine>"),
    ("a.mets", "<div TYPE='ISSUE' DMDID='a'/>"),
    ("a.mets", "<div TYPE='ARTICLE' ID='a'><fptr><area FILEID='a' BEGIN='b'/></fptr></div>"),
    ("a.mets", "<div>"),
    ("a.rss", "<item>"),
    ("a.rss", "<item/>"),
    ("a.rss", "<item><title>a</title></item>"),
    ("a.rss", "<title xmlns:a='b'>"),
    ("a.atom", "<entry>"),
    ("a.atom", "<link href='a'/>"),
];

/// What a file of that name begins with.
fn opening(name: &str) -> &'static str {
    match name {
        "a.html" => "<!DOCTYPE html><html><body>",
        "a.eml" => {
            "Message-ID: <1@x>\nFrom: a@x\nContent-Type: multipart/mixed; boundary=b\nSubject: "
        }
        "a.warc" => "WARC/1.0\r\nWARC-Type: response\r\n",
        "a.mbox" => "From a@x Thu Mar 14 09:30:00 2024\nSubject: x\n",
        "a.csv" => "title,text\n",
        "a.json" => "{\"authors\":[",
        "a.nitf" => "<nitf><body><body.content>",
        "a.newsml" => "<NewsML><NewsItem><NewsComponent>",
        "a.rss" => "<rss><channel>",
        "a.atom" => "<feed><entry>",
        "a.alto" => "<alto><Layout><TextBlock>",
        "a.mets" => "<mets><structMap TYPE='LOGICAL'>",
        "a.iptc" => "\x01bsw062 4 i 211\n\x02",
        "a.anpa" => "\x01W2870\n\x02",
        "a.g2" => "<newsMessage>",
        "nexis.txt" => "1 of 2 DOCUMENTS\n\n",
        "nexis.html" => "<HTML><!--\n<DOCFULL> -->",
        "a.sgm" => "<!DOCTYPE lewis><REUTERS NEWID=\"1\"><TOPICS>",
        "factiva.txt" => "HD  x\nPD  14 March 2022\nSN  y\n",
        "factiva.html" => "<html><title>Factiva</title>",
        "factiva.xml" => "<PPSResponse><ppsarticle>",
        "a.trec" => "<DOC><DOCNO>A-1</DOCNO><DATE>",
        "europresse.html" => {
            "<html><style>.DocPublicationName{}.titreArticleVisu{}</style><article>"
        }
        "a.rtf" => "{\\rtf1 ",
        _ => "",
    }
}

#[test]
fn files_that_grow_without_end_stay_cheap() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let times = 40_000;
    for (name, piece) in GROWING {
        let start = opening(name);
        std::fs::write(&file, format!("{start}{}", piece.repeat(times))).unwrap();
        inspect(&file, name, &format!("{piece:?} in {name}"));
    }
}

/// Reads a file and checks what comes of it.
#[track_caller]
fn inspect(file: &Path, name: &str, what: &str) {
    let start = Instant::now();
    let items = read_all(file, name, &Options::default());
    assert!(start.elapsed() < LONGEST, "{what} took {:?}", start.elapsed());
    assert!(!items.is_empty(), "{what} gave nothing");
    let mut ids = HashSet::new();
    for item in items {
        match item {
            Err(skip) => assert_ne!(skip.reason, Reason::Panic, "{what}: {}", skip.detail),
            Ok(article) => {
                assert!(ids.insert(article.id), "{what}: two articles with one id");
                let text = article.text();
                assert!(text.is_char_boundary(article.dateline_bytes()), "{what}");
                assert!(
                    article.paragraphs.iter().all(|paragraph| !paragraph.trim().is_empty()),
                    "{what}: a blank paragraph"
                );
                let odd = |character: char| {
                    character.is_control() && character != '\n' && character != '\t'
                };
                assert!(!text.contains(odd), "{what}: a control character");
            }
        }
    }
}

/// The smallest files of `seeds/` that each format reads.
pub(super) fn seeds_by_format() -> BTreeMap<String, Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(&repository().join("seeds"), &mut files);
    files.sort_by_key(|path| {
        (std::fs::metadata(path).map_or(0, |metadata| metadata.len()), path.clone())
    });
    let mut by_format: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        if !read_all(&path, name, &Options::default()).iter().any(Result::is_ok) {
            continue;
        }
        // A container counts for itself, not for what it holds.
        if let Some(name) = chosen(&path, name) {
            let known = by_format.entry(name.to_owned()).or_default();
            if known.len() < SEEDS {
                known.push(path.clone());
            }
        }
    }
    by_format
}

/// The reader that is surest of a file.
fn chosen(path: &Path, name: &str) -> Option<&'static str> {
    let bytes = std::fs::read(path).unwrap();
    let first = &bytes[..bytes.len().min(32 << 10)];
    let sample = Sample::new(first, name, first.len() == bytes.len());
    let mut best = (Confidence::No, None);
    for reader in formats() {
        let confidence = reader.recognises(&sample);
        if confidence > best.0 {
            best = (confidence, Some(reader.name()));
        }
    }
    best.1
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// A generator by Marsaglia (xorshift): the same mutants on every run.
struct Random(u64);

impl Random {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// One to four changes.
fn mutate(seed: &[u8], all: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let length = random.below(200).min(bytes.len() - at);
        match random.below(8) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = [0, b'<', b'>', b'"', b'{', b'&', 0xff, b'\n'][random.below(8)],
            3 => {
                bytes.drain(at..at + length);
            }
            4 => {
                let piece = bytes[at..at + length].to_vec();
                for _ in 0..random.below(50) {
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
            5 => {
                let other = &all[random.below(all.len())];
                let from = random.below(other.len());
                let piece = &other[from..(from + 500).min(other.len())];
                bytes.splice(at..at + length, piece.iter().copied());
            }
            6 => bytes.rotate_left(at),
            _ => bytes[at..at + length].fill(u8::try_from(random.below(256)).unwrap()),
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}
