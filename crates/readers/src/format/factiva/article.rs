//! One article of a Factiva export as lines, in either form.
//!
//! Coded: each field begins with its code, in a line or a cell of its own (Factiva's list of field codes). Plain: title, byline, number of words,
//! date, time, source, its code, page, language and rights stand one under another, then the text.

use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::{byline, characters, dates, paragraphs};

/// How the text is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Lines of a text, blank ones between paragraphs.
    Text,
    /// Each line is a paragraph.
    Paragraphs,
}

/// Whether the line with the accession number was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Found,
    Missing,
}

/// Field codes.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA",
    "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "ART",
    "DLN", "CX", "PID",
];

/// The code that a line begins with, and what follows it in the line.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim();
    let end = line.find(|character: char| !character.is_ascii_uppercase()).unwrap_or(line.len());
    let (name, rest) = line.split_at_checked(end)?;
    let code = CODES.iter().find(|code| **code == name)?;
    let apart = rest.is_empty() || rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  ");
    apart.then(|| (*code, rest.trim()))
}

/// Whether lines, none blank, begin with coded fields: a headline or section first, then its number of words or date.
pub(super) fn is_coded(lines: &[&str]) -> bool {
    let codes = || lines.iter().filter_map(|line| code(line)).map(|(code, _)| code);
    let has = |wanted: &str| codes().any(|code| code == wanted);
    lines.iter().take(3).any(|line| matches!(code(line), Some(("HD" | "SE" | "CLM", _))))
        && has("HD")
        && (has("WC") || has("PD"))
        && has("SN")
}

/// The accession number in "Document XXXX000020220314ei3e0001x", alone or behind its code.
pub(super) fn accession(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, str::trim);
    let number = line.strip_prefix("Document ")?.trim();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let plain = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ((16..=40).contains(&number.len()) && plain && digits >= 8).then_some(number)
}

/// Words that count words.
const WORDS: &[&str] = &[
    "words", "word", "mots", "mot", "wörter", "wort", "palabras", "palabra", "parole", "palavras",
    "woorden", "слов",
];

/// Where the number of words stands, with a date in the next line.
pub(super) fn words_line<T: AsRef<str>>(lines: &[T]) -> Option<usize> {
    lines.windows(2).position(|pair| {
        let [words, date] = pair else { return false };
        counts_words(words.as_ref()) && dates::read_line(date.as_ref()).is_some()
    })
}

fn counts_words(line: &str) -> bool {
    let Some((number, word)) = line.trim().rsplit_once([' ', '\u{a0}']) else { return false };
    let digits = number.bytes().any(|byte| byte.is_ascii_digit());
    let plain = number.chars().all(|character| {
        character.is_ascii_digit() || matches!(character, ',' | '.' | '\u{a0}' | ' ')
    });
    digits && plain && WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether rights and a language stand below the number of words.
pub(super) fn has_plain_head(lines: &[&str]) -> bool {
    let Some(words) = words_line(lines) else { return false };
    let head = || lines.iter().skip(words).take(12);
    head().any(|line| is_rights(line)) && head().any(|line| is_language(line))
}

fn is_rights(line: &str) -> bool {
    let line = line.trim();
    ["(c)", "(C)", "©", "Copyright"].iter().any(|start| line.starts_with(start))
}

fn is_language(line: &str) -> bool {
    let line = line.trim();
    line.len() > 3 && fields::language(line).is_some()
}

/// The article in the lines up to its number; `None` where they hold none.
pub(super) fn draft(lines: &[String], written: Lines) -> Option<(Draft, Ending)> {
    let end = lines.iter().position(|line| accession(line).is_some());
    let number = end.and_then(|end| accession(lines.get(end)?)).map(str::to_owned);
    let ending = if number.is_some() { Ending::Found } else { Ending::Missing };
    let lines = lines.get(..end.unwrap_or(lines.len()))?;
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let coded = {
        let plain: Vec<&str> =
            lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        plain.iter().take(60).any(|line| matches!(code(line), Some(("HD", _))))
            && plain.iter().any(|line| matches!(code(line), Some(("PD" | "WC" | "SN", _))))
    };
    let mut draft =
        if coded { of_codes(lines, written) } else { of_plain(lines.get(first?..)?, written)? };
    draft.part.clone_from(&number);
    draft.accession = number;
    Some((draft, ending))
}

fn text(lines: &[&str], written: Lines) -> Vec<String> {
    match written {
        Lines::Text => paragraphs::split(&lines.join("\n")),
        Lines::Paragraphs => lines.iter().filter_map(|line| characters::one_line(line)).collect(),
    }
}

fn of_codes(lines: &[String], written: Lines) -> Draft {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match (code(line), fields.last_mut()) {
            (Some((code, value)), _) => fields.push((code, vec![value])),
            (None, Some((_, values))) => values.push(line),
            (None, None) => {}
        }
    }
    let mut draft = Draft::default();
    let (mut date, mut time) = (None, None);
    for (code, values) in &fields {
        let line = characters::one_line(&values.join(" ")).unwrap_or_default();
        match *code {
            "HD" => draft.set(Field::Title, &line),
            "SE" | "CLM" => draft.set(Field::Section, &line),
            "BY" => draft.set(Field::Byline, &line),
            "DLN" => draft.set(Field::Dateline, &line),
            "SN" => draft.set(Field::Source, &line),
            "LA" => draft.set(Field::Language, &line),
            "PD" => date = Some(line),
            "ET" => time = Some(line),
            "LP" | "TD" => draft.paragraphs.extend(text(values, written)),
            "CO" | "IN" | "NS" | "RE" => draft.keywords.extend(names(&line)),
            _ => {}
        }
    }
    if let Some(date) = date {
        draft.set_published(&[date, time.unwrap_or_default()].join(" "));
    }
    draft
}

/// The names in `gpol : Domestic Politics | gvote : Elections`.
fn names(list: &str) -> impl Iterator<Item = String> {
    list.split('|').filter_map(|item| {
        let name = item.split_once(" : ").map_or(item, |(_, name)| name).trim();
        (!name.is_empty()).then(|| name.to_owned())
    })
}

fn of_plain(lines: &[String], written: Lines) -> Option<Draft> {
    let filled: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| (at, line.trim()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let plain: Vec<&str> = filled.iter().map(|(_, line)| *line).collect();
    let words = words_line(&plain)?;
    let mut draft = Draft::default();
    // Above stand the section, if any, the title, and the byline, if any.
    let (above, below) = plain.split_at_checked(words)?;
    let mut above = above.to_vec();
    if above.len() > 1
        && let Some(line) = above.pop_if(|line| byline::is_byline(line))
    {
        draft.set(Field::Byline, line);
    }
    draft.set(Field::Title, above.pop().unwrap_or_default());
    if let [section] = above.as_slice() {
        draft.set(Field::Section, section);
    }
    let date = *below.get(1)?;
    let mut next = 2;
    let clock = below.get(next).filter(|line| is_clock(line));
    next += usize::from(clock.is_some());
    draft.set_published(&[date, clock.copied().unwrap_or_default()].join(" "));
    draft.set(Field::Source, below.get(next)?);
    // Code, edition and pages stand between source and language; the text begins behind language and rights.
    let head = below.get(next + 1..).unwrap_or_default().iter().take(8);
    if let Some(language) = head.clone().position(|line| is_language(line)) {
        next += 1 + language;
        draft.set(Field::Language, below.get(next)?);
    } else if let Some(rights) = head.clone().position(|line| is_rights(line)) {
        next += rights;
    } else {
        next += usize::from(below.get(next + 1).is_some_and(|line| is_source_code(line)));
    }
    next += 1;
    next += usize::from(below.get(next).is_some_and(|line| is_rights(line)));
    let begin = filled.get(words + next).map_or(lines.len(), |(at, _)| *at);
    let body: Vec<&str> = lines.get(begin..)?.iter().map(String::as_str).collect();
    draft.paragraphs = text(&body, written);
    Some(draft)
}

fn is_clock(line: &str) -> bool {
    line.len() <= 12 && line.contains(':') && line.starts_with(|first: char| first.is_ascii_digit())
}

fn is_source_code(line: &str) -> bool {
    (2..=10).contains(&line.len())
        && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
