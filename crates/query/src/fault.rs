//! What is wrong with a query, where, and how it is shown; the words for it are in `message.rs`.
//!
//! Nothing is printed here: [`Fault::render`] gives the lines.

mod message;

use std::fmt::{self, Write as _};

use dateline_article::Span;
use unicode_width::UnicodeWidthChar;

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
    /// More of something in one query than is looked for.
    TooMuch(&'static str, usize),
    /// Not a language code.
    NotALanguage(String),
    /// The gazetteer has no place of this number.
    NoSuchPlace(String),
    /// Part of the language, but not of this version.
    NotYet(&'static str),
}

/// Words of a query inside a message: not too many, and no control characters.
pub(crate) struct Clipped<'text>(pub(crate) &'text str);

impl fmt::Display for Clipped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST_CHARS: usize = 100;
        for (n, sign) in self.0.chars().enumerate() {
            if n == LONGEST_CHARS {
                return formatter.write_char('…');
            }
            formatter.write_char(if sign.is_control() { ' ' } else { sign })?;
        }
        Ok(())
    }
}

impl Fault {
    /// The fault at `span` of `query`.
    pub(crate) fn new(problem: Problem, span: Span, query: &str) -> Self {
        let before = query.get(..span.start as usize).unwrap_or_default();
        Self { problem, span, column: before.chars().count() + 1 }
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
