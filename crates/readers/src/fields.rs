//! The names under which `Key: value` headers, front matter and JSON give an article's fields.
//!
//! Names are compared without case, blanks, `_`, `-`, `.` and `:`, so `pub_date`, `pubDate` and `Pub-Date` are one.

use std::borrow::Cow;

use crate::dates::Order;

mod names;

use names::NAMES;

/// A field that a name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Id,
    Title,
    Subtitle,
    Text,
    Html,
    Published,
    Byline,
    Source,
    Section,
    Language,
    Url,
    Keywords,
    Accession,
    Dateline,
    Status,
}

/// The field called `name`, and its place among the names of that field: lower is better.
pub(crate) fn field(name: &str) -> Option<(Field, usize)> {
    let name = plain(name);
    NAMES.iter().find_map(|(field, names)| {
        names.iter().position(|known| *known == name).map(|rank| (*field, rank))
    })
}

/// The names of a field, the best first.
pub(crate) fn names(field: Field) -> &'static [&'static str] {
    NAMES.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| *names)
}

/// A name without case and the signs that do not count.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(name);
    }
    let letters =
        name.chars().filter(|character| !matches!(character, ' ' | '_' | '-' | '.' | ':'));
    // Turkish capitals become other small letters than elsewhere.
    let small = letters.flat_map(char::to_lowercase).filter(|letter| *letter != '\u{307}');
    Cow::Owned(small.map(|letter| if letter == 'ı' { 'i' } else { letter }).collect())
}

/// Languages by their English and own names.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("anglais", "en"),
    ("englisch", "en"),
    ("inglés", "en"),
    ("german", "de"),
    ("allemand", "de"),
    ("alemán", "de"),
    ("französisch", "fr"),
    ("francés", "fr"),
    ("spanisch", "es"),
    ("espagnol", "es"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("russian", "ru"),
    ("русский", "ru"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("turkish", "tr"),
    ("türkçe", "tr"),
    ("chinese", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("swedish", "sv"),
    ("danish", "da"),
    ("norwegian", "no"),
    ("finnish", "fi"),
    ("greek", "el"),
    ("czech", "cs"),
    ("hungarian", "hu"),
    ("romanian", "ro"),
    ("hebrew", "he"),
    ("persian", "fa"),
    ("hindi", "hi"),
    ("catalan", "ca"),
];

/// A language by its code, tag or name.
pub(crate) fn language(text: &str) -> Option<dateline_article::Language> {
    let name = text.trim().to_lowercase();
    let code =
        LANGUAGES.iter().find(|(known, _)| *known == name).map_or(name.as_str(), |(_, code)| code);
    dateline_article::Language::from_tag(code)
}

/// The order of the numbers in dates of a region, where a tag such as `en-GB` names one.
pub(crate) fn date_order(tag: &str) -> Option<Order> {
    let region = tag.trim().split(['-', '_']).skip(1).find(|part| part.len() == 2)?;
    match region.to_ascii_uppercase().as_str() {
        "US" | "PH" | "FM" | "PW" | "MH" => Some(Order::MonthFirst),
        // Both are usual there.
        "CA" => None,
        _ => Some(Order::DayFirst),
    }
}

/// Splits a list of keywords written as one text.
pub(crate) fn keywords(text: &str) -> impl Iterator<Item = &str> {
    let by_semicolon = text.contains(';');
    let separators: &[char] = if by_semicolon { &[';', '\n'] } else { &[',', '|', '\n'] };
    text.split(separators).map(str::trim).filter(|keyword| !keyword.is_empty())
}

#[cfg(test)]
mod tests;
