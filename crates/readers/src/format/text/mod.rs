//! Plain text: a headline that stands alone, perhaps a byline and a date line, perhaps a block of `Key: value` headers, then paragraphs.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::encoding;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;
use crate::{byline, characters, dateline, dates, paragraphs};

mod header;

/// Reader of plain text, the last resort of every text that is no markup and no code.
pub(crate) struct Text;

/// Extensions of texts that are no articles, or are articles of formats that plain reading would spoil.
const NO_ARTICLES: &[&str] = &[
    "c", "cc", "cfg", "conf", "cpp", "cs", "css", "csv", "tsv", "diff", "eml", "emlx", "mbox",
    "go", "h", "hpp", "ini", "ipynb", "java", "js", "mjs", "json", "jsonl", "lock", "log", "map",
    "mk", "patch", "php", "pl", "ps1", "py", "rb", "rs", "rtf", "scss", "sh", "sql", "svg", "tex",
    "toml", "ts", "tsx", "vcf", "ics", "xml", "xsd", "xsl", "yaml", "yml", "sgm", "sgml", "dtd",
    "warc", "arc", "bib", "ris", "srt", "vtt", "ndjson",
];

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if sample.is_binary()
            || sample.is_markup()
            || sample.has_extension(NO_ARTICLES)
            || is_mail(sample)
        {
            return Confidence::No;
        }
        if sample.has_extension(&["txt", "text"]) {
            Confidence::Likely
        } else {
            Confidence::Possible
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let decoded = input.text(encoding::undeclared)?;
        let mut draft =
            Draft { warnings: decoded.warning.into_iter().collect(), ..Draft::default() };
        read_into(&mut draft, &characters::clean(&decoded.text));
        found.article(draft)
    }
}

/// Whether the text is a mail message or a mailbox: it has headers that only mail has.
fn is_mail(sample: &Sample<'_>) -> bool {
    let marks: [&[u8]; 5] =
        [b"message-id:", b"received:", b"mime-version:", b"return-path:", b"delivered-to:"];
    let is_mark = |line: &[u8]| {
        marks.iter().any(|mark| {
            line.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
        })
    };
    let lines = sample.head().split(|&byte| byte == b'\n');
    lines.map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty()).take(60).any(is_mark)
}

/// Reads a whole cleaned text into a draft.
fn read_into(draft: &mut Draft, text: &str) {
    let body = header::take(draft, text);
    let body = take_opening(draft, body);
    if draft.paragraphs.is_empty() {
        draft.paragraphs = paragraphs::split(body);
    }
}

/// Takes headline, byline and date line off the beginning; what remains is the text.
fn take_opening<'a>(draft: &mut Draft, text: &'a str) -> &'a str {
    let mut rest = text.trim_start_matches('\n');
    let mut expected = Opening::Title;
    for _ in 0..4 {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let content = line.trim();
        let alone = after.trim_start_matches([' ', '\t']).starts_with('\n');
        if content.is_empty() || after.trim().is_empty() {
            break;
        }
        if let Some(line) = byline::line(content).filter(|_| draft.byline.is_empty()) {
            draft.set_byline_line(line);
        } else if let Some(time) = dates::read_line(content).filter(|_| draft.published.is_none()) {
            draft.published = Some(time);
        } else if expected == Opening::Title
            && draft.title.is_none()
            && is_title(content)
            && (alone || leads_lines(text, content, after))
        {
            draft.title = characters::one_line(content);
        } else {
            break;
        }
        expected = Opening::Rest;
        rest = after.trim_start_matches('\n');
    }
    rest
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Title,
    Rest,
}

/// Characters of a headline at most.
const LONGEST_TITLE: usize = 160;

/// Whether a line reads as a headline: short, and not the end of a sentence.
pub(in crate::format) fn is_title(line: &str) -> bool {
    line.chars().count() <= LONGEST_TITLE
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', ',', ':', ';', '-'])
        && dateline::find(line).is_none()
}

/// Whether the first line leads a text in which every line is a paragraph: it is much shorter than the next one, a whole sentence.
fn leads_lines(text: &str, line: &str, after: &str) -> bool {
    let next = after.lines().next().unwrap_or_default().trim();
    let length = line.chars().count();
    !text.trim().contains("\n\n")
        && paragraphs::is_unwrapped(text)
        && !line.ends_with(['!', '?', '"', '”', '»'])
        && next.chars().count() >= (length * 3 / 2).max(80)
        && next.ends_with(['.', '!', '?', '"', '”', '»'])
}

#[cfg(test)]
mod tests;
