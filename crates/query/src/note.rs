//! Notes on how a query was read and run, where that may not be what was meant.

use std::fmt;

use crate::fault::Clipped;

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
    /// A field's name with its sign and nothing right after it: a word.
    FieldName {
        /// The name with its sign.
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
    /// `NEAR`, `w/` and the like without a distance: a word.
    NearWord {
        /// The word.
        word: String,
        /// Its column, from 1.
        column: usize,
    },
    /// A word that no article has, and one of the index that is spelled nearly so.
    DidYouMean {
        /// The word, folded.
        word: String,
        /// What may have been meant.
        instead: String,
    },
    /// No article has every word, so any of them was enough.
    Relaxed,
    /// Words of the first articles were added for the order of the results.
    Expanded {
        /// The words, the most important first.
        words: Vec<String>,
    },
    /// The first articles have too little in common to take words from them.
    NotExpanded,
    /// Operands inside an operand of nearness stand in an article more often than is looked at.
    Cut,
    /// More articles match than are put together by events: the newest were.
    Newest {
        /// Articles that were.
        articles: usize,
        /// Articles that match.
        of: usize,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mixed { read_as } => write!(formatter, "read as: {read_as}"),
            Self::Punctuation { text, column } => {
                write!(
                    formatter,
                    "`{}` at column {column} is punctuation and is not searched",
                    Clipped(text)
                )
            }
            Self::FieldName { name, column } => write!(
                formatter,
                "`{name}` at column {column} has nothing right after it and is read as a word; \
                 a field's value follows its name without a blank"
            ),
            Self::QuestionMark { word, column } => write!(
                formatter,
                "`{}` at column {column}: `?` stands for one more letter; `\\?` is the sign",
                Clipped(word)
            ),
            Self::NearWord { word, column } => write!(
                formatter,
                "`{word}` at column {column} is read as a word; nearness has a number, as in `w/8`"
            ),
            Self::DidYouMean { word, instead } => write!(
                formatter,
                "no article has `{}`; did you mean `{}`?",
                Clipped(word),
                Clipped(instead)
            ),
            Self::Cut => write!(
                formatter,
                "an operand in parentheses stands in some article more than {} times: only as many \
                 were compared there",
                crate::nearness::join::MOST_MATCHES
            ),
            Self::Newest { articles, of } => {
                write!(
                    formatter,
                    "{of} articles match: the events are those of the newest {articles}"
                )
            }
            Self::Expanded { words } => {
                let words: Vec<String> =
                    words.iter().map(|word| Clipped(word).to_string()).collect();
                write!(formatter, "added for the order of results: {}", words.join(" "))
            }
            Self::NotExpanded => write!(
                formatter,
                "no words were added: the first articles have too little in common"
            ),
            Self::Relaxed => {
                write!(formatter, "no article has every word: these have some of them")
            }
        }
    }
}
