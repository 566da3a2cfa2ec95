//! NITF 3.x, the IPTC's News Industry Text Format: alone, or inside NewsML.
//!
//! `date.issue` is when it appeared; `date.release` later than that is an embargo. Sources: the IPTC's NITF 3.6 schema, and what agencies write in
//! practice (dates that stay templates, headlines in `title` only, lines broken by `br`).

use dateline_article::{Dateline, Timestamp, days_since_epoch};

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};
use crate::{byline, characters, dates};

/// Reader of NITF.
pub(crate) struct Nitf;

impl Reader for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "nitf" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        while let Some(piece) = records.next(&|_, element| element.name() == "nitf")? {
            match piece {
                Piece::Open(_) => {}
                Piece::Record(nitf) => {
                    let mut draft = Draft::default();
                    read_into(&mut draft, &nitf);
                    draft.warnings.extend(document.warning.clone());
                    found.article(draft)?;
                }
                Piece::OverLimit(_) => {
                    let fault = Fault::over_limit("the article", limits.record_bytes as u64);
                    found.skip(None, fault)?;
                }
                Piece::Cut(nitf) => {
                    let part = nitf.find("doc-id").and_then(|id| id.attribute("id-string"));
                    let fault = Fault::malformed("the file ends inside the article");
                    found.skip(part.map(str::to_owned), fault)?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

/// Reads a whole `nitf` element; fields that are set already stay.
pub(super) fn read_into(draft: &mut Draft, nitf: &Element) {
    for language in ["baselang", "xml:lang"] {
        if let Some(tag) = nitf.attribute(language) {
            draft.set(Field::Language, tag);
        }
    }
    let body = nitf.child("body");
    let head = body.and_then(|body| body.child("body.head"));
    let mut set = |field: Field, line: Option<String>| {
        if let Some(line) = line {
            draft.set(field, &line);
        }
    };
    // Some agencies write `headline` for `hedline`.
    let headlines = head.and_then(|head| head.child("hedline").or(head.child("headline")));
    set(Field::Title, headlines.and_then(|lines| lines.child("hl1")?.line()));
    set(Field::Title, nitf.at(&["head", "title"]).and_then(Element::line));
    set(Field::Subtitle, headlines.and_then(|lines| lines.child("hl2")?.line()));
    if draft.subtitle == draft.title {
        draft.subtitle = None;
    }
    if let Some(head) = head {
        read_body_head(draft, head);
    }
    read_head(draft, nitf);
    let printed = head.and_then(|head| head.at(&["dateline", "story.date"])?.attribute("norm"));
    if let Some(date) = printed.filter(|date| is_date(date)) {
        draft.set(Field::Published, date);
    }
    if draft.paragraphs.is_empty() {
        let content = body.and_then(|body| body.child("body.content"));
        draft.paragraphs = content.map(Element::paragraphs).unwrap_or_default();
    }
    if draft.paragraphs.is_empty() {
        let summary = head.and_then(|head| head.child("abstract")).map(Element::paragraphs);
        draft.paragraphs = summary.unwrap_or_default();
        if !draft.paragraphs.is_empty() {
            draft.warnings.push("the text is an abstract, no other is given".to_owned());
        }
    }
}

/// What is printed above the text.
fn read_body_head(draft: &mut Draft, head: &Element) {
    if draft.byline.is_empty() {
        draft.byline = head.children("byline").flat_map(authors).collect();
    }
    if let Some(dateline) = head.child("dateline") {
        set_dateline(draft, dateline);
    }
    if let Some(line) = head.child("distributor").and_then(Element::line) {
        draft.set(Field::Source, &line);
    }
}

/// The authors of a byline element: its persons where nothing else but "By" is in it, else its text without their titles.
fn authors(element: &Element) -> Vec<String> {
    let titles = ["byttl", "virtloc", "location"];
    let rest = element.line_without(&["byttl", "virtloc", "location", "person"]);
    let words = rest.unwrap_or_default().to_lowercase();
    let joins = ["by", "and", "von", "und", "par", "et", "por", "y", "av", "og"];
    let mut words = words.split([' ', ',', ':']).filter(|word| !word.is_empty());
    let persons = element.children("person").filter_map(Element::line);
    let lines: Vec<String> = if words.all(|word| joins.contains(&word)) {
        persons.collect()
    } else {
        element.line_without(&titles).into_iter().collect()
    };
    lines.iter().flat_map(|line| byline::authors(line)).collect()
}

/// Sets the dateline from its element: the city where there is one, else its text; never a bare date.
fn set_dateline(draft: &mut Draft, element: &Element) {
    let city = element.find("city").and_then(Element::line);
    let line = city.or_else(|| element.line_without(&["story.date"]));
    if let Some(line) = line {
        set_dateline_line(draft, &line);
    }
}

/// Sets the dateline from a line; agencies put a bare date there too, which is none.
pub(super) fn set_dateline_line(draft: &mut Draft, line: &str) {
    if line.starts_with(char::is_alphabetic) && dates::read_line(line).is_none() {
        draft.set(Field::Dateline, line);
    }
    if draft.dateline.as_ref().is_some_and(|dateline| *dateline == Dateline::default()) {
        draft.dateline = None;
    }
}

/// What is not printed: `docdata`, `pubdata`, subjects.
fn read_head(draft: &mut Draft, nitf: &Element) {
    let Some(head) = nitf.child("head") else { return };
    let value = |element: &str, attribute: &str| {
        head.find(element).and_then(|found| found.attribute(attribute)).map(str::to_owned)
    };
    if let Some(dates) = head.child("docdata") {
        set_dates(draft, dates);
    }
    for (field, element, attribute) in [
        (Field::Id, "doc-id", "id-string"),
        (Field::Published, "pubdata", "date.publication"),
        (Field::Url, "pubdata", "ex-ref"),
        (Field::Section, "pubdata", "position.section"),
        (Field::Source, "pubdata", "name"),
        (Field::Source, "doc-id", "regsrc"),
        (Field::Source, "doc.copyright", "holder"),
        (Field::Status, "docdata", "management-status"),
    ] {
        if let Some(value) = value(element, attribute) {
            draft.set(field, &value);
        }
    }
    if let Some(version) = value("du-key", "version") {
        draft.set_version(&version);
    }
    let keywords = head.all("keyword").filter_map(|keyword| {
        keyword.attribute("key").and_then(characters::one_line).or_else(|| keyword.line())
    });
    draft.keywords.extend(keywords);
    let kinds = ["tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"];
    let subjects = head.all("tobject.subject");
    let subjects = subjects.flat_map(|subject| kinds.map(|kind| subject.attribute(kind)));
    draft.keywords.extend(subjects.flatten().map(str::to_owned));
    let classifiers = head.all("classifier").filter_map(|found| found.attribute("value"));
    draft.keywords.extend(classifiers.map(str::to_owned));
}

/// The day of issue, and an embargo where release comes after it. Templates (`YYYYMMDD`) are no dates.
fn set_dates(draft: &mut Draft, docdata: &Element) {
    let norm = |name: &str| {
        docdata.child(name).and_then(|date| date.attribute("norm")).filter(|norm| is_date(norm))
    };
    let (issued, released) = (norm("date.issue"), norm("date.release"));
    if let Some(issued) = issued.or(released) {
        draft.set(Field::Published, issued);
    }
    let known = |text: Option<&str>| match dates::read(text?) {
        dates::Reading::Known(time) => Some(time),
        _ => None,
    };
    let embargoed = docdata.attribute("management-status") == Some("embargoed");
    if let (Some(released), Some(release)) = (released, known(released))
        && (embargoed || known(issued).is_some_and(|issue| is_before(issue, release)))
    {
        draft.set_embargo(released);
    }
}

fn is_date(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether one moment surely lies before another: by the hour where both have one.
pub(super) fn is_before(one: Timestamp, other: Timestamp) -> bool {
    let minutes = |time: Timestamp| match time {
        Timestamp::Time { local, offset_minutes } => {
            let day = i64::from(days_since_epoch(local.date()));
            let of_day = i64::from(local.hour()) * 60 + i64::from(local.minute());
            Some(day * 1440 + of_day - i64::from(offset_minutes.unwrap_or_default()))
        }
        _ => None,
    };
    match (minutes(one), minutes(other)) {
        (Some(one), Some(other)) => one < other,
        _ => one.last_day() < other.first_day(),
    }
}

#[cfg(test)]
mod tests;
