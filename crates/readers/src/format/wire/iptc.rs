//! IPTC 7901: `eca062 4 i 211 … dpa 061`, catchwords, headline up to `=`, text, and `131137 GMT Nov 13` behind it.

use super::{Message, heading, read, whole_year};
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;
use crate::{byline, paragraphs};

/// Reader of IPTC 7901.
pub(crate) struct Iptc7901;

impl Reader for Iptc7901 {
    fn name(&self) -> &'static str {
        "iptc-7901"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let known = heading(sample).and_then(|heading| {
            let line = heading.split(|&byte| byte == b'\n').next()?;
            let line = std::str::from_utf8(line).ok()?;
            Heading::of(line)
        });
        if known.is_some() { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        read(input, found, draft)
    }
}

/// The first line of a heading.
struct Heading<'a> {
    /// Service and number: `eca062`.
    id: &'a str,
    /// Before the agency's own number.
    agency: Option<&'a str>,
}

impl<'a> Heading<'a> {
    /// `service-and-number priority category words [options] agency number`.
    fn of(line: &'a str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().take(16).collect();
        let [id, priority, category, count, rest @ ..] = words.as_slice() else { return None };
        let is_number =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let fits = id.starts_with(|first: char| first.is_ascii_alphabetic())
            && id.ends_with(|last: char| last.is_ascii_digit())
            && id.len() <= 10
            && is_number(priority)
            && priority.len() == 1
            && category.len() <= 4
            && category.bytes().all(|byte| byte.is_ascii_alphabetic())
            && is_number(count);
        let agency = match rest {
            [.., agency, number] if is_number(number) => Some(*agency),
            _ => None,
        };
        fits.then_some(Self { id, agency })
    }
}

/// Lines in which a headline must end.
const HEADLINE_LINES: usize = 8;

/// Headings from which on a text is for editors only, in lower case.
const NOTES: &[&str] = &["notebook", "dpa notebook", "notizblock", "dpa notizblock"];

fn draft(message: &Message<'_>) -> Draft {
    let mut draft = Draft::default();
    let mut lines = message.heading.lines().map(str::trim);
    if let Some(heading) = lines.by_ref().find_map(Heading::of) {
        draft.part = Some(heading.id.to_owned());
        draft.source = heading.agency.map(str::to_owned);
    }
    let catchwords = lines.flat_map(|line| line.split('/')).map(str::trim);
    draft.keywords = catchwords.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let text = message.text.trim_start_matches('\n');
    let ends = text.lines().take(HEADLINE_LINES).position(|line| line.trim_end().ends_with('='));
    let body = match ends {
        Some(last) => {
            let headline: Vec<&str> = text.lines().take(last + 1).map(str::trim).collect();
            set_headline(&mut draft, &headline);
            let length: usize = text.split_inclusive('\n').take(last + 1).map(str::len).sum();
            text.get(length..).unwrap_or_default()
        }
        None => text,
    };
    let body = without_notes(body);
    draft.paragraphs = paragraphs::split_wrapped(body);
    if let Some(sent) = sent(message.end) {
        draft.set(Field::Published, &sent);
    }
    draft
}

/// The text above the heading of its notes, "# Notebook" or "# dpa NOTEBOOK".
fn without_notes(body: &str) -> &str {
    let is_note = |line: &str| {
        let heading = line.trim().strip_prefix("# ").map(|heading| heading.trim().to_lowercase());
        heading.is_some_and(|heading| NOTES.contains(&heading.as_str()))
    };
    let lines = body.split_inclusive('\n').take_while(|line| !is_note(line));
    body.get(..lines.map(str::len).sum()).unwrap_or(body)
}

/// Headline and byline. Lines in capitals above (`1ST LEAD`, `EXTRA`) or in parentheses say what kind of message it is.
fn set_headline(draft: &mut Draft, lines: &[&str]) {
    let lines = lines.iter().map(|line| line.trim_end_matches('=').trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let is_kind = |line: &str| {
        !line.contains(char::is_lowercase) || (line.starts_with('(') && line.ends_with(')'))
    };
    // The last line of several names the author, an agency behind the name.
    let opens = |line: &str| ["By ", "Von ", "Par ", "Por "].iter().any(|by| line.starts_with(by));
    let last = lines.len().saturating_sub(1);
    let is_by = |at: usize, line: &str| {
        byline::is_byline(line) || (at > 0 && at == last && opens(line) && line.len() <= 80)
    };
    let (by, titles): (Vec<_>, Vec<_>) =
        lines.into_iter().enumerate().partition(|&(at, line)| is_by(at, line));
    let by = by.into_iter().map(|(_, line)| line);
    let titles: Vec<&str> = titles.into_iter().map(|(_, line)| line).collect();
    for line in by {
        draft.set(Field::Byline, line);
    }
    let plain: Vec<&str> = titles.iter().copied().filter(|line| !is_kind(line)).collect();
    let title = if plain.is_empty() { titles } else { plain };
    draft.set(Field::Title, &title.join(" "));
}

/// `131137 GMT Nov 13`: day and time, zone where there is one, month and year.
fn sent(end: &str) -> Option<String> {
    let words: Vec<&str> = end.split_whitespace().take(4).collect();
    let (clock, zone, month, year) = match words.as_slice() {
        [clock, month, year] => (*clock, "", *month, *year),
        [clock, zone, month, year] => (*clock, *zone, *month, *year),
        _ => return None,
    };
    if clock.len() != 6 || !clock.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (day, time) = clock.split_at_checked(2)?;
    let (hour, minute) = time.split_at_checked(2)?;
    let month = dateline_article::calendar::month(month)?;
    Some(format!("{}-{month:02}-{day} {hour}:{minute} {zone}", whole_year(year)?))
}
