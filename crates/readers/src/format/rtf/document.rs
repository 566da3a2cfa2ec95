//! The text of a rich text document out of its tokens: groups, destinations, and the state that a group restores at its end.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::codepage;
use super::token::{Token, Tokens};
use crate::format::office::{Document, Paragraph, Properties};

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Text,
    Nowhere,
    Fonts,
    Styles,
    Info,
    Title,
    Created,
}

/// What a group restores.
#[derive(Clone, Copy)]
struct State {
    destination: Destination,
    encoding: &'static Encoding,
    hidden: bool,
    /// Characters that stand behind a `\u` for readers that do not know it.
    fallback: usize,
    heading: bool,
}

/// Destinations that hold no text of the document.
const UNREAD: &[&str] = &[
    "colortbl",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "fldinst",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "mmathPr",
    "pntext",
    "nonshppict",
    "filetbl",
    "revtbl",
    "template",
    "sp",
    "atnid",
    "atnauthor",
    "bkmkstart",
    "bkmkend",
    "xe",
    "tc",
    "listtext",
];

struct Reading {
    state: State,
    /// States of the groups round this one.
    outer: Vec<State>,
    /// Groups open beyond those whose state is kept.
    deeper: usize,
    groups: usize,
    document: Document,
    paragraph: Paragraph,
    /// Bytes of text that are not decoded yet.
    pending: Vec<u8>,
    /// Characters still to be passed over behind a `\u`.
    passing: usize,
    high: Option<u16>,
    /// Encodings of fonts, and the font or style being described.
    fonts: HashMap<i32, &'static Encoding>,
    heading_styles: HashMap<i32, bool>,
    described: Option<i32>,
    words: String,
    code_page: &'static Encoding,
    created: [Option<i32>; 5],
    /// The next word names a destination that may be ignored.
    starred: bool,
}

/// Reads a document; `groups` is how deep they are followed.
pub(super) fn read(bytes: &[u8], groups: usize) -> Document {
    let state = State {
        destination: Destination::Text,
        encoding: WINDOWS_1252,
        hidden: false,
        fallback: 1,
        heading: false,
    };
    let mut reading = Reading {
        state,
        outer: Vec::new(),
        deeper: 0,
        groups,
        document: Document::default(),
        paragraph: Paragraph::default(),
        pending: Vec::new(),
        passing: 0,
        high: None,
        fonts: HashMap::new(),
        heading_styles: HashMap::new(),
        described: None,
        words: String::new(),
        code_page: WINDOWS_1252,
        created: [None; 5],
        starred: false,
    };
    let mut tokens = Tokens::new(bytes);
    let mut ended = false;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => reading.open(),
            Token::Close => {
                reading.close();
                if reading.outer.is_empty() && reading.deeper == 0 {
                    ended = true;
                    break;
                }
            }
            Token::Word("bin", Some(count)) => {
                tokens.pass_over(usize::try_from(count).unwrap_or(0));
            }
            Token::Word(word, number) => reading.word(word, number),
            Token::Symbol(symbol) => reading.symbol(symbol),
            Token::Byte(byte) => reading.byte(byte),
        }
    }
    reading.finish(ended)
}

impl Reading {
    fn open(&mut self) {
        self.flush();
        self.passing = 0;
        if self.outer.len() >= self.groups {
            self.deeper += 1;
        } else {
            self.outer.push(self.state);
        }
    }

    fn close(&mut self) {
        self.flush();
        self.passing = 0;
        self.starred = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let before = self.state.destination;
        let heading = self.state.heading;
        if let Some(state) = self.outer.pop() {
            self.state = state;
            // The style of a paragraph is not undone by a group inside it.
            self.state.heading = heading;
        }
        match before {
            Destination::Styles if self.state.destination != Destination::Text => self.end_style(),
            Destination::Title if self.document.properties.title.is_none() => {
                let title = std::mem::take(&mut self.words);
                self.document.properties.title = Some(title);
            }
            Destination::Created => {
                let [year, month, day, hour, minute] = self.created.map(Option::unwrap_or_default);
                self.document.properties.created =
                    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"));
            }
            _ => {}
        }
        if before != self.state.destination {
            self.words.clear();
        }
    }

    /// Notes whether the style that ends here is one for titles and headings.
    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.words).to_lowercase();
        let name = name.trim();
        let heading = ["title", "heading", "titel", "überschrift", "titre"]
            .iter()
            .any(|start| name.starts_with(start));
        if let Some(number) = self.described.take() {
            self.heading_styles.insert(number, heading);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        self.flush();
        if self.passing > 0 && word != "u" {
            self.passing -= 1;
            return;
        }
        let starred = std::mem::take(&mut self.starred);
        if self.enters(word, starred) {
            return;
        }
        match word {
            "ansicpg" => {
                self.code_page = codepage::by_number(number.unwrap_or(1252));
                self.state.encoding = self.code_page;
            }
            "mac" => {
                self.code_page = encoding_rs::MACINTOSH;
                self.state.encoding = self.code_page;
            }
            "uc" => {
                self.state.fallback =
                    number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(64);
            }
            "u" => self.unicode(number.unwrap_or_default()),
            "f" if self.state.destination == Destination::Fonts => self.described = number,
            "f" => {
                let font = number.and_then(|number| self.fonts.get(&number));
                self.state.encoding = font.copied().unwrap_or(self.code_page);
            }
            "fcharset" | "cpg" if self.state.destination == Destination::Fonts => {
                let page = number.and_then(|number| {
                    if word == "cpg" { Some(number) } else { codepage::of_charset(number) }
                });
                if let (Some(font), Some(page)) = (self.described, page) {
                    self.fonts.insert(font, codepage::by_number(page));
                }
            }
            "s" if self.state.destination == Destination::Styles => self.described = number,
            "s" => {
                let style = number.and_then(|number| self.heading_styles.get(&number));
                self.state.heading = style.copied().unwrap_or(false);
            }
            "outlinelevel" if self.state.destination == Destination::Text => {
                self.state.heading |= number.is_some_and(|level| (0..9).contains(&level));
            }
            "pard" => self.state.heading = false,
            "plain" => self.state.hidden = false,
            "v" | "deleted" => self.state.hidden = number != Some(0),
            "yr" | "mo" | "dy" | "hr" | "min" if self.state.destination == Destination::Created => {
                let names = ["yr", "mo", "dy", "hr", "min"];
                if let Some(slot) = names
                    .iter()
                    .position(|name| *name == word)
                    .and_then(|at| self.created.get_mut(at))
                {
                    *slot = number.filter(|number| (0..10_000).contains(number));
                }
            }
            "par" | "sect" | "page" | "row" | "cell" | "nestcell" | "column" => {
                self.end_paragraph();
            }
            _ => {
                if let Some(character) = character(word) {
                    self.push(character);
                }
            }
        }
    }

    /// Turns to another destination, if the word names one; whether it does.
    fn enters(&mut self, word: &str, starred: bool) -> bool {
        let here = self.state.destination;
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info,
            "title" if here == Destination::Info => Destination::Title,
            "creatim" if here == Destination::Info => {
                self.created = [None; 5];
                Destination::Created
            }
            _ if UNREAD.contains(&word) => Destination::Nowhere,
            _ if starred && !matches!(here, Destination::Fonts | Destination::Styles) => {
                Destination::Nowhere
            }
            _ if here == Destination::Info && !matches!(word, "uc" | "u") => Destination::Nowhere,
            _ => return false,
        };
        if here != Destination::Nowhere {
            self.state.destination = destination;
            self.words.clear();
        }
        true
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            b'*' => self.starred = true,
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('\u{2011}'),
            b'-' => self.push('\u{ad}'),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol)),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
        } else if self.writes() {
            self.pending.push(byte);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.passing = self.state.fallback;
        let unit = u16::try_from(number).or_else(|_| u16::try_from(number + 0x1_0000)).unwrap_or(0);
        let units = match (self.high.take(), unit) {
            (None, 0xd800..0xdc00) => {
                self.high = Some(unit);
                return;
            }
            (Some(high), _) => vec![high, unit],
            (None, _) => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        for character in text.chars() {
            self.push(character);
        }
    }

    /// Whether text is wanted here.
    fn writes(&self) -> bool {
        let wanted = match self.state.destination {
            Destination::Text => !self.state.hidden,
            Destination::Title | Destination::Styles => true,
            _ => false,
        };
        wanted && self.deeper == 0
    }

    fn push(&mut self, character: char) {
        if !self.writes() {
            return;
        }
        if self.state.destination == Destination::Text {
            self.paragraph.text.push(character);
        } else if character != ';' || self.state.destination == Destination::Title {
            self.words.push(character);
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        text.chars().for_each(|character| self.push(character));
    }

    fn end_paragraph(&mut self) {
        if self.state.destination != Destination::Text || self.deeper > 0 {
            return;
        }
        self.paragraph.heading = self.state.heading;
        self.document.paragraphs.push(std::mem::take(&mut self.paragraph));
    }

    fn finish(mut self, ended: bool) -> Document {
        self.flush();
        self.state.destination = Destination::Text;
        self.deeper = 0;
        self.end_paragraph();
        let properties = Properties {
            title: self.document.properties.title.filter(|title| !title.trim().is_empty()),
            ..self.document.properties
        };
        let mut warnings = Vec::new();
        if !ended {
            warnings.push("the file ends before its document does".to_owned());
        }
        Document { paragraphs: self.document.paragraphs, properties, warnings }
    }
}

/// The character that a control word stands for.
fn character(word: &str) -> Option<char> {
    Some(match word {
        "tab" => '\t',
        "line" | "softline" => '\n',
        "emdash" => '—',
        "endash" => '–',
        "bullet" => '•',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        _ => return None,
    })
}
