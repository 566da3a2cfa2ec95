//! The syntax tree of a query: what was asked, with the place of each part in the query's text.
//!
//! It knows nothing of the index. Its printed form (`print.rs`) reads back as the same tree.

use dateline_article::Span;

use crate::time::When;

/// A part of a query and where it stands.
///
/// Two nodes are equal when they ask the same: spans do not count.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it asks.
    pub kind: Kind,
    /// Bytes of the query's text that it was read from.
    pub span: Span,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Node {
    pub(crate) fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The nodes right below it, as written.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::And(nodes) | Kind::Or(nodes) => nodes.iter().collect(),
            Kind::Near(near) => vec![&near.left, &near.right],
            Kind::Not(inner)
            | Kind::Required(inner)
            | Kind::Exact(inner)
            | Kind::Case(_, inner)
            | Kind::AtLeast(_, inner)
            | Kind::First(_, inner)
            | Kind::Weight(_, inner)
            | Kind::Field(_, inner) => vec![inner],
            _ => Vec::new(),
        }
    }
}

/// What a node asks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `*`: every article; under a field, those that have it.
    Everything,
    /// A word, perhaps with wildcards.
    Word(Pattern),
    /// Words side by side, in quotes.
    Phrase(Pattern),
    /// A word or a nearly equal one.
    Fuzzy {
        /// The word.
        word: String,
        /// Edits allowed, 1 or 2; by the word's length where absent.
        edits: Option<u8>,
    },
    /// A regular expression for one whole word.
    Regex(String),
    /// Any person, place, organisation or date.
    Entity(Entity),
    /// All of at least two operands.
    And(Vec<Node>),
    /// Any of at least two operands.
    Or(Vec<Node>),
    /// Every article but these.
    Not(Box<Node>),
    /// An operand of [`Kind::And`] that an operator joins (`AND`, `+`): relaxation leaves it alone.
    Required(Box<Node>),
    /// Two operands close to each other.
    Near(Box<Near>),
    /// The words inside as written, unstemmed.
    Exact(Box<Node>),
    /// The words inside by their capitals.
    Case(Case, Box<Node>),
    /// What is inside at least so often.
    AtLeast(u32, Box<Node>),
    /// What is inside among the first words.
    First(u32, Box<Node>),
    /// What is inside counts so many times for the order of results.
    Weight(f32, Box<Node>),
    /// What is inside, looked for in a field.
    Field(Field, Box<Node>),
    /// Days of `published` or `mentioned`.
    Time(Field, When),
    /// Numbers of `words` or `copies`.
    Number(Field, Numbers),
    /// Places within a distance of a point.
    Circle(Circle),
}

/// Text in which some signs stand for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// A part of a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The text itself.
    Text(String),
    /// `?`: any one letter.
    One,
    /// `*`: none or more letters.
    Many,
}

impl Pattern {
    /// The pattern that is just `text`.
    pub fn text(text: &str) -> Self {
        let mut pattern = Self::default();
        text.chars().for_each(|sign| pattern.push(sign));
        pattern
    }

    /// Its pieces: no two texts and no two [`Piece::Many`] side by side.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The text, where nothing is a wildcard.
    pub fn as_text(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Its signs, without the backslashes that its printed form may need.
    pub(crate) fn plain(&self) -> String {
        let sign = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::One => "?".to_owned(),
            Piece::Many => "*".to_owned(),
        };
        self.0.iter().map(sign).collect()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it has no letter, digit or wildcard.
    pub(crate) fn is_punctuation(&self) -> bool {
        self.as_text().is_some_and(|text| !text.chars().any(char::is_alphanumeric))
    }

    pub(crate) fn push(&mut self, sign: char) {
        // Several blanks are one, as in quotation marks.
        if sign == ' ' && matches!(self.0.last(), Some(Piece::Text(text)) if text.ends_with(' ')) {
            return;
        }
        match self.0.last_mut() {
            Some(Piece::Text(text)) => text.push(sign),
            _ => self.0.push(Piece::Text(sign.to_string())),
        }
    }

    pub(crate) fn push_one(&mut self) {
        self.0.push(Piece::One);
    }

    pub(crate) fn push_many(&mut self) {
        if self.0.last() != Some(&Piece::Many) {
            self.0.push(Piece::Many);
        }
    }

    /// Puts `word` at its end, after a blank unless it is the first. Blanks round `word` are none of its own, as in quotation marks.
    pub(crate) fn push_word(&mut self, word: &Self) {
        let mut blank = !self.is_empty();
        for (n, piece) in word.0.iter().enumerate() {
            let text = match piece {
                Piece::Text(text) => {
                    let text = if n == 0 { text.trim_start_matches(' ') } else { text };
                    let last = n + 1 == word.0.len();
                    if last { text.trim_end_matches(' ') } else { text }
                }
                Piece::One | Piece::Many => "",
            };
            let empty = text.is_empty() && matches!(piece, Piece::Text(_));
            if !empty && std::mem::take(&mut blank) {
                self.push(' ');
            }
            match piece {
                Piece::Text(_) => text.chars().for_each(|sign| self.push(sign)),
                Piece::One => self.push_one(),
                Piece::Many => self.push_many(),
            }
        }
    }

    /// Takes commas, colons and semicolons off the end.
    pub(crate) fn trim_end(&mut self) {
        if let Some(Piece::Text(text)) = self.0.last_mut() {
            text.truncate(text.trim_end_matches([',', ';', ':']).len());
            if text.is_empty() {
                self.0.pop();
            }
        }
    }

    /// Whether it is open letters alone: by itself it reads as a sign, in quotation marks as any letter.
    pub(crate) fn is_open(&self) -> bool {
        self.pieces().iter().all(|piece| *piece == Piece::One)
    }

    /// The patterns between blanks.
    pub fn words(&self) -> Vec<Self> {
        let mut words = vec![Self::default()];
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => {
                    for (n, part) in text.split(' ').enumerate() {
                        if n > 0 {
                            words.push(Self::default());
                        }
                        if let Some(word) = words.last_mut() {
                            part.chars().for_each(|sign| word.push(sign));
                        }
                    }
                }
                wildcard => {
                    if let Some(word) = words.last_mut() {
                        word.0.push(wildcard.clone());
                    }
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

/// A kind of thing that extraction finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// `@person`
    Person,
    /// `@place`
    Place,
    /// `@org`
    Organisation,
    /// `@date`
    Date,
}

/// Which capitals a word has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// At least one capital.
    Some,
    /// Nothing but capitals.
    All,
    /// No capital.
    None,
}

/// Two operands close to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// First operand.
    pub left: Node,
    /// Second operand.
    pub right: Node,
    /// How they stand.
    pub how: Closeness,
}

/// How two operands stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closeness {
    /// How far apart at most.
    pub within: Within,
    /// Whether the left one must come first.
    pub order: Order,
    /// Whether they must or must not stand so.
    pub sense: Sense,
}

/// How far apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// At most so many words further on: `Words(1)` is side by side.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// Whether the left operand must come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Either may.
    Any,
    /// The left one.
    AsWritten,
}

/// Whether operands must or must not stand close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// They must.
    Near,
    /// At least one left operand must have no right one near.
    NotNear,
}

/// A field of an article, by its name in queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Headline.
    Title,
    /// First paragraphs.
    Lead,
    /// Text, the lead included.
    Text,
    /// Title or lead, Nexis `hlead`.
    TitleOrLead,
    /// Authors.
    Byline,
    /// Newspaper, agency or site.
    Source,
    /// Section or desk.
    Section,
    /// Keywords of the publisher.
    Keyword,
    /// Language code.
    Language,
    /// Web address.
    Url,
    /// Path below the corpus root.
    Path,
    /// Format that it was read from.
    Format,
    /// Article id.
    Id,
    /// People.
    Person,
    /// Organisations.
    Organisation,
    /// Places and what lies in them.
    Place,
    /// When it appeared.
    Published,
    /// Days that the text speaks of.
    Mentioned,
    /// Length of the text in words.
    Words,
    /// Number of other articles in the cluster.
    Copies,
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Words,
    Days,
    Number,
}

impl Field {
    pub(crate) fn value(self) -> ValueKind {
        match self {
            Self::Published | Self::Mentioned => ValueKind::Days,
            Self::Words | Self::Copies => ValueKind::Number,
            _ => ValueKind::Words,
        }
    }
}

/// Numbers from `least` to `most`, both in; absent = no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The smallest.
    pub least: Option<u64>,
    /// The largest.
    pub most: Option<u64>,
}

/// A point on earth and a distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
    /// Kilometres.
    pub radius_km: f64,
}
