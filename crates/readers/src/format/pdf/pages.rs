//! From the lines of pages to paragraphs: running heads go, pages are joined, words that were parted at line ends are put together.

use std::collections::{HashMap, HashSet};

use crate::skip::{Fault, Reason};
use crate::{byline, characters, dates, paragraphs};

/// Lines at either end of a page that may be a running head or foot.
const HEAD_LINES: usize = 2;

/// The lines of all pages as one text, without running heads and feet; a paragraph that goes on on the next page is not parted.
pub(super) fn join(pages: &[String]) -> String {
    let pages: Vec<Vec<String>> = pages
        .iter()
        .map(|page| characters::clean(page).lines().map(|line| line.trim().to_owned()).collect())
        .collect();
    let running = running_lines(&pages);
    let mut text = String::new();
    for page in &pages {
        let filled = page.iter().filter(|line| !line.trim().is_empty()).count();
        let mut number = 0;
        let mut kept = String::new();
        for line in page {
            let blank = line.trim().is_empty();
            number += usize::from(!blank);
            let at_end = number <= HEAD_LINES || number + HEAD_LINES > filled;
            if !blank && at_end && (running.contains(&key(line)) || is_page_number(line)) {
                continue;
            }
            kept.push_str(line);
            kept.push('\n');
        }
        let kept = kept.trim_matches('\n');
        let goes_on = !text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»', ')'])
            && kept.trim_start().starts_with(char::is_lowercase);
        if !text.is_empty() {
            text.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        text.push_str(kept);
    }
    unparted(&text)
}

/// A line without its digits: page numbers and dates change from page to page.
fn key(line: &str) -> String {
    line.chars()
        .filter(|character| !character.is_ascii_digit() && !character.is_whitespace())
        .collect()
}

/// The lines that stand at the ends of at least two pages, and of every third.
fn running_lines(pages: &[Vec<String>]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let filled: Vec<&String> = page.iter().filter(|line| !line.trim().is_empty()).collect();
        let last = filled.iter().rev().take(HEAD_LINES);
        let ends: HashSet<String> =
            filled.iter().take(HEAD_LINES).chain(last).map(|line| key(line)).collect();
        for key in ends.into_iter().filter(|key| !key.is_empty()) {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = (pages.len() / 3).max(2);
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(key, _)| key).collect()
}

fn is_page_number(line: &str) -> bool {
    let line = line.trim().trim_matches(['-', '–', '—', ' ']);
    (1..=4).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts words together that a hyphen parts at a line's end, unless the text writes them with a hyphen elsewhere.
fn unparted(text: &str) -> String {
    let hyphenated: HashSet<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|character: char| !character.is_alphanumeric()))
        .filter(|word| word.contains('-'))
        .collect();
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        joined.push_str(line);
        let next = lines.peek().map_or("", |next| next.trim_start());
        let is_word = |text: &str| text.ends_with(char::is_alphabetic);
        let soft = line.strip_suffix(['-', '\u{ad}']).filter(|start| is_word(start));
        if let Some(start) = soft
            && next.starts_with(char::is_lowercase)
        {
            let first = start.rsplit(char::is_whitespace).next().unwrap_or_default();
            let first = first.trim_start_matches(|character: char| !character.is_alphanumeric());
            let second = next
                .split(|character: char| !character.is_alphanumeric())
                .next()
                .unwrap_or_default();
            if !hyphenated.contains(format!("{first}-{second}").as_str()) {
                joined.pop();
            }
            // The rest of the word stays in this line, so that the lines' ends are where they were.
            let rest = lines.next().unwrap_or_default().trim_start();
            let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            joined.push_str(word);
            joined.push('\n');
            joined.push_str(rest);
        }
        joined.push('\n');
    }
    joined
}

/// The paragraphs of the joined text.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut parted = String::with_capacity(text.len() + 16);
    let mut number = 0;
    for line in text.lines() {
        number += usize::from(!line.is_empty());
        // Byline and date line stand alone, but no nearer to what is above and below than other lines.
        let alone = number <= OPENING_LINES
            && (byline::is_byline(line) || dates::read_line(line).is_some());
        let ends = if alone { "\n\n" } else { "\n" };
        if alone {
            parted.push_str(ends);
        }
        parted.push_str(line);
        parted.push_str(ends);
    }
    paragraphs::split_wrapped(&parted)
}

/// Lines at the beginning that may be byline and date.
const OPENING_LINES: usize = 8;

/// Whether the text can be read at all.
///
/// # Errors
/// `empty` where there is next to no text: the pages are pictures. `malformed` where the letters are no words: fonts without a mapping to characters,
/// or words torn apart.
pub(super) fn judge(text: &str) -> Result<(), Fault> {
    let letters = text.chars().filter(|character| character.is_alphanumeric()).count();
    if letters < 20 {
        return Err(Fault::new(Reason::Empty, "no text layer: the pages hold pictures only"));
    }
    let strange = |character: char| {
        matches!(character, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
            || character.is_control() && !matches!(character, '\n' | '\t')
    };
    let odd = text.chars().filter(|character| strange(*character)).count();
    if odd * 5 > letters {
        return Err(Fault::malformed("the text layer is no text: its letters have no meaning"));
    }
    // Scripts without blanks between words have no words to judge by.
    let dense = |character: &char| matches!(*character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}');
    if text.chars().filter(dense).count() * 4 > letters {
        return Ok(());
    }
    let words: Vec<usize> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|character| character.is_alphabetic()).count())
        .filter(|length| *length > 0)
        .collect();
    let total: usize = words.iter().sum();
    let count = words.len().max(1);
    // In tenths of a letter: the languages of news have 4 to 8 letters a word.
    let average = total * 10 / count;
    if count >= 20 && !(26..=200).contains(&average) {
        let detail =
            format!("the text layer is torn: words of {}.{} letters", average / 10, average % 10);
        return Err(Fault::malformed(detail));
    }
    Ok(())
}
