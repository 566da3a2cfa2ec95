//! ANPA 1312, the American wires: `W2870`, a slug with the month and day, a text whose headings begin with `^`, and `AP-WF-11-13-13 1509GMT` behind it.

use super::{Message, heading, read, whole_year};
use crate::byline;
use crate::characters;
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

/// Reader of ANPA 1312.
pub(crate) struct Anpa1312;

impl Reader for Anpa1312 {
    fn name(&self) -> &'static str {
        "anpa-1312"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let number = heading(sample).and_then(|heading| heading.get(..5));
        let fits = number.is_some_and(|number| {
            number.first().is_some_and(u8::is_ascii_alphabetic)
                && number.iter().skip(1).all(u8::is_ascii_digit)
        });
        if fits { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        read(input, found, draft)
    }
}

fn draft(message: &Message<'_>) -> Draft {
    let mut draft = Draft { part: message.heading.get(..5).map(str::to_owned), ..Draft::default() };
    let mut place = Place::Above;
    let mut heading = None;
    let mut current = String::new();
    for line in message.text.lines() {
        if let Some(slug) = slug(line) {
            draft.keywords.extend(characters::one_line(slug));
        } else if let Some(above) = line.strip_prefix('^').filter(|_| place == Place::Above) {
            read_above(&mut draft, above.trim_end(), &mut heading);
        } else {
            // A paragraph begins with a tab, a row of a table with a `;` or a heading sign.
            let begins = line.starts_with(['\t', '^', ';']) || line.contains(';');
            if begins || line.trim().is_empty() {
                flush(&mut current, &mut draft.paragraphs);
            }
            place = if line.trim().is_empty() { place } else { Place::Text };
            current.push_str(line.trim().trim_start_matches('^').trim_end_matches(['<', '=']));
            current.push(' ');
        }
    }
    flush(&mut current, &mut draft.paragraphs);
    if let Some(heading) = heading {
        draft.set(Field::Title, &heading);
    }
    if let Some((agency, sent)) = sent(message.end) {
        draft.set(Field::Source, agency);
        draft.set(Field::Published, &sent);
    }
    draft
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Above,
    Text,
}

fn flush(current: &mut String, paragraphs: &mut Vec<String>) {
    paragraphs.extend(characters::one_line(current));
    current.clear();
}

/// `^BC-LT--Argentina-Cancer Beauty,466<`: the words of a slug, without cycle and number of words.
fn slug(line: &str) -> Option<&str> {
    let line = line.rsplit('^').next().filter(|_| line.starts_with('^'))?;
    let slug = line.trim_end().strip_suffix('<')?;
    let is_count = |count: &str| count.bytes().all(|byte| byte.is_ascii_digit());
    let (words, counted) = match slug.rsplit_once(',') {
        Some((words, count)) if is_count(count) => (words, words.contains('-')),
        _ => (slug, false),
    };
    let cycle = |cycle: &str| {
        cycle.len() <= 12 && !cycle.contains(|sign: char| sign.is_lowercase() || sign == ' ')
    };
    match words.split_once("--") {
        Some((before, words)) if cycle(before) => Some(words),
        _ => counted.then_some(words),
    }
}

/// Beginnings of lines for editors.
const FOR_EDITORS: &[&str] =
    &["Eds:", "(Eds:", "AP Photo", "AP Graphic", "AP Video", "EDITOR'S NOTE", "With AP", "*"];

/// A line above the text: it ends with `<`, a centred one with `=`. The first that is neither for editors nor a byline is the headline; where all are
/// centred, the first of them is a heading of its own.
fn read_above(draft: &mut Draft, line: &str, heading: &mut Option<String>) {
    let content = line.trim_end_matches(['<', '=']).trim();
    if content.is_empty() || FOR_EDITORS.iter().any(|start| content.starts_with(start)) {
        return;
    }
    if byline::is_byline(content) {
        draft.set(Field::Byline, content);
    } else if line.ends_with('<') {
        draft.set(Field::Title, content);
    } else if !line.ends_with('=') {
        draft.paragraphs.push(content.to_owned());
    } else if heading.is_none() && draft.byline.is_empty() {
        *heading = Some(content.to_owned());
    }
}

/// `AP-WF-11-13-13 1509GMT`: the agency, and when.
fn sent(end: &str) -> Option<(&str, String)> {
    let (day, clock) = end.trim().split_once(' ')?;
    let mut pieces = day.rsplit('-');
    let (year, day, month) = (pieces.next()?, pieces.next()?, pieces.next()?);
    let agency = end.trim().split('-').next()?;
    let clock = clock.trim().trim_end_matches('<');
    let (hour, rest) = clock.split_at_checked(2)?;
    let (minute, zone) = rest.split_at_checked(2)?;
    Some((agency, format!("{}-{month}-{day} {hour}:{minute} {zone}", whole_year(year)?)))
}
