//! What is wrong with a query, where, and what to write instead; and notes on how a sound one was read.
//!
//! Nothing is printed here: [`Fault::render`] gives the lines.

use std::fmt::{self, Write as _};

use dateline_article::Span;
use unicode_width::UnicodeWidthChar;

use crate::alias;
use crate::time::NoDays;

/// Something in a query that cannot be read or run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub problem: Problem,
    /// Bytes of the query's text that it concerns.
    pub span: Span,
    /// Column of the first of them, in characters from 1.
    pub column: usize,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// There is nothing in it.
    Empty,
    /// It is longer than [`crate::parse::LONGEST_BYTES`].
    TooLong,
    /// Parentheses stand deeper in each other than [`crate::parse::DEEPEST`].
    TooDeep,
    /// A quote is opened and not closed.
    UnclosedQuote,
    /// A quote holds nothing.
    EmptyQuote,
    /// A parenthesis is opened and not closed.
    UnclosedGroup,
    /// `[` or `{` of an interval is not closed.
    UnclosedInterval,
    /// A parenthesis is closed and was not opened.
    StrayClose,
    /// Parentheses hold nothing.
    EmptyGroup,
    /// An operator has nothing before it.
    NothingBefore(String),
    /// An operator has nothing after it.
    NothingAfter(String),
    /// Two operators follow each other.
    Doubled(String),
    /// `name:` before a value, and no field has the name.
    UnknownField(String),
    /// A field has no value.
    NoValue(&'static str),
    /// A field inside the value of another.
    FieldInField(&'static str),
    /// `>` and the like under a field of words.
    CannotCompare(&'static str),
    /// The value of a field of days.
    Days(NoDays),
    /// `published:` with a day of no year.
    YearlessPublished,
    /// The value of a field of numbers.
    NotANumber(String),
    /// An interval of numbers ends below its beginning.
    NumbersBackToFront,
    /// A number that must be at least 1, or a weight out of bounds.
    OutOfBounds(&'static str),
    /// Something that cannot be near something else.
    NotNearable {
        /// The nearness operator.
        operator: String,
        /// What its operand holds.
        holds: &'static str,
    },
    /// `~` after something that cannot be spelled nearly.
    NotFuzzy,
    /// Degrees of a circle out of bounds.
    NoSuchPoint,
    /// Not an article id.
    NotAnId(String),
    /// The text holds nothing that can be looked for.
    NoWord(String),
    /// Not a regular expression, or too large a one.
    BadPattern(String),
    /// A wildcard stands for more words than fit in one place of a phrase.
    TooManyWords(usize),
    /// Not a language code.
    NotALanguage(String),
    /// The gazetteer has no place of this number.
    NoSuchPlace(String),
    /// Part of the language, but not of this version.
    NotYet(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column;
        match &self.problem {
            Problem::Empty => write!(formatter, "the query is empty"),
            Problem::TooLong => write!(formatter, "the query is too long to read"),
            Problem::TooDeep => {
                write!(formatter, "the query is nested too deeply at column {column}")
            }
            Problem::UnclosedQuote => {
                write!(formatter, "the quote opened at column {column} is not closed")
            }
            Problem::EmptyQuote => write!(formatter, "the quote at column {column} is empty"),
            Problem::UnclosedGroup => {
                write!(formatter, "the parenthesis opened at column {column} is not closed")
            }
            Problem::UnclosedInterval => {
                write!(formatter, "the interval opened at column {column} is not closed")
            }
            Problem::StrayClose => {
                write!(formatter, "the parenthesis closed at column {column} was not opened")
            }
            Problem::EmptyGroup => {
                write!(formatter, "the parentheses at column {column} hold nothing")
            }
            Problem::NothingBefore(operator) => {
                write!(formatter, "`{operator}` at column {column} has nothing before it")
            }
            Problem::NothingAfter(operator) => {
                write!(formatter, "`{operator}` at column {column} has nothing after it")
            }
            Problem::Doubled(operator) => {
                write!(formatter, "`{operator}` at column {column} follows another operator")
            }
            Problem::UnknownField(name) => {
                write!(formatter, "unknown field `{name}` at column {column}")
            }
            Problem::NoValue(field) => {
                write!(formatter, "the field `{field}` at column {column} has no value")
            }
            Problem::FieldInField(field) => {
                write!(formatter, "the field `{field}` at column {column} stands inside another")
            }
            Problem::CannotCompare(field) => {
                write!(formatter, "`{field}` at column {column} holds words and has no order")
            }
            Problem::Days(no_days) => write!(formatter, "{no_days} (column {column})"),
            Problem::YearlessPublished => {
                write!(formatter, "`published` at column {column} needs a year")
            }
            Problem::NotANumber(text) => {
                write!(formatter, "`{text}` at column {column} is not a number")
            }
            Problem::NumbersBackToFront => {
                write!(formatter, "the interval at column {column} is back to front")
            }
            Problem::OutOfBounds(what) => {
                write!(formatter, "the {what} at column {column} is out of bounds")
            }
            Problem::NotNearable { operator, holds } => {
                write!(formatter, "`{operator}` at column {column} cannot take {holds}")
            }
            Problem::NotFuzzy => {
                write!(formatter, "`~` at column {column} does not follow a plain word or phrase")
            }
            Problem::NoSuchPoint => write!(formatter, "no such point on earth at column {column}"),
            Problem::NotAnId(text) => {
                write!(formatter, "`{text}` at column {column} is not an article id")
            }
            Problem::NoWord(text) => {
                write!(formatter, "`{text}` at column {column} holds no word to look for")
            }
            Problem::BadPattern(pattern) => {
                write!(formatter, "`/{pattern}/` at column {column} is not a pattern")
            }
            Problem::TooManyWords(limit) => {
                write!(
                    formatter,
                    "the wildcard at column {column} stands for more than {limit} words"
                )
            }
            Problem::NotALanguage(text) => {
                write!(formatter, "`{text}` at column {column} is not a language code")
            }
            Problem::NoSuchPlace(text) => {
                write!(formatter, "there is no place `{text}` (column {column})")
            }
            Problem::NotYet(what) => {
                write!(formatter, "not supported yet: {what} (column {column})")
            }
        }
    }
}

impl Fault {
    /// The fault at `span` of `query`.
    pub(crate) fn new(problem: Problem, span: Span, query: &str) -> Self {
        let before = query.get(..span.start as usize).unwrap_or_default();
        Self { problem, span, column: before.chars().count() + 1 }
    }

    /// What to write instead, in one line.
    pub fn hint(&self) -> String {
        match &self.problem {
            Problem::Empty => "`*` finds every article".to_owned(),
            Problem::TooLong => "split it into several queries".to_owned(),
            Problem::TooDeep => "take out parentheses that change nothing".to_owned(),
            Problem::UnclosedQuote => {
                "end it with `\"`, or search for the sign itself with `\\\"`".to_owned()
            }
            Problem::EmptyQuote => "put a word between the quotes".to_owned(),
            Problem::UnclosedGroup => {
                "close it with `)`, or search for the sign itself with `\\(`".to_owned()
            }
            Problem::UnclosedInterval => "write it as `[2024-01 TO 2024-03]`".to_owned(),
            Problem::StrayClose => {
                "take it out, or search for the sign itself with `\\)`".to_owned()
            }
            Problem::EmptyGroup => "put words between them, or take them out".to_owned(),
            Problem::NothingBefore(word) | Problem::NothingAfter(word) => {
                format!("give it an operand, or search for the word itself with `\"{word}\"`")
            }
            Problem::Doubled(word) => {
                format!("keep one of them, or search for the word itself with `\"{word}\"`")
            }
            Problem::UnknownField(name) => format!(
                "the fields are {}; `\"{name}:…\"` in quotes searches it as text",
                alias::field_names()
            ),
            Problem::NoValue(field) => format!(
                "write a word, a phrase or a group after it; `{field}:*` finds all that have it"
            ),
            Problem::FieldInField(_) => "close the first field's group before it".to_owned(),
            Problem::CannotCompare(_) => {
                "`published`, `mentioned`, `words` and `copies` can be compared".to_owned()
            }
            Problem::Days(NoDays::Ambiguous { month_first, .. }) => {
                format!("write the year first, as in `{month_first}`")
            }
            Problem::Days(NoDays::BackToFront { .. }) => "put the earlier day first".to_owned(),
            Problem::Days(_) => "write `2024-03-14`, `2024-03`, `2024`, `2024-Q1`, \
                                 `2024-01-15..2024-03`, `>=2024-03` or `last-7-days`"
                .to_owned(),
            Problem::YearlessPublished => {
                "`mentioned:` takes a day without a year; give `published:` a year".to_owned()
            }
            Problem::NotANumber(_) => "write `500`, `200..400`, `>500` or `<=500`".to_owned(),
            Problem::NumbersBackToFront => "put the smaller number first".to_owned(),
            Problem::OutOfBounds(what) => match *what {
                "weight" => "write a number above 0 and up to 1000".to_owned(),
                "number of edits" => "write `~1` or `~2`".to_owned(),
                _ => "write a number from 1".to_owned(),
            },
            Problem::NotNearable { .. } => {
                "its operands are words, phrases, `OR` groups and further nearness in \
                 parentheses"
                    .to_owned()
            }
            Problem::NotFuzzy => "write `word~`, `word~1` or `\"two words\"~8`".to_owned(),
            Problem::NoSuchPoint => {
                "write latitude, longitude and distance, as in `place:(50.4,30.5,25km)`".to_owned()
            }
            Problem::NotAnId(_) => {
                "an id has 16 hexadecimal digits, as `search` prints it".to_owned()
            }
            Problem::NoWord(_) => "signs alone are not in the index; add a word".to_owned(),
            Problem::BadPattern(_) => "write a regular expression for one whole word".to_owned(),
            Problem::TooManyWords(_) => "write more letters before or after it".to_owned(),
            Problem::NotALanguage(_) => {
                "write `en`, `de`, `uk` …; `und` finds articles of unknown language".to_owned()
            }
            Problem::NoSuchPlace(_) => {
                "`show ID --format json` prints the numbers of an article's places".to_owned()
            }
            Problem::NotYet(_) => "take it out for now".to_owned(),
        }
    }

    /// The message, the query with a caret under the place, and the hint: four lines without a line end after the last.
    ///
    /// A long query is cut to what stands around the place; control characters become blanks.
    pub fn render(&self, query: &str) -> String {
        const BEFORE: usize = 60;
        const AFTER: usize = 40;
        let at = self.column.saturating_sub(1);
        let from = if at > BEFORE + AFTER { at - BEFORE } else { 0 };
        let (mut line, mut caret) = (String::new(), String::new());
        if from > 0 {
            line.push('…');
            caret.push(' ');
        }
        for (n, sign) in query.chars().enumerate().skip(from).take(at - from + AFTER) {
            let sign = if sign.is_control() { ' ' } else { sign };
            line.push(sign);
            let width = sign.width().unwrap_or(0);
            let _ = write!(caret, "{}", if n < at { " ".repeat(width) } else { String::new() });
        }
        let marked = self.span.of(query).chars().count().clamp(1, AFTER);
        let _ = write!(caret, "{}", "^".repeat(marked));
        let hint = self.hint();
        format!("{self}\n  {}\n  {caret}\nhint: {hint}", line.trim_end())
    }
}

/// How part of a sound query was read, where that may not be what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// AND and OR stand side by side without parentheses.
    Mixed {
        /// The query with parentheses.
        read_as: String,
    },
    /// Signs between blanks, which the index does not hold.
    Punctuation {
        /// The signs.
        text: String,
        /// Column of the first, from 1.
        column: usize,
    },
    /// A field's name, a colon and a blank: a word.
    FieldName {
        /// The name.
        name: String,
        /// Its column, from 1.
        column: usize,
    },
    /// `?` at the end of a word stands for one more letter.
    QuestionMark {
        /// The word.
        word: String,
        /// Its column, from 1.
        column: usize,
    },
    /// `NEAR` without a distance: a word.
    NearWord {
        /// Its column, from 1.
        column: usize,
    },
    /// No article has every word, so any of them was enough.
    Relaxed,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mixed { read_as } => write!(formatter, "read as: {read_as}"),
            Self::Punctuation { text, column } => {
                write!(formatter, "`{text}` at column {column} is punctuation and is not searched")
            }
            Self::FieldName { name, column } => write!(
                formatter,
                "`{name}:` at column {column} is followed by a blank and read as a word; \
                 without the blank it is a field"
            ),
            Self::QuestionMark { word, column } => write!(
                formatter,
                "`{word}` at column {column}: `?` stands for one more letter; `\\?` is the sign"
            ),
            Self::NearWord { column } => write!(
                formatter,
                "`NEAR` at column {column} is read as a word; nearness is written `NEAR/8`"
            ),
            Self::Relaxed => {
                write!(formatter, "no article has every word: these have some of them")
            }
        }
    }
}
