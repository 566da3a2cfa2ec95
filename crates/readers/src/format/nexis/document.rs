//! One document of a Nexis export: a head of source, date and title, labelled fields, the text, labelled fields again.

use dateline_article::calendar;

use super::labels::{self, Label, Spelling};
use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::{characters, dates, paragraphs};

/// A stretch between blank lines, or a division of a page, or a paragraph of a word processor; lines inside.
pub(super) type Block = String;

/// How documents are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Text: source and date centred, then the title; lines are wrapped.
    Text,
    /// The same as a page; every line is a paragraph.
    Page,
    /// Nexis Uni: title, source, date, each a line; the text behind a line `Body`.
    Uni,
}

impl Layout {
    fn spelling(self) -> Spelling {
        if self == Self::Uni { Spelling::Title } else { Spelling::Capitals }
    }
}

/// Which part of a document a block is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Body,
    Tail,
}

/// What was found in a document so far.
struct Parts {
    draft: Draft,
    /// Unlabelled blocks before the text.
    head: Vec<Block>,
    labelled: bool,
    body: Vec<Block>,
    corrections: Vec<String>,
    place: Place,
    last: Option<Label>,
}

/// The article in the blocks of a document.
pub(super) fn draft(blocks: &[Block], layout: Layout) -> Draft {
    let mut parts = Parts {
        draft: Draft::default(),
        head: Vec::new(),
        labelled: false,
        body: Vec::new(),
        corrections: Vec::new(),
        place: Place::Head,
        last: None,
    };
    for block in blocks {
        parts.take(block, layout);
    }
    if parts.body.last().is_some_and(|block| is_rights(block)) {
        parts.body.pop();
    }
    if !parts.labelled && layout != Layout::Uni {
        // Without any label the text follows the title.
        let after = parts.head.iter().position(|block| day(block).is_some()).map_or(1, |at| at + 2);
        parts.body = parts.head.split_off(after.min(parts.head.len()));
    }
    let mut draft = parts.draft;
    let text = parts.body.join("\n\n");
    draft.paragraphs = if layout == Layout::Text {
        paragraphs::split_wrapped(&text)
    } else {
        text.lines().filter_map(characters::one_line).collect()
    };
    draft.paragraphs.extend(parts.corrections);
    read_head(&mut draft, &parts.head, layout);
    draft
}

impl Parts {
    fn take(&mut self, block: &Block, layout: Layout) {
        let label = labels::at_start(block, layout.spelling());
        match (self.place, label) {
            (Place::Head | Place::Tail, Some(_)) => self.take_fields(block, layout),
            (Place::Head, None) if layout == Layout::Uni && is_body_line(block) => {
                self.place = Place::Body;
            }
            (Place::Head, None) if block.lines().all(is_rights) => {}
            (Place::Head, None) if self.labelled && layout != Layout::Uni => {
                self.place = Place::Body;
                self.body.push(block.clone());
            }
            (Place::Head, None) => self.head.push(block.clone()),
            // A later paragraph may begin as a field of the head does; it is none.
            (Place::Body, Some((label, _))) if label.is_tail() && ends_body(label, layout) => {
                self.take_fields(block, layout);
            }
            (Place::Body, _) if layout == Layout::Uni && is_tail_line(block) => {
                self.place = Place::Tail;
            }
            (Place::Body, _) => self.body.push(block.clone()),
            (Place::Tail, None) if self.last == Some(Label::Correction) && !is_rights(block) => {
                self.corrections.extend(characters::one_line(block));
            }
            (Place::Tail, None) => {}
        }
    }

    /// Reads a block of labelled lines; lines without a label go on with the field above.
    fn take_fields(&mut self, block: &str, layout: Layout) {
        self.labelled = true;
        let mut field: Option<(Label, String)> = None;
        let mut rest = block;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let begins = labels::at_start(line, layout.spelling());
            if begins.is_none() && self.place == Place::Head && is_body_line(line) {
                self.place = Place::Body;
                self.body.push(after.to_owned());
                break;
            }
            match (begins, &mut field) {
                (Some((Label::Body, value)), _) => {
                    self.place = Place::Body;
                    let text = [value, after].join("\n");
                    self.body.extend(Some(text).filter(|text| !text.trim().is_empty()));
                    break;
                }
                (Some((label, value)), _) => {
                    self.set(field.take());
                    field = Some((label, value.to_owned()));
                }
                (None, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (None, None) => {}
            }
            rest = after;
        }
        self.set(field);
    }

    fn set(&mut self, field: Option<(Label, String)>) {
        let Some((label, value)) = field else { return };
        if label.is_tail() {
            self.place = Place::Tail;
        }
        self.last = Some(label);
        let draft = &mut self.draft;
        match label {
            Label::Byline => draft.set(Field::Byline, &value),
            Label::Section => {
                if let Some(section) = section(&value) {
                    draft.set(Field::Section, &section);
                }
            }
            Label::Headline => draft.set(Field::Title, &value),
            Label::Highlight => draft.set(Field::Subtitle, &value),
            Label::Dateline => draft.set(Field::Dateline, &value),
            Label::Language if draft.language.is_none() => {
                draft.language = value.split([';', ',']).find_map(fields::language);
            }
            Label::Keywords => draft.keywords.extend(keywords(&value)),
            Label::Accession => draft.set(Field::Accession, &value),
            Label::Url => draft.set(Field::Url, &value),
            Label::Correction => {
                self.corrections.extend(characters::one_line(&format!("CORRECTION: {value}")));
            }
            Label::Language | Label::Body | Label::Head | Label::Tail => {}
        }
    }
}

/// Whether a label ends the text: in capitals, every one that stands behind it; else only those that no paragraph begins with.
fn ends_body(label: Label, layout: Layout) -> bool {
    layout != Layout::Uni || label == Label::Tail
}

/// The line above the text.
fn is_body_line(block: &str) -> bool {
    matches!(block.trim(), "Body" | "Text" | "Corps" | "Cuerpo")
}

/// Lines that stand above what follows the text.
fn is_tail_line(block: &str) -> bool {
    matches!(
        block.trim(),
        "Classification" | "Klassifizierung" | "Graphic" | "Grafik" | "Graphique" | "Notes"
    )
}

/// Beginnings of lines that say who holds the rights.
const RIGHTS: &[&str] = &[
    "Copyright ",
    "©",
    "(c) ",
    "All Rights Reserved",
    "All rights reserved",
    "Alle Rechte",
    "Tous Droits",
    "Tous droits",
];

/// Whether a line says who holds the rights.
fn is_rights(line: &str) -> bool {
    let line = line.trim();
    line.len() < 300 && RIGHTS.iter().any(|start| line.starts_with(start))
}

/// Whether a line says that something was added to the text later: "Correction Appended", "Editors' Note Appended".
fn is_notice(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 60 && line.to_lowercase().ends_with(" appended")
}

/// The day that a line of the head names.
fn day(block: &str) -> Option<dateline_article::Timestamp> {
    if block.len() > 200 {
        return None;
    }
    match dates::read(&characters::one_line(block)?) {
        dates::Reading::Known(time) => Some(time),
        _ => None,
    }
}

fn without_weekday(written: &str) -> String {
    let is_weekday = |word: &&str| calendar::weekday(word.trim_end_matches(',')).is_some();
    written.split_whitespace().filter(|word| !is_weekday(word)).collect::<Vec<_>>().join(" ")
}

/// Tells source, date and title in the unlabelled blocks of the head.
fn read_head(draft: &mut Draft, head: &[Block], layout: Layout) {
    // Older documents put rights and source into one block.
    let plain = |block: &Block| {
        let lines = block.lines().filter(|line| !is_rights(line) && !is_notice(line));
        characters::one_line(&lines.collect::<Vec<_>>().join(" "))
    };
    let date = match layout {
        Layout::Uni => head.iter().rposition(|block| day(block).is_some()),
        // The title may hold a date as well, but comes later.
        Layout::Text | Layout::Page => head.iter().position(|block| day(block).is_some()),
    };
    let Some(date) = date else {
        if layout == Layout::Uni {
            draft.title = draft.title.take().or_else(|| head.first().and_then(plain));
        }
        return;
    };
    if let Some(written) = head.get(date) {
        draft.set_published(&without_weekday(written));
    }
    let before: Vec<String> = head.iter().take(date).filter_map(plain).collect();
    draft.source = before.last().cloned();
    let title = match layout {
        Layout::Uni => before.len().checked_sub(2).and_then(|at| before.get(at).cloned()),
        Layout::Page => head.iter().skip(date + 1).rev().find_map(plain),
        // What is centred below the date is an edition.
        Layout::Text => {
            let left = |block: &&Block| !block.starts_with("        ");
            head.iter().skip(date + 1).filter(left).find_map(plain)
        }
    };
    draft.title = draft.title.take().or(title);
}

/// Words before what is a place in the paper and no section.
const PLACES: &[&str] = &[
    "pg", "page", "pages", "p", "s", "seite", "col", "column", "version", "part", "vol", "issue",
    "no", "section", "pág",
];

/// The section without pages, columns and versions.
fn section(value: &str) -> Option<String> {
    let value = characters::one_line(value)?;
    let is_place = |piece: &&str| {
        let words: Vec<String> = piece
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let place = words.first().is_some_and(|word| PLACES.contains(&word.as_str()));
        // "Section B", "Pg. 35", "S. 4": a short name or a number behind the word.
        let short = |word: &String| {
            word.chars().count() == 1 || word.bytes().any(|byte| byte.is_ascii_digit())
        };
        words.is_empty() || place && words.get(1).is_none_or(short)
    };
    let kept: Vec<&str> =
        value.split(';').map(str::trim).filter(|piece| !is_place(piece)).collect();
    Some(kept.join("; ")).filter(|section| !section.is_empty())
}

/// Keywords without the weights behind them, "(90%)".
fn keywords(value: &str) -> impl Iterator<Item = String> {
    value.split(';').filter_map(|keyword| {
        let keyword = characters::one_line(keyword)?;
        let weight = keyword.rsplit_once(" (").filter(|(_, rest)| rest.ends_with("%)"));
        Some(weight.map_or(keyword.as_str(), |(name, _)| name).to_owned())
    })
}
