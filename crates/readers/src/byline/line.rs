//! Whole lines that are bylines: who wrote it, and what such a line may say as well, where and when.

use dateline_article::Timestamp;

use super::{authors, is_role, without_opening};
use crate::{characters, dateline, dates};

/// What a byline says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) authors: Vec<String>,
    /// "By Ilse Varga, Moscow"
    pub(crate) place: Option<String>,
    /// "By Ilse Varga | March 14, 2024"
    pub(crate) published: Option<Timestamp>,
}

/// Reads a line that is a byline, with a date or a place behind the names or without.
pub(crate) fn line(text: &str) -> Option<Line> {
    let text = characters::one_line(text)?;
    let (names, published) =
        with_date(&text).map_or((&*text, None), |(names, at)| (names, Some(at)));
    let found = place_of(without_opening(names));
    let end =
        names.len() - found.map_or(0, |(before, _)| without_opening(names).len() - before.len());
    if !is_byline(names) && !names.get(..end).is_some_and(is_byline) {
        return None;
    }
    let place = found.map(|(_, place)| place.to_owned());
    Some(Line { authors: authors(names), place, published })
}

/// Signs between the names of a byline and its date.
const SIGNS: &[&str] = &[" | ", " – ", " — ", " - ", " · ", " • ", " / ", ", ", ". ", " "];

/// The names and the date of "By Ilse Varga, March 14, 2024".
fn with_date(text: &str) -> Option<(&str, Timestamp)> {
    // A date has a digit, and what stands before it is short.
    let digit = text.find(|character: char| character.is_ascii_digit())?;
    let head = text.get(..digit)?;
    SIGNS.iter().find_map(|sign| {
        let mut cuts = head.match_indices(sign).map(|(at, _)| at).collect::<Vec<_>>();
        cuts.reverse();
        cuts.into_iter().take(4).find_map(|at| {
            let at_date = dates::read_line(text.get(at + sign.len()..)?)?;
            Some((text.get(..at)?.trim_end(), at_date))
        })
    })
}

/// Words between an author and a place.
const WHERE: &[&str] = &[" in ", " à ", " from ", " aus "];

/// Words that a paper has in its name and a place has not.
const PAPERS: &[&str] = &[
    "guardian",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "daily",
    "star",
    "mail",
    "telegraph",
    "independent",
    "observer",
    "chronicle",
    "mirror",
    "express",
    "dispatch",
    "courier",
    "examiner",
    "sentinel",
    "globe",
    "today",
    "week",
    "weekly",
    "magazine",
    "review",
    "wire",
    "media",
    "tv",
    "radio",
    "online",
    "zeitung",
    "spiegel",
    "welt",
    "monde",
    "figaro",
    "país",
    "mundo",
    "jr",
    "sr",
    "phd",
    "md",
    "president",
    "director",
    "author",
    "lawyer",
    "fellow",
    "ceo",
    "co-founder",
];

/// "Ilse Varga, Moscow" and "Ilse Varga in Moscow" as author and place.
pub(super) fn place_of(names: &str) -> Option<(&str, &str)> {
    let (before, place) = WHERE
        .iter()
        .find_map(|word| names.rsplit_once(word))
        .or_else(|| names.rsplit_once(", "))?;
    let is_place = |word: &str| {
        let low = word.trim_end_matches('.').to_lowercase();
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let small = ["de", "am", "an", "der", "la", "del"].contains(&low.as_str());
        (capital || small) && !PAPERS.contains(&low.as_str())
    };
    let place = place.trim();
    let fits = place.split(' ').count() <= 3
        && place.split(' ').all(is_place)
        && !is_role(place)
        && !dateline::is_known_agency(place)
        && place.chars().filter(|character| character.is_alphabetic()).count() > 2;
    // "Varga, Ilse" is a person, and "Ilse Varga, Ivo Marek" are two.
    let author = before.rsplit([',', '&']).next().unwrap_or(before).trim();
    let another = place.contains(' ') && names.contains(", ") && !has_where(names);
    let capitals = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_author = author.split(' ').filter(capitals).count() >= 2;
    (fits && !another && is_author && !names.contains('@')).then_some((before, place))
}

fn has_where(names: &str) -> bool {
    WHERE.iter().any(|word| names.contains(word))
}

/// Whether a whole line is a byline: "By" and nothing but names after it.
pub(crate) fn is_byline(line: &str) -> bool {
    let names = without_opening(line);
    let words: Vec<&str> = names.split_whitespace().collect();
    let joins = |word: &str| {
        matches!(
            word,
            "and"
                | "&"
                | "und"
                | "et"
                | "y"
                | "e"
                | "i"
                | "en"
                | "ve"
                | "oraz"
                | "і"
                | "и"
                | "та"
                | "de"
                | "van"
                | "von"
                | "der"
                | "la"
                | "for"
                | "in"
        )
    };
    // Scripts without capitals cannot show that a word is a name.
    let capital = |word: &str| {
        word.chars().next().is_some_and(|first| {
            first.is_uppercase() || first.is_alphabetic() && !first.is_lowercase()
        })
    };
    names.len() < line.len()
        && (2..=16).contains(&words.len())
        && !line.ends_with('.')
        && words.iter().all(|word| capital(word) || joins(word))
        && words.iter().take(2).all(|word| capital(word) || joins(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_bylines() {
        for line in [
            "By Ilse Varga",
            "BY ILSE VARGA AND IVO MAREK",
            "Von Ilse Varga und Ivo Marek",
            "By Ilse Varga, Orlava Post",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in ["By Thursday all was over", "By Ilse", "Ilse Varga", "By Ilse Varga.", ""] {
            assert!(!is_byline(line), "{line}");
        }
    }

    /// authors|place|published
    #[test]
    fn a_line_may_tell_where_and_when() {
        let check = |text: &str, expected: &str| {
            let shown = line(text).map(|line| {
                let at = line.published.map(|at| at.to_string()).unwrap_or_default();
                format!("{}|{}|{at}", line.authors.join("+"), line.place.unwrap_or_default())
            });
            assert_eq!(shown.as_deref().unwrap_or("none"), expected, "{text}");
        };
        check("By A. Writer, Moscow", "A. Writer|Moscow|");
        check("By Ilse Varga in Moscow", "Ilse Varga|Moscow|");
        check("By Ilse Varga and Ivo Marek in New York", "Ilse Varga+Ivo Marek|New York|");
        check("Von Anna Weber, Berlin", "Anna Weber|Berlin|");
        check("Von Anna Weber in Frankfurt am Main", "Anna Weber|Frankfurt am Main|");
        check("Par Jeanne Martin à Paris", "Jeanne Martin|Paris|");
        check("By Ilse Varga, Moscow | March 14, 2024", "Ilse Varga|Moscow|2024-03-14");
        check("By Ilse Varga | March 14, 2024, 9:30 am", "Ilse Varga||2024-03-14T09:30:00");
        check("By Ilse Varga, March 14, 2024", "Ilse Varga||2024-03-14");
        check("By Ilse Varga - 14 March 2024", "Ilse Varga||2024-03-14");
        check("Von Anna Weber, 14. März 2024", "Anna Weber||2024-03-14");
        check("By Ilse Varga", "Ilse Varga||");
        check("By Ilse Varga, Reuters", "Ilse Varga||");
        check("By Ilse Varga, Orlava Post", "Ilse Varga||");
        check("By Ilse Varga, Guardian", "Ilse Varga||");
        check("By Ilse Varga, Ivo Marek", "Ilse Varga+Ivo Marek||");
        check("By Varga, Ilse", "Varga, Ilse||");
        check("By March 14, 2024, all was over", "none");
        check("By Thursday all was over", "none");
        check("Ilse Varga, Moscow", "none");
    }
}
