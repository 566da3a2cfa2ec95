//! Words that a hyphen parts at the end of a line: whether the hyphen is the line breaker's and goes, or the word's own and stays.
//!
//! No dictionary: the article itself says how it writes the word elsewhere; else a capital, a figure, or a part that compounds are made with keeps
//! the hyphen, and anything else is taken for one word. The whole word is then found by a search, which is what the hyphen hid.

use std::collections::HashSet;

/// First parts that English compounds are written with.
const FIRST: &[&str] = &[
    "all", "anti", "back", "best", "better", "big", "centre", "center", "co", "cross", "eight",
    "ex", "far", "fast", "fifth", "first", "five", "four", "fourth", "free", "full", "great",
    "half", "hard", "high", "higher", "ill", "large", "last", "left", "light", "long", "longer",
    "low", "lower", "mid", "middle", "multi", "near", "new", "nine", "non", "old", "once", "one",
    "open", "part", "post", "pre", "pro", "quasi", "record", "right", "second", "self", "semi",
    "seven", "short", "six", "small", "so", "soft", "state", "ten", "then", "third", "three",
    "top", "two", "ultra", "under", "vice", "well", "wide", "world", "year",
];

/// Last parts of English compounds.
const LAST: &[&str] = &[
    "based",
    "born",
    "built",
    "called",
    "century",
    "class",
    "controlled",
    "day",
    "elect",
    "end",
    "ever",
    "free",
    "friendly",
    "general",
    "goal",
    "held",
    "hour",
    "in",
    "known",
    "law",
    "led",
    "level",
    "like",
    "linked",
    "made",
    "man",
    "mile",
    "minded",
    "minute",
    "month",
    "named",
    "off",
    "old",
    "on",
    "out",
    "owned",
    "party",
    "place",
    "point",
    "quarter",
    "related",
    "rich",
    "round",
    "run",
    "scale",
    "security",
    "sized",
    "sponsored",
    "storey",
    "style",
    "term",
    "than",
    "time",
    "to",
    "up",
    "wide",
    "wing",
    "winning",
    "week",
    "year",
];

/// How an article writes words: those with a hyphen inside a line, and all others.
#[derive(Debug, Default)]
pub(crate) struct Written<'a> {
    hyphenated: HashSet<&'a str>,
    plain: HashSet<&'a str>,
}

impl<'a> Written<'a> {
    /// The words of a text. Nothing is kept of a text in which no line ends with a hyphen.
    pub(crate) fn of(text: &'a str) -> Self {
        let mut written = Self::default();
        if !text.contains("-\n") && !text.contains("-\r") {
            return written;
        }
        for word in text.split_whitespace() {
            let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            if word.contains('-') {
                written.hyphenated.insert(word);
            } else {
                written.plain.insert(word);
            }
        }
        written
    }

    /// Whether the hyphen between the end of a line and the beginning of the next is the line breaker's.
    pub(crate) fn parts_one_word(&self, line: &str, next: &str) -> bool {
        let letters = |sign: char| sign.is_alphabetic() || sign == '-';
        let first = line.trim_end_matches('-');
        let first = first.rsplit(|sign: char| !letters(sign)).next().unwrap_or_default();
        let second = next.split(|sign: char| !letters(sign)).next().unwrap_or_default();
        // "1940-", "out-of-", and what ends with a dash of two signs.
        if first.is_empty() || first.contains('-') || line.ends_with("--") {
            return false;
        }
        if !second.starts_with(char::is_lowercase) || second.contains('-') {
            return false;
        }
        if self.hyphenated.contains(format!("{first}-{second}").as_str()) {
            return false;
        }
        if self.plain.contains(format!("{first}{second}").as_str()) {
            return true;
        }
        // A word that begins with a capital and goes on in small letters was never two.
        let (low, one_letter) = (first.to_lowercase(), first.chars().nth(1).is_none());
        !one_letter && !FIRST.contains(&low.as_str()) && !LAST.contains(&second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_or_two() {
        let check = |line: &str, next: &str, text: &str, expected: bool| {
            let text = format!("{text} -\n");
            assert_eq!(Written::of(&text).parts_one_word(line, next), expected, "{line} {next}");
        };
        check("the nego-", "tiations went on", "", true);
        check("Stolten-", "berg said", "", true);
        check("die Bundes-", "regierung", "", true);
        check("переговор-", "ники", "", true);
        check("Anglo-", "Saxon", "", false);
        check("on long-", "term advice", "", false);
        check("the state-", "owned yard", "", false);
        check("the 40-", "year lease", "", false);
        check("out-of-", "town shops", "", false);
        check("mother-", "in-law", "", false);
        check("he left --", "and came", "", false);
        check("an e-", "mail", "", false);
        check("the harbour-", "side walk", "on the harbour-side quay", false);
        check("the long-", "boat", "a longboat", true);
    }
}
