//! The messages and hints of faults, lower case, with the column and what to write instead.

use std::fmt;

use super::{Clipped, Fault, Problem};
use crate::alias;
use crate::syntax::{Field, ValueKind};
use crate::time::NoDays;

/// Ways to write days, for a hint.
const DAYS: &str = "write `2024-03-14`, `2024-03`, `2024`, `2024-Q1`, `2024-01-15..2024-03`, \
                    `>=2024-03`, `last-7-days` or `date from 1 Jan 2024 to 31 Mar 2024`";

/// Ways to write numbers, for a hint.
const NUMBERS: &str = "write `500`, `200..400`, `>500` or `<=500`";

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
                write!(
                    formatter,
                    "`{}` at column {column} has nothing before it",
                    Clipped(operator)
                )
            }
            Problem::NothingAfter(operator) => {
                write!(formatter, "`{}` at column {column} has nothing after it", Clipped(operator))
            }
            Problem::Doubled(operator) => {
                write!(
                    formatter,
                    "`{}` at column {column} follows another operator",
                    Clipped(operator)
                )
            }
            meaning => of_meaning(meaning, column, formatter),
        }
    }
}

/// The message for what is well formed and means nothing that can be looked for; those of form are told above.
fn of_meaning(problem: &Problem, column: usize, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match problem {
        Problem::UnknownField(name) => {
            write!(formatter, "unknown field `{}` at column {column}", Clipped(name))
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
        Problem::Days(no_days) => {
            write!(formatter, "{} (column {column})", Clipped(&no_days.to_string()))
        }
        Problem::YearlessPublished => {
            write!(formatter, "`published` at column {column} needs a year")
        }
        Problem::NotANumber(text) => {
            write!(formatter, "`{}` at column {column} is not a number", Clipped(text))
        }
        Problem::NumbersBackToFront => {
            write!(formatter, "the interval at column {column} is back to front")
        }
        Problem::OutOfBounds(what) => {
            write!(formatter, "the {what} at column {column} is out of bounds")
        }
        Problem::NotNearable { operator, holds } => {
            write!(formatter, "`{}` at column {column} cannot take {holds}", Clipped(operator))
        }
        Problem::NotFuzzy => {
            write!(formatter, "`~` at column {column} does not follow a plain word or phrase")
        }
        Problem::NoSuchPoint => {
            write!(formatter, "what stands at column {column} is no circle on earth")
        }
        Problem::NotAnId(text) => {
            write!(formatter, "`{}` at column {column} is not an article id", Clipped(text))
        }
        Problem::NoWord(text) => {
            write!(formatter, "`{}` at column {column} holds no word to look for", Clipped(text))
        }
        Problem::BadPattern(pattern) => {
            write!(formatter, "`/{}/` at column {column} is not a pattern", Clipped(pattern))
        }
        Problem::TooManyWords(limit) => {
            write!(formatter, "the wildcard at column {column} stands for more than {limit} words")
        }
        Problem::TooMuch(what, limit) => {
            write!(formatter, "the query asks for more than {limit} {what} (column {column})")
        }
        Problem::NotALanguage(text) => {
            write!(formatter, "`{}` at column {column} is not a language code", Clipped(text))
        }
        Problem::NoSuchPlace(text) => {
            write!(formatter, "there is no place `{}` (column {column})", Clipped(text))
        }
        Problem::NotYet(what) => {
            write!(formatter, "not supported yet: {what} (column {column})")
        }
        Problem::Empty
        | Problem::TooLong
        | Problem::TooDeep
        | Problem::UnclosedQuote
        | Problem::EmptyQuote
        | Problem::UnclosedGroup
        | Problem::UnclosedInterval
        | Problem::StrayClose
        | Problem::EmptyGroup
        | Problem::NothingBefore(_)
        | Problem::NothingAfter(_)
        | Problem::Doubled(_) => Ok(()),
    }
}

impl Fault {
    /// What to write instead, in one line.
    pub fn hint(&self) -> String {
        match &self.problem {
            Problem::Empty => "`*` finds every article".to_owned(),
            Problem::TooLong | Problem::TooMuch(..) => "split it into several queries".to_owned(),
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
                format!(
                    "give it an operand, or search for the word itself with `\"{}\"`",
                    Clipped(word)
                )
            }
            Problem::Doubled(word) => {
                format!(
                    "keep one of them, or search for the word itself with `\"{}\"`",
                    Clipped(word)
                )
            }
            Problem::UnknownField(name) => format!(
                "the fields are {}; `\"{}:…\"` in quotes searches it as text",
                alias::field_names(),
                Clipped(name)
            ),
            Problem::NoValue(field) => match alias::field(field).map(Field::value) {
                Some(ValueKind::Days) => DAYS.to_owned(),
                Some(ValueKind::Number) => NUMBERS.to_owned(),
                _ => format!(
                    "write a word, a phrase or a group after it; `{field}:*` finds all that have it"
                ),
            },
            Problem::FieldInField(_) => "close the first field's group before it".to_owned(),
            Problem::CannotCompare(_) => {
                "`published`, `mentioned`, `words` and `copies` can be compared".to_owned()
            }
            Problem::Days(NoDays::Ambiguous { month_first, .. }) => {
                format!("write the year first, as in `{month_first}`")
            }
            Problem::Days(NoDays::BackToFront { .. }) => "put the earlier day first".to_owned(),
            Problem::Days(_) => DAYS.to_owned(),
            Problem::YearlessPublished => {
                "`mentioned:` takes a day without a year; give `published:` a year".to_owned()
            }
            Problem::NotANumber(_) => NUMBERS.to_owned(),
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
}
